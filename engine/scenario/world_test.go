package scenario_test

import (
	"strings"
	"testing"

	"why403/engine"
	"why403/engine/policy"
	"why403/engine/scenario"
)

const (
	getReport = "-- request --\n" + session + "action: s3:GetObject\nresource: arn:aws:s3:::reports/a\n"
	bucket    = "-- entity/reports --\narn: arn:aws:s3:::reports\naccount: 111122223333\n"
	mayAll    = `{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"*","Resource":"*"}}` + "\n"
	everybody = `{"Version":"2012-10-17","Statement":{"Effect":"Allow","Principal":"*","Action":"*","Resource":"*"}}` + "\n"
)

// outcomes are the answers to a file's requests, by name.
func outcomes(t *testing.T, text string) map[string]string {
	t.Helper()
	f := scenario.Parse(text)
	if f.Errors() {
		t.Fatalf("%s\n%s", places(f), text)
	}
	out := map[string]string{}
	for i := range f.Requests {
		out[f.Requests[i].Name] = engine.Decide(f.Requests[i].Check).Outcome.String()
	}
	return out
}

// Bad headers and folders: each a problem at its place, and the rest is read.
func TestFolders(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{bucket + "-- entity/reports/policy.json --\n" + everybody, ""},
		{"-- entity/x --\n", "entity/x:1:1 missing-arn"},
		{"-- entity/x --\narn: reports\n", "entity/x:1:6 bad-arn"},
		{"-- entity/x --\narn: arn:aws:sqs:us-east-1:1111:q\n", "entity/x:1:6 bad-arn"},
		{"-- entity/x --\narn: sns.amazonaws.com\n", ""},
		{"-- entity/x --\narn: arn:aws:s3:::b\narn: arn:aws:s3:::c\n", "entity/x:2:1 duplicate-key"},
		{"-- entity/x --\narn: arn:aws:s3:::b\ncolour: blue\n", "entity/x:2:1 unknown-key"},
		{"-- entity/x --\narn: arn:aws:s3:::b\nblue\n", "entity/x:2:1 bad-line"},
		{"-- entity/x --\narn: arn:aws:s3:::b\naccount: 1\n", "entity/x:2:10 bad-account"},
		{"-- entity/x --\narn: arn:aws:s3:::b\nencrypted-with: alias/x\n", "entity/x:2:17 bad-encrypted-with"},
		{"-- entity/x --\narn: arn:aws:s3:::b\ntag/team: blue\ntag/cost: 1\nobject-ownership: ObjectWriter\nblock-public-access: " +
			"BlockPublicAcls\n", ""},
		{"-- entity/x --\narn: arn:aws:kms:us-east-1:111122223333:key/1\nalias: alias/a\nalias: alias/b\nkey-manager: aws\n", ""},
		{"-- entity/x --\narn: arn:aws:kms:us-east-1:111122223333:key/1\nalias: a\n", "entity/x:2:8 bad-alias"},
		{bucket + "-- entity/again --\narn: arn:aws:s3:::reports\n", "entity/again:1:6 duplicate-entity"},
		{"-- entity/x --\narn: arn:aws:iam::111122223333:role/a/app\n-- entity/y --\narn: arn:aws:iam::111122223333:role/b/app\n",
			"entity/y:1:6 duplicate-entity"},
		{"-- entity/x --\narn: arn:aws:iam::111122223333:role/a/app\n-- entity/y --\narn: arn:aws:iam::444455556666:role/b/app\n", ""},
		{"-- entity/x/policy.json --\n" + everybody, ":6:1 no-entity"},
		{bucket + "-- entity/reports/resource.json --\n" + everybody, ":9:1 unknown-section"},
		{bucket + "-- entity/reports/scp/1-root/a.json --\n" + mayAll, ":9:1 unknown-section"},
		{bucket + "-- entity/reports/identity/a --\n" + mayAll, ":9:1 bad-section"},
		{bucket + "-- entity/reports/identity/a.json --\n{}\n", "entity/reports/identity/a.json:1:1 missing-statement"},
		{"-- account/111122223333/scp/1-root/a.json --\n" + mayAll, ""},
		{"-- account/111122223333 --\norganization: o-1\nmanagement-account: 444455556666\n", ""},
		{"-- account/111122223333 --\norganization: 1\n", "account/111122223333:1:15 bad-organization"},
		{"-- account/111122223333 --\nname: x\n", "account/111122223333:1:1 unknown-key"},
		{"-- account/prod --\n", ":6:1 bad-account"},
		{"-- account/111122223333/identity/a.json --\n" + mayAll, ":6:1 unknown-section"},
		{"-- account/111122223333 --\nunknown: scp\n", ""},
		{bucket + "unknown: resource, tag/team aws:ResourceTag/x *\n", ""},
		{bucket + "unknown: policies\n", "entity/reports:3:10 bad-unknown"},
		{bucket + "unknown:\n", "entity/reports:3:9 bad-unknown"},
		{"-- error --\nAn error occurred (AccessDenied)\n", ""},
		{"-- entity/ --\n", ":6:1 unknown-section"},
	} {
		expect(t, getReport+"resource-account: 111122223333\n"+c.text, c.want)
	}
}

