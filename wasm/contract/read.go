package contract

import (
	"go/ast"
	"go/token"
	"slices"
	"strconv"
	"strings"
)

// A typ is the alternatives that a value can be, each as TypeScript writes it,
// or an object, or a list of what is in it.
type typ []one

type one struct {
	name   string  // of a type, or of an interface
	object *object // where it has no name
	list   typ     // where it is a list
}

type object struct {
	extends []string
	fields  []field
}

type field struct {
	name, doc string
	is        typ
}

// and adds the alternatives that are new; null comes last.
func (t typ) and(other typ) typ {
	for _, o := range other {
		has := func(have one) bool {
			return have.name != "" && have.name == o.name || have.object != nil && o.object != nil
		}
		if !slices.ContainsFunc(t, has) {
			t = append(slices.Clone(t), o)
		}
	}
	slices.SortStableFunc(t, func(a, b one) int { return rank(a) - rank(b) })
	return t
}

func rank(o one) int {
	if o.name == "null" {
		return 1
	}
	return 0
}

// A Contract is what the calls answer.
type Contract struct {
	bridge, module *folder
	calls          []call
	order          []string // of the named types
	named          map[string]*object
	about          map[string]string // what each of them is
}

// written is what some statements write: fields, or one value.
type written struct {
	object
	value typ
	next  string // the name of the field that the next value is
	doc   string
}

func (w *written) field(name, doc string, is typ) {
	for i := range w.fields {
		if w.fields[i].name == name {
			w.fields[i].is = w.fields[i].is.and(is)
			return
		}
	}
	w.fields = append(w.fields, field{name, doc, is})
}

// take takes a value: of the field that was named, or the value itself.
func (w *written) take(is typ) {
	if w.next != "" {
		w.field(w.next, w.doc, is)
		w.next, w.doc = "", ""
		return
	}
	w.value = w.value.and(is)
}

// result is what a call answers.
func (r *Contract) result(function string) typ {
	w := &written{}
	r.call(w, r.module, function, nil)
	if w.value == nil && len(w.extends) == 1 {
		return typ{{name: w.extends[0]}}
	}
	return w.value
}

// call writes what a function of a folder writes.
func (r *Contract) call(w *written, f *folder, function string, arguments map[string]string) {
	fn := f.functions[function]
	if fn == nil { // a method, of what the bridge has
		f, fn = r.bridge, r.bridge.functions[function]
	}
	if fn == nil {
		panic("contract: nothing is called " + function)
	}
	name, about, _ := strings.Cut(f.types[function], " ")
	if name == "" {
		r.block(w, f, fn.Body.List, arguments)
		return
	}
	inner := &written{}
	r.block(inner, f, fn.Body.List, arguments)
	switch {
	case inner.value != nil:
		w.take(r.name(inner.value, name, about))
	case len(inner.fields) == 1 && len(inner.extends) == 0:
		only := inner.fields[0]
		w.field(only.name, only.doc, r.name(only.is, name, about))
	default:
		w.extends = append(w.extends, r.name(typ{{object: &inner.object}}, name, about)[0].name)
	}
}

// name gives the object in a type a name.
func (r *Contract) name(is typ, name, about string) typ {
	out := slices.Clone(is)
	for i := range out {
		switch {
		case out[i].list != nil:
			out[i].list = r.name(out[i].list, name, about)
		case out[i].object != nil:
			if r.named[name] == nil {
				r.order = append(r.order, name)
				r.named[name] = out[i].object
				r.about[name] = about
			}
			out[i] = one{name: name}
		}
	}
	return out
}

// block writes what statements write, what is deferred last.
func (r *Contract) block(w *written, f *folder, list []ast.Stmt, arguments map[string]string) {
	var deferred []ast.Stmt
	for _, s := range list {
		switch s := s.(type) {
		case *ast.ExprStmt:
			if c, ok := s.X.(*ast.CallExpr); ok {
				r.write(w, f, c, arguments)
			}
		case *ast.DeferStmt:
			deferred = append(deferred, &ast.ExprStmt{X: s.Call})
		case *ast.IfStmt:
			r.block(w, f, s.Body.List, arguments)
			if s.Else != nil {
				r.block(w, f, []ast.Stmt{s.Else}, arguments)
			}
		case *ast.BlockStmt:
			r.block(w, f, s.List, arguments)
		case *ast.ForStmt:
			r.block(w, f, s.Body.List, arguments)
		case *ast.RangeStmt:
			r.block(w, f, s.Body.List, arguments)
		}
	}
	if len(deferred) > 0 {
		r.block(w, f, deferred, arguments)
	}
}

