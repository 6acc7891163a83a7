package witness

import (
	"slices"
	"strings"

	"why403/engine"
	"why403/engine/policy"
	"why403/engine/simulation"
)

// Verdict is what the simulator said to a question.
type Verdict struct {
	Said    string   // its decision, as an outcome here; "" where the output has no result
	Agrees  bool     // with Question.Asked
	Reasons []Reason // why it may differ, as far as its output and the scenario tell
}

// Reason is a fact that can explain why the simulator says something else. Names
// is what it is about: keys, statements, decisions.
type Reason struct {
	Kind  ReasonKind
	Names []string
}

// ReasonKind is a kind of such a fact.
type ReasonKind uint8

// The kinds.
const (
	NoResult ReasonKind = iota
	Refused
	OldCLI
	NextPage
	MissingValues
	OrganizationsDeny
	OrganizationsAllow
	BoundaryDenies
	BoundaryAllows
	MatchesThere
	MatchesHere
	AcrossAccounts
	OtherDenial
	NothingTold
)

// outcomes are the simulator's decisions as outcomes.
var outcomes = map[string]engine.Outcome{
	simulation.Allowed: engine.Allowed, simulation.ImplicitDeny: engine.ImplicitDeny, simulation.ExplicitDeny: engine.ExplicitDeny,
}

// Output is what the simulator printed, of one call or of several.
type Output struct {
	results   []result
	truncated bool
}

// result is a result that answers no question yet, or why a call has none.
type result struct {
	simulation.Result
	refused string
}

// ReadOutput reads what the simulator printed, with anything between the
// outputs. ok is false where there is neither a result nor an error in the text.
func ReadOutput(text string) (out *Output, ok bool) {
	out = &Output{}
	for _, p := range simulation.All(text) {
		switch {
		case p.Error != "":
			out.results = append(out.results, result{refused: p.Error})
		case simulation.Is(p.Root):
			results, truncated := simulation.Read(p.Root)
			for _, r := range results {
				out.results = append(out.results, result{Result: r})
			}
			out.truncated = out.truncated || truncated
		}
	}
	return out, len(out.results) > 0
}

// take finds what answers a question: an error where one comes next, as calls are
// made in the order of the questions, else the first result about its action and
// resource.
func (o *Output) take(q *Question) (r result, ok bool) {
	for i := range o.results {
		r := o.results[i]
		if i == 0 && r.refused != "" || strings.EqualFold(r.Action, q.Action) && r.Resource == q.Resource {
			o.results = slices.Delete(o.results, i, i+1)
			return r, true
		}
	}
	return result{}, false
}

// Compare holds an output against the engine's answer. Each result answers one
// question, in the order of the questions.
func (q *Question) Compare(o *Output) Verdict {
	r, ok := o.take(q)
	if !ok || r.refused != "" {
		v := Verdict{Reasons: []Reason{{NoResult, []string{q.Action, q.Resource}}}}
		if r.refused != "" {
			v.Reasons[0] = Reason{Refused, []string{r.refused}}
			if strings.HasPrefix(r.refused, "Unknown options") {
				v.Reasons = append(v.Reasons, Reason{Kind: OldCLI})
			}
		}
		if o.truncated {
			v.Reasons = append(v.Reasons, Reason{Kind: NextPage})
		}
		return v
	}
	outcome, known := outcomes[r.Decision]
	if !known {
		return Verdict{Said: r.Decision, Reasons: []Reason{{Kind: NothingTold}}}
	}
	v := Verdict{Said: outcome.String(), Agrees: outcome == q.Asked}
	if !v.Agrees {
		v.Reasons = q.reasons(&r.Result, outcome)
	}
	return v
}

// reasons is every fact of an output that the scenario has otherwise.
func (q *Question) reasons(r *simulation.Result, said engine.Outcome) (out []Reason) {
	for i := range differences {
		if names, ok := differences[i].find(q, r); ok {
			out = append(out, Reason{differences[i].kind, names})
		}
	}
	if said.Denied() && q.Asked.Denied() {
		out = append(out, Reason{Kind: OtherDenial})
	}
	if len(out) == 0 {
		out = append(out, Reason{Kind: NothingTold})
	}
	return out
}

