package fix_test

import (
	"slices"
	"strings"
	"testing"

	"why403/engine/fix"
)

// guardCases are what fixes must not do, or must say. A title is that of the
// fix that is meant, "" for the first.
var guardCases = []struct {
	name, file string
	title      string
	absent     bool   // there must be no such fix
	weakens    string // words of what it must say that it gives up; "" where it must give up nothing
	holds      string // a part of the new text
}{
	{name: "handing over a role is held to the service", file: `-- request --
principal: arn:aws:sts::111122223333:assumed-role/cd/x
action: iam:PassRole
resource: arn:aws:iam::111122223333:role/task
iam:PassedToService: ecs-tasks.amazonaws.com
-- identity/cd.json --
{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "ecs:*", "Resource": "*"}]}
`, title: "Add a statement", holds: `"Condition": {"StringEquals": {"iam:PassedToService": "ecs-tasks.amazonaws.com"}}`},
	{name: "and a statement without that is not near", file: `-- request --
principal: arn:aws:sts::111122223333:assumed-role/cd/x
action: iam:PassRole
resource: arn:aws:iam::111122223333:role/task
iam:PassedToService: ecs-tasks.amazonaws.com
-- identity/cd.json --
{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "iam:GetRole", "Resource": "*"}]}
`, title: "Add iam:PassRole to the actions", weakens: "iam:PassedToService"},
	{name: "a grant for AWS's own resources stays one", file: `-- request --
principal: arn:aws:sts::111122223333:assumed-role/scaler/x
action: kms:CreateGrant
resource: arn:aws:kms:us-east-1:111122223333:key/11112222-ab12-cd34-ef56-111111111111
kms:GrantIsForAWSResource: true
-- identity/a.json --
{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "ec2:*", "Resource": "*"}]}
-- resource.json --
{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Principal": {"AWS": "arn:aws:iam::111122223333:root"}, "Action": "kms:*",
	"Resource": "*"}]}
`, title: "Add a statement to the identity-based policy", holds: `"Condition": {"Bool": {"kms:GrantIsForAWSResource": "true"}}`},
	{name: "nobody signs in for a call that AWS makes", file: `-- request --
principal: arn:aws:iam::111122223333:user/kim
action: s3:GetObject
resource: arn:aws:s3:::code/fn.zip
resource-account: 111122223333
aws:ViaAWSService: true
-- identity/dev.json --
{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "*", "Resource": "*"},
  {"Effect": "Deny", "Action": "s3:*", "Resource": "*", "Condition": {"BoolIfExists": {"aws:MultiFactorAuthPresent": "false"}}}]}
`, title: "Sign in with MFA", absent: true},
	{name: "a new statement for another account of a service goes around the old one", file: `-- request --
principal: s3.amazonaws.com
action: sns:Publish
resource: arn:aws:sns:eu-west-1:111122223333:news
aws:SourceAccount: 444455556666
-- resource.json --
{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Principal": {"Service": "s3.amazonaws.com"}, "Action": "sns:Publish",
  "Resource": "*", "Condition": {"StringEquals": {"aws:SourceAccount": "111122223333"}}}]}
`, title: "Add a statement", weakens: "another aws:SourceAccount"},
	{name: "a new statement for another external ID goes around the old one", file: `-- request --
principal: arn:aws:iam::444455556666:user/eve
action: sts:AssumeRole
resource: arn:aws:iam::111122223333:role/audit
sts:ExternalId: mine
-- identity/p.json --
{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "sts:AssumeRole", "Resource": "*"}]}
-- resource.json --
{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Principal": {"AWS": "arn:aws:iam::444455556666:root"},
  "Action": "sts:AssumeRole", "Condition": {"StringEquals": {"sts:ExternalId": "theirs"}}}]}
`, title: "Add a statement", weakens: "another sts:ExternalId"},
	{name: "another organization is somebody else", file: `-- request --
principal: arn:aws:iam::444455556666:user/eve
action: s3:GetObject
resource: arn:aws:s3:::open/a
resource-account: 111122223333
aws:PrincipalOrgID: o-zzzzzzzzzz
-- identity/a.json --
{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "s3:*", "Resource": "*"}]}
-- resource.json --
{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Principal": "*", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::open/*",
  "Condition": {"StringEquals": {"aws:PrincipalOrgID": "o-exampleorgid"}}}]}
`, title: "Add o-zzzzzzzzzz", weakens: "aws:PrincipalOrgID"},
	{name: "a trail of another account is somebody else's", file: `-- request --
principal: cloudtrail.amazonaws.com
action: kms:GenerateDataKey
resource: arn:aws:kms:us-east-1:111122223333:key/11112222-ab12-cd34-ef56-111111111111
aws:SourceArn: arn:aws:cloudtrail:us-east-1:444455556666:trail/theirs
-- resource.json --
{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Principal": {"Service": "cloudtrail.amazonaws.com"},
	"Action": "kms:GenerateDataKey*", "Resource": "*",
  "Condition": {"StringEquals": {"aws:SourceArn": "arn:aws:cloudtrail:us-east-1:111122223333:trail/ours"}}}]}
`, title: "Add arn:aws:cloudtrail", weakens: "aws:SourceArn"},
	{name: "a statement beside the one that asks for an external ID", file: `-- request --
principal: arn:aws:iam::444455556666:user/vendor
action: sts:AssumeRole
resource: arn:aws:iam::111122223333:role/tenant
-- identity/a.json --
{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "sts:AssumeRole", "Resource": "*"}]}
-- resource.json --
{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Principal": {"AWS": "arn:aws:iam::444455556666:user/vendor"},
	"Action": "sts:AssumeRole",
  "Condition": {"StringEquals": {"sts:ExternalId": "t-1"}}}]}
`, title: "Add a statement to the role trust policy", weakens: "sts:ExternalId"},
	{name: "who has no key has no grant to give", file: `-- request --
principal: arn:aws:iam::444455556666:user/batch
action: kms:Decrypt
resource: arn:aws:kms:us-east-1:111122223333:key/11112222-ab12-cd34-ef56-111111111111
-- identity/a.json --
{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "s3:*", "Resource": "*"}]}
-- resource.json --
{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Principal": {"AWS": "arn:aws:iam::111122223333:root"}, "Action": "kms:*",
	"Resource": "*"}]}
`, title: "Add a grant that the caller's account makes", absent: true},
	{name: "who is let in by nothing else is not spared", file: `-- request --
principal: arn:aws:iam::111122223333:user/eve
action: s3:GetObject
resource: arn:aws:s3:::locked/a
resource-account: 111122223333
-- resource.json --
{"Version": "2012-10-17", "Statement": [{"Effect": "Deny", "Principal": "*", "Action": "s3:*", "Resource": "arn:aws:s3:::locked/*"}]}
`, title: "Spare", absent: true},
	{name: "one more subject lets in somebody else", file: githubAsks("repo:octo-org/shop:environment:test"), title: "Add repo:octo-org",
		weakens: "The author of the statement holds it to token.actions.githubusercontent.com:sub"},
	{name: "the subject of pull requests lets in code that nobody has reviewed", file: githubAsks("repo:octo-org/shop:pull_request"),
		title: "Add repo:octo-org", weakens: "every pull request of the repository"},
	{name: "and so does a new statement for it", file: strings.Replace(githubAsks("repo:octo-org/shop:pull_request"),
		"token.actions.githubusercontent.com\"}", "gitlab.com\"}", 1), title: "Add a statement", weakens: "every pull request of the repository"},
	{name: "but the same subject in other letters is a slip", file: githubAsks("repo:Octo-Org/shop:ref:refs/heads/main"),
		title: "Write repo:Octo-Org"},
	{name: "a new request tag is no policy", file: `-- request --
principal: arn:aws:iam::111122223333:user/eve
action: ec2:CreateVolume
resource: arn:aws:ec2:us-east-1:111122223333:volume/*
-- identity/a.json --
{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "ec2:CreateVolume", "Resource": "*",
	"Condition": {"StringEquals": {"aws:RequestTag/team": "blue"}}}]}
`, holds: "aws:RequestTag/team: blue"},
}

