package diagnose

import (
	"slices"
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

// Of diagnoses what was brought. The answers are what a person said about
// commands of earlier results.
func Of(c catalogue.Catalogue, b Brought, answers []Answer) *Result {
	r := &Result{Said: b.Said, Read: b.Read, Problems: slices.Clone(b.Problems)}
	base := b.Kept.Parse(c, b.Text)
	s := choose(base, &b, answers)
	if s == nil {
		r.Problems = append(r.Problems, unreadable(base)...)
		r.Why, r.EditWhy = "Nothing of this says who asked for what.", "The request is not known."
		elsewhere(r)
		r.lists()
		return r
	}
	s.describe(r)
	s.compare(r)
	s.explain(r)
	s.fetch(r)
	s.list(r)
	s.edit(r)
	elsewhere(r)
	r.lists()
	return r
}

// elsewhere is for an answer that no policy of IAM decides.
func elsewhere(r *Result) {
	if r.Said == nil || r.Said.NoPolicy == "" {
		return
	}
	r.Proved = append([]Finding{{ID: "no-policy", Text: "No policy changes this. " + r.Said.NoPolicy,
		Because: []string{"AWS's message says so."},
		Doc:     r.Said.Page}}, r.Proved...)
	r.Possible, r.Later = nil, nil
	r.Next = &Command{ID: "look", Text: r.Said.Look, Doc: r.Said.Page}
	r.Why, r.Edit, r.EditWhy = "No policy changes this.", false, "No policy changes this."
}

// unreadable is what keeps a scenario from being diagnosed.
func unreadable(f *scenario.File) (out []Problem) {
	if f.Text("") == "" {
		return nil
	}
	at := places.New(f.Texts())
	for i := range f.Problems {
		if f.Problems[i].Severity == policy.Error {
			out = append(out, problemOf(at, &f.Problems[i]))
		}
	}
	return out
}

// state is a diagnosis at work.
type state struct {
	brought *Brought
	answers []Answer
	said    *Evidence      // never nil
	text    string         // all that AWS said, in lower case
	file    *scenario.File // in which what is not known is absent
	places  *places.Places // in it
	request *scenario.Request
	call    answer.Answer
	open    *answer.Check // the check of the request as it was brought, with what is not known
	check   *answer.Check // the one that AWS's message is about
	filled  []string
	layers  []layer
	verdict string
	kept    found
}

// choose fills what AWS's text leaves open, and takes the filling that fits best
// with what AWS said. It is nil where nothing can be decided.
func choose(base *scenario.File, b *Brought, answers []Answer) *state {
	said := b.Said
	if said == nil {
		said = &Evidence{}
	}
	if b.Text == "" || len(base.Requests) == 0 {
		return nil
	}
	f := filler{file: base, catalogue: base.Catalogue, said: said, text: strings.ToLower(said.Text + "\n" + strings.Join(b.Errors, "\n"))}
	fillings := []filling{{}}
	if !b.Complete {
		f.read()
		fillings = f.fillings()
		fillings = fillings[:min(len(fillings), mostFillings(base, len(b.Text)))]
	}
	best := f.best(b, answers, fillings)
	if best != nil && !b.Complete && best.allows() && best.refused() {
		var others []filling
		for _, one := range fillings {
			if other, ok := f.foreign(one); ok {
				others = append(others, other)
			}
		}
		if other := f.best(b, answers, others); other != nil && !other.allows() && other.given(other.check.Answer.DeniedBy) {
			return other
		}
	}
	return best
}

// best is the filling that fits best with what AWS said, the first of equals.
func (f *filler) best(b *Brought, answers []Answer, fillings []filling) (best *state) {
	most, asked := 0, (*scenario.File)(nil)
	for _, one := range fillings {
		filled := withLines(f.file, one.lines)
		file := f.reread(closed(filled))
		if file.Errors() || len(file.Requests) == 0 {
			continue
		}
		s := &state{brought: b, answers: answers, said: f.said, text: f.text, file: file, places: places.New(file.Texts()), filled: one.notes}
		s.call, s.check = s.decide(file)
		s.layers = s.findLayers(filled)
		s.meant()
		s.layers = s.findLayers(filled)
		if points := s.fit(); best == nil || points > most {
			best, most, asked = s, points, filled
		}
	}
	if best != nil {
		best.openCheck(f.reread(asked))
	}
	return best
}

// reread reads a file that withLines or closed made. One that is as it was brought
// is read already, and its policies are in any case.
func (f *filler) reread(file *scenario.File) *scenario.File {
	if file == f.file {
		return file
	}
	return f.file.Again(file.Format())
}

// openCheck decides the same check with what is not known. What is said of each of its
// statements is not asked for.
func (s *state) openCheck(file *scenario.File) {
	if s.open = s.check; file == s.file || file.Errors() || len(file.Requests) == 0 {
		return
	}
	checks := answer.Checks(s.requestOf(file))
	at := slices.IndexFunc(checks, func(c answer.Check) bool {
		return c.Action == s.check.Action && c.Resource == s.check.Resource && c.Principal.ARN == s.check.Principal.ARN
	})
	if at < 0 {
		at = s.named(checks)
	}
	s.open = &checks[at]
	s.open.Answer = explain.Brief(s.open.Decision)
}

// decide answers the request that AWS's message is about, and finds the check
// of it that AWS names.
func (s *state) decide(file *scenario.File) (answer.Answer, *answer.Check) {
	s.request = s.requestOf(file)
	call := answer.Of(s.request)
	return call, &call.Checks[s.named(call.Checks)]
}

// requestOf is the request that AWS's message is about, or the first.
func (s *state) requestOf(file *scenario.File) *scenario.Request {
	for i := range file.Requests {
		if r := &file.Requests[i]; s.isNamed(r.Action, r.Resource) {
			return r
		}
	}
	return &file.Requests[0]
}

// named is the check that AWS's message is about, or the decisive one.
func (s *state) named(checks []answer.Check) int {
	for i := range checks {
		if c := &checks[i]; s.isNamed(c.Action, c.Resource) {
			return i
		}
	}
	return answer.Decisive(checks)
}

func (s *state) isNamed(action, resource string) bool {
	return s.said.Action != "" && s.said.Principal != "" && strings.EqualFold(action, s.said.Action) && (s.said.Resource == "" ||
		resource == s.said.Resource)
}

// meant is the check of several that fail that a statement is meant for: of a
// call to S3 and then to KMS, the one that the policies speak of.
func (s *state) meant() {
	if s.said.Principal != "" || s.check.Decision.Outcome == engine.Allowed {
		return
	}
	most, first := -1, s.check
	for i := range s.call.Checks {
		c := &s.call.Checks[i]
		if s.check = c; c.Decision.Outcome == engine.Allowed {
			continue
		}
		near := s.nearest()
		if near < nearEnough {
			near = 0
		}
		if near > most {
			most, first = near, c
		}
	}
	s.check = first
}

// fit says how well the policies go together with what AWS said: that they
// deny, as AWS says, by a statement that is meant for the request.
func (s *state) fit() int {
	points := 0
	d := s.check.Decision
	switch s.judge().verdict {
	case agrees:
		points = 3000
	case narrower:
		points = 2000
	}
	if d.Outcome != engine.Allowed {
		points += 1000 + min(s.nearest(), nearDeny) + s.first()/100
	} else if s.namesACL() && strings.HasPrefix(strings.ToLower(s.check.Action), "s3:put") {
		points++
	}
	return points
}

// besideBonus is what a key policy counts more that was brought beside the policy of
// the resource: somebody thought of it, and conditions that nothing tells are no sign.
const besideBonus = 30

// nearest is how near the statement comes that is meant for a check.
func (s *state) nearest() int {
	causes := s.causes()
	if len(causes) == 0 {
		return 0
	}
	near := causes[0].near
	if causes[0].Place.Element == "Principal" && strings.Contains(s.check.Principal.ARN, unnamed) {
		return min(near, nearNobody)
	}
	if strings.HasPrefix(causes[0].Place.Section, "entity/") && s.service() == "kms" && near >= nearEnough && near < nearDeny {
		near += besideBonus
	}
	return near
}

// first is the nearest of the first check of a call, where another one is looked at.
func (s *state) first() int {
	of := *s
	if of.check = &s.call.Checks[0]; of.check == s.check {
		return 0
	}
	return min(of.nearest(), nearDeny)
}

// causes are the statements that explain a denial by the policies that were
// brought.
func (s *state) causes() []cause {
	f := finder{file: s.file, places: s.places, check: s.check, silentAt: explain.SilentSCP(s.check.Decision), types: s.lookedAt(),
		explicit: s.explicitly(), unnamed: s.said.Resource == "" && strings.Contains(s.check.Resource, unnamed)}
	if k := &s.kept; k.of == nil || k.of.check != f.check || k.of.explicit != f.explicit || !slices.Equal(k.of.types, f.types) {
		s.kept = found{&f, f.causes()}
	}
	return s.kept.causes
}

// found is the causes that were found last: they are asked for many times, and there
// can be tens of thousands of statements.
type found struct {
	of     *finder
	causes []cause
}

// explicitly reports whether a Deny is what denies, by the policies. Where
// nothing allows the request in any case, and the Deny rests on a condition key
// of which nothing is known, it is not.
func (s *state) explicitly() bool {
	d := s.check.Decision
	if d.Outcome != engine.ExplicitDeny || s.said.Outcome == "explicit deny" || s.wayIn() {
		return d.Outcome == engine.ExplicitDeny
	}
	for i := range s.check.Answer.Statements {
		if st := &s.check.Answer.Statements[i]; st.Effect == "Deny" && st.Matched && !s.rests(st) {
			return true
		}
	}
	return false
}

// rests reports whether a condition of a statement is about a key of which
// nothing is known.
func (s *state) rests(st *explain.Statement) bool {
	return slices.ContainsFunc(st.Facts, func(f *reason.Fact) bool { return f.Key != "" && s.untold(f.Key) })
}

// wayIn reports whether the request would be let in but for a Deny.
func (s *state) wayIn() bool {
	open := map[engine.Side]bool{}
	for i := range s.check.Decision.Ways {
		w := &s.check.Decision.Ways[i]
		open[w.Side] = open[w.Side] || w.Blocked == 0
	}
	for _, yes := range open {
		if !yes {
			return false
		}
	}
	return len(open) > 0
}

// opened reports whether the policies of one side let the request in, across accounts:
// then the other side is what denies.
func (s *state) opened(side engine.Side) bool {
	return slices.ContainsFunc(s.check.Decision.Ways, func(w engine.Way) bool { return w.Side == side && w.Blocked == 0 })
}

// outcome is what the request came to: AWS's word, or else what the policies
// that were brought come to by themselves.
func (s *state) outcome() string {
	switch d := s.check.Decision; {
	case s.said.Outcome != "":
		return s.said.Outcome
	case s.brought.Said != nil && d.Outcome == engine.Allowed:
		return "denied"
	case d.Outcome == engine.ExplicitDeny && !s.explicitly():
		return engine.ImplicitDeny.String()
	default:
		return d.Outcome.String()
	}
}

// lookedAt is the policy types that explain the denial.
func (s *state) lookedAt() []string {
	d := s.check.Decision
	denied := explain.TypeName(d.DeniedBy)
	own := []string{"identity", "resource", "trust", "grant"}
	switch {
	case s.said.Type != "" && s.given(s.said.Type) && !slices.Contains(own, s.said.Type):
		return []string{s.said.Type}
	case s.said.Type != "" && s.said.Outcome == "explicit deny" && s.given(s.said.Type):
		return []string{s.said.Type}
	case !s.explicitly() && !slices.Contains(own, denied):
		return []string{denied}
	case s.said.Type == "" && !s.explicitly() && s.opened(engine.ResourceSide):
		return []string{"identity"}
	case s.said.Type == "" && !s.explicitly() && s.opened(engine.CallerSide):
		return []string{"resource", "trust", "grant"}
	case s.explicitly():
		return []string{"identity", "boundary", "session", "scopedown", "resource", "trust", "scp", "rcp", "endpoint"}
	}
	return own
}

// describe tells what is asked and what the policies say.
func (s *state) describe(r *Result) {
	c, d := s.check, s.open.Decision
	r.Outcome = s.outcome()
	r.Asked = Asked{Principal: c.Principal.ARN, Action: c.Action, Resource: c.Resource, Filled: s.filled}
	for i := range s.layers {
		l := &s.layers[i]
		switch l.state {
		case given:
			r.Policies.Given = append(r.Policies.Given, l.name)
		case none:
			r.Policies.None = append(r.Policies.None, l.name)
		case unknown:
			r.Policies.Unknown = append(r.Policies.Unknown, l.name)
		}
	}
	if len(r.Policies.Given) == 0 {
		return
	}
	r.Policies.Outcome, r.Policies.Verdict, r.Policies.Message = d.Outcome.String(), s.open.Answer.Verdict, s.open.Answer.Message
	r.Policies.DeniedBy = s.open.Answer.DeniedBy
	if depends := s.open.Answer.Depends; depends != nil {
		r.Policies.Depends, r.Policies.AllowedIf, r.Policies.DeniedIf = depends.On, depends.AllowedIf, depends.DeniedIf
	}
}

// problemOf is a problem of a scenario file, with its place.
func problemOf(at *places.Places, p *policy.Problem) Problem {
	line, column := at.Position(p.Section, p.Span.Start)
	return Problem{Name: p.Section, Line: line, Column: column, Message: p.Message}
}
