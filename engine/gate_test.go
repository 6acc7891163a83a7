package engine

import "testing"

// Every gate that a path needs has one row, and every row is about one gate.
func TestGateTable(t *testing.T) {
	var described Gates
	for _, g := range GateTable() {
		if g.Gate == 0 || g.Gate&(g.Gate-1) != 0 || described&g.Gate != 0 {
			t.Errorf("%+v", g)
		}
		if named := g.By == ByResource || g.By == ByGrant || g.By == ByOwnGrant; named && g.Kinds == 0 ||
			g.Limits && LimitGate(g.Type) != g.Gate {
			t.Errorf("%+v", g)
		}
		described |= g.Gate
	}
	for i := range paths {
		if missing := (paths[i].Needs | filters) &^ described; missing != 0 {
			t.Errorf("path %d needs gates %b that no row describes", paths[i].ID, missing)
		}
	}
	if GateOf(0) != nil || GateOf(SCPGate|EndpointGate) != nil {
		t.Error("a row for several gates")
	}
}
