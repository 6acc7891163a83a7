package redact

import (
	"fmt"
	"slices"
	"strings"

	"why403/engine"
	"why403/engine/answer"
	"why403/engine/catalogue"
	"why403/engine/diagnose"
	"why403/engine/diagnose/paste"
	"why403/engine/explain"
	"why403/engine/places"
	"why403/engine/policy"
	"why403/engine/reason"
	"why403/engine/scenario"
)

// Proof is what came of judging both files.
type Proof struct {
	Proved   bool     `json:"proved"`   // the file was judged, and every fact is the same before and after
	Judged   bool     `json:"judged"`   // false where the file has errors: it has no answers to compare
	Requests int      `json:"requests"` // that were compared
	Checks   int      `json:"checks"`
	Steps    int      `json:"steps"` // statements and grants, each for each check
	Ways     int      `json:"ways"`
	Differs  []string `json:"differs"` // the facts that are not the same, in words; none where it is proved
}

// fact is one thing that has to be the same before and after. Names in it are
// mapped before it is compared.
type fact struct{ of, is string }

// known is all facts about one file.
type known struct {
	file     *scenario.File
	places   *places.Places
	facts    []fact
	problems []policy.Problem
	sections map[string]int
	requests map[string]int
	Proof
}

// facts judges a file. The text is what a diagnosis reads.
func facts(f *scenario.File, text string, _ func(string) string) *known {
	k := &known{file: f, places: places.New(f.Texts()), problems: f.Problems, sections: map[string]int{}, requests: map[string]int{}}
	for i := range f.Sections {
		k.sections[f.Sections[i].Name] = i
	}
	for i := range f.Requests {
		k.requests[f.Requests[i].Section] = i
	}
	k.Judged = !f.Errors()
	for i, a := range answer.File(f) {
		k.answer(fmt.Sprintf("request %d", i+1), &a)
		k.Requests++
	}
	k.add("the wanted answers", "%v", outcomes(f))
	if k.Judged && hasError(f) {
		k.diagnosis(diagnose.Of(orNone(f.Catalogue), paste.Scenario([]paste.Piece{{Name: "file", Text: text}}), nil))
	}
	return k
}

// none is a catalogue that knows no service.
type none struct{}

func (none) Service(string) *catalogue.Service { return nil }

func orNone(c catalogue.Catalogue) catalogue.Catalogue {
	if c == nil {
		return none{}
	}
	return c
}

func hasError(f *scenario.File) bool {
	return slices.ContainsFunc(f.Sections, func(s scenario.Section) bool {
		return s.Name == "error" || strings.HasPrefix(s.Name, "error/")
	})
}

func outcomes(f *scenario.File) (out []string) {
	for _, s := range f.Sections {
		if isWant(s.Name) {
			out = append(out, wanted(s.Text))
		}
	}
	return out
}

// wanted is the outcome that a section wants, or "".
func wanted(text string) string {
	first, _, _ := strings.Cut(text, "\n")
	first = strings.TrimSpace(first)
	if _, known := engine.ParseOutcome(first); known {
		return first
	}
	return ""
}

func (k *known) add(of, format string, args ...any) {
	k.facts = append(k.facts, fact{of, fmt.Sprintf(format, args...)})
}

// answer is the facts of the answer to one request.
func (k *known) answer(of string, a *answer.Answer) {
	k.add(of+": outcome", "%v %s %s", a.Outcome, a.DeniedBy, a.Mode)
	k.add(of+": which check decides", "%d of %d", a.Decisive, len(a.Checks))
	for i := range a.Checks {
		k.check(fmt.Sprintf("%s, check %d", of, i+1), &a.Checks[i])
	}
	for _, n := range a.Notes {
		k.add(of+": note", "%s", n.Code)
	}
	for i := range a.Possible {
		p := &a.Possible[i]
		k.add(of+": a check that is possible", "%s %s %s", p.Flow, p.Action, p.Outcome())
	}
	for _, p := range answer.NotEvaluated(k.file, k.places, a.Answer) {
		k.add(of+": not evaluated", "%d %s", k.sections[p.Section], p.Code)
	}
}

// check is the facts of one authorization.
func (k *known) check(of string, c *answer.Check) {
	k.Checks++
	d := c.Decision
	k.add(of+": action and outcome", "%s %v %s %v", c.Action, d.Outcome, c.Answer.DeniedBy, c.Open)
	k.add(of+": policy types", "%v %v %v %v %v %v", d.Present, d.Applies, d.Allows, d.Denies, d.Named, d.Granted)
	k.add(of+": gates", "%v %v %v %v", d.Withheld, d.Unsure, d.PublicBlock, d.ACLs)
	for i, s := range d.Steps {
		k.Steps++
		k.add(fmt.Sprintf("%s: step %d", of, i+1), "%v", s)
	}
	for i := range d.Ways {
		w := &d.Ways[i]
		k.Ways++
		k.add(fmt.Sprintf("%s: way %d", of, i+1), "%v %v %v %v %v", w.ID, w.Side, w.Needs, w.Blocked, w.Unsure)
	}
	for _, n := range d.Notes {
		k.add(of+": what can't be judged", "%v", n)
	}
	for _, p := range c.Parts {
		k.add(of+": part of a pattern", "%v", p.Outcome)
	}
	k.words(of, c.Answer)
}

