package engine

import (
	"errors"
	"slices"
	"strings"

	"why403/engine/policy"
)

// PrincipalKind is the kind of identity that makes a request.
type PrincipalKind uint8

// The kinds of callers.
const (
	User PrincipalKind = iota
	RoleSession
	FederatedUser // a session of sts:GetFederationToken
	Root
	ServicePrincipal
	WebFederated // an unsigned caller with a token of an OIDC or SAML provider
	Anonymous
	OriginAccessIdentity // of a CloudFront distribution
)

// callers is a set of principal kinds.
type callers uint8

func (k PrincipalKind) bit() callers { return 1 << k }

const (
	anyUser     = callers(1<<User | 1<<RoleSession | 1<<FederatedUser)
	sessions    = callers(1<<RoleSession | 1<<FederatedUser)
	rootUser    = callers(1 << Root)
	noAccount   = callers(1<<ServicePrincipal | 1<<WebFederated | 1<<Anonymous | 1<<OriginAccessIdentity)
	withAccount = anyUser | rootUser
)

// Principal is who makes a request.
//
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html
type Principal struct {
	Kind        PrincipalKind
	ARN         string // as given: an ARN, a service principal, or "anonymous"
	Role        string // the ARN of the role behind a session, path included
	Account     string // 12 digits, or "" where the caller is in no account
	Name        string // user, session or federated user name, without path
	FederatedBy string // the ARN of the user or provider behind a federated session
	UnknownPath bool   // nothing tells the path of the role: Role is without one
}

// PrincipalForms is how callers are written, for people: who, and an example.
//
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html
func PrincipalForms() [][2]string {
	return [][2]string{
		{"Role session", "arn:aws:sts::111122223333:assumed-role/ROLE/SESSION"},
		{"Any session of a role", "arn:aws:iam::111122223333:role/ROLE"},
		{"IAM user", "arn:aws:iam::111122223333:user/NAME"},
		{"Federated user session", "arn:aws:sts::111122223333:federated-user/NAME"},
		{"Root user of an account", "arn:aws:iam::111122223333:root"},
		{"AWS service", "sns.amazonaws.com"},
		{"CloudFront origin access identity", "arn:aws:iam::cloudfront:user/CloudFront Origin Access Identity ID"},
		{"Anonymous (unsigned)", "anonymous"},
	}
}

// How a caller is told from other resources: by the service in its ARN, or by the
// domain at its end. What can call has what a caller has, such as a boundary.
var (
	CallerARNs     = [...]string{"iam", "sts"} // the services of their ARNs
	ServiceDomains = [...]string{".amazonaws.com", ".amazonaws.com.cn"}
)

func isService(text string) bool {
	return slices.ContainsFunc(ServiceDomains[:], func(domain string) bool { return strings.HasSuffix(text, domain) })
}

// ErrPrincipal says that a text names no principal that can make requests.
var ErrPrincipal = errors.New("a principal is the ARN of a user, a role session, a federated user session, a role or the account root, " +
	"a service such as sns.amazonaws.com, a CloudFront origin access identity, or anonymous")

// ParsePrincipal reads the caller of a request. A role's own ARN stands for
// some session of it that no policy names.
func ParsePrincipal(text string) (Principal, error) {
	p := Principal{ARN: text}
	switch {
	case text == "anonymous":
		p.Kind = Anonymous
		return p, nil
	case isService(text):
		p.Kind = ServicePrincipal
		return p, nil
	case isOriginAccess(text):
		p.Kind = OriginAccessIdentity
		return p, nil
	}
	p.Account = ARNPart(text, 4)
	if !strings.HasPrefix(text, "arn:") || !policy.IsAccount(p.Account) || ARNPart(text, 1) == "" || ARNPart(text, 3) != "" {
		return p, ErrPrincipal
	}
	return p, p.fromARN(ARNPart(text, 2), arnResource(text))
}

// isOriginAccess reports whether a text is the ARN of a CloudFront origin access
// identity, as bucket policies name it. It is in no account of a customer.
//
// https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/private-content-restricting-access-to-s3.html
func isOriginAccess(arn string) bool {
	id, ok := strings.CutPrefix(arnResource(arn), "user/CloudFront Origin Access Identity ")
	return ok && id != "" && ARNPart(arn, 2) == "iam" && ARNPart(arn, 4) == "cloudfront"
}

func (p *Principal) fromARN(service, resource string) error {
	kind, path, _ := strings.Cut(resource, "/")
	p.Name = path[strings.LastIndexByte(path, '/')+1:]
	switch service + ":" + kind {
	case "iam:root":
		p.Kind, p.Name = Root, ""
		return nil
	case "iam:user":
		p.Kind = User
	case "iam:role":
		p.Kind, p.Role = RoleSession, p.ARN
	case "sts:federated-user":
		// choice: until federated-by says otherwise, the session is named after
		// the IAM user that asked for it.
		p.Kind, p.FederatedBy = FederatedUser, "arn:"+ARNPart(p.ARN, 1)+":iam::"+p.Account+":user/"+path
	case "sts:assumed-role":
		role, _, ok := strings.Cut(path, "/")
		if !ok || role == "" {
			return ErrPrincipal
		}
		p.Kind, p.Role, p.UnknownPath = RoleSession, "arn:"+ARNPart(p.ARN, 1)+":iam::"+p.Account+":role/"+role, true
	default:
		return ErrPrincipal
	}
	if p.Name == "" {
		return ErrPrincipal
	}
	return nil
}

