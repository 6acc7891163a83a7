package main

import (
	"why403/engine/scenario"
	"why403/wasm/bridge"
)

// switchAccounts moves the caller to the resource's account, or out of it.
func switchAccounts(w *bridge.Writer, text string) {
	moved, mode, problems := scenario.SwitchAccounts(text)
	f := scenario.Parse(text)
	w.Object(func() {
		w.String("text", moved)
		w.String("mode", mode) //ts:Mode
		w.Problems("problems", bridge.NewOffsets(f.Text), problems)
	})
}
