package policy

import (
	"strings"
	"unicode/utf8"
)

// token is a character of a compiled pattern, or one of its wildcards.
type token rune

const (
	run  token = -1 // any run of characters
	each token = -2 // any character
)

func tokens(compiled string) []token {
	out := make([]token, 0, len(compiled))
	for i := 0; i < len(compiled); {
		switch compiled[i] {
		case anyRun:
			out, i = append(out, run), i+1
		case oneOf:
			out, i = append(out, each), i+1
		default:
			r, size := utf8.DecodeRuneInString(compiled[i:])
			out, i = append(out, token(r)), i+size
		}
	}
	return out
}

// covers reports whether one pattern matches all that another matches. Where it
// says so, that is so; it may not see that "?*" covers "*?".
func covers(pattern, part []token) bool {
	i, j, star, back := 0, 0, -1, 0
	for j < len(part) {
		switch {
		case i < len(pattern) && pattern[i] == run:
			star, back = i, j
			i++
		case i < len(pattern) && part[j] != run && (pattern[i] == each || pattern[i] == part[j]):
			i, j = i+1, j+1
		case star >= 0:
			back++
			i, j = star+1, back
		default:
			return false
		}
	}
	for i < len(pattern) && pattern[i] == run {
		i++
	}
	return i == len(pattern)
}

// filler stands for a character that neither of two patterns names.
const filler = 'x'

// meet finds a text that two patterns both match, a short one.
func meet(a, b []token) (text string, ok bool) {
	if apart(a, b) {
		return "", false
	}
	// can has whether what is left of a from i on meets what is left of b from j
	// on: a bit for each, from the ends to the beginnings.
	width := len(b) + 1
	can := make([]bool, (len(a)+1)*width)
	for i := len(a); i >= 0; i-- {
		for j := len(b); j >= 0; j-- {
			can[i*width+j] = meets(a, b, i, j, can)
		}
	}
	if !can[0] {
		return "", false
	}
	var out strings.Builder
	for i, j := 0, 0; i < len(a) || j < len(b); {
		switch {
		case i < len(a) && a[i] == run && can[(i+1)*width+j]:
			i++
			continue
		case j < len(b) && b[j] == run && can[i*width+j+1]:
			j++
			continue
		}
		c := token(filler)
		if a[i] >= 0 {
			c = a[i]
		} else if b[j] >= 0 {
			c = b[j]
		}
		out.WriteRune(rune(c))
		if a[i] != run {
			i++
		}
		if b[j] != run {
			j++
		}
	}
	return out.String(), true
}

// meets fills one place of the table of meet.
func meets(a, b []token, i, j int, can []bool) bool {
	width := len(b) + 1
	moreA, moreB := i < len(a), j < len(b)
	runA, runB := moreA && a[i] == run, moreB && b[j] == run
	switch {
	case !moreA && !moreB:
		return true
	case runA:
		return can[(i+1)*width+j] || moreB && can[i*width+j+1]
	case runB:
		return can[i*width+j+1] || moreA && can[(i+1)*width+j]
	}
	return moreA && moreB && fits(a[i], b[j]) && can[(i+1)*width+j+1]
}

func fits(a, b token) bool { return a < 0 || b < 0 || a == b }

// apart reports that two patterns have other beginnings, or other ends: most
// have.
func apart(a, b []token) bool {
	for i := 0; i < min(len(a), len(b)) && a[i] != run && b[i] != run; i++ {
		if !fits(a[i], b[i]) {
			return true
		}
	}
	for i := 1; i <= min(len(a), len(b)) && a[len(a)-i] != run && b[len(b)-i] != run; i++ {
		if !fits(a[len(a)-i], b[len(b)-i]) {
			return true
		}
	}
	return false
}

// CoversText reports whether a pattern covers all that another stands for, "*"
// and "?" being wildcards in both. Where it does not, common is something that
// both stand for, or "".
func CoversText(pattern, part string) (covered bool, common string) {
	a, b := wildcards(pattern), wildcards(part)
	if covers(a, b) {
		return true, ""
	}
	if !strings.ContainsAny(part, "*?") {
		return false, "" // it stands for itself alone
	}
	common, _ = meet(a, b)
	return false, common
}

// Asked is a pattern that is asked for, to hold many others against: "*" and "?"
// are wildcards in all of them.
type Asked struct {
	pattern Pattern
	tokens  []token
}

// CompileAsked reads a pattern that is asked for.
func CompileAsked(pattern string) *Asked {
	return &Asked{CompilePattern(pattern, true, false), wildcards(pattern)}
}

// Covers reports whether this pattern stands for all that another stands for, as
// [CoversText] does.
func (a *Asked) Covers(part string) bool {
	if !strings.ContainsAny(part, "*?") {
		return a.pattern.Match(part)
	}
	return covers(a.tokens, wildcards(part))
}

// Touches reports whether another pattern stands for something that this one
// stands for too.
func (a *Asked) Touches(part string) bool {
	if covered := a.Covers(part); covered || !strings.ContainsAny(part, "*?") {
		return covered
	}
	common, _ := meet(a.tokens, wildcards(part))
	return common != ""
}

// wildcards is the tokens of a text in which "*" and "?" are wildcards.
func wildcards(text string) []token {
	p := CompilePattern(text, true, false)
	return tokens(p.tail)
}

// Covers reports whether the value of a policy matches everything that a
// pattern of a request stands for. Where it says so, that is so. A pattern
// whose variable has no value covers nothing; unresolved then reports it.
func (p *ARNPattern) Covers(pattern string, vars Variables, scratch *[]byte) (covered, unresolved bool) {
	if p.reach == nothing || p.reach == everything {
		return p.reach == everything, false
	}
	parts := strings.SplitN(pattern, ":", len(p.head)+1)
	if len(parts) <= len(p.head) {
		return false, false
	}
	rest := parts[len(p.head)]
	switch form := &shortForms[p.form]; {
	case p.reach == arns:
		for i := range p.head {
			if !covers(tokens(p.head[i]), wildcards(parts[i])) {
				return false, false
			}
		}
	case parts[2] != form.service:
		return false, false
	case form.below:
		first, below, ok := strings.Cut(rest, "/")
		if !ok || strings.ContainsAny(first, "*?") {
			return false, false
		}
		rest = below
	}
	resource, missing := p.resource.Expand(vars, scratch)
	return missing == "" && covers(tokens(resource), wildcards(rest)), missing != ""
}

// Meets finds a resource that a pattern of a request stands for and that the
// value of a policy matches, as far as its wildcards tell: one that it finds may
// still not match. Where it finds none, there is none.
func (p *ARNPattern) Meets(pattern string, vars Variables, scratch *[]byte) (arn string, ok bool) {
	var glob string
	switch p.reach {
	case everything:
		return meet(wildcards(pattern), []token{run})
	case nothing:
		return "", false
	case short:
		form := &shortForms[p.form]
		glob = "arn:\xff:" + form.service + ":\xff:\xff:"
		if form.below {
			glob += "\xff/"
		}
	case arns:
		glob = strings.Join(p.head[:], ":") + ":"
	}
	resource, missing := p.resource.Expand(vars, scratch)
	if missing != "" {
		return "", false
	}
	return meet(wildcards(pattern), tokens(glob+resource))
}
