package engine_test

import (
	"fmt"
	"strings"
	"testing"

	"why403/engine"
	"why403/engine/answer"
	"why403/engine/policy"
	"why403/engine/scenario"
)

// read parses a scenario that the test wrote.
func read(t testing.TB, text string) *scenario.File {
	t.Helper()
	f := scenario.Parse(text)
	if f.Errors() {
		t.Fatalf("%+v\n%.2000s", f.Problems, text)
	}
	return f
}

const simple = `-- request --
principal: arn:aws:iam::111122223333:user/bob
action: s3:GetObject
resource: arn:aws:s3:::reports/2026.csv
resource-account: 111122223333
-- identity/read.json --
{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "s3:Get*", "Resource": "arn:aws:s3:::reports/*"}}
`

const keyAcross = `-- request --
principal: arn:aws:sts::444455556666:assumed-role/app/one
action: kms:Decrypt
resource: arn:aws:kms:us-east-1:111122223333:key/1234abcd
kms:EncryptionContext:app: reports
kms:EncryptionContext:stage: live
-- resource.json --
{"Version": "2012-10-17", "Statement": [
  {"Sid": "Owner", "Effect": "Allow", "Principal": {"AWS": "arn:aws:iam::111122223333:root"}, "Action": "kms:*", "Resource": "*"},
  {"Sid": "Use", "Effect": "Allow", "Principal": {"AWS": "arn:aws:iam::444455556666:root"}, "Action": ["kms:Decrypt", "kms:DescribeKey"], "Resource": "*",
   "Condition": {"StringEquals": {"kms:EncryptionContext:app": "reports"}}}]}
-- identity/app.json --
{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "kms:Decrypt", "Resource": "arn:aws:kms:*:111122223333:key/*"}}
-- grants.json --
[{"GranteePrincipal": "arn:aws:iam::444455556666:role/app", "IssuingAccount": "arn:aws:iam::111122223333:root", "Operations": ["Decrypt", "Encrypt"],
  "Constraints": {"EncryptionContextSubset": {"app": "reports"}}},
 {"GranteePrincipal": "arn:aws:iam::444455556666:role/other", "IssuingAccount": "arn:aws:iam::444455556666:root", "Operations": ["Decrypt"],
  "Constraints": {"EncryptionContextEquals": {"app": "reports"}}}]
`

const sharedBucket = `-- request --
principal: arn:aws:iam::444455556666:user/bob
action: s3:GetObject
resource: arn:aws:s3:::reports/2026.csv
resource-account: 111122223333
object-ownership: ObjectWriter
block-public-access: RestrictPublicBuckets
-- identity/read.json --
{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "s3:Get*", "Resource": "arn:aws:s3:::reports/*"}}
-- resource.json --
{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Principal": "*", "Action": "s3:List*", "Resource": "arn:aws:s3:::reports",
  "Condition": {"IpAddress": {"aws:SourceIp": ["203.0.113.0/24", "2001:db8::/32"]}}}}
-- object-acl.json --
{"Grants": [{"Grantee": {"URI": "http://acs.amazonaws.com/groups/global/AllUsers"}, "Permission": "READ"}, {"Grantee": {"ID": "444455556666"}, "Permission": "FULL_CONTROL"}]}
`

// conditioned is policies of statements with three operators each. None but the
// last statement matches, and nothing before its last operator tells.
func conditioned(policies, statements int) string {
	var b strings.Builder
	b.WriteString(`-- request --
principal: arn:aws:sts::111122223333:assumed-role/app/one
action: dynamodb:GetItem
resource: arn:aws:dynamodb:us-east-1:111122223333:table/orders
aws:SourceIp: 203.0.113.7
aws:PrincipalTag/team: shop
aws:CurrentTime: 2026-05-01T12:00:00Z
`)
	for p := range policies {
		fmt.Fprintf(&b, "-- identity/p%d.json --\n{\"Version\": \"2012-10-17\", \"Statement\": [", p)
		for s := range statements {
			year := 2020
			if p == policies-1 && s == statements-1 {
				year = 2030
			}
			fmt.Fprintf(&b, `
  {"Sid": "S%d", "Effect": "Allow", "Action": ["dynamodb:Get*", "dynamodb:Query"], "Resource": "arn:aws:dynamodb:*:111122223333:table/*",
   "Condition": {"StringLike": {"aws:PrincipalTag/team": ["sh?p", "store-*"]}, "IpAddress": {"aws:SourceIp": "203.0.113.0/24"}, "DateLessThan": {"aws:CurrentTime": "%d-01-01T00:00:00Z"}}}`, s, year)
			if s < statements-1 {
				b.WriteByte(',')
			}
		}
		b.WriteString("]}\n")
	}
	return b.String()
}

