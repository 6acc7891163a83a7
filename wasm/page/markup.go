//go:build !js

package main

import (
	"html"
	"strings"
)

// markup is HTML as it is written. All of it goes through put, so that nothing
// of a scenario gets in without being escaped.
type markup struct{ text strings.Builder }

// put writes a pattern, each % of it replaced by the next value, escaped.
func (m *markup) put(pattern string, values ...string) {
	pieces := strings.Split(pattern, "%")
	if len(pieces) != len(values)+1 {
		panic("as many values as % in " + pattern)
	}
	m.text.WriteString(pieces[0])
	for i, value := range values {
		m.text.WriteString(html.EscapeString(value) + pieces[i+1])
	}
}
