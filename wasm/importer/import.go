// Command importer is what reads the things that AWS prints, and what fills in
// what is not known, in the browser. Few visitors need it, so it is not a part of
// page.wasm.
package main

import (
	"strings"

	"why403/engine/importer"
	"why403/engine/policy"
	"why403/engine/scenario"
	"why403/wasm/bridge"
)

// services is what the page has told of AWS's services.
var services bridge.Services

var calls = bridge.Calls{"import": importText, "fillings": fillings, "diagnose": diagnoseText, "service": services.Take}

// importText turns what was pasted into a scenario. Its text is a JSON object
// with the strings scenario, pasted and choice. Problems have their places in
// pasted.
func importText(w *bridge.Writer, text string) {
	given := stringFields(text)
	r := importer.Import(given["scenario"], given["pasted"], given["choice"])
	w.Object(func() {
		w.String("kind", r.Kind)
		w.String("text", withSaid(r.Text, r.Said))
		w.Bool("fragment", r.Kind != importer.ScenarioKind)
		w.Strings("understood", r.Understood)
		w.Strings("unknown", r.Unknown)
		w.List("next", len(r.Next), func(i int) { w.Pair("text", r.Next[i].Text, "command", r.Next[i].Command) })
		w.List("choices", len(r.Choices), func(i int) { w.Pair("id", r.Choices[i].ID, "label", r.Choices[i].Label) })
		w.Problems("problems", func(string) string { return given["pasted"] }, r.Problems)
	})
}

// withSaid is a scenario with AWS's words for its request, where it has none yet:
// the diagnosis holds them against the policies.
func withSaid(text string, said *importer.Said) string {
	if text == "" || said == nil || said.Text == "" {
		return text
	}
	f := scenario.Parse(text)
	for _, s := range f.Sections {
		if s.Name == "error" || strings.HasPrefix(s.Name, "error/") {
			return text
		}
	}
	if !strings.HasSuffix(text, "\n") {
		text += "\n"
	}
	return text + "-- error --\n" + said.Text + "\n"
}

// maxCall is the longest text of a call, in bytes: three texts, each byte of them
// perhaps an escape of six.
const maxCall = 3 * 6 * policy.MaxSize

// stringFields reads an object of strings.
func stringFields(text string) map[string]string {
	fields := map[string]string{}
	root, _ := policy.ParseLongJSON("", text, maxCall)
	for i, name := range root.Names {
		fields[name.Value] = root.Items[i].Value
	}
	return fields
}
