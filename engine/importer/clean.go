package importer

import (
	"strconv"
	"strings"
	"unicode/utf8"
)

// joining is how the lines of a text are joined.
type joining int

const (
	byWords joining = iota // with a space between them
	byARNs                 // without one inside ARNs
	byWidth                // without one where a line fills the width
)

// clean takes away what terminals, logs, e-mail, Markdown, HTML and JSON put
// around the words of a message. White space comes to one space.
func clean(text string, how joining) string {
	lines := columns(strings.Split(unescaped(strings.ToValidUTF8(text, "\uFFFD")), "\n"))
	width, base := 0, 1<<10
	for i, line := range lines {
		lines[i] = strings.TrimRight(cell(line), " \t\r")
		width = max(width, utf8.RuneCountInString(lines[i]))
		if i > 0 && strings.Trim(lines[i], "+-=| ") != "" {
			base = min(base, indent(lines[i]))
		}
	}
	wide := 0 // lines that nearly fill the width
	for _, line := range lines {
		if utf8.RuneCountInString(line) > width-12 {
			wide++
		}
	}
	var b strings.Builder
	b.Grow(len(text))
	last := ""
	for i, line := range lines {
		rest := unprefixed(line)
		if i > 0 && !goesOn(last, rest) {
			// A line that begins deeper than the others begins with a space.
			full := utf8.RuneCountInString(lines[i-1]) == width
			if !(full && (how == byWidth && indent(line) <= base || how == byARNs && wide > 1 && insideARN(last, rest))) {
				b.WriteByte(' ')
			}
		}
		b.WriteString(rest)
		last = rest
	}
	return wholeARNs(oneLine(b.String()))
}

// wholeARNs takes away the spaces that come before a colon inside an ARN, where
// somebody has put a word in the place of an account.
func wholeARNs(text string) string {
	for _, kind := range []string{"user/", "role/", "assumed-role/"} {
		if i := strings.Index(text, ": "+kind); i > 0 && strings.Count(text[strings.LastIndex(text[:i], "arn:")+1:i], ":") == 4 &&
			!strings.Contains(text[strings.LastIndex(text[:i], "arn:")+1:i], " ") {
			text = text[:i+1] + text[i+2:]
		}
	}
	if !strings.Contains(text, " :") {
		return text
	}
	var b strings.Builder
	for {
		i := strings.Index(text, " :")
		if i < 0 {
			break
		}
		word := text[strings.LastIndexByte(text[:i], ' ')+1 : i]
		b.WriteString(text[:i])
		if parts := strings.Count(word, ":"); !strings.Contains(word, "arn:aws") || parts < 4 || parts > 5 {
			b.WriteByte(' ')
		}
		text = text[i+1:]
	}
	b.WriteString(text)
	return b.String()
}

// cell is what stands in a row of a table with one column, else the line.
func cell(line string) string {
	inside := strings.TrimSpace(line)
	if len(inside) > 4 && inside[0] == '|' && inside[len(inside)-1] == '|' && strings.Count(inside, "|") == 2 {
		return inside[1 : len(inside)-1]
	}
	return line
}

// goesOn reports whether a word that was cut at a hyphen goes on in the next
// line.
func goesOn(line, next string) bool {
	return len(line) > 20 && line[len(line)-1] == '-' && next != "" && isLetter(next[0]) && isLetter(line[len(line)-2])
}

func isLetter(c byte) bool {
	return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9'
}

// insideARN reports whether an ARN that ends a line may go on in the next one.
func insideARN(line, next string) bool {
	word := line[strings.LastIndexByte(line, ' ')+1:]
	at := strings.Index(word, "arn:aws")
	if at < 0 || next == "" || strings.IndexByte(lowerLetters+digit+"-_/:", next[0]) < 0 || strings.IndexByte("\"'`,;.",
		word[len(word)-1]) >= 0 {
		return false
	}
	first, _, _ := strings.Cut(next, " ")
	return !strings.Contains(" is are because with on and not at User: status ", " "+first+" ")
}

func indent(line string) int { return len(line) - len(strings.TrimLeft(line, " ")) }

// hardWrapped reports whether a text was cut at a width: its lines fill it, but
// for the last ones.
func hardWrapped(text string) bool {
	width, run, longest := 0, 0, 0
	for line := range strings.Lines(text) {
		n := utf8.RuneCountInString(strings.TrimRight(line, " \t\r\n"))
		switch {
		case n > width:
			width, run = n, 1
		case n == width && n >= 40:
			run++
		default:
			run = 0
		}
		if n == width {
			longest = run
		}
	}
	return longest >= 3
}

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
		case containerLength(line) > 0:
			line = line[containerLength(line):]
		default:
			n := timeLength(line)
			if n == 0 {
				return line
			}
			line = line[n:]
		}
	}
}

// containerLength is the length of the name of a container, as docker compose
// writes it before each line: "web_1  | ".
func containerLength(line string) int {
	name, _, ok := strings.Cut(line[:min(len(line), 64)], "| ")
	if !ok || name == "" || strings.Trim(strings.TrimRight(name, " "), lowerLetters+upperLetters+digit+"_.-") != "" {
		return 0
	}
	return len(name) + 1
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
		case c == '<' && (i == 0 || strings.IndexByte("/:<", text[i-1]) < 0):
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
	case 'u', 'x':
		size := 4
		if text[n] == 'x' {
			size = 2
		}
		if n+1+size <= len(text) {
			if code, err := strconv.ParseUint(text[n+1:n+1+size], 16, 16); err == nil && code >= ' ' && (code < 0xD800 || code > 0xDFFF) {
				_, put := typographic(string(rune(code)))
				return n + 1 + size, put
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
