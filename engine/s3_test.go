package engine

import (
	"testing"

	"why403/engine/policy"
)

// Which bucket policies are public: fixed principals, or a condition that holds
// the statement to fixed values, make a statement non-public.
//
// https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html#access-control-block-public-access-policy-status
func TestPublicPolicy(t *testing.T) {
	const everyone = `"Principal": "*"`
	on := func(operator, key, values string) string {
		return everyone + `, "Condition": {"` + operator + `": {"` + key + `": ` + values + `}}`
	}
	for _, c := range []struct {
		statement string // without Effect, Action and Resource
		public    bool
	}{
		// Principals.
		{everyone, true}, {`"Principal": {"AWS": "*"}`, true}, {`"Principal": {"AWS": ["111122223333", "*"]}`, true},
		{`"Principal": {"AWS": "111122223333"}`, false}, {`"Principal": {"AWS": "` + aRole + `"}`, false},
		{`"Principal": {"Service": "cloudfront.amazonaws.com"}`, false},
		{`"Principal": {"Federated": "cognito-identity.amazonaws.com"}`, true},
		{`"NotPrincipal": {"AWS": "111122223333"}`, true},

		// Addresses: /8 of IPv4 and /32 of IPv6 are the broadest.
		{on("IpAddress", "aws:SourceIp", `"203.0.113.0/24"`), false}, {on("IpAddress", "aws:SourceIp", `"203.0.113.7"`), false},
		{on("IpAddress", "aws:SourceIp", `"11.0.0.0/8"`), false}, {on("IpAddress", "aws:SourceIp", `"10.0.0.0/7"`), true},
		{on("IpAddress", "aws:SourceIp", `"0.0.0.0/0"`), true}, {on("IpAddress", "aws:SourceIp", `["203.0.113.0/24", "0.0.0.0/1"]`), true},
		{on("IpAddress", "aws:SourceIp", `"2001:db8::/32"`), false}, {on("IpAddress", "aws:SourceIp", `"2001:db8::/31"`), true},
		{on("IpAddress", "aws:SourceIp", `"2001:d00::/24"`), true},
		{on("IpAddress", "aws:SourceIp", `"everywhere"`), true},
		{on("NotIpAddress", "aws:SourceIp", `"203.0.113.0/24"`), true},

		// Other keys with fixed values, without wildcards and variables.
		{on("StringEquals", "aws:SourceVpce", `"vpce-1a2b3c4d"`), false}, {on("stringequals", "AWS:SOURCEVPC", `"vpc-1"`), false},
		{on("StringLike", "aws:SourceVpce", `"vpce-*"`), true}, {on("StringEquals", "aws:SourceAccount", `"${aws:PrincipalAccount}"`), true},
		{on("StringEquals", "aws:PrincipalOrgID", `"o-1a2b3c"`), false}, {on("ArnLike", "aws:SourceArn", `"arn:aws:sns:*:*:*"`), true},
		{on("ArnEquals", "aws:SourceArn", `"arn:aws:sns:us-east-1:111122223333:t"`), false},
		{on("StringLike", "aws:userid", `"AROAIOSFODNN7EXAMPLE:*"`), true}, {on("StringEquals", "aws:userid", `"AIDAIOSFODNN7EXAMPLE"`), false},
		{on("StringEquals", "s3:x-amz-server-side-encryption-aws-kms-key-id", `"`+aKey+`"`), false},
		{on("StringEquals", "s3:DataAccessPointAccount", `"111122223333"`), false},
		{on("ArnLike", "s3:DataAccessPointArn", `"arn:aws:s3:us-east-1:111122223333:accesspoint/*"`), false},
		{on("ArnLike", "s3:DataAccessPointArn", `"arn:aws:s3:us-east-1:*:accesspoint/*"`), true},

		// Organization paths and services, under the operators for several values.
		{on("ForAnyValue:StringEquals", "aws:PrincipalOrgPaths", `"o-1a2b3c/r-ab12/ou-ab12-11111111/"`), false},
		{on("ForAnyValue:StringLike", "aws:PrincipalOrgPaths", `"o-*/*"`), true},
		{on("ForAllValues:StringEquals", "aws:PrincipalOrgPaths", `"o-1a2b3c/r-ab12/"`), true}, // met without the key
		{on("Bool", "aws:PrincipalIsAWSService", `"true"`), false}, {on("Bool", "aws:PrincipalIsAWSService", `"false"`), true},
		{on("BoolIfExists", "aws:PrincipalIsAWSService", `"true"`), true},
		{on("StringEquals", "aws:PrincipalServiceName", `"sns.amazonaws.com"`), false},
		{on("ForAnyValue:StringEquals", "aws:PrincipalServiceNamesList", `["sns.amazonaws.com"]`), false},
		{on("StringEquals", "aws:SourceOrgID", `"o-1a2b3c"`), false}, {on("StringEquals", "aws:SourceOrgID", `"o-*"`), true},
		{on("IpAddress", "aws:SourceIp", `["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16"]`), false}, // RFC 1918

		// What fixes nothing.
		{on("StringEquals", "aws:UserAgent", `"browser"`), true}, {on("Bool", "aws:SecureTransport", `"true"`), true},
		{on("StringNotEquals", "aws:SourceVpce", `"vpce-1"`), true}, {on("StringEqualsIfExists", "aws:SourceVpce", `"vpce-1"`), true},
		{on("StringEquals", "aws:SourceVpce", `[]`), true},
		{everyone + `, "Condition": {"Bool": {"aws:SecureTransport": "true"}, "StringEquals": {"aws:SourceVpc": "vpc-1"}}`, false},
	} {
		d, _ := policy.Parse("resource.json", policy.Resource,
			`{"Version": "2012-10-17", "Statement": {"Effect": "Allow", `+c.statement+`, "Action": "s3:*", "Resource": "*"}}`)
		if len(d.Statements) != 1 {
			t.Fatalf("%s was not read", c.statement)
		}
		if p := NewPolicy(d, 0); p.public(false) != c.public {
			t.Errorf("public is %v: %s", !c.public, c.statement)
		}
	}
	allow := `{"Effect": "Allow", "Principal": {"AWS": "111122223333"}, "Action": "s3:*", "Resource": "*"}`
	if p := compiled(t, policy.Resource, allow, `{"Effect": "Deny", "Principal": "*", "Action": "s3:*", "Resource": "*"}`); p.public(false) {
		t.Error("a Deny makes a policy public")
	}
	if p := compiled(t, policy.Resource, allow,
		`{"Effect": "Allow", "Principal": "*", "Action": "s3:List*", "Resource": "*"}`); !p.public(false) {
		t.Error("one public statement does not make a policy public")
	}
}

