package scenario_test

import (
	"fmt"
	"io/fs"
	"os"
	"strings"
	"testing"

	"why403/engine/policy"
	"why403/engine/scenario"
)

// ask is a good request for a KMS key.
const ask = `-- request --
principal: arn:aws:iam::111122223333:user/alice
action: kms:Decrypt
resource: arn:aws:kms:us-east-1:111122223333:key/1234
`

const allowAll = `{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"*","Resource":"*"}}` + "\n"

// places lists problems as "SECTION:LINE:COLUMN CODE", warnings with a "~".
func places(f *scenario.File) string {
	var all []string
	for _, p := range f.Problems {
		line, column := policy.Position(f.Text(p.Section), p.Span.Start)
		place := fmt.Sprintf("%s:%d:%d %s", p.Section, line, column, p.Code)
		if p.Severity == policy.Warning {
			place = "~" + place
		}
		all = append(all, place)
	}
	return strings.Join(all, ", ")
}

// expect parses a file, compares its problems, and gives it back.
func expect(t *testing.T, text, want string) *scenario.File {
	t.Helper()
	f := scenario.Parse(text)
	if got := places(f); got != want {
		t.Errorf("got  %s\nwant %s\nin\n%s", got, want, text)
	}
	if f.Format() != text {
		t.Errorf("Format changes\n%s\ninto\n%s", text, f.Format())
	}
	for _, p := range f.Problems {
		if size := len(f.Text(p.Section)); p.Span.Start > p.Span.End || p.Span.End > size || !strings.HasSuffix(p.Message, ".") {
			t.Errorf("not a whole problem (%d bytes): %+v", size, p)
		}
	}
	return f
}

// gallery gives the scenario files of the project by their paths.
func gallery(t testing.TB) map[string]string {
	t.Helper()
	files := map[string]string{}
	err := fs.WalkDir(os.DirFS("../../scenarios"), ".", func(path string, entry fs.DirEntry, err error) error {
		if err != nil || !strings.HasSuffix(path, ".txtar") {
			return err
		}
		text, err := os.ReadFile("../../scenarios/" + path)
		files[path] = string(text)
		return err
	})
	if err != nil || len(files) == 0 {
		t.Fatalf("%d scenarios: %v", len(files), err)
	}
	return files
}

func TestParse(t *testing.T) {
	f := expect(t, "A title \n\nSome notes,\nin lines.\n\n"+ask+"-- identity/all.json --\n"+allowAll+"-- want --\nallow\n", "")
	if f.Title() != "A title" || f.Notes() != "Some notes,\nin lines." || len(f.Sections) != 3 {
		t.Errorf("title %q, notes %q, %d sections", f.Title(), f.Notes(), len(f.Sections))
	}
	if text, ok := f.Section("identity/all.json"); !ok || text != allowAll {
		t.Errorf("the section has %q", text)
	}
	if _, ok := f.Section("identity/"); ok || f.Text("nowhere") != "" {
		t.Error("a section that is not there")
	}
	if f.Sections[1].Line != 10 || f.Sections[2].Line != 12 {
		t.Errorf("lines %d and %d", f.Sections[1].Line, f.Sections[2].Line)
	}
	if len(f.Requests) != 1 || len(f.Requests[0].Check.Policies) != 1 || f.Errors() {
		t.Errorf("%+v", f.Requests)
	}
}

// What begins a section and what does not.
func TestMarkers(t *testing.T) {
	for line, want := range map[string]string{
		"-- a --": "a", "-- a b --": "a b", "--  a  --": "a", "-- a --\r": "a",
		"-- --": "", "--  --": "", "--a--": "", "-- a": "", "a --": "", " -- a --": "", "-- a -- ": "", "--- a ---": "",
	} {
		f := scenario.Parse("x\n" + line + "\ny")
		got := ""
		if len(f.Sections) > 0 {
			got = f.Sections[0].Name
		}
		if got != want || f.Format() != "x\n"+line+"\ny" {
			t.Errorf("%q begins %q, want %q", line, got, want)
		}
	}
}

func TestLineEndings(t *testing.T) {
	text := "Title\n" + ask + "aws:SourceIp: 192.0.2.1\n-- identity/a.json --\n" + allowAll + "-- want --\nallow\nbecause"
	plain := expect(t, text, "")
	windows := expect(t, strings.ReplaceAll(text, "\n", "\r\n"), "")
	for _, f := range []*scenario.File{plain, windows} {
		r := f.Requests[0].Check
		ip, _ := r.Context.Get("aws:SourceIp")
		lines, ok := f.Want("")
		if r.Resource != "arn:aws:kms:us-east-1:111122223333:key/1234" || strings.Join(ip, "|") != "192.0.2.1" ||
			f.Title() != "Title" || !ok || strings.Join(lines, "|") != "allow|because" {
			t.Errorf("%+v, want %q", r, lines)
		}
	}
}

