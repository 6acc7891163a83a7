package reason

import (
	"strings"

	"why403/engine"
)

// action is why Action or NotAction does not match.
func (f *finder) action() *Fact {
	s, asked := f.statement, f.check.Action
	fact := newFact(ActionOfOthers, "Action", asked, s.Action.Span)
	fact.Policy = values(s.Action.Values)
	if s.Action.Not {
		fact.Kind, fact.Element = Listed, "NotAction"
		if i := f.decision.ActionValue(f.step); i >= 0 {
			fact.Closest, fact.Span = s.Action.Values[i].Value, s.Action.Values[i].Span
		}
		return fact
	}
	prefix, name, _ := strings.Cut(asked, ":")
	looked := 0 // up in the catalogue
	for i := range s.Action.Values {
		listed := s.Action.Values[i].Value
		service, other, _ := strings.Cut(listed, ":")
		if kind := f.nearly(listed, service, other, prefix, name, &looked); costs[kind] < costs[fact.Kind] {
			fact.Kind, fact.Closest = kind, ""
			if kind != ActionOther {
				fact.Closest, fact.Span = listed, s.Action.Values[i].Span
			}
		}
	}
	return fact
}

// nearly is what an action that is listed has to do with the one that is asked. Only
// Most are looked up in the catalogue: it takes long to find what was meant.
func (f *finder) nearly(listed, service, other, prefix, name string, looked *int) Kind {
	same := strings.EqualFold(service, prefix)
	if strings.ContainsAny(other, "*?") {
		if same {
			return ActionOther
		}
		return ActionOfOthers
	}
	alike := strings.EqualFold(other, name)
	if !same && !alike {
		return ActionOfOthers
	}
	var known engine.Spelling
	ok := false
	if *looked++; *looked <= Most {
		known, ok = f.check.Spelled(listed)
	}
	switch {
	case !same && *looked > Most:
		return ActionOfOthers
	case !same && (!ok || !known.Exists):
		return ActionWrongService
	case !same:
		return ActionOfOthers
	case !ok || known.Exists:
		return ActionOther
	case len(known.Needs) == 1 && strings.EqualFold(known.Needs[0], f.check.Action):
		return ActionOperation
	case strings.EqualFold(known.Nearest, f.check.Action):
		return ActionMisspelt
	}
	return ActionOther
}
