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

// Of thousands of answers, and of thousands of policies without a request, as many
// are read as there is time for, and the rest is told.
func TestManyAnswers(t *testing.T) {
	request := "-- request --\nprincipal: arn:aws:iam::111122223333:user/bob\naction: s3:GetObject\nresource: arn:aws:s3:::b/k\n"
	answer := "-- error/NAME --\nUser: arn:aws:iam::111122223333:user/bob is not authorized to perform: s3:GetObject on resource: " +
		"\"arn:aws:s3:::b/k\" because no identity-based policy allows the s3:GetObject action\n"
	padding := "-- identity/p.json --\n{\"Statement\": []}" + strings.Repeat(" ", 900_000) + "\n"
	for _, c := range []struct {
		name, text string
		read       int
	}{
		{"many", request + strings.Repeat(answer, 1000), paste.MaxPieces},
		{"few beside a long policy", request + padding + strings.Repeat(answer, 10), 5},
		{"few", request + strings.Repeat(answer, 10), 10},
	} {
		b := paste.Scenario([]paste.Piece{{Name: "x.txtar", Text: c.text}})
		read, told := 0, ""
		for _, one := range b.Read {
			if strings.Contains(one.Name, "error") {
				read++
			}
		}
		for _, p := range b.Problems {
			told += p.Message
		}
		if all := strings.Count(c.text, "-- error"); read != c.read || strings.Contains(told, "are read") != (read < all) {
			t.Errorf("%s: %d of %d are read, and told is %q", c.name, read, all, told)
		}
	}
}

// Each policy without a request gets a section, and a second one of a name another.
func TestManySections(t *testing.T) {
	policy := "-- identity/p.json --\n{\"Statement\": []}\n"
	b := paste.Scenario([]paste.Piece{{Name: "x.txtar", Text: strings.Repeat(policy, 3)}})
	for _, section := range []string{"-- identity/p.json --", "-- identity/p-2.json --", "-- identity/p-3.json --"} {
		if strings.Count(b.Text, section) != 1 {
			t.Errorf("%s is not there once:\n%s", section, b.Text)
		}
	}
}
