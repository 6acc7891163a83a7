package main

import (
	"strings"
	"testing"
)

// The file goes to standard output, what was replaced and the proof elsewhere.
func TestRedact(t *testing.T) {
	const text = "Bank\n\n-- request --\nprincipal: arn:aws:iam::210987654321:user/anna\naction: sqs:SendMessage\n" +
		"resource: arn:aws:sqs:eu-west-1:210987654321:payments\n-- identity/a.json --\n" +
		`{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "sqs:*", "Resource": "*"}}` + "\n"
	stdout, stderr, code := run(text, "redact", "-")
	if code != exitOK || strings.Contains(stdout, "anna") || strings.Contains(stdout, "2109") || !strings.Contains(stdout,
		"action: sqs:SendMessage") {
		t.Errorf("%d\n%s", code, stdout)
	}
	if !strings.Contains(stderr, "anna") || !strings.Contains(stderr, "Proved: 1 requests, 1 checks") || !strings.Contains(stderr,
		"Left out: the title.") {
		t.Error(stderr)
	}
	if stdout, _, code := run(text, "redact", "--json", "-"); code != exitOK || !strings.Contains(stdout, `"proved":true`) {
		t.Errorf("%d %s", code, stdout)
	}
	if _, stderr, code := run("-- request --\nprincipal: me\n", "redact", "-"); code != exitProblems || !strings.Contains(stderr,
		"Not proved") {
		t.Errorf("%d %s", code, stderr)
	}
}
