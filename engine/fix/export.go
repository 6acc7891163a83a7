package fix

import (
	"strconv"
	"strings"

	"why403/engine"
	"why403/engine/answer"
	"why403/engine/policy"
	"why403/engine/scenario"
)

// Export is a fix in a form that some tool takes.
type Export struct {
	Form  string // "json", "cli", "terraform" or "cloudformation"
	Label string
	Text  string
}

// Exports is what changes in the policies, and in the grants, in every form.
// A fix that only changes the request has none.
func (x *Fix) Exports(file *scenario.File) (out []Export) {
	forms := [...]struct {
		form, label string
		write       func(*exported) string
	}{
		{"json", "Policy JSON", func(e *exported) string { return e.Text }},
		{"cli", "AWS CLI", (*exported).cli},
		{"terraform", "Terraform", (*exported).terraform},
		{"cloudformation", "CloudFormation", (*exported).cloudFormation},
	}
	edits := x.exported(file)
	for _, f := range forms {
		text := ""
		for i := range edits {
			if f.form == "json" && len(edits) > 1 {
				text += "// " + edits[i].Section + "\n"
			}
			text += strings.TrimRight(f.write(&edits[i]), "\n") + "\n"
		}
		if text != "" {
			out = append(out, Export{f.form, f.label, text})
		}
	}
	return out
}

// exported is an edit with what it belongs to.
type exported struct {
	Edit
	kind  policy.Type
	grant bool
	check *engine.Check // one that the policy counts for
}

// exported is the edits of policies and grants.
func (x *Fix) exported(file *scenario.File) (out []exported) {
	for i := range file.Requests {
		if file.Requests[i].Check.Name != x.Request {
			continue
		}
		after := file.AgainFor(x.Apply(file), i)
		checks := answer.Checks(&after.Requests[i])
		for _, edit := range x.Edits {
			if !isRequest(edit.Section) {
				out = append(out, belongs(edit, checks))
			}
		}
	}
	return out
}

// ofGrants reports whether an edit is of a list of grants.
func (e *Edit) ofGrants() bool { return strings.HasSuffix(e.Section, "grants.json") }

// belongs finds the check that a section counts for.
func belongs(edit Edit, checks []answer.Check) exported {
	out := exported{Edit: edit, check: checks[0].Check.Check, grant: edit.ofGrants()}
	for i := range checks {
		c := checks[i].Check.Check
		if t, ok := typeOf(c, edit.Section); ok {
			out.kind, out.check = t, c
			return out
		}
		for j := range c.Grants {
			if out.grant && c.Grants[j].Section == edit.Section {
				out.check = c
				return out
			}
		}
	}
	return out
}

// statement is one that a fix changed or added.
type changedStatement struct {
	*policy.Node
	text  string
	index int // from 0
	added bool
}

// changed is the statements that an edit changed or added, or the grants.
func (e *exported) changed() (out []changedStatement) {
	was, _ := policy.ParseJSON("", e.Old)
	old := map[string]bool{}
	for _, n := range members(was, e.list()) {
		old[usual.json(e.Old[n.Span.Start:n.Span.End], "")] = true
	}
	now, _ := policy.ParseJSON("", e.Text)
	for i, n := range members(now, e.list()) {
		if !old[usual.json(e.Text[n.Span.Start:n.Span.End], "")] {
			out = append(out, changedStatement{n, e.Text, i, i >= len(members(was, e.list()))})
		}
	}
	return out
}

func (e *exported) list() string {
	if e.grant {
		return grants
	}
	return statements
}

// members is the values of the list with a name; one value stands for a list
// of one, and a list can be the whole text.
func members(n *policy.Node, name string) (out []*policy.Node) {
	if f, ok := n.Field(name); ok {
		n = f
	}
	switch {
	case n.Kind == policy.Array:
		for i := range n.Items {
			out = append(out, &n.Items[i])
		}
	case n.Kind == policy.Object && len(n.Items) > 0:
		out = append(out, n)
	}
	return out
}

// terraform is the statements as blocks of a data source.
//
// https://registry.terraform.io/providers/hashicorp/aws/latest/docs/data-sources/iam_policy_document
func (e *exported) terraform() string {
	var b strings.Builder
	for _, s := range e.changed() {
		if e.grant {
			b.WriteString(terraformGrant(s.Node))
			continue
		}
		b.WriteString("# " + s.where(e.Section) + "\nstatement {\n")
		for i := range s.Items {
			terraformElement(&b, s.Names[i].Value, &s.Items[i])
		}
		b.WriteString("}\n")
	}
	return b.String()
}

