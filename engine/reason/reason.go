// Package reason says why a statement matches a request, or what in it does
// not, as facts: which element, what the policy says there, what the request
// has, and the part in which the two differ. It has no words; package explain
// has them.
package reason

import (
	"why403/engine"
	"why403/engine/policy"
)

// Fact is why one element of a statement matches, or does not.
type Fact struct {
	Kind     Kind
	Element  string   // as in a policy: "NotAction", "Condition"
	Operator string   // of a condition, as it is written
	Key      string   // of a condition, as it is written
	Policy   []string // the values of the policy
	Request  []string // what the request has
	Closest  string   // the value of the policy that is nearest to the request's; "" where none is
	Part     string   // the part of an ARN in which it differs: "account"; "" where it has no name
	Says     string   // that part of the policy's value
	Has      string   // that part of the request's
	Here     string   // what Closest comes to, where it has variables
	Hint     string   // what the kind wants said besides: another action, another key
	Span     policy.Span
}

// Reason is all facts about one statement.
type Reason struct {
	Matched bool
	Facts   []*Fact
	// Lacking is how much keeps the statement from matching, 0 where nothing
	// does: what differs in a detail counts less than what has nothing to do
	// with the request. Nearer statements have less.
	Lacking int
}

// Far is more than a statement lacks that is worth being shown as the closest.
const Far = 9

// Of gives the reason of a step that is about a statement.
func Of(d *engine.Decision, step *engine.Step) Reason {
	f := newFinder(d, step)
	if step.Miss == engine.Matched {
		return Reason{Matched: true, Facts: f.holds()}
	}
	r := Reason{Facts: f.misses()}
	if len(r.Facts) == 0 {
		r.Facts = append(r.Facts, f.open())
	}
	for i := range r.Facts {
		r.Lacking += costs[r.Facts[i].Kind]
	}
	return r
}

// finder collects the facts of one statement.
type finder struct {
	decision  *engine.Decision
	check     *engine.Check
	step      *engine.Step
	policy    *engine.Policy
	statement *policy.Statement
}

func newFinder(d *engine.Decision, step *engine.Step) *finder {
	p := d.Check.Policies[step.Policy]
	return &finder{d, d.Check, step, p, &p.Statements[step.Statement]}
}

// misses is a fact for each element that does not match, in the order in which
// they are looked at.
func (f *finder) misses() (facts []*Fact) {
	m := f.decision.Missing(f.step)
	if m.Principal {
		facts = append(facts, f.principal())
	}
	if f.step.Miss == engine.MissNoEffect {
		facts = append(facts, newFact(NoResource, "Resource", "", f.brace()))
	}
	if m.Action {
		facts = append(facts, f.action())
	}
	if m.Resource {
		facts = append(facts, f.resource())
	}
	for _, i := range m.Tests {
		facts = append(facts, f.missed(&f.statement.Condition.Tests[i]))
	}
	return facts
}

// open is about a statement that matches or not, as what is not known may be.
func (f *finder) open() *Fact {
	if f.step.Miss != engine.MissCondition {
		return f.resource()
	}
	tests := f.statement.Condition.Tests
	fact, _, _, _ := f.test(&tests[min(int(f.step.Which), len(tests)-1)])
	return fact.as(KeyUnknown)
}

// holds is why a statement that matches does: the conditions, and every Not.
// Where there are none, what its elements cover is all there is to say.
func (f *finder) holds() (facts []*Fact) {
	s := f.statement
	if s.Principal.Present && s.Principal.Not {
		facts = append(facts, f.notSpared())
	}
	if s.Action.Not {
		facts = append(facts, f.omits("NotAction", &s.Action, f.check.Action))
	}
	if s.Resource.Not {
		facts = append(facts, f.omits("NotResource", &s.Resource, f.check.Resource))
	}
	for i := range s.Condition.Tests {
		facts = append(facts, f.held(&s.Condition.Tests[i]))
	}
	if len(facts) > 0 {
		return facts
	}
	if i := f.decision.ActionValue(f.step); i >= 0 {
		facts = append(facts, f.covering("Action", &s.Action.Values[i], f.check.Action))
	}
	if i := f.decision.ResourceValue(f.step); i >= 0 && f.policy.Type != policy.Trust {
		facts = append(facts, f.covering("Resource", &s.Resource.Values[i], f.check.Resource))
	}
	return facts
}

// newFact is a fact about an element, with what the request has, or "".
func newFact(k Kind, element, has string, at policy.Span) *Fact {
	fact := &Fact{Kind: k, Element: element, Span: at}
	if has != "" {
		fact.Request = []string{has}
	}
	return fact
}

// omits says that a Not element does not list what is asked for.
func (f *finder) omits(element string, e *policy.Element, has string) *Fact {
	fact := newFact(ListOmits, element, has, e.Span)
	fact.Policy = values(e.Values)
	return fact
}

// covering says which value of an element covers what is asked for.
func (f *finder) covering(element string, v *policy.Text, has string) *Fact {
	fact := newFact(Covers, element, has, v.Span)
	fact.Closest = v.Value
	return fact
}

// brace is the first byte of the statement: the place of what is not there.
func (f *finder) brace() policy.Span {
	return policy.Span{Start: f.statement.Span.Start, End: f.statement.Span.Start + 1}
}

func values(texts []policy.Text) []string {
	out := make([]string, len(texts))
	for i := range texts {
		out[i] = texts[i].Value
	}
	return out
}
