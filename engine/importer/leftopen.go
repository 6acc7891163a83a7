package importer

import (
	"slices"
	"strings"

	"why403/engine/scenario"
)

// severalOf is the policy types that a caller has several policies of, as a rule.
var severalOf = [...]string{"identity", "scp", "rcp"}

// WithOthers is the new scenario, which says of the types that a policy was brought of
// that others are not known, where a request calls what is not given not known
// ("unknown: *"). One policy says nothing of others of its type, and the star alone
// would take them for none.
func (r *Result) WithOthers() string {
	var types []string
	for _, t := range r.Brought {
		if slices.Contains(severalOf[:], t) && !slices.Contains(r.Whole, t) {
			types = append(types, t)
		}
	}
	if len(types) == 0 {
		return r.Text
	}
	f := scenario.Split(r.Text)
	for i := range f.Sections {
		s := &f.Sections[i]
		if _, ok := scenario.RequestName(s.Name); ok {
			s.Text = leftOpen(s.Text, types)
		}
	}
	return f.Format()
}

// leftOpen adds types to the line of a request that calls all not known, but for
// those that it names.
func leftOpen(request string, types []string) string {
	var said []string
	star := -1
	for _, l := range scenario.Lines(request) {
		if l.Key != "unknown" && l.Key != "none" {
			continue
		}
		words := strings.Fields(strings.ReplaceAll(l.Value, ",", " "))
		said = append(said, words...)
		if star < 0 && l.Key == "unknown" && slices.Contains(words, "*") {
			star = l.Span.End
		}
	}
	if star < 0 {
		return request
	}
	more := ""
	for _, t := range types {
		if !slices.Contains(said, t) {
			more += " " + t
		}
	}
	return request[:star] + more + request[star:]
}
