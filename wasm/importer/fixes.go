package main

import (
	"strings"

	"why403/engine/fix"
	"why403/engine/scenario"
	"why403/wasm/bridge"
)

// fixes finds what would let one request in. Its name stands in the first line,
// before the file.
//
//ts:doc Takes the name of a request in its first line. `reason` is why there are none, or "".
func fixes(w *bridge.Writer, text string) {
	name, text, _ := strings.Cut(text, "\n")
	f, asked := services.Scenario(text)
	var found fix.Found
	for i := range f.Requests {
		if f.Requests[i].Check != nil && f.Requests[i].Check.Name == name {
			found = fix.Of(f, i)
		}
	}
	w.Object(func() {
		defer asked.Write(w)
		w.Problems("problems", bridge.NewOffsets(f.Text), f.Problems)
		w.String("reason", found.Reason)
		w.List("fixes", len(found.Fixes), func(i int) { oneFix(w, f, &found.Fixes[i]) })
	})
}

//ts:type Fix A change that lets a request in. The engine has judged every request of the scenario with it.
func oneFix(w *bridge.Writer, f *scenario.File, x *fix.Fix) {
	exports := x.Exports(f)
	w.Object(func() {
		w.String("request", x.Request)
		w.String("kind", x.Kind.String()) // What is changed: "mend a statement", …
		w.String("title", x.Title)
		w.Strings("loosens", x.Loosens)              // What it gives beyond the request, in sentences.
		w.Strings("notes", x.Notes)                  // What else to know of it, in sentences.
		w.Bool("weakens", x.Traits&fix.Weakens != 0) // True for one that gives up something which its author had asked for.
		w.String("owner", x.Owner)                   // Who alone can make it, or "".
		w.String("letter", x.Letter)                 // What to send to the owner, or "".
		w.String("text", x.Apply(f))                 // The whole scenario with it.
		w.List("edits", len(x.Edits), func(i int) {  // The sections that it changes; `old` is "" for a new one.
			w.Object(func() {
				w.String("section", x.Edits[i].Section)
				w.String("old", x.Edits[i].Old)
				w.String("text", x.Edits[i].Text)
			})
		})
		w.List("results", len(x.Results), func(i int) { // What becomes of every request of the scenario.
			w.Object(func() {
				w.String("request", x.Results[i].Request)
				w.String("before", x.Results[i].Before.String()) //ts:Outcome
				w.String("after", x.Results[i].After.String())   //ts:Outcome
			})
		})
		w.List("exports", len(exports), func(i int) { // It in the forms that tools take.
			w.Object(func() {
				w.String("form", exports[i].Form)
				w.String("label", exports[i].Label)
				w.String("text", exports[i].Text)
			})
		})
	})
}
