package main

import (
	"strings"

	"why403/engine"
	"why403/engine/answer"
	"why403/engine/combine"
	"why403/engine/explain"
	"why403/engine/flow"
	"why403/engine/kms"
	"why403/wasm/bridge"
)

// evaluate decides every request of a scenario file. While the file has an
// error there is no answer: it would be the answer to another question. What is
// missing of the catalogue may change the answers.
//
//ts:doc `engine` is the engine's version; `missing` the prefixes of services that it was not told of, and that may change the answers.
func evaluate(w *bridge.Writer, text string) {
	f, asked := services.Scenario(text)
	w.Object(func() {
		w.String("engine", engine.Version)
		offsets := bridge.NewOffsets(f.Text)
		w.Problems("problems", offsets, f.Problems)
		answers := answer.File(f)
		w.List("answers", len(answers), func(i int) { writeAnswer(w, offsets, &answers[i]) })
		asked.Write(w)
	})
}

//ts:type Answer The answer to one request of a scenario: that of the check that decides it.
func writeAnswer(w *bridge.Writer, offsets *bridge.Offsets, a *answer.Answer) {
	w.Object(func() {
		w.String("request", a.Request)
		facts(w, offsets, a.Decision, a.Answer)
		w.Int("decisive", a.Decisive)                 // The check that decides: an index into checks.
		w.List("checks", len(a.Checks), func(i int) { // All checks that the call makes, in order; at least one.
			writeCheck(w, offsets, &a.Checks[i], i == a.Decisive)
		})
		w.List("notes", len(a.Notes), func(i int) { note(w, &a.Notes[i]) }) // What is to be said of the request beside its answer.
		layers := a.Layers()
		w.List("layers", len(layers), func(i int) { layer(w, &layers[i]) })              // What could count besides what is given.
		w.List("possible", len(a.Possible), func(i int) { possible(w, &a.Possible[i]) }) // What AWS checks too if something is so.
	})
}

// facts writes the fields of the answer to one check.
//
//ts:type Facts The answer to one authorization.
func facts(w *bridge.Writer, offsets *bridge.Offsets, d *engine.Decision, a *explain.Answer) {
	service, _, _ := strings.Cut(strings.ToLower(d.Check.Action), ":")
	w.String("mode", a.Mode) //ts:Mode
	w.String("service", service)
	w.String("callerAccount", d.Check.Principal.Account) // 12 digits, or "" for callers without an account.
	w.String("resourceAccount", d.Check.ResourceAccount) // 12 digits, or "" where it is not known.
	w.String("outcome", a.Outcome.String())              //ts:Outcome
	w.String("deniedBy", a.DeniedBy)
	w.String("verdict", a.Verdict)
	depends(w, a.Depends)
	w.String("message", a.Message)
	w.Strings("also", a.Also)
	w.List("said", len(a.Said), func(i int) { said(w, &a.Said[i]) }) // In the order in which AWS looks at them.
	lanes := a.Lanes(d)
	w.List("lanes", len(lanes), func(i int) { lane(w, a, &lanes[i]) })
	w.String("owner", explain.Owner(d.Check)) //ts:"key" | "resource" // What the resource's account is called by.
	w.String("waysRule", a.WaysRule)
	w.List("ways", len(a.Ways), func(i int) { way(w, &a.Ways[i]) })
	w.List("statements", len(a.Statements), func(i int) { statement(w, offsets, &a.Statements[i]) })
	w.List("levels", len(a.Levels), func(i int) { level(w, &a.Levels[i]) })
	w.Problems("notEvaluated", offsets, a.NotEvaluated)
	combination(w, d)
	w.List("links", len(a.Links), func(i int) { docLink(w, &a.Links[i]) })
}

//ts:type DocLink A page of the AWS documentation.
func docLink(w *bridge.Writer, l *explain.Link) { w.Pair("title", l.Title, "url", l.URL) }

//ts:type Level What the SCPs or the RCPs of one level of an organization said. Levels that were not looked at are not listed.
func level(w *bridge.Writer, l *explain.Level) {
	w.Object(func() {
		w.Strings("sections", l.Sections) // The sections of its policies, those that have statements.
		w.String("said", l.Said)          //ts:"denies" | "not known" | "allows" | "silent" | "does not deny"
	})
}

// writeCheck writes one authorization of a call. That of the decisive one is
// the answer's own.
//
//ts:type Check One authorization of a call.
func writeCheck(w *bridge.Writer, offsets *bridge.Offsets, c *answer.Check, decisive bool) {
	w.Object(func() {
		w.String("action", c.Action)
		w.String("resource", c.Resource)
		w.String("principal", c.Principal.ARN)
		w.String("why", c.Why) // What makes AWS ask it; "" for the action that was asked for.
		w.String("doc", c.Doc)
		w.String("outcome", c.Decision.Outcome.String()) //ts:Outcome
		w.String("deniedBy", c.Answer.DeniedBy)
		w.List("parts", len(c.Parts), func(i int) { // Where the resource is a pattern: parts of it that come to different outcomes.
			w.Object(func() {
				w.String("resource", c.Parts[i].Resource)
				w.String("outcome", c.Parts[i].Outcome.String()) //ts:Outcome
			})
		})
		if decisive {
			w.Null("answer") // Null for the check that decides: its facts are the answer's own.
			return
		}
		w.Name("answer")
		w.Object(func() { facts(w, offsets, c.Decision, c.Answer) })
	})
}

