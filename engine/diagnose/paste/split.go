package paste

import (
	"strconv"
	"strings"

	"why403/engine/policy"
)

// maxSplit is how many policies are taken out of one text, and maxOpen how many
// braces in it may have no end: behind each, all of the text is looked through.
const (
	maxSplit = 50
	maxOpen  = 20
)

// split takes the policies out of a text that has other things in it, too: an
// error with the policies below it. Each is a piece of its own. Where too many
// braces have no end, from is the byte behind which no policy was looked for, else
// it is -1.
func split(p Piece) (rest Piece, policies []Piece, from int) {
	if _, problems := policy.ParseJSON("", p.Text); !policy.Errors(problems) {
		return p, nil, -1
	}
	open := 0
	var words strings.Builder
	text := p.Text
	for from = -1; len(policies) < maxSplit; {
		at := nextBrace(text)
		if at < 0 {
			break
		}
		if open == maxOpen {
			from = len(p.Text) - len(text) + at
			break
		}
		end := at + policy.ObjectEnd(text[at:])
		if end > at && isDocument(text[at:end]) {
			words.WriteString(text[:at])
			policies = append(policies, Piece{p.Name + " " + strconv.Itoa(len(policies)+1), text[at:end]})
			text = text[end:]
			continue
		}
		if end <= at {
			open++
			end = at + lineEnd(text[at:])
		}
		words.WriteString(text[:end])
		text = text[end:]
	}
	words.WriteString(text)
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
