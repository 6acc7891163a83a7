package engine_test

import (
	"crypto/sha256"
	"encoding/hex"
	"flag"
	"fmt"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"

	"why403/engine"
	"why403/engine/answer"
	"why403/engine/catalogue"
	"why403/engine/catalogue/data"
	"why403/engine/changelog"
	"why403/engine/scenario"
)

var updateOutcomes = flag.Bool("update", false, "write testdata/outcomes.txt anew")

// TestVersion fails when a scenario is answered in another way than before while
// engine.Version stays: a link keeps the version that made it, and would tell
// its reader that nothing has changed. testdata/outcomes.txt has the version,
// and each answer by what was asked; go test ./engine -run TestVersion -update
// writes it anew for new scenarios, and after engine.Version has been raised:
// then it adds what changed to testdata/changed.txt.
func TestVersion(t *testing.T) {
	now := map[string]string{}
	names, texts := scenarioFiles(t)
	eachRequest(names, texts, nil, func(what string, a *answer.Answer) {
		now[what] = fmt.Sprintf("%s by %s", a.Outcome, typeName(a.Decision.DeniedBy))
		if a.Outcome == engine.Allowed {
			now[what] = "allow"
		}
	})
	version, before := readOutcomes(t)
	changed := changedOutcomes(before, now)
	if *updateOutcomes && (len(changed) == 0 || version != engine.Version) {
		addChanged(t, changed)
		writeOutcomes(t, now)
		version, before = readOutcomes(t)
		changed = changedOutcomes(before, now)
	}
	if version != engine.Version {
		t.Fatalf("the answers in testdata/outcomes.txt are those of version %s; write them anew with -update", version)
	}
	for _, line := range changed {
		t.Errorf("%s, with the same version. Raise engine.Version, add a line to changelog/rules.tsv, and write "+
			"testdata/outcomes.txt anew with -update.", line)
	}
	known := 0
	for what := range before {
		if now[what] != "" {
			known++
		}
	}
	if known < len(now)/2 {
		t.Errorf("only %d of %d answers are in testdata/outcomes.txt; write it anew with -update", known, len(now))
	}
}

// TestChangelog holds the changelog of rules and engine.Version together: each
// version has a rule, each rule touches some requests and not most of them, and
// each outcome of the gallery that a version changed is touched by one of its
// rules. testdata/changed.txt has these, as the engines of those versions
// answered.
func TestChangelog(t *testing.T) {
	present, err := strconv.Atoi(engine.Version)
	if err != nil {
		t.Fatalf("engine.Version is a number: %v", err)
	}
	for v := 2; v <= present; v++ {
		if len(changelog.Between(strconv.Itoa(v-1), strconv.Itoa(v))) == 0 {
			t.Errorf("changelog/rules.tsv has no rule of version %d: say what it answers in another way, a line for each rule", v)
		}
	}
	if newer := changelog.Between(engine.Version, strconv.Itoa(present+1)); len(newer) > 0 {
		t.Errorf("changelog/rules.tsv has a rule of version %s, and engine.Version is %s", newer[0].Version, engine.Version)
	}
	lines := readLines(t, "testdata/changed.txt")
	found, all, touched := 0, 0, map[changelog.Rule]int{}
	names, texts := scenarioFiles(t)
	const more = "changelog/testdata/more.txtar" // what the gallery is not about
	texts[more] = strings.Join(readLines(t, more), "\n") + "\n"
	eachRequest(append(names, more), texts, data.All(), func(what string, a *answer.Answer) {
		all++
		for _, r := range changelog.Explain("1", a) {
			touched[r]++
		}
		for _, line := range lines {
			version, rest, _ := strings.Cut(line, " ")
			if asked, _, _ := strings.Cut(rest, ": "); asked == what {
				found++
				touchedBy(t, version, line, a)
			}
		}
	})
	for _, r := range changelog.Between("1", engine.Version) {
		if n := touched[r]; n == 0 || n > all/2 {
			t.Errorf("the rule %q touches %d of %d requests: say which it touches, and have a scenario of it, or a request in %s",
				r.Text, n, all, more)
		}
	}
	if found < len(lines)/2 {
		t.Errorf("the gallery has only %d of %d requests in testdata/changed.txt", found, len(lines))
	}
}

// touchedBy fails where no rule of a version touches a request that it changed.
func touchedBy(t *testing.T, version, line string, a *answer.Answer) {
	t.Helper()
	n, _ := strconv.Atoi(version)
	for _, r := range changelog.Explain(strconv.Itoa(n-1), a) {
		if r.Version == version {
			return
		}
	}
	t.Errorf("%s: no rule of that version in changelog/rules.tsv touches it; it is %q", line, changelog.Facts(a))
}

// eachRequest answers every request of some scenarios.
func eachRequest(names []string, texts map[string]string, c catalogue.Catalogue, use func(what string, a *answer.Answer)) {
	for _, name := range names {
		f := scenario.ParseWith(c, texts[name])
		for i := range f.Requests {
			a := answer.Of(&f.Requests[i])
			use(asked(f, i), &a)
		}
	}
}

// changedOutcomes is what is answered in another way than before, a line each.
func changedOutcomes(before, now map[string]string) (out []string) {
	for what, old := range before {
		if present := now[what]; present != "" && present != old {
			out = append(out, what+": "+old+" -> "+present)
		}
	}
	slices.Sort(out)
	return out
}

func addChanged(t *testing.T, changed []string) {
	t.Helper()
	lines := readLines(t, "testdata/changed.txt")
	for _, line := range changed {
		lines = append(lines, engine.Version+" "+line)
	}
	slices.Sort(lines)
	lines = slices.Compact(lines)
	if err := os.WriteFile("testdata/changed.txt", []byte(strings.Join(lines, "\n")+"\n"), 0o644); err != nil {
		t.Fatal(err)
	}
}

func readLines(t *testing.T, name string) []string {
	t.Helper()
	text, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return strings.Split(strings.TrimSuffix(string(text), "\n"), "\n")
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
