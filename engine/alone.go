package engine

import (
	"slices"

	"why403/engine/policy"
)

// Says is what one policy says of a request by itself, whatever the others say.
type Says uint8

// What a policy can say.
const (
	Silent    Says = iota // no statement matches
	SaysAllow             // an Allow matches, and no Deny
	SaysDeny              // a Deny matches
	SaysOpen              // what is not known decides
)

// Asked is the request that the check was made for.
func (r *Check) Asked() Request { return r.asked }

// Ask finds what counts for another request, of the same world. The errors are
// those of [Compiled.Decide].
func (r *Check) Ask(other Request) (*Check, error) { return r.world.Check(other) }

// Counts reports whether AWS looks at a policy for the request.
func (r *Check) Counts(p *Policy) bool {
	return slices.Contains(r.Policies, p) && r.applies.Has(p.Type)
}

// Alone is what a policy of the check says by itself, and the statement that
// decides that, or -1 where none does.
func (r *Check) Alone(p *Policy) (Says, int) {
	at := slices.Index(r.Policies, p)
	if at < 0 {
		return Silent, -1
	}
	e := new(Decider)
	e.begin(r)
	d := &e.decision
	for i := range p.statements {
		d.Steps = append(d.Steps, e.step(at, i, p, &p.statements[i]))
	}
	u := &unknowns{e: e, known: r.Context}
	for i := range d.Steps {
		if u.open(i, &d.Steps[i]); u.spent {
			return SaysOpen, -1 // more keys than are looked at
		}
	}
	return e.says(d, p.Type)
}

// says sums up the steps of one policy. A Deny that matches for sure goes before
// one that is open, and that before any Allow.
func (e *Decider) says(d *Decision, t policy.Type) (Says, int) {
	for _, c := range [...]struct {
		effect policy.Effect
		open   bool
		says   Says
	}{{policy.Deny, false, SaysDeny}, {policy.Deny, true, SaysOpen}, {policy.Allow, false, SaysAllow}, {policy.Allow, true, SaysOpen}} {
		for i := range d.Steps {
			s := &d.Steps[i]
			if s.Effect == c.effect && s.Open == c.open && (s.Open || s.Miss == Matched) && e.hasSay(d, t, s) {
				return c.says, i
			}
		}
	}
	return Silent, -1
}

// hasSay reports whether a statement counts, if it matches.
func (e *Decider) hasSay(d *Decision, t policy.Type, s *Step) bool {
	d.Allows, d.Denies = 0, 0
	e.count(d, t, s)
	return d.Allows|d.Denies != 0
}
