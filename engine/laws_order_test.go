package engine_test

import (
	"fmt"
	"slices"
	"strings"

	"why403/engine"
	"why403/engine/policy"
)

func orderIsNothing(l *trial) string {
	changed := l.copy()
	shuffle(l, changed.Policies)
	shuffle(l, changed.Grants)
	shuffle(l, changed.ACLs)
	for i := range changed.Policies {
		changed.Policies[i] = changedStatements(changed.Policies[i], func(s []policy.Statement) []policy.Statement {
			shuffle(l, s)
			return s
		})
	}
	if after := l.after(changed); after != l.before {
		return l.before.String() + " became " + after.String()
	}
	return ""
}

// unmatchedIsNothing takes away every statement that does not match. Only
// whether a bucket policy is public is about all of its statements.
func unmatchedIsNothing(l *trial) string {
	if l.request.BlockPublic&engine.RestrictPublicBuckets != 0 {
		return ""
	}
	steps := slices.Clone(l.e.Evaluate(l.scenario, l.request).Steps)
	changed := l.copy()
	at := 0
	for i := range changed.Policies {
		changed.Policies[i] = changedStatements(changed.Policies[i], func(s []policy.Statement) []policy.Statement {
			return slices.DeleteFunc(s, func(policy.Statement) bool {
				at++
				return steps[at-1].Miss != engine.Matched && !steps[at-1].Open
			})
		})
	}
	if after := l.after(changed); after != l.before {
		return l.before.String() + " became " + after.String()
	}
	return ""
}

// unmatchedGrantIsNothing takes away every grant that does not match. To retire
// a grant needs none that does.
func unmatchedGrantIsNothing(l *trial) string {
	if l.request.Service().Rule == engine.RetireRule {
		return ""
	}
	steps := slices.Clone(l.e.Evaluate(l.scenario, l.request).Steps)
	steps = steps[len(steps)-len(l.scenario.Grants):]
	changed, at := l.copy(), 0
	changed.Grants = slices.DeleteFunc(changed.Grants, func(engine.Grant) bool {
		at++
		return steps[at-1].Miss != engine.Matched && !steps[at-1].Open
	})
	if after := l.after(changed); after != l.before {
		return l.before.String() + " became " + after.String()
	}
	return ""
}

func shuffle[T any](c chooser, list []T) {
	for i := len(list) - 1; i > 0; i-- {
		j := c.IntN(i + 1)
		list[i], list[j] = list[j], list[i]
	}
}

// copy is a scenario that can be changed without a trace.
func (l *trial) copy() *engine.Scenario {
	s := *l.scenario
	s.Policies, s.Grants, s.ACLs = slices.Clone(s.Policies), slices.Clone(s.Grants), slices.Clone(s.ACLs)
	return &s
}

// with adds a policy.
func (l *trial) with(p *engine.Policy) *engine.Scenario {
	s := l.copy()
	s.Policies = append(s.Policies, p)
	return s
}

// withStatement adds the statements of p to a policy of its type, where there
// is one.
func (l *trial) withStatement(p *engine.Policy) *engine.Scenario {
	s := l.copy()
	for i := range s.Policies {
		if s.Policies[i].Type == p.Type {
			s.Policies[i] = changedStatements(s.Policies[i], func(list []policy.Statement) []policy.Statement {
				return append(list, p.Statements...)
			})
			return s
		}
	}
	return s
}

func (l *trial) without(gone func(*engine.Policy) bool) *engine.Scenario {
	s := l.copy()
	s.Policies = slices.DeleteFunc(s.Policies, func(p *engine.Policy) bool { return gone(p) })
	return s
}

// changedStatements compiles a policy again with other statements.
func changedStatements(p *engine.Policy, change func([]policy.Statement) []policy.Statement) *engine.Policy {
	d := *p.Document
	d.Statements = change(slices.Clone(d.Statements))
	return engine.NewPolicy(&d, p.Level)
}

// describe writes a scenario down, for the report of a failure.
func describe(s *engine.Scenario, r *engine.Check) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s (role %q, federated by %q) %s %s, account %q, management %q, gateway %v, ownership %d, owner %q, block %b\n",
		r.Principal.ARN, r.Principal.Role, r.Principal.FederatedBy, r.Action, r.Resource, r.ResourceAccount, r.ManagementAccount,
		r.GatewayEndpoint, r.Ownership, r.ObjectOwner, r.BlockPublic)
	r.Context.Each(func(key string, values []string) { fmt.Fprintf(&b, "%s: %q\n", key, values) })
	for i := range s.Policies {
		fmt.Fprintf(&b, "%s level %d: %s\n", typeName(s.Policies[i].Type), s.Policies[i].Level, s.Policies[i].Text)
	}
	for i := range s.Grants {
		fmt.Fprintf(&b, "grant: %+v\n", s.Grants[i])
	}
	for i := range s.ACLs {
		fmt.Fprintf(&b, "acl: %+v\n", s.ACLs[i])
	}
	return b.String()
}
