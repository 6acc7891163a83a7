package policy

import "strings"

// tokenEnd finds what a value begins with, and where that ends: a bracket, a
// string, a number or a word. The end is -1 where no value begins.
func (r *reader) tokenEnd(at int) (end int, kind NodeKind) {
	if at == len(r.text) {
		return -1, Null
	}
	switch c := r.text[at]; {
	case c == '{':
		return at + 1, Object
	case c == '[':
		return at + 1, Array
	case c == '"':
		return stringEnd(r.text, at), String
	case c == '-' || isDigit(c):
		return numberEnd(r.text, at), Number
	}
	for _, w := range words {
		if strings.HasPrefix(r.text[at:], w.text) {
			return at + len(w.text), w.kind
		}
	}
	return -1, Null
}

var words = [...]struct {
	text string
	kind NodeKind
}{{"true", Bool}, {"false", Bool}, {"null", Null}}

func isDigit(c byte) bool { return c >= '0' && c <= '9' }

// numberEnd gives the end of the number that begins at a place, or -1.
func numberEnd(text string, at int) int {
	digits := func() bool {
		start := at
		for at < len(text) && isDigit(text[at]) {
			at++
		}
		return at > start
	}
	if text[at] == '-' {
		at++
	}
	if strings.HasPrefix(text[at:], "0") {
		at++ // nothing follows a leading zero
	} else if !digits() {
		return -1
	}
	if strings.HasPrefix(text[at:], ".") {
		if at++; !digits() {
			return -1
		}
	}
	if at < len(text) && text[at]|0x20 == 'e' {
		if at++; at < len(text) && (text[at] == '+' || text[at] == '-') {
			at++
		}
		if !digits() {
			return -1
		}
	}
	return at
}

// stringEnd gives the end of the string whose quote is at a place, or -1 where
// it is not closed, or where something in it must not stand there.
func stringEnd(text string, at int) int {
	for i := at + 1; i < len(text); i++ {
		switch c := text[i]; {
		case c == '"':
			return i + 1
		case c < ' ':
			return -1
		case c == '\\':
			size := escapeSize(text[i:])
			if size == 0 {
				return -1
			}
			i += size - 1
		}
	}
	return -1
}

// escapeSize gives the length of the escape that a text begins with, or 0.
func escapeSize(text string) int {
	if _, ok := unicodeEscape(text); ok {
		return 6
	}
	if len(text) > 1 && strings.IndexByte(`"\/bfnrt`, text[1]) >= 0 {
		return 2
	}
	return 0
}

// ObjectEnd is where the object ends that a text begins with; 0 where it does not
// end.
func ObjectEnd(text string) int {
	depth, quoted := 0, false
	for i := 0; i < len(text); i++ {
		switch c := text[i]; {
		case quoted && c == '\\':
			i++
		case c == '"':
			quoted = !quoted
		case quoted:
		case c == '{':
			depth++
		case c == '}':
			if depth--; depth == 0 {
				return i + 1
			}
		}
	}
	return 0
}
