package engine

// Gates is a set of gates. A gate is something that a way to be allowed can
// need; one that a decision withholds closes every way that needs it.
type Gates uint32

// The gates. Those of policy types come first: each is withheld by an implicit
// deny of that type.
const (
	SCPGate Gates = 1 << iota
	EndpointGate
	ScopeDownGate // every scope-down policy of the session allows it
	IdentityGate
	BoundaryGate
	SessionGate
	ResourceDirect  // the resource's policy names the caller itself
	ResourceParent  // … the role, or the federating user, behind the session
	ResourceAccount // … the caller's account
	ResourceAny     // … any of these
	NoResourcePolicy
	GrantDirect
	GrantParent
	GrantAccount
	GrantAny
	CallerGrantDirect // a grant that the caller's account issued names the caller itself
	CallerGrantParent
	ACLAccount // an S3 ACL grants it to the caller's account
	ACLPublic  // an S3 ACL grants it to everyone
	RetireDirect
	RetireParent
	RetireDelegated  // a grant that the caller's account may have retired
	RootGate         // the caller is the account's root user
	CrossAccountUse  // the operation works on a resource in another account
	CredentialsGate  // the caller's credentials can call the operation
	OrganizationGate // the caller's account administers its organization
	RegionGate       // the Region is enabled in the accounts
)

// filters are what never lets anyone in, and limits every way of callers with
// an account: policy types, the Region, and the kind of the credentials.
const filters = RegionGate | CredentialsGate | SCPGate | EndpointGate | ScopeDownGate

// PathID names a row of the table of paths.
type PathID uint8

// The paths, in the order of the table.
const (
	PathSigned PathID = iota
	PathIdentity
	PathRoot
	PathResourceDirect
	PathResourceParent
	PathBoth
	PathNoPolicy
	PathKeyDirect
	PathKeyParent
	PathKeyAccount
	PathGrantDirect
	PathGrantParent
	PathGrantAccount
	PathTrustUser
	PathTrustDirect
	PathTrustParent
	PathTrustAccount
	PathRetireDirect
	PathRetireParent
	PathRetireDelegated
	PathCallerIdentity
	PathCallerRoot
	PathCallerGrantDirect
	PathCallerGrantParent
	PathOwnerPolicy
	PathOwnerKeyPolicy
	PathOwnerGrant
	PathOwnerACL
	PathNoAccountPolicy
	PathNoAccountKeyPolicy
	PathNoAccountGrant
	PathNoAccountACL
	PathNoAccountNoPolicy
	PathAdministrator
	PathAdministratorRoot
	PathDelegationPolicy
	PathStack
	PathStackFree
	PathPublic
)

// Side tells which account's rules a path belongs to.
type Side uint8

// In one account one open path is enough. Across accounts the caller's side
// and the resource's side each need one.
const (
	SameAccount Side = iota
	CallerSide
	ResourceSide
)

// Path is one way to be allowed.
type Path struct {
	ID      PathID
	Side    Side
	Rules   rules   // the service rules it exists under
	Callers callers // who can take it
	Needs   Gates   // what opens it, and what limits it
	Doc     string  // the AWS page that says so
}

// rules is a set of service rules.
type rules uint16

func (r Rule) bit() rules { return 1 << r }

const (
	general   = rules(1<<Standard | 1<<NoPolicy | 1<<CrossOnly | 1<<SharesOnly)
	keys      = rules(1 << KeyRule)
	trusts    = rules(1 << TrustRule)
	both      = rules(1 << BothRule)
	retires   = rules(1 << RetireRule)
	standard  = rules(1 << Standard)
	hasPolicy = rules(1<<Standard | 1<<CrossOnly | 1<<SharesOnly | 1<<TrustRule | 1<<BothRule)
	admins    = rules(1 << AdminRule)
	crossing  = hasPolicy | keys | rules(1<<NoPolicy)
)

// limits are what else a way through an identity needs.
const limits = BoundaryGate | SessionGate

