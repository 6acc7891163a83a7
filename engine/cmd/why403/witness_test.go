package main

import (
	"os"
	"strings"
	"testing"
)

const witnessed = `-- one.txtar --
Title
== request/read ==
principal: arn:aws:iam::111122223333:user/alice
action: sqs:ReceiveMessage
resource: arn:aws:sqs:us-east-1:111122223333:q
== request/assume ==
principal: arn:aws:iam::111122223333:user/alice
action: sts:AssumeRole
resource: arn:aws:iam::111122223333:role/app
== identity/a.json ==
{"Statement": {"Effect": "Allow", "Action": "sqs:*", "Resource": "*"}}
-- allowed.json --
{"EvaluationResults": [{"EvalActionName": "sqs:ReceiveMessage", "EvalResourceName": "arn:aws:sqs:us-east-1:111122223333:q",
	"EvalDecision": "allowed"}]}
-- denied.json --
{"EvaluationResults": [{"EvalActionName": "sqs:ReceiveMessage", "EvalResourceName": "arn:aws:sqs:us-east-1:111122223333:q",
	"EvalDecision": "implicitDeny"}]}
-- checked.json --
{"result": "FAIL", "message": "m"}{"result": "PASS", "message": "m"}
`

const cannotAssume = "can't be asked: A role trust policy decides who assumes the role. AWS does not say that the simulator asks it."

// The output is a script: what is told of the calls is comments.
func TestWitness(t *testing.T) {
	files(t, witnessed)
	expect(t, exitOK, `# read: sqs:ReceiveMessage on arn:aws:sqs:us-east-1:111122223333:q: allow
aws iam simulate-custom-policy \
  --policy-input-list '{"Statement": {"Effect": "Allow", "Action": "sqs:*", "Resource": "*"}}' \
  --action-names sqs:ReceiveMessage \
  --resource-arns arn:aws:sqs:us-east-1:111122223333:q \
  --output json

# assume: sts:AssumeRole on arn:aws:iam::111122223333:role/app: implicit deny
# `+cannotAssume+` https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_update-role-trust-policy.html
`, "witness", "one.txtar")
	stdout, _, code := run("", "witness", "--attached", "one.txtar")
	if code != exitOK || !strings.Contains(stdout,
		"simulate-principal-policy \\\n  --policy-source-arn arn:aws:iam::111122223333:user/alice \\\n  --action") {
		t.Errorf("exits with %d\n%s", code, stdout)
	}
}

func TestWitnessFiles(t *testing.T) {
	files(t, witnessed)
	if err := os.Mkdir("calls", 0o700); err != nil {
		t.Fatal(err)
	}
	stdout, _, code := run("", "witness", "one.txtar", "--files", "calls")
	if code != exitOK || !strings.Contains(stdout,
		"\naws iam simulate-custom-policy --cli-input-json file://calls/question-1.json --output json\n") ||
		!strings.Contains(read(t, "calls/question-1.json"), `"ActionNames": ["sqs:ReceiveMessage"]`) {
		t.Errorf("exits with %d\n%s", code, stdout)
	}
	if _, stderr, code := run("", "witness", "--files", "nowhere", "one.txtar"); code != exitProblems || !strings.Contains(stderr, "nowhere") {
		t.Errorf("exits with %d\n%s", code, stderr)
	}
}

// What was printed is held against the answers.
func TestWitnessOutput(t *testing.T) {
	files(t, witnessed)
	const head = "read: sqs:ReceiveMessage on arn:aws:sqs:us-east-1:111122223333:q: allow\n"
	const tail = "assume: sts:AssumeRole on arn:aws:iam::111122223333:role/app: implicit deny\n  " + cannotAssume + "\n"
	expect(t, exitOK, head+"  agrees: allow\n"+tail, "witness", "one.txtar", "--output", "allowed.json")
	expect(t, exitProblems, head+"  differs: the simulator says implicit deny, why403 allow\n"+
		"  Here this matches, and the simulator does not name it: identity/a.json statement 1.\n"+tail,
		"witness", "--output", "denied.json", "one.txtar")
	stdout, _, code := run(read(t, "allowed.json"), "witness", "one.txtar", "--output", "-")
	if code != exitOK || !strings.Contains(stdout, "agrees") {
		t.Errorf("exits with %d\n%s", code, stdout)
	}
	if _, stderr, code := run("", "witness", "one.txtar", "--output", "checked.json"); code != exitProblems ||
		!strings.Contains(stderr, "no result of the simulator") {
		t.Errorf("exits with %d\n%s", code, stderr)
	}
}

func TestWitnessAnalyzer(t *testing.T) {
	files(t, witnessed)
	stdout, _, code := run("", "witness", "--analyzer", "one.txtar")
	if code != exitOK || strings.Count(stdout, "aws accessanalyzer check-access-not-granted") != 2 ||
		!strings.HasPrefix(stdout, "# identity/a.json for sqs:ReceiveMessage on arn:aws:sqs:us-east-1:111122223333:q: FAIL is expected. An "+
			"Allow covers") {
		t.Errorf("exits with %d\n%s", code, stdout)
	}
	expect(t, exitOK, "identity/a.json for sqs:ReceiveMessage on arn:aws:sqs:us-east-1:111122223333:q\n  agrees: FAIL\n"+
		"identity/a.json for sts:AssumeRole on arn:aws:iam::111122223333:role/app\n  agrees: PASS\n",
		"witness", "--analyzer", "one.txtar", "--output", "checked.json")
	if _, stderr, code := run("", "witness", "--analyzer", "one.txtar", "--output", "allowed.json"); code != exitProblems ||
		!strings.Contains(stderr, "there are 0 results in it, and 2 checks") {
		t.Errorf("exits with %d\n%s", code, stderr)
	}
}

func TestWitnessUsage(t *testing.T) {
	files(t, witnessed)
	for _, args := range []string{"", "one.txtar two.txtar", "gone.txtar", "--output gone.json one.txtar", "- --output -",
		"--files . --analyzer one.txtar", "--none one.txtar"} {
		if _, stderr, code := run("", append([]string{"witness"}, strings.Fields(args)...)...); code != exitUsage || stderr == "" {
			t.Errorf("witness %s exits with %d: %s", args, code, stderr)
		}
	}
}
