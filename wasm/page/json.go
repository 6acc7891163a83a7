package main

import (
	"strconv"

	"github.com/goccy/go-json/jsontext"

	"why403/engine/policy"
	"why403/engine/scenario"
)

// writer writes one JSON value, field by field. jsontext quotes the strings;
// its Encoder would add a tenth to what the page needs of the package.
type writer struct{ text []byte }

// separate writes the comma that stands before every value but the first.
func (w *writer) separate() {
	if n := len(w.text); n > 0 && w.text[n-1] != '{' && w.text[n-1] != '[' && w.text[n-1] != ':' {
		w.text = append(w.text, ',')
	}
}

func (w *writer) object(fields func()) {
	w.separate()
	w.text = append(w.text, '{')
	fields()
	w.text = append(w.text, '}')
}

// quote writes a string. Bytes that are not UTF-8 are shown as U+FFFD; they
// must not stop an answer, so the error that tells of them is left out.
func (w *writer) quote(value string) {
	w.separate()
	w.text, _ = jsontext.AppendQuote(w.text, value)
}

func (w *writer) name(name string) {
	w.quote(name)
	w.text = append(w.text, ':')
}

func (w *writer) string(name, value string) {
	w.name(name)
	w.quote(value)
}

func (w *writer) int(name string, value int) {
	w.name(name)
	w.text = strconv.AppendInt(w.text, int64(value), 10)
}

func (w *writer) bool(name string, value bool) {
	w.name(name)
	w.text = strconv.AppendBool(w.text, value)
}

func (w *writer) null(name string) {
	w.name(name)
	w.text = append(w.text, "null"...)
}

// list writes a list; each writes at most one value for each index.
func (w *writer) list(name string, n int, each func(int)) {
	w.name(name)
	w.text = append(w.text, '[')
	for i := range n {
		each(i)
	}
	w.text = append(w.text, ']')
}

// problems writes problems with their places in UTF-16 units.
func (w *writer) problems(name string, f *scenario.File, problems []policy.Problem) {
	offsets := newOffsets(f)
	w.list(name, len(problems), func(i int) {
		p := &problems[i]
		line, column := policy.Position(f.Text(p.Section), p.Span.Start)
		w.object(func() {
			w.string("section", p.Section)
			w.span("", offsets.span(p.Section, p.Span))
			w.int("line", line)
			w.int("column", column)
			w.string("code", p.Code)
			w.string("message", p.Message)
			w.string("doc", p.Doc)
			w.string("severity", p.Severity.String())
		})
	})
}

// span writes two offsets: start and end, or PREFIXStart and PREFIXEnd.
func (w *writer) span(prefix string, s policy.Span) {
	start, end := "start", "end"
	if prefix != "" {
		start, end = prefix+"Start", prefix+"End"
	}
	w.int(start, s.Start)
	w.int(end, s.End)
}
