package fix

import (
	"slices"
	"strings"

	"why403/engine"
	"why403/engine/answer"
	"why403/engine/scenario"
)

// offer makes a fix of moves that let the request in, unless some of them do
// alone.
func (f *finder) offer(n *node) {
	var steps []string
	for i := range n.moves {
		steps = append(steps, n.moves[i].title)
	}
	if f.known(steps) {
		return
	}
	f.share -= f.search.cost(n.file.Text(""))
	after := f.search.after(n.file)
	if after == nil {
		return
	}
	x := Fix{Request: f.file.Requests[f.index].Check.Name, Kind: n.moves[0].kind, Steps: steps, Title: title(steps)}
	for i := range n.moves {
		m := &n.moves[i]
		if m.kind != x.Kind {
			x.Kind = SeveralChanges
		}
		x.Traits |= m.traits
		if m.loosens != "" && !slices.Contains(x.Loosens, m.loosens) {
			x.Loosens = append(x.Loosens, m.loosens)
		}
		if m.note != "" && !slices.Contains(x.Notes, m.note) {
			x.Notes = append(x.Notes, m.note)
		}
		if m.owner != "" && !strings.Contains(x.Owner, m.owner) {
			x.Owner = joined(x.Owner, " and ", m.owner)
		}
		f.edit(&x, n.file, m.section)
	}
	if len(n.lost) > 0 {
		x.Traits |= DropsGuard
		x.Loosens = append(x.Loosens, "Lets the request in without "+list(n.lost)+" too, which each of the closest statements asks for.")
	}
	if len(n.depends) > 0 {
		x.Notes = append(x.Notes, "It then depends on "+list(n.depends)+", which nothing here tells.")
	}
	f.results(&x, after)
	x.letter(f.file, n)
	f.found = append(f.found, x)
}

// maxLong is how many fixes of several steps are told.
const maxLong = 2

// known reports whether a fix with some of these steps alone is there, or with all
// of them but one, or enough of several steps.
func (f *finder) known(steps []string) bool {
	long := 0
	for i := range f.found {
		have, same := f.found[i].Steps, 0
		if len(have) > 1 {
			long++
		}
		for _, s := range steps {
			if slices.Contains(have, s) {
				same++
			}
		}
		if contains(steps, have) || len(steps) > 2 && same >= len(steps)-1 {
			return true
		}
	}
	return len(steps) > 1 && long == maxLong
}

// contains reports whether a list has all of another.
func contains(list, all []string) bool {
	for _, s := range all {
		if !slices.Contains(list, s) {
			return false
		}
	}
	return true
}

// title is several titles as one.
func title(steps []string) string {
	out := steps[0]
	for i := 1; i < len(steps); i++ {
		if steps[i] == steps[i-1] {
			out += ", twice"
			continue
		}
		out += ", and " + strings.ToLower(steps[i][:1]) + steps[i][1:]
	}
	return out
}

func joined(a, between, b string) string {
	if a == "" {
		return b
	}
	return a + between + b
}

// edit notes the new text of a section.
func (f *finder) edit(x *Fix, file *scenario.File, section string) {
	for i := range x.Edits {
		if x.Edits[i].Section == section {
			return
		}
	}
	old, _ := f.file.Section(section)
	text, _ := file.Section(section)
	x.Edits = append(x.Edits, Edit{section, old, text})
}

// results judges every request, and says which others are let in.
func (f *finder) results(x *Fix, after *scenario.File) {
	for i := range f.file.Requests {
		r := Result{f.file.Requests[i].Check.Name, f.search.Outcome(i), answer.Outcome(&after.Requests[i])}
		x.Results = append(x.Results, r)
		if i != f.index && r.Before != engine.Allowed && r.After == engine.Allowed {
			x.Loosens = append(x.Loosens, "Lets in "+requestName(r.Request)+" of this file too, which was denied.")
		}
	}
}

func requestName(name string) string {
	if name == "" {
		return "the request without a name"
	}
	return "the request " + name
}
