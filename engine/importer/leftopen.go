package importer

import (
	"slices"
	"strings"

	"why403/engine/scenario"
)

// severalOf is the policy types that a caller has several policies of, as a rule.
var severalOf = [...]string{"identity", "scp", "rcp"}

// LeaveOpen makes the requests of a new scenario say that what is not given is not
// known ("unknown: *"). A scenario file says itself what is not known.
func (r *Result) LeaveOpen() {
	if r.Kind != ScenarioKind {
		r.eachRequest(withStar)
		r.leaveOthersOpen()
	}
}

// leaveOthersOpen makes a request that calls what is not given not known say so of
// others of the types that a policy was brought of. One policy says nothing of others
// of its type, and the star alone would take them for none.
func (r *Result) leaveOthersOpen() {
	var types []string
	for _, t := range r.Brought {
		if slices.Contains(severalOf[:], t) && !slices.Contains(r.Whole, t) {
			types = append(types, t)
		}
	}
	if len(types) > 0 {
		r.eachRequest(func(request string) string { return withOthers(request, types) })
	}
}

// eachRequest changes the text of every request of the scenario.
func (r *Result) eachRequest(change func(string) string) {
	if r.Text == "" {
		return
	}
	f := scenario.Split(r.Text)
	for i := range f.Sections {
		s := &f.Sections[i]
		if _, ok := scenario.RequestName(s.Name); ok {
			s.Text = change(s.Text)
		}
	}
	r.Text = f.Format()
}

// words is the words in the value of a line.
func words(l scenario.Line) []string { return strings.Fields(strings.ReplaceAll(l.Value, ",", " ")) }

// withStar adds a star to what is not known of a request, where it has none.
func withStar(request string) string {
	end := -1
	for _, l := range scenario.Lines(request) {
		if l.Key != "unknown" {
			continue
		}
		if slices.Contains(words(l), "*") {
			return request
		}
		end = l.Span.End
	}
	if end >= 0 {
		return request[:end] + " *" + request[end:]
	}
	if request = strings.TrimRight(request, "\r\n"); request != "" {
		request += "\n"
	}
	return request + "unknown: *\n"
}

// withOthers adds types to the line of a request that calls all not known, but for
// those that it names.
func withOthers(request string, types []string) string {
	var said []string
	star := -1
	for _, l := range scenario.Lines(request) {
		if l.Key != "unknown" && l.Key != "none" {
			continue
		}
		said = append(said, words(l)...)
		if star < 0 && l.Key == "unknown" && slices.Contains(words(l), "*") {
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
