package scenario_test

import (
	"fmt"
	"strings"
	"testing"

	"why403/engine"
	"why403/engine/scenario"
)

const (
	alice   = "principal: arn:aws:iam::111122223333:user/alice\n"
	session = "principal: arn:aws:sts::111122223333:assumed-role/app/i-0abc\n"
	decrypt = "action: kms:Decrypt\n"
	key     = "resource: arn:aws:kms:us-east-1:111122223333:key/1234\n"
)

// Each key of a request with values that are taken and values that are not.
func TestRequestKeys(t *testing.T) {
	for _, c := range []struct{ key, rest, good, bad string }{
		{"principal", decrypt + key,
			"arn:aws:iam::111122223333:user/path/alice|arn:aws:sts::111122223333:assumed-role/app/s|arn:aws:sts::111122223333:federated-user/bob|" +
				"arn:aws:iam::111122223333:root|arn:aws:iam::111122223333:role/p/app|arn:aws-cn:iam::111122223333:user/a|sns.amazonaws.com|anonymous",
			"|alice|111122223333|*|arn:aws:iam::11112222333:user/alice|arn:aws:iam::111122223333:group/g|arn:aws:iam::111122223333:user/|" +
				"arn:aws:sts::111122223333:assumed-role/app|arn:aws:s3:::bucket|Anonymous"},
		{"role", session + decrypt + key,
			"arn:aws:iam::111122223333:role/app|arn:aws:iam::111122223333:role/path/to/app",
			"|app|arn:aws:iam::111122223333:user/app|arn:aws:sts::111122223333:assumed-role/app/s|arn:aws:iam::1:role/app"},
		{"action", alice + key, "kms:Decrypt|S3:getobject|execute-api:Invoke",
			"|Decrypt|kms:|:Decrypt|kms:*|kms:Decr?pt|kms:Decrypt, kms:Encrypt|s3:a:b"},
		{"resource", alice + decrypt,
			"*|arn:aws:kms:us-east-1:111122223333:key/1|arn:aws:iam::aws:policy/AdministratorAccess|arn:aws:ec2:us-east-1:111122223333:instance/*",
			"|key/1234|1234|arn:aws:kms|arn:aws:s3:::|arn::kms:us-east-1:111122223333:key/1|arn:aws:kms:us-east-1:1111:key/1|arn:aws:kms:us-east-1:*:key/1"},
		{"resource-account", alice + decrypt + key, "111122223333|000000000000", "|11112222333|1111-2222-3333|arn:aws:iam::111122223333:root"},
		{"management-account", alice + decrypt + key, "111122223333", "|x"},
		{"object-owner", alice + decrypt + key, "111122223333", "|x"},
		{"endpoint-type", alice + decrypt + key, "interface|gateway", "|Gateway|none"},
		{"key-manager", alice + decrypt + key, "customer|aws", "|AWS"},
		{"object-ownership", alice + decrypt + key, "BucketOwnerEnforced|BucketOwnerPreferred|ObjectWriter", "|bucketownerenforced"},
		{"block-public-access", alice + decrypt + key,
			"|BlockPublicAcls|RestrictPublicBuckets IgnorePublicAcls|BlockPublicPolicy, BlockPublicAcls", "true|BlockPublicACLs"},
		{"federated-by", alice + decrypt + key, "|accounts.google.com|arn:aws:iam::111122223333:saml-provider/x", ""},
	} {
		for _, value := range strings.Split(c.good, "|") {
			expect(t, "-- request --\n"+c.key+": "+value+"\n"+c.rest, "")
		}
		if c.bad == "" {
			continue
		}
		for _, value := range strings.Split(c.bad, "|") {
			column := len(c.key) + 3
			if value == "" {
				column-- // right behind the colon
			}
			line := strings.Count(c.rest, "\n") + 1
			expect(t, "-- request --\n"+c.rest+c.key+": "+value, fmt.Sprintf("request:%d:%d bad-%s", line, column, c.key))
		}
	}
}

