package answer_test

import (
	"os"
	"strings"
	"testing"

	"why403/engine"
	"why403/engine/answer"
	"why403/engine/catalogue/data"
	"why403/engine/reason"
	"why403/engine/scenario"
)

// cause is one case of testdata/causes.txt: a scenario as people report them,
// with its cause and what the verdict has to say of it.
type cause struct {
	kind, title string
	words       []string
	text        string
}

// The file has a case after each line "=== KIND: CAUSE". Lines that begin with
// ">" are words that the verdict has.
func causes(t *testing.T) (cases []cause) {
	t.Helper()
	text, err := os.ReadFile("testdata/causes.txt")
	if err != nil {
		t.Fatal(err)
	}
	for _, block := range strings.Split("\n"+string(text), "\n=== ")[1:] {
		head, rest, _ := strings.Cut(block, "\n")
		c := cause{}
		c.kind, c.title, _ = strings.Cut(head, ": ")
		for strings.HasPrefix(rest, "> ") {
			var line string
			line, rest, _ = strings.Cut(rest, "\n")
			c.words = append(c.words, line[len("> "):])
		}
		c.text = rest + "\n"
		cases = append(cases, c)
	}
	return cases
}

// Each case is denied, and the verdict says its cause. Run with -v for the
// table.
func TestCauses(t *testing.T) {
	told := map[string]bool{}
	var named, all [engine.Allowed]int // by outcome
	for _, c := range causes(t) {
		f := scenario.ParseWith(data.All(), c.text)
		if f.Errors() {
			t.Errorf("%s: %v", c.title, f.Problems)
			continue
		}
		a := answer.File(f)[0]
		if a.Outcome >= engine.Allowed {
			t.Errorf("%s: %s", c.title, a.Outcome)
			continue
		}
		all[a.Outcome]++
		ok, kind := true, false
		for _, w := range c.words {
			ok = ok && strings.Contains(a.Verdict, w)
		}
		for i := range a.Causes {
			told[a.Causes[i].Kind] = true
			kind = kind || a.Causes[i].Kind == c.kind
			for _, x := range a.Causes[i].Facts {
				told[string(x.Kind)] = true
				kind = kind || string(x.Kind) == c.kind
			}
		}
		mark := "named"
		if ok && kind {
			named[a.Outcome]++
		} else {
			mark = "missed"
			t.Errorf("%s (%s): the verdict does not say %q:\n%s", c.title, c.kind, c.words, a.Verdict)
		}
		for i := range a.Statements {
			for _, x := range a.Statements[i].Facts {
				told[string(x.Kind)] = true
			}
		}
		t.Logf("%-7s %-22s %-60s %s", mark, c.kind, c.title, a.Verdict)
	}
	for _, k := range reason.Kinds() {
		if !told[string(k)] {
			t.Errorf("no case has the reason %s", k)
		}
	}
	for outcome, n := range all {
		t.Logf("%s: the cause is named in %d of %d", engine.Outcome(outcome), named[outcome], n)
	}
}
