package main

import (
	"strings"

	"why403/engine/grid"
	"why403/engine/lets"
	"why403/wasm/bridge"
)

// policyTable writes one policy as a table. The first line of its text is a JSON
// object with the strings section and request (a name); the rest is the scenario.
// Where the policy does not count for that request, it is any for which it does.
//
//ts:type PolicyTable One policy as a table: each row is requests with one value for each column.
//ts:doc Takes `{section, request}` as JSON in its first line.
func policyTable(w *bridge.Writer, text string) {
	line, text, _ := strings.Cut(text, "\n")
	given := bridge.Strings(line)
	f, asked := services.Scenario(text)
	t, problem := lets.Of(f, given["section"], given["request"])
	if t == nil && given["request"] != "" {
		t, problem = lets.Of(f, given["section"], "")
	}
	if t == nil {
		t = &lets.Table{Section: given["section"]}
	}
	w.Object(func() {
		defer asked.Write(w)
		w.String("problem", problem)   // Why there is no table, or "".
		w.String("request", t.Request) // The name of the request that the others differ from.
		w.Strings("columns", t.Head)
		w.List("rows", len(t.Rows), func(i int) {
			w.Object(func() {
				w.Strings("cells", t.Rows[i].Cells)
				w.String("says", t.Rows[i].Word()) //ts:Says
				w.String("statement", t.Rows[i].Statement)
				w.Bool("asked", t.Rows[i].Asked)
			})
		})
		w.Strings("notes", t.Notes())
		w.String("markdown", grid.Lets(t).Markdown())
	})
}
