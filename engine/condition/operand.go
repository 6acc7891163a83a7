package condition

import (
	"strings"

	"why403/engine/network"
	"why403/engine/policy"
)

// operand is a value as an operator takes it: of the fields that its kind uses.
type operand struct {
	text    string // of a policy: compiled, for policy.Glob
	number  number
	instant instant
	network network.Range
	truth   bool
}

// readPolicy reads a value of the policy. It reports false where the value isn't
// of the operator's type.
func readPolicy(k kind, text string) (o operand, ok bool) {
	o.text, ok = text, true
	switch k {
	case numeric:
		o.number, ok = readNumber(text)
	case date:
		o.instant, ok = readDate(text)
	case boolean, null:
		o.truth, ok = readBool(text)
	case address:
		o.network, ok = network.Read(text)
	case arn:
		ok = sixComponents(text)
	}
	return o, ok
}

// readContext reads a value of the request.
func readContext(k kind, text string) (o operand, ok bool) {
	switch k {
	case like:
		return operand{text: text}, len(text) <= policy.MaxText
	case arn:
		return operand{text: text}, isARN(text)
	case address:
		o.network, ok = network.ReadOne(text)
		return o, ok
	}
	return readPolicy(k, text)
}

// readBool reads true or false, in any case.
//
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_Boolean
func readBool(text string) (truth, ok bool) {
	truth = strings.EqualFold(text, "true")
	return truth, truth || strings.EqualFold(text, "false")
}

// compares reports whether the value of the request stands to that of the policy
// as the operator says, apart from its negation.
func (op *operator) compares(actual, expected *operand) bool {
	switch op.kind {
	case folded:
		return strings.EqualFold(actual.text, expected.text)
	case like:
		return policy.Glob(expected.text, actual.text)
	case numeric:
		return op.accepts.has(actual.number.compare(&expected.number))
	case date:
		return op.accepts.has(actual.instant.compare(&expected.instant))
	case boolean:
		return actual.truth == expected.truth
	case address:
		return expected.network.Contains(&actual.network)
	case arn:
		return matchARN(expected.text, actual.text)
	}
	// exact, and binary: equal bytes have equal base64 text.
	return actual.text == expected.text
}

// has reports whether a comparison that gave -1, 0 or 1 is in the set.
func (o order) has(comparison int) bool {
	return o&[...]order{less, same, more}[comparison+1] != 0
}
