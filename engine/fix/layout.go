package fix

import (
	"strings"

	"why403/engine/policy"
)

// quote writes a JSON string. Bytes that are not UTF-8 become U+FFFD: what
// they were part of then does not match, and nothing is offered.
func quote(s string) string {
	return policy.Quoted(s)
}

// appended puts a value at the end of the list with a name, in the layout of
// what stands before it. The list can be the whole text. A single value in the
// place of a list becomes one.
func appended(old, name, value string) string {
	root, _ := policy.ParseJSON("", old)
	list := root
	if field, ok := root.Field(name); ok {
		list = field
	} else if root.Kind == policy.Object {
		return withField(old, root.Span, name, "["+value+"]")
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
	return old[:at] + added + old[at:]
}

// document is a new text that holds one statement, or one grant.
func document(list, value string) string {
	text := `{"` + list + `":[` + value + "]}"
	if list == statements {
		text = `{"Version":"2012-10-17","` + list + `":[` + value + "]}"
	}
	return usual.json(text, "\n") + "\n"
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
