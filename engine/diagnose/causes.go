package diagnose

import (
	"slices"
	"strconv"
	"strings"

	"why403/engine"
	"why403/engine/answer"
	"why403/engine/explain"
	"why403/engine/policy"
	"why403/engine/scenario"
)

// cause is a statement, or the lack of one, that explains a denial.
type cause struct {
	Finding
	near int // how near the statement comes to letting the request in; a Deny that matches is nearest
}

// The points for how far a statement got before it failed. What its element
// comes near to adds to them.
const (
	nearDeny      = 200
	nearCondition = 100
	nearResource  = 65
	nearAction    = 10
	nearPrincipal = 8
	nearEnough    = 30 // below it, no statement is meant for the request
)

const nothingAllows = "Nothing that was brought allows it. "

// finder finds the causes of one check that is denied.
type finder struct {
	file  *scenario.File
	check *answer.Check
	types []string // the policy types to look in, as explain.TypeName has them

	unnamed bool // AWS names no resource
}

// causes gives the statements that deny, or those that come near to allowing,
// the nearest first.
func (f *finder) causes() []cause {
	var out []cause
	for i := range f.check.Answer.Statements {
		s := &f.check.Answer.Statements[i]
		step := &f.check.Decision.Steps[i]
		if c, ok := f.cause(s, step); ok {
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
	return explain.TypeName(f.check.Check.Policies[step.Policy].Type)
}

func (f *finder) cause(s *explain.Statement, step *engine.Step) (cause, bool) {
	t := f.typeOf(step)
	if !slices.Contains(f.types, t) {
		return cause{}, false
	}
	c := cause{Finding: Finding{ID: "statement", Type: t, Place: f.place(s)}}
	switch explicit := f.check.Decision.Outcome == engine.ExplicitDeny; {
	case s.Effect == "Deny" && s.Matched:
		f.denies(&c, s, step)
	case s.Effect == "Deny" || s.Matched || explicit:
		return cause{}, false
	default:
		f.comesNear(&c, s, step)
	}
	return c, true
}

func (f *finder) place(s *explain.Statement) *Place {
	p := &Place{Section: s.Section, Statement: s.Index + 1, Sid: s.Sid, Element: strings.TrimPrefix(s.Miss, "Not")}
	at := s.MissAt
	if at == (policy.Span{}) {
		at = s.Span
	}
	p.Line, p.Column = policy.Position(f.file.Text(s.Section), at.Start)
	return p
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

func (f *finder) statement(step *engine.Step) *policy.Statement {
	return &f.check.Check.Policies[step.Policy].Statements[step.Statement]
}

// denies puts a Deny that matches into words, with the conditions that hold.
func (f *finder) denies(c *cause, s *explain.Statement, step *engine.Step) {
	c.near = nearDeny
	c.Text = named(c.Place) + " denies " + f.check.Action + " on " + f.check.Resource + "."
	statement := f.statement(step)
	for i := range statement.Condition.Tests {
		t := &statement.Condition.Tests[i]
		if c.Place.Key == "" || f.absent(t.Key.Value) && !f.absent(c.Place.Key) {
			c.Place.Element, c.Place.Key = "Condition", t.Key.Value
		}
		c.Because = append(c.Because, "Its condition "+t.Operator.Value+" "+t.Key.Value+" ("+valuesOf(t)+") holds: "+f.has(t.Key.Value)+".")
	}
	if s.Section != "" && len(statement.Condition.Tests) > 0 {
		c.Place.Line, c.Place.Column = policy.Position(f.file.Text(s.Section), statement.Condition.Tests[0].Span.Start)
	}
}

func (f *finder) absent(key string) bool { return !f.check.Context.Has(key) }

// has says what the request has as a condition key.
func (f *finder) has(key string) string {
	values, ok := f.check.Context.Get(key)
	if !ok {
		return "the request has no such key, as far as is known"
	}
	return "the request has " + listed(values)
}

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

// comesNear puts an Allow that failed into words.
func (f *finder) comesNear(c *cause, s *explain.Statement, step *engine.Step) {
	c.Text = nothingAllows + named(c.Place) + " comes nearest: " + s.Reason + "."
	if step.Policy == engine.GrantStep {
		c.near = nearAction + int(step.Miss)
		return
	}
	statement := f.statement(step)
	points, hint := 0, ""
	switch step.Miss {
	case engine.MissCondition:
		c.near = nearCondition
		f.conditions(c, s, statement, int(step.Which))
	case engine.MissResource, engine.MissNoEffect:
		c.near = nearResource
		points, hint = nearestOf(&statement.Resource, f.check.Resource, resourceHint)
	case engine.MissAction:
		c.near = nearAction
		points, hint = nearestOf(&statement.Action, f.check.Action, f.actionHint)
	case engine.MissPrincipal:
		c.near = nearPrincipal
		points, hint = f.principalHint(statement)
		if matchesAction(statement, f.check.Action) {
			points += 30
		}
	}
	c.near += points
	if hint == "" && f.unnamed && step.Miss == engine.MissResource {
		hint = "AWS's message does not name the resource. It is none of these: another one, or the ARN of an access point."
	}
	if hint != "" {
		c.Because = append(c.Because, hint)
	}
	for _, p := range f.warnings(statement, s.Section) {
		c.near += 5
		c.Because = append(c.Because, p)
	}
}

// warnings are what is wrong with a statement by itself.
func (f *finder) warnings(s *policy.Statement, section string) (out []string) {
	for i := range f.file.Problems {
		p := &f.file.Problems[i]
		if p.Section == section && p.Span.Start >= s.Span.Start && p.Span.End <= s.Span.End && p.Code != "not-judged" && len(out) < 3 {
			out = append(out, p.Message)
		}
	}
	return out
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

// conditions says what an Allow asks for that the request does not have, as far
// as is known. Of several conditions that nothing tells, the one that is
// mistaken most is named first.
func (f *finder) conditions(c *cause, s *explain.Statement, statement *policy.Statement, failed int) {
	tests := statement.Condition.Tests
	at := min(failed, len(tests)-1)
	c.Place.Key = tests[at].Key.Value
	if !f.absent(c.Place.Key) {
		return
	}
	best := -1
	for i := range tests {
		if key := tests[i].Key.Value; f.absent(key) {
			if points := f.doubt(&tests[i], s.Section); points > best {
				best, at = points, i
			}
			c.Because = append(c.Because, f.need(&tests[i]))
		}
	}
	c.near += best
	c.Place.Key = tests[at].Key.Value
	c.Place.Line, c.Place.Column = policy.Position(f.file.Text(s.Section), tests[at].Span.Start)
	c.Text = nothingAllows + named(c.Place) + " comes nearest: it has the condition " + tests[at].Operator.Value + " " + c.Place.Key + ", and nothing that was " +
		"brought tells what the request had."
	if f.check.Carries(c.Place.Key) == neverCarried {
		c.Text = nothingAllows + named(c.Place) + " comes nearest: " + s.Reason + "."
	}
}

// doubt is how likely a condition is the one that failed, up to 20 points.
func (f *finder) doubt(t *policy.Test, section string) (points int) {
	key := strings.ToLower(t.Key.Value)
	switch {
	case f.check.Carries(key) == neverCarried:
		points = 20
	case strings.HasSuffix(key, ":aud") || key == "aws:sourceaccount" || key == "aws:securetransport":
		points = 0
	case strings.HasSuffix(key, ":sub") || key == "aws:sourcearn":
		points = 6
	default:
		points = 3
	}
	for i := range f.file.Problems {
		if p := &f.file.Problems[i]; p.Section == section && p.Span.Start >= t.Span.Start && p.Span.End <= t.Span.End && p.Code != "not-judged" {
			points += 10
		}
	}
	return points
}

// need says what a condition asks for.
func (f *finder) need(t *policy.Test) string {
	if f.check.Carries(t.Key.Value) == neverCarried {
		return "Requests for " + f.check.Action + " never carry " + t.Key.Value + ", so the statement never matches."
	}
	return "It needs " + t.Operator.Value + " " + t.Key.Value + " " + valuesOf(t) + ": the request had another value, or none."
}

// nearestOf is the value of an element that comes nearest to what was asked.
func nearestOf(e *policy.Element, asked string, hint func(value, asked string) (int, string)) (best int, text string) {
	for i := range e.Values {
		if points, words := hint(e.Values[i].Value, asked); points > best {
			best, text = points, words
		}
	}
	return best, text
}