// What stands in folders is what the same lines and sections outside say.
func TestFoldersAreTheSame(t *testing.T) {
	const deny = `{"Version":"2012-10-17","Statement":{"Effect":"Deny","Action":"*","Resource":"*"}}` + "\n"
	for name, c := range map[string]struct{ outside, folders string }{
		"the caller's policies": {"resource-account: 111122223333\n-- identity/a.json --\n" + mayAll + "-- boundary.json --\n" + mayAll,
			"resource-account: 111122223333\n-- entity/app --\narn: arn:aws:iam::111122223333:role/x/app\n-- entity/app/identity/a.json --\n" +
				mayAll + "-- entity/app/boundary.json --\n" + mayAll},
		"the resource": {"resource-account: 444455556666\nblock-public-access: RestrictPublicBuckets\n-- resource.json --\n" + everybody +
			"-- identity/a.json --\n" + mayAll,
			"-- entity/r --\narn: arn:aws:s3:::reports\naccount: 444455556666\nblock-public-access: RestrictPublicBuckets\n-- " +
				"entity/r/policy.json --\n" + everybody + "-- identity/a.json --\n" + mayAll},
		"an SCP": {"resource-account: 111122223333\n-- identity/a.json --\n" + mayAll + "-- scp/1-root/a.json --\n" + deny,
			"resource-account: 111122223333\n-- identity/a.json --\n" + mayAll + "-- account/111122223333/scp/1-root/a.json --\n" + deny},
		"the management account": {"resource-account: 111122223333\nmanagement-account: 111122223333\n-- identity/a.json --\n" + mayAll +
			"-- scp/1-root/a.json --\n" + deny,
			"resource-account: 111122223333\n-- identity/a.json --\n" + mayAll +
				"-- account/111122223333 --\nmanagement-account: 111122223333\n-- account/111122223333/scp/1-root/a.json --\n" + deny},
	} {
		outside, folders := outcomes(t, getReport+c.outside)[""], outcomes(t, getReport+c.folders)[""]
		if outside != folders {
			t.Errorf("%s: %s outside, %s in folders", name, outside, folders)
		}
	}
}

// One resource.json belongs to one resource. Where the requests are for two,
// the order of the requests would decide.
func TestTwoResources(t *testing.T) {
	ask := func(name, action, resource string) string {
		return "-- request/" + name + " --\n" + alice + "action: " + action + "\nresource: " + resource + "\nresource-account: 111122223333\n"
	}
	object, other := ask("a", "s3:GetObject", "arn:aws:s3:::reports/a"), ask("b", "s3:GetObject", "arn:aws:s3:::logs/a")
	decrypts := ask("c", "kms:Decrypt", "arn:aws:kms:us-east-1:111122223333:key/1")
	const policyFile = "-- resource.json --\n" + everybody
	for _, c := range []struct{ text, want string }{
		{object + other + policyFile, "request/b:3:11 two-resources"},
		{other + object + policyFile, "request/a:3:11 two-resources"},
		{object + decrypts + policyFile, "request/c:3:11 two-resources"},
		{object + other, ""},
		{object + other + "-- acl.json --\n{\"Grants\":[]}\n", "request/b:3:11 two-resources"},
		{object + ask("b", "s3:ListBucket", "arn:aws:s3:::reports") + policyFile, ""},
		{object + ask("b", "s3:ListAllMyBuckets", "*") + policyFile, ""},
		{object + ask("b", "iam:PassRole", "arn:aws:iam::111122223333:role/r") + policyFile, ""},
		{decrypts + ask("b", "kms:CreateAlias", "arn:aws:kms:us-east-1:111122223333:alias/x") + policyFile, ""},
		{decrypts + ask("b", "kms:Decrypt", "arn:aws:kms:us-east-1:111122223333:alias/x") + policyFile, ""},
		{decrypts + ask("b", "kms:Decrypt", "arn:aws:kms:eu-west-1:111122223333:alias/x") + policyFile, "request/b:3:11 two-resources"},
		{other + policyFile + "-- entity/logs --\narn: arn:aws:s3:::logs\n-- entity/logs/policy.json --\n" + everybody,
			"request/b:3:11 no-resource"},
		{object + other + policyFile + "-- entity/logs --\narn: arn:aws:s3:::logs\n-- entity/logs/policy.json --\n" + everybody, ""},
	} {
		expect(t, c.text, c.want)
	}
}

// resource.json is the policy of one resource: it lets nobody into another one,
// which has its own policy in a folder.
func TestOtherResourceStaysClosed(t *testing.T) {
	ask := func(name, bucket string) string {
		return "-- request/" + name + " --\n" + alice + "action: s3:GetObject\nresource: arn:aws:s3:::" + bucket +
			"/a\nresource-account: 111122223333\n"
	}
	const world = "-- resource.json --\n" + everybody + "-- entity/logs --\narn: arn:aws:s3:::logs\n-- entity/logs/policy.json --\n" +
		`{"Version":"2012-10-17","Statement":{"Effect":"Allow","Principal":{"AWS":"444455556666"},"Action":"*","Resource":"*"}}` + "\n"
	for _, text := range []string{ask("in", "reports") + ask("out", "logs"), ask("out", "logs") + ask("in", "reports")} {
		if got := outcomes(t, text+world); got["in"] != "allow" || got["out"] != "implicit deny" {
			t.Errorf("%v", got)
		}
	}
}

