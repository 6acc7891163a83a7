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
//
//ts:doc Takes `{request, output}` as JSON in its first line. `read` is false where the output has no result of the simulator.
func witnesses(w *bridge.Writer, text string) {
	line, text, _ := strings.Cut(text, "\n")
	given := bridge.Strings(line)
	f, asked := services.Scenario(text)
	output, read := witness.ReadOutput(given["output"])
	questions := witness.OfRequest(f, given["request"])
	w.Object(func() {
		defer asked.Write(w)
		w.Bool("read", read)
		w.List("questions", len(questions), func(i int) { question(w, &questions[i], output, read) })
	})
}

//ts:type Question One check of a request, as AWS's own simulator is asked about it.
func question(w *bridge.Writer, q *witness.Question, output *witness.Output, read bool) {
	w.Object(func() {
		w.String("action", q.Action)
		w.String("resource", q.Resource)
		w.String("outcome", q.Outcome.String())           //ts:Outcome
		limits(w, "cannot", q.Cannot)                     // Why it can't be asked; then there are no commands.
		limits(w, "left", q.Left)                         // What the commands leave out.
		w.String("asked", q.AskedLine())                  // What the engine answers without that, a sentence; "" where it is the same.
		w.String("custom", q.Command(witness.Custom))     // The call with the policies of the scenario.
		w.String("attached", q.Command(witness.Attached)) // The call about the policies that the caller has in AWS.
		if !read || len(q.Cannot) > 0 {
			w.Null("verdict") // Null without an output.
			return
		}
		verdict(w, q, q.Compare(output))
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
