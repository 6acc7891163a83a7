package importer

import "strings"

// minColumn is where the last column of a table begins at least, and what an
// indented paragraph does not reach.
const minColumn = 24

// columns makes one line of each text that stands in the last column of a table,
// over several lines, as the SAM CLI prints the reason of a failure. Words
// longer than the column are cut there, others are not.
func columns(lines []string) []string {
	out := lines[:0:0]
	for i := 0; i < len(lines); i++ {
		column, last := columnAt(lines, i)
		if last < i+2 {
			out = append(out, lines[i])
			continue
		}
		out = append(out, lines[i][:column], joinedColumn(lines[i:last+1], column))
		if i = last; i+1 < len(lines) && strings.Trim(lines[i+1], "+-=| ") == "" {
			i++ // the line below the table
		}
	}
	return out
}

// columnAt finds the column that begins in a line and goes on in those below it:
// where it begins, and its last line.
func columnAt(lines []string, first int) (column, last int) {
	if first+1 < len(lines) {
		column = indentation(lines[first+1])
	}
	begins := lines[first]
	if column < minColumn || len(begins) <= column || begins[column-1] != ' ' || begins[column] == ' ' ||
		strings.TrimSpace(begins[:column]) == "" {
		return 0, first
	}
	for last = first + 1; last+1 < len(lines) && indentation(lines[last+1]) == column; {
		last++
	}
	return column, last
}

// indentation is how many spaces a line begins with, behind a comma that may come
// first, or 0 for a line of spaces.
func indentation(line string) int {
	rest := strings.TrimLeft(strings.TrimPrefix(line, ","), " ")
	if rest == "" {
		return 0
	}
	return len(line) - len(rest)
}

func joinedColumn(lines []string, column int) string {
	width := 0
	for _, line := range lines {
		width = max(width, len(strings.TrimRight(line[column:], " ")))
	}
	var b strings.Builder
	for i, line := range lines {
		cell := strings.TrimRight(line[column:], " ")
		b.WriteString(cell)
		if i+1 == len(lines) {
			break
		}
		next, _, _ := strings.Cut(lines[i+1][column:], " ")
		word := cell[strings.LastIndexByte(cell, ' ')+1:]
		if len(cell) < width || len(word)+len(next) <= width || strings.HasPrefix(next, "arn:") {
			b.WriteByte(' ')
		}
	}
	return b.String()
}
