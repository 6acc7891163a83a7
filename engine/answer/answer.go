// Package answer answers whole scenario files: every request, every check that
// a request makes, in facts and in words. The command line, the page, the
// embeds and the reports all ask here.
package answer

import (
	"slices"
	"strconv"

	"why403/engine"
	"why403/engine/explain"
	"why403/engine/flow"
	"why403/engine/places"
	"why403/engine/policy"
	"why403/engine/scenario"
)

// Answer is the answer to one request of a file. AWS answers a call with the
// first check that fails, and so the embedded Answer is that check's; where all
// checks allow, the first one's.
type Answer struct {
	*explain.Answer
	Decision *engine.Decision
	Checks   []Check // all that the call makes, in order; at least one
	Decisive int     // index in Checks of the one that is answered
	Notes    []flow.Note
	Possible []Possible
}

// Check is one authorization of a call, with its answer.
type Check struct {
	flow.Check
	Decision *engine.Decision
	Answer   *explain.Answer
	Parts    []Part // where the resource is a pattern, what it comes to for parts of it that differ
	Open     bool   // it is allowed, but not all that the pattern stands for could be looked at
	searched int    // what it took to find what its decision, and those of its parts, depend on
}

// Possible is a check that AWS also makes if something is so that the file does
// not tell.
type Possible struct {
	flow.Possible
	Decision *engine.Decision // of its check; nil where too little is known to decide it
}

// Outcome is that of the check, "" where it can't be decided.
func (p *Possible) Outcome() string {
	if p.Decision == nil {
		return ""
	}
	return p.Decision.Outcome.String()
}

// Line is the check in one line.
func (p *Possible) Line() string {
	line := "if " + p.If + ": " + p.Action
	if p.Decision != nil {
		line += " on " + p.Decision.Check.Resource + " by " + p.Decision.Check.Principal.ARN + ": " + p.Outcome()
	}
	if p.Why != "" {
		line += "; " + p.Why
	}
	return line
}

// Part is what a check comes to for a resource that stands for a part of a
// pattern.
type Part struct {
	Resource string
	Outcome  engine.Outcome
}

// File answers every request of a file, in order. A file with errors has no
// answers: they would be to other questions.
func File(f *scenario.File) []Answer {
	if f.Errors() {
		return nil
	}
	out := make([]Answer, len(f.Requests))
	for i := range f.Requests {
		out[i] = Of(&f.Requests[i])
	}
	return out
}

// Of answers one request.
func Of(r *scenario.Request) Answer { return of(callOf(r)) }

func of(call *flow.Call) Answer {
	a := Answer{Notes: call.Notes, Possible: possibleOf(call), Checks: checksOf(call)}
	for i := range a.Checks {
		a.Checks[i].Answer = explain.Explain(a.Checks[i].Decision)
	}
	a.Notes = append(a.Notes, openNote(a.Checks)...)
	a.Notes = append(a.Notes, besideNotes(a.Checks)...)
	a.Decisive = Decisive(a.Checks)
	a.Answer, a.Decision = a.Checks[a.Decisive].Answer, a.Checks[a.Decisive].Decision
	a.whole()
	return a
}

func callOf(r *scenario.Request) *flow.Call {
	call, err := flow.Of(r.World, r.Request, r.Resources...)
	if err != nil {
		panic(err) // every line of the request was read
	}
	return call
}

// Checks decides the checks of a request and puts nothing into words.
func Checks(r *scenario.Request) []Check { return checksOf(callOf(r)) }

// Judged is what a request comes to, without words.
type Judged struct {
	Checks  []Check
	Outcome engine.Outcome
}

// Judge decides a request.
func Judge(r *scenario.Request) Judged {
	call := callOf(r)
	checks := checksOf(call)
	return Judged{checks, outcomeOf(call, checks)}
}

// Judged is the answer without its words.
func (a *Answer) Judged() Judged { return Judged{a.Checks, a.Outcome} }

// Searched is how many steps it took to find what the outcome depends on.
func (j *Judged) Searched() (steps int) {
	for i := range j.Checks {
		steps += j.Checks[i].searched
	}
	return steps
}

// Outcome is that of the answer to a request, without its words.
func Outcome(r *scenario.Request) engine.Outcome { return Judge(r).Outcome }

func outcomeOf(call *flow.Call, checks []Check) engine.Outcome {
	outcome := checks[Decisive(checks)].Decision.Outcome
	if checks[0].Action == engine.NoAction || outcome == engine.Allowed && (mayAskKMS(checks, possibleOf(call)) ||
		unknownBeside(checks) != nil) {
		return engine.Undecided
	}
	return outcome
}

func possibleOf(call *flow.Call) (out []Possible) {
	for _, p := range call.Possible {
		possible := Possible{Possible: p}
		if c := p.Check(); c != nil {
			possible.Decision = engine.Decide(c)
		}
		out = append(out, possible)
	}
	return out
}

func checksOf(call *flow.Call) (out []Check) {
	for _, c := range call.Checks {
		out = append(out, decided(c))
	}
	return out
}

// Decisive is the first check that fails in any case, or the first that can, or
// the first of all.
func Decisive(checks []Check) int {
	first := func(is func(engine.Outcome) bool) int {
		return slices.IndexFunc(checks, func(c Check) bool { return is(c.Decision.Outcome) })
	}
	if denied := first(engine.Outcome.Denied); denied >= 0 {
		return denied
	}
	return max(0, first(func(o engine.Outcome) bool { return o == engine.Undecided }))
}

// Decides reports whether a check is why a call of several is not allowed.
func (a *Answer) Decides(check int) bool {
	return len(a.Checks) > 1 && check == a.Decisive && a.Outcome != engine.Allowed
}

