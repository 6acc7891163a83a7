package lets

import (
	"fmt"
	"io/fs"
	"os"
	"slices"
	"strings"
	"testing"

	"why403/engine"
	"why403/engine/scenario"
	"why403/scenarios"
)

func read(t *testing.T, name string) *scenario.File {
	t.Helper()
	text, err := os.ReadFile("testdata/" + name)
	if err != nil {
		t.Fatal(err)
	}
	return parse(t, string(text))
}

func parse(t *testing.T, text string) *scenario.File {
	t.Helper()
	f := scenario.Parse(text)
	if f.Errors() {
		t.Fatal(f.Problems)
	}
	return f
}

// lines is a table with a line for its heads and for each row.
func lines(t *Table) string {
	out := strings.Join(t.Head, " | ")
	for i := range t.Rows {
		r := &t.Rows[i]
		out += "\n" + strings.Join(r.Cells, " | ") + " | " + r.Word() + " " + r.Statement
		if r.Asked {
			out += " *"
		}
	}
	return out
}

// What common policies let through.
func TestTables(t *testing.T) {
	for _, c := range []struct{ file, section, want string }{
		{"region-lock.txt", "scp/1-root/lock.json", `Action | Caller | aws:RequestedRegion
any other | another caller in 111122223333 | eu-central-1 or eu-west-1 | allowed All
any other | another caller in 111122223333 | another value | explicitly denied DenyOutside *
any other | arn:aws:iam::*:role/Admin* | any | allowed All
iam:* or sts:* | any | any | allowed All`},
		{"organization.txt", "resource.json", `Action | Resource | aws:PrincipalOrgID
s3:GetObject | arn:aws:s3:::amzn-s3-demo-bucket/* | not in the request or another value | not matched ` + `
s3:GetObject | arn:aws:s3:::amzn-s3-demo-bucket/* | o-exampleorgid | allowed Org *
s3:GetObject | arn:aws:s3:::amzn-s3-demo-bucket | any | not matched ` + `
another action of s3 | any | any | not matched `},
		{"mfa.txt", "boundary.json", `Action | aws:MultiFactorAuthPresent
ec2:* or s3:* | not in the request or false | explicitly denied statement 2
ec2:* or s3:* | true | allowed Work
iam:ListMFADevices | any | not matched ` + `
an action of another service | not in the request or false | explicitly denied statement 2
an action of another service | true | not matched `},
	} {
		table, problem := Of(read(t, c.file), c.section, "")
		if problem != "" {
			t.Errorf("%s: %s", c.file, problem)
		} else if got := lines(table); got != c.want {
			t.Errorf("%s\n%s\nwant\n%s", c.file, got, c.want)
		}
	}
}

// What is not known in any of the rows is said to be that.
func TestNotKnown(t *testing.T) {
	f := parse(t, `The path of the role

-- request --
principal: arn:aws:sts::111122223333:assumed-role/app/s
action: s3:GetObject
resource: arn:aws:s3:::amzn-s3-demo-bucket/a
resource-account: 111122223333
-- boundary.json --
{"Statement": {"Effect": "Allow", "Action": "s3:*", "Resource": "*",
  "Condition": {"ArnLike": {"aws:PrincipalArn": "arn:aws:iam::111122223333:role/team/app"}}}}
`)
	table, problem := Of(f, "boundary.json", "")
	if problem != "" {
		t.Fatal(problem)
	}
	if got := lines(table); got != "Action\ns3:* | not known statement 1 *\nan action of another service | not matched " {
		t.Error(got)
	}
}

// Variables: what is compared are two keys.
func TestTwoKeys(t *testing.T) {
	f := parse(t, `Own team

-- request --
principal: arn:aws:iam::111122223333:role/app
action: ec2:StopInstances
resource: arn:aws:ec2:eu-west-1:111122223333:instance/i-0123456789abcdef0
-- identity/team.json --
{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "*", "Resource": "*",
  "Condition": {"StringEquals": {"aws:ResourceTag/team": "${aws:PrincipalTag/team}"}}}}
`)
	table, problem := Of(f, "identity/team.json", "")
	if problem != "" {
		t.Fatal(problem)
	}
	for i := range table.Rows {
		r := &table.Rows[i]
		if (r.Says == engine.SaysAllow) != (r.Cells[0] == r.Cells[1] && r.Cells[0] != "not in the request") {
			t.Errorf("%q: %s", r.Cells, r.Word())
		}
	}
	if got := lines(table); len(table.Rows) != 5 || !strings.Contains(got, "another value A | another value A | allowed") {
		t.Error(got)
	}
}

