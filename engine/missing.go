package engine

import (
	"strings"

	"why403/engine/policy"
)

// Missing is everything in a statement that does not match. A [Step] tells the
// first of it alone, which is enough to decide and too little to say how much
// is missing.
type Missing struct {
	Principal bool
	Action    bool
	Resource  bool
	Tests     []int // the conditions, as indexes in Condition.Tests
}

// Missing judges every element of the statement behind a step. Of a step about
// a grant nothing is missing: its Miss tells all.
func (d *Decision) Missing(step *Step) (m Missing) {
	if step.Policy == GrantStep {
		return m
	}
	var e Decider
	e.ask(d.Check, d.Present)
	p := d.Check.Policies[step.Policy]
	s, probe := &p.statements[step.Statement], *step
	m.Principal = namesPrincipals(p.Type) && !e.principal(&probe, p, s)
	m.Action = !e.action(s)
	m.Resource = s.Resource.Present && p.Type != policy.Trust && !e.resource(&probe, s)
	for i := range s.tests {
		if !s.tests[i].Match(&d.Check.Context, &e.scratch).Match {
			m.Tests = append(m.Tests, i)
		}
	}
	return m
}

// ActionValue is the first value of Action or NotAction that covers the action
// of the check, or -1.
func (d *Decision) ActionValue(step *Step) int {
	s := &d.Check.Policies[step.Policy].statements[step.Statement]
	for i := range s.actions {
		if s.actions[i].Match(d.Check.action) {
			return i
		}
	}
	return -1
}

// ResourceValue is the first value of Resource or NotResource that covers the
// resource of the check, or -1.
func (d *Decision) ResourceValue(step *Step) int {
	var scratch []byte
	s := &d.Check.Policies[step.Policy].statements[step.Statement]
	for i := range s.resources {
		if matched, _ := s.resources[i].Match(d.Check.Resource, &d.Check.Context, &scratch); matched {
			return i
		}
	}
	return -1
}

// Bounded reports whether a permissions boundary counts for the caller.
func (d *Decision) Bounded() bool { return (d.Present & d.Applies).Has(policy.Boundary) }

// WildcardOnly reports whether AWS asks the action of the check on no resource,
// as far as the catalogue knows.
func (r *Check) WildcardOnly() bool { return r.reference != nil && r.reference.WildcardOnly() }

// KeyUnknown reports whether nothing tells the value of a condition key of the
// request, in any case: it is neither given nor known to be absent.
func (r *Check) KeyUnknown(key string) bool { return r.unsure && r.unknownKey(strings.ToLower(key)) }

// Spelling is what the catalogue says of the name of an action.
type Spelling struct {
	Exists  bool
	Needs   []string // where it is an API operation: the actions that a plain call needs
	Nearest string   // where it is neither: the action of the service whose name is most like it, or ""
}

// Spelled looks an action up, such as "s3:GetObject". It reports false where the
// catalogue does not know the service.
func (r *Check) Spelled(action string) (Spelling, bool) {
	service, known := r.world.Action(action)
	if service == nil {
		return Spelling{}, false
	}
	prefix, name, _ := strings.Cut(action, ":")
	if known != nil || KnownAction(action) {
		return Spelling{Exists: true}, true
	}
	if o := service.Operation(name); o != nil && len(o.Always) > 0 {
		return Spelling{Needs: o.Always}, true
	}
	if a := service.Nearest(name); a != nil {
		return Spelling{Nearest: prefix + ":" + a.Name}, true
	}
	return Spelling{}, true
}