// githubAsks is a workflow of GitHub with a subject, and a role that trusts another one.
func githubAsks(subject string) string {
	return `-- request --
principal: anonymous
federated-by: arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com
action: sts:AssumeRoleWithWebIdentity
resource: arn:aws:iam::111122223333:role/deploy
token.actions.githubusercontent.com:aud: sts.amazonaws.com
token.actions.githubusercontent.com:sub: ` + subject + `
-- resource.json --
{"Version": "2012-10-17", "Statement": [{"Effect": "Allow",
  "Principal": {"Federated": "arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com"},
  "Action": "sts:AssumeRoleWithWebIdentity", "Condition": {"StringEquals": {"token.actions.githubusercontent.com:aud": "sts.amazonaws.com",
    "token.actions.githubusercontent.com:sub": "repo:octo-org/shop:ref:refs/heads/main"}}}]}
`
}

func TestGuards(t *testing.T) {
	for _, c := range guardCases {
		t.Run(c.name, func(t *testing.T) {
			_, found := find(t, c.file)
			i := slices.IndexFunc(found.Fixes, func(x fix.Fix) bool {
				return slices.ContainsFunc(x.Steps, func(step string) bool { return strings.HasPrefix(step, c.title) })
			})
			if (i < 0) != c.absent {
				t.Fatalf("fix %d:\n%s", i, titles(found))
			}
			if c.absent {
				return
			}
			x := &found.Fixes[i]
			better := slices.ContainsFunc(found.Fixes, func(f fix.Fix) bool { return f.Traits&fix.Weakens == 0 })
			if weakens := x.Traits&fix.Weakens != 0; weakens != (c.weakens != "") || weakens && i == 0 && better ||
				!strings.Contains(strings.Join(x.Loosens, " "), c.weakens) {
				t.Errorf("it says %q, at place %d of\n%s", x.Loosens, i+1, titles(found))
			}
			text := strings.Join(strings.Fields(x.Edits[0].Text), " ")
			if !strings.Contains(strings.NewReplacer("{ ", "{", " }", "}").Replace(text), c.holds) {
				t.Errorf("%s\nholds no %s", text, c.holds)
			}
		})
	}
}