// Whom RestrictPublicBuckets cuts off, while the bucket policy is public.
//
// https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html
func TestRestrictPublicBuckets(t *testing.T) {
	public := compiled(t, policy.Resource, `{"Effect": "Allow", "Principal": "*", "Action": "s3:*", "Resource": "*"}`)
	closed := compiled(t, policy.Resource, `{"Effect": "Allow", "Principal": {"AWS": "444455556666"}, "Action": "s3:*", "Resource": "*"}`)
	listed := compiled(t, policy.Resource, `{"Effect": "Allow", "Principal": {"AWS": "444455556666"}, "Action": "s3:*", "Resource": "*"}`,
		`{"Effect": "Allow", "Principal": "*", "Action": "s3:*", "Resource": "*", "Condition": {"Bool": {"aws:PrincipalIsAWSService": "true"}}}`)
	may := compiled(t, policy.Identity, `{"Effect": "Allow", "Action": "s3:*", "Resource": "*"}`)
	for _, c := range []struct {
		caller string
		policy *Policy
		block  BlockPublicAccess
		want   Outcome
	}{
		{aUser, public, RestrictPublicBuckets, Allowed},
		{aService, public, RestrictPublicBuckets, Allowed},
		{"anonymous", public, RestrictPublicBuckets, ExplicitDeny},
		{"arn:aws:iam::444455556666:user/eve", public, RestrictPublicBuckets, ExplicitDeny},
		{"arn:aws:iam::444455556666:user/eve", closed, RestrictPublicBuckets, Allowed},
		{"arn:aws:iam::444455556666:user/eve", public, BlockPublicACLs | BlockPublicPolicy | IgnorePublicACLs, Allowed},
		{"anonymous", public, 0, Allowed},
		{"arn:aws:iam::444455556666:user/eve", listed, RestrictPublicBuckets, Allowed},
	} {
		r := &Check{Principal: caller(t, c.caller), Action: "s3:GetObject", Resource: "arn:aws:s3:::b/k", ResourceAccount: "111122223333",
			Settings: Settings{BlockPublic: c.block}}
		r.Prepare()
		d := Evaluate(&Scenario{Policies: []*Policy{c.policy, may}}, r)
		if d.Outcome != c.want || c.want == ExplicitDeny && (d.DeniedBy != policy.Resource || !d.PublicBlock) {
			t.Errorf("%s with %04b: %v by type %d, want %v", c.caller, c.block, d.Outcome, d.DeniedBy, c.want)
		}
	}
}

