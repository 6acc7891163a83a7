package explain

import (
	"strings"

	"why403/engine"
	"why403/engine/policy"
)

// closed says what closes a gate: the statement that came nearest to opening
// it, or the words of the table where none came near.
func (x *explainer) closed(gate engine.Gates, text string) string {
	if step := x.nearest(gate); step != nil {
		return x.statementName(step) + " comes near: " + x.stepReason(step)
	}
	return x.fill(text)
}

// nearest finds the Allow that names the caller as the gate wants it (or is
// the caller's own, for the identity gate) and got furthest before it failed.
func (x *explainer) nearest(gate engine.Gates) *engine.Step {
	var best *engine.Step
	for i := range x.decision.Steps {
		step := &x.decision.Steps[i]
		if step.Effect == policy.Allow && x.candidate(gate, step) && (best == nil || step.Miss > best.Miss) {
			best = step
		}
	}
	return best
}

// candidate reports whether a step failed at something else than whom it is
// for.
func (x *explainer) candidate(gate engine.Gates, step *engine.Step) bool {
	if gate == engine.IdentityGate {
		return step.Policy != engine.GrantStep && step.Miss > engine.MissAction && x.check.Policies[step.Policy].Type == policy.Identity
	}
	want := engine.GateOf(gate)
	grant := want != nil && (want.By == engine.ByGrant || want.By == engine.ByOwnGrant)
	if want == nil || !grant && want.By != engine.ByResource || step.Names&want.Kinds == 0 || step.Miss == engine.Matched || grant != (step.Policy == engine.GrantStep) {
		return false
	}
	return grant || x.check.Policies[step.Policy].Type == x.check.ResourceType()
}

// stepReason is why a step failed, as a clause without the statement's name.
func (x *explainer) stepReason(step *engine.Step) string {
	if step.Policy == engine.GrantStep {
		reason, _ := x.grantReason(step, &x.check.Grants[step.Statement])
		return strings.TrimPrefix(reason, "is ")
	}
	p := x.check.Policies[step.Policy]
	reason, _ := x.reason(step, &p.Statements[step.Statement])
	return reason
}
