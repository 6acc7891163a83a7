package places

import (
	"math/rand/v2"
	"strings"
	"testing"

	"why403/engine/policy"
)

// Whatever the text, and in whatever order, a place is where Position says.
func TestPlaces(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	pieces := []string{"a", "\n", "é", "漢", "\U0001F600", "\xff", "\x80", "\xf0\x9f", strings.Repeat("x", 500), strings.Repeat("\x80", 30),
		strings.Repeat("\n", 100), strings.Repeat("\U0001F600", 900)}
	for range 60 {
		var b strings.Builder
		for range r.IntN(90) {
			b.WriteString(pieces[r.IntN(len(pieces))])
		}
		text := b.String()
		all := New(func(string) string { return text })
		offsets := []int{-1, 0, len(text), len(text) + 1}
		for i := range len(text) / between {
			for near := -5; near < 6; near++ {
				offsets = append(offsets, (i+1)*between+near)
			}
		}
		for range 200 {
			offsets = append(offsets, r.IntN(len(text)+1))
		}
		for _, offset := range offsets {
			line, column := policy.Position(text, offset)
			if l, c := all.Position("", offset); l != line || c != column {
				t.Fatalf("byte %d of %q is at %d:%d, not at %d:%d", offset, text, line, column, l, c)
			}
		}
	}
}

// A text is read once, and from then on no more of it than lies between two
// marks.
func TestPlacesWork(t *testing.T) {
	asked := 0
	text := strings.Repeat("漢字", 1<<16)
	all := New(func(string) string { asked++; return text })
	for offset := range 10_000 {
		all.Position("a", offset*30)
	}
	if asked != 1 {
		t.Errorf("the text was asked for %d times", asked)
	}
	marks := all.texts[0].marks
	for i := range marks {
		end := len(text)
		if i+1 < len(marks) {
			end = marks[i+1].at
		}
		if end-marks[i].at > between+3 {
			t.Errorf("%d bytes between two marks", end-marks[i].at)
		}
	}
}
