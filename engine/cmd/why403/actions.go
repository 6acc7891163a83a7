package main

import (
	"fmt"
	"slices"
	"strings"
	"text/tabwriter"

	"why403/engine/catalogue"
	"why403/engine/catalogue/data"
)

// actions tells what AWS knows of a service, an action or an API operation.
func (a *app) actions(args []string) int {
	set := flags("actions")
	if err := set.Parse(args); err != nil {
		return a.usage(err.Error())
	}
	if set.NArg() != 1 {
		return a.usage("actions needs one name: a service as s3, an action as s3:GetObject, or an API operation as s3:HeadObject")
	}
	prefix, name, complete := strings.Cut(set.Arg(0), ":")
	service := data.All().Service(prefix)
	switch {
	case complete && service != nil:
		return a.action(service, name)
	case service != nil:
		return a.service(service)
	case complete:
		return a.noService(prefix)
	}
	return a.anywhere(prefix)
}

// service lists the actions of a service.
func (a *app) service(s *catalogue.Service) int {
	fmt.Fprintf(a.stdout, "%s: %s\n%s\n", s.Prefix, s.Name, s.Page())
	if s.RCP {
		fmt.Fprintln(a.stdout, "Resource control policies apply.")
	}
	if s.NoPolicies {
		fmt.Fprintln(a.stdout, "Its resources have no resource-based policies.")
	}
	fmt.Fprintln(a.stdout)
	w := tabwriter.NewWriter(a.stdout, 0, 0, 2, ' ', 0)
	for i := range s.Actions {
		action := &s.Actions[i]
		fmt.Fprintf(w, "%s:%s\t%s", s.Prefix, action.Name, action.Level)
		if action.PermissionOnly {
			fmt.Fprint(w, ", no API operation")
		}
		fmt.Fprintln(w)
	}
	w.Flush()
	if len(s.Operations) > 0 {
		fmt.Fprintln(a.stdout, "\nEvery other API operation needs the action of its name.")
		a.operations(rowsOf(s, s.Operations...))
	}
	return exitOK
}

// action tells of an operation and its actions, or of an action.
func (a *app) action(s *catalogue.Service, name string) int {
	o, known := s.Operation(name), s.Action(name)
	switch {
	case o != nil:
		rows := rowsOf(s, *o)
		if known != nil {
			others := rowsNeeding(s, known)
			own := func(row need) bool { return strings.EqualFold(row.operation, s.Prefix+":"+o.Name) }
			rows = append(rows, slices.DeleteFunc(others, own)...)
		}
		a.operations(rows)
		for _, full := range o.Always {
			prefix, name, _ := strings.Cut(full, ":")
			of := data.All().Service(prefix)
			fmt.Fprintln(a.stdout)
			a.details(of, of.Action(name))
		}
	case known != nil:
		a.operations(rowsNeeding(s, known))
		fmt.Fprintln(a.stdout)
		a.details(s, known)
	default:
		fmt.Fprintf(a.stdout, "There is no action %s:%s.", s.Prefix, name)
		if nearest := s.Nearest(name); nearest != nil {
			fmt.Fprintf(a.stdout, " Did you mean %s:%s?", s.Prefix, nearest.Name)
		}
		fmt.Fprintln(a.stdout)
		return exitProblems
	}
	return exitOK
}

// need is a line of the table of operations: an operation, an action that it
// needs, and for which calls.
type need struct{ operation, action, when string }

const (
	everyCall  = "every call"
	someCalls  = "if the call says more, or instead"
	oneOfThese = "one or more of these, as the call says"
	perhaps    = "perhaps, as another request"
)

// rowsOf is what operations of a service need.
func rowsOf(s *catalogue.Service, operations ...catalogue.Operation) (rows []need) {
	for _, o := range operations {
		name := s.Prefix + ":" + o.Name
		if len(o.Always)+len(o.Sometimes) == 0 {
			rows = append(rows, need{name, "-", "no permission is needed"})
		}
		for _, action := range o.Always {
			rows = append(rows, need{name, action, everyCall})
		}
		when := someCalls
		if len(o.Always) == 0 {
			when = oneOfThese
		}
		for _, action := range o.Sometimes {
			rows = append(rows, need{name, action, when})
		}
	}
	return rows
}