func TestRequestValues(t *testing.T) {
	f := expect(t, "-- request/put --\n"+
		"role: arn:aws:iam::111122223333:role/path/app\n"+session+
		"federated-by: accounts.google.com\n"+
		"action: s3:PutObject\nresource: arn:aws:s3:::bucket/key\nresource-account: 444455556666\nmanagement-account: 777788889999\n"+
		"endpoint-type: gateway\nkey-manager: aws\nobject-ownership: ObjectWriter\nobject-owner: 777788889999\n"+
		"block-public-access: IgnorePublicAcls RestrictPublicBuckets\n"+
		"-- endpoint.json --\n"+`{"Version":"2012-10-17","Statement":{"Effect":"Allow","Principal":"*","Action":"*","Resource":"*"}}`, "")
	r := f.Requests[0].Check
	if r.Name != "put" || r.Principal.Kind != engine.RoleSession || r.Principal.Role != "arn:aws:iam::111122223333:role/path/app" ||
		r.Principal.FederatedBy != "accounts.google.com" || r.Action != "s3:PutObject" || r.Resource != "arn:aws:s3:::bucket/key" {
		t.Errorf("%+v", r)
	}
	if r.ResourceAccount != "444455556666" || r.ManagementAccount != "777788889999" || !r.GatewayEndpoint || !r.AWSManagedKey ||
		r.Ownership != engine.ObjectWriter || r.ObjectOwner != "777788889999" ||
		r.BlockPublic != engine.IgnorePublicACLs|engine.RestrictPublicBuckets {
		t.Errorf("%+v", r)
	}
}

// A key ends at the first colon that a space follows, or that ends the line.
func TestLines(t *testing.T) {
	for line, want := range map[string]string{
		"action: kms:Decrypt":              "action|kms:Decrypt",
		"kms:EncryptionContext:a: b: c":    "kms:EncryptionContext:a|b: c",
		"aws:PrincipalTag/team:":           "aws:PrincipalTag/team|",
		"aws:PrincipalTag/team: ":          "aws:PrincipalTag/team|",
		"aws:Referer: https://example.com": "aws:Referer|https://example.com",
		"  action:   kms:Decrypt\t\r":      "action|kms:Decrypt",
		"aws:SourceIp: 2001:db8::1":        "aws:SourceIp|2001:db8::1",
	} {
		lines := scenario.Lines("\n \n" + line + "\n\n")
		if len(lines) != 1 || !lines[0].OK || lines[0].Key+"|"+lines[0].Value != want {
			t.Errorf("%q is %+v, want %s", line, lines, want)
			continue
		}
		text, l := "\n \n"+line, lines[0]
		if text[l.KeySpan.Start:l.KeySpan.End] != l.Key || text[l.ValueSpan.Start:l.ValueSpan.End] != l.Value || l.Span.End != l.ValueSpan.End {
			t.Errorf("%q: spans %v %v %v", line, l.Span, l.KeySpan, l.ValueSpan)
		}
	}
	for _, line := range []string{"action", "action=kms:Decrypt", "kms:Decrypt", ": x", ":", "{", "action:kms:Decrypt"} {
		if l := scenario.Lines(line); len(l) != 1 || l[0].OK {
			t.Errorf("%q is %+v", line, l)
		}
	}
}

func TestConditionKeys(t *testing.T) {
	f := expect(t, ask+"aws:TagKeys: a\nAWS:tagkeys: b\naws:TagKeys: a\naws:PrincipalTag/x:\naws:Referer: a: b\n", "")
	context := &f.Requests[0].Context
	for name, want := range map[string]string{"aws:TagKeys": "a,b,a", "aws:PrincipalTag/x": "", "aws:Referer": "a: b"} {
		if got, ok := context.Get(name); !ok || strings.Join(got, ",") != want {
			t.Errorf("%s is %q, want %q", name, got, want)
		}
	}
	if context.Has("aws:SourceIp") {
		t.Error("a key that is not given")
	}
}

func TestRequestProblems(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{alice + decrypt, "request:1:1 missing-key"},
		{alice, "request:1:1 missing-key, request:1:1 missing-key"},
		{alice + decrypt + key + alice, "request:4:1 duplicate-key"},
		{alice + decrypt + key + "color: red\n", "request:4:1 unknown-key"},
		{alice + decrypt + key + "  color: red\n", "request:4:3 unknown-key"},
		{alice + decrypt + key + "\nno colon\n", "request:5:1 bad-line"},
		{"Principal: anonymous\n" + decrypt + key, "request:1:1 unknown-key, request:1:1 missing-key"},
		{"principal: x\naction: y\nresource: z\n", "request:1:12 bad-principal, request:2:9 bad-action, request:3:11 bad-resource"},
		{alice + "role: arn:aws:iam::111122223333:role/app\n" + decrypt + key, "request:1:1 bad-role"},
		{session + "role: arn:aws:iam::111122223333:role/other\n" + decrypt + key, "request:1:1 bad-role"},
		{session + "role: arn:aws:iam::444455556666:role/app\n" + decrypt + key, "request:1:1 bad-role"},
		{alice + "action: s3:GetObject\nresource: arn:aws:s3:::b/k\n", "~request:3:11 no-resource-account"},
		{alice + "action: s3:GetObject\nresource: arn:aws-cn:s3:::b/k\n", "~request:3:11 no-resource-account"},
	} {
		f := expect(t, "-- request --\n"+c.text, c.want)
		if got := len(f.Requests) == 0; got != f.Errors() {
			t.Errorf("%d requests in\n%s", len(f.Requests), c.text)
		}
	}
}

