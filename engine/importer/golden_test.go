package importer_test

import (
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"why403/engine/importer"
	"why403/engine/policy"
	"why403/engine/scenario"
	"why403/engine/template/source"
)

// golden is one case of testdata. A file has several, each "=== NAME" followed
// by the parts "--- into" (the present scenario, or the name of one of the
// presents below), "--- choice", "--- set" (values of fields), "--- pasted" and
// "--- want".
//
// A line of want is "kind: …", "brought: TYPES", "understood: …", "unknown: …", "why: …" or "next: …" (a
// piece of such a text), "choice: ID", "problem: LINE:COLUMN CODE", "field: NAME=VALUE", "section:
// NAME", "line: …" (for a line that begins like these), "no: …" (a line that the scenario does not have), "nothing" (no
// scenario), or else a line that stands in the scenario.
type golden struct{ name, into, choice, set, pasted, want string }

// result imports the case as the command line does: what is code is made JSON.
func (g *golden) result() importer.Result {
	values := map[string]string{}
	for line := range strings.Lines(g.set) {
		name, value, _ := strings.Cut(strings.TrimSpace(line), "=")
		values[name] = value
	}
	r := importer.Fill(g.into, g.pasted, g.choice, values)
	if r.Syntax == "" {
		return r
	}
	text, problems := source.JSON(r.Syntax, g.pasted)
	if r.Problems = problems; problems != nil {
		return r
	}
	return importer.Fill(g.into, text, g.choice, values)
}

// presents are present scenarios that many cases share.
var presents = map[string]string{
	"key": "Title\n\n-- request --\nprincipal: arn:aws:sts::111122223333:assumed-role/app/i-0abc\naction: kms:Decrypt\n" +
		"resource: arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab\n",
	"bucket": "Title\n\n-- request --\nprincipal: arn:aws:iam::111122223333:user/alice\naction: s3:GetObject\nresource: " +
		"arn:aws:s3:::reports/2026.csv\nresource-account: 111122223333\n",
	"queue": "Title\n\n-- request --\nprincipal: arn:aws:iam::111122223333:user/alice\naction: sqs:SendMessage\nresource: " +
		"arn:aws:sqs:us-east-1:111122223333:orders\n",
	"assume": "Title\n\n-- request --\nprincipal: arn:aws:sts::111122223333:assumed-role/app/i-0abc\naction: sts:AssumeRole\nresource: " +
		"arn:aws:iam::444455556666:role/audit\n",
}

func goldens(t testing.TB) (cases []golden) {
	t.Helper()
	files, err := filepath.Glob("testdata/*.txt")
	if err != nil || len(files) == 0 {
		t.Fatal(files, err)
	}
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, piece := range strings.Split("\n"+string(text), "\n=== ")[1:] {
			name, body, _ := strings.Cut(piece, "\n")
			g := golden{name: filepath.Base(file) + "/" + name}
			parts := map[string]*string{"into": &g.into, "choice": &g.choice, "set": &g.set, "pasted": &g.pasted, "want": &g.want}
			for _, part := range strings.Split("\n"+body, "\n--- ")[1:] {
				kind, text, _ := strings.Cut(part, "\n")
				if parts[kind] == nil {
					t.Fatalf("%s has a part %q", g.name, kind)
				}
				*parts[kind] = text
			}
			g.choice, g.want = strings.TrimSpace(g.choice), strings.TrimSpace(g.want)
			if text, ok := presents[strings.TrimSpace(g.into)]; ok {
				g.into = text
			}
			cases = append(cases, g)
		}
	}
	return cases
}

func TestGolden(t *testing.T) {
	cases := goldens(t)
	if len(cases) < 60 {
		t.Errorf("only %d cases", len(cases))
	}
	for _, g := range cases {
		t.Run(g.name, func(t *testing.T) {
			r := g.result()
			f := scenario.Parse(r.Text)
			if r.Text != "" && f.Errors() {
				t.Errorf("the scenario has problems: %v", f.Problems)
			}
			if g.want == "" {
				t.Error("the case wants nothing")
			}
			for _, want := range strings.Split(g.want, "\n") {
				if !holds(&r, f, g.pasted, want) {
					t.Errorf("misses %s", want)
				}
			}
			if t.Failed() {
				t.Logf("%+v\n%s", r, r.Text)
			}
		})
	}
}

func holds(r *importer.Result, f *scenario.File, pasted, want string) bool {
	key, value, _ := strings.Cut(want, ": ")
	switch key {
	case "kind":
		return r.Kind == value
	case "brought":
		return strings.Join(r.Brought, " ") == value
	case "understood":
		return any(r.Understood, value)
	case "why":
		return strings.Contains(r.Why, value)
	case "unknown":
		return any(r.Unknown, value)
	case "next":
		for _, n := range r.Next {
			if strings.Contains(n.Text+" "+n.Command, value) {
				return true
			}
		}
		return false
	case "choice":
		for _, c := range r.Choices {
			if c.ID == value || c.ID+" "+c.Label == value {
				return true
			}
		}
		return false
	case "problem":
		for i := range r.Problems {
			line, column := policy.Position(pasted, r.Problems[i].Span.Start)
			if strings.TrimSpace(value) == strconv.Itoa(line)+":"+strconv.Itoa(column)+" "+r.Problems[i].Code {
				return true
			}
		}
		return false
	case "field":
		name, value, _ := strings.Cut(value, "=")
		return slices.Contains(r.Fields, importer.Field{Name: name, Value: value})
	case "section":
		_, ok := f.Section(value)
		return ok
	case "line":
		return strings.Contains("\n"+r.Text, "\n"+value+"\n")
	case "no":
		return !strings.Contains("\n"+r.Text, "\n"+value)
	case "nothing":
		return r.Text == ""
	}
	return strings.Contains("\n"+r.Text+"\n", "\n"+want+"\n")
}

func any(texts []string, piece string) bool {
	for _, text := range texts {
		if strings.Contains(text, piece) {
			return true
		}
	}
	return false
}
