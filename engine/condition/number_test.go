package condition

import (
	"math/big"
	"testing"
)

// FuzzNumber compares numbers as math/big does.
func FuzzNumber(f *testing.F) {
	for _, seed := range [][2]string{{"0.1", "1e-1"}, {"-0", "0"}, {"-10", "-9.99"}, {"1e3", "1000"}, {".5", "5."}} {
		f.Add(seed[0], seed[1])
	}
	f.Fuzz(func(t *testing.T, a, b string) {
		x, okX := readNumber(a)
		y, okY := readNumber(b)
		if !okX || !okY || len(a)+len(b) > 40 || x.point > 1000 || x.point < -1000 || y.point > 1000 || y.point < -1000 {
			t.Skip()
		}
		p, okP := new(big.Rat).SetString(a)
		q, okQ := new(big.Rat).SetString(b)
		if !okP || !okQ {
			t.Fatalf("%q, %q: read here, not by math/big", a, b)
		}
		if got, want := x.compare(&y), p.Cmp(q); got != want {
			t.Errorf("%q compared with %q: %d, want %d", a, b, got, want)
		}
	})
}
