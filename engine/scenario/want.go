package scenario

import "strings"

// WantName is the section that holds the golden answer to a request.
func WantName(request string) string {
	if request == "" {
		return "want"
	}
	return "want/" + request
}

// Want gives the lines of the golden answer to a request.
func (f *File) Want(request string) (lines []string, ok bool) {
	text, ok := f.Section(WantName(request))
	if !ok {
		return nil, false
	}
	return strings.Split(strings.TrimRight(strings.ReplaceAll(text, "\r\n", "\n"), "\n"), "\n"), true
}

// SetWant replaces the golden answer to a request, or adds it at the end of
// the file. Nothing else of the file changes.
func (f *File) SetWant(request string, lines []string) {
	name, text := WantName(request), strings.Join(lines, "\n")+"\n"
	for i := range f.Sections {
		if s := &f.Sections[i]; s.Name == name {
			if !strings.HasSuffix(s.Marker, "\n") {
				s.Marker += "\n"
			}
			s.Text = text
			return
		}
	}
	f.endLine()
	f.Sections = append(f.Sections, Section{Marker: "-- " + name + " --\n", Name: name, Text: text})
}

// endLine makes the file end with a line ending, so that a marker can follow.
func (f *File) endLine() {
	last := &f.Comment
	if n := len(f.Sections); n > 0 {
		if f.Sections[n-1].Text == "" {
			last = &f.Sections[n-1].Marker
		} else {
			last = &f.Sections[n-1].Text
		}
	}
	if *last != "" && !strings.HasSuffix(*last, "\n") {
		*last += "\n"
	}
}
