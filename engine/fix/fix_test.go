package fix_test

import (
	"io/fs"
	"maps"
	"slices"
	"strings"
	"testing"

	"why403/engine"
	"why403/engine/explain"
	"why403/engine/fix"
	"why403/engine/kms"
	"why403/engine/policy"
	"why403/engine/scenario"
	"why403/scenarios"
)

const (
	here  = "111122223333"
	there = "444455556666"

	object  = "arn:aws:s3:::reports/q1.csv"
	queue   = "arn:aws:sqs:us-east-1:111122223333:orders"
	key     = "arn:aws:kms:us-east-1:111122223333:key/k"
	china   = "arn:aws-cn:kms:cn-north-1:111122223333:key/k"
	aRole   = "arn:aws:iam::111122223333:role/target"
	user    = "arn:aws:iam::111122223333:user/bob"
	guest   = "arn:aws:iam::444455556666:user/bob"
	session = "arn:aws:sts::111122223333:assumed-role/app/one"
	pathed  = "arn:aws:iam::111122223333:role/team/app"
	ann     = "arn:aws:sts::111122223333:federated-user/ann"

	nobody    = `{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Principal": {"AWS": "arn:aws:iam::111122223333:user/zoe"}, "Action": "*", "Resource": "*"}}`
	empty     = `{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "glacier:*", "Resource": "*"}}`
	all       = `{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "*", "Resource": "*"}}`
	byAccount = `{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Principal": {"AWS": "arn:aws:iam::111122223333:root"}, "Action": "*", "Resource": "*"}}`
)

// scene makes a scenario: the lines of the request, then names and texts of
// sections in turn.
func scene(principal, action, resource, lines string, sections ...string) string {
	text := "-- request --\nprincipal: " + principal + "\naction: " + action + "\nresource: " + resource + "\n" + lines
	for i := 0; i < len(sections); i += 2 {
		text += "-- " + sections[i] + " --\n" + sections[i+1] + "\n"
	}
	return text
}

// compact drops the white space between the pieces of a JSON text.
func compact(text string) string {
	return strings.NewReplacer("\n", "", "  ", "", ", ", ",", ": ", ":").Replace(text)
}

