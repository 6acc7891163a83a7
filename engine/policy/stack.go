package policy

import "strings"

const stackGuide = "https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/protect-stack-resources.html"

// Logical begins the name of a resource of a stack, in a stack policy and in a
// request for an update: what follows is its logical ID.
const Logical = "LogicalResourceId/"

// StackAction reports whether a text is what an update does to one resource of a
// stack.
//
// https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/protect-stack-resources.html#stack-policy-reference
//
//go:noinline
func StackAction(text string) bool {
	return text == "Update:Modify" || text == "Update:Replace" || text == "Update:Delete"
}

// LogicalResource reports whether a text names one resource of a stack.
func LogicalResource(text string) bool { return logical(text) && !strings.ContainsAny(text, "*?") }

// logical reports whether a text is the name of a resource of a stack, or a
// pattern of such names.
//
//go:noinline
func logical(text string) bool {
	id, ok := strings.CutPrefix(text, Logical)
	return ok && id != "" && strings.IndexFunc(id, func(c rune) bool { return c != '*' && c != '?' && notAlphanumeric(c) }) < 0
}

// checkStack holds a statement against what CloudFormation takes. All are errors:
// CloudFormation refuses such a policy, or does not say what it makes of it.
func (p *parser) checkStack(s *Statement, begin Span) {
	for _, a := range s.Action.Values {
		p.stackValue(StackAction(a.Value) || a.Value == "Update:*", a, "action", "Update:Modify, Update:Replace, Update:Delete or Update:*")
	}
	for _, r := range s.Resource.Values {
		p.stackValue(r.Value == "*" || logical(r.Value), r, "resource", Logical+"ID, or \"*\"")
	}
	if !s.Principal.Present {
		p.missing("Principal", begin, "This statement has no Principal. Write \"Principal\": \"*\".")
	}
	for _, v := range s.Principal.Values {
		p.stackValue(v.Kind == Everyone, v.Text, "principal", "\"Principal\": \"*\"")
	}
	for _, t := range s.Condition.Tests {
		p.stackValue(t.Key.Value == "ResourceType", t.Key, "condition", "ResourceType")
		p.stackValue(t.Operator.Value == "StringEquals" || t.Operator.Value == "StringLike", t.Operator, "condition",
			"StringEquals or StringLike")
	}
}

//go:noinline
func (p *parser) stackValue(good bool, v Text, what, want string) {
	if !good {
		p.error(v.Span, "bad-"+what, "A stack policy has no "+what+" "+quote(v.Value)+". Write "+want+".")
	}
}
