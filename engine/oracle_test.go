package engine_test

import (
	"why403/engine"
	"why403/engine/policy"
)

// said is what the policies of one type say about a request.
type said uint8

const (
	absent said = iota
	allows
	silent
	denies
)

// rule is the flow chart that a resource follows.
type rule uint8

const (
	generalRule   rule = iota
	keyRule            // a KMS key
	homeOnlyKey        // a KMS operation that is not usable across accounts
	trustRule          // a role
	bothRule           // both policies must allow, in one account too
	crossOnlyRule      // the resource's policy serves other accounts only
	noPolicyRule       // the resource has no policy
)

// facts is everything that the flow chart asks about.
type facts struct {
	rule      rule
	caller    *callerFacts
	cross     bool
	identity  said
	boundary  said
	session   said
	scope     said // of all scope-down policies together
	scp       said
	rcp       said
	endpoint  said
	named     engine.Kinds // by Allow statements of the resource's policy
	denied    bool         // by a Deny statement of the resource's policy
	granted   engine.Kinds // by grants of anyone
	ownGrants engine.Kinds // by grants that the caller's account issued
}

// decide follows the flow chart of AWS from the top, one box after the other.
// It is slow and literal on purpose: the table of paths is held against it.
//
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic_policy-eval-denyallow.html
func (f *facts) decide() (engine.Outcome, policy.Type) {
	if f.anyDeny() {
		return engine.ExplicitDeny, f.firstDeny()
	}
	if f.rule == trustRule && f.caller.kind == engine.FederatedUser { // can't call sts:AssumeRole
		return engine.ImplicitDeny, policy.Session
	}
	if f.caller.kind == engine.Anonymous && f.signedOnly() {
		return engine.ImplicitDeny, f.resourceType()
	}
	if f.scpApplies() && f.scp == silent {
		return engine.ImplicitDeny, policy.SCP
	}
	if f.endpointApplies() && f.endpoint == silent {
		return engine.ImplicitDeny, policy.Endpoint
	}
	if !f.caller.account {
		return f.guest()
	}
	outcome, blamed := f.withAccount()
	if outcome == engine.Allowed && f.scope == silent { // nothing passes these, however the resource names the session
		return engine.ImplicitDeny, policy.ScopeDown
	}
	return outcome, blamed
}

func (f *facts) withAccount() (engine.Outcome, policy.Type) {
	switch {
	case f.rule == keyRule && f.cross:
		return f.foreignKey()
	case f.rule == homeOnlyKey && f.cross:
		return engine.ImplicitDeny, policy.Key
	case f.rule == keyRule || f.rule == homeOnlyKey:
		return f.ownKey()
	case f.rule == trustRule && f.caller.kind == engine.Root:
		return engine.ImplicitDeny, policy.Trust
	case f.rule == trustRule && !f.cross:
		return f.ownRole()
	case f.cross:
		return f.across()
	case f.rule == bothRule:
		return f.both()
	}
	return f.oneAccount()
}

// Explicit denies beat everything. AWS names one type.

func (f *facts) anyDeny() bool {
	return f.scpApplies() && f.scp == denies ||
		f.rcpApplies() && f.rcp == denies ||
		f.endpointApplies() && f.endpoint == denies ||
		f.hasIdentity() && f.identity == denies ||
		f.resourceDenies() ||
		f.hasIdentity() && f.boundary == denies ||
		f.caller.account && (f.session == denies || f.scope == denies)
}

// Where AWS has no policies of resources, it looks at none.
func (f *facts) resourceDenies() bool { return f.denied && f.rule != noPolicyRule }

func (f *facts) firstDeny() policy.Type {
	switch {
	case f.scpApplies() && f.scp == denies:
		return policy.SCP
	case f.rcpApplies() && f.rcp == denies:
		return policy.RCP
	case f.endpointApplies() && f.endpoint == denies:
		return policy.Endpoint
	case f.hasIdentity() && f.identity == denies:
		return policy.Identity
	case f.resourceDenies():
		return f.resourceType()
	case f.hasIdentity() && f.boundary == denies:
		return policy.Boundary
	case f.session == denies:
		return policy.Session
	}
	return policy.ScopeDown
}

// Of the services here S3, VPC Lattice and SES are looked at whoever asks, and of KMS
// what the key policy says. STS and Step Functions take no request that is not signed.
//
// https://docs.aws.amazon.com/IAM/latest/UserGuide/intro-structure.html
func (f *facts) signedOnly() bool {
	return f.rule == trustRule || f.rule == noPolicyRule
}

// SCPs are for principals of member accounts, not for service-linked roles.
func (f *facts) scpApplies() bool { return f.caller.account && !f.caller.linked }

// RCPs are for some services, and not for service-linked roles.
func (f *facts) rcpApplies() bool {
	switch f.rule {
	case bothRule, crossOnlyRule, noPolicyRule: // VPC Lattice, SES, Step Functions
		return false
	}
	return !f.caller.linked
}

// A service does not call through a VPC endpoint.
func (f *facts) endpointApplies() bool { return f.caller.kind != engine.ServicePrincipal }

// The root user has neither identity-based policies nor a boundary.
func (f *facts) hasIdentity() bool { return f.caller.account && f.caller.kind != engine.Root }

func (f *facts) identityAllows() bool {
	return f.caller.kind == engine.Root || f.identity == allows
}

func (f *facts) boundaryAllows() bool {
	return !f.hasIdentity() || f.boundary == absent || f.boundary == allows
}

