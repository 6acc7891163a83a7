package policy_test

import (
	"slices"
	"strings"
	"testing"

	"why403/engine/policy"
)

// What each policy type says to one and the same policy: the codes of its
// problems, with "!" behind those that are errors. A type that says nothing is
// left out.
var demands = []struct {
	statement string
	want      map[policy.Type]string
}{
	{`"Effect":"Deny","Action":"s3:x","Resource":"*"`, map[policy.Type]string{
		policy.Resource: "missing-principal",
		policy.Key:      "missing-principal",
		policy.Trust:    "missing-principal not-allowed-here",
		policy.RCP:      "missing-principal",
		policy.Endpoint: "missing-principal",
	}},
	{`"Effect":"Deny","Action":"s3:x","Principal":"*"`, map[policy.Type]string{
		policy.Identity: "missing-resource! not-allowed-here!",
		policy.Boundary: "missing-resource! not-allowed-here!",
		policy.Session:  "missing-resource! not-allowed-here!",
		policy.Key:      "missing-resource",
		policy.SCP:      "missing-resource! not-allowed-here!",
		policy.RCP:      "missing-resource!",
		policy.Endpoint: "missing-resource!",
	}},
	{`"Effect":"Deny","Action":"s3:x","Resource":"*","Principal":"*"`, map[policy.Type]string{
		policy.Identity: "not-allowed-here!",
		policy.Boundary: "not-allowed-here!",
		policy.Session:  "not-allowed-here!",
		policy.Trust:    "not-allowed-here",
		policy.SCP:      "not-allowed-here!",
	}},
	{`"Effect":"Allow","Action":"s3:x","Resource":"*","NotPrincipal":"*"`, map[policy.Type]string{
		policy.Identity: "not-allowed-here!",
		policy.Boundary: "not-allowed-here!",
		policy.Session:  "not-allowed-here!",
		policy.Resource: "allow-not-principal",
		policy.Key:      "allow-not-principal",
		policy.Trust:    "not-allowed-here not-allowed-here!",
		policy.SCP:      "not-allowed-here!",
		policy.RCP:      "not-allowed-here!",
		policy.Endpoint: "allow-not-principal",
	}},
	{`"Effect":"Deny","NotAction":"s3:x","NotResource":"*","Principal":"*"`, map[policy.Type]string{
		policy.Identity: "not-allowed-here!",
		policy.Boundary: "not-allowed-here!",
		policy.Session:  "not-allowed-here!",
		policy.Trust:    "not-allowed-here",
		policy.SCP:      "not-allowed-here!",
		policy.RCP:      "not-allowed-here",
	}},
	{`"Effect":"Deny","Action":"s3:x","Resource":["arn:aws:s3","arn:aws:s3:*"],"Principal":"*"`, map[policy.Type]string{
		policy.Identity: "not-allowed-here!",
		policy.Boundary: "not-allowed-here!",
		policy.Session:  "short-arn short-arn not-allowed-here!",
		policy.Resource: "short-arn",
		policy.Key:      "short-arn",
		policy.Trust:    "not-allowed-here",
		policy.SCP:      "short-arn not-allowed-here!",
		policy.RCP:      "short-arn",
		policy.Endpoint: "short-arn",
	}},
	{`"Effect":"Deny","Action":"execute-api:Invoke","Resource":["execute-api:/*","*/x"],"Principal":"*"`, map[policy.Type]string{
		policy.Identity: "bad-resource bad-resource not-allowed-here!",
		policy.Boundary: "bad-resource bad-resource not-allowed-here!",
		policy.Session:  "bad-resource bad-resource not-allowed-here!",
		policy.Resource: "bad-resource", // the other is API Gateway's short form
		policy.Key:      "bad-resource bad-resource",
		policy.Trust:    "trust-action not-allowed-here",
		policy.SCP:      "bad-resource bad-resource not-allowed-here!",
		policy.RCP:      "bad-resource bad-resource",
		policy.Endpoint: "bad-resource bad-resource",
	}},
	{`"Sid":"a b","Effect":"Deny","Action":"s3:x","Resource":"*","Principal":"*"`, map[policy.Type]string{
		policy.Identity: "not-allowed-here!",
		policy.Boundary: "not-allowed-here!",
		policy.Session:  "not-allowed-here!",
		policy.Trust:    "bad-sid not-allowed-here",
		policy.SCP:      "not-allowed-here!",
		policy.RCP:      "bad-sid",
	}},
	{`"Effect":"Allow","Action":"*","Resource":"*","Principal":"*"`, map[policy.Type]string{
		policy.Identity: "not-allowed-here!",
		policy.Boundary: "not-allowed-here!",
		policy.Session:  "not-allowed-here!",
		policy.Trust:    "not-allowed-here",
		policy.SCP:      "not-allowed-here!",
	}},
	{`"Effect":"Deny","Action":"*","Resource":"*","Principal":{"AWS":"*"}`, map[policy.Type]string{
		policy.Identity: "not-allowed-here!",
		policy.Boundary: "not-allowed-here!",
		policy.Session:  "not-allowed-here!",
		policy.Trust:    "not-allowed-here",
		policy.SCP:      "not-allowed-here!",
		policy.RCP:      "rcp-action rcp-principal",
	}},
}

func TestDemands(t *testing.T) {
	for _, c := range demands {
		for kind := policy.Identity; kind <= policy.ScopeDown; kind++ {
			text := `{"Version":"2012-10-17","Statement":{` + c.statement + `}}`
			if kind == policy.Trust { // its actions are those of STS
				text = strings.ReplaceAll(text, "s3:x", "sts:x")
			}
			d, problems := policy.Parse("section", kind, text)
			want := c.want[kind]
			if kind == policy.ScopeDown { // both are policies of a session
				want = c.want[policy.Session]
			}
			if got := codes(problems); got != want {
				t.Errorf("type %d: %s\ngot  %s\nwant %s", kind, c.statement, got, want)
			}
			if kept := len(d.Statements) == 1; kept == policy.Errors(problems) {
				t.Errorf("type %d: %s\nkept: %v", kind, c.statement, kept)
			}
			checkReport(t, text, problems)
		}
	}
}

