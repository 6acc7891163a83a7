package answer

import (
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

// WhoMay asks the call of every request for every principal that the file
// describes: the matrix that reviewers want. A role asks as some session of it.
// What a request carries about its own caller is left out.
func WhoMay(f *scenario.File) []Who {
	if f.Errors() {
		return nil
	}
	var out []Who
	for i := range f.Requests {
		for _, p := range f.Principals() {
			r := f.Requests[i]
			r.Principal, r.FederatedBy, r.Context = p.ARN, "", withoutCaller(&r.Context)
			out = append(out, who(p, &r))
		}
	}
	return out
}

func who(p scenario.Principal, r *scenario.Request) Who {
	call := callOf(r)
	checks := checksOf(call)
	d := checks[decisive(checks)].Decision
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
