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
	if r.Kind != ScenarioKind && r.Text != "" {
		r.leaveOpen(true)
	}
}

// leaveOpen makes requests that call what is not given not known, or where all are to
// do so all of them, say so of others of the types that a policy was brought of. One
// policy says nothing of others of its type, and the star alone would take them for
// none.
func (r *Result) leaveOpen(all bool) {
	more := ""
	for _, t := range r.Brought {
		if slices.Contains(severalOf[:], t) && !slices.Contains(r.Whole, t) {
			more += " " + t
		}
	}
	if more == "" && !all {
		return
	}
	f := scenario.Split(r.Text)
	for i := range f.Sections {
		s := &f.Sections[i]
		if _, ok := scenario.RequestName(s.Name); ok {
			s.Text = leftOpen(s.Text, more, all)
		}
	}
	r.Text = f.Format()
}

// leftOpen adds types to the line of a request that calls all not known, but for
// those that it names. Where there is no such line, and there is to be one, the star
// stands before what is not known, or in a line of its own.
func leftOpen(request, types string, add bool) string {
	said, star := "", -1
	var open *scenario.Line
	for _, l := range scenario.Lines(request) {
		if l.Key != "unknown" && l.Key != "none" {
			continue
		}
		if open == nil && l.Key == "unknown" {
			open = &l
		}
		words := " " + strings.ReplaceAll(l.Value, ",", " ") + " "
		if said += words; star < 0 && l.Key == "unknown" && strings.Contains(words, " * ") {
			star = l.Span.End
		}
	}
	switch {
	case star < 0 && !add:
		return request
	case star < 0 && open != nil:
		at := open.ValueSpan.Start
		request = request[:at] + "* " + request[at:]
		star = open.Span.End + len("* ")
	case star < 0:
		request = strings.TrimRight(request, "\r\n") + "\nunknown: *\n"
		star = len(request) - 1
	}
	rest := request[star:]
	request = request[:star]
	for _, t := range strings.Fields(types) {
		if !strings.Contains(said, " "+t+" ") {
			request += " " + t
		}
	}
	return request + rest
}
