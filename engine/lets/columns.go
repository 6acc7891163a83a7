package lets

import (
	"slices"
	"strconv"
	"strings"

	"why403/engine"
	"why403/engine/condition"
	"why403/engine/policy"
)

// column is a thing that requests differ in.
type column struct {
	head    string // of a condition key, the key
	choices []choice
	partial bool                          // not all values are tried: none of its cells is "any"
	set     func(*engine.Request, string) // nil for a condition key
	labels  map[string]string             // of choices that are one cell, by their indexes
}

// label is the cell of some of the choices.
func (c *column) label(members []int) string {
	var id []byte
	var all choice
	for _, i := range members {
		id = append(strconv.AppendInt(id, int64(i), 10), ' ')
		all = append(all, c.choices[i]...)
	}
	known, ok := c.labels[string(id)]
	if !ok {
		known = all.label(c.choices)
		if c.labels == nil {
			c.labels = map[string]string{}
		}
		c.labels[string(id)] = known
	}
	return known
}

func newBuilder(check *engine.Check, p *engine.Policy) *builder {
	b := &builder{check: check, policy: p}
	for _, add := range []func() column{b.actions, b.resources, b.callers} {
		if c := add(); len(c.choices) > 1 {
			b.columns = append(b.columns, c)
		}
	}
	b.keys()
	b.bound()
	b.picks = make([]int, len(b.columns))
	return b
}

// bound leaves out values of the longest columns, and says so, until there are
// few enough requests to try.
func (b *builder) bound() {
	whole := map[int]int{}
	most := mostTried(b.policy.Text)
	for {
		tried, longest := 1, 0
		for i := range b.columns {
			tried *= len(b.columns[i].choices)
			if len(b.columns[i].choices) > len(b.columns[longest].choices) {
				longest = i
			}
			if tried > 1<<30 {
				break
			}
		}
		if tried <= most {
			break
		}
		n := len(b.columns[longest].choices)
		if whole[longest] == 0 {
			whole[longest] = n
		}
		b.columns[longest].choices = b.columns[longest].choices[:max(1, n*3/4)]
	}
	for i := range b.columns {
		if whole[i] > 0 {
			b.columns[i].partial = true
			b.cut = append(b.cut, "Tried are the first "+strconv.Itoa(len(b.columns[i].choices))+" of "+strconv.Itoa(whole[i])+
				" values of "+b.columns[i].head+".")
		}
	}
}

// perVariable is how many bytes are read in the time that a policy variable takes.
const perVariable = 64

// mostTried is how many requests are put to the engine for a policy.
func mostTried(text string) int {
	return min(max(maxRead/(len(text)+perVariable*strings.Count(text, "${")+1), 8), maxTried)
}

// bits writes which of some tests hold.
func bits(n int, holds func(int) bool) string {
	out := make([]byte, n)
	for i := range out {
		out[i] = '-'
		if holds(i) {
			out[i] = '+'
		}
	}
	return string(out)
}

// patternSamples is a text for each pattern, and for what two of them have in
// common: the engine's own samples, as of a condition with StringLike.
func patternSamples(patterns []string) (out []sample) {
	var tests []*condition.Test
	for _, p := range patterns {
		compiled := condition.Compile(policy.Condition{Tests: []policy.Test{{
			Operator: policy.Text{Value: "StringLike"}, Key: policy.Text{Value: "x"}, Values: []policy.Text{{Value: p}},
		}}}, false)
		tests = append(tests, &compiled[0])
	}
	for _, s := range condition.Samples("x", tests, &condition.Context{}, false) {
		if s.Form != condition.FormOther {
			out = append(out, sample{label: s.Of, values: s.Values})
		}
	}
	return out
}

// values is the values of an element of all statements, each once.
func (b *builder) values(of func(*policy.Statement) *policy.Element) (out []string) {
	seen := map[string]bool{}
	for i := range b.policy.Statements {
		for _, v := range of(&b.policy.Statements[i]).Values {
			if !seen[v.Value] {
				seen[v.Value] = true
				out = append(out, v.Value)
			}
		}
	}
	return out
}

