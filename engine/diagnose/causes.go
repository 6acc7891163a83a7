package diagnose

import (
	"slices"
	"strconv"
	"strings"

	"why403/engine"
	"why403/engine/answer"
	"why403/engine/catalogue"
	"why403/engine/explain"
	"why403/engine/places"
	"why403/engine/policy"
	"why403/engine/reason"
	"why403/engine/scenario"
)

// cause is a statement, or the lack of one, that explains a denial.
type cause struct {
	Finding
	near int // how near the statement comes to letting the request in; a Deny that matches is nearest
	step int // of the decision, that is of the statement
}

// The points for a statement. An Allow loses ten for each point that it lacks,
// on the scale of [reason.Reason].
const (
	nearDeny      = 300
	nearAllow     = 120
	nearEnough    = nearAllow - 10*reason.Far + 1 // below it, no statement is meant for the request
	nearCondition = 125                           // all but conditions match
	nearOthers    = 60                            // a second statement is shown from here on
	nearNobody    = nearAllow - 20*reason.Far     // that somebody unknown is not named tells nothing
)

const closestMatch = " Closest match: "

// finder finds the causes of one check that is denied.
type finder struct {
	file     *scenario.File
	places   *places.Places // in it
	check    *answer.Check
	silentAt *engine.Policy // see explain.SilentSCP
	types    []string       // the policy types to look in, as explain.TypeName has them
	explicit bool           // a Deny that matches is the cause
	unnamed  bool           // AWS names no resource
}

// causes gives the statements that deny, or those that come near to allowing,
// the nearest first.
func (f *finder) causes() []cause {
	var out []cause
	for i := range f.check.Answer.Statements {
		if c, ok := f.cause(i); ok {
			out = append(out, c)
		}
	}
	slices.SortStableFunc(out, func(a, b cause) int { return b.near - a.near })
	return out
}

// typeOf is the policy type of a step, "grant" for a grant.
func (f *finder) typeOf(step *engine.Step) string {
	if step.Policy == engine.GrantStep {
		return "grant"
	}
	return explain.TypeName(f.check.Decision.Check.Policies[step.Policy].Type)
}

// cause makes one of a statement, by its index.
func (f *finder) cause(i int) (cause, bool) {
	s, t := &f.check.Answer.Statements[i], f.typeOf(&f.check.Decision.Steps[i])
	if !slices.Contains(f.types, t) || t == "scp" && !f.explicit && !f.silent(i) ||
		(s.Effect == "Deny") != f.explicit || s.Matched != f.explicit {
		return cause{}, false
	}
	c := cause{Finding: Finding{ID: "statement", Type: t, Place: f.place(s)}, step: i}
	if f.explicit {
		f.denies(&c, s)
	} else {
		f.comesNear(&c, s)
	}
	return c, true
}

// silent reports whether a statement of an SCP is at the level of the
// organization at which none allows the request.
func (f *finder) silent(i int) bool {
	return f.silentAt != nil && f.check.Decision.Check.Policies[f.check.Decision.Steps[i].Policy].Level == f.silentAt.Level
}

// nothing says that what was brought of a type does not allow the request.
func (f *finder) nothing(t string) string {
	switch t {
	case "scp":
		return "No service control policy at this level allows it." + closestMatch
	case "boundary", "session", "endpoint":
		return "No " + typeWords[t] + " given here allows it." + closestMatch
	}
	return "Nothing given here allows it." + closestMatch
}

// match is what a text says of the statement, with other words before it.
func match(text, before string) string {
	if _, statement, ok := strings.Cut(text, closestMatch); ok {
		return before + statement
	}
	return text
}

// place is where a statement is: at what keeps it from matching, or at what
// makes a Deny match.
func (f *finder) place(s *explain.Statement) *Place {
	p := &Place{Section: s.Section, Statement: s.Index + 1, Sid: s.Sid}
	at := s.MissAt
	if len(s.Facts) > 0 {
		p.Element, p.Key = strings.TrimPrefix(s.Facts[0].Element, "Not"), s.Facts[0].Key
	} else {
		p.Element = strings.TrimPrefix(s.Miss, "Not")
	}
	if at == (policy.Span{}) {
		at = s.Span
	}
	f.at(p, at)
	return p
}

func (f *finder) at(p *Place, span policy.Span) {
	p.Line, p.Column = f.places.Position(p.Section, span.Start)
}

// named is how a text calls a statement.
func named(p *Place) string {
	text := p.Section
	if p.Statement > 0 {
		text += ", statement " + strconv.Itoa(p.Statement)
	}
	if p.Sid != "" {
		text += " (" + p.Sid + ")"
	}
	return text
}

// denies puts a Deny that matches into words. Of its conditions, one that holds
// because the request lacks the key is what turns it.
func (f *finder) denies(c *cause, s *explain.Statement) {
	c.near = nearDeny
	c.Text = named(c.Place) + " denies " + f.check.Action + " on " + f.check.Resource + "."
	if s.Reason != "" {
		c.Because = []string{"It matches: " + strings.TrimPrefix(s.Reason, "matches: ") + "."}
	}
	best := -1
	for i := range s.Facts {
		if fact := s.Facts[i]; fact.Key != "" && f.doubt(fact) > best {
			best = f.doubt(fact)
			c.Place.Element, c.Place.Key = "Condition", fact.Key
			f.at(c.Place, fact.Span)
		}
	}
}

func (f *finder) absent(key string) bool { return !f.check.Context.Has(key) }

func (f *finder) carries(key string) bool { return f.check.Carries(key) != catalogue.Never }

