// Package places tells lines and columns.
package places

import (
	"unicode/utf8"

	"why403/engine/policy"
)

// between is how far apart the marks of a text are, in bytes.
const between = 1 << 12

// mark is a byte of a text with its line and column.
type mark struct{ at, line, column int }

// Places tells the lines and columns of many places, as [policy.Position] does of one.
// It reads each text once: to read it from its start for each place would take
// the square of it.
type Places struct {
	text  func(section string) string
	index map[string]int // of texts
	texts []marked
}

type marked struct {
	text  string
	marks []mark // one for each stretch of between bytes, the first for the start
}

// New takes what gives the text of a section.
func New(text func(section string) string) *Places {
	return &Places{text: text, index: map[string]int{}}
}

// Position gives the line and column of a byte of a section, both from 1.
func (p *Places) Position(section string, offset int) (line, column int) {
	i, ok := p.index[section]
	if !ok {
		i = len(p.texts)
		text := p.text(section)
		p.index[section], p.texts = i, append(p.texts, marked{text, marks(text)})
	}
	m := &p.texts[i]
	offset = min(max(offset, 0), len(m.text))
	last := min(offset/between, len(m.marks)-1)
	if m.marks[last].at > offset {
		last--
	}
	return m.marks[last].next(m.text, offset)
}

// marks reads a text once. None stands within a character.
func marks(text string) []mark {
	out := []mark{{0, 1, 1}}
	for start := between; start < len(text); start += between {
		at := start
		for at < len(text) && at < start+utf8.UTFMax-1 && !utf8.RuneStart(text[at]) {
			at++
		}
		line, column := out[len(out)-1].next(text, at)
		out = append(out, mark{at, line, column})
	}
	return out
}

// next reads on to a later byte.
func (m mark) next(text string, offset int) (line, column int) {
	line, column = policy.Position(text[m.at:offset], offset-m.at)
	if line == 1 {
		column += m.column - 1
	}
	return line + m.line - 1, column
}
