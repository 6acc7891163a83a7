package link

import (
	"errors"

	"why403/engine"
	"why403/engine/answer"
	"why403/engine/scenario"
)

var errUnread = errors.New("the scenario has errors; only one that can be answered can be embedded")

// Of gives the address that opens a scenario in the playground at base, or its
// fragment alone where base is "". It tells of the outcomes. The error says that
// the file has errors, or that it is too large for a link.
func Of(f *scenario.File, base string) (string, error) {
	if f.Errors() {
		return "", errUnread
	}
	return Telling(f, base, answer.Outcomes(f))
}

// Telling is [Of], with outcomes that are there already. The file has no errors.
func Telling(f *scenario.File, base string, outcomes []engine.Outcome) (string, error) {
	fragment, err := Encode(f.Format(), engine.Version, outcomes)
	return base + fragment, err
}
