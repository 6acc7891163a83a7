package bridge

import "testing"

func TestUTF16Table(t *testing.T) {
	text := "aé🔑b"
	table := utf16Table(text)
	for offset, want := range map[int]int{0: 0, 1: 1, 3: 2, 7: 4, 8: 5} {
		if got := convert(table, offset); got != want {
			t.Errorf("byte %d of %q: got %d, want %d", offset, text, got, want)
		}
	}
	if utf16Table("plain") != nil {
		t.Error("plain ASCII needs no table")
	}
}
