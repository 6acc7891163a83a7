package explain_test

import (
	"strings"
	"testing"
	"unicode/utf8"

	"why403/engine"
	"why403/engine/explain"
	"why403/engine/policy"
	"why403/engine/scenario"
)

// answer decides the first request of a scenario.
func answer(t *testing.T, text string) *explain.Answer {
	t.Helper()
	return explain.Explain(decision(t, text))
}

// decision decides the first request of a scenario.
func decision(t *testing.T, text string) *engine.Decision {
	t.Helper()
	f := scenario.Parse(text)
	if f.Errors() {
		t.Fatalf("%v\n%s", f.Problems, text)
	}
	return engine.Decide(f.Requests[0].Check)
}

// statement is a policy with one statement for everyone and everything.
func statement(effect, principal string) string {
	text := `{"Version":"2012-10-17","Statement":{"Effect":"` + effect + `",`
	if principal != "" {
		text += `"Principal":"` + principal + `",`
	}
	return text + `"Action":"*","Resource":"*"}}` + "\n"
}

// other is a policy that says nothing about the request.
func other(text string) string {
	return strings.Replace(text, `"Action":"*"`, `"Action":"sns:Publish"`, 1)
}

// deniedBy is a scenario for every policy type: what else is in it, and the
// policy of that type, which denies explicitly or says nothing.
var deniedBy = []struct {
	name, section, text, rest string
	noun                      string // as AWS calls it
}{
	{name: "identity", section: "identity/a.json", text: statement("Deny", ""), noun: "an identity-based policy"},
	{name: "boundary", section: "boundary.json", text: statement("Deny", ""), rest: "-- identity/b.json --\n" + statement("Allow", ""),
		noun: "a permissions boundary"},
	{name: "session", section: "session.json", text: statement("Deny", ""), rest: "-- identity/b.json --\n" + statement("Allow", ""),
		noun: "a session policy"},
	{name: "scopedown", section: "scopedown/a.json", text: statement("Deny", ""),
		rest: "-- identity/b.json --\n" + statement("Allow", ""), noun: "a scope-down policy"},
	{name: "scp", section: "scp/1-root/a.json", text: statement("Deny", ""), rest: "-- identity/b.json --\n" + statement("Allow", ""),
		noun: "a service control policy"},
	{name: "endpoint", section: "endpoint.json", text: statement("Deny", "*"), rest: "-- identity/b.json --\n" + statement("Allow", ""),
		noun: "a VPC endpoint policy"},
	{name: "resource", section: "resource.json", text: statement("Deny", "*"), noun: "a resource-based policy"},
	{name: "rcp", section: "rcp/1-root/a.json", text: statement("Deny", "*"), rest: "-- identity/b.json --\n" + statement("Allow", ""),
		noun: "a resource control policy"},
	{name: "trust", section: "resource.json", text: strings.Replace(statement("Deny", "*"), `,"Resource":"*"`, "", 1),
		noun: "the role trust policy"},
}

// AWS's sentence for each policy type, explicit and implicit.
func TestMessage(t *testing.T) {
	const session = "arn:aws:sts::111122223333:assumed-role/app/s"
	for _, c := range deniedBy {
		action, resource := "kms:Decrypt", "arn:aws:kms:us-east-1:111122223333:key/1"
		if c.name == "trust" {
			action, resource = "sts:AssumeRole", "arn:aws:iam::111122223333:role/other"
		}
		if c.name == "identity" {
			action, resource = "sqs:SendMessage", "arn:aws:sqs:us-east-1:111122223333:q"
		}
		request := "-- request --\nprincipal: " + session + "\naction: " + action + "\nresource: " + resource + "\n"
		opened := ""
		if action == "kms:Decrypt" && c.name != "resource" {
			opened = "-- resource.json --\n" + strings.Replace(statement("Allow", ""), `"Action"`, `"Principal":{"AWS":"111122223333"},"Action"`, 1)
		}
		subject := "User: " + session + " is not authorized to perform: " + action + " on resource: " + resource

		got := answer(t, request+opened+c.rest+"-- "+c.section+" --\n"+c.text)
		if want := subject + " with an explicit deny in " + c.noun; got.Message != want || got.DeniedBy != c.name ||
			got.Outcome != engine.ExplicitDeny {
			t.Errorf("%s\ngot  %s by %s: %s\nwant %s", c.name, got.Outcome, got.DeniedBy, got.Message, want)
		}
		if c.name == "rcp" { // RCPFullAWSAccess always allows
			continue
		}
		_, bare, _ := strings.Cut(c.noun, " ")
		got = answer(t, request+opened+c.rest+"-- "+c.section+" --\n"+other(c.text))
		want := subject + " because no " + bare + " allows the " + action + " action"
		if c.name == "trust" { // STS ends after the resource
			want = subject
		}
		if got.Message != want || got.DeniedBy != c.name || got.Outcome != engine.ImplicitDeny {
			t.Errorf("%s\ngot  %s by %s: %s\nwant %s", c.name, got.Outcome, got.DeniedBy, got.Message, want)
		}
	}
}

