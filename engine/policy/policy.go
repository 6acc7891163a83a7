// Package policy reads AWS policy documents: text in, a Document out in which
// every element knows the bytes it was written with, and every problem found.
//
// It judges the grammar of the IAM policy language and what each policy type
// may contain. It decides nothing.
//
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html
package policy

// Span is a range of bytes in the text of one section: Start is the first
// byte, End the one after the last.
type Span struct{ Start, End int }

// Text is a string of a document with the place it was written at. Value is
// decoded (no JSON escapes); Span covers the JSON string with its quotes.
type Text struct {
	Value string
	Span  Span
}

// Type is the type of a policy, in the words of the IAM User Guide.
//
// https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies.html#access_policy-types
type Type uint8

// The policy types. Key and Trust are the resource-based policies of a KMS key
// and of an IAM role; they follow rules of their own.
const (
	Identity Type = iota
	Boundary
	Session
	Resource
	Key
	Trust
	SCP
	RCP
	Endpoint
	ScopeDown // of sts:GetScopedCredentials
	Stack     // of a CloudFormation stack, for its updates
)

// Effect is what a statement does when it matches.
type Effect uint8

// The two effects.
const (
	Allow Effect = iota
	Deny
)

// Document is one policy document.
type Document struct {
	Name       string // the section it stands in, such as "identity/app.json"
	Type       Type
	Text       string
	Version    string // "2012-10-17", "2008-10-17", or "" where there is none
	ID         Text
	Statements []Statement
}

// Variables reports whether ${…} is a policy variable in this document. Only
// version 2012-10-17 has variables; without a Version they are plain text.
//
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_version.html
func (d *Document) Variables() bool { return d.Version == "2012-10-17" }

// Statement is one statement of a document. Elements that the text does not
// have are zero.
type Statement struct {
	Span      Span
	Sid       Text
	Effect    Effect
	Principal Principal
	Action    Element
	Resource  Element
	Condition Condition
}

// Element is Action or NotAction, Resource or NotResource.
type Element struct {
	Present bool
	Not     bool
	Span    Span // of the value
	Values  []Text
}

// PrincipalKind is the key a principal is listed under.
type PrincipalKind uint8

// The kinds of principals that a Principal element can list. Everyone is the
// value "*" that stands without a key.
const (
	Everyone PrincipalKind = iota
	AWS
	Service
	Federated
	CanonicalUser
)

// Principal is the Principal or NotPrincipal element.
//
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html
type Principal struct {
	Present bool
	Not     bool
	Span    Span
	Values  []PrincipalValue
}

// PrincipalValue is one principal that a Principal element lists.
type PrincipalValue struct {
	Kind PrincipalKind
	Text
}

// Condition is the Condition element: every test must hold.
type Condition struct {
	Span  Span
	Tests []Test
}

// Test is one key under one operator, with the values as they were written.
// Numbers and Booleans stand as their JSON text.
type Test struct {
	Operator Text
	Key      Text
	Values   []Text
	Span     Span // from the key to the end of its values
}
