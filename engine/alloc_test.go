package engine_test

import (
	"testing"

	"why403/engine"
)

// A warm evaluator decides without allocating, whatever it decides about.
func TestNoAllocations(t *testing.T) {
	for _, c := range []struct {
		name, text string
		notes      int // that the decision has at least
	}{
		{"simple", simple, 0},
		{"KMS across accounts, grants and encryption context", keyAcross, 0},
		{"10 policies of 20 statements with three operators", conditioned(10, 20), 0},
		{"S3 with ACLs and Block Public Access", sharedBucket, 0},
		{"many notes", noted(), 300},
		{"variables", variables, 0},
		{"every type", everyType, 0},
		{"no policy at all", openFileSystem, 0},
	} {
		f := read(t, c.text)
		var e engine.Decider
		for i := range f.Requests {
			r := f.Requests[i].Check
			if d := e.Decide(r); len(d.Notes) < c.notes {
				t.Errorf("%s: only %d notes", c.name, len(d.Notes))
			}
			if n := testing.AllocsPerRun(100, func() { e.Decide(r) }); n != 0 {
				t.Errorf("%s, %s: %v allocations", c.name, r.Action, n)
			}
		}
	}
}

// TestNoAllocationsInTurn decides different scenarios in turn.
func TestNoAllocationsInTurn(t *testing.T) {
	small, large := read(t, simple), read(t, conditioned(10, 20))
	var e engine.Decider
	both := func() {
		e.Decide(large.Requests[0].Check)
		e.Decide(small.Requests[0].Check)
	}
	both()
	if n := testing.AllocsPerRun(100, both); n != 0 {
		t.Errorf("%v allocations", n)
	}
}

const variables = `-- request --
principal: arn:aws:iam::111122223333:user/bob
action: s3:GetObject
resource: arn:aws:s3:::home/bob/a-rather-long-name-of-a-file-that-does-not-fit-into-a-small-piece-of-memory
aws:PrincipalTag/team: shop
-- identity/home.json --
{"Version": "2012-10-17", "Statement": [
  {"Effect": "Allow", "Action": "s3:*", "Resource": ["arn:aws:s3:::home/${aws:PrincipalTag/team}/*", "arn:aws:s3:::home/${aws:username}/*"],
   "Condition": {"StringLike": {"aws:PrincipalArn": "arn:aws:iam::${aws:PrincipalAccount}:user/${aws:username}"}, "StringEquals": {"aws:username": "${aws:NoSuchKey, 'bob'}"}}}]}
`

const everyType = `-- request --
principal: arn:aws:sts::444455556666:assumed-role/app/one
action: sqs:SendMessage
resource: arn:aws:sqs:us-east-1:111122223333:q
aws:TagKeys: a
aws:TagKeys: b
-- request/federated --
principal: arn:aws:sts::111122223333:federated-user/ann
action: sqs:SendMessage
resource: arn:aws:sqs:us-east-1:111122223333:q
-- request/root --
principal: arn:aws:iam::444455556666:root
action: sqs:SendMessage
resource: arn:aws:sqs:us-east-1:111122223333:q
-- request/service --
principal: sns.amazonaws.com
action: sqs:SendMessage
resource: arn:aws:sqs:us-east-1:111122223333:q
-- request/anonymous --
principal: anonymous
action: sqs:SendMessage
resource: arn:aws:sqs:us-east-1:111122223333:q
-- identity/a.json --
{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "NotAction": "iam:*", "NotResource": "arn:aws:sqs:*:*:other"}}
-- boundary.json --
{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "sqs:*", "Resource": "*", "Condition": {"ForAllValues:StringEquals": {"aws:TagKeys": ["A", "b"]}}}}
-- session.json --
{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "*", "Resource": "*", "Condition": {"ForAnyValue:StringEqualsIgnoreCase": {"aws:TagKeys": "A"}}}}
-- resource.json --
{"Version": "2012-10-17", "Statement": [
  {"Effect": "Allow", "Principal": {"AWS": ["444455556666", "AROAIOSFODNN7EXAMPLE"], "Service": "sns.amazonaws.com"}, "Action": "sqs:SendMessage", "Resource": "*"},
  {"Effect": "Deny", "NotPrincipal": {"AWS": "444455556666"}, "Action": "sqs:*", "Resource": "*"}]}
-- scp/1-root/full.json --
{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "*", "Resource": "*"}}
-- scp/2-account/some.json --
{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "sqs:*", "Resource": "*"}}
-- rcp/1-root/org.json --
{"Version": "2012-10-17", "Statement": {"Effect": "Deny", "Principal": "*", "Action": "sqs:*", "Resource": "*", "Condition": {"StringNotEqualsIfExists": {"aws:PrincipalOrgID": "o-1"}}}}
-- endpoint.json --
{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Principal": {"AWS": "444455556666"}, "Action": "*", "Resource": "*"}}
`

const openFileSystem = `-- request --
principal: anonymous
action: elasticfilesystem:ClientMount
resource: arn:aws:elasticfilesystem:us-east-1:111122223333:file-system/fs-1
`