// Each scenario has these fixes, in the order of its ways: section, effect and
// what is added.
var cases = []struct {
	name, text string
	want       []string // "section | effect | added" without white space in the JSON
}{
	{"user", scene(user, "sqs:SendMessage", queue, ""), []string{
		`identity/policy.json |  | {"Effect":"Allow","Action":"sqs:SendMessage","Resource":"` + queue + `"}`,
		`resource.json |  | {"Effect":"Allow","Principal":{"AWS":"` + user + `"},"Action":"sqs:SendMessage","Resource":"` + queue + `"}`}},
	{"a service without resource policies", scene(user, "iam:PassRole", aRole, ""), []string{
		`identity/policy.json |  | {"Effect":"Allow","Action":"iam:PassRole","Resource":"` + aRole + `"}`}},
	{"an unknown service may have none", scene(user, "ec2:StartInstances", "arn:aws:ec2:us-east-1:111122223333:instance/i", ""), []string{
		`identity/policy.json |  | {"Effect":"Allow","Action":"ec2:StartInstances","Resource":"arn:aws:ec2:us-east-1:111122223333:instance/i"}`}},
	{"session of a role with a path", scene(session, "s3:GetObject", object, "role: "+pathed+"\nresource-account: "+here+"\n", "identity/a.json", empty), []string{
		`identity/a.json |  | {"Effect":"Allow","Action":"s3:GetObject","Resource":"` + object + `"}`,
		`resource.json | Lets every session of the role in. | {"Effect":"Allow","Principal":{"AWS":"` + pathed + `"},"Action":"s3:GetObject","Resource":"` + object + `"}`,
		`resource.json |  | {"Effect":"Allow","Principal":{"AWS":"` + session + `"},"Action":"s3:GetObject","Resource":"` + object + `"}`}},
	{"a role's own ARN names no session", scene(pathed, "s3:GetObject", object, "resource-account: "+here+"\n", "identity/a.json", all, "boundary.json", empty), []string{
		`boundary.json |  | {"Effect":"Allow","Action":"s3:GetObject","Resource":"` + object + `"}`}},
	{"nor across accounts", scene("arn:aws:iam::444455556666:role/app", "sqs:SendMessage", queue, "", "identity/a.json", all), []string{
		`resource.json | Lets every session of the role in. | {"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::444455556666:role/app"},"Action":"sqs:SendMessage","Resource":"` + queue + `"}`}},
	{"federated user", scene(ann, "s3:GetObject", object, "federated-by: "+user+"\nresource-account: "+here+"\n", "identity/a.json", all, "resource.json", nobody), []string{
		`session/session.json |  | {"Effect":"Allow","Action":"s3:GetObject","Resource":"` + object + `"}`,
		`resource.json |  | {"Effect":"Allow","Principal":{"AWS":"` + ann + `"},"Action":"s3:GetObject","Resource":"` + object + `"}`}},
	{"federated user of root", scene(ann, "sqs:SendMessage", queue, "federated-by: arn:aws:iam::111122223333:root\n", "session.json", all), []string{
		`identity/policy.json |  | {"Effect":"Allow","Action":"sqs:SendMessage","Resource":"` + queue + `"}`,
		`resource.json |  | {"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::111122223333:root"},"Action":"sqs:SendMessage","Resource":"` + queue + `"}`,
		`resource.json |  | {"Effect":"Allow","Principal":{"AWS":"` + ann + `"},"Action":"sqs:SendMessage","Resource":"` + queue + `"}`}},
	{"across accounts, identity open", scene(guest, "sqs:SendMessage", queue, "", "identity/a.json", all), []string{
		`resource.json |  | {"Effect":"Allow","Principal":{"AWS":"` + guest + `"},"Action":"sqs:SendMessage","Resource":"` + queue + `"}`}},
	{"across accounts, both closed", scene(guest, "sqs:SendMessage", queue, ""), nil},
	{"across accounts, a queue can't be managed", scene(guest, "sqs:TagQueue", queue, "", "identity/a.json", all), nil},
	{"across accounts, an SCP closes both sides", scene(guest, "sqs:SendMessage", queue, "", "identity/a.json", all, "resource.json",
		strings.ReplaceAll(nobody, user[:len(user)-3]+"zoe", guest), "scp/1-root/a.json", all, "scp/2-ou/b.json", empty), []string{
		`scp/2-ou/b.json | Lifts the limit for every principal under 2-ou. | {"Effect":"Allow","Action":"sqs:SendMessage","Resource":"` + queue + `"}`,
		`scp/2-ou/b.json | Lifts the limit for every principal under 2-ou. | {"Effect":"Allow","Action":"sqs:SendMessage","Resource":"` + queue + `"}`}},
	{"two silent levels", scene(user, "sqs:SendMessage", queue, "", "identity/a.json", all, "scp/1-root/a.json", empty, "scp/2-ou/b.json", empty), nil},
	{"root across accounts", scene("arn:aws:iam::444455556666:root", "sqs:SendMessage", queue, ""), []string{
		`resource.json | Leaves sqs:SendMessage on this resource to the IAM policies of account ` + there + `. | {"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::444455556666:root"},"Action":"sqs:SendMessage","Resource":"` + queue + `"}`}},
	{"key", scene(user, "kms:Decrypt", key, "", "resource.json", nobody), []string{
		`resource.json |  | {"Effect":"Allow","Principal":{"AWS":"` + user + `"},"Action":"kms:Decrypt","Resource":"*"}`,
		`grants.json |  | {"KeyId":"` + key + `","GrantId":"new-grant","IssuingAccount":"arn:aws:iam::111122223333:root","GranteePrincipal":"` + user + `","Operations":["Decrypt"]}`}},
	{"key in China, delegated", scene("arn:aws-cn:iam::111122223333:user/bob", "kms:Encrypt", china, "", "identity/a.json", all), []string{
		`resource.json | Leaves kms:Encrypt on this key to the IAM policies of account ` + here + `. | {"Effect":"Allow","Principal":{"AWS":"arn:aws-cn:iam::111122223333:root"},"Action":"kms:Encrypt","Resource":"*"}`,
		`grants.json | Leaves kms:Encrypt on this key to the IAM policies of account ` + here + `. | {"KeyId":"` + china + `","GrantId":"new-grant","IssuingAccount":"arn:aws-cn:iam::111122223333:root","GranteePrincipal":"arn:aws-cn:iam::111122223333:root","Operations":["Encrypt"]}`,
		`resource.json |  | {"Effect":"Allow","Principal":{"AWS":"arn:aws-cn:iam::111122223333:user/bob"},"Action":"kms:Encrypt","Resource":"*"}`,
		`grants.json |  | {"KeyId":"` + china + `","GrantId":"new-grant","IssuingAccount":"arn:aws-cn:iam::111122223333:root","GranteePrincipal":"arn:aws-cn:iam::111122223333:user/bob","Operations":["Encrypt"]}`}},
	{"no grant has this operation", scene(user, "kms:PutKeyPolicy", key, "", "resource.json", byAccount, "grants.json", `{"Grants": []}`), []string{
		`identity/policy.json |  | {"Effect":"Allow","Action":"kms:PutKeyPolicy","Resource":"` + key + `"}`,
		`resource.json |  | {"Effect":"Allow","Principal":{"AWS":"` + user + `"},"Action":"kms:PutKeyPolicy","Resource":"*"}`}},
	{"the caller's side of a key", scene(guest, "kms:Decrypt", key, "", "resource.json", strings.ReplaceAll(nobody, user[:len(user)-3]+"zoe", guest), "grants.json",
		`[{"GrantId": "new-grant", "GranteePrincipal": "`+user+`", "Operations": ["Sign"]}]`), []string{
		`identity/policy.json |  | {"Effect":"Allow","Action":"kms:Decrypt","Resource":"` + key + `"}`,
		`grants.json |  | {"KeyId":"` + key + `","GrantId":"new-grant-2","IssuingAccount":"arn:aws:iam::444455556666:root","GranteePrincipal":"` + guest + `","Operations":["Decrypt"]}`}},
	{"AWS managed key", scene(user, "kms:Decrypt", key, "key-manager: aws\n", "resource.json", nobody), nil},
	{"key alias", scene(user, "kms:CreateAlias", "arn:aws:kms:us-east-1:111122223333:alias/a", ""), []string{
		`identity/policy.json |  | {"Effect":"Allow","Action":"kms:CreateAlias","Resource":"arn:aws:kms:us-east-1:111122223333:alias/a"}`}},
	{"a new grant retires no other", scene(user, "kms:RetireGrant", key, "", "resource.json", nobody, "grants.json",
		`[{"GrantId": "g", "GranteePrincipal": "`+guest+`", "Operations": ["Sign"]}]`), []string{
		`identity/policy.json |  | {"Effect":"Allow","Action":"kms:RetireGrant","Resource":"` + key + `"}`}},
	{"trust policy", scene(session, "sts:AssumeRole", aRole, "", "identity/a.json", all, "resource.json", strings.Replace(nobody, `, "Resource": "*"`, "", 1)), []string{
		`resource.json | Leaves sts:AssumeRole on this role to the IAM policies of account ` + here + `. | {"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::111122223333:root"},"Action":"sts:AssumeRole"}`,
		`resource.json | Lets every session of the role in. The ARN of a session does not tell the path of its role: if the role has one, put it into this ARN. | {"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::111122223333:role/app"},"Action":"sts:AssumeRole"}`,
		`resource.json |  | {"Effect":"Allow","Principal":{"AWS":"` + session + `"},"Action":"sts:AssumeRole"}`}},
	{"identity provider with a subject", scene("anonymous", "sts:AssumeRoleWithWebIdentity", aRole,
		"federated-by: arn:aws:iam::111122223333:oidc-provider/token.example.com/ci\ntoken.example.com/ci:aud: sts.amazonaws.com\ntoken.example.com/ci:sub: repo:one\n"), []string{
		`resource.json |  | {"Effect":"Allow","Principal":{"Federated":"arn:aws:iam::111122223333:oidc-provider/token.example.com/ci"},"Action":"sts:AssumeRoleWithWebIdentity","Condition":{"StringEquals":{"token.example.com/ci:aud":"sts.amazonaws.com","token.example.com/ci:sub":"repo:one"}}}`}},
	{"identity provider alone", scene("anonymous", "sts:AssumeRoleWithSAML", aRole, "federated-by: arn:aws:iam::111122223333:saml-provider/corp\nSAML:aud: https://signin.aws.amazon.com/saml\n"), []string{
		`resource.json | Lets in everyone whom this provider signs in. | {"Effect":"Allow","Principal":{"Federated":"arn:aws:iam::111122223333:saml-provider/corp"},"Action":"sts:AssumeRoleWithSAML","Condition":{"StringEquals":{"SAML:aud":"https://signin.aws.amazon.com/saml"}}}`}},
	{"service for a resource", scene("sns.amazonaws.com", "sqs:SendMessage", queue, "aws:SourceArn: arn:aws:sns:us-east-1:111122223333:t\naws:SourceAccount: "+here+"\n"), []string{
		`resource.json |  | {"Effect":"Allow","Principal":{"Service":"sns.amazonaws.com"},"Action":"sqs:SendMessage","Resource":"` + queue + `","Condition":{"ArnEquals":{"aws:SourceArn":"arn:aws:sns:us-east-1:111122223333:t"}}}`}},
	{"service for a key", scene("sns.amazonaws.com", "kms:Decrypt", key, "aws:SourceArn: arn:aws:sns:us-east-1:111122223333:t\n", "resource.json", nobody), []string{
		`resource.json |  | {"Effect":"Allow","Principal":{"Service":"sns.amazonaws.com"},"Action":"kms:Decrypt","Resource":"*","Condition":{"ArnEquals":{"aws:SourceArn":"arn:aws:sns:us-east-1:111122223333:t"}}}`,
		`grants.json |  | {"KeyId":"` + key + `","GrantId":"new-grant","IssuingAccount":"arn:aws:iam::111122223333:root","GranteeServicePrincipal":"sns.amazonaws.com","RetiringServicePrincipal":"sns.amazonaws.com","Constraints":{"SourceArn":"arn:aws:sns:us-east-1:111122223333:t"},"Operations":["Decrypt"]}`}},
	{"service alone", scene("sns.amazonaws.com", "kms:Decrypt", key, "", "resource.json", nobody), []string{
		`resource.json | Lets the service in for every account: the request has no aws:SourceArn. | {"Effect":"Allow","Principal":{"Service":"sns.amazonaws.com"},"Action":"kms:Decrypt","Resource":"*"}`}},
	{"anonymous", scene("anonymous", "s3:GetObject", object, "resource-account: "+here+"\n"), []string{
		`resource.json | Lets everyone in, signed in or not. | {"Effect":"Allow","Principal":"*","Action":"s3:GetObject","Resource":"` + object + `"}`}},
	{"anonymous, kept out by S3", scene("anonymous", "s3:GetObject", object, "resource-account: "+here+"\nblock-public-access: BlockPublicPolicy\n"), nil},
	{"anonymous, cut off by S3", scene("anonymous", "s3:GetObject", object, "resource-account: "+here+"\nblock-public-access: RestrictPublicBuckets\n"), nil},
	{"anonymous on a key", scene("anonymous", "kms:Decrypt", key, "", "resource.json", nobody), nil},
	{"an object of another account", scene(user, "s3:GetObject", object, "resource-account: "+here+"\nobject-ownership: ObjectWriter\nobject-owner: "+there+"\n", "identity/a.json", all), nil},
	{"endpoint", scene(session, "s3:GetObject", object, "resource-account: "+here+"\nrole: "+pathed+"\n", "identity/a.json", all, "endpoint.json",
		strings.Replace(nobody, `"Action": "*"`, `"Action": "sns:*"`, 1)), []string{
		`endpoint.json | Lets every session of the role through the endpoint. | {"Effect":"Allow","Principal":"*","Action":"s3:GetObject","Resource":"` + object + `","Condition":{"ArnEquals":{"aws:PrincipalArn":"` + pathed + `"}}}`}},
	{"both sides in one account", scene(user, "vpc-lattice-svcs:Invoke", "arn:aws:vpc-lattice:us-east-1:111122223333:service/s", "", "identity/a.json", all), []string{
		`resource.json |  | {"Effect":"Allow","Principal":{"AWS":"` + user + `"},"Action":"vpc-lattice-svcs:Invoke","Resource":"arn:aws:vpc-lattice:us-east-1:111122223333:service/s"}`}},
	{"ECR policies have no Resource", scene(guest, "ecr:BatchGetImage", "arn:aws:ecr:us-east-1:111122223333:repository/r", "", "identity/a.json", all), []string{
		`resource.json |  | {"Effect":"Allow","Principal":{"AWS":"` + guest + `"},"Action":"ecr:BatchGetImage"}`}},
	{"service-linked role", scene(session, "sqs:SendMessage", queue, "role: arn:aws:iam::111122223333:role/aws-service-role/x/app\n"), []string{
		`resource.json | Lets every session of the role in. | {"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::111122223333:role/aws-service-role/x/app"},"Action":"sqs:SendMessage","Resource":"` + queue + `"}`,
		`resource.json |  | {"Effect":"Allow","Principal":{"AWS":"` + session + `"},"Action":"sqs:SendMessage","Resource":"` + queue + `"}`}},
	{"wildcards and variables in the resource", scene(user, "iam:GetRole", "arn:aws:iam::111122223333:role/${a}*", "", "identity/a.json", empty), []string{
		`identity/a.json | Allows it on everything that the resource with its wildcard matches. | {"Effect":"Allow","Action":"iam:GetRole","Resource":"arn:aws:iam::111122223333:role/${$}{a}*"}`}},
	{"variables are text in an old version", scene(user, "iam:GetRole", "arn:aws:iam::111122223333:role/${a}", "", "identity/a.json", strings.Replace(empty, "2012", "2008", 1)), []string{
		`identity/a.json |  | {"Effect":"Allow","Action":"iam:GetRole","Resource":"arn:aws:iam::111122223333:role/${a}"}`}},
	{"explicit deny", scene(user, "sqs:SendMessage", queue, "", "identity/a.json", strings.Replace(all, "Allow", "Deny", 1)), nil},
	{"allowed", scene(user, "sqs:SendMessage", queue, "", "identity/a.json", all), nil},
	{"errors", scene(user, "sqs:SendMessage", queue, "", "identity/a.json", "{"), nil},
	{"AWS stores no longer session policy", scene(session, "sqs:SendMessage", queue, "", "identity/a.json", all, "resource.json", nobody,
		"session.json", strings.Replace(empty, `"glacier:*"`, `["glacier:*"`+strings.Repeat(`, "glacier:ListVaults"`, 92)+"]", 1)), []string{
		`resource.json |  | {"Effect":"Allow","Principal":{"AWS":"` + session + `"},"Action":"sqs:SendMessage","Resource":"` + queue + `"}`}},
}

