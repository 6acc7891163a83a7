//go:build !js

package main

import (
	"io/fs"

	"why403/engine"
	"why403/engine/scenario"
	"why403/scenarios"
)

// The build asks for the examples and puts the answer beside page.wasm. They
// stay out of it, so that it is smaller.
func init() { calls["examples"] = examples }

// examples lists the scenario files of the gallery, each with the outcome of
// its first request.
func examples(w *writer, _ string) {
	names, err := fs.Glob(scenarios.Files, "*/*.txtar")
	if err != nil {
		panic(err) // the pattern is fixed
	}
	w.object(func() {
		w.list("examples", len(names), func(i int) { example(w, names[i]) })
	})
}

func example(w *writer, name string) {
	text, err := scenarios.Files.ReadFile(name)
	if err != nil {
		panic(err) // the name is from the same file system
	}
	f := scenario.Parse(string(text))
	if f.Errors() {
		return
	}
	decision := engine.Evaluate(&f.Scenario, &f.Scenario.Requests[0])
	w.object(func() {
		w.string("file", name)
		w.string("title", f.Title())
		w.string("outcome", decision.Outcome.String())
		w.string("text", string(text))
	})
}
