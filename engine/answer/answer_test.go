package answer_test

import (
	"slices"
	"strings"
	"testing"

	"why403/engine/answer"
	"why403/engine/places"
	"why403/engine/policy"
	"why403/engine/scenario"
)

const (
	bob   = "principal: arn:aws:iam::111122223333:user/bob\n"
	mayS3 = "-- identity/a.json --\n" + `{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"s3:*","Resource":"*"}}` + "\n"
)

// answered is the answer to the first request of a file.
func answered(t *testing.T, text string) (*scenario.File, answer.Answer) {
	t.Helper()
	f := scenario.Parse(text)
	if f.Errors() {
		t.Fatalf("%v\n%s", f.Problems, text)
	}
	return f, answer.Of(&f.Requests[0])
}

// What no decision can judge stands beside the answer, once, whether or not it
// was reached.
func TestNotEvaluated(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"-- request --\n" + bob +
			"action: s3:PutBucketPolicy\nresource: arn:aws:s3:::b\nresource-account: 111122223333\nblock-public-access: BlockPublicPolicy\n" +
			mayS3, "not-judged"},
		{"-- request --\n" + bob + "action: s3:GetObject\nresource: arn:aws:s3:::b/k\n" +
			strings.Replace(mayS3, `"Resource":"*"`, `"Resource":"*","Condition":{"NoSuchOperator":{"aws:username":"bob"}}`, 1), "unknown-operator"},
		{"-- request --\n" + bob + "action: s3:GetObject\nresource: arn:aws:s3:::b/k\n" + mayS3, ""},
		{"-- request --\n" + bob + "action: s3:GetObject\nresource: arn:aws:s3:::b/k\n" + strings.Replace(mayS3, `"Statement"`,
			`"Id":"x","Statement"`, 1), ""},
	} {
		f, a := answered(t, c.text)
		var codes []string
		for _, p := range answer.NotEvaluated(f, places.New(f.Text), a.Answer) {
			codes = append(codes, p.Code)
		}
		if got := strings.Join(codes, " "); got != c.want {
			t.Errorf("%q, want %q\n%s", got, c.want, c.text)
		}
	}
	if answer.Unjudged(&policy.Problem{Code: "id-not-allowed"}) {
		t.Error("a warning about an Id keeps nothing from being judged")
	}
}

// A call is answered with the first check that fails. For a pattern that is
// allowed in part, the part that is allowed least decides.
func TestDecisive(t *testing.T) {
	const deny = `,{"Effect":"Deny","Action":"s3:*","Resource":"arn:aws:s3:::b/secret/*"}`
	open := `{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:*","Resource":"arn:aws:s3:::b/*"}`
	for _, c := range []struct {
		resources, policy, want string
		decisive                int
		parts                   int
	}{
		{"resource: arn:aws:s3:::b/a\n", open + deny + "]}", "allow", 0, 0},
		{"resource: arn:aws:s3:::b/a\nresource: arn:aws:s3:::c/a\n", open + "]}", "implicit deny", 1, 0},
		{"resource: arn:aws:s3:::b/a\nresource: arn:aws:s3:::b/secret/x\nresource: arn:aws:s3:::c/a\n", open + deny + "]}", "explicit deny",
			1, 0},
		{"resource: arn:aws:s3:::b/*\n", open + "]}", "allow", 0, 0},
		{"resource: arn:aws:s3:::b/*\n", open + deny + "]}", "explicit deny", 0, 3},
		{"resource: arn:aws:s3:::*\n", open + deny + "]}", "explicit deny", 0, 3},
		{"resource: arn:aws:s3:::*\n", open + "]}", "implicit deny", 0, 2},
	} {
		_, a := answered(t, "-- request --\n"+bob+"action: s3:GetObject\n"+c.resources+"resource-account: 111122223333\n"+
			"-- identity/a.json --\n"+c.policy+"\n")
		if a.Outcome.String() != c.want || a.Decisive != c.decisive || len(a.Checks[0].Parts) != c.parts {
			t.Errorf("%s: %v by check %d with parts %v, want %s by %d with %d", c.resources, a.Outcome, a.Decisive, a.Checks[0].Parts, c.want,
				c.decisive, c.parts)
		}
		if !slices.ContainsFunc(a.Lines(), func(line string) bool { return strings.HasPrefix(line, c.want) }) {
			t.Errorf("%q", a.Lines())
		}
	}
}