func TestFixes(t *testing.T) {
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			file := scenario.Parse(c.text)
			if file.Errors() != (c.name == "errors") {
				t.Fatalf("%+v", file.Problems)
			}
			var got []string
			for _, x := range fix.All(file) {
				added := compact(x.Text[x.Span.Start:x.Span.End])
				for _, wrap := range []string{`{"Version":"2012-10-17","Statement":[`, `{"Grants":[`} {
					if rest, ok := strings.CutPrefix(added, wrap); ok {
						added = strings.TrimSuffix(rest, "]}")
					}
				}
				got = append(got, x.Section+" | "+x.Effect+" | "+strings.TrimPrefix(added, ","))
			}
			if strings.Join(got, "\n") != strings.Join(c.want, "\n") {
				t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(c.want, "\n"))
			}
			check(t, c.text)
		})
	}
}

func TestTitles(t *testing.T) {
	for want, text := range map[string]string{
		"Add a statement to the identity-based policy app-inline":          scene(user, "iam:PassRole", aRole, "", "identity/app-inline.json", empty),
		"Add an identity-based policy":                                     scene(user, "iam:PassRole", aRole, ""),
		"Add a resource-based policy":                                      scene(guest, "sqs:SendMessage", queue, "", "identity/a.json", all),
		"Add a key policy":                                                 scene(guest, "kms:GetKeyRotationStatus", key, "", "identity/a.json", all),
		"Add a role trust policy":                                          scene(guest, "sts:AssumeRole", aRole, "", "identity/a.json", all),
		"Add a statement to the permissions boundary":                      scene(user, "iam:PassRole", aRole, "", "identity/a.json", all, "boundary.json", empty),
		"Add a statement to the session policy two":                        scene(session, "iam:PassRole", aRole, "", "identity/a.json", all, "session/two.json", empty),
		"Add a statement to the service control policy guard at 2-account": scene(user, "iam:PassRole", aRole, "", "identity/a.json", all, "scp/2-account/guard.json", empty),
		"Add a statement to the VPC endpoint policy":                       scene(user, "iam:PassRole", aRole, "", "identity/a.json", all, "endpoint.json", strings.Replace(nobody, "zoe", "eve", 1)),
	} {
		if found := fix.All(scenario.Parse(text)); len(found) != 1 || found[0].Title != want {
			t.Errorf("want one fix, %q, got %+v", want, found)
		}
	}
}

