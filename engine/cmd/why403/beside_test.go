package main

import (
	"strings"
	"testing"
)

// What a service asks beside IAM is named wherever somebody could look for it in
// policies: in the answer, in the diagnosis, in the import, by fix and by fill.
func TestBeside(t *testing.T) {
	const (
		user     = "arn:aws:iam::111122223333:user/ann"
		instance = "arn:aws:s3:us-east-1:111122223333:access-grants/default"
		request  = "x\n\n-- request --\nprincipal: " + user + "\naction: s3:GetDataAccess\nresource: " + instance + "\n"
		policy   = `{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "s3:GetDataAccess", "Resource": "*"}}` + "\n"
		file     = "-- identity/a.json --\n" + policy
		refused  = "User: " + user + " is not authorized to perform: s3:GetDataAccess on resource: " + instance + "\n\n"
	)
	for _, c := range []struct {
		name, text string
		args       []string
		want       string
	}{
		{"a note", request + file, []string{"eval", "-"}, ": allow\n  note: S3 Access Grants is asked after IAM"},
		{"allowed", request + "layer: access-grants allow\n" + file, []string{"eval", "-"}, ": allow\n  An identity-based policy allows it.\n"},
		{"denied", request + "layer: access-grants deny\n" + file, []string{"eval", "-"},
			"IAM allows s3:GetDataAccess. S3 Access Grants does not"},
		{"denied by", request + "layer: access-grants deny\n" + file, []string{"eval", "--json", "-"}, `"deniedBy":"layer"`},
		{"not known", request + "unknown: layer\n" + file, []string{"eval", "-"}, "denied if S3 Access Grants does not let the caller in"},
		{"IAM first", request + "layer: access-grants deny\n", []string{"eval", "-"}, "because no identity-based policy allows"},
		{"fix", request + "layer: access-grants deny\n" + file, []string{"fix", "-"}, "No policy changes this"},
		{"fill", request + "unknown: layer\n" + file, []string{"fill", "deny", "-"}, "\nlayer: access-grants deny\n"},
		{"fill with policies", request + "unknown: layer identity\n", []string{"fill", "allow", "-"}, "\nlayer: access-grants allow\n"},
		{"fill of what is known", request + file, []string{"fill", "deny", "-"}, "nothing that is not known decides this: allow"},
		{"a line that is wrong", request + "layer: access-grants no\n" + file, []string{"eval", "-"}, "Write a name and allow or deny"},
		{"diagnose", refused + policy, []string{"diagnose", "-"}, "S3 Access Grants is asked after IAM, and does not let the caller in."},
		{"the command", refused + policy, []string{"diagnose", "-"}, "aws s3control list-access-grants --account-id 111122223333"},
		{"import", `FATAL: PAM authentication failed for user "x"`, []string{"import", "-"}, "action: rds-db:connect"},
		{"the operation", "An error occurred (AccessDenied) when calling the ListObjectsV2 operation: Access Denied", []string{"import", "-"},
			"There is no action s3:ListObjectsV2: AWS checks s3:ListBucket"},
	} {
		out, errors, _ := run(c.text, c.args...)
		if !strings.Contains(out+errors, c.want) {
			t.Errorf("%s: no %q in\n%s%s", c.name, c.want, out, errors)
		}
	}
}
