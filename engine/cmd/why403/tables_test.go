package main

import (
	"encoding/json"
	"encoding/xml"
	"io"
	"slices"
	"strings"
	"testing"

	"why403/engine"
	"why403/engine/kms"
	"why403/engine/scenario"
)

// table runs the command and gives its output.
func table(t *testing.T, args ...string) string {
	t.Helper()
	stdout, stderr, code := run("", append([]string{"tables"}, args...)...)
	if code != exitOK || stderr != "" {
		t.Fatalf("exits with %d: %s", code, stderr)
	}
	return stdout
}

// The JSON has exactly the promised keys, and every scenario in it evaluates
// to the outcome beside it.
func TestTablesJSON(t *testing.T) {
	var top map[string][]map[string]any
	if err := json.Unmarshal([]byte(table(t, "--format", "json")), &top); err != nil {
		t.Fatal(err)
	}
	if len(top) != 1 || len(top["rows"]) != 42 {
		t.Fatalf("%d keys, %d rows", len(top), len(top["rows"]))
	}
	keys := []string{"grant", "iam", "keyPolicy", "minimal", "mode", "outcome", "reason", "scenario"}
	forms := map[string][]string{
		"mode": {"same-account", "cross-account"}, "keyPolicy": {"explicit", "delegation", "none"}, "iam": {"allow", "none"},
		"grant":   {"explicit", "explicit-by-caller", "explicit-by-key-account", "delegation", "none"},
		"outcome": {"allow", "implicit deny"},
	}
	seen := map[string]bool{}
	counts := map[string]int{}
	for _, row := range top["rows"] {
		var got []string
		for key := range row {
			got = append(got, key)
		}
		slices.Sort(got)
		if !slices.Equal(got, keys) {
			t.Fatalf("the keys are %v", got)
		}
		id := ""
		for key, values := range forms {
			if !slices.Contains(values, row[key].(string)) {
				t.Errorf("%s is %s", key, row[key])
			}
		}
		for _, key := range []string{"mode", "keyPolicy", "iam", "grant"} {
			id += row[key].(string) + "/"
		}
		if seen[id] {
			t.Errorf("%s is there twice", id)
		}
		seen[id] = true
		outcome := evaluate(t, row["scenario"].(string))
		if row["outcome"] != outcome || !strings.HasSuffix(row["reason"].(string), ".") {
			t.Errorf("%s: %v, but its scenario gives %s; %v", id, row["outcome"], outcome, row["reason"])
		}
		counts[row["mode"].(string)+" "+outcome]++
		if row["minimal"].(bool) {
			counts[row["mode"].(string)+" minimal"]++
		}
	}
	for what, want := range map[string]int{
		"same-account allow": 13, "same-account implicit deny": 5, "same-account minimal": 4,
		"cross-account allow": 14, "cross-account implicit deny": 10, "cross-account minimal": 5,
	} {
		if counts[what] != want {
			t.Errorf("%d rows are %s, want %d", counts[what], what, want)
		}
	}
}

func evaluate(t *testing.T, text string) string {
	t.Helper()
	f := scenario.Parse(text)
	if len(f.Problems) > 0 {
		t.Fatalf("%v\n%s", f.Problems, text)
	}
	return engine.Decide(f.Requests[0].Check).Outcome.String()
}

// Each form of the table has a heading and a line for each row, in the order
// of the rows, with the same words.
func TestTablesForPeople(t *testing.T) {
	rows := kms.Rows()
	if got, want := table(t), table(t, "--format", "text"); got != want {
		t.Error("text is not what one gets unasked")
	}
	text := strings.Split(strings.TrimSuffix(table(t), "\n"), "\n")
	markdown := strings.Split(strings.TrimSuffix(table(t, "--format=markdown"), "\n"), "\n")
	if len(text) != len(rows)+1 || len(markdown) != len(rows)+2 {
		t.Fatalf("%d lines of text, %d of markdown", len(text), len(markdown))
	}
	if !strings.HasPrefix(text[0], "Accounts ") || markdown[0] != "| Accounts | Key policy | Identity-based policy | Grant | Access |" || markdown[1] != "|---|---|---|---|---|" {
		t.Errorf("%s\n%s\n%s", text[0], markdown[0], markdown[1])
	}
	body := htmlCells(t, table(t, "--format", "html"))
	for i := range rows {
		want := cells(&rows[i])
		if got := strings.Split(strings.Trim(markdown[i+2], "| "), " | "); !slices.Equal(got, want) {
			t.Errorf("markdown has %q, want %q", got, want)
		}
		if got := strings.Join(strings.Fields(text[i+1]), " "); got != strings.Join(strings.Fields(strings.Join(want, " ")), " ") {
			t.Errorf("text has %q, want %q", got, want)
		}
		if got := body[i*len(want) : (i+1)*len(want)]; !slices.Equal(got, want) {
			t.Errorf("HTML has %q, want %q", got, want)
		}
		if allowed := strings.HasPrefix(want[4], "allowed"); allowed != (rows[i].Outcome == engine.Allowed) || strings.HasSuffix(want[4], "minimal") != rows[i].Minimal {
			t.Errorf("%s is %s", rows[i].ID(), want[4])
		}
	}
	if len(body) != len(rows)*len(heading) {
		t.Errorf("%d cells", len(body))
	}
}

// htmlCells gives the texts of the cells of a well-formed table.
func htmlCells(t *testing.T, text string) []string {
	t.Helper()
	var cells []string
	headings := 0
	decoder := xml.NewDecoder(strings.NewReader(text))
	for {
		token, err := decoder.Token()
		if err == io.EOF {
			break
		}
		if err != nil {
			t.Fatal(err)
		}
		start, ok := token.(xml.StartElement)
		if !ok || start.Name.Local != "td" && start.Name.Local != "th" {
			continue
		}
		var content string
		if err := decoder.DecodeElement(&content, &start); err != nil {
			t.Fatal(err)
		}
		if start.Name.Local == "th" {
			headings++
		} else {
			cells = append(cells, content)
		}
	}
	if headings != len(heading) {
		t.Errorf("%d headings", headings)
	}
	return cells
}
