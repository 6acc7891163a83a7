package condition

import (
	"strings"

	"why403/engine/policy"
)

// Test is one key under one operator, compiled. The zero Test never matches.
type Test struct {
	operator *operator // nil where AWS has no such operator
	set      set
	optional bool   // …IfExists
	key      string // in lower case
	values   []value

	variables []string // the keys of those in the values, in lower case, each once
}

// value is one value of the policy. Where it has no variables it is read once,
// here.
type value struct {
	pattern  policy.Pattern
	operand  operand
	readable bool
}

// Compile compiles a Condition element, one Test for each of its tests and in
// their order; all of them have to match. Variables says whether the document
// has any: see [policy.Document.Variables]. They stand in the values of String,
// Arn and Bool operators; in others ${…} is plain text.
//
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html
func Compile(c policy.Condition, variables bool) []Test {
	tests := make([]Test, len(c.Tests))
	count := 0
	for i := range c.Tests {
		count += len(c.Tests[i].Values)
	}
	values := make([]value, count)
	for i := range tests {
		n := len(c.Tests[i].Values)
		tests[i] = compile(&c.Tests[i], values[:n:n], variables)
		values = values[n:]
	}
	return tests
}

// compile compiles a test, its values into those given.
func compile(source *policy.Test, values []value, variables bool) Test {
	op, set, optional := parseOperator(source.Operator.Value)
	t := Test{operator: op, set: set, optional: optional, key: strings.ToLower(source.Key.Value)}
	if op == nil {
		return t
	}
	t.values = values
	var keys policy.Keys
	for i := range t.values {
		t.values[i] = op.kind.compile(source.Values[i].Value, variables)
		t.values[i].pattern.EachVariable(keys.Add)
	}
	t.variables = keys.List()
	return t
}

// compile reads one value of the policy.
func (k kind) compile(text string, variables bool) value {
	v := value{pattern: policy.CompilePattern(text, kinds[k].wildcards, kinds[k].variables && variables)}
	if !v.pattern.HasVariables() {
		plain, _ := v.pattern.Expand(nil, nil)
		v.operand, v.readable = readPolicy(k, plain)
	}
	return v
}
