package source

import (
	"bytes"
	"strconv"
	"strings"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"

	"why403/engine/policy"
	"why403/engine/template"
)

// headers are the words that a block of Terraform begins with.
const headers = " resource data variable locals module provider terraform output moved import removed check ephemeral "

// fromHCL reads the blocks of Terraform's code in a text. What stands around
// them, such as an error, stays as it is.
//
// https://github.com/hashicorp/hcl/blob/main/hclsyntax/spec.md
func fromHCL(text string) (out string, problems []policy.Problem) {
	r := &reader{text: text, root: policy.Node{Kind: policy.Object, Closed: true}}
	var rest strings.Builder
	at := 0
	found, deep := r.blocks()
	if deep >= 0 {
		return "", one(deep, deep+1, "too-deep", "This Terraform code is nested deeper than is read.")
	}
	if pieces, at := r.inPieces(); pieces > 0 {
		return "", one(at, at+1, "too-large", "A text in this Terraform code has more than "+strconv.Itoa(pieces)+
			" lines, or % and $ in it; no more of one so long are read. Remove what this is not about.")
	}
	for _, b := range found {
		for line := range strings.Lines(text[at:b.start]) {
			if _, mark := fileMark(line); !mark && !isFence(line) {
				rest.WriteString(line)
			}
		}
		if problems = r.block(b); problems != nil {
			return "", problems
		}
		at = b.end
	}
	if at == 0 {
		return "", one(0, min(1, len(text)), "no-blocks", "This looks like Terraform code, and has no whole block in it: "+
			"no closing bracket.")
	}
	for line := range strings.Lines(text[at:]) {
		if !isFence(line) {
			rest.WriteString(line)
		}
	}
	if template.HasGap(text) {
		add(&r.root, template.Gap, stringNode(template.Gap))
	}
	return strings.TrimSpace(rest.String()+"\n"+r.root.JSON()) + "\n", nil
}

// reader is a text at work.
type reader struct {
	text    string
	root    policy.Node
	indexes map[string]*index // of the objects in root by their paths, see block
	tokens  hclsyntax.Tokens
}

// span is a block's place in bytes.
type span struct{ start, end int }

// maxNesting bounds brackets, operators before operators and conditions: the
// parser calls itself for each.
const maxNesting = 200

// maxLabels bounds the names of a block, each of which is a level of the JSON.
const maxLabels = 20

// blocks finds the blocks that begin with a line, and where something is nested
// too deep, or -1.
func (r *reader) blocks() (found []span, deep int) {
	r.tokens, _ = hclsyntax.LexConfig([]byte(r.text), "", hcl.InitialPos)
	tokens := r.tokens
	if deep = tooDeep(tokens); deep >= 0 {
		return nil, deep
	}
	depth, start, line := 0, -1, 0
	for i, token := range tokens {
		switch token.Type {
		case hclsyntax.TokenIdent:
			if start < 0 && strings.TrimSpace(r.text[line:token.Range.Start.Byte]) == "" &&
				strings.Contains(headers, " "+string(token.Bytes)+" ") && opens(tokens[i+1:]) {
				start, depth = token.Range.Start.Byte, 0
			}
		case hclsyntax.TokenOBrace, hclsyntax.TokenTemplateInterp, hclsyntax.TokenTemplateControl:
			depth++
		case hclsyntax.TokenCBrace, hclsyntax.TokenTemplateSeqEnd:
			if depth--; depth == 0 && start >= 0 {
				found = append(found, span{start, token.Range.End.Byte})
				start = -1
			}
		}
		// Comments and heredocs end with their line too.
		if i := bytes.LastIndexByte(token.Bytes, '\n'); i >= 0 {
			line = token.Range.Start.Byte + i + 1
		}
	}
	return found, -1
}

// tooDeep gives where brackets, operators or conditions are nested too deep, or
// -1.
func tooDeep(tokens hclsyntax.Tokens) int {
	depth, operators, conditions := 0, 0, 0
	for _, token := range tokens {
		operator := false
		switch token.Type {
		case hclsyntax.TokenOBrace, hclsyntax.TokenOBrack, hclsyntax.TokenOParen, hclsyntax.TokenTemplateInterp,
			hclsyntax.TokenTemplateControl:
			depth++
		case hclsyntax.TokenCBrace, hclsyntax.TokenCBrack, hclsyntax.TokenCParen, hclsyntax.TokenTemplateSeqEnd:
			depth = max(0, depth-1)
		case hclsyntax.TokenBang, hclsyntax.TokenMinus:
			operator = true
			operators++
		case hclsyntax.TokenQuestion:
			conditions++
		case hclsyntax.TokenNewline:
			conditions = 0
		}
		if !operator {
			operators = 0
		}
		if depth > maxNesting || operators > maxNesting || conditions > maxNesting {
			return token.Range.Start.Byte
		}
	}
	return -1
}

