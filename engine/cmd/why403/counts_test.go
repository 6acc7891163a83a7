package main

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

// counted is what the steps are counted of: this program, and the loops that it has of
// others.
const counted = "-coverpkg=why403/...,slices,github.com/goccy/go-json/..."

// each are n pieces that differ in their number.
func each(n int, piece string) string {
	var b strings.Builder
	for i := range n {
		b.WriteString(strings.ReplaceAll(piece, "#", strconv.Itoa(i)))
	}
	return b.String()
}

// asks is a request, and the beginning of a policy of its caller.
const asks = "-- request --\nprincipal: arn:aws:iam::111122223333:user/bob\naction: sqs:SendMessage\nresource: *\n" +
	"-- identity/p.json --\n"

// growing are texts with n of something, least at least.
var growing = []struct {
	name, command, file string
	least               int
	text                func(n int) string
}{
	{"blocks of Terraform code", "import", "main.tf", 500, func(n int) string {
		return each(n, "resource \"aws_iam_user\" \"u#\" {\n}\n")
	}},
	{"blocks in one", "import", "main.tf", 500, func(n int) string {
		return "resource \"aws_iam_policy\" \"p\" {\n" + each(n, "  b# {\n  }\n") + "}\n"
	}},
	{"members that are merged", "import", "a.yaml", 2000, func(n int) string {
		return "AWSTemplateFormatVersion: 2010-09-09\nResources:\n  a: &a\n    Type: AWS::IAM::Role\n" + each(n, "    k#: 1\n") +
			"  b:\n    <<: *a\n"
	}},
	{"statements with Sids", "import", "main.tf.json", 2000, func(n int) string {
		return `{"data": {"aws_iam_policy_document": {"d": {"statement": [` + each(n, `{"sid": "s#"},`) + `{}]}}}, ` +
			`"resource": {"aws_iam_role_policy": {"p": {"role": "r", "policy": "${data.aws_iam_policy_document.d.json}"}}}}`
	}},
	{"addresses", "redact", "a.txtar", 2000, func(n int) string {
		var b strings.Builder
		b.WriteString(asks + `{"Statement": {"Effect": "Allow", "Action": "*", "Resource": "*", ` +
			`"Condition": {"IpAddress": {"aws:SourceIp": [`)
		for i := range n {
			fmt.Fprintf(&b, `"198.%d.%d.%d", `, i>>16, i>>8&255, i&255)
		}
		return b.String() + "\"192.0.2.1\"]}}}}\n"
	}},
	{"attributes known after apply", "import", "plan.json", 1000, func(n int) string {
		return plan(`{"address": "aws_iam_role.r", "type": "aws_iam_role", "values": {`+each(n, `"k#": null, `)+`"name": "r"}}`,
			`, "configuration": {"root_module": {"resources": [{"address": "aws_iam_role.r", "expressions": {`+
				each(n, `"k#": {"references": ["var.x"]}, `)+`"name": {}}}]}}`)
	}},
	{"modules", "import", "plan.json", 1000, func(n int) string {
		return `{"terraform_version": "1", "planned_values": {"root_module": {"child_modules": [` + each(n, `{"address": "module.m#"}, `) +
			`{}]}}, "configuration": {"root_module": {"module_calls": {` + each(n, `"m#": {}, `) + `"m": {}}}}}`
	}},
	{"users of a group", "import", "plan.json", 800, func(n int) string {
		return plan(each(n/2, `{"address": "aws_iam_user.u#", "type": "aws_iam_user", "values": {"name": "u#"}}, `)+
			`{"address": "m", "type": "aws_iam_group_membership", "values": {"group": "g", "users": [`+each(n, `"v#", `)+`"u"]}}`, "")
	}},
	{"permissions of a function", "import", "plan.json", 400, func(n int) string {
		return plan(each(n, `{"address": "p#", "type": "aws_lambda_permission", "values": {"function_name": "f",
			"principal": "#"}}, `)+"{}", "")
	}},
	{"conditions", "import", "main.tf.json", 500, func(n int) string {
		return document(each(n, `{"test": "StringLike", "variable": "aws:PrincipalTag/t#", "values": ["x"]}, `), "")
	}},
	{"values of a condition", "import", "main.tf.json", 500, func(n int) string {
		return document(each(n, `{"test": "StringLike", "variable": "aws:PrincipalTag/t", "values": ["#"]}, `), "")
	}},
	{"principals", "import", "main.tf.json", 500, func(n int) string {
		return document("", each(n, `{"type": "AWS", "identifiers": ["#"]}, `))
	}},
	{"outputs of Pulumi", "import", "stack.json", 1000, func(n int) string {
		return `{"deployment": {"resources": [{"urn": "a::r", "type": "aws:iam/role:Role", "outputs": {` +
			each(n, `"k#": 1, `) + `"name": "r"}}]}}`
	}},
	{"condition keys that are lost", "fix", "a.txtar", 500, func(n int) string {
		return asks + `{"Statement": {"Effect": "Allow", "Action": "*", "Resource": "*", "Condition": {"StringEquals": {` +
			each(n, `"aws:PrincipalTag/t#": "x", `) + `"aws:PrincipalTag/t": "x"}}}}` + "\n"
	}},
	{"condition keys that are kept", "fix", "a.txtar", 500, func(n int) string {
		return asks + `{"Statement": {"Effect": "Allow", "Action": "*", "Resource": "*", "Condition": {"StringNotEquals": {` +
			each(n, `"aws:PrincipalTag/t#": "x", `) + `"aws:PrincipalTag/t": "x"}, "StringEquals": {"aws:PrincipalTag/u": "x"}}}}` + "\n"
	}},
	{"variables whose values are not known", "eval", "a.txtar", 500, func(n int) string {
		return strings.Replace(asks, "resource: *\n", "resource: *\nunknown: *\n", 1) + `{"Statement": {"Effect": "Allow", "Action": "*", ` +
			`"Resource": [` + each(n, `"arn:aws:sqs:*:*:${aws:PrincipalTag/t#}", `) + `"x"]}}` + "\n"
	}},
	{"policies of roles", "import", "plan.json", 80, func(n int) string {
		return plan(each(n, `{"address": "aws_iam_role.r#", "type": "aws_iam_role", "values": {"name": "r#", "inline_policy":
			[{"name": "p", "policy": "{\"Statement\": [`+each(20, `\n`)+`]}"}]}}, `)+"{}", "")
	}},
}

