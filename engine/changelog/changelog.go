// Package changelog tells which rule of the engine changed an answer: what each
// version of the engine decides in another way than the one before, and which
// requests that touches.
package changelog

import (
	"slices"
	"strconv"
	"strings"

	"why403/engine"
	"why403/engine/answer"
)

// Rule is one change of the rules. Touches says which requests it can change: the
// terms that all have to be true of a request, with spaces between. A term is
// KIND:VALUE, or KIND:VALUE|VALUE for one of several; see [Facts] for the kinds.
// A value may begin and end with "*", and has no wildcard elsewhere.
type Rule struct {
	Version string // of the engine that has it first
	Touches string
	Text    string // what is so since then, a sentence
	Page    string // of AWS
}

// Between is the rules that are newer than one version of the engine, and not
// newer than another, the newest first.
func Between(old, present string) (out []Rule) {
	from, to := number(old), number(present)
	for _, r := range slices.Backward(rules()) {
		if n := number(r.Version); n > from && n <= to {
			out = append(out, r)
		}
	}
	return out
}

// Known reports whether there was, or is, a version of the engine.
func Known(version string) bool {
	n := number(version)
	return n >= 1 && n <= number(engine.Version) && strconv.Itoa(n) == version
}

// number is a version as a number, 0 for what is none.
func number(version string) int {
	n, err := strconv.Atoi(version)
	if err != nil {
		return 0
	}
	return n
}

// Explain is the rules since an older version of the engine that can have changed
// the answer to a request.
func Explain(old string, a *answer.Answer) (out []Rule) {
	facts := Facts(a)
	for _, r := range Between(old, engine.Version) {
		if r.touches(facts) {
			out = append(out, r)
		}
	}
	return out
}

// touches reports whether all terms of a rule are true of a request.
func (r *Rule) touches(facts []string) bool {
	for term := range strings.FieldsSeq(r.Touches) {
		kind, values, _ := strings.Cut(term, ":")
		one := func(value string) bool {
			return slices.ContainsFunc(facts, func(fact string) bool { return covers(kind+":", value, fact) })
		}
		if !slices.ContainsFunc(strings.Split(values, "|"), one) {
			return false
		}
	}
	return true
}

// covers reports whether a fact is of a kind and a value covers it.
func covers(kind, value, fact string) bool {
	given, ok := strings.CutPrefix(fact, kind)
	if !ok {
		return false
	}
	end, anyStart := strings.CutPrefix(value, "*")
	switch start, anyEnd := strings.CutSuffix(end, "*"); {
	case anyStart && anyEnd:
		return strings.Contains(given, start)
	case anyEnd:
		return strings.HasPrefix(given, start)
	case anyStart:
		return strings.HasSuffix(given, end)
	}
	return given == value
}

// Drift is a request that is answered in another way than with an older engine.
type Drift struct {
	Request string
	Before  engine.Outcome
	After   engine.Outcome
	Rules   []Rule // that can have changed it, the newest first
}

// Drifts compares answers with the outcomes that an older version of the engine
// gave, in the same order. What it did not tell is left out.
func Drifts(old string, before []engine.Outcome, answers []answer.Answer) (out []Drift) {
	for i := range answers[:min(len(answers), len(before))] {
		if a := &answers[i]; a.Outcome != before[i] {
			out = append(out, Drift{a.Request, before[i], a.Outcome, Explain(old, a)})
		}
	}
	return out
}

// Unexplained is what is said where no rule can have changed an answer.
const Unexplained = "no rule of the changelog explains it"
