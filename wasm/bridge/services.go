package bridge

import (
	"slices"
	"strings"

	"why403/engine/catalogue"
	"why403/engine/scenario"
)

// Services is what the page has told of AWS's services. It is filled one by one:
// none of it is part of a module.
type Services struct {
	catalogue.Set
	Kept scenario.Kept // of the last scenario
}

// Take is the call that takes in the text of one service, as catalogue.Parse
// reads it.
//
//ts:doc Takes the text of one service of the catalogue in. `problem` is why it can't, or "".
func (s *Services) Take(w *Writer, text string) {
	problem := ""
	if err := s.Add(text); err != nil {
		problem = err.Error()
	}
	w.Object(func() { w.String("problem", problem) })
}

// Scenario reads a scenario, with what is known of the services. Of the policies
// that the last one had too, only what is new is read.
func (s *Services) Scenario(text string) (*scenario.File, *Asked) {
	a := s.Ask()
	f := s.Kept.Parse(a, text)
	s.Kept = f.Kept()
	return f, a
}

// Ask is the services for one call, which may ask for more than the page has told.
func (s *Services) Ask() *Asked { return &Asked{services: s} }

// Asked is the services, with the prefixes of those that an answer needed and
// that the page has not told of yet.
type Asked struct {
	Missing  []string
	services *Services
}

// Service gives a service that the page has told of.
func (a *Asked) Service(prefix string) *catalogue.Service {
	s := a.services.Service(prefix)
	prefix = strings.ToLower(prefix)
	if s == nil && !slices.Contains(a.Missing, prefix) {
		a.Missing = append(a.Missing, prefix)
	}
	return s
}

// Write writes the prefixes of what the page has not told of.
func (a *Asked) Write(w *Writer) { w.Strings("missing", a.Missing) }
