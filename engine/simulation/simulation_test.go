package simulation_test

import (
	"fmt"
	"strings"
	"testing"

	"why403/engine/simulation"
)

// Every object is found, whatever stands between; what is broken costs its line.
func TestValues(t *testing.T) {
	for text, want := range map[string]int{
		"": 0, "{": 0, "{}": 1, `$ aws … '{"a": "}"}'` + "\n" + `{"b": "\"{"}{}`: 3, "{oops\n{}": 1, "{oops {}": 0,
		strings.Repeat("{\n", 100_000): 0,
	} {
		if got := simulation.Values(text); len(got) != want {
			t.Errorf("%d objects in %.40q, not %d", len(got), text, want)
		}
	}
}

// Of several resources each has a result of its own, with what is said of all.
func TestRead(t *testing.T) {
	root := simulation.Values(`{"EvaluationResults": [{"EvalActionName": "s3:GetObject", "EvalResourceName": "*", "EvalDecision": "implicitDeny",
		"MissingContextValues": ["aws:SourceIp"], "OrganizationsDecisionDetail": {"AllowedByOrganizations": true}, "EvalDecisionDetails": {"IAM Policy": "allowed"},
		"ResourceSpecificResults": [
			{"EvalResourceName": "arn:aws:s3:::a/1", "EvalResourceDecision": "allowed", "PermissionsBoundaryDecisionDetail": {"AllowedByPermissionsBoundary": true},
			 "MatchedStatements": [{"SourcePolicyId": "PolicyInputList.1", "SourcePolicyType": "IAM Policy", "StartPosition": {"Line": 4, "Column": 16}, "EndPosition": {"Line": 11, "Column": 4}}]},
			{"EvalResourceName": "arn:aws:s3:::a/2", "EvalResourceDecision": "explicitDeny", "MissingContextValues": []}]}], "IsTruncated": true}`)[0]
	results, truncated := simulation.Read(root)
	if len(results) != 2 || !truncated || !simulation.Is(root) || simulation.IsAnalysis(root) {
		t.Fatalf("%+v %v", results, truncated)
	}
	one, two := results[0], results[1]
	if one.Action != "s3:GetObject" || one.Resource != "arn:aws:s3:::a/1" || one.Decision != simulation.Allowed || one.Boundary != "true" ||
		one.Organizations != "true" || len(one.Missing) != 1 || len(one.Details) != 1 {
		t.Errorf("%+v", one)
	}
	if s := one.Matched[0]; s.Policy != "PolicyInputList.1" || s.Start != (simulation.Position{Line: 4, Column: 16}) || s.End.Line != 11 {
		t.Errorf("%+v", s)
	}
	if two.Decision != simulation.ExplicitDeny || two.Boundary != "" || len(two.Matched) != 0 {
		t.Errorf("%+v", two)
	}
	check := simulation.Values(`{"result": "FAIL", "message": "m", "reasons": [{"description": "d", "statementIndex": 0}]}`)[0]
	if a := simulation.ReadAnalysis(check); !simulation.IsAnalysis(check) || a.Result != "FAIL" || a.Message != "m" || a.Reasons[0] != "d" {
		t.Errorf("%+v", a)
	}
}

// Outputs and errors come in the order in which the calls were made, and a page
// that is not the last is told from the AWS CLI's own mark too.
func TestAll(t *testing.T) {
	const one = `{"EvalActionName": "s3:GetObject", "EvalResourceName": "*", "EvalDecision": "allowed"}`
	all := simulation.All("[" + one + "]\nAn error occurred (Throttling) when calling the SimulateCustomPolicy operation: Rate exceeded\n" +
		one +
		"\n" + `{"EvaluationResults": [` + one + `], "NextToken": "abc"}` + "\naws: [ERROR]: Unable to locate credentials\n" +
		`{"a": "An error occurred ("}`)
	got := ""
	for _, p := range all {
		switch {
		case p.Error != "":
			got += p.Error + "; "
		case simulation.Is(p.Root):
			results, truncated := simulation.Read(p.Root)
			got += fmt.Sprint(len(results), truncated, "; ")
		default:
			got += "other; "
		}
	}
	const want = "1 false; An error occurred (Throttling) when calling the SimulateCustomPolicy operation: Rate exceeded; 1 false; 1 true; " +
		"Unable to locate credentials; other; "
	if got != want {
		t.Errorf("%s\nand not\n%s", got, want)
	}
}
