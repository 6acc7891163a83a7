package paste_test

import (
	"slices"
	"strings"
	"testing"

	"why403/engine/catalogue/data"
	"why403/engine/diagnose"
	"why403/engine/diagnose/paste"
)

const reader = "arn:aws:sts::111122223333:assumed-role/reports/daily"

// denied is an error about an action on a resource.
func denied(action, resource string) paste.Piece {
	return paste.Piece{Name: "error.txt", Text: "User: " + reader + " is not authorized to perform: " + action + " on resource: " +
		resource + "\n"}
}

// TestNone: what the AWS CLI answers where there is no policy makes the policy
// type none; without it nothing is known of it.
func TestNone(t *testing.T) {
	const role = `{"Role": {"RoleName": "reports", "Arn": "arn:aws:iam::111122223333:role/reports", "RoleId": "AROAEXAMPLE", ` +
		`"AssumeRolePolicyDocument": {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Principal": {"Service": ` +
		`"ec2.amazonaws.com"}, "Action": "sts:AssumeRole"}]}}}`
	for _, c := range []struct{ layer, action, resource, output string }{
		{"resource", "s3:GetObject", "arn:aws:s3:::quarterly/a.csv",
			"An error occurred (NoSuchBucketPolicy) when calling the GetBucketPolicy operation: The bucket policy does not exist"},
		{"resource", "ecr:BatchGetImage", "arn:aws:ecr:eu-central-1:111122223333:repository/web",
			"An error occurred (RepositoryPolicyNotFoundException) when calling the GetRepositoryPolicy operation: Repository policy does not " +
				"exist"},
		{"resource", "lambda:InvokeFunction", "arn:aws:lambda:eu-central-1:111122223333:function:web",
			"An error occurred (ResourceNotFoundException) when calling the GetPolicy operation: The resource you requested does not exist."},
		{"resource", "dynamodb:GetItem", "arn:aws:dynamodb:eu-central-1:111122223333:table/orders",
			"An error occurred (PolicyNotFoundException) when calling the GetResourcePolicy operation: Resource-based policy not found for the " +
				"provided ResourceArn"},
		{"resource", "sqs:SendMessage", "arn:aws:sqs:eu-central-1:111122223333:orders",
			`{"Attributes": {"QueueArn": "arn:aws:sqs:eu-central-1:111122223333:orders"}}`},
		{"resource", "secretsmanager:GetSecretValue", "arn:aws:secretsmanager:eu-central-1:111122223333:secret:db-AbCdEf",
			`{"ARN": "arn:aws:secretsmanager:eu-central-1:111122223333:secret:db-AbCdEf", "Name": "db"}`},
		{"grants", "kms:Decrypt", "arn:aws:kms:eu-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab", `{"Grants": []}`},
		{"endpoint", "s3:GetObject", "arn:aws:s3:::quarterly/a.csv", `{"VpcEndpoints": []}`},
		{"boundary", "s3:GetObject", "arn:aws:s3:::quarterly/a.csv", role},
		{"scp", "s3:GetObject", "arn:aws:s3:::quarterly/a.csv",
			"An error occurred (AWSOrganizationsNotInUseException) when calling the ListPoliciesForTarget operation: Your account is not a " +
				"member of an organization."},
		{"identity", "s3:GetObject", "arn:aws:s3:::quarterly/a.csv", "{\"AttachedPolicies\": []}\n{\"PolicyNames\": []}"},
	} {
		before := diagnose.Of(data.All(), paste.Scenario([]paste.Piece{denied(c.action, c.resource)}), nil)
		after := diagnose.Of(data.All(), paste.Scenario([]paste.Piece{denied(c.action, c.resource), {Name: "answer.txt", Text: c.output}}), nil)
		if !slices.Contains(before.Policies.Unknown, c.layer) {
			t.Errorf("%s of %s: known before", c.layer, c.action)
		}
		if !slices.Contains(after.Policies.None, c.layer) || slices.Contains(after.Policies.Unknown, c.layer) {
			t.Errorf("%s of %s: %+v after %q (%+v)", c.layer, c.action, after.Policies, c.output, after.Read)
		}
	}
}

// TestSaidNone: that a person says that there is none is as good.
func TestSaidNone(t *testing.T) {
	brought := paste.Scenario([]paste.Piece{denied("s3:GetObject", "arn:aws:s3:::quarterly/a.csv")})
	r := diagnose.Of(data.All(), brought, []diagnose.Answer{{Command: "bucket-policy", Kind: diagnose.None}})
	if !slices.Contains(r.Policies.None, "resource") {
		t.Errorf("%+v", r.Policies)
	}
	half := []diagnose.Answer{{Command: "role-managed", Kind: diagnose.None}}
	if r := diagnose.Of(data.All(), brought, half); !slices.Contains(r.Policies.Unknown, "identity") {
		t.Error("without managed policies there may be inline ones")
	}
	if r := diagnose.Of(data.All(), brought,
		append(half, diagnose.Answer{Command: "role-inline", Kind: diagnose.None})); !slices.Contains(r.Policies.None, "identity") {
		t.Errorf("neither managed nor inline: %+v", r.Policies)
	}
}

// TestLesser: a lesser command comes where the one before was denied.
func TestLesser(t *testing.T) {
	brought := paste.Scenario([]paste.Piece{{Name: "error.txt",
		Text: "User: " + reader + " is not authorized to perform: sqs:SendMessage on resource: " +
			"arn:aws:sqs:eu-central-1:111122223333:orders with an explicit deny in a service control policy\n"}})
	r := diagnose.Of(data.All(), brought, nil)
	if r.Next == nil || r.Next.ID != "scps" {
		t.Fatalf("%+v", r.Next)
	}
	r = diagnose.Of(data.All(), brought, []diagnose.Answer{{Command: "scps", Kind: diagnose.Denied}})
	if r.Next == nil || r.Next.ID != "scp-names" {
		t.Errorf("%+v", r.Next)
	}
}

// TestNextDeniedPasted: the error of a command that was suggested is no answer to
// the request.
func TestNextDeniedPasted(t *testing.T) {
	r := diagnose.Of(data.All(), paste.Scenario([]paste.Piece{
		denied("kms:Decrypt", "arn:aws:kms:eu-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"),
		{Name: "second.txt", Text: "An error occurred (AccessDeniedException) when calling the GetKeyPolicy operation: User: " + reader +
			" is not authorized to perform: kms:GetKeyPolicy on resource: " +
			"arn:aws:kms:eu-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab because no resource-based policy allows the " +
			"kms:GetKeyPolicy action"},
	}), nil)
	if r.Asked.Action != "kms:Decrypt" || r.Next == nil || r.Next.ID == "key-policy" {
		t.Errorf("%+v, next %+v", r.Asked, r.Next)
	}
}

// TestServiceLinked: nobody can set a boundary for a service-linked role, so there
// is none to be fetched; other roles can have one.
func TestServiceLinked(t *testing.T) {
	for role, want := range map[string]bool{"AWSServiceRoleForAutoScaling": false, "app": true} {
		r := paste.Scenario([]paste.Piece{{Name: "error.txt", Text: "User: arn:aws:sts::111122223333:assumed-role/" + role +
			"/s is not authorized to " +
			"perform: kms:Decrypt on resource: arn:aws:kms:us-east-1:111122223333:key/k"}})
		if has := strings.Contains(r.Text, " boundary"); has != want {
			t.Errorf("%s: %s", role, r.Text)
		}
	}
}
