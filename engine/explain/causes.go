package explain

import (
	"strings"

	"why403/engine"
	"why403/engine/policy"
)

// mostDenies is how many statements that deny are told one by one.
const mostDenies = 10

// causes is why a request is denied, the decisive cause first: every Deny that
// matches, or what no policy changes and the Allow that lacks least.
func (x *explainer) causes() []Cause {
	switch d := x.decision; {
	case d.Outcome == engine.Allowed || d.Outcome == engine.Undecided:
		return nil
	case d.Outcome == engine.ExplicitDeny:
		return x.denying()
	}
	causes := x.standing()
	if step := x.closest(); step != nil {
		x.told = step
		return append(causes, x.cause(x.indexOf(step), x.stepReason(step)))
	}
	if len(causes) == 0 {
		return x.withoutAllow()
	}
	return causes
}

// withoutAllow is about a policy type whose policies have no Allow at all: what
// only denies lets nobody in.
func (x *explainer) withoutAllow() []Cause {
	t := x.decision.DeniedBy
	if !x.decision.Present.Has(t) {
		return nil
	}
	for i := range x.decision.Steps {
		step := &x.decision.Steps[i]
		if step.Policy != engine.GrantStep && step.Effect == policy.Allow && x.check.Policies[step.Policy].Type == t {
			return nil
		}
	}
	return []Cause{{Statement: -1, Kind: "no-allow", Text: typeWords[t].noun + " has no Allow, and a Deny alone lets nobody in"}}
}

// denying is every Deny that matches, those of the type that AWS names first.
func (x *explainer) denying() (causes []Cause) {
	for _, first := range []bool{true, false} {
		for i := range x.decision.Steps {
			step := &x.decision.Steps[i]
			if step.Policy == engine.GrantStep || step.Miss != engine.Matched || step.Effect != policy.Deny {
				continue
			}
			if t := x.check.Policies[step.Policy].Type; x.decision.Denies.Has(t) && (t == x.decision.DeniedBy) == first {
				causes = append(causes, x.cause(i, x.holdWords(step, x.reason(step))))
			}
		}
	}
	return causes
}

// cause is the step of an index.
func (x *explainer) cause(index int, text string) Cause {
	c := Cause{Statement: index, Text: text, Facts: x.reason(&x.decision.Steps[index]).Facts, Kind: "grant"}
	if len(c.Facts) > 0 {
		c.Kind = string(c.Facts[0].Kind)
	}
	return c
}

func (x *explainer) indexOf(step *engine.Step) int {
	for i := range x.decision.Steps {
		if &x.decision.Steps[i] == step {
			return i
		}
	}
	panic("a step of another decision")
}

// closest is the statement or grant that lacks least of all that could open a
// way. Where AWS names a policy type that only limits, it is one of that type.
func (x *explainer) closest() *engine.Step {
	if x.decision.Refusal == engine.RefusedBeside {
		return nil // IAM lacks nothing
	}
	if gate := engine.LimitGate(x.decision.DeniedBy); gate != 0 {
		return x.nearest(gate)
	}
	if w := x.decision.Withheld; w&(engine.RegionGate|engine.CredentialsGate|engine.OrganizationGate) != 0 ||
		x.decision.CrossAccount && w&engine.CrossAccountUse != 0 {
		return nil
	}
	var gates engine.Gates
	for i := range x.decision.Ways {
		if w := &x.decision.Ways[i]; w.Blocked&fixed == 0 && !x.sideOpen(w.Side) {
			gates |= w.Blocked
		}
	}
	for _, g := range engine.GateTable() {
		if g.Limits {
			gates &^= g.Gate
		}
	}
	return x.nearest(gates)
}

func (x *explainer) sideOpen(side engine.Side) bool {
	for i := range x.decision.Ways {
		if w := &x.decision.Ways[i]; w.Side == side && w.Blocked == 0 {
			return true
		}
	}
	return false
}

// standing is what denies and can't be edited away in a policy.
//
// https://docs.aws.amazon.com/kms/latest/developerguide/concepts.html#aws-managed-key
// https://docs.aws.amazon.com/IAM/latest/UserGuide/using-service-linked-roles.html
func (x *explainer) standing() []Cause {
	d := x.decision
	say := func(kind, text string) []Cause { return []Cause{{Statement: -1, Kind: kind, Text: text}} }
	switch closedByKey := d.Named|d.Granted == 0 && x.check.ResourceType() == policy.Key; {
	case x.regionOff() != "":
		return say("region-not-enabled", x.regionOff()+", which has to opt in to it")
	case closedByKey && x.managedKey() && d.CrossAccount:
		return say("aws-managed-key", "AWS manages this key: it serves its own account alone, and its key policy can't be changed; "+
			"other accounts need a customer managed key")
	case closedByKey && x.managedKey():
		return say("aws-managed-key",
			"AWS manages this key, and its key policy can't be changed; what it does not allow needs a customer managed key")
	case x.check.Principal.ServiceLinked() && d.DeniedBy == policy.Identity:
		return say("service-linked-role", "the caller is a service-linked role, whose policies can't be changed: let POLICY name the role")
	}
	return nil
}

// managedKey reports whether AWS manages the key that is asked for. Where the
// file does not say so, the policy that AWS writes for such keys tells: its Id
// and the Sid of its statement.
func (x *explainer) managedKey() bool {
	if x.check.AWSManagedKey {
		return true
	}
	for _, p := range x.check.Policies {
		if p.Type == policy.Key && strings.HasPrefix(p.ID.Value, "auto-") &&
			len(p.Statements) > 0 && strings.HasPrefix(p.Statements[0].Sid.Value, "Allow access through ") {
			return true
		}
	}
	return false
}