func TestEnds(t *testing.T) {
	for text, want := range map[string]string{
		"":                                      ":1:1 missing-request",
		"only a title":                          ":1:1 missing-request",
		strings.TrimSuffix(ask, "\n"):           "",
		ask + "-- resource.json --":             "resource.json:1:1 json-syntax",
		ask + "-- want --":                      "",
		"-- request --":                         "request:1:1 missing-key, request:1:1 missing-key, request:1:1 missing-key",
		"-- want --\nallow\n":                   ":1:1 missing-request",
		strings.Repeat("x", scenario.MaxSize):   ":1:1 missing-request",
		strings.Repeat("x", scenario.MaxSize+1): ":1:1 too-large",
	} {
		f := scenario.Parse(text)
		if got := places(f); got != want || f.Format() != text {
			t.Errorf("%.60q: got %s, want %s", text, got, want)
		}
	}
}

func TestGalleryKeepsItsBytes(t *testing.T) {
	for path, text := range gallery(t) {
		f := scenario.Parse(text)
		if f.Format() != text {
			t.Errorf("Format changes %s", path)
		}
		if f.Errors() || f.Title() == "" || f.Notes() == "" {
			t.Errorf("%s: title %q, %s", path, f.Title(), places(f))
		}
	}
}

// Files of as many sections as are read, with one mistake over and over, are read to their
// end and report so many problems and no more.
func TestManyProblems(t *testing.T) {
	for name, piece := range map[string]string{
		"unknown sections":   "-- x --\n",
		"different sections": "-- %d --\n",
		"broken policies":    "-- identity/%d.json --\nx\n",
		"requests":           "-- request/%d --\n",
		"lines":              "-- request/%d --\nx\nx: \nprincipal: x\n",
	} {
		var b strings.Builder
		for i := 0; i < scenario.MaxSections && b.Len()+len(piece)+20 < scenario.MaxSize; i++ {
			b.WriteString(strings.Replace(piece, "%d", fmt.Sprint(i), 1))
		}
		f := scenario.Parse(b.String())
		if n := len(f.Problems); n < policy.MaxProblems || n > 2*policy.MaxProblems || !f.Errors() {
			t.Errorf("%s: %d problems", name, n)
		}
	}
}

func FuzzScenario(f *testing.F) {
	for _, text := range gallery(f) {
		f.Add(text)
	}
	f.Add("-- request/t --\n-- request/t --\nx")
	f.Add("x\r\n-- request --\r\nprincipal: anonymous")
	f.Add(ask + "-- grants.json --\n[{}]\n-- acl.json --\n{}\n-- scp/1-a/b.json --\n{\n-- want --")
	f.Fuzz(func(t *testing.T, text string) {
		file := scenario.Parse(text)
		if file.Format() != text {
			t.Fatalf("Format changes %q into %q", text, file.Format())
		}
		for _, p := range file.Problems {
			if p.Span.Start < 0 || p.Span.Start > p.Span.End || p.Span.End > len(file.Text(p.Section)) || p.Message == "" {
				t.Errorf("%+v", p)
			}
		}
		if len(file.Requests) == 0 && !file.Errors() {
			t.Error("neither a request nor an error")
		}
		// A wanted answer comes back, and nothing else changes.
		file.SetWant("fuzz", []string{"allow", "because"})
		again := scenario.Parse(file.Format())
		if lines, ok := again.Want("fuzz"); !ok || strings.Join(lines, "|") != "allow|because" {
			t.Errorf("want %q in %q", lines, file.Format())
		}
		if moved, mode, problems := scenario.SwitchAccounts(text); len(problems) > 0 && moved != text || mode == "" {
			t.Errorf("mode %q, %v, %q", mode, problems, moved)
		}
	})
}

func TestTooMuchWork(t *testing.T) {
	var b strings.Builder
	for i := range 500 {
		fmt.Fprintf(&b, "-- request/r%d --\nprincipal: anonymous\naction: s3:GetObject\nresource: arn:aws:s3:::b/k\nresource-account: "+
			"111122223333\n", i)
	}
	b.WriteString("-- identity/p.json --\n{\"Statement\": [" + strings.Repeat(`{"Effect":"Allow","Action":"*","Resource":"*"},`, 299) +
		`{"Effect":"Allow","Action":"*","Resource":"*"}]}` + "\n")
	f := scenario.Parse(b.String())
	if !f.Errors() || f.Problems[len(f.Problems)-1].Code != "too-many-requests" {
		t.Errorf("500 requests of 300 statements: %+v", f.Problems)
	}
	for requests, want := range map[int]int{1000: 0, 1100: 1} { // of no statement
		f := scenario.Parse(manyRequests(requests))
		if len(f.Problems) != want || want > 0 && f.Problems[0].Code != "too-many-requests" {
			t.Errorf("%d requests: %d problems", requests, len(f.Problems))
		}
	}
}

func manyRequests(n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, "-- request/r%d --\nprincipal: anonymous\naction: s3:GetObject\nresource: arn:aws:s3:::b/k\nresource-account: "+
			"111122223333\n", i)
	}
	return b.String()
}

