package main

import (
	"why403/engine/report"
	"why403/engine/scenario"
)

// evaluate answers every request of a scenario file, as "why403 eval --json -"
// does: one JSON object a line. A file with problems is an answer too.
func (s *server) evaluate(r *request) (*answer, error) {
	return judged(s, r.body, func(f *scenario.File) (*answer, error) {
		return &answer{200, map[string]string{"Content-Type": "application/x-ndjson; charset=utf-8"}, report.Lines("-", f)}, nil
	})
}
