//go:build !js

package main

import (
	"strings"

	"why403/engine"
	"why403/engine/condition"
	"why403/engine/policy"
	"why403/engine/scenario"
	"why403/wasm/bridge"
)

// The build asks for the lists and puts them where the page's script finds
// them.
func init() {
	calls["fields"] = fields
	calls["sections"] = sections
	calls["grammar"] = grammar
}

// fields writes which lines a scenario file can hold, so that the page offers
// the same.
func fields(w *bridge.Writer, _ string) {
	w.Object(func() {
		writeFields(w, "requestFields", scenario.RequestFields())
		writeFields(w, "entityFields", scenario.EntityFields())
		writeFields(w, "accountFields", scenario.AccountFields())
	})
}

// sections writes which sections a scenario file can hold.
func sections(w *bridge.Writer, _ string) {
	w.Object(func() {
		kinds := scenario.SectionKinds()
		w.List("sections", len(kinds), func(i int) { writeSection(w, &kinds[i]) })
		folders := scenario.Folders()
		w.List("folders", len(folders), func(i int) {
			w.Object(func() {
				w.String("prefix", folders[i].Prefix)
				w.Strings("sections", folders[i].Sections)
			})
		})
	})
}

// grammarTypes are the types under which the page knows the documents.
var grammarTypes = []struct {
	name string
	is   policy.Type
}{
	{"identity", policy.Identity}, {"boundary", policy.Boundary}, {"session", policy.Session}, {"scopedown", policy.ScopeDown},
	{"scp", policy.SCP}, {"rcp", policy.RCP}, {"resource", policy.Resource}, {"endpoint", policy.Endpoint},
}

// grammar writes what may stand in a document, for the editor's completion.
func grammar(w *bridge.Writer, _ string) {
	w.Object(func() {
		operators := condition.Operators()
		w.List("operators", len(operators), func(i int) {
			w.Object(func() {
				w.String("name", operators[i].Name)
				w.Bool("boolean", operators[i].Boolean)
			})
		})
		w.Strings("grantOperations", strings.Fields(engine.GrantOperationNames))
		w.List("documents", len(grammarTypes), func(i int) {
			w.Object(func() {
				w.String("type", grammarTypes[i].name)
				w.Strings("refused", grammarTypes[i].is.Refused())
			})
		})
	})
}

func writeFields(w *bridge.Writer, name string, list []scenario.FieldFacts) {
	w.List(name, len(list), func(i int) {
		f := &list[i]
		w.Object(func() {
			w.String("key", f.Key)
			w.Bool("required", f.Required)
			w.Bool("several", f.Several)
			w.String("service", f.Service)
			w.Strings("values", f.Values)
			w.Bool("any", f.Any)
		})
	})
}

func writeSection(w *bridge.Writer, k *scenario.SectionFacts) {
	w.Object(func() {
		w.String("prefix", k.Prefix)
		w.Bool("many", k.Many)
		w.Bool("levels", k.Levels)
		w.String("type", k.Said)
		w.String("label", k.Label)
		w.String("fresh", k.Fresh)
		w.String("service", k.Service)
	})
}
