package engine

import (
	"strings"

	"why403/engine/catalogue"
	"why403/engine/condition"
	"why403/engine/policy"
)

// Check is one authorization, ready to be decided: who asks for what, the facts
// about both, and the policies, grants and ACLs that count for it. [Compiled]
// makes one from a [Request]; it never changes then.
type Check struct {
	Name              string // of the request
	Principal         Principal
	Action            string
	Resource          string // an ARN, or "*" where the action has none
	ResourceAccount   string // 12 digits; "" where neither given nor in the ARN
	ManagementAccount string // of the organization of the caller's account, or ""
	DelegatedAccount  string // the delegated administrator of that organization for the service that is asked, or ""
	OwnerManagement   string // of the organization of the resource's account, or ""
	Pattern           bool   // Resource is a pattern: it stands for all that it covers
	Alias             string // the ARN of the KMS alias that was asked for; Resource is the key behind it
	GatewayEndpoint   bool   // the VPC endpoint is a gateway endpoint
	Settings
	Context  condition.Context // what the request carries, and what follows from it
	Policies []*Policy
	Grants   []Grant
	ACLs     []ACL
	Put      *Policy // what s3:PutBucketPolicy puts; nil where that is not known
	Payer    bool    // the request says that the requester pays

	// An account in which the Region that the request goes to is not enabled; ""
	// where it is, or nothing tells.
	DisabledAccount, DisabledRegion string

	world     *Compiled          // what the check was made from
	known     *catalogue.Service // what the catalogue says of the service and
	reference *catalogue.Action  // of the action, or nil
	action    string             // in lower case
	roleName  string             // of the caller's role, in lower case
	service   *Service
	applies   Types // the policy types that AWS looks at
	across    bool  // the operation works on a resource in another account
	cross     bool  // see CrossAccount
	paths     []*Path
	barred    *credentialRule // why the caller's credentials can't call this, or nil
	admin     bool            // the caller's account administers its organization, where that matters
	refusal   Refusal

	regionsTold bool // it is told which Regions an account of the request has enabled

	asked Request // the request that it was made for
	least bool    // a Deny counts that is for a part of Resource; see Certain

	unknownTypes      Types
	unknownGrants     bool
	unknownEncryption bool
	unknownBeside     bool
	unknownKeys       unknownKeys
	noTypes           Types // the request says that there are none of these
	noGrants          bool
	unsure            bool // something that is not known can count
	derivedVia        bool // aws:ViaAWSService follows from other keys
}

// Carries says whether requests for the action carry a condition key, as AWS's
// reference has it; catalogue.Unknown where it does not tell.
func (r *Check) Carries(key string) catalogue.Presence {
	if r.reference == nil {
		return catalogue.Unknown
	}
	return r.known.Carries(r.reference, nil, key)
}

// KeyType is the type of the values of a condition key, as AWS's reference has
// it, and whether a request can carry several; known is false where it does not
// tell.
func (r *Check) KeyType(key string) (t catalogue.KeyType, multi, known bool) {
	t, known = catalogue.TypeOf(r.known, key)
	multi, _ = catalogue.MultiValued(r.known, key)
	return t, multi || condition.Multivalued(key), known
}

// prepare fills what follows from the given facts: the account in the
// resource's ARN, the service, the context keys that every such request
// carries, and what AWS looks at for it.
func (r *Check) prepare() {
	if r.ResourceAccount == "" {
		r.ResourceAccount = ARNPart(r.Resource, 4)
	}
	if !policy.IsAccount(r.ResourceAccount) {
		r.ResourceAccount = ""
	}
	r.action = strings.ToLower(r.Action)
	r.roleName = strings.ToLower(r.Principal.Role[strings.LastIndexByte(r.Principal.Role, '/')+1:])
	r.unsigned()
	r.service = managed(serviceOf(r.action, r.Resource), &r.Principal)
	if r.service == &other && r.known != nil && r.known.NoPolicies {
		r.service = &Service{r.known.Name, NoPolicy, r.known.Page()}
	}
	r.derive()
	r.barred, r.admin = r.refused(), r.service.Rule != AdminRule || r.administers()
	r.applies, r.across, r.cross, r.paths = applies(r), usableAcross(r), r.CrossAccount(), pathsFor(r)
	r.refusal = refusal(r)
	r.findDisabled()
	r.settleUnknown()
}

// unsigned turns the caller of AssumeRoleWithSAML and
// AssumeRoleWithWebIdentity into what its token says: it has no AWS account.
//
// https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRoleWithWebIdentity.html
func (r *Check) unsigned() {
	if strings.HasPrefix(r.action, "sts:assumerolewith") && r.Principal.FederatedBy != "" {
		r.Principal.Kind, r.Principal.Account, r.Principal.Role = WebFederated, "", ""
	}
}

// Service is the row of the services table that the request falls under.
func (r *Check) Service() *Service { return r.service }

// CrossAccount reports whether the caller's account and the resource's account
// differ. A request for no particular resource stays in the caller's account.
func (r *Check) CrossAccount() bool {
	if r.service != nil && (r.service.Rule == AdminRule || r.service.Rule == StackRule) {
		return false // the caller's account decides alone; a stack policy does not ask who it is
	}
	owner := r.owner()
	return (r.Resource != "*" || ofAccountPolicy(r.action)) && r.Principal.Account != "" && owner != "" && owner != r.Principal.Account
}

// owner is the account whose policies guard the resource. An S3 object that
// another account owns is guarded by that account.
//
// https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-auth-workflow-object-operation.html
func (r *Check) owner() string {
	if r.ForeignObject() {
		return r.ObjectOwner
	}
	return r.ResourceAccount
}

// ResourceType is the type of the policy that the resource has.
func (r *Check) ResourceType() policy.Type { return r.service.resourceType() }

// ResourceType is the type of the policy that counts for an action on a
// resource: a key policy, a role trust policy, or any other.
func ResourceType(action, resource string) policy.Type {
	return ruleOf(action, resource).resourceType()
}

// WithinShares reports whether the request stays in the account of a resource that
// nobody but AWS RAM writes a policy of. What is not known of such a policy changes
// nothing: it lets in other accounts, and has no Deny.
//
// https://docs.aws.amazon.com/ram/latest/APIReference/API_CreatePermission.html
func (r *Check) WithinShares() bool {
	return r.service.Rule == SharesOnly && r.Principal.Account != "" && r.Principal.Account == r.owner()
}

// HasPolicy reports whether the policy of a resource, if it has one, counts for
// an action on it. It never does where the service has no such policies, nor
// where there is no resource.
func HasPolicy(action, resource string) bool {
	switch ruleOf(action, resource).Rule {
	case NoPolicy, AlwaysRule, ServiceOwned, PublicRule:
		return false
	}
	return resource != "*" && (ARNPart(resource, 2) != "kms" || ResourceType(action, resource) == policy.Key)
}

// ruleOf is the row of the services table for an action on a resource. A key
// operation on an alias is one on the key behind it.
func ruleOf(action, resource string) *Service {
	action = strings.ToLower(action)
	if isKeyAlias(action, resource) {
		resource = strings.TrimSuffix(resource, arnResource(resource)) + UnknownKey
	}
	return serviceOf(action, resource)
}

func (s *Service) resourceType() policy.Type {
	switch s.Rule {
	case KeyRule, RetireRule:
		return policy.Key
	case TrustRule:
		return policy.Trust
	case StackRule:
		return policy.Stack
	}
	return policy.Resource
}
