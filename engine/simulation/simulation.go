// Package simulation reads what AWS's own checkers of policies print: the IAM
// policy simulator, and the custom policy checks of IAM Access Analyzer.
package simulation

import (
	"strconv"
	"strings"

	"why403/engine/policy"
)

// The decisions of the simulator.
const (
	Allowed      = "allowed"
	ImplicitDeny = "implicitDeny"
	ExplicitDeny = "explicitDeny"
)

// Result is the decision about one action on one resource. What the output does
// not have is "".
//
// https://docs.aws.amazon.com/IAM/latest/APIReference/API_EvaluationResult.html
type Result struct {
	Action        string
	Resource      string
	Decision      string // allowed, implicitDeny or explicitDeny
	Matched       []Statement
	Missing       []string // context keys that the policies read and the call did not give
	Organizations string   // whether the SCPs allow it: "true" or "false"
	Boundary      string   // whether the permissions boundary does
	Details       []Detail // across accounts
}

// Statement is a statement that determined a result.
//
// https://docs.aws.amazon.com/IAM/latest/APIReference/API_Statement.html
type Statement struct {
	Policy     string // of the input, such as PolicyInputList.1, or its name
	Type       string
	Start, End Position
}

// Position is a place in the text of a policy, from 1.
type Position struct{ Line, Column int }

// Detail is what one policy type contributes across accounts.
type Detail struct{ Type, Decision string }

// Is reports whether a value is an output of the simulator.
func Is(root *policy.Node) bool {
	list := evaluations(root)
	return len(list) > 0 && text(list[0], "EvalDecision") != ""
}

// evaluations is the results in an output, also where --query took them, or one of
// them, out of it.
func evaluations(root *policy.Node) []*policy.Node {
	switch {
	case root.Kind == policy.Array:
		return items(root, "")
	case root.At("EvalActionName") != nil:
		return []*policy.Node{root}
	}
	return items(root, "EvaluationResults")
}

// Read reads an output of aws iam simulate-custom-policy or
// simulate-principal-policy. Where a result tells of single resources, each is a
// result. truncated reports that there is more on a next page.
//
// https://docs.aws.amazon.com/cli/latest/userguide/cli-usage-pagination.html
func Read(root *policy.Node) (results []Result, truncated bool) {
	for _, one := range evaluations(root) {
		r := result(one, "EvalDecision")
		r.Action = text(one, "EvalActionName")
		specific := items(one, "ResourceSpecificResults")
		for _, s := range specific {
			results = append(results, r.of(s))
		}
		if len(specific) == 0 {
			results = append(results, r)
		}
	}
	return results, text(root, "IsTruncated") == "true" || text(root, "NextToken") != ""
}

func result(n *policy.Node, decision string) Result {
	r := Result{
		Resource: text(n, "EvalResourceName"), Decision: text(n, decision),
		Organizations: text(n, "OrganizationsDecisionDetail/AllowedByOrganizations"),
		Boundary:      text(n, "PermissionsBoundaryDecisionDetail/AllowedByPermissionsBoundary"),
	}
	for _, s := range items(n, "MatchedStatements") {
		r.Matched = append(r.Matched, Statement{text(s, "SourcePolicyId"), text(s, "SourcePolicyType"), position(s, "StartPosition"),
			position(s, "EndPosition")})
	}
	for _, key := range items(n, "MissingContextValues") {
		r.Missing = append(r.Missing, key.Value)
	}
	if details := n.At("EvalDecisionDetails"); details != nil {
		for i, name := range details.Names {
			r.Details = append(r.Details, Detail{name.Value, details.Items[i].Value})
		}
	}
	return r
}

// of is a result about one of several resources. What it does not say itself
// is that of all.
func (r Result) of(n *policy.Node) Result {
	one := result(n, "EvalResourceDecision")
	one.Action = r.Action
	if one.Organizations == "" {
		one.Organizations = r.Organizations
	}
	if one.Boundary == "" {
		one.Boundary = r.Boundary
	}
	if one.Details == nil {
		one.Details = r.Details
	}
	if one.Missing == nil {
		one.Missing = r.Missing
	}
	return one
}

func position(n *policy.Node, name string) Position {
	line, _ := strconv.Atoi(text(n, name+"/Line"))
	column, _ := strconv.Atoi(text(n, name+"/Column"))
	return Position{line, column}
}

// Analysis is what a custom policy check found: "PASS" where the policy does not
// allow the access, "FAIL" where it might.
//
// https://docs.aws.amazon.com/access-analyzer/latest/APIReference/API_CheckAccessNotGranted.html
type Analysis struct {
	Result  string
	Message string
	Reasons []string
}

// IsAnalysis reports whether a value is the output of a custom policy check.
func IsAnalysis(root *policy.Node) bool {
	r := text(root, "result")
	return r == "PASS" || r == "FAIL"
}

// ReadAnalysis reads an output of aws accessanalyzer check-access-not-granted.
func ReadAnalysis(root *policy.Node) Analysis {
	a := Analysis{Result: text(root, "result"), Message: text(root, "message")}
	for _, r := range items(root, "reasons") {
		a.Reasons = append(a.Reasons, text(r, "description"))
	}
	return a
}

// maxBroken is after how many beginnings of what is no JSON a text is read no
// further.
const maxBroken = 100

// Values reads every JSON object that stands in a text, whatever is between
// them: the prompt of a shell, the commands that printed them.
func Values(pasted string) (out []*policy.Node) {
	for broken := 0; broken < maxBroken; {
		start := strings.IndexByte(pasted, '{')
		if start < 0 {
			break
		}
		pasted = pasted[start:]
		end := policy.ObjectEnd(pasted)
		if end == 0 {
			end = len(pasted)
		}
		root, problems := policy.ParseJSON("", pasted[:end])
		if policy.Errors(problems) {
			broken++
			end = len(pasted) - len(strings.TrimLeftFunc(pasted, func(c rune) bool { return c != '\n' }))
		} else {
			out = append(out, root)
		}
		pasted = pasted[end:]
	}
	return out
}

// refusals are the beginnings of what the AWS CLI says instead of an output.
var refusals = [...]string{"An error occurred (", "Unknown options: ", "Parameter validation failed", "Unable to locate credentials"}

// Printed is what one call printed: a JSON object, or what it says went wrong.
type Printed struct {
	Root  *policy.Node
	Error string
}

// All reads what several calls printed, in their order.
func All(pasted string) (out []Printed) {
	from := 0
	values := func(to int) {
		for _, root := range Values(pasted[from:to]) {
			out = append(out, Printed{Root: root})
		}
	}
	at := 0
	for line := range strings.Lines(pasted) {
		for _, refusal := range refusals {
			if i := strings.Index(line, refusal); i >= 0 && !strings.ContainsRune(line[:i], '"') {
				values(at)
				from = at + len(line)
				out = append(out, Printed{Error: strings.ToValidUTF8(strings.TrimSpace(line[i:min(len(line), i+maxRefusal)]), "")})
				break
			}
		}
		at += len(line)
	}
	values(len(pasted))
	return out
}

// maxRefusal is how much of an error is told, in bytes.
const maxRefusal = 300

// text is the value at a path, "" where there is none.
func text(n *policy.Node, path string) string {
	if n = n.At(path); n == nil || n.Kind == policy.Object || n.Kind == policy.Array || n.Kind == policy.Null {
		return ""
	}
	return n.Value
}

func items(n *policy.Node, path string) (out []*policy.Node) {
	if n = n.At(path); n == nil || n.Kind != policy.Array {
		return nil
	}
	for i := range n.Items {
		out = append(out, &n.Items[i])
	}
	return out
}
