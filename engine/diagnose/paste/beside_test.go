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
	_, r := diagnosed(blamed + "Role policy:\n" + allow + "\nBoundary:\n" + other + "\n")
	if !slices.Contains(r.Policies.Given, "boundary") || r.Verdict != "agrees" {
		t.Errorf("%q, %+v", r.Verdict, r.Policies)
	}
}

// A policy of which nothing tells the place leaves the message beside it as it is.
func TestPlaceNotTold(t *testing.T) {
	b, r := diagnosed(blamesIdentity + `{"Effect": "Deny", "Action": "s3:PutObject", "Resource": "*"}`)
	if r.Asked.Action != "s3:GetObject" || r.Outcome != "implicit deny" || len(b.Problems) != 1 {
		t.Errorf("%+v %q %+v", r.Asked, r.Outcome, b.Problems)
	}
}

// A policy that is not whole is not passed over.
func TestUnreadPolicy(t *testing.T) {
	b, _ := diagnosed(blamesIdentity + "{\n  \"Statement\": [{\"Effect\": \"Allow\", \"Action\": [\"s3:Get*\", ...\n")
	if len(b.Problems) != 1 || !strings.Contains(b.Problems[0].Message, "beside the message") {
		t.Errorf("%+v", b.Problems)
	}
}
