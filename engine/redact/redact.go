// Package redact replaces the names in a scenario by stand-ins, and proves that
// the answers stay the same.
//
// What is not known to be AWS's own is replaced. Equal names get equal stand-ins,
// and a name that a pattern takes apart ("app*" and "application") gets a
// stand-in in the same parts, so that every comparison comes out as before. Both
// files are then judged and held against each other. Where they differ, the
// names that make the difference stay, and are marked.
package redact

import (
	"strconv"

	"why403/engine/catalogue"
	"why403/engine/scenario"
)

// Title is that of every redacted scenario: titles and notes are a person's own
// words, and are left out.
const Title = "Redacted scenario"

// Class is what sort of name was replaced.
type Class string

// The classes.
const (
	Name    Class = "name"
	Number  Class = "number"
	Account Class = "account"
	ID      Class = "ID"
	Address Class = "address"
)

// Replacement is one name of the file and what stands for it.
type Replacement struct {
	Class Class  `json:"class"`
	Old   string `json:"old"`
	New   string `json:"new"`
	Times int    `json:"times"`
	Kept  bool   `json:"kept"` // it stays, as an answer would change without it: New is Old
	Why   string `json:"why"`  // what would change; "" for what is replaced
}

// Result is a redacted scenario. The list of replacements tells the names: it
// is for who redacts, not for who gets the scenario.
type Result struct {
	Text     string        `json:"text"`
	Replaced []Replacement `json:"replaced"` // in the order of the file
	Removed  []string      `json:"removed"`  // what was left out, in words
	Proof    Proof         `json:"proof"`
	Look     []string      `json:"look"` // what to look at before it is sent, in sentences
}

// MaxSize is the longest scenario that is redacted, in bytes, and MaxStatements how
// many statements judge its requests, as [scenario.File.Statements] counts them: all
// of them are explained twice, for the proof.
//
// MaxWork is how many steps it may take to judge several requests, see
// [scenario.File.Work].
const (
	MaxSize       = 2 << 20
	MaxStatements = scenario.MaxStatements / 2
	MaxWork       = scenario.MaxWork / 8
)

// Of redacts a scenario. The same text gives the same result.
func Of(c catalogue.Catalogue, text string) *Result {
	if len(text) > MaxSize {
		return refused("This scenario is longer than " + strconv.Itoa(MaxSize>>20) + " MiB, and is not read. Remove what does not count for " +
			"the request.")
	}
	f := scenario.ParseWith(c, text)
	work := f.Work()
	if f.Statements() > MaxStatements || len(f.Requests) > 1 && work > MaxWork {
		return refused("The requests of this scenario, or the statements that they are judged by, are too many to prove that all answers " +
			"stay as they are. Remove requests, or policies that do not count for them.")
	}
	s := search{file: f, size: max(len(text), 1), work: work, before: facts(f, text, identity), kept: map[string]string{}}
	best := s.attempt()
	if !best.proof.Proved {
		best = s.keep(best)
	}
	return s.result(best)
}

// refused is the result of a scenario that is not redacted.
func refused(why string) *Result {
	return &Result{Replaced: []Replacement{}, Removed: []string{}, Look: []string{}, Proof: Proof{Differs: []string{why}}}
}

// identity is the naming of the file itself.
func identity(s string) string { return s }

// try is one redaction, with its proof.
type try struct {
	text  string
	names *names
	proof Proof
}

// attempt redacts with what is kept so far.
func (s *search) attempt() *try {
	s.tries++
	n := collect(s.file, s.kept)
	out, moved := rewrite(s.file, n)
	t := &try{names: n}
	t.text = s.withWants(out)
	after := scenario.ParseWith(s.file.Catalogue, t.text)
	t.proof = compare(s.before, facts(after, t.text, identity), n, moved)
	return t
}

// result is the last attempt for a reader.
func (s *search) result(t *try) *Result {
	r := &Result{Text: t.text, Replaced: t.names.list(s.kept), Removed: removed(s.file), Proof: t.proof, Look: look(s.file, t.names)}
	r.Proof.Proved = r.Proof.Proved && r.Proof.Judged
	return r
}
