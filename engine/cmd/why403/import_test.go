package main

import (
	"strings"
	"testing"
)

const sentence = "User: arn:aws:iam::111122223333:user/alice is not authorized to perform: sqs:SendMessage on resource: " +
	"arn:aws:sqs:us-east-1:111122223333:orders because no identity-based policy allows the sqs:SendMessage action\n"

// The scenario is on standard output alone, so that it can be piped on.
func TestImport(t *testing.T) {
	stdout, stderr, code := run(sentence, "import", "-")
	if code != exitOK || !strings.HasPrefix(stdout, "sqs:SendMessage by user alice, denied\n") || !strings.HasSuffix(stdout,
		"-- want --\nimplicit deny\n") {
		t.Errorf("exits with %d:\n%s", code, stdout)
	}
	for _, want := range []string{"-: recognised as AWS's access denied message\n", "understood:\n  Principal: arn:", "not known:\n",
		"paste next:\n", "\n    aws sqs get-queue-attributes"} {
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
	files(t, "-- s.txtar --\n"+strings.NewReplacer("-- ", "== ", " --", " ==").Replace(scenario)+"-- p.json --\n{\"Statement\": "+
		"{\"Effect\": \"Deny\", \"Action\": \"sqs:*\", \"Resource\": \"*\"}}\n-- bad.json --\n{\"Statement\":\n  nothing}\n")
	stdout, stderr, code := run("", "import", "--into", "s.txtar", "--choice", "boundary", "p.json")
	if code != exitOK || !strings.Contains(stdout, "-- boundary.json --\n{") || !strings.Contains(stderr, "choices:\n  --choice identity  ") {
		t.Errorf("exits with %d:\n%s%s", code, stdout, stderr)
	}
	if stdout, stderr, code = run("", "import", "--into", "s.txtar", "bad.json"); code != exitProblems || stdout != "" ||
		!strings.Contains(stderr, "bad.json:2:3: ") {
		t.Errorf("exits with %d:\n%s%s", code, stdout, stderr)
	}
}

// As on the page: one policy says nothing of others of its type.
func TestImportOthers(t *testing.T) {
	files(t, "-- s.txtar --\n== request ==\nprincipal: arn:aws:iam::111122223333:user/alice\naction: sqs:SendMessage\n"+
		"resource: arn:aws:sqs:us-east-1:111122223333:orders\nunknown: *\n"+
		"-- p.json --\n{\"Statement\": {\"Effect\": \"Allow\", \"Action\": \"s3:*\", \"Resource\": \"*\"}}\n")
	if stdout, stderr, _ := run("", "import", "--into", "s.txtar", "p.json"); !strings.Contains(stdout, "\nunknown: * identity\n") {
		t.Errorf("others are taken for none:\n%s%s", stdout, stderr)
	}
}

// Several files are one text, and code is read with the values that are set.
func TestImportCode(t *testing.T) {
	files(t, "-- main.tf --\nresource \"aws_iam_role_policy\" \"read\" {\n  name = \"read\"\n  role = aws_iam_role.app.id\n  policy = "+
		"jsonencode({ Statement = [{ Effect = \"Allow\", Action = \"s3:*\", Resource = var.bucket }] })\n}\n"+
		"-- role.tf --\nresource \"aws_iam_role\" \"app\" {\n  name = \"app\"\n}\n-- bad.tf --\nresource \"aws_iam_role\" \"a\" {\n  x = =\n}\n")
	stdout, stderr, code := run("", "import", "--set", "var.bucket=arn:aws:s3:::b", "--set", "account=111122223333", "main.tf", "role.tf")
	if code != exitOK || !strings.Contains(stdout, "\nprincipal: arn:aws:iam::111122223333:role/app\n") || !strings.Contains(stdout,
		`"Resource": "arn:aws:s3:::b"`) ||
		!strings.Contains(stderr, "recognised as Terraform code\n") || !strings.Contains(stderr, "to fill:\n  --set account=111122223333\n") {
		t.Errorf("exits with %d:\n%s%s", code, stdout, stderr)
	}
	if stdout, stderr, code = run("", "import", "bad.tf"); code != exitProblems || stdout != "" || !strings.Contains(stderr,
		"bad.tf:2:7: This Terraform code can't be read") {
		t.Errorf("exits with %d:\n%s%s", code, stdout, stderr)
	}
}

func TestImportUsage(t *testing.T) {
	for args, want := range map[string]string{
		"import":                      "import needs a file",
		"import a b":                  "no such file",
		"import --set x -":            "--set needs NAME=VALUE",
		"import missing.txt":          "no such file",
		"import --into missing.txt -": "no such file",
		"import --nonsense -":         "flag provided but not defined",
	} {
		if stdout, stderr, code := run("", strings.Fields(args)...); code != exitUsage || stdout != "" || !strings.Contains(stderr, want) {
			t.Errorf("%s exits with %d: %s", args, code, stderr)
		}
	}
}
