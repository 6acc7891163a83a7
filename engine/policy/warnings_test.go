package policy_test

import (
	"strings"
	"testing"

	"why403/engine/policy"
)

// Resources that match nothing that anybody asks for, and those beside them
// that do.
func TestARNWarnings(t *testing.T) {
	const allow = `{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":ACTION,"Resource":[RESOURCE]}}`
	for _, c := range []struct{ action, resource, want string }{
		{`"s3:*"`, `"arn:aws:s3::111122223333:bucket/*"`, "s3-arn"},
		{`"s3:*"`, `"arn:aws:s3:us-east-1::bucket"`, "s3-arn"},
		{`"s3:*"`, `"arn:aws:s3:::bucket/*","arn:aws:s3:*:*:accesspoint/*","arn:aws:s3:us-east-1:111122223333:job/x","arn:aws:s3:*:*:bucket"`,
			""},
		{`"s3:*"`, `"arn:AWS:s3:::bucket/*"`, "bad-arn"},
		{`"s3:*"`, `"arn:aws:S3:::bucket/*"`, "bad-arn"},
		{`"s3:*"`, `"arn:amazon:s3:::bucket/*"`, "bad-arn"},
		{`"s3:*"`, `"arn:aws-cn:s3:::bucket/*","arn:aws-us-gov:s3:::bucket/*","arn:*:s3:::bucket/*","arn:aws*:s3:::bucket/*"`, ""},
		{`"sqs:*"`, `"arn:aws:sqs:us-east-1:11112222333:q"`, "bad-arn"},
		{`"sqs:*"`, `"arn:aws:sqs:us-east-1:1111*:q","arn:aws:iam::aws:policy/ReadOnlyAccess"`, ""},
		{`"sqs:*"`, `"arn:aws:sqs:us-east-1:${aws:PrincipalAccount}:q"`, "bad-arn"},
		{`"s3:*"`, `"arn:aws:s3:::bucket/${aws:username/*"`, "broken-variable"},
		{`"s3:*"`, `"arn:aws:s3:::bucket/${aws:username}/*","arn:aws:s3:::bucket/${aws:PrincipalTag/team, 'all'}/*"`, ""},
		{`"s3:*"`, `"arn:${AWS::Partition}:s3:::bucket/*"`, "placeholder"},
		{`"s3:*"`, `"arn:aws:s3:::${AWS::AccountId}-logs/*"`, "placeholder"},
		{`"s3:*"`, `"arn:aws:s3:::${var.bucket}/*"`, "placeholder"},
		{`"s3:*"`, `"${aws_s3_bucket.b.arn}/*"`, "placeholder"},
		{`"sqs:*"`, `"arn:aws:sqs:${Region}:${Account}:${QueueName}"`, "placeholder"},
		{`"iam:*"`, `"arn:aws:iam::111122223333:role/[PRIVILEGED_ROLE]"`, "placeholder"},
		{`"iam:*"`, `"arn:aws:iam::<ACCOUNT_ID>:role/x"`, "placeholder"},
		{`"secretsmanager:GetSecretValue"`, `"arn:aws:secretsmanager:us-east-1:111122223333:secret:db"`, "secret-suffix"},
		{`"secretsmanager:GetSecretValue"`, `"arn:aws:secretsmanager:us-east-1:111122223333:secret:app-db"`, "secret-suffix"},
		{`"secretsmanager:GetSecretValue"`, `"arn:aws:secretsmanager:us-east-1:111122223333:secret:db-a1B2c3","arn:aws:secretsmanager:*:*:secret:db-*","arn:aws:secretsmanager:us-east-1:111122223333:secret:db-??????"`, ""},
		{`"logs:PutLogEvents"`, `"arn:aws:logs:us-east-1:111122223333:log-group:/aws/lambda/f"`, "log-group-arn"},
		{`"logs:*"`, `"arn:aws:logs:us-east-1:111122223333:log-group:/aws/lambda/f","arn:aws:logs:us-east-1:111122223333:log-group:/aws/lambda/f:*"`, ""},
		{`"logs:CreateLogGroup"`, `"arn:aws:logs:us-east-1:111122223333:log-group:/aws/lambda/f"`, ""},
		{`"logs:PutLogEvents"`, `"arn:aws:logs:*:*:log-group:/aws/*"`, ""},
		{`"kms:Decrypt"`, `"arn:aws:kms:us-east-1:111122223333:alias/a"`, "alias-arn"},
		{`["kms:CreateAlias","kms:DeleteAlias"]`, `"arn:aws:kms:us-east-1:111122223333:alias/a"`, ""},
		{`"kms:*"`, `"arn:aws:kms:us-east-1:111122223333:alias/a","arn:aws:kms:us-east-1:111122223333:key/1"`, ""},
		{`"s3:GetObject"`, `{"Fn::Sub":"arn:${AWS::Partition}:s3:::bucket/*"}`, "cloudformation!"},
	} {
		text := replaced(allow, "ACTION", c.action, "RESOURCE", c.resource)
		_, problems := policy.Parse("section", policy.Identity, text)
		if got := codes(problems); got != c.want {
			t.Errorf("%s on %s: %q, want %q", c.action, c.resource, got, c.want)
		}
		checkReport(t, text, problems)
	}
	old := `{"Version":"2008-10-17","Statement":{"Effect":"Allow","Action":"s3:*","Resource":"arn:aws:s3:::bucket/${aws:username}/*"}}`
	if _, problems := policy.Parse("section", policy.Identity, old); codes(problems) != "variable-is-text" {
		t.Errorf("%s", codes(problems))
	}
}

