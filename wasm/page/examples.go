//go:build !js

package main

import (
	"io/fs"
	"slices"
	"strings"

	"why403/engine"
	"why403/engine/answer"
	"why403/engine/catalogue/data"
	"why403/engine/scenario"
	"why403/scenarios"
	"why403/wasm/bridge"
)

// The build asks for the examples and puts the answer beside page.wasm. They
// stay out of it, so that it is smaller.
func init() { calls["examples"] = examples }

// examples lists the scenario files of the gallery, each with what it can be
// found by.
//
//ts:type Examples All worked examples, and what they are found by.
func examples(w *bridge.Writer, _ string) {
	names, err := fs.Glob(scenarios.Files, "*/*.txtar")
	if err != nil {
		panic(err) // the pattern is fixed
	}
	w.Object(func() {
		w.List("questions", len(questions), func(i int) { w.Quote(questions[i].text) })
		w.List("synonyms", len(scenarios.Synonyms), func(i int) { // What people call things.
			row := &scenarios.Synonyms[i]
			w.Object(func() {
				w.String("words", row.Words)
				w.Strings("texts", row.Texts) // An example has one of them. " & " joins what it has all of.
			})
		})
		w.List("examples", len(names), func(i int) { example(w, names[i]) })
	})
}

// A question is what a reader asks who looks for an example. Of those that fit
// the first request of a file the first is taken.
type question struct {
	text    string
	outcome engine.Outcome
	mode    string // "" for any
}

var questions = []question{
	{"Which Allow is missing?", engine.ImplicitDeny, "same-account"},
	{"Which Deny matches?", engine.ExplicitDeny, ""},
	{"Why is somebody of another account not let in?", engine.ImplicitDeny, ""},
	{"What lets somebody of another account in?", engine.Allowed, "cross-account"},
	{"What lets it in?", engine.Allowed, ""},
	{"What if not all is known?", engine.Undecided, ""},
}

func questionOf(a answer.Answer) int {
	return slices.IndexFunc(questions, func(q question) bool { return q.outcome == a.Outcome && (q.mode == "" || q.mode == a.Mode) })
}

//ts:type Example A worked example that comes with the engine.
func example(w *bridge.Writer, name string) {
	text, f := exampleFile(name)
	if f.Errors() {
		return
	}
	answers := answer.File(f)
	action := f.Requests[0].Action
	service, _, _ := strings.Cut(strings.ToLower(action), ":")
	types := typesOf(answers)
	w.Object(func() {
		w.String("file", name) // DIRECTORY/NAME.txtar
		w.String("title", f.Title())
		w.String("summary", firstParagraph(f.Notes()))                                         // What it shows, in one line.
		w.String("service", service)                                                           // Of the first request, as in its action: "kms".
		w.String("serviceName", f.Requests[0].Check.Service().Name)                            // The name of the service, or "".
		w.List("types", len(types), func(i int) { w.Quote(types[i]) })                         // Labels of what it has or is denied by.
		w.Int("question", questionOf(answers[0]))                                              // What somebody asks who looks for it: an index.
		w.List("outcomes", len(answers), func(i int) { w.Quote(answers[i].Outcome.String()) }) //ts:Outcome // Of every request.
		w.List("modes", len(answers), func(i int) { w.Quote(answers[i].Mode) })                //ts:Mode // Of every request.
		w.String("text", text)
	})
}

// exampleFile reads a scenario file of the gallery.
func exampleFile(name string) (string, *scenario.File) {
	text, err := scenarios.Files.ReadFile(name)
	if err != nil {
		panic(err) // the name is from the same file system
	}
	return string(text), scenario.ParseWith(data.All(), string(text))
}

// typesOf is the labels of the policy types that a file has, or that decide by
// being absent.
func typesOf(answers []answer.Answer) (labels []string) {
	for _, a := range answers {
		for i := range a.Said {
			s := &a.Said[i]
			if (s.Decided || s.Said != "absent") && !slices.Contains(labels, s.Label) {
				labels = append(labels, s.Label)
			}
		}
	}
	return labels
}

// firstParagraph is the text up to the first empty line, as one line.
func firstParagraph(notes string) string {
	paragraph, _, _ := strings.Cut(strings.ReplaceAll(notes, "\r\n", "\n"), "\n\n")
	return strings.Join(strings.Fields(paragraph), " ")
}
