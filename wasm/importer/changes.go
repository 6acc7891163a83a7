package main

import (
	"strings"

	"why403/engine"
	"why403/engine/answer"
	"why403/engine/changelog"
	"why403/wasm/bridge"
)

// changes tells which answers an older engine gave otherwise, and which rules
// changed them. The first line of its text is a JSON object with the strings
// engine, its version, and outcomes, one of each request in the order of the
// file, with commas between; the rest is the scenario.
//
//ts:doc Takes `{engine, outcomes}` as JSON in its first line: a version, and the outcomes that it gave.
func changes(w *bridge.Writer, text string) {
	line, text, _ := strings.Cut(text, "\n")
	given := bridge.Strings(line)
	f, asked := services.Scenario(text)
	var before []engine.Outcome
	for name := range strings.SplitSeq(given["outcomes"], ",") {
		outcome, ok := engine.ParseOutcome(name)
		if !ok {
			break
		}
		before = append(before, outcome)
	}
	var drifts []changelog.Drift
	if changelog.Known(given["engine"]) {
		drifts = changelog.Drifts(given["engine"], before, answer.File(f))
	}
	w.Object(func() {
		defer asked.Write(w)
		w.List("changes", len(drifts), func(i int) { change(w, &drifts[i]) })
	})
}

//ts:type Change A request that an older engine answered otherwise.
func change(w *bridge.Writer, d *changelog.Drift) {
	w.Object(func() {
		w.String("request", d.Request)
		w.List("rules", len(d.Rules), func(i int) { // The newest first; none where no rule of the changelog explains it.
			w.Object(func() {
				w.String("version", d.Rules[i].Version)
				w.String("text", d.Rules[i].Text)
				w.String("page", d.Rules[i].Page)
			})
		})
	})
}
