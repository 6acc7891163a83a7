package importer_test

import (
	"fmt"
	"strings"
	"testing"

	"why403/engine/importer"
	"why403/engine/internal/memory"
	"why403/engine/policy"
	"why403/engine/scenario"
)

// A long scenario is read once: to read it is most of what its import takes.
func TestLongScenarioOnce(t *testing.T) {
	var b strings.Builder
	b.WriteString("-- request --\nprincipal: arn:aws:iam::111122223333:user/bob\naction: sqs:SendMessage\nresource: " +
		"arn:aws:sqs:us-east-1:111122223333:q\n")
	for i := 0; b.Len() < policy.MaxSize+1000; i++ {
		fmt.Fprintf(&b, "-- entity/b%d --\narn: arn:aws:s3:::a-bucket-with-a-long-name-%d\n", i, i)
	}
	text := b.String()
	read := memory.Objects(func() { scenario.Parse(text) })
	if n := memory.Objects(func() { importer.Syntax(text) }); n > read/10 {
		t.Errorf("to tell that it is no code makes %d objects, to read it %d", n, read)
	}
	var r importer.Result
	if n := memory.Objects(func() { r = importer.Import("", text, "") }); n > read*3/2 {
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
	for i := range 16_000 {
		fmt.Fprintf(&b, "-- entity/b%d --\narn: arn:aws:s3:::b%d\n", i, i)
	}
	text := b.String()
	read := memory.Objects(func() { scenario.Parse(text) })
	if n := memory.Objects(func() {
		importer.Import(text, "User: arn:aws:iam::111122223333:user/bob is not authorized to perform: s3:GetObject on resource: "+
			"\"arn:aws:s3:::b1/k\" because no identity-based policy allows the s3:GetObject action", "")
	}); n > read*5/2 {
		t.Errorf("to put a message into it makes %d objects, to read it %d", n, read)
	}
}

// Policies that get a folder, since a message is about another request, are moved
// all at once; and of those of an organization, only new ones are read for what
// they allow.
func TestManyPoliciesBefore(t *testing.T) {
	for _, section := range []string{"identity/p%d.json", "scp/1-root/p%d.json"} {
		bytes := func(n int) int {
			var b strings.Builder
			b.WriteString("-- request --\nprincipal: arn:aws:iam::111122223333:user/ann\naction: sqs:SendMessage\nresource: " +
				"arn:aws:sqs:us-east-1:111122223333:q\n")
			for i := range n {
				fmt.Fprintf(&b, "-- "+section+" --\n{\"Statement\": {\"Effect\": \"Allow\", \"Action\": \"sqs:*\", \"Resource\": \"*\"}}\n", i)
			}
			text := b.String()
			var r importer.Result
			taken := memory.Bytes(func() {
				r = importer.Import(text, "User: arn:aws:iam::444455556666:user/bob is not authorized to perform: s3:GetObject on resource: "+
					"\"arn:aws:s3:::b1/k\" because no identity-based policy allows the s3:GetObject action", "")
			})
			if strings.Count(r.Text, "-- request") != 2 || strings.Contains(r.Text, "\n-- "+fmt.Sprintf(section, n-1)) {
				t.Errorf("%+v\n%.300s", r.Problems, r.Text)
			}
			return taken
		}
		if few, many := bytes(500), bytes(5000); many > few*14 {
			t.Errorf("%s: %d bytes of memory for 500, %d for 5,000", section, few, many)
		}
	}
}

// What has many parts is checked once with the scenario that it is put into.
func TestManyPartsOnce(t *testing.T) {
	before := func() string {
		var b strings.Builder
		b.WriteString("-- request --\nprincipal: arn:aws:iam::111122223333:role/r1\naction: s3:GetObject\nresource: arn:aws:s3:::b1/k\n")
		for i := range 5000 {
			fmt.Fprintf(&b, "-- entity/b%d --\narn: arn:aws:s3:::b%d\n-- entity/b%d/policy.json --\n{\"Statement\": {\"Effect\": \"Allow\", "+
				"\"Principal\": \"*\", \"Action\": \"s3:*\", \"Resource\": \"*\"}}\n", i, i, i)
		}
		return b.String()
	}()
	pasted := ""
	for i := range 40 {
		pasted += fmt.Sprintf("{\"RoleName\": \"r1\", \"PolicyName\": \"p%d\", \"PolicyDocument\": {\"Statement\": {\"Effect\": \"Allow\", "+
			"\"Action\": \"s3:Put*\", \"Resource\": \"*\"}}}\n\n", i)
	}
	read := memory.Objects(func() { scenario.Parse(before) })
	var r importer.Result
	if n := memory.Objects(func() { r = importer.Import(before, "words\n"+pasted, "") }); n > read*3 {
		t.Errorf("to put 40 policies into it makes %d objects, to read it %d", n, read)
	}
	if strings.Count(r.Text, "s3:Put*") != 40 {
		t.Errorf("%d policies, %+v", strings.Count(r.Text, "s3:Put*"), r.Problems)
	}
}

// Where a part makes the scenario wrong, that part is left out, and told: here one
// more request than a file may have.
func TestPartLeftOut(t *testing.T) {
	var b strings.Builder
	for i := range 1023 {
		fmt.Fprintf(&b, "-- request/%d --\nprincipal: arn:aws:iam::111122223333:user/u\naction: sqs:SendMessage\nresource: *\n", i)
	}
	event := func(bucket string) string {
		return `{"eventVersion": "1.08", "eventSource": "s3.amazonaws.com", "eventName": "GetObject", "errorCode": "AccessDenied", ` +
			`"userIdentity": {"type": "IAMUser", "arn": "arn:aws:iam::111122223333:user/u", "accountId": "111122223333"}, "requestParameters": {"bucketName": "` +
			bucket + `", "key": "k"}}`
	}
	r := importer.Import(b.String(), "first\n"+event("b1")+"\nsecond\n"+event("b2")+"\nthird\n"+event("b3"), "")
	if n := strings.Count(r.Text, "-- request/"); n != 1024 || !strings.Contains(r.Text, "arn:aws:s3:::b1/k") {
		t.Errorf("%d requests", n)
	}
	if len(r.Problems) != 2 || r.Problems[0].Code != "unusable" || r.Problems[1].Code != "unusable" {
		t.Errorf("%+v", r.Problems)
	}
}
