package main

import (
	"why403/engine/catalogue"
	"why403/wasm/bridge"
)

// services is what the page has told of AWS's services. It is filled one by
// one: none of it is part of page.wasm.
var services catalogue.Set

// service takes in the text of one service, as catalogue.Parse reads it.
func service(w *bridge.Writer, text string) {
	problem := ""
	if err := services.Add(text); err != nil {
		problem = err.Error()
	}
	w.Object(func() { w.String("problem", problem) })
}
