package scenario

import (
	"testing"

	"why403/engine"
)

// The policy for one update takes the place of the stack's own, wherever that
// stands.
//
// https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/protect-stack-resources.html#protect-stack-resources-updating
func TestOverride(t *testing.T) {
	const stack = "-- entity/s --\narn: arn:aws:cloudformation:us-east-1:111122223333:stack/shop/1\n-- entity/s/policy.json --\n"
	for _, c := range []struct {
		text string
		want engine.Outcome
	}{
		{"", engine.Allowed},
		{"-- resource.json --\n" + rowDenied, engine.ExplicitDeny},
		{"-- resource.json --\n" + rowDenied + "-- override.json --\n" + rowStack, engine.Allowed},
		{"-- resource.json --\n" + rowStack + "-- override.json --\n" + rowDenied, engine.ExplicitDeny},
		{stack + rowDenied, engine.ExplicitDeny},
		{stack + rowDenied + "-- override.json --\n" + rowStack, engine.Allowed},
		{"unknown: resource\n", engine.Undecided},
		{"unknown: *\nnone: resource\n", engine.Allowed},
	} {
		f := Parse("-- request --\n" + rowUser + rowUpdate + c.text)
		if f.Errors() {
			t.Fatal(f.Problems)
		}
		if got := engine.Decide(f.Requests[0].Check).Outcome; got != c.want {
			t.Errorf("%s: %v, want %v", c.text, got, c.want)
		}
	}
}
