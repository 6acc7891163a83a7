package answer_test

import (
	"strings"
	"testing"

	"why403/engine"
	"why403/engine/answer"
	"why403/engine/scenario"
)

// While nobody said what is asked, no policy allows or denies it: not one that
// allows all, and not one that denies all but some.
func TestUnasked(t *testing.T) {
	const deny = `{"Statement": {"Effect": "Deny", "NotAction": "iam:*", "Resource": "*"}}`
	const allow = `{"Statement": {"Effect": "Allow", "Action": "*", "Resource": "*"}}`
	for _, text := range []string{allow, deny} {
		for action, open := range map[string]bool{engine.NoAction: true, "s3:ListAllMyBuckets": false} {
			f := scenario.Parse("-- request --\nprincipal: arn:aws:iam::111122223333:user/dana\naction: " + action +
				"\nresource: *\n-- identity/a.json --\n" + text + "\n")
			a := answer.File(f)[0]
			if (a.Outcome == engine.Undecided) != open || answer.Outcome(&f.Requests[0]) != a.Outcome {
				t.Errorf("%s under %s: %s", action, text, a.Outcome)
			}
			if said := strings.Contains(a.Verdict, "Say who asks"); said != open || open && a.Message != "" {
				t.Errorf("%s: %s %s", action, a.Verdict, a.Message)
			}
		}
	}
}
