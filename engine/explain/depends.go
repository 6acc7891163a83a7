package explain

import (
	"slices"
	"strings"

	"why403/engine"
	"why403/engine/condition"
	"why403/engine/policy"
)

// Depends is what an answer depends on, in words.
type Depends struct {
	On        []string   // what decides: the words of a line "unknown: …"
	AllowedIf [][]string // clauses; each list is enough to be allowed, whatever else is so
	DeniedIf  [][]string
	Whatever  []string // what is not known and changes nothing
	Partial   bool     // there may be more in each list
}

// depends puts into words what is not known; nil where all is.
func (x *explainer) depends() *Depends {
	d := x.decision.Depends
	if d == nil {
		return nil
	}
	return &Depends{names(d.On), x.sets(d.AllowedIf), x.sets(d.DeniedIf), names(d.Whatever), d.Partial}
}

func names(things []engine.Thing) (out []string) {
	for _, t := range things {
		out = append(out, t.String())
	}
	return out
}

func (x *explainer) sets(sets [][]engine.If) (out [][]string) {
	for _, set := range sets {
		var clauses []string
		for i := range set {
			clauses = append(clauses, x.clause(&set[i]))
		}
		out = append(out, clauses)
	}
	return out
}

// clause is one condition on what is not known.
func (x *explainer) clause(c *engine.If) string {
	if c.Key != "" {
		return keyClause(c)
	}
	holder := x.holder(c)
	switch {
	case c.Allows && !c.Needed:
		return "no " + holder + " denies it"
	case c.Allows:
		return article(holder) + " allows it and none denies it"
	case c.Needed:
		return article(holder) + " denies it"
	}
	return "no " + holder + " allows it"
}

// holder is whose policies or grants are meant.
func (x *explainer) holder(c *engine.If) string {
	caller := &x.check.Principal
	owner := caller.Account
	switch {
	case c.Grants:
		return "grant on " + shortARN(x.check.Resource)
	case c.Type == policy.RCP:
		owner = x.check.ResourceAccount
		fallthrough
	case c.Type == policy.SCP:
		if owner == "" {
			return unknownHolders[c.Type]
		}
		return unknownHolders[c.Type] + " of " + owner
	case c.Type == policy.Resource, c.Type == policy.Key, c.Type == policy.Trust:
		return unknownHolders[c.Type] + " of " + shortARN(x.check.Resource)
	case c.Type == policy.Identity, c.Type == policy.Boundary:
		return unknownHolders[c.Type] + " of " + shortARN(holderARN(caller))
	}
	return unknownHolders[c.Type]
}

// unknownHolders are the policy types, one policy of each.
var unknownHolders = map[policy.Type]string{
	policy.Identity:  "identity-based policy",
	policy.Boundary:  "permissions boundary",
	policy.Session:   "session policy",
	policy.ScopeDown: "scope-down policy",
	policy.Resource:  "resource-based policy",
	policy.Key:       "key policy",
	policy.Trust:     "role trust policy",
	policy.SCP:       "SCP",
	policy.RCP:       "RCP",
	policy.Endpoint:  "VPC endpoint policy",
}

// holderARN is who the policies of a caller are attached to.
func holderARN(p *engine.Principal) string {
	switch {
	case p.Kind == engine.RoleSession:
		return p.Role
	case p.Kind == engine.FederatedUser && p.FederatedBy != "":
		return p.FederatedBy
	}
	return p.ARN
}

// shortARN is the resource part of an ARN: role/app.
func shortARN(arn string) string {
	if parts := strings.SplitN(arn, ":", 6); len(parts) == 6 {
		return parts[5]
	}
	return arn
}

func article(noun string) string {
	if strings.ContainsRune("aeiouS", rune(noun[0])) && !strings.HasPrefix(noun, "session") && !strings.HasPrefix(noun, "scope") {
		return "an " + noun
	}
	return "a " + noun
}

// maxValues is how many values of a key are listed.
const maxValues = 6

// keyClause is a condition key with the values that it would need.
func keyClause(c *engine.If) string {
	absent := slices.ContainsFunc(c.Samples, formed(condition.FormAbsent))
	if slices.ContainsFunc(c.Samples, formed(condition.FormOther)) {
		return otherClause(c, absent)
	}
	var clauses []string
	for _, f := range []struct {
		form condition.Form
		verb string
	}{
		{condition.FormIs, "is"}, {condition.FormMatches, "matches"}, {condition.FormLess, "is below"},
		{condition.FormMore, "is above"}, {condition.FormAll, "has all of"},
	} {
		if values := valuesOf(c.Samples, f.form); len(values) > 0 {
			clauses = append(clauses, f.verb+" "+list(values, "or"))
		}
	}
	words := c.Key + " " + strings.Join(clauses, ", or ")
	switch {
	case absent && len(clauses) > 0:
		return words + ", or the request does not carry it"
	case absent:
		return "the request carries no " + c.Key
	}
	return words
}

// otherClause is the same where nearly all values do.
func otherClause(c *engine.If, absent bool) string {
	var named []string
	for _, form := range []condition.Form{condition.FormIs, condition.FormMatches, condition.FormAll} {
		named = append(named, valuesOf(c.Others, form)...)
	}
	switch {
	case len(named) == 0:
		return "the request carries " + c.Key
	case absent:
		return c.Key + " is not " + list(named, "or")
	}
	return "the request carries " + c.Key + ", and it is not " + list(named, "or")
}

func formed(f condition.Form) func(condition.Sample) bool {
	return func(s condition.Sample) bool { return s.Form == f }
}

// valuesOf is the values of one form, each once.
func valuesOf(samples []condition.Sample, form condition.Form) (out []string) {
	for _, s := range samples {
		if s.Form == form && !slices.Contains(out, s.Of) {
			out = append(out, s.Of)
		}
	}
	return out
}

// list writes a list with a word before the last, and leaves out what is beyond
// maxValues.
func list(values []string, word string) string {
	if len(values) > maxValues {
		values = append(slices.Clone(values[:maxValues]), "another value that a policy names")
	}
	if len(values) == 1 {
		return values[0]
	}
	return strings.Join(values[:len(values)-1], ", ") + " " + word + " " + values[len(values)-1]
}

// undecided is the verdict where it depends.
func (x *explainer) undecided() string {
	on := names(x.decision.Depends.On)
	if len(on) == 0 {
		return "This depends on what is not known."
	}
	return "This depends on what is not known: " + list(on, "and") + "."
}

// lines is what an answer depends on, one fact a line. The first lines are the
// words of what decides.
func (d *Depends) lines() []string {
	out := slices.Clone(d.On)
	for _, set := range d.AllowedIf {
		out = append(out, "allowed if "+strings.Join(set, ", and "))
	}
	for _, set := range d.DeniedIf {
		out = append(out, "denied if "+strings.Join(set, ", and "))
	}
	return append(out, d.whatever()...)
}

// whatever is what is not known and changes nothing.
func (d *Depends) whatever() (out []string) {
	if len(d.Whatever) > 0 {
		out = append(out, "not known, and changes nothing: "+strings.Join(d.Whatever, ", "))
	}
	if d.Partial {
		out = append(out, "there is more that could decide than was looked at")
	}
	return out
}
