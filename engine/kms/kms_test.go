package kms

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"why403/engine"
	"why403/engine/combine"
	"why403/engine/scenario"
)

func TestRows(t *testing.T) {
	type counts struct{ all, permitted, minimal int }
	got := map[combine.Mode]counts{}
	for _, row := range Table().Rows() {
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
	want := map[combine.Mode]counts{SameAccount: {18, 13, 4}, CrossAccount: {24, 14, 5}}
	for mode, w := range want {
		if got[mode] != w {
			t.Errorf("%s: got %+v, want %+v", mode, got[mode], w)
		}
	}
}

// Every row's scenario has no problem, and is classified as its own row.
func TestRowsAreScenarios(t *testing.T) {
	for _, row := range Table().Rows() {
		f := scenario.Parse(row.Scenario)
		if len(f.Problems) > 0 {
			t.Errorf("%s: %+v", row.ID(), f.Problems)
		}
		got, ok := Classify(engine.Decide(f.Requests[0].Check))
		if !ok || got != row.Case {
			t.Errorf("%s is classified as %s", row.ID(), got.ID())
		}
	}
}

func BenchmarkRows(b *testing.B) {
	for b.Loop() {
		Table().Rows()
	}
}

// The 42 rows, each with its outcome and whether it is minimal. The file is
// written by hand from the rules: a key policy, an IAM policy behind a delegation,
// or a grant is enough in one account; across accounts both sides must allow.
func TestGoldenRows(t *testing.T) {
	want, err := os.ReadFile("testdata/rows.txt")
	if err != nil {
		t.Fatal(err)
	}
	var got strings.Builder
	for _, row := range Table().Rows() {
		mark := ""
		if row.Minimal {
			mark = " minimal"
		}
		fmt.Fprintf(&got, "%s: %s%s\n", row.ID(), row.Outcome, mark)
	}
	wanted := strings.Split(string(want), "\n")
	for i, line := range strings.Split(got.String(), "\n") {
		if i >= len(wanted) || line != wanted[i] {
			t.Errorf("line %d: %s", i+1, line)
		}
	}
	if n := strings.Count(string(want), "\n"); n != 42 {
		t.Errorf("%d rows in the file", n)
	}
}
