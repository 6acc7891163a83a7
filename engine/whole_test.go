package engine

import (
	"math/rand/v2"
	"testing"

	"why403/engine/policy"
)

// Patterns that differ before a wildcard have nothing in common, so nothing is
// left out of a pattern by that.
func TestDiffer(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	pieces := []string{"a", "b", "/", ":", "*", "?", "${*}", "ab"}
	text := func() (s string) {
		for range r.IntN(6) {
			s += pieces[r.IntN(len(pieces))]
		}
		return s
	}
	apart := 0
	for range 20_000 {
		a, b := text(), text()
		covered, common := policy.CoversText(a, b)
		if differ(a, b) {
			apart++
			if covered || common != "" {
				t.Fatalf("%q and %q have %q in common", a, b, common)
			}
		}
	}
	if apart < 1000 {
		t.Errorf("%d are apart", apart)
	}
}
