package main

import (
	"strings"

	"why403/engine"
	"why403/engine/explain"
	"why403/engine/kms"
	"why403/engine/scenario"
)

// evaluate decides every request of a scenario file. While the file has an
// error there is no answer: it would be the answer to another question.
func evaluate(w *writer, text string) {
	f := scenario.Parse(text)
	w.object(func() {
		w.problems("problems", f, f.Problems)
		requests := f.Scenario.Requests
		if f.Errors() {
			requests = nil
		}
		w.list("answers", len(requests), func(i int) { answer(w, f, &requests[i]) })
	})
}

func answer(w *writer, f *scenario.File, r *engine.Request) {
	decision := engine.Evaluate(&f.Scenario, r)
	a := explain.Explain(&f.Scenario, r, decision)
	service, _, _ := strings.Cut(strings.ToLower(r.Action), ":")
	w.object(func() {
		w.string("request", a.Request)
		w.string("mode", a.Mode)
		w.string("service", service)
		w.string("outcome", a.Outcome.String())
		w.string("deniedBy", a.DeniedBy)
		w.string("verdict", a.Verdict)
		w.string("message", a.Message)
		w.list("also", len(a.Also), func(i int) { w.quote(a.Also[i]) })
		w.list("said", len(a.Said), func(i int) { said(w, &a.Said[i]) })
		w.string("waysRule", a.WaysRule)
		w.list("ways", len(a.Ways), func(i int) { way(w, &a.Ways[i]) })
		offsets := newOffsets(f)
		w.list("statements", len(a.Statements), func(i int) { statement(w, offsets, &a.Statements[i]) })
		w.problems("notEvaluated", f, a.NotEvaluated)
		combination(w, &f.Scenario, r, decision)
		w.list("links", len(a.Links), func(i int) {
			w.object(func() {
				w.string("title", a.Links[i].Title)
				w.string("url", a.Links[i].URL)
			})
		})
	})
}

func said(w *writer, s *explain.Said) {
	w.object(func() {
		w.string("type", s.Type)
		w.string("label", s.Label)
		w.string("said", s.Said)
		w.string("detail", s.Detail)
		w.bool("decided", s.Decided)
	})
}

func way(w *writer, way *explain.Way) {
	w.object(func() {
		w.string("side", way.Side)
		w.string("title", way.Title)
		w.bool("open", way.Open)
		w.string("detail", way.Detail)
		w.bool("near", way.Near)
		w.string("doc", way.Doc)
	})
}

func statement(w *writer, offsets *offsets, s *explain.Statement) {
	w.object(func() {
		w.string("section", s.Section)
		w.string("label", s.Label)
		w.int("index", s.Index)
		w.string("sid", s.Sid)
		w.string("effect", s.Effect)
		w.bool("matched", s.Matched)
		w.bool("decided", s.Decided)
		w.string("names", s.Names)
		w.string("miss", s.Miss)
		w.string("reason", s.Reason)
		w.span("", offsets.span(s.Section, s.Span))
		w.span("miss", offsets.span(s.Section, s.MissAt))
	})
}

// combination writes the reader's own case in the KMS tables, or null.
func combination(w *writer, s *engine.Scenario, r *engine.Request, d *engine.Decision) {
	c, ok := kms.Classify(s, r, d)
	if !ok {
		w.null("combination")
		return
	}
	w.name("combination")
	w.object(func() { w.string("id", c.ID()) })
}
