package redact

import (
	"testing"

	"why403/engine/scenario"
)

// Of a file that takes long, little is judged again to find what has to stay.
func TestTries(t *testing.T) {
	for size, want := range map[int]int{1 << 10: maxTries, 40 << 10: 50, 1 << 20: 2, 4 << 20: 0} {
		s := search{size: size, file: &scenario.File{}, before: &known{}}
		if got := s.most(); got > maxTries || got < want*9/10 || got > want*11/10 {
			t.Errorf("a file of %d bytes has %d tries", size, got)
		}
		s.before.Steps = 1 << 16
		if got := s.most(); got > 0 {
			t.Errorf("a file of many statements has %d tries", got)
		}
	}
}

// What can't be read, without a section in it, has no place for its problems.
func TestNoSections(t *testing.T) {
	for _, text := range []string{"\xff", "no section", "\x00\x01"} {
		if r := Of(nil, text); r.Proof.Proved {
			t.Errorf("%q: %+v", text, r.Proof)
		}
	}
}
