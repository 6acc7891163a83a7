package policy

import (
	"slices"
	"strconv"
	"strings"
)

// MaxStatements is how many statements of one document are read.
const MaxStatements = 1<<16 - 1

// Parse reads a policy document of type t that stands in section name. It
// reports every problem. The document has the statements that could be read,
// even beside broken ones; after an Error they are not the whole policy.
func Parse(name string, t Type, text string) (*Document, []Problem) {
	d := &Document{Name: name, Type: t, Text: text}
	root, problems := ParseJSON(name, text)
	p := parser{doc: d, rules: &types[t], problems: problems}
	if len(problems) == 0 || root.Kind == Object {
		p.document(root)
		p.checkSids()
		if t == Resource {
			p.checkBuckets()
		}
	}
	if t == RCP && d.Version != "2012-10-17" && root.Closed {
		p.warn(Span{root.Span.Start, root.Span.Start + 1}, "bad-version",
			"A resource control policy has \"Version\": \"2012-10-17\". AWS refuses it without.")
	}
	if !Errors(problems) {
		p.checkSize()
	}
	sortByPlace(p.problems)
	return d, p.problems
}

// parser turns the JSON tree of one document into its statements.
type parser struct {
	doc      *Document
	rules    *rules
	problems []Problem
	broken   bool     // the statement at hand has an Error
	misspelt []string // elements that stand here under a name that is not quite theirs
	texts    room[Text]
	tests    room[Test]
}

// Reporting is kept out of line: inlined, it doubles the size of the package.
//
//go:noinline
func (p *parser) error(span Span, code, message string) {
	p.broken = true
	p.add(span, Error, code, message, p.rules.doc)
}

//go:noinline
func (p *parser) warn(span Span, code, message string) {
	p.add(span, Warning, code, message, p.rules.doc)
}

//go:noinline
func (p *parser) add(span Span, severity Severity, code, message, doc string) {
	if p.full(severity) {
		return
	}
	p.problems = append(p.problems, Problem{Section: p.doc.Name, Span: span, Severity: severity, Code: code, Message: message, Doc: doc})
}

// full reports whether no more problems are reported. Errors have room beside
// the warnings.
func (p *parser) full(severity Severity) bool {
	return len(p.problems) >= 2*MaxProblems || severity == Warning && len(p.problems) >= MaxProblems
}

// wrongType reports a value of the wrong JSON type.
func (p *parser) wrongType(n *Node, element, want string) {
	if function := intrinsic(n); function != "" {
		p.error(n.Span, "cloudformation",
			function+" is CloudFormation's, which puts a value there before AWS sees the policy. Write the value: the deployed policy has it "+
				"(aws iam get-policy-version, get-role-policy).")
		return
	}
	p.error(n.Span, "wrong-type", element+" is "+want+", not "+n.Kind.String()+".")
}

func (p *parser) document(root *Node) {
	switch {
	case root.Kind == String && strings.HasPrefix(strings.TrimSpace(root.Value), "{"):
		p.error(root.Span, "wrong-type",
			"This is a policy inside a JSON string. Paste it without the quotes around it and without the backslashes in it.")
		return
	case root.Kind != Object:
		p.wrongType(root, "A policy", "a JSON object")
		return
	}
	seen, known := false, false
	for i := range root.Items {
		name, value := root.Names[i], &root.Items[i]
		switch name.Value {
		case "Version":
			known = true
			p.version(value)
		case "Id":
			known = true
			p.id(name, value)
		case "Statement":
			seen = true
			p.statements(value)
		default:
			p.unknown(name, "a policy", policyElements)
		}
	}
	switch {
	case seen || !root.Closed:
	case known: // SQS takes such a policy, and it is clear what it does: nothing
		p.warn(Span{root.Span.Start, root.Span.Start + 1}, "missing-statement",
			"This policy has no Statement, so it says nothing. It neither allows nor denies.")
	default:
		p.missing("Statement", Span{root.Span.Start, root.Span.Start + 1},
			"This policy has no Statement, so it says nothing. A policy is {\"Version\": \"2012-10-17\", \"Statement\": [ … ]}.")
	}
}

// Versions is the versions of the policy language.
var Versions = [...]string{"2012-10-17", "2008-10-17"}

func (p *parser) version(n *Node) {
	switch {
	case n.Kind != String:
		p.wrongType(n, "Version", "a string")
	case !slices.Contains(Versions[:], n.Value):
		p.error(n.Span, "bad-version", "There is no version "+quote(n.Value)+" of the policy language. Write 2012-10-17.")
	default:
		p.doc.Version = n.Value
	}
}

func (p *parser) id(name Text, n *Node) {
	if n.Kind != String {
		p.wrongType(n, "Id", "a string")
		return
	}
	p.doc.ID = n.Text()
	if p.rules.id == ignored {
		p.warn(name.Span, "id-not-allowed", p.rules.name+" has no Id. AWS refuses it; remove it.")
	}
}