// Principals that name nobody, or not whom they seem to.
func TestPrincipalWarnings(t *testing.T) {
	for principal, want := range map[string]string{
		`{"Service":"lambda"}`:                                                                 "bad-principal",
		`{"Service":"lambda.amazonaws.com"}`:                                                   "",
		`{"AWS":"lambda.amazonaws.com"}`:                                                       "bad-principal",
		`{"AWS":"arn:aws:iam::111122223333:instance-profile/web"}`:                             "bad-principal",
		`{"AWS":"arn:aws:iam::111122223333:policy/reader"}`:                                    "bad-principal",
		`{"AWS":"arn:aws:sts::111122223333:assumed-role/app"}`:                                 "bad-principal",
		`{"AWS":"arn:aws:sts::111122223333:assumed-role/app/i-0abc"}`:                          "",
		`{"AWS":"AROAIOSFODNN7EXAMPLE"}`:                                                       "deleted-principal",
		`{"CanonicalUser":"79a59df900b949e55d96a1e698fbacedfd6e09d98eacf8f8d5218e7cd47ef2be"}`: "canonical-user",
		`{"AWS":"arn:aws:iam::${Account}:role/x"}`:                                             "placeholder",
	} {
		text := `{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"s3:GetObject","Resource":"*","Principal":` + principal + `}}`
		_, problems := policy.Parse("section", policy.Resource, text)
		if got := codes(problems); got != want {
			t.Errorf("%s: %q, want %q", principal, got, want)
		}
		checkReport(t, text, problems)
	}
}

// What a trust policy allows, and to whom.
//
// https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_providers_oidc_secure-by-default.html
func TestTrustWarnings(t *testing.T) {
	const github = `{"Federated":"arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com"}`
	on := func(key string) string { return `,"Condition":{"StringLike":{"` + key + `":"repo:octo-org/*"}}` }
	for _, c := range []struct{ action, principal, more, want string }{
		{"sts:AssumeRole", `{"AWS":"111122223333"}`, "", ""}, {"sts:AssumeRole", `{"Service":"ec2.amazonaws.com"}`, "", ""},
		{"sts:AssumeRoleWithWebIdentity", `{"AWS":"111122223333"}`, "", "trust-principal"},
		{"sts:TagSession", `{"AWS":"111122223333"}`, "", ""}, {"sts:*", github, on("token.actions.githubusercontent.com:sub"), ""},
		{"sts:AssumeRole", github, on("token.actions.githubusercontent.com:sub"), "trust-principal"},
		{"sts:AssumeRoleWithWebIdentity", github, "", "shared-provider"},
		{"sts:AssumeRoleWithWebIdentity", github, on("token.actions.githubusercontent.com:aud"), "shared-provider"},
		{"sts:AssumeRoleWithWebIdentity", github, on("token.actions.githubusercontent.com:job_workflow_ref"), ""},
		{"sts:AssumeRoleWithWebIdentity", `{"Federated":"cognito-identity.amazonaws.com"}`, on("cognito-identity.amazonaws.com:aud"), ""},
		{"sts:AssumeRoleWithWebIdentity", `{"Federated":"arn:aws:iam::111122223333:oidc-provider/oidc.eks.us-east-1.amazonaws.com/id/X"}`,
			"", ""},
		{"sts:AssumeRoleWithSAML", `{"Federated":"arn:aws:iam::111122223333:saml-provider/corp"}`, "", ""},
		{"sts:AssumeRoleWithWebIdentity", `{"Federated":"arn:aws:iam::111122223333:saml-provider/corp"}`, "", "trust-principal"},
	} {
		text := `{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"` + c.action + `","Principal":` + c.principal + c.more + `}}`
		_, problems := policy.Parse("section", policy.Trust, text)
		if got := codes(problems); got != c.want {
			t.Errorf("%s for %s%s: %q, want %q", c.action, c.principal, c.more, got, c.want)
		}
		checkReport(t, text, problems)
	}
}

