package engine_test

import (
	"fmt"
	"os"
	"strings"
	"sync"
	"testing"

	"why403/engine"
	"why403/engine/policy"
)

// Words that random scenarios are made of: few, so that they often meet.
var (
	randomCallers = []string{
		"arn:aws:iam::111122223333:user/bob", "arn:aws:sts::111122223333:assumed-role/app/one", "arn:aws:sts::111122223333:federated-user/ann",
		"arn:aws:iam::444455556666:user/bob", "arn:aws:sts::444455556666:assumed-role/app/one",
		"arn:aws:iam::111122223333:root", "arn:aws:iam::444455556666:root", "sns.amazonaws.com", "anonymous",
		"arn:aws:iam::cloudfront:user/CloudFront Origin Access Identity E1",
		"arn:aws:iam::111122223333:role/app", "arn:aws:sts::111122223333:assumed-role/AWSServiceRoleForX/one",
		"arn:aws:sts::444455556666:federated-user/ann",
	}
	randomRequests = []struct{ action, resource string }{
		{"s3:GetObject", "arn:aws:s3:::bucket/bob/key"}, {"s3:ListBucket", "arn:aws:s3:::bucket"},
		{"s3:DeleteBucketPolicy", "arn:aws:s3:::bucket"},
		{"sqs:SendMessage", "arn:aws:sqs:us-east-1:111122223333:bob"},
		{"kms:Decrypt", "arn:aws:kms:us-east-1:111122223333:key/bob"}, {"kms:CreateGrant", "arn:aws:kms:us-east-1:111122223333:key/bob"},
		{"kms:RetireGrant", "arn:aws:kms:us-east-1:111122223333:key/bob"}, {"kms:ListKeys", "*"},
		{"sts:AssumeRole", "arn:aws:iam::111122223333:role/bob"}, {"sts:GetCallerIdentity", "*"},
		{"vpc-lattice-svcs:Invoke", "arn:aws:vpc-lattice:us-east-1:111122223333:service/bob"},
		{"ses:SendEmail", "arn:aws:ses:us-east-1:111122223333:identity/bob"},
		{"elasticfilesystem:ClientMount", "arn:aws:elasticfilesystem:us-east-1:111122223333:file-system/bob"},
		{"iam:PassRole", "arn:aws:iam::111122223333:role/bob"},
		{"sts:AssumeRoot", "arn:aws:iam::444455556666:root"}, {"organizations:ListAccounts", "*"}, {"cognito-identity:GetId", "*"},
	}
	randomPrincipals = []string{
		`"Principal": "*"`, `"Principal": "*"`, `"Principal": {"AWS": "*"}`, `"Principal": {"AWS": "111122223333"}`,
		`"Principal": {"AWS": "arn:aws:iam::444455556666:root"}`,
		`"Principal": {"AWS": ["arn:aws:iam::111122223333:user/bob", "arn:aws:iam::444455556666:role/app"]}`,
		`"Principal": {"AWS": "arn:aws:sts::111122223333:assumed-role/app/one"}`, `"Principal": {"AWS": "arn:aws:iam::111122223333:role/app"}`,
		`"Principal": {"AWS": "arn:aws:sts::111122223333:federated-user/ann"}`, `"Principal": {"AWS": "arn:aws:iam::111122223333:user/ann"}`,
		`"Principal": {"Service": "sns.amazonaws.com"}`, `"Principal": {"Federated": "arn:aws:iam::111122223333:oidc-provider/idp.example.com"}`,
		`"Principal": {"AWS": "arn:aws:iam::111122223333:role/some/path/app"}`,
		`"Principal": {"AWS": ["AROAIOSFODNN7EXAMPLE", "AIDAIOSFODNN7EXAMPLE"]}`,
		`"NotPrincipal": {"AWS": "arn:aws:iam::111122223333:user/bob"}`,
		`"NotPrincipal": {"AWS": ["444455556666", "arn:aws:sts::111122223333:assumed-role/app/one"]}`,
	}
	randomActions = []string{
		`"Action": "*"`, `"Action": "*"`, `"Action": "*"`, `"Action": ["s3:Get*", "kms:Decrypt", "sts:Assume*"]`, `"Action": "?ms:*t*"`,
		`"Action": "sqs:SendMessage"`, `"NotAction": "s3:*"`, `"NotAction": ["iam:*", "kms:Decrypt"]`,
	}
	randomResources = []string{
		`"Resource": "*"`, `"Resource": "*"`, `"Resource": "*"`, `"Resource": "arn:aws:*:*:*:*bob*"`,
		`"Resource": "arn:aws:s3:::bucket/${aws:username}/*"`,
		`"Resource": ["arn:aws:s3:::bucket", "arn:aws:kms:us-east-1:111122223333:key/*"]`,
		`"Resource": "arn:aws:sqs:us-east-1:111122223333:${aws:username, 'bob'}"`,
		`"NotResource": "arn:aws:s3:::*"`, `"NotResource": "arn:aws:s3:::${aws:username}/*"`,
	}
	randomConditions = []string{
		`{}`, `{}`, `{}`, `{}`, `{"StringEquals": {"aws:username": "bob"}}`, `{"StringNotEquals": {"aws:username": "bob"}}`,
		`{"ArnLike": {"aws:PrincipalArn": "arn:aws:iam::*:role/${aws:PrincipalTag/team}"}}`, `{"Bool": {"aws:SecureTransport": "false"}}`,
		`{"StringEquals": {"aws:PrincipalAccount": "${aws:ResourceAccount}"}}`, `{"Null": {"aws:PrincipalTag/team": "true"}}`,
		`{"ForAllValues:StringEquals": {"aws:TagKeys": ["a", "b"]}}`, `{"ForAnyValue:StringLike": {"aws:TagKeys": "a*"}}`,
		`{"IpAddress": {"aws:SourceIp": "203.0.113.0/24"}, "NumericLessThan": {"s3:max-keys": "10"}}`,
		`{"NotIpAddress": {"aws:SourceIp": "203.0.113.0/24"}}`,
		`{"StringEquals": {"aws:ResourceTag/team": "${aws:PrincipalTag/team}"}}`,
		`{"StringEquals": {"kms:EncryptionContext:app": "a"}}`, `{"DateLessThan": {"aws:CurrentTime": "2030-01-01T00:00:00Z"}}`,
		`{"NoSuchOperator": {"aws:username": "bob"}}`,
	}
	randomContext = []struct{ key, value string }{
		{"aws:PrincipalTag/team", "app"}, {"aws:TagKeys", "a"}, {"aws:TagKeys", "c"}, {"aws:SourceIp", "203.0.113.7"}, {"aws:username", "alice"},
		{"kms:EncryptionContext:app", "a"}, {"kms:EncryptionContext:team", "b"}, {"s3:max-keys", "5"},
		{"aws:CurrentTime", "2026-01-01T00:00:00Z"},
		{"kms:GrantOperations", "Decrypt"}, {"kms:GrantOperations", "CreateGrant"}, {"kms:GrantConstraintType", "EncryptionContextEquals"},
		{"kms:GrantConstraintType", "EncryptionContextSubset"}, {"aws:SourceIp", "not an address"},
		{"aws:SourceArn", "arn:aws:sns:us-east-1:111122223333:t"},
		{"s3:x-amz-acl", "public-read"}, {"s3:x-amz-acl", "private"},
		{"aws:userid", "AROAIOSFODNN7EXAMPLE:one"}, {"aws:userid", "AIDAIOSFODNN7EXAMPLE"},
	}
)

