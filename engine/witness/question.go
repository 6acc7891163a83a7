// Package witness asks AWS's own checkers of policies about a scenario: it writes
// the commands, says what they can't judge, and holds what they print against the
// engine's answers.
package witness

import (
	"slices"
	"strings"

	"why403/engine"
	"why403/engine/answer"
	"why403/engine/policy"
	"why403/engine/scenario"
)

// Question is one check of a request, as far as the simulator can be asked of it.
type Question struct {
	Request  string
	Action   string
	Resource string
	Outcome  engine.Outcome // of the check, with all that counts for it
	Cannot   []Limit        // why it can't be asked at all; then there is no call
	Left     []Limit        // what the call leaves out
	Asked    engine.Outcome // of the check without what is left out: what the simulator has to agree with

	check    *engine.Check    // without what is left out
	decision *engine.Decision // of that
	inputs   []input
}

// input is a policy that the simulator is given, and what it calls it.
type input struct {
	id     string // PolicyInputList.1
	policy *engine.Policy
}

// MaxGiven is how many bytes of policies the questions of a file give the simulator
// together, each as often as it is given. There is no call of the questions after
// those.
const MaxGiven = 4 << 20

// Of is the questions of a file: one for each check of each request.
func Of(f *scenario.File) []Question {
	return of(answer.File(f))
}

// OfRequest is the questions of one request of a file.
func OfRequest(f *scenario.File, name string) []Question {
	return of(slices.DeleteFunc(answer.File(f), func(a answer.Answer) bool { return a.Request != name }))
}

func of(answers []answer.Answer) (out []Question) {
	given := 0
	for i := range answers {
		for j := range answers[i].Checks {
			q := question(answers[i].Request, answers[i].Checks[j].Decision)
			for _, in := range q.inputs {
				given += len(in.policy.Text)
			}
			if given > MaxGiven && len(q.Cannot) == 0 {
				q.Cannot = append(q.Cannot, tooMuch)
			}
			out = append(out, q)
		}
	}
	return out
}

func question(request string, d *engine.Decision) Question {
	q := Question{Request: request, Action: d.Check.Action, Resource: d.Check.Resource, Outcome: d.Outcome}
	var without engine.Types
	for i := range limits {
		switch l := &limits[i]; {
		case !l.when(d):
		case l.leaves == 0 && !l.lists:
			q.Cannot = append(q.Cannot, *l)
		default:
			q.Left = append(q.Left, *l)
			without |= l.leaves
		}
	}
	if len(q.Cannot) > 0 {
		return q
	}
	q.check = reduced(d, without)
	q.decision = engine.Decide(q.check)
	if q.Asked = q.decision.Outcome; q.Asked == engine.Undecided {
		q.Cannot = append(q.Cannot, limits[0])
	}
	q.name()
	return q
}

// reduced is a check without some policy types, without those that don't count
// for it, and without what the simulator knows nothing of.
func reduced(d *engine.Decision, without engine.Types) *engine.Check {
	c := *d.Check
	c.Grants, c.ACLs, c.Policies = nil, nil, nil
	for _, p := range d.Check.Policies {
		if d.Applies.Has(p.Type) && !without.Has(p.Type) {
			c.Policies = append(c.Policies, p)
		}
	}
	return &c
}

// name gives each policy the name that the simulator has for it.
func (q *Question) name() {
	counts := map[string]int{}
	for _, p := range q.check.Policies {
		list := parameterOf(p.Type)
		counts[list]++
		id := list
		if list != resourceParameter {
			id += "." + itoa(counts[list])
		}
		q.inputs = append(q.inputs, input{id, p})
	}
}

// parameterOf is the parameter that policies of a type are given by.
func parameterOf(t policy.Type) string {
	switch t {
	case policy.Identity:
		return "PolicyInputList"
	case policy.Boundary:
		return "PermissionsBoundaryPolicyInputList"
	case policy.SCP:
		return "OrderedOrganizationPolicyInputList"
	}
	return resourceParameter
}

const resourceParameter = "ResourcePolicy"

// of is the policies of some type that the simulator is given.
func (q *Question) of(t policy.Type) (out []*engine.Policy) {
	for _, p := range q.check.Policies {
		if p.Type == t {
			out = append(out, p)
		}
	}
	return out
}

// caller is the ARN of the user or role that asks.
func (q *Question) caller() string { return q.check.Principal.Attached() }

func (q *Question) partition() string {
	if parts := strings.SplitN(q.check.Principal.ARN, ":", 3); len(parts) == 3 {
		return parts[1]
	}
	return "aws"
}
