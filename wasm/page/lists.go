//go:build !js

package main

import (
	"why403/engine/scenario"
	"why403/wasm/bridge"
)

// The build asks for the lists and puts them where the page's script finds
// them.
func init() {
	calls["fields"] = fields
	calls["sections"] = sections
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
