package main

import (
	"strings"

	"why403/engine/witness"
	"why403/wasm/bridge"
)

// witnesses writes the calls by which AWS's own simulator judges one request, and
// what came of them. The first line of its text is a JSON object with the strings
// request, a name, and output, what the simulator printed or ""; the rest is the
// scenario.
func witnesses(w *bridge.Writer, text string) {
	line, text, _ := strings.Cut(text, "\n")
	given := bridge.Strings(line)
	f, asked := services.Scenario(text)
	output, read := witness.ReadOutput(given["output"])
	var questions []witness.Question
	for _, q := range witness.Of(f) {
		if q.Request == given["request"] {
			questions = append(questions, q)
		}
	}
	w.Object(func() {
		defer asked.Write(w)
		w.Bool("read", read)
		w.List("questions", len(questions), func(i int) {
			q := &questions[i]
			w.Object(func() {
				w.String("action", q.Action)
				w.String("resource", q.Resource)
				w.String("outcome", q.Outcome.String())
				limits(w, "cannot", q.Cannot)
				limits(w, "left", q.Left)
				w.String("asked", q.AskedLine())
				w.String("custom", q.Command(witness.Custom))
				w.String("attached", q.Command(witness.Attached))
				if !read || len(q.Cannot) > 0 {
					w.Null("verdict")
					return
				}
				verdict(w, q, q.Compare(output))
			})
		})
	})
}

func limits(w *bridge.Writer, name string, list []witness.Limit) {
	w.List(name, len(list), func(i int) {
		w.Object(func() {
			w.String("text", list[i].Text)
			w.String("doc", list[i].Doc)
		})
	})
}

func verdict(w *bridge.Writer, q *witness.Question, v witness.Verdict) {
	var reasons []string
	for _, r := range v.Reasons {
		reasons = append(reasons, r.Text())
	}
	w.Name("verdict")
	w.Object(func() {
		w.Bool("agrees", v.Agrees)
		w.String("line", v.Line(q))
		w.Strings("reasons", reasons)
	})
}
