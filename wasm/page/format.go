package main

import (
	"strings"

	"why403/engine/policy"
	"why403/engine/scenario"
	"why403/wasm/bridge"
)

// format indents a JSON text. A text that is not JSON comes back as it was.
func format(w *bridge.Writer, text string) {
	const section = "text"
	root, problems := policy.ParseJSON(section, text)
	f := &scenario.File{Sections: []scenario.Section{{Name: section, Text: text}}}
	w.Object(func() {
		if policy.Errors(problems) {
			w.String("text", text)
		} else {
			w.String("text", indented(text, root))
		}
		w.Problems("problems", bridge.NewOffsets(f.Text), problems)
	})
}

// indented writes a JSON value with two spaces a level. Names, strings and
// numbers keep the spelling they have in the text.
func indented(text string, n *policy.Node) string {
	var b strings.Builder
	indent(&b, text, n, "\n")
	return b.String() + "\n"
}

func indent(b *strings.Builder, text string, n *policy.Node, line string) {
	if n.Kind != policy.Object && n.Kind != policy.Array || len(n.Items) == 0 {
		b.WriteString(compact(text[n.Span.Start:n.Span.End], n))
		return
	}
	b.WriteByte(text[n.Span.Start])
	for i := range n.Items {
		if i > 0 {
			b.WriteByte(',')
		}
		b.WriteString(line + "  ")
		if n.Kind == policy.Object {
			name := n.Names[i].Span
			b.WriteString(text[name.Start:name.End] + ": ")
		}
		indent(b, text, &n.Items[i], line+"  ")
	}
	b.WriteString(line)
	b.WriteByte(text[n.Span.End-1])
}

// compact drops the space inside empty brackets.
func compact(raw string, n *policy.Node) string {
	switch n.Kind {
	case policy.Object:
		return "{}"
	case policy.Array:
		return "[]"
	}
	return raw
}
