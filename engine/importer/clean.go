package importer

import (
	"strconv"
	"strings"
	"unicode/utf8"
)

// clean takes away what terminals, logs, e-mail, Markdown, HTML and JSON put
// around the words of a message. White space comes to one space.
//
// Where lines end inside words, glue joins lines that fill the width with no
// space between them.
func clean(text string, glue bool) string {
	text = unescaped(strings.ToValidUTF8(text, "\uFFFD"))
	if !glue {
		var b strings.Builder
		b.Grow(len(text))
		for line := range strings.Lines(text) {
			b.WriteString(unprefixed(line))
			b.WriteByte(' ')
		}
		return oneLine(b.String())
	}
	return oneLine(glued(strings.Split(text, "\n")))
}

// glued joins the lines of a text that was cut at a fixed width.
func glued(lines []string) string {
	width := 0
	for i, line := range lines {
		lines[i] = strings.TrimRight(line, " \t\r")
		width = max(width, utf8.RuneCountInString(lines[i]))
	}
	var b strings.Builder
	for i, line := range lines {
		rest := unprefixed(line)
		// A line that begins deeper than the one before begins with a space.
		if i > 0 && (utf8.RuneCountInString(lines[i-1]) != width || i > 1 && indent(line) == indent(lines[i-1])+1) {
			b.WriteByte(' ')
		}
		b.WriteString(rest)
	}
	return b.String()
}

func indent(line string) int { return len(line) - len(strings.TrimLeft(line, " ")) }

// unprefixed is a line without indentation, quote marks of e-mail, times of a
// log and marks of GitHub Actions at its beginning.
func unprefixed(line string) string {
	for {
		line = strings.TrimLeft(line, " \t\r")
		switch {
		case strings.HasPrefix(line, ">"), strings.HasPrefix(line, "| "):
			line = line[1:]
		case strings.HasPrefix(line, "##[error]"):
			line = line[len("##[error]"):]
		default:
			n := timeLength(line)
			if n == 0 {
				return line
			}
			line = line[n:]
		}
	}
}

// timeLength is the length of a date, a time or both at the beginning of a
// line, with white space behind them; else 0.
func timeLength(line string) int {
	word := line[:min(len(line), 40)]
	if i := strings.IndexAny(word, " \t"); i < 0 {
		return 0
	} else {
		word = word[:i]
	}
	bare := strings.Trim(word, "[]")
	if len(bare) < 8 || bare[0] < '0' || bare[0] > '9' || strings.Trim(bare, "0123456789-:/.,TZ+") != "" {
		return 0
	}
	if strings.Count(bare, ":") >= 2 || strings.Count(bare, "-") == 2 || strings.Count(bare, "/") == 2 {
		return len(word)
	}
	return 0
}

// unescaped replaces escapes of JSON and of HTML, tags, colours of terminals
// and typographic characters by what they stand for.
func unescaped(text string) string {
	var b strings.Builder
	b.Grow(len(text))
	for i := 0; i < len(text); {
		c := text[i]
		n, put := 1, ""
		switch {
		case c == '\\':
			n, put = backslashes(text[i:])
		case c == '&':
			n, put = reference(text[i:])
		case c == '<':
			n = tagLength(text[i:])
			put = " "
		case c == 0x1b:
			n = controlLength(text[i:])
		case c == '[':
			n = colourLength(text[i:])
		case c == '*' && strings.HasPrefix(text[i:], "**") && (i == 0 || text[i-1] != '/' && text[i-1] != '*') && !strings.HasPrefix(text[i:],
			"***"):
			n = 2
		case c >= utf8.RuneSelf:
			n, put = typographic(text[i:])
		default:
			n = 0
		}
		if n == 0 {
			n, put = 1, text[i:i+1]
		}
		b.WriteString(put)
		i += n
	}
	return b.String()
}

// backslashes reads an escape of JSON, however often it was escaped itself.
func backslashes(text string) (n int, put string) {
	for n < len(text) && text[n] == '\\' {
		n++
	}
	if n == len(text) {
		return n, " "
	}
	switch text[n] {
	case 'n':
		return n + 1, "\n"
	case 'r', 't':
		return n + 1, " "
	case '"', '\'', '/', '`', '\n':
		return n, ""
	case 'u':
		if n+5 <= len(text) {
			if code, err := strconv.ParseUint(text[n+1:n+5], 16, 16); err == nil && code >= ' ' && (code < 0xD800 || code > 0xDFFF) {
				_, put := typographic(string(rune(code)))
				return n + 5, put
			}
		}
	}
	return n, text[:1]
}

// references are the character references that pages and mails put into a
// message.
const references = `quot=" #34=" #x22=" #039=' #39=' #x27=' apos=' lt=< #60=< #x3c=< gt=> #62=> #x3e=>`

// reference reads a character reference, which may be escaped itself: &amp;quot;.
func reference(text string) (n int, put string) {
	n, put = 1, "&"
	for strings.HasPrefix(text[n:], "amp;") {
		n += len("amp;")
	}
	name, _, ok := strings.Cut(text[n:min(len(text), n+8)], ";")
	if !ok {
		return n, put
	}
	if name == "nbsp" || name == "#160" || name == "#10" || name == "#13" || name == "#xA" {
		return n + len(name) + 1, " "
	}
	if value := lookup(references, strings.ToLower(name)); value != "" {
		return n + len(name) + 1, value
	}
	return n, put
}

// tags are those of HTML that a page has in or around a message. Those of XML
// stay: they name what is in them.
const tags = " b i em u p a li ul td tr th br hr div pre code span strong font table tbody samp tt h1 h2 h3 h4 blockquote "

// tagLength is the length of a tag of HTML at the beginning of a text, or 0.
func tagLength(text string) int {
	end := strings.IndexByte(text[:min(len(text), 200)], '>')
	if end < 0 {
		return 0
	}
	name, _, _ := strings.Cut(strings.Trim(text[1:end], "/"), " ")
	if name == "" || !strings.Contains(tags, " "+name+" ") {
		return 0
	}
	return end + 1
}

// controlLength is the length of a control sequence of a terminal.
func controlLength(text string) int {
	if !strings.HasPrefix(text[1:], "[") {
		return 1
	}
	for i := 2; i < len(text) && i < 16; i++ {
		if text[i] >= '@' && text[i] <= '~' {
			return i + 1
		}
	}
	return 2
}

// colourLength is the length of a colour of a terminal whose escape character
// was lost, or 0.
func colourLength(text string) int {
	i := 1
	for i < len(text) && i < 10 && (text[i] >= '0' && text[i] <= '9' || text[i] == ';') {
		i++
	}
	if i > 1 && i < len(text) && strings.IndexByte("mK", text[i]) >= 0 {
		return i + 1
	}
	return 0
}

// typographic replaces a character that word processors and terminals put in
// the place of one of ASCII.
func typographic(text string) (n int, put string) {
	c, n := utf8.DecodeRuneInString(text)
	switch {
	case c >= 0x2500 && c <= 0x257F, c >= 0x2000 && c <= 0x200A, c == 0xA0, c == 0x202F, c == 0x3000, c == 0x2028, c == 0x25BF:
		return n, " "
	case c >= 0x200B && c <= 0x200F, c == 0xFEFF, c == 0x2060, c == 0xAD:
		return n, ""
	case c >= 0x201C && c <= 0x201F:
		return n, `"`
	case c >= 0x2018 && c <= 0x201B:
		return n, "'"
	}
	return n, text[:n]
}
