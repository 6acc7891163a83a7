package fix_test

import (
	"os"
	"strings"
	"testing"

	"why403/engine/fix"
	"why403/engine/scenario"
)

// exports is the forms of the first fix of a text.
func exports(t *testing.T, text string) map[string]string {
	t.Helper()
	f := scenario.Parse(text)
	found := fix.Of(f, 0)
	if len(found.Fixes) == 0 {
		t.Fatal(found.Reason)
	}
	out := map[string]string{}
	for _, e := range found.Fixes[0].Exports(f) {
		out[e.Form] = e.Text
	}
	return out
}

const bucketPolicy = `{"Version": "2012-10-17", "Statement": [
  {"Sid": "Team's", "Effect": "Allow", "Principal": {"AWS": "arn:aws:iam::444455556666:role/app"}, "Action": "s3:GetObject",
  "Resource": ["arn:aws:s3:::acme/${aws:PrincipalTag/team}/*"], "Condition": {"Bool": {"aws:SecureTransport": "true"}}}]}`

// Every form holds the statement as it is after the fix, and the command reads
// before it writes.
func TestExports(t *testing.T) {
	got := exports(t, scene("arn:aws:sts::444455556666:assumed-role/app/x", "s3:PutObject", "arn:aws:s3:::acme/red/a",
		"resource-account: 111122223333\naws:PrincipalTag/team: red\n",
		"identity/a.json", `{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "s3:*", "Resource": "*"}]}`, "resource.json",
		bucketPolicy))
	golden, err := os.ReadFile("testdata/exports.txt")
	if err != nil {
		t.Fatal(err)
	}
	for _, piece := range strings.Split(string(golden), "=== ")[1:] {
		form, want, _ := strings.Cut(piece, "\n")
		if got[form] != want {
			t.Errorf("%s:\n%s\nwant\n%s", form, got[form], want)
		}
		delete(got, form)
	}
	if len(got) != 0 {
		t.Errorf("%v is in no golden text", got)
	}
}

// The command is that of the policy's type, and of the service.
func TestCommands(t *testing.T) {
	const all = `{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "*", "Resource": "*"}]}`
	some := strings.Replace(all, `"*"`, `"iam:GetRole"`, 1)
	for want, text := range map[string]string{
		"aws iam put-user-policy --user-name bob --policy-name a --policy-document": scene(user, "iam:PassRole", role, "", "identity/a.json",
			some),
		"aws iam put-role-policy --role-name app --policy-name a --policy-document": scene("arn:aws:sts::111122223333:assumed-role/app/x",
			"iam:PassRole", role, "", "identity/a.json", some),
		"aws organizations update-policy --policy-id ID": scene(user, "iam:PassRole", role, "", "identity/a.json",
			all, "scp/1-root/a.json", some),
		"aws iam create-policy-version --policy-arn ID": scene(user, "iam:PassRole", role, "", "identity/a.json",
			all, "boundary.json", some),
		"aws iam update-assume-role-policy --role-name target": scene("ecs-tasks.amazonaws.com", "sts:AssumeRole", role,
			"", "resource.json", `{"Statement": [{"Effect": "Allow", "Principal": {"Service": "ec2.amazonaws.com"}, "Action": "sts:AssumeRole"}]}`),
		"aws kms put-key-policy --key-id arn:aws:kms:us-east-1:111122223333:key/k": scene(user, "kms:Decrypt", key, "", "resource.json",
			`{"Statement": [{"Effect": "Allow", "Principal": {"AWS": "`+user+`"}, "Action": "kms:Encrypt", "Resource": "*"}]}`),
		"aws sts assume-role --role-arn arn:aws:iam::111122223333:role/app": scene("arn:aws:sts::111122223333:assumed-role/app/x",
			"iam:PassRole", role, "", "identity/a.json", all, "session.json", some),
		"aws ec2 modify-vpc-endpoint --vpc-endpoint-id ID": scene(user, "sqs:SendMessage",
			"arn:aws:sqs:us-east-1:111122223333:q", "", "identity/a.json", all, "endpoint.json",
			`{"Statement": [{"Effect": "Allow", "Principal": "*", "Action": "sqs:ReceiveMessage", "Resource": "*"}]}`),
		"# Give the resource this policy, in the way that its service has.": scene("sns.amazonaws.com", "firehose:PutRecord",
			"arn:aws:firehose:us-east-1:111122223333:deliverystream/d", "", "resource.json",
			`{"Statement": [{"Effect": "Allow", "Principal": {"Service": "s3.amazonaws.com"}, "Action": "firehose:PutRecord", "Resource": "*"}]}`),
	} {
		if got := exports(t, text)["cli"]; !strings.Contains(got, want) {
			t.Errorf("there is no %q in\n%s", want, got)
		}
	}
}

// A change of the request has nothing to run, and a letter goes to who alone can
// make a change.
func TestOwners(t *testing.T) {
	mfa := scene(user, "sts:AssumeRole", role, "", "resource.json", `{"Statement": [{"Effect": "Allow", "Principal": {"AWS": "`+user+
		`"}, "Action": "sts:AssumeRole", "Condition": {"Bool": {"aws:MultiFactorAuthPresent": "true"}}}]}`)
	if got := exports(t, mfa); len(got) != 0 {
		t.Errorf("%v", got)
	}
	found := fix.Of(scenario.Parse(scene(user, "sqs:SendMessage", "arn:aws:sqs:us-east-1:111122223333:q", "", "identity/a.json",
		`{"Statement": [{"Effect": "Allow", "Action": "*", "Resource": "*"}]}`, "scp/1-root/a.json",
		`{"Statement": [{"Effect": "Allow", "Action": "*", "Resource": "*"},
		{"Sid": "NoQueues", "Effect": "Deny", "Action": ["sqs:SendMessage", "sqs:DeleteQueue"], "Resource": "*"}]}`)), 0)
	if len(found.Fixes) == 0 {
		t.Fatal(found.Reason)
	}
	x := found.Fixes[0]
	for _, want := range []string{"To the management account of the organization", user + " needs sqs:SendMessage on", "“NoQueues”",
		"scp/1-root/a.json"} {
		if !strings.Contains(x.Letter, want) {
			t.Errorf("there is no %q in\n%s", want, x.Letter)
		}
	}
}

// A letter names the role, not its session, and of a policy what changes.
func TestLetterTellsNoMore(t *testing.T) {
	found := fix.Of(scenario.Parse(scene("arn:aws:sts::111122223333:assumed-role/app/jane@example.com", "sqs:SendMessage",
		"arn:aws:sqs:us-east-1:444455556666:q", "", "identity/a.json",
		`{"Statement": [{"Effect": "Allow", "Action": "*", "Resource": "*"}]}`, "resource.json",
		`{"Statement": [{"Sid": "Partner", "Effect": "Allow", "Principal": {"AWS": "999988887777"}, "Action": "sqs:*", "Resource": "*"}]}`)), 0)
	if len(found.Fixes) == 0 {
		t.Fatal(found.Reason)
	}
	for _, x := range found.Fixes {
		if x.Letter == "" || !strings.Contains(x.Letter, "arn:aws:iam::111122223333:role/app needs") ||
			!strings.Contains(x.Letter, `"sqs:SendMessage"`) {
			t.Errorf("%s: letter\n%s", x.Title, x.Letter)
		}
		for _, secret := range []string{"jane@example.com", "999988887777"} {
			if strings.Contains(x.Letter, secret) {
				t.Errorf("there is %q in\n%s", secret, x.Letter)
			}
		}
	}
}
