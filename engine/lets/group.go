package lets

import (
	"slices"
	"strconv"
	"strings"

	"why403/engine/policy"
)

// sample is a value with what it is called.
type sample struct {
	label  string
	values []string
	absent bool
	asked  bool // the request at hand has it
	other  bool // it stands for whatever the policy does not name
}

// choice is values that every single element of the policy treats alike; the
// first one stands for them.
type choice []sample

func (c choice) asked() bool { return slices.ContainsFunc(c, func(s sample) bool { return s.asked }) }

// group makes choices of samples: those with the same mark are one.
func group(samples []sample, mark func(*sample) string) (out []choice) {
	marks := make(map[string]int, len(samples)) // where in out
	for i := range samples {
		m := mark(&samples[i])
		if at, known := marks[m]; known {
			out[at] = append(out[at], samples[i])
			continue
		}
		marks[m] = len(out)
		out = append(out, choice{samples[i]})
	}
	return out
}

// others counts the names for what the policy does not name.
func (c choice) others() int {
	var names []string
	for _, s := range c {
		if s.other && !slices.Contains(names, s.label) {
			names = append(names, s.label)
		}
	}
	return len(names)
}

// most is how many values a cell lists.
const most = 8

// label is what values are called in a cell, beside all others of the column.
func (c choice) label(all []choice) string {
	var outside []sample
	for _, each := range all {
		for _, s := range each {
			if !slices.ContainsFunc(c, s.equals) {
				outside = append(outside, s)
			}
		}
	}
	var list []string
	// All that the policy does not name, and it tells none of them apart.
	whole := c.others() > 1 && choice(outside).others() == 0
	for i := range c {
		if whole && c[i].other {
			continue
		}
		if name := c[i].called(c, outside); name != "" && !slices.Contains(list, name) {
			list = append(list, name)
		}
	}
	if whole {
		list = append(list, "any other")
	}
	if len(list) > most {
		list = append(list[:most], strconv.Itoa(len(list)-most)+" more")
	}
	return strings.Join(list, " or ")
}

func (s sample) equals(other sample) bool {
	return s.label == other.label && s.absent == other.absent && slices.Equal(s.values, other.values)
}

// called is what a sample is called among those of its cell: nothing where
// another one there says it already. A pattern with a value in another cell has
// only the rest of what it matches.
func (s *sample) called(inside, outside []sample) string {
	for i := range inside {
		other := &inside[i]
		if other.label != s.label && (other.covers(s) && !s.covers(other) || other.other && s.asked && !s.other && !s.absent) {
			return ""
		}
	}
	name := s.label
	for i := range outside {
		switch other := &outside[i]; {
		case other.label == s.label && len(s.values) > 0:
			return s.label + " (such as " + strings.Join(s.values, ", ") + ")"
		case s.covers(other):
			name = "another of " + s.label
		}
	}
	return name
}

// covers reports whether a sample is a pattern, and another a value of it.
func (s *sample) covers(other *sample) bool {
	if !strings.ContainsAny(s.label, "*?") || len(other.values) != 1 {
		return false
	}
	pattern := policy.CompilePattern(strings.ToLower(s.label), true, false)
	return pattern.Match(strings.ToLower(other.values[0]))
}
