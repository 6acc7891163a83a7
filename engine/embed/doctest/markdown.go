package doctest

import (
	"slices"
	"strings"

	"github.com/goccy/go-json/jsontext"
)

// masker writes spaces over what a document only shows, and keeps the length
// and the lines of its text.
type masker struct {
	in   string
	out  []byte
	at   int
	code codeSpans
}

// blank writes spaces up to end, and goes there.
func (m *masker) blank(end int) {
	for ; m.at < end; m.at++ {
		if m.out[m.at] != '\n' {
			m.out[m.at] = ' '
		}
	}
}

// maskMarkdown masks fenced code, inline code, comments of MDX and escaped
// brackets. Comments of HTML stay: some are ours, and HTML knows them.
//
// https://spec.commonmark.org/0.31.2/
func maskMarkdown(text string) string {
	m := masker{in: text, out: []byte(text)}
	for m.at < len(text) {
		if m.at == 0 || text[m.at-1] == '\n' {
			if end, ok := fencedCode(text, m.at); ok {
				m.blank(end)
				continue
			}
		}
		switch text[m.at] {
		case '\\':
			m.escaped()
		case '`':
			m.inlineCode()
		case '<':
			m.markup()
		case '{':
			m.expressionComment()
		default:
			m.at++
		}
	}
	return string(m.out)
}

// escaped skips a character that means itself. A bracket is masked, since HTML
// knows no such escape.
func (m *masker) escaped() {
	end := min(m.at+2, len(m.in))
	if m.in[m.at:end] == "\\<" {
		m.blank(end)
	}
	m.at = end
}

// inlineCode masks a run of backticks up to the next of the same length in the
// paragraph. Without one the run means itself.
func (m *masker) inlineCode() {
	ticks := runOf(m.in[m.at:], '`')
	if next, ok := m.code.next(m.in, m.at+ticks, ticks); ok {
		m.blank(next + ticks)
		return
	}
	m.at += ticks
}

// codeSpans knows the runs of backticks of one paragraph, so that each is
// looked for once, however many have no other end.
type codeSpans struct {
	end  int           // where the paragraph ends
	runs map[int][]int // by length, where the runs begin, in order
}

// next is where the next run of that length is, from a place on.
func (c *codeSpans) next(text string, from, ticks int) (at int, ok bool) {
	if from > c.end || c.runs == nil {
		c.read(text, from)
	}
	i, _ := slices.BinarySearch(c.runs[ticks], from)
	if i == len(c.runs[ticks]) {
		return 0, false
	}
	return c.runs[ticks][i], true
}

// read looks at the rest of a paragraph.
func (c *codeSpans) read(text string, from int) {
	c.runs = map[int][]int{}
	i := from
	for i < len(text) && (text[i] != '\n' || !blankLine(text[i+1:])) {
		n := runOf(text[i:], '`')
		if n > 0 {
			c.runs[n] = append(c.runs[n], i)
		}
		i += max(n, 1)
	}
	c.end = i
}

// markup skips what is HTML. A bracket that begins nothing is masked, so that
// HTML does not see a tag that goes on to the next ">".
func (m *masker) markup() {
	end := markupEnd(m.in, m.at)
	if end == m.at {
		m.blank(end + 1)
	}
	m.at = max(m.at, end)
}

func (m *masker) expressionComment() {
	rest, ok := strings.CutPrefix(m.in[m.at:], "{/*")
	if !ok {
		m.at++
		return
	}
	if i := strings.Index(rest, "*/}"); i >= 0 {
		m.blank(m.at + len("{/*") + i + len("*/}"))
		return
	}
	m.at = len(m.in)
}

func runOf(s string, c byte) int { return len(s) - len(strings.TrimLeft(s, string(rune(c)))) }

func blankLine(s string) bool {
	first, _, _ := strings.Cut(s, "\n")
	return strings.TrimSpace(first) == ""
}

// verbatimTags are the elements whose content is not Markdown.
var verbatimTags = []string{"pre", "script", "style", "textarea"}

// markupEnd is where a comment, a tag, or an element whose content is not
// Markdown ends: where it begins, for another "<".
func markupEnd(text string, at int) int {
	rest := text[at:]
	if strings.HasPrefix(rest, "<!--") {
		if i := strings.Index(rest, "-->"); i >= 0 {
			return at + i + len("-->")
		}
		return len(text)
	}
	end := tagEnd(rest)
	if end == 0 {
		return at
	}
	for _, name := range verbatimTags {
		if len(rest) > len(name)+1 && strings.EqualFold(rest[1:len(name)+1], name) && strings.IndexByte(" \t\r\n>/", rest[len(name)+1]) >= 0 {
			return at + end + indexFold(rest[end:], "</"+name)
		}
	}
	return at + end
}

// indexFold finds letters of any case, or gives the length of the text.
func indexFold(s, what string) int {
	for i := 0; i+len(what) <= len(s); i++ {
		if strings.EqualFold(s[i:i+len(what)], what) {
			return i
		}
	}
	return len(s)
}

