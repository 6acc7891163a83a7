package condition

import (
	"strings"

	"why403/engine/policy"
)

// colons is how many divide an ARN into its six components; the sixth may have
// more of them.
const colons = 5

// isARN reports whether a value of the request is an ARN.
func isARN(text string) bool {
	return strings.HasPrefix(text, "arn:") && sixComponents(text) && len(text) <= policy.MaxText
}

// sixComponents is what the value of a policy has to have. choice: "*" alone has
// fewer, so it matches no ARN; AWS says only that each component is compared.
func sixComponents(text string) bool { return strings.Count(text, ":") >= colons }

// matchARN compares the six components one by one, so that a wildcard in the
// first five stays inside its component, other than in a Resource element.
// Variables are in place before the pattern is divided.
//
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_ARN
func matchARN(pattern, text string) bool {
	for range colons {
		p, patternRest, inPattern := strings.Cut(pattern, ":")
		t, textRest, inText := strings.Cut(text, ":")
		if !inPattern || !inText || !policy.Glob(p, t) {
			return false
		}
		pattern, text = patternRest, textRest
	}
	return policy.Glob(pattern, text)
}
