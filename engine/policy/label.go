package policy

// labels is what each policy type is called, in AWS's words: on a card, in a
// row, in a table and in an export alike.
//
// https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies.html#access_policy-types
var labels = [...]string{
	Identity: "Identity-based policy", Boundary: "Permissions boundary", Session: "Session policy", Resource: "Resource-based policy",
	Key: "Key policy", Trust: "Role trust policy", SCP: "SCP", RCP: "RCP",
	Endpoint: "VPC endpoint policy", ScopeDown: "Scope-down policy", Stack: "Stack policy",
}

// Label is the name of a policy type.
func (t Type) Label() string { return labels[t] }
