package lets

import (
	"slices"
	"strconv"
	"strings"

	"why403/engine"
	"why403/engine/condition"
	"why403/engine/policy"
)

// readers is the tests that read a key, by the key in lower case.
type readers map[string][]*condition.Test

// keys adds a column for each condition key that the policy reads and that can
// differ by itself.
func (b *builder) keys() {
	first := len(b.columns)
	keys := slices.DeleteFunc(b.policy.Keys(), engine.FollowsFromCaller)
	if more := len(keys) - maxKeys; more > 0 {
		keys = keys[:maxKeys]
		b.cut = append(b.cut, "It reads "+strconv.Itoa(more)+" more condition keys, which are as in the request.")
	}
	for _, key := range keys {
		b.columns = append(b.columns, column{head: key})
	}
	tests := b.tests()
	probe := b.probe(first)
	raw := make([][]condition.Sample, len(b.columns))
	for i := first; i < len(b.columns); i++ {
		key := strings.ToLower(b.columns[i].head)
		may := !probe.Context.Has(key) && !probe.UnknownKey(key)
		raw[i] = condition.Samples(key, tests[key], &probe.Context, may)
		if len(raw[i]) >= condition.MaxSamples {
			b.columns[i].partial = true
			b.cut = append(b.cut, "Some values of "+b.columns[i].head+" are left out, since it has too many.")
		}
	}
	for i := first; i < len(b.columns); i++ {
		samples := b.shared(raw, tests, i)
		key := strings.ToLower(b.columns[i].head)
		inResource := b.inResource(key)
		b.columns[i].choices = group(samples, func(s *sample) string { return mark(tests, key, s, inResource) })
	}
	b.columns = slices.DeleteFunc(b.columns, func(c column) bool { return len(c.choices) == 0 })
}

// probe is the request at hand without any of the keys, as far as it can be.
func (b *builder) probe(first int) *engine.Check {
	check, err := b.check.Ask(b.request(func(i int) choice {
		if i < first {
			return b.columns[i].choices[0]
		}
		return choice{{absent: true}}
	}))
	if err != nil {
		return b.check // never: the request had its form before
	}
	return check
}

// tests is the conditions of all statements.
func (b *builder) tests() readers {
	out := readers{}
	for i := range b.policy.Statements {
		tests := condition.Compile(b.policy.Statements[i].Condition, b.policy.Variables())
		for j := range tests {
			for _, key := range tests[j].Keys() {
				if list := out[key]; len(list) == 0 || list[len(list)-1] != &tests[j] {
					out[key] = append(list, &tests[j])
				}
			}
		}
	}
	return out
}

// inResource reports whether a variable in a Resource element reads a key.
func (b *builder) inResource(key string) bool {
	if b.resourceKeys == nil {
		b.resourceKeys = map[string]bool{}
		for _, v := range b.values(func(s *policy.Statement) *policy.Element { return &s.Resource }) {
			pattern := policy.CompileResource(v, b.policy.Document)
			for _, key := range pattern.VariableKeys() {
				b.resourceKeys[key] = true
			}
		}
	}
	return b.resourceKeys[key]
}

// mark tells what a value of a key makes of the tests that read it alone. Where
// a test reads other keys too, or a Resource element reads the key, each value
// has a mark of its own.
func mark(tests readers, key string, s *sample, inResource bool) string {
	var context condition.Context
	if !s.absent {
		context.Set(key, s.values...)
	}
	var scratch []byte
	var out strings.Builder
	own := inResource
	for _, t := range tests[key] {
		switch {
		case t.HasVariables():
			own = true
		case t.Match(&context, &scratch).Match:
			out.WriteByte('+')
		default:
			out.WriteByte('-')
		}
	}
	if own && !s.absent {
		out.WriteString("\x00" + strings.Join(s.values, "\x00"))
	} else if own {
		out.WriteByte('0')
	}
	return out.String()
}

// shared is the samples of a key with those of keys that a test compares it
// with, and with what the request at hand has.
func (b *builder) shared(raw [][]condition.Sample, tests readers, at int) (out []sample) {
	key := strings.ToLower(b.columns[at].head)
	values, present := b.check.Context.Get(key)
	known := present || !b.check.UnknownKey(key)
	add := func(s condition.Sample) {
		absent := s.Form == condition.FormAbsent
		for i := range out {
			if out[i].absent == absent && slices.Equal(out[i].values, s.Values) {
				return
			}
		}
		is := known && absent == !present && slices.Equal(values, s.Values)
		name := label(&s)
		if letter := letters[strings.Join(s.Values, "")]; letter != "" && s.Form == condition.FormOther && compared(tests, key) {
			name += letter
		}
		out = append(out, sample{name, s.Values, absent, is, s.Form == condition.FormOther})
	}
	for _, s := range b.few(raw[at], tests, key) {
		add(s)
	}
	read := make(map[*condition.Test]bool, len(tests[key]))
	for _, t := range tests[key] {
		read[t] = true
	}
	for i := range raw {
		other := strings.ToLower(b.columns[i].head)
		if i == at || !slices.ContainsFunc(tests[other], func(t *condition.Test) bool { return read[t] }) {
			continue
		}
		for _, s := range b.few(raw[i], tests, other) {
			if s.Form != condition.FormAbsent {
				add(s)
			}
		}
	}
	if b.inResource(key) {
		for _, part := range strings.FieldsFunc(engine.ARNPart(b.check.Resource, 5), func(r rune) bool { return r == '/' || r == ':' }) {
			add(condition.Sample{Form: condition.FormIs, Of: part, Values: []string{part}})
		}
	}
	if present {
		add(condition.Sample{Form: condition.FormIs, Of: strings.Join(values, ", "), Values: values})
	}
	return out
}

// letters tell two values that no policy names apart, where two keys are compared.
var letters = map[string]string{condition.Another: " A", condition.OneMore: " B"}

// compared reports whether a test compares a key with another one.
func compared(tests readers, key string) bool {
	return slices.ContainsFunc(tests[key], (*condition.Test).HasVariables)
}

// few leaves two of the values that no policy names, where keys are compared:
// with two, they can be equal and differ.
func (b *builder) few(samples []condition.Sample, tests readers, key string) []condition.Sample {
	lettered := func(s condition.Sample) bool { return letters[strings.Join(s.Values, "")] != "" }
	if !compared(tests, key) || !slices.ContainsFunc(samples, lettered) {
		return samples
	}
	return slices.DeleteFunc(slices.Clone(samples), func(s condition.Sample) bool {
		return s.Form == condition.FormOther && letters[s.Values[0]] == "" || s.Form == condition.FormAll && s.Of == condition.AnotherName
	})
}

// label is what values are called in a cell.
func label(s *condition.Sample) string {
	switch s.Form {
	case condition.FormAbsent:
		return "not in the request"
	case condition.FormOther:
		return condition.AnotherName
	case condition.FormLess:
		return "below " + s.Of
	case condition.FormMore:
		return "above " + s.Of
	case condition.FormBefore:
		return "before " + s.Of
	case condition.FormAfter:
		return "after " + s.Of
	case condition.FormIn:
		return "in " + s.Of
	case condition.FormAll:
		return "all of " + s.Of
	}
	return s.Of
}
