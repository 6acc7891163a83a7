package diagnose

import (
	"slices"
	"strings"

	"why403/engine/scenario"
)

// withLines is a file with other values in its first request, not read yet.
func withLines(f *scenario.File, lines [][2]string) *scenario.File {
	if len(lines) == 0 {
		return f
	}
	out := &scenario.File{Comment: f.Comment, Sections: slices.Clone(f.Sections), Catalogue: f.Catalogue}
	for i := range out.Sections {
		s := &out.Sections[i]
		if _, ok := scenario.RequestName(s.Name); !ok {
			continue
		}
		for _, l := range lines {
			s.Text = withLine(s.Text, l[0], l[1])
		}
		break
	}
	return out
}

// withLine gives a key of a request a value.
func withLine(text, key, value string) string {
	var b strings.Builder
	for _, l := range scenario.Lines(text) {
		if !strings.EqualFold(l.Key, key) {
			b.WriteString(text[l.Span.Start:l.Span.End] + "\n")
		}
	}
	b.WriteString(key + ": " + value + "\n")
	return b.String()
}

// closed is a file without its lines "unknown:", not read yet: what it does not
// have is taken for absent, so that what was brought is judged by itself. It is
// the file itself where it has no such line.
func closed(f *scenario.File) *scenario.File {
	out := f
	for i := range f.Sections {
		s := &f.Sections[i]
		if _, request := scenario.RequestName(s.Name); !request && (strings.HasSuffix(s.Name, ".json") || !scenario.HoldsPolicy(s.Name)) {
			continue
		}
		text, found := withoutUnknown(s.Text)
		if !found {
			continue
		}
		if out == f {
			out = &scenario.File{Comment: f.Comment, Sections: slices.Clone(f.Sections)}
		}
		out.Sections[i].Text = text
	}
	return out
}

func withoutUnknown(text string) (without string, found bool) {
	var b strings.Builder
	for _, l := range scenario.Lines(text) {
		if strings.EqualFold(l.Key, "unknown") {
			found = true
			continue
		}
		b.WriteString(text[l.Span.Start:l.Span.End] + "\n")
	}
	return b.String(), found
}
