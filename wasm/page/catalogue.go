package main

import (
	"slices"
	"strings"

	"why403/engine/catalogue"
	"why403/engine/scenario"
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

// asked is the services, with the prefixes of those that an answer needed and
// that the page has not told of yet.
type asked struct{ missing []string }

// Service gives a service that the page has told of.
func (a *asked) Service(prefix string) *catalogue.Service {
	s := services.Service(prefix)
	prefix = strings.ToLower(prefix)
	if s == nil && !slices.Contains(a.missing, prefix) {
		a.missing = append(a.missing, prefix)
	}
	return s
}

// parseScenario reads a scenario, with what is known of the services.
func parseScenario(text string) (*scenario.File, *asked) {
	a := &asked{}
	return scenario.ParseWith(a, text), a
}