func (s *changedStatement) where(section string) string {
	if s.added {
		return "a new statement of " + section
	}
	return "in the place of statement " + strconv.Itoa(s.index+1) + " of " + section
}

// terraformNames is how the provider calls the elements of a statement.
var terraformNames = map[string]string{"Sid": "sid", "Effect": "effect", "Action": "actions", "NotAction": "not_actions",
	"Resource": "resources", "NotResource": "not_resources",
	"Principal": "principals", "NotPrincipal": "not_principals"}

func terraformElement(b *strings.Builder, name string, n *policy.Node) {
	switch name {
	case "Sid", "Effect":
		b.WriteString("  " + terraformNames[name] + " = " + hcl(n.Value) + "\n")
	case "Principal", "NotPrincipal":
		if n.Kind == policy.String {
			terraformPrincipals(b, terraformNames[name], "*", n)
		}
		for i := range n.Items {
			terraformPrincipals(b, terraformNames[name], n.Names[i].Value, &n.Items[i])
		}
	case "Condition":
		for i := range n.Items {
			for j := range n.Items[i].Items {
				b.WriteString("  condition {\n    test     = " + hcl(n.Names[i].Value) + "\n    variable = " + hcl(n.Items[i].Names[j].Value) +
					"\n    values   = " + hclList(&n.Items[i].Items[j]) + "\n  }\n")
			}
		}
	default:
		if terraformNames[name] != "" {
			b.WriteString("  " + terraformNames[name] + " = " + hclList(n) + "\n")
		}
	}
}

func terraformPrincipals(b *strings.Builder, block, kind string, n *policy.Node) {
	b.WriteString("  " + block + " {\n    type        = " + hcl(kind) + "\n    identifiers = " + hclList(n) + "\n  }\n")
}

// hcl is a string of Terraform, in which ${ would begin an expression.
func hcl(s string) string {
	return strings.NewReplacer("${", "$${", "%{", "%%{").Replace(quote(s))
}

func hclList(n *policy.Node) string {
	items := []policy.Node{*n}
	if n.Kind == policy.Array {
		items = n.Items
	}
	var out []string
	for i := range items {
		out = append(out, hcl(items[i].Value))
	}
	return "[" + strings.Join(out, ", ") + "]"
}

// terraformGrant is a grant as a resource.
//
// https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/kms_grant
func terraformGrant(n *policy.Node) string {
	field := func(name string) *policy.Node {
		f, ok := n.Field(name)
		if !ok {
			return &policy.Node{}
		}
		return f
	}
	if field("GranteePrincipal").Value == "" {
		return "# The provider has no grant to a service. Put the permission into the key policy.\n"
	}
	return "resource \"aws_kms_grant\" \"this\" {\n  key_id            = " + hcl(field("KeyId").Value) + "\n  grantee_principal = " +
		hcl(field("GranteePrincipal").Value) +
		"\n  operations        = " + hclList(field("Operations")) + "\n}\n"
}

// cloudFormation is the statements as YAML, to go under Statement of a
// PolicyDocument.
func (e *exported) cloudFormation() string {
	if e.grant {
		return "# CloudFormation has no resource for grants. Put the permission into the key policy.\n"
	}
	var b strings.Builder
	for _, s := range e.changed() {
		b.WriteString("# " + s.where(e.Section) + "\n")
		writeYAML(&b, s.Node, "- ", "  ")
	}
	return b.String()
}

// writeYAML writes the members of an object, the first after what begins the
// line.
func writeYAML(b *strings.Builder, n *policy.Node, first, indent string) {
	for i := range n.Items {
		b.WriteString(first + yaml(n.Names[i].Value) + ":")
		first = indent
		switch v := &n.Items[i]; v.Kind {
		case policy.Object:
			b.WriteString("\n")
			writeYAML(b, v, indent+"  ", indent+"  ")
		case policy.Array:
			b.WriteString("\n")
			for j := range v.Items {
				b.WriteString(indent + "  - " + yaml(v.Items[j].Value) + "\n")
			}
		default:
			b.WriteString(" " + yaml(v.Value) + "\n")
		}
	}
}

// yaml is a string of YAML: plain where nothing in it means something.
func yaml(s string) string {
	for i := range len(s) {
		c := s[i]
		if (c < 'a' || c > 'z') && (c < 'A' || c > 'Z') {
			if i == 0 || (c < '0' || c > '9') && !strings.ContainsRune("-_./", rune(c)) {
				return "'" + strings.ReplaceAll(s, "'", "''") + "'"
			}
		}
	}
	switch strings.ToLower(s) {
	case "", "true", "false", "yes", "no", "on", "off", "null", "y", "n":
		return "'" + s + "'"
	}
	return s
}
