package main

import (
	"fmt"
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
		fmt.Fprintf(w, "%s:%s\t%s\n", s.Prefix, s.Actions[i].Name, s.Actions[i].Level)
	}
	w.Flush()
	return exitOK
}

// action tells of an operation, if one has the name, and of its action, or of
// the action of that name.
func (a *app) action(s *catalogue.Service, name string) int {
	if o := s.Operation(name); o != nil {
		a.operation(s, o)
		return exitOK
	}
	if known := s.Action(name); known != nil {
		a.details(s, known)
		return exitOK
	}
	fmt.Fprintf(a.stdout, "There is no action %s:%s.", s.Prefix, name)
	if nearest := s.Nearest(name); nearest != nil {
		fmt.Fprintf(a.stdout, " Did you mean %s:%s?", s.Prefix, nearest.Name)
	}
	fmt.Fprintln(a.stdout)
	return exitProblems
}

func (a *app) operation(s *catalogue.Service, o *catalogue.Operation) {
	fmt.Fprintf(a.stdout, "The API operation %s ", o.Name)
	switch {
	case len(o.Always)+len(o.Sometimes) == 0:
		fmt.Fprintf(a.stdout, "of %s needs no permission.\n", s.Name)
	case len(o.Always) == 0:
		fmt.Fprintf(a.stdout, "needs one or more of %s.\n", strings.Join(o.Sometimes, ", "))
	default:
		fmt.Fprintf(a.stdout, "needs %s", strings.Join(o.Always, " and "))
		if len(o.Sometimes) > 0 {
			fmt.Fprintf(a.stdout, "; for more than a plain call also, or instead, %s", strings.Join(o.Sometimes, ", "))
		}
		fmt.Fprintln(a.stdout, ".")
	}
	for _, full := range o.Always {
		prefix, name, _ := strings.Cut(full, ":")
		of := data.All().Service(prefix)
		fmt.Fprintln(a.stdout)
		a.details(of, of.Action(name))
	}
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
	if len(action.Dependent) > 0 {
		fmt.Fprintf(a.stdout, "  may also need: %s\n", strings.Join(action.Dependent, ", "))
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
