package diagnose

import (
	"slices"
	"strings"

	"why403/engine"
	"why403/engine/answer"
	"why403/engine/catalogue"
	"why403/engine/explain"
	"why403/engine/policy"
	"why403/engine/scenario"
)

// Of diagnoses what was brought. The answers are what a person said about
// commands of earlier results.
func Of(c catalogue.Catalogue, b Brought, answers []Answer) *Result {
	r := &Result{Said: b.Said, Read: b.Read, Problems: slices.Clone(b.Problems)}
	s := choose(c, &b, answers)
	if s == nil {
		r.Problems = append(r.Problems, unreadable(c, b.Text)...)
		r.Why, r.EditWhy = "Nothing of this says who asked for what.", "The request is not known."
		elsewhere(r)
		return r
	}
	s.describe(r)
	s.compare(r)
	s.explain(r)
	s.fetch(r)
	s.edit(r)
	elsewhere(r)
	return r
}

// elsewhere is for an answer that no policy of IAM decides.
func elsewhere(r *Result) {
	if r.Said == nil || r.Said.NoPolicy == "" {
		return
	}
	r.Proved = append([]Finding{{ID: "no-policy", Text: "No policy of IAM decides this. " + r.Said.NoPolicy, Because: []string{"AWS's message says so."},
		Doc: r.Said.Page}}, r.Proved...)
	r.Possible, r.Later = nil, nil
	r.Next = &Command{ID: "look", Text: r.Said.Look, Doc: r.Said.Page}
	r.Why, r.Edit, r.EditWhy = "No policy changes this.", false, "No policy changes this."
}

// unreadable is what keeps a scenario from being diagnosed.
func unreadable(c catalogue.Catalogue, text string) (out []Problem) {
	if text == "" {
		return nil
	}
	f := scenario.ParseWith(c, text)
	for i := range f.Problems {
		if f.Problems[i].Severity == policy.Error {
			out = append(out, problemOf(f, i))
		}
	}
	return out
}

// state is a diagnosis at work.
type state struct {
	brought *Brought
	answers []Answer
	said    *Evidence // never nil
	file    *scenario.File
	request *scenario.Request
	call    answer.Answer
	check   *answer.Check // the one that AWS's message is about
	filled  []string
	layers  []layer
	verdict string
}

// choose fills what AWS's text leaves open, and takes the filling that fits best
// with what AWS said. It is nil where nothing can be decided.
func choose(c catalogue.Catalogue, b *Brought, answers []Answer) *state {
	said := b.Said
	if said == nil {
		said = &Evidence{}
	}
	base := scenario.ParseWith(c, b.Text)
	if b.Text == "" || len(base.Requests) == 0 {
		return nil
	}
	f := filler{file: base, catalogue: c, said: said, text: strings.ToLower(said.Text + "\n" + strings.Join(b.Errors, "\n"))}
	fillings := []filling{{}}
	if f.read(); !b.Complete {
		fillings = f.fillings()
	}
	best := f.best(b, answers, fillings)
	if best != nil && !b.Complete && best.allows() && best.refused() {
		var others []filling
		for _, one := range fillings {
			if other, ok := f.foreign(one); ok {
				others = append(others, other)
			}
		}
		if other := f.best(b, answers, others); other != nil && !other.allows() {
			return other
		}
	}
	return best
}

// best is the filling that fits best with what AWS said, the first of equals.
func (f *filler) best(b *Brought, answers []Answer, fillings []filling) (best *state) {
	base, c, said := f.file, f.catalogue, f.said
	most := 0
	for _, one := range fillings {
		file := scenario.ParseWith(c, withLines(base, one.lines))
		if file.Errors() || len(file.Requests) == 0 {
			continue
		}
		s := &state{brought: b, answers: answers, said: said, file: file, filled: one.notes}
		s.decide()
		if points := s.fit(); best == nil || points > most {
			best, most = s, points
		}
	}
	return best
}

// withLines is a file with other values in its first request.
func withLines(f *scenario.File, lines [][2]string) string {
	if len(lines) == 0 {
		return f.Format()
	}
	out := scenario.File{Comment: f.Comment, Sections: slices.Clone(f.Sections)}
	for i := range out.Sections {
		s := &out.Sections[i]
		if _, ok := scenario.RequestName(s.Name); !ok {
			continue
		}
		for _, l := range lines {
			s.Text = withLine(s.Text, l[0], l[1])
		}
		break
	}
	return out.Format()
}

// withLine gives a key of a request a value.
func withLine(text, key, value string) string {
	var b strings.Builder
	for _, l := range scenario.Lines(text) {
		if !strings.EqualFold(l.Key, key) {
			b.WriteString(text[l.Span.Start:l.Span.End] + "\n")
		}
	}
	b.WriteString(key + ": " + value + "\n")
	return b.String()
}

// decide answers the request that AWS's message is about.
func (s *state) decide() {
	s.request = &s.file.Requests[0]
	for i := range s.file.Requests {
		r := &s.file.Requests[i]
		if s.said.Action != "" && strings.EqualFold(r.Action, s.said.Action) && (s.said.Resource == "" || r.Resource == s.said.Resource) {
			s.request = r
			break
		}
	}
	s.call = answer.Of(s.request)
	s.check = &s.call.Checks[s.call.Decisive]
	for i := range s.call.Checks {
		c := &s.call.Checks[i]
		if s.said.Action != "" && strings.EqualFold(c.Action, s.said.Action) && (s.said.Resource == "" || c.Resource == s.said.Resource) {
			s.check = c
			break
		}
	}
	s.layers = s.findLayers()
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
		points += 1000
		if causes := s.causes(); len(causes) > 0 {
			points += min(causes[0].near, 300)
		}
	} else if s.namesACL() && strings.HasPrefix(strings.ToLower(s.check.Action), "s3:put") {
		points++
	}
	return points
}

// causes are the statements that explain a denial by the policies that were
// brought.
func (s *state) causes() []cause {
	f := finder{file: s.file, check: s.check, types: s.lookedAt(), unnamed: s.said.Resource == "" && strings.Contains(s.check.Resource, unnamed)}
	return f.causes()
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
	case d.Outcome == engine.ImplicitDeny && !slices.Contains(own, denied):
		return []string{denied}
	case d.Outcome == engine.ExplicitDeny:
		return []string{"identity", "boundary", "session", "scopedown", "resource", "trust", "scp", "rcp", "endpoint"}
	}
	return own
}

// describe tells what is asked and what the policies say.
func (s *state) describe(r *Result) {
	c, d := s.check, s.check.Decision
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
	r.Policies.Outcome, r.Policies.Verdict, r.Policies.Message = d.Outcome.String(), c.Answer.Verdict, c.Answer.Message
	r.Policies.DeniedBy = c.Answer.DeniedBy
}

// problemOf is a problem of a scenario file, with its place.
func problemOf(f *scenario.File, index int) Problem {
	p := &f.Problems[index]
	line, column := policy.Position(f.Text(p.Section), p.Span.Start)
	return Problem{Name: p.Section, Line: line, Column: column, Message: p.Message}
}
