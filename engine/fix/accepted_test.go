package fix_test

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"why403/engine"
	"why403/engine/answer"
	"why403/engine/catalogue/data"
	"why403/engine/fix"
	"why403/engine/scenario"
)

// accepted is a case of testdata/accepted: a scenario that is denied, and what
// somebody who knew the answer changed.
type accepted struct {
	file, name string
	text       string // the scenario
	change     string // its sections after the change, or ""
	reason     string // words of the reason where nothing is offered, or ""
}

func acceptedCases(t testing.TB) (out []accepted) {
	t.Helper()
	names, err := filepath.Glob("testdata/accepted/*.txt")
	if err != nil || len(names) == 0 {
		t.Fatal("no cases", err)
	}
	for _, name := range names {
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, piece := range strings.Split(string(text), "=== case ")[1:] {
			c := accepted{file: strings.TrimSuffix(filepath.Base(name), ".txt")}
			c.name, c.text, _ = strings.Cut(piece, "\n")
			c.text, c.change, _ = strings.Cut(c.text, "=== accepted\n")
			c.text, c.reason, _ = strings.Cut(c.text, "=== reason\n")
			c.reason = strings.TrimSpace(c.reason)
			out = append(out, c)
		}
	}
	return out
}

// find gives the first request that is denied, and what is found for it.
func find(t *testing.T, text string) (*scenario.File, fix.Found) {
	t.Helper()
	f := scenario.ParseWith(data.All(), text)
	if f.Errors() {
		t.Fatalf("%+v\n%s", f.Problems, text)
	}
	for i := range f.Requests {
		if a := answer.Of(&f.Requests[i]); a.Outcome != engine.Allowed {
			return f, fix.Of(f, i)
		}
	}
	t.Fatal("nothing is denied")
	return nil, fix.Found{}
}

// meaning is the sections of a file without their layout: a list of one is the
// one, and the order in a list of strings is nothing.
func meaning(text string) map[string]any {
	out := map[string]any{}
	f := scenario.Parse(text)
	for i := range f.Sections {
		s := &f.Sections[i]
		var v any
		if json.Unmarshal([]byte(s.Text), &v) == nil {
			out[s.Name] = plain(v)
			continue
		}
		lines := map[string][]string{}
		for _, l := range scenario.Lines(s.Text) {
			lines[l.Key] = append(lines[l.Key], l.Value)
		}
		out[s.Name] = lines
	}
	return out
}

func plain(v any) any {
	switch v := v.(type) {
	case map[string]any:
		for k := range v {
			v[k] = plain(v[k])
		}
		delete(v, "Sid")
	case []any:
		for i := range v {
			v[i] = plain(v[i])
		}
		slices.SortFunc(v, func(a, b any) int { return strings.Compare(fmt.Sprint(a), fmt.Sprint(b)) })
		if len(v) == 1 {
			return v[0]
		}
	}
	return v
}

// place is where the accepted change stands among the fixes, from 1; 0 where
// it is not offered.
func (c *accepted) place(t *testing.T, f *scenario.File, found fix.Found) int {
	t.Helper()
	want := meaning(c.text)
	for name, section := range meaning(c.change) {
		want[name] = section
	}
	for i := range found.Fixes {
		if reflect.DeepEqual(meaning(found.Fixes[i].Apply(f)), want) {
			return i + 1
		}
	}
	return 0
}

// places counts where the accepted changes of a file stand.
type places struct{ first, second, later, not int }

func (p *places) count(place int) {
	switch {
	case place == 1:
		p.first++
	case place == 2:
		p.second++
	case place > 2:
		p.later++
	default:
		p.not++
	}
}

// TestAccepted prints, for each file of cases, where the change that somebody
// who knew the answer made stands among the fixes: the same, to the word.
func TestAccepted(t *testing.T) {
	rows, order, sum, all := map[string]*places{}, []string(nil), 0, 0
	for _, c := range acceptedCases(t) {
		if rows[c.file] == nil {
			rows[c.file], order = &places{}, append(order, c.file)
		}
		f, found := find(t, c.text)
		place := 0
		if c.reason == "" {
			place = c.place(t, f, found)
		} else if len(found.Fixes) == 0 && strings.Contains(found.Reason, c.reason) {
			place = 1
		}
		rows[c.file].count(place)
		all++
		if place == 1 || place == 2 {
			sum++
		} else {
			t.Logf("%s: %s: place %d of\n%s", c.file, c.name, place, titles(found))
		}
	}
	t.Logf("%-8s %6s %6s %6s %6s", "", "first", "second", "later", "not")
	for _, name := range order {
		r := rows[name]
		t.Logf("%-8s %6d %6d %6d %6d", name, r.first, r.second, r.later, r.not)
	}
	t.Logf("first or second: %d of %d", sum, all)
	if all-sum > 1 {
		t.Errorf("the accepted change is first or second in %d of %d cases only", sum, all)
	}
}

func titles(found fix.Found) string {
	out := found.Reason
	for i := range found.Fixes {
		x := &found.Fixes[i]
		out += fmt.Sprintf("  %d [%s] %s\n     %s\n", i+1, x.Kind, x.Title, strings.Join(x.Loosens, " "))
		for _, e := range x.Edits {
			out += "-- " + e.Section + "\n" + e.Text
		}
	}
	return out
}