// The order of requests never matters, nor what else is asked in the file.
func TestRequestsStandAlone(t *testing.T) {
	ask := map[string]string{
		"get": "-- request/get --\n" + session + "action: s3:GetObject\nresource: arn:aws:s3:::reports/a\n",
		"foreign": "-- request/foreign --\nprincipal: arn:aws:iam::444455556666:user/eve\naction: s3:GetObject\nresource: " +
			"arn:aws:s3:::reports/a\nblock-public-access: RestrictPublicBuckets\n",
		"decrypt": "-- request/decrypt --\n" + session + decrypt + key,
		"assume":  "-- request/assume --\n" + alice + "action: sts:AssumeRole\nresource: arn:aws:iam::111122223333:role/x/app\n",
		"list":    "-- request/list --\n" + session + "action: kms:ListKeys\nresource: *\nmanagement-account: 111122223333\n",
	}
	const world = bucket + "-- entity/reports/policy.json --\n" + everybody +
		"-- entity/key --\narn: arn:aws:kms:us-east-1:111122223333:key/1234\n-- entity/key/policy.json --\n" +
		`{"Version":"2012-10-17","Statement":{"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::111122223333:role/x/app"},"Action":"kms:Decrypt","Resource":"*"}}` + "\n" +
		"-- entity/app --\narn: arn:aws:iam::111122223333:role/x/app\n-- entity/app/policy.json --\n" +
		`{"Version":"2012-10-17","Statement":{"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::111122223333:user/alice"},"Action":"sts:AssumeRole"}}` + "\n" +
		"-- account/111122223333/scp/1-root/a.json --\n" +
		`{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"*","Resource":"*"},{"Effect":"Deny","Action":"kms:List*","Resource":"*"}]}` + "\n"
	want := map[string]string{"get": "allow", "foreign": "explicit deny", "decrypt": "allow", "assume": "allow", "list": "implicit deny"}
	names := []string{"get", "foreign", "decrypt", "assume", "list"}
	for range names {
		names = append(names[1:], names[0])
		var text strings.Builder
		for _, name := range names {
			text.WriteString(ask[name])
		}
		got := outcomes(t, text.String()+world)
		for name := range want {
			if got[name] != want[name] {
				t.Errorf("%s among %v: %s, want %s", name, names, got[name], want[name])
			}
			if alone := outcomes(t, ask[name]+world)[name]; alone != want[name] {
				t.Errorf("%s alone: %s, want %s", name, alone, want[name])
			}
		}
	}
}

// Where a new policy goes.
func TestNewSections(t *testing.T) {
	const role = "-- entity/app --\narn: arn:aws:iam::111122223333:role/x/app\n"
	for _, c := range []struct{ text, resource, identity string }{
		{getReport + "resource-account: 111122223333\n", "resource.json", "identity/p.json"},
		{getReport + bucket + role, "entity/reports/policy.json", "entity/app/identity/p.json"},
		{getReport + "resource-account: 111122223333\n-- request/b --\n" + alice + decrypt + key, "", "identity/p.json"},
	} {
		f := scenario.Parse(c.text)
		r := &f.Requests[0]
		if got := f.NewResourcePolicy(r); got != c.resource {
			t.Errorf("%q, want %q in\n%s", got, c.resource, c.text)
		}
		if got := f.NewSection(r.Check.Principal.Attached(), "identity/p.json"); got != c.identity {
			t.Errorf("%q, want %q in\n%s", got, c.identity, c.text)
		}
	}
}

// A folder's policy is of the type that its entity has.
func TestPolicyTypes(t *testing.T) {
	for arn, want := range map[string]policy.Type{
		"arn:aws:s3:::b": policy.Resource, "arn:aws:kms:us-east-1:111122223333:key/1": policy.Key,
		"arn:aws:iam::111122223333:role/a/b":                     policy.Trust,
		"arn:aws:ec2:us-east-1:111122223333:vpc-endpoint/vpce-1": policy.Endpoint, "arn:aws:iam::111122223333:user/a": policy.Resource,
	} {
		if got := engine.PolicyType(arn); got != want {
			t.Errorf("%s: %d, want %d", arn, got, want)
		}
	}
	through := getReport + "resource-account: 111122223333\naws:SourceVpce: vpce-1\n-- identity/a.json --\n" + mayAll +
		"-- entity/e --\narn: arn:aws:ec2:us-east-1:111122223333:vpc-endpoint/vpce-1\n-- entity/e/policy.json --\n" +
		strings.Replace(everybody, "Allow", "Deny", 1)
	if got := outcomes(t, through)[""]; got != "explicit deny" {
		t.Errorf("through the endpoint: %s", got)
	}
}
