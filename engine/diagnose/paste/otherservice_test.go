package paste_test

import (
	"slices"
	"strings"
	"testing"
)

// Policies of another service than the request's are those of something beside the
// resource: they count for what the call asks of it, and for nothing else.
func TestPoliciesOfAnotherService(t *testing.T) {
	const (
		plain = "An error occurred (AccessDenied) when calling the GetObject operation: Access Denied\n"
		read  = `{"Statement": {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::quarterly/*"}}` + "\n"
		trust = `{"Statement": {"Effect": "Allow", "Principal": {"Service": "ec2.amazonaws.com"}, "Action": "sts:AssumeRole"}}` + "\n"
		key   = `{"Statement": {"Effect": "Allow", "Principal": {"AWS": "arn:aws:iam::111122223333:root"}, ` +
			`"Action": "kms:*", "Resource": "*"}}` + "\n"
		across = `{"Statement": {"Effect": "Allow", "Principal": {"AWS": "arn:aws:iam::444455556666:role/reader"}, "Action": "s3:GetObject", ` +
			`"Resource": "arn:aws:s3:::quarterly/*"}}` + "\n"
		both   = `{"Statement": {"Effect": "Allow", "Action": ["s3:GetObject", "s3:ListBucket"], "Resource": "*"}}` + "\n"
		theirs = `{"Statement": [{"Effect": "Allow", "Principal": {"AWS": "arn:aws:iam::111122223333:root"}, "Action": "kms:*", ` +
			`"Resource": "*"}, {"Effect": "Allow", "Principal": {"AWS": "arn:aws:iam::444455556666:root"}, ` +
			`"Action": "kms:Decrypt", "Resource": "*"}]}` + "\n"
		site = `{"Statement": {"Effect": "Allow", "Principal": {"Service": "cloudfront.amazonaws.com"}, "Action": "s3:GetObject", ` +
			`"Resource": "arn:aws:s3:::quarterly/*", "Condition": {"StringEquals": ` +
			`{"AWS:SourceArn": "arn:aws:cloudfront::111122223333:distribution/E1"}}}}` + "\n"
		s3Error = "<Error><Code>AccessDenied</Code><Message>Access Denied</Message><RequestId>A1</RequestId><HostId>b2</HostId></Error>\n"
		secret  = "An error occurred (AccessDeniedException) when calling the GetSecretValue operation: Access to KMS is not allowed\n" +
			"arn:aws:secretsmanager:eu-west-1:111122223333:secret:db-AbCdEf\n"
		reads = `{"Statement": {"Effect": "Allow", "Principal": {"AWS": "arn:aws:iam::444455556666:role/fn"}, ` +
			`"Action": "secretsmanager:GetSecretValue", "Resource": "*"}}` + "\n"
		get = `{"Statement": {"Effect": "Allow", "Action": "secretsmanager:GetSecretValue", "Resource": "*"}}` + "\n"
	)
	for _, c := range []struct {
		name, text             string
		action, resource, from string // of the request, and the section of the first cause
		given                  string // the policy types that are known
		sections               string // that are made
	}{
		{"a trust policy", plain + trust + read, "s3:GetObject", "arn:aws:s3:::quarterly/UNKNOWN", "", "identity", ""},
		{"a trust policy, and AWS names the action", blamesIdentity + trust + read, "s3:GetObject", "arn:aws:s3:::quarterly/a.csv", "",
			"identity", ""},
		{"a key policy that leaves it to IAM", plain + read + key, "kms:Decrypt", "arn:aws:kms:us-east-1:111122223333:key/UNKNOWN",
			"identity/", "resource identity", "entity/kms/policy.json"},
		{"a key policy that does not name the service", s3Error + site + key, "kms:Decrypt",
			"arn:aws:kms:us-east-1:111122223333:key/UNKNOWN", "entity/kms/policy.json", "resource", "resource.json entity/kms/policy.json"},
		{"a key policy that leaves it to the caller's account", plain + across + both + theirs, "kms:Decrypt",
			"arn:aws:kms:us-east-1:111122223333:key/UNKNOWN", "identity/", "resource identity", "entity/kms/policy.json"},
		{"a bucket policy alone", s3Error + site, "s3:GetObject", "arn:aws:s3:::quarterly/UNKNOWN", "resource.json", "resource",
			"resource.json"},
		{"the policy of a secret", secret + reads + get, "kms:Decrypt", "arn:aws:kms:eu-west-1:111122223333:key/UNKNOWN", "identity/",
			"identity", "entity/secretsmanager/policy.json"},
		{"a trust policy, and no action is named", s3Error + trust + read, "s3:PutObject", "arn:aws:s3:::quarterly/UNKNOWN",
			"identity/", "identity", ""},
		{"no error, and the trust policy first", trust + site, "s3:GetObject", "arn:aws:s3:::quarterly/UNKNOWN", "resource.json", "resource",
			"resource.json"},
	} {
		b, r := diagnosed(c.text)
		from := ""
		for _, found := range append(r.Proved[:len(r.Proved):len(r.Proved)], r.Possible...) {
			if from == "" && found.Place != nil {
				from = found.Place.Section
			}
		}
		if r.Asked.Action != c.action || r.Asked.Resource != c.resource || !strings.HasPrefix(from, c.from) ||
			strings.Join(r.Policies.Given, " ") != c.given {
			t.Errorf("%s: %s on %s, %q, given %v", c.name, r.Asked.Action, r.Asked.Resource, from, r.Policies.Given)
		}
		for section := range strings.FieldsSeq(c.sections) {
			if !strings.Contains(b.Text, "\n-- "+section+" --\n") {
				t.Errorf("%s: no %s in\n%s", c.name, section, b.Text)
			}
		}
		if strings.Contains(b.Text, "sts:AssumeRole") {
			t.Errorf("%s: the trust policy counts", c.name)
		}
	}
}

