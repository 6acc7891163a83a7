package importer

import (
	"strconv"
	"strings"

	"why403/engine/policy"
	"why403/engine/scenario"
)

// isScenario looks for the marker of a request.
func isScenario(p *paste) bool {
	text := "\n" + p.text
	return strings.Contains(text, "\n-- request --") || strings.Contains(text, "\n-- request/")
}

// useScenario takes a scenario file as it is.
func (p *paste) useScenario() {
	f := scenario.Parse(p.text + "\n")
	p.out.Whole = severalOf[:]
	p.fact("Title", f.Title())
	p.understood(strconv.Itoa(len(f.Requests)) + " requests, " + strconv.Itoa(f.Documents()) + " policies")
	if len(f.Requests) == 1 {
		r := &f.Requests[0]
		p.fact("Principal", r.Principal)
		p.fact("Action", r.Action)
		p.fact("Resource", r.Resource)
	}
	for _, problem := range f.Problems {
		if problem.Severity == policy.Error {
			from := f.Start(problem.Section)
			p.problem(policy.Span{Start: from + problem.Span.Start, End: from + problem.Span.End}, problem.Code, problem.Message)
		}
	}
	if structureOf(f) == "" {
		p.out.Text, p.checked = p.text+"\n", true
	}
}

// useLongScenario takes a scenario file that is longer than one policy can be. It
// reports false for any other text.
func (p *paste) useLongScenario(pasted string) bool {
	p.text, p.at = bare(pasted)
	if !isScenario(p) {
		p.text, p.at = "", 0
		return false
	}
	p.use(&scenarioFile)
	return true
}
