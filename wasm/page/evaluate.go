package main

import (
	"strings"

	"why403/engine"
	"why403/engine/answer"
	"why403/engine/combine"
	"why403/engine/explain"
	"why403/engine/flow"
	"why403/engine/kms"
	"why403/engine/scenario"
	"why403/wasm/bridge"
)

// evaluate decides every request of a scenario file. While the file has an
// error there is no answer: it would be the answer to another question. What is
// missing of the catalogue may change the answers.
func evaluate(w *bridge.Writer, text string) {
	f, asked := services.Scenario(text)
	w.Object(func() {
		w.String("engine", engine.Version)
		w.Problems("problems", f.Text, f.Problems)
		answers := answer.File(f)
		w.List("answers", len(answers), func(i int) { writeAnswer(w, f, &answers[i]) })
		asked.Write(w)
	})
}

func writeAnswer(w *bridge.Writer, f *scenario.File, a *answer.Answer) {
	w.Object(func() {
		w.String("request", a.Request)
		facts(w, f, a.Decision, a.Answer)
		w.Int("decisive", a.Decisive)
		w.List("checks", len(a.Checks), func(i int) { writeCheck(w, f, &a.Checks[i], i == a.Decisive) })
		w.List("notes", len(a.Notes), func(i int) { note(w, &a.Notes[i]) })
		layers := a.Layers()
		w.List("layers", len(layers), func(i int) { layer(w, &layers[i]) })
		w.List("possible", len(a.Possible), func(i int) { possible(w, &a.Possible[i]) })
	})
}

// facts writes the fields of the answer to one check.
func facts(w *bridge.Writer, f *scenario.File, d *engine.Decision, a *explain.Answer) {
	service, _, _ := strings.Cut(strings.ToLower(d.Check.Action), ":")
	w.String("mode", a.Mode)
	w.String("service", service)
	w.String("callerAccount", d.Check.Principal.Account)
	w.String("resourceAccount", d.Check.ResourceAccount)
	w.String("outcome", a.Outcome.String())
	w.String("deniedBy", a.DeniedBy)
	w.String("verdict", a.Verdict)
	depends(w, a.Depends)
	w.String("message", a.Message)
	w.Strings("also", a.Also)
	w.List("said", len(a.Said), func(i int) { said(w, &a.Said[i]) })
	w.String("waysRule", a.WaysRule)
	w.List("ways", len(a.Ways), func(i int) { way(w, &a.Ways[i]) })
	offsets := bridge.NewOffsets(f.Text)
	w.List("statements", len(a.Statements), func(i int) { statement(w, offsets, &a.Statements[i]) })
	w.List("levels", len(a.Levels), func(i int) {
		w.Object(func() {
			w.Strings("sections", a.Levels[i].Sections)
			w.String("said", a.Levels[i].Said)
		})
	})
	w.Problems("notEvaluated", f.Text, a.NotEvaluated)
	combination(w, d)
	w.List("links", len(a.Links), func(i int) { w.Pair("title", a.Links[i].Title, "url", a.Links[i].URL) })
}

// writeCheck writes one authorization of a call. That of the decisive one is
// the answer's own.
func writeCheck(w *bridge.Writer, f *scenario.File, c *answer.Check, decisive bool) {
	w.Object(func() {
		w.String("action", c.Action)
		w.String("resource", c.Resource)
		w.String("principal", c.Principal.ARN)
		w.String("why", c.Why)
		w.String("doc", c.Doc)
		w.String("outcome", c.Decision.Outcome.String())
		w.String("deniedBy", c.Answer.DeniedBy)
		w.List("parts", len(c.Parts), func(i int) { w.Pair("resource", c.Parts[i].Resource, "outcome", c.Parts[i].Outcome.String()) })
		if decisive {
			w.Null("answer")
			return
		}
		w.Name("answer")
		w.Object(func() { facts(w, f, c.Decision, c.Answer) })
	})
}

func note(w *bridge.Writer, n *flow.Note) {
	w.Object(func() {
		w.String("code", n.Code)
		w.String("message", n.Message)
		w.String("doc", n.Doc)
	})
}

func layer(w *bridge.Writer, l *explain.Layer) {
	w.Object(func() {
		w.String("name", l.Name)
		w.String("noun", l.Noun)
		w.String("state", l.State)
	})
}

func possible(w *bridge.Writer, p *answer.Possible) {
	w.Object(func() {
		w.String("if", p.If)
		w.String("action", p.Action)
		w.String("outcome", p.Outcome())
		w.String("why", p.Why)
		w.String("doc", p.Doc)
	})
}

// depends writes what an answer depends on, or null where all is known.
func depends(w *bridge.Writer, d *explain.Depends) {
	if d == nil {
		w.Null("depends")
		return
	}
	w.Name("depends")
	w.Object(func() {
		w.Strings("on", d.On)
		sets(w, "allowedIf", d.AllowedIf)
		sets(w, "deniedIf", d.Denials())
		w.Strings("whatever", d.Whatever)
		w.Bool("partial", d.Partial)
	})
}

func sets(w *bridge.Writer, name string, sets [][]string) {
	w.List(name, len(sets), func(i int) {
		w.Object(func() { w.Strings("clauses", sets[i]) })
	})
}

func said(w *bridge.Writer, s *explain.Said) {
	w.Object(func() {
		w.String("type", s.Type)
		w.String("label", s.Label)
		w.String("side", s.Side)
		w.String("said", s.Said)
		w.String("detail", s.Detail)
		w.Bool("decided", s.Decided)
	})
}

func way(w *bridge.Writer, way *explain.Way) {
	w.Object(func() {
		w.String("side", way.Side)
		w.String("title", way.Title)
		w.Bool("open", way.Open)
		w.Bool("unsure", way.Unsure)
		w.String("detail", way.Detail)
		w.Bool("near", way.Near)
		w.String("doc", way.Doc)
	})
}

func statement(w *bridge.Writer, offsets *bridge.Offsets, s *explain.Statement) {
	w.Object(func() {
		w.String("section", s.Section)
		w.String("label", s.Label)
		w.Int("index", s.Index)
		w.String("sid", s.Sid)
		w.String("effect", s.Effect)
		w.Bool("matched", s.Matched)
		w.Bool("open", s.Open)
		w.Bool("decided", s.Decided)
		w.String("names", s.Names)
		w.String("miss", s.Miss)
		w.String("reason", s.Reason)
		w.Span("", offsets.Span(s.Section, s.Span))
		w.Span("miss", offsets.Span(s.Section, s.MissAt))
		w.Int("lacking", s.Lacking)
		w.List("marks", len(s.Marks), func(i int) {
			w.Object(func() { w.Span("", offsets.Span(s.Section, s.Marks[i])) })
		})
	})
}

// combination writes the reader's own case and the table that has it, or null.
func combination(w *bridge.Writer, d *engine.Decision) {
	table, c, ok := combine.Classify(d)
	if d.Check.Service().Rule == engine.KeyRule {
		table = "kms"
		c, ok = kms.Classify(d)
	}
	if !ok {
		w.Null("combination")
		return
	}
	w.Name("combination")
	w.Pair("table", table, "id", c.ID())
}