// Every layout that people write is kept: in texts, < stands before what is
// inserted and > behind it.
func TestLayout(t *testing.T) {
	const statement = `"Effect": "Allow", "Action": "iam:PassRole", "Resource": "` + aRole + `"`
	lines := func(line string) string { return line + strings.ReplaceAll(statement, ", ", ","+line) }
	for _, want := range []string{
		`{"Statement": [{"Effect": "Allow", "Action": "a:b", "Resource": "*"}<,` + "\n  {" + statement + "}>]}",
		`{"Statement":[{"Effect":"Allow","Action":"a:b","Resource":"*"}<,` + "\n  {" + strings.NewReplacer(": ", ":", ", ", ",").Replace(statement) + "}>]}",
		"{\n  \"Statement\": [\n    {\"Effect\": \"Allow\", \"Action\": \"a:b\", \"Resource\": \"*\"}<,\n    {" + statement + "}>\n  ]\n}\n",
		"{\r\n\t\"Statement\": [\r\n\t\t{\r\n\t\t\t\"Effect\": \"Allow\", \"Action\": \"a:b\", \"Resource\": \"*\"\r\n\t\t}<,\r\n\t\t{" + lines("\r\n\t\t\t") + "\r\n\t\t}>\r\n\t]\r\n}\r\n",
		"{\n    \"Statement\" : [{\n        \"Effect\" : \"Allow\", \"Action\": \"a:b\", \"Resource\": \"*\"\n    }<, {" + strings.ReplaceAll(lines("\n        "), ": ", " : ") + "\n    }>]\n}",
		"{\"Statement\": [{\n  \"Effect\": \"Allow\", \"Action\": \"a:b\", \"Resource\": \"*\"}<, {" + lines("\n  ") + "\n}>]}",
		"{\n  \"Statement\": [{\n    \"Effect\": \"Allow\", \"Action\": \"a:b\", \"Resource\": \"*\"\n  }<, {" + lines("\n    ") + "\n  }>]\n}\n",
		"{\n  \"Statement\": {\n    \"Effect\": \"Allow\", \"Action\": \"a:b\", \"Resource\": \"*\"\n  }<, {" + lines("\n    ") + "\n  }>\n}\n",
		"{\"Version\": \"2012-10-17\", \"Statement\": {\"Effect\": \"Allow\", \"Action\": \"a:b\", \"Resource\": \"*\"}<,\n  {" + statement + "}>}",
	} {
		before, rest, _ := strings.Cut(want, "<")
		added, after, _ := strings.Cut(rest, ">")
		found := fix.All(scenario.Parse(scene(user, "iam:PassRole", aRole, "", "identity/a.json", before+after)))
		if len(found) != 1 {
			t.Errorf("%d fixes for\n%s", len(found), before+after)
			continue
		}
		if got := found[0].Text[found[0].Span.Start:found[0].Span.End]; got != added {
			t.Errorf("got\n%q, want\n%q", got, added)
		}
	}
	for text, want := range map[string]string{
		`{"Grants": []}`:             "{\"Grants\": [<\n  {\n    ",
		"{\n  \"Grants\": [\n  ]\n}": "{\n  \"Grants\": [<\n    {\n      ",
		`[]`:                         "[<\n  {\n    ",
		`[{"KeyId":"x","GranteePrincipal":"` + user + `","Operations":["Sign"]}]`: `"Operations":["Sign"]}<,` + "\n  {\"KeyId\":",
	} {
		for _, x := range fix.All(scenario.Parse(scene(user, "kms:Decrypt", key, "", "resource.json", nobody, "grants.json", text))) {
			if got := x.Text[:x.Span.Start] + "<" + x.Text[x.Span.Start:]; x.Section == "grants.json" && !strings.Contains(got, want) {
				t.Errorf("got\n%s\nwant %q in it", got, want)
			}
		}
	}
}

