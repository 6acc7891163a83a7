package engine_test

import (
	"fmt"
	"strings"
	"testing"

	"why403/engine"
)

// What values make of thousands of statements is looked at as far as there is
// time for, with one request context for each value, and the answer says that
// there may be more.
func TestDependsWork(t *testing.T) {
	var b strings.Builder
	b.WriteString("-- request --\nprincipal: arn:aws:iam::111122223333:user/bob\naction: s3:GetObject\nresource: arn:aws:s3:::b/k\n" +
		"resource-account: 111122223333\nunknown: aws:SourceVpc\n-- identity/p.json --\n{\"Version\": \"2012-10-17\", \"Statement\": [")
	const statements = 5000
	for i := range statements {
		fmt.Fprintf(&b, "{\"Effect\": \"Allow\", \"Action\": \"s3:*\", \"Resource\": \"*\", \"Condition\": {\"StringEquals\": "+
			"{\"aws:SourceVpc\": \"vpc-%d\"}}},", i%50)
	}
	f := read(t, strings.TrimSuffix(b.String(), ",")+"]}\n")
	var d *engine.Decision
	allocations := testing.AllocsPerRun(1, func() { d = engine.Decide(f.Requests[0].Check) })
	if d.Outcome != engine.Undecided || d.Depends == nil || !d.Depends.Partial {
		t.Errorf("%s, %+v", d.Outcome, d.Depends)
	}
	if allocations > 40*statements {
		t.Errorf("%.0f objects for %d statements", allocations, statements)
	}
}
