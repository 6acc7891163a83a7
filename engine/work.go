package engine

import "why403/engine/policy"

// What it takes to match a grant and a principal, in steps.
const (
	perGrant     = 20
	perPrincipal = 20
	perEntity    = 12  // that a pattern is held against
	perMeeting   = 4   // pairs of characters of two patterns that may meet
	perMatch     = 100 // a statement that is matched again, with another value of a key
	perContext   = 400 // another value
	perTrial     = 100 // a decision of what could be
	perStep      = 6   // in such a decision
)

// Work is about how many steps a decision takes: every value of the policies, as
// often as it is compared, with what variables stand for. A step is at most some
// nanoseconds; see [policy.Pattern.Work].
func (r *Check) Work() int {
	n := len(r.Grants) * perGrant
	for _, p := range r.Policies {
		for i := range p.statements {
			n += p.statements[i].work(r)
		}
	}
	return n
}

// WholeWork is [Check.Work], for a pattern with that of the parts and of the
// entities that are decided one by one for it.
func (r *Check) WholeWork() int {
	one := r.Work()
	if !r.Pattern {
		return one
	}
	parts := 1
	for _, p := range r.Policies {
		for i := range p.statements {
			parts += len(p.statements[i].resources)
		}
	}
	n := one + min(parts, fewer(one))*r.on(filled(r.Resource, "example")).Work()
	if r.world == nil {
		return n
	}
	all, inside := 0, min(len(r.world.within(r)), MaxParts)
	r.world.arns(func(arn string) {
		if all++; !differ(r.asked.Resource, arn) {
			n += len(r.asked.Resource) * len(arn) / perMeeting
		}
	})
	return n + one*inside + all*perEntity*(1+inside) // what lies in an entity is a pattern too
}

// Heaviest finds the statement that takes most of a check's work.
func (r *Check) Heaviest() (section string, span policy.Span) {
	most := -1
	for _, p := range r.Policies {
		for i := range p.statements {
			if n := p.statements[i].work(r); n > most {
				most, section, span = n, p.Name, p.statements[i].Span
			}
		}
	}
	return section, span
}

func (s *statement) work(r *Check) int {
	n := len(s.Principal.Values) * perPrincipal
	for i := range s.actions {
		n += s.actions[i].Work(nil, 1, len(r.action))
	}
	for i := range s.resources {
		n += s.resources[i].Work(&r.Context, r.Resource, r.Pattern)
	}
	for i := range s.tests {
		n += s.tests[i].Work(&r.Context)
	}
	return n
}

// partWork bounds what the parts of a pattern may take together.
const partWork = 1 << 24

// fewer is how many parts of a pattern there may be, each of so much work.
func fewer(work int) int { return min(MaxParts, max(4, partWork/max(work, 1))) }
