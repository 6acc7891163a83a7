package engine_test

import (
	"fmt"
	"strings"
	"testing"

	"why403/engine/answer"
	"why403/engine/scenario"
)

// mostWork is files whose decision takes about all the work that there may be,
// each by another kind.
func mostWork() map[string]string {
	file := func(lines, operator, values string) string {
		return "-- request --\nprincipal: arn:aws:iam::111122223333:user/bob\naction: s3:GetObject\nresource: " +
			"arn:aws:s3:::b/k\nresource-account: 111122223333\n" + lines +
			"-- identity/p.json --\n{\"Version\": \"2012-10-17\", \"Statement\": {\"Effect\": \"Allow\", \"Action\": \"*\", \"Resource\": \"*\", " +
			"\"Condition\": {\"" + operator +
			"\": {\"aws:TagKeys\": [" + values + "\"x\"]}}}}\n"
	}
	patterns := func(pattern string, n int) string { return strings.Repeat("\""+pattern+"\", ", n) }
	tags := strings.Repeat("aws:TagKeys: "+strings.Repeat("a", 20)+"\n", 100)
	return map[string]string{
		"costly patterns": file("aws:TagKeys: "+strings.Repeat("a", 8_000)+"b\n", "ForAnyValue:StringLike",
			patterns("*"+strings.Repeat("?", 300)+"cb*", 27)),
		"variables": file("aws:PrincipalTag/x: "+strings.Repeat("a", 10_000)+"\n"+tags, "ForAnyValue:StringLike",
			patterns("${aws:PrincipalTag/x}b", 900)),
		"other variables": file("aws:PrincipalTag/x: "+strings.Repeat("a", 6_000)+"\n"+tags, "ForAnyValue:StringLike",
			patterns("*${aws:PrincipalTag/x}*b", 1_600)),
		"short values": file(strings.Repeat("aws:TagKeys: ab\n", 110), "ForAllValues:StringNotEqualsIgnoreCase", patterns("ac", 70_000)),
		"set products": file(tags, "ForAnyValue:StringNotLike", patterns("*aaa*b", 60_000)),
	}
}

// BenchmarkMostWork: what the budget of work comes to in time.
func BenchmarkMostWork(b *testing.B) {
	for name, text := range mostWork() {
		b.Run(name, func(b *testing.B) {
			f := read(b, text)
			work := f.Requests[0].Check.Work()
			for b.Loop() {
				answer.File(f)
			}
			b.ReportMetric(float64(work)/scenario.MaxWork, "budget")
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(work), "ns/step")
		})
	}
}

// The budget of work is a hundred times what large policies in use take, and
// what would take seconds is over it.
func TestWork(t *testing.T) {
	if work := read(t, conditioned(10, 22)).Requests[0].Check.Work(); work > scenario.MaxWork/100 {
		t.Errorf("72 KB of policies: %d of %d steps", work, scenario.MaxWork)
	}
	for name, text := range mostWork() {
		work := read(t, text).Requests[0].Check.Work()
		double := scenario.Parse(strings.Replace(text, "resource: arn:aws:s3:::b/k\n",
			"resource: arn:aws:s3:::b/k\nresource: arn:aws:s3:::b/l\n", 1))
		if work < scenario.MaxWork*8/10 || !double.Errors() {
			t.Errorf("%s: %d of %d steps; twice as much has errors: %v", name, work, scenario.MaxWork, double.Errors())
		}
	}
}

// Patterns that people ask about policies as they are in use take little of the
// budget; many, about policies with hundreds of resources, are over it.
func TestWholeWork(t *testing.T) {
	text := func(requests, resources int) string {
		var b strings.Builder
		for i := range requests {
			fmt.Fprintf(&b, "-- request/%d --\nprincipal: arn:aws:iam::111122223333:user/bob\naction: sqs:SendMessage\nresource: "+
				"arn:aws:sqs:us-east-1:111122223333:*\n", i)
		}
		b.WriteString("-- identity/p.json --\n{\"Statement\": {\"Effect\": \"Deny\", \"Action\": \"*\", \"Resource\": [")
		for i := range resources {
			fmt.Fprintf(&b, `"arn:aws:sqs:us-east-1:111122223333:q%d*",`, i)
		}
		return b.String() + "\"arn:aws:sqs:*:*:x\"]}}\n"
	}
	if f := scenario.Parse(text(100, 50)); f.Errors() || f.Requests[0].Check.WholeWork() > scenario.MaxWork/200 {
		t.Errorf("100 patterns, 50 resources: %d steps each, %v", f.Requests[0].Check.WholeWork(), f.Problems)
	}
	if f := scenario.Parse(text(100, 700)); !f.Errors() {
		t.Errorf("100 patterns, 700 resources: %d steps each are not too many", f.Requests[0].Check.WholeWork())
	}
}

// What it takes to hold patterns against entities counts too: the longer both
// are, the more.
func TestWholeWorkOfEntities(t *testing.T) {
	text := func(requests, long int) string {
		var b strings.Builder
		for i := range requests {
			fmt.Fprintf(&b, "-- request/%d --\nprincipal: arn:aws:iam::111122223333:user/bob\naction: s3:GetObject\nresource: "+
				"arn:aws:s3:::*%s*\n", i, strings.Repeat("a", long))
		}
		for i := range 60 {
			fmt.Fprintf(&b, "-- entity/e%d --\narn: arn:aws:s3:::%s%d\naccount: 111122223333\n", i, strings.Repeat("b", long), i)
		}
		return b.String()
	}
	if f := scenario.Parse(text(20, 8)); f.Errors() {
		t.Errorf("20 patterns over 60 entities are too many: %v", f.Problems)
	}
	if f := scenario.Parse(text(20, 1_000)); !f.Errors() {
		t.Errorf("20 long patterns over 60 long names: %d steps each are not too many", f.Requests[0].Check.WholeWork())
	}
}
