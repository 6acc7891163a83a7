package engine_test

import (
	"strings"
	"testing"

	"why403/engine"
	"why403/engine/policy"
	"why403/engine/scenario"
)

// The largest inputs that are read are decided like small ones.

func TestManyStatements(t *testing.T) {
	d := engine.Decide(manyStatements(t, 10_000))
	matched := 0
	for i, step := range d.Steps {
		if int(step.Statement) != i {
			t.Fatalf("step %d is of statement %d", i, step.Statement)
		}
		if step.Miss == engine.Matched {
			matched++
		}
	}
	if len(d.Steps) != 10_000 || matched != 1_000 || d.Outcome != engine.Allowed {
		t.Errorf("%d steps, %d matched, %v", len(d.Steps), matched, d.Outcome)
	}
}

// TestWildcards would not end if a pattern were tried in every way.
func TestWildcards(t *testing.T) {
	for _, c := range []struct {
		text string
		want engine.Outcome
	}{
		{worstWildcards(), engine.ImplicitDeny},
		{wildcards(10_000, "b"), engine.ImplicitDeny},
		{wildcards(10_000, ""), engine.Allowed},
		{wildcards(10_000, "?"), engine.Allowed},
		{wildcards(20_000, ""), engine.ImplicitDeny}, // more letters than the resource has
	} {
		f := read(t, c.text)
		if d := engine.Decide(f.Requests[0].Check); d.Outcome != c.want {
			t.Errorf("%d bytes: %v, want %v", len(c.text), d.Outcome, c.want)
		}
	}
	if n := len(worstWildcards()); n < policy.MaxSize-1 || n > policy.MaxSize {
		t.Errorf("the worst file has %d bytes", n)
	}
}

func TestTooLarge(t *testing.T) {
	f := scenario.Parse(worstWildcards() + strings.Repeat(" ", scenario.MaxSize))
	if !f.Errors() || f.Problems[0].Code != "too-large" || len(f.Requests) != 0 {
		t.Errorf("%+v", f.Problems)
	}
}

// An element has as many values as a file can hold.
func TestManyValues(t *testing.T) {
	const head = "-- request --\nprincipal: arn:aws:iam::111122223333:user/bob\naction: s3:GetObject\nresource: " +
		"arn:aws:s3:::b/k\nresource-account: 111122223333\n"
	for _, element := range []string{
		`"Action": [VALUES "s3:GetObject"], "Resource": "*"`,
		`"Action": "*", "Resource": [VALUES "arn:aws:s3:::b/k"]`,
		`"Action": "*", "Resource": "*", "Condition": {"StringEquals": {"aws:username": [VALUES "bob"]}}`,
	} {
		values := strings.ReplaceAll(element, "VALUES", strings.Repeat(`"x:*?*?*", `, 50_000))
		f := read(t, head+"-- identity/p.json --\n{\"Version\": \"2012-10-17\", \"Statement\": {\"Effect\": \"Allow\", "+values+"}}\n")
		if d := engine.Decide(f.Requests[0].Check); d.Outcome != engine.Allowed {
			t.Errorf("%s: %v", element, d.Outcome)
		}
	}
}