// tagEnd is the length of the tag that a text begins with, or 0.
func tagEnd(s string) int {
	if len(s) < 2 || s[1] != '/' && (s[1]|0x20 < 'a' || s[1]|0x20 > 'z') {
		return 0
	}
	quote := byte(0)
	for i := 1; i < len(s); i++ {
		switch c := s[i]; {
		case quote != 0:
			if c == quote {
				quote = 0
			}
		case c == '<':
			return 0
		case (c == '"' || c == '\'') && s[i-1] == '=':
			quote = c
		case c == '>':
			return i + 1
		}
	}
	return 0
}

// fencedCode reports whether a line begins a block of fenced code, and where
// the block ends.
func fencedCode(text string, at int) (end int, ok bool) {
	first, _, _ := strings.Cut(text[at:], "\n")
	open, quoted := fenceOf(first)
	if open == "" {
		return 0, false
	}
	for end = min(at+len(first)+1, len(text)); end < len(text); {
		next, _, _ := strings.Cut(text[end:], "\n")
		if quoted && !strings.HasPrefix(strings.TrimLeft(next, " "), ">") {
			return end, true
		}
		end = min(end+len(next)+1, len(text))
		if closes(next, open) {
			break
		}
	}
	return end, true
}

// fenceOf gives the run of marks that begins fenced code in a line, or "".
// The line can be in a list or a block quote.
func fenceOf(line string) (run string, quoted bool) {
	content := strings.TrimLeft(line, " \t>")
	quoted = strings.Contains(line[:len(line)-len(content)], ">")
	for {
		_, rest, found := strings.Cut(content, " ")
		bullet := content[:len(content)-len(rest)]
		if !found || !listMarker(strings.TrimSpace(bullet)) {
			break
		}
		content = strings.TrimLeft(rest, " \t>")
	}
	if content == "" || content[0] != '`' && content[0] != '~' {
		return "", false
	}
	n := runOf(content, content[0])
	if n < 3 || content[0] == '`' && strings.Contains(content[n:], "`") {
		return "", false
	}
	return content[:n], quoted
}

func listMarker(s string) bool {
	if s == "-" || s == "*" || s == "+" {
		return true
	}
	digits := strings.TrimRight(s, ".)")
	return digits != "" && len(s) == len(digits)+1 && strings.Trim(digits, "0123456789") == ""
}

func closes(line, open string) bool {
	content := strings.TrimRight(strings.TrimLeft(line, " \t>"), " \t\r")
	return len(content) >= len(open) && content == strings.Repeat(open[:1], len(content))
}

// shownInMarkdown reads what a block of Markdown shows. at is where it begins,
// and prefix what every line of it begins with, in a list or a quote.
func shownInMarkdown(block string, at int, prefix string) []shown {
	var out []shown
	for i := 0; i < len(block); {
		if end, ok := fencedCode(block, i); ok {
			_, code, _ := strings.Cut(block[i:end], "\n")
			code = strings.TrimRight(code, "\n")
			code = "\n" + code[:max(strings.LastIndexByte(code, '\n'), 0)]
			out = append(out, shown{shownPolicy, strings.ReplaceAll(code, "\n"+prefix, "\n"), at + i})
			i = end
			continue
		}
		all, _, _ := strings.Cut(block[i:], "\n")
		text := strings.TrimPrefix(all, prefix)
		head, _, bold := strings.Cut(strings.TrimPrefix(text, "**"), ":**")
		switch {
		case strings.HasPrefix(text, "**") && bold && !strings.Contains(head, "**"):
			out = append(out, shown{verdict, text, at + i})
		case strings.HasPrefix(text, "> "):
			out = append(out, shown{message, text[2:], at + i})
		}
		i += len(all) + 1
	}
	return out
}

// linkInMarkdown gives the address of the link that carries the scenario.
func linkInMarkdown(block string) string {
	i := strings.LastIndex(block, "#s=")
	if i < 0 {
		return ""
	}
	start := strings.LastIndexAny(block[:i], "(< \n") + 1
	end := strings.IndexAny(block[i:], ")> \n")
	if end < 0 {
		end = len(block) - i
	}
	return block[start : i+end]
}

// unquoteJSX reads the text of an element of MDX: strings in braces, and the
// text between these.
func unquoteJSX(text string) string {
	var b strings.Builder
	for {
		before, rest, ok := strings.Cut(text, `{"`)
		b.WriteString(before)
		if !ok {
			return b.String()
		}
		end := stringEnd(rest)
		quoted, err := jsontext.AppendUnquote(nil, `"`+rest[:end]+`"`)
		if err != nil {
			quoted = []byte(rest[:end])
		}
		b.Write(quoted)
		text = strings.TrimPrefix(strings.TrimPrefix(rest[end:], `"`), "}")
	}
}

// stringEnd is where a JSON string ends whose opening quote is cut off.
func stringEnd(s string) int {
	for i := 0; i < len(s); i++ {
		switch s[i] {
		case '\\':
			i++
		case '"':
			return i
		}
	}
	return len(s)
}
