package main

import (
	"io/fs"

	"why403/engine"
	"why403/engine/kms"
	"why403/engine/scenario"
	"why403/scenarios"
)

// combinations decides the KMS access combinations.
func combinations(w *writer, _ string) {
	rows := kms.Rows()
	w.object(func() {
		w.list("rows", len(rows), func(i int) { row(w, &rows[i]) })
	})
}

func row(w *writer, r *kms.Row) {
	w.object(func() {
		w.string("id", r.ID())
		w.string("mode", string(r.Mode))
		w.string("keyPolicy", string(r.KeyPolicy))
		w.string("iam", string(r.IAM))
		w.string("grant", string(r.Grant))
		w.string("keyPolicyLabel", kms.KeyPolicyLabel(r.KeyPolicy))
		w.string("iamLabel", kms.IAMLabel(r.IAM))
		w.string("grantLabel", kms.GrantLabel(r.Grant))
		w.string("outcome", r.Outcome.String())
		w.bool("minimal", r.Minimal)
		w.string("reason", r.Reason)
		w.string("scenario", r.Scenario)
	})
}

// examples lists the scenario files of the gallery, each with the outcome of
// its first request.
func examples(w *writer, _ string) {
	names, err := fs.Glob(scenarios.Files, "*/*.txtar")
	if err != nil {
		panic(err) // the pattern is fixed
	}
	w.object(func() {
		w.list("examples", len(names), func(i int) { example(w, names[i]) })
	})
}

func example(w *writer, name string) {
	text, err := scenarios.Files.ReadFile(name)
	if err != nil {
		panic(err) // the name is from the same file system
	}
	f := scenario.Parse(string(text))
	if f.Errors() {
		return
	}
	decision := engine.Evaluate(&f.Scenario, &f.Scenario.Requests[0])
	w.object(func() {
		w.string("file", name)
		w.string("title", f.Title())
		w.string("outcome", decision.Outcome.String())
		w.string("text", string(text))
	})
}