const (
	docSame  = iamUG + "reference_policies_evaluation-logic_policy-eval-denyallow.html"
	docCross = iamUG + "reference_policies_evaluation-logic-cross-account.html"
	docKey   = kmsDG + "key-policy-default.html"
	docGrant = kmsDG + "grants.html"
	docTrust = "https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html"
	docACL   = s3UG + "acl-overview.html"
)

// paths is every way to be allowed, a row for each. Hold it against the pages
// that the rows name.
var paths = [...]Path{
	{PathSigned, SameAccount, 1 << AlwaysRule, withAccount | ServicePrincipal.bit(), 0,
		"https://docs.aws.amazon.com/STS/latest/APIReference/API_GetCallerIdentity.html"},

	// One account, a service that follows the general rule.
	{PathIdentity, SameAccount, general, anyUser, IdentityGate | limits, docSame},
	{PathRoot, SameAccount, general | both, rootUser, RootGate | SessionGate, iamUG + "id_root-user.html"},
	{PathResourceDirect, SameAccount, standard, withAccount, ResourceDirect, docSame},
	{PathResourceParent, SameAccount, standard, sessions, ResourceParent | limits, docSame},
	{PathBoth, SameAccount, both, anyUser, ResourceAny | IdentityGate | limits,
		"https://docs.aws.amazon.com/vpc-lattice/latest/ug/auth-policies.html"},
	{PathNoPolicy, SameAccount, standard, anyUser, NoResourcePolicy,
		"https://docs.aws.amazon.com/efs/latest/ug/iam-access-control-nfs-efs.html"},

	// One account, a KMS key: identity-based policies count only where something names
	// the account.
	{PathKeyDirect, SameAccount, keys, withAccount, ResourceDirect, kmsDG + "key-policies.html"},
	{PathKeyParent, SameAccount, keys, sessions, ResourceParent | limits, kmsDG + "key-policies.html"},
	{PathKeyAccount, SameAccount, keys, anyUser, ResourceAccount | IdentityGate | limits, docKey},
	{PathGrantDirect, SameAccount, keys, withAccount, GrantDirect, docGrant},
	{PathGrantParent, SameAccount, keys, sessions, GrantParent | limits, docGrant},
	{PathGrantAccount, SameAccount, keys, anyUser, GrantAccount | IdentityGate | limits, docGrant},

	// One account, a role. The root user assumes no roles.
	//
	// choice: AWS notes that a user whom the trust policy names still needs its
	// boundary to allow sts:AssumeRole; read here as holding in one account.
	{PathTrustUser, SameAccount, trusts, User.bit(), ResourceDirect | BoundaryGate, iamUG + "id_roles_update-role-trust-policy.html"},
	{PathTrustDirect, SameAccount, trusts, sessions, ResourceDirect, docTrust},
	{PathTrustParent, SameAccount, trusts, sessions, ResourceParent | limits, docTrust},
	{PathTrustAccount, SameAccount, trusts, anyUser, ResourceAccount | IdentityGate | limits, docTrust},

	// kms:RetireGrant, in one account or across: the key policy has no say.
	{PathRetireDirect, SameAccount, retires, withAccount | ServicePrincipal.bit(), RetireDirect, kmsDG + "grant-delete.html"},
	{PathRetireParent, SameAccount, retires, sessions, RetireParent | limits, kmsDG + "grant-delete.html"},
	{PathRetireDelegated, SameAccount, retires, anyUser, RetireDelegated | IdentityGate | limits, kmsDG + "grant-delete.html"},

	// Across accounts, the caller's side.
	{PathCallerIdentity, CallerSide, crossing, anyUser, IdentityGate | limits, docCross},
	{PathCallerRoot, CallerSide, crossing &^ trusts, rootUser, RootGate | SessionGate, docCross},
	{PathCallerGrantDirect, CallerSide, keys, withAccount, CallerGrantDirect, kmsDG + "policy-evaluation.html"},
	{PathCallerGrantParent, CallerSide, keys, sessions, CallerGrantParent | limits, kmsDG + "policy-evaluation.html"},

	// Across accounts, the resource's side. Any form of naming will do.
	{PathOwnerPolicy, ResourceSide, hasPolicy, withAccount, ResourceAny | CrossAccountUse, docCross},
	{PathOwnerKeyPolicy, ResourceSide, keys, withAccount, ResourceAny | CrossAccountUse,
		kmsDG + "key-policy-modifying-external-accounts.html"},
	{PathOwnerGrant, ResourceSide, keys, withAccount, GrantAny | CrossAccountUse, docGrant},
	{PathOwnerACL, ResourceSide, standard, withAccount, ACLAccount, docACL},

	// Callers in no account have only what the resource gives them.
	{PathNoAccountPolicy, SameAccount, hasPolicy, noAccount, ResourceDirect, iamUG + "reference_policies_elements_principal.html"},
	{PathNoAccountKeyPolicy, SameAccount, keys, noAccount, ResourceDirect, kmsDG + "key-policies.html"},
	{PathNoAccountGrant, SameAccount, keys, ServicePrincipal.bit(), GrantDirect, docGrant},
	{PathNoAccountACL, SameAccount, standard, noAccount, ACLPublic, docACL},
	{PathNoAccountNoPolicy, SameAccount, standard, Anonymous.bit(), NoResourcePolicy,
		"https://docs.aws.amazon.com/efs/latest/ug/iam-access-control-nfs-efs.html"},

	// What only the account that administers an organization may do. Whose the
	// resource is does not matter.
	{PathAdministrator, SameAccount, admins, anyUser, OrganizationGate | IdentityGate | limits, orgUG + "orgs_permissions_iam-policies.html"},
	{PathAdministratorRoot, SameAccount, admins, rootUser, OrganizationGate | RootGate | SessionGate, iamUG + "id_root-user.html"},
	{PathDelegationPolicy, SameAccount, admins, anyUser, ResourceAny | IdentityGate | limits, orgUG + "orgs_delegate_policies.html"},

	// Who updates a stack does not matter to its policy.
	{PathStack, SameAccount, 1 << StackRule, withAccount | noAccount, ResourceDirect, stackUG},
	{PathStackFree, SameAccount, 1 << StackRule, withAccount | noAccount, NoResourcePolicy, stackUG},

	{PathPublic, SameAccount, 1 << PublicRule, withAccount | noAccount, 0,
		"https://docs.aws.amazon.com/cognitoidentity/latest/APIReference/API_GetId.html"},
}

