package redact_test

import (
	"strings"
	"testing"

	"why403/engine/redact"
)

// A long value of many labels is read once, and not from each label to its end:
// that would take minutes.
func TestManyLabels(t *testing.T) {
	r := redact.Of(nil, "-- request --\nprincipal: arn:aws:iam::111122223333:user/bob\naction: s3:GetObject\nresource: arn:aws:s3:::b/k\n"+
		"resource-account: 444455556666\naws:PrincipalTag/x: "+strings.Repeat("ab.", 300_000)+"\n")
	if strings.Contains(r.Text, "ab.ab.ab") || strings.Count(r.Text, ".") < 300_000 {
		t.Errorf("%.300q", r.Text)
	}
}
