package explain

import (
	"strings"

	"why403/engine"
	"why403/engine/policy"
	"why403/engine/reason"
)

// grantLacks is how much a grant lacks that misses at an element, on the scale
// of [reason.Reason]. What is looked at last lacks least.
var grantLacks = [...]int{
	engine.MissKey: reason.Far, engine.MissGrantee: 6, engine.MissOperation: 4, engine.MissSourceArn: 3, engine.MissChild: 2,
	engine.MissConstraint: 1,
}

// closed says what closes a gate: the statement that is closest to opening it,
// or the words of the table where none is close.
func (x *explainer) closed(gate engine.Gates, text string) string {
	if step := x.nearest(gate); step != nil {
		text := "closest match: " + x.statementName(step)
		if step == x.told {
			return text // the verdict says what it lacks
		}
		return text + ": " + x.stepReason(step)
	}
	if gate == engine.ResourceDirect && x.check.ResourceType() == policy.Stack {
		text = "POLICY does not allow ACTION"
	}
	return x.fill(text)
}

// nearest finds the Allow, or the grant, that could open one of the gates and
// lacks least.
func (x *explainer) nearest(gates engine.Gates) (best *engine.Step) {
	for i := range x.decision.Steps {
		step := &x.decision.Steps[i]
		if step.Effect != policy.Allow || step.Miss == engine.Matched || !x.candidate(gates, step) {
			continue
		}
		if r := x.reason(step); r.Lacking < reason.Far && (best == nil || r.Lacking < x.reason(best).Lacking) {
			best = step
		}
	}
	return best
}

// candidate reports whether a statement or grant is of the kind that opens one
// of the gates, and names the caller as the gate wants it, or nearly so.
func (x *explainer) candidate(gates engine.Gates, step *engine.Step) bool {
	for _, g := range engine.GateTable() {
		if gates&g.Gate != 0 && x.couldOpen(&g, step) {
			return true
		}
	}
	return false
}

func (x *explainer) couldOpen(g *engine.Gate, step *engine.Step) bool {
	if step.Policy == engine.GrantStep {
		return (g.By == engine.ByGrant || g.By == engine.ByOwnGrant) && step.Names&g.Kinds != 0
	}
	p := x.check.Policies[step.Policy]
	switch g.By {
	case engine.ByPolicy:
		return p.Type == g.Type && (p.Type != policy.SCP || x.silent != nil && p.Level == x.silent.Level)
	case engine.ByResource:
		return p.Type == x.check.ResourceType() && (step.Names&g.Kinds != 0 ||
			step.Names == 0 && g.Kinds != engine.Account && x.nearlyNamed(step))
	}
	return false
}

// nearlyNamed reports whether a Principal that does not name the caller has
// somebody who is meant to be it.
func (x *explainer) nearlyNamed(step *engine.Step) bool {
	r := x.reason(step)
	if r.Matched || len(r.Facts) == 0 {
		return false
	}
	switch r.Facts[0].Kind {
	case reason.PrincipalDiffers, reason.PrincipalCase, reason.PrincipalDeleted, reason.PrincipalNobody, reason.PrincipalAccount,
		reason.PrincipalService,
		reason.ProviderDiffers, reason.ProviderUnknown, reason.NoPrincipal:
		return true
	case reason.PrincipalOther:
		return len(r.Facts) == 1 // whom it names is all that keeps it from matching
	}
	return false
}

// stepReason is why a step failed, as a clause without the statement's name:
// everything that it lacks.
func (x *explainer) stepReason(step *engine.Step) string {
	if step.Policy == engine.GrantStep {
		text, _ := x.grantReason(step, &x.check.Grants[step.Statement])
		return strings.TrimPrefix(text, "is ")
	}
	r := x.reason(step)
	out := make([]string, len(r.Facts))
	for i := range r.Facts {
		out[i] = x.factWords(r.Facts[i])
	}
	return strings.Join(out, "; ")
}