func (p *parser) statements(n *Node) {
	switch {
	case n.Kind == Object:
		p.statement(n)
	case n.Kind != Array:
		p.wrongType(n, "Statement", "a statement or a list of statements")
	case len(n.Items) == 0 && n.Closed:
		p.error(n.Span, "missing-statement", "This list of statements is empty. A policy has at least one statement.")
	default:
		p.doc.Statements = make([]Statement, 0, min(len(n.Items), MaxStatements))
		for i := range n.Items {
			p.statement(&n.Items[i])
		}
	}
}

func (p *parser) statement(n *Node) {
	if n.Kind != Object {
		p.wrongType(n, "A statement", "an object")
		return
	}
	if !n.Closed {
		return
	}
	p.broken, p.misspelt = n.repeats, nil
	s := Statement{Span: n.Span}
	effect := false
	for i := range n.Items {
		name, value := n.Names[i], &n.Items[i]
		switch name.Value {
		case "Sid":
			s.Sid = p.sid(value)
		case "Effect":
			effect = true
			s.Effect = p.effect(value)
		case "Principal", "NotPrincipal":
			p.principal(&s.Principal, name, value)
		case "Action", "NotAction":
			p.element(&s.Action, name, value)
		case "Resource", "NotResource":
			p.element(&s.Resource, name, value)
		case "Condition":
			s.Condition = p.condition(value)
		default:
			p.unknown(name, "a statement", statementElements)
		}
	}
	if !effect {
		p.missing("Effect", Span{n.Span.Start, n.Span.Start + 1}, "This statement has no Effect. Write \"Effect\": \"Allow\" or \"Deny\".")
	}
	p.demands(&s)
	p.keep(&s)
}

func (p *parser) keep(s *Statement) {
	if p.broken {
		return
	}
	if len(p.doc.Statements) == MaxStatements {
		p.error(s.Span, "too-many-statements", "At most "+strconv.Itoa(MaxStatements)+" statements of a policy are read.")
		return
	}
	p.doc.Statements = append(p.doc.Statements, *s)
}

func (p *parser) sid(n *Node) Text {
	if n.Kind != String {
		p.wrongType(n, "Sid", "a string")
	}
	return n.Text()
}

func (p *parser) effect(n *Node) Effect {
	switch {
	case n.Kind != String:
		p.wrongType(n, "Effect", "the string Allow or Deny")
	case n.Value == "Deny":
		return Deny
	case n.Value != "Allow":
		p.error(n.Span, "bad-effect", "Effect is Allow or Deny, in this spelling, not "+quote(n.Value)+".")
	}
	return Allow
}

// element reads Action, NotAction, Resource or NotResource.
func (p *parser) element(e *Element, name Text, n *Node) {
	base := strings.TrimPrefix(name.Value, "Not")
	not := base != name.Value
	if e.Present {
		if e.Not == not {
			return // a duplicate name, which is reported already
		}
		p.error(name.Span, "both-of-a-pair", "A statement has either "+base+" or Not"+base+", not both. Remove one.")
		return
	}
	*e = Element{Present: true, Not: not, Span: n.Span, Values: p.strings(n, name.Value)}
}

// strings reads a string or a list of strings. IAM takes a null in a list as
// nothing.
func (p *parser) strings(n *Node, element string) []Text {
	if n.Kind == String {
		return append(p.texts.take(1)[:0], n.Text())
	}
	if n.Kind != Array {
		p.wrongType(n, element, "a string or a list of strings")
		return nil
	}
	if len(n.Items) == 0 {
		p.error(n.Span, "empty-list", "This list is empty. "+element+" has at least one value.")
	}
	values := p.texts.take(len(n.Items))[:0]
	for i := range n.Items {
		switch item := &n.Items[i]; item.Kind {
		case String:
			values = append(values, item.Text())
		case Null:
			p.warn(item.Span, "null-value", "This null has no meaning here. Remove it.")
		default:
			p.wrongType(item, "A value of "+element, "a string")
		}
	}
	return values
}

func (p *parser) condition(n *Node) Condition {
	c := Condition{Span: n.Span}
	if n.Kind != Object {
		p.wrongType(n, "Condition", "an object of condition operators")
		return c
	}
	count := 0
	for i := range n.Items {
		count += len(n.Items[i].Names)
	}
	c.Tests = p.tests.take(count)[:0]
	for i := range n.Items {
		operator, keys := n.Names[i], &n.Items[i]
		if keys.Kind != Object {
			p.wrongType(keys, "A condition operator", "followed by an object of condition keys")
			continue
		}
		for j := range keys.Items {
			key, value := keys.Names[j], &keys.Items[j]
			c.Tests = append(c.Tests, Test{Operator: operator, Key: key,
				Values: p.scalars(value), Span: Span{key.Span.Start, value.Span.End}})
		}
	}
	return c
}

// scalars reads the values of a condition key: strings, numbers, Booleans.
func (p *parser) scalars(n *Node) []Text {
	items := []Node{*n}
	if n.Kind == Array {
		items = n.Items
	}
	values := p.texts.take(len(items))[:0]
	for i := range items {
		switch items[i].Kind {
		case String, Number, Bool:
			values = append(values, items[i].Text())
		default:
			p.wrongType(&items[i], "A value of a condition key", "a string, a number or a Boolean")
		}
	}
	return values
}
