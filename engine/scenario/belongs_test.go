package scenario_test

import (
	"strings"
	"testing"
)

const ownerOnly = `{"Version":"2012-10-17","Statement":{"Effect":"Allow","Principal":{"AWS":"444455556666"},"Action":"*","Resource":"*"}}` + "\n"

// reads is a request for objects, or other resources, by alice of 111122223333.
func reads(action, lines string, resources ...string) string {
	return "-- request --\n" + alice + "action: " + action + "\nresource: " + strings.Join(resources, "\nresource: ") + "\n" + lines +
		"-- identity/a.json --\n" + mayAll
}

// What stands outside of folders belongs to the resources of a call by rules:
// the account to each that nothing else tells of, a policy to one.
func TestSeveralResources(t *testing.T) {
	const (
		a, b    = "arn:aws:s3:::reports/a", "arn:aws:s3:::logs/b"
		reports = "-- entity/reports --\narn: arn:aws:s3:::reports\n"
		theirs  = "resource-account: 444455556666\n"
		queue   = "arn:aws:sqs:us-east-1:111122223333:q"
	)
	one := func(of, outcome string) string { return "s3:GetObject on " + of + ": " + outcome + " 0" }
	for name, c := range map[string]struct{ text, want string }{
		"the account of both buckets": {reads("s3:GetObject", theirs, a, b),
			one(b+" of 444455556666", "implicit deny") + "\n" + one(a+" of 444455556666", "implicit deny")},
		"the header tells of one": {reads("s3:GetObject", theirs, a, b) + reports + "account: 111122223333\n",
			one(b+" of 444455556666", "implicit deny") + "\n" + one(a+" of 111122223333", "allow")},
		"the ARN tells of one": {reads("sqs:SendMessage", theirs, queue, "arn:aws:sqs:us-east-1:444455556666:q"),
			"sqs:SendMessage on " + queue +
				" of 111122223333: allow 0\nsqs:SendMessage on arn:aws:sqs:us-east-1:444455556666:q of 444455556666: implicit deny 0"},
		"nothing tells of the second": {reads("s3:GetObject", "", a, b) + reports +
			"account: 444455556666\n-- entity/reports/policy.json --\n" + everybody,
			one(b+" of ", "allow") + "\n" + one(a+" of 444455556666", "allow")},
		"block public access of both": {reads("s3:PutObject", "block-public-access: BlockPublicAcls\ns3:x-amz-acl: public-read\n", a, b),
			"s3:PutObject on " + b + " of : explicit deny 0"},
		"block public access of one, as its header has it": {reads("s3:PutObject",
			"object-ownership: ObjectWriter\nblock-public-access: BlockPublicAcls\ns3:x-amz-acl: public-read\n", a, b) + reports +
			"block-public-access: IgnorePublicAcls\n",
			"s3:PutObject on " + b + " of : explicit deny 0\ns3:PutObject on " + a + " of : allow"},
		"two objects of one bucket, one policy": {reads("s3:GetObject", theirs, a, a+"2") + "-- resource.json --\n" + everybody,
			one(a+" of 444455556666", "allow") + "\n" + one(a+"2 of 444455556666", "allow")},
	} {
		got := strings.Join(checks(c.text), "\n")
		for want := range strings.SplitSeq(c.want, "\n") {
			if want = strings.TrimSuffix(want, " 0"); !strings.Contains(got, want) {
				t.Errorf("%s: got\n%s\nwant\n%s\n%s", name, got, want, c.text)
			}
		}
	}
}

