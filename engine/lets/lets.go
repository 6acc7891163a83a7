// Package lets writes one policy as a table: what it lets through over all that
// its statements read. Each row is a request that differs from the one at hand in
// these things alone, and the engine says what the policy, by itself, makes of it.
package lets

import (
	"slices"
	"strconv"
	"strings"

	"why403/engine"
	"why403/engine/flow"
	"why403/engine/policy"
	"why403/engine/scenario"
)

// Bounds of a table.
const (
	MaxRows  = 64
	maxKeys  = 24       // condition keys that requests differ in
	maxTried = 2048     // requests that are put to the engine
	maxRead  = 64 << 20 // bytes of the policy that are read for them
)

// Table is what a policy says of requests that differ in what it reads.
type Table struct {
	Section string
	Label   string   // of the type of the policy
	Request string   // the name of the request that the others differ from, or ""
	Head    []string // what the requests differ in
	Rows    []Row
	Same    []string // what the policy reads that makes no difference here
	Cut     []string // what is left out, in sentences
}

// Row is the requests that have one value of each column.
type Row struct {
	Cells     []string // one for each of Table.Head
	Says      engine.Says
	Statement string // that decides, or ""
	Asked     bool   // the request at hand is one of them
}

// words is what a policy says, by itself.
var words = [...]string{
	engine.Silent: "not matched", engine.SaysAllow: "allowed", engine.SaysDeny: "explicitly denied", engine.SaysOpen: "not known",
}

// Word is what the policy says of the requests of a row.
func (r *Row) Word() string { return words[r.Says] }

// Notes is what is to be said beside the table, in sentences.
func (t *Table) Notes() (out []string) {
	if len(t.Same) > 0 {
		out = append(out, "The policy reads "+policy.List(t.Same)+" too, which makes no difference for this request.")
	}
	if len(t.Cut) > 0 {
		out = append(out, "Not all is shown. "+strings.Join(t.Cut, " "))
	}
	return out
}

// Any is the cell of what makes no difference in a row.
const Any = "any"

// Of makes the table of the policy in a section, for a request of the file: the
// first one of that name for which the policy counts, or of any name where name
// is "". Problem says, in a sentence, why there is none.
func Of(f *scenario.File, section, name string) (t *Table, problem string) {
	held := false
	for i := range f.Requests {
		r := &f.Requests[i]
		if name != "" && r.Name != name {
			continue
		}
		for _, check := range checks(r) {
			at := slices.IndexFunc(check.Policies, func(p *engine.Policy) bool { return p.Name == section })
			held = held || at >= 0
			if at >= 0 && check.Counts(check.Policies[at]) {
				return of(check.Check, check.Policies[at], r.Name), ""
			}
		}
	}
	_, there := f.Section(section)
	switch {
	case name != "" && !slices.ContainsFunc(f.Requests, func(r scenario.Request) bool { return r.Name == name }):
		return nil, "There is no request " + name + "."
	case !there:
		return nil, "There is no section " + section + "."
	case !scenario.HoldsPolicy(section):
		return nil, "The section " + section + " does not hold a policy."
	case !held:
		return nil, "No request here is judged by a policy in " + section + "."
	}
	return nil, "AWS does not look at the policy in " + section + " for the requests here."
}

// checks is all that the call of a request makes; none where it can't be.
func checks(r *scenario.Request) []flow.Check {
	if r.Check == nil {
		return nil
	}
	call, err := flow.Of(r.World, r.Request, r.Resources...)
	if err != nil {
		return nil
	}
	return call.Checks
}

func of(check *engine.Check, p *engine.Policy, request string) *Table {
	b := newBuilder(check, p)
	t := &Table{Section: p.Name, Label: p.Type.Label(), Request: request, Cut: b.cut}
	rows := b.rows(0)
	keep := b.telling(rows)
	for i := range b.columns {
		if keep[i] {
			t.Head = append(t.Head, b.columns[i].head)
		} else {
			t.Same = append(t.Same, b.columns[i].head)
		}
	}
	if more := len(rows) - MaxRows; more > 0 {
		rows = rows[:MaxRows]
		t.Cut = append(t.Cut, "These are the first "+strconv.Itoa(MaxRows)+" of "+strconv.Itoa(MaxRows+more)+" rows.")
	}
	for _, r := range rows {
		row := Row{Says: r.says, Statement: statementName(p, r.statement), Asked: r.asked}
		for i, cell := range r.cells {
			if keep[i] {
				row.Cells = append(row.Cells, cell)
			}
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

// statementName is the Sid of a statement, or its number.
func statementName(p *engine.Policy, index int) string {
	if index < 0 {
		return ""
	}
	if sid := p.Statements[index].Sid.Value; sid != "" {
		return sid
	}
	return "statement " + strconv.Itoa(index+1)
}
