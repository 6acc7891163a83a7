package main

import (
	"encoding/json"
	"strings"
	"testing"

	"why403/engine/report"
)

const scenarios = `-- good/two.txtar --
Two requests
== request/read ==
principal: arn:aws:iam::111122223333:user/alice
action: sqs:ReceiveMessage
resource: arn:aws:sqs:us-east-1:111122223333:q
== request/write ==
principal: arn:aws:iam::111122223333:user/alice
action: sqs:SendMessage
resource: arn:aws:sqs:us-east-1:111122223333:q
== identity/a.json ==
{"Statement": {"Effect": "Allow", "Action": "sqs:ReceiveMessage", "Resource": "*"}}
-- good/deep/one.txtar --
== request ==
principal: arn:aws:iam::111122223333:user/<b>
action: s3:GetObject
resource: arn:aws:s3:::b/k
resource-account: 111122223333
== resource.json ==
{"Statement": {"Effect": "Deny", "Principal": "*", "Action": "s3:*", "Resource": "*"}}
-- good/notes.txt --
no scenario
-- bad.txtar --
== request ==
principal: arn:aws:iam::111122223333:user/alice
action: sqs:ReceiveMessage
resource: q
== identity/a.json ==
{
  "Statement": {"Effect": "allow", "Action": "sqs:*", "Resource": "*"}
}
== nonsense ==
-- warning.txtar --
== request ==
principal: arn:aws:iam::111122223333:user/alice
action: sqs:ReceiveMessage
resource: arn:aws:sqs:us-east-1:111122223333:q
== identity/a.json ==
{"Id": "x", "Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "*", "Resource": "*", "Condition": {"Like": {"aws:username": "c"}}}}
`

const (
	readLine = `{"file":"good/two.txtar","request":"read","outcome":"allow","deniedBy":"","message":"",` +
		`"verdict":"An identity-based policy allows it.","decisive":{"section":"identity/a.json","number":1,"line":1,"effect":"Allow"}}` + "\n"
	writeLine = `{"file":"good/two.txtar","request":"write","outcome":"implicit deny","deniedBy":"identity",` +
		`"message":"User: arn:aws:iam::111122223333:user/alice is not authorized to perform: sqs:SendMessage on resource: arn:aws:sqs:us-east-1:111122223333:q because no identity-based policy allows the sqs:SendMessage action",` +
		`"verdict":"No identity-based policy allows sqs:SendMessage, and the resource lets the caller in by no other way. ` +
		`Closest match: statement 1 of identity/a.json: Action does not list sqs:SendMessage (it has “sqs:ReceiveMessage”).",` +
		`"reason":"Action does not list sqs:SendMessage (it has “sqs:ReceiveMessage”)",` +
		`"causes":[{"statement":{"section":"identity/a.json","number":1,"line":1,"effect":"Allow"},"kind":"action-other",` +
		`"reason":"Action does not list sqs:SendMessage (it has “sqs:ReceiveMessage”)",` +
		`"facts":[{"kind":"action-other","element":"Action","policy":["sqs:ReceiveMessage"],"request":["sqs:SendMessage"]}]}]}` + "\n"
	deepLine = `{"file":"good/deep/one.txtar","request":"","outcome":"explicit deny","deniedBy":"resource",` +
		`"message":"User: arn:aws:iam::111122223333:user/<b> is not authorized to perform: s3:GetObject on resource: \"arn:aws:s3:::b/k\" with an explicit deny in a resource-based policy",` +
		`"verdict":"Denied by statement 1 of resource.json, the resource-based policy: Action “s3:*” and Resource “*” cover it, without a condition. A Deny beats every Allow.",` +
		`"decisive":{"section":"resource.json","number":1,"line":1,"effect":"Deny"},"reason":"Action “s3:*” and Resource “*” cover it, without a condition",` +
		`"causes":[{"statement":{"section":"resource.json","number":1,"line":1,"effect":"Deny"},"kind":"covers",` +
		`"reason":"Action “s3:*” and Resource “*” cover it, without a condition","facts":[` +
		`{"kind":"covers","element":"Action","request":["s3:GetObject"],"closest":"s3:*"},` +
		`{"kind":"covers","element":"Resource","request":["arn:aws:s3:::b/k"],"closest":"*"}]}]}` + "\n"
	badLine = `{"file":"bad.txtar","problems":[` +
		`{"section":"request","line":3,"column":11,"code":"bad-resource","message":"This is not an ARN. An ARN has six parts, such as arn:aws:kms:us-east-1:111122223333:key/ID; write \"*\" where the action has no resource."},` +
		`{"section":"identity/a.json","line":2,"column":27,"code":"bad-effect","message":"Effect is Allow or Deny, in this spelling, not “allow”."},` +
		`{"section":"","line":9,"column":1,"code":"unknown-section","message":"There is no section called nonsense. The sections are request, identity/NAME.json, boundary.json, session.json, scopedown/NAME.json, resource.json, scp/N-LEVEL/NAME.json, rcp/N-LEVEL/NAME.json, endpoint.json, put.json, override.json, grants.json, acl.json, object-acl.json, entity/NAME, account/ID, error and want."}]}` + "\n"
)

