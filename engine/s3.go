package engine

import (
	"strings"

	"why403/engine/network"
	"why403/engine/policy"
)

// ObjectOwnership is the S3 Object Ownership setting of a bucket.
//
// https://docs.aws.amazon.com/AmazonS3/latest/userguide/about-object-ownership.html
type ObjectOwnership uint8

// The settings. With BucketOwnerEnforced, ACLs are disabled.
const (
	BucketOwnerEnforced ObjectOwnership = iota
	BucketOwnerPreferred
	ObjectWriter
)

// BlockPublicAccess is the settings that are on, from the account, the bucket
// or the access point.
//
// https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html
type BlockPublicAccess uint8

// The four settings.
const (
	BlockPublicACLs BlockPublicAccess = 1 << iota
	IgnorePublicACLs
	BlockPublicPolicy
	RestrictPublicBuckets
)

// ACL is one grant of an S3 access control list.
//
// https://docs.aws.amazon.com/AmazonS3/latest/userguide/acl-overview.html
type ACL struct {
	Object     bool   // of the object's list, not the bucket's
	Grantee    string // an account ID, AllUsers, AuthenticatedUsers, LogDelivery, or a canonical user ID
	Permission string // READ, WRITE, READ_ACP, WRITE_ACP or FULL_CONTROL
	Span       policy.Span
}

// aclActions is the actions that each ACL permission grants, on a bucket and
// on an object, in lower case.
//
// https://docs.aws.amazon.com/AmazonS3/latest/userguide/acl-overview.html#permissions
var aclActions = [2]map[string]map[string]bool{
	{
		"READ":      set("s3:listbucket s3:listbucketversions s3:listbucketmultipartuploads"),
		"WRITE":     set("s3:putobject"),
		"READ_ACP":  set("s3:getbucketacl"),
		"WRITE_ACP": set("s3:putbucketacl"),
	},
	{
		"READ":      set("s3:getobject s3:getobjectversion"),
		"READ_ACP":  set("s3:getobjectacl s3:getobjectversionacl"),
		"WRITE_ACP": set("s3:putobjectacl s3:putobjectversionacl"),
	},
}

func (a *ACL) grants(action string) bool {
	table := aclActions[0]
	if a.Object {
		table = aclActions[1]
	}
	if a.Permission != "FULL_CONTROL" {
		return table[a.Permission][action]
	}
	for _, actions := range table {
		if actions[action] {
			return true
		}
	}
	return false
}

// logDelivery is who the group LogDelivery of an ACL stands for.
//
// https://docs.aws.amazon.com/AmazonS3/latest/userguide/enable-server-access-logging.html
const logDelivery = "logging.s3.amazonaws.com"

func (a *ACL) public() bool { return a.Grantee == "AllUsers" || a.Grantee == "AuthenticatedUsers" }

// acls finds the entries that let the caller in.
func (e *Decider) acls(d *Decision) {
	if e.check.Ownership == BucketOwnerEnforced {
		return
	}
	for i := range e.check.ACLs {
		a := &e.check.ACLs[i]
		if a.grants(e.check.action) && e.aclNames(a) != 0 {
			d.ACLs = append(d.ACLs, i)
		}
	}
}

// aclNames tells how an entry names the caller. A list names accounts, so for
// a caller with an account it never does more than delegate.
func (e *Decider) aclNames(a *ACL) Kinds {
	account := e.check.Principal.Account
	if a.public() && e.check.BlockPublic&IgnorePublicACLs != 0 {
		return 0
	}
	switch {
	case account == "":
		return kindsIf(a.Grantee == "AllUsers" || a.Grantee == "LogDelivery" && e.check.Principal.ARN == logDelivery, Direct)
	case a.public(), a.Grantee == account:
		return Account
	}
	return 0
}

func (e *Decider) aclKinds(d *Decision) Kinds {
	var k Kinds
	for _, i := range d.ACLs {
		k |= e.aclNames(&e.check.ACLs[i])
	}
	return k
}

// ForeignObject reports whether the request is for an object that another
// account than the bucket's owns. Then the bucket policy can only deny.
func (r *Check) ForeignObject() bool {
	return r.ObjectOwner != "" && r.ObjectOwner != r.ResourceAccount && r.Ownership != BucketOwnerEnforced &&
		strings.HasPrefix(r.action, "s3:") && strings.Contains(arnResource(r.Resource), "/") &&
		!(strings.HasPrefix(r.action, "s3:deleteobject") && r.Principal.Account == r.ResourceAccount)
}

