package bridge

import (
	"unicode/utf8"

	"why403/engine/places"
	"why403/engine/policy"
)

// Offsets turns byte offsets, which the engine counts, into UTF-16 offsets,
// which browsers count, and into lines and columns. It is the one place that does.
type Offsets struct {
	*places.Places
	text   func(section string) string
	tables map[string][]int32 // nil for a section that is plain ASCII
}

// NewOffsets takes what gives the text of a section.
func NewOffsets(text func(section string) string) *Offsets {
	return &Offsets{places.New(text), text, map[string][]int32{}}
}

// Span turns a span of bytes in a section into UTF-16 units.
func (o *Offsets) Span(section string, s policy.Span) policy.Span {
	table, known := o.tables[section]
	if !known {
		table = utf16Table(o.text(section))
		o.tables[section] = table
	}
	return policy.Span{Start: convert(table, s.Start), End: convert(table, s.End)}
}

func convert(table []int32, offset int) int {
	if table == nil {
		return offset
	}
	return int(table[min(max(offset, 0), len(table)-1)])
}

// utf16Table holds the UTF-16 offset of every byte of a text, and of its end.
// A byte inside a character has the offset of the character.
func utf16Table(text string) []int32 {
	if ascii(text) {
		return nil
	}
	table := make([]int32, len(text)+1)
	units := int32(0)
	for at := 0; at < len(text); {
		c, size := utf8.DecodeRuneInString(text[at:])
		for i := range size {
			table[at+i] = units
		}
		at += size
		units++
		if c > 0xFFFF {
			units++
		}
	}
	table[len(text)] = units
	return table
}

func ascii(text string) bool {
	for i := range len(text) {
		if text[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}
