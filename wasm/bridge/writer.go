package bridge

import (
	"strconv"

	"why403/engine/policy"
)

// Writer writes one JSON value, field by field.
type Writer struct{ text []byte }

// separate writes the comma that stands before every value but the first.
func (w *Writer) separate() {
	if n := len(w.text); n > 0 && w.text[n-1] != '{' && w.text[n-1] != '[' && w.text[n-1] != ':' {
		w.text = append(w.text, ',')
	}
}

// Object writes an object around its fields.
func (w *Writer) Object(fields func()) {
	w.separate()
	w.text = append(w.text, '{')
	fields()
	w.text = append(w.text, '}')
}

// Quote writes a string. Bytes that are not UTF-8 are shown as U+FFFD; they
// must not stop an answer, so the error that tells of them is left out.
func (w *Writer) Quote(value string) {
	w.separate()
	w.text = policy.AppendQuoted(w.text, value)
}

// Name writes the name of a field.
func (w *Writer) Name(name string) {
	w.Quote(name)
	w.text = append(w.text, ':')
}

// String writes a field with a string.
func (w *Writer) String(name, value string) {
	w.Name(name)
	w.Quote(value)
}

// Int writes a field with a number.
func (w *Writer) Int(name string, value int) {
	w.Name(name)
	w.text = strconv.AppendInt(w.text, int64(value), 10)
}

// Bool writes a field with true or false.
func (w *Writer) Bool(name string, value bool) {
	w.Name(name)
	w.text = strconv.AppendBool(w.text, value)
}

// Null writes a field with null.
func (w *Writer) Null(name string) {
	w.Name(name)
	w.text = append(w.text, "null"...)
}

// List writes a list; each writes at most one value for each index.
func (w *Writer) List(name string, n int, each func(int)) {
	w.Name(name)
	w.text = append(w.text, '[')
	for i := range n {
		each(i)
	}
	w.text = append(w.text, ']')
}

// Problems writes problems with their places in UTF-16 units.
//
//ts:type Problem Something wrong with the input, at its place.
func (w *Writer) Problems(name string, offsets *Offsets, problems []policy.Problem) {
	w.List(name, len(problems), func(i int) {
		p := &problems[i]
		line, column := offsets.Position(p.Section, p.Span.Start)
		w.Object(func() {
			place(w, p.Section, offsets.Span(p.Section, p.Span), line, column)
			w.String("code", p.Code)
			w.String("message", p.Message)
			w.String("doc", p.Doc)
			w.String("severity", p.Severity.String()) //ts:"error" | "warning"
		})
	})
}

//ts:type Place A place in a section. Offsets count UTF-16 units in the section's text.
func place(w *Writer, section string, at policy.Span, line, column int) {
	w.String("section", section)
	w.Span("", at)
	w.Int("line", line)
	w.Int("column", column)
}

// Span writes two offsets: start and end, or PREFIXStart and PREFIXEnd.
func (w *Writer) Span(prefix string, s policy.Span) {
	start, end := "start", "end"
	if prefix != "" {
		start, end = prefix+"Start", prefix+"End"
	}
	w.Int(start, s.Start)
	w.Int(end, s.End)
}

// Strings writes a field with a list of strings.
func (w *Writer) Strings(name string, values []string) {
	w.List(name, len(values), func(i int) { w.Quote(values[i]) })
}

// Pair writes an object of two strings.
func (w *Writer) Pair(name, value, other, otherValue string) {
	w.Object(func() {
		w.String(name, value)
		w.String(other, otherValue)
	})
}
