package doctest

import (
	"strconv"
	"strings"
	"unicode/utf8"

	"why403/engine"
	"why403/engine/answer"
	"why403/engine/catalogue/data"
	"why403/engine/embed"
	"why403/engine/link"
	"why403/engine/places"
	"why403/engine/policy"
	"why403/engine/scenario"
)

// Failure is something that a document tells and that is not so. At is a byte
// of the document's text.
type Failure struct {
	At      int
	Message string
}

// ReadFile gets the text of the scenario file that a src attribute names. The
// error is for people.
type ReadFile func(src string) (string, error)

// Check compares an embedded scenario with what the engine answers. The file
// is nil where the scenario can't be evaluated.
func (e *Embedded) Check(read ReadFile) (*scenario.File, []Failure) {
	if e.trouble != "" {
		return nil, []Failure{{e.Start, "this scenario " + e.trouble}}
	}
	source, err := e.source(read)
	if err != nil {
		return nil, []Failure{{e.Start, err.Error()}}
	}
	f := scenario.ParseWith(data.All(), source.Text)
	if f.Errors() {
		return nil, e.problems(f)
	}
	outcomes := answer.Outcomes(f)
	var failures []Failure
	claims := words(e.Expect)
	failures = append(failures, e.compare("expects", claims, outcomes)...)
	failures = append(failures, e.compare("its link says", words(embed.Expect(source.Outcomes)), outcomes)...)
	failures = append(failures, e.compareShown(f)...)
	if len(claims)+len(source.Outcomes)+len(e.shown) == 0 {
		failures = append(failures, Failure{e.Start, "this scenario tells no outcome that could be compared: add expect=\"" +
			embed.Expect(outcomes) + "\""})
	}
	return f, failures
}

func (e *Embedded) source(read ReadFile) (link.Link, error) {
	if strings.Contains(e.Src, "#s=") {
		return link.Decode(e.Src)
	}
	text, err := read(e.Src)
	return link.Link{Text: text}, err
}

func (e *Embedded) problems(f *scenario.File) []Failure {
	var out []Failure
	at := places.New(f.Texts())
	for _, p := range f.Problems {
		if p.Severity != policy.Error {
			continue
		}
		line, column := at.Position(p.Section, p.Span.Start)
		place := strconv.Itoa(line) + ":" + strconv.Itoa(column)
		if p.Section != "" {
			place = p.Section + ":" + place
		}
		out = append(out, Failure{e.Start, "the scenario has an error at " + place + ": " + p.Message})
	}
	return out
}

// compare compares what is claimed for the requests with the outcomes. Without
// a claim there is nothing to compare.
func (e *Embedded) compare(who string, claims []string, outcomes []engine.Outcome) []Failure {
	claim, answer := strings.Join(claims, ", "), embed.Expect(outcomes)
	if len(claims) == 0 || claim == answer {
		return nil
	}
	return []Failure{{e.Start, who + " “" + claim + "”; the engine says “" + answer + "”"}}
}

// compareShown compares what the block shows with what a new block would.
func (e *Embedded) compareShown(f *scenario.File) []Failure {
	if len(e.shown) == 0 {
		return nil
	}
	block, err := e.render(f, nil)
	if err != nil {
		return []Failure{{e.Start, err.Error()}}
	}
	fresh := Find(fileNames[e.Form], block)[0].shown
	var failures []Failure
	for _, k := range kinds {
		failures = append(failures, e.compareKind(k, of(e.shown, k), of(fresh, k))...)
	}
	return failures
}

// fileNames is a document for each form.
var fileNames = map[Form]string{HTML: "block.html", MDX: "block.mdx", Markdown: "block.md"}

// compareKind compares the texts of one kind. A block that shows none of them
// tells nothing wrong.
func (e *Embedded) compareKind(k kind, got, want []shown) []Failure {
	if len(got) == 0 {
		return nil
	}
	if len(got) != len(want) {
		return []Failure{{got[0].at, "shows " + strconv.Itoa(len(got)) + " × " + string(k) + "; the scenario has " + strconv.Itoa(len(want))}}
	}
	var failures []Failure
	for i := range got {
		if !same(got[i].text, want[i].text) {
			a, b := excerpts(line(got[i].text), line(want[i].text))
			failures = append(failures, Failure{got[i].at, "shows the " + string(k) + " “" + a + "”; " + sources[k] + " “" + b + "”"})
		}
	}
	return failures
}

// sources is who tells what is shown.
var sources = map[kind]string{verdict: "the engine says", message: "the engine says", shownPolicy: "the scenario has"}

// maxExcerpt is how many bytes of a text are told.
const maxExcerpt = 240

// excerpts cuts two long texts to where they begin to differ.
func excerpts(a, b string) (string, string) {
	if len(a) <= maxExcerpt && len(b) <= maxExcerpt {
		return a, b
	}
	start := 0
	for start < len(a) && start < len(b) && a[start] == b[start] {
		start++
	}
	start = max(0, start-maxExcerpt/4)
	return excerpt(a, start), excerpt(b, start)
}

func excerpt(s string, start int) string {
	for start > 0 && !utf8.RuneStart(s[start]) {
		start--
	}
	end := min(start+maxExcerpt, len(s))
	for end < len(s) && !utf8.RuneStart(s[end]) {
		end--
	}
	cut := s[start:end]
	if start > 0 {
		cut = "…" + cut
	}
	if end < len(s) {
		cut += "…"
	}
	return cut
}
