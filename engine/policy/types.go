package policy

const iamGuide = "https://docs.aws.amazon.com/IAM/latest/UserGuide/"

// demand is what a policy type says about an element.
type demand byte

const (
	optional demand = iota
	required        // without it AWS refuses the document
	inert           // without it the statement is stored but has no effect
	refused         // AWS refuses a document that has it, and its meaning is open
	ignored         // AWS refuses a document that has it; evaluation does without it
)

// rules is what one policy type may contain. Limit is the most that AWS ever
// stores: in characters without white space, or in bytes of the whole text where
// wholeText is set.
type rules struct {
	name         string
	principal    demand
	notPrincipal demand
	resource     demand
	id           demand
	notAction    demand
	limit        int
	wholeText    bool
	every        bool   // white space counts too, but for what the console saves
	note         string // what the limit does not say
	looseSid     bool   // Sids may have other characters than letters and digits
	completes    bool   // an ARN with fewer than six parts is completed
	doc          string
}

// types is what each policy type may and must not contain, a row for each.
//
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
// https://docs.aws.amazon.com/organizations/latest/userguide/orgs_reference_limits.html
var types = [...]rules{
	Identity: {name: "An identity-based policy", principal: refused, notPrincipal: refused, resource: required, id: ignored, limit: 10240,
		note: " An inline policy of a user has at most 2,048 (all of them together), of a group 5,120, of a role 10,240; a managed policy of " +
			"yours 6,144.", completes: true,
		doc: iamGuide + "reference_iam-quotas.html"},
	Boundary: {name: "A permissions boundary", principal: refused, notPrincipal: refused, resource: required, id: ignored, limit: 10240,
		note: " A managed policy of yours has at most 6,144.", completes: true,
		doc: iamGuide + "access_policies_boundaries.html"},
	Session: {name: "A session policy", principal: refused, notPrincipal: refused, resource: required, id: ignored, limit: 2048,
		doc: iamGuide + "access_policies.html#policies_session"},
	Resource: {name: "A resource-based policy", principal: inert, looseSid: true, limit: 20480, wholeText: true,
		doc: iamGuide + "access_policies_identity-vs-resource.html"},
	Key: {name: "A key policy", principal: inert, resource: inert, looseSid: true, limit: 32768, wholeText: true,
		doc: "https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-overview.html"},
	Trust: {name: "A role trust policy", principal: inert, notPrincipal: refused, resource: ignored, limit: 8192,
		note: " Without a raised quota it is 2,048.",
		doc:  iamGuide + "id_roles_update-role-trust-policy.html"},
	SCP: {name: "A service control policy", principal: refused, notPrincipal: refused, resource: required, limit: 10240, every: true,
		doc: "https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps_syntax.html"},
	RCP: {name: "A resource control policy", principal: inert, notPrincipal: refused, resource: required, notAction: ignored, limit: 5120,
		every: true,
		doc:   "https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_rcps_syntax.html"},
	Endpoint: {name: "A VPC endpoint policy", principal: inert, resource: required, looseSid: true, limit: 20480, wholeText: true,
		doc: "https://docs.aws.amazon.com/vpc/latest/privatelink/vpc-endpoints-access.html"},
	ScopeDown: {name: "A scope-down policy", principal: refused, notPrincipal: refused, resource: required, id: ignored, limit: 2048,
		doc: iamGuide + "id_credentials_temp_control-access_getscopedcredentials.html"},
	Stack: {name: "A stack policy", notPrincipal: refused, resource: required, looseSid: true, limit: 16384, wholeText: true,
		doc: stackGuide},
}

// Refused is the elements that AWS refuses in policies of this type, though they
// are in the grammar.
//
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements.html
func (t Type) Refused() (elements []string) {
	r := &types[t]
	for _, e := range [...]struct {
		name   string
		demand demand
	}{{"Id", r.id}, {"Principal", r.principal}, {"NotPrincipal", r.notPrincipal}, {"NotAction", r.notAction}, {"Resource", r.resource},
		{"NotResource", r.resource}} {
		if e.demand == refused || e.demand == ignored {
			elements = append(elements, e.name)
		}
	}
	return elements
}

// ReadAs reports whether a document of this type has the statements that it would have
// as one of another: where both refuse the same elements.
func (t Type) ReadAs(other Type) bool {
	a, b := &types[t], &types[other]
	return t == other || t != Stack && other != Stack && a.principal == b.principal && a.notPrincipal == b.notPrincipal &&
		a.resource == b.resource
}

// Doc is the AWS page about policies of this type.
func (t Type) Doc() string { return types[t].doc }

// Completes reports whether AWS completes an ARN with fewer than six parts in
// policies of this type. STS refuses such an ARN in the policies of a session;
// it is completed here and reported.
//
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html
func (t Type) Completes() bool { return types[t].completes || t == Session || t == ScopeDown }
