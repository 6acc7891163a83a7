package flow_test

import (
	"io/fs"
	"slices"
	"strings"
	"testing"

	"why403/engine"
	"why403/engine/catalogue/data"
	"why403/engine/flow"
	"why403/engine/scenario"
	"why403/scenarios"
)

// calls makes the call of every request of the gallery.
func calls(t *testing.T) (out []*flow.Call) {
	t.Helper()
	names, err := fs.Glob(scenarios.Files, "*/*.txtar")
	if err != nil || len(names) == 0 {
		t.Fatal(err)
	}
	for _, name := range names {
		text, err := scenarios.Files.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		f := scenario.ParseWith(data.All(), string(text))
		for i := range f.Requests {
			r := &f.Requests[i]
			call, err := flow.Of(r.World, r.Request, r.Resources...)
			if err != nil {
				t.Fatalf("%s: %v", name, err)
			}
			out = append(out, call)
		}
	}
	return out
}

// The gallery shows every flow at work: a call that it denies, though all
// before it allow, and one that it allows. What AWS asks only if something is
// so stands beside an answer.
func TestEveryFlowHasScenarios(t *testing.T) {
	denied, allowed, possible := map[string]bool{}, map[string]bool{}, map[string]bool{}
	for _, call := range calls(t) {
		all := slices.IndexFunc(call.Checks, func(c flow.Check) bool { return engine.Decide(c.Check).Outcome != engine.Allowed })
		for i, c := range call.Checks {
			denied[c.Flow] = denied[c.Flow] || i == all
			allowed[c.Flow] = allowed[c.Flow] || all < 0
		}
		for _, p := range call.Possible {
			possible[p.Flow] = true
		}
	}
	for _, row := range flow.Rows() {
		switch {
		case row.When.Untold && !possible[row.Name]:
			t.Errorf("no scenario has %s beside its answer", row.Name)
		case row.When.Untold:
		case !denied[row.Name]:
			t.Errorf("no scenario shows %s denied", row.Name)
		case !allowed[row.Name]:
			t.Errorf("no scenario shows %s allowed", row.Name)
		}
	}
}

// A row says all that its place in the table wants, and names actions that
// AWS's reference has.
func TestRows(t *testing.T) {
	names := map[string]bool{}
	for _, row := range flow.Rows() {
		if names[row.Name] || row.Name == "" {
			t.Errorf("the name %q is used twice, or there is none", row.Name)
		}
		names[row.Name] = true
		if !strings.HasPrefix(row.Doc, "https://docs.aws.amazon.com/") || len(row.Asks) == 0 {
			t.Errorf("%s: page %q, %d asks", row.Name, row.Doc, len(row.Asks))
		}
		if open := row.When.Encrypted || row.When.Untold || row.When.Tagged; open != (row.If != "") {
			t.Errorf("%s: the world can leave it open: %v, but the clause is %q", row.Name, open, row.If)
		}
		actions := strings.Fields(row.Actions)
		for _, a := range row.Asks {
			actions = append(actions, strings.Fields(a.Actions)...)
			if a.Why == "" {
				t.Errorf("%s does not say why", row.Name)
			}
		}
		for _, full := range actions {
			prefix, name, _ := strings.Cut(full, ":")
			service := data.All().Service(prefix)
			if service == nil || service.Action(name) == nil && !engine.KnownAction(full) {
				t.Errorf("%s: AWS's reference has no %s", row.Name, full)
			}
		}
	}
}
