package fix

import (
	"slices"
	"strings"

	"why403/engine"
	"why403/engine/policy"
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
	x.Letter = "To " + x.Owner + "\n\n" + caller(&r.Check.Principal) + " needs " + r.Check.Action + " on " + r.Check.Resource +
		", and is denied.\nPlease:\n"
	for _, s := range x.Steps {
		x.Letter += "- " + s + ".\n"
	}
	for _, e := range x.Edits {
		if isRequest(e.Section) {
			continue
		}
		for _, changed := range changedIn(e.Section, e.Old, e.Text) {
			x.Letter += "\nIn " + e.Section + ":\n\n" + changed + "\n"
		}
	}
	for _, l := range x.Loosens {
		x.Letter += "\n" + l
	}
	x.Letter += "\n"
}

// caller is who the policies are for: the role of a session, or the user.
func caller(p *engine.Principal) string {
	if arn := p.Attached(); arn != "" {
		return arn
	}
	return p.ARN
}

// changedIn is the statements, or the grants, that a text has and did not have
// before, as they are written. A new text is one whole.
func changedIn(section, old, text string) (changed []string) {
	before := parts(section, old)
	if len(before) == 0 {
		return []string{strings.TrimSpace(text)}
	}
	for _, part := range parts(section, text) {
		if !slices.Contains(before, part) {
			changed = append(changed, part)
		}
	}
	return changed
}

// parts is the statements of a policy, or the grants of a list.
func parts(section, text string) (out []string) {
	root, problems := policy.ParseJSON(section, text)
	if policy.Errors(problems) {
		return nil
	}
	list := root
	for _, name := range []string{"Statement", "Grants"} {
		if n, ok := root.Field(name); ok {
			list = n
		}
	}
	items := list.Items
	if list.Kind != policy.Array {
		items = []policy.Node{*list}
	}
	for i := range items {
		out = append(out, text[items[i].Span.Start:items[i].Span.End])
	}
	return out
}

func isRequest(section string) bool {
	_, ok := scenario.RequestName(section)
	return ok
}
