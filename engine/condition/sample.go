package condition

import (
	"slices"
	"strconv"
	"strings"

	"why403/engine/network"
)

// Form says how a [Sample] stands to the values of the policies.
type Form uint8

// The forms of a sample.
const (
	FormAbsent  Form = iota // the request does not carry the key
	FormIs                  // it has this value
	FormMatches             // it matches this pattern
	FormIn                  // it lies in this network
	FormLess                // it is less than this number
	FormMore                // it is more than this number
	FormBefore              // it is earlier than this time
	FormAfter               // it is later than this time
	FormAll                 // it has all of these values
	FormOther               // it has a value that no policy names
)

// Sample is a value that a condition key could have which nothing tells. It
// stands for all values that the tests at hand treat alike.
type Sample struct {
	Form   Form
	Of     string   // the value of the policy that it is made from; "" for FormAbsent and FormOther
	Values []string // what the request carries; none for FormAbsent
}

// Values that no policy names. With two of them, keys that are compared can differ.
const (
	Another     = "another-value"
	OneMore     = "one-more-value"
	AnotherName = "another value" // what one of them is called
)

// Keys lists the condition keys that the test reads, in lower case: its own,
// and those of policy variables in its values, each once.
func (t *Test) Keys() []string {
	return append([]string{t.key}, t.variables...)
}

// Variables lists the condition keys of the policy variables in its values, in
// lower case, each once. It is not to be changed.
func (t *Test) Variables() []string { return t.variables }

// HasVariables reports whether the test reads condition keys beside its own.
func (t *Test) HasVariables() bool { return len(t.variables) > 0 }

// Key is the condition key that the test compares, in lower case.
func (t *Test) Key() string { return t.key }

// Samples lists values of a key for tests that read it, such that for every
// value that it could have one of the samples is treated alike by each single
// test. MayBeAbsent says whether a request can lack the key.
func Samples(key string, tests []*Test, ctx *Context, mayBeAbsent bool) []Sample {
	s := sampler{key: key, ctx: ctx, seen: map[string]bool{}}
	if mayBeAbsent {
		s.list = append(s.list, Sample{Form: FormAbsent})
	}
	for _, t := range tests {
		s.of(t)
	}
	if s.full() {
		return s.list
	}
	s.together(tests)
	s.overlaps()
	s.other(tests)
	return s.list
}

// MaxSamples bounds the samples of a key. Where there are as many, there may be
// more that are treated otherwise.
const MaxSamples = 96

type sampler struct {
	key      string
	ctx      *Context
	list     []Sample
	seen     map[string]bool // the values, by their text
	kinds    [null + 1]bool  // of the operators
	patterns []string        // of the policies, with wildcards
	scratch  []byte
}

func (s *sampler) add(form Form, of string, values ...string) {
	id := strings.Join(values, "\x00")
	if s.seen[id] || s.full() {
		return
	}
	s.seen[id] = true
	s.list = append(s.list, Sample{form, of, values})
}

// of adds what one test asks for.
func (s *sampler) of(t *Test) {
	if t.operator == nil {
		return
	}
	if t.key != s.key {
		s.variable(t)
		return
	}
	s.kinds[t.operator.kind] = true
	for i := 0; i < len(t.values) && !s.full(); i++ {
		if text, ok := s.text(t, i); ok {
			s.value(t.operator.kind, text)
		}
	}
}

func (s *sampler) full() bool { return len(s.list) >= MaxSamples }

// text is a value of the policy with its variables replaced.
func (s *sampler) text(t *Test, i int) (string, bool) {
	compiled, unresolved := t.values[i].pattern.Expand(s.ctx, &s.scratch)
	return strings.Clone(compiled), unresolved == ""
}

// variable adds values with which a test compares the key by way of a variable:
// what the request has for the other key, and the parts of that. Where nothing
// tells the other key either, two values that differ.
func (s *sampler) variable(t *Test) {
	for _, v := range s.ctx.lookup(t.key) {
		s.add(FormIs, v, v)
		for _, part := range strings.FieldsFunc(v, func(r rune) bool { return r == '/' || r == ':' }) {
			s.add(FormIs, part, part)
		}
	}
	s.add(FormOther, "", Another)
	s.add(FormOther, "", OneMore)
}

func (s *sampler) value(k kind, text string) {
	switch k {
	case like, arn:
		s.pattern(text)
	case numeric:
		s.number(text)
	case date:
		s.date(text)
	case boolean:
		s.add(FormIs, strings.ToLower(text), strings.ToLower(text))
	case address:
		s.network(text)
	case null:
	default:
		s.add(FormIs, text, text)
	}
}

const anyRun, oneOf = "\xff", "\xfe" // as package policy compiles wildcards

