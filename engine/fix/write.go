package fix

import (
	"strings"

	"why403/engine/policy"
	"why403/engine/scenario"
)

// quote writes a JSON string. Bytes that are not UTF-8 become U+FFFD: what
// they were part of then does not match, and nothing is offered.
func quote(s string) string {
	return string(policy.AppendQuoted(nil, s))
}

// field adds a field, unless it has no value.
func (e *edit) field(name, value string) {
	if value != "" {
		e.fields = append(e.fields, `"`+name+`":`+value+","...)
	}
}

// text adds a field that is a string, unless it is empty.
func (e *edit) text(name, value string) {
	if value != "" {
		e.field(name, quote(value))
	}
}

// write gives the section its new text, and returns the text of the file with
// it.
func (e *edit) write(file *scenario.File) string {
	text, at := file.Format(), len(file.Comment)
	value := "{" + strings.TrimSuffix(string(e.fields), ",") + "}"
	for i := range file.Sections {
		s := &file.Sections[i]
		at += len(s.Marker)
		if s.Name == e.Section {
			e.insert(s.Text, e.list, value)
			return text[:at] + e.Text + text[at+len(s.Text):]
		}
		at += len(s.Text)
	}
	document := `"` + e.list + `":[` + value + "]}"
	if e.list == statements {
		document = `"Version":"2012-10-17",` + document
	}
	e.Text = usual.json("{"+document, "\n") + "\n"
	e.Span.End = len(e.Text)
	return text + "\n-- " + e.Section + " --\n" + e.Text
}

// insert puts a value at the end of the list with a name, in the layout of what stands
// before it. The list can be the whole text. A single value in the place of a
// list becomes one: the span leaves out its brackets.
func (x *Fix) insert(old, name, value string) {
	list, _ := policy.ParseJSON("", old)
	if field, ok := list.Field(name); ok {
		list = field
	}
	start, at, added := list.Span.Start, list.Span.End, ""
	switch n := len(list.Items); {
	case list.Kind == policy.Object:
		added = after(old, list, value)
		old = old[:start] + "[" + old[start:at] + "]" + old[at:]
		at++
	case n > 0:
		at = list.Items[n-1].Span.End
		added = after(old, &list.Items[n-1], value)
	default:
		line := lineOf(old, start)
		added = line + usual.unit + usual.json(value, line+usual.unit)
		if !strings.Contains(old[start:at], "\n") {
			added += line
		}
		at = start + 1
	}
	x.Text = old[:at] + added + old[at:]
	x.Span = policy.Span{Start: at, End: at + len(added)}
}

// after is a value that follows another.
func after(text string, last *policy.Node, value string) string {
	l := usual
	line := l.read(text, last)
	between := indentation(text, last.Span.Start)
	switch {
	case between != "":
	case line != "":
		between = " " // as in }, {
	default:
		between = lineOf(text, last.Span.Start) + l.unit
	}
	return "," + between + l.json(value, line)
}

// layout is how a text writes its objects.
type layout struct {
	unit  string // a step of indentation
	colon string // what stands between a name and its value
}

var usual = layout{"  ", ": "}

// read takes on the layout of an object, and gives the line ending and
// indentation before its last bracket: "" where it stands on one line.
func (l *layout) read(text string, n *policy.Node) (line string) {
	if len(n.Names) == 0 {
		return ""
	}
	name := n.Names[0].Span
	if colon := text[name.End:n.Items[0].Span.Start]; !strings.Contains(colon, "\n") {
		l.colon = colon
	}
	inner := indentation(text, name.Start)
	line = indentation(text, n.Span.End-1)
	switch {
	case inner == "":
		return ""
	case line == "":
		line = strings.TrimSuffix(inner, l.unit)
	}
	if unit, ok := strings.CutPrefix(inner, line); ok {
		l.unit = unit
	}
	return line
}

// indentation is the line ending and the white space before what begins a
// line, "" before anything else.
func indentation(text string, at int) string {
	before := strings.TrimRight(text[:at], " \t")
	if !strings.HasSuffix(before, "\n") {
		return ""
	}
	return text[len(strings.TrimSuffix(before[:len(before)-1], "\r")):at]
}

// lineOf is the line ending of a text, and the indentation of the line that a
// place is in.
func lineOf(text string, at int) string {
	line := text[strings.LastIndexByte(text[:at], '\n')+1 : at]
	indent := line[:len(line)-len(strings.TrimLeft(line, " \t"))]
	if strings.Contains(text, "\r\n") {
		return "\r\n" + indent
	}
	return "\n" + indent
}

// json lays out a JSON text. line is the line ending and the indentation that
// it stands at, "" for all on one line.
func (l *layout) json(text, line string) string {
	root, _ := policy.ParseJSON("", text)
	var b strings.Builder
	l.write(&b, text, root, line)
	return b.String()
}

// write lays out a value. One that holds a single string stays on its line.
func (l *layout) write(b *strings.Builder, text string, n *policy.Node, line string) {
	if n.Kind != policy.Object && n.Kind != policy.Array {
		b.WriteString(text[n.Span.Start:n.Span.End])
		return
	}
	deeper, comma := line+l.unit, ","
	if line == "" || len(n.Items) == 1 && n.Items[0].Kind == policy.String {
		deeper, line = "", ""
		if l.colon != ":" {
			comma = ", "
		}
	}
	b.WriteByte(text[n.Span.Start])
	for i := range n.Items {
		if i > 0 {
			b.WriteString(comma)
		}
		b.WriteString(deeper)
		if n.Kind == policy.Object {
			b.WriteString(text[n.Names[i].Span.Start:n.Names[i].Span.End] + l.colon)
		}
		l.write(b, text, &n.Items[i], deeper)
	}
	b.WriteString(line)
	b.WriteByte(text[n.Span.End-1])
}
