package lets

import (
	"strings"
	"testing"
)

// Of a policy that takes long to judge, fewer requests are tried: a variable takes longer
// than the bytes of its name.
func TestMostTried(t *testing.T) {
	for name, c := range map[string]struct {
		text string
		want int
	}{
		"a short policy": {"{}", maxTried},
		"a long one":     {strings.Repeat("x", 1<<20), 63},
		"many variables": {strings.Repeat("${aws:x}", 1<<13), 113},
		"too many":       {strings.Repeat("${aws:x}", 1<<17), 8},
	} {
		if got := mostTried(c.text); got != c.want {
			t.Errorf("%s: %d requests, not %d", name, got, c.want)
		}
	}
}
