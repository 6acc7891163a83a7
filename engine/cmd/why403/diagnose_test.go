package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"why403/engine/diagnose"
)

// brought writes files for a diagnosis into a folder.
func brought(t *testing.T, files map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	for name, text := range files {
		path := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

func TestDiagnose(t *testing.T) {
	dir := brought(t, map[string]string{
		"error.txt": "User: arn:aws:sts::111122223333:assumed-role/reports/daily is not authorized to perform: sqs:SendMessage on resource: " +
			"arn:aws:sqs:eu-west-3:111122223333:orders with an explicit deny in a service control policy",
		"scp/1-root/regions.json": `{"Version": "2012-10-17", "Statement": {"Sid": "Regions", "Effect": "Deny", "Action": "sqs:*", "Resource": "*",
  "Condition": {"StringNotEquals": {"aws:RequestedRegion": "eu-central-1"}}}}`,
	})
	out, _, code := run("", "diagnose", dir)
	if code != exitOK || !strings.Contains(out, "\nagrees\n") || !strings.Contains(out,
		"scp/1-root/regions.json, statement 1 (Regions) denies sqs:SendMessage") {
		t.Errorf("exit %d: %s", code, out)
	}
	out, _, code = run("", "diagnose", "--json", filepath.Join(dir, "error.txt"))
	var r diagnose.Result
	if err := json.Unmarshal([]byte(out), &r); err != nil || code != exitOK {
		t.Fatalf("exit %d: %v: %s", code, err, out)
	}
	if r.Next == nil || r.Next.ID != "scps" || strings.Contains(out, ":null") && !strings.Contains(out, `"place":null`) {
		t.Errorf("%s", out)
	}
	out, _, _ = run("", "diagnose", "--denied", "scps", filepath.Join(dir, "error.txt"))
	if strings.Contains(out, "list-policies-for-target") || !strings.Contains(out, "fetch next") {
		t.Errorf("after --denied scps: %s", out)
	}
}

func TestDiagnoseUsage(t *testing.T) {
	for _, args := range [][]string{{}, {"--none", "nonsense", "x"}, {"missing-file"}} {
		if _, said, code := run("", append([]string{"diagnose"}, args...)...); code != exitUsage || said == "" {
			t.Errorf("%q: exit %d, %q", args, code, said)
		}
	}
	out, _, code := run("hello", "diagnose", "-")
	if code != exitProblems || !strings.Contains(out, "Not recognised") {
		t.Errorf("exit %d: %q", code, out)
	}
}

// Terraform's code of several files is one text, and is held against the error.
func TestDiagnoseCode(t *testing.T) {
	files(t, "-- error.txt --\nUser: arn:aws:sts::111122223333:assumed-role/writer/i-0abc is not authorized to perform: s3:PutObject on "+
		"resource: "+
		"\"arn:aws:s3:::reports/a.csv\" because no identity-based policy allows the s3:PutObject action\n"+
		"-- role.tf --\nresource \"aws_iam_role\" \"writer\" {\n  name = \"writer\"\n}\n"+
		"-- policy.tf --\nresource \"aws_iam_role_policy\" \"write\" {\n  name = \"write\"\n  role = aws_iam_role.writer.id\n"+
		"  policy = jsonencode({ Statement = [{ Effect = \"Allow\", Action = \"s3:PutObject\", Resource = \"arn:aws:s3:::reports\" }] })\n}\n"+
		"-- bad.tf --\nresource \"aws_iam_role\" \"a\" {\n  x = =\n}\n")
	stdout, stderr, code := run("", "diagnose", "error.txt", "policy.tf", "role.tf")
	for _, want := range []string{"read policy.tf, role.tf: Terraform code", "by arn:aws:sts::111122223333:assumed-role/writer/i-0abc",
		"entity/writer/identity/write.json, statement 1: Resource “arn:aws:s3:::reports” covers the bucket alone"} {
		if code != exitOK || !strings.Contains(stdout, want) {
			t.Errorf("exits with %d, misses %q:\n%s%s", code, want, stdout, stderr)
		}
	}
	if _, stderr, _ = run("", "diagnose", "error.txt", "bad.tf"); !strings.Contains(stderr, "bad.tf:2:7: This Terraform code can't be read") {
		t.Errorf("says %s", stderr)
	}
}
