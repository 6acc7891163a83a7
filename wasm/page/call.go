// Command page is the engine in the browser: text in, JSON out.
package main

import (
	"strings"

	"why403/engine/scenario"
	"why403/wasm/bridge"
)

// services is what the page has told of AWS's services.
var services bridge.Services

// calls is what the page can ask. Each takes one text and writes one JSON
// value.
var calls = bridge.Calls{
	"evaluate":       evaluate,
	"open":           open,
	"format":         format,
	"hints":          hints,
	"switchAccounts": switchAccounts,
	"service":        services.Take,
}

// open takes a scenario file apart for the page's fields.
//
//ts:type Opened A scenario file taken apart, every text verbatim.
func open(w *bridge.Writer, text string) {
	f := scenario.ParseWith(&services.Set, text)
	w.Object(func() {
		w.String("title", f.Title())
		w.String("notes", f.Notes())
		w.String("comment", f.Comment)                                                // Before the first section: title and notes.
		w.List("order", len(f.Sections), func(i int) { w.Quote(f.Sections[i].Name) }) // The names of all sections, in their order.
		w.Bool("closed", strings.HasSuffix(text, "\n"))                               // False where the last line has no end.
		w.List("requests", len(f.Sections), func(i int) { openRequest(w, f, &f.Sections[i]) })
		w.List("sections", len(f.Sections), func(i int) { // All that are no requests, and no wanted answers to them.
			openSection(w, f, &f.Sections[i])
		})
		w.Problems("problems", bridge.NewOffsets(f.Text), f.Problems)
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
		w.String("text", s.Text)
		w.List("lines", len(lines), func(i int) {
			w.Object(func() {
				w.String("key", lines[i].Key)
				w.String("value", lines[i].Value)
			})
		})
		w.String("want", want) // The text of its want section, or "".
	})
}

// openSection takes all but requests and the answers to them.
func openSection(w *bridge.Writer, f *scenario.File, s *scenario.Section) {
	_, request := scenario.RequestName(s.Name)
	if request || answers(f, s.Name) {
		return
	}
	w.Object(func() {
		w.String("name", s.Name)
		w.String("text", s.Text)
	})
}

// answers reports whether a section is the wanted answer to a request of the
// file.
func answers(f *scenario.File, section string) bool {
	for i := range f.Sections {
		if name, ok := scenario.RequestName(f.Sections[i].Name); ok && scenario.WantName(name) == section {
			return true
		}
	}
	return false
}
