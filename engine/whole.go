package engine

import (
	"slices"
	"strings"

	"why403/engine/condition"
	"why403/engine/policy"
)

// A check on a pattern is one on everything that the pattern stands for. Its
// decision is about what is so for all of it: a statement is met where its
// Resource covers the pattern, or its NotResource has nothing in common with it.

// pattern matches Resource or NotResource with a pattern that is asked for.
func (e *Decider) pattern(step *Step, s *statement) bool {
	touches := e.check.least && s.Effect == policy.Deny // a part is enough
	covered, unresolved := false, false
	for i := range s.resources {
		r := &s.resources[i]
		if touches != s.Resource.Not {
			_, meets := r.Meets(e.check.Resource, &e.check.Context, &e.scratch)
			covered = covered || meets
			continue
		}
		covers, open := r.Covers(e.check.Resource, &e.check.Context, &e.scratch)
		covered, unresolved = covered || covers, unresolved || open
	}
	if unresolved && !covered {
		e.note(step, ResourceNote, condition.NoteUnresolvedVariable)
	}
	return covered != s.Resource.Not
}

// Certain reports whether everything is allowed that the pattern of a check
// stands for, as far as the policies go that count for the pattern: a Deny counts
// that is for a part of it. Where the account is left open, or the Region and a
// condition reads it, nothing is certain.
func (r *Check) Certain() bool {
	open := strings.ContainsAny(ARNPart(r.Resource, 4), "*?") || strings.ContainsAny(ARNPart(r.Resource, 3), "*?") &&
		(r.reads("aws:requestedregion") || r.regionsTold)
	least := *r
	least.least = true
	return !open && Decide(&least).Outcome == Allowed
}

// reads reports whether a condition of a policy is on a key, in lower case.
func (r *Check) reads(key string) bool {
	for _, p := range r.Policies {
		for i := range p.Statements {
			if slices.ContainsFunc(p.Statements[i].Condition.Tests, func(t policy.Test) bool { return strings.EqualFold(t.Key.Value, key) }) {
				return true
			}
		}
	}
	return false
}

// on is the same check on a resource that its pattern stands for, with the same
// policies.
func (r *Check) on(resource string) *Check {
	c := *r
	c.Resource, c.Pattern = resource, false
	return &c
}

// MaxParts bounds how many resources stand for all that a pattern covers.
const MaxParts = 200

// Parts are checks on what the pattern of a check covers: one for each value of
// a Resource that covers a part of it, those of a Deny first, and one that no
// value means by name.
func (r *Check) Parts() (parts []*Check) {
	parts = append(parts, r.on(filled(r.Resource, "example")))
	seen := map[string]bool{parts[0].Resource: true}
	var scratch []byte
	most := fewer(r.Work())
	for _, effect := range [...]policy.Effect{policy.Deny, policy.Allow} {
		for _, p := range r.Policies {
			for i := range p.statements {
				s := &p.statements[i]
				for j := range s.resources {
					if s.Effect != effect || len(parts) == most {
						continue
					}
					resource, ok := s.resources[j].Meets(r.Resource, &r.Context, &scratch)
					if ok && !seen[resource] {
						seen[resource] = true
						parts = append(parts, r.on(resource))
					}
				}
			}
		}
	}
	return parts
}

// Others are checks on more of what the pattern covers: each wildcard filled
// with nothing, a character or some, which a policy can tell apart with "?".
func (r *Check) Others() (parts []*Check) {
	for _, text := range [...]string{"", "e", "ee", "another-example"} {
		parts = append(parts, r.on(filled(r.Resource, text)))
	}
	return parts
}

// filled puts a text in the place of each * of a pattern, and a letter in that
// of each ?.
func filled(pattern, text string) string {
	return strings.NewReplacer("*", text, "?", "e").Replace(pattern)
}

// Entities are checks on the entities that the pattern of a check covers, and on
// what lies in them: other policies count for these. All says that nothing of
// them is left out. An entity with a name whose ARN is the pattern stands for
// what is yet to be made, and so does a check on it.
func (r *Check) Entities() (parts []*Check, all bool) {
	if r.world == nil {
		return nil, true
	}
	if e := r.world.Entity(r.Resource); e != nil && e.Name != "" {
		return nil, true
	}
	work := 0
	all = true
	for _, arn := range r.world.within(r) {
		for _, under := range [...]string{"", "/*", ":*"} {
			if under != "" && !hasParts(arn, arn+under) {
				continue
			}
			covered, resource := policy.CoversText(r.asked.Resource, arn+under)
			switch {
			case covered:
				resource = arn + under
			case resource == "" || under == "" && strings.ContainsAny(arn, "*?"):
				continue
			default:
				all = false
			}
			part := r.again(resource)
			if work += part.Work(); len(parts) == MaxParts || work > partWork && len(parts) > 0 {
				return parts, false
			}
			parts = append(parts, part)
		}
	}
	return parts, all
}

// again is the same request for a resource, asked anew.
func (r *Check) again(resource string) *Check {
	asked := r.asked
	asked.Resource = resource
	c, err := r.world.Check(asked)
	if err != nil {
		return r.on(resource) // never: it has the form of an ARN
	}
	return c
}

// within finds the ARNs and the aliases of the entities that the pattern of a
// check has something in common with, but for those that it lies in itself.
func (c *Compiled) within(r *Check) (out []string) {
	in, asked := c.covering(r.Resource), policy.CompileAsked(r.asked.Resource)
	c.arns(func(arn string) {
		if differ(r.asked.Resource, arn) || slices.Contains(in, c.Entity(arn)) || slices.Contains(in, c.key(arn)) {
			return
		}
		if asked.Touches(arn) || touchesParts(asked, arn) {
			out = append(out, arn)
		}
	})
	slices.Sort(out)
	return slices.Compact(out)
}

// arns calls f for the ARN and the aliases of every entity.
func (c *Compiled) arns(f func(arn string)) {
	for world := c; world != nil; world = world.under {
		for arn := range world.entities {
			f(arn)
		}
		for alias := range world.keys {
			f(alias)
		}
	}
}

// touchesParts reports whether the parts of an entity have something in common
// with what is asked for.
func touchesParts(asked *policy.Asked, arn string) bool {
	for _, part := range [...]string{arn + "/*", arn + ":*"} {
		if hasParts(arn, part) && asked.Touches(part) {
			return true
		}
	}
	return false
}

// hasParts reports whether an entity has parts, of this form.
func hasParts(arn, form string) bool { return PolicyARN(form) != form && Covers(arn, form) }

// differ reports whether two patterns differ before the first wildcard of either:
// they then have nothing in common, and most of many entities tell that at once.
func differ(a, b string) bool {
	for i := range min(len(a), len(b)) {
		switch {
		case notPlain(a[i]) || notPlain(b[i]):
			return false
		case a[i] != b[i]:
			return true
		}
	}
	return false
}

// notPlain reports whether a wildcard or a variable begins with a byte.
func notPlain(c byte) bool { return c == '*' || c == '?' || c == '$' }
