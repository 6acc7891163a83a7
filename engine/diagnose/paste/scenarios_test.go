package paste_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"why403/engine/catalogue/data"
	"why403/engine/diagnose"
	"why403/engine/diagnose/paste"
)

// TestScenarios: the verdict on every scenario that has AWS's error, what is
// found first, and the next command. Run with -update to write it anew.
func TestScenarios(t *testing.T) {
	const golden = "../testdata/scenarios.txt"
	names, err := filepath.Glob("../../../scenarios/*/*.txtar")
	if err != nil {
		t.Fatal(err)
	}
	var have strings.Builder
	seen := 0
	for _, name := range names {
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		if !strings.Contains(string(text), "\n-- error --\n") {
			continue
		}
		seen++
		d := diagnose.Of(data.All(), paste.Scenario([]paste.Piece{{Name: name, Text: string(text)}}), nil)
		next := "nothing"
		if d.Next != nil {
			next = d.Next.ID
		}
		first := append(ids(d.Proved), ids(d.Possible)...)
		have.WriteString(strings.TrimSuffix(filepath.Base(name), ".txtar") + ": " + d.Verdict + "; " +
			strings.Join(first[:min(3, len(first))], ", ") + "; next " + next + "\n")
		if len(d.Problems) > 0 {
			t.Errorf("%s: %v", name, d.Problems)
		}
	}
	if seen < 25 {
		t.Errorf("only %d scenarios have an error", seen)
	}
	if *update {
		if err := os.WriteFile(golden, []byte(have.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil || string(want) != have.String() {
		t.Errorf("%v: have\n%s\nwant\n%s", err, have.String(), want)
	}
}