// S3 quotes the resource. S3 and EC2 leave it out where there is none.
func TestMessageResource(t *testing.T) {
	for request, want := range map[string]string{
		"action: s3:GetObject\nresource: arn:aws:s3:::b/k\nresource-account: 111122223333\n": ` on resource: "arn:aws:s3:::b/k" because`,
		"action: S3:getObject\nresource: arn:aws:s3:::b/k\nresource-account: 111122223333\n": ` on resource: "arn:aws:s3:::b/k" because`,
		"action: sqs:SendMessage\nresource: arn:aws:sqs:us-east-1:111122223333:q\n": ` on resource: ` +
			`arn:aws:sqs:us-east-1:111122223333:q because`,
		"action: s3:ListAllMyBuckets\nresource: *\n":   `perform: s3:ListAllMyBuckets because`,
		"action: ec2:DescribeInstances\nresource: *\n": `perform: ec2:DescribeInstances because`,
	} {
		got := answer(t, "-- request --\nprincipal: arn:aws:iam::111122223333:user/alice\n"+request).Message
		if !strings.Contains(got, want) {
			t.Errorf("got %s, want …%s", got, want)
		}
	}
}

// Every policy type has a name and a heading; a key's policy is a
// resource-based policy in AWS's sentence.
func TestTypeNames(t *testing.T) {
	for kind, want := range map[policy.Type]string{
		policy.Identity: "identity", policy.Boundary: "boundary", policy.Session: "session", policy.Resource: "resource", policy.Key: "resource",
		policy.ScopeDown: "scopedown", policy.Trust: "trust", policy.SCP: "scp", policy.RCP: "rcp", policy.Endpoint: "endpoint",
	} {
		if explain.TypeName(kind) != want || kind.Label() == "" {
			t.Errorf("type %d is %q, %q", kind, explain.TypeName(kind), kind.Label())
		}
	}
}

func TestLongSidIsCutInSentences(t *testing.T) {
	a := answer(t, "Title\n\n-- request --\nprincipal: arn:aws:iam::111122223333:user/a\naction: sqs:SendMessage\nresource: "+
		"arn:aws:sqs:us-east-1:111122223333:q\n"+
		"-- identity/a.json --\n{\"Version\": \"2012-10-17\", \"Statement\": {\"Sid\": \"x"+strings.Repeat("é",
		100_000)+"\", \"Effect\": \"Deny\", \"Action\": \"*\", \"Resource\": \"*\"}}\n")
	if want := "“x" + strings.Repeat("é", 49) + "…”"; !strings.Contains(a.Verdict, want) || len(a.Verdict) > 400 {
		t.Errorf("%.300q has no %q", a.Verdict, want)
	}
	if len(a.Statements[0].Sid) != 200_001 {
		t.Error("the table has the whole Sid")
	}
}

