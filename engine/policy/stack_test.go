package policy

import (
	"strings"
	"testing"
)

// What CloudFormation takes in a stack policy, and what it does not.
//
// https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/protect-stack-resources.html#stack-policy-reference
func TestStackPolicy(t *testing.T) {
	const good = `{"Effect": "Deny", "Action": ["Update:Replace", "Update:Delete"], "Principal": "*",
		"Resource": "LogicalResourceId/Database", "Condition": {"StringEquals": {"ResourceType": ["AWS::RDS::DBInstance"]}}}`
	for _, c := range []struct{ old, new, want string }{
		{"", "", ""},
		{`["Update:Replace", "Update:Delete"]`, `"Update:*"`, ""},
		{`"Action"`, `"NotAction"`, ""},
		{`"Resource": "LogicalResourceId/Database"`, `"NotResource": ["LogicalResourceId/Data*", "*", "LogicalResourceId/*"]`, ""},
		{`StringEquals`, `StringLike`, ""},
		{`Update:Replace`, `Update:Rename`, "bad-action"},
		{`Update:Replace`, `update:replace`, "bad-action"},
		{`Update:Replace`, `*`, "bad-action"},
		{`Update:Replace`, `Update:Re*`, "bad-action"},
		{`Update:Replace`, `cloudformation:UpdateStack`, "bad-action"},
		{`LogicalResourceId/Database`, `Database`, "bad-resource"},
		{`LogicalResourceId/Database`, `LogicalResourceId/`, "bad-resource"},
		{`LogicalResourceId/Database`, `LogicalResourceId/my-database`, "bad-resource"},
		{`LogicalResourceId/Database`, `arn:aws:rds:us-east-1:111122223333:db:one`, "bad-resource"},
		{`"Principal": "*"`, `"Principal": {"AWS": "*"}`, "bad-principal"},
		{`"Principal": "*"`, `"Principal": {"AWS": "arn:aws:iam::111122223333:user/a"}`, "bad-principal"},
		{`"Principal": "*"`, `"NotPrincipal": "*"`, "not-allowed-here"},
		{`"Principal": "*",`, ``, "missing-principal"},
		{`"ResourceType"`, `"LogicalId"`, "bad-condition"},
		{`"ResourceType"`, `"resourcetype"`, "bad-condition"},
		{`StringEquals`, `StringNotEquals`, "bad-condition"},
		{`StringEquals`, `ForAnyValue:StringEquals`, "bad-condition"},
		{`StringEquals`, `StringEqualsIfExists`, "bad-condition"},
	} {
		_, problems := Parse("stack.json", Stack, `{"Statement": [`+strings.Replace(good, c.old, c.new, 1)+`]}`)
		code := ""
		if len(problems) > 0 {
			code = problems[0].Code
		}
		if code != c.want || Errors(problems) != (c.want != "") {
			t.Errorf("%s in place of %s: %v, want %q", c.new, c.old, problems, c.want)
		}
	}
}

// A stack policy matches by logical ID, with wildcards and without variables.
func TestStackResource(t *testing.T) {
	d := &Document{Type: Stack, Version: "2012-10-17"}
	for _, c := range []struct {
		pattern, resource string
		want              bool
	}{
		{"*", "LogicalResourceId/A", true}, {"LogicalResourceId/A", "LogicalResourceId/A", true},
		{"LogicalResourceId/A", "LogicalResourceId/Ab", false}, {"LogicalResourceId/A*", "LogicalResourceId/Ab", true},
		{"LogicalResourceId/?b", "LogicalResourceId/Ab", true}, {"LogicalResourceId/a", "LogicalResourceId/A", false},
		{"LogicalResourceId/*", "LogicalResourceId/Ab", true},
	} {
		p := CompileResource(c.pattern, d)
		if got, open := p.Match(c.resource, nil, nil); got != c.want || open {
			t.Errorf("%s on %s: %v", c.pattern, c.resource, got)
		}
	}
}
