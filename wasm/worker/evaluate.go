package main

import (
	answering "why403/engine/answer"
	"why403/engine/report"
	"why403/engine/scenario"
)

var errLongAnswer = &fault{status: 422, code: "too-much",
	message: "The answers to this scenario are too long. Ask fewer things at once, or answer it on your own machine: why403 eval --json FILE."}

// evaluate answers every request of a scenario file, as "why403 eval --json -"
// does: one JSON object a line. A file with problems is an answer too.
func (s *server) evaluate(r *request) (*answer, error) {
	return judged(s, r.body, func(f *scenario.File, answers []answering.Answer) (*answer, error) {
		lines, ok := report.LinesOf("-", f, answers, maxPage)
		if !ok {
			return nil, errLongAnswer
		}
		return &answer{200, map[string]string{"Content-Type": "application/x-ndjson; charset=utf-8"}, lines}, nil
	})
}
