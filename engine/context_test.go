package engine

import (
	"slices"
	"strings"
	"testing"
)

// context gives the keys of a request as sorted lines.
func context(r *Check) []string {
	var lines []string
	r.Context.Each(func(key string, values []string) {
		lines = append(lines, key+"="+strings.Join(values, "|"))
	})
	slices.Sort(lines)
	return lines
}

// Which keys follow from who asks for what. A key that is not listed is absent.
//
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html#principaltable
func TestDerivedKeys(t *testing.T) {
	const queue = "arn:aws:sqs:us-east-1:444455556666:q"
	signed := []string{"aws:PrincipalAccount=111122223333", "aws:PrincipalIsAWSService=false", "aws:ViaAWSService=false"}
	for _, c := range []struct {
		caller string
		want   []string // besides what every request has
	}{
		{aUser, append(signed[:3:3], "aws:PrincipalType=User", "aws:username=bob", "aws:PrincipalArn="+aUser)},
		{aSession, append(signed[:3:3], "aws:PrincipalType=AssumedRole", "aws:PrincipalArn="+aRole)},
		{aPathed, append(signed[:3:3], "aws:PrincipalType=AssumedRole", "aws:PrincipalArn="+aPathed)},
		{aFed, append(signed[:3:3], "aws:PrincipalType=FederatedUser", "aws:userid=111122223333:ann", "aws:PrincipalArn="+aFed)},
		{aRoot, append(signed[:3:3], "aws:PrincipalType=Account", "aws:userid=111122223333", "aws:PrincipalArn="+aRoot)},
		{aService, []string{"aws:PrincipalIsAWSService=true", "aws:PrincipalServiceName=sns.amazonaws.com", "aws:ViaAWSService=false"}},
		{"anonymous", []string{"aws:PrincipalType=Anonymous", "aws:PrincipalAccount=anonymous", "aws:userid=anonymous",
			"aws:ViaAWSService=false"}},
	} {
		want := append([]string{"aws:SecureTransport=true", "aws:ResourceAccount=444455556666", "aws:RequestedRegion=us-east-1"}, c.want...)
		slices.Sort(want)
		if got := context(asked(t, c.caller, "sqs:SendMessage", queue)); !slices.Equal(got, want) {
			t.Errorf("%s:\ngot  %q\nwant %q", c.caller, got, want)
		}
	}
}

// The Region is in the ARN; a global service has one for all.
//
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-requestedregion
func TestRequestedRegion(t *testing.T) {
	for _, c := range []struct{ principal, action, resource, want string }{
		{aUser, "sqs:SendMessage", "arn:aws:sqs:eu-west-1:111122223333:q", "eu-west-1"},
		{aUser, "iam:GetRole", aRole, "us-east-1"},
		{"arn:aws-cn:iam::111122223333:user/bob", "iam:GetRole", "arn:aws-cn:iam::111122223333:role/r", "cn-north-1"},
		{"arn:aws-us-gov:iam::111122223333:user/bob", "iam:ListRoles", "*", "us-gov-west-1"},
		{aUser, "s3:GetObject", "arn:aws:s3:::b/k", ""},
		{aUser, "ec2:DescribeInstances", "*", ""},
	} {
		r := asked(t, c.principal, c.action, c.resource)
		if got, _ := r.Context.Get("aws:RequestedRegion"); strings.Join(got, " ") != c.want {
			t.Errorf("%s on %s: %q, want %q", c.action, c.resource, got, c.want)
		}
	}
}

// A service that calls for somebody says so.
//
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-viaawsservice
func TestViaAWSService(t *testing.T) {
	for _, c := range []struct{ key, value, want string }{
		{"kms:ViaService", "s3.us-east-1.amazonaws.com", "true"}, {"aws:CalledVia", "athena.amazonaws.com", "true"},
		{"aws:CalledViaFirst", "athena.amazonaws.com", "true"}, {"aws:CalledViaLast", "athena.amazonaws.com", "true"},
		{"aws:SourceIp", "203.0.113.7", "false"},
	} {
		r := asked(t, aUser, "kms:Decrypt", aKey, c.key, c.value)
		if got, _ := r.Context.Get("aws:ViaAWSService"); strings.Join(got, " ") != c.want {
			t.Errorf("with %s: %q", c.key, got)
		}
	}
}

