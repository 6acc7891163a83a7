package paste_test

import (
	"slices"
	"strings"
	"testing"

	"why403/engine/catalogue/data"
	"why403/engine/diagnose"
	"why403/engine/diagnose/paste"
)

// blamesIdentity is an error of the reader that blames its identity-based policies.
const blamesIdentity = "User: " + reader + " is not authorized to perform: s3:GetObject on resource: \"arn:aws:s3:::quarterly/a.csv\" " +
	"because no identity-based policy allows the s3:GetObject action\n"

func diagnosed(text string) (diagnose.Brought, *diagnose.Result) {
	brought := paste.Scenario([]paste.Piece{{Name: "x.txt", Text: text}})
	return brought, diagnose.Of(data.All(), brought, nil)
}

// The policies of another role say nothing of the caller's: of those nothing is known.
func TestPoliciesOfAnotherRole(t *testing.T) {
	const template = `{"Resources": {"Web": {"Type": "AWS::IAM::Role", "Properties": {"RoleName": "NAME", "Policies": [{"PolicyName": "p", ` +
		`"PolicyDocument": {"Statement": {"Effect": "Allow", "Action": "s3:PutObject", "Resource": "*"}}}]}}}}`
	for _, c := range []struct {
		role  string
		known bool
	}{{"reports", true}, {"web", false}} {
		_, r := diagnosed(blamesIdentity + strings.ReplaceAll(template, "NAME", c.role))
		unknown, none := slices.Contains(r.Policies.Unknown, "identity"), slices.Contains(r.Policies.None, "identity")
		if unknown == c.known || none || r.Verdict == "contradicts" {
			t.Errorf("%s: %q, %+v", c.role, r.Verdict, r.Policies)
		}
	}
}

// The lines above policies say what they are attached to.
func TestHeadings(t *testing.T) {
	const allow = `{"Statement": {"Effect": "Allow", "Action": "s3:*", "Resource": "*"}}`
	const other = `{"Statement": {"Effect": "Allow", "Action": "ec2:*", "Resource": "*"}}`
	blamed := strings.ReplaceAll(blamesIdentity, "identity-based policy", "permissions boundary")
	for _, heading := range []string{"Role policy:", "**Identity policy**", "What it may do"} {
		_, r := diagnosed(blamed + heading + "\n" + allow + "\nBoundary:\n" + other + "\n")
		if !slices.Contains(r.Policies.Given, "boundary") || r.Verdict != "agrees" {
			t.Errorf("%s: %q, %+v", heading, r.Verdict, r.Policies)
		}
	}
}

// A policy of which nothing tells the place leaves the message beside it as it is.
func TestPlaceNotTold(t *testing.T) {
	b, r := diagnosed(blamesIdentity + `{"Effect": "Deny", "Action": "s3:PutObject", "Resource": "*"}`)
	if r.Asked.Action != "s3:GetObject" || r.Outcome != "implicit deny" || len(b.Problems) != 1 {
		t.Errorf("%+v %q %+v", r.Asked, r.Outcome, b.Problems)
	}
}

// Beside a policy that is not read, what another one does not allow is not certain.
func TestOneOfTwoUnread(t *testing.T) {
	b, r := diagnosed(blamesIdentity + `{"Statement": {"Effect": "Allow", "Action": "s3:ListBucket", "Resource": "*"}}` +
		"\nconst more = { Statement: [{ Effect: 'Allow', Action: 's3:GetObject', Resource: arn }] };\n" + `"Effect"`)
	if r.Verdict != "narrower" || !slices.Contains(r.Policies.Depends, "identity") || len(b.Problems) != 1 {
		t.Errorf("%q %+v %+v", r.Verdict, r.Policies, b.Problems)
	}
}

// A policy that is not whole is not passed over.
func TestUnreadPolicy(t *testing.T) {
	b, _ := diagnosed(blamesIdentity + "{\n  \"Statement\": [{\"Effect\": \"Allow\", \"Action\": [\"s3:Get*\", ...\n")
	if len(b.Problems) != 1 || !strings.Contains(b.Problems[0].Message, "beside the message") {
		t.Errorf("%+v", b.Problems)
	}
}