// differences is what is looked for where both differ, in this order.
var differences = []struct {
	kind ReasonKind
	find func(*Question, *simulation.Result) (names []string, ok bool)
}{
	{OrganizationsDeny, func(q *Question, r *simulation.Result) ([]string, bool) {
		return nil, r.Organizations == "false" && q.passes(engine.SCPGate) && !q.decision.Denies.Has(policy.SCP)
	}},
	{OrganizationsAllow, func(q *Question, r *simulation.Result) ([]string, bool) {
		return nil, r.Organizations == "true" && !(q.passes(engine.SCPGate) && !q.decision.Denies.Has(policy.SCP))
	}},
	{BoundaryDenies, func(q *Question, r *simulation.Result) ([]string, bool) {
		return nil, r.Boundary == "false" && q.passes(engine.BoundaryGate)
	}},
	{BoundaryAllows, func(q *Question, r *simulation.Result) ([]string, bool) {
		return nil, r.Boundary == "true" && !q.passes(engine.BoundaryGate)
	}},
	{MissingValues, func(_ *Question, r *simulation.Result) ([]string, bool) { return r.Missing, len(r.Missing) > 0 }},
	{MatchesThere, (*Question).matchesThere},
	{MatchesHere, (*Question).matchesHere},
	{AcrossAccounts, func(_ *Question, r *simulation.Result) (names []string, ok bool) {
		for _, d := range r.Details {
			names = append(names, d.Type+": "+d.Decision)
		}
		return names, len(names) > 0
	}},
}

func (q *Question) passes(g engine.Gates) bool { return q.decision.Withheld&g == 0 }

// place is a statement of a policy that the simulator was given.
type place struct{ policy, statement int }

// label is a statement as people find it: its section and its number.
func (q *Question) label(p place) string {
	s := q.check.Policies[p.policy]
	name := s.Name + " statement " + itoa(p.statement+1)
	if sid := s.Statements[p.statement].Sid.Value; sid != "" {
		name += " (" + sid + ")"
	}
	return name
}

// matched is the statements that the simulator names, and the names of policies
// that are not among those it was given.
func (q *Question) matched(r *simulation.Result) (places []place, others []string) {
	for _, s := range r.Matched {
		i := slices.IndexFunc(q.inputs, func(in input) bool { return in.id == s.Policy })
		if i < 0 {
			others = append(others, s.Policy)
			continue
		}
		places = append(places, place{i, statementAt(q.inputs[i].policy, s)})
	}
	return places, others
}

// statementAt is the statement that most of the lines and columns are about: AWS
// counts them from a little before a statement.
func statementAt(p *engine.Policy, s simulation.Statement) int {
	text := latin1(p.Text)
	lead := len(p.Text) - len(strings.TrimLeft(strings.TrimPrefix(p.Text, "\ufeff"), " \t\r\n"))
	start, end := offset(text, s.Start)+lead, offset(text, s.End)+lead
	best, most := 0, -1
	for i := range p.Statements {
		span := p.Statements[i].Span
		if common := min(span.End, end) - max(span.Start, start); common > most {
			best, most = i, common
		}
	}
	return best
}

// offset is the byte at a line and a column.
func offset(text string, at simulation.Position) int {
	start := 0
	for range at.Line - 1 {
		next := strings.IndexByte(text[start:], '\n')
		if next < 0 {
			break
		}
		start += next + 1
	}
	return min(start+max(at.Column-1, 0), len(text))
}

// here is the statements that match in the engine's decision.
func (q *Question) here() (out []place) {
	for _, s := range q.decision.Steps {
		if s.Policy != engine.GrantStep && s.Miss == engine.Matched {
			out = append(out, place{int(s.Policy), int(s.Statement)})
		}
	}
	return out
}

// matchesThere is the statements that match for the simulator alone.
func (q *Question) matchesThere(r *simulation.Result) (names []string, ok bool) {
	places, others := q.matched(r)
	here := q.here()
	for _, p := range places {
		if !slices.Contains(here, p) {
			names = append(names, q.label(p))
		}
	}
	names = append(names, others...)
	return names, len(names) > 0
}

// matchesHere is the statements that match here and that it does not name. Of an
// explicit deny it names the Deny alone, and of SCPs and boundaries none.
//
// https://docs.aws.amazon.com/IAM/latest/APIReference/API_EvaluationResult.html
// https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_testing-policies.html
func (q *Question) matchesHere(r *simulation.Result) (names []string, ok bool) {
	places, _ := q.matched(r)
	for _, p := range q.here() {
		of := q.check.Policies[p.policy]
		if of.Type == policy.SCP || of.Type == policy.Boundary {
			continue
		}
		effect := of.Statements[p.statement].Effect
		if !slices.Contains(places, p) && (effect == policy.Deny || r.Decision != simulation.ExplicitDeny) {
			names = append(names, q.label(p))
		}
	}
	return names, len(names) > 0
}