// noted is a scenario in which nearly every condition is one to note.
func noted() string {
	var b strings.Builder
	b.WriteString("-- request --\nprincipal: arn:aws:iam::111122223333:user/bob\naction: sqs:SendMessage\nresource: " +
		"arn:aws:sqs:us-east-1:111122223333:q\n" +
		"aws:SourceIp: somewhere\naws:RequestTag/a: x\naws:RequestTag/a: y\n-- identity/odd.json --\n{\"Version\": \"2012-10-17\", " +
		"\"Statement\": [")
	for i := range 100 {
		fmt.Fprintf(&b, `{"Effect": "Allow", "Action": "sqs:*", "Resource": "*", "Condition": {"IpAddress": {"aws:SourceIp": "203.0.113.0/24"},
  "StringEquals": {"aws:RequestTag/a": "x", "aws:username": "${aws:PrincipalTag/%d}"}, "NumericEquals": {"aws:username": "1"}, "NoSuchOperator": {"aws:username": "bob"}}},`, i)
	}
	b.WriteString(`{"Effect": "Allow", "Action": "sqs:*", "Resource": "*"}]}`)
	return b.String()
}

// benchmark decides with a warm evaluator.
func benchmark(b *testing.B, text string, want engine.Outcome) {
	f := read(b, text)
	r := f.Requests[0].Check
	var e engine.Decider
	if d := e.Decide(r); d.Outcome != want {
		b.Fatalf("%v, want %v", d.Outcome, want)
	}
	b.ReportAllocs()
	for b.Loop() {
		e.Decide(r)
	}
}

func BenchmarkSimple(b *testing.B)          { benchmark(b, simple, engine.Allowed) }
func BenchmarkKMSCrossAccount(b *testing.B) { benchmark(b, keyAcross, engine.Allowed) }
func BenchmarkS3ACL(b *testing.B)           { benchmark(b, sharedBucket, engine.Allowed) }
func Benchmark200Statements(b *testing.B)   { benchmark(b, conditioned(10, 20), engine.Allowed) }

// BenchmarkStatements: the cost of a decision is linear in the statements.
func BenchmarkStatements(b *testing.B) {
	for _, n := range []int{10, 100, 1_000, 10_000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			check := manyStatements(b, n)
			var e engine.Decider
			e.Decide(check)
			b.ReportAllocs()
			for b.Loop() {
				e.Decide(check)
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(n), "ns/statement")
		})
	}
}

// manyStatements compiles n statements past the size that a file may have.
func manyStatements(t testing.TB, n int) *engine.Check {
	t.Helper()
	f := read(t, conditioned(1, 10))
	d := *f.Requests[0].Check.Policies[0].Document
	one := d.Statements
	for len(d.Statements) < n {
		d.Statements = append(d.Statements, one...)
	}
	check := *f.Requests[0].Check
	check.Policies = []*engine.Policy{engine.NewPolicy(&d, 0)}
	return &check
}

// BenchmarkParseAndDecide72KB reads about 72 KB of policies and decides.
func BenchmarkParseAndDecide72KB(b *testing.B) {
	text := conditioned(10, 22)
	if len(text) < 68<<10 || len(text) > 76<<10 {
		b.Fatalf("%d bytes", len(text))
	}
	b.SetBytes(int64(len(text)))
	b.ReportAllocs()
	for b.Loop() {
		f := scenario.Parse(text)
		engine.Decide(f.Requests[0].Check)
	}
}

// BenchmarkEdit72KB reads the same after an edit of one of ten policies.
func BenchmarkEdit72KB(b *testing.B) { benchmarkEdit(b, conditioned(10, 22), "shop") }

// BenchmarkEditLargeWorld reads 2 MB of 1,000 policies after an edit of one.
func BenchmarkEditLargeWorld(b *testing.B) { benchmarkEdit(b, largeWorld(), "bucket-250/*") }

// benchmarkEdit reads a file as a person types in it, and decides.
func benchmarkEdit(b *testing.B, text, word string) {
	before, after, _ := strings.Cut(text, word)
	versions := [...]string{text, before + "x" + word + after}
	kept := read(b, text).Kept()
	b.SetBytes(int64(len(text)))
	b.ReportAllocs()
	for i := 1; b.Loop(); i++ {
		f := kept.Parse(nil, versions[i%2])
		engine.Decide(f.Requests[0].Check)
		kept = f.Kept()
	}
}

// wildcards is a file with one resource pattern a*a*a*… of this size, what it
// ends with, and a resource of nothing but the letter a, as long as one that is
// compared.
func wildcards(size int, end string) string {
	return "-- request --\nprincipal: arn:aws:iam::111122223333:user/bob\naction: s3:GetObject\nresource: arn:aws:s3:::" +
		strings.Repeat("a", policy.MaxText-len("arn:aws:s3:::")) +
		"\n-- identity/p.json --\n{\"Version\": \"2012-10-17\", \"Statement\": {\"Effect\": \"Allow\", \"Action\": \"*\", \"Resource\": " +
		"\"arn:aws:s3:::" +
		strings.Repeat("a*", size/2) + end + "\"}}\n"
}

// worstWildcards fills a file of 1 MiB.
func worstWildcards() string {
	return wildcards(policy.MaxSize-len(wildcards(0, "b")), "b")
}

