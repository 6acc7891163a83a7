package importer_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"why403/engine/scenario"
)

// pastes are the cases of testdata/pastes.txt, whose names begin with a kind, and
// those of templates.txt, which are code.
func pastes(t testing.TB) (found []golden) {
	for _, g := range goldens(t) {
		if name, ok := strings.CutPrefix(g.name, "pastes.txt/"); ok {
			g.name = name
			found = append(found, g)
		} else if name, ok := strings.CutPrefix(g.name, "templates.txt/"); ok {
			g.name = "code: " + name
			found = append(found, g)
		}
	}
	return found
}

// reading says how a paste was read: right in all that is wanted, wrong where
// the scenario has another caller, action, resource or answer than the text,
// refused where nothing was recognised, else partly.
func reading(g *golden) (verdict string, missing []string) {
	r := g.result()
	f := scenario.Parse(r.Text)
	wrong := false
	for _, want := range strings.Split(g.want, "\n") {
		if holds(&r, f, g.pasted, want) {
			continue
		}
		missing = append(missing, want)
		key, _, line := strings.Cut(want, ": ")
		_, have, _ := strings.Cut("\n"+r.Text, "\n"+key+": ")
		have, _, _ = strings.Cut(have, "\n")
		fact := slices.Contains([]string{"principal", "action", "resource"}, key)
		standIn := have == "" || have == "*" || strings.Contains(have, "UNKNOWN") || have == "unknown:Unknown"
		wrong = wrong || fact && !standIn || !line && r.Text != "" && strings.Contains(r.Text, "-- want --") || want == "nothing"
	}
	switch {
	case len(missing) == 0:
		return "right", nil
	case wrong:
		return "wrong", missing
	case r.Kind == "":
		return "refused", missing
	}
	return "partly", missing
}

// TestRate prints how the pastes are read, by kind.
func TestRate(t *testing.T) {
	verdicts := []string{"right", "partly", "wrong", "refused"}
	counts := map[string]map[string]int{"all": {}}
	kinds := []string{}
	for _, g := range pastes(t) {
		kind, _, ok := strings.Cut(g.name, ": ")
		if !ok {
			t.Fatalf("%q has no kind", g.name)
		}
		if counts[kind] == nil {
			counts[kind], kinds = map[string]int{}, append(kinds, kind)
		}
		verdict, missing := reading(&g)
		counts[kind][verdict]++
		counts["all"][verdict]++
		if verdict != "right" {
			t.Logf("%s, %s: misses %q", verdict, g.name, missing)
		}
	}
	table := fmt.Sprintf("%-12s%8s%8s%8s%8s\n", "", "right", "partly", "wrong", "refused")
	total := 0
	for _, kind := range append(kinds, "all") {
		table += fmt.Sprintf("%-12s", kind)
		total = 0
		for _, v := range verdicts {
			table += fmt.Sprintf("%8d", counts[kind][v])
			total += counts[kind][v]
		}
		table += "\n"
	}
	t.Log("\n" + table)
	if all := counts["all"]; all["wrong"] > 0 || all["right"]*100 < total*92 || total < 100 {
		t.Errorf("%d of %d are right, %d wrong", all["right"], total, all["wrong"])
	}
}
