package main

import (
	"encoding/csv"
	"fmt"
	"html"
	"io"
	"strings"
	"unicode/utf8"
)

// grid is a table to print: every row has a cell for each head.
type grid struct {
	caption string
	head    []string
	rows    [][]string
}

// printGrid prints a table in one of the formats; value is what JSON has. It
// reports false for a format that there is not.
func (a *app) printGrid(format string, g *grid, value any) bool {
	switch format {
	case "text":
		g.text(a.stdout)
	case "markdown":
		g.markdown(a.stdout)
	case "html":
		g.html(a.stdout)
	case "csv":
		g.csv(a.stdout)
	case "json":
		a.printJSON(value)
	default:
		return false
	}
	return true
}

func (g *grid) text(w io.Writer) {
	widths := make([]int, len(g.head))
	all := append([][]string{g.head}, g.rows...)
	for _, row := range all {
		for i, cell := range row {
			widths[i] = max(widths[i], utf8.RuneCountInString(cell))
		}
	}
	for _, row := range all {
		line := ""
		for i, cell := range row {
			line += cell + strings.Repeat(" ", widths[i]-utf8.RuneCountInString(cell)+1)
		}
		fmt.Fprintln(w, strings.TrimRight(line, " "))
	}
}

// markdownCell keeps a text inside its cell: what would end the cell or the
// line, or be read as HTML.
var markdownCell = strings.NewReplacer("|", `\|`, "\n", " ", "\r", " ", "<", "&lt;")

func (g *grid) markdown(w io.Writer) {
	line := func(cells []string) {
		fmt.Fprint(w, "|")
		for _, cell := range cells {
			fmt.Fprintf(w, " %s |", markdownCell.Replace(cell))
		}
		fmt.Fprintln(w)
	}
	line(g.head)
	fmt.Fprintf(w, "|%s\n", strings.Repeat("---|", len(g.head)))
	for _, row := range g.rows {
		line(row)
	}
}

func (g *grid) html(w io.Writer) {
	fmt.Fprintf(w, "<table>\n<caption>%s</caption>\n<thead><tr>", html.EscapeString(g.caption))
	for _, h := range g.head {
		fmt.Fprintf(w, "<th scope=\"col\">%s</th>", html.EscapeString(h))
	}
	fmt.Fprint(w, "</tr></thead>\n<tbody>\n")
	for _, row := range g.rows {
		fmt.Fprint(w, "<tr>")
		for _, cell := range row {
			fmt.Fprintf(w, "<td>%s</td>", html.EscapeString(cell))
		}
		fmt.Fprint(w, "</tr>\n")
	}
	fmt.Fprint(w, "</tbody>\n</table>\n")
}

func (g *grid) csv(w io.Writer) {
	out := csv.NewWriter(w)
	for _, row := range append([][]string{g.head}, g.rows...) {
		safe := make([]string, len(row))
		for i, cell := range row {
			safe[i] = csvCell(cell)
		}
		_ = out.Write(safe) // the writer keeps the error of a broken pipe, which nobody hears
	}
	out.Flush()
}

// csvCell keeps a spreadsheet from running a cell that a scenario wrote: what
// begins like a formula gets an apostrophe before it.
//
// https://owasp.org/www-community/attacks/CSV_Injection
func csvCell(text string) string {
	if text != "" && strings.ContainsRune("=+-@\t\r\n", rune(text[0])) {
		return "'" + text
	}
	return text
}
