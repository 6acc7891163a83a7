package paste

import (
	"strconv"
	"strings"

	"why403/engine/policy"
)

// maxSplit is how many policies are taken out of one text.
const maxSplit = 50

// split takes the policies out of a text that has other things in it, too: an
// error with the policies below it. Each is a piece of its own.
func split(p Piece) (rest Piece, policies []Piece) {
	if _, problems := policy.ParseJSON("", p.Text); !policy.Errors(problems) {
		return p, nil
	}
	var words strings.Builder
	text := p.Text
	for len(policies) < maxSplit {
		at := nextBrace(text)
		if at < 0 {
			break
		}
		end := at + policy.ObjectEnd(text[at:])
		if end > at && isDocument(text[at:end]) {
			words.WriteString(text[:at])
			policies = append(policies, Piece{p.Name + " " + strconv.Itoa(len(policies)+1), text[at:end]})
			text = text[end:]
			continue
		}
		line := at + 1 + strings.IndexByte(text[at:]+"\n", '\n')
		if end > at {
			line = end
		}
		line = min(line, len(text))
		words.WriteString(text[:line])
		text = text[line:]
	}
	words.WriteString(text)
	return Piece{p.Name, words.String()}, policies
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
