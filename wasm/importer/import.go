// Command importer is what reads the things that AWS prints, in the browser.
// Few visitors need it, so it is not a part of page.wasm.
package main

import (
	"strings"

	"github.com/goccy/go-json/jsontext"

	"why403/engine/importer"
	"why403/wasm/bridge"
)

var calls = bridge.Calls{"import": importText}

// importText turns what was pasted into a scenario. Its text is a JSON object
// with the strings scenario, pasted and choice. Problems have their places in
// pasted.
func importText(w *bridge.Writer, text string) {
	given := stringFields(text)
	r := importer.Import(given["scenario"], given["pasted"], given["choice"])
	w.Object(func() {
		w.String("kind", r.Kind)
		w.String("text", r.Text)
		w.Strings("understood", r.Understood)
		w.Strings("unknown", r.Unknown)
		w.List("next", len(r.Next), func(i int) { w.Pair("text", r.Next[i].Text, "command", r.Next[i].Command) })
		w.List("choices", len(r.Choices), func(i int) { w.Pair("id", r.Choices[i].ID, "label", r.Choices[i].Label) })
		w.Problems("problems", func(string) string { return given["pasted"] }, r.Problems)
	})
}

// stringFields reads an object of strings. The texts in it are together longer
// than one policy may be, so policy.ParseJSON does not read it.
func stringFields(text string) map[string]string {
	fields := map[string]string{}
	d := jsontext.NewDecoder(strings.NewReader(text))
	if token, err := d.ReadToken(); err != nil || token.Kind() != '{' {
		return fields
	}
	for d.PeekKind() == '"' {
		token, _ := d.ReadToken()
		name := token.String()
		if d.PeekKind() != '"' {
			return fields
		}
		token, err := d.ReadToken()
		if err != nil {
			return fields
		}
		fields[name] = token.String()
	}
	return fields
}
