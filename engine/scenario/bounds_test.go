package scenario_test

import (
	"fmt"
	"strings"
	"testing"

	"why403/engine/internal/memory"
	"why403/engine/scenario"
)

// asking is requests of one user, each with these lines.
func asking(requests int, lines string) string {
	var b strings.Builder
	for i := range requests {
		fmt.Fprintf(&b, "-- request/%d --\nprincipal: arn:aws:iam::111122223333:user/bob\n%s", i, lines)
	}
	return b.String()
}

// A file of more sections than are read says so, where the first of them begins,
// and nothing of it is read.
func TestManySections(t *testing.T) {
	const ask = "-- request --\nprincipal: arn:aws:iam::111122223333:user/bob\naction: sqs:SendMessage\nresource: *\n"
	text := ask + strings.Repeat("-- identity/p.json --\n", scenario.MaxSections-1)
	for _, f := range []*scenario.File{scenario.Parse(text), scenario.Parse(ask)} {
		for i := range f.Problems {
			if f.Problems[i].Code == "too-many-sections" {
				t.Errorf("%+v", f.Problems[i])
			}
		}
	}
	more := text + "-- identity/last.json --\n"
	f := scenario.Parse(more)
	if len(f.Problems) != 1 || f.Problems[0].Code != "too-many-sections" || !f.Errors() || len(f.Requests) > 0 || f.Format() != more {
		t.Fatalf("%+v", f.Problems)
	}
	if p := f.Problems[0]; more[p.Span.Start:p.Span.End] != "-- identity/last.json --" {
		t.Errorf("%v: %s", p.Span, more[p.Span.Start:p.Span.End])
	}
}

// Too many requests are refused before anything is made for them.
func TestTooManyRequests(t *testing.T) {
	requests := func(n int) string { return asking(n, "action: sqs:SendMessage\nresource: *\n") }
	statements := "-- identity/p.json --\n{\"Statement\": [" +
		strings.TrimSuffix(strings.Repeat(`{"Effect": "Allow", "Action": "*", "Resource": "*"},`, 1000), ",") + "]}\n"
	refused := func(text string) func() {
		return func() {
			f := scenario.Parse(text)
			if len(f.Problems) == 0 || f.Problems[len(f.Problems)-1].Code != "too-many-requests" || len(f.Requests) > 0 {
				t.Errorf("%d requests, %+v", len(f.Requests), f.Problems)
			}
		}
	}
	answered := memory.Objects(func() { scenario.Parse(requests(1000)) })
	if n := memory.Objects(refused(requests(2000))); n > answered*3/2 {
		t.Errorf("%d objects to refuse 2,000 requests, and %d to read 1,000", n, answered)
	}
	of := ""
	for i := range 60 {
		of += fmt.Sprintf("resource: arn:aws:sqs:us-east-1:111122223333:q%d\n", i)
	}
	refused(strings.ReplaceAll(requests(200), "resource: *\n", of))() // each of 60 resources
	if f := scenario.Parse(strings.ReplaceAll(requests(40), "resource: *\n", of)); f.Errors() || len(f.Requests) != 40 {
		t.Errorf("%+v", f.Problems)
	}
	few := memory.Objects(refused(requests(150) + statements))
	if n := memory.Objects(refused(requests(900) + statements)); n > few*5 {
		t.Errorf("%d objects to refuse 900 requests for 1,000 statements, and %d to refuse 150", n, few)
	}
}

// Requests on patterns that cover many entities are refused before a world is built for
// each of them.
func TestManyCovered(t *testing.T) {
	text := func(requests, buckets int) string {
		text := asking(requests, "action: s3:ListBucket\nresource: arn:aws:s3:::b*\nresource-account: 111122223333\n")
		for i := range buckets {
			text += fmt.Sprintf("-- entity/b%d --\narn: arn:aws:s3:::b%d\naccount: 111122223333\n", i, i)
		}
		return text
	}
	if f := scenario.Parse(text(3, 1000)); f.Errors() || len(f.Requests) != 3 || f.Statements() < 3*(1000+200*16) {
		t.Errorf("%d requests of %d statements: %+v", len(f.Requests), f.Statements(), f.Problems)
	}
	one := memory.Objects(func() { scenario.Parse(text(1, 1000)) })
	many := memory.Objects(func() {
		if f := scenario.Parse(text(500, 1000)); len(f.Requests) > 0 || f.Problems[len(f.Problems)-1].Code != "too-many-requests" {
			t.Errorf("%d requests, %+v", len(f.Requests), f.Problems)
		}
	})
	if many > 20*one {
		t.Errorf("%d allocations to refuse 500 requests, %d to read one", many, one)
	}
}