// STS ends its sentence after the resource, and does not repeat who showed a
// token. Where KMS names the account across accounts, the caller's side is
// blamed; another service's resource is blamed itself.
func TestMessageOfService(t *testing.T) {
	const web = "principal: arn:aws:sts::111122223333:assumed-role/web/one\nfederated-by: " +
		"arn:aws:iam::111122223333:oidc-provider/idp.example.com\n"
	const away = "principal: arn:aws:iam::444455556666:user/alice\n"
	const trust = `-- resource.json --
{"Version":"2012-10-17","Statement":{"Effect":"Deny","Principal":"*","Action":"sts:*"}}
`
	account := "-- resource.json --\n" + strings.Replace(statement("Allow", ""), `"Action"`, `"Principal":{"AWS":"444455556666"},"Action"`, 1)
	for _, c := range []struct{ request, rest, want, by string }{
		{web + "action: sts:AssumeRoleWithWebIdentity\nresource: arn:aws:iam::111122223333:role/web\n", "",
			"Not authorized to perform sts:AssumeRoleWithWebIdentity", "trust"},
		{web + "action: sts:AssumeRoleWithSAML\nresource: arn:aws:iam::111122223333:role/web\n", trust,
			"Not authorized to perform sts:AssumeRoleWithSAML", "trust"},
		{away + "action: sts:AssumeRole\nresource: arn:aws:iam::111122223333:role/app\n", "",
			"User: arn:aws:iam::444455556666:user/alice is not authorized to perform: sts:AssumeRole on resource: " +
				"arn:aws:iam::111122223333:role/app", "trust"},
		{away + "action: sts:AssumeRole\nresource: arn:aws:iam::111122223333:role/app\n", trust,
			"User: arn:aws:iam::444455556666:user/alice is not authorized to perform: sts:AssumeRole on resource: " +
				"arn:aws:iam::111122223333:role/app with an explicit deny in the role trust policy", "trust"},
		{away + "action: kms:Decrypt\nresource: arn:aws:kms:us-east-1:111122223333:key/1\n", account,
			"User: arn:aws:iam::444455556666:user/alice is not authorized to perform: kms:Decrypt on resource: " +
				"arn:aws:kms:us-east-1:111122223333:key/1 because no identity-based policy allows the kms:Decrypt action", "identity"},
		{away + "action: secretsmanager:GetSecretValue\nresource: arn:aws:secretsmanager:us-east-1:111122223333:secret:s-AbCdEf\n", account,
			"User: arn:aws:iam::444455556666:user/alice is not authorized to perform: secretsmanager:GetSecretValue on resource: " +
				"arn:aws:secretsmanager:us-east-1:111122223333:secret:s-AbCdEf because no resource-based policy allows the " +
				"secretsmanager:GetSecretValue action", "resource"},
	} {
		if got := answer(t, "-- request --\n"+c.request+c.rest); got.Message != c.want || got.DeniedBy != c.by {
			t.Errorf("%s\ngot  %s by %s\nwant %s by %s", c.request, got.Message, got.DeniedBy, c.want, c.by)
		}
	}
}

// What a person calls a level stands in a sentence as it was written, with the
// words of the tables in it too.
func TestLevelNamedLikeAPlaceholder(t *testing.T) {
	for _, name := range []string{"2-SELF-SERVICE", "2-ACTION", "2-PARENT-POLICY", "2-LEVEL"} {
		a := answer(t, "-- request --\nprincipal: arn:aws:sts::111122223333:assumed-role/app/s\naction: sqs:SendMessage\nresource: "+
			"arn:aws:sqs:us-east-1:111122223333:q\n"+
			"-- identity/a.json --\n"+statement("Allow", "")+"-- scp/1-root/a.json --\n"+statement("Allow",
			"")+"-- scp/"+name+"/a.json --\n"+other(statement("Allow", "")))
		if want := "No service control policy at " + name + " allows sqs:SendMessage"; !strings.HasPrefix(a.Verdict, want) {
			t.Errorf("got %s, want %s", a.Verdict, want)
		}
	}
}

// The grant that got furthest in the order of looking is the nearest.
func TestNearestGrant(t *testing.T) {
	const key = "arn:aws:kms:us-east-1:111122223333:key/1"
	grant := func(id, table string) string {
		return `{"GrantId":"` + id +
			`","GranteeServicePrincipal":"dynamodb.amazonaws.com","RetiringServicePrincipal":"dynamodb.amazonaws.com","Operations":["Decrypt"],` +
			`"Constraints":{"SourceArn":"` + table + `","EncryptionContextSubset":{"table":"right"}}}`
	}
	first, second := grant("one", "arn:aws:dynamodb:us-east-1:111122223333:table/other"),
		grant("two", "arn:aws:dynamodb:us-east-1:111122223333:table/right")
	for place, grants := range map[string]string{"2": first + "," + second, "1": second + "," + first} {
		a := answer(t, "-- request --\nprincipal: dynamodb.amazonaws.com\naction: kms:Decrypt\nresource: "+key+
			"\naws:SourceArn: arn:aws:dynamodb:us-east-1:111122223333:table/right\nkms:EncryptionContext:table: wrong\n-- grants.json "+
			"--\n["+grants+"]\n")
		text := strings.Join(a.Lines(), "\n")
		if !strings.Contains(text, "Closest match: grant "+place+": the encryption context of the request does not meet the constraint") {
			t.Errorf("the grant for the right table is not the nearest:\n%s", text)
		}
	}
}

