package answer

import (
	"slices"
	"strings"

	"why403/engine"
	"why403/engine/explain"
	"why403/engine/flow"
)

// encryption is the word for not knowing which key encrypts a resource.
var encryption = engine.Thing{Encryption: true}.String()

// Layers is what could count for any check of the call besides what is given, each once where no two checks have another state of it.
func (a *Answer) Layers() (out []explain.Layer) {
	for i := range a.Checks {
		for _, l := range explain.Layers(a.Checks[i].Decision.Check) {
			at := slices.IndexFunc(out, func(other explain.Layer) bool { return other.Name == l.Name && other.State == l.State })
			if at < 0 {
				out = append(out, l)
				continue
			}
			for _, folder := range l.In {
				if !slices.Contains(out[at].In, folder) {
					out[at].In = append(out[at].In, folder)
				}
			}
		}
	}
	return out
}

// whole makes one answer of the checks of a call, where none is denied in any
// case: the call depends on all that a check depends on, and on the key that
// encrypts the resource, where nothing tells. Where nobody said yet what is
// asked, there is none.
func (a *Answer) whole() {
	if a.Checks[0].Action == engine.NoAction {
		a.undecided(&explain.Depends{}, "Nobody said yet what is asked. Say who asks, for which action and on what resource, or bring "+
			"AWS's message.")
		a.Answer.Message, a.Answer.DeniedBy = "", ""
		return
	}
	if a.Outcome.Denied() {
		return
	}
	var parts []*explain.Depends
	for i := range a.Checks {
		if a.Checks[i].Decision.Outcome == engine.Undecided {
			parts = append(parts, a.Checks[i].Answer.Depends)
		}
	}
	if mayAskKMS(a.Checks, a.Possible) {
		parts = append(parts, &explain.Depends{On: []string{encryption}, Nouns: []string{"the key that encrypts it"},
			AllowedIf: [][]string{{"no KMS key encrypts it that keeps the caller out"}},
			DeniedIf:  [][]string{{"a KMS key encrypts it that keeps the caller out"}}})
	}
	if b := unknownBeside(a.Checks); b != nil {
		parts = append(parts, besideDepends(b))
	}
	if len(parts) == 0 || len(parts) == 1 && a.Outcome == engine.Undecided {
		return // what the check that is answered says is all
	}
	d := &explain.Depends{}
	for i, part := range parts {
		also(d, part, i == 0)
	}
	if a.Depends != nil {
		d.Whatever = a.Depends.Whatever
	}
	a.undecided(d, d.Verdict())
}

// undecided says that the answer depends on something.
func (a *Answer) undecided(d *explain.Depends, verdict string) {
	answered := *a.Answer
	answered.Outcome, answered.Depends, answered.Verdict = engine.Undecided, d, verdict
	a.Answer = &answered
}

// also takes in what another check of the call depends on: all of them have to
// be allowed, and one that is denied is enough.
func also(d, more *explain.Depends, first bool) {
	for i, on := range more.On {
		if !slices.Contains(d.On, on) {
			d.On, d.Nouns = append(d.On, on), append(d.Nouns, more.Nouns[i])
		}
	}
	d.Partial = d.Partial || more.Partial || !first && len(d.AllowedIf)+len(more.AllowedIf) > 2
	switch {
	case first:
		d.AllowedIf = more.AllowedIf
	case len(d.AllowedIf) == 0 || len(more.AllowedIf) == 0:
		d.AllowedIf, d.Partial = nil, true // of one of them no set was found
	default:
		both := slices.Clone(d.AllowedIf[0])
		for _, clause := range more.AllowedIf[0] {
			if !slices.Contains(both, clause) {
				both = append(both, clause)
			}
		}
		d.AllowedIf = [][]string{both}
	}
	for _, set := range more.DeniedIf {
		if !slices.ContainsFunc(d.DeniedIf, func(other []string) bool { return slices.Equal(set, other) }) {
			d.DeniedIf = append(d.DeniedIf, set)
		}
	}
}

// beside is the word for not knowing what a system of permissions beside IAM
// answers.
var beside = engine.Thing{Beside: true}.String()

// unknownBeside is the first such system that a check of the call asks, where
// it is said that nobody knows what it answers; or nil.
func unknownBeside(checks []Check) *engine.Beside {
	for i := range checks {
		if b, answer := checks[i].Beside(); answer == engine.BesideUnknown {
			return b
		}
	}
	return nil
}

// Fillings is ways in which everything that is not known could be, with what a
// system of permissions beside IAM answers.
func (a *Answer) Fillings() (out []engine.Filling) {
	if a.Outcome != engine.Undecided {
		return nil
	}
	if a.Decision.Depends != nil {
		out = slices.Clone(a.Decision.Depends.Fillings)
	}
	b := unknownBeside(a.Checks)
	if b == nil {
		return out
	}
	if a.Decision.Outcome == engine.Allowed { // IAM decides nothing then
		out = []engine.Filling{{Outcome: engine.Allowed}, {Outcome: engine.ImplicitDeny}}
	}
	for i := range out {
		out[i].Beside = engine.BesideFact{Name: b.Name, Allows: out[i].Outcome == engine.Allowed}
	}
	return out
}

func besideDepends(b *engine.Beside) *explain.Depends {
	return &explain.Depends{On: []string{beside}, Nouns: []string{"what " + b.Noun + " allows"},
		AllowedIf: [][]string{{b.Noun + " lets the caller in"}}, DeniedIf: [][]string{{b.Noun + " does not let the caller in"}}}
}

// besideNotes tell of permissions beside IAM that a call asks, where nothing
// says what they are.
func besideNotes(checks []Check) (notes []flow.Note) {
	for i := range checks {
		b, answer := checks[i].Beside()
		if b == nil || answer != engine.BesideUnsaid || checks[i].Decision.Outcome.Denied() {
			continue
		}
		when := ""
		if b.When != "" {
			when = " if " + b.When
		}
		note := flow.Note{Code: "beside", Doc: b.Doc, Message: b.Noun + " is asked after IAM" + when + ", and can still deny " +
			checks[i].Action + ". Look at " + b.Look + ". Then add “layer: " + b.Name + " allow”, or deny."}
		if !slices.Contains(notes, note) {
			notes = append(notes, note)
		}
	}
	return notes
}

// mayAskKMS reports whether a call also asks KMS if the resource is encrypted,
// which nothing tells, and the answer to that is not known to be yes.
func mayAskKMS(checks []Check, possible []Possible) bool {
	if !slices.ContainsFunc(checks, func(c Check) bool { return c.UnknownEncryption() }) {
		return false
	}
	return slices.ContainsFunc(possible, func(p Possible) bool {
		return strings.HasPrefix(p.Action, "kms:") && (p.Decision == nil || p.Decision.Outcome != engine.Allowed)
	})
}
