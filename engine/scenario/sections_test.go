package scenario_test

import (
	"fmt"
	"strconv"
	"strings"
	"testing"

	"why403/engine"
	"why403/engine/policy"
	"why403/engine/scenario"
)

func TestSections(t *testing.T) {
	const everyone = `{"Version":"2012-10-17","Statement":{"Effect":"Allow","Principal":"*","Action":"*","Resource":"*"}}` + "\n"
	f := expect(t, ask+
		"-- rcp/1-root/full.json --\n"+everyone+
		"-- scp/2-ou/deny.json --\n"+allowAll+
		"-- scp/1-root/full access.json --\n"+allowAll+
		"-- scp/1-root/more.json --\n"+allowAll+
		"-- identity/a.json --\n"+allowAll+
		"-- boundary.json --\n"+allowAll+
		"-- session.json --\n"+allowAll+
		"-- session/b.json --\n"+allowAll+
		"-- resource.json --\n"+everyone+
		"-- endpoint.json --\n"+everyone+
		"-- grants.json --\n[]\n-- acl.json --\n{\"Grants\":[]}\n-- object-acl.json --\n{\"Grants\":[]}\n-- want --\n-- want/x --\n", "")
	var got []string
	for _, p := range f.Requests[0].Check.Policies {
		got = append(got, fmt.Sprint(p.Name, " ", p.Type, p.Level))
	}
	want := "rcp/1-root/full.json 7 1, scp/2-ou/deny.json 6 2, scp/1-root/full access.json 6 1, scp/1-root/more.json 6 1, identity/a.json " +
		"0 0, " +
		"boundary.json 1 0, session.json 2 0, session/b.json 2 0, resource.json 4 0, endpoint.json 8 0"
	if strings.Join(got, ", ") != want {
		t.Errorf("got  %s\nwant %s", strings.Join(got, ", "), want)
	}
}

// What a resource's policy is follows from the request.
func TestResourcePolicy(t *testing.T) {
	for request, want := range map[string]policy.Type{
		decrypt + key:                     policy.Key,
		"action: kms:RetireGrant\n" + key: policy.Key,
		"action: s3:GetObject\nresource: arn:aws:s3:::b/k\nresource-account: 111122223333\n": policy.Resource,
		"action: sts:AssumeRole\nresource: arn:aws:iam::111122223333:role/r\n":               policy.Trust,
		"action: sts:TagSession\nresource: arn:aws:iam::111122223333:role/r\n":               policy.Trust,
	} {
		f := scenario.Parse("-- resource.json --\n{\"Statement\":[]}\n-- request --\n" + alice + request)
		if len(f.Requests[0].Check.Policies) != 1 || f.Requests[0].Check.Policies[0].Type != want {
			t.Errorf("%s: %+v", request, f.Requests[0].Check.Policies)
		}
	}
}

// A wrong section is reported at its marker line, in the file.
func TestWrongSections(t *testing.T) {
	for marker, want := range map[string]string{
		"-- policy.json --":         "unknown-section",
		"-- Request --":             "unknown-section",
		"-- request/ --":            "unknown-section",
		"-- want/ --":               "unknown-section",
		"-- wanted --":              "unknown-section",
		"-- identity.json --":       "unknown-section",
		"-- boundary/a.json --":     "unknown-section",
		"-- boundary.txt --":        "unknown-section",
		"-- identity/ --":           "bad-section",
		"-- identity/.json --":      "bad-section",
		"-- identity/a --":          "bad-section",
		"-- identity/a/b.json --":   "bad-section",
		"-- session/a.txt --":       "bad-section",
		"-- scp/a.json --":          "bad-section",
		"-- scp/root/a.json --":     "bad-section",
		"-- scp/1/a.json --":        "bad-section",
		"-- scp/1-/a.json --":       "bad-section",
		"-- scp/0-root/a.json --":   "bad-section",
		"-- scp/-1-root/a.json --":  "bad-section",
		"-- rcp/x-root/a.json --":   "bad-section",
		"-- rcp/1-root/a/b.json --": "bad-section",
		"-- identity/good.json --":  "duplicate-section",
		"-- request --":             "duplicate-section",
	} {
		text := "-- identity/good.json --\n" + allowAll + ask + marker + "\n"
		if marker == "-- request --" {
			text += strings.TrimPrefix(ask, marker+"\n")
		}
		f := expect(t, text, ":7:1 "+want)
		p := f.Problems[0]
		if got := text[p.Span.Start:p.Span.End]; got != marker {
			t.Errorf("the problem is at %q", got)
		}
	}
}

func TestDuplicateSaysWhere(t *testing.T) {
	f := expect(t, "title\n"+ask+"-- want --\nallow\n-- want --\ndeny\n", ":8:1 duplicate-section")
	if !strings.Contains(f.Problems[0].Message, "on line 6 already") {
		t.Error(f.Problems[0].Message)
	}
	if lines, _ := f.Want(""); strings.Join(lines, "") != "allow" {
		t.Errorf("the first counts, not %q", lines)
	}
}

// Beside broken sections the rest is read, every problem at its own place.
func TestBrokenSections(t *testing.T) {
	f := expect(t, ask+
		"-- identity/a.json --\n{\n  \"Statement\": [\n    {\"Effect\": \"allow\", \"Action\": \"*\", \"Resource\": \"*\"},\n"+
		"    {\"Effect\": \"Deny\", \"Action\": \"*\", \"Resource\": \"*\"}\n  ]\n}\n"+
		"-- nonsense --\n"+
		"-- identity/b.json --\n{,}\n"+
		"-- boundary.json --\n"+allowAll+
		"-- grants.json --\n\n",
		"identity/a.json:3:16 bad-effect, :12:1 unknown-section, identity/b.json:1:2 json-syntax, grants.json:1:1 json-syntax")
	if p := f.Requests[0].Check.Policies; len(f.Requests) != 1 || len(p) != 3 || len(p[0].Statements) != 1 || len(p[2].Statements) != 1 {
		t.Errorf("%+v", p)
	}
}

func TestConditionsAreChecked(t *testing.T) {
	f := expect(t, ask+"-- identity/a.json --\n"+
		`{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"*","Resource":"*","Condition":{"StringEqual":{"a:b":"c"}}}}`+"\n",
		"~identity/a.json:1:96 unknown-operator")
	if engine.Decide(f.Requests[0].Check).Outcome == engine.Allowed {
		t.Error("an unknown operator matches")
	}
}

// A session has at most three scope-down policies.
//
// https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_temp_control-access_getscopedcredentials.html
func TestScopeDownPolicies(t *testing.T) {
	text := "-- request --\nprincipal: arn:aws:sts::111122223333:assumed-role/app/s\naction: sqs:SendMessage\nresource: " +
		"arn:aws:sqs:us-east-1:111122223333:q\n"
	for n := range 4 {
		text += "-- scopedown/" + strconv.Itoa(n+1) + ".json --\n" +
			`{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"*","Resource":"*"}}` + "\n"
		f := scenario.Parse(text)
		if f.Errors() != (n == 3) || n == 3 && f.Problems[0].Code != "too-many-policies" {
			t.Errorf("%d policies: %+v", n+1, f.Problems)
		}
	}
}
