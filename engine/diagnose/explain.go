package diagnose

import (
	"cmp"
	"slices"

	"why403/engine"
	"why403/engine/explain"
	"why403/engine/policy"
)

// ranked is a finding with how likely it is, against others.
type ranked struct {
	Finding
	weight int
}

// The weights of explanations that no row of the table has.
const (
	byStatement = 100 // of a statement that was brought and comes near
	byLack      = 75  // of policies that were brought and have none
)

// explain sorts all explanations into proved, possible and ruled out.
func (s *state) explain(r *Result) {
	s.facts(r)
	possible := s.statements(r)
	for i := range explanations {
		row := &explanations[i]
		because, ok := row.possible(s)
		if !ok {
			continue
		}
		f := Finding{ID: row.id, Text: row.text(s), Proof: row.proof, Type: row.layer, Doc: row.doc}
		if because != "" {
			f.Because = []string{because}
		}
		switch out, proof := row.ruledOut(s), row.proved(s); {
		case out != "":
			f.Because, f.Proof = []string{out}, ""
			if row.layer != "" && row.id == "layer-"+row.layer {
				f.Text = "That " + s.noun(row.layer) + " denies it."
			}
			r.RuledOut = append(r.RuledOut, f)
		case proof != "":
			f.Because, f.Proof = []string{proof}, ""
			f.Restates = row.layer != "" && row.id == "layer-"+row.layer && !s.disowned(row.layer)
			r.Proved = append(r.Proved, f)
		default:
			possible = append(possible, ranked{f, row.weight(s)})
		}
	}
	slices.SortStableFunc(possible, func(a, b ranked) int { return cmp.Compare(b.weight, a.weight) })
	for _, p := range possible {
		r.Possible = append(r.Possible, p.Finding)
	}
}

// facts is what AWS's sentence proves by itself.
//
// https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html
func (s *state) facts(r *Result) {
	const doc = "https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html"
	if s.said.Type == "" {
		return
	}
	noun := s.noun(layerOf(s.said.Type))
	switch s.said.Outcome {
	case "explicit deny":
		f := Finding{ID: "said", Type: s.said.Type, Text: "A statement in " + noun + " denies it explicitly.",
			Because: []string{"AWS's message says so."}, Doc: doc, Restates: true}
		if s.said.Policy != "" {
			f.Text = "A statement in " + s.said.Policy + " denies it explicitly."
		}
		r.Proved = append(r.Proved, f)
		r.RuledOut = append(r.RuledOut, Finding{ID: "missing-allow", Text: "That only an Allow is missing: an explicit deny beats every Allow.",
			Because: []string{"AWS names an explicit deny."}, Doc: doc})
	case "implicit deny":
		r.Proved = append(r.Proved, Finding{ID: "said", Type: s.said.Type, Text: "No statement that AWS found in " + noun + " allows it.",
			Because: []string{"AWS's message says so."}, Doc: doc, Restates: true})
		r.RuledOut = append(r.RuledOut, Finding{ID: "explicit-deny", Text: "An explicit deny, in a policy of any type.",
			Because: []string{"AWS names a missing Allow; it would name an explicit deny."}, Doc: doc})
	}
}

// statements sorts what the policies that were brought have to do with it. What
// is only possible is given back.
func (s *state) statements(r *Result) (possible []ranked) {
	if s.byConditions() {
		for _, c := range append(s.conditional(policyDeny), s.loose()...) {
			possible = append(possible, ranked{c.Finding, byStatement})
		}
		return possible
	}
	causes := s.causes()
	if len(causes) == 0 || causes[0].near < nearEnough {
		return s.lacking(r, causes)
	}
	resting := slices.ContainsFunc(causes, func(c cause) bool { return c.Place.Key != "" && s.untold(c.Place.Key) })
	certainly := s.verdict == agrees || s.settled()
	for i, c := range causes {
		certain := (c.near >= nearDeny || i == 0) && (certainly || s.enough(&c, resting))
		if i > 0 {
			c.Text = match(c.Text, "Less close: ")
		}
		switch {
		case certain:
			r.Proved = append(r.Proved, c.Finding)
		case i == 0 || c.near >= nearOthers && i < 4:
			possible = append(possible, ranked{c.Finding, byStatement - i})
		}
	}
	return possible
}

