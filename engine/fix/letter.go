package fix

import (
	"why403/engine/scenario"
)

// letter writes what to send to who alone can make the change.
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
	x.Letter = "To " + x.Owner + "\n\n" + r.Check.Principal.ARN + " needs " + r.Check.Action + " on " + r.Check.Resource +
		", and is denied.\nPlease:\n"
	for _, s := range x.Steps {
		x.Letter += "- " + s + ".\n"
	}
	for _, e := range x.Edits {
		if isRequest(e.Section) {
			continue
		}
		x.Letter += "\nThe policy then reads (" + e.Section + "):\n\n" + e.Text
		if e.Text != "" && e.Text[len(e.Text)-1] != '\n' {
			x.Letter += "\n"
		}
	}
	for _, l := range x.Loosens {
		x.Letter += "\n" + l
	}
	x.Letter += "\n"
}

func isRequest(section string) bool {
	_, ok := scenario.RequestName(section)
	return ok
}