// What one statement does not show by itself.
func TestStatementWarnings(t *testing.T) {
	const forAll = `"Condition":{"ForAllValues:StringEquals":{"aws:PrincipalOrgPaths":"o-1/r-1/"}`
	for _, c := range []struct {
		kind             policy.Type
		statements, want string
	}{
		{policy.Resource, `{"Effect":"Allow","Principal":"*","Action":"s3:*","Resource":"*",` + forAll + `}}`, "for-all-without-null"},
		{policy.Resource, `{"Effect":"Deny","Principal":"*","Action":"s3:*","Resource":"*",` + forAll + `}}`, ""},
		{policy.Resource, `{"Effect":"Allow","Principal":"*","Action":"s3:*","Resource":"*",` + forAll +
			`,"Null":{"aws:principalorgpaths":"false"}}}`, ""},
		{policy.Identity, `{"Effect":"Allow","Action":"s3:*","Resource":"*",` + forAll + `}}`, ""},
		{policy.Resource, `{"Effect":"Allow","Principal":"*","Action":"s3:*","Resource":["arn:aws:s3:::a","arn:aws:s3:::b/*"]}`, "other-bucket"},
		{policy.Resource, `{"Effect":"Allow","Principal":"*","Action":"s3:*","Resource":["arn:aws:s3:::a","arn:aws:s3:::a/*","arn:aws:s3:::a*"]}`, ""},
	} {
		text := `{"Version":"2012-10-17","Statement":[` + c.statements + `]}`
		_, problems := policy.Parse("section", c.kind, text)
		if got := codes(problems); got != c.want {
			t.Errorf("%s: %q, want %q", c.statements, got, c.want)
		}
		checkReport(t, text, problems)
	}
}

// Policies like those that AWS manages have no warnings: AWS stores them, and
// IAM Access Analyzer finds nothing in them.
func TestManagedPolicies(t *testing.T) {
	for name, statements := range map[string]string{
		"administrator": `{"Effect":"Allow","Action":"*","Resource":"*"}`,
		"logs of a function": `{"Effect":"Allow","Action":["logs:CreateLogGroup","logs:CreateLogStream","logs:PutLogEvents"],"Resource":"*"},
			{"Effect":"Allow","Action":["logs:CreateLogStream","logs:PutLogEvents"],"Resource":"arn:aws:logs:*:*:log-group:/aws/*:*"}`,
		"own password":         `{"Effect":"Allow","Action":"iam:ChangePassword","Resource":"arn:aws:iam::*:user/${aws:username}"}`,
		"service-linked roles": `{"Effect":"Allow","Action":"iam:CreateServiceLinkedRole","Resource":"arn:aws:iam::*:role/aws-service-role/x.amazonaws.com/*","Condition":{"StringLike":{"iam:AWSServiceName":"x.amazonaws.com"}}}`,
		"tags":                 `{"Effect":"Allow","Action":"ec2:CreateTags","Resource":"arn:aws:ec2:*:*:network-interface/*","Condition":{"ForAllValues:StringLike":{"aws:TagKeys":["cluster*"]},"StringEquals":{"ec2:CreateAction":"CreateNetworkInterface"}}}`,
		"buckets by name":      `{"Effect":"Allow","Action":"s3:*","Resource":["arn:aws:s3:::aws-glue-*","arn:aws:s3:::aws-glue-*/*","arn:aws:s3:*:*:accesspoint/*"]}`,
		"secrets by prefix":    `{"Effect":"Allow","Action":"secretsmanager:GetSecretValue","Resource":"arn:aws:secretsmanager:*:*:secret:AmazonMSK_*"}`,
		"all partitions":       `{"Effect":"Allow","Action":"ssm:GetParameter","Resource":"arn:*:ssm:*:*:parameter/aws/*"}`,
	} {
		_, problems := policy.Parse("identity/"+name, policy.Identity, `{"Version":"2012-10-17","Statement":[`+statements+`]}`)
		if len(problems) > 0 {
			t.Errorf("%s: %+v", name, problems)
		}
	}
}

func replaced(text string, pairs ...string) string {
	return strings.NewReplacer(pairs...).Replace(text)
}
