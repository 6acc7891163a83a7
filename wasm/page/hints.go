package main

import (
	"strings"

	"why403/engine/hint"
	"why403/engine/policy"
	"why403/wasm/bridge"
)

// hints is spelling help for one policy. The text begins with three lines: the
// section, the version of AWS's lists, and the prefixes of all services.
//
//ts:doc Takes three lines before the policy: its section, the version of AWS's lists, the prefixes of all services.
func hints(w *bridge.Writer, text string) {
	section, text, _ := strings.Cut(text, "\n")
	version, text, _ := strings.Cut(text, "\n")
	prefixes, text, _ := strings.Cut(text, "\n")
	asked := services.Ask()
	var found []policy.Problem
	if d, _ := policy.Parse(section, policy.Resource, text); d != nil {
		found = hint.Of(d, &hint.Names{Version: version, Prefixes: strings.Fields(prefixes), Services: asked})
	}
	w.Object(func() {
		w.Problems("hints", bridge.NewOffsets(func(string) string { return text }), found)
		asked.Write(w)
	})
}