func TestEvalJSON(t *testing.T) {
	files(t, scenarios)
	expect(t, exitOK, readLine+writeLine, "eval", "--json", "good/two.txtar")
	expect(t, exitOK, deepLine+readLine+writeLine, "eval", "--json", "good")
	expect(t, exitProblems, badLine, "eval", "-json", "bad.txtar")
	expect(t, exitProblems, readLine+writeLine+badLine+deepLine, "eval", "--json", "good/two.txtar", "bad.txtar", "good/deep")
}

// What AWS may also ask stands beside the answer, with what it comes to.
func TestEvalPossible(t *testing.T) {
	files(t, scenarios)
	stdout, _, _ := run("", "eval", "--json", "good/deep")
	var line report.Answer
	if err := json.Unmarshal([]byte(stdout), &line); err != nil {
		t.Fatal(err)
	}
	if p := line.Possible; len(p) != 2 || p[0].Action != "kms:Decrypt" || p[0].Outcome != "" || p[1].Action != "s3:ListBucket" ||
		p[1].Outcome != "explicit deny" {
		t.Errorf("%+v", p)
	}
	if text, _, _ := run("", "eval", "good/deep"); !strings.Contains(text, "if the object is encrypted with SSE-KMS: kms:Decrypt") {
		t.Error(text)
	}
}

func TestEvalStandardInput(t *testing.T) {
	files(t, scenarios)
	stdout, stderr, code := run(read(t, "good/two.txtar"), "eval", "--json", "-")
	if want := strings.ReplaceAll(readLine+writeLine, "good/two.txtar", "-"); withoutPossible(stdout) != withoutPossible(want) ||
		stderr != "" || code != exitOK {
		t.Errorf("exits with %d: %s%s", code, stdout, stderr)
	}
	stdout, _, code = run("", "eval", "-")
	if code != exitProblems || !strings.HasPrefix(stdout, "-:1:1: There is no request section.") {
		t.Errorf("exits with %d: %s", code, stdout)
	}
	stdout, _, code = run(strings.Repeat("x", 5<<20), "eval", "-")
	if code != exitProblems || !strings.HasPrefix(stdout, "-:1:1: This scenario is longer than 4 MiB") {
		t.Errorf("exits with %d: %s", code, stdout)
	}
}

