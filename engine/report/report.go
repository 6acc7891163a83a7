// Package report is the answers to a scenario file for programs: the JSON
// objects that "why403 eval --json" prints and POST /api/evaluate returns.
package report

import (
	"bytes"
	"encoding/json"
	"iter"
	"math"
	"slices"
	"strings"

	"why403/engine"
	"why403/engine/answer"
	"why403/engine/explain"
	"why403/engine/fix"
	"why403/engine/places"
	"why403/engine/policy"
	"why403/engine/reason"
	"why403/engine/scenario"
)

// Answer is the answer to one request.
type Answer struct {
	File         string     `json:"file"`
	Request      string     `json:"request"`
	Outcome      string     `json:"outcome"`
	DeniedBy     string     `json:"deniedBy"`
	Message      string     `json:"message"`
	Verdict      string     `json:"verdict"`
	Decisive     *Statement `json:"decisive,omitempty"`  // that denies, or that allows
	Reason       string     `json:"reason,omitempty"`    // of the first cause
	Causes       []Cause    `json:"causes,omitempty"`    // of a denial, the decisive one first
	DependsOn    []string   `json:"dependsOn,omitempty"` // where the outcome is "depends": the words of a line "unknown: …"
	AllowedIf    [][]string `json:"allowedIf,omitempty"` // clauses; each list is enough to be allowed, whatever else is so
	DeniedIf     [][]string `json:"deniedIf,omitempty"`
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

// Statement is the place of a statement, or of a grant: its number is from 1, in
// its section.
type Statement struct {
	Section string `json:"section"`
	Sid     string `json:"sid,omitempty"`
	Number  int    `json:"number"`
	Line    int    `json:"line"`
	Effect  string `json:"effect"`
}

// Cause is why a request is denied: a Deny that matches, the Allow that lacks
// least, or, without a statement, what none changes.
type Cause struct {
	Statement *Statement `json:"statement,omitempty"`
	Kind      string     `json:"kind"`
	Reason    string     `json:"reason"`
	Facts     []Fact     `json:"facts,omitempty"`
}

// Fact is a reason.Fact: what the policy says, and what the request has. Of a list of
// more than reason.Most values that the policy has, the first so many are in Policy,
// and their number in Values.
type Fact struct {
	Kind     string   `json:"kind"`
	Element  string   `json:"element"`
	Operator string   `json:"operator,omitempty"`
	Key      string   `json:"key,omitempty"`
	Policy   []string `json:"policy,omitempty"`
	Values   int      `json:"policyValues,omitempty"`
	Request  []string `json:"request,omitempty"`
	Closest  string   `json:"closest,omitempty"`
	Here     string   `json:"expanded,omitempty"` // what the closest value comes to, where it has variables
	Part     string   `json:"part,omitempty"`
	Says     string   `json:"policyPart,omitempty"`
	Has      string   `json:"requestPart,omitempty"`
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
func Place(at *places.Places, p *policy.Problem) Problem {
	line, column := at.Position(p.Section, p.Span.Start)
	return Problem{p.Section, line, column, p.Code, p.Message}
}

// Places gives the problems of one severity.
func Places(f *scenario.File, severity policy.Severity) []Problem {
	var out []Problem
	at := places.New(f.Texts())
	for i := range f.Problems {
		if f.Problems[i].Severity == severity {
			out = append(out, Place(at, &f.Problems[i]))
		}
	}
	return out
}

// Lines is one JSON object a line: an Answer for each request, or a single
// Unreadable. The name stands in each as the file.
func Lines(name string, f *scenario.File) []byte {
	text, _ := LinesOf(name, f, answer.File(f), math.MaxInt)
	return text
}

// LinesWithFix is [Lines], and each request that is denied has the best fix. To
// find it, the file is judged many times.
func LinesWithFix(name string, f *scenario.File) []byte {
	answers := answer.File(f)
	text, _ := encoded(objects(name, f, answers, fix.Answered(f, answers)), math.MaxInt)
	return text
}

// LinesOf is [Lines] with answers that are there already. Ok is false where the
// lines are longer than so many bytes: then it writes no further.
func LinesOf(name string, f *scenario.File, answers []answer.Answer, most int) (text []byte, ok bool) {
	return encoded(objects(name, f, answers, nil), most)
}

func encoded(objects iter.Seq[any], most int) (text []byte, ok bool) {
	var out bytes.Buffer
	encoder := json.NewEncoder(&out)
	encoder.SetEscapeHTML(false)
	for object := range objects {
		if err := encoder.Encode(object); err != nil {
			panic(err) // only strings and numbers are marshaled
		}
		if out.Len() > most {
			return nil, false
		}
	}
	return out.Bytes(), true
}

// objects gives one object after the other.
func objects(name string, f *scenario.File, answers []answer.Answer, search *fix.Search) iter.Seq[any] {
	return func(yield func(any) bool) {
		if f.Errors() {
			yield(Unreadable{name, Places(f, policy.Error)})
			return
		}
		at := places.New(f.Texts())
		warnings := warnings(f, at)
		for i := range answers {
			one := object(name, f, at, &answers[i])
			one.Warnings = about(&f.Requests[i], warnings)
			if search != nil {
				one.Fix = firstFix(search, i, answers[i].Outcome)
			}
			if !yield(one) {
				return
			}
		}
	}
}

// warnings is those that no answer tells as not evaluated.
func warnings(f *scenario.File, at *places.Places) (out []Problem) {
	for i := range f.Problems {
		if p := &f.Problems[i]; p.Severity == policy.Warning && !answer.Unjudged(p) {
			out = append(out, Place(at, p))
		}
	}
	return out
}

// object is the answer to one request.
func object(name string, f *scenario.File, at *places.Places, a *answer.Answer) Answer {
	var unjudged []Problem
	for _, p := range answer.NotEvaluated(f, at, a.Answer) {
		unjudged = append(unjudged, Place(at, &p))
	}
	causes := causes(at, a.Answer)
	reason := ""
	if len(causes) > 0 {
		reason = causes[0].Reason
	}
	one := Answer{File: name, Request: a.Request, Outcome: a.Outcome.String(), DeniedBy: a.DeniedBy, Message: a.Message,
		Verdict: a.Verdict, Decisive: decisive(at, a.Answer), Reason: reason, Causes: causes, NotEvaluated: unjudged,
		Checks: checks(a), Notes: notes(a), Possible: possible(a)}
	if a.Outcome == engine.Undecided {
		one.DependsOn, one.AllowedIf, one.DeniedIf = a.Depends.On, a.Depends.AllowedIf, a.Depends.DeniedIf
	}
	return one
}

// about is the warnings of a file without those in the lines of other requests,
// which many requests would tell by the square.
func about(r *scenario.Request, warnings []Problem) []Problem {
	return slices.DeleteFunc(slices.Clone(warnings), func(p Problem) bool {
		return p.Section != r.Section && (p.Section == "request" || strings.HasPrefix(p.Section, "request/"))
	})
}

// decisive is the statement that made the decision; nil where none did.
func decisive(at *places.Places, a *explain.Answer) *Statement {
	for i := range a.Statements {
		if a.Statements[i].Decided {
			return statement(at, &a.Statements[i])
		}
	}
	return nil
}

func statement(at *places.Places, s *explain.Statement) *Statement {
	line, _ := at.Position(s.Section, s.Span.Start)
	return &Statement{s.Section, s.Sid, s.Index + 1, line, s.Effect}
}

func causes(at *places.Places, a *explain.Answer) (out []Cause) {
	for i := range a.Causes {
		c := &a.Causes[i]
		cause := Cause{Kind: c.Kind, Reason: c.Text}
		if c.Statement >= 0 {
			cause.Statement = statement(at, &a.Statements[c.Statement])
		}
		for _, x := range c.Facts {
			fact := Fact{Kind: string(x.Kind), Element: x.Element, Operator: x.Operator, Key: x.Key, Policy: x.Policy, Request: x.Request,
				Closest: x.Closest, Here: x.Here, Part: x.Part, Says: x.Says, Has: x.Has}
			if n := len(x.Policy); n > reason.Most {
				fact.Policy, fact.Values = x.Policy[:reason.Most], n
			}
			cause.Facts = append(cause.Facts, fact)
		}
		out = append(out, cause)
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
		out = append(out, Check{c.Action, c.Resource, c.Principal.ARN, c.Decision.Outcome.String(), c.Answer.DeniedBy, c.Answer.Message,
			c.Why, c.Doc})
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
		if p.Decision != nil {
			one.Resource = p.Decision.Check.Resource
		}
		out = append(out, one)
	}
	return out
}
