package policy_test

import (
	"math/rand/v2"
	"strings"
	"testing"

	"why403/engine/policy"
)

// shortTexts are all of up to five letters.
var shortTexts = func() (out []string) {
	out = []string{""}
	for from := 0; len(out[from]) < 6; from++ {
		for _, c := range []string{"a", "é"} {
			out = append(out, out[from]+c)
		}
	}
	return out
}()

// A text that two patterns have in common is matched by both; where there is
// none, no text is; and what a pattern covers, it matches.
func TestPatternsMeet(t *testing.T) {
	c := rand.New(rand.NewPCG(403, 10))
	random := func() string {
		var b strings.Builder
		for range c.IntN(6) {
			b.WriteString([]string{"a", "é", "*", "?"}[c.IntN(4)])
		}
		return b.String()
	}
	seen := map[string]int{}
	for range 20_000 {
		a, b := random(), random()
		left, right := policy.CompilePattern(a, true, false), policy.CompilePattern(b, true, false)
		covered, common := policy.CoversText(a, b)
		if common != "" && (!left.Match(common) || !right.Match(common)) {
			t.Fatalf("%q and %q: not %q", a, b, common)
		}
		if asked := policy.CompileAsked(a); asked.Covers(b) != covered || asked.Touches(b) != (covered || common != "") {
			t.Fatalf("%q, asked for, covers %q: %v, touches it: %v", a, b, asked.Covers(b), asked.Touches(b))
		}
		meet := false
		for _, text := range shortTexts {
			l, r := left.Match(text), right.Match(text)
			meet = meet || l && r
			switch {
			case covered && r && !l:
				t.Fatalf("%q covers %q, but not %q", a, b, text)
			case !covered && common == "" && text != "" && l && r:
				t.Fatalf("%q and %q have nothing in common, but %q", a, b, text)
			}
		}
		switch {
		case covered:
			seen["covers"]++
		case common != "":
			seen["meets"]++
		case !meet:
			seen["apart"]++
		}
	}
	if seen["covers"] < 1_000 || seen["meets"] < 1_000 || seen["apart"] < 1_000 {
		t.Errorf("%v", seen)
	}
}

// The values of a Resource that cover a pattern of a request, or a part of it.
func TestARNPatternsMeet(t *testing.T) {
	vars := values{"aws:username": "bob", "aws:principaltag/star": "*"}
	for _, c := range []struct {
		value, asked, common string
		covers               bool
	}{
		{"*", "arn:aws:s3:::b/*", "arn:aws:s3:::b/", true},
		{"arn:aws:s3:::b/*", "arn:aws:s3:::b/*", "arn:aws:s3:::b/", true},
		{"arn:aws:s3:::b/a*", "arn:aws:s3:::b/*", "arn:aws:s3:::b/a", false},
		{"arn:aws:s3:::b/?", "arn:aws:s3:::b/*", "arn:aws:s3:::b/x", false},
		{"arn:aws:s3:::b/?", "arn:aws:s3:::b/?", "arn:aws:s3:::b/x", true},
		{"arn:aws:s3:::c/*", "arn:aws:s3:::b/*", "", false},
		{"arn:aws:*:::b/*", "arn:aws:s3:::b/*", "", false},
		{"arn:aws:s3:::b/${aws:username}/*", "arn:aws:s3:::b/*", "arn:aws:s3:::b/bob/", false},
		{"arn:aws:s3:::b/${aws:username}/*", "arn:aws:s3:::b/bob/x*", "arn:aws:s3:::b/bob/x", true},
		{"arn:aws:s3:::b/${aws:userid}*", "arn:aws:s3:::b/*", "", false},
		{"arn:aws:s3:::b/${aws:PrincipalTag/star}", "arn:aws:s3:::b/?", "arn:aws:s3:::b/*", false},
		{"arn:aws:sqs:*:111122223333:*", "arn:aws:sqs:us-east-1:111122223333:q*", "arn:aws:sqs:us-east-1:111122223333:q", true},
		{"arn:aws:sqs:us-east-1:111122223333:q", "arn:aws:sqs:*:111122223333:q", "arn:aws:sqs:us-east-1:111122223333:q", false},
		// A "*" at the end of a component runs over colons: nothing is missed.
		{"arn:aws:logs:*:d", "arn:aws:logs:eu-west-1:111122223333:log-group:d*", "arn:aws:logs:eu-west-1:111122223333:log-group:d:",
			false},
	} {
		d := &policy.Document{Type: policy.Identity, Version: "2012-10-17"}
		p := policy.CompileResource(c.value, d)
		var scratch []byte
		covers, _ := p.Covers(c.asked, vars, &scratch)
		common, ok := p.Meets(c.asked, vars, &scratch)
		if covers != c.covers || common != c.common || ok != (c.common != "") {
			t.Errorf("%s and %s: covers %v, common %q", c.value, c.asked, covers, common)
		}
	}
}
