// Command source makes JSON of infrastructure as code in the browser: of HCL and
// YAML. Its parsers are large, so it is fetched when such a text is pasted.
package main

import (
	"strings"

	"why403/engine/template/source"
	"why403/wasm/bridge"
)

var calls = bridge.Calls{"translate": translate}

// translate makes JSON of a text: its first line is the syntax, "hcl" or "yaml".
// Problems have their places in the rest.
func translate(w *bridge.Writer, text string) {
	syntax, code, _ := strings.Cut(text, "\n")
	out, problems := source.JSON(syntax, code)
	w.Object(func() {
		w.String("text", out)
		w.Problems("problems", func(string) string { return code }, problems)
	})
}