// What stands beside the statements counts too: entries of an ACL, and the tags that each
// request carries.
func TestManyBeside(t *testing.T) {
	requests := func(n int) string { return asking(n, "action: s3:GetObject\nresource: arn:aws:s3:::b/k\n") }
	entry := `{"Grantee": {"Type": "CanonicalUser", "ID": "` + strings.Repeat("a", 64) + `"}, "Permission": "READ"}`
	acl := "-- acl.json --\n" + `{"Grants": [` + strings.Repeat(entry+",", 6_999) + entry + "]}\n"
	tags := "-- entity/bob --\narn: arn:aws:iam::111122223333:user/bob\n"
	for i := range 120 {
		tags += fmt.Sprintf("tag/t%d: v\n", i)
	}
	one := func(element, values string) string {
		return "-- identity/p.json --\n{\"Statement\": {" +
			strings.Replace(`"Effect": "Allow", "Action": "*", "Resource": "*"`, element, values, 1) + "}}\n"
	}
	conditions, actions := "", ""
	for i := range 4_000 {
		conditions += fmt.Sprintf(`"aws:PrincipalTag/t%d": "v",`, i)
		actions += fmt.Sprintf(`"s3:Get%d",`, i)
	}
	conditions = `"Resource": "*", "Condition": {"StringEquals": {` + strings.TrimSuffix(conditions, ",") + "}}"
	actions = `"Action": [` + strings.TrimSuffix(actions, ",") + "]"
	for name, c := range map[string]struct {
		few, many int
		text      string
	}{
		"entries of an ACL": {3, 4, acl}, "tags": {80, 100, tags},
		"tests": {10, 12, one(`"Resource": "*"`, conditions)}, "values": {170, 190, one(`"Action": "*"`, actions)},
	} {
		if f := scenario.Parse(requests(c.few) + c.text); f.Errors() || len(f.Requests) != c.few {
			t.Errorf("%s: %d requests, %+v", name, len(f.Requests), f.Problems[:min(len(f.Problems), 1)])
		}
		if f := scenario.Parse(requests(c.many) + c.text); !f.Errors() || f.Problems[len(f.Problems)-1].Code != "too-many-requests" {
			t.Errorf("%s: %d requests of %d statements", name, len(f.Requests), f.Statements())
		}
	}
}

// Each resource of a request is judged by all its statements.
func TestManyResources(t *testing.T) {
	const allow = `{"Effect": "Allow", "Action": "*", "Resource": "*"}`
	text := func(resources, statements int) string {
		text := "-- request --\nprincipal: arn:aws:iam::111122223333:user/bob\naction: sqs:SendMessage\n"
		for i := range resources {
			text += fmt.Sprintf("resource: arn:aws:sqs:us-east-1:111122223333:q%d\n", i)
		}
		return text + "-- identity/p.json --\n{\"Statement\": [" + strings.Repeat(allow+",", statements-1) + allow + "]}\n"
	}
	for _, c := range []struct {
		resources, statements int
		refused               bool
	}{{1, 10_000, false}, {100, 500, false}, {100, 1000, true}} {
		f := scenario.Parse(text(c.resources, c.statements))
		if f.Errors() != c.refused || c.refused && f.Problems[len(f.Problems)-1].Code != "too-many-requests" {
			t.Errorf("%+v: %d requests", c, len(f.Requests))
		}
	}
}

// What takes long for one request takes longer for two: they are explained, too.
func TestFurtherRequests(t *testing.T) {
	values := strings.Repeat(`"arn:aws:sqs:us-east-1:111122223333:*?a*?b*?c*",`, 3_000)
	policy := "-- identity/p.json --\n{\"Statement\": {\"Effect\": \"Allow\", \"Action\": \"*\", \"Resource\": [" + values + "\"*\"]}}\n"
	text := func(requests int) string {
		return asking(requests, "action: sqs:SendMessage\nresource: arn:aws:sqs:us-east-1:111122223333:"+strings.Repeat("q", 80)+"\n") + policy
	}
	one := scenario.Parse(text(1)).Work()
	if one == 0 {
		t.Fatal("no work")
	}
	most := 1 + (scenario.MaxWork/one-1)/4
	for n, refused := range map[int]bool{most: false, most + 1: true} {
		f := scenario.Parse(text(n))
		if f.Errors() != refused || refused && f.Problems[len(f.Problems)-1].Code != "too-many-patterns" {
			t.Errorf("%d requests of %d steps: %+v", n, one, f.Problems[len(f.Problems)-1])
		}
	}
}