// decided decides a check. One on a pattern is allowed where everything that
// the pattern covers is, and is answered for the part that is allowed least. What a
// check may search bounds the searches of all its parts, once one of them is not
// allowed. While all are, each is looked at: one that is denied may be the last.
func decided(c flow.Check) Check { return decidedWithin(c, c.MostSearched()) }

// decidedWithin is decided with another bound.
func decidedWithin(c flow.Check, most int) Check {
	out := Check{Check: c, Decision: engine.Decide(c.Check)}
	out.searched = out.Decision.Searched
	if !c.Pattern {
		return out
	}
	for _, part := range c.Parts() {
		if out.searched < most || out.Decision.Outcome == engine.Allowed {
			out.part(part.Resource, engine.Decide(part))
		}
	}
	entities, all := c.Entities()
	for _, part := range entities {
		if out.searched < most || out.Decision.Outcome == engine.Allowed {
			sub := decidedWithin(flow.Check{Check: part}, most)
			out.part(part.Resource, sub.Decision)
			out.Open = out.Open || sub.Open
			out.searched += sub.searched - sub.Decision.Searched
		}
	}
	if out.Decision.Outcome == engine.Allowed && !c.Certain() {
		for _, part := range c.Others() {
			if d := engine.Decide(part); d.Outcome != engine.Allowed {
				out.part(part.Resource, d)
			}
		}
		out.Open = true
	}
	out.Open = (out.Open || !all) && out.Decision.Outcome == engine.Allowed
	if !slices.ContainsFunc(out.Parts, func(p Part) bool { return p.Outcome != out.Parts[0].Outcome }) {
		out.Parts = nil
	}
	return out
}

// part takes in what a part of a pattern comes to.
func (c *Check) part(resource string, d *engine.Decision) {
	c.Parts = append(c.Parts, Part{resource, d.Outcome})
	c.searched += d.Searched
	if worse(d.Outcome, c.Decision.Outcome) {
		c.Decision = d
	}
}

// openNote is what is to be said of checks that are allowed as far as could be
// looked.
func openNote(checks []Check) (notes []flow.Note) {
	for i := range checks {
		if c := &checks[i]; c.Open {
			notes = append(notes, flow.Note{Code: "pattern-open",
				Message: "Not all that " + c.Resource + " stands for was looked at: the policies name more kinds of it than can be told apart here, " +
					"or it leaves the account or the Region open. What was looked at is allowed; ask for the resource that you mean.",
				Doc: "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html"})
		}
	}
	return notes
}

// worse reports whether one outcome allows less than another.
func worse(a, b engine.Outcome) bool {
	rank := [...]int{engine.Allowed: 0, engine.Undecided: 1, engine.ImplicitDeny: 2, engine.ExplicitDeny: 3}
	return rank[a] > rank[b]
}

// Lines is the whole answer as plain text, one fact a line: the lines of the
// check that is answered, and before them, where a call makes several, a line
// for each.
func (a *Answer) Lines() []string {
	lines := a.Answer.Lines()
	head := 1
	if a.Outcome == engine.Undecided {
		head += len(a.Depends.On)
	}
	if a.Message != "" {
		head++
	}
	var more []string
	for i := range a.Checks {
		c := &a.Checks[i]
		if len(a.Checks) > 1 {
			more = append(more, "check "+strconv.Itoa(i+1)+": "+c.line())
		}
		for _, p := range c.Parts {
			more = append(more, "part: "+p.Resource+": "+p.Outcome.String())
		}
	}
	for _, n := range a.Notes {
		more = append(more, "note: "+n.Message)
	}
	return slices.Insert(lines, head, more...)
}

// line is a check in one line.
func (c *Check) line() string {
	line := c.Action + " on " + c.Resource + " by " + c.Principal.ARN + ": " + c.Decision.Outcome.String()
	if c.Decision.Outcome.Denied() {
		line += " (" + c.Answer.DeniedBy + ")"
	}
	if c.Why != "" {
		line += "; " + c.Why
	}
	return line
}

// Outcomes is [OutcomesOf] the answers of [File], without their words.
func Outcomes(f *scenario.File) (out []engine.Outcome) {
	if f.Errors() {
		return nil
	}
	for i := range f.Requests {
		out = append(out, Outcome(&f.Requests[i]))
	}
	return out
}

// OutcomesOf is the outcomes of answers, in order.
func OutcomesOf(answers []Answer) []engine.Outcome {
	var out []engine.Outcome
	for i := range answers {
		out = append(out, answers[i].Outcome)
	}
	return out
}

// unjudgedCodes are the warnings about what no decision can judge, reached or
// not.
var unjudgedCodes = map[string]bool{"unknown-operator": true, "not-judged": true}

// Unjudged reports whether a problem of a file is about what no decision can
// judge.
func Unjudged(p *policy.Problem) bool { return unjudgedCodes[p.Code] }

// NotEvaluated is what an answer left out, and what no answer to this file can
// judge: each place once.
func NotEvaluated(f *scenario.File, at *places.Places, a *explain.Answer) []policy.Problem {
	out := slices.Clone(a.NotEvaluated)
	told := map[string]bool{}
	placeOf := func(p *policy.Problem) string {
		line, _ := at.Position(p.Section, p.Span.Start)
		return strconv.Itoa(line) + " " + p.Code + " " + p.Section
	}
	for i := range out {
		told[placeOf(&out[i])] = true
	}
	for i := range f.Problems {
		if p := &f.Problems[i]; Unjudged(p) && !told[placeOf(p)] {
			told[placeOf(p)] = true
			out = append(out, *p)
		}
	}
	return out
}
