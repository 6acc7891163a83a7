package diagnose

import (
	"slices"

	"why403/engine"
	"why403/engine/catalogue"
	"why403/engine/explain"
	"why403/engine/policy"
)

// steps calls f for every statement of a policy type that was brought.
func (s *state) steps(typeName string, f func(*engine.Step, *policy.Statement, *explain.Statement) bool) bool {
	d := s.check.Decision
	for i := range d.Steps {
		step := &d.Steps[i]
		if step.Policy == engine.GrantStep {
			continue
		}
		p := s.check.Decision.Check.Policies[step.Policy]
		if layerOf(explain.TypeName(p.Type)) == layerOf(typeName) && f(step, &p.Statements[step.Statement], &s.check.Answer.Statements[i]) {
			return true
		}
	}
	return false
}

// untold reports whether nothing is known of a condition key: the request may
// have had it, with any value.
func (s *state) untold(key string) bool {
	return !s.check.Context.Has(key) && s.check.Carries(key) != catalogue.Never
}

// couldDeny reports whether a Deny of the type that AWS names fails only at a
// condition key of which nothing is known.
func (s *state) couldDeny() bool { return len(s.conditional(policy.Deny)) > 0 }

// conditional is the statements of the type that AWS names that match, but for
// a condition key of which nothing is known.
func (s *state) conditional(effect policy.Effect) (out []cause) {
	f := finder{file: s.file, places: s.places, check: s.check}
	s.steps(s.said.Type, func(step *engine.Step, statement *policy.Statement, words *explain.Statement) bool {
		if step.Effect != effect || step.Miss != engine.MissCondition {
			return false
		}
		t := &statement.Condition.Tests[min(int(step.Which), len(statement.Condition.Tests)-1)]
		if !s.untold(t.Key.Value) {
			return false
		}
		c := cause{Finding: Finding{ID: "condition", Type: s.said.Type, Place: f.place(words)}, near: nearCondition}
		c.Place.Key = t.Key.Value
		c.Text = named(c.Place) + " " + effects[effect] + " it if " + t.Operator.Value + " " + t.Key.Value + " (" + valuesOf(t) + ") holds."
		c.Because = []string{"AWS's message has no condition keys, and nothing given here tells " + t.Key.Value + "."}
		c.Proof = "The request's value of " + t.Key.Value + ": CloudTrail's event of it, or the caller's configuration."
		out = append(out, c)
		return false
	})
	return out
}

var effects = map[policy.Effect]string{policy.Allow: "allows", policy.Deny: "denies"}

// couldFail reports whether an Allow of the type that AWS names matches only
// because a condition key is taken for absent.
func (s *state) couldFail() bool { return len(s.loose()) > 0 }

// loose is those statements.
func (s *state) loose() (out []cause) {
	f := finder{file: s.file, places: s.places, check: s.check}
	s.steps(s.said.Type, func(step *engine.Step, statement *policy.Statement, words *explain.Statement) bool {
		if step.Effect != policy.Allow || step.Miss != engine.Matched {
			return false
		}
		at := slices.IndexFunc(statement.Condition.Tests, func(t policy.Test) bool { return s.untold(t.Key.Value) })
		if at < 0 {
			return false
		}
		t := &statement.Condition.Tests[at]
		c := cause{Finding: Finding{ID: "condition", Type: s.said.Type, Place: f.place(words)}, near: nearCondition}
		c.Place.Element, c.Place.Key = "Condition", t.Key.Value
		c.Text = named(c.Place) + " allows it only while " + t.Operator.Value + " " + t.Key.Value + " (" + valuesOf(t) + ") holds."
		c.Because = []string{"It holds here because the request has no such key, as far as is known."}
		c.Proof = "The request's value of " + t.Key.Value + ": CloudTrail's event of it, or the caller's configuration."
		out = append(out, c)
		return false
	})
	return out
}

// resting is the condition keys that the nearest statement of the type that AWS
// names rests on, and of which nothing is known.
func (s *state) resting() (keys []string) {
	causes := s.causes()
	if len(causes) == 0 || causes[0].near < nearCondition {
		return nil
	}
	for _, fact := range s.check.Answer.Statements[causes[0].step].Facts {
		if key := fact.Key; key != "" && s.untold(key) && !slices.Contains(keys, key) {
			keys = append(keys, key)
		}
	}
	return keys
}

// settled reports whether AWS's message proves what a condition came to: the
// policies leave nothing else open. A Deny can also be in another policy of the
// type, where there can be several.
func (s *state) settled() bool {
	one := s.said.Outcome == "implicit deny" || s.brought.Complete || !several(layerOf(s.said.Type))
	return one && s.verdict == narrower && s.said.Type != "" && s.given(s.said.Type) && !s.unknown(s.said.Type) && len(s.resting()) > 0
}
