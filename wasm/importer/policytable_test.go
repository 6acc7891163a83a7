package main

import (
	"encoding/json"
	"strings"
	"testing"
)

const bounded = `MFA

-- request/stop --
principal: arn:aws:iam::111122223333:user/ann
action: ec2:StopInstances
resource: arn:aws:ec2:eu-west-1:111122223333:instance/i-0123456789abcdef0
aws:MultiFactorAuthPresent: true
-- boundary.json --
{"Version": "2012-10-17", "Statement": {"Sid": "Mfa", "Effect": "Allow", "Action": "ec2:*", "Resource": "*",
  "Condition": {"Bool": {"aws:MultiFactorAuthPresent": "true"}}}}
`

// The table has the row of the request, and where there is none a sentence.
func TestPolicyTable(t *testing.T) {
	for _, c := range []struct{ head, problem, marked string }{
		{`{"section":"boundary.json","request":"stop"}`, "", "allowed Mfa"},
		{`{"section":"boundary.json","request":"other"}`, "", "allowed Mfa"},
		{`{"section":"nosuch.json"}`, "There is no section nosuch.json.", ""},
	} {
		var got struct {
			Problem, Request, Markdown string
			Columns, Notes, Missing    []string
			Rows                       []struct {
				Cells           []string
				Says, Statement string
				Asked           bool
			}
		}
		if err := json.Unmarshal([]byte(calls.Call("policyTable", c.head+"\n"+bounded)), &got); err != nil {
			t.Fatal(err)
		}
		marked := ""
		for _, r := range got.Rows {
			if r.Asked {
				marked += r.Says + " " + r.Statement
			}
		}
		if got.Problem != c.problem || marked != c.marked || c.problem == "" && !strings.Contains(got.Markdown, "(this request)") {
			t.Errorf("%s: %+v", c.head, got)
		}
	}
}