// serviceRequests are the requests of testdata/services.txt: some for each row
// of the services table.
var serviceRequests = sync.OnceValue(func() (out []struct{ action, resource string }) {
	text, err := os.ReadFile("testdata/services.txt")
	if err != nil {
		panic(err)
	}
	for line := range strings.Lines(string(text)) {
		words := strings.Fields(line)
		if len(words) < 4 || words[0] == "#" || words[0] == "update" { // stack policies have a grammar of their own
			continue
		}
		for action := range strings.SplitSeq(words[1], ",") {
			out = append(out, struct{ action, resource string }{words[0] + ":" + action, words[2]})
		}
	}
	return out
})

func pick[T any](c chooser, from []T) T { return from[c.IntN(len(from))] }

// randomScenario is one request with a few policies around it.
func randomScenario(t testing.TB, c chooser) *engine.Scenario {
	t.Helper()
	s := &engine.Scenario{Requests: []engine.Check{randomRequest(t, c)}}
	kinds := []policy.Type{policy.Identity, policy.Boundary, policy.Session, policy.ScopeDown, s.Requests[0].ResourceType(), policy.SCP,
		policy.RCP, policy.Endpoint}
	for _, kind := range kinds {
		most := 2
		if kind == policy.Identity || kind == s.Requests[0].ResourceType() {
			most = 4
		}
		for range max(0, c.IntN(most+3)-2) {
			s.Policies = append(s.Policies, document(t, kind, 1+c.IntN(2), randomStatements(c, kind)...))
		}
	}
	for range max(0, c.IntN(5)-2) {
		s.Grants = append(s.Grants, randomGrant(c))
	}
	for range max(0, c.IntN(4)-2) {
		s.ACLs = append(s.ACLs, engine.ACL{Object: c.IntN(2) == 0,
			Permission: pick(c, []string{"READ", "WRITE", "READ_ACP", "WRITE_ACP", "FULL_CONTROL"}),
			Grantee:    pick(c, []string{"AllUsers", "AuthenticatedUsers", "444455556666"})})
	}
	return s
}

