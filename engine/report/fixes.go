package report

import (
	"math"
	"slices"

	"why403/engine"
	"why403/engine/fix"
	"why403/engine/scenario"
)

// Fixes is what would let one request in: the best first, or the reason why
// nothing is offered.
type Fixes struct {
	File    string `json:"file"`
	Request string `json:"request"`
	Outcome string `json:"outcome"`
	Fixes   []Fix  `json:"fixes"`
	Reason  string `json:"reason,omitempty"`
}

// Fix is a [fix.Fix]. Why has the reasons for its place, a clause each.
type Fix struct {
	Kind    string   `json:"kind"`
	Title   string   `json:"title"`
	Steps   []string `json:"steps,omitempty"` // where there are several
	Loosens []string `json:"loosens,omitempty"`
	Notes   []string `json:"notes,omitempty"`
	Why     []string `json:"why"`
	Owner   string   `json:"owner,omitempty"`
	Letter  string   `json:"letter,omitempty"`
	Edits   []Edit   `json:"edits"`
	Results []Result `json:"results"`
	Exports []Export `json:"exports,omitempty"`
}

// Edit is the whole new text of a section.
type Edit struct {
	Section string `json:"section"`
	New     bool   `json:"new,omitempty"`
	Text    string `json:"text"`
}

// Result is what becomes of a request with the fix.
type Result struct {
	Request string `json:"request"`
	Before  string `json:"before"`
	After   string `json:"after"`
}

// Export is a fix in a form that some tool takes.
type Export struct {
	Form string `json:"form"`
	Text string `json:"text"`
}

// FixLines is one JSON object a line: the [Fixes] of each request that is
// denied, or a single [Unreadable].
func FixLines(name string, f *scenario.File) []byte {
	if f.Errors() {
		return Lines(name, f)
	}
	var out []any
	search := fix.In(f)
	for i := range f.Requests {
		found := search.Of(i)
		if len(found.Fixes) == 0 && found.Reason == "" {
			continue
		}
		r := Fixes{File: name, Request: f.Requests[i].Check.Name, Reason: found.Reason, Fixes: []Fix{}}
		for j := range found.Fixes {
			one := oneFix(&found.Fixes[j])
			for _, e := range found.Fixes[j].Exports(f) {
				one.Exports = append(one.Exports, Export{e.Form, e.Text})
			}
			r.Fixes = append(r.Fixes, one)
		}
		r.Outcome = search.Outcome(i).String()
		out = append(out, r)
	}
	text, _ := encoded(slices.Values(out), math.MaxInt)
	return text
}

func oneFix(x *fix.Fix) Fix {
	out := Fix{Kind: x.Kind.String(), Title: x.Title, Loosens: x.Loosens, Notes: x.Notes, Why: x.Traits.Words(), Owner: x.Owner,
		Letter: x.Letter}
	if len(x.Steps) > 1 {
		out.Steps = x.Steps
	}
	for _, e := range x.Edits {
		out.Edits = append(out.Edits, Edit{e.Section, e.Old == "", e.Text})
	}
	for _, r := range x.Results {
		out.Results = append(out.Results, Result{r.Request, r.Before.String(), r.After.String()})
	}
	return out
}

// firstFix is the best fix of a request that is denied, or nil.
func firstFix(s *fix.Search, request int, outcome engine.Outcome) *Fix {
	if !outcome.Denied() {
		return nil
	}
	if found := s.Of(request); len(found.Fixes) > 0 {
		first := oneFix(&found.Fixes[0])
		return &first
	}
	return nil
}
