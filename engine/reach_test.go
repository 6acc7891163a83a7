package engine_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"slices"
	"testing"

	"why403/engine"
	"why403/engine/policy"
	"why403/engine/scenario"
)

// TestScenariosReachEverything walks the gallery: every path is open in some
// scenario, every type that can deny is named by one, in both ways, and every
// element of a statement is the one that fails. What is missing is printed.
func TestScenariosReachEverything(t *testing.T) {
	g := gallery{reached: map[string]bool{}, paths: constants(t, "path.go", "PathID"), misses: constants(t, "step.go", "Miss")}
	names, texts := scenarioFiles(t)
	var e engine.Decider
	for _, name := range names {
		file := scenario.Parse(texts[name])
		for i := range file.Requests {
			g.reach(e.Decide(file.Requests[i].Check))
		}
	}
	if len(g.paths) != len(engine.PathTable()) {
		t.Fatalf("%d paths have %d names", len(engine.PathTable()), len(g.paths))
	}
	wanted := slices.Concat(g.paths, wantedDenials(), g.misses)
	missing := 0
	for _, what := range wanted {
		if !g.reached[what] {
			missing++
			t.Errorf("no scenario has %s", what)
		}
	}
	t.Logf("%d scenarios reach %d of %d", len(names), len(wanted)-missing, len(wanted))
}

// gallery is what the scenarios reach, and the names of what there is.
type gallery struct {
	reached       map[string]bool
	paths, misses []string
}

// reach notes what a decision reaches.
func (g *gallery) reach(d *engine.Decision) {
	for _, w := range d.Ways {
		if w.Blocked == 0 && d.Outcome == engine.Allowed {
			g.reached[g.paths[w.ID]] = true
		}
	}
	if d.Outcome != engine.Allowed {
		g.reached[denial(d.Outcome, d.DeniedBy)] = true
	}
	for _, step := range d.Steps {
		g.reached[g.misses[step.Miss]] = true
	}
}

func denial(o engine.Outcome, t policy.Type) string {
	return "an " + o.String() + " by " + typeName(t)
}

// wantedDenials is every type that AWS can name. An RCP never denies
// implicitly: RCPFullAWSAccess is always attached.
func wantedDenials() (wanted []string) {
	for kind := policy.Identity; kind <= policy.Endpoint; kind++ {
		wanted = append(wanted, denial(engine.ExplicitDeny, kind))
		if kind != policy.RCP {
			wanted = append(wanted, denial(engine.ImplicitDeny, kind))
		}
	}
	return wanted
}

// constants is the names of the constants of a type, in their order.
func constants(t *testing.T, file, kind string) (names []string) {
	t.Helper()
	parsed, err := parser.ParseFile(token.NewFileSet(), file, nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range parsed.Decls {
		block, ok := d.(*ast.GenDecl)
		if !ok || block.Tok != token.CONST || typeOf(block) != kind {
			continue
		}
		for _, s := range block.Specs {
			for _, n := range s.(*ast.ValueSpec).Names {
				names = append(names, n.Name)
			}
		}
	}
	return names
}

// typeOf is the type of the first constant of a block.
func typeOf(block *ast.GenDecl) string {
	if id, ok := block.Specs[0].(*ast.ValueSpec).Type.(*ast.Ident); ok {
		return id.Name
	}
	return ""
}
