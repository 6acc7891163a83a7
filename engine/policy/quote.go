package policy

import (
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

// escapes is the short escapes of a JSON string, and what they stand for.
const escapes, escapedBytes = `"\/bfnrt`, "\"\\/\b\f\n\r\t"

// unescaped decodes what stands between the quotes of a JSON string that could
// be read. Half of a surrogate pair becomes U+FFFD.
func unescaped(s string) string {
	b := make([]byte, 0, len(s))
	for s != "" {
		at := strings.IndexByte(s, '\\')
		if at < 0 {
			break
		}
		b, s = append(b, s[:at]...), s[at:]
		unit, ok := unicodeEscape(s)
		if !ok {
			b, s = append(b, escapedBytes[strings.IndexByte(escapes, s[1])]), s[2:]
			continue
		}
		s = s[6:]
		if utf16.IsSurrogate(unit) {
			low, _ := unicodeEscape(s)
			if unit = utf16.DecodeRune(unit, low); unit != utf8.RuneError {
				s = s[6:]
			}
		}
		b = utf8.AppendRune(b, unit)
	}
	return string(append(b, s...))
}

// Quoted is a text as a JSON string, as [AppendQuoted] writes it.
func Quoted(s string) string { return string(AppendQuoted(nil, s)) }

// AppendQuoted appends a text as a JSON string. A byte that is not UTF-8
// becomes U+FFFD.
func AppendQuoted(b []byte, s string) []byte {
	const hex = "0123456789abcdef"
	b = append(b, '"')
	start := 0
	for i := 0; i < len(s); {
		c, size := s[i], 1
		switch {
		case c == '"' || c == '\\':
			b = append(append(b, s[start:i]...), '\\', c)
		case c < ' ':
			b = append(append(b, s[start:i]...), '\\')
			if short := strings.IndexByte(escapedBytes, c); short >= 0 {
				b = append(b, escapes[short])
			} else {
				b = append(b, 'u', '0', '0', hex[c>>4], hex[c&15])
			}
		case c >= utf8.RuneSelf:
			r, n := utf8.DecodeRuneInString(s[i:])
			if r != utf8.RuneError || n > 1 {
				i += n
				continue
			}
			b = append(append(b, s[start:i]...), "\uFFFD"...)
		default:
			i++
			continue
		}
		i += size
		start = i
	}
	return append(append(b, s[start:]...), '"')
}