// A condition that fails for the case of letters, or for a star that is none,
// says so.
func TestNearMiss(t *testing.T) {
	for _, c := range []struct{ operator, want, has, said string }{
		{"StringEquals", "Prod", "prod", ": only the case of letters differs"},
		{"ForAnyValue:StringEquals", "home/*", "home/alice", ""},
		{"StringEquals", "home/*", "away/alice", ""},
		{"StringLike", "Prod", "prod", ": only the case of letters differs"},
		{"StringEqualsIgnoreCase", "Prod", "test", ""},
	} {
		a := answer(t, "-- request --\nprincipal: arn:aws:iam::111122223333:user/alice\naction: sqs:SendMessage\nresource: "+
			"arn:aws:sqs:us-east-1:111122223333:q\naws:PrincipalTag/env: "+c.has+"\n"+
			"-- identity/a.json --\n"+`{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"*","Resource":"*","Condition":{"`+
			c.operator+`":{"aws:PrincipalTag/env":"`+c.want+`"}}}}`+"\n")
		if want := "the request has “" + c.has + "”" + c.said; !strings.HasSuffix(a.Statements[0].Reason, want) {
			t.Errorf("%s %s: %s, want …%s", c.operator, c.want, a.Statements[0].Reason, want)
		}
	}
}

// What limits is told beside the cause only where it closes a way. Nothing
// opens what AWS owns, so nothing closes it either.
func TestAlsoOfNoWay(t *testing.T) {
	const role = "-- request --\nprincipal: arn:aws:iam::111122223333:user/alice\nresource: " +
		"arn:aws:iam::111122223333:role/aws-reserved/sso.amazonaws.com/r\naction: iam:"
	boundary := "-- boundary.json --\n" + other(statement("Allow", ""))
	if a := answer(t, role+"DeleteRole\n"+boundary); len(a.Also) != 0 {
		t.Errorf("%q", a.Also)
	}
	if a := answer(t, role+"GetRole\n"+boundary); len(a.Also) != 1 {
		t.Errorf("%q", a.Also)
	}
}

// Of two grants that got equally far, the first is named.
func TestNearestIsTheFirst(t *testing.T) {
	const key = "arn:aws:kms:us-east-1:111122223333:key/1"
	grant := `{"GranteePrincipal":"arn:aws:iam::111122223333:user/alice","Operations":["Encrypt"]}`
	a := answer(t, "-- request --\nprincipal: arn:aws:iam::111122223333:user/alice\naction: kms:Decrypt\nresource: "+key+
		"\n-- grants.json --\n["+grant+","+grant+"]\n")
	if text := strings.Join(a.Lines(), "\n"); !strings.Contains(strings.ToLower(text), "closest match: grant 1") ||
		strings.Contains(strings.ToLower(text), "closest match: grant 2") {
		t.Error(text)
	}
}

// No sentence has more of a value than AWS takes, of a statement as of the
// request. What a sentence is made of is whole.
func TestLongValues(t *testing.T) {
	long, most := strings.Repeat("ü", 100_000), strings.Repeat("ü", 6000) // a request has at most 16 KiB
	for _, values := range [][2]string{{long, "blue"}, {"blue", most}, {long, most}} {
		a := answer(t, "-- request --\nprincipal: arn:aws:iam::111122223333:user/alice\naction: s3:GetObject\nresource: arn:aws:s3:::b/k\n"+
			"resource-account: 111122223333\naws:PrincipalTag/team: "+values[1]+"\n-- identity/p.json --\n"+
			`{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"s3:*","Resource":"*","Condition":{"StringEquals":`+
			`{"aws:PrincipalTag/team":"`+values[0]+`"}}}}`+"\n")
		for _, line := range append(a.Lines(), a.Statements[0].Reason) {
			if len(line) > 10_000 || !utf8.ValidString(line) {
				t.Errorf("a line of %d bytes: %.200s", len(line), line)
			}
		}
		if reason := a.Statements[0].Reason; !strings.Contains(reason, "…”") {
			t.Errorf("nothing says that a value goes on: %.200s", reason)
		}
	}
}
