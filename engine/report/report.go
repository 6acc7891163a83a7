// Package report is the answers to a scenario file for programs: the JSON
// objects that "why403 eval --json" prints and POST /api/evaluate returns.
package report

import (
	"bytes"
	"encoding/json"

	"why403/engine/answer"
	"why403/engine/policy"
	"why403/engine/scenario"
)

// Answer is the answer to one request.
type Answer struct {
	File         string     `json:"file"`
	Request      string     `json:"request"`
	Outcome      string     `json:"outcome"`
	DeniedBy     string     `json:"deniedBy"`
	Message      string     `json:"message"`
	Checks       []Check    `json:"checks,omitempty"` // of a call that makes several
	Notes        []Note     `json:"notes,omitempty"`
	Possible     []Possible `json:"possible,omitempty"`
	NotEvaluated []Problem  `json:"notEvaluated,omitempty"`
	Warnings     []Problem  `json:"warnings,omitempty"`
	Fix          *Fix       `json:"fix,omitempty"` // the best, of a request that is denied; see [LinesWithFix]
}

// Check is one authorization of a call.
type Check struct {
	Action    string `json:"action"`
	Resource  string `json:"resource"`
	Principal string `json:"principal"`
	Outcome   string `json:"outcome"`
	DeniedBy  string `json:"deniedBy"`
	Message   string `json:"message"`
	Why       string `json:"why,omitempty"`
	Doc       string `json:"doc,omitempty"`
}

// Possible is a check that AWS also makes if something is so that the file does
// not tell: a clause. The outcome is "" where too little is known to decide it.
type Possible struct {
	If       string `json:"if"`
	Action   string `json:"action"`
	Resource string `json:"resource,omitempty"`
	Outcome  string `json:"outcome,omitempty"`
	Why      string `json:"why,omitempty"`
	Doc      string `json:"doc"`
}

// Note is something to know of a request beside its answer.
type Note struct {
	Code    string `json:"code"`
	Message string `json:"message"`
	Doc     string `json:"doc,omitempty"`
}

// Unreadable stands in place of the answers to a file that has errors.
type Unreadable struct {
	File     string    `json:"file"`
	Problems []Problem `json:"problems"`
}

// Problem is a policy.Problem with its place as a line and a column, both from
// 1, in the section (or in the file, where section is "").
type Problem struct {
	Section string `json:"section"`
	Line    int    `json:"line"`
	Column  int    `json:"column"`
	Code    string `json:"code"`
	Message string `json:"message"`
}

// Place gives a problem of a file with its line and column.
func Place(f *scenario.File, p *policy.Problem) Problem {
	line, column := policy.Position(f.Text(p.Section), p.Span.Start)
	return Problem{p.Section, line, column, p.Code, p.Message}
}

// Places gives the problems of one severity.
func Places(f *scenario.File, severity policy.Severity) []Problem {
	var out []Problem
	for i := range f.Problems {
		if f.Problems[i].Severity == severity {
			out = append(out, Place(f, &f.Problems[i]))
		}
	}
	return out
}

// Lines is one JSON object a line: an Answer for each request, or a single
// Unreadable. The name stands in each as the file.
func Lines(name string, f *scenario.File) []byte { return encoded(objects(name, f, false)) }

// LinesWithFix is [Lines], and each request that is denied has the best fix. To
// find it, the file is judged many times.
func LinesWithFix(name string, f *scenario.File) []byte { return encoded(objects(name, f, true)) }

func encoded(objects []any) []byte {
	var out bytes.Buffer
	encoder := json.NewEncoder(&out)
	encoder.SetEscapeHTML(false)
	for _, object := range objects {
		if err := encoder.Encode(object); err != nil {
			panic(err) // only strings and numbers are marshaled
		}
	}
	return out.Bytes()
}

func objects(name string, f *scenario.File, fixes bool) []any {
	if f.Errors() {
		return []any{Unreadable{name, Places(f, policy.Error)}}
	}
	var warnings []Problem
	for i := range f.Problems {
		if p := &f.Problems[i]; p.Severity == policy.Warning && !answer.Unjudged(p) {
			warnings = append(warnings, Place(f, p))
		}
	}
	var out []any
	for i, a := range answer.File(f) {
		var unjudged []Problem
		for _, p := range answer.NotEvaluated(f, a.Answer) {
			unjudged = append(unjudged, Place(f, &p))
		}
		one := Answer{File: name, Request: a.Request, Outcome: a.Outcome.String(),
			DeniedBy: a.DeniedBy, Message: a.Message, NotEvaluated: unjudged, Warnings: warnings, Checks: checks(&a), Notes: notes(&a), Possible: possible(&a)}
		if fixes {
			one.Fix = firstFix(f, i, a.Outcome)
		}
		out = append(out, one)
	}
	return out
}

// checks is those of a call that makes several.
func checks(a *answer.Answer) []Check {
	if len(a.Checks) < 2 {
		return nil
	}
	var out []Check
	for i := range a.Checks {
		c := &a.Checks[i]
		out = append(out, Check{c.Action, c.Resource, c.Principal.ARN, c.Decision.Outcome.String(), c.Answer.DeniedBy, c.Answer.Message, c.Why, c.Doc})
	}
	return out
}

func notes(a *answer.Answer) []Note {
	var out []Note
	for _, n := range a.Notes {
		out = append(out, Note(n))
	}
	return out
}

func possible(a *answer.Answer) []Possible {
	var out []Possible
	for i := range a.Possible {
		p := &a.Possible[i]
		one := Possible{If: p.If, Action: p.Action, Outcome: p.Outcome(), Why: p.Why, Doc: p.Doc}
		if p.Check != nil {
			one.Resource = p.Check.Resource
		}
		out = append(out, one)
	}
	return out
}