// Which actions each ACL permission grants.
//
// https://docs.aws.amazon.com/AmazonS3/latest/userguide/acl-overview.html#permissions
func TestACLActions(t *testing.T) {
	for _, c := range []struct {
		object             bool
		permission, action string
		want               bool
	}{
		{false, "READ", "s3:listbucket", true}, {false, "READ", "s3:getobject", false}, {false, "WRITE", "s3:putobject", true},
		{false, "READ_ACP", "s3:getbucketacl", true}, {false, "WRITE_ACP", "s3:putbucketacl", true},
		{false, "WRITE_ACP", "s3:putobjectacl", false},
		{false, "FULL_CONTROL", "s3:putobject", true}, {false, "FULL_CONTROL", "s3:getobject", false},
		{false, "FULL_CONTROL", "s3:deletebucket", false},
		{true, "READ", "s3:getobject", true}, {true, "READ", "s3:getobjectversion", true}, {true, "READ", "s3:listbucket", false},
		{true, "WRITE", "s3:putobject", false}, {true, "READ_ACP", "s3:getobjectacl", true}, {true, "WRITE_ACP", "s3:putobjectacl", true},
		{true, "FULL_CONTROL", "s3:putobjectversionacl", true}, {true, "FULL_CONTROL", "s3:deleteobject", false},
		{true, "read", "s3:getobject", false},
	} {
		if a := (ACL{Object: c.object, Permission: c.permission}); a.grants(c.action) != c.want {
			t.Errorf("object %v: %s grants %s: %v", c.object, c.permission, c.action, !c.want)
		}
	}
}

// The root user of the bucket's account always reaches the bucket policy.
//
// https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteBucketPolicy.html
func TestRepairBucketPolicy(t *testing.T) {
	nobody := compiled(t, policy.Resource, `{"Effect": "Deny", "Principal": "*", "Action": "s3:*", "Resource": "*"}`)
	for _, c := range []struct {
		caller, action, account string
		want                    Outcome
	}{
		{aRoot, "s3:DeleteBucketPolicy", "111122223333", Allowed},
		{aRoot, "s3:GetBucketPolicy", "111122223333", Allowed},
		{aRoot, "s3:PutBucketPolicy", "111122223333", Allowed},
		{aRoot, "s3:DeleteBucket", "111122223333", ExplicitDeny},
		{aRoot, "s3:DeleteBucketPolicy", "444455556666", ExplicitDeny},
		{aUser, "s3:DeleteBucketPolicy", "111122223333", ExplicitDeny},
	} {
		r := &Check{Principal: caller(t, c.caller), Action: c.action, Resource: "arn:aws:s3:::b", ResourceAccount: c.account}
		r.Prepare()
		if d := Evaluate(&Scenario{Policies: []*Policy{nobody}}, r); d.Outcome != c.want {
			t.Errorf("%s as %s: %v", c.action, c.caller, d.Outcome)
		}
	}
}

