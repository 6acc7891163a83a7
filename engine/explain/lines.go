package explain

import (
	"strconv"
	"strings"

	"why403/engine"
)

// Lines is the whole answer as plain text, one fact a line. The first line is
// the outcome; the second, when denied, AWS's own sentence. Golden files hold
// these lines.
func (a *Answer) Lines() []string {
	lines := []string{a.Outcome.String()}
	if a.Outcome == engine.Undecided {
		lines = append(lines, a.Depends.On...)
	}
	if a.Message != "" {
		lines = append(lines, a.Message)
	}
	lines = append(lines, a.Verdict)
	if a.Depends != nil {
		lines = append(lines, a.Depends.lines()...)
	}
	lines = append(lines, a.Also...)
	for _, w := range a.Ways {
		lines = append(lines, w.line())
	}
	for _, s := range a.Statements {
		lines = append(lines, s.line())
	}
	for _, n := range a.NotEvaluated {
		lines = append(lines, "not evaluated: "+n.Section+": "+n.Message)
	}
	return lines
}

func (w *Way) line() string {
	state := "closed"
	switch {
	case w.Unsure:
		state = "not known"
	case w.Open:
		state = "open"
	}
	line := state + ": "
	if w.Side != "same-account" {
		line += "(" + w.Side + "'s side) "
	}
	return strings.TrimSpace(line + w.Title + " " + w.Detail)
}

func (s *Statement) line() string {
	name := s.Section + " " + strconv.Itoa(s.Index+1)
	if s.Sid != "" {
		name += " “" + s.Sid + "”"
	}
	return name + ": " + s.Effect + " " + s.Reason
}
