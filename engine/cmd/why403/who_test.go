package main

import (
	"encoding/csv"
	"strconv"
	"strings"
	"testing"
)

const whoScenario = `Who may

-- request --
principal: arn:aws:sts::111122223333:assumed-role/reader/s
action: s3:GetObject
resource: arn:aws:s3:::amzn-s3-demo-bucket/=1+1
resource-account: 111122223333
-- entity/reader --
arn: arn:aws:iam::111122223333:role/reader
-- entity/reader/identity/read.json --
{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*"}}
-- entity/=cmd|x --
arn: arn:aws:iam::111122223333:user/nobody
`

// The matrix has a row for each principal in every format, and a spreadsheet
// runs nothing that a file has in it.
func TestWhoFormats(t *testing.T) {
	stdout, stderr, code := run(whoScenario, "who", "--format", "csv", "-")
	if code != exitOK || stderr != "" {
		t.Fatalf("exits with %d: %s", code, stderr)
	}
	records, err := csv.NewReader(strings.NewReader(stdout)).ReadAll()
	if err != nil || len(records) != 3 || strings.Join(records[0], ",") != "File,Principal,ARN,Request,Action,Resource,Outcome,Denied by,How" {
		t.Fatalf("%v, %q", err, records)
	}
	for i, want := range []struct{ name, outcome, by string }{{"reader", "allow", ""}, {"'=cmd|x", "implicit deny", "identity"}} {
		if r := records[i+1]; r[1] != want.name || r[6] != want.outcome || r[7] != want.by || !strings.HasSuffix(r[8], ".") {
			t.Errorf("row %d is %q", i, r)
		}
	}
	stdout, _, _ = run(whoScenario, "who", "--format", "markdown", "-")
	if lines := strings.Split(stdout, "\n"); len(lines) != 5 || !strings.Contains(lines[3], `| =cmd\|x |`) {
		t.Errorf("Markdown is %s", stdout)
	}
	text, _, _ := run(whoScenario, "who", "-")
	if !strings.HasPrefix(text, "reader ") || strings.Count(text, "\n") != 2 {
		t.Errorf("text is %s", text)
	}
	jsonText, _, _ := run(whoScenario, "who", "--format", "json", "-")
	if flag, _, _ := run(whoScenario, "who", "--json", "-"); flag != jsonText || strings.Count(flag, "\n") != 2 {
		t.Errorf("JSON is %s", flag)
	}
}

// What is wrong never stands among what programs read.
func TestWhoRefuses(t *testing.T) {
	_, stderr, code := run(whoScenario, "who", "--format", "xls", "-")
	if code != exitUsage || !strings.Contains(stderr, "text, csv, markdown and json") {
		t.Errorf("exits with %d: %s", code, stderr)
	}
	nobody, _, _ := strings.Cut(whoScenario, "-- entity/")
	var stdout string
	stdout, stderr, code = run(nobody, "who", "--format", "csv", "-")
	if code != exitProblems || stdout != "" || !strings.Contains(stderr, "no entity here can make requests") {
		t.Errorf("exits with %d: %q, %s", code, stdout, stderr)
	}
}

// Where not all principals are looked at, that stands apart from what programs
// read, and the command does not end well.
func TestWhoTellsItsBound(t *testing.T) {
	var b strings.Builder
	b.WriteString(whoScenario)
	for i := range 16_000 {
		n := strconv.Itoa(i)
		b.WriteString("-- entity/r" + n + " --\narn: arn:aws:iam::111122223333:role/r" + n + "\n")
	}
	stdout, stderr, code := run(b.String(), "who", "--format", "csv", "-")
	if code != exitProblems || !strings.Contains(stderr, " of 16002 principals") || strings.Contains(stdout, "of 16002") {
		t.Errorf("exits with %d: %s", code, stderr)
	}
}
