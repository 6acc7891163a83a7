package explain

import (
	"slices"
	"strings"

	"why403/engine/policy"
)

// openWords is what a statement asks of what is not known.
func (x *explainer) openWords(s *policy.Statement) string {
	var clauses []string
	for i := range s.Condition.Tests {
		t := &s.Condition.Tests[i]
		if x.check.UnknownKey(t.Key.Value) || slices.ContainsFunc(t.Values, x.readsUnknown) {
			clauses = append(clauses, testWords(t))
		}
	}
	if len(clauses) == 0 {
		return "a variable in its Resource has the right value, which is not known"
	}
	return strings.Join(clauses, ", and ")
}

// readsUnknown reports whether a value has a variable that is not known.
func (x *explainer) readsUnknown(v policy.Text) bool {
	p := policy.CompilePattern(v.Value, true, true)
	return slices.ContainsFunc(p.VariableKeys(), x.check.UnknownKey)
}

// operatorWords is what each condition operator asks for, in lower case and
// without what stands before and after its name. A list is less code than a map.
var operatorWords = [...][2]string{
	{"stringequals", "is"}, {"stringnotequals", "is not"}, {"stringequalsignorecase", "is, in any case,"},
	{"stringnotequalsignorecase", "is not, in any case,"}, {"stringlike", "matches"}, {"stringnotlike", "does not match"},
	{"numericequals", "is"}, {"numericnotequals", "is not"}, {"numericlessthan", "is below"},
	{"numericlessthanequals", "is at most"}, {"numericgreaterthan", "is above"}, {"numericgreaterthanequals", "is at least"},
	{"dateequals", "is"}, {"datenotequals", "is not"}, {"datelessthan", "is before"}, {"datelessthanequals", "is at the latest"},
	{"dategreaterthan", "is after"}, {"dategreaterthanequals", "is at the earliest"}, {"bool", "is"}, {"binaryequals", "is"},
	{"ipaddress", "is in"}, {"notipaddress", "is not in"}, {"arnequals", "matches"}, {"arnnotequals", "does not match"},
	{"arnlike", "matches"}, {"arnnotlike", "does not match"},
}

func operatorWord(name string) string {
	for i := range operatorWords {
		if operatorWords[i][0] == name {
			return operatorWords[i][1]
		}
	}
	return ""
}

// testWords is a condition as a clause: the values that would make it true.
func testWords(t *policy.Test) string {
	name, optional := strings.CutSuffix(strings.ToLower(t.Operator.Value), "ifexists")
	name, all := strings.CutPrefix(name, "forallvalues:")
	name, some := strings.CutPrefix(name, "foranyvalue:")
	var values []string
	for _, v := range t.Values {
		values = append(values, v.Value)
	}
	if name == "null" {
		if slices.ContainsFunc(values, func(v string) bool { return strings.EqualFold(v, "true") }) {
			return "the request carries no " + t.Key.Value
		}
		return "the request carries " + t.Key.Value
	}
	word := operatorWord(name)
	if word == "" || len(values) == 0 {
		return t.Operator.Value + " " + t.Key.Value + " is met"
	}
	words := t.Key.Value + " " + word + " " + list(values, "or")
	switch {
	case all:
		words = "each value of " + words
	case some:
		words = "a value of " + words
	}
	if optional {
		words += ", or the request does not carry it"
	}
	return words
}