func note(w *bridge.Writer, n *flow.Note) {
	w.Object(func() {
		w.String("code", n.Code)
		w.String("message", n.Message)
		w.String("doc", n.Doc)
	})
}

//ts:type Layer What is known of a policy type, or of grants, beyond what is given.
func layer(w *bridge.Writer, l *explain.Layer) {
	w.Object(func() {
		w.String("name", l.Name)   // The word of a line "unknown: …" or "none: …".
		w.String("noun", l.Noun)   // What it is called, without an article.
		w.String("state", l.State) //ts:"taken as none" | "none" | "not known" | "no others" | "others not known"
		w.Bool("sure", l.Sure)     // True where AWS has one for every such resource: there can't be none.
		w.Strings("in", l.In)      // The folders of the file that it would stand in, if they are there.
	})
}

//ts:type Possible A check that AWS makes too if something is so.
func possible(w *bridge.Writer, p *answer.Possible) {
	w.Object(func() {
		w.String("if", p.If) // A clause: "the object is encrypted with SSE-KMS".
		w.String("action", p.Action)
		w.String("outcome", p.Outcome()) //ts:Outcome? // Of the check; "" where too little is known to decide it.
		w.String("why", p.Why)           // What it means, a clause; may be "".
		w.String("doc", p.Doc)
	})
}

// depends writes what an answer depends on, or null where all is known.
//
//ts:type Depends What an answer depends on.
func depends(w *bridge.Writer, d *explain.Depends) {
	if d == nil {
		w.Null("depends") // Null where all is known.
		return
	}
	w.Name("depends")
	w.Object(func() {
		w.Strings("on", d.On) // What decides, in the words of a line "unknown: …".
		sets(w, "allowedIf", d.AllowedIf)
		sets(w, "deniedIf", d.Denials())
		w.Strings("whatever", d.Whatever) // What is not known and changes nothing.
		w.Bool("partial", d.Partial)      // True where there may be more in each list.
	})
}

func sets(w *bridge.Writer, name string, sets [][]string) {
	w.List(name, len(sets), func(i int) { // Each is enough, whatever else is so; the smallest come first.
		w.Object(func() { w.Strings("clauses", sets[i]) })
	})
}

//ts:type Said One policy type and what it said.
func said(w *bridge.Writer, s *explain.Said) {
	w.Object(func() {
		w.String("type", s.Type)
		w.String("label", s.Label)
		w.String("short", s.Short) // Its label where there is little room.
		w.String("side", s.Side)   //ts:"caller" | "resource" | "network" // Whose account the policies are in; a VPC endpoint is between them.
		w.String("said", s.Said)   //ts:Word
		w.String("detail", s.Detail)
		w.Bool("decided", s.Decided)
	})
}

//ts:type Lane Policy types as a path to the verdict: all in one account, and across accounts those of one side, which must both allow.
func lane(w *bridge.Writer, a *explain.Answer, l *explain.Lane) {
	w.Object(func() {
		w.String("side", l.Side) //ts:"caller" | "network" | "resource" | ""
		w.String("label", l.Label)
		w.String("state", l.State) //ts:"denies" | "way open" | "no way open" | "not known" | ""
		w.String("end", l.End)     //ts:"stopped" | "short" | "" // How its line ends before the verdict.
		w.Int("at", l.At)          // Where, in steps.
		w.Bool("on", l.On)         // The line of this lane, or of one before, goes on to the verdict.
		w.List("steps", len(l.Steps), func(i int) { said(w, &a.Said[l.Steps[i]]) })
	})
}

//ts:type Way One way to be allowed, open or closed.
func way(w *bridge.Writer, way *explain.Way) {
	w.Object(func() {
		w.String("side", way.Side) //ts:"same-account" | "caller" | "resource"
		w.String("title", way.Title)
		w.Bool("open", way.Open)
		w.Bool("unsure", way.Unsure) // True where what is not known opens or closes it.
		w.String("detail", way.Detail)
		w.Bool("near", way.Near)
		w.String("doc", way.Doc)
	})
}

//ts:type StatementRow One statement or grant, with the first element that failed.
func statement(w *bridge.Writer, offsets *bridge.Offsets, s *explain.Statement) {
	w.Object(func() {
		w.String("section", s.Section)
		w.String("label", s.Label)
		w.Int("index", s.Index)
		w.String("sid", s.Sid)
		w.String("effect", s.Effect)
		w.Bool("matched", s.Matched)
		w.Bool("open", s.Open) // True where what is not known decides whether it matches.
		w.Bool("decided", s.Decided)
		w.String("names", s.Names)
		w.String("miss", s.Miss)
		w.String("reason", s.Reason)
		w.Span("", offsets.Span(s.Section, s.Span))
		w.Span("miss", offsets.Span(s.Section, s.MissAt))
		w.Int("lacking", s.Lacking)                 // How much keeps it from matching: less is nearer, 0 where it matches.
		w.Strings("absent", s.Absent)               // Condition keys that it reads and the request does not have, but could.
		w.List("marks", len(s.Marks), func(i int) { // What the reason is about.
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
		w.Null("combination") // The case of the tables of combinations that the request is, and the table that has it.
		return
	}
	w.Name("combination")
	w.Pair("table", table, "id", c.ID())
}
