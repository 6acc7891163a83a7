package explain_test

import (
	"testing"

	"why403/engine/explain"
)

// saidOf is what the policies of a type said.
func saidOf(t *testing.T, a *explain.Answer, typeName string) explain.Said {
	t.Helper()
	for _, s := range a.Said {
		if s.Type == typeName {
			return s
		}
	}
	t.Fatalf("%s says nothing: %+v", typeName, a.Said)
	return explain.Said{}
}

// A policy allows or denies where a statement is known to match; where what is not
// known decides, it says neither.
func TestSaid(t *testing.T) {
	const (
		allow       = `{"Effect": "Allow", "Action": "s3:*", "Resource": "*"}`
		allowInside = `{"Effect": "Allow", "Action": "s3:*", "Resource": "*", "Condition": {"StringEquals": {"aws:RequestedRegion": "eu-west-1"}}}`
		deny        = `{"Effect": "Deny", "Action": "s3:*", "Resource": "*"}`
		denyOutside = `{"Effect": "Deny", "Action": "s3:*", "Resource": "*", "Condition": {"StringEquals": {"aws:RequestedRegion": "eu-west-1"}}}`
	)
	for _, c := range []struct{ statements, said, detail string }{
		{allow, "allows", "1 of 1 statement matched"},
		{allowInside, "not known", "0 of 1 statement matched, 1 not known"},
		{allow + "," + allowInside, "allows", "1 of 2 statements matched, 1 not known"},
		{allow + "," + denyOutside, "not known", "1 of 2 statements matched, 1 not known"},
		{deny + "," + allowInside, "denies", "1 of 2 statements matched, 1 not known"},
		{deny + "," + denyOutside, "denies", "1 of 2 statements matched, 1 not known"},
	} {
		a := answer(t, `-- request --
principal: arn:aws:iam::111122223333:user/bob
action: s3:GetObject
resource: arn:aws:s3:::reports/a.csv
resource-account: 111122223333
unknown: aws:RequestedRegion
-- identity/p.json --
{"Version": "2012-10-17", "Statement": [`+c.statements+`]}
`)
		if s := saidOf(t, a, "identity"); s.Said != c.said || s.Detail != c.detail {
			t.Errorf("%s: %s, %s; want %s, %s", c.statements, s.Said, s.Detail, c.said, c.detail)
		}
	}
}

// A grant whose constraint is not known to hold says nothing yet.
func TestGrantsSaid(t *testing.T) {
	a := answer(t, `-- request --
principal: arn:aws:iam::111122223333:user/bob
action: kms:Decrypt
resource: arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab
unknown: kms:EncryptionContext:app
-- grants.json --
[{"GranteePrincipal": "arn:aws:iam::111122223333:user/bob", "Operations": ["Decrypt"],
  "Constraints": {"EncryptionContextSubset": {"app": "x"}}}]
`)
	if s := saidOf(t, a, "grant"); s.Said != "not known" || s.Detail != "0 of 1 grant applied, 1 not known" {
		t.Errorf("%s, %s", s.Said, s.Detail)
	}
}

// A key and a role always have a policy: what it says can be unknown, not whether it is there.
func TestUnseen(t *testing.T) {
	for _, c := range []struct{ action, resource, typeName, detail string }{
		{"kms:Decrypt", "arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab", "resource",
			"what it says is not known"},
		{"sts:AssumeRole", "arn:aws:iam::111122223333:role/app", "trust", "what it says is not known"},
		{"sqs:SendMessage", "arn:aws:sqs:us-east-1:111122223333:jobs", "resource", "it is not known whether there is any"},
	} {
		a := answer(t, "-- request --\nprincipal: arn:aws:iam::111122223333:user/bob\naction: "+c.action+
			"\nresource: "+c.resource+"\nunknown: *\n")
		if s := saidOf(t, a, c.typeName); s.Said != "not known" || s.Detail != c.detail {
			t.Errorf("%s: %s, %s; want %s", c.action, s.Said, s.Detail, c.detail)
		}
	}
}
