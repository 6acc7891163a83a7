package policy

import (
	"strings"
	"unicode/utf8"
)

// Glob reports whether a compiled pattern, as [Pattern.Expand] returns it,
// matches the whole text.
//
// Of the pieces between "*", the first stands at the start, the last at the
// end, and each of the others at the first place after the piece before it.
// That is enough: an earlier place leaves more text to the rest. So no piece is
// looked for twice, and the cost is linear, except for a piece with "?", which
// is tried at each character: at worst its length times that of the text, which
// [MaxText] bounds.
func Glob(pattern, text string) bool {
	star := strings.IndexByte(pattern, anyRun)
	if star < 0 {
		return prefix(pattern, text) == len(text)
	}
	for place := prefix; ; place = find {
		end := place(pattern[:star], text)
		if end < 0 {
			return false
		}
		pattern, text = pattern[star+1:], text[end:]
		if star = strings.IndexByte(pattern, anyRun); star < 0 {
			return suffix(pattern, text)
		}
	}
}

// prefix returns how much of the text the piece matches at its start, or -1.
func prefix(piece, text string) int {
	n := 0
	for i := 0; i < len(piece); i++ {
		switch {
		case n == len(text):
			return -1
		case piece[i] == oneOf:
			_, size := utf8.DecodeRuneInString(text[n:])
			n += size
		case piece[i] != text[n]:
			return -1
		default:
			n++
		}
	}
	return n
}

// find returns the end of the first place in the text where the piece matches,
// or -1.
func find(piece, text string) int {
	if strings.IndexByte(piece, oneOf) < 0 {
		start := strings.Index(text, piece)
		if start < 0 {
			return -1
		}
		return start + len(piece)
	}
	// A piece that ends in plain text ends where that byte is, and takes at
	// least a byte of the text for each of its own.
	if last := piece[len(piece)-1]; last != oneOf {
		text = text[:strings.LastIndexByte(text, last)+1]
	}
	for start := 0; start+len(piece) <= len(text); {
		if n := prefix(piece, text[start:]); n >= 0 {
			return start + n
		}
		_, size := utf8.DecodeRuneInString(text[start:])
		start += size
	}
	return -1
}

// suffix reports whether the piece matches the end of the text. It compares
// from the back, since "?" counts characters and not bytes.
func suffix(piece, text string) bool {
	for i := len(piece) - 1; i >= 0; i-- {
		n := len(text) - 1
		switch {
		case n < 0:
			return false
		case piece[i] == oneOf:
			_, size := utf8.DecodeLastRuneInString(text)
			text = text[:len(text)-size]
		case piece[i] != text[n]:
			return false
		default:
			text = text[:n]
		}
	}
	return true
}
