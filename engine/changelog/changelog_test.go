package changelog_test

import (
	"slices"
	"testing"

	"why403/engine"
	"why403/engine/answer"
	"why403/engine/catalogue/data"
	"why403/engine/changelog"
	"why403/engine/scenario"
)

func answers(t *testing.T, text string) []answer.Answer {
	t.Helper()
	f := scenario.ParseWith(data.All(), text)
	if f.Errors() {
		t.Fatalf("%+v", f.Problems)
	}
	return answer.File(f)
}

// The rules between two versions are those of the newer ones, the newest first.
func TestBetween(t *testing.T) {
	rules := changelog.Between("1", "3")
	if rules[0].Version != "3" || rules[len(rules)-1].Version != "2" {
		t.Errorf("%s … %s", rules[0].Version, rules[len(rules)-1].Version)
	}
	for _, c := range [][2]string{{"3", "3"}, {"3", "2"}, {"", ""}, {"x", "y"}} {
		if got := changelog.Between(c[0], c[1]); len(got) != 0 {
			t.Errorf("%v: %d rules", c, len(got))
		}
	}
	for version, want := range map[string]bool{"1": true, engine.Version: true, "0": false, "": false, "01": false, "1000": false,
		"-1": false} {
		if changelog.Known(version) != want {
			t.Errorf("Known(%q) is not %v", version, want)
		}
	}
}

// The facts of a request are what rules can name.
func TestFacts(t *testing.T) {
	a := answers(t, `-- request --
principal: sns.amazonaws.com
action: s3:PutObject
resource: arn:aws:s3:::b/*
resource-account: 111122223333
block-public-access: BlockPublicAcls
s3:x-amz-acl:
-- resource.json --
{"Version": "2012-10-17", "Statement": {"Effect": "Deny", "NotPrincipal": {"AWS": "111122223333"}, "NotAction": "s3:Get*",
	"Resource": "arn:aws:s3:::b/${aws:username}",
  "Condition": {"Bool": {"aws:SecureTransport": "true"}, "StringEquals": {"sqs:x": "y"}}}}
`)
	facts := changelog.Facts(&a[0])
	for _, want := range []string{"action:s3:putobject", "resource:arn:aws:s3:::b/*", "caller:service", "accounts:same", "pattern:yes",
		"type:resource",
		"element:notprincipal", "element:notaction", "names:aws=111122223333", "key:aws:securetransport", "key:aws:username", "never:sqs:x",
		"sent:s3:x-amz-acl", "value:empty", "setting:block-public-access", "outcome:" + a[0].Outcome.String(), "checks:one"} {
		if !slices.Contains(facts, want) {
			t.Errorf("%s is not among %q", want, facts)
		}
	}
}

// What an older engine did not tell is not compared.
func TestDrifts(t *testing.T) {
	list := answers(t, "-- request/a --\nprincipal: anonymous\naction: s3:GetObject\nresource: arn:aws:s3:::b/a\n"+
		"-- request/b --\nprincipal: anonymous\naction: s3:GetObject\nresource: arn:aws:s3:::b/b\n")
	if got := changelog.Drifts("1", []engine.Outcome{engine.Allowed}, list); len(got) != 1 || got[0].Request != "a" ||
		got[0].Before != engine.Allowed || got[0].After != engine.ImplicitDeny {
		t.Errorf("%+v", got)
	}
	if got := changelog.Drifts("1", []engine.Outcome{engine.ImplicitDeny, engine.ImplicitDeny, engine.Allowed}, list); len(got) != 0 {
		t.Errorf("%+v", got)
	}
}
