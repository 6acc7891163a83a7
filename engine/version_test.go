package engine_test

import (
	"crypto/sha256"
	"encoding/hex"
	"flag"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"why403/engine"
	"why403/engine/answer"
	"why403/engine/scenario"
)

var updateOutcomes = flag.Bool("update", false, "write testdata/outcomes.txt anew")

// TestVersion fails when a scenario is answered in another way than before while
// engine.Version stays: a link keeps the version that made it, and would tell
// its reader that nothing has changed. testdata/outcomes.txt has the version,
// and each answer by what was asked; go test ./engine -run TestVersion -update
// writes it anew, after engine.Version has been raised, or for new scenarios.
func TestVersion(t *testing.T) {
	names, texts := scenarioFiles(t)
	now := map[string]string{}
	for _, name := range names {
		f := scenario.Parse(texts[name])
		for i := range f.Requests {
			a := answer.Of(&f.Requests[i])
			now[asked(f, i)] = fmt.Sprintf("%s by %s", a.Outcome, typeName(a.Decision.DeniedBy))
			if a.Outcome == engine.Allowed {
				now[asked(f, i)] = "allow"
			}
		}
	}
	if *updateOutcomes {
		writeOutcomes(t, now)
	}
	version, before := readOutcomes(t)
	if version != engine.Version {
		t.Fatalf("the answers in testdata/outcomes.txt are those of version %s; write them anew with -update", version)
	}
	known := 0
	for what, answer := range before {
		switch got, ok := now[what]; {
		case !ok:
		case got != answer:
			t.Errorf("%s: %s, and with the same version it was %s. Raise engine.Version and write testdata/outcomes.txt anew with -update.", what, got, answer)
			known++
		default:
			known++
		}
	}
	if known < len(now)/2 {
		t.Errorf("only %d of %d answers are in testdata/outcomes.txt; write it anew with -update", known, len(now))
	}
}

// asked names a request by what decides it: the request and every section that
// is judged, whatever is told around them.
func asked(f *scenario.File, index int) string {
	h := sha256.New()
	for i := range f.Sections {
		s := &f.Sections[i]
		if name, ok := scenario.RequestName(s.Name); ok && name == f.Requests[index].Name || scenario.HoldsPolicy(s.Name) {
			fmt.Fprintf(h, "%s\n%s\n", s.Name, s.Text)
		}
	}
	return f.Requests[index].Action + " " + hex.EncodeToString(h.Sum(nil)[:8])
}

func readOutcomes(t *testing.T) (version string, answers map[string]string) {
	t.Helper()
	text, err := os.ReadFile("testdata/outcomes.txt")
	if err != nil {
		t.Fatal(err)
	}
	first, rest, _ := strings.Cut(string(text), "\n")
	answers = map[string]string{}
	for line := range strings.Lines(rest) {
		if what, answer, ok := strings.Cut(strings.TrimSpace(line), ": "); ok {
			answers[what] = answer
		}
	}
	return strings.TrimPrefix(first, "version "), answers
}

func writeOutcomes(t *testing.T, answers map[string]string) {
	t.Helper()
	var lines []string
	for what, answer := range answers {
		lines = append(lines, what+": "+answer+"\n")
	}
	slices.Sort(lines)
	if err := os.WriteFile("testdata/outcomes.txt", []byte("version "+engine.Version+"\n"+strings.Join(lines, "")), 0o644); err != nil {
		t.Fatal(err)
	}
}
