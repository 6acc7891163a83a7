package answer

import (
	"slices"

	"why403/engine/explain"
	"why403/engine/flow"
	"why403/engine/reason"
	"why403/engine/scenario"
)

// How many steps it takes to find what one call asks, to put one check into words,
// to tell what one statement or grant does, and to look how like one of its values
// is to what the request has; and what each byte of the words takes until it is
// written.
const (
	perCall      = 1 << 15
	perCheck     = 1 << 14
	perStatement = 1 << 9
	perTest      = 1 << 7
	perValue     = 1 << 8
	perByte      = 1 << 3
	perMore      = 1 << 5 // of what is not in a statement's row
)

// Within is [File], where that takes no more than so many steps, as
// [engine.Check.Work] counts them: those of every check that a call makes, of what
// it depends on, and of its words. No more is answered than the steps are for. Ok
// is false where they are too few.
func Within(f *scenario.File, steps int) (out []Answer, ok bool) {
	if f.Errors() {
		return nil, true
	}
	for i := range f.Requests {
		call := callOf(&f.Requests[i])
		if steps -= ahead(call); steps < 0 {
			return nil, false
		}
		a := of(call)
		if steps -= told(&a); steps < 0 {
			return nil, false
		}
		out = append(out, a)
	}
	return out, true
}

// ahead is what can be told of a call before it is decided.
func ahead(call *flow.Call) (work int) {
	work = perCall
	for _, c := range call.Checks {
		work += perCheck + c.WholeWork() + len(c.Grants)*perStatement
		for _, p := range c.Policies {
			work += len(p.Statements) * perStatement
			for i := range p.Statements {
				work += len(p.Statements[i].Condition.Tests) * perTest
			}
		}
	}
	for i := range call.Possible {
		work += perCheck
		if c := call.Possible[i].Check(); c != nil {
			work += c.Work()
		}
	}
	return work
}

// told is what an answer took beyond that.
func told(a *Answer) (work int) {
	for i := range a.Checks {
		work += a.Checks[i].searched + words(a.Checks[i].Answer)
	}
	for i := range a.Possible {
		if d := a.Possible[i].Decision; d != nil {
			work += d.Searched
		}
	}
	return work
}

// words is what it takes to put an answer into words.
func words(a *explain.Answer) (work int) {
	for i := range a.Statements {
		s := &a.Statements[i]
		work += (len(s.Section) + len(s.Sid) + len(s.Reason)) * perByte
		for _, fact := range s.Facts {
			work += min(len(fact.Policy), reason.Most) * perValue
		}
	}
	for i := range a.Causes {
		work += len(a.Causes[i].Text) * perMore
		for _, fact := range a.Causes[i].Facts {
			for _, value := range slices.Concat(fact.Policy, fact.Request) {
				work += len(value) * perMore
			}
		}
	}
	for i := range a.NotEvaluated {
		work += len(a.NotEvaluated[i].Message) * perMore
	}
	return work
}
