package main

import "why403/engine/scenario"

// switchAccounts moves the caller to the resource's account, or out of it.
func switchAccounts(w *writer, text string) {
	moved, mode, problems := scenario.SwitchAccounts(text)
	f := scenario.Parse(text)
	w.object(func() {
		w.string("text", moved)
		w.string("mode", mode)
		w.problems("problems", f, problems)
	})
}