// A policy of which parts are left out proves nothing by what it does not allow, and
// one that is the only one of its type is not read.
func TestLeftOut(t *testing.T) {
	const short = `{"Statement": [{"Effect": "Allow", PRINCIPAL "Action": "s3:ListBucket", "Resource": ["arn:aws:s3:::quarterly", "..."]}]}`
	b, r := diagnosed(blamesIdentity + strings.ReplaceAll(short, "PRINCIPAL", ""))
	if r.Verdict != "narrower" || len(r.News()) != 0 || r.Next == nil || !slices.Contains(r.Policies.Depends, "identity") ||
		len(b.Problems) != 1 {
		t.Errorf("%q %+v %+v %+v", r.Verdict, r.Proved, r.Policies, b.Problems)
	}
	b, r = diagnosed(blamesIdentity + strings.ReplaceAll(short, "PRINCIPAL", `"Principal": "*",`))
	if !slices.Contains(r.Policies.Unknown, "resource") || strings.Contains(b.Text, "resource.json") || len(b.Problems) != 1 {
		t.Errorf("%+v %+v\n%s", r.Policies, b.Problems, b.Text)
	}
	b, r = diagnosed(blamesIdentity + `{"Statement": [{"Effect": "Allow", "Action": "s3:List*", "Resource": "*"}, ...]}` + "\n")
	if r.Verdict != "narrower" || !slices.Contains(r.Policies.Depends, "identity") || len(b.Problems) != 1 {
		t.Errorf("%q %+v %+v", r.Verdict, r.Policies, b.Problems)
	}
}

// A change is read as it is after it, and that is told.
func TestChange(t *testing.T) {
	b, r := diagnosed(blamesIdentity + "\n {\n   \"Statement\": {\n     \"Effect\": \"Allow\",\n-    \"Action\": \"s3:GetObject\",\n" +
		"+    \"Action\": \"s3:ListBucket\",\n     \"Resource\": \"*\"\n   }\n }\n")
	if r.Verdict != "agrees" || len(b.Problems) != 1 || !strings.Contains(b.Problems[0].Message, "before the change") {
		t.Errorf("%q %+v", r.Verdict, b.Problems)
	}
}

// The names of the files that change say what the policies in them are.
func TestChangeOfTwoFiles(t *testing.T) {
	diff := func(name, action string) string {
		return "--- a/" + name + "\n+++ b/" + name + "\n@@ -1,2 +1,2 @@\n" + ` {"Statement": {"Effect": "Allow", "Resource": "*",` + "\n" +
			"-  \"Action\": \"sqs:*\"}}\n+  \"Action\": \"" + action + "\"}}\n"
	}
	_, r := diagnosed(strings.ReplaceAll(blamesIdentity, "identity-based policy", "permissions boundary") +
		diff("iam/boundary.json", "ec2:*") + diff("iam/app.json", "s3:*"))
	if !slices.Contains(r.Policies.Given, "boundary") || !slices.Contains(r.Policies.Given, "identity") || r.Verdict != "agrees" {
		t.Errorf("%q %+v", r.Verdict, r.Policies)
	}
}

// SQS names the queue alone: what is asked of queues most is taken for the action.
func TestQueueAlone(t *testing.T) {
	_, r := diagnosed("AmazonSQSException: Access to the resource https://sqs.eu-west-1.amazonaws.com/111122223333/orders is denied.\n")
	if r.Asked.Action != "sqs:SendMessage" || r.Asked.Resource != "arn:aws:sqs:eu-west-1:111122223333:orders" || len(r.Asked.Filled) == 0 ||
		!slices.Contains(r.Policies.Unknown, "resource") {
		t.Errorf("%+v %+v", r.Asked, r.Policies)
	}
}

// Across accounts, the statement for somebody of the caller's account is nearer than the
// one for the resource's own.
func TestNearestAcrossAccounts(t *testing.T) {
	_, r := diagnosed(strings.NewReplacer("s3:GetObject", "kms:Decrypt", "arn:aws:s3:::quarterly/a.csv",
		"arn:aws:kms:us-east-1:444455556666:key/k", "no identity-based", "no resource-based").Replace(blamesIdentity) + `Key policy:
{"Statement": [{"Effect": "Allow", "Principal": {"AWS": "arn:aws:iam::444455556666:root"}, "Action": "kms:*", "Resource": "*"},
  {"Effect": "Allow", "Principal": {"AWS": "arn:aws:iam::111122223333:role/report"}, "Action": "kms:Decrypt", "Resource": "*"}]}
`)
	news := r.News()
	if len(news) == 0 || news[0].Place == nil || news[0].Place.Statement != 2 {
		t.Errorf("%+v", news)
	}
}

// The state of a resource refuses whatever the policies beside the message say.
func TestStateOfResource(t *testing.T) {
	_, r := diagnosed("An error occurred (AccessControlListNotSupported) when calling the PutObject operation: " +
		"The bucket does not allow ACLs\n" +
		`{"Statement": {"Effect": "Allow", "Action": "s3:PutObject", "Resource": "arn:aws:s3:::b/*"}}`)
	if len(r.Proved) != 1 || r.Proved[0].ID != "no-policy" || len(r.Possible) != 0 || r.Edit {
		t.Errorf("%+v %+v", r.Proved, r.Possible)
	}
}
