package main

import (
	"github.com/goccy/go-json/jsontext"

	"why403/engine/policy"
	"why403/engine/scenario"
)

// format indents a JSON text. A text that is not JSON comes back as it was.
func format(w *writer, text string) {
	const section = "text"
	_, problems := policy.ParseJSON(section, text)
	f := &scenario.File{Sections: []scenario.Section{{Name: section, Text: text}}}
	value := jsontext.Value(text)
	err := value.Indent(jsontext.WithIndent("  "), jsontext.AllowDuplicateNames(true), jsontext.AllowInvalidUTF8(true), jsontext.PreserveRawStrings(true))
	w.object(func() {
		if err == nil && !policy.Errors(problems) {
			w.string("text", string(value)+"\n")
		} else {
			w.string("text", text)
		}
		w.problems("problems", f, problems)
	})
}
