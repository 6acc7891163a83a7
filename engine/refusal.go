package engine

import "strings"

// Refusal is what a service refuses by itself, whatever the policies say.
type Refusal uint8

// The refusals.
const (
	NoRefusal           Refusal = iota
	RefusedPublicACL            // BlockPublicAcls: the request puts an ACL that is public
	RefusedACL                  // BucketOwnerEnforced: the request puts an ACL
	RefusedPolicy               // BlockPublicPolicy: the request puts a policy that is public
	RefusedWithoutPayer         // Requester Pays: the request does not say that the requester pays
	RefusedUnsigned             // a service asks KMS for a caller who signed nothing
	RefusedBeside               // IAM allows it, and a system of permissions beside IAM does not
	RefusedOrganization         // the organization sets Block Public Access, and the account can't
)

// refusals is every such reason, a row for each.
var refusals = [...]struct {
	refusal Refusal
	when    func(*Check) bool
}{
	{RefusedWithoutPayer, withoutPayer},
	{RefusedACL, putsACL},
	{RefusedPublicACL, putsPublicACL},
	{RefusedPolicy, putsPublicPolicy},
	{RefusedUnsigned, unsignedAtKMS},
	{RefusedOrganization, setByOrganization},
}

func refusal(r *Check) Refusal {
	for i := range refusals {
		if refusals[i].when(r) {
			return refusals[i].refusal
		}
	}
	return NoRefusal
}

// withoutPayer is a request for a Requester Pays bucket by somebody who does
// not say that they pay. The bucket's account pays anyway; nobody pays for
// anonymous callers.
//
// https://docs.aws.amazon.com/AmazonS3/latest/userguide/ObjectsinRequesterPaysBuckets.html
func withoutPayer(r *Check) bool {
	if !r.RequesterPays || !strings.HasPrefix(r.action, "s3:") {
		return false
	}
	return r.Principal.Kind == Anonymous || !r.Payer && r.Principal.Account != "" && r.CrossAccount()
}

// aclPuts are the actions that put an ACL: always, or where the request has
// one. In lower case.
//
// https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html
var aclPuts = set("s3:putobject s3:putobjectacl s3:putobjectversionacl s3:putbucketacl s3:createbucket")

// aclKeys are the condition keys that hold the ACL of a request.
var aclKeys = [...]string{"s3:x-amz-acl", "s3:x-amz-grant-read", "s3:x-amz-grant-write", "s3:x-amz-grant-read-acp",
	"s3:x-amz-grant-write-acp", "s3:x-amz-grant-full-control"}

// PutsACL reports whether an action, in any case, puts an ACL, or can.
func PutsACL(action string) bool { return aclPuts[strings.ToLower(action)] }

// ACLGiven reports whether the request says which ACL it puts.
func (r *Check) ACLGiven() bool {
	for _, key := range aclKeys {
		if r.Context.Has(key) {
			return true
		}
	}
	return false
}

// putsACL is a request with an ACL for a bucket that has ACLs disabled. Giving
// the bucket's owner full control is what it comes to anyway.
//
// https://docs.aws.amazon.com/AmazonS3/latest/userguide/about-object-ownership.html
func putsACL(r *Check) bool {
	if r.Ownership != BucketOwnerEnforced || !aclPuts[r.action] || !r.ACLGiven() {
		return false
	}
	canned, _ := r.Context.Get("s3:x-amz-acl")
	return len(canned) != 1 || canned[0] != "bucket-owner-full-control" && (canned[0] != "private" || r.action != "s3:createbucket")
}

// publicCanned are the canned ACLs that are public.
//
// https://docs.aws.amazon.com/AmazonS3/latest/userguide/acl-overview.html#canned-acl
var publicCanned = set("public-read public-read-write authenticated-read")

func putsPublicACL(r *Check) bool {
	if r.BlockPublic&BlockPublicACLs == 0 || !aclPuts[r.action] {
		return false
	}
	if r.PutIsPublic {
		return true
	}
	for _, key := range aclKeys {
		values, _ := r.Context.Get(key)
		for _, v := range values {
			if publicCanned[v] || strings.Contains(v, "groups/global/AllUsers") || strings.Contains(v, "groups/global/AuthenticatedUsers") {
				return true
			}
		}
	}
	return false
}

// policyPuts are the actions that put a bucket policy or the policy of an
// access point, in lower case.
var policyPuts = set("s3:putbucketpolicy s3:putaccesspointpolicy")

// PutsPolicy reports whether an action, in any case, puts a policy that Block
// Public Access looks at.
func PutsPolicy(action string) bool { return policyPuts[strings.ToLower(action)] }

func putsPublicPolicy(r *Check) bool {
	return r.BlockPublic&BlockPublicPolicy != 0 && policyPuts[r.action] &&
		(r.PutIsPublic || r.Put != nil && r.Put.public(accessPoint(r.Resource)))
}

// unsignedAtKMS is a request to S3 without a signature, for an object under
// SSE-KMS. S3 takes only signed ones for these.
//
// https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingKMSEncryption.html
func unsignedAtKMS(r *Check) bool {
	return r.Principal.Kind == Anonymous && strings.HasPrefix(r.action, "kms:") && r.Context.Has("kms:ViaService")
}

// setByOrganization is a change of the account's own Block Public Access where
// an S3 policy of its organization sets it.
//
// https://docs.aws.amazon.com/AmazonS3/latest/API/API_control_PutPublicAccessBlock.html
func setByOrganization(r *Check) bool {
	a := r.world.Account(r.Principal.Account)
	return a != nil && a.ByOrganization && r.action == "s3:putaccountpublicaccessblock"
}