// A federated user session has only what a session policy passes on.
func (f *facts) sessionAllows() bool {
	if f.session == absent {
		return f.caller.kind != engine.FederatedUser
	}
	return f.session == allows
}

func (f *facts) resourceType() policy.Type {
	switch f.rule {
	case keyRule, homeOnlyKey:
		return policy.Key
	case trustRule:
		return policy.Trust
	}
	return policy.Resource
}

// spared: whom a Deny with NotPrincipal leaves alone. A boundary takes that
// away. An account stands for its root user, whom it names directly.
func (f *facts) spared(listed engine.Kinds) bool {
	if f.hasIdentity() && f.boundary != absent {
		return false
	}
	switch f.caller.kind {
	case engine.RoleSession, engine.FederatedUser:
		return listed&engine.Direct != 0 || listed&engine.Parent != 0 && listed&engine.Account != 0
	}
	return listed&engine.Direct != 0
}

// limited lets a request on, where the boundary and the session policy do.
func (f *facts) limited(way bool, otherwise engine.Outcome, t policy.Type) (engine.Outcome, policy.Type) {
	switch {
	case way && !f.boundaryAllows():
		return engine.ImplicitDeny, policy.Boundary
	case way && !f.sessionAllows():
		return engine.ImplicitDeny, policy.Session
	case way && f.scope == silent:
		return engine.ImplicitDeny, policy.ScopeDown
	}
	return otherwise, t
}

// guest: a caller in no account has what the resource gives it by name.
func (f *facts) guest() (engine.Outcome, policy.Type) {
	named := f.named
	if f.caller.kind == engine.ServicePrincipal {
		named |= f.granted
	}
	if f.rule != noPolicyRule && named&engine.Direct != 0 {
		return engine.Allowed, 0
	}
	return engine.ImplicitDeny, f.resourceType()
}

// oneAccount: either side may allow.
func (f *facts) oneAccount() (engine.Outcome, policy.Type) {
	k := f.named
	if f.rule == crossOnlyRule || f.rule == noPolicyRule {
		k = 0
	}
	if k&engine.Direct != 0 {
		return engine.Allowed, 0
	}
	if k&engine.Parent != 0 || f.identityAllows() {
		return f.limited(true, engine.Allowed, 0)
	}
	return engine.ImplicitDeny, policy.Identity
}

// both: each side must allow. The root user has every permission in its
// account.
func (f *facts) both() (engine.Outcome, policy.Type) {
	if f.caller.kind == engine.Root || f.named != 0 && f.identityAllows() {
		return f.limited(true, engine.Allowed, 0)
	}
	return engine.ImplicitDeny, unsaid
}

// across: the caller's account and the resource's account must both allow.
func (f *facts) across() (engine.Outcome, policy.Type) {
	k := f.named
	if f.rule == noPolicyRule {
		return f.noWayAcross()
	}
	switch {
	case k == 0 && !f.identityAllows():
		return engine.ImplicitDeny, f.resourceType()
	case !f.identityAllows() && k&(engine.Direct|engine.Parent) != 0:
		return engine.ImplicitDeny, policy.Identity
	case !f.identityAllows():
		return engine.ImplicitDeny, f.resourceType()
	case k == 0:
		return f.limited(true, engine.ImplicitDeny, f.resourceType())
	}
	return f.limited(true, engine.Allowed, 0)
}

// noWayAcross: without a policy of the resource nobody gets in from outside.
func (f *facts) noWayAcross() (engine.Outcome, policy.Type) {
	if f.named != 0 {
		return engine.ImplicitDeny, unsaid // a policy that can't be
	}
	return f.limited(f.identityAllows(), engine.ImplicitDeny, policy.Resource)
}

// ownKey: IAM policies count where the key policy, or a grant, names the
// account.
func (f *facts) ownKey() (engine.Outcome, policy.Type) {
	k := f.named | f.granted
	switch {
	case k&engine.Direct != 0:
		return engine.Allowed, 0
	case k&engine.Parent != 0:
		return f.limited(true, engine.Allowed, 0)
	case k&engine.Account != 0 && f.identityAllows():
		return f.limited(true, engine.Allowed, 0)
	case k&engine.Account != 0:
		return engine.ImplicitDeny, policy.Identity
	}
	return engine.ImplicitDeny, policy.Key
}

// foreignKey: a grant that the caller's own account issued is both halves.
func (f *facts) foreignKey() (engine.Outcome, policy.Type) {
	if f.ownGrants&engine.Direct != 0 {
		return engine.Allowed, 0
	}
	if f.ownGrants&engine.Parent != 0 {
		return f.limited(true, engine.Allowed, 0)
	}
	if f.named != 0 && !f.identityAllows() {
		return engine.ImplicitDeny, policy.Identity
	}
	whole := *f
	whole.named |= f.granted
	return whole.across()
}

// ownRole: the trust policy lets in, alone or by naming the account. A user's
// boundary counts even where the user is named.
func (f *facts) ownRole() (engine.Outcome, policy.Type) {
	k := f.named
	switch {
	case k&engine.Direct != 0 && f.caller.kind == engine.User:
		if !f.boundaryAllows() {
			return engine.ImplicitDeny, policy.Boundary
		}
		return engine.Allowed, 0
	case k&engine.Direct != 0:
		return engine.Allowed, 0
	case k&engine.Parent != 0, k&engine.Account != 0 && f.identityAllows():
		return f.limited(true, engine.Allowed, 0)
	case k&engine.Account != 0:
		return engine.ImplicitDeny, policy.Identity
	}
	return engine.ImplicitDeny, policy.Trust
}