// plan is a plan of Terraform with resources, and what else is in it.
func plan(resources, more string) string {
	return `{"terraform_version": "1", "planned_values": {"root_module": {"resources": [` + resources + "]}}" + more + "}"
}

// document is Terraform code of a policy, whose statement has conditions and principals.
func document(conditions, principals string) string {
	return `{"data": {"aws_iam_policy_document": {"d": {"statement": {"actions": ["*"], "condition": [` +
		conditions + `{}], "principals": [` + principals + `{}]}}}},
		"resource": {"aws_iam_role_policy": {"p": {"role": "r", "policy": "${data.aws_iam_policy_document.d.json}"}}}}`
}

// What a command does is counted, statement by statement: to go from twice as many of
// something to four times takes about twice what it takes to go to twice, and not four
// times that.
func TestCounts(t *testing.T) {
	if testing.Short() {
		t.Skip("the command with counters takes a minute to build")
	}
	folder := t.TempDir()
	program := filepath.Join(folder, "why403")
	finish(t, exec.Command("go", "build", "-cover", "-covermode=atomic", counted, "-o", program, "."))
	for _, g := range growing {
		took := func(n int) int { return steps(t, program, g.command, g.file, g.text(n)) }
		few, some, many := took(g.least), took(g.least*2), took(g.least*4)
		if t.Logf("%s: %d, %d and %d steps", g.name, few, some, many); some-few < 10*g.least || (many-some)*10 > (some-few)*26 {
			t.Errorf("%s: %d steps for %d, %d for twice and %d for four times as many", g.name, few, g.least, some, many)
		}
	}
}

// steps is how many statements the program runs for a text.
func steps(t *testing.T, program, command, file, text string) (n int) {
	folder := t.TempDir()
	file = filepath.Join(folder, file)
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	c := exec.Command(program, command, file)
	c.Env = append(os.Environ(), "GOCOVERDIR="+folder)
	var failed *exec.ExitError
	if out, err := c.CombinedOutput(); err != nil && (!errors.As(err, &failed) || failed.ExitCode() > exitProblems) {
		t.Fatalf("%v\n%.500s", err, out)
	}
	profile := filepath.Join(folder, "profile")
	finish(t, exec.Command("go", "tool", "covdata", "textfmt", "-i="+folder, "-o="+profile))
	lines, err := os.ReadFile(profile)
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(lines)) {
		if fields := strings.Fields(line); len(fields) == 3 { // place, statements, how often
			size, _ := strconv.Atoi(fields[1])
			times, _ := strconv.Atoi(fields[2])
			n += size * times
		}
	}
	return n
}

func finish(t *testing.T, c *exec.Cmd) {
	t.Helper()
	if out, err := c.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%.500s", err, out)
	}
}
