package scenario

import (
	"strings"

	"why403/engine"
)

// setUnknown reads what is not known: policy types, condition keys, and * for
// all that is not given, with spaces or commas between.
func setUnknown(s *settings, v string) string {
	names := words(v)
	if len(names) == 0 {
		return "Name what is not known: " + unknownList() + "."
	}
	for _, name := range names {
		if !s.unknown.Add(name) {
			return "“" + name + "” can't be unknown. These can: " + unknownList() + "."
		}
	}
	return ""
}

// setNone reads what a request has none of beyond what is given: the words of a
// line "unknown: …", but for *.
func setNone(r *Request, v string) string {
	if r.unknown.None == nil {
		r.unknown.None = &engine.Unknown{}
	}
	names := words(v)
	for _, name := range names {
		if name == "*" || !r.unknown.None.Add(name) {
			return "There can't be “none” of “" + name + "”. Name policy types, grants, encrypted-with or condition keys."
		}
	}
	if len(names) == 0 {
		return "Name what there is none of: " + strings.Join(engine.UnknownNames()[:len(engine.UnknownNames())-1], ", ") + ", or condition keys."
	}
	return ""
}

func unknownList() string {
	names := engine.UnknownNames()
	return strings.Join(names[:len(names)-1], ", ") + ", condition keys such as aws:SourceIp, and * for all that is not given"
}
