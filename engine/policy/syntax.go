package policy

import (
	"strconv"
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

// syntax reports in words what is wrong where the reader stopped. The
// reader says only that something is; this looks again from the last good token
// on.
func (r *reader) syntax(err error) {
	from := r.at
	if err == errDepth {
		r.problem(Span{from - 1, from}, "too-deep",
			"This is nested more than "+strconv.Itoa(MaxDepth)+" levels deep. No policy needs that; flatten it.")
		return
	}
	span, message := r.fault(from)
	if len(r.problems) > 0 && r.problems[0].Code == "invalid-utf8" && r.problems[0].Span.Start == span.Start {
		return
	}
	r.problem(span, "json-syntax", message)
}

// end reports what follows the value.
func (r *reader) end() {
	at := r.skip(r.at)
	if at == len(r.text) {
		return
	}
	if span, message := r.stray(at); message != "" {
		r.problem(span, "json-syntax", message)
		return
	}
	message := "The JSON ends before this. One text holds one JSON value: remove the rest, or put it into a section of its own."
	if c := r.text[at]; c == '}' || c == ']' {
		message = "This " + quote(r.text[at:at+1]) + " closes nothing. Remove it."
	}
	r.problem(r.character(at), "trailing-data", message)
}

func (r *reader) skip(at int) int {
	for at < len(r.text) && (r.text[at] == ' ' || r.text[at] == '\n' || r.text[at] == '\r' || r.text[at] == '\t') {
		at++
	}
	return at
}

func (r *reader) character(at int) Span {
	_, size := utf8.DecodeRuneInString(r.text[at:])
	return Span{at, at + size}
}

// fault finds what is wrong after the token that ends at from.
func (r *reader) fault(from int) (Span, string) {
	at := r.skip(from)
	switch first := from == 0 || !r.named && strings.IndexByte("{[", r.text[from-1]) >= 0; {
	case at == len(r.text):
		return r.unfinished()
	case r.named:
		if r.text[at] != ':' {
			return r.colon(at)
		}
		at = r.skip(at + 1)
	case !first:
		if r.text[at] != ',' {
			return r.comma(at)
		}
		comma := at
		at = r.skip(at + 1)
		if at < len(r.text) && strings.IndexByte("}],", r.text[at]) >= 0 {
			return Span{comma, comma + 1}, "A comma with nothing after it. Remove the comma, or add what is missing."
		}
	}
	if at == len(r.text) {
		return r.unfinished()
	}
	return r.token(at)
}

// colon is the fault of a name that no colon follows.
func (r *reader) colon(at int) (Span, string) {
	if span, message := r.stray(at); message != "" {
		return span, message
	}
	return r.character(at), "A colon and a value are missing before this: the name before it has none."
}

// comma is the fault of a value that neither a comma nor the right bracket
// follows.
func (r *reader) comma(at int) (Span, string) {
	if span, message := r.stray(at); message != "" {
		return span, message
	}
	span, c := r.character(at), r.text[at]
	switch last := r.text[at-1]; {
	case c == '}' || c == ']':
		return span, r.bracket(at)
	case last == '0' && c >= '0' && c <= '9':
		return span, "A number has no leading zero. If this is an account ID, put it in double quotes."
	case last == '"':
		return span, "A comma is missing before this, or the string before it is closed at the wrong place."
	}
	return span, "A comma is missing before this."
}

// bracket is the fault of a closing bracket that is not the one of its opener.
func (r *reader) bracket(at int) string {
	return "This " + quote(r.text[at:at+1]) + " does not close the " + r.opener() + "."
}

// opener names the innermost bracket that is open.
func (r *reader) opener() string {
	start := r.open[len(r.open)-1]
	line, column := Position(r.text, start)
	return quote(r.text[start:start+1]) + " of line " + strconv.Itoa(line) + ", column " + strconv.Itoa(column)
}

// token is the fault of what stands where a value or a name belongs.
func (r *reader) token(at int) (Span, string) {
	if span, message := r.stray(at); message != "" {
		return span, message
	}
	span, c := r.character(at), r.text[at]
	name := len(r.open) > 0 && r.text[r.open[len(r.open)-1]] == '{' && !r.named
	word := r.word(at, name)
	if word != "" {
		span.End = at + len(word)
	}
	switch {
	case c == '"':
		return r.stringFault(at)
	case (c == '}' || c == ']') && !r.named && len(r.open) > 0:
		return span, r.bracket(at)
	case name:
		return span, "A name in double quotes belongs here, such as \"Statement\", not " + quote(r.text[at:span.End]) + "."
	case at == r.skip(0):
		return span, "This is not JSON. It begins with {, or with [ where it is a list."
	case c == '}' || c == ']' || c == ',':
		return span, "A value is missing before this."
	case strings.IndexByte("+-.0123456789", c) >= 0:
		return span, "This is not a JSON number. Write it in double quotes, or as digits such as 10 or 0.5."
	case strings.EqualFold(word, "true") || strings.EqualFold(word, "false") || strings.EqualFold(word, "null"):
		return span, "JSON writes this in lower case: " + strings.ToLower(word) + "."
	case word != "":
		return span, "A string has double quotes: write \"" + shorten(word) + "\"."
	}
	return span, "A value belongs here, not " + quote(r.text[at:span.End]) + "."
}

// word is the run of characters at a place that was perhaps meant as a string.
// Names end at their colon, ARNs have colons in them.
func (r *reader) word(at int, name bool) string {
	rest := r.text[at:]
	end := 0
	for end < len(rest) && (!notAlphanumeric(rune(rest[end])) || strings.IndexByte("_-+.*/", rest[end]) >= 0 ||
		rest[end] == ':' && end > 0 && !name) {
		end++
	}
	return rest[:end]
}

// stray recognises what JSON has nowhere outside of strings.
func (r *reader) stray(at int) (Span, string) {
	rest, span := r.text[at:], r.character(at)
	switch c, _ := utf8.DecodeRuneInString(rest); {
	case strings.HasPrefix(rest, "//") || strings.HasPrefix(rest, "/*") || c == '#':
		return span, "JSON has no comments. Remove this one."
	case strings.ContainsRune("'`‘’“”„«»", c):
		return span, "JSON strings have straight double quotes. Replace this quote by \"."
	case c == '=' || c == ';':
		return span, "JSON puts a colon between a name and its value, and a comma between values. Replace this " + quote(rest[:1]) + "."
	case invisible(c):
		return span, "There is an invisible or broken character here (" + codePoint(c) + "). Remove it, or write a plain space."
	}
	return span, ""
}

// invisible reports control characters, the spaces and marks that word
// processors and web pages put between words, and bytes that are no UTF-8.
func invisible(c rune) bool {
	switch {
	case c < ' ', c >= 0x7F && c <= 0xA0, c == 0xAD, c >= 0x2000 && c <= 0x200F, c >= 0x2028 && c <= 0x202F,
		c >= 0x205F && c <= 0x206F, c == 0x3000, c == 0xFEFF, c == utf8.RuneError:
		return true
	}
	return false
}

// codePoint names a character, such as U+FEFF.
func codePoint(c rune) string {
	hex := strings.ToUpper(strconv.FormatInt(int64(c), 16))
	return "U+" + strings.Repeat("0", max(0, 4-len(hex))) + hex
}

// stringFault is the fault of a string that could not be read.
func (r *reader) stringFault(start int) (Span, string) {
	for i := start + 1; i < len(r.text); i++ {
		switch c := r.text[i]; {
		case c == '\n' || c == '\r':
			return r.unclosed(start, i, "This string is not closed on its line. Close it with \", or write a line break as \\n.")
		case c == '\t':
			return Span{i, i + 1}, "There is a tab in this string. Write \\t, or remove it."
		case c < ' ':
			return Span{i, i + 1}, "There is a control character (" + codePoint(rune(c)) + ") in this string. Remove it."
		case c == '\\' && i+1 < len(r.text):
			if escapeSize(r.text[i:]) == 0 {
				return Span{i, r.character(i + 1).End}, "JSON has no such escape. Write \\\\ for a backslash, and \\u with four hexadecimal digits " +
					"for a character."
			}
			i++
		}
	}
	return r.unclosed(start, len(r.text), "This string is not closed. Close it with \", or paste the rest.")
}

// unclosed is the fault of a string without an end; a curly quote in it was
// perhaps meant to be that.
func (r *reader) unclosed(start, end int, message string) (Span, string) {
	if i := strings.IndexAny(r.text[start:end], "“”"); i >= 0 {
		return r.character(start + i), "This curly quote does not close the string. Replace it by \"."
	}
	return Span{start, end}, message
}

// checkSurrogates reports half of a surrogate pair, such as \ud800 alone.
// U+FFFD stands in its place.
func (r *reader) checkSurrogates(n *Node) {
	if !strings.Contains(n.Value, "\uFFFD") {
		return
	}
	raw := r.text[n.Span.Start:n.Span.End]
	for i := 0; i < len(raw); i++ {
		if raw[i] != '\\' {
			continue
		}
		unit, ok := unicodeEscape(raw[i:])
		if !ok {
			i++ // past the escaped character
			continue
		}
		low, _ := unicodeEscape(raw[i+6:])
		if utf16.DecodeRune(unit, low) != utf8.RuneError {
			i += 6
		} else if utf16.IsSurrogate(unit) {
			at := n.Span.Start + i
			r.problem(Span{at, at + 6}, "lone-surrogate", "This escape is half of a pair and not a character. Write the character itself.")
			return
		}
		i += 5
	}
}

// unicodeEscape reads \uXXXX at the start of text.
func unicodeEscape(text string) (rune, bool) {
	if len(text) < 6 || text[:2] != "\\u" {
		return 0, false
	}
	unit, err := strconv.ParseUint(text[2:6], 16, 16)
	return rune(unit), err == nil
}

// unfinished is the fault of a text that ends too early.
func (r *reader) unfinished() (Span, string) {
	end := len(strings.TrimRight(r.text, " \t\r\n"))
	if len(r.open) == 0 {
		return Span{end, end}, "There is no JSON here. Paste it, or remove this section."
	}
	return Span{end, end}, "The text ends, but the " + r.opener() + " is not closed. Paste the rest, or close it."
}

// quote puts a piece of a person's text into a message, shortened.
//
//go:noinline
func quote(s string) string { return "“" + shorten(s) + "”" }

func shorten(s string) string {
	if len(s) <= 80 {
		return s
	}
	cut := 77
	for !utf8.RuneStart(s[cut]) {
		cut--
	}
	return s[:cut] + "…"
}
