package doctest

import "strings"

// maskRST masks all of a reStructuredText document but the content of
// ".. raw:: html" directives, the only place where it has HTML.
//
// https://docutils.sourceforge.io/docs/ref/rst/directives.html#raw
func maskRST(text string) string {
	m := masker{in: text, out: []byte(text)}
	for m.at < len(text) {
		first, _, _ := strings.Cut(text[m.at:], "\n")
		next := min(m.at+len(first)+1, len(text))
		if strings.TrimSpace(first) == "" {
			m.at = next
			continue
		}
		block := indentedEnd(text, next, indent(first))
		m.blank(next)
		switch rstBlock(strings.TrimSpace(first)) {
		case rawHTML:
			m.at = block
		case shownOnly:
			m.blank(block)
		}
	}
	return string(m.out)
}

type rstContent int

const (
	parsed rstContent = iota
	rawHTML
	shownOnly
)

// literals are the directives whose content is shown as it is.
var literals = map[string]bool{"code": true, "code-block": true, "sourcecode": true, "parsed-literal": true, "raw": true, "math": true,
	"highlight": true}

// rstBlock says what the indented lines below a line are.
func rstBlock(line string) rstContent {
	markup, explicit := strings.CutPrefix(line, ".. ")
	if !explicit {
		if strings.HasSuffix(line, "::") {
			return shownOnly
		}
		return parsed
	}
	name, argument, directive := strings.Cut(markup, "::")
	switch {
	case directive && name == "raw" && strings.EqualFold(strings.TrimSpace(argument), "html"):
		return rawHTML
	case directive && literals[name]:
		return shownOnly
	case directive || strings.HasPrefix(markup, "[") || strings.HasPrefix(markup, "|"):
		return parsed // what has a text of its own
	}
	return shownOnly // a comment, or a target
}

// indentedEnd is where the lines end that are indented deeper than by.
func indentedEnd(text string, at, by int) int {
	end := at
	for at < len(text) {
		first, _, _ := strings.Cut(text[at:], "\n")
		if at = min(at+len(first)+1, len(text)); strings.TrimSpace(first) == "" {
			continue
		}
		if indent(first) <= by {
			break
		}
		end = at
	}
	return end
}

func indent(line string) int { return len(line) - len(strings.TrimLeft(line, " \t")) }