var (
	shown    = strings.NewReplacer(anyRun, "*", oneOf, "?")
	examples = [...]*strings.Replacer{strings.NewReplacer(anyRun, "x", oneOf, "x"), strings.NewReplacer(anyRun, "", oneOf, "x")}
)

// pattern adds texts that a compiled pattern matches.
func (s *sampler) pattern(compiled string) {
	if !strings.Contains(compiled, anyRun) && !strings.Contains(compiled, oneOf) {
		s.add(FormIs, compiled, compiled)
		return
	}
	if len(s.patterns) < MaxSamples && !slices.Contains(s.patterns, compiled) {
		s.patterns = append(s.patterns, compiled)
	}
	for _, example := range examples {
		s.add(FormMatches, shown.Replace(compiled), example.Replace(compiled))
	}
}

// overlaps adds texts that begin as one pattern does and end as another.
func (s *sampler) overlaps() {
	for _, a := range s.patterns {
		for _, b := range s.patterns {
			head, _, _ := strings.Cut(a, anyRun)
			tail := b[strings.LastIndex(b, anyRun)+1:]
			if a != b && tail != "" && head != "" {
				text := strings.ReplaceAll(head+"x"+tail, oneOf, "x")
				s.add(FormMatches, shown.Replace(a)+" and "+shown.Replace(b), text)
			}
		}
	}
}

// number adds the number, and one just below and above it.
func (s *sampler) number(text string) {
	s.add(FormIs, text, text)
	n, err := strconv.ParseFloat(text, 64)
	if err != nil {
		return
	}
	step := 1.0
	if strings.Contains(text, ".") {
		step = 1e-6
	}
	s.add(FormLess, text, strconv.FormatFloat(n-step, 'f', -1, 64))
	s.add(FormMore, text, strconv.FormatFloat(n+step, 'f', -1, 64))
}

// date adds the instant, and the seconds before and after it.
func (s *sampler) date(text string) {
	s.add(FormIs, text, text)
	if at, ok := readDate(text); ok {
		s.add(FormBefore, text, strconv.FormatInt(at.seconds-1, 10))
		s.add(FormAfter, text, strconv.FormatInt(at.seconds+1, 10))
	}
}

// network adds the first and the last address of a network: a smaller one can
// lie at either end.
func (s *sampler) network(text string) {
	if n, ok := network.Read(text); ok {
		s.add(FormIn, text, n.First().Address())
		s.add(FormIn, text, n.Last().Address())
	}
}

// together adds lists of values where a test compares several.
func (s *sampler) together(tests []*Test) {
	if !slices.ContainsFunc(tests, func(t *Test) bool { return t.key == s.key && t.set != single }) {
		return
	}
	var all, named []string
	for _, one := range s.list {
		if one.Form == FormIs || one.Form == FormMatches || one.Form == FormIn {
			all = append(all, one.Values...)
			named = append(named, one.Of)
		}
	}
	named = slices.Compact(named)
	if len(named) > 1 {
		s.add(FormAll, strings.Join(named, " and "), all...)
	}
	s.add(FormAll, strings.Join(append(named, AnotherName), " and "), append(slices.Clone(all), "9-none")...)
}

// other adds values that no policy names.
func (s *sampler) other(tests []*Test) {
	switch {
	case s.kinds[boolean]:
		s.add(FormIs, "true", "true")
		s.add(FormIs, "false", "false")
	case s.kinds[date], s.kinds[numeric] && !s.kinds[exact] && !s.kinds[like]:
	case s.kinds[address]:
		s.unnamed(tests, "192.0.2.77", "198.51.100.77", "203.0.113.77", "8.8.4.4", "2001:db8:77::1")
	case s.kinds[arn]:
		s.unnamed(tests, "arn:aws:other:eu-west-9:999999999999:another")
	default:
		// Different beginnings and ends, so that one escapes most patterns.
		s.unnamed(tests, Another, "some-other", "9-none")
	}
}

// unnamed adds those of the values that compare with no value of the policies.
func (s *sampler) unnamed(tests []*Test, values ...string) {
	for _, v := range values {
		if !slices.ContainsFunc(tests, func(t *Test) bool { return s.names(t, v) }) {
			s.add(FormOther, "", v)
		}
	}
}

// names reports whether a test compares the key with a value that this one
// equals, matches, or lies in.
func (s *sampler) names(t *Test, value string) bool {
	if t.operator == nil || t.key != s.key {
		return false
	}
	actual, ok := readContext(t.operator.kind, value)
	if !ok {
		return false
	}
	for i := range t.values {
		if same, _ := t.compare(&t.values[i], &actual, s.ctx, &s.scratch); same {
			return true
		}
	}
	return false
}
