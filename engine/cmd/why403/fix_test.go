package main

import (
	"encoding/json"
	"strings"
	"testing"

	"why403/engine/report"
)

// The best fix stands beside a denial, and none beside what is allowed.
func TestEvalFix(t *testing.T) {
	files(t, scenarios)
	stdout, _, _ := run("", "eval", "--json", "good/two.txtar")
	var lines []report.Answer
	for line := range strings.Lines(stdout) {
		var a report.Answer
		if err := json.Unmarshal([]byte(line), &a); err != nil {
			t.Fatal(err)
		}
		lines = append(lines, a)
	}
	if len(lines) != 2 || lines[0].Fix != nil || lines[1].Fix == nil {
		t.Fatalf("%s", stdout)
	}
	x := lines[1].Fix
	if x.Kind != "mend a statement" || len(x.Edits) != 1 || x.Edits[0].Section != "identity/a.json" ||
		!strings.Contains(x.Edits[0].Text, `["sqs:ReceiveMessage", "sqs:SendMessage"]`) {
		t.Errorf("%+v", x)
	}
	if len(x.Results) != 2 || x.Results[1] != (report.Result{Request: "write", Before: "implicit deny", After: "allow"}) {
		t.Errorf("%+v", x.Results)
	}
}

func TestFix(t *testing.T) {
	files(t, scenarios)
	stdout, stderr, code := run("", "fix", "good/two.txtar")
	for _, want := range []string{
		"good/two.txtar read: allow\n", "good/two.txtar write: implicit deny\n  1. Add sqs:SendMessage to the actions of statement 1 of the " +
			"identity-based policy a (mend a statement)\n",
		"     ! Allows sqs:SendMessage wherever this statement holds: on *.\n     -- identity/a.json --\n     - {\"Statement\":",
		"\n     + {\"Statement\": {\"Effect\": \"Allow\", \"Action\": [\"sqs:ReceiveMessage\", \"sqs:SendMessage\"]",
	} {
		if !strings.Contains(stdout, want) {
			t.Errorf("there is no %q in\n%s", want, stdout)
		}
	}
	if code != exitOK || stderr != "" {
		t.Errorf("exits with %d: %s", code, stderr)
	}
	if stdout, _, code := run("", "fix", "bad.txtar"); code != exitProblems || !strings.Contains(stdout, "This is not an ARN") {
		t.Errorf("exits with %d: %s", code, stdout)
	}
	if _, _, code := run("", "fix"); code != exitUsage {
		t.Errorf("exits with %d without a file", code)
	}
}

func TestFixJSON(t *testing.T) {
	files(t, scenarios)
	stdout, _, code := run("", "fix", "--json", "good/two.txtar", "bad.txtar")
	first, rest, _ := strings.Cut(stdout, "\n")
	var r report.Fixes
	if err := json.Unmarshal([]byte(first), &r); err != nil {
		t.Fatal(err, stdout)
	}
	if r.Request != "write" || r.Outcome != "implicit deny" || len(r.Fixes) < 2 || r.Reason != "" || len(r.Fixes[0].Exports) != 4 ||
		len(r.Fixes[0].Why) == 0 {
		t.Errorf("%+v", r)
	}
	if code != exitProblems || !strings.HasPrefix(rest, `{"file":"bad.txtar","problems":[`) || strings.Count(rest, "\n") != 1 {
		t.Errorf("exits with %d: %s", code, rest)
	}
}

func TestChangedLines(t *testing.T) {
	for _, c := range []struct{ old, now, want string }{
		{"", "a\nb\n", "+ a|+ b"},
		{"a\n", "a\n", "  a"},
		{"1\n2\n3\n4\n5\n6\n", "1\n2\n3\nx\n5\n6\n", "  2|  3|- 4|+ x|  5|  6"},
		{"1\n2\n", "1\n2\n3\n", "  1|  2|+ 3"},
	} {
		if got := strings.Join(changedLines(c.old, c.now), "|"); got != c.want {
			t.Errorf("%q, want %q", got, c.want)
		}
	}
}
