package engine

import "why403/engine/policy"

// blameOrder is which type is named when several deny explicitly. AWS names
// one and does not say which.
//
// choice: organization, network, identity, resource, then the filters of the
// identity. A test of AWS showed only that identity comes before resource.
var blameOrder = [...]policy.Type{
	policy.SCP, policy.RCP, policy.Endpoint, policy.Identity,
	policy.Resource, policy.Key, policy.Trust, policy.Stack, policy.Boundary, policy.Session, policy.ScopeDown,
}

func (e *Decider) firstDeny(d *Decision) policy.Type {
	for _, t := range blameOrder {
		if d.Denies.Has(t) || (d.PublicBlock || d.Refusal != NoRefusal) && t == e.check.ResourceType() {
			return t
		}
	}
	return policy.Identity
}

// limiting is the policy type that AWS names for an implicit deny.
//
// The order: credentials that can't call it, for which AWS names no policy;
// what limits every way; then an operation that does not work across
// accounts; then what limits a way that something opens; then the side where an
// allow is missing.
//
// https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html
func (e *Decider) limiting(d *Decision) policy.Type {
	switch {
	case d.Withheld&CredentialsGate != 0 && e.check.Principal.Account == "":
		return e.check.ResourceType()
	case d.Withheld&CredentialsGate != 0:
		return policy.Session
	}
	for i := range gates {
		if f := &gates[i]; f.Limits && d.Withheld&f.Gate&filters != 0 && f.Type != policy.ScopeDown {
			return f.Type
		}
	}
	if d.CrossAccount && d.Withheld&CrossAccountUse != 0 {
		return e.check.ResourceType()
	}
	if t, ok := limitedWay(d); ok {
		return t
	}
	if e.missingAtCaller(d) {
		return policy.Identity
	}
	return e.check.ResourceType()
}

// limitedWay finds a way that only the boundary or a policy of the session
// closes. Across accounts that is on the caller's side, which is looked at
// first.
func limitedWay(d *Decision) (policy.Type, bool) {
	const limiting = limits | ScopeDownGate
	found, gates := false, Gates(0)
	for i := range d.Ways {
		w := &d.Ways[i]
		switch {
		case w.Side == ResourceSide || w.Blocked == 0 || w.Blocked&^limiting != 0:
		case w.Blocked == ScopeDownGate:
			return policy.ScopeDown, true
		case !found:
			found, gates = true, w.Blocked
		}
	}
	if gates&BoundaryGate != 0 {
		return policy.Boundary, found
	}
	return policy.Session, found
}

// missingAtCaller reports whether AWS blames the missing identity-based allow
// rather than the resource. Across accounts a resource that names the account
// alone is blamed itself, as Secrets Manager was seen to do; KMS was seen to
// blame the caller's side where the key policy names the account.
func (e *Decider) missingAtCaller(d *Decision) bool {
	named := d.Named | d.Granted
	noIdentity := d.Withheld&IdentityGate != 0
	switch rule := e.check.service.Rule; {
	case e.check.Principal.Account == "", e.check.Principal.Kind == Root, rule == ServiceOwned, rule == StackRule:
		return false
	case rule == AdminRule:
		return noIdentity
	case rule == RetireRule:
		return d.Withheld&RetireDelegated == 0
	case rule == KeyRule && d.CrossAccount:
		return noIdentity && (named&(Direct|Parent) != 0 || d.Named != 0)
	case d.CrossAccount, rule == BothRule:
		return noIdentity && named&(Direct|Parent) != 0
	case rule == KeyRule, rule == TrustRule:
		return named&Account != 0
	}
	return true
}
