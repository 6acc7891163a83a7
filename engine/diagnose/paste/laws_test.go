package paste_test

import (
	"cmp"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"why403/engine/catalogue/data"
	"why403/engine/diagnose"
	"why403/engine/diagnose/paste"
	"why403/engine/fix"
	"why403/engine/scenario"
)

// some gives a part of what a field case brings, in any order. AWS's text is
// always in it.
func some(r *rand.Rand, f *field) []paste.Piece {
	var out []paste.Piece
	for _, i := range r.Perm(len(f.pieces)) {
		if p := f.pieces[i]; p.Name == "error.txt" || r.IntN(3) > 0 {
			out = append(out, p)
		}
	}
	return out
}

func ids(findings []diagnose.Finding) (out []string) {
	for i := range findings {
		out = append(out, findings[i].ID)
	}
	return out
}

// places makes what was found comparable: an explanation, and the statement
// that it is about.
func places(findings []diagnose.Finding) (out []string) {
	for _, f := range findings {
		place := ""
		if f.Place != nil {
			place = named(f.Place)
		}
		out = append(out, f.ID+" "+place)
	}
	return out
}

func named(p *diagnose.Place) string {
	return p.Section + " " + string(rune('0'+p.Statement)) + " " + p.Element
}

// TestOrder: the order in which things are brought changes nothing.
func TestOrder(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for _, f := range fields(t) {
		pieces := some(r, &f)
		want := diagnose.Of(data.All(), paste.Scenario(pieces), nil)
		r.Shuffle(len(pieces), func(i, j int) { pieces[i], pieces[j] = pieces[j], pieces[i] })
		got := diagnose.Of(data.All(), paste.Scenario(pieces), nil)
		if got.Verdict != want.Verdict || got.Outcome != want.Outcome || got.Asked.Action != want.Asked.Action {
			t.Errorf("%s: %s, %s in one order and %s, %s in another", f.name, want.Verdict, want.Outcome, got.Verdict, got.Outcome)
		}
		a, b := places(slices.Concat(want.Proved, want.Possible)), places(slices.Concat(got.Proved, got.Possible))
		slices.Sort(a)
		slices.Sort(b)
		if !slices.Equal(a, b) {
			t.Errorf("%s: %q and %q", f.name, a, b)
		}
	}
}

// TestRuledOut: an explanation that AWS's message rules out stays so when more
// is brought.
func TestRuledOut(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	seen := 0
	for range 4 {
		for _, f := range fields(t) {
			less := some(r, &f)
			before := diagnose.Of(data.All(), paste.Scenario(less), nil)
			after := diagnose.Of(data.All(), paste.Scenario(f.pieces), nil)
			for _, id := range ids(before.RuledOut) {
				seen++
				if slices.Contains(ids(after.Possible), id) || slices.Contains(ids(after.Proved), id) {
					t.Errorf("%s: %s is ruled out with less, and comes back", f.name, id)
				}
			}
		}
	}
	if seen < 100 {
		t.Errorf("only %d were ruled out", seen)
	}
}

// TestAgrees: policies and message never agree on different outcomes, and nothing
// is both ruled out and possible.
func TestAgrees(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 6))
	agreed := 0
	for range 4 {
		for _, f := range fields(t) {
			d := diagnose.Of(data.All(), paste.Scenario(some(r, &f)), nil)
			if d.Verdict == "agrees" {
				agreed++
				if d.Said.Outcome != d.Outcome || d.Policies.Outcome != d.Said.Outcome && d.Policies.Outcome != "depends" {
					t.Errorf("%s agrees: AWS says %q, the policies %q, together %q", f.name, d.Said.Outcome, d.Policies.Outcome, d.Outcome)
				}
			}
			for _, id := range ids(d.RuledOut) {
				if slices.Contains(ids(d.Possible), id) {
					t.Errorf("%s: %s is possible and ruled out", f.name, id)
				}
			}
			if d.Edit && slices.Contains(d.Policies.Unknown, "resource") {
				t.Errorf("%s: an edit is offered while the policy of the resource is not known", f.name)
			}
		}
	}
	if agreed < 20 {
		t.Errorf("only %d agree", agreed)
	}
}

// TestNext: whoever answers every command comes to an end, and is never asked
// for the same twice.
func TestNext(t *testing.T) {
	r := rand.New(rand.NewPCG(7, 8))
	for _, f := range fields(t) {
		brought := paste.Scenario(some(r, &f))
		var answers []diagnose.Answer
		for steps := 0; ; steps++ {
			d := diagnose.Of(data.All(), brought, answers)
			if d.Next == nil {
				break
			}
			if steps == 60 {
				t.Fatalf("%s goes on and on: %v", f.name, answers)
			}
			for _, a := range answers {
				if a.Command == d.Next.ID {
					t.Fatalf("%s asks for %s again", f.name, a.Command)
				}
			}
			// What another account has, its owners are asked for.
			if line := cmp.Or(d.Next.Line, d.Next.Letter); line == "" || strings.Contains(line, "UNKNOWN") || strings.Contains(line, "0000000000") {
				t.Errorf("%s: %q can't be run", f.name, line)
			}
			kind := diagnose.Denied
			if d.Next.None != "" && r.IntN(2) == 0 {
				kind = diagnose.None
			}
			answers = append(answers, diagnose.Answer{Command: d.Next.ID, Kind: kind})
		}
	}
}

// FuzzScenario reads whatever is pasted: it never panics, and what it makes can
// be read.
func FuzzScenario(f *testing.F) {
	for _, c := range fields(f) {
		var all strings.Builder
		for _, p := range c.pieces {
			all.WriteString(p.Text + "\n")
		}
		f.Add("paste.txt", all.String())
		f.Add(c.pieces[0].Name, c.pieces[0].Text)
	}
	f.Fuzz(func(t *testing.T, name, text string) {
		brought := paste.Scenario([]paste.Piece{{Name: name, Text: text}, {Name: "error.txt", Text: "An error occurred (AccessDenied) when " +
			"calling the GetObject operation: Access Denied"}})
		d := diagnose.Of(data.All(), brought, nil)
		if d.Verdict == "agrees" && d.Said == nil {
			t.Errorf("agrees with nothing: %q", text)
		}
		if len(d.Lines()) == 0 {
			t.Errorf("nothing is said of %q", text)
		}
	})
}

// TestNoEditOfTheUnknown: while nothing is known of the resource's policy, no fix
// writes a whole new one.
func TestNoEditOfTheUnknown(t *testing.T) {
	r := rand.New(rand.NewPCG(9, 10))
	seen := 0
	for range 2 {
		for _, f := range fields(t) {
			brought := paste.Scenario(some(r, &f))
			d := diagnose.Of(data.All(), brought, nil)
			if !slices.Contains(d.Policies.Unknown, "resource") {
				continue
			}
			seen++
			if d.Edit {
				t.Errorf("%s: an edit may be offered", f.name)
			}
			for _, found := range fix.All(scenario.ParseWith(data.All(), brought.Text)) {
				for i := range found.Fixes {
					for _, e := range found.Fixes[i].Edits {
						if e.Old == "" && (e.Section == "resource.json" || strings.HasSuffix(e.Section, "/policy.json")) {
							t.Errorf("%s: %s writes %s", f.name, found.Fixes[i].Title, e.Section)
						}
					}
				}
			}
		}
	}
	if seen < 30 {
		t.Errorf("only %d", seen)
	}
}
