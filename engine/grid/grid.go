// Package grid writes a table as text, Markdown, HTML and CSV: for the command
// line and for what the page exports. It is free of package fmt, which is 46 KB
// of the page's download.
package grid

import (
	"html"
	"strings"
	"unicode/utf8"
)

// Grid is a table: every row has a cell for each head.
type Grid struct {
	Caption string
	Head    []string
	Rows    [][]string
}

func (g *Grid) lines() [][]string { return append([][]string{g.Head}, g.Rows...) }

// widest is how wide a column of text is at most. A cell that is wider pushes what
// follows it in its row alone: for one long value, each row would be padded.
const widest = 120

// Text lays the table out in columns.
func (g *Grid) Text() string { return Columns(g.lines(), 1) }

// Columns lays rows out in columns, with at least some spaces between.
func Columns(rows [][]string, gap int) string {
	var widths []int
	for _, row := range rows {
		for i, cell := range row {
			if i == len(widths) {
				widths = append(widths, 0)
			}
			if n := utf8.RuneCountInString(cell); n <= widest {
				widths[i] = max(widths[i], n)
			}
		}
	}
	var b strings.Builder
	for _, row := range rows {
		blanks := 0 // not written yet: none stand at the end of a line
		for i, cell := range row {
			if cell != "" {
				b.WriteString(strings.Repeat(" ", blanks) + cell)
				blanks = 0
			}
			blanks += max(widths[i]-utf8.RuneCountInString(cell), 0) + gap
		}
		b.WriteByte('\n')
	}
	return b.String()
}

// markdownCell keeps a text inside its cell: what would end the cell or the
// line, or be read as HTML.
var markdownCell = strings.NewReplacer("|", `\|`, "\n", " ", "\r", " ", "<", "&lt;")

// Markdown writes the table as GitHub reads it.
//
// https://github.github.com/gfm/#tables-extension-
func (g *Grid) Markdown() string {
	var b strings.Builder
	for i, row := range g.lines() {
		b.WriteString("|")
		for _, cell := range row {
			b.WriteString(" " + markdownCell.Replace(cell) + " |")
		}
		b.WriteString("\n")
		if i == 0 {
			b.WriteString("|" + strings.Repeat("---|", len(g.Head)) + "\n")
		}
	}
	return b.String()
}

// HTML writes the table with its caption.
func (g *Grid) HTML() string {
	var b strings.Builder
	b.WriteString("<table>\n<caption>" + html.EscapeString(g.Caption) + "</caption>\n<thead><tr>")
	for _, h := range g.Head {
		b.WriteString(`<th scope="col">` + html.EscapeString(h) + "</th>")
	}
	b.WriteString("</tr></thead>\n<tbody>\n")
	for _, row := range g.Rows {
		b.WriteString("<tr>")
		for _, cell := range row {
			b.WriteString("<td>" + html.EscapeString(cell) + "</td>")
		}
		b.WriteString("</tr>\n")
	}
	b.WriteString("</tbody>\n</table>\n")
	return b.String()
}

// CSV writes the table as encoding/csv does, which needs fmt; a test holds the
// two together.
//
// https://www.rfc-editor.org/rfc/rfc4180
func (g *Grid) CSV() string {
	var b strings.Builder
	for _, row := range g.lines() {
		for i, cell := range row {
			if i > 0 {
				b.WriteByte(',')
			}
			b.WriteString(quoted(harmless(cell)))
		}
		b.WriteByte('\n')
	}
	return b.String()
}

// harmless keeps a spreadsheet from running a cell that a scenario wrote: what
// begins like a formula gets an apostrophe before it.
//
// https://owasp.org/www-community/attacks/CSV_Injection
func harmless(text string) string {
	if text != "" && strings.IndexByte("=+-@\t\r\n", text[0]) >= 0 {
		return "'" + text
	}
	return text
}

func quoted(text string) string {
	if text != `\.` && !strings.ContainsAny(text, ",\"\r\n") && !strings.HasPrefix(text, " ") {
		return text
	}
	return `"` + strings.ReplaceAll(text, `"`, `""`) + `"`
}
