package answer_test

import (
	"slices"
	"strings"
	"testing"

	"why403/engine"
	"why403/engine/answer"
	"why403/engine/catalogue/data"
	"why403/engine/scenario"
)

// Two checks of a call that depend on one key want it to have different values:
// no value lets the call in, and none is said to.
func TestChecksOfOneKey(t *testing.T) {
	_, a := answered(t, "-- request --\n"+bob+"action: s3:GetObject\nresource: arn:aws:s3:::b/x\nresource: "+
		"arn:aws:s3:::c/x\nresource-account: 111122223333\n"+
		"-- identity/a.json --\n"+`{"Version": "2012-10-17", "Statement": [
  {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::b/*", "Condition": {"StringEquals": {"aws:RequestedRegion": "eu-west-1"}}},
  {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::c/*", "Condition": {"StringEquals": {"aws:RequestedRegion": "eu-west-2"}}}]}`+"\n")
	if a.Outcome != engine.Undecided || len(a.Depends.AllowedIf) != 1 {
		t.Fatalf("%v, %+v", a.Outcome, a.Depends)
	}
	for _, region := range []string{"eu-west-1", "eu-west-2"} {
		if !slices.ContainsFunc(a.Depends.AllowedIf[0], func(clause string) bool { return strings.Contains(clause, region) }) {
			t.Errorf("%s is not asked for: %q", region, a.Depends.AllowedIf)
		}
	}
}

// Where nothing tells which key encrypts the bucket, nobody is said to get in.
func TestWhoUnknownKey(t *testing.T) {
	f := scenario.ParseWith(data.All(),
		"-- request --\n"+bob+"action: s3:GetObject\nresource: arn:aws:s3:::b/x\nresource-account: 111122223333\nunknown: encrypted-with\n"+
			"-- entity/bob --\narn: arn:aws:iam::111122223333:user/bob\n-- entity/bob/identity/a.json --\n"+
			`{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "s3:*", "Resource": "*"}}`+"\n")
	who := answer.AskAll(f).Cells
	if len(who) != 1 || who[0].Outcome != engine.Undecided || !strings.Contains(who[0].Way, "the key that encrypts") {
		t.Errorf("%+v %+v", who, f.Problems)
	}
}

// A variable whose key is sent and not known is not one without a value: a Deny
// that reads it can match.
func TestVariableOfUserID(t *testing.T) {
	const text = "-- request --\nprincipal: arn:aws:sts::111122223333:assumed-role/app/one\naction: s3:GetObject\nresource: " +
		"arn:aws:s3:::b/AROAEXAMPLE/k\nresource-account: 111122223333\n" +
		mayS3 + "-- identity/deny.json --\n"
	for _, deny := range []string{
		`{"Version": "2012-10-17", "Statement": {"Effect": "Deny", "Action": "s3:*", "Resource": "arn:aws:s3:::b/${aws:userid}/*"}}`,
		`{"Version": "2012-10-17", "Statement": {"Effect": "Deny", "Action": "s3:*", "Resource": "*", "Condition": {"StringEquals": ` +
			`{"aws:PrincipalAccount": "${aws:userid}"}}}}`,
	} {
		if _, a := answered(t, text+deny+"\n"); a.Outcome != engine.Undecided || !slices.Equal(a.Depends.On, []string{"aws:userid"}) {
			t.Errorf("%v, %+v\n%s", a.Outcome, a.Depends, deny)
		}
	}
}

// A policy that AWS RAM alone writes serves other accounts and has no Deny: in the
// owner's account nothing depends on it. A policy that is given counts as ever.
func TestUnknownShare(t *testing.T) {
	const may = `{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "*", "Resource": "*"}}`
	for _, c := range []struct {
		resource, more string
		want           engine.Outcome
	}{
		{"ec2:StopInstances\nresource: arn:aws:ec2:us-east-1:111122223333:instance/i-0123456789abcdef0", "", engine.Allowed},
		{"ec2:StopInstances\nresource: arn:aws:ec2:us-east-1:444455556666:instance/i-0123456789abcdef0", "", engine.Undecided},
		{"ses:SendEmail\nresource: arn:aws:ses:us-east-1:111122223333:identity/example.com", "", engine.Undecided},
		{"ec2:StopInstances\nresource: arn:aws:ec2:us-east-1:111122223333:instance/i-0123456789abcdef0",
			"-- resource.json --\n" + strings.Replace(may, `"Allow",`, `"Deny", "Principal": "*",`, 1) + "\n", engine.ExplicitDeny},
	} {
		_, a := answered(t, "-- request --\n"+bob+"action: "+c.resource+"\nunknown: resource\n-- identity/a.json --\n"+may+"\n"+c.more)
		if a.Outcome != c.want {
			t.Errorf("%s: %v, want %v", c.resource, a.Outcome, c.want)
		}
	}
}
