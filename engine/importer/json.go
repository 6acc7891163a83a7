package importer

import (
	"strconv"
	"strings"

	"why403/engine/policy"
)

// get follows a path from a node, which may be nil.
func get(n *policy.Node, path string) *policy.Node { return n.At(path) }

// str gives the string, number or Boolean at a path, or "".
func str(n *policy.Node, path string) string {
	if n = get(n, path); n == nil {
		return ""
	}
	return n.Value
}

// items gives the items of the list at a path. AWS's own outputs sometimes wrap
// a list as {"items": [ … ]}.
func items(n *policy.Node, path string) (list []*policy.Node) {
	n = get(n, path)
	if inner := get(n, "items"); inner != nil {
		n = inner
	}
	if n == nil || n.Kind != policy.Array {
		return nil
	}
	for i := range n.Items {
		list = append(list, &n.Items[i])
	}
	return list
}

// anyOf reports whether a JSON text has one of the shapes, which have " | "
// between them. A shape is paths with " & " between them, all of which lead
// somewhere.
func anyOf(n *policy.Node, shapes string) bool {
	for shapes != "" && n != nil {
		var shape string
		shape, shapes, _ = strings.Cut(shapes, " | ")
		if hasAll(n, shape) {
			return true
		}
	}
	return false
}

func hasAll(n *policy.Node, shape string) bool {
	for shape != "" && n != nil {
		var path string
		path, shape, _ = strings.Cut(shape, " & ")
		if get(n, path) == nil {
			return false
		}
	}
	return n != nil
}

// lookup finds what stands behind "KEY=" in a table: words with white space
// between them. A map would be built at each start of the page.
func lookup(table, key string) string {
	for table != "" {
		var word string
		word, table, _ = strings.Cut(table, " ")
		word = strings.TrimSpace(word)
		if value, ok := strings.CutPrefix(word, key+"="); ok {
			return value
		}
	}
	return ""
}

// document gives the policy document at a node of the pasted text: an object is
// cut out as it stands, a string is a document inside JSON or percent-encoded.
func (p *paste) document(n *policy.Node) (text string, ok bool) {
	switch {
	case n == nil:
		return "", false
	case n.Kind == policy.Object && n.Span.End == 0:
		return written(n), true
	case n.Kind == policy.Object:
		return dedent(p.text[n.Span.Start:n.Span.End]), true
	case n.Kind != policy.String:
		p.problem(n.Span, "no-document", "A policy document belongs here, not "+n.Kind.String()+".")
		return "", false
	}
	text = strings.TrimSpace(n.Value)
	if strings.HasPrefix(text, `{\`) || strings.HasPrefix(text, `\"`) {
		text = unquoted(text)
	}
	if strings.HasPrefix(text, "%7B") || strings.HasPrefix(text, "%7b") {
		text = percentDecoded(text)
	}
	root, problems := policy.ParseJSON("", text)
	if fatal(problems) || root.Kind != policy.Object {
		message := "it is not a JSON object."
		if len(problems) > 0 {
			line, column := policy.Position(text, problems[0].Span.Start)
			message = "line " + strconv.Itoa(line) + ", column " + strconv.Itoa(column) + " of it: " + problems[0].Message
		}
		p.problem(n.Span, "bad-document", "The document in this string can't be read: "+message)
		return "", false
	}
	return text, true
}

// unquoted reads a text that was made a JSON string twice, as API Gateway does.
func unquoted(text string) string {
	if inner, problems := policy.ParseJSON("", `"`+text+`"`); !fatal(problems) {
		return inner.Value
	}
	return text
}

// written is a node as JSON, where the text does not have it as it is.
func written(n *policy.Node) string {
	var b strings.Builder
	write(&b, n)
	return b.String()
}

func write(b *strings.Builder, n *policy.Node) {
	switch n.Kind {
	case policy.Object, policy.Array:
		brackets := "{}"
		if n.Kind == policy.Array {
			brackets = "[]"
		}
		b.WriteByte(brackets[0])
		for i := range n.Items {
			if i > 0 {
				b.WriteString(", ")
			}
			if n.Kind == policy.Object {
				b.WriteString(policy.Quoted(n.Names[i].Value) + ": ")
			}
			write(b, &n.Items[i])
		}
		b.WriteByte(brackets[1])
	case policy.String:
		b.WriteString(policy.Quoted(n.Value))
	case policy.Null:
		b.WriteString("null")
	default:
		b.WriteString(n.Value)
	}
}

// dedent takes the indentation away that all lines but the first have in
// common: they were nested in something larger.
func dedent(text string) string {
	lines := strings.Split(text, "\n")
	common := -1
	for _, line := range lines[1:] {
		if indent := len(line) - len(strings.TrimLeft(line, " \t")); strings.TrimSpace(line) != "" && (common < 0 || indent < common) {
			common = indent
		}
	}
	if common <= 0 {
		return text
	}
	for i, line := range lines[1:] {
		lines[i+1] = line[min(common, len(line)):]
	}
	return strings.Join(lines, "\n")
}

// percentDecoded decodes %XX as IAM's API encodes policy documents (RFC 3986).
// What is no such code stays.
//
// https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetRolePolicy.html
func percentDecoded(text string) string {
	out := make([]byte, 0, len(text))
	for i := 0; i < len(text); i++ {
		if text[i] == '%' && i+2 < len(text) {
			if code, err := strconv.ParseUint(text[i+1:i+3], 16, 8); err == nil {
				out, i = append(out, byte(code)), i+2
				continue
			}
		}
		out = append(out, text[i])
	}
	return string(out)
}

// oneLine makes a text fit on one line: white space and control characters come
// to one space.
func oneLine(text string) string {
	return strings.Join(strings.FieldsFunc(strings.ToValidUTF8(text, "\uFFFD"), func(c rune) bool { return c <= ' ' || c == 0x7f }), " ")
}

// arnPart gives one of the six parts of an ARN, from 0, or "".
func arnPart(arn string, n int) string {
	if parts := strings.SplitN(arn, ":", 6); len(parts) == 6 && parts[0] == "arn" {
		return parts[n]
	}
	return ""
}

// lastPart gives what stands behind the last slash, or all of it.
func lastPart(path string) string { return path[strings.LastIndexByte(path, '/')+1:] }

// partition gives the partition of an ARN, by default AWS's commercial one.
func partition(arns ...string) string {
	for _, arn := range arns {
		if p := arnPart(arn, 1); p != "" {
			return p
		}
	}
	return "aws"
}
