package scenario

import (
	"strings"

	"why403/engine"
)

// setUnknown reads what is not known: policy types, condition keys, and * for
// all that is not given, with spaces or commas between.
func setUnknown(s *settings, v string) string {
	names := strings.Fields(strings.ReplaceAll(v, ",", " "))
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

func unknownList() string {
	names := engine.UnknownNames()
	return strings.Join(names[:len(names)-1], ", ") + ", condition keys such as aws:SourceIp, and * for all that is not given"
}
