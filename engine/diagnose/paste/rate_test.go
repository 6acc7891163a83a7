package paste_test

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"why403/engine/answer"
	"why403/engine/catalogue/data"
	"why403/engine/diagnose"
	"why403/engine/diagnose/paste"
	"why403/engine/scenario"
)

// field is one report as people file them: what AWS said, the policies, the
// request behind it, and its cause.
type field struct {
	name   string
	pieces []paste.Piece // AWS's text, and the policies, and nothing else
	asked  string        // the scenario with the request
	causes []string      // any of these
}

// fields reads testdata/field. A section "cause" names, a line each, what is to
// be found first: the place as SECTION STATEMENT ELEMENT KEY, where * is any, or
// the ID of an explanation.
func fields(t testing.TB) (out []field) {
	names, err := filepath.Glob("../testdata/field/*.txtar")
	if err != nil || len(names) == 0 {
		t.Fatal("no field cases: ", err)
	}
	for _, name := range names {
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		f := field{name: strings.TrimSuffix(filepath.Base(name), ".txtar")}
		for _, s := range scenario.Parse(string(text)).Sections {
			switch {
			case s.Name == "cause":
				f.causes = strings.Split(strings.TrimSpace(s.Text), "\n")
			case s.Name == "error":
				f.pieces = append(f.pieces, paste.Piece{Name: "error.txt", Text: s.Text})
			case s.Name == "request":
				f.asked += s.Marker + s.Text
			default:
				f.asked += s.Marker + s.Text
				f.pieces = append(f.pieces, paste.Piece{Name: s.Name, Text: s.Text})
			}
		}
		out = append(out, f)
	}
	return out
}

// found reports whether a finding is a cause, as a section "cause" names it.
func found(f *diagnose.Finding, cause string) bool {
	words := append(strings.Fields(cause), "*", "*", "*")
	if len(strings.Fields(cause)) == 1 {
		return f.ID == words[0]
	}
	if f.Place == nil {
		return false
	}
	number := fmt.Sprint(f.Place.Statement)
	return strings.HasPrefix(f.Place.Section, words[0]) && (words[1] == "*" || words[1] == number) &&
		(words[2] == "*" || words[2] == f.Place.Element) && (words[3] == "*" || strings.Contains(strings.ToLower(f.Place.Key), words[3]))
}

// rank is the place of the cause among what is proved and what is possible,
// from 1; 0 where it is not among them.
func rank(r *diagnose.Result, causes []string) int {
	n := 0
	for _, f := range slices.Concat(r.Proved, r.Possible) {
		if f.ID == "said" {
			continue
		}
		n++
		for _, c := range causes {
			if found(&f, c) {
				return n
			}
		}
	}
	return 0
}

// outcome reports whether a diagnosis has the outcome of the request. Where AWS
// does not say how it denied, and no policy that was brought does, "denied" is
// all there is to tell.
func outcome(r *diagnose.Result, asked string) (want string, ok bool) {
	f := scenario.ParseWith(data.All(), asked)
	if f.Errors() {
		return "unreadable", false
	}
	want = answer.File(f)[0].Outcome.String()
	return want, r.Outcome == want || r.Outcome == "denied" && want != "allow"
}

// TestRate prints how many field cases come to the right outcome and, first of
// all, to the accepted cause, from AWS's text and the policies alone.
func TestRate(t *testing.T) {
	type row struct{ all, outcome, first, three, both int }
	rows, kinds := map[string]*row{}, []string{}
	for _, f := range fields(t) {
		kind, _, _ := strings.Cut(f.name, "-")
		if rows[kind] == nil {
			rows[kind], kinds = &row{}, append(kinds, kind)
		}
		r := diagnose.Of(data.All(), paste.Scenario(f.pieces), nil)
		want, right := outcome(r, f.asked)
		at := rank(r, f.causes)
		c := rows[kind]
		c.all++
		if right {
			c.outcome++
		} else {
			t.Logf("%s: outcome %q, not %q", f.name, r.Outcome, want)
		}
		if at == 1 {
			c.first++
		} else {
			t.Logf("%s: the cause %q is number %d", f.name, f.causes, at)
		}
		if at > 0 && at <= 3 {
			c.three++
		}
		if right && at == 1 {
			c.both++
		}
	}
	table, sum := fmt.Sprintf("%-14s%7s%9s%7s%7s%7s\n", "", "cases", "outcome", "cause", "in 3", "both"), row{}
	for _, kind := range kinds {
		c := rows[kind]
		table += fmt.Sprintf("%-14s%7d%9d%7d%7d%7d\n", kind, c.all, c.outcome, c.first, c.three, c.both)
		sum = row{sum.all + c.all, sum.outcome + c.outcome, sum.first + c.first, sum.three + c.three, sum.both + c.both}
	}
	t.Logf("\n%s%-14s%7d%9d%7d%7d%7d", table, "all", sum.all, sum.outcome, sum.first, sum.three, sum.both)
	if sum.both*10 < sum.all*9 {
		t.Errorf("%d of %d come to the right outcome and cause", sum.both, sum.all)
	}
}
