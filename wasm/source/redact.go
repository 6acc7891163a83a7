package main

import (
	"why403/engine/redact"
	"why403/wasm/bridge"
)

// services is what the page has told of AWS's services.
var services bridge.Services

// redacted writes a scenario with stand-ins for its names, what was replaced, and
// the proof that its answers stay the same.
func redacted(w *bridge.Writer, text string) {
	asked := services.Ask()
	r := redact.Of(asked, text)
	w.Object(func() {
		defer asked.Write(w)
		w.String("text", r.Text)
		w.List("replaced", len(r.Replaced), func(i int) { replacement(w, &r.Replaced[i]) })
		w.Strings("removed", r.Removed)
		w.Strings("look", r.Look)
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
		w.String("why", x.Why)
	})
}

func proof(w *bridge.Writer, p *redact.Proof) {
	w.Bool("proved", p.Proved)
	w.Bool("judged", p.Judged)
	w.Int("requests", p.Requests)
	w.Int("checks", p.Checks)
	w.Int("steps", p.Steps)
	w.Int("ways", p.Ways)
	w.Strings("differs", p.Differs)
}