// A bucket policy can't open an object that another account owns, and can still
// deny it.
func TestForeignObjectIsDenied(t *testing.T) {
	for effect, want := range map[string]Outcome{"Deny": ExplicitDeny, "Allow": ImplicitDeny} {
		w := World{Entities: []Entity{{ARN: aBucket, Account: "111122223333",
			Settings: Settings{ObjectOwner: "444455556666", Ownership: ObjectWriter},
			Policies: []*Policy{compiled(t, policy.Resource, `{"Effect": "`+effect+`", "Principal": "*", "Action": "*", "Resource": "*"}`)}}}}
		c, err := Compile(&w)
		if err != nil {
			t.Fatal(err)
		}
		d, err := c.Decide(Request{Principal: aUser, Action: "s3:GetObject", Resource: anObject})
		if err != nil || d.Outcome != want || d.DeniedBy != policy.Resource {
			t.Errorf("%s: %v by %d, %v", effect, d.Outcome, d.DeniedBy, err)
		}
	}
}

// IgnorePublicAcls passes over the entries for everyone, and no others.
//
// https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html
func TestIgnorePublicACLs(t *testing.T) {
	may := compiled(t, policy.Identity, allowAll)
	for grantee, want := range map[string]Outcome{"444455556666": Allowed, "AllUsers": ImplicitDeny, "AuthenticatedUsers": ImplicitDeny} {
		w := World{Entities: []Entity{{ARN: userAway, Policies: []*Policy{may}}, {ARN: aBucket, Account: "111122223333",
			Settings: Settings{BlockPublic: IgnorePublicACLs, Ownership: ObjectWriter}, ACLs: []ACL{{Grantee: grantee, Permission: "READ"}}}}}
		c, err := Compile(&w)
		if err != nil {
			t.Fatal(err)
		}
		d, err := c.Decide(Request{Principal: userAway, Action: "s3:ListBucket", Resource: aBucket})
		if err != nil || d.Outcome != want {
			t.Errorf("%s: %v, %v, want %v", grantee, d.Outcome, err, want)
		}
	}
}

// An object that another account owns is guarded by that account: the bucket
// policy lets nobody in, the object's ACL and the owner's IAM policies do.
//
// https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-auth-workflow-object-operation.html
func TestForeignObject(t *testing.T) {
	const owner = "444455556666"
	for _, c := range []struct {
		caller, action, resource string
		ownership                ObjectOwnership
		foreign                  bool
	}{
		{aUser, "s3:GetObject", "arn:aws:s3:::b/k", ObjectWriter, true},
		{aUser, "s3:GetObject", "arn:aws:s3:::b/k", BucketOwnerPreferred, true},
		{aUser, "s3:GetObject", "arn:aws:s3:::b/k", BucketOwnerEnforced, false},
		{aUser, "s3:ListBucket", "arn:aws:s3:::b", ObjectWriter, false},
		{aUser, "s3:DeleteObject", "arn:aws:s3:::b/k", ObjectWriter, false}, // the bucket's owner can always delete
		{"arn:aws:iam::777788889999:user/eve", "s3:DeleteObject", "arn:aws:s3:::b/k", ObjectWriter, true},
		{aUser, "sqs:SendMessage", "arn:aws:sqs:us-east-1:111122223333:a/b", ObjectWriter, false},
	} {
		r := &Check{Principal: caller(t, c.caller), Action: c.action, Resource: c.resource, ResourceAccount: "111122223333",
			Settings: Settings{ObjectOwner: owner, Ownership: c.ownership}}
		r.Prepare()
		if r.ForeignObject() != c.foreign {
			t.Errorf("%s of %s by %s, ownership %d: foreign is %v", c.action, c.resource, c.caller, c.ownership, !c.foreign)
		}
	}
}

