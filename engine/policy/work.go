package policy

import (
	"slices"
	"strings"
)

// What a decision does is counted in steps, of some nanoseconds each: perValue
// for two values that are compared, perHead for the head of an ARN with wildcards,
// one for perStep bytes that are copied or looked through, and one for each
// character at which a piece with "?" is tried.
const (
	perValue = 8
	perHead  = 16
	perStep  = 16
)

// Work is about how many steps it takes to put the values of variables into the
// pattern and to compare it with some texts of so many bytes in all. Only a
// pattern that has a "?" between two "*" takes the product of both lengths.
func (p *Pattern) Work(vars Variables, texts, bytes int) int {
	size := p.size(vars)
	n := texts*perValue + (texts*size+bytes)/perStep
	if len(p.parts) > 0 {
		n += perValue + size/perStep
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

// Work is about how many steps it takes to match the pattern with the resource of
// a request, or to hold it against a pattern that is asked for.
func (p *ARNPattern) Work(vars Variables, arn string, isPattern bool) int {
	if p.reach != arns && p.reach != short {
		return perValue
	}
	n := p.resource.Work(vars, 1, len(arn))
	if p.literal == "" {
		n += perHead
	}
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
