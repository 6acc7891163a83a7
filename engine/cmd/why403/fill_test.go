package main

import (
	"strings"
	"testing"
)

const unsure = `Nobody has seen the SCP

-- request --
principal: arn:aws:iam::111122223333:user/alice
action: sqs:SendMessage
resource: arn:aws:sqs:us-east-1:111122223333:q
unknown: scp
-- identity/a.json --
{"Statement": {"Effect": "Allow", "Action": "sqs:*", "Resource": "*"}}
`

// A scenario that depends can be had as one that is allowed, and as one that is
// denied.
func TestFill(t *testing.T) {
	for want, outcome := range map[string]string{"allow": "allow", "deny": "explicit deny"} {
		filled, errors, code := run(unsure, "fill", want, "-")
		if code != exitOK || errors != "" {
			t.Fatalf("%d: %s", code, errors)
		}
		answer, _, _ := run(filled, "eval", "-")
		if !strings.HasPrefix(answer, "-: "+outcome+"\n") || strings.Contains(filled, "unknown:") {
			t.Errorf("fill %s comes to\n%s\n%s", want, answer, filled)
		}
	}
}

func TestNoFill(t *testing.T) {
	for _, c := range []struct {
		text, arg, want string
		code            int
	}{
		{strings.Replace(unsure, "unknown: scp\n", "", 1), "allow", "nothing that is not known decides this: allow", exitProblems},
		{strings.Replace(unsure, "unknown: scp", "unknown: sp", 1), "allow", "“sp” can't be unknown", exitProblems},
		{unsure, "maybe", "allow or deny", exitUsage},
	} {
		if out, errors, code := run(c.text, "fill", c.arg, "-"); code != c.code || out != "" || !strings.Contains(errors, c.want) {
			t.Errorf("exits with %d: %s%s; want %d: %s", code, out, errors, c.code, c.want)
		}
	}
	if _, errors, code := run(unsure, "fill", "--request", "x", "deny", "-"); code != exitProblems || !strings.Contains(errors,
		`no request "x"`) {
		t.Errorf("%d: %s", code, errors)
	}
}
