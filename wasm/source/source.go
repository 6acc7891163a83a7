// Command source makes JSON of infrastructure as code in the browser, of HCL and
// YAML, and replaces the names in a scenario. Both need the large packages fmt and
// regexp, and few readers need either, so it is fetched when it is first asked for.
package main

import (
	"strings"

	"why403/engine/template/source"
	"why403/wasm/bridge"
)

var calls = bridge.Calls{"translate": translate, "redact": redacted, "service": services.Take}

// translate makes JSON of a text: its first line is the syntax, "hcl" or "yaml".
// Problems have their places in the rest.
func translate(w *bridge.Writer, text string) {
	syntax, code, _ := strings.Cut(text, "\n")
	out, problems := source.JSON(syntax, code)
	w.Object(func() {
		w.String("text", out)
		w.Problems("problems", bridge.NewOffsets(func(string) string { return code }), problems)
	})
}
