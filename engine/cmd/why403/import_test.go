package main

import (
	"strings"
	"testing"
)

const sentence = "User: arn:aws:iam::111122223333:user/alice is not authorized to perform: sqs:SendMessage on resource: arn:aws:sqs:us-east-1:111122223333:orders because no identity-based policy allows the sqs:SendMessage action\n"

// The scenario is on standard output alone, so that it can be piped on.
func TestImport(t *testing.T) {
	stdout, stderr, code := run(sentence, "import", "-")
	if code != exitOK || !strings.HasPrefix(stdout, "sqs:SendMessage by user alice, denied\n") || !strings.HasSuffix(stdout, "-- want --\nimplicit deny\n") {
		t.Errorf("exits with %d:\n%s", code, stdout)
	}
	for _, want := range []string{"-: recognised as AWS's access denied message\n", "understood:\n  Principal: arn:", "not known:\n", "paste next:\n", "\n    aws sqs get-queue-attributes"} {
		if !strings.Contains(stderr, want) {
			t.Errorf("misses %q in\n%s", want, stderr)
		}
	}
	if answer, _, code := run(stdout, "eval", "-"); code != exitOK || !strings.Contains(answer, "implicit deny") {
		t.Errorf("eval exits with %d: %s", code, answer)
	}
}

func TestImportIntoScenario(t *testing.T) {
	scenario, _, _ := run(sentence, "import", "-")
	files(t, "-- s.txtar --\n"+strings.NewReplacer("-- ", "== ", " --", " ==").Replace(scenario)+"-- p.json --\n{\"Statement\": {\"Effect\": \"Deny\", \"Action\": \"sqs:*\", \"Resource\": \"*\"}}\n-- bad.json --\n{\"Statement\":\n  nothing}\n")
	stdout, stderr, code := run("", "import", "--into", "s.txtar", "--choice", "boundary", "p.json")
	if code != exitOK || !strings.Contains(stdout, "-- boundary.json --\n{") || !strings.Contains(stderr, "choices:\n  --choice identity  ") {
		t.Errorf("exits with %d:\n%s%s", code, stdout, stderr)
	}
	if stdout, stderr, code = run("", "import", "--into", "s.txtar", "bad.json"); code != exitProblems || stdout != "" || !strings.Contains(stderr, "bad.json:2:3: ") {
		t.Errorf("exits with %d:\n%s%s", code, stdout, stderr)
	}
}

func TestImportUsage(t *testing.T) {
	for args, want := range map[string]string{
		"import":                      "import needs one file",
		"import a b":                  "import needs one file",
		"import missing.txt":          "no such file",
		"import --into missing.txt -": "no such file",
		"import --nonsense -":         "flag provided but not defined",
	} {
		if stdout, stderr, code := run("", strings.Fields(args)...); code != exitUsage || stdout != "" || !strings.Contains(stderr, want) {
			t.Errorf("%s exits with %d: %s", args, code, stderr)
		}
	}
}
