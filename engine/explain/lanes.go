package explain

import (
	"slices"
	"strings"

	"why403/engine"
	"why403/engine/policy"
)

// A Lane is policy types as a path: all of them in one account, and across
// accounts those of one side, which must both allow.
type Lane struct {
	Side  string // "caller", "network" or "resource"; "" for all
	Label string // "" for all
	State string // what came of the side: "denies", "way open", "no way open", "not known" or ""
	End   string // how its line ends before the verdict: "stopped" by a deny, "short" of an allow, or ""
	At    int    // where, in Steps: len(Steps) where it does not
	On    bool   // the line of this lane, or of one before, goes on to the verdict
	Steps []int  // in the Said of the answer
}

// Owner is what the account of the resource is called by.
func Owner(c *engine.Check) string {
	if c.ResourceType() == policy.Key {
		return "key"
	}
	return "resource"
}

// Letter begins what is sent to who can change something: who needs what.
func Letter(to, who, action, resource string) string {
	return "To " + to + "\n\n" + who + " needs " + action + " on " + resource + ", and is denied.\n"
}

// Lanes is the paths of an answer to a decision, in the order in which they are
// drawn.
func (a *Answer) Lanes(d *engine.Decision) []Lane {
	if a.Mode != "cross-account" || slices.ContainsFunc(a.Ways, func(w Way) bool { return w.Side == sideNames[engine.SameAccount] }) {
		lane := Lane{}
		a.fill(&lane)
		lane.On = lane.End != "stopped"
		return []Lane{lane}
	}
	lanes := []Lane{{Side: "caller", Label: "Caller's account " + d.Check.Principal.Account}, {Side: "network", Label: "Network"},
		{Side: "resource", Label: strings.ToUpper(Owner(d.Check)[:1]) + Owner(d.Check)[1:] + "'s account " + d.Check.ResourceAccount}}
	if !slices.ContainsFunc(a.Said, func(s Said) bool { return s.Side == "network" && s.Said != "absent" }) {
		lanes = slices.Delete(lanes, 1, 2)
	}
	on := false
	for i := range lanes {
		l := &lanes[i]
		l.Label = strings.TrimSpace(l.Label)
		a.fill(l)
		l.State = a.laneState(l)
		on = on || l.End != "stopped"
		l.On = on
	}
	return lanes
}

// fill puts the steps of a lane in, and where its line ends.
func (a *Answer) fill(l *Lane) {
	l.At = -1
	for i := range a.Said {
		s := &a.Said[i]
		if l.Side != "" && s.Side != l.Side {
			continue
		}
		if end := a.end(s); end != "" && l.End == "" {
			l.End, l.At = end, len(l.Steps)
		}
		l.Steps = append(l.Steps, i)
	}
	if l.At < 0 {
		l.At = len(l.Steps)
	}
}

// end is how a policy type ends the line of its lane.
func (a *Answer) end(s *Said) string {
	switch {
	case a.Outcome == engine.ImplicitDeny && s.Decided:
		return "short"
	case a.Outcome == engine.ExplicitDeny && s.Said == "denies":
		return "stopped"
	}
	return ""
}

// laneState is what came of one side.
func (a *Answer) laneState(l *Lane) string {
	state := ""
	if l.End == "stopped" {
		return "denies"
	}
	for i := range a.Ways {
		switch w := &a.Ways[i]; {
		case w.Side != l.Side:
		case w.Open:
			return "way open"
		case w.Unsure:
			state = "not known"
		case state == "":
			state = "no way open"
		}
	}
	return state
}
