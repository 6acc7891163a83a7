// Package source makes JSON of what people write infrastructure as code in:
// Terraform's HCL and YAML. References stay as ${…}, for package template.
//
// The parsers are HashiCorp's own of HCL and the YAML organization's of YAML,
// because both languages are larger than they look. They are 1 MB of a program,
// so whoever reads JSON only does not import this package.
package source

import (
	"strconv"
	"strings"

	"why403/engine/policy"
	"why403/engine/template"
)

// maxHCL and maxYAML are the longest texts that are read, in bytes: what the
// parsers take a second for.
const (
	maxHCL  = 1 << 18
	maxYAML = 2 << 20
)

// JSON gives a text in which what is in a syntax, template.HCL or template.YAML,
// stands as JSON. Problems say with their places why that can't be done.
func JSON(syntax, text string) (out string, problems []policy.Problem) {
	limit, said := maxYAML, "YAML"
	if syntax == template.HCL {
		limit, said = maxHCL, "Terraform code"
	}
	if len(text) > limit {
		return "", one(limit, limit, "too-large", "At most "+strconv.Itoa(limit>>10)+" KiB of "+said+
			" is read. Paste the files that this is about.")
	}
	text, after := template.After(text)
	if syntax == template.HCL {
		out, problems = fromHCL(text)
	} else {
		out, problems = fromYAML(text)
	}
	if after && problems == nil {
		out = template.MarkAfter(out)
	}
	return out, problems
}

func one(start, end int, code, message string) []policy.Problem {
	return []policy.Problem{{Span: policy.Span{Start: start, End: end}, Code: code, Message: message}}
}

// gaps puts a gap into the statements of all policies of a text.
func gaps(n *policy.Node) {
	for i := range n.Items {
		item := &n.Items[i]
		if gaps(item); n.Kind == policy.Object && n.Names[i].Value == "Statement" && item.Kind == policy.Array {
			item.Items = append(item.Items, stringNode(template.Gap))
		}
	}
}

// isFence reports whether a line is one that Markdown puts around code.
func isFence(line string) bool { return strings.HasPrefix(strings.TrimSpace(line), "```") }

// fileMark gives the name of the file that begins behind a line, as head and
// tail print it: ==> main.tf <==.
func fileMark(line string) (name string, ok bool) {
	name, ok = strings.CutPrefix(strings.TrimSpace(line), "==> ")
	if !ok {
		return "", false
	}
	return strings.CutSuffix(name, " <==")
}

func stringNode(text string) policy.Node {
	return policy.Node{Kind: policy.String, Value: text, Closed: true}
}

// add adds a member to an object.
func add(n *policy.Node, name string, value policy.Node) {
	n.Names = append(n.Names, policy.Text{Value: name})
	n.Items = append(n.Items, value)
}

// index finds the members of one object, which can be tens of thousands. It follows
// those that are added at the end.
type index struct {
	at   map[string]int
	seen int
}

// find is the first member called name, or nil.
func (x *index) find(n *policy.Node, name string) *policy.Node {
	if x.at == nil {
		x.at = map[string]int{}
	}
	for ; x.seen < len(n.Names); x.seen++ {
		if _, twice := x.at[n.Names[x.seen].Value]; !twice {
			x.at[n.Names[x.seen].Value] = x.seen
		}
	}
	if i, ok := x.at[name]; ok {
		return &n.Items[i]
	}
	return nil
}
