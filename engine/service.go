package engine

import "strings"

// Rule is how a service combines the policy of the resource with the caller's.
type Rule uint8

// The rules. Standard is AWS's general one: in one account either side may
// allow, across accounts both must. The others are what the services table
// says.
const (
	Standard     Rule = iota
	KeyRule           // KMS key: the key policy, or a grant, must let others in
	TrustRule         // role: only the trust policy lets callers in
	BothRule          // the resource's policy and the caller's must both allow, in one account too
	CrossOnly         // the resource's policy serves other accounts only
	SharesOnly        // as CrossOnly, and AWS RAM alone writes it, for shares: it has no Deny
	NoPolicy          // the resource has no policy
	RetireRule        // kms:RetireGrant: the grant itself says who may
	AlwaysRule        // every signed caller may, whatever policies say
	ServiceOwned      // AWS owns the resource; nobody changes it
	AdminRule         // the management account, or a delegated administrator, decides for itself
	PublicRule        // everyone may, with or without an account; IAM has no say
	StackRule         // an update of a resource of a stack: the stack policy alone decides
)

// Service is one row of the services table.
type Service struct {
	Name string // "" for a service without a row
	Rule Rule
	Doc  string
}

// serviceOf finds the row for an action (in lower case) and a resource.
func serviceOf(action, resource string) *Service {
	prefix, name, _ := strings.Cut(action, ":")
	for i := range services {
		row := &services[i]
		if row.prefix == prefix && row.covers(name, resource) {
			return &row.Service
		}
	}
	return &other
}

// ServiceOf is the row of the services table for an action on a resource.
func ServiceOf(action, resource string) *Service { return ruleOf(action, resource) }

// covers reports whether the row is for this action (without its prefix) on
// this resource.
func (row *serviceRow) covers(name, resource string) bool {
	if row.resource != "" && !strings.Contains(resource, row.resource) {
		return false
	}
	return row.actions == "" || Lists(row.actions, name)
}

// Lists reports whether a list of words has one. A word with a * at the end
// stands for all that begin like it.
func Lists(list, word string) bool {
	for _, w := range strings.Fields(list) {
		if prefix, wild := strings.CutSuffix(w, "*"); word == w || wild && strings.HasPrefix(word, prefix) {
			return true
		}
	}
	return false
}

// set makes a set of the words of a text.
func set(words string) map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields(words) {
		m[w] = true
	}
	return m
}

// KnownAction reports whether the tables here name an action, which AWS's
// reference may not have yet.
func KnownAction(action string) bool {
	action = strings.ToLower(action)
	operation, ofKMS := strings.CutPrefix(action, "kms:")
	return crossAccountKeyActions[action] || queueActions[action] || ofKMS && GrantOperations[operation]
}

// KnownService reports whether a text is the prefix of a service's actions
// that the tables here name.
func KnownService(prefix string) bool {
	for i := range services {
		if services[i].prefix == prefix {
			return true
		}
	}
	return rcpServices[prefix]
}