// maxCopied is how many bytes the parser may copy to put texts together: it copies what
// it has for each piece, a line or what stands between two of % and $.
const maxCopied = 1 << 30

// inPieces gives how many pieces the parser would put together for a text until it had
// copied too much, and where that text is, or 0.
func (r *reader) inPieces() (pieces, at int) {
	copied, size := 0, 0
	for _, token := range r.tokens {
		if token.Type != hclsyntax.TokenQuotedLit && token.Type != hclsyntax.TokenStringLit {
			pieces, size = 0, 0
			continue
		}
		if pieces++; pieces == 1 {
			at = token.Range.Start.Byte
		}
		size += len(token.Bytes)
		if copied += size; copied > maxCopied && pieces > 1 {
			return pieces, at
		}
	}
	return 0, 0
}

// opens reports whether labels and a bracket follow.
func opens(tokens hclsyntax.Tokens) bool {
	for _, token := range tokens {
		switch token.Type {
		case hclsyntax.TokenOQuote, hclsyntax.TokenQuotedLit, hclsyntax.TokenCQuote, hclsyntax.TokenIdent:
		default:
			return token.Type == hclsyntax.TokenOBrace
		}
	}
	return false
}

// block adds a block to the root, in the shape of Terraform's JSON.
//
// Its form: {"resource": {"aws_iam_role": {"app": { … }}}}.
func (r *reader) block(at span) []policy.Problem {
	file, diagnostics := hclsyntax.ParseConfig([]byte(r.text[at.start:at.end]), "", hcl.InitialPos)
	if diagnostics.HasErrors() {
		d := diagnostics[0]
		start := at.start
		if d.Subject != nil {
			start += d.Subject.Start.Byte
		}
		return one(start, min(start+1, len(r.text)), "bad-hcl", "This Terraform code can't be read: "+d.Summary+". "+d.Detail)
	}
	w := walker{source: r.text[at.start:at.end]}
	for _, b := range file.Body.(*hclsyntax.Body).Blocks {
		if n := len(b.Labels); n > maxLabels {
			return one(at.start, at.start+1, "too-deep", "This block of Terraform code has "+strconv.Itoa(n)+" names; at most "+
				strconv.Itoa(maxLabels)+" are read, and Terraform itself takes two. Remove the others.")
		}
		to, path := &r.root, ""
		for _, label := range append([]string{b.Type}, b.Labels...) {
			inner := r.indexOf(path).find(to, label)
			if inner == nil {
				add(to, label, policy.Node{Kind: policy.Object, Closed: true})
				inner = &to.Items[len(to.Items)-1]
			}
			to, path = inner, path+"\x00"+label
		}
		body := w.body(b.Body, 0)
		to.Names, to.Items = append(to.Names, body.Names...), append(to.Items, body.Items...)
	}
	return nil
}

// indexOf is the index of the object at a path from the root.
func (r *reader) indexOf(path string) *index {
	if r.indexes[path] == nil {
		if r.indexes == nil {
			r.indexes = map[string]*index{}
		}
		r.indexes[path] = &index{}
	}
	return r.indexes[path]
}

// walker makes JSON of a block's parts.
type walker struct{ source string }

func (w *walker) body(b *hclsyntax.Body, depth int) policy.Node {
	n := policy.Node{Kind: policy.Object, Closed: true}
	if depth > policy.MaxDepth {
		return n
	}
	for _, name := range inOrder(b.Attributes) {
		add(&n, name, w.value(b.Attributes[name].Expr, depth+1))
	}
	var found index
	for _, inner := range b.Blocks {
		name := inner.Type
		value := w.body(inner.Body, depth+1)
		if name == "dynamic" && len(inner.Labels) == 1 {
			add(&value, "label", stringNode(inner.Labels[0]))
		}
		list := policy.Node{Kind: policy.Array, Items: []policy.Node{value}, Closed: true}
		switch old := found.find(&n, name); {
		case old == nil:
			add(&n, name, list)
		case old.Kind == policy.Array:
			old.Items = append(old.Items, value)
		default: // an attribute of that name
			*old = policy.Node{Kind: policy.Array, Items: []policy.Node{*old, value}, Closed: true}
		}
	}
	return n
}

// inOrder gives the names of attributes as they stand in the text.
func inOrder(attributes hclsyntax.Attributes) (names []string) {
	for name := range attributes {
		names = append(names, name)
	}
	sortBy(names, func(name string) int { return attributes[name].NameRange.Start.Byte })
	return names
}