// rowsNeeding is the operations that need an action: that of its name, and
// those of all services that have a row of their own.
func rowsNeeding(s *catalogue.Service, action *catalogue.Action) (rows []need) {
	full := s.Prefix + ":" + action.Name
	if !action.PermissionOnly {
		rows = append(rows, need{full, full, everyCall})
		for _, other := range action.Dependent {
			rows = append(rows, need{full, other, perhaps})
		}
	}
	for _, prefix := range data.All().Prefixes() {
		of := data.All().Service(prefix)
		for _, row := range rowsOf(of, of.Operations...) {
			if row.action == full {
				rows = append(rows, row)
			}
		}
	}
	if len(rows) == 0 {
		rows = append(rows, need{"-", full, "no API operation has this name: others need it, or a service asks for it"})
	}
	return rows
}

// operations prints the table of operations: an operation stands in its first
// line alone.
func (a *app) operations(rows []need) {
	w := tabwriter.NewWriter(a.stdout, 0, 0, 2, ' ', 0)
	fmt.Fprintln(w, "API operation\taction\tneeded for")
	last := ""
	for _, row := range rows {
		name := row.operation
		if name == last {
			name = ""
		}
		last = row.operation
		fmt.Fprintf(w, "%s\t%s\t%s\n", name, row.action, row.when)
	}
	w.Flush()
}

// details prints an action.
func (a *app) details(s *catalogue.Service, action *catalogue.Action) {
	fmt.Fprintf(a.stdout, "%s:%s  %s\n", s.Prefix, action.Name, action.Level)
	if action.PermissionOnly {
		fmt.Fprintln(a.stdout, "  No API operation has this name.")
	}
	if action.WildcardOnly() {
		fmt.Fprintln(a.stdout, "  It has no resource: only Resource \"*\" covers it.")
	}
	for i := range action.Uses {
		use := &action.Uses[i]
		required := ""
		if use.Required {
			required = ", required"
		}
		fmt.Fprintf(a.stdout, "  on %s%s\n", use.Type.Name, required)
		for _, form := range use.Type.Forms {
			fmt.Fprintf(a.stdout, "    %s\n", form)
		}
		a.keys("    ", use.Keys, use.Type.Keys)
	}
	a.keys("  ", action.Keys)
	if action.NoResourceAccount {
		fmt.Fprintln(a.stdout, "  Its requests don't carry aws:ResourceAccount.")
	}
	fmt.Fprintf(a.stdout, "  %s\n", s.Page())
}

// keys prints lists of keys as one, each key once.
func (a *app) keys(indent string, lists ...[]*catalogue.Key) {
	var names []string
	seen := map[*catalogue.Key]bool{}
	for _, list := range lists {
		for _, key := range list {
			if seen[key] {
				continue
			}
			seen[key] = true
			if key.Multi {
				names = append(names, key.Name+" (several values)")
			} else {
				names = append(names, key.Name)
			}
		}
	}
	if len(names) > 0 {
		fmt.Fprintf(a.stdout, "%skeys: %s\n", indent, strings.Join(names, ", "))
	}
}

// anywhere finds an action or operation without its prefix. Of several it
// prints the names.
func (a *app) anywhere(name string) int {
	var found []*catalogue.Service
	for _, prefix := range data.All().Prefixes() {
		if s := data.All().Service(prefix); s.Action(name) != nil || s.Operation(name) != nil {
			found = append(found, s)
		}
	}
	switch len(found) {
	case 0:
		return a.noService(name)
	case 1:
		return a.action(found[0], name)
	}
	for _, s := range found {
		fmt.Fprintf(a.stdout, "%s:%s\n", s.Prefix, spelling(s, name))
	}
	return exitOK
}

// spelling is AWS's spelling of an action or operation that a service has.
func spelling(s *catalogue.Service, name string) string {
	if known := s.Action(name); known != nil {
		return known.Name
	}
	return s.Operation(name).Name
}

func (a *app) noService(name string) int {
	fmt.Fprintf(a.stdout, "There is no service, action or API operation %s.", name)
	prefixes := data.All().Prefixes()
	if i := catalogue.NearestOf(name, prefixes); i >= 0 {
		fmt.Fprintf(a.stdout, " Did you mean %s?", prefixes[i])
	}
	fmt.Fprintln(a.stdout)
	return exitProblems
}