func TestLongRequest(t *testing.T) {
	text := ask + strings.Repeat("x", scenario.MaxRequest-len(ask)+len("-- request --\n"))
	column := scenario.MaxRequest - strings.LastIndexByte(ask, '\n') + len("-- request --\n")
	expect(t, text, "request:4:1 bad-line")
	expect(t, ask+strings.Repeat("aws:TagKeys: a\n", scenario.MaxLines-2), "request:129:1 too-large")
	expect(t, text+"x", fmt.Sprintf("request:4:%d too-large", column))
}

// What people get wrong has an answer that says what is right.
func TestRequestAdvice(t *testing.T) {
	for line, want := range map[string]string{
		"Principal: x":           "Write principal.",
		"resource_account: 1":    "Write resource-account.",
		"sourceip: 1":            "condition keys, which have a colon in them",
		"principal: alice":       "a principal is the ARN of a user",
		"action: kms:*":          "one request does one thing",
		"resource: my-key":       "An ARN has six parts",
		"resource-account: prod": "12 digits, such as 111122223333",
		"endpoint-type: x":       "Write one of: interface, gateway.",
		"action=x":               "with a space after the colon",
	} {
		f := scenario.Parse("-- request --\n" + line + "\n")
		if !strings.Contains(f.Problems[0].Message, want) {
			t.Errorf("%s: %s", line, f.Problems[0].Message)
		}
	}
}

func TestBlockedPutIsNotJudged(t *testing.T) {
	const put = "-- request --\nprincipal: arn:aws:iam::111122223333:user/alice\naction: ACTION\nresource: " +
		"arn:aws:s3:::b\nresource-account: 111122223333\nblock-public-access: BlockPublicPolicy\n"
	expect(t, strings.Replace(put, "ACTION", "s3:PutBucketPolicy", 1), "~request:1:1 not-judged")
	expect(t, strings.Replace(put, "ACTION", "s3:PutBucketAcl", 1), "")
}

// Where the file has AWS's own sentence, that what is put is public, the
// verdict follows it.
func TestSaidBlocked(t *testing.T) {
	const policySaid, aclSaid = "because public policies are prevented by the BlockPublicPolicy setting in S3 Block Public Access",
		"because public ACLs are prevented by the BlockPublicAcls setting in S3 Block Public Access"
	for _, c := range []struct {
		action, block, said string
		want                engine.Refusal
	}{
		{"s3:PutBucketPolicy", "BlockPublicPolicy", policySaid, engine.RefusedPolicy},
		{"s3:PutBucketPolicy", "BlockPublicPolicy", aclSaid, engine.NoRefusal},
		{"s3:PutBucketPolicy", "BlockPublicPolicy", "", engine.NoRefusal},
		{"s3:PutBucketPolicy", "RestrictPublicBuckets", policySaid, engine.NoRefusal},
		{"s3:PutBucketAcl", "BlockPublicAcls", aclSaid, engine.RefusedPublicACL},
	} {
		request := "-- request --\nprincipal: arn:aws:iam::111122223333:user/dev\naction: " + c.action +
			"\nresource: arn:aws:s3:::b\nresource-account: 111122223333\n" +
			"object-ownership: ObjectWriter\nblock-public-access: " + c.block + "\n"
		for _, text := range []string{"Title\n\nAWS said: " + c.said + "\n\n" + request, "-- error --\n" + c.said + "\n" + request} {
			f := scenario.Parse(text)
			if d := engine.Decide(f.Requests[0].Check); d.Refusal != c.want {
				t.Errorf("%s: %d, want %d", text, d.Refusal, c.want)
			}
		}
	}
}