// Way is a path that a request could take, and the gates that close it. It is
// open when Blocked is empty.
type Way struct {
	*Path
	Blocked Gates
	Unsure  Gates // what is not known opens or closes these
}

// pathsFor finds the paths that exist for the caller, the service and the
// accounts of a request.
func pathsFor(r *Check) []*Path {
	var out []*Path
	rule, caller, cross := r.service.Rule.bit(), r.Principal.Kind.bit(), r.CrossAccount()
	for i := range paths {
		if p := &paths[i]; p.Rules&rule != 0 && p.Callers&caller != 0 && reachable(p, cross, rule) {
			out = append(out, p)
		}
	}
	return out
}

// ways lists the paths for this request, each with what closes it.
func (e *Decider) ways(d *Decision) {
	always := filters
	if e.check.service.Rule == AlwaysRule {
		always = RegionGate
	}
	for _, p := range e.check.paths {
		d.Ways = append(d.Ways, Way{Path: p, Blocked: (p.Needs | always) & d.Withheld})
	}
}

// reachable reports whether a path exists between these accounts.
func reachable(p *Path, cross bool, rule rules) bool {
	if rule&(retires|admins|1<<AlwaysRule|1<<PublicRule) != 0 {
		return true
	}
	return (p.Side != SameAccount) == cross
}

// open reports whether the ways let the request in: one of each side that has
// any.
func open(ways []Way) bool {
	var sides, opened [ResourceSide + 1]bool
	for i := range ways {
		sides[ways[i].Side] = true
		if ways[i].Blocked == 0 {
			opened[ways[i].Side] = true
		}
	}
	if sides[CallerSide] || sides[ResourceSide] {
		return opened[CallerSide] && opened[ResourceSide]
	}
	return opened[SameAccount]
}