// The account of each resource is told, or the answer says that it is not; and
// what can belong to one resource is not taken for another's.
func TestBelongsToOne(t *testing.T) {
	const (
		a, b    = "arn:aws:s3:::reports/a", "arn:aws:s3:::logs/b"
		logs    = "-- entity/logs --\narn: arn:aws:s3:::logs\n"
		mine    = "resource-account: 111122223333\n"
		first   = "arn:aws:kms:us-east-1:111122223333:key/1"
		second  = "arn:aws:kms:us-east-1:111122223333:key/2"
		alias   = "arn:aws:kms:us-east-1:111122223333:alias/a"
		folder  = "-- entity/key --\narn: " + first + "\nalias: alias/a\n"
		closed  = folder + "-- entity/key/policy.json --\n" + ownerOnly
		grant   = `"GranteePrincipal":"arn:aws:iam::111122223333:user/alice","Operations":["Decrypt"]}]` + "\n"
		grants  = "-- grants.json --\n[{" + grant
		ofFirst = "-- grants.json --\n[{\"KeyId\":\"1\"," + grant
		key     = "-- resource.json --\n" + ownerOnly
	)
	for _, c := range []struct{ text, want string }{
		{reads("s3:GetObject", "", a, b), "~request:3:11 no-resource-account, ~request:4:11 no-resource-account"},
		{reads("s3:GetObject", "", a, b) + logs + "account: 111122223333\n", "~request:3:11 no-resource-account"},
		{reads("s3:GetObject", "", b, a) + logs + "account: 111122223333\n", "~request:4:11 no-resource-account"},
		{reads("s3:GetObject", mine, a, b), ""},
		{reads("s3:GetObject", mine, a, b) + "-- resource.json --\n" + everybody, "request:4:11 two-resources"},
		{reads("s3:GetObject", mine+"object-owner: 111122223333\n", a, b), "request:6:15 two-resources"},
		{reads("s3:GetObject", mine+"object-owner: 111122223333\n", a, b) + logs + "object-owner: 111122223333\n", ""},
		{reads("s3:GetObject", mine+"object-owner: 111122223333\n", a, a+"2"), ""},
		// Behind an alias is a key, and the key's folder has its policy.
		{reads("kms:Decrypt", "", alias) + closed + key, "request:3:11 no-resource"},
		{reads("kms:Decrypt", "", alias) + closed + grants, "request:3:11 no-resource"},
		{reads("kms:Decrypt", "", alias, second) + closed + key, ""},
		{reads("kms:Decrypt", "", alias) + folder + key, ""},
		// Grants that do not say which key they are on are on one.
		{reads("kms:Decrypt", "", first, second) + grants, "request:4:11 two-resources"},
		{reads("kms:Decrypt", "", first, second) + ofFirst, ""},
		{reads("kms:Decrypt", "", first, second) + closed + grants, ""},
		{reads("kms:Decrypt", "", first) + closed + grants, "request:3:11 no-resource"},
		{reads("kms:Decrypt", "", first) + closed + ofFirst, ""},
		{reads("kms:Decrypt", "", first) + folder + grants, ""},
	} {
		expect(t, c.text, c.want)
	}
	for name, c := range map[string]struct{ text, allowed, denied string }{
		"the grant is on the key without a folder": {reads("kms:Decrypt", "", first, second) + closed + grants, second, first},
		"the grant names the key": {reads("kms:Decrypt", "", first, second) + "-- entity/two --\narn: " + second +
			"\n-- entity/two/policy.json --\n" + ownerOnly + closed + ofFirst, first, second},
		"the policy is the other key's": {reads("kms:Decrypt", "", alias, second) + closed + "-- resource.json --\n" + everybody,
			second, first},
	} {
		got := strings.Join(checks(c.text), "\n")
		if !strings.Contains(got, c.allowed+" of 111122223333: allow") || !strings.Contains(got, c.denied+" of 111122223333: implicit deny") {
			t.Errorf("%s: %s\n%s", name, got, c.text)
		}
	}
}

// A resource.json of two resources is read as the policy of the first.
func TestTypeOfTwoResources(t *testing.T) {
	expect(t, reads("kms:Decrypt", "",
		"arn:aws:kms:us-east-1:111122223333:key/1")+"-- request/b --\n"+alice+"action: sts:AssumeRole\nresource: "+
		"arn:aws:iam::111122223333:role/r\n"+
		"-- resource.json --\n"+everybody, "request/b:3:11 two-resources")
}
