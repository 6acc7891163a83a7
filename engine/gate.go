package engine

import "why403/engine/policy"

// Opener is the kind of thing that opens a gate.
type Opener uint8

// What opens a gate.
const (
	ByPolicy    Opener = iota // a policy that is attached to the caller, its account or the network
	ByResource                // the policy of the resource
	ByGrant                   // a KMS grant on the key
	ByOwnGrant                // a KMS grant on the key that the caller's account issued
	ByRetirable               // a KMS grant that the caller may retire
	ByACL                     // an S3 access control list
	ByFact                    // something that no policy changes
)

// Gate describes one gate: what opens it, and for whom. Deciding, explaining and
// mending all read the same row.
type Gate struct {
	Gate  Gates
	By    Opener
	Type  policy.Type // of the policies, for ByPolicy
	Kinds Kinds       // how what opens it must name the caller: any of these; 0 where it names nobody
	// Only limits: the policy type never lets anyone in. Where there is no such
	// policy, or AWS does not look at it, the gate is open.
	Limits bool
}

const anyNaming = Direct | Parent | Account

// gates is every gate.
var gates = [...]Gate{
	{SCPGate, ByPolicy, policy.SCP, 0, true},
	{EndpointGate, ByPolicy, policy.Endpoint, 0, true},
	{BoundaryGate, ByPolicy, policy.Boundary, 0, true},
	{SessionGate, ByPolicy, policy.Session, 0, true},
	{ScopeDownGate, ByPolicy, policy.ScopeDown, 0, true},
	{IdentityGate, ByPolicy, policy.Identity, 0, false},
	{ResourceDirect, ByResource, 0, Direct, false},
	{ResourceParent, ByResource, 0, Parent, false},
	{ResourceAccount, ByResource, 0, Account, false},
	{ResourceAny, ByResource, 0, anyNaming, false},
	{GrantDirect, ByGrant, 0, Direct, false},
	{GrantParent, ByGrant, 0, Parent, false},
	{GrantAccount, ByGrant, 0, Account, false},
	{GrantAny, ByGrant, 0, anyNaming, false},
	{CallerGrantDirect, ByOwnGrant, 0, Direct, false},
	{CallerGrantParent, ByOwnGrant, 0, Parent, false},
	{RetireDirect, ByRetirable, 0, Direct, false},
	{RetireParent, ByRetirable, 0, Parent, false},
	{RetireDelegated, ByFact, 0, 0, false},
	{ACLAccount, ByACL, 0, Account, false},
	{ACLPublic, ByACL, 0, Direct, false},
	{NoResourcePolicy, ByFact, 0, 0, false},
	{RootGate, ByFact, 0, 0, false},
	{CrossAccountUse, ByFact, 0, 0, false},
	{CredentialsGate, ByFact, 0, 0, false},
	{OrganizationGate, ByFact, 0, 0, false},
	{RegionGate, ByFact, 0, 0, false},
}

// GateTable is every gate, the policy types that only limit first, in the order
// in which they are looked at.
func GateTable() []Gate { return gates[:] }

// GateOf is the row of a single gate, or nil.
func GateOf(g Gates) *Gate {
	for i := range gates {
		if gates[i].Gate == g {
			return &gates[i]
		}
	}
	return nil
}

// LimitGate is the gate of a policy type that only limits, 0 for other types.
func LimitGate(t policy.Type) Gates {
	for i := range gates {
		if gates[i].Limits && gates[i].Type == t {
			return gates[i].Gate
		}
	}
	return 0
}

// OpenedBy is the gates that a matching Allow of a policy type opens when it
// names the caller in these ways.
func OpenedBy(t policy.Type, names Kinds) (opened Gates) {
	for i := range gates {
		g := &gates[i]
		switch {
		case g.By == ByPolicy && g.Type == t && !IsResource(t):
			opened |= g.Gate
		case g.By == ByResource && IsResource(t) && g.Kinds&names != 0:
			opened |= g.Gate
		}
	}
	return opened
}

// OpenedByGrant is the gates that a matching grant can open when it names the
// caller in these ways.
func OpenedByGrant(names Kinds) (opened Gates) {
	for i := range gates {
		if g := &gates[i]; (g.By == ByGrant || g.By == ByOwnGrant) && g.Kinds&names != 0 {
			opened |= g.Gate
		}
	}
	return opened
}

// withheldBy is the gates of one opener that none of these ways of naming opens.
func withheldBy(by Opener, names Kinds) (withheld Gates) {
	for i := range gates {
		if g := &gates[i]; g.By == by && g.Kinds&names == 0 {
			withheld |= g.Gate
		}
	}
	return withheld
}
