package reason

import (
	"strings"

	"why403/engine"
	"why403/engine/catalogue"
	"why403/engine/policy"
)

// arnParts is what the first five parts of an ARN are called.
var arnParts = [...]string{"", "partition", "service", "Region", "account"}

// difference is the part in which two texts differ.
type difference struct {
	part, says, has string
	shared          bool // the two have something in common beside it
}

// differ finds the part of a value of the policy, with "*" and "?" in it, that
// the request's does not have. Of ARNs it is the first of the six parts, of
// other texts what is left between a common beginning and a common end.
func differ(says, has string) difference {
	a, isARN := splitARN(says)
	b, both := splitARN(has)
	if !isARN || !both {
		return trimmed(says, has)
	}
	for i, name := range arnParts {
		if i > 0 && !covers(a[i], b[i]) {
			return difference{name, a[i], b[i], true}
		}
	}
	return trimmed(a[5], b[5])
}

// splitARN gives the six parts of an ARN, the last with all that follows.
func splitARN(text string) (parts [6]string, ok bool) {
	if !strings.HasPrefix(text, "arn:") {
		return parts, false
	}
	for i := range 5 {
		if parts[i], text, ok = strings.Cut(text, ":"); !ok {
			return parts, false
		}
	}
	parts[5] = text
	return parts, true
}

// arnLikeness counts the parts in which two ARNs differ. A resource that has
// nothing in common counts as several, and so does another service.
func arnLikeness(a, b *[6]string) int {
	n := 2
	for i := range 5 {
		if !covers(a[i], b[i]) {
			n++
			if i == 2 {
				n += 3
			}
		}
	}
	if !covers(a[5], b[5]) {
		n++
		if d := trimmed(a[5], b[5]); !d.shared && catalogue.Distance(a[5], b[5], 4) > 4 {
			n += 3
		}
	}
	if n > 4 {
		return unlike
	}
	return n
}

// separators divide names.
const separators = ":/"

// trimmed leaves out the pieces that both begin and end with. Where what is left
// is long, its first piece says enough.
func trimmed(says, has string) difference {
	a, b := pieces(says), pieces(has)
	all := len(a)
	for len(a) > 1 && len(b) > 1 && covers(a[0], b[0]) {
		a, b = a[1:], b[1:]
	}
	for len(a) > 1 && len(b) > 1 && a[len(a)-1] == b[len(b)-1] {
		a, b = a[:len(a)-1], b[:len(b)-1]
	}
	shared := len(a) < all
	if len(a) > 1 && len(b) > 1 {
		a, b = a[:1], b[:1]
	}
	return difference{"", strings.TrimRight(strings.Join(a, ""), separators), strings.TrimRight(strings.Join(b, ""), separators), shared}
}

// pieces divides a text after each separator.
func pieces(text string) (out []string) {
	out = make([]string, 0, 4)
	for {
		at := strings.IndexAny(text, separators)
		if at < 0 {
			return append(out, text)
		}
		out, text = append(out, text[:at+1]), text[at+1:]
	}
}

func covers(says, has string) bool {
	pattern := policy.CompilePattern(says, true, false)
	return pattern.Match(has)
}

// Most is how many values of an element are compared with what the request has.
const Most = engine.MostCompared

// Further bounds on what is compared.
const (
	longest = 2048 // bytes of a value
	mostOwn = 20   // values of the request
)

// unlike is the likeness of values that have nothing in common.
const unlike = 10

// likeness is how near a value of the policy is to the request's: less is
// nearer. Values that have nothing in common are far.
func likeness(says, has string) int {
	if len(says) > longest || len(has) > longest {
		return unlike
	}
	switch {
	case strings.EqualFold(says, has):
		return 1
	case strings.ContainsAny(says, "*?") && covers(strings.ToLower(says), strings.ToLower(has)):
		return 2
	}
	a, isARN := splitARN(says)
	b, both := splitARN(has)
	switch {
	case isARN && both:
		return arnLikeness(&a, &b)
	case len(says) > 4 && catalogue.Distance(says, has, 4) <= 4:
		return 3
	}
	if trimmed(says, has).shared {
		return 4
	}
	return unlike
}

// nearest is the value that is most like one of the request's, and that one.
// Its likeness is unlike where none is near.
func nearest(says, has []string) (closest, of string, likest int) {
	likest = unlike + 1
	for _, a := range says[:min(len(says), Most)] {
		for _, b := range has[:min(len(has), mostOwn)] {
			if n := likeness(a, b); n < likest {
				closest, of, likest = a, b, n
			}
		}
	}
	return closest, of, likest
}