// Text has the same facts: a heading and the lines of the answer for each
// request, problems as compilers print them.
func TestEvalText(t *testing.T) {
	files(t, scenarios)
	stdout, stderr, code := run("", "eval", "good/two.txtar")
	if code != exitOK || stderr != "" || !strings.HasPrefix(stdout, "good/two.txtar read: allow\n  ") ||
		!strings.Contains(stdout, "\n\ngood/two.txtar write: implicit deny\n  User: arn:aws:iam::111122223333:user/alice is not authorized") {
		t.Errorf("exits with %d:\n%s%s", code, stdout, stderr)
	}
	expect(t, exitProblems, "bad.txtar: request:3:11: This is not an ARN. An ARN has six parts, such as "+
		"arn:aws:kms:us-east-1:111122223333:key/ID; write \"*\" where the action has no resource. (error)\n"+
		"bad.txtar: identity/a.json:2:27: Effect is Allow or Deny, in this spelling, not “allow”. (error)\n"+
		"bad.txtar:9:1: There is no section called nonsense. The sections are request, identity/NAME.json, boundary.json, session.json, "+
		"scopedown/NAME.json, resource.json, "+
		"scp/N-LEVEL/NAME.json, rcp/N-LEVEL/NAME.json, endpoint.json, put.json, override.json, grants.json, acl.json, object-acl.json, "+
		"entity/NAME, account/ID, error and want. (error)\n", "eval", "bad.txtar")
}

// A warning changes neither the answer nor the exit code, and is not lost.
func TestEvalWarnings(t *testing.T) {
	files(t, scenarios)
	stdout, _, code := run("", "eval", "warning.txtar")
	if code != exitOK || !strings.HasPrefix(stdout, "warning.txtar: identity/a.json:1:2: An identity-based policy has no Id. AWS refuses "+
		"it; remove it. (warning)\n") ||
		!strings.Contains(stdout, "\nwarning.txtar: implicit deny\n") {
		t.Errorf("exits with %d:\n%s", code, stdout)
	}
	stdout, _, code = run("", "eval", "--json", "warning.txtar")
	var line report.Answer
	if err := json.Unmarshal([]byte(stdout), &line); err != nil || code != exitOK {
		t.Fatalf("exits with %d, %v: %s", code, err, stdout)
	}
	if line.Outcome != "implicit deny" || len(line.Warnings) != 1 || len(line.NotEvaluated) != 1 ||
		line.NotEvaluated[0].Section != "identity/a.json" {
		t.Errorf("%+v", line)
	}
}

// An unknown operator is never silent: not where the statement is reached, and
// not where it is not.
func TestUnknownOperatorIsNotEvaluated(t *testing.T) {
	for _, action := range []string{"kms:Decrypt", "kms:Encrypt"} {
		text := "-- request --\nprincipal: arn:aws:iam::111122223333:user/alice\naction: kms:Decrypt\nresource: " +
			"arn:aws:kms:us-east-1:111122223333:key/k\n" +
			"-- identity/p.json --\n{\"Version\": \"2012-10-17\", \"Statement\": {\"Effect\": \"Allow\", \"Action\": \"" + action +
			"\", \"Resource\": \"*\", \"Condition\": {\"StringMatches\": {\"aws:username\": \"alice\"}}}}\n"
		var out strings.Builder
		a := app{strings.NewReader(text), &out, &out}
		if code := a.run([]string{"eval", "--json", "-"}); code != exitOK || strings.Count(out.String(), `"code":"unknown-operator"`) != 1 ||
			!strings.Contains(out.String(), `"notEvaluated":[{`) {
			t.Errorf("%s: exit %d, %s", action, code, out.String())
		}
	}
}

// Of very many problems some are printed, with the count of the rest.
func TestEvalManyProblems(t *testing.T) {
	files(t, "-- many.txtar --\n"+strings.Repeat("== x ==\n", 5000))
	stdout, _, code := run("", "eval", "many.txtar")
	lines := strings.Split(strings.TrimSpace(stdout), "\n")
	if code != exitProblems || len(lines) != mostLines+1 || !strings.HasPrefix(lines[mostLines], "many.txtar: at least ") ||
		!strings.HasSuffix(lines[mostLines], " more problems") {
		t.Errorf("exits with %d, %d lines, then %s", code, len(lines), lines[len(lines)-1])
	}
}
