package main

import (
	"encoding/json"
	"strings"
	"testing"
)

type filled struct {
	Problems []place
	Missing  []string
	Fillings []struct{ Request, Outcome, Text string }
}

func fill(t *testing.T, text string) (r filled) {
	t.Helper()
	if err := json.Unmarshal([]byte(calls.Call("fillings", text)), &r); err != nil {
		t.Fatal(err)
	}
	return r
}

const allowsIt = "-- identity/a.json --\n{\"Statement\": {\"Effect\": \"Allow\", \"Action\": \"kms:*\", \"Resource\": \"*\"}}\n"

// What is not known is filled in both ways, of each request that depends on it.
func TestFillings(t *testing.T) {
	open := strings.Replace(request, "-- request --\n", "-- request/open --\nunknown: resource\n", 1)
	closed := strings.Replace(request, "Title\n\n-- request --\n", "-- request/closed --\n", 1)
	got := fill(t, open+closed+allowsIt)
	if len(got.Fillings) != 2 || len(got.Problems) != 0 || len(got.Missing) == 0 {
		t.Fatalf("%+v", got)
	}
	allowed, denied := got.Fillings[0], got.Fillings[1]
	if allowed.Request != "open" || allowed.Outcome != "allow" || !strings.Contains(allowed.Text, "-- resource.json --\n") ||
		strings.Contains(allowed.Text, "unknown:") {
		t.Errorf("%+v", allowed)
	}
	if denied.Request != "open" || !strings.HasSuffix(denied.Outcome, "deny") || strings.Contains(denied.Text, "unknown:") {
		t.Errorf("%+v", denied)
	}
}

func TestNoFillings(t *testing.T) {
	if got := fill(t, strings.Replace(request, "kms:Decrypt", "kms:Decrypt\nunknown: scp", 1)); len(got.Fillings) != 0 {
		t.Errorf("of a request that is denied in any case: %+v", got)
	}
	if got := fill(t, request+"-- resource.json --\n{\n"); len(got.Fillings) != 0 || len(got.Problems) == 0 {
		t.Errorf("%+v", got)
	}
}

// A filling is of one check. Here the bucket policy that it adds leaves the call
// without a key policy, so the call is not allowed, and it is not offered as that.
func TestFillingsOfACall(t *testing.T) {
	got := fill(t, `-- request --
principal: arn:aws:iam::111122223333:user/a
action: s3:GetObject
resource: arn:aws:s3:::reports/a
unknown: resource
-- entity/reports --
arn: arn:aws:s3:::reports
account: 444455556666
encrypted-with: arn:aws:kms:us-east-1:444455556666:key/1234abcd-12ab-34cd-56ef-1234567890ab
-- identity/a.json --
{"Statement": {"Effect": "Allow", "Action": "*", "Resource": "*"}}
`)
	if len(got.Fillings) != 1 || !strings.HasSuffix(got.Fillings[0].Outcome, "deny") {
		t.Errorf("%+v", got)
	}
}

// What a service asks beside IAM is filled in too.
func TestFillingsBeside(t *testing.T) {
	got := fill(t, "-- request --\nprincipal: arn:aws:iam::111122223333:user/a\naction: rds-db:connect\n"+
		"resource: arn:aws:rds-db:us-east-1:111122223333:dbuser:db-1/app\nunknown: layer\n"+strings.Replace(allowsIt, "kms:*", "rds-db:*", 1))
	if len(got.Fillings) != 2 || !strings.Contains(got.Fillings[0].Text, "\nlayer: database allow\n") || got.Fillings[0].Outcome != "allow" ||
		!strings.Contains(got.Fillings[1].Text, "\nlayer: database deny\n") || got.Fillings[1].Outcome != "implicit deny" {
		t.Errorf("%+v", got.Fillings)
	}
}
