package paste

import (
	"strconv"
	"strings"

	"why403/engine/importer"
	"why403/engine/policy"
)

// maxSplit is how many policies are taken out of one text, and maxOpen how many
// braces in it may have no end: behind each, all of the text is looked through.
const (
	maxSplit = 50
	maxOpen  = 20
)

// split takes the policies out of a text that has other things in it, too: an
// error with the policies below it. Each is an item of its own. Where too many
// braces have no end, from is the byte behind which no policy was looked for, else
// it is -1.
func split(p Piece) (rest Piece, policies []item, from int) {
	if _, problems := policy.ParseJSON("", p.Text); !policy.Errors(problems) {
		return p, nil, -1
	}
	open, at, kept := 0, 0, 0
	var words strings.Builder
	for from = -1; len(policies) < maxSplit; {
		brace := nextBrace(p.Text[at:])
		if brace < 0 {
			break
		}
		at += brace
		if open == maxOpen {
			from = at
			break
		}
		end := at + policy.ObjectEnd(p.Text[at:])
		if end > at && isDocument(p.Text[at:end]) {
			words.WriteString(p.Text[kept:at])
			policies = append(policies, item{rank: isPolicy, name: p.Name + " " + strconv.Itoa(len(policies)+1), text: p.Text[at:end],
				place: importer.Heading(p.Text[kept:at])})
			kept = end
		}
		if end == at {
			open++
			end += lineEnd(p.Text[at:])
		}
		at = end
	}
	words.WriteString(p.Text[kept:])
	return Piece{p.Name, words.String()}, policies, from
}

// lineEnd is the byte behind the first line.
func lineEnd(text string) int {
	if at := strings.IndexByte(text, '\n'); at >= 0 {
		return at + 1
	}
	return len(text)
}

// nextBrace is where a line begins with a brace, or -1.
func nextBrace(text string) int {
	at := 0
	for line := range strings.Lines(text) {
		if start := strings.TrimLeft(line, " \t"); strings.HasPrefix(start, "{") {
			return at + len(line) - len(start)
		}
		at += len(line)
	}
	return -1
}
