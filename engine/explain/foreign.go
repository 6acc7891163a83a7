package explain

import (
	"strings"

	"why403/engine"
	"why403/engine/catalogue"
	"why403/engine/policy"
)

// foreignKeys lists the conditions, of statements whose condition was looked
// at, on a key that requests for this action never carry. Such a key is always
// absent, which is seldom meant.
//
// https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html
func (x *explainer) foreignKeys() []policy.Problem {
	var out []policy.Problem
	service, _, _ := strings.Cut(strings.ToLower(x.check.Action), ":")
	for i := range x.decision.Steps {
		step := &x.decision.Steps[i]
		if step.Policy == engine.GrantStep || step.Miss != engine.Matched && step.Miss != engine.MissCondition {
			continue
		}
		p := x.check.Policies[step.Policy]
		for _, t := range p.Statements[step.Statement].Condition.Tests {
			if x.foreign(&t, service) {
				out = append(out, policy.Problem{Section: p.Name, Span: t.Key.Span, Severity: policy.Warning, Code: "foreign-key",
					Message: "Requests for " + x.check.Action + " never have " + t.Key.Value + ", so it counts as absent.",
					Doc:     "https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html"})
			}
		}
	}
	return out
}

// foreign reports whether no request of this kind carries the key of a test:
// as AWS's reference has it, or else by the prefix of the key. Operators that
// provide for an absent key are meant to.
func (x *explainer) foreign(t *policy.Test, service string) bool {
	key := strings.ToLower(t.Key.Value)
	operator := strings.ToLower(t.Operator.Value)
	if operator == "null" || strings.HasSuffix(operator, "ifexists") || x.check.Context.Has(key) {
		return false
	}
	if presence := x.check.Carries(key); presence != catalogue.Unknown {
		return presence == catalogue.Never
	}
	prefix, _, _ := strings.Cut(key, ":")
	return prefix != service && !catalogue.Shared(x.check.Action, key) && engine.KnownService(prefix)
}
