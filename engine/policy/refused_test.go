package policy_test

import (
	"slices"
	"strings"
	"testing"

	"why403/engine/policy"
)

// What is listed as refused is what a document is told about, and nothing else
// that the grammar has.
func TestRefused(t *testing.T) {
	elements := map[string]string{
		"Id":           `{"Id": "x", "Statement": {"Effect": "Deny", "Principal": "*", "Action": "s3:*", "Resource": "*"}}`,
		"Principal":    `{"Statement": {"Effect": "Deny", "Principal": "*", "Action": "s3:*", "Resource": "*"}}`,
		"NotPrincipal": `{"Statement": {"Effect": "Deny", "NotPrincipal": {"AWS": "111122223333"}, "Action": "s3:*", "Resource": "*"}}`,
		"NotAction":    `{"Statement": {"Effect": "Deny", "Principal": "*", "NotAction": "s3:*", "Resource": "*"}}`,
		"Resource":     `{"Statement": {"Effect": "Deny", "Principal": "*", "Action": "sts:AssumeRole", "Resource": "*"}}`,
		"NotResource":  `{"Statement": {"Effect": "Deny", "Principal": "*", "Action": "sts:AssumeRole", "NotResource": "*"}}`,
	}
	for kind := policy.Identity; kind <= policy.ScopeDown; kind++ {
		for element, text := range elements {
			_, problems := policy.Parse("x.json", kind, text)
			told := slices.ContainsFunc(problems, func(p policy.Problem) bool {
				return strings.Contains(p.Message, " has no "+element)
			})
			// Resource and NotResource are one to the message.
			listed := slices.Contains(kind.Refused(), element)
			if told = told || element == "NotResource" && strings.Contains(texts(problems), " has no Resource"); told != listed {
				t.Errorf("%v: %s is listed as refused: %v, told: %v; %s", kind, element, listed, told, texts(problems))
			}
		}
	}
}

func texts(problems []policy.Problem) (out string) {
	for _, p := range problems {
		out += p.Message + "\n"
	}
	return out
}
