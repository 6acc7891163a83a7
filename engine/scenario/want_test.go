package scenario_test

import (
	"strings"
	"testing"

	"why403/engine/scenario"
)

func TestWant(t *testing.T) {
	f := scenario.Parse(ask + "-- want --\nallow\nbecause\n\n-- want/x --\nimplicit deny\n")
	for request, want := range map[string]string{"": "allow|because", "x": "implicit deny"} {
		if lines, ok := f.Want(request); !ok || strings.Join(lines, "|") != want {
			t.Errorf("%q: %q", request, lines)
		}
	}
	if _, ok := f.Want("y"); ok {
		t.Error("an answer that nobody wants")
	}
}

// SetWant changes the section that it is for, or adds it, and nothing else.
func TestSetWant(t *testing.T) {
	for before, want := range map[string]string{
		ask + "-- want --\nold\nlines\n-- boundary.json --\nx\n": ask + "-- want --\nallow\n-- boundary.json --\nx\n",
		ask + "-- want/x --\nold\n":                              ask + "-- want/x --\nold\n-- want --\nallow\n",
		ask:                                                      ask + "-- want --\nallow\n",
		strings.TrimSuffix(ask, "\n"):                            ask + "-- want --\nallow\n",
		ask + "-- want --":                                       ask + "-- want --\nallow\n",
		ask + "-- want --\n":                                     ask + "-- want --\nallow\n",
		ask + "-- want --\nold":                                  ask + "-- want --\nallow\n",
		ask + "-- boundary.json --":                              ask + "-- boundary.json --\n-- want --\nallow\n",
		ask + "-- want --\r\nold\r\n":                            ask + "-- want --\r\nallow\n",
		"title":                                                  "title\n-- want --\nallow\n",
		"":                                                       "-- want --\nallow\n",
	} {
		f := scenario.Parse(before)
		f.SetWant("", []string{"allow"})
		if got := f.Format(); got != want {
			t.Errorf("%q\nbecomes %q\nwant    %q", before, got, want)
		}
		f.SetWant("", []string{"allow"})
		if got := f.Format(); got != want {
			t.Errorf("the second time it becomes %q", got)
		}
	}
}

// Of a gallery file only the want sections change, and the same answers give
// the same bytes.
func TestSetWantInGallery(t *testing.T) {
	for path, text := range gallery(t) {
		f := scenario.Parse(text)
		for i := range f.Requests {
			name := f.Requests[i].Name
			lines, ok := f.Want(name)
			if !ok {
				t.Errorf("%s: no want section for %q", path, name)
			}
			f.SetWant(name, lines)
		}
		if f.Format() != text {
			t.Errorf("%s: the same answers change the file", path)
		}
		for i := range f.Requests {
			f.SetWant(f.Requests[i].Name, []string{"changed"})
		}
		before := scenario.Parse(text).Sections
		after := scenario.Parse(f.Format())
		for i := range before {
			if scenario.HoldsPolicy(before[i].Name) && after.Sections[i].Text != before[i].Text {
				t.Errorf("%s: %s changes", path, before[i].Name)
			}
		}
	}
}
