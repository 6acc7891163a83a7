package main

import (
	"encoding/json"
	"strings"
	"testing"
)

const whoFile = `Who may

-- request --
principal: arn:aws:sts::111122223333:assumed-role/reader/s
action: s3:GetObject
resource: arn:aws:s3:::amzn-s3-demo-bucket/a
resource-account: 111122223333
-- request/write --
principal: arn:aws:sts::111122223333:assumed-role/reader/s
action: s3:PutObject
resource: arn:aws:s3:::amzn-s3-demo-bucket/a
resource-account: 111122223333
-- entity/reader --
arn: arn:aws:iam::111122223333:role/reader
-- entity/reader/identity/read.json --
{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*"}}
-- entity/other --
arn: arn:aws:iam::111122223333:user/other
unknown: identity
`

// The cells stand request by request, in the order of the principals.
func TestWhoMay(t *testing.T) {
	var got struct {
		Principals []struct{ Name, ARN string }
		Requests   []struct{ Name, Action string }
		Cells      []struct{ Outcome, DeniedBy, Way string }
		CSV        string
		Markdown   string
	}
	if err := json.Unmarshal([]byte(calls.Call("who", whoFile)), &got); err != nil {
		t.Fatal(err)
	}
	if len(got.Principals) != 2 || len(got.Requests) != 2 || len(got.Cells) != 4 || got.Principals[1].Name != "other" ||
		got.Requests[1].Name != "write" {
		t.Fatalf("%+v", got)
	}
	for i, want := range []string{"allow", "depends", "implicit deny", "depends"} {
		if got.Cells[i].Outcome != want || got.Cells[i].Way == "" {
			t.Errorf("cell %d is %+v, want %s", i, got.Cells[i], want)
		}
	}
	if strings.Count(got.CSV, "\n") != 5 || strings.Count(got.Markdown, "\n") != 6 {
		t.Errorf("%s\n%s", got.CSV, got.Markdown)
	}
}

// Without principals there are no cells, and the page says what to add.
func TestWhoMayNobody(t *testing.T) {
	nobody, _, _ := strings.Cut(whoFile, "-- entity/")
	if got := calls.Call("who", nobody); !strings.Contains(got, `"principals":[]`) || !strings.Contains(got, `"cells":[]`) {
		t.Error(got)
	}
}
