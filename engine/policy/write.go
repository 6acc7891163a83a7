package policy

import "strings"

// JSON is the node as a text, as people write policies.
func (n *Node) JSON() string {
	var b strings.Builder
	n.write(&b, 0)
	return b.String()
}

func (n *Node) write(b *strings.Builder, depth int) {
	switch n.Kind {
	case String:
		b.WriteString(Quoted(n.Value))
		return
	case Null:
		b.WriteString("null")
		return
	case Bool, Number:
		b.WriteString(n.Value)
		return
	}
	brackets := "{}"
	if n.Kind == Array {
		brackets = "[]"
	}
	flat := len(n.Items) == 0
	if n.Kind == Array && len(n.Items) == 1 {
		flat = n.Items[0].Kind != Object && n.Items[0].Kind != Array
	}
	newline := func(depth int) {
		if !flat {
			b.WriteString("\n" + strings.Repeat("  ", depth))
		}
	}
	b.WriteByte(brackets[0])
	for i := range n.Items {
		if i > 0 {
			b.WriteByte(',')
		}
		newline(depth + 1)
		if n.Kind == Object {
			b.WriteString(Quoted(n.Names[i].Value))
			b.WriteString(": ")
		}
		n.Items[i].write(b, depth+1)
	}
	newline(depth)
	b.WriteByte(brackets[1])
}
