// Command page is the engine in the browser: text in, JSON out.
package main

import (
	"why403/engine/scenario"
	"why403/wasm/bridge"
)

// calls is what the page can ask. Each takes one text and writes one JSON
// value.
var calls = bridge.Calls{
	"evaluate":       evaluate,
	"fixes":          fixes,
	"open":           open,
	"combinations":   combinations,
	"format":         format,
	"switchAccounts": switchAccounts,
	"service":        service,
}

// open takes a scenario file apart for the page's fields.
func open(w *bridge.Writer, text string) {
	f := scenario.ParseWith(&services, text)
	w.Object(func() {
		w.String("title", f.Title())
		w.String("notes", f.Notes())
		w.List("requests", len(f.Sections), func(i int) { openRequest(w, f, &f.Sections[i]) })
		w.List("sections", len(f.Sections), func(i int) { openSection(w, &f.Sections[i]) })
		w.Problems("problems", f.Text, f.Problems)
	})
}

func openRequest(w *bridge.Writer, f *scenario.File, s *scenario.Section) {
	name, ok := scenario.RequestName(s.Name)
	if !ok {
		return
	}
	lines := scenario.Lines(s.Text)
	want, _ := f.Section(scenario.WantName(name))
	w.Object(func() {
		w.String("name", name)
		w.List("lines", len(lines), func(i int) {
			w.Object(func() {
				w.String("key", lines[i].Key)
				w.String("value", lines[i].Value)
			})
		})
		w.String("want", want)
	})
}

func openSection(w *bridge.Writer, s *scenario.Section) {
	if scenario.HoldsPolicy(s.Name) {
		w.Object(func() {
			w.String("name", s.Name)
			w.String("text", s.Text)
		})
	}
}
