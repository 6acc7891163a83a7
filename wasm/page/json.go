package main

import (
	"bytes"

	"github.com/goccy/go-json/jsontext"

	"why403/engine/policy"
	"why403/engine/scenario"
)

// writer writes one JSON value, field by field.
type writer struct {
	buffer  bytes.Buffer
	encoder *jsontext.Encoder
}

func newWriter() *writer {
	w := &writer{}
	// Text that is not UTF-8 is shown with U+FFFD; it must not stop an answer.
	w.encoder = jsontext.NewEncoder(&w.buffer, jsontext.AllowInvalidUTF8(true))
	return w
}

// text is what was written, without the line ending that the encoder adds.
func (w *writer) text() string { return string(bytes.TrimSpace(w.buffer.Bytes())) }

func (w *writer) token(t jsontext.Token) {
	if err := w.encoder.WriteToken(t); err != nil {
		panic(err) // the fields of this package do not fit together
	}
}

func (w *writer) object(fields func()) {
	w.token(jsontext.BeginObject)
	fields()
	w.token(jsontext.EndObject)
}

func (w *writer) name(name string) { w.token(jsontext.String(name)) }

func (w *writer) string(name, value string) {
	w.name(name)
	w.token(jsontext.String(value))
}

func (w *writer) int(name string, value int) {
	w.name(name)
	w.token(jsontext.Int(int64(value)))
}

func (w *writer) bool(name string, value bool) {
	w.name(name)
	w.token(jsontext.Bool(value))
}

// list writes a list; each writes at most one value for each index.
func (w *writer) list(name string, n int, each func(int)) {
	w.name(name)
	w.token(jsontext.BeginArray)
	for i := range n {
		each(i)
	}
	w.token(jsontext.EndArray)
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
