package engine_test

import (
	"flag"
	"os"
	"path"
	"slices"
	"strings"
	"testing"

	"why403/engine"
	"why403/engine/scenario"
)

var update = flag.Bool("update", false, "write testdata/outcomes.txt again")

const outcomesFile = "testdata/outcomes.txt"

// TestVersion fails where a golden answer has another outcome than when the
// version was raised last, and the version stays: links tell by it a changed
// answer from a changed scenario. New scenarios are added with -update; changed
// outcomes only after engine.Version is raised.
func TestVersion(t *testing.T) {
	kept, err := os.ReadFile(outcomesFile)
	if err != nil {
		t.Fatal(err)
	}
	head, list, _ := strings.Cut(string(kept), "\n")
	golden := goldenOutcomes(t)
	if *update && (head != "version "+engine.Version || len(changed(list, golden)) == 0) {
		text := "version " + engine.Version + "\n" + strings.Join(golden, "\n") + "\n"
		if err := os.WriteFile(outcomesFile, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if head != "version "+engine.Version {
		t.Fatalf("%s is of %s, the engine is version %s; -update writes it again", outcomesFile, head, engine.Version)
	}
	for _, line := range changed(list, golden) {
		t.Errorf("the outcome changed, and engine.Version did not: %s", line)
	}
	known := strings.Split(list, "\n")
	for _, line := range golden {
		if !slices.Contains(known, line) && !slices.ContainsFunc(known, func(k string) bool { return request(k) == request(line) }) {
			t.Errorf("a new answer, which -update adds: %s", line)
		}
	}
}

// changed lists the answers whose outcome is another now. Of a scenario that is
// gone there is nothing to say.
func changed(list string, golden []string) (out []string) {
	now := map[string]string{}
	for _, line := range golden {
		now[request(line)] = line
	}
	for line := range strings.SplitSeq(strings.TrimSpace(list), "\n") {
		if other := now[request(line)]; other != "" && other != line {
			out = append(out, line+", now "+other[strings.LastIndexByte(other, '\t')+1:])
		}
	}
	return out
}

// request is a line without its outcome.
func request(line string) string {
	return line[:max(0, strings.LastIndexByte(line, '\t'))]
}

// goldenOutcomes has a line for each wanted answer of the gallery: the file, the
// request, the outcome.
func goldenOutcomes(t *testing.T) (out []string) {
	names, texts := scenarioFiles(t)
	for _, name := range names {
		f := scenario.Parse(texts[name])
		for i := range f.Requests {
			if want, ok := f.Want(f.Requests[i].Name); ok {
				out = append(out, path.Join(path.Base(path.Dir(name)), path.Base(name))+"\t"+f.Requests[i].Name+"\t"+want[0])
			}
		}
	}
	slices.Sort(out)
	return out
}

// A changed outcome is found, and a new one is none.
func TestChangedOutcomes(t *testing.T) {
	kept := "a.txtar\tone\tallow\na.txtar\ttwo\timplicit deny\ngone.txtar\t\tallow"
	if got := changed(kept, []string{"a.txtar\tone\tallow", "a.txtar\ttwo\tallow", "new.txtar\t\tallow"}); len(got) != 1 || got[0] != "a.txtar\ttwo\timplicit deny, now allow" {
		t.Errorf("%q", got)
	}
}
