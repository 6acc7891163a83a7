package awscli

import (
	"slices"
	"strings"
	"testing"
)

// reads are how the operations of commands begin that change nothing.
var reads = []string{"get-", "list-", "describe-", "lookup-", "head-", "decode-", "simulate-"}

// Every command only reads, has a name of its own and a page.
func TestCommandsRead(t *testing.T) {
	all := slices.Concat(Resources, others)
	for i := range all {
		c := &all[i]
		if found := Of(c.ID); found == nil || found.Line != c.Line {
			t.Errorf("%s is there twice", c.ID)
		}
		if c.Text == "" || !strings.HasPrefix(c.Doc, "https://") {
			t.Errorf("%s lacks a text or a page", c.ID)
		}
		words, found := strings.Fields(c.Line), false
		for j := 0; j+2 < len(words); j++ {
			if !strings.HasSuffix(words[j], "aws") {
				continue
			}
			found = true
			if !slices.ContainsFunc(reads, func(begin string) bool { return strings.HasPrefix(words[j+2], begin) }) {
				t.Errorf("%s: aws %s %s", c.ID, words[j+1], words[j+2])
			}
		}
		if !found || strings.Contains(c.Line, "get-account-authorization-details") {
			t.Errorf("%s: %q", c.ID, c.Line)
		}
	}
}

// Words are filled once, alone, and only those that have a value.
func TestFill(t *testing.T) {
	values := map[string]string{"ARN": "NAME", "NAME": "x", "POLICY": "no"}
	value := func(word string) (string, bool) { text, ok := values[word]; return text, ok }
	for line, want := range map[string]string{
		"aws --arn ARN --name NAME":                "aws --arn NAME --name x",
		"$(aws --arn ARN)":                         "$(aws --arn NAME)",
		"Key=ResourceName,Value=NAME":              "Key=ResourceName,Value=x",
		"--filter SERVICE_CONTROL_POLICY":          "--filter SERVICE_CONTROL_POLICY",
		"--query Policy.ARNs --attribute QueueARN": "--query Policy.ARNs --attribute QueueARN",
		"BUCKET": "BUCKET",
	} {
		if got := Fill(line, value); got != want {
			t.Errorf("%s is filled as %s, want %s", line, got, want)
		}
	}
}

func TestSuggested(t *testing.T) {
	for action, want := range map[string]bool{"kms:GetKeyPolicy": true, "s3:getBucketPolicy": true, "iam:ListAttachedRolePolicies": true,
		"iam:GetPolicyVersion": true, "kms:Decrypt": false, "s3:GetObject": false} {
		if Suggested(action) != want {
			t.Errorf("%s is suggested: %v", action, !want)
		}
	}
}

// What an ARN tells of the words of a command line, and what it does not tell.
func TestOfARN(t *testing.T) {
	const object, queue = "arn:aws:s3:::reports/2026/q1.csv", "arn:aws:sqs:eu-west-1:111122223333:jobs"
	for _, c := range []struct{ word, arn, want string }{
		{"ARN", queue, queue},
		{"BUCKET", object, "reports"},
		{"BUCKET", queue, ""},
		{"OBJECT", object, "2026/q1.csv"},
		{"OBJECT", "arn:aws:s3:::reports", ""},
		{"NAME", "arn:aws:iam::111122223333:role/ci/deploy", "deploy"},
		{"NAME", "arn:aws:lambda:eu-west-1:111122223333:function:tell", "tell"},
		{"QUEUE", queue, "https://sqs.eu-west-1.amazonaws.com/111122223333/jobs"},
		{"QUEUE", "arn:aws-cn:sqs:cn-north-1:111122223333:jobs", "https://sqs.cn-north-1.amazonaws.com.cn/111122223333/jobs"},
		{"QUEUE", "arn:aws:sqs:::jobs", ""},
		{"TABLE", "arn:aws:dynamodb:eu-west-1:111122223333:table/t/index/i", "arn:aws:dynamodb:eu-west-1:111122223333:table/t"},
		{"PATH", "arn:aws:mediastore:eu-west-1:111122223333:container/a/b", "a/b"},
		{"VAULT", "arn:aws:backup:eu-west-1:111122223333:backup-vault:v", "v"},
		{"QUEUE", "jobs", ""},
		{"ELSE", object, ""},
	} {
		if got := OfARN(c.word, c.arn); got != c.want {
			t.Errorf("%s of %s is %q, not %q", c.word, c.arn, got, c.want)
		}
	}
}
