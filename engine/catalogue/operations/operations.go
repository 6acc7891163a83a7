// Package operations knows the API operations that aren't authorized by the
// action of their name, or not by it alone. Of every other operation, name and
// action are the same. The catalogue's data is written from this table, and the
// import reads it: an error names an operation.
package operations

import (
	"slices"
	"strings"
	"sync"
)

// Row is an API operation and the actions that it is authorized as, with their
// prefixes.
type Row struct {
	Prefix string // of the service
	Name   string
	Page   string // of AWS that says so
	// Actions is what a call needs; "?" is behind an action that it needs
	// besides, or instead, only if it says more. Without any, a call needs no
	// permission.
	Actions []string
}

// Action is the action that a plain call is asked for first, or "".
func (r *Row) Action() string {
	if len(r.Actions) == 0 || strings.HasSuffix(r.Actions[0], "?") {
		return ""
	}
	return r.Actions[0]
}

// All gives every row, those of a table in its order.
func All(yield func(Row) bool) {
	for _, table := range tables {
		for line := range strings.Lines(table.rows) {
			if words := strings.Fields(line); len(words) > 0 && !yield(row(table.prefix, table.page, words)) {
				return
			}
		}
	}
	for _, table := range byAction {
		prefix, _, _ := strings.Cut(table.action, ":")
		for name := range strings.FieldsSeq(table.operations) {
			if !yield(Row{prefix, name, table.page, []string{table.action}}) {
				return
			}
		}
	}
}

// row reads the words of a line.
func row(prefix, page string, words []string) Row {
	r := Row{Prefix: prefix, Name: words[0], Page: page}
	for _, action := range words[1:] {
		switch {
		case action == "-":
		case strings.Contains(action, ":"):
			r.Actions = append(r.Actions, action)
		default:
			r.Actions = append(r.Actions, prefix+":"+action)
		}
	}
	return r
}

// byName is the rows of each name, in the order of [All]: a long text of errors
// asks for thousands.
var byName = sync.OnceValue(func() map[string][]Row {
	rows := map[string][]Row{}
	for r := range All {
		rows[r.Name] = append(rows[r.Name], r)
	}
	return rows
})

// severalHave is the names that operations of several services have.
var severalHave = sync.OnceValue(func() []string { return strings.Fields(shared) })

// Find is the row of an operation of a service, or of the only service that
// has an operation of this name where none is given.
func Find(prefix, name string) (found Row, ok bool) {
	if prefix == "" && slices.Contains(severalHave(), name) {
		return Row{}, false
	}
	for _, r := range byName()[name] {
		if prefix == "" || r.Prefix == prefix {
			return r, true
		}
	}
	return Row{}, false
}
