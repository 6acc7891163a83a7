package policy

import (
	"strings"
	"unicode/utf8"
)

// Severity says whether a decision can rest on the text.
type Severity uint8

// An Error leaves open what the text means, so nothing is decided from it. A
// Warning is something that AWS refuses, or that has no effect, where what
// evaluation does with it is still certain.
const (
	Error Severity = iota
	Warning
)

func (s Severity) String() string { return [...]string{"error", "warning"}[s] }

// Problem is something wrong with the text that a person gave.
type Problem struct {
	Section  string // the section of the scenario, "" for the file itself
	Span     Span   // bytes in the text of that section
	Severity Severity
	Code     string // stable, for programs
	Message  string // what is wrong and what to do, for people
	Doc      string // the AWS page behind the rule, "" where there is none
}

// Errors reports whether any problem is an Error.
func Errors(problems []Problem) bool {
	for i := range problems {
		if problems[i].Severity == Error {
			return true
		}
	}
	return false
}

// sortByPlace orders problems by where they begin; those of one place keep
// their order. They are few and nearly in order already.
func sortByPlace(problems []Problem) {
	for i := range problems {
		for j := i; j > 0 && problems[j].Span.Start < problems[j-1].Span.Start; j-- {
			problems[j], problems[j-1] = problems[j-1], problems[j]
		}
	}
}

// Position gives the line and column of a byte of text. Both start at 1; a
// column counts characters (Unicode code points), not bytes.
func Position(text string, offset int) (line, column int) {
	offset = min(max(offset, 0), len(text))
	before := text[:offset]
	start := strings.LastIndexByte(before, '\n') + 1
	return strings.Count(before, "\n") + 1, utf8.RuneCountInString(before[start:]) + 1
}

// List lists words for people: a, b and c.
func List(words []string) string {
	switch n := len(words); n {
	case 0:
		return ""
	case 1:
		return words[0]
	default:
		return strings.Join(words[:n-1], ", ") + " and " + words[n-1]
	}
}
