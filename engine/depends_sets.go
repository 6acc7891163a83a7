package engine

import (
	"slices"

	"why403/engine/condition"
	"why403/engine/policy"
)

// sets finds the smallest sets of things that are enough for an outcome. Some
// things are in every set: with the wrong choice for one of these, nothing else
// leads there.
func (u *unknowns) sets(want Outcome) [][]If {
	s := setSearch{unknowns: u, want: want, right: make([][]int, len(u.things))}
	for i := range u.things {
		s.choices(i)
	}
	for extra := 0; extra <= maxExtra && !u.spent && !s.complete; extra++ {
		s.extend(0, extra)
	}
	return s.found
}

// setSearch looks for sets.
type setSearch struct {
	*unknowns
	want     Outcome
	right    [][]int // the choices of each thing with which the outcome can be the wanted one
	required []int   // the things that are in every set
	found    [][]If
	complete bool // whatever is required is enough, so that no set has more
}

// choices finds the right choices of a thing, and whether there are wrong ones.
func (s *setSearch) choices(i int) {
	t := &s.things[i]
	for t.pick = 0; t.pick < t.ways; t.pick++ {
		if s.can(s.want) {
			s.right[i] = append(s.right[i], t.pick)
		}
	}
	t.pick = undecided
	if len(s.right[i]) < t.ways {
		s.required = append(s.required, i)
	}
	if t.Key == "" {
		s.right[i] = s.useful(t)
	}
}

// useful is the choices of policies, or grants, that lead to the outcome, the
// one that asks for less first: that they are silent.
func (s *setSearch) useful(t *unknown) []int {
	d := &s.e.decision
	limits := !t.Grants && LimitGate(t.Type) != 0 || t.Type == policy.RCP
	switch {
	case s.want != Allowed && limits:
		return []int{worst}
	case s.want != Allowed:
		return []int{neither, worst}
	case limits && !d.Present.Has(t.Type) && s.e.check.Principal.Kind != FederatedUser:
		return []int{neither}
	}
	return []int{neither, best}
}

// extend adds more things to those that are required, in their order, and looks
// whether all of them together are enough.
func (s *setSearch) extend(from, more int) {
	if more == 0 {
		s.collect()
		return
	}
	for i := from; i < len(s.things); i++ {
		if slices.Contains(s.required, i) || s.alone(i) {
			continue
		}
		s.things[i].pick = 0
		s.extend(i+1, more-1)
		s.things[i].pick = undecided
	}
}

// alone reports whether the least that policies, or grants, can do is enough
// without anything else.
func (s *setSearch) alone(i int) bool {
	return s.things[i].Key == "" && slices.ContainsFunc(s.found, func(set []If) bool {
		return len(set) == 1 && set[0].Thing == s.things[i].Thing && (!set[0].Needed || len(s.right[i]) == 1)
	})
}

// collect tries the choices of the things at hand: those that are picked, and
// those that are required.
func (s *setSearch) collect() {
	var chosen []int
	for i := range s.things {
		if s.things[i].pick != undecided || slices.Contains(s.required, i) {
			chosen = append(chosen, i)
		}
	}
	if s.try(chosen, 0) && len(chosen) == len(s.required) {
		s.complete = true
	}
	for _, i := range chosen {
		s.things[i].pick = undecided
		if !slices.Contains(s.required, i) {
			s.things[i].pick = 0
		}
	}
}

// try goes through the choices from one thing on, and reports whether all of
// them are enough.
func (s *setSearch) try(chosen []int, at int) (all bool) {
	if s.spent || len(s.found) >= maxSets {
		return false
	}
	if at == len(chosen) {
		if !s.sure(s.want) {
			return false
		}
		s.keep(chosen)
		return true
	}
	t, all := &s.things[chosen[at]], true
	for _, pick := range s.right[chosen[at]] {
		t.pick = pick
		all = s.try(chosen, at+1) && all
	}
	return all
}

