// Package contract writes the types of what the modules answer for TypeScript. It
// reads them off the functions that write the answers: the calls of a
// bridge.Writer, in their order.
//
// What Go has no types for stands in directives: above a function
//
//	//ts:type Name What it is.
//
// names what it writes, and
//
//	//ts:doc What a call takes.
//
// is about a call. Behind a call of the writer, //ts:Name is the type of a
// string, with a "?" where it may be empty, and a comment is what it means.
package contract

import (
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// modules are the folders below wasm whose calls the page makes.
var modules = []string{"page", "importer", "source"}

// Read reads the calls of all modules. wasm is the folder of that name.
func Read(wasm string) (*Contract, error) {
	bridge, err := parseFolder(filepath.Join(wasm, "bridge"))
	if err != nil {
		return nil, err
	}
	r := &Contract{bridge: bridge, named: map[string]*object{}, about: map[string]string{}}
	for _, name := range modules {
		if r.module, err = parseFolder(filepath.Join(wasm, name)); err != nil {
			return nil, err
		}
		for _, made := range r.module.calls {
			if known := slices.ContainsFunc(r.calls, func(c call) bool { return c.name == made.name }); !known {
				r.calls = append(r.calls, call{made.name, name, made.native, r.doc(made.function), r.result(made.function)})
			}
		}
	}
	slices.SortFunc(r.calls, func(a, b call) int { return strings.Compare(a.name, b.name) })
	return r, nil
}

// doc is what is said of a call.
func (r *Contract) doc(function string) string {
	if text := r.module.docs[function]; text != "" {
		return text
	}
	return r.bridge.docs[function]
}

// A call is a call of a module.
type call struct {
	name, module string
	native       bool // for the build alone
	doc          string
	result       typ
}

// A folder is a package that writes answers.
type folder struct {
	files     *token.FileSet
	functions map[string]*ast.FuncDecl // a method by its name alone, where no function has it
	types     map[string]string        // what //ts:type says of a function: a name, a space and what it is
	docs      map[string]string        // what //ts:doc says of a function
	comments  map[int]string           // what stands behind the code of a line, by line and file
	calls     []called
}

type called struct {
	name, function string
	native         bool
}

func parseFolder(name string) (*folder, error) {
	paths, err := filepath.Glob(filepath.Join(name, "*.go"))
	if err != nil {
		return nil, err
	}
	f := &folder{files: token.NewFileSet(), functions: map[string]*ast.FuncDecl{}, types: map[string]string{}, docs: map[string]string{},
		comments: map[int]string{}}
	for _, path := range paths {
		if strings.HasSuffix(path, "_test.go") {
			continue
		}
		text, err := os.ReadFile(path)
		if err != nil {
			return nil, err
		}
		file, err := parser.ParseFile(f.files, path, text, parser.ParseComments)
		if err != nil {
			return nil, err
		}
		f.take(file, strings.Contains(string(text), "//go:build !js"))
	}
	return f, nil
}

// line is a line of a file, as a number of its own.
func (f *folder) line(at token.Pos) int {
	p := f.files.Position(at)
	return f.files.File(at).Base() + p.Line
}

func (f *folder) take(file *ast.File, native bool) {
	for _, group := range file.Comments {
		for _, c := range group.List {
			f.comments[f.line(c.Pos())] = strings.TrimPrefix(c.Text, "//")
		}
	}
	for _, decl := range file.Decls {
		if fn, ok := decl.(*ast.FuncDecl); ok {
			f.takeFunction(fn)
		}
	}
	ast.Inspect(file, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.CompositeLit:
			if s, ok := n.Type.(*ast.SelectorExpr); !ok || s.Sel.Name != "Calls" {
				return true
			}
			for _, e := range n.Elts {
				pair := e.(*ast.KeyValueExpr)
				f.calls = append(f.calls, called{literal(pair.Key, nil), nameOf(pair.Value), native})
			}
		case *ast.AssignStmt:
			if index, ok := n.Lhs[0].(*ast.IndexExpr); ok && nameOf(index.X) == "calls" {
				f.calls = append(f.calls, called{literal(index.Index, nil), nameOf(n.Rhs[0]), native})
			}
		}
		return true
	})
}

func (f *folder) takeFunction(fn *ast.FuncDecl) {
	if known := f.functions[fn.Name.Name]; known != nil && fn.Recv != nil {
		return
	}
	f.functions[fn.Name.Name] = fn
	if fn.Doc == nil {
		return
	}
	for _, c := range fn.Doc.List {
		if text, ok := strings.CutPrefix(c.Text, "//ts:type "); ok {
			f.types[fn.Name.Name] = text
		} else if text, ok := strings.CutPrefix(c.Text, "//ts:doc "); ok {
			f.docs[fn.Name.Name] = strings.TrimSpace(f.docs[fn.Name.Name] + " " + text)
		}
	}
}

// nameOf is the last name of an expression.
func nameOf(e ast.Expr) string {
	switch e := e.(type) {
	case *ast.Ident:
		return e.Name
	case *ast.SelectorExpr:
		return e.Sel.Name
	}
	return ""
}