// What the reader gave wins, in any spelling of the key.
func TestGivenKeysWin(t *testing.T) {
	r := asked(t, aUser, "kms:Decrypt", aKey,
		"aws:principaltype", "AssumedRole", "AWS:USERNAME", "alice", "aws:SecureTransport", "false", "aws:ViaAWSService", "true",
		"kms:CallerAccount", "444455556666", "kms:encryptioncontext:app", "a", "kms:EncryptionContextKeys", "other")
	for key, want := range map[string]string{
		"aws:PrincipalType": "AssumedRole", "aws:username": "alice", "aws:SecureTransport": "false", "aws:ViaAWSService": "true",
		"kms:CallerAccount": "444455556666", "kms:EncryptionContextKeys": "other", "aws:PrincipalArn": aUser,
	} {
		if got, _ := r.Context.Get(key); len(got) != 1 || got[0] != want {
			t.Errorf("%s is %q, want %q", key, got, want)
		}
	}
}

// https://docs.aws.amazon.com/kms/latest/developerguide/conditions-kms.html
func TestDerivedKeyKeys(t *testing.T) {
	r := asked(t, aUser, "kms:Decrypt", aKey, "kms:EncryptionContext:App", "a", "KMS:ENCRYPTIONCONTEXT:team", "b")
	if got, _ := r.Context.Get("kms:EncryptionContextKeys"); !slices.Equal(got, []string{"App", "team"}) {
		t.Errorf("kms:EncryptionContextKeys is %q", got)
	}
	if got, _ := r.Context.Get("kms:CallerAccount"); !slices.Equal(got, []string{"111122223333"}) {
		t.Errorf("kms:CallerAccount is %q", got)
	}
	for _, other := range []*Check{
		asked(t, aUser, "kms:Decrypt", aKey),
		asked(t, aUser, "s3:GetObject", "arn:aws:s3:::b/k", "kms:EncryptionContext:App", "a"),
	} {
		if other.Context.Has("kms:EncryptionContextKeys") {
			t.Errorf("%s: kms:EncryptionContextKeys is there", other.Action)
		}
	}
	if asked(t, aService, "kms:Decrypt", aKey).Context.Has("kms:CallerAccount") {
		t.Error("a service has no account")
	}
}

// The account of the resource: in its ARN, or as given. Who is in no account,
// or asks for no resource, crosses none.
func TestAccounts(t *testing.T) {
	for _, c := range []struct {
		caller, resource, given, account string
		cross                            bool
	}{
		{aUser, "arn:aws:sqs:us-east-1:111122223333:q", "", "111122223333", false},
		{aUser, "arn:aws:sqs:us-east-1:444455556666:q", "", "444455556666", true},
		{aUser, "arn:aws:sqs:us-east-1:444455556666:q", "111122223333", "111122223333", false},
		{aUser, "arn:aws:s3:::b/k", "", "", false},
		{aUser, "arn:aws:s3:::b/k", "444455556666", "444455556666", true},
		{aUser, "arn:aws:iam::aws:policy/ReadOnlyAccess", "", "", false},
		{aUser, "*", "", "", false},
		{aService, "arn:aws:sqs:us-east-1:444455556666:q", "", "444455556666", false},
		{"anonymous", "arn:aws:sqs:us-east-1:444455556666:q", "", "444455556666", false},
	} {
		r := &Check{Principal: caller(t, c.caller), Action: "x:Y", Resource: c.resource, ResourceAccount: c.given}
		r.Prepare()
		if r.ResourceAccount != c.account || r.CrossAccount() != c.cross {
			t.Errorf("%s on %s: account %q, across %v", c.caller, c.resource, r.ResourceAccount, r.CrossAccount())
		}
		if r.Context.Has("aws:ResourceAccount") != (c.account != "") {
			t.Errorf("%s on %s: aws:ResourceAccount", c.caller, c.resource)
		}
	}
}
