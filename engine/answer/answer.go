// Package answer answers whole scenario files: every request, every check that
// a request makes, in facts and in words. The command line, the page, the
// embeds and the reports all ask here.
package answer

import (
	"slices"

	"why403/engine"
	"why403/engine/explain"
	"why403/engine/policy"
	"why403/engine/scenario"
)

// Answer is the answer to one request of a file.
type Answer struct {
	*explain.Answer
	Decision *engine.Decision
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
func Of(r *scenario.Request) Answer {
	d := engine.Decide(r.Check)
	return Answer{explain.Explain(d), d}
}

// Outcomes is the outcomes of a file's requests, in order.
func Outcomes(f *scenario.File) []engine.Outcome {
	var out []engine.Outcome
	for _, a := range File(f) {
		out = append(out, a.Outcome)
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
func NotEvaluated(f *scenario.File, a *explain.Answer) []policy.Problem {
	out := slices.Clone(a.NotEvaluated)
	for _, p := range f.Problems {
		told := func(q policy.Problem) bool { return samePlace(f, &p, &q) }
		if Unjudged(&p) && !slices.ContainsFunc(out, told) {
			out = append(out, p)
		}
	}
	return out
}

// samePlace reports whether both are in the same line of the same section for
// the same reason.
func samePlace(f *scenario.File, p, q *policy.Problem) bool {
	if p.Section != q.Section || p.Code != q.Code {
		return false
	}
	a, _ := policy.Position(f.Text(p.Section), p.Span.Start)
	b, _ := policy.Position(f.Text(q.Section), q.Span.Start)
	return a == b
}
