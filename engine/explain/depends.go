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
	Nouns     []string   // the same for people
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
	var nouns []string
	for _, t := range d.On {
		nouns = append(nouns, thing(t))
	}
	return &Depends{names(d.On), nouns, x.sets(d.AllowedIf), x.sets(d.DeniedIf), names(d.Whatever), d.Partial}
}

func names(things []engine.Thing) (out []string) {
	for _, t := range things {
		out = append(out, t.String())
	}
	return out
}

func (x *explainer) sets(sets [][]engine.If) (out [][]string) {
	for _, set := range sets {
		var clauses, silent []string
		for i := range set {
			if c := &set[i]; c.Key == "" && c.Allows && !c.Needed && !only[c.Type] {
				silent = append(silent, x.holder(c))
			} else {
				clauses = append(clauses, x.clause(c))
			}
		}
		if len(silent) > 0 {
			clauses = append(clauses, "no "+either(silent)+" denies it")
		}
		if clauses = compared(set, clauses); !slices.ContainsFunc(out, func(other []string) bool { return slices.Equal(other, clauses) }) {
			out = append(out, clauses)
		}
	}
	return out
}

// compared says of two keys that policies compare with each other whether they
// have the same value, in place of a clause for each: no policy names values.
func compared(set []engine.If, clauses []string) []string {
	var keys []*engine.If
	for i := range set {
		if c := &set[i]; c.Key != "" && !slices.ContainsFunc(c.Samples, func(s condition.Sample) bool { return s.Form != condition.FormOther }) {
			keys = append(keys, c)
		}
	}
	if len(keys) != 2 {
		return clauses
	}
	a, b := keys[0], keys[1]
	shared := slices.ContainsFunc(a.Samples, func(s condition.Sample) bool {
		return slices.ContainsFunc(b.Samples, func(t condition.Sample) bool { return slices.Equal(s.Values, t.Values) })
	})
	words := " have different values"
	switch {
	case shared && len(a.Samples)+len(b.Samples) == 2:
		words = " have the same value"
	case shared:
		return clauses
	}
	clauses = slices.DeleteFunc(clauses, func(clause string) bool { return clause == keyClause(a) || clause == keyClause(b) })
	return append(clauses, a.Key+" and "+b.Key+words)
}

// either lists what any of is meant.
func either(nouns []string) string {
	if len(nouns) == 1 {
		return nouns[0]
	}
	return strings.Join(nouns[:len(nouns)-1], ", ") + " or " + nouns[len(nouns)-1]
}

// clause is one condition on what is not known.
func (x *explainer) clause(c *engine.If) string {
	if c.Key != "" {
		return keyClause(c)
	}
	holder := x.holder(c)
	if c.Grants || !only[c.Type] {
		switch {
		case c.Grants && c.Allows:
			return "a " + holder + " lets it in"
		case c.Allows:
			return article(holder) + " allows it and none denies it"
		case c.Needed:
			return article(holder) + " denies it"
		}
		return "no " + holder + " allows it"
	}
	switch {
	case c.Allows && !c.Needed:
		return "the " + holder + " does not deny it"
	case c.Allows:
		return "the " + holder + " allows it"
	case c.Needed:
		return "the " + holder + " denies it"
	}
	return "the " + holder + " does not allow it"
}

// only are the policy types that there is one policy of.
var only = [policy.Stack + 1]bool{policy.Resource: true, policy.Key: true, policy.Trust: true, policy.Stack: true}

// holder is whose policies or grants are meant.
func (x *explainer) holder(c *engine.If) string {
	noun, caller := unknownNouns[c.Type][0], &x.check.Principal
	of := ""
	switch {
	case c.Grants:
		noun, of = "grant", x.check.Resource
	case c.Type == policy.SCP:
		of = caller.Account
	case c.Type == policy.RCP:
		of = x.check.ResourceAccount
	case only[c.Type]:
		of = x.check.Resource
	case c.Type == policy.Identity, c.Type == policy.Boundary:
		of = holderARN(caller)
	}
	if of == "" {
		return noun
	}
	return noun + " of " + shortARN(of)
}

// unknownNouns are the policy types: one policy, and all that there are.
var unknownNouns = [...][2]string{
	policy.Identity:  {"identity-based policy", "the identity-based policies"},
	policy.Boundary:  {"permissions boundary", "the permissions boundary"},
	policy.Session:   {"session policy", "the session policy"},
	policy.ScopeDown: {"scope-down policy", "the scope-down policies"},
	policy.Resource:  {"resource-based policy", "the resource-based policy"},
	policy.Key:       {"key policy", "the key policy"},
	policy.Trust:     {"role trust policy", "the role trust policy"},
	policy.Stack:     {"stack policy", "the stack policy"},
	policy.SCP:       {"SCP", "the SCPs"},
	policy.RCP:       {"RCP", "the RCPs"},
	policy.Endpoint:  {"VPC endpoint policy", "the VPC endpoint policy"},
}

