package condition

import "strings"

// kind is what an operator takes its operands for.
type kind uint8

const (
	exact kind = iota
	folded
	like
	numeric
	date
	boolean
	binary
	address
	arn
	null
)

const operatorsPage = "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html"

// kinds says what the policy values of each kind of operator are.
var kinds = [...]struct {
	wildcards, variables bool
	code                 string // of the problem with a value that can't be read
	want                 string // what such a value has to be
	doc                  string
}{
	exact:   {variables: true, doc: "#Conditions_String"},
	folded:  {variables: true, doc: "#Conditions_String"},
	like:    {wildcards: true, variables: true, doc: "#Conditions_String"},
	numeric: {code: "bad-number", want: "a whole or decimal number, such as 10 or 0.5", doc: "#Conditions_Numeric"},
	date:    {code: "bad-date", want: "a date such as 2026-01-31, 2026-01-31T12:00:00Z or seconds since 1970", doc: "#Conditions_Date"},
	boolean: {variables: boolTakesVariables, code: "bad-boolean", want: "true or false", doc: "#Conditions_Boolean"},
	binary:  {doc: "#Conditions_BinaryEquals"},
	address: {code: "bad-address", want: "an IP address or a CIDR range, such as 203.0.113.0/24 or 2001:db8::/32",
		doc: "#Conditions_IPAddress"},
	arn: {wildcards: true, variables: true, code: "bad-arn",
		want: "an ARN with six components, such as arn:aws:iam::111122223333:role/*", doc: "#Conditions_ARN"},
	null: {code: "bad-boolean", want: "true (the key is absent) or false (it is present)", doc: "#Conditions_Null"},
}

// order is a set of the ways in which two values can compare.
type order uint8

const (
	less order = 1 << iota
	same
	more
)

// operator is a condition operator without its set operator and IfExists.
type operator struct {
	name    string
	kind    kind
	negated bool  // matches where the comparison with every value fails
	accepts order // the results that match, of the value in the request compared with that of the policy
}

// operators are all that AWS has.
//
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
var operators = [...]operator{
	{name: "StringEquals", kind: exact},
	{name: "StringNotEquals", kind: exact, negated: true},
	{name: "StringEqualsIgnoreCase", kind: folded},
	{name: "StringNotEqualsIgnoreCase", kind: folded, negated: true},
	{name: "StringLike", kind: like},
	{name: "StringNotLike", kind: like, negated: true},
	{name: "NumericEquals", kind: numeric, accepts: same},
	{name: "NumericNotEquals", kind: numeric, accepts: same, negated: true},
	{name: "NumericLessThan", kind: numeric, accepts: less},
	{name: "NumericLessThanEquals", kind: numeric, accepts: less | same},
	{name: "NumericGreaterThan", kind: numeric, accepts: more},
	{name: "NumericGreaterThanEquals", kind: numeric, accepts: more | same},
	{name: "DateEquals", kind: date, accepts: same},
	{name: "DateNotEquals", kind: date, accepts: same, negated: true},
	{name: "DateLessThan", kind: date, accepts: less},
	{name: "DateLessThanEquals", kind: date, accepts: less | same},
	{name: "DateGreaterThan", kind: date, accepts: more},
	{name: "DateGreaterThanEquals", kind: date, accepts: more | same},
	{name: "Bool", kind: boolean},
	{name: "BinaryEquals", kind: binary},
	{name: "IpAddress", kind: address},
	{name: "NotIpAddress", kind: address, negated: true},
	// Equals and Like are the same for ARNs: both take wildcards.
	{name: "ArnEquals", kind: arn},
	{name: "ArnNotEquals", kind: arn, negated: true},
	{name: "ArnLike", kind: arn},
	{name: "ArnNotLike", kind: arn, negated: true},
	{name: "Null", kind: null},
}

// set is a set operator: how the values of a key with several are put together.
//
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-single-vs-multi-valued-context-keys.html
type set uint8

const (
	single set = iota
	forAll
	forAny
)

const ifExists = "ifexists"

var sets = [...]struct {
	prefix string
	set    set
}{{"forallvalues:", forAll}, {"foranyvalue:", forAny}}

// parseOperator reads an operator with its set operator and IfExists, in any
// case (choice: AWS documents no case rule). Null takes neither of them; such an
// operator is unknown, that is nil.
func parseOperator(text string) (op *operator, s set, optional bool) {
	name := text
	for _, each := range sets {
		if n := len(each.prefix); len(name) >= n && strings.EqualFold(name[:n], each.prefix) {
			name, s = name[n:], each.set
			break
		}
	}
	if n := len(name) - len(ifExists); n >= 0 && strings.EqualFold(name[n:], ifExists) {
		name, optional = name[:n], true
	}
	for i := range operators {
		if op = &operators[i]; len(op.name) == len(name) && strings.EqualFold(op.name, name) {
			if op.kind == null && (optional || s != single) {
				break
			}
			return op, s, optional
		}
	}
	return nil, single, false
}

// OperatorFacts is a condition operator without its set operator and IfExists.
type OperatorFacts struct {
	Name    string
	Boolean bool // its values are true and false
}

// Operators is all operators that AWS has.
func Operators() (out []OperatorFacts) {
	for _, o := range operators {
		out = append(out, OperatorFacts{o.name, o.kind == boolean || o.kind == null})
	}
	return out
}