// value gives what an expression says. What is not known without running
// Terraform is a reference with the expression's text.
func (w *walker) value(e hclsyntax.Expression, depth int) policy.Node {
	if depth > policy.MaxDepth {
		return stringNode("")
	}
	switch e := e.(type) {
	case *hclsyntax.LiteralValueExpr:
		return literal(e)
	case *hclsyntax.TemplateExpr:
		return w.template(e.Parts, depth)
	case *hclsyntax.TemplateWrapExpr:
		return w.value(e.Wrapped, depth+1)
	case *hclsyntax.ParenthesesExpr:
		return w.value(e.Expression, depth+1)
	case *hclsyntax.ObjectConsKeyExpr:
		return w.key(e, depth)
	case *hclsyntax.TupleConsExpr:
		list := policy.Node{Kind: policy.Array, Closed: true}
		for _, item := range e.Exprs {
			list.Items = append(list.Items, w.value(item, depth+1))
		}
		return list
	case *hclsyntax.ObjectConsExpr:
		n := policy.Node{Kind: policy.Object, Closed: true}
		for _, item := range e.Items {
			key := w.value(item.KeyExpr, depth+1)
			add(&n, key.Value, w.value(item.ValueExpr, depth+1))
		}
		return n
	case *hclsyntax.FunctionCallExpr:
		return w.call(e, depth)
	}
	return w.reference(e)
}

// reference keeps an expression as the text has it.
func (w *walker) reference(e hclsyntax.Expression) policy.Node {
	r := e.Range()
	text := w.source[min(r.Start.Byte, len(w.source)):min(r.End.Byte, len(w.source))]
	return stringNode("${" + strings.Join(strings.Fields(text), " ") + "}")
}

// key is the key of an object: a bare word is a text.
func (w *walker) key(e *hclsyntax.ObjectConsKeyExpr, depth int) policy.Node {
	if word := hcl.ExprAsKeyword(e.Wrapped); word != "" && !e.ForceNonLiteral {
		return stringNode(word)
	}
	return w.value(e.Wrapped, depth+1)
}

// template joins the parts of a text with references in it.
func (w *walker) template(parts []hclsyntax.Expression, depth int) policy.Node {
	var b strings.Builder
	for _, part := range parts {
		switch n := w.value(part, depth+1); n.Kind {
		case policy.Object, policy.Array:
			b.WriteString(n.JSON())
		default:
			b.WriteString(n.Value)
		}
	}
	return stringNode(b.String())
}

// call gives what a function makes of its arguments, where that needs nothing
// else.
//
// https://developer.hashicorp.com/terraform/language/functions
func (w *walker) call(e *hclsyntax.FunctionCallExpr, depth int) policy.Node {
	var args []policy.Node
	for _, arg := range e.Args {
		args = append(args, w.value(arg, depth+1))
	}
	switch {
	case len(args) == 1 && strings.Contains(" jsonencode jsondecode toset tolist tomap tostring trimspace flatten distinct sensitive "+
		"nonsensitive one ", " "+e.Name+" "):
		return args[0]
	case e.Name == "concat" || e.Name == "merge":
		return together(e.Name, args)
	case e.Name == "join" && len(args) == 2 && args[1].Kind == policy.Array:
		var words []string
		for i := range args[1].Items {
			words = append(words, args[1].Items[i].Value)
		}
		return stringNode(strings.Join(words, args[0].Value))
	case e.Name == "format" && len(args) > 0 && strings.Count(args[0].Value, "%") == len(args)-1:
		return formatted(args)
	}
	return w.reference(e)
}

// together gives the items or the members of all arguments in one. A reference
// among them stays an item.
func together(name string, args []policy.Node) policy.Node {
	out := policy.Node{Kind: policy.Array, Closed: true}
	if name == "merge" {
		out.Kind = policy.Object
	}
	for _, arg := range args {
		for i := range arg.Items {
			if arg.Kind == policy.Object {
				add(&out, arg.Names[i].Value, arg.Items[i])
			} else {
				out.Items = append(out.Items, arg.Items[i])
			}
		}
		if arg.Kind == policy.String && out.Kind == policy.Array {
			out.Items = append(out.Items, arg)
		}
	}
	return out
}

// formatted replaces %s, %v and %d. A percent sign in an argument is none of the
// format.
func formatted(args []policy.Node) policy.Node {
	var b strings.Builder
	rest := args[0].Value
	for _, arg := range args[1:] {
		i := strings.IndexByte(rest, '%')
		if i+1 == len(rest) || strings.IndexByte("svd", rest[i+1]) < 0 {
			return stringNode(args[0].Value)
		}
		b.WriteString(rest[:i] + arg.Value)
		rest = rest[i+2:]
	}
	return stringNode(b.String() + rest)
}