// texts is every scenario of the gallery and of the KMS tables, each in both
// modes.
func texts(t testing.TB) map[string]string {
	t.Helper()
	out := map[string]string{}
	names, err := fs.Glob(scenarios.Files, "*/*.txtar")
	if err != nil || len(names) == 0 {
		t.Fatal(err)
	}
	for _, name := range names {
		text, err := scenarios.Files.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		out[name] = string(text)
	}
	for _, c := range kms.Combinations() {
		out[c.ID()] = c.Scenario()
	}
	for name, text := range maps.Clone(out) {
		if moved, _, problems := scenario.SwitchAccounts(text); len(problems) == 0 {
			out[name+" switched"] = moved
		}
	}
	return out
}

func TestEveryScenario(t *testing.T) {
	offered, near := 0, 0
	for name, text := range texts(t) {
		t.Run(name, func(t *testing.T) {
			o, n := check(t, text)
			offered, near = offered+o, near+n
		})
	}
	if offered < 300 || near < 100 {
		t.Errorf("only %d fixes, %d of the nearest way", offered, near)
	}
}

// check holds every fix of a text to what is promised, and counts them, and
// those of the way that is marked as near.
func check(t *testing.T, text string) (offered, near int) {
	t.Helper()
	file := scenario.Parse(text)
	for _, x := range fix.All(file) {
		offered++
		r := request(file, x.Request)
		a := explain.Explain(engine.Decide(r))
		if x.Way >= len(a.Ways) || a.Ways[x.Way].Open || a.Outcome != engine.ImplicitDeny {
			t.Fatalf("way %d of %+v", x.Way, a.Ways)
		}
		if a.Ways[x.Way].Near {
			near++
		}
		edited := edit(file, &x)
		after := scenario.Parse(edited)
		if len(after.Problems) > len(file.Problems) || after.Errors() {
			t.Errorf("%s brings problems: %+v", x.Title, after.Problems)
		}
		if outcome(after, x.Request) != engine.Allowed {
			t.Errorf("%s is no fix", x.Title)
		}
		old, existed := file.Section(x.Section)
		checkText(t, &x, old, existed)
		checkNarrow(t, text, edited, &x)
	}
	return offered, near
}

