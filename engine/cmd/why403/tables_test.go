package main

import (
	"encoding/json"
	"encoding/xml"
	"io"
	"slices"
	"strings"
	"testing"

	"why403/engine"
	"why403/engine/answer"
	"why403/engine/combine"
	"why403/engine/grid"
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

// Each form of each table has a heading and a line for each row, in the order
// of the rows, with the same words.
func TestTablesForPeople(t *testing.T) {
	if got, want := table(t), table(t, "--format", "text", "--service", "KMS"); got != want {
		t.Error("text about KMS is not what one gets unasked")
	}
	for _, id := range []string{"kms", "s3", "vpc lattice"} {
		g, _ := tableGrid(tableOf(id))
		forPeople(t, &g, "--service", id)
	}
	g, _ := aloneGrid(combine.SameAccountAlone())
	forPeople(t, &g, "--same-account")
	if want := []string{"Accounts", "Key policy", "Identity-based policy", "Grant", "Access"}; !slices.Equal(kmsGrid().Head, want) {
		t.Errorf("the heads are %q", kmsGrid().Head)
	}
	rows := kms.Table().Rows()
	for i, row := range kmsGrid().Rows {
		if allowed := strings.HasPrefix(row[4], "allowed"); allowed != (rows[i].Outcome == engine.Allowed) ||
			strings.HasSuffix(row[4], "minimal") != rows[i].Minimal {
			t.Errorf("%s is %s", rows[i].ID(), row[4])
		}
	}
}

func kmsGrid() *grid.Grid {
	g, _ := tableGrid(kms.Table())
	return &g
}

// forPeople compares what a command prints in each format with a grid.
func forPeople(t *testing.T, g *grid.Grid, args ...string) {
	t.Helper()
	in := func(format string) []string {
		return strings.Split(strings.TrimSuffix(table(t, append(args, "--format", format)...), "\n"), "\n")
	}
	text, markdown := in("text"), in("markdown")
	if len(text) != len(g.Rows)+1 || len(markdown) != len(g.Rows)+2 {
		t.Fatalf("%q: %d lines of text, %d of Markdown", args, len(text), len(markdown))
	}
	if markdown[0] != "| "+strings.Join(g.Head, " | ")+" |" || markdown[1] != "|"+strings.Repeat("---|", len(g.Head)) {
		t.Errorf("%s\n%s", markdown[0], markdown[1])
	}
	words := func(s string) string { return strings.Join(strings.Fields(s), " ") }
	body := htmlCells(t, strings.Join(in("html"), "\n"), len(g.Head))
	for i, row := range g.Rows {
		if want := "| " + strings.Join(row, " | ") + " |"; markdown[i+2] != want {
			t.Errorf("Markdown has %q, want %q", markdown[i+2], want)
		}
		if want := words(strings.Join(row, " ")); words(text[i+1]) != want {
			t.Errorf("text has %q, want %q", text[i+1], want)
		}
		if !slices.Equal(body[i*len(row):(i+1)*len(row)], row) {
			t.Errorf("HTML has %q, want %q", body[i*len(row):(i+1)*len(row)], row)
		}
	}
	if len(body) != len(g.Rows)*len(g.Head) {
		t.Errorf("%d cells", len(body))
	}
}

// The whole call that a row's scenario makes is answered as the row says, with
// its own case.
func TestServiceTablesJSON(t *testing.T) {
	for _, id := range tableIDs() {
		var top struct {
			Rows []struct{ Mode, Resource, Identity, Boundary, Session, Outcome, Scenario string }
		}
		if err := json.Unmarshal([]byte(table(t, "--service", id, "--format", "json")), &top); err != nil {
			t.Fatal(err)
		}
		if len(top.Rows) != 42 && len(top.Rows) != 216 && len(top.Rows) != 180 && len(top.Rows) != 36 {
			t.Errorf("%s has %d rows", id, len(top.Rows))
		}
		for i := range top.Rows {
			row := &top.Rows[i]
			if id != "kms" && (row.Resource == "" || row.Identity == "" || row.Boundary == "" || row.Session == "") {
				t.Fatalf("%s: a part is missing: %+v", id, row)
			}
			answers := answer.File(scenario.Parse(row.Scenario))
			if len(answers) != 1 || answers[0].Outcome.String() != row.Outcome {
				t.Errorf("%s: the row says %s\n%s", id, row.Outcome, row.Scenario)
			}
		}
	}
}

// What can't be asked for is said, with what can.
func TestTablesRefuses(t *testing.T) {
	for _, c := range []struct{ args, words string }{
		{"--service nosuch", "there are those of kms, sts, iam, s3, sqs,"},
		{"--format nosuch", "the formats are text, markdown, html and json"},
		{"file.txtar", "tables takes no file"},
	} {
		_, stderr, code := run("", append([]string{"tables"}, strings.Fields(c.args)...)...)
		if code != exitUsage || !strings.Contains(stderr, c.words) {
			t.Errorf("%s: exits with %d, %s", c.args, code, stderr)
		}
	}
}

// htmlCells gives the texts of the cells of a well-formed table with so many
// heads.
func htmlCells(t *testing.T, text string, heads int) []string {
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
	if headings != heads {
		t.Errorf("%d headings", headings)
	}
	return cells
}

const lockFile = "../../lets/testdata/region-lock.txt"

// The table of a policy has a line for each of its rows, and marks the one that
// the request is in.
func TestPolicyTable(t *testing.T) {
	want := "| Action | Caller | aws:RequestedRegion | This policy alone | Statement |\n|---|---|---|---|---|\n"
	got := table(t, "--policy", "scp/1-root/lock.json", "--format", "markdown", lockFile)
	marked := "| another value | explicitly denied (this request) | DenyOutside |\n"
	if !strings.HasPrefix(got, want) || !strings.Contains(got, marked) || strings.Count(got, "\n") != 6 {
		t.Error(got)
	}
	page := table(t, "--policy", "scp/1-root/lock.json", "--format", "html", lockFile)
	if len(htmlCells(t, page, 5)) != 20 || !strings.Contains(page, "What scp/1-root/lock.json lets through") {
		t.Error(page)
	}
	var top struct {
		Section string
		Columns []string
		Rows    []struct {
			Cells           []string
			Says, Statement string
			Asked           bool
		}
		Same, Cut []string
	}
	text := table(t, "--policy", "scp/1-root/lock.json", "--format", "json", lockFile)
	if err := json.Unmarshal([]byte(text), &top); err != nil || len(top.Columns) != 3 || len(top.Rows) != 4 || !top.Rows[1].Asked ||
		top.Rows[1].Says != "explicitly denied" || top.Same == nil || top.Cut == nil {
		t.Errorf("%v %+v", err, top)
	}
}

// What has no table is said, with what is wrong.
func TestPolicyTableRefuses(t *testing.T) {
	for _, c := range []struct {
		args, words string
		code        int
	}{
		{"--policy boundary.json " + lockFile, "There is no section boundary.json.", exitProblems},
		{"--policy scp/1-root/lock.json --request nosuch " + lockFile, "There is no request nosuch.", exitProblems},
		{"--policy scp/1-root/lock.json", "takes one file", exitUsage},
		{"--policy scp/1-root/lock.json --format csv " + lockFile, "the formats are text, markdown, html and json", exitUsage},
		{"--policy scp/1-root/lock.json --format nosuch " + lockFile, "the formats are text, markdown, html and json", exitUsage},
		{"--policy scp/1-root/lock.json --service s3 " + lockFile, "--policy goes without --service and --same-account", exitUsage},
		{"--request a", "--request goes with --policy", exitUsage},
	} {
		_, stderr, code := run("", append([]string{"tables"}, strings.Fields(c.args)...)...)
		if code != c.code || !strings.Contains(stderr, c.words) {
			t.Errorf("%s: exits with %d, %s", c.args, code, stderr)
		}
	}
}
