package importer_test

import (
	"fmt"
	"runtime"
	"strings"
	"testing"

	"why403/engine/importer"
	"why403/engine/policy"
	"why403/engine/scenario"
)

// allocations is how many objects a function makes.
func allocations(do func()) int {
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	do()
	runtime.ReadMemStats(&after)
	return int(after.Mallocs - before.Mallocs)
}

// A long scenario is read once: to read it is most of what its import takes.
func TestLongScenarioOnce(t *testing.T) {
	var b strings.Builder
	b.WriteString("-- request --\nprincipal: arn:aws:iam::111122223333:user/bob\naction: sqs:SendMessage\nresource: " +
		"arn:aws:sqs:us-east-1:111122223333:q\n")
	for i := 0; b.Len() < policy.MaxSize+1000; i++ {
		fmt.Fprintf(&b, "-- entity/b%d --\narn: arn:aws:s3:::b%d\n", i, i)
	}
	text := b.String()
	read := allocations(func() { scenario.Parse(text) })
	if n := allocations(func() { importer.Syntax(text) }); n > read/10 {
		t.Errorf("to tell that it is no code makes %d objects, to read it %d", n, read)
	}
	var r importer.Result
	if n := allocations(func() { r = importer.Import("", text, "") }); n > read*3/2 {
		t.Errorf("to import it makes %d objects, to read it %d", n, read)
	}
	if r.Text != text {
		t.Errorf("%d bytes of %d, %+v", len(r.Text), len(text), r.Problems)
	}
}

// So is one that a message is pasted into: it was read for each thing that the
// message leaves open.
func TestLongScenarioBefore(t *testing.T) {
	var b strings.Builder
	b.WriteString("-- request --\nprincipal: arn:aws:iam::111122223333:user/bob\naction: sqs:SendMessage\nresource: " +
		"arn:aws:sqs:us-east-1:111122223333:q\n")
	for i := range 20_000 {
		fmt.Fprintf(&b, "-- entity/b%d --\narn: arn:aws:s3:::b%d\n", i, i)
	}
	text := b.String()
	read := allocations(func() { scenario.Parse(text) })
	if n := allocations(func() {
		importer.Import(text, "User: arn:aws:iam::111122223333:user/bob is not authorized to perform: s3:GetObject on resource: "+
			"\"arn:aws:s3:::b1/k\" because no identity-based policy allows the s3:GetObject action", "")
	}); n > read*5/2 {
		t.Errorf("to put a message into it makes %d objects, to read it %d", n, read)
	}
}
