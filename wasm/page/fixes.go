package main

import (
	"why403/engine/fix"
	"why403/wasm/bridge"
)

// fixes finds what one statement, or one grant, would let each request in.
func fixes(w *bridge.Writer, text string) {
	f, _ := services.Scenario(text)
	found := fix.All(f)
	w.Object(func() {
		w.Problems("problems", f.Text, f.Problems)
		w.List("fixes", len(found), func(i int) { oneFix(w, &found[i]) })
	})
}

func oneFix(w *bridge.Writer, x *fix.Fix) {
	offsets := bridge.NewOffsets(func(string) string { return x.Text })
	w.Object(func() {
		w.String("request", x.Request)
		w.Int("way", x.Way)
		w.String("title", x.Title)
		w.String("effect", x.Effect)
		w.String("section", x.Section)
		w.String("text", x.Text)
		w.Span("", offsets.Span(x.Section, x.Span))
	})
}
