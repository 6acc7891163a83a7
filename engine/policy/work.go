package policy

import (
	"slices"
	"strings"
)

// perValue is what it takes to compare two values that differ at once, in bytes
// compared.
const perValue = 8

// Work is about how many bytes are looked at to put the values of variables into
// the pattern and to compare it with some texts of so many bytes in all. It
// bounds the time: a piece with "?" that has a "*" before and behind it is tried
// at each character, all else takes its length.
func (p *Pattern) Work(vars Variables, texts, bytes int) int {
	size := p.size(vars)
	n := texts*(size+perValue) + bytes
	if len(p.parts) > 0 {
		n += size
	}
	if p.costly {
		n += size * bytes
	}
	return n
}

// size is how many bytes the pattern has, with the values of variables in it.
func (p *Pattern) size(vars Variables) int {
	n := len(p.tail)
	for i := range p.parts {
		part := &p.parts[i]
		value, ok := vars.Variable(part.key)
		if !ok || value == "" {
			value = part.fallback
		}
		n += len(part.before) + len(value)
	}
	return n
}

// isCostly reports whether a text has a "?" between two "*".
func isCostly(text string) bool {
	first, last := strings.IndexByte(text, '*'), strings.LastIndexByte(text, '*')
	return first < last && strings.IndexByte(text[first:last], '?') >= 0
}

// Work is about how many bytes are looked at to match the pattern with the
// resource of a request, or to hold it against a pattern that is asked for.
func (p *ARNPattern) Work(vars Variables, arn string, isPattern bool) int {
	if p.reach != arns && p.reach != short {
		return perValue
	}
	n := p.resource.Work(vars, 1, len(arn))
	if slices.ContainsFunc(p.head[:], endsInStar) {
		n *= max(1, strings.Count(arn, ":")-len(p.head)+1) // it is tried at each colon
	}
	if p.costly || isPattern {
		n += p.size(vars) * len(arn)
	}
	return n
}

// size is how many bytes the pattern has.
func (p *ARNPattern) size(vars Variables) int {
	n := p.resource.size(vars)
	for i := range p.head {
		n += len(p.head[i])
	}
	return n
}
