package main

import (
	"why403/engine/redact"
	"why403/wasm/bridge"
)

// services is what the page has told of AWS's services.
var services bridge.Services

// redacted writes a scenario with stand-ins for its names, what was replaced, and
// the proof that its answers stay the same.
//
//ts:type Redaction A scenario with stand-ins for its names, and the proof that its answers stay.
func redacted(w *bridge.Writer, text string) {
	asked := services.Ask()
	r := redact.Of(asked, text)
	w.Object(func() {
		defer asked.Write(w)
		w.String("text", r.Text)                          // The scenario; "" where nothing could be made of it.
		w.List("replaced", len(r.Replaced), func(i int) { // Tells the names: never a part of what is shared.
			replacement(w, &r.Replaced[i])
		})
		w.Strings("removed", r.Removed) // What was left out, in words.
		w.Strings("look", r.Look)       // What to look at before it is sent, in sentences.
		w.Name("proof")
		w.Object(func() { proof(w, &r.Proof) })
	})
}

func replacement(w *bridge.Writer, x *redact.Replacement) {
	w.Object(func() {
		w.String("class", string(x.Class))
		w.String("old", x.Old)
		w.String("new", x.New)
		w.Int("times", x.Times)
		w.Bool("kept", x.Kept)
		w.String("why", x.Why) // What would change without a name that is kept.
	})
}

func proof(w *bridge.Writer, p *redact.Proof) {
	w.Bool("proved", p.Proved)
	w.Bool("judged", p.Judged) // False where there are no answers to compare.
	w.Int("requests", p.Requests)
	w.Int("checks", p.Checks)
	w.Int("steps", p.Steps)
	w.Int("ways", p.Ways)
	w.Strings("differs", p.Differs) // What is not the same.
}
