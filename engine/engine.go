// Package engine decides AWS requests: a Scenario and one of its Requests in,
// a Decision out.
//
// A Decision is made of small facts. For every statement there is a Step: did
// it match, and if not, which element failed first. For every way to be
// allowed there is a Way: the things that stand in it. The outcome is computed
// from these facts, so what explains a decision is what made it.
//
// Every policy is looked at, even when the first denies already. The package
// knows no clock and no network: what a request carries is given.
//
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
package engine

import (
	"strings"

	"why403/engine/condition"
	"why403/engine/policy"
)

// Scenario is what requests are judged against.
type Scenario struct {
	Requests []Request
	Policies []Policy
	Grants   []Grant
	ACLs     []ACL
}

// Policy is a document, compiled, and where it is attached.
type Policy struct {
	*policy.Document
	Level      int // SCPs and RCPs: 1 is the root of the organization
	statements []statement
}

// statement is a policy.Statement made ready for matching.
type statement struct {
	*policy.Statement
	actions   []policy.Pattern // in lower case
	resources []policy.ARNPattern
	tests     []condition.Test
	public    bool // S3 would call it public
}

// NewPolicy compiles a document. Level matters only for SCPs and RCPs.
func NewPolicy(d *policy.Document, level int) Policy {
	p := Policy{Document: d, Level: level, statements: make([]statement, len(d.Statements))}
	for i := range d.Statements {
		s := statement{Statement: &d.Statements[i]}
		for _, a := range s.Action.Values {
			s.actions = append(s.actions, policy.CompileAction(a.Value))
		}
		for _, r := range s.Resource.Values {
			s.resources = append(s.resources, policy.CompileARN(r.Value, d.Type.Completes(), d.Variables()))
		}
		s.tests = condition.Compile(s.Condition, d.Variables())
		s.public = isPublic(s.Statement)
		p.statements[i] = s
	}
	return p
}

// Request is one question: may this principal do this action on this resource?
type Request struct {
	Name              string
	Principal         Principal
	Action            string
	Resource          string // an ARN, or "*" where the action has none
	ResourceAccount   string // 12 digits; "" where neither given nor in the ARN
	ManagementAccount string // the organization's management account, or ""
	GatewayEndpoint   bool   // the VPC endpoint is a gateway endpoint
	AWSManagedKey     bool
	Ownership         ObjectOwnership
	ObjectOwner       string // 12 digits, where it is not the bucket's owner
	BlockPublic       BlockPublicAccess
	Context           condition.Context

	action  string // in lower case
	service *Service
	applies Types // the policy types that AWS looks at
	across  bool  // the operation works on a resource in another account
	cross   bool  // see CrossAccount
	paths   []*Path
}

// Prepare fills what follows from the given facts: the account in the
// resource's ARN, the service, the context keys that every such request
// carries, and what AWS looks at for it. Call it once, when the other fields are set.
func (r *Request) Prepare() {
	if r.ResourceAccount == "" {
		r.ResourceAccount = arnPart(r.Resource, 4)
	}
	if !policy.IsAccount(r.ResourceAccount) {
		r.ResourceAccount = ""
	}
	r.action = strings.ToLower(r.Action)
	r.unsigned()
	r.service = serviceOf(r.action, r.Resource)
	r.derive()
	r.applies, r.across, r.cross, r.paths = applies(r), usableAcross(r), r.CrossAccount(), pathsFor(r)
}

// unsigned turns the caller of AssumeRoleWithSAML and
// AssumeRoleWithWebIdentity into what its token says: it has no AWS account.
//
// https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRoleWithWebIdentity.html
func (r *Request) unsigned() {
	if strings.HasPrefix(r.action, "sts:assumerolewith") && r.Principal.FederatedBy != "" {
		r.Principal.Kind, r.Principal.Account, r.Principal.Role = WebFederated, "", ""
	}
}

// Service is the row of the services table that the request falls under.
func (r *Request) Service() *Service { return r.service }

// CrossAccount reports whether the caller's account and the resource's account
// differ. A request for no particular resource stays in the caller's account.
func (r *Request) CrossAccount() bool {
	owner := r.owner()
	return r.Resource != "*" && r.Principal.Account != "" && owner != "" && owner != r.Principal.Account
}

// owner is the account whose policies guard the resource. An S3 object that
// another account owns is guarded by that account.
//
// https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-auth-workflow-object-operation.html
func (r *Request) owner() string {
	if r.ForeignObject() {
		return r.ObjectOwner
	}
	return r.ResourceAccount
}

// arnPart gives one of the six parts of an ARN, "" where there is none.
func arnPart(arn string, n int) string {
	for ; n > 0; n-- {
		_, rest, ok := strings.Cut(arn, ":")
		if !ok {
			return ""
		}
		arn = rest
	}
	part, _, _ := strings.Cut(arn, ":")
	return part
}

// arnResource gives the sixth part of an ARN, colons and all.
func arnResource(arn string) string {
	for range 5 {
		_, rest, ok := strings.Cut(arn, ":")
		if !ok {
			return ""
		}
		arn = rest
	}
	return arn
}

// ResourceType is the type of the policy that the request's resource has.
func (r *Request) ResourceType() policy.Type {
	switch r.service.Rule {
	case KeyRule, RetireRule:
		return policy.Key
	case TrustRule:
		return policy.Trust
	}
	return policy.Resource
}