func request(file *scenario.File, name string) *engine.Check {
	for i := range file.Requests {
		if file.Requests[i].Name == name {
			return file.Requests[i].Check
		}
	}
	return nil
}

func outcome(file *scenario.File, name string) engine.Outcome {
	if r := request(file, name); r != nil {
		return engine.Decide(r).Outcome
	}
	return engine.ImplicitDeny
}

// edit replaces the section, or adds it before the first.
func edit(file *scenario.File, x *fix.Fix) string {
	var b strings.Builder
	b.WriteString(file.Comment)
	if _, ok := file.Section(x.Section); !ok {
		b.WriteString("-- " + x.Section + " --\n" + x.Text)
	}
	for _, s := range file.Sections {
		b.WriteString(s.Marker)
		if s.Name == x.Section {
			b.WriteString(x.Text)
		} else {
			b.WriteString(s.Text)
		}
	}
	return b.String()
}

// checkText holds that what was typed is still there.
func checkText(t *testing.T, x *fix.Fix, old string, existed bool) {
	t.Helper()
	before, after := x.Text[:x.Span.Start], x.Text[x.Span.End:]
	if !existed {
		if before+after != "" || !strings.HasSuffix(x.Text, "}\n") {
			t.Errorf("a new section is all new: %q", x.Text)
		}
		return
	}
	if before+after == old {
		return
	}
	// A statement became a list.
	root, _ := policy.ParseJSON("", old)
	if s, ok := root.Field("Statement"); !ok || s.Kind != policy.Object ||
		before != old[:s.Span.Start]+"["+old[s.Span.Start:s.Span.End] || after != "]"+old[s.Span.End:] {
		t.Errorf("%q is not %q with something new", x.Text, old)
	}
}

