// Command page is the engine in the browser: text in, JSON out. Only main.go
// knows that there is a browser.
package main

import (
	"fmt"

	"why403/engine/scenario"
)

// calls is what the page can ask. Each takes one text and writes one JSON
// value.
var calls = map[string]func(*writer, string){
	"evaluate":       evaluate,
	"open":           open,
	"combinations":   combinations,
	"format":         format,
	"switchAccounts": switchAccounts,
}

// call answers one call. A panic is our fault: it becomes a value, and the
// next call works.
func call(name, text string) (json string) {
	defer func() {
		if fault := recover(); fault != nil {
			var w writer
			w.object(func() { w.string("error", fmt.Sprint(fault)) })
			json = string(w.text)
		}
	}()
	var w writer
	calls[name](&w, text)
	return string(w.text)
}

// open takes a scenario file apart for the page's fields.
func open(w *writer, text string) {
	f := scenario.Parse(text)
	w.object(func() {
		w.string("title", f.Title())
		w.string("notes", f.Notes())
		w.list("requests", len(f.Sections), func(i int) { openRequest(w, &f.Sections[i]) })
		w.list("sections", len(f.Sections), func(i int) { openSection(w, &f.Sections[i]) })
		w.problems("problems", f, f.Problems)
	})
}

func openRequest(w *writer, s *scenario.Section) {
	name, ok := scenario.RequestName(s.Name)
	if !ok {
		return
	}
	lines := scenario.Lines(s.Text)
	w.object(func() {
		w.string("name", name)
		w.list("lines", len(lines), func(i int) {
			w.object(func() {
				w.string("key", lines[i].Key)
				w.string("value", lines[i].Value)
			})
		})
	})
}

func openSection(w *writer, s *scenario.Section) {
	if scenario.HoldsPolicy(s.Name) {
		w.object(func() {
			w.string("name", s.Name)
			w.string("text", s.Text)
		})
	}
}
