package flow_test

import (
	"slices"
	"strings"
	"testing"

	"why403/engine"
	"why403/engine/catalogue/data"
	"why403/engine/flow"
	"why403/engine/policy"
)

func call(t *testing.T, w *engine.Compiled, r engine.Request, resources ...string) *flow.Call {
	t.Helper()
	c, err := flow.Of(w, r, resources...)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func world(t *testing.T, entities ...engine.Entity) *engine.Compiled {
	t.Helper()
	w, err := engine.Compile(&engine.World{Catalogue: data.All(), Entities: entities})
	if err != nil {
		t.Fatal(err)
	}
	return w
}

// find is the check of an action, the nth.
func find(t *testing.T, c *flow.Call, action string, n int) *engine.Check {
	t.Helper()
	for _, check := range c.Checks {
		if check.Action == action {
			if n--; n < 0 {
				return check.Check
			}
		}
	}
	t.Fatalf("no %s among %d checks", action, len(c.Checks))
	return nil
}

func value(c *engine.Check, key string) string {
	values, _ := c.Context.Get(key)
	return strings.Join(values, ",")
}

// What a service asks KMS for a caller says who that is, and nothing of the
// network or of the resource that was asked for.
func TestWhatACheckCarries(t *testing.T) {
	r := asked(ann, "s3:GetObject", object, "aws:PrincipalTag/team", "blue", "aws:MultiFactorAuthPresent", "true", "aws:SourceIp", "192.0.2.1",
		"aws:SourceVpce", "vpce-1", "aws:ResourceTag/kind", "bucket", "s3:ExistingObjectTag/a", "b")
	c := find(t, call(t, encrypted(t, object), r), "kms:Decrypt", 0)
	for key, want := range map[string]string{
		"aws:PrincipalTag/team": "blue", "aws:MultiFactorAuthPresent": "true", "aws:PrincipalArn": ann, "aws:username": "ann",
		"kms:ViaService": "s3.us-east-1.amazonaws.com", "aws:ViaAWSService": "true", "kms:EncryptionContext:aws:s3:arn": object,
		"aws:SourceIp": "", "aws:SourceVpce": "", "aws:ResourceTag/kind": "", "s3:ExistingObjectTag/a": "", "aws:ResourceAccount": "111122223333",
	} {
		if got := value(c, key); got != want {
			t.Errorf("%s is %q, want %q", key, got, want)
		}
	}
}

// Another check of the caller's own call came the same way, and carries only
// what such a request can.
func TestWhatACopyCarries(t *testing.T) {
	theirs := engine.Entity{ARN: "arn:aws:s3:::theirs", Account: "444455556666"}
	mine := engine.Entity{ARN: "arn:aws:s3:::b", Account: "111122223333"}
	r := asked(ann, "s3:CopyObject", object, "s3:x-amz-copy-source", "theirs/k", "aws:SourceVpce", "vpce-1", "s3:x-amz-acl", "private",
		"s3:authType", "REST-HEADER")
	c := find(t, call(t, world(t, theirs, mine), r), "s3:GetObject", 0)
	for key, want := range map[string]string{
		"aws:SourceVpce": "vpce-1", "s3:authType": "REST-HEADER", "s3:x-amz-acl": "", "s3:x-amz-copy-source": "",
		"aws:ResourceAccount": "444455556666",
	} {
		if got := value(c, key); got != want {
			t.Errorf("%s is %q, want %q", key, got, want)
		}
	}
	if c.Resource != "arn:aws:s3:::theirs/k" || !c.CrossAccount() {
		t.Errorf("reads %s, across accounts: %v", c.Resource, c.CrossAccount())
	}
}

// With a bucket key, the encryption context is the bucket.
func TestBucketKey(t *testing.T) {
	w := world(t, engine.Entity{ARN: "arn:aws:s3:::b", Settings: engine.Settings{EncryptedWith: key, BucketKey: true}})
	c := find(t, call(t, w, asked(ann, "s3:PutObject", object)), "kms:GenerateDataKey", 0)
	if got := value(c, "kms:EncryptionContext:aws:s3:arn"); got != "arn:aws:s3:::b" {
		t.Errorf("the context is %q", got)
	}
}

// The key that an upload names counts, not the bucket's; and S3's own
// encryption asks KMS for nothing.
func TestKeyOfARequest(t *testing.T) {
	w := encrypted(t, object)
	named := strings.Replace(key, "key/k", "key/named", 1)
	c := call(t, w, asked(ann, "s3:PutObject", object, "s3:x-amz-server-side-encryption-aws-kms-key-id", named))
	if got := find(t, c, "kms:GenerateDataKey", 0).Resource; got != named {
		t.Errorf("asks %s", got)
	}
	c = call(t, world(t), asked(ann, "s3:PutObject", object, "s3:x-amz-server-side-encryption", "AES256"))
	if len(c.Checks) != 1 || len(c.Possible) != 0 {
		t.Errorf("%d checks, %+v", len(c.Checks), c.Possible)
	}
}

// Two checks of one action on one key are two, where the encryption context
// differs; and one, where nothing does.
func TestChecksThatDiffer(t *testing.T) {
	r := asked(ann, "s3:UploadPartCopy", object, "s3:x-amz-copy-source", "b/other")
	c := call(t, encrypted(t, object), r)
	first, second := find(t, c, "kms:Decrypt", 0), find(t, c, "kms:Decrypt", 1)
	a, b := value(first, "kms:EncryptionContext:aws:s3:arn"), value(second, "kms:EncryptionContext:aws:s3:arn")
	if a == b || !slices.Contains([]string{a, b}, "arn:aws:s3:::b/other") {
		t.Errorf("decrypts %s and %s", a, b)
	}
	c = call(t, encrypted(t, object), asked(ann, "s3:GetObject", object), object, object)
	if len(c.Checks) != 2 {
		t.Errorf("one resource given twice makes %d checks", len(c.Checks))
	}
}

// A call with very many resources ends, and says so.
func TestTooManyChecks(t *testing.T) {
	var resources []string
	for i := range 80 {
		resources = append(resources, object+strings.Repeat("x", i))
	}
	c := call(t, encrypted(t, object), asked(ann, "s3:GetObject", object), resources...)
	if said := slices.ContainsFunc(c.Notes, func(n flow.Note) bool { return n.Code == "too-many-checks" }); len(c.Checks) != 64 || !said {
		t.Errorf("%d checks, %+v", len(c.Checks), c.Notes)
	}
}

// Each service that takes a role asks for iam:PassRole, and says that it is
// the one; other calls with a role among their resources don't.
func TestPassRole(t *testing.T) {
	const role = "arn:aws:iam::111122223333:role/r"
	for action, want := range map[string]string{
		"lambda:CreateFunction": "lambda.amazonaws.com", "ecs:RunTask": "ecs-tasks.amazonaws.com",
		"ecs:RegisterTaskDefinition": "ecs-tasks.amazonaws.com",
		"ec2:RunInstances":           "ec2.amazonaws.com", "autoscaling:CreateLaunchConfiguration": "ec2.amazonaws.com",
		"glue:CreateJob":                   "glue.amazonaws.com",
		"sagemaker:CreateNotebookInstance": "sagemaker.amazonaws.com", "cloudformation:CreateStack": "cloudformation.amazonaws.com",
		"states:CreateStateMachine": "states.amazonaws.com", "codebuild:CreateProject": "codebuild.amazonaws.com",
		"codepipeline:CreatePipeline": "codepipeline.amazonaws.com", "events:PutTargets": "events.amazonaws.com",
		"scheduler:CreateSchedule": "scheduler.amazonaws.com", "firehose:CreateDeliveryStream": "firehose.amazonaws.com",
		"backup:StartBackupJob": "backup.amazonaws.com", "eks:CreateCluster": "eks.amazonaws.com",
	} {
		c := find(t, call(t, world(t), asked(ann, action, role)), "iam:PassRole", 0)
		if got := value(c, "iam:PassedToService"); got != want || c.Resource != role {
			t.Errorf("%s hands %s to %q, want %q", action, c.Resource, got, want)
		}
	}
	for _, action := range []string{"iam:GetRole", "sts:AssumeRole"} {
		if c := call(t, world(t), asked(ann, action, role)); c.Checks[0].Action != action {
			t.Errorf("%s asks for %s", action, c.Checks[0].Action)
		}
	}
}

// What AWS also checks and the request has no resource for is said, or named
// as possible.
func TestMissingResources(t *testing.T) {
	c := call(t, world(t), asked(ann, "ec2:RunInstances", "arn:aws:ec2:us-east-1:111122223333:instance/*"))
	if len(c.Notes) != 1 || c.Notes[0].Code != "other-resources" ||
		!strings.Contains(c.Notes[0].Message, "image, network-interface, security-group and subnet") {
		t.Errorf("%+v", c.Notes)
	}
	if !slices.ContainsFunc(c.Possible, func(p flow.Possible) bool { return p.Action == "iam:PassRole" }) {
		t.Errorf("%+v", c.Possible)
	}
	if c = call(t, world(t), asked(ann, "s3:CopyObject", object)); !slices.ContainsFunc(c.Notes,
		func(n flow.Note) bool { return n.Code == "no-source" }) {
		t.Errorf("%+v", c.Notes)
	}
}

// An action that is checked on * is, beside what else its resource asks for.
func TestWildcardOnly(t *testing.T) {
	const file = "arn:aws:elasticfilesystem:us-east-1:111122223333:file-system/fs-1"
	for _, keys := range [][]string{nil, {"aws:RequestTag/team", "blue"}} {
		c := call(t, encrypted(t, file), asked(ann, "elasticfilesystem:CreateFileSystem", file, keys...))
		if got := find(t, c, "elasticfilesystem:CreateFileSystem", 0).Resource; got != "*" {
			t.Errorf("checked on %s", got)
		}
		find(t, c, "kms:CreateGrant", 0)
		tags := slices.ContainsFunc(c.Checks, func(c flow.Check) bool { return c.Action == "elasticfilesystem:TagResource" })
		if tags != (keys != nil) {
			t.Errorf("with %v it asks for tags: %v", keys, tags)
		}
	}
}

// An origin access identity has a canonical user ID too, which nothing here
// tells.
func TestCanonicalUser(t *testing.T) {
	const oai = "arn:aws:iam::cloudfront:user/CloudFront Origin Access Identity E1"
	for principal, want := range map[string]bool{`{"CanonicalUser": ` +
		`"79a59df900b949e55d96a1e698fbacedfd6e09d98eacf8f8d5218e7cd47ef2be"}`: true, `{"AWS": "` + oai + `"}`: false} {
		d, problems := policy.Parse("p", policy.Resource,
			`{"Statement": {"Effect": "Allow", "Principal": `+principal+`, "Action": "s3:GetObject", "Resource": "arn:aws:s3:::b/*"}}`)
		if policy.Errors(problems) {
			t.Fatal(problems)
		}
		w := world(t, engine.Entity{ARN: "arn:aws:s3:::b", Account: "111122223333", Policies: []*engine.Policy{engine.NewPolicy(d, 0)}})
		c := call(t, w, asked(oai, "s3:GetObject", object))
		if got := slices.ContainsFunc(c.Notes, func(n flow.Note) bool { return n.Code == "canonical-user" }); got != want {
			t.Errorf("%s: said %v", principal, got)
		}
	}
}

// KMS takes no request that is not signed, which no policy tells: its answer to one
// is what the policies say, with a note.
func TestUnsignedKMS(t *testing.T) {
	const key = "arn:aws:kms:eu-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"
	for _, c := range []struct {
		caller, action, resource string
		want                     bool
	}{{"anonymous", "kms:DescribeKey", key, true}, {ann, "kms:DescribeKey", key, false}, {"anonymous", "s3:GetObject", object, false}} {
		notes := call(t, world(t), asked(c.caller, c.action, c.resource)).Notes
		if got := slices.ContainsFunc(notes, func(n flow.Note) bool { return n.Code == "signed-only" }); got != c.want {
			t.Errorf("%s by %s: said %v", c.action, c.caller, got)
		}
	}
}

// The name of an API operation is read as what AWS checks for it.
func TestOperationNames(t *testing.T) {
	const table = "arn:aws:dynamodb:us-east-1:111122223333:table/T"
	for _, c := range []struct{ action, resource, checks, note string }{
		{"s3:HeadObject", object, "s3:GetObject", "AWS checks s3:GetObject, and so does this answer."},
		{"budgets:DescribeBudgets", "arn:aws:budgets::111122223333:budget/b", "budgets:ViewBudget", "AWS checks budgets:ViewBudget"},
		{"dynamodb:ExecuteStatement", table, "dynamodb:PartiQLSelect dynamodb:PartiQLInsert dynamodb:PartiQLUpdate dynamodb:PartiQLDelete",
			"This answer is for all of them"},
		{"sso:GetRoleCredentials", "*", "sso:GetRoleCredentials", "It needs none"},
	} {
		got := call(t, world(t), asked(ann, c.action, c.resource))
		var checks []string
		for _, check := range got.Checks {
			checks = append(checks, check.Action)
		}
		if strings.Join(checks, " ") != c.checks {
			t.Errorf("%s asks %v, want %s", c.action, checks, c.checks)
		}
		if !slices.ContainsFunc(got.Notes, func(n flow.Note) bool { return n.Code == "operation" && strings.Contains(n.Message, c.note) }) {
			t.Errorf("%s has no note %q: %+v", c.action, c.note, got.Notes)
		}
	}
}
