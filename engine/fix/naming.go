package fix

import (
	"strings"

	"why403/engine"
	"why403/engine/policy"
)

// naming is how a statement, or a grant, says whom it is for.
type naming struct {
	principal string // JSON: the value of Principal, "" for policies that are attached to the caller
	named     string // the one name in it
	condition string // JSON: what narrows it further, or ""
}

// name names the caller in the closest of some forms that there is.
//
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html
func (e *edit) name(kinds engine.Kinds) bool {
	p := &e.check.Principal
	parent := p.Role
	if p.Kind == engine.FederatedUser {
		parent = p.FederatedBy
	}
	switch {
	case p.Account == "":
		return e.nameGuest()
	case kinds&engine.Direct != 0 && p.ARN != p.Role: // a role's own ARN stands for its sessions
		e.nameAWS(p.ARN)
	case kinds&engine.Parent != 0 && parent != "":
		e.nameAWS(parent)
	case kinds&engine.Account != 0:
		e.nameAWS(root(p.ARN, p.Account))
	default:
		return false
	}
	return true
}

// as makes a Principal with one name.
func (e *edit) as(key, name string) {
	e.named, e.principal = name, `{"`+key+`":`+quote(name)+"}"
}

// things is what the policies of these types belong to.
var things = [...]string{policy.Resource: "resource", policy.Key: "key", policy.Trust: "role"}

// nameAWS names a principal that has an account.
func (e *edit) nameAWS(arn string) {
	r, p := e.check, &e.check.Principal
	e.as("AWS", arn)
	switch {
	case arn == root(p.ARN, p.Account):
		// In one account this gives its users nothing, but for keys and roles.
		if t := r.ResourceType(); t != policy.Resource || e.decision.CrossAccount {
			e.Effect = "Leaves " + r.Action + " on this " + things[t] + " to the IAM policies of account " + p.Account + "."
		}
	case arn == p.ARN && arn != p.Role:
	case p.Kind == engine.FederatedUser:
		e.Effect = "Lets the IAM user itself in, and all its sessions."
	default:
		e.Effect = "Lets every session of the role in." + e.pathEffect()
	}
}

// pathEffect says that the ARN of the role rests on a path that nothing tells.
func (e *edit) pathEffect() string {
	if !e.check.Principal.UnknownPath {
		return ""
	}
	return " The ARN of a session does not tell the path of its role: if the role has one, put it into this ARN."
}

// nameGuest names a caller without an account, narrowed to what the request
// tells of it. AWS takes no unsigned request for a key or a role, and S3 can
// be set to refuse a policy for everyone.
//
// https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html
func (e *edit) nameGuest() bool {
	r := e.check
	switch r.Principal.Kind {
	case engine.ServicePrincipal:
		e.as("Service", r.Principal.ARN)
		if !e.when("ArnEquals", "aws:SourceArn") && !e.when("StringEquals", "aws:SourceAccount") {
			e.Effect = "Lets the service in for every account: the request has no aws:SourceArn."
		}
		return true
	case engine.WebFederated:
		e.as("Federated", r.Principal.FederatedBy)
		e.nameSubject()
		return true
	}
	e.principal, e.Effect = `"*"`, "Lets everyone in, signed in or not."
	return r.ResourceType() == policy.Resource && r.BlockPublic&engine.BlockPublicPolicy == 0
}

// nameSubject holds an identity provider to the audience and the subject.
//
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_iam-condition-keys.html#condition-keys-wif
func (e *edit) nameSubject() {
	prefix := "SAML"
	if _, host, ok := strings.Cut(e.named, ":oidc-provider/"); ok {
		prefix = host
	}
	e.when("StringEquals", prefix+":aud")
	if !e.when("StringEquals", prefix+":sub") {
		e.Effect = "Lets in everyone whom this provider signs in."
	}
}

// throughEndpoint names everyone with the caller's aws:PrincipalArn: the form
// that gateway endpoints take too.
//
// https://docs.aws.amazon.com/vpc/latest/privatelink/vpc-endpoints-access.html
func (e *edit) throughEndpoint() {
	e.principal = `"*"`
	switch {
	case !e.when("ArnEquals", "aws:PrincipalArn"):
		e.Effect = "Lets everyone through the endpoint."
	case e.check.Principal.Kind == engine.RoleSession:
		e.Effect = "Lets every session of the role through the endpoint."
	}
}

// when narrows to the value that the request has of a key, if it has one. All
// keys of an edit have the same operator.
func (e *edit) when(operator, key string) bool {
	value := e.contextValue(key)
	if value == "" {
		return false
	}
	before := strings.TrimSuffix(e.condition, "}}") + ","
	if e.condition == "" {
		before = `{"` + operator + `":{`
	}
	e.condition = before + quote(key) + ":" + quote(value) + "}}"
	return true
}

// contextValue is the one value of a condition key, or "".
func (e *edit) contextValue(key string) string {
	values, _ := e.check.Context.Get(key)
	if len(values) != 1 {
		return ""
	}
	return values[0]
}

// root is the ARN of an account, in the partition of another ARN.
func root(arn, account string) string {
	partition, _, _ := strings.Cut(arn[len("arn:"):], ":")
	return "arn:" + partition + ":iam::" + account + ":root"
}