// An access point has an owner of its own, and its policy is judged otherwise:
// never public where only a VPC reaches it, and not held by its own ARN.
func TestPublicAccessPoint(t *testing.T) {
	const eve, through = "arn:aws:iam::444455556666:user/eve", "arn:aws:s3:us-east-1:777788889999:accesspoint/ap/object/k"
	everyone := compiled(t, policy.Resource, `{"Effect": "Allow", "Principal": "*", "Action": "s3:*", "Resource": "*"}`)
	byARN := compiled(t, policy.Resource, `{"Effect": "Allow", "Principal": "*", "Action": "s3:*", "Resource": "*",
		"Condition": {"ArnLike": {"s3:DataAccessPointArn": "arn:aws:s3:us-east-1:777788889999:accesspoint/*"}}}`)
	for _, c := range []struct {
		caller, resource string
		policy           *Policy
		context          []string
		want             bool
	}{
		{eve, through, everyone, nil, true},
		{"arn:aws:iam::777788889999:user/owner", through, everyone, nil, false},
		{eve, through, everyone, []string{"s3:AccessPointNetworkOrigin", "VPC"}, false},
		{eve, through, everyone, []string{"s3:AccessPointNetworkOrigin", "Internet"}, true},
		{eve, through, byARN, nil, true},
		{eve, "arn:aws:s3:::b/k", byARN, nil, false},
		{eve, "arn:aws:s3:::b/k", everyone, []string{"s3:DataAccessPointAccount", "444455556666"}, false},
		{eve, "arn:aws:s3:::b/k", everyone, []string{"s3:DataAccessPointAccount", "777788889999"}, true},
	} {
		r := &Check{Principal: caller(t, c.caller), Action: "s3:GetObject", Resource: c.resource, ResourceAccount: "111122223333",
			Settings: Settings{BlockPublic: RestrictPublicBuckets}}
		for i := 0; i < len(c.context); i += 2 {
			r.Context.Add(c.context[i], c.context[i+1])
		}
		r.Prepare()
		if got := Evaluate(&Scenario{Policies: []*Policy{c.policy}}, r).PublicBlock; got != c.want {
			t.Errorf("%s on %s with %q is cut off: %v", c.caller, c.resource, c.context, got)
		}
	}
}

// What is put and is public is refused by its setting, and by no other.
//
// https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html
func TestBlockedPut(t *testing.T) {
	may := compiled(t, policy.Identity, `{"Effect": "Allow", "Action": "s3:*", "Resource": "*"}`)
	for _, c := range []struct {
		action     string
		block      BlockPublicAccess
		public     bool
		key, value string
		want       Refusal
	}{
		{"s3:PutBucketPolicy", BlockPublicPolicy, true, "", "", RefusedPolicy},
		{"s3:PutBucketPolicy", BlockPublicPolicy, false, "", "", 0},
		{"s3:PutBucketPolicy", BlockPublicACLs, true, "", "", 0},
		{"s3:PutBucketAcl", BlockPublicACLs | BlockPublicPolicy, true, "", "", RefusedPublicACL},
		{"s3:PutObject", BlockPublicACLs, false, "s3:x-amz-acl", "public-read", RefusedPublicACL},
		{"s3:PutObject", BlockPublicACLs, false, "s3:x-amz-acl", "bucket-owner-full-control", 0},
		{"s3:PutObjectAcl", BlockPublicACLs, false, "s3:x-amz-grant-read", `uri="http://acs.amazonaws.com/groups/global/AllUsers"`,
			RefusedPublicACL},
		{"s3:PutObjectAcl", BlockPublicACLs, false, "s3:x-amz-grant-read", `id="79a59df900b949e5"`, 0},
		{"s3:PutObject", BlockPublicPolicy, false, "s3:x-amz-acl", "public-read", 0},
		{"s3:GetObject", BlockPublicACLs, true, "s3:x-amz-acl", "public-read", 0},
	} {
		r := &Check{Principal: caller(t, aUser), Action: c.action, Resource: "arn:aws:s3:::b/k", ResourceAccount: "111122223333",
			Settings: Settings{BlockPublic: c.block, PutIsPublic: c.public, Ownership: ObjectWriter}}
		if c.key != "" {
			r.Context.Add(c.key, c.value)
		}
		r.Prepare()
		d := Evaluate(&Scenario{Policies: []*Policy{may}}, r)
		if d.Refusal != c.want || (d.Outcome == Allowed) != (c.want == 0) || c.want != 0 && d.DeniedBy != policy.Resource {
			t.Errorf("%s with %04b, %s %s: refusal %d, %v", c.action, c.block, c.key, c.value, d.Refusal, d.Outcome)
		}
	}
}
