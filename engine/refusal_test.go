package engine

import (
	"testing"

	"why403/engine/policy"
)

// A Requester Pays bucket is for those who say that they pay, and for its own
// account. AWS services are not asked.
//
// https://docs.aws.amazon.com/AmazonS3/latest/userguide/ObjectsinRequesterPaysBuckets.html
func TestRequesterPays(t *testing.T) {
	const guest = "arn:aws:iam::444455556666:user/eve"
	everyone := compiled(t, policy.Resource, `{"Effect": "Allow", "Principal": "*", "Action": "s3:*", "Resource": "*"}`)
	for _, c := range []struct {
		caller string
		payer  bool
		want   Refusal
	}{
		{guest, false, RefusedWithoutPayer}, {guest, true, NoRefusal}, {aUser, false, NoRefusal},
		{"anonymous", false, RefusedWithoutPayer}, {"anonymous", true, RefusedWithoutPayer}, {"cloudfront.amazonaws.com", false, NoRefusal},
	} {
		r := &Check{Principal: caller(t, c.caller), Action: "s3:GetObject", Resource: "arn:aws:s3:::b/k", ResourceAccount: "111122223333",
			Payer: c.payer, Settings: Settings{RequesterPays: true}}
		r.Prepare()
		d := Evaluate(&Scenario{Policies: []*Policy{everyone}}, r)
		if d.Refusal != c.want || c.want != NoRefusal && d.Outcome != ExplicitDeny {
			t.Errorf("%s, paying %v: refusal %d, %v", c.caller, c.payer, d.Refusal, d.Outcome)
		}
		r.RequesterPays = false
		r.Prepare()
		if r.refusal != NoRefusal {
			t.Errorf("%s is refused by a bucket whose owner pays", c.caller)
		}
	}
}

// A bucket with ACLs disabled takes no ACL but the one that says what is so
// anyway.
//
// https://docs.aws.amazon.com/AmazonS3/latest/userguide/about-object-ownership.html
func TestACLsDisabled(t *testing.T) {
	for _, c := range []struct {
		action, key, value string
		ownership          ObjectOwnership
		want               Refusal
	}{
		{"s3:PutObject", "s3:x-amz-acl", "private", BucketOwnerEnforced, RefusedACL},
		{"s3:PutObject", "s3:x-amz-acl", "bucket-owner-full-control", BucketOwnerEnforced, NoRefusal},
		{"s3:PutObject", "s3:x-amz-acl", "private", BucketOwnerPreferred, NoRefusal},
		{"s3:PutObject", "s3:x-amz-acl", "private", ObjectWriter, NoRefusal},
		{"s3:PutObject", "s3:x-amz-grant-full-control", "id=1", BucketOwnerEnforced, RefusedACL},
		{"s3:PutObject", "s3:x-amz-storage-class", "STANDARD", BucketOwnerEnforced, NoRefusal},
		{"s3:PutBucketAcl", "s3:x-amz-acl", "public-read", BucketOwnerEnforced, RefusedACL},
		{"s3:CreateBucket", "s3:x-amz-acl", "private", BucketOwnerEnforced, NoRefusal},
		{"s3:CreateBucket", "s3:x-amz-acl", "public-read", BucketOwnerEnforced, RefusedACL},
		{"s3:GetObject", "s3:x-amz-acl", "private", BucketOwnerEnforced, NoRefusal},
	} {
		r := &Check{Principal: caller(t, aUser), Action: c.action, Resource: "arn:aws:s3:::b/k", ResourceAccount: "111122223333",
			Settings: Settings{Ownership: c.ownership}}
		r.Context.Add(c.key, c.value)
		r.Prepare()
		if r.refusal != c.want {
			t.Errorf("%s with %s %s under %d: refusal %d, want %d", c.action, c.key, c.value, c.ownership, r.refusal, c.want)
		}
	}
}

// What stands in put.json is held against BlockPublicPolicy.
//
// https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html
func TestPutPolicy(t *testing.T) {
	public := compiled(t, policy.Resource, `{"Effect": "Allow", "Principal": "*", "Action": "s3:GetObject", "Resource": "*"}`)
	named := compiled(t, policy.Resource,
		`{"Effect": "Allow", "Principal": {"AWS": "444455556666"}, "Action": "s3:GetObject", "Resource": "*"}`)
	for _, c := range []struct {
		put   *Policy
		block BlockPublicAccess
		want  Refusal
	}{
		{public, BlockPublicPolicy, RefusedPolicy}, {named, BlockPublicPolicy, NoRefusal}, {nil, BlockPublicPolicy, NoRefusal},
		{public, RestrictPublicBuckets, NoRefusal},
	} {
		r := &Check{Principal: caller(t, aUser), Action: "s3:PutBucketPolicy", Resource: "arn:aws:s3:::b", ResourceAccount: "111122223333",
			Put: c.put, Settings: Settings{BlockPublic: c.block}}
		if r.Prepare(); r.refusal != c.want {
			t.Errorf("with %04b: refusal %d, want %d", c.block, r.refusal, c.want)
		}
	}
}

// The group LogDelivery of an ACL is one service.
//
// https://docs.aws.amazon.com/AmazonS3/latest/userguide/enable-server-access-logging.html
func TestLogDelivery(t *testing.T) {
	for service, want := range map[string]Outcome{"logging.s3.amazonaws.com": Allowed, "delivery.logs.amazonaws.com": ImplicitDeny,
		"anonymous": ImplicitDeny} {
		r := &Check{Principal: caller(t, service), Action: "s3:PutObject", Resource: "arn:aws:s3:::b/k", ResourceAccount: "111122223333",
			ACLs: []ACL{{Grantee: "LogDelivery", Permission: "WRITE"}}, Settings: Settings{Ownership: ObjectWriter}}
		if r.Prepare(); Decide(r).Outcome != want {
			t.Errorf("%s: %v, want %v", service, Decide(r).Outcome, want)
		}
	}
}

// Nobody reads what a KMS key encrypts without a signature, though the key's
// policy names everyone.
//
// https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingKMSEncryption.html
func TestUnsignedAtKMS(t *testing.T) {
	everyone := compiled(t, policy.Key, `{"Effect": "Allow", "Principal": "*", "Action": "kms:*", "Resource": "*"}`)
	for who, want := range map[string]Refusal{"anonymous": RefusedUnsigned, aUser: NoRefusal, "s3.amazonaws.com": NoRefusal} {
		r := &Check{Principal: caller(t, who), Action: "kms:Decrypt", Resource: "arn:aws:kms:us-east-1:111122223333:key/k"}
		r.Context.Set("kms:ViaService", "s3.us-east-1.amazonaws.com")
		r.Prepare()
		d := Evaluate(&Scenario{Policies: []*Policy{everyone}}, r)
		if d.Refusal != want || (d.Outcome == Allowed) != (want == NoRefusal) {
			t.Errorf("%s: refusal %d, %v", who, d.Refusal, d.Outcome)
		}
	}
}
