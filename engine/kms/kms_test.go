package kms

import (
	"testing"

	"why403/engine"
	"why403/engine/scenario"
)

func TestRows(t *testing.T) {
	type counts struct{ all, permitted, minimal int }
	got := map[Mode]counts{}
	for _, row := range Rows() {
		c := got[row.Mode]
		c.all++
		if row.Outcome == engine.Allowed {
			c.permitted++
		}
		if row.Minimal {
			c.minimal++
		}
		if row.Outcome == engine.ExplicitDeny {
			t.Errorf("%s denies explicitly", row.ID())
		}
		got[row.Mode] = c
	}
	want := map[Mode]counts{SameAccount: {18, 13, 4}, CrossAccount: {24, 14, 5}}
	for mode, w := range want {
		if got[mode] != w {
			t.Errorf("%s: got %+v, want %+v", mode, got[mode], w)
		}
	}
}

// Every row's scenario has no problem, and is classified as its own row.
func TestRowsAreScenarios(t *testing.T) {
	for _, row := range Rows() {
		f := scenario.Parse(row.Scenario)
		if len(f.Problems) > 0 {
			t.Errorf("%s: %+v", row.ID(), f.Problems)
		}
		got, ok := Classify(engine.Decide(f.Requests[0].Check))
		if !ok || got != row.Combination {
			t.Errorf("%s is classified as %s", row.ID(), got.ID())
		}
	}
}

func BenchmarkRows(b *testing.B) {
	for b.Loop() {
		Rows()
	}
}
