package main

import (
	"why403/engine/answer"
	"why403/engine/grid"
	"why403/wasm/bridge"
)

// whoMay writes which of the principals of a file may do what its requests ask:
// for each request a cell for each principal, in their order; and all of it as
// CSV and Markdown.
//
//ts:type WhoMay Which principals may do what the requests ask: for each request a cell for each principal, in their order.
func whoMay(w *bridge.Writer, text string) {
	f, asked := services.Scenario(text)
	may := answer.AskAll(f)
	cells, principals := may.Cells, may.Principals
	matrix := grid.Who(cells)
	w.Object(func() {
		defer asked.Write(w)
		w.Problems("problems", bridge.NewOffsets(f.Text), f.Problems)
		w.List("principals", len(principals), func(i int) { w.Pair("name", principals[i].Name, "arn", principals[i].ARN) })
		w.List("requests", len(f.Requests), func(i int) {
			w.Object(func() {
				r := &f.Requests[i]
				w.String("name", r.Name)
				w.String("action", r.Action)
				w.Strings("resources", r.Resources)
			})
		})
		w.List("cells", len(cells), func(i int) {
			w.Object(func() {
				w.String("outcome", cells[i].Outcome.String()) //ts:Outcome
				w.String("deniedBy", cells[i].DeniedBy)
				w.String("way", cells[i].Way)
			})
		})
		w.String("bound", may.Bound()) // That not all principals were looked at, and what to do; "" where they were.
		w.String("csv", matrix.CSV())
		w.String("markdown", matrix.Markdown())
	})
}