// Other actions of the services that the scenarios are about.
var otherActions = []string{"Decrypt", "Encrypt", "GetObject", "PutObject", "DeleteObject", "ListBucket", "SendMessage", "ReceiveMessage", "AssumeRole", "TagSession", "CreateGrant", "DescribeKey"}

// checkNarrow holds that a fix allows no other action, and, where it names the
// caller and says nothing else, no other caller.
func checkNarrow(t *testing.T, text, edited string, x *fix.Fix) {
	t.Helper()
	r := request(scenario.Parse(text), x.Request)
	service, _, _ := strings.Cut(r.Action, ":")
	for _, other := range otherActions {
		if action := service + ":" + other; !strings.EqualFold(action, r.Action) {
			same(t, text, edited, x, "action", action)
		}
	}
	section := "/" + x.Section // of the file, or of an entity
	attached := strings.Contains(section, "/identity/") || strings.Contains(section, "/session") || strings.HasSuffix(section, "/boundary.json")
	if attached || x.Effect != "" || r.Principal.Kind == engine.WebFederated {
		return
	}
	account := r.Principal.Account
	for _, other := range []string{
		"arn:aws:iam::" + account + ":user/somebody-else", "arn:aws:sts::" + account + ":assumed-role/" + roleName(r) + "/somebody-else",
		"arn:aws:iam::999999999999:user/somebody-else", "events.amazonaws.com", "anonymous",
	} {
		if other != r.Principal.ARN && (account != "" || !strings.Contains(other, "::"+account+":")) {
			same(t, text, edited, x, "principal", other)
		}
	}
}