// publicBlock reports whether RestrictPublicBuckets cuts the caller off: the
// policy is public, and the caller is neither of the bucket's account, or the
// access point's, nor an AWS service.
func (e *Decider) publicBlock(d *Decision) bool {
	r := e.check
	if r.BlockPublic&RestrictPublicBuckets == 0 || !strings.HasPrefix(r.action, "s3:") || r.Principal.Kind == ServicePrincipal ||
		!d.Applies.Has(policy.Resource) {
		return false
	}
	if r.Principal.Account != "" && (!r.CrossAccount() || r.ofAccessPoint(r.Principal.Account)) {
		return false
	}
	through := accessPoint(r.Resource)
	if through && r.onlyFromVPC() {
		return false
	}
	for i := range e.check.Policies {
		if p := e.check.Policies[i]; p.Type == policy.Resource && p.public(through) {
			return true
		}
	}
	return false
}

// accessPoint reports whether an ARN is that of an access point, or of an
// object through one.
func accessPoint(arn string) bool { return strings.HasPrefix(arnResource(arn), "accesspoint/") }

// ofAccessPoint reports whether an account owns the access point that the
// request goes through.
func (r *Check) ofAccessPoint(account string) bool {
	if accessPoint(r.Resource) && ARNPart(r.Resource, 4) == account {
		return true
	}
	owner, _ := r.Context.Get("s3:dataaccesspointaccount")
	return len(owner) == 1 && owner[0] == account
}

// onlyFromVPC reports whether the access point takes requests from a VPC alone:
// its policy is never public.
func (r *Check) onlyFromVPC() bool {
	origin, _ := r.Context.Get("s3:accesspointnetworkorigin")
	return len(origin) == 1 && strings.EqualFold(origin[0], "VPC")
}

// public reports whether one of the statements makes the policy public, that of
// an access point or of a bucket.
//
// https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html#access-control-block-public-access-policy-status
func (p *Policy) public(accessPoint bool) bool {
	for i := range p.statements {
		if s := &p.statements[i]; accessPoint && s.through || !accessPoint && s.public {
			return true
		}
	}
	return false
}

// isPublic: an Allow is not public if it names fixed principals, or if a
// condition holds it to fixed values.
func isPublic(s *policy.Statement, accessPoint bool) bool {
	if s.Effect == policy.Deny || !s.Principal.Present || !publicPrincipal(&s.Principal) {
		return false
	}
	for i := range s.Condition.Tests {
		if fixes(&s.Condition.Tests[i], accessPoint) {
			return false
		}
	}
	return true
}

func publicPrincipal(p *policy.Principal) bool {
	if p.Not {
		return true
	}
	for _, v := range p.Values {
		if v.Kind == policy.Everyone || v.Kind == policy.Federated || v.Value == "*" {
			return true
		}
	}
	return false
}

// fixedKeys are the condition keys whose fixed values make a statement
// non-public, in lower case: of principals, services among them, and of where
// requests come from.
var fixedKeys = set(`aws:sourceip aws:sourcearn aws:sourcevpc aws:sourcevpce aws:sourceowner aws:sourceaccount
	aws:sourceorgid aws:sourceorgpaths aws:principalorgid aws:principalorgpaths aws:principalarn aws:principalaccount
	aws:principalisawsservice aws:principalservicename aws:principalservicenameslist aws:userid
	s3:x-amz-server-side-encryption-aws-kms-key-id s3:dataaccesspointarn s3:dataaccesspointaccount`)

// fixingOperators are the condition operators that hold a key to its values.
// ForAllValues holds to nothing: a request without the key meets it.
var fixingOperators = set(`stringequals stringequalsignorecase stringlike arnequals arnlike ipaddress
	foranyvalue:stringequals foranyvalue:stringequalsignorecase foranyvalue:stringlike foranyvalue:arnequals
	foranyvalue:arnlike foranyvalue:ipaddress`)

// fixes reports whether a condition holds the statement to fixed values. In the
// policy of an access point its own ARN and account hold nobody off.
func fixes(t *policy.Test, accessPoint bool) bool {
	key, operator := strings.ToLower(t.Key.Value), strings.ToLower(t.Operator.Value)
	switch {
	case !fixedKeys[key], accessPoint && strings.HasPrefix(key, "s3:dataaccesspoint"):
		return false
	case !fixingOperators[operator] && !(operator == "bool" && key == "aws:principalisawsservice"):
		return false
	}
	for _, v := range t.Values {
		if !fixedValue(key, v.Value) {
			return false
		}
	}
	return len(t.Values) > 0
}

func fixedValue(key, value string) bool {
	switch key {
	case "aws:sourceip":
		return narrow(value)
	case "aws:principalisawsservice":
		return strings.EqualFold(value, "true")
	case "s3:dataaccesspointarn":
		return policy.IsAccount(ARNPart(value, 4))
	}
	return !strings.ContainsAny(value, "*?") && !strings.Contains(value, "${")
}

// narrow reports whether a CIDR block is small enough not to be public: /8 for
// IPv4, /32 for IPv6.
func narrow(value string) bool {
	n, ok := network.Read(value)
	return ok && (n.Of() == 32 && n.Bits() >= 8 || n.Of() == 128 && n.Bits() >= 32)
}
