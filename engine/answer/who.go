package answer

import (
	"strconv"
	"strings"

	"why403/engine"
	"why403/engine/condition"
	"why403/engine/explain"
	"why403/engine/flow"
	"why403/engine/scenario"
)

// Who is whether one principal may make the call of one request.
type Who struct {
	Name      string // of the principal's entity
	Principal string // its ARN
	Request   string // the name of the request
	Action    string
	Resource  string
	Outcome   engine.Outcome
	DeniedBy  string // "" when allowed
	Way       string // how it is allowed, or what denies it: a sentence
}

// WhoMay is the matrix that reviewers want: who of a file may do what its requests
// ask. Its cells stand request by request, each time in the order of the principals.
type WhoMay struct {
	Cells      []Who
	Principals []scenario.Principal // that were looked at: the first of the file
	All        int                  // how many the file describes
}

// Bound tells that not all principals were looked at, and what to do; "" where they
// were.
func (m *WhoMay) Bound() string {
	if len(m.Principals) == m.All {
		return ""
	}
	return "Looked at " + strconv.Itoa(len(m.Principals)) + " of " + strconv.Itoa(m.All) + " principals, the first of the file: " +
		"all would take too long. For the others, remove the entities that were looked at, or ask fewer requests."
}

// maxWho is how many steps the matrix of a file may take, see
// [engine.Check.WholeWork]. perAsked is what it takes to ask one check for one
// principal besides, and perLooked to look at one statement or grant.
const (
	maxWho    = 3 << 24
	perAsked  = 1 << 13
	perLooked = 1 << 6
)

// AskAll asks the call of every request for the principals that the file describes, as
// many as there is time for. A role asks as some session of it. What a request
// carries about its own caller is left out.
func AskAll(f *scenario.File) (m WhoMay) {
	if f.Errors() {
		return m
	}
	all := f.Principals()
	m.All = len(all)
	byPrincipal := make([][]Who, 0, min(len(all), maxWho/perAsked))
	for work := 0; len(byPrincipal) < len(all) && work < maxWho; {
		row, n := whoRow(f, all[len(byPrincipal)])
		byPrincipal, work = append(byPrincipal, row), work+n
	}
	m.Principals = all[:len(byPrincipal)]
	for i := range f.Requests {
		for _, row := range byPrincipal {
			m.Cells = append(m.Cells, row[i])
		}
	}
	return m
}

// whoRow asks every request for one principal, and tells how many steps that takes.
func whoRow(f *scenario.File, p scenario.Principal) (row []Who, work int) {
	for i := range f.Requests {
		r := f.Requests[i]
		r.Principal, r.FederatedBy, r.Context = p.ARN, "", withoutCaller(&r.Context)
		call := callOf(&r)
		row = append(row, who(p, &r, call))
		for _, c := range call.Checks {
			work += perAsked + c.WholeWork() + len(c.Grants)*perLooked
			for _, p := range c.Policies {
				work += len(p.Statements) * perLooked
			}
		}
	}
	return row, work
}

func who(p scenario.Principal, r *scenario.Request, call *flow.Call) Who {
	checks := checksOf(call)
	d := checks[Decisive(checks)].Decision
	w := Who{p.Name, p.ARN, r.Name, r.Action, strings.Join(r.Resources, " "), outcomeOf(call, checks), "", explain.Conclusion(d)}
	if d.Outcome.Denied() {
		w.DeniedBy = explain.DeniedBy(d)
	}
	if w.Outcome != d.Outcome {
		w.Way += " It depends on the key that encrypts the resource, which is not known."
	}
	for _, n := range openNote(checks) {
		w.Way += " " + n.Message
	}
	return w
}

func withoutCaller(c *condition.Context) (out condition.Context) {
	c.Each(func(key string, values []string) {
		if !flow.OfCaller(key) {
			out.Set(key, values...)
		}
	})
	return out
}
