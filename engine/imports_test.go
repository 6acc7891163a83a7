//go:build !js

package engine_test

import (
	"go/parser"
	"go/token"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// layers is who may import whom: a package imports only packages of the layers
// before its own. A "/..." at the end stands for everything below.
var layers = [][]string{
	{"why403/engine/policy", "why403/engine/network", "why403/engine/shell", "why403/scenarios",
		"why403/engine/internal/memory"},
	{"why403/engine/condition", "why403/engine/catalogue", "why403/engine/simulation", "why403/engine/template"},
	{"why403/engine/template/source"},
	{"why403/engine", "why403/engine/catalogue/data"},
	{"why403/engine/reason"},
	{"why403/engine/scenario", "why403/engine/explain"},
	{"why403/engine/combine", "why403/engine/awscli"},
	{"why403/engine/kms", "why403/engine/importer"},
	{"why403/engine/flow"},
	{"why403/engine/answer"},
	{"why403/engine/fix", "why403/engine/link", "why403/engine/grid"},
	{"why403/engine/changelog", "why403/engine/witness"},
	{"why403/engine/embed", "why403/engine/report", "why403/engine/diagnose"},
	{"why403/engine/diagnose/paste"},
	{"why403/engine/embed/doctest", "why403/engine/redact"},
	{"why403/wasm/bridge", "why403/wasm/contract"},
	{"why403/engine/cmd/...", "why403/engine/catalogue/data/write", "why403/wasm/page", "why403/wasm/importer", "why403/wasm/source",
		"why403/wasm/contract/write", "why403/wasm/worker/..."},
}

// The packages that several rows are about.
var (
	deciding = []string{"why403/engine/policy", "why403/engine/network", "why403/engine/condition", "why403/engine/catalogue", "why403/engine",
		"why403/engine/scenario", "why403/engine/reason", "why403/engine/explain", "why403/engine/combine", "why403/engine/kms",
		"why403/engine/fix", "why403/engine/importer", "why403/engine/awscli", "why403/engine/template", "why403/engine/flow",
		"why403/engine/answer",
		"why403/engine/diagnose", "why403/engine/diagnose/paste", "why403/engine/changelog", "why403/engine/witness",
		"why403/engine/simulation", "why403/engine/shell"}
	page = []string{"why403/wasm/page", "why403/wasm/importer"}
)

// forbidden is imports that no package of a list may have, with the reason. A
// direct row leaves alone what other modules import in turn.
var forbidden = []struct {
	packages []string
	path     string
	direct   bool
	why      string
}{
	{deciding, "os", true, "the engine reads no files: a text goes in, an answer comes out"},
	{deciding, "os/...", true, "the engine starts no processes"},
	{deciding, "io/fs", true, "the engine reads no files"},
	{deciding, "net", false, "nothing that a person pastes leaves the page"},
	{deciding, "net/http", false, "nothing that a person pastes leaves the page"},
	{deciding, "net/url", false, "nothing that a person pastes leaves the page"},
	{deciding, "time", true, "the time is a part of the request: with a clock, answers drift"},
	{deciding, "math/rand", true, "the same request has the same answer"},
	{deciding, "math/rand/v2", true, "the same request has the same answer"},
	{deciding, "log", true, "what is wrong is a value, not a line in a log"},
	{deciding, "syscall/js", true, "the engine knows no browser"},
	{deciding, "why403/scenarios", false, "the engine knows no examples"},
	{deciding, "encoding/json", false, "it keeps no positions and lets the last of two names win"},
	{deciding, "github.com/goccy/go-json/...", false, "policies are read with their places, by one reader, that of package policy"},
	{deciding, "regexp", false, "121 KB of the page, and AWS has no regular expressions"},
	{deciding, "why403/engine/catalogue/data", false, "the catalogue is input: who asks brings it"},
	{[]string{"why403/engine/catalogue"}, "fmt", false, "46 KB of the page"},
	{[]string{"why403/engine"}, "fmt", true, "a decision makes facts, not words"},
	{page, "github.com/goccy/go-json/...", false, "its package jsontext and what that needs is 190 KB of the page, its root 1.1 MB"},
	{page, "encoding/json", false, "the page has the reader of package policy"},
	{page, "regexp", false, "121 KB, and nothing to match with it"},
	{page, "net", false, "nothing that a person pastes leaves the page"},
	{page, "net/http", false, "nothing that a person pastes leaves the page"},
	{page, "why403/engine/link", false, "the page reads links itself"},
	{page, "fmt", true, "46 KB of the page, unless it is used"},
	{[]string{"why403/wasm/page"}, "why403/engine/importer", false, "few visitors import: it is a module of its own"},
	{[]string{"why403/wasm/page", "why403/wasm/importer", "why403/wasm/worker"}, "why403/engine/template/source", false,
		"1 MB of parsers, for those who paste code: a module of its own"},
	{[]string{"why403/wasm/page"}, "why403/engine/grid", false,
		"it needs html, which is 19 KB with what that begins with: tables are written in import.wasm"},
	{[]string{"why403/engine/template/source", "why403/wasm/source"}, "net", false, "nothing that a person pastes leaves the page"},
	{[]string{"why403/engine/template/source", "why403/wasm/source"}, "net/http", false, "nothing that a person pastes leaves the page"},
	{page, "html/template", false, "the page makes its elements itself"},
	{page, "text/template", false, "the page makes its elements itself"},
	{[]string{"why403/engine/cmd/..."}, "syscall/js", true, "the command line knows no browser"},
	{[]string{"why403/engine/cmd/..."}, "net/http", false, "the command line has no network"},
}

func TestImports(t *testing.T) {
	for _, platform := range []string{"", "js"} {
		t.Run("GOOS="+platform, func(t *testing.T) {
			graph := imports(t, platform)
			for _, p := range slices.Concat(layers...) {
				if len(graph.matching(p)) == 0 {
					t.Errorf("there is no package %s", p)
				}
			}
			for _, broken := range graph.brokenLayers() {
				t.Error(broken)
			}
			for _, broken := range graph.brokenRows() {
				t.Error(broken)
			}
			// What the build renders has all services at hand; the page fetches
			// those that a scenario names.
			for _, p := range page {
				if way, found := graph.all(p)["why403/engine/catalogue/data"]; found && platform == "js" {
					t.Error(way + ": 300 KB of the page")
				}
			}
		})
	}
}

// TestImportsAreFound puts a forbidden import into the graph, to see it found.
func TestImportsAreFound(t *testing.T) {
	for _, wrong := range []struct{ from, to string }{
		{"why403/engine/policy", "why403/engine/condition"}, {"why403/engine/condition", "why403/engine"},
		{"why403/engine", "why403/engine/explain"}, {"why403/engine/explain", "why403/engine/scenario"},
		{"why403/engine/scenario", "why403/engine/kms"}, {"why403/engine/kms", "why403/wasm/page"},
	} {
		g := graph{wrong.from: {wrong.to}, wrong.to: nil}
		if len(g.brokenLayers()) == 0 {
			t.Errorf("%s may import %s", wrong.from, wrong.to)
		}
	}
	for _, row := range forbidden {
		g := graph{strings.TrimSuffix(row.packages[0], "/..."): {"between"}, "between": {strings.Replace(row.path, "...", "x", 1)}}
		if found := len(g.brokenRows()) > 0; found == row.direct {
			t.Errorf("%s behind another package: found is %v", row.path, found)
		}
		g[strings.TrimSuffix(row.packages[0], "/...")] = g["between"]
		if len(g.brokenRows()) == 0 {
			t.Errorf("%s is not found", row.path)
		}
	}
}

// TestOneFileKnowsTheBrowser: what else the page runs is tested
// without one.
func TestOneFileKnowsTheBrowser(t *testing.T) {
	files, err := filepath.Glob("../wasm/[bpi]*/*.go")
	if err != nil || len(files) < 6 {
		t.Fatal(files, err)
	}
	for _, file := range files {
		parsed, err := parser.ParseFile(token.NewFileSet(), file, nil, parser.ImportsOnly)
		if err != nil {
			t.Fatal(err)
		}
		for _, s := range parsed.Imports {
			if path, _ := strconv.Unquote(s.Path.Value); path == "syscall/js" && filepath.Base(file) != "serve.go" {
				t.Errorf("%s imports syscall/js; only serve.go does", file)
			}
		}
	}
}

// graph is the imports of every package.
type graph map[string][]string

// imports asks the go command.
func imports(t *testing.T, platform string) graph {
	t.Helper()
	list := exec.Command("go", "list", "-deps", "-f", `{{.ImportPath}}{{range .Imports}} {{.}}{{end}}`, "why403/...")
	list.Env = os.Environ()
	if platform == "js" {
		list.Env = append(list.Env, "GOOS=js", "GOARCH=wasm")
	}
	list.Stderr = os.Stderr
	out, err := list.Output()
	if err != nil {
		t.Fatal(err)
	}
	g := graph{}
	for line := range strings.Lines(string(out)) {
		fields := strings.Fields(line)
		g[fields[0]] = fields[1:]
	}
	return g
}

// matches reports whether a package is what a pattern stands for.
func matches(pattern, path string) bool {
	prefix, below := strings.CutSuffix(pattern, "...")
	return path == pattern || below && strings.HasPrefix(path+"/", prefix)
}

func (g graph) matching(pattern string) (paths []string) {
	for path := range g {
		if matches(pattern, path) {
			paths = append(paths, path)
		}
	}
	slices.Sort(paths)
	return paths
}

// all is what a package imports, and what that imports, with the way to each.
func (g graph) all(from string) map[string]string {
	ways := map[string]string{}
	var visit func(path, way string)
	visit = func(path, way string) {
		for _, next := range g[path] {
			if _, seen := ways[next]; !seen {
				ways[next] = way + " → " + next
				visit(next, ways[next])
			}
		}
	}
	visit(from, from)
	return ways
}

func layer(path string) int {
	return slices.IndexFunc(layers, func(patterns []string) bool {
		return slices.ContainsFunc(patterns, func(p string) bool { return matches(p, path) })
	})
}

func (g graph) brokenLayers() (broken []string) {
	for _, pattern := range slices.Concat(layers...) {
		for _, from := range g.matching(pattern) {
			for to, way := range g.all(from) {
				if layer(to) >= layer(from) {
					broken = append(broken, way+": imports go to earlier layers only")
				}
			}
		}
	}
	return broken
}

func (g graph) brokenRows() (broken []string) {
	for _, row := range forbidden {
		for _, pattern := range row.packages {
			for _, from := range g.matching(pattern) {
				for to, way := range g.all(from) {
					if matches(row.path, to) && (!row.direct || slices.Contains(g[from], to)) {
						broken = append(broken, way+": "+row.why)
					}
				}
			}
		}
	}
	return broken
}
