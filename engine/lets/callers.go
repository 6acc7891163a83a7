package lets

import (
	"slices"
	"strings"

	"why403/engine"
	"why403/engine/policy"
)

// callers is callers that the Principal elements, and conditions on who asks,
// may tell apart, of those for whom the policy counts.
func (b *builder) callers() column {
	c := column{head: "Caller", set: func(r *engine.Request, v string) { r.Principal = v }}
	asked := b.check.Asked().Principal
	samples := append([]sample{{label: asked, values: []string{asked}, asked: true}}, b.named()...)
	if len(samples) == 1 && !slices.ContainsFunc(b.policy.Keys(), engine.FollowsFromCaller) {
		return c
	}
	if account := b.check.Principal.Account; account != "" {
		samples = append(samples, sample{label: "another caller in " + account, values: []string{role(account, "another-role")}, other: true})
	}
	stranger := []string{role("999999999999", "another-role")}
	samples = append(samples, sample{label: "a caller of another account", values: stranger, other: true})
	samples = slices.DeleteFunc(samples, func(s sample) bool { return !b.counts(&c, s.values[0]) })
	c.choices = group(samples, func(s *sample) string { return s.values[0] })
	return c
}

func role(account, name string) string { return "arn:aws:iam::" + account + ":role/" + name }

// named is callers that the policy names.
func (b *builder) named() (out []sample) {
	for i := range b.policy.Statements {
		s := &b.policy.Statements[i]
		for _, v := range s.Principal.Values {
			account := engine.ARNPart(v.Value, 4)
			switch {
			case v.Kind == policy.Everyone || v.Value == "*":
			case policy.IsAccount(v.Value):
				out = append(out, sample{label: "a caller of " + v.Value, values: []string{role(v.Value, "example")}})
			case strings.HasSuffix(v.Value, ":root") && policy.IsAccount(account):
				out = append(out, sample{label: "a caller of " + account, values: []string{role(account, "example")}})
			default:
				out = append(out, sample{label: v.Value, values: []string{v.Value}})
			}
		}
	}
	var arns []string
	for i := range b.policy.Statements {
		for _, t := range b.policy.Statements[i].Condition.Tests {
			if strings.EqualFold(t.Key.Value, "aws:PrincipalArn") {
				for _, v := range t.Values {
					arns = append(arns, v.Value)
				}
			}
		}
	}
	for _, s := range patternSamples(arns) {
		parts := strings.SplitN(s.values[0], ":", 6)
		if len(parts) == 6 && !policy.IsAccount(parts[4]) {
			parts[4] = b.check.Principal.Account
		}
		out = append(out, sample{label: s.label, values: []string{strings.Join(parts, ":")}})
	}
	return out
}
