package scenario_test

import (
	"regexp"
	"strings"
	"testing"

	"why403/engine"
	"why403/engine/scenario"
)

func TestSwitchAccounts(t *testing.T) {
	const (
		home  = "111122223333"
		other = "444455556666"
		key   = "action: kms:Decrypt\nresource: arn:aws:kms:us-east-1:111122223333:key/1234-111122223333\n"
	)
	for _, c := range []struct{ name, same, cross string }{
		{"a user", "principal: arn:aws:iam::" + home + ":user/alice\n" + key, "principal: arn:aws:iam::" + other + ":user/alice\n" + key},
		{"a session with its role",
			"principal: arn:aws:sts::" + home + ":assumed-role/app/s\nrole: arn:aws:iam::" + home + ":role/p/app\n" + key,
			"principal: arn:aws:sts::" + other + ":assumed-role/app/s\nrole: arn:aws:iam::" + other + ":role/p/app\n" + key},
		{"a role named in policies",
			"principal: arn:aws:sts::" + home + ":assumed-role/app/s\n" + key + "-- resource.json --\n[\"arn:aws:iam::" + home +
				":role/app\", \"arn:aws:iam::" + home + ":role/app2\", \"arn:aws:iam::" + home + ":root\"]\n",
			"principal: arn:aws:sts::" + other + ":assumed-role/app/s\n" + key + "-- resource.json --\n[\"arn:aws:iam::" + other +
				":role/app\", \"arn:aws:iam::" + home + ":role/app2\", \"arn:aws:iam::" + home + ":root\"]\n"},
		{"the root user",
			"principal:   arn:aws:iam::" + home + ":root\n" + key + "-- resource.json --\n\"arn:aws:iam::" + home + ":root\"\n",
			"principal:   arn:aws:iam::" + other + ":root\n" + key + "-- resource.json --\n\"arn:aws:iam::" + home + ":root\"\n"},
	} {
		same, cross := "-- request --\n"+c.same, "-- request --\n"+c.cross
		if moved, mode, problems := scenario.SwitchAccounts(same); moved != cross || mode != "cross-account" || problems != nil {
			t.Errorf("%s goes to %s, %v:\n%s", c.name, mode, problems, moved)
		}
		if moved, mode, problems := scenario.SwitchAccounts(cross); moved != same || mode != "same-account" || problems != nil {
			t.Errorf("%s comes back to %s, %v:\n%s", c.name, mode, problems, moved)
		}
	}
}

// A bucket whose account nothing tells is judged as the caller's, and stays there
// when the caller leaves.
func TestSwitchBucket(t *testing.T) {
	const asks = "action: s3:GetObject\nresource: arn:aws:s3:::b/k\n"
	moved, mode, problems := scenario.SwitchAccounts("-- request --\n" + alice + asks)
	want := "-- request --\nprincipal: arn:aws:iam::444455556666:user/alice\n" + asks + "resource-account: 111122223333\n"
	if moved != want || mode != "cross-account" || problems != nil {
		t.Errorf("%s, %v:\n%s", mode, problems, moved)
	}
}

// A caller of the second account goes to a third.
func TestSwitchFromSecondAccount(t *testing.T) {
	text := strings.ReplaceAll(ask, "111122223333", "444455556666")
	moved, mode, _ := scenario.SwitchAccounts(text)
	if !strings.Contains(moved, "principal: arn:aws:iam::111122223333:user/alice") || mode != "cross-account" {
		t.Errorf("%s\n%s", mode, moved)
	}
}

// What cannot be moved stays, and a problem says why.
func TestSwitchImpossible(t *testing.T) {
	for _, c := range []struct{ text, mode, code string }{
		{"", "same-account", "missing-request"},
		{"-- request --\nprincipal: x\n", "same-account", "bad-principal"},
		{"-- request --\nprincipal: anonymous\n" + decrypt + key, "same-account", "no-accounts"},
		{"-- request/a --\nprincipal: sns.amazonaws.com\n" + decrypt + key, "same-account", "no-accounts"},
		{"-- request --\n" + alice + "action: s3:ListAllMyBuckets\nresource: *\n", "same-account", "no-accounts"},
		{"-- request --\n" + alice +
			"action: s3:GetObject\nresource: arn:aws:s3:::b/k\nresource-account: 111122223333\nobject-ownership: ObjectWriter\nobject-owner: " +
			"444455556666\n",
			"cross-account", "not-movable"},
	} {
		moved, mode, problems := scenario.SwitchAccounts(c.text)
		if moved != c.text || mode != c.mode || len(problems) == 0 || problems[0].Code != c.code {
			t.Errorf("%s\n%s %v\n%s", c.text, mode, problems, moved)
		}
	}
}

// In the gallery: the mode flips; only accounts change; and back again the
// request is decided as before where nothing mentions the caller's account
// but by the ARNs of the caller.
func TestSwitchGallery(t *testing.T) {
	switched, back := 0, 0
	for path, text := range gallery(t) {
		f := scenario.Parse(text)
		r := f.Requests[0].Check
		moved, mode, problems := scenario.SwitchAccounts(text)
		if len(problems) > 0 {
			if moved != text {
				t.Errorf("%s changes for all its problems", path)
			}
			continue
		}
		switched++
		after := scenario.Parse(moved)
		if after.Errors() || (mode == "cross-account") != after.Requests[0].Check.CrossAccount() ||
			after.Requests[0].Check.CrossAccount() == r.CrossAccount() {
			t.Errorf("%s: %s, %v", path, mode, after.Problems)
			continue
		}
		if got, want := withoutAccounts(moved), withoutAccounts(text); got != want {
			t.Errorf("%s changes elsewhere:\n%s\n%s", path, want, got)
		}
		if mode != "cross-account" || strings.Contains(text, "444455556666") {
			continue
		}
		again, mode, problems := scenario.SwitchAccounts(moved)
		if mode != "same-account" || len(problems) > 0 || strings.Replace(again, "resource-account: "+r.ResourceAccount+"\n", "",
			1) != strings.Replace(text, "resource-account: "+r.ResourceAccount+"\n", "", 1) {
			t.Errorf("%s does not come back: %v\n%s", path, problems, again)
			continue
		}
		back++
		first := scenario.Parse(again)
		before, now := engine.Decide(r).Outcome, engine.Decide(first.Requests[0].Check).Outcome
		if before != now {
			t.Errorf("%s: %s becomes %s", path, before, now)
		}
	}
	if switched < 50 || back < 30 {
		t.Errorf("only %d switched, %d came back", switched, back)
	}
}

var accounts = regexp.MustCompile(`\b\d{12}\b`)

// withoutAccounts takes out the accounts, and the line that the switch may add.
func withoutAccounts(text string) string {
	return strings.Replace(accounts.ReplaceAllString(text, "ACCOUNT"), "resource-account: ACCOUNT\n", "", 1)
}
