package fix

import (
	"strings"

	"why403/engine/explain"
	"why403/engine/scenario"
)

// letter writes what to send to who alone can make the change: whose policies
// count, and the statements that change. The rest of a policy is not needed.
func (x *Fix) letter(before *scenario.File, n *node) {
	if x.Owner == "" {
		return
	}
	r := &before.Requests[0]
	for i := range before.Requests {
		if before.Requests[i].Check.Name == x.Request {
			r = &before.Requests[i]
		}
	}
	x.Letter = explain.Letter(x.Owner, r.Check.Principal.Attached(), r.Check.Action, r.Check.Resource) + "Please:\n"
	for _, s := range x.Steps {
		x.Letter += "- " + s + ".\n"
	}
	for _, e := range x.Edits {
		if isRequest(e.Section) {
			continue
		}
		for _, changed := range e.news() {
			x.Letter += "\nIn " + e.Section + ":\n\n" + changed + "\n"
		}
	}
	for _, l := range x.Loosens {
		x.Letter += "\n" + l
	}
	x.Letter += "\n"
}

// news is the statements, or the grants, that an edit changes or adds, as they
// are written. A new text is one whole.
func (e *Edit) news() (out []string) {
	if e.Old == "" {
		return []string{strings.TrimSpace(e.Text)}
	}
	x := exported{Edit: *e, grant: e.ofGrants()}
	for _, s := range x.changed() {
		out = append(out, s.text[s.Span.Start:s.Span.End])
	}
	return out
}

func isRequest(section string) bool {
	_, ok := scenario.RequestName(section)
	return ok
}