// thing is what is not known, as a noun.
func thing(t engine.Thing) string {
	switch {
	case t.Beside:
		return "what is asked beside IAM"
	case t.Encryption:
		return "the key that encrypts it"
	case t.Grants:
		return "the grants"
	case t.Path:
		return "the path of the role"
	case t.Key != "":
		return t.Key
	}
	return unknownNouns[t.Type][1]
}

// Layer is a policy type that could count for a request and of which no policy is
// given; or grants.
type Layer struct {
	Name  string   // the word of a line "unknown: …" or "none: …"
	Noun  string   // without an article: "SCP"
	State string   // "taken as none", "none", "not known", "no others" or "others not known"
	Sure  bool     // AWS has one for every such resource
	In    []string // the folders of a scenario file that it would stand in, if they are there
}

var layerStates = [...]string{engine.TakenAsNone: "taken as none", engine.NoneThere: "none", engine.NotKnown: "not known",
	engine.NoOthers: "no others", engine.OthersNotKnown: "others not known"}

// Layers is what could count for a check besides what is given.
func Layers(c *engine.Check) (out []Layer) {
	for _, l := range c.Layers() {
		noun := "grant"
		if !l.Grants {
			noun = unknownNouns[l.Type][0]
		}
		var in []string
		for _, name := range l.Entities {
			in = append(in, "entity/"+name)
		}
		for _, id := range l.Accounts {
			in = append(in, "account/"+id)
		}
		out = append(out, Layer{l.String(), noun, layerStates[l.State], l.Sure, in})
	}
	return out
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
	if strings.HasPrefix(noun, "identity") || strings.HasPrefix(noun, "SCP") || strings.HasPrefix(noun, "RCP") {
		return "an " + noun
	}
	return "a " + noun
}

// maxValues is how many values of a key are listed.
const maxValues = 6

// formWords is how the values of each form are told.
var formWords = []struct {
	form    condition.Form
	verb    string
	orEqual string // where the value itself does too
}{
	{form: condition.FormIs, verb: "is"}, {form: condition.FormMatches, verb: "matches"}, {form: condition.FormIn, verb: "is in"},
	{condition.FormLess, "is below", "less"}, {condition.FormMore, "is above", "more"},
	{condition.FormBefore, "is before", "earlier"}, {condition.FormAfter, "is after", "later"},
	{form: condition.FormAll, verb: "has all of"},
}

// keyClause is a condition key with the values that it would need.
func keyClause(c *engine.If) string {
	absent := slices.ContainsFunc(c.Samples, formed(condition.FormAbsent))
	if slices.ContainsFunc(c.Samples, formed(condition.FormOther)) {
		return otherClause(c, absent)
	}
	var clauses []string
	for _, f := range formWords {
		values := valuesOf(c.Samples, f.form)
		if f.form == condition.FormIs { // told with what lies beside them
			values = slices.DeleteFunc(values, func(v string) bool {
				return slices.ContainsFunc(c.Samples, func(s condition.Sample) bool {
					return s.Of == v && s.Form >= condition.FormLess && s.Form <= condition.FormAfter
				})
			})
		} else if f.orEqual != "" && len(values) == 1 && slices.Contains(valuesOf(c.Samples, condition.FormIs), values[0]) {
			clauses = append(clauses, "is "+values[0]+" or "+f.orEqual)
			continue
		}
		if len(values) > 0 {
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
	for _, network := range valuesOf(c.Others, condition.FormIn) {
		named = append(named, "in "+network)
	}
	switch {
	case len(named) == 0:
		return "the request carries " + c.Key
	case absent, !slices.ContainsFunc(c.Others, formed(condition.FormAbsent)):
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
func (x *explainer) undecided() string { return x.depends().Verdict() }

// Verdict says in a sentence what decides.
func (d *Depends) Verdict() string {
	if len(d.Nouns) == 0 {
		return "This depends on what is not known."
	}
	return "This depends on what is not known: " + join(d.Nouns) + "."
}

// lines is what an answer depends on, one fact a line.
func (d *Depends) lines() []string {
	var out []string
	for _, set := range d.AllowedIf {
		out = append(out, "allowed if "+strings.Join(set, ", and "))
	}
	for _, set := range d.Denials() {
		out = append(out, "denied if "+strings.Join(set, ", and "))
	}
	return append(out, d.whatever()...)
}

// Denials is DeniedIf to be read: whatever denies by itself is in one list, which
// is the first.
func (d *Depends) Denials() (out [][]string) {
	var denies []string
	for _, set := range d.DeniedIf {
		if noun, ok := strings.CutSuffix(set[0], " denies it"); ok && len(set) == 1 {
			denies = append(denies, noun)
		} else {
			out = append(out, set)
		}
	}
	if len(denies) > 0 {
		out = append([][]string{{either(denies) + " denies it"}}, out...)
	}
	return out
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
