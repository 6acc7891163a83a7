package explain_test

import (
	"io/fs"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"why403/engine"
	"why403/engine/explain"
	"why403/engine/kms"
	"why403/engine/scenario"
)

// answers explains every request of the gallery and of the KMS combinations.
func answers(t *testing.T, each func(name string, f *scenario.File, a *explain.Answer)) {
	t.Helper()
	texts := map[string]string{}
	err := fs.WalkDir(os.DirFS("../../scenarios"), ".", func(path string, entry fs.DirEntry, err error) error {
		if err != nil || !strings.HasSuffix(path, ".txtar") {
			return err
		}
		text, err := os.ReadFile("../../scenarios/" + path)
		texts[path] = string(text)
		return err
	})
	if err != nil || len(texts) == 0 {
		t.Fatalf("%d scenarios: %v", len(texts), err)
	}
	for _, c := range kms.Table().Cases() {
		texts[c.ID()] = kms.Table().Write(c)
	}
	for name, text := range texts {
		f := scenario.Parse(text)
		for i := range f.Requests {
			r := f.Requests[i].Check
			each(name+" "+r.Name, f, explain.Explain(engine.Decide(r)))
		}
	}
}

// placeholder is a word that a table leaves to be filled in.
var placeholder = regexp.MustCompile(`\b(ACTION|POLICY|PARENT|SELF|ITSELF|ANYWAY|LEVEL)\b`)

func TestAnswers(t *testing.T) {
	seen := 0
	answers(t, func(name string, f *scenario.File, a *explain.Answer) {
		seen++
		lines := a.Lines()
		if lines[0] != a.Outcome.String() || (lines[1] == a.Message) != (a.Message != "") {
			t.Errorf("%s begins with\n%s\n%s", name, lines[0], lines[1])
		}
		for _, line := range lines {
			if placeholder.MatchString(line) || line == "" || strings.ContainsAny(line, "\n\r") || strings.Contains(line, "..") ||
				strings.Contains(line, "  ") {
				t.Errorf("%s: %q", name, line)
			}
		}
		first, _, _ := strings.Cut(a.Verdict, " ")
		capital := a.Verdict[:1] == strings.ToUpper(a.Verdict[:1]) || strings.Contains(first, ":") // or the name of an action
		if !strings.HasSuffix(a.Verdict, ".") || !capital || a.WaysRule == "" {
			t.Errorf("%s: %q, %q", name, a.Verdict, a.WaysRule)
		}
		if strings.Contains(a.Verdict, "Neither the key policy nor a grant") &&
			slices.ContainsFunc(a.Ways, func(w explain.Way) bool { return w.Open && w.Side == "resource" }) {
			t.Errorf("%s: %q over an open way on the resource's side", name, a.Verdict)
		}
		allowed := a.Outcome == engine.Allowed || a.Outcome == engine.Undecided // no message of a denial then
		if allowed != (a.Message == "") || allowed != (a.DeniedBy == "") || allowed && len(a.Also) > 0 {
			t.Errorf("%s: %s by %q: %q, %q", name, a.Outcome, a.DeniedBy, a.Message, a.Also)
		}
		checkWays(t, name, a)
		checkStatements(t, name, f, a)
		for _, s := range a.Said {
			if s.Label == "" || s.Said == "" || s.Detail == "" || placeholder.MatchString(s.Detail) {
				t.Errorf("%s: %+v", name, s)
			}
		}
		for _, l := range a.Links {
			if l.Title == "" || !strings.HasPrefix(l.URL, "https://docs.aws.amazon.com/") {
				t.Errorf("%s: %+v", name, l)
			}
		}
	})
	if seen < 200 {
		t.Errorf("only %d answers", seen)
	}
}

// checkWays holds that open ways come first on each side and say nothing more,
// that closed ones say why, and that at most one is near.
func checkWays(t *testing.T, name string, a *explain.Answer) {
	t.Helper()
	near, closed := 0, map[string]bool{}
	open := map[string]bool{}
	for _, w := range a.Ways {
		if w.Near {
			near++
		}
		if w.Open == (w.Detail != "") || w.Near && w.Open || w.Title == "" || !strings.HasPrefix(w.Doc, "https://") || w.Open && closed[w.Side] {
			t.Errorf("%s: %+v", name, w)
		}
		closed[w.Side] = closed[w.Side] || !w.Open
		open[w.Side] = open[w.Side] || w.Open
	}
	if near > 1 || near == 1 && a.Outcome != engine.ImplicitDeny {
		t.Errorf("%s: %d ways are near, outcome %s", name, near, a.Outcome)
	}
	if a.Outcome == engine.Allowed && !open["same-account"] && (!open["caller"] || !open["resource"]) {
		t.Errorf("%s: allowed by no way", name)
	}
}

// checkStatements holds that every place is in the text of its section, and
// that what misses says where.
func checkStatements(t *testing.T, name string, f *scenario.File, a *explain.Answer) {
	t.Helper()
	for _, s := range a.Statements {
		text := f.Text(s.Section)
		if s.Span.End > len(text) || text[s.Span.Start] != '{' || text[s.Span.End-1] != '}' || s.Reason == "" || s.Effect == "" {
			t.Errorf("%s: %+v", name, s)
		}
		if s.Open {
			continue // it matches or not, with what is not known
		}
		if s.Matched != (s.Miss == "") || s.Decided && !s.Matched {
			t.Errorf("%s: %+v", name, s)
		}
		if s.Miss == "Constraints" && !strings.Contains(text[s.Span.Start:s.Span.End], `"Constraints"`) {
			continue // what is missing has no place
		}
		if s.Matched != (s.MissAt.End == 0) || !s.Matched && (s.MissAt.Start < s.Span.Start || s.MissAt.End > s.Span.End) {
			t.Errorf("%s: the miss is outside of the statement: %+v", name, s)
		}
	}
}

// A denial by a statement names it; what else denies is said as well.
func TestVerdictAndAlso(t *testing.T) {
	a := answer(t, `-- request --
principal: arn:aws:iam::111122223333:user/alice
action: sqs:SendMessage
resource: arn:aws:sqs:us-east-1:111122223333:q
-- identity/a.json --
{"Statement":[{"Sid":"Yes","Effect":"Allow","Action":"*","Resource":"*"},{"Effect":"Deny","Action":"*","Resource":"*"}]}
-- resource.json --
{"Statement":[{"Sid":"No","Effect":"Deny","Principal":"*","Action":"*","Resource":"*"}]}
`)
	all := strings.Join(append([]string{a.Verdict}, a.Also...), "\n")
	for _, want := range []string{"statement 2 of identity/a.json", "“No” of resource.json"} {
		if !strings.Contains(all, want) {
			t.Errorf("nothing of %s in\n%s", want, all)
		}
	}
}
