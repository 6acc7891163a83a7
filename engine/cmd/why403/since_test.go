package main

import (
	"strings"
	"testing"

	"why403/engine"
	"why403/engine/link"
)

const spared = `-- spared.txtar --
An account in NotPrincipal
== request ==
principal: arn:aws:iam::111122223333:user/alice
action: s3:GetObject
resource: arn:aws:s3:::reports/a
resource-account: 111122223333
== identity/a.json ==
{"Statement": {"Effect": "Allow", "Action": "s3:*", "Resource": "*"}}
== resource.json ==
{"Statement": {"Effect": "Deny", "NotPrincipal": {"AWS": "arn:aws:iam::111122223333:root"}, "Action": "s3:*", "Resource": "*"}}
== want ==
allow
-- none.txtar --
No wanted answer
== request ==
principal: anonymous
action: s3:GetObject
resource: arn:aws:s3:::reports/a
`

const changedSince = "the answer to the request \"\" was allow and is now explicit deny\n" +
	"  version 2: An account in NotPrincipal spares its root user alone, not its users and roles. " +
	"https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_notprincipal.html\n"

// The rules since the version that is named are listed, those that can have
// changed the answer; where there are none, that is said.
func TestCheckSince(t *testing.T) {
	files(t, spared)
	expect(t, exitProblems, "spared.txtar: "+changedSince+"1 answers compared, 1 changed since version 1, 0 could not be compared\n",
		"check", "--since", "1", "spared.txtar")
	expect(t, exitProblems, "spared.txtar: the answer to the request \"\" was allow and is now explicit deny\n"+
		"  no rule of the changelog explains it\n1 answers compared, 1 changed since version 2, 0 could not be compared\n",
		"check", "--since", "2", "spared.txtar")
	expect(t, exitProblems, "none.txtar: there is no wanted outcome of the request \"\"; check --update adds it\n"+
		"0 answers compared, 0 changed since version 1, 1 could not be compared\n", "check", "--since", "1", "none.txtar")
	run("", "check", "--update", "spared.txtar")
	expect(t, exitOK, "1 answers compared, 0 changed since version 1, 0 could not be compared\n", "check", "--since", "1", "spared.txtar")
}

// A link carries the version that made it, which is nearer than the one that is
// named, and is nobody else's; of one that nobody has heard of the named one counts.
// One that can't be read, or carries no answer, is told with its line.
func TestCheckLinksSince(t *testing.T) {
	files(t, spared)
	text := read(t, "spared.txtar")
	old, err := link.Encode(text, "1", []engine.Outcome{engine.Allowed})
	if err != nil {
		t.Fatal(err)
	}
	newer := strings.Replace(old, "&e=1", "&e=2", 1)
	bare, _, _ := strings.Cut(old, "&")
	unheard := strings.Replace(old, "&e=1", "&e=99", 1)
	files(t, "-- links.txt --\nhttps://why403.example/"+old+"\n\n"+newer+"\n"+bare+"\n#s=abc\n"+unheard+"\n")
	expect(t, exitProblems, "links.txt:1: "+changedSince+
		"links.txt:3: the answer to the request \"\" was allow and is now explicit deny\n  no rule of the changelog explains it\n"+
		"links.txt:4: the link does not say what was answered when it was made\n"+
		"links.txt:5: The link was cut off after 3 characters. Ask for it again, or for the file.\n"+
		"links.txt:6: "+changedSince+
		"3 answers compared, 3 changed since version 1, 2 could not be compared\n", "check", "--since", "1", "links.txt")
}

func TestCheckSinceUsage(t *testing.T) {
	files(t, spared)
	for _, args := range []string{"--since 0 spared.txtar", "--since x spared.txtar", "--since 1000 spared.txtar",
		"--since 01 spared.txtar", "--since 1 --update spared.txtar", "--since 1"} {
		if _, stderr, code := run("", append([]string{"check"}, strings.Fields(args)...)...); code != exitUsage || stderr == "" {
			t.Errorf("check %s exits with %d: %s", args, code, stderr)
		}
	}
}
