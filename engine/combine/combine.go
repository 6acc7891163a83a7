// Package combine computes access combinations: every way in which the policies
// of a request give access together, or not.
//
// Every row is a whole scenario, and the engine decides it. What makes the
// rows is here; what comes out of them is written down nowhere.
package combine

import (
	"strings"

	"why403/engine"
	"why403/engine/explain"
	"why403/engine/scenario"
)

// Form is what one part says about the caller.
type Form string

// The forms that say nothing for the caller. Packages with parts of their own
// have more.
const (
	None   Form = "none"   // there is no such thing
	Absent Form = "absent" // the resource has no policy
	Silent Form = "silent" // there is one, and it says nothing about the request
)

// Mode says whether caller and resource are in one account.
type Mode string

// The modes.
const (
	SameAccount  Mode = "same-account"
	CrossAccount Mode = "cross-account"
)

// Modes is both, one account before two.
var Modes = []Mode{SameAccount, CrossAccount}

// Word is a form with its name for people.
type Word struct {
	Form  Form
	Label string
	In    Mode // the only mode that has it, or "" for both
}

// Part is one of the things that are combined.
type Part struct {
	Name  string // for programs
	Label string // for people: the head of its column
	Words []Word
}

// Say says a form in words.
func (p *Part) Say(f Form) string {
	for _, w := range p.Words {
		if w.Form == f {
			return w.Label
		}
	}
	return ""
}

// Case is one choice of a form for each part. Forms beyond the parts are "".
type Case struct {
	Mode  Mode
	Forms [4]Form
}

// Table is the combinations of some parts.
type Table struct {
	ID    string // in addresses, and for programs
	Title string
	Doc   string // the AWS page behind it
	Parts []Part
	Write func(Case) string // the text of the scenario file of a case
}

// Row is a case with what the engine decides.
type Row struct {
	Case
	Outcome  engine.Outcome
	Minimal  bool   // allowed, and nothing can be taken away
	Reason   string // the verdict, one sentence
	Scenario string // the text of the scenario file
}

// ID names a case, such as
// "same-account/delegation/allow/none".
func (c Case) ID() string {
	var b strings.Builder
	b.WriteString(string(c.Mode))
	for _, f := range c.Forms {
		if f != "" {
			b.WriteString("/" + string(f))
		}
	}
	return b.String()
}

// Labels says each part of a case in words.
func (t *Table) Labels(c Case) []string {
	out := make([]string, len(t.Parts))
	for i := range t.Parts {
		out[i] = t.Parts[i].Say(c.Forms[i])
	}
	return out
}

// Cases lists every case, one account before two.
func (t *Table) Cases() (out []Case) {
	for _, mode := range Modes {
		out = append(out, t.cases(Case{Mode: mode}, 0)...)
	}
	return out
}

// cases lists every case whose parts before the given one are chosen.
func (t *Table) cases(c Case, part int) (out []Case) {
	if part == len(t.Parts) {
		return []Case{c}
	}
	for _, w := range t.Parts[part].Words {
		if w.In == "" || w.In == c.Mode {
			c.Forms[part] = w.Form
			out = append(out, t.cases(c, part+1)...)
		}
	}
	return out
}

// Rows decides every case.
func (t *Table) Rows() []Row {
	cases := t.Cases()
	rows := make([]Row, len(cases))
	for i, c := range cases {
		rows[i] = t.row(c)
	}
	for i := range rows {
		rows[i].Minimal = minimal(rows, &rows[i])
	}
	return rows
}

func (t *Table) row(c Case) Row {
	text := t.Write(c)
	decision := engine.Decide(scenario.Parse(text).Requests[0].Check)
	return Row{Case: c, Outcome: decision.Outcome, Scenario: text, Reason: explain.Conclusion(decision)}
}

// minimal reports whether a row allows, and no row that has less does.
func minimal(rows []Row, row *Row) bool {
	if row.Outcome != engine.Allowed {
		return false
	}
	for i := range rows {
		other := &rows[i]
		if other.Outcome == engine.Allowed && other.Case != row.Case && other.within(row.Case) {
			return false
		}
	}
	return true
}

// within reports whether c is what is left of d when some of its parts are
// taken away. Naming the caller and naming the account are two kinds of thing,
// so neither is less than the other.
func (c Case) within(d Case) bool {
	if c.Mode != d.Mode {
		return false
	}
	for i := range c.Forms {
		if !less(c.Forms[i], d.Forms[i]) {
			return false
		}
	}
	return true
}

func less(a, b Form) bool {
	switch a {
	case b, None, Absent:
		return true
	case Silent:
		return b != None && b != Absent
	}
	return false
}
