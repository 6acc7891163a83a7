package policy_test

import (
	"fmt"
	"strings"
	"testing"
	"unicode/utf8"

	"why403/engine/policy"
)

// report draws problems below the line they are in: "^" under the span of an
// error, "~" under that of a warning, "|" where the span is empty; then line,
// column and code, and the message if it is asked for.
func report(text string, problems []policy.Problem, messages bool) string {
	var lines []string
	for _, p := range problems {
		line, column := policy.Position(text, p.Span.Start)
		marks := map[policy.Severity]string{policy.Error: "^", policy.Warning: "~"}
		mark := strings.Repeat(marks[p.Severity], utf8.RuneCountInString(text[p.Span.Start:p.Span.End]))
		if mark == "" {
			mark = "|"
		}
		s := fmt.Sprintf("%s%s %d:%d %s", strings.Repeat(" ", column-1), mark, line, column, p.Code)
		if messages {
			s += ": " + p.Message
		}
		lines = append(lines, s)
	}
	return strings.Join(lines, "\n")
}

// pairs takes policies, each with its report behind it. In a report of several
// lines, the others are indented so that they stand below the policy as well.
func pairs(t *testing.T, kind policy.Type, cases []string) {
	t.Helper()
	for i := 0; i < len(cases); i += 2 {
		text, want := cases[i], strings.ReplaceAll(cases[i+1], "\n\t ", "\n")
		_, problems := policy.Parse("section", kind, text)
		if got := report(text, problems, true); got != want {
			t.Errorf("got, want\n%s\n%s\n%s", text, got, want)
		}
		checkReport(t, text, problems)
	}
}

// checkReport holds what is true of all problems.
func checkReport(t *testing.T, text string, problems []policy.Problem) {
	t.Helper()
	last := 0
	for _, p := range problems {
		switch {
		case p.Span.Start < last:
			t.Errorf("%s is not in order: %v\n%s", p.Code, p.Span, text)
		case p.Span.End < p.Span.Start || p.Span.End > len(text):
			t.Errorf("%s is outside of the text: %v\n%s", p.Code, p.Span, text)
		case p.Section != "section" || p.Code == "" || !strings.HasSuffix(p.Message, "."):
			t.Errorf("not a whole problem: %+v", p)
		}
		last = p.Span.Start
	}
}

func TestPosition(t *testing.T) {
	text := "a\né日x\r\n\nz"
	for _, c := range []struct{ offset, line, column int }{
		{-1, 1, 1}, {0, 1, 1}, {1, 1, 2},
		{2, 2, 1}, {4, 2, 2}, {7, 2, 3}, {8, 2, 4}, {9, 2, 5}, // characters, not bytes
		{10, 3, 1}, {11, 4, 1}, {12, 4, 2}, {99, 4, 2},
	} {
		if line, column := policy.Position(text, c.offset); line != c.line || column != c.column {
			t.Errorf("byte %d is at %d:%d, want %d:%d", c.offset, line, column, c.line, c.column)
		}
	}
}

func TestErrors(t *testing.T) {
	warning, mistake := policy.Problem{Severity: policy.Warning}, policy.Problem{Severity: policy.Error}
	if policy.Errors(nil) || policy.Errors([]policy.Problem{warning}) {
		t.Error("a warning is an error")
	}
	if !policy.Errors([]policy.Problem{warning, mistake}) {
		t.Error("an error behind a warning is none")
	}
	if policy.Error.String() != "error" || policy.Warning.String() != "warning" {
		t.Error("the names of severities")
	}
}
