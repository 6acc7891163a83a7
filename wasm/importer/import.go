// Command importer is what reads the things that AWS prints, holds AWS's message
// against the policies, finds what would let a request in, and fills in what is
// not known, in the browser. The first answer needs none of it, so it is not a
// part of page.wasm.
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

var calls = bridge.Calls{
	"import": importText, "fillings": fillings, "fixes": fixes, "diagnose": diagnoseText, "block": block, "service": services.Take,
	"changes": changes, "witness": witnesses, "who": whoMay, "policyTable": policyTable,
}

// importText turns what was pasted into a scenario. The first line of its text
// is a JSON object with the strings scenario, choice, values (an object of
// strings, as JSON) and translated; the rest is what was pasted, which may be
// long. Where scenario is "", it starts one, in which what is not given is not
// known. Problems have their places in it, unless it was translated: then the
// person has another text.
//
//ts:type Imported What a pasted text was taken for, and the scenario that it makes.
func importText(w *bridge.Writer, text string) {
	line, pasted, _ := strings.Cut(text, "\n")
	given := bridge.Strings(line)
	r := importer.Fill(given["scenario"], pasted, given["choice"], bridge.Strings(given["values"]))
	if given["scenario"] == "" {
		r.LeaveOpen()
	}
	if given["translated"] != "" {
		for i := range r.Problems {
			r.Problems[i].Span = policy.Span{}
		}
	}
	w.Object(func() {
		w.String("kind", r.Kind)
		w.String("text", withSaid(r.Text, r.Said))          // The scenario, or "" while nothing can be made of it.
		w.Bool("fragment", r.Kind != importer.ScenarioKind) // False for a scenario, which says itself what is not known.
		w.String("syntax", r.Syntax)                        // "hcl" or "yaml" where `translate` has to make JSON of the text first, or "".
		w.Strings("brought", r.Brought)                     // The policy types that the scenario has more of than the present one.
		w.Strings("understood", r.Understood)
		w.Strings("unknown", r.Unknown)
		w.List("next", len(r.Next), func(i int) { w.Pair("text", r.Next[i].Text, "command", r.Next[i].Command) })
		w.List("choices", len(r.Choices), func(i int) { w.Pair("id", r.Choices[i].ID, "label", r.Choices[i].Label) })
		w.String("chosen", r.Chosen)                  // The id of the choice that this is, or "".
		w.String("why", r.Why)                        // Why that is taken, or why nothing is before a choice: a sentence, or "".
		w.List("fields", len(r.Fields), func(i int) { // References that the text leaves open; "" where their name is in their place.
			w.Pair("name", r.Fields[i].Name, "value", r.Fields[i].Value)
		})
		w.Problems("problems", bridge.NewOffsets(func(string) string { return pasted }), r.Problems)
	})
}

// withSaid is a scenario with AWS's words for its request, where it has none yet:
// the diagnosis holds them against the policies.
func withSaid(text string, said *importer.Said) string {
	if text == "" || said == nil || said.Text == "" {
		return text
	}
	words := said.Verbatim()
	f := scenario.Split(text)
	for i := range f.Sections {
		switch s := &f.Sections[i]; {
		case s.Name == "error" && said.Decoded != "" && isEncoded(s.Text) && !strings.Contains(s.Text, words):
			s.Text = strings.TrimRight(s.Text, "\r\n") + "\n" + words + "\n"
			return f.Format()
		case s.Name == "error" || strings.HasPrefix(s.Name, "error/"):
			return text
		}
	}
	if !strings.HasSuffix(text, "\n") {
		text += "\n"
	}
	return text + "-- error --\n" + words + "\n"
}

// isEncoded reports whether AWS's words have an encoded message, which a decoded
// one belongs to.
func isEncoded(text string) bool {
	said := importer.Import("", text, "").Said
	return said != nil && said.Encoded != ""
}