// What AWS's message leaves open is what the code beside it makes; what it names stays.
func TestResourceBrought(t *testing.T) {
	const (
		role = "InvalidParameterValueException: The role defined for the function cannot be assumed by Lambda.\n" +
			`{"Resources": {"Worker": {"Type": "AWS::IAM::Role", "Properties": {"RoleName": "worker", "AssumeRolePolicyDocument": ` +
			`{"Statement": {"Effect": "Allow", "Principal": {"Service": "ec2.amazonaws.com"}, "Action": "sts:AssumeRole"}}}}}}`
		bucket = "InsufficientS3BucketPolicyException: Incorrect S3 bucket policy is detected for bucket: trail\n" +
			`{"Resources": {"P": {"Type": "AWS::S3::BucketPolicy", "Properties": {"Bucket": "NAME", "PolicyDocument": {"Statement": ` +
			`{"Effect": "Allow", "Principal": {"Service": "cloudtrail.amazonaws.com"}, "Action": "s3:GetBucketAcl", "Resource": "*"}}}}}}`
	)
	for _, c := range []struct {
		name, text, resource string
		given                bool
	}{
		{"a role", role, "arn:aws:iam::000000000000:role/worker", true},
		{"a bucket, of an object", strings.ReplaceAll(bucket, "NAME", "trail"), "arn:aws:s3:::trail/AWSLogs/UNKNOWN", true},
		{"another bucket", strings.ReplaceAll(bucket, "NAME", "other"), "arn:aws:s3:::trail/AWSLogs/UNKNOWN", false},
		{"a queue of notifications", "Unable to validate the following destination configurations\n" +
			`{"Resources": {"P": {"Type": "AWS::SQS::QueuePolicy", "Properties": {"Queues": ` +
			`["https://sqs.us-east-1.amazonaws.com/111122223333/jobs"], "PolicyDocument": {"Statement": {"Effect": "Allow", ` +
			`"Principal": {"Service": "sns.amazonaws.com"}, "Action": "sqs:SendMessage", ` +
			`"Resource": "*"}}}}}}`, "arn:aws:sqs:us-east-1:111122223333:jobs", true},
	} {
		_, r := diagnosed(c.text)
		if r.Asked.Resource != c.resource || slices.Contains(r.Policies.Given, "resource") != c.given {
			t.Errorf("%s: %+v %+v", c.name, r.Asked, r.Policies)
		}
	}
}

// Asked for by its name, a secret is one whose ARN ends in six characters more.
func TestSecretByName(t *testing.T) {
	const arn = "arn:aws:secretsmanager:us-east-1:111122223333:secret:prod/db"
	for resource, verdict := range map[string]string{"": "agrees", "-??????": "contradicts", "-*": "contradicts", "-AbCdEf": "contradicts"} {
		_, r := diagnosed("User: arn:aws:iam::111122223333:user/ann is not authorized to perform: secretsmanager:GetSecretValue on resource: " +
			"prod/db because no identity-based policy allows the secretsmanager:GetSecretValue action\n" +
			`{"Statement": {"Effect": "Allow", "Action": "secretsmanager:GetSecretValue", "Resource": "` + arn + resource + `"}}`)
		if r.Verdict != verdict || len(r.Asked.Resource) != len(arn)+len("-AbCdEf") {
			t.Errorf("a policy for %q: %q, asked on %s", resource, r.Verdict, r.Asked.Resource)
		}
	}
}

// Across accounts, the statement for the resource's own account is none for the caller.
func TestStatementForTheCallersAccount(t *testing.T) {
	_, r := diagnosed("User: arn:aws:iam::444455556666:user/ann is not authorized to perform: kms:CreateGrant on resource: " +
		"arn:aws:kms:us-east-1:111122223333:key/1234abcd because no resource-based policy allows the kms:CreateGrant action\n" +
		`{"Statement": [{"Effect": "Allow", "Principal": {"AWS": "arn:aws:iam::111122223333:root"}, "Action": "kms:*", "Resource": "*"}, ` +
		`{"Effect": "Allow", "Principal": {"AWS": "arn:aws:iam::444455556666:root"}, "Action": ["kms:Encrypt", "kms:Decrypt"], ` +
		`"Resource": "*"}]}`)
	if len(r.Proved) != 2 || r.Proved[1].Place == nil || r.Proved[1].Place.Statement != 2 {
		t.Errorf("%+v", r.Proved)
	}
}
