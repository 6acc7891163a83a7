package condition

// Named is what the name of a condition operator says.
type Named struct {
	Name     string // AWS's spelling, without set operator and IfExists
	All, Any bool   // ForAllValues, ForAnyValue
	IfExists bool
	Negated  bool // it matches where no value of the policy compares
	Wildcard bool // "*" and "?" in the policy's values match
	Folded   bool // the case of letters does not matter
	Text     bool // the values are compared as text, with or without wildcards
}

// ReadName reads the name of an operator, in any case. It reports false where
// AWS has none of that name.
//
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
func ReadName(text string) (Named, bool) {
	op, s, optional := parseOperator(text)
	if op == nil {
		return Named{}, false
	}
	return Named{Name: op.name, All: s == forAll, Any: s == forAny, IfExists: optional, Negated: op.negated,
		Wildcard: kinds[op.kind].wildcards, Folded: op.kind == folded, Text: op.kind <= like || op.kind == arn}, true
}