// Attached is the ARN of what identity-based policies of the caller are
// attached to: its role, its user, or itself.
func (p *Principal) Attached() string {
	switch p.Kind {
	case RoleSession:
		return p.Role
	case FederatedUser:
		return p.FederatedBy
	}
	return p.ARN
}

// ServiceLinked reports whether the caller is a session of a service-linked
// role. The path of the role's ARN tells; where it is not known, the beginning
// of the name that AWS gives to such roles.
//
// https://docs.aws.amazon.com/IAM/latest/UserGuide/using-service-linked-roles.html
func (p *Principal) ServiceLinked() bool {
	return strings.Contains(p.Role, ":role/aws-service-role/") || p.UnknownPath && strings.Contains(p.Role, ":role/AWSServiceRoleFor")
}

// Kinds is how a list of principals names a caller.
type Kinds uint8

// Direct names the caller itself, Parent the role (or federating user) behind
// its session, Account the account it is in. An Account match delegates: it
// leaves the decision to the account's own policies.
const (
	Direct Kinds = 1 << iota
	Parent
	Account
)

// names tells how one value of a Principal element names the caller. userID is
// the request's aws:userid, for values that are unique IDs.
func (p *Principal) names(v *policy.PrincipalValue, userID string) Kinds {
	switch v.Kind {
	case policy.Everyone:
		return Direct
	case policy.AWS:
		return p.namesAWS(v.Value, userID)
	case policy.Service:
		return kindsIf(p.Kind == ServicePrincipal && v.Value == p.ARN, Direct)
	case policy.Federated:
		return kindsIf(p.Kind == WebFederated && v.Value == p.FederatedBy, Direct)
	case policy.CanonicalUser:
		return kindsIf(p.Account != "" && v.Value == p.Account, Account)
	}
	return 0
}

func kindsIf(ok bool, k Kinds) Kinds {
	if ok {
		return k
	}
	return 0
}

// namesAWS reads a value under AWS. "*" is everyone there too, services
// included: AWS's SDKs and consoles write it in the queue policies that let SNS
// send.
//
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html#principal-anonymous
func (p *Principal) namesAWS(value string, userID string) Kinds {
	if value == "*" {
		return Direct
	}
	if p.Account == "" {
		return kindsIf(p.Kind == OriginAccessIdentity && value == p.ARN, Direct)
	}
	if value == p.Account || p.isAccountRoot(value) {
		return p.account()
	}
	switch {
	case value == p.ARN && value != p.Role:
		return Direct
	case value == p.Role, p.UnknownPath && p.sameRole(value), p.Kind == FederatedUser && value == p.FederatedBy:
		return Parent
	case policy.UniqueID(value):
		return p.namesUniqueID(value, userID)
	}
	return 0
}

// sameRole reports whether an ARN is that of the caller's role under some path:
// an account has no two roles of one name.
//
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html#reference_iam-quotas-names
func (p *Principal) sameRole(arn string) bool {
	mine, _ := roleOf(p.Role)
	if !strings.HasSuffix(arn, mine.name) {
		return false // so are most
	}
	other, ok := roleOf(arn)
	return ok && mine == other && ARNPart(arn, 1) == ARNPart(p.ARN, 1)
}

// SessionOf reports whether the caller is a session of a role with this ARN, as
// far as its own ARN tells: the path of a role is in no session's.
func (p *Principal) SessionOf(role string) bool {
	if p.Kind != RoleSession {
		return false
	}
	return p.Role == role || p.sameRole(role)
}

// isAccountRoot avoids building the root ARN: a decision allocates nothing.
func (p *Principal) isAccountRoot(value string) bool {
	if !strings.HasSuffix(value, ":root") {
		return false
	}
	rest, ok := strings.CutSuffix(value, ":iam::"+p.Account+":root")
	return ok && rest == "arn:"+ARNPart(p.ARN, 1)
}

// account is what naming the account means for this caller. The root user is
// the account; so is a federated session that root started.
func (p *Principal) account() Kinds {
	switch {
	case p.Kind == Root:
		return Direct
	case p.Kind == FederatedUser && strings.HasSuffix(p.FederatedBy, ":root"):
		return Account | Parent
	}
	return Account
}

// namesUniqueID matches AIDA… (a user) and AROA… (a role) with aws:userid.
func (p *Principal) namesUniqueID(value, userID string) Kinds {
	id, _, session := strings.Cut(userID, ":")
	if id != value {
		return 0
	}
	if session {
		return Parent
	}
	return Direct
}

// listed tells how a whole Principal element names the caller, without regard
// to Not.
func (p *Principal) listed(e *policy.Principal, userID string) Kinds {
	var k Kinds
	for i := range e.Values {
		k |= p.names(&e.Values[i], userID)
	}
	return k
}