// BenchmarkWildcards reads and decides the worst of wildcards.
func BenchmarkWildcards(b *testing.B) {
	text := worstWildcards()
	b.SetBytes(int64(len(text)))
	b.ReportAllocs()
	for b.Loop() {
		f := scenario.Parse(text)
		engine.Decide(f.Requests[0].Check)
	}
}

// largeWorld is 500 roles and 500 buckets, each with a policy of about 2 KB, and
// a request for the last of them.
func largeWorld() string {
	var b strings.Builder
	b.WriteString("-- request --\nprincipal: arn:aws:sts::111122223333:assumed-role/role-499/i-0abc\naction: s3:GetObject\nresource: " +
		"arn:aws:s3:::bucket-499/2026.csv\n")
	for i := range 500 {
		fmt.Fprintf(&b, "-- entity/role-%d --\narn: arn:aws:iam::111122223333:role/service/role-%d\n-- entity/role-%d/identity/p.json --\n",
			i, i, i)
		b.WriteString(`{"Version": "2012-10-17", "Statement": [`)
		for j := range 9 {
			fmt.Fprintf(&b, `{"Sid": "S%d", "Effect": "Allow", "Action": ["dynamodb:Get*", "dynamodb:Query"], "Resource": `+
				`"arn:aws:dynamodb:*:111122223333:table/t%d/*", "Condition": {"StringLike": {"aws:PrincipalTag/team": ["sh?p", "store-*"]}}},`, j, j)
		}
		fmt.Fprintf(&b, `{"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::bucket-%d/*"}]}`, i)
		fmt.Fprintf(&b, "\n-- entity/bucket-%d --\narn: arn:aws:s3:::bucket-%d\naccount: 111122223333\n-- entity/bucket-%d/policy.json --\n",
			i, i, i)
		b.WriteString(`{"Version": "2012-10-17", "Statement": [`)
		for j := range 8 {
			fmt.Fprintf(&b, `{"Sid": "S%d", "Effect": "Deny", "Principal": "*", "Action": ["s3:Put*", "s3:Delete*"], "Resource": `+
				`"arn:aws:s3:::bucket-%d/*", "Condition": {"StringNotEquals": {"aws:PrincipalTag/team": ["shop", "store-%d"]}}},`, j, i, j)
		}
		fmt.Fprintf(&b, `{"Effect": "Allow", "Principal": {"AWS": "444455556666"}, "Action": "s3:GetObject", "Resource": `+
			`"arn:aws:s3:::bucket-%d/*"}]}`, i)
		b.WriteByte('\n')
	}
	return b.String()
}

// BenchmarkLargeWorld reads and compiles 2 MB of 1,000 entities, asks it, and
// asks it for every principal.
func BenchmarkLargeWorld(b *testing.B) {
	text := largeWorld()
	b.Run("compile", func(b *testing.B) {
		b.SetBytes(int64(len(text)))
		for b.Loop() {
			scenario.Parse(text)
		}
	})
	f := read(b, text)
	b.Run("decide", func(b *testing.B) {
		var d engine.Decider
		if got := d.Decide(f.Requests[0].Check).Outcome; got != engine.Allowed {
			b.Fatal(got)
		}
		b.ReportAllocs()
		for b.Loop() {
			d.Decide(f.Requests[0].Check)
		}
	})
	b.Run("ask", func(b *testing.B) {
		for b.Loop() {
			if _, err := f.Requests[0].World.Decide(f.Requests[0].Request); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("who", func(b *testing.B) {
		for b.Loop() {
			if n := len(answer.AskAll(f).Cells); n != 500 {
				b.Fatal(n)
			}
		}
	})
}

// tenUnknowns depends on seven policy types and three condition keys.
const tenUnknowns = `-- request --
principal: arn:aws:sts::111122223333:assumed-role/app/one
action: s3:GetObject
resource: arn:aws:s3:::reports/2026.csv
resource-account: 444455556666
unknown: scp rcp boundary session endpoint resource identity aws:SourceIp aws:PrincipalTag/team
-- identity/app.json --
{"Version": "2012-10-17", "Statement": [
  {"Effect": "Allow", "Action": "s3:*", "Resource": "*", "Condition": {"StringEquals": {"aws:RequestedRegion": ["eu-west-1", "eu-central-1"]}}},
  {"Effect": "Deny", "Action": "*", "Resource": "*", "Condition": {"NotIpAddress": {"aws:SourceIp": ["203.0.113.0/24", "198.51.100.0/24"]}}},
  {"Effect": "Deny", "Action": "s3:*", "Resource": "*", "Condition": {"StringNotLike": {"aws:PrincipalTag/team": ["shop-*", "ops"]}}}]}
`

// BenchmarkTenUnknowns finds what a decision depends on.
func BenchmarkTenUnknowns(b *testing.B) {
	f := read(b, tenUnknowns)
	var e engine.Decider
	b.ReportAllocs()
	for b.Loop() {
		if d := e.Decide(f.Requests[0].Check); d.Outcome != engine.Undecided || len(d.Depends.On) != 10 || d.Depends.Partial {
			b.Fatal(d.Outcome, d.Depends)
		}
	}
}
