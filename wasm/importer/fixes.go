package main

import (
	"strings"

	"why403/engine/fix"
	"why403/engine/scenario"
	"why403/wasm/bridge"
)

// fixes finds what would let one request in. Its name stands in the first line,
// before the file.
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
		w.Problems("problems", f.Text, f.Problems)
		w.String("reason", found.Reason)
		w.List("fixes", len(found.Fixes), func(i int) { oneFix(w, f, &found.Fixes[i]) })
	})
}

func oneFix(w *bridge.Writer, f *scenario.File, x *fix.Fix) {
	exports := x.Exports(f)
	w.Object(func() {
		w.String("request", x.Request)
		w.String("kind", x.Kind.String())
		w.String("title", x.Title)
		w.List("loosens", len(x.Loosens), func(i int) { w.Quote(x.Loosens[i]) })
		w.List("notes", len(x.Notes), func(i int) { w.Quote(x.Notes[i]) })
		w.Bool("weakens", x.Traits&fix.Weakens != 0)
		w.String("owner", x.Owner)
		w.String("letter", x.Letter)
		w.String("text", x.Apply(f))
		w.List("edits", len(x.Edits), func(i int) {
			w.Object(func() {
				w.String("section", x.Edits[i].Section)
				w.String("old", x.Edits[i].Old)
				w.String("text", x.Edits[i].Text)
			})
		})
		w.List("results", len(x.Results), func(i int) {
			w.Object(func() {
				w.String("request", x.Results[i].Request)
				w.String("before", x.Results[i].Before.String())
				w.String("after", x.Results[i].After.String())
			})
		})
		w.List("exports", len(exports), func(i int) {
			w.Object(func() {
				w.String("form", exports[i].Form)
				w.String("label", exports[i].Label)
				w.String("text", exports[i].Text)
			})
		})
	})
}
