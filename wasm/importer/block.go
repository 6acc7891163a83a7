package main

import (
	"strings"

	"why403/engine/embed"
	"why403/engine/scenario"
	"why403/wasm/bridge"
)

// blockForms is what writes a scenario for somebody's page, as why403 embed does.
var blockForms = map[string]func(*scenario.File, embed.Options) (string, error){
	"html": embed.Block, "mdx": embed.MDX, "markdown": embed.Markdown,
}

// block writes a scenario as a block for a page of documentation. The first line
// of its text has the form, a space and the link; the rest is the file.
//
//ts:type Block A scenario for somebody's page, or why there is none.
//ts:doc Takes a form, a space and the link in its first line.
func block(w *bridge.Writer, text string) {
	head, text, _ := strings.Cut(text, "\n")
	form, address, _ := strings.Cut(head, " ")
	f, asked := services.Scenario(text)
	written, problem := "", ""
	if write := blockForms[form]; write == nil {
		problem = "There is no form " + form + "."
	} else if out, err := write(f, embed.Options{Link: address}); err != nil {
		problem = err.Error()
	} else {
		written = out
	}
	w.Object(func() {
		defer asked.Write(w)
		w.String("block", written)
		w.String("problem", problem)
	})
}