// Where there is no table, a sentence says why.
func TestNoTable(t *testing.T) {
	f := read(t, "mfa.txt")
	for _, c := range []struct{ section, request, want string }{
		{"scp/1-root/a.json", "", "There is no section scp/1-root/a.json."},
		{"request", "", "The section request does not hold a policy."},
		{"boundary.json", "nosuch", "There is no request nosuch."},
	} {
		if table, problem := Of(f, c.section, c.request); table != nil || problem != c.want {
			t.Errorf("%s: %q", c.section, problem)
		}
	}
}

// A long table is cut, and says so.
func TestCut(t *testing.T) {
	var tests []string
	for _, key := range strings.Fields("a b c d e f g h i j k l m") {
		tests = append(tests, `"StringEquals": {"aws:PrincipalTag/`+key+`": ["1", "2"]}`)
	}
	var statements []string
	for _, test := range tests {
		statements = append(statements, `{"Effect": "Allow", "Action": "*", "Resource": "*", "Condition": {`+test+`}}`)
	}
	f := parse(t, `Long

-- request --
principal: arn:aws:iam::111122223333:role/app
action: ec2:StopInstances
resource: *
-- identity/long.json --
{"Statement": [`+strings.Join(statements, ",")+`]}
`)
	table, problem := Of(f, "identity/long.json", "")
	if problem != "" || len(table.Rows) > MaxRows || len(table.Cut) == 0 ||
		!strings.HasPrefix(table.Notes()[len(table.Notes())-1], "Not all is shown. Tried are the first ") {
		t.Errorf("%s %+v", problem, table)
	}
	for _, note := range table.Cut { // what was not tried is not said to make no difference
		for i, head := range table.Head {
			if strings.HasSuffix(note, " values of "+head+".") && table.Rows[0].Cells[i] == Any {
				t.Errorf("%s: %q", note, table.Rows[0].Cells)
			}
		}
		if slices.ContainsFunc(table.Same, func(key string) bool { return strings.HasSuffix(note, " values of "+key+".") }) {
			t.Errorf("%s, but %q make no difference", note, table.Same)
		}
	}
}

// The row that holds the request at hand says what the engine says of it: of
// every policy of every scenario.
// Requests differ in so many condition keys, and the table says that there are
// more.
func TestManyKeys(t *testing.T) {
	var conditions strings.Builder
	for i := range 3000 {
		fmt.Fprintf(&conditions, `,"aws:RequestTag/k%d":"v"`, i)
	}
	f := scenario.Parse("-- request --\nprincipal: arn:aws:iam::111122223333:user/a\naction: sqs:SendMessage\n" +
		"resource: arn:aws:sqs:us-east-1:111122223333:q\n" +
		"-- identity/p.json --\n" + `{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"*","Resource":"*","Condition":{"StringEquals":{` +
		conditions.String()[1:] + "}}}}\n")
	table, problem := Of(f, "identity/p.json", "")
	if problem != "" || len(table.Head)+len(table.Same) > 30 || !strings.Contains(strings.Join(table.Notes(), " "),
		"2976 more condition keys") {
		t.Errorf("%q %v", problem, table)
	}
}

func TestAskedRows(t *testing.T) {
	tables, rows := 0, 0
	err := fs.WalkDir(scenarios.Files, ".", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		text, err := scenarios.Files.ReadFile(path)
		if err != nil {
			return err
		}
		f := scenario.Parse(string(text))
		for _, s := range f.Sections {
			table, _ := Of(f, s.Name, "")
			if table == nil {
				continue
			}
			tables++
			rows += askedRows(t, path, f, table)
		}
		return nil
	})
	if err != nil || tables < 500 || rows < tables/2 {
		t.Errorf("%v: %d tables, %d rows", err, tables, rows)
	}
}

func askedRows(t *testing.T, path string, f *scenario.File, table *Table) (asked int) {
	for i := range f.Requests {
		if f.Requests[i].Name != table.Request {
			continue
		}
		for _, check := range checks(&f.Requests[i]) {
			for _, p := range check.Policies {
				if p.Name != table.Section || !check.Counts(p) {
					continue
				}
				says, statement := check.Alone(p)
				for n := range table.Rows {
					r := &table.Rows[n]
					if !r.Asked {
						continue
					}
					asked++
					if r.Says != says || r.Statement != statementName(p, statement) {
						t.Errorf("%s: %s: the engine has %d %d\n%s", path, table.Section, says, statement, lines(table))
					}
				}
				if asked > 1 {
					t.Errorf("%s: %s holds the request %d times\n%s", path, table.Section, asked, lines(table))
				}
				return asked
			}
		}
	}
	return asked
}
