package paste_test

import (
	"strings"
	"testing"

	"why403/engine/catalogue/data"
	"why403/engine/diagnose"
	"why403/engine/diagnose/paste"
)

// A Deny that rests on a condition key that nothing tells is no contradiction to
// a missing Allow: it need not have matched.
func TestRestingDeny(t *testing.T) {
	deny := func(condition string) string {
		return `{"Statement": {"Effect": "Deny", "Action": "*", "Resource": "*"` + condition + `}}`
	}
	const asked = "arn:aws:iam::111122223333:user/ann is not authorized to perform: sqs:SendMessage on resource: " +
		"arn:aws:sqs:eu-west-1:111122223333:jobs because no identity-based policy allows the sqs:SendMessage action"
	for condition, want := range map[string]string{
		`, "Condition": {"NotIpAddress": {"aws:SourceIp": "203.0.113.0/24"}}`: "narrower",
		"": "contradicts",
	} {
		d := diagnose.Of(data.All(), paste.Scenario([]paste.Piece{{Name: "error.txt", Text: "User: " + asked},
			{Name: "identity/ann.json", Text: deny(condition)}}), nil)
		if d.Verdict != want || want == "narrower" && strings.Contains(d.Why, "explicitly") {
			t.Errorf("%s: %s: %s", condition, d.Verdict, d.Why)
		}
	}
}