// A pattern with "?" between two "*" costs the product of both lengths, values
// of variables and of set operators cost each time that they are compared; the
// rest costs little, however many there are.
func TestTooManyPatterns(t *testing.T) {
	text := func(operator, values, lines string) string {
		return ask + lines + "-- identity/p.json --\n{\"Version\": \"2012-10-17\", \"Statement\": {\"Effect\": \"Allow\", \"Action\": \"*\", " +
			"\"Resource\": \"*\", \"Condition\": {\"" + operator + "\": {\"aws:TagKeys\": [" +
			values + "\"x\"]}}}}\n"
	}
	patterns := func(pattern string, n int) string { return strings.Repeat("\""+pattern+"\", ", n) }
	long, tags := "aws:TagKeys: "+strings.Repeat("a", 3500)+"\n", strings.Repeat("aws:TagKeys: a\n", 110)
	tag := "aws:PrincipalTag/x: " + strings.Repeat("a", 12_000) + "\n"
	for name, c := range map[string]struct {
		text string
		many bool
	}{
		"costly patterns":               {text("StringLike", patterns("*a?a?a?b*", 30_000), long), true},
		"cheap patterns":                {text("StringLike", patterns("*a*a*a*b*", 30_000), long), false},
		"? before the first *":          {text("StringLike", patterns("?a?a?a*", 30_000), long), false},
		"? after the last *":            {text("StringLike", patterns("*a?a?a?a", 30_000), long), false},
		"long variables, many values":   {text("ForAnyValue:StringLike", patterns("${aws:PrincipalTag/x}b", 1_900), tag+tags), true},
		"the same, one value":           {text("ForAnyValue:StringLike", patterns("${aws:PrincipalTag/x}b", 1_900), tag+tags[:15]), false},
		"the same, one pattern":         {text("ForAnyValue:StringLike", patterns("${aws:PrincipalTag/x}b", 1), tag+tags), false},
		"a costly variable":             {text("StringLike", patterns("*?${aws:PrincipalTag/x}b*", 1), tag+long), false},
		"many of these":                 {text("StringLike", patterns("*?${aws:PrincipalTag/x}b*", 300), tag+long), true},
		"many values, many patterns":    {text("ForAllValues:StringEquals", patterns("abcdef", 50_000), tags), false},
		"several, without set operator": {text("StringLike", patterns("*a?a?a?b*", 30_000), tags+long), false},
		"without variables, as they are": {strings.Replace(text("StringLike", patterns("${aws:PrincipalTag/x}b", 30_000), tag+tags[:15]),
			"2012-10-17", "2008-10-17", 1), false},
		"a request for many": {strings.Replace(text("StringLike", patterns("*a*a*a*b*", 30_000), long), "action:",
			strings.Repeat("resource: arn:aws:s3:::b/k\n", 100)+"action:", 1), true},
	} {
		f := scenario.Parse(c.text)
		if many := strings.HasSuffix(places(f), ", identity/p.json:1:40 too-many-patterns"); many != c.many || f.Errors() != c.many {
			t.Errorf("%s: too many patterns: %v; %.200s", name, many, places(f))
		}
	}
}

// A name is told with each problem and each statement of its section, so a long
// one would make an answer of its square.
func TestLongName(t *testing.T) {
	const request = "-- request --\nprincipal: arn:aws:iam::111122223333:user/a\naction: sqs:SendMessage\nresource: " +
		"arn:aws:sqs:us-east-1:111122223333:q\n"
	policy := "{\"Statement\": [" + strings.Repeat("{}, ", 1000) + "{}]}\n"
	for _, kind := range []string{"identity/", "request/", "want/", "entity/"} {
		f := scenario.Parse(request + "-- " + kind + strings.Repeat("x", 100_000) + ".json --\n" + policy)
		if len(f.Problems) != 1 || f.Problems[0].Code != "long-name" || len(f.Problems[0].Message) > 200 || len(f.Requests) > 0 {
			t.Errorf("%s: %d problems, %d requests", kind, len(f.Problems), len(f.Requests))
		}
	}
	if f := scenario.Parse(request + "-- identity/" + strings.Repeat("x", 400) +
		".json --\n{\"Statement\": []}\n"); len(f.Problems) == 1 && f.Problems[0].Code == "long-name" {
		t.Error("a name of 400 bytes is too long")
	}
}

// Texts gives what Text does: of two sections with one name the first, and the
// whole file for no name.
func TestTexts(t *testing.T) {
	f := scenario.Parse("t\n\n-- request --\naction: s3:GetObject\n-- resource.json --\n{}\n-- resource.json --\n[]\n-- empty --\n")
	texts := f.Texts()
	for _, name := range []string{"", "request", "resource.json", "empty", "nobody"} {
		if got, want := texts(name), f.Text(name); got != want {
			t.Errorf("%q has %q, want %q", name, got, want)
		}
	}
	if texts("resource.json") != "{}\n" || !strings.HasPrefix(texts(""), "t\n") {
		t.Errorf("%q and %q", texts("resource.json"), texts(""))
	}
}
