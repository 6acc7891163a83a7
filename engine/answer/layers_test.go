package answer_test

import (
	"maps"
	"strings"
	"testing"

	"why403/engine/answer"
	"why403/engine/scenario"
)

const readsObject = `-- request --
principal: arn:aws:sts::111122223333:assumed-role/app/i-0abc
action: s3:GetObject
resource: arn:aws:s3:::reports/2026.csv
resource-account: 111122223333
LINES-- identity/app.json --
{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "s3:*", "Resource": "*"}}
`

// What is not given is taken as none, or none, or not known; of what is given there
// can be others, or not. What can't count for the request is no layer, nor is what
// is given of which there is one.
func TestLayers(t *testing.T) {
	for _, c := range []struct{ lines, more, want, outcome string }{
		{"", "", "identity+ boundary session resource scp rcp endpoint", "allow"},
		{"unknown: identity\n", "", "identity+? boundary session resource scp rcp endpoint", "depends"},
		{"", "-- scp/1-root/a.json --\n{\"Statement\": {\"Effect\": \"Allow\", \"Action\": \"*\", \"Resource\": \"*\"}}\n",
			"identity+ boundary session resource scp+ rcp endpoint", "allow"},
		{"unknown: scp boundary\n", "", "identity+ boundary? session resource scp? rcp endpoint", "depends"},
		{"unknown: *\nnone: scp boundary\n", "", "identity+ boundary! session? resource? scp! rcp? endpoint? scopedown?", "depends"},
		{"none: scp\n", "-- account/111122223333 --\nunknown: scp\n", "identity+ boundary session resource scp! rcp endpoint", "allow"},
		{"unknown: *\nnone: scp rcp boundary session scopedown resource endpoint encrypted-with\n", "",
			"identity+ boundary! session! resource! scp! rcp! endpoint! scopedown!", "allow"},
		{"unknown: aws:SourceIp\n", "-- boundary.json --\n" + office, "identity+ session resource scp rcp endpoint", "depends"},
		{"unknown: *\nnone: scp rcp session scopedown resource endpoint encrypted-with aws:SourceIp\n", "-- boundary.json --\n" + office,
			"identity+ session! resource! scp! rcp! endpoint! scopedown!", "implicit deny"},
	} {
		f := scenario.Parse(strings.Replace(readsObject, "LINES", c.lines, 1) + c.more)
		if f.Errors() {
			t.Fatal(f.Problems)
		}
		a := answer.File(f)[0]
		var got []string
		for _, l := range a.Layers() {
			got = append(got, l.Name+map[string]string{"taken as none": "", "none": "!", "not known": "?", "no others": "+",
				"others not known": "+?"}[l.State])
		}
		if strings.Join(got, " ") != c.want || a.Outcome.String() != c.outcome {
			t.Errorf("%q gives %s, %s; want %s, %s", c.lines+c.more, got, a.Outcome, c.want, c.outcome)
		}
	}
}

// Every key has a key policy, and every role a trust policy; other resources can
// have none.
func TestSureLayers(t *testing.T) {
	for _, c := range []struct {
		action, resource string
		sure             bool
	}{
		{"kms:Decrypt", "arn:aws:kms:eu-west-1:444455556666:key/k", true},
		{"sts:AssumeRole", "arn:aws:iam::444455556666:role/deployer", true},
		{"sqs:SendMessage", "arn:aws:sqs:eu-west-1:444455556666:jobs", false},
	} {
		f := scenario.Parse("-- request --\nprincipal: arn:aws:iam::111122223333:user/dana\naction: " + c.action + "\nresource: " + c.resource +
			"\nunknown: *\n")
		a, found := answer.File(f)[0], false
		for _, l := range a.Layers() {
			found = found || l.Name == "resource"
			if l.Sure != (c.sure && l.Name == "resource") {
				t.Errorf("%s: %s is sure: %v", c.action, l.Name, l.Sure)
			}
		}
		if !found {
			t.Errorf("%s has no layer for the policy of the resource", c.action)
		}
	}
}

const office = `{"Statement": {"Effect": "Allow", "Action": "*", "Resource": "*", "Condition": {"IpAddress": {"aws:SourceIp": "203.0.113.0/24"}}}}
`

// A layer tells in which folders it would stand: those of who asks, of what is
// asked for, and of their accounts. A header makes it unknown there alone.
func TestLayerFolders(t *testing.T) {
	const file = `-- request --
principal: arn:aws:sts::111122223333:assumed-role/app/i-0abc
action: s3:GetObject
resource: arn:aws:s3:::reports/2026.csv
-- entity/reports --
arn: arn:aws:s3:::reports
account: 111122223333
-- entity/app --
arn: arn:aws:iam::111122223333:role/service/app
unknown: boundary scp
-- entity/app/identity/read.json --
{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "s3:*", "Resource": "*"}}
-- entity/other --
arn: arn:aws:iam::111122223333:role/other
unknown: session
-- account/111122223333 --
unknown: rcp
`
	f := scenario.Parse(file)
	if f.Errors() {
		t.Fatal(f.Problems)
	}
	a := answer.File(f)[0]
	got := map[string]string{}
	for _, l := range a.Layers() {
		got[l.Name] = strings.TrimSpace(l.State + " " + strings.Join(l.In, " "))
	}
	want := map[string]string{
		"boundary": "not known entity/app", "session": "taken as none entity/app", "resource": "taken as none entity/reports",
		"identity": "no others entity/app", "scp": "taken as none account/111122223333", "rcp": "not known account/111122223333", "endpoint": "taken as none",
	}
	if !maps.Equal(got, want) {
		t.Errorf("%v\nwant %v", got, want)
	}
}
