// Command links prints every address of AWS's documentation in the repository,
// one a line with where it stands, so that they can be looked up after a
// release:
//
//	go run ./engine/cmd/links [FOLDER]
//
// In Go, addresses are put together from constants; these are followed.
package main

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io"
	"io/fs"
	"maps"
	"os"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

func main() {
	folder := "."
	if len(os.Args) > 1 {
		folder = os.Args[1]
	}
	if err := list(os.Stdout, os.DirFS(folder)); err != nil {
		fmt.Fprintln(os.Stderr, "links:", err)
		os.Exit(1)
	}
}

func list(out io.Writer, repository fs.FS) error {
	found, err := addresses(repository)
	for _, address := range slices.Sorted(maps.Keys(found)) {
		fmt.Fprintln(out, address, strings.Join(found[address], " "))
	}
	return err
}

// skipped are folders that are not ours, or that keep what was once written.
var skipped = map[string]bool{".git": true, "node_modules": true, "dist": true, "generated": true, "public": true, "testdata": true,
	"built": true}

// kinds are the ends of the names of files that are read.
var kinds = map[string]bool{".go": true, ".txtar": true, ".md": true, ".mdx": true, ".ts": true, ".mjs": true, ".js": true, ".html": true,
	".css": true, ".sh": true, ".rst": true}

// addresses finds each address, with the files that it stands in.
func addresses(repository fs.FS) (map[string][]string, error) {
	found := map[string][]string{}
	constants := map[string]map[string]string{} // by folder
	err := fs.WalkDir(repository, ".", func(name string, entry fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case entry.IsDir() && skipped[entry.Name()]:
			return fs.SkipDir
		case entry.IsDir() || !kinds[path.Ext(name)] || strings.HasSuffix(name, "_test.go"):
			return nil
		}
		text, err := fs.ReadFile(repository, name)
		if err != nil {
			return err
		}
		var here []string
		if path.Ext(name) == ".go" {
			folder := path.Dir(name)
			if constants[folder] == nil {
				constants[folder] = readConstants(repository, folder)
			}
			here = inGo(text, constants[folder])
		} else {
			here = inText(string(text))
		}
		slices.Sort(here)
		for _, address := range slices.Compact(here) {
			found[address] = append(found[address], name)
		}
		return nil
	})
	return found, err
}

var pattern = regexp.MustCompile("https://docs\\.aws\\.amazon\\.com/[^\\s\"'`<>()\\\\]+")

// inText finds the addresses of a text. A full stop after one is not its own.
func inText(text string) []string {
	out := pattern.FindAllString(text, -1)
	for i := range out {
		out[i] = strings.TrimRight(out[i], ".,;:…")
	}
	return out
}

// inGo finds the addresses of a Go file: in its comments, and in what its
// strings come to.
func inGo(text []byte, constants map[string]string) (out []string) {
	file, err := parser.ParseFile(token.NewFileSet(), "", text, parser.ParseComments)
	if err != nil {
		return inText(string(text))
	}
	for _, group := range file.Comments {
		out = append(out, inText(group.Text())...)
		for _, comment := range group.List {
			out = append(out, inText(comment.Text)...)
		}
	}
	ast.Inspect(file, func(n ast.Node) bool {
		e, ok := n.(ast.Expr)
		if !ok {
			return true
		}
		value, ok := valueOf(e, constants)
		if !ok || !strings.Contains(value, "/") {
			return true
		}
		if !strings.HasSuffix(value, "/") && !strings.HasSuffix(value, "_") { // else it is the beginning of others
			out = append(out, inText(value)...)
		}
		return false
	})
	return out
}

// valueOf is what a string, a constant, or a sum of them comes to.
func valueOf(e ast.Expr, constants map[string]string) (string, bool) {
	switch e := e.(type) {
	case *ast.BasicLit:
		value, err := strconv.Unquote(e.Value)
		return value, err == nil && e.Kind == token.STRING
	case *ast.Ident:
		value, ok := constants[e.Name]
		return value, ok
	case *ast.BinaryExpr:
		left, ok := valueOf(e.X, constants)
		right, ok2 := valueOf(e.Y, constants)
		return left + right, ok && ok2 && e.Op == token.ADD
	}
	return "", false
}

// readConstants reads the string constants of a package.
func readConstants(repository fs.FS, folder string) map[string]string {
	constants := map[string]string{}
	names, _ := fs.Glob(repository, path.Join(folder, "*.go"))
	for range 2 { // one constant can be made of another
		for _, name := range names {
			text, err := fs.ReadFile(repository, name)
			if err != nil {
				continue
			}
			file, err := parser.ParseFile(token.NewFileSet(), "", text, 0)
			if err != nil {
				continue
			}
			ast.Inspect(file, func(n ast.Node) bool {
				if spec, ok := n.(*ast.ValueSpec); ok {
					for i, value := range spec.Values {
						if text, ok := valueOf(value, constants); ok && i < len(spec.Names) {
							constants[spec.Names[i].Name] = text
						}
					}
				}
				return true
			})
		}
	}
	return constants
}
