package answer_test

import (
	"strings"
	"testing"

	"why403/engine/answer"
	"why403/engine/catalogue/data"
	"why403/engine/scenario"
)

func withCatalogue(t *testing.T, text string) answer.Answer {
	t.Helper()
	f := scenario.ParseWith(data.All(), text)
	if f.Errors() {
		t.Fatalf("%+v", f.Problems)
	}
	return answer.File(f)[0]
}

const download = `-- request --
principal: arn:aws:iam::111122223333:user/ann
action: s3:GetObject
resource: arn:aws:s3:::b/o
resource-account: 111122223333
-- identity/a.json --
{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": ACTIONS, "Resource": "*"}}
`

// Whether S3 says that an object is not there depends on s3:ListBucket, and
// each answer to a download says how that would be decided.
func TestMissingObject(t *testing.T) {
	for actions, want := range map[string]string{`"s3:GetObject"`: "implicit deny", `["s3:GetObject", "s3:ListBucket"]`: "allow",
		`"sqs:*"`: "implicit deny"} {
		a := withCatalogue(t, strings.Replace(download, "ACTIONS", actions, 1))
		found := false
		for i := range a.Possible {
			p := &a.Possible[i]
			if p.Action != "s3:ListBucket" {
				continue
			}
			found = true
			line := "if there is no such object: s3:ListBucket on arn:aws:s3:::b by arn:aws:iam::111122223333:user/ann: " + want +
				"; with it S3 answers 404"
			if p.Outcome() != want || !strings.HasPrefix(p.Line(), line) {
				t.Errorf("with %s: %s: %s", actions, p.Outcome(), p.Line())
			}
		}
		if !found {
			t.Errorf("with %s nothing is said of a missing object", actions)
		}
	}
}

// A check of which too little is known has no outcome.
func TestUnknownKey(t *testing.T) {
	a := withCatalogue(t, strings.Replace(download, "ACTIONS", `"s3:*"`, 1))
	for i := range a.Possible {
		if p := &a.Possible[i]; p.Action == "kms:Decrypt" &&
			(p.Outcome() != "" || !strings.HasPrefix(p.Line(), "if the object is encrypted with SSE-KMS: kms:Decrypt; ")) {
			t.Errorf("%q: %s", p.Outcome(), p.Line())
		}
	}
}