// byConditions reports whether the policies that were brought give AWS's message
// only if a condition key has another value than is known.
func (s *state) byConditions() bool {
	explicit := s.check.Decision.Outcome == engine.ExplicitDeny
	return s.check.Decision.Outcome == engine.Allowed || s.verdict == contradicts ||
		s.verdict == narrower && s.said.Outcome == "explicit deny" && !explicit && s.said.Type != ""
}

// lacking is where no statement that was brought is meant for the request.
func (s *state) lacking(r *Result, causes []cause) []ranked {
	f, ok := s.lack(causes)
	switch {
	case !ok:
		return nil
	case s.verdict == agrees || s.closed():
		r.Proved = append(r.Proved, f)
		return nil
	}
	return []ranked{{f, byLack}}
}

// enough reports whether a cause denies the request whatever else is so: it
// rests on nothing that was guessed or is not known. Resting says that one of the
// causes does.
func (s *state) enough(c *cause, resting bool) bool {
	if c.near >= nearDeny {
		return len(s.filled) == 0 && s.verdict == narrower && s.toldAll(c.step)
	}
	return !resting && s.closed()
}

// closed reports whether no policy type of which nothing is known could let the
// request in, as it was asked.
func (s *state) closed() bool {
	return len(s.filled) == 0 && s.verdict == narrower && s.said.Outcome != "explicit deny" &&
		s.check.Decision.Outcome == engine.ImplicitDeny &&
		!s.unknown("identity") && !s.unknown("resource") && !s.unknown("grants")
}

// toldAll reports whether the request is known to have, or not to have, all
// keys of the condition of a statement.
func (s *state) toldAll(at int) bool {
	step := &s.check.Decision.Steps[at]
	tests := s.check.Decision.Check.Policies[step.Policy].Statements[step.Statement].Condition.Tests
	return !slices.ContainsFunc(tests, func(t policy.Test) bool { return s.untold(t.Key.Value) })
}

// lack is that no policy that was brought has a statement for the request.
func (s *state) lack(causes []cause) (Finding, bool) {
	names := []string{layerOf(s.check.Answer.DeniedBy)}
	if len(causes) > 0 {
		names = append(names, layerOf(causes[0].Type))
	}
	for _, name := range names {
		if !s.given(name) || s.saysDelegates(name) {
			continue
		}
		section := s.firstSection(name)
		f := Finding{ID: "no-allow", Type: name, Place: &Place{Section: section, Element: "Action", Line: 1, Column: 1}}
		if len(causes) > 0 && layerOf(causes[0].Type) == name {
			f.Place.Element = causes[0].Place.Element
		}
		f.Text = "No statement in " + section + " allows " + s.check.Action + " on " + s.check.Resource + " to " + s.check.Principal.ARN + "."
		if len(causes) > 0 {
			f.Because = append(causes[0].Because, match(causes[0].Text, "Closest match: "))
		}
		return f, true
	}
	return Finding{}, false
}

func (s *state) saysDelegates(name string) bool {
	return name == "resource" && s.says(name) == "delegates" && (s.given("identity") || s.unknown("identity"))
}

// firstSection is the first section that holds a policy of a layer.
func (s *state) firstSection(name string) string {
	if p := explain.SilentSCP(s.check.Decision); name == "scp" && p != nil {
		return p.Name
	}
	for _, p := range s.check.Decision.Check.Policies {
		for _, row := range layerTypes {
			if row.name == name && slices.Contains(row.types, p.Type) {
				return p.Name
			}
		}
	}
	return name
}
