package paste_test

import (
	"strings"
	"testing"

	"why403/engine/diagnose/paste"
)

// Braces that have no end are looked behind a few times, and where that stops is
// told.
func TestOpenBraces(t *testing.T) {
	policy := "{\"Statement\": {\"Effect\": \"Allow\", \"Action\": \"s3:*\", \"Resource\": \"*\"}}\n"
	read := func(open int) string {
		b := paste.Scenario([]paste.Piece{{Name: "x.txt", Text: strings.Repeat("{\"a\":\n", open) + policy + "words\n"}})
		for _, p := range b.Problems {
			if strings.Contains(p.Message, "braces have no end") {
				return p.Message + " " + strings.Repeat("|", p.Line)
			}
		}
		return b.Text
	}
	if got := read(3); !strings.Contains(got, policy) {
		t.Errorf("three open braces: %q", got)
	}
	if got := read(100_000); !strings.HasSuffix(got, " "+strings.Repeat("|", 21)) {
		t.Errorf("many open braces: %.300q", got)
	}
}
