package combine

import (
	"os"
	"strings"
	"testing"

	"why403/engine"
	"why403/engine/scenario"
)

// Every row's scenario has no problem, and is classified as its own row.
func TestRowsAreScenarios(t *testing.T) {
	for _, table := range Services() {
		for _, row := range table.Rows() {
			f := scenario.Parse(row.Scenario)
			if len(f.Problems) > 0 {
				t.Fatalf("%s %s: %+v\n%s", table.ID, row.ID(), f.Problems, row.Scenario)
			}
			d := engine.Decide(f.Requests[0].Check)
			id, got, ok := Classify(d)
			if !ok || id != table.ID || got != row.Case {
				t.Errorf("%s %s is classified as %s %s", table.ID, row.ID(), id, got.ID())
			}
			if row.Outcome == engine.ExplicitDeny {
				t.Errorf("%s %s denies explicitly", table.ID, row.ID())
			}
		}
	}
}

// The rows agree with the answers that engine/testdata/services.txt has by
// hand, from AWS's pages: for a user whom nothing allows, whom an
// identity-based policy allows, whom the resource's policy names, and both; then
// the last three from another account.
func TestRowsAgreeWithServices(t *testing.T) {
	columns := []Case{
		{SameAccount, [4]Form{Absent, Silent, None, None}},
		{SameAccount, [4]Form{Absent, Allows, None, None}},
		{SameAccount, [4]Form{Caller, Silent, None, None}},
		{SameAccount, [4]Form{Caller, Allows, None, None}},
		{CrossAccount, [4]Form{Absent, Allows, None, None}},
		{CrossAccount, [4]Form{Caller, Silent, None, None}},
		{CrossAccount, [4]Form{Caller, Allows, None, None}},
	}
	tables := map[string]map[Case]engine.Outcome{}
	actions := map[string]string{}
	for i, table := range Services() {
		outcomes := map[Case]engine.Outcome{}
		for _, row := range table.Rows() {
			outcomes[row.Case] = row.Outcome
		}
		tables[table.ID] = outcomes
		actions[subjects[i].action] = table.ID
	}
	compared := map[string]bool{}
	for _, fields := range handwritten(t) {
		if excused(fields) {
			continue
		}
		for _, action := range strings.Split(fields[1], ",") {
			id, ok := actions[fields[0]+":"+action]
			if !ok {
				continue
			}
			compared[id] = true
			for i, c := range columns {
				outcome, ok := tables[id][c]
				if want := fields[3][i] == 'A'; ok && (outcome == engine.Allowed) != want {
					t.Errorf("%s %s: %s, want allowed: %t", id, c.ID(), outcome, want)
				}
			}
		}
	}
	for _, id := range []string{"s3", "sts", "ses", "vpc-lattice-svcs", "elasticfilesystem", "states", "acm-pca", "lambda", "ecr"} {
		if !compared[id] {
			t.Errorf("%s was compared with nothing", id)
		}
	}
}

// untabled is the rows of engine/services.go that have no table, with the reason.
var untabled = map[string]string{
	"sts GetCallerIdentity":           "every signed caller may",
	"sts AssumeRoot":                  "the organization's management account decides",
	"kms":                             "package kms has the table, with grants",
	"iam CreatePolicy":                "AWS owns the resource",
	"iam AddRoleToInstanceProfile":    "AWS owns the resource",
	"iam AttachRolePolicy":            "AWS owns the resource",
	"organizations":                   "the organization's management account decides",
	"cognito-identity":                "everyone may",
	"s3 GetObject arn:aws:s3:::prod-": "everyone may",
	"ecr GetAuthorizationToken":       "it is for no repository",
	"aoss":                            "data access policies, which are not IAM's, decide too",
	"update":                          "a stack policy decides alone",
	"payment-cryptography Put":        "manages the policy itself",
	"ec2":                             "it has shares of AWS RAM in place of policies, for other accounts, as ses",
	"imagebuilder":                    "the same",
	"license-manager":                 "the same",
	"outposts":                        "the same",
	"route53resolver":                 "the same",
	"servicediscovery":                "the same",
}

// Each row of the services table has a table here, or a reason to have none.
func TestEveryServiceHasATable(t *testing.T) {
	ids := map[string]bool{}
	for i := range subjects {
		ids[subjects[i].id] = true
	}
	for _, fields := range handwritten(t) {
		if !excused(fields) && !ids[fields[0]] {
			t.Errorf("%s %s has neither a table nor a reason to have none", fields[0], fields[1])
		}
	}
}

// excused reports whether a line of the file has no table.
func excused(fields []string) bool {
	for prefix := range untabled {
		if strings.HasPrefix(strings.Join(fields, " ")+" ", prefix) && (strings.Contains(prefix, " ") || fields[0] == prefix) {
			return true
		}
	}
	return false
}

// handwritten is the lines of engine/testdata/services.txt, in fields: prefix,
// actions, resource, answers, page, name.
func handwritten(t *testing.T) (lines [][]string) {
	t.Helper()
	text, err := os.ReadFile("../testdata/services.txt")
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(text)) {
		if fields := strings.Fields(line); len(fields) > 5 && fields[0] != "#" {
			lines = append(lines, fields)
		}
	}
	if len(lines) < 40 {
		t.Fatalf("%d lines", len(lines))
	}
	return lines
}

// What each side does by itself in one account, written by hand from AWS's
// pages: an identity-based policy beside a silent policy, beside none, no policy at all,
// and the resource's policy naming session, role, account, everyone. A for
// allowed, - for denied, . where there is no such case.
//
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic_policy-eval-denyallow.html
// https://docs.aws.amazon.com/kms/latest/developerguide/key-policies.html
// https://docs.aws.amazon.com/efs/latest/ug/iam-access-control-nfs-efs.html
func TestSameAccountAlone(t *testing.T) {
	const general = "AA-AA-A"
	want := map[string]string{
		"kms":               "-..AA-A", // the key policy must let others in; IAM counts only behind it
		"sts":               "-..AA-A", // so it is with the trust policy of a role
		"ses":               "AA-----", // its policies are for delegate senders in other accounts
		"acm-pca":           "AA-----", // so are those of Private CA
		"codebuild":         "AA-----",
		"ssm-incidents":     "AA-----",
		"ssm-contacts":      "AA-----",
		"states":            ".A-....", // it has no resource-based policies
		"iam":               ".A-....",
		"cloud9":            ".A-....",
		"elasticfilesystem": "AAAAA-A", // a file system without a policy admits every client
		"vpc-lattice-svcs":  "-------", // both must allow
	}
	for _, a := range SameAccountAlone() {
		got := ""
		for _, c := range a.Cells {
			switch {
			case c.None:
				got += "."
			case c.Outcome == engine.Allowed:
				got += "A"
			default:
				got += "-"
			}
		}
		wanted, ok := want[a.Table.ID]
		if !ok {
			wanted = general
		}
		if got != wanted {
			t.Errorf("%s: %s, want %s", a.Table.ID, got, wanted)
		}
	}
}
