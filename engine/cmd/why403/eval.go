package main

import (
	"fmt"
	"slices"
	"strings"

	"github.com/goccy/go-json"

	"why403/engine"
	"why403/engine/explain"
	"why403/engine/policy"
)

// answerLine is what eval --json prints for a request.
type answerLine struct {
	File         string    `json:"file"`
	Request      string    `json:"request"`
	Outcome      string    `json:"outcome"`
	DeniedBy     string    `json:"deniedBy"`
	Message      string    `json:"message"`
	NotEvaluated []problem `json:"notEvaluated,omitempty"`
	Warnings     []problem `json:"warnings,omitempty"`
}

// problemLine is what eval --json prints for a file that can't be read.
type problemLine struct {
	File     string    `json:"file"`
	Problems []problem `json:"problems"`
}

func (a *app) eval(args []string) int {
	set := flags("eval")
	asJSON := set.Bool("json", false, "")
	if err := set.Parse(args); err != nil {
		return a.usage(err.Error())
	}
	if set.NArg() == 0 {
		return a.usage("eval needs a file")
	}
	inputs, err := a.inputs(set.Args())
	if err != nil {
		return a.usage(err.Error())
	}
	code := exitOK
	for _, in := range inputs {
		if in.file.Errors() {
			code = exitProblems
		}
		if *asJSON {
			a.evalJSON(in)
		} else {
			a.evalText(in)
		}
	}
	return code
}

// answers decides every request of a file.
func answers(in input) []*explain.Answer {
	var out []*explain.Answer
	var evaluator engine.Evaluator
	s := &in.file.Scenario
	for i := range s.Requests {
		r := &s.Requests[i]
		out = append(out, explain.Explain(s, r, evaluator.Evaluate(s, r)))
	}
	return out
}

// unjudgedCodes are the warnings about what no decision can judge, reached or
// not.
var unjudgedCodes = map[string]bool{"unknown-operator": true, "not-judged": true}

// divide separates the warnings about what can't be judged from the others.
func divide(all []problem) (warnings, unjudged []problem) {
	for _, p := range all {
		if unjudgedCodes[p.Code] {
			unjudged = append(unjudged, p)
		} else {
			warnings = append(warnings, p)
		}
	}
	return warnings, unjudged
}

// samePlace reports whether both are in the same line of the same section for
// the same reason.
func (p problem) samePlace(q problem) bool {
	return p.Section == q.Section && p.Line == q.Line && p.Code == q.Code
}

func (a *app) evalJSON(in input) {
	if in.file.Errors() {
		a.printJSON(problemLine{in.name, places(in.file, policy.Error)})
		return
	}
	warnings, unjudged := divide(places(in.file, policy.Warning))
	for _, answer := range answers(in) {
		line := answerLine{File: in.name, Request: answer.Request, Outcome: answer.Outcome.String(),
			DeniedBy: answer.DeniedBy, Message: answer.Message, Warnings: warnings}
		for i := range answer.NotEvaluated {
			line.NotEvaluated = append(line.NotEvaluated, place(in.file, &answer.NotEvaluated[i]))
		}
		for _, p := range unjudged {
			if !slices.ContainsFunc(line.NotEvaluated, p.samePlace) {
				line.NotEvaluated = append(line.NotEvaluated, p)
			}
		}
		a.printJSON(line)
	}
}

func (a *app) printJSON(v any) {
	text, err := json.MarshalWithOption(v, json.DisableHTMLEscape())
	if err != nil {
		panic(err) // only strings and numbers are marshaled
	}
	fmt.Fprintf(a.stdout, "%s\n", text)
}

func (a *app) evalText(in input) {
	for _, severity := range []policy.Severity{policy.Error, policy.Warning} {
		for _, p := range places(in.file, severity) {
			fmt.Fprintf(a.stdout, "%s (%s)\n", p.text(in.name), severity)
		}
	}
	if in.file.Errors() {
		return
	}
	for _, answer := range answers(in) {
		heading := in.name
		if answer.Request != "" {
			heading += " " + answer.Request
		}
		fmt.Fprintf(a.stdout, "%s: %s\n\n", heading, strings.Join(answer.Lines(), "\n  "))
	}
}