// keep keeps a set, unless a smaller one is a part of it. Sets that differ in
// the value of one key are one.
func (s *setSearch) keep(chosen []int) {
	var set []If
	for _, i := range chosen {
		set = append(set, s.things[i].condition(s.want))
	}
	for i := range s.found {
		if included(s.found[i], set) || merged(s.found[i], set) {
			return
		}
	}
	s.found = append(s.found, set)
}

// condition is a thing with its choice, on the way to an outcome.
func (t *unknown) condition(want Outcome) If {
	c := If{Thing: t.Thing}
	if t.Key == "" {
		c.Needed = t.pick != neither
		c.Allows = t.pick == best || !c.Needed && want == Allowed
		return c
	}
	c.Samples = slices.Clone(t.samples[t.pick])
	for i := range t.samples {
		if i != t.pick {
			c.Others = append(c.Others, t.samples[i]...)
		}
	}
	return c
}

// included reports whether all of one set stands in another.
func included(smaller, larger []If) bool {
	for _, a := range smaller {
		if !slices.ContainsFunc(larger, func(b If) bool { return a.covers(&b) }) {
			return false
		}
	}
	return true
}

// covers reports whether another condition on the same thing is a case of this.
func (a *If) covers(b *If) bool {
	return a.Thing == b.Thing && a.Allows == b.Allows && (b.Needed || !a.Needed) &&
		!slices.ContainsFunc(b.Samples, func(s condition.Sample) bool { return !a.has(&s) })
}

func (a *If) has(s *condition.Sample) bool {
	return slices.ContainsFunc(a.Samples, func(t condition.Sample) bool {
		return t.Form == s.Form && t.Of == s.Of && slices.Equal(t.Values, s.Values)
	})
}

// merged adds the value in which a set differs from another one to that, if it
// is the only difference.
func merged(into, set []If) bool {
	if len(into) != len(set) {
		return false
	}
	differs := -1
	for i := range set {
		switch {
		case set[i].Thing != into[i].Thing || set[i].Allows != into[i].Allows || set[i].Needed != into[i].Needed:
			return false
		case into[i].covers(&set[i]) && len(into[i].Samples) == len(set[i].Samples):
		case differs >= 0:
			return false
		default:
			differs = i
		}
	}
	if differs >= 0 {
		into[differs].Samples = append(into[differs].Samples, set[differs].Samples...)
		into[differs].Others = slices.DeleteFunc(into[differs].Others, func(s condition.Sample) bool { return into[differs].has(&s) })
	}
	return true
}

// fill finds a choice for every thing with which the request is allowed, and
// one with which it is denied. Policies and grants do harm only where they have
// to.
func (u *unknowns) fill(out *Depends) {
	for _, want := range []Outcome{Allowed, ImplicitDeny} {
		for i := range u.things {
			u.choose(&u.things[i], want)
		}
		filling := Filling{Outcome: u.decide(true)}
		for i := range u.things {
			filling.Ifs = append(filling.Ifs, u.things[i].condition(want))
			u.things[i].pick = undecided
		}
		if (filling.Outcome == Allowed) == (want == Allowed) {
			out.Fillings = append(out.Fillings, filling)
		}
	}
}

// choose picks for a thing what still leads to an outcome.
func (u *unknowns) choose(t *unknown, want Outcome) {
	for n := range t.ways {
		t.pick = n
		if t.Key == "" {
			t.pick = t.ways - 1 - n
		}
		if u.can(want) {
			return
		}
	}
}

// on is what stands in any of the sets.
func (u *unknowns) on(out *Depends) (on []Thing) {
	for i := range u.things {
		here := func(set []If) bool {
			return slices.ContainsFunc(set, func(c If) bool { return c.Thing == u.things[i].Thing })
		}
		if slices.ContainsFunc(out.AllowedIf, here) || slices.ContainsFunc(out.DeniedIf, here) {
			on = append(on, u.things[i].Thing)
		}
	}
	return on
}
