package grid_test

import (
	"strings"
	"testing"

	"why403/engine/grid"
)

// A long cell pushes its own row alone, and nothing of it is lost.
func TestLongCell(t *testing.T) {
	long := strings.Repeat("é", 100_000)
	rows := [][]string{{"a", long, "end"}}
	for range 1000 {
		rows = append(rows, []string{"abc", "value", "end"})
	}
	text := grid.Columns(rows, 2)
	if len(text) > len(long)+1001*200 {
		t.Errorf("%d bytes for a cell of %d and a thousand rows", len(text), len(long))
	}
	lines := strings.Split(text, "\n")
	if lines[0] != "a    "+long+"  end" || lines[1] != "abc  value  end" {
		t.Errorf("%.40q, %q", lines[0], lines[1])
	}
}

// No line ends with blanks, and a cell that is missing has its place.
func TestEmptyCells(t *testing.T) {
	if got, want := grid.Columns([][]string{{"a", "", "b"}, {"", "cd", ""}}, 1), "a    b\n  cd\n"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
}
