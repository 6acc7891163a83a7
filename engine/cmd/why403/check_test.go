package main

import (
	"os"
	"strings"
	"testing"
)

const unchecked = `-- a/one.txtar --
Title
== request/read ==
principal: arn:aws:iam::111122223333:user/alice
action: sqs:ReceiveMessage
resource: arn:aws:sqs:us-east-1:111122223333:q
== want/read ==
an old answer
== identity/a.json ==
{"Statement": {"Effect": "Allow", "Action": "sqs:*", "Resource": "*"}}
-- b.txtar --
== request ==
principal: nobody
`

const noPrincipal = "b.txtar: request:1:12: This is not a principal: a principal is the ARN of a user, a role session, a federated user " +
	"session, a role or the account root, a service such as sns.amazonaws.com, a CloudFront origin access identity, or anonymous.\n" +
	"b.txtar: request:1:1: This request has no action. Add a line \"action: …\".\n" +
	"b.txtar: request:1:1: This request has no resource. Add a line \"resource: …\".\n"

// The first answer fails, an update writes the right one, which then passes.
func TestCheck(t *testing.T) {
	files(t, unchecked)
	before := read(t, "a/one.txtar")
	stdout, _, code := run("", "check", "a/one.txtar")
	if code != exitProblems || !strings.HasPrefix(stdout, "a/one.txtar: the answer to the request \"read\" differs\n- an old answer\n+ "+
		"allow\n+ ") || !strings.HasSuffix(stdout, "\n0 passed, 1 failed\n") {
		t.Errorf("exits with %d:\n%s", code, stdout)
	}
	if read(t, "a/one.txtar") != before {
		t.Error("check writes")
	}

	stdout, _, code = run("", "check", "--update", "a")
	if code != exitOK || !strings.HasSuffix(stdout, "a/one.txtar: updated\n1 passed, 0 failed\n") {
		t.Errorf("exits with %d:\n%s", code, stdout)
	}
	after := read(t, "a/one.txtar")
	head, tail, _ := strings.Cut(before, "an old answer\n")
	if !strings.HasPrefix(after, head+"allow\n") || !strings.HasSuffix(after, tail) {
		t.Errorf("more than the want section changes:\n%s", after)
	}
	expect(t, exitOK, "1 passed, 0 failed\n", "check", "a")
	expect(t, exitOK, "1 passed, 0 failed\n", "check", "--update", "a")
	if read(t, "a/one.txtar") != after {
		t.Error("the second update writes")
	}
}

// Lines that differ are printed, the others are not.
func TestCheckDiff(t *testing.T) {
	files(t, unchecked)
	run("", "check", "--update", "a")
	good := read(t, "a/one.txtar")
	for _, c := range []struct{ from, to, want string }{
		{"\nallow\n", "\nexplicit deny\n", "- explicit deny\n+ allow\n"},
		{"\nallow\n", "\nallow\nallow\n", "- allow\n"},
		{"\nallow\n", "\n", "+ allow\n"},
	} {
		write(t, "a/one.txtar", strings.Replace(good, c.from, c.to, 1))
		expect(t, exitProblems, "a/one.txtar: the answer to the request \"read\" differs\n"+c.want+"0 passed, 1 failed\n", "check", "a/one.txtar")
	}
	_, answer, _ := strings.Cut(good, "\nallow\n")
	second, _, _ := strings.Cut(answer, "\n")
	write(t, "a/one.txtar", strings.Replace(good, "\nallow\n"+second+"\n", "\n"+second+"\nallow\n", 1))
	expect(t, exitProblems, "a/one.txtar: the answer to the request \"read\" differs\n  (the same lines in another order)\n0 passed, 1 "+
		"failed\n", "check", "a/one.txtar")
}

func write(t *testing.T, path, text string) {
	t.Helper()
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}

// A request without a want section fails until an update adds one.
func TestCheckMissingWant(t *testing.T) {
	files(t, strings.Replace(unchecked, "== want/read ==\nan old answer\n", "", 1))
	before := read(t, "a/one.txtar")
	expect(t, exitProblems, "a/one.txtar: there is no want section for the request \"read\"; check --update adds it\n0 passed, 1 failed\n",
		"check", "a/one.txtar")
	if _, _, code := run("", "check", "--update", "a/one.txtar"); code != exitOK {
		t.Errorf("exits with %d", code)
	}
	if after := read(t, "a/one.txtar"); !strings.HasPrefix(after, before+"-- want/read --\nallow\n") {
		t.Errorf("%s", after)
	}
	expect(t, exitOK, "1 passed, 0 failed\n", "check", "a/one.txtar")
}

// A file with an error fails, and an update leaves it as it is.
func TestCheckBroken(t *testing.T) {
	files(t, unchecked)
	before := read(t, "b.txtar")
	expect(t, exitProblems, noPrincipal+"0 passed, 1 failed\n", "check", "b.txtar")
	expect(t, exitProblems, noPrincipal+"0 passed, 1 failed\n", "check", "--update", "b.txtar")
	if read(t, "b.txtar") != before {
		t.Error("an update changes a broken file")
	}
	if stdout, _, code := run("", "check", "--update", "b.txtar", "a"); code != exitProblems || !strings.HasSuffix(stdout,
		"a/one.txtar: updated\n1 passed, 1 failed\n") {
		t.Errorf("exits with %d:\n%s", code, stdout)
	}
}

// The scenarios of the project give the answers that they want.
func TestCheckGallery(t *testing.T) {
	stdout, stderr, code := run("", "check", "../../../scenarios")
	if code != exitOK || !strings.HasSuffix(stdout, " passed, 0 failed\n") || stderr != "" {
		t.Errorf("exits with %d:\n%s%s", code, stdout, stderr)
	}
}
