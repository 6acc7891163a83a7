package main

import (
	"strings"

	"why403/engine/diagnose"
	"why403/engine/diagnose/paste"
	"why403/engine/scenario"
	"why403/wasm/bridge"
)

// diagnoseText holds what AWS said of a request against what the policies say.
// Its text is a JSON object with the strings scenario and request (a name), and
// with none and denied: the commands of earlier diagnoses, with spaces between,
// of which a person says that there is no such thing, or that they can't be run.
//
//ts:type Diagnosis AWS's message held against the policies.
func diagnoseText(w *bridge.Writer, text string) {
	given := bridge.Strings(text)
	var answers []diagnose.Answer
	for _, kind := range [...]diagnose.AnswerKind{diagnose.None, diagnose.Denied} {
		for _, id := range strings.Fields(given[string(kind)]) {
			if diagnose.KnownCommand(id) {
				answers = append(answers, diagnose.Answer{Command: id, Kind: kind})
			}
		}
	}
	asked := services.Ask()
	one := alone(given["scenario"], given["request"])
	r := diagnose.Of(asked, paste.Scenario([]paste.Piece{{Name: "this page", Text: one}}), answers)
	w.Object(func() {
		diagnosis(w, r)
		asked.Write(w)
	})
}

// alone is a scenario with one of its requests alone, and with what AWS said of
// that one: where nothing has its name, with what AWS said of all.
func alone(text, request string) string {
	f := scenario.Split(text)
	of := func(section, kind string) (name string, is bool) {
		if section == kind {
			return "", true
		}
		return strings.CutPrefix(section, kind+"/")
	}
	own := false
	for _, s := range f.Sections {
		name, is := of(s.Name, "error")
		own = own || is && name == request
	}
	out := scenario.File{Comment: f.Comment}
	for _, s := range f.Sections {
		if name, is := scenario.RequestName(s.Name); is && name != request {
			continue
		}
		if name, is := of(s.Name, "error"); is && own && name != request {
			continue
		}
		out.Sections = append(out.Sections, s)
	}
	return out.Format()
}

func diagnosis(w *bridge.Writer, r *diagnose.Result) {
	said(w, r.Said)
	w.Name("policies")
	w.Object(func() {
		w.String("outcome", r.Policies.Outcome) //ts:Outcome?
		w.String("verdict", r.Policies.Verdict)
		w.Strings("none", r.Policies.None) // What there is none of, as a line "none: …" names it.
	})
	w.String("verdict", r.Verdict) //ts:"agrees" | "narrower" | "contradicts" | ""
	w.String("why", r.Why)
	findings(w, "proved", r.News())     // Beyond what AWS's message says itself.
	findings(w, "possible", r.Possible) // The most likely first.
	findings(w, "ruledOut", r.RuledOut)
	if r.Next == nil {
		w.Null("next")
	} else {
		w.Name("next")
		command(w, r.Next)
	}
	w.List("later", len(r.Later), func(i int) { command(w, &r.Later[i]) })
	w.List("checklist", len(r.Checklist), func(i int) { open(w, &r.Checklist[i]) })
	w.Bool("edit", r.Edit) // False while a policy that an edit would replace is not known.
	w.String("editWhy", r.EditWhy)
}

func said(w *bridge.Writer, e *diagnose.Evidence) {
	if e == nil {
		w.Null("said")
		return
	}
	w.Name("said")
	w.Object(func() {
		w.String("text", e.Text)
		w.String("outcome", e.Outcome)
		w.String("type", e.Type)
		w.String("policy", e.Policy)
	})
}

//ts:type Finding One explanation of AWS's message, or one fact.
func findings(w *bridge.Writer, name string, list []diagnose.Finding) {
	w.List(name, len(list), func(i int) {
		x := &list[i]
		w.Object(func() {
			w.String("text", x.Text)
			w.Strings("because", x.Because)
			w.String("proof", x.Proof)              // What would prove it; "" where it is proved or ruled out.
			w.String("section", placeOf(x).Section) // Where in the policies it is, and "" and 0 for nowhere.
			w.Int("line", placeOf(x).Line)
			w.String("doc", x.Doc)
		})
	})
}

// placeOf is where a finding is; the zero Place where it has none.
func placeOf(x *diagnose.Finding) diagnose.Place {
	if x.Place == nil {
		return diagnose.Place{}
	}
	return *x.Place
}

//ts:type Open A policy type of which nothing was brought, or not all.
func open(w *bridge.Writer, o *diagnose.Open) {
	w.Object(func() {
		w.String("layer", o.Layer) // The word of a line "unknown: …" or "none: …".
		w.String("noun", o.Noun)   // What it is called, without an article.
		w.Bool("part", o.Part)     // True where some of it was brought.
		w.List("commands", len(o.Commands), func(i int) { command(w, &o.Commands[i]) })
	})
}

//ts:type Command Something to run, and to paste the output of.
func command(w *bridge.Writer, c *diagnose.Command) {
	w.Object(func() {
		w.String("id", c.ID)
		w.String("text", c.Text)
		w.String("line", c.Line)     // For a shell; "" where there is nothing to run, or the owners of another account have to.
		w.String("letter", c.Letter) // What to send to those owners, or "".
		w.String("where", c.Where)   // The account to run it in, or "".
		w.String("none", c.None)     // What AWS prints where there is no such thing, or "".
		w.Bool("always", c.Always)   // There is one wherever there is such a resource.
		w.String("doc", c.Doc)
	})
}