func randomRequest(t testing.TB, c chooser) engine.Check {
	t.Helper()
	principal, err := engine.ParsePrincipal(pick(c, randomCallers))
	if err != nil {
		t.Fatal(err)
	}
	asked := pick(c, randomRequests)
	if c.IntN(3) == 0 {
		asked = pick(c, serviceRequests())
	}
	r := engine.Check{Principal: principal, Action: asked.action, Resource: asked.resource}
	r.ResourceAccount = pick(c, []string{"111122223333", "111122223333", ""})
	r.ManagementAccount = pick(c, []string{"", "", "", "111122223333", "444455556666"})
	r.OwnerManagement = pick(c, []string{"", "", "", "111122223333", "444455556666"})
	r.GatewayEndpoint, r.AWSManagedKey = c.IntN(4) == 0, c.IntN(8) == 0
	r.Ownership = engine.ObjectOwnership(c.IntN(3))
	r.ObjectOwner = pick(c, []string{"", "", "", "444455556666"})
	r.BlockPublic = engine.BlockPublicAccess(pick(c, []int{0, 0, 0, c.IntN(16)}))
	if principal.Kind == engine.RoleSession && c.IntN(6) == 0 {
		r.Principal.Role, r.Principal.UnknownPath = "arn:aws:iam::"+principal.Account+":role/aws-service-role/x.amazonaws.com/app", false
	}
	if c.IntN(12) == 0 && principal.Account != "" {
		r.Action, r.Resource = "sts:AssumeRoleWithWebIdentity", "arn:aws:iam::111122223333:role/bob"
		r.Principal.FederatedBy = "arn:aws:iam::111122223333:oidc-provider/idp.example.com"
	}
	for range c.IntN(4) {
		given := pick(c, randomContext)
		r.Context.Add(given.key, given.value)
	}
	r.Prepare()
	return r
}

// randomStatements are one to three. Most allow, or nothing would be let in.
func randomStatements(c chooser, kind policy.Type) (out []string) {
	for range 1 + c.IntN(3) {
		out = append(out, randomStatement(c, kind, pick(c, []string{"Allow", "Allow", "Allow", "Allow", "Allow", "Deny"})))
	}
	return out
}

func randomStatement(c chooser, kind policy.Type, effect string) string {
	parts := []string{fmt.Sprintf(`"Effect": %q`, effect)}
	switch kind {
	case policy.RCP:
		parts = append(parts, `"Principal": "*"`)
	case policy.Trust:
		parts = append(parts, pick(c, randomPrincipals[:len(randomPrincipals)-2]))
	case policy.Resource, policy.Key, policy.Endpoint:
		parts = append(parts, pick(c, randomPrincipals))
	}
	parts = append(parts, pick(c, randomActions))
	if kind != policy.Trust {
		parts = append(parts, pick(c, randomResources))
	}
	if condition := pick(c, randomConditions); condition != "{}" {
		parts = append(parts, `"Condition": `+condition)
	}
	return "{" + strings.Join(parts, ", ") + "}"
}

func randomGrant(c chooser) engine.Grant {
	g := engine.Grant{IssuingAccount: pick(c, []string{"", "111122223333", "444455556666", "777788889999"})}
	g.Grantee.Value = pick(c, []string{
		"arn:aws:iam::111122223333:user/bob", "arn:aws:sts::444455556666:assumed-role/app/one", "arn:aws:iam::444455556666:role/app",
		"arn:aws:iam::111122223333:root", "arn:aws:iam::111122223333:user/ann", "sns.amazonaws.com",
	})
	g.KeyID = pick(c, []string{"", "", "bob", "other", "arn:aws:kms:us-east-1:111122223333:key/bob",
		"arn:aws:kms:us-east-1:111122223333:key/other"})
	if c.IntN(6) == 0 {
		g.SourceArn.Value = "arn:aws:sns:us-east-1:111122223333:t"
	}
	g.Retiring.Value = pick(c, []string{"", "arn:aws:iam::111122223333:user/bob", "arn:aws:iam::444455556666:role/app"})
	for _, operation := range []string{"Decrypt", "CreateGrant", "RetireGrant"} {
		if c.IntN(3) > 0 {
			g.Operations = append(g.Operations, policy.Text{Value: operation})
		}
	}
	if c.IntN(3) == 0 {
		g.Subset = &engine.EncryptionContext{Names: []string{"app"}, Values: []string{"a"}}
	}
	if c.IntN(5) == 0 {
		g.Equals = &engine.EncryptionContext{Names: []string{"app"}, Values: []string{"a"}}
	}
	return g
}