func roleName(r *engine.Check) string {
	if r.Principal.Role == "" {
		return "other"
	}
	return r.Principal.Role[strings.LastIndexByte(r.Principal.Role, '/')+1:]
}

// same holds that a fix does not let in the request with another value.
func same(t *testing.T, text, edited string, x *fix.Fix, key, value string) {
	t.Helper()
	before, after := scenario.Parse(changed(text, x.Request, key, value)), scenario.Parse(changed(edited, x.Request, key, value))
	if outcome(before, x.Request) != engine.Allowed && outcome(after, x.Request) == engine.Allowed {
		t.Errorf("%s also allows %s: %s\n%s", x.Title, key, value, edited)
	}
}

// changed is the text with another value on a line of a request, which loses
// what is behind the caller.
func changed(text, name, key, value string) string {
	section, inside := "request", false
	if name != "" {
		section += "/" + name
	}
	var b strings.Builder
	for line := range strings.Lines(text) {
		if strings.HasPrefix(line, "-- ") {
			inside = strings.TrimSpace(line) == "-- "+section+" --"
		}
		switch {
		case inside && strings.HasPrefix(line, key+":"):
			line = key + ": " + value + "\n"
		case inside && key == "principal" && (strings.HasPrefix(line, "role:") || strings.HasPrefix(line, "federated-by:") || strings.HasPrefix(line, "aws:userid:") || strings.HasPrefix(line, "aws:Principal")):
			line = ""
		}
		b.WriteString(line)
	}
	return b.String()
}

// TestNearWay: the way that is marked as near has a fix, unless no edit of the
// scenario opens it.
func TestNearWay(t *testing.T) {
	for name, text := range texts(t) {
		file := scenario.Parse(text)
		fixed := map[string]map[int]bool{}
		for _, x := range fix.All(file) {
			if fixed[x.Request] == nil {
				fixed[x.Request] = map[int]bool{}
			}
			fixed[x.Request][x.Way] = true
		}
		for i := range file.Requests {
			r := file.Requests[i].Check
			d := engine.Decide(r)
			a := explain.Explain(d)
			for j, w := range a.Ways {
				if w.Near && d.Depends == nil && // what is not known can deny it then
					!fixed[r.Name][j] && !beyondEdits(file, r) {
					t.Errorf("%s %s: no fix for %s", name, r.Name, w.Title)
				}
			}
		}
	}
}

// beyondEdits: a new grant is no other grant, AWS owns the key, another account
// owns the object, or nothing tells that such a resource has a policy.
func beyondEdits(file *scenario.File, r *engine.Check) bool {
	_, policy := file.Section("resource.json")
	several := slices.ContainsFunc(file.Requests, func(q scenario.Request) bool { return q.Check == r && file.NewResourcePolicy(&q) == "" })
	return several || r.Service().Rule == engine.RetireRule || r.AWSManagedKey || r.ForeignObject() || r.Service().Name == "" && !policy
}

// TestLargeFiles: a file of any size gets a fix, and only so many tries.
func TestLargeFiles(t *testing.T) {
	for size, want := range map[int]int{0: 3, fix.MaxReread / 2: 2, fix.MaxReread + 1: 1} {
		text := scene(session, "sqs:SendMessage", queue, "", "identity/a.json", empty+strings.Repeat(" ", size))
		found := fix.All(scenario.Parse(text))
		if len(found) != want || found[0].Section != "identity/a.json" {
			t.Errorf("%d bytes: %d fixes, want %d", size, len(found), want)
		}
	}
}

// FuzzFix: no text panics, and every fix that is offered is one.
func FuzzFix(f *testing.F) {
	for _, text := range texts(f) {
		f.Add(text)
	}
	for _, c := range cases {
		f.Add(c.text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		file := scenario.Parse(text)
		for _, x := range fix.All(file) {
			after := scenario.Parse(edit(file, &x))
			if after.Errors() || outcome(after, x.Request) != engine.Allowed {
				t.Errorf("%s is no fix: %+v", x.Title, x)
			}
			old, existed := file.Section(x.Section)
			checkText(t, &x, old, existed)
		}
	})
}

func BenchmarkAll(b *testing.B) {
	file := scenario.Parse(cases[3].text)
	b.ReportAllocs()
	for b.Loop() {
		fix.All(file)
	}
}
