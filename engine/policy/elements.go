package policy

import (
	"slices"
	"strings"
)

// The elements of a policy and of a statement.
var (
	policyElements    = []string{"Version", "Id", "Statement"}
	statementElements = []string{"Sid", "Effect", "Principal", "NotPrincipal", "Action", "NotAction", "Resource", "NotResource", "Condition"}
)

// Elements is the elements of a policy, and of a statement.
func Elements() (policy, statement []string) {
	return slices.Clone(policyElements), slices.Clone(statementElements)
}

// wrappers are names around a policy in the output of the AWS CLI.
var wrappers = []string{"Policy", "PolicyName", "PolicyDocument", "PolicyVersion", "Document", "Role", "AssumeRolePolicyDocument",
	"ResourcePolicy", "Attributes", "Content"}

// unknown reports an element that the grammar does not have there, and what
// was perhaps meant. Element names are case-sensitive.
func (p *parser) unknown(name Text, where string, known []string) {
	advice := "Remove it, or correct its spelling."
	exact, singular := like(known, name.Value), like(known, strings.TrimSuffix(name.Value, "s"))
	p.misspelt = append(p.misspelt, exact, singular)
	switch k := name.Value; {
	case exact != "":
		advice = "Write " + exact + ": the names are case-sensitive."
	case singular != "":
		advice = "Write " + singular + "."
	case where == "a policy" && contains(wrappers, k):
		advice = "This is output of the AWS CLI. Paste only the policy inside it."
	case where == "a policy" && like(statementElements, k) != "":
		advice = "It belongs in a statement: {\"Statement\": [{\"Effect\": …}]}."
	case where == "a statement" && like(policyElements, k) != "":
		advice = "It belongs beside Statement, not in it."
	}
	p.error(name.Span, "unknown-element", quote(name.Value)+" is not an element of "+where+". "+advice)
}

func contains(names []string, name string) bool {
	for _, n := range names {
		if n == name {
			return true
		}
	}
	return false
}

// like finds the name that is name but for its case.
func like(names []string, name string) string {
	for _, n := range names {
		if strings.EqualFold(n, name) {
			return n
		}
	}
	return ""
}

// missing reports an element that is not there, and under no similar name
// either: that is reported already.
func (p *parser) missing(element string, span Span, message string) {
	if !contains(p.misspelt, element) {
		p.error(span, "missing-"+strings.ToLower(element), message)
	}
}
