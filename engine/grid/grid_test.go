package grid

import (
	"bytes"
	"encoding/csv"
	"strings"
	"testing"
)

// What a scenario wrote runs in no spreadsheet, and stays in its cell.
func TestCells(t *testing.T) {
	g := Grid{Caption: "a < b", Head: []string{"a", "b"}, Rows: [][]string{{"=1+1", "x|y\nz"}, {"@SUM", `say "hi", <b>`}}}
	if want := "a,b\n'=1+1,\"x|y\nz\"\n'@SUM,\"say \"\"hi\"\", <b>\"\n"; g.CSV() != want {
		t.Errorf("CSV is %q, want %q", g.CSV(), want)
	}
	if want := "| a | b |\n|---|---|\n| =1+1 | x\\|y z |\n| @SUM | say \"hi\", &lt;b> |\n"; g.Markdown() != want {
		t.Errorf("Markdown is %q, want %q", g.Markdown(), want)
	}
	if html := g.HTML(); strings.Contains(html, "<b>") || !strings.Contains(html, "<caption>a &lt; b</caption>") {
		t.Errorf("HTML is %s", html)
	}
}

// The writer of the standard library writes the same.
func TestCSVIsThatOfTheLibrary(t *testing.T) {
	row := []string{"", "plain", "a,b", `a"b`, "a\nb", " a", "a ", `\.`, "ä", "a\tb", "'=x", "a\rb"}
	var want bytes.Buffer
	w := csv.NewWriter(&want)
	if err := w.WriteAll([][]string{row, row}); err != nil {
		t.Fatal(err)
	}
	if got := (&Grid{Head: row, Rows: [][]string{row}}).CSV(); got != want.String() {
		t.Errorf("%q\n%q", got, want.String())
	}
}
