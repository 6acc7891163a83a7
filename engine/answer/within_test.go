package answer_test

import (
	"fmt"
	"math"
	"reflect"
	"strings"
	"testing"

	"why403/engine/answer"
	"why403/engine/scenario"
)

const asks = "principal: arn:aws:iam::111122223333:user/bob\naction: sqs:SendMessage\nresource: arn:aws:sqs:us-east-1:111122223333:q\n"

// requests is so many sections, each with these lines.
func requests(n int, lines string) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, "-- request/r%d --\n%s", i, lines)
	}
	return b.String()
}

// With steps enough the answers are those of File, and with too few there are none.
func TestWithin(t *testing.T) {
	text := requests(3, asks+"unknown: aws:PrincipalTag/a\n") +
		`-- identity/p.json --` + "\n" + `{"Statement": {"Effect": "Allow", "Action": "*", "Resource": "*", "Condition": {"StringEquals": ` +
		`{"aws:PrincipalTag/a": "b"}}}}` + "\n"
	got, ok := answer.Within(scenario.Parse(text), math.MaxInt)
	want := answer.File(scenario.Parse(text))
	if !ok || len(got) != 3 {
		t.Fatalf("%d answers, %v", len(got), ok)
	}
	for i := range got {
		if !reflect.DeepEqual(got[i].Lines(), want[i].Lines()) {
			t.Errorf("%q, not %q", got[i].Lines(), want[i].Lines())
		}
	}
	if got, ok := answer.Within(scenario.Parse(text), 100_000); ok || got != nil {
		t.Errorf("100,000 steps are enough for three requests: %d answers", len(got))
	}
}

// What an answer depends on, what a call may ask besides, long words and the words
// of many values all take steps.
func TestWithinCounts(t *testing.T) {
	var keys, principals, sids, grants strings.Builder
	for i := range 40 {
		fmt.Fprintf(&keys, `{"Effect": "Deny", "Action": "*", "Resource": "*", "Condition": {"StringLike": {"aws:PrincipalTag/k%d": `+
			`["v*%d", "*w%d", "a?b*"]}}},`, i, i, i)
		fmt.Fprintf(&sids, `{"Sid": "%s%d", "Effect": "Deny", "Action": "*", "Resource": "*"},`, strings.Repeat("S", 300), i)
	}
	for i := range 900 {
		fmt.Fprintf(&principals, `"%d",`, 222200000000+i)
	}
	for i := range 100 {
		fmt.Fprintf(&grants, `{"GrantId": "g%d", "GranteePrincipal": "arn:aws:iam::111122223333:user/bob", "Operations": ["Decrypt"], `+
			`"Constraints": {"EncryptionContextSubset": {"a%d": "b"}}},`, i, i%30)
	}
	allow := `{"Effect": "Allow", "Action": "*", "Resource": "*"}`
	identity := func(statements string) string {
		return "-- identity/p.json --\n{\"Statement\": [" + statements + allow + "]}\n"
	}
	for name, text := range map[string]string{
		"keys": requests(300, asks+"unknown: *\n") + identity(keys.String()),
		"grants": requests(170, strings.NewReplacer("sqs:SendMessage", "kms:Decrypt", "arn:aws:sqs:us-east-1:111122223333:q",
			"arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab").Replace(asks)+"unknown: *\n") +
			"-- grants.json --\n[" + strings.TrimSuffix(grants.String(), ",") + "]\n",
		"principals": requests(170, asks) + "-- resource.json --\n{\"Statement\": {\"Effect\": \"Deny\", \"Action\": \"*\", " +
			"\"Resource\": \"*\", " +
			"\"NotPrincipal\": {\"AWS\": [" + principals.String() + "\"222200000000\"]}}}\n",
		"sids": requests(350, asks) + identity(sids.String()),
	} {
		f := scenario.Parse(text)
		if f.Errors() || len(text) > 128<<10 {
			t.Fatalf("%s: %d bytes, %v", name, len(text), f.Problems)
		}
		if _, ok := answer.Within(f, 1<<24); ok {
			t.Errorf("%s: %d requests are answered within 2^24 steps", name, len(f.Requests))
		}
	}
}