// comesNear puts an Allow that lacks something into words.
func (f *finder) comesNear(c *cause, s *explain.Statement) {
	c.near = nearAllow - 10*s.Lacking
	if !slices.ContainsFunc(s.Facts, func(f *reason.Fact) bool { return strings.HasSuffix(f.Element, "Action") }) && s.Lacking < reason.Far {
		c.near += 25 // it is meant for the action
	}
	switch caller, owner := f.check.Principal.Account, f.check.ResourceAccount; {
	case f.names(s, caller):
		c.near += 5
	case caller != "" && owner != caller && f.names(s, owner):
		c.near -= 40 // it is for the resource's own account
	}
	c.Text = f.nothing(c.Type) + named(c.Place) + ": " + s.Reason + "."
	conditions := len(s.Facts) > 0
	for i := range s.Facts {
		conditions = conditions && s.Facts[i].Key != ""
	}
	if conditions {
		f.conditions(c, s)
		return
	}
	if f.unnamed && c.Place.Element == "Resource" {
		c.Because = append(c.Because, "AWS's message does not name the resource: it is none of these. It may be another one, or the ARN of "+
			"an access point.")
	}
	c.Because = append(c.Because, f.byName(s)...)
}

// names reports whether a statement that does not name the caller names somebody of an
// account: across accounts the one for the caller's account is meant for it, and the one
// for the resource's own is not.
func (f *finder) names(s *explain.Statement, account string) bool {
	return slices.ContainsFunc(s.Facts, func(fact *reason.Fact) bool {
		return fact.Element == "Principal" && slices.ContainsFunc(fact.Policy, func(value string) bool {
			return account != "" && part(value, 4) == account
		})
	})
}

// byName tells of a secret that is asked for by its name alone.
//
// https://docs.aws.amazon.com/secretsmanager/latest/userguide/auth-and-access_examples_cross.html
func (f *finder) byName(s *explain.Statement) []string {
	if part(f.check.Resource, 2) != "secretsmanager" {
		return nil
	}
	for i := range s.Facts {
		for _, value := range s.Facts[i].Policy {
			name := strings.TrimSuffix(part(f.check.Resource, 5), secretEnd)
			if strings.HasPrefix(part(value, 5), name) && part(value, 4) != part(f.check.Resource, 4) {
				return []string{"The statement names the secret of account " + part(value, 4) + ". Asked for by its name, Secrets Manager looks in " +
					"the caller's own account: ask with the secret's full ARN."}
			}
		}
	}
	return nil
}

// conditions is about an Allow of which only conditions fail. Of several that
// nothing tells, the one that is mistaken most is named first.
func (f *finder) conditions(c *cause, s *explain.Statement) {
	best, told := -1, true
	for i := range s.Facts {
		fact := s.Facts[i]
		if points := f.doubt(fact); points > best {
			best = points
			c.Place.Key = fact.Key
			f.at(c.Place, fact.Span)
		}
		if f.absent(fact.Key) && f.carries(fact.Key) {
			told = false
			c.Because = append(c.Because, "It needs "+fact.Operator+" "+fact.Key+" "+listed(fact.Policy)+": the request had another value, or none.")
		}
	}
	c.near = max(c.near, nearCondition+best)
	for _, p := range f.warnings(s) {
		c.Because = append(c.Because, p)
	}
	if !told {
		c.Text = f.nothing(c.Type) + named(c.Place) + ". It has conditions, and nothing given here tells what the request had for " +
			c.Place.Key + "."
	}
}

// doubt is how likely a condition is the one that decides, up to 20 points.
func (f *finder) doubt(fact *reason.Fact) (points int) {
	key := strings.ToLower(fact.Key)
	switch {
	case !f.absent(key):
		points = 1
	case !f.carries(key):
		points = 20
	case strings.HasSuffix(key, ":aud") || key == "aws:sourceaccount" || key == "aws:securetransport" || strings.HasPrefix(key,
		"aws:principalis"):
		points = 2
	case strings.HasSuffix(key, ":sub") || key == "aws:sourcearn":
		points = 7
	default:
		points = 5
	}
	for i := range f.file.Problems {
		if p := &f.file.Problems[i]; p.Span.Start >= fact.Span.Start && p.Span.End <= fact.Span.End && p.Severity == policy.Warning &&
			p.Section != "" {
			points += 10
		}
	}
	return min(points, 20)
}

// warnings are what is wrong with a statement by itself.
func (f *finder) warnings(s *explain.Statement) (out []string) {
	for i := range f.file.Problems {
		p := &f.file.Problems[i]
		if p.Section == s.Section && p.Span.Start >= s.Span.Start && p.Span.End <= s.Span.End && len(out) < 3 {
			out = append(out, p.Message)
		}
	}
	return out
}

// listed is values in quotes, at most five.
func listed(values []string) string {
	if len(values) == 0 {
		return "no value"
	}
	text := "“" + strings.Join(values[:min(len(values), 5)], "”, “") + "”"
	if len(values) > 5 {
		text += " and " + strconv.Itoa(len(values)-5) + " more"
	}
	return text
}

func valuesOf(t *policy.Test) string {
	var values []string
	for i := range t.Values {
		values = append(values, t.Values[i].Value)
	}
	return listed(values)
}

func lastName(arn string) string { return arn[strings.LastIndexByte(arn, '/')+1:] }

// kindOf is the kind of thing that an ARN names: key, alias, instance.
func kindOf(arn string) string {
	rest := part(arn, 5)
	if i := strings.IndexAny(rest, "/:"); i > 0 {
		return rest[:i]
	}
	return ""
}

func matchesAction(s *policy.Statement, action string) bool {
	for i := range s.Action.Values {
		pattern := policy.CompileAction(s.Action.Values[i].Value)
		if pattern.Match(strings.ToLower(action)) {
			return !s.Action.Not
		}
	}
	return s.Action.Not
}