// codes lists the codes of problems, with "!" behind errors.
func codes(problems []policy.Problem) string {
	var all []string
	for _, p := range problems {
		if p.Severity == policy.Error {
			p.Code += "!"
		}
		all = append(all, p.Code)
	}
	return strings.Join(all, " ")
}

func TestID(t *testing.T) {
	text := `{"Id":"x","Statement":{"Effect":"Deny","Action":"s3:x","Resource":"*","Principal":"*"}}`
	forbidden := []policy.Type{policy.Identity, policy.Boundary, policy.Session, policy.ScopeDown}
	for kind := policy.Identity; kind <= policy.ScopeDown; kind++ {
		d, problems := policy.Parse("section", kind, text)
		if got := strings.Contains(codes(problems), "id-not-allowed"); got != slices.Contains(forbidden, kind) || d.ID.Value != "x" {
			t.Errorf("type %d: %s, Id %q", kind, codes(problems), d.ID.Value)
		}
	}
}

// A policy type has its quota in characters, without white space but for those
// of organizations, or in bytes of the whole text.
func TestQuotas(t *testing.T) {
	limits := map[policy.Type]int{
		policy.Identity: 10240, policy.Boundary: 10240, policy.Session: 2048, policy.ScopeDown: 2048, policy.Trust: 8192,
		policy.SCP: 10240, policy.RCP: 5120,
		policy.Resource: 20480, policy.Key: 32768, policy.Endpoint: 20480,
	}
	whole := []policy.Type{policy.Resource, policy.Key, policy.Endpoint}
	for kind, limit := range limits {
		head, tail := `{"Statement":{"Effect":"Deny","Action":"s3:x","Sid":"`, `"}}`
		fill := limit - len(head) - len(tail)
		over := func(letters, spaces int) bool {
			_, problems := policy.Parse("section", kind, head+strings.Repeat("é", letters/2)+strings.Repeat("x",
				letters%2)+tail+strings.Repeat(" ", spaces))
			return strings.Contains(codes(problems), "over-quota") && !strings.Contains(codes(problems), "over-quota!")
		}
		if slices.Contains(whole, kind) {
			if over(fill, 0) || !over(fill+1, 0) || over(fill-9, 9) || !over(fill-9, 10) {
				t.Errorf("type %d: not %d bytes", kind, limit)
			}
			continue
		}
		if kind == policy.SCP || kind == policy.RCP {
			if over(2*fill, 0) || over(2*(fill-9), 9) || !over(2*(fill-9), 10) {
				t.Errorf("type %d: not %d characters in all", kind, limit)
			}
			continue
		}
		if over(2*fill, 1000) || !over(2*fill+2, 0) {
			t.Errorf("type %d: not %d characters", kind, limit)
		}
	}
}

func TestCharacters(t *testing.T) {
	for c, bad := range map[string]bool{"a": false, "é": false, "ÿ": false, "Ā": true, "日": true, "😀": true} {
		text := `{"Statement":{"Effect":"Deny","Action":"s3:x","Resource":"*","Condition":{"StringEquals":{"a:b":"` + c + `"}}}}`
		_, problems := policy.Parse("section", policy.Identity, text)
		if got := codes(problems) == "bad-character"; got != bad || len(problems) > 1 {
			t.Errorf("%s: %v", c, problems)
		} else if bad && text[problems[0].Span.Start:problems[0].Span.End] != c {
			t.Errorf("%s: %v", c, problems[0].Span)
		}
	}
}

func TestSids(t *testing.T) {
	const rest = `,"Effect":"Deny","Action":"s3:x","Resource":"*","Principal":"*"}`
	text := `{"Statement":[{"Sid":"a"` + rest + ",\n" + `{"Sid":""` + rest + `,{"Sid":""` + rest + `,{"Sid":"A"` + rest + `,{"Sid":"a"` +
		rest + `]}`
	_, problems := policy.Parse("section", policy.Resource, text)
	if codes(problems) != "duplicate-sid" || !strings.Contains(problems[0].Message, "on line 1 ") {
		t.Errorf("%+v", problems)
	}
}

func TestCompletes(t *testing.T) {
	for kind := policy.Identity; kind <= policy.ScopeDown; kind++ {
		want := kind == policy.Identity || kind == policy.Boundary || kind == policy.Session || kind == policy.ScopeDown
		if kind.Completes() != want || !strings.HasPrefix(kind.Doc(), "https://docs.aws.amazon.com/") {
			t.Errorf("type %d: completes %v, doc %s", kind, kind.Completes(), kind.Doc())
		}
	}
}

func TestDemandsOfOneType(t *testing.T) {
	for _, c := range []struct {
		kind       policy.Type
		text, want string
	}{
		{policy.Trust, `{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"s3:GetObject","Principal":"*"}}`, "trust-action"},
		{policy.RCP, `{"Statement":{"Effect":"Deny","Action":"s3:*","Resource":"*","Principal":"*"}}`, "bad-version"},
		{policy.SCP, `{"Statement":{"Effect":"Deny","Action":"s3:*","Resource":"*"}}`, ""},
	} {
		_, problems := policy.Parse("section", c.kind, c.text)
		if got := codes(problems); got != c.want {
			t.Errorf("%s: got %q, want %q", c.text, got, c.want)
		}
	}
}
