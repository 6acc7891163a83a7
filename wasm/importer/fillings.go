package main

import (
	"strings"

	"why403/engine"
	"why403/engine/answer"
	"why403/engine/scenario"
	"why403/wasm/bridge"
)

// fillings writes, of each request that depends on what is not known, a scenario
// in which all is known and it is allowed, and one in which it is denied, as far
// as there is one.
func fillings(w *bridge.Writer, text string) {
	f, asked := services.Scenario(text)
	answers := answer.File(f)
	w.Object(func() {
		defer asked.Write(w)
		w.Problems("problems", bridge.NewOffsets(f.Text), f.Problems)
		w.List("fillings", len(answers), func(i int) { fillingsOf(w, f, &answers[i]) })
	})
}

//ts:type Filling A scenario in which everything that was not known is filled in.
func fillingsOf(w *bridge.Writer, f *scenario.File, a *answer.Answer) {
	all := a.Fillings()
	for i := range all {
		filling := &all[i]
		filled := f.Fill(a.Request, filling)
		if title := f.Title(); title != "" {
			filled = strings.Replace(filled, title, title+" ("+filledWords[filling.Outcome == engine.Allowed]+")", 1)
		}
		outcome := outcomeOf(filled, a.Request)
		if (outcome == engine.Allowed) != (filling.Outcome == engine.Allowed) {
			continue // the filling is of one check, and another one decides the call
		}
		w.Object(func() {
			w.String("request", a.Request)
			w.String("outcome", outcome.String()) //ts:Outcome // What it comes to.
			w.String("text", filled)
		})
	}
}

// filledWords tell a filling from the scenario that it was made from.
var filledWords = map[bool]string{true: "filled in, allowed", false: "filled in, denied"}

// outcomeOf is what a request of a scenario comes to; Undecided where it has none.
func outcomeOf(text, request string) engine.Outcome {
	f, _ := services.Scenario(text)
	for _, a := range answer.File(f) {
		if a.Request == request {
			return a.Outcome
		}
	}
	return engine.Undecided
}
