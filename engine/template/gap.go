package template

import (
	"slices"
	"strings"
)

// Gap stands in JSON for what somebody left out, as an item of a list or as a member.
const Gap = "…"

// IsGap reports whether a text leaves something out.
func IsGap(text string) bool { return strings.Contains(text, Gap) || strings.Contains(text, "...") }

// omissions are the words with which comments begin that stand for what is left out.
var omissions = []string{"more", "other ", "others", "rest ", "the rest", "existing ", "omitted", "snip", "truncated", "additional ",
	"remaining ", "and so on", "etc", "same ", "redacted"}

// LeavesOut reports whether a comment says that something is left out.
func LeavesOut(comment string) bool {
	words := strings.ToLower(strings.Trim(comment, "#/*- \t\r\n<[("))
	for _, begin := range omissions {
		if strings.HasPrefix(words, begin) {
			return true
		}
	}
	return IsGap(words) || strings.Contains(words, "omitted") || strings.Contains(words, "left out") || strings.Contains(words, "for brevity")
}

// HasGap reports whether a comment on a line of its own leaves something out of a
// policy in code: of what is below a line that speaks of a policy or a statement.
func HasGap(code string) bool {
	var around []string // the lines that this one is below, each deeper than the one before
	for line := range strings.Lines(code) {
		inside := strings.TrimLeft(line, " \t")
		deep := len(line) - len(inside)
		if strings.TrimSpace(inside) == "" {
			continue
		}
		for len(around) > 0 && indentOf(around[len(around)-1]) >= deep {
			around = around[:len(around)-1]
		}
		if strings.HasPrefix(inside, "#") || strings.HasPrefix(inside, "//") {
			if LeavesOut(inside) && slices.ContainsFunc(around, aboutPolicy) {
				return true
			}
			continue
		}
		around = append(around, line[:min(len(line), 80)])
	}
	return false
}

func aboutPolicy(line string) bool {
	lower := strings.ToLower(line)
	return strings.Contains(lower, "policy") || strings.Contains(lower, "policies") || strings.Contains(lower, "statement")
}

func indentOf(line string) int { return len(line) - len(strings.TrimLeft(line, " \t")) }