// actions is actions that the Action elements tell apart.
func (b *builder) actions() column {
	c := column{head: "Action", set: func(r *engine.Request, v string) { r.Action = v }}
	patterns := b.values(func(s *policy.Statement) *policy.Element { return &s.Action })
	service, _, _ := strings.Cut(b.check.Action, ":")
	samples := []sample{{label: b.check.Action, values: []string{b.check.Action}, asked: true}}
	samples = append(samples, patternSamples(patterns)...)
	samples = append(samples, sample{label: "another action of " + service, values: []string{service + ":AnotherAction"}, other: true})
	if !engine.IsResource(b.policy.Type) {
		other := []string{"another-service:AnotherAction"}
		samples = append(samples, sample{label: "an action of another service", values: other, other: true})
	}
	samples = slices.DeleteFunc(samples, func(s sample) bool { return !engine.ValidAction(s.values[0]) })
	compiled := make([]policy.Pattern, len(patterns))
	for i, p := range patterns {
		compiled[i] = policy.CompileAction(p)
	}
	c.choices = group(samples, func(s *sample) string {
		return bits(len(patterns), func(i int) bool { return compiled[i].Match(strings.ToLower(s.values[0])) })
	})
	return c
}

// resources is resources that the Resource elements tell apart, of those for
// which the policy counts.
func (b *builder) resources() column {
	c := column{head: "Resource", set: func(r *engine.Request, v string) { r.Resource = v }}
	if engine.IsResource(b.policy.Type) && b.policy.Type != policy.Resource {
		return c // there is one resource
	}
	patterns := b.values(func(s *policy.Statement) *policy.Element { return &s.Resource })
	asked := b.check.Asked().Resource
	samples := []sample{{label: asked, values: []string{asked}, asked: true}}
	samples = append(samples, patternSamples(patterns)...)
	samples = append(samples, b.otherResources()...)
	samples = slices.DeleteFunc(samples, func(s sample) bool {
		return strings.ContainsAny(s.values[0], "$") || !engine.ValidResource(s.values[0]) || !b.counts(&c, s.values[0])
	})
	compiled := make([]policy.ARNPattern, len(patterns))
	variables := false
	for i, p := range patterns {
		compiled[i] = policy.CompileResource(p, b.policy.Document)
		variables = variables || len(compiled[i].VariableKeys()) > 0
	}
	if variables {
		c.partial = true
		b.cut = append(b.cut, "A Resource with a variable is tried on the request's own resource only.")
	}
	var scratch []byte
	c.choices = group(samples, func(s *sample) string {
		if variables { // which match is a matter of the keys
			return s.values[0]
		}
		return bits(len(patterns), func(i int) bool {
			matched, _ := compiled[i].Match(s.values[0], &b.check.Context, &scratch)
			return matched
		})
	})
	return c
}

// otherResources is resources that no policy names: where the policy is a
// resource's own, those that it covers.
func (b *builder) otherResources() (out []sample) {
	asked, own := b.check.Resource, engine.PolicyARN(b.check.Resource)
	if engine.IsResource(b.policy.Type) {
		out = append(out, sample{label: own, values: []string{own}})
		if rest, under := strings.CutPrefix(asked, own+"/"); under && rest != "" {
			out = append(out, sample{label: "another resource in it", values: []string{own + "/another-resource"}, other: true})
		}
		return out
	}
	arn := strings.SplitN(asked, ":", 6)
	if len(arn) < 6 {
		return nil
	}
	arn[5] = "another-resource"
	return []sample{{label: "another resource", values: []string{strings.Join(arn, ":")}, other: true}}
}

// counts reports whether the policy counts for the request with another value of
// a column.
func (b *builder) counts(c *column, value string) bool {
	asked := b.check.Asked()
	c.set(&asked, value)
	check, err := b.check.Ask(asked)
	return err == nil && check.Counts(b.policy)
}