// words is the facts that the words of an answer rest on.
func (k *known) words(of string, a *explain.Answer) {
	for _, s := range a.Said {
		k.add(of+": "+s.Label, "%s %s %s %v", s.Type, s.Side, s.Said, s.Decided)
	}
	for i := range a.Ways {
		w := &a.Ways[i]
		k.add(fmt.Sprintf("%s: way in %d", of, i+1), "%s %v %v %v", w.Side, w.Open, w.Unsure, w.Near)
	}
	for i := range a.Statements {
		s := &a.Statements[i]
		k.add(fmt.Sprintf("%s: statement %d", of, i+1), "%d %d %v %v %v %s %s %d %s", k.sections[s.Section], s.Index,
			s.Matched, s.Open, s.Decided, s.Names, s.Miss, len(s.Marks), s.Effect)
		for _, f := range s.Facts {
			k.add(fmt.Sprintf("%s: reason of statement %d", of, i+1), "%v %s %s %d %d", alike(f.Kind), f.Element, f.Operator, len(f.Policy),
				len(f.Request))
		}
	}
	for i := range a.Causes {
		k.add(fmt.Sprintf("%s: cause %d", of, i+1), "%d %s", a.Causes[i].Statement, alike(reason.Kind(a.Causes[i].Kind)))
	}
	if d := a.Depends; d != nil {
		k.add(of+": what it depends on", "%v", unknowns(d.On))
		k.add(of+": what changes nothing", "%v", unknowns(d.Whatever))
		k.add(of+": what allows and denies", "%v %v %v", lengths(d.AllowedIf), lengths(d.DeniedIf), d.Partial)
	}
}

// alike takes two kinds of reasons for one where only the look of names tells them
// apart: how many letters two of them have in common. No name is left for that.
func alike(kind reason.Kind) reason.Kind {
	switch kind {
	case reason.PrincipalDiffers:
		return reason.PrincipalOther
	case reason.ResourceDiffers:
		return reason.ResourceOther
	}
	return kind
}

// mark stands before what names are mapped in when facts are compared.
const mark = "\x00"

func unknowns(words []string) string { return mark + strings.Join(words, " ") }

func lengths(lists [][]string) (out []int) {
	for _, l := range lists {
		out = append(out, len(l))
	}
	return out
}

// diagnosis is the facts of holding AWS's message against the policies.
func (k *known) diagnosis(r *diagnose.Result) {
	k.add("diagnosis", "%s %s %v %s %s", r.Outcome, r.Verdict, r.Edit, r.Policies.Outcome, r.Policies.DeniedBy)
	if s := r.Said; s != nil {
		k.add("diagnosis: AWS's message", "%s %s %s %v %v %v %v", s.Outcome, s.Type, s.Action, s.Policy != "", s.Principal != "",
			s.Resource != "", s.NoPolicy != "")
	}
	for _, list := range []struct {
		name     string
		findings []diagnose.Finding
	}{{"proved", r.Proved}, {"possible", r.Possible}, {"ruled out", r.RuledOut}} {
		for i := range list.findings {
			f := &list.findings[i]
			at := ""
			if p := f.Place; p != nil {
				at = fmt.Sprintf("%d %d %s", k.sections[p.Section], p.Statement, p.Element)
			}
			k.add("diagnosis: "+list.name, "%s %s %s", f.ID, f.Type, at)
		}
	}
	if r.Next != nil {
		k.add("diagnosis: the next command", "%s", r.Next.ID)
	}
}

// compare holds the facts about both files against each other.
func compare(before, after *known, n *names, moved [][]edit) Proof {
	p := before.Proof
	p.Differs = []string{}
	told := map[string]bool{}
	differs := func(of string) {
		if !told[of] {
			told[of] = true
			p.Differs = append(p.Differs, of)
		}
	}
	if len(before.file.Sections) != len(after.file.Sections) || len(before.sections) != len(after.sections) {
		differs("the sections")
	}
	for i := range max(len(before.facts), len(after.facts)) {
		switch {
		case i >= len(before.facts):
			differs(after.facts[i].of)
		case i >= len(after.facts):
			differs(before.facts[i].of)
		case before.facts[i].of != after.facts[i].of || mapped(n, before.facts[i].is) != after.facts[i].is:
			differs(before.facts[i].of)
		}
	}
	compareProblems(before, after, moved, differs)
	p.Proved = len(p.Differs) == 0
	return p
}

// mapped is a fact with what stands for its names.
func mapped(n *names, is string) string {
	list, has := strings.CutPrefix(is, "["+mark)
	if !has {
		list, has = strings.CutPrefix(is, mark)
	}
	if !has {
		return is
	}
	return mark + n.unknowns(list)
}

// compareProblems compares what is wrong in both files: its code, and its place
// where no replacement moved it.
func compareProblems(before, after *known, moved [][]edit, differs func(string)) {
	if len(before.problems) != len(after.problems) {
		differs("the number of problems")
		return
	}
	for i := range before.problems {
		a, b := &before.problems[i], &after.problems[i]
		of := fmt.Sprintf("problem %d (%s)", i+1, a.Code)
		section, known := before.sections[a.Section]
		if a.Code != b.Code || a.Severity != b.Severity || known && section != after.sections[b.Section] {
			differs(of)
			continue
		}
		if !known {
			continue // about the file itself
		}
		if from, to := shifted(a.Span.Start, moved[section]); b.Span.Start < from || b.Span.Start > to {
			differs(of + ": its place")
		}
	}
}

// shifted is where a place is after the edits: one inside of an edit is somewhere in
// what it writes.
func shifted(at int, edits []edit) (from, to int) {
	by := 0
	for _, e := range edits {
		if e.span.Start >= at {
			break
		}
		if at < e.span.End {
			return e.span.Start + by, e.span.Start + by + len(e.text)
		}
		by += len(e.text) - (e.span.End - e.span.Start)
	}
	return at + by, at + by
}