// write writes what one call writes: of the writer, or of a function that it is
// given to.
func (r *Contract) write(w *written, f *folder, c *ast.CallExpr, arguments map[string]string) {
	switch fn := c.Fun.(type) {
	case *ast.SelectorExpr:
		if nameOf(fn.X) == "w" {
			r.writes(w, f, fn.Sel.Name, c, arguments)
		} else if len(c.Args) > 0 && nameOf(c.Args[0]) == "w" {
			r.call(w, r.bridge, fn.Sel.Name, nil)
		}
	case *ast.Ident:
		if len(c.Args) == 0 || nameOf(c.Args[0]) != "w" {
			return
		}
		before := len(w.fields)
		r.call(w, f, fn.Name, bind(f.functions[fn.Name], c, arguments))
		if _, doc := f.told(c); doc != "" && len(w.fields) == before+1 {
			w.fields[before].doc = doc
		}
	}
}

// plain are the methods of the writer that write a field of one type.
var plain = map[string]typ{"String": {{name: "string"}}, "Int": {{name: "number"}}, "Bool": {{name: "boolean"}}, "Null": {{name: "null"}},
	"Strings": {{list: typ{{name: "string"}}}}}

// writes writes what a method of the writer writes.
func (r *Contract) writes(w *written, f *folder, method string, c *ast.CallExpr, arguments map[string]string) {
	told, doc := f.told(c)
	name := ""
	if len(c.Args) > 0 {
		name = literal(c.Args[0], arguments)
	}
	switch method {
	case "String", "Int", "Bool", "Null", "Strings":
		w.field(name, doc, plain[method].told(told))
	case "Name":
		w.next, w.doc = name, doc
	case "Quote":
		w.take(plain["String"].told(told))
	case "Object":
		inner := &written{}
		r.block(inner, f, body(c.Args[0]), arguments)
		if len(inner.fields) == 0 && len(inner.extends) == 1 {
			w.take(typ{{name: inner.extends[0]}})
			return
		}
		w.take(typ{{object: &inner.object}})
	case "Pair":
		pair := &object{fields: []field{{name, "", plain["String"]}, {literal(c.Args[2], arguments), "", plain["String"]}}}
		w.take(typ{{object: pair}})
	case "List":
		inner := &written{}
		r.block(inner, f, body(c.Args[2]), arguments)
		w.field(name, doc, typ{{list: inner.value}})
	case "Span":
		for _, end := range [...]string{"start", "end"} {
			if name != "" {
				end = name + strings.ToUpper(end[:1]) + end[1:]
			}
			w.field(end, doc, plain["Int"])
		}
	default: // Problems
		r.call(w, r.bridge, method, map[string]string{"name": name})
	}
}

// told puts the types that a directive tells in the place of string.
func (t typ) told(told string) typ {
	if told == "" {
		return t
	}
	var is typ
	for name := range strings.SplitSeq(told, "|") {
		name = strings.TrimSpace(name)
		of, empty := strings.CutSuffix(name, "?")
		is = append(is, one{name: of})
		if empty {
			is = append(is, one{name: `""`})
		}
	}
	if t[0].list != nil {
		return typ{{list: is}}
	}
	return is
}

// told is what stands behind a call: its type and what it means.
func (f *folder) told(c *ast.CallExpr) (is, doc string) {
	comment := f.comments[f.line(c.Pos())]
	if rest, ok := strings.CutPrefix(comment, "ts:"); ok {
		is, comment, _ = strings.Cut(rest, "//")
	}
	return strings.TrimSpace(is), strings.TrimSpace(comment)
}

// body is the statements of a function literal.
func body(e ast.Expr) []ast.Stmt {
	if fn, ok := e.(*ast.FuncLit); ok {
		return fn.Body.List
	}
	return nil
}

// bind is the texts that a call gives to the parameters of a function.
func bind(fn *ast.FuncDecl, c *ast.CallExpr, arguments map[string]string) map[string]string {
	if fn == nil {
		return nil
	}
	bound := map[string]string{}
	i := 0
	for _, p := range fn.Type.Params.List {
		for _, name := range p.Names {
			if text := literal(c.Args[i], arguments); text != "" {
				bound[name.Name] = text
			}
			i++
		}
	}
	return bound
}

// literal is the text of an expression, or of the parameter that it is.
func literal(e ast.Expr, arguments map[string]string) string {
	switch e := e.(type) {
	case *ast.BasicLit:
		if e.Kind == token.STRING {
			text, _ := strconv.Unquote(e.Value)
			return text
		}
	case *ast.Ident:
		return arguments[e.Name]
	}
	return ""
}
