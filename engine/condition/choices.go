package condition

// What AWS leaves open, or says twice in different ways, is decided here. Choices
// that are no constants are marked "choice:" where they stand.
const (
	// choice: ForAnyValue:…IfExists on an absent key does not match. The
	// paragraph on IfExists reads as if it did; tests against AWS say that an
	// absent key has no value that could match.
	// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_IfExists
	forAnyIfExistsMissing = false

	// choice: ForAllValues with a negated operator matches an absent key too.
	// One example on the page of operators (StringNotLike with
	// aws:ResourceOrgPaths) says it doesn't, against the rule on the same page.
	// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-single-vs-multi-valued-context-keys.html
	forAllNegatedMissing = true

	// choice: a number of exactly four digits is a year, as W3C's date formats
	// have it, not a second on the first of January 1970.
	// https://www.w3.org/TR/NOTE-datetime
	fourDigitsAreYear = true

	// choice: Bool takes variables. The page of operators says so, that of
	// variables lists String and ARN operators only.
	// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_Boolean
	boolTakesVariables = true

	// choice: an operator that AWS doesn't have never matches, neither in Allow
	// nor in Deny. AWS refuses the policy.
	unknownMatches = false

	// choice: without a set operator, a key with several values matches nothing,
	// a negated operator included. With exactly one value in a list it is
	// compared like any other.
	// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-single-vs-multi-valued-context-keys.html
	severalMatch = false
)
