package scenario

import (
	"strings"
	"testing"

	"why403/engine"
)

// Each filling of what is not known, written as a scenario, has the outcome that
// it stands for, and nothing is unknown in it.
func TestFill(t *testing.T) {
	const (
		role   = "principal: arn:aws:sts::111122223333:assumed-role/app/one\n"
		bucket = "action: s3:GetObject\nresource: arn:aws:s3:::b/k\nresource-account: 111122223333\n"
		key    = "action: kms:Decrypt\nresource: arn:aws:kms:us-east-1:444455556666:key/1234abcd\n"
		allow  = `{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"*","Resource":"*"}]}` + "\n"
		region = `{"Version":"2012-10-17","Statement":[{"Effect":"Deny","Action":"*","Resource":"*","Condition":{"StringNotEquals":{"aws:RequestedRegion":"eu-west-1"}}}]}` + "\n"
		clock  = `{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"*","Resource":"*","Condition":{"DateLessThan":{"aws:CurrentTime":"2030-01-01T00:00:00Z"}}}]}` + "\n"
		pair   = `[{"GranteePrincipal":"arn:aws:iam::111122223333:role/app","Operations":["Decrypt"],"Constraints":{"EncryptionContextEquals":{"app":"a"}}}]` + "\n"
	)
	for _, text := range []string{
		"-- request --\n" + role + bucket + "unknown: *\n",
		"-- request --\n" + role + key + "unknown: *\n",
		"-- request --\n" + role + key + "unknown: resource grants\n-- identity/a.json --\n" + allow,
		"-- request --\n" + role + bucket + "unknown: scp\n-- identity/a.json --\n" + allow + "-- scp/1-root/a.json --\n" + allow +
			"-- scp/2-ou/b.json --\n" + region,
		"-- request --\n" + role + bucket + "-- identity/a.json --\n" + allow + "-- scp/1-root/a.json --\n" + allow +
			"-- scp/1-root/b.json --\n" + region,
		"-- request --\n" + role + bucket + "-- identity/a.json --\n" + clock,
		"-- request --\n" + role + key +
			"-- entity/key --\narn: arn:aws:kms:us-east-1:444455556666:key/1234abcd\nunknown: grants resource\n-- entity/key/grants.json --\n" +
			pair + "-- identity/a.json --\n" + allow,
		"-- request/one --\n" + role + key + "-- request/two --\n" + role + bucket +
			"unknown: identity session\n-- account/111122223333 --\nunknown: scp\n-- want/two --\nallow\n",
		"-- request --\nprincipal: sns.amazonaws.com\n" + key + "unknown: *\n",
		"-- request --\nprincipal: anonymous\n" + bucket + "unknown: resource\n",
		"-- request --\nprincipal: arn:aws:sts::111122223333:federated-user/ann\n" + bucket + "unknown: identity session\n",
		"-- request --\n" + role +
			"action: sts:AssumeRole\nresource: arn:aws:iam::444455556666:role/x\nunknown: resource identity aws:MultiFactorAuthPresent " +
			"sts:ExternalId\n",
		"-- request --\n" + role + "action: kms:RetireGrant\nresource: arn:aws:kms:us-east-1:444455556666:key/1234abcd\nunknown: grants\n",
	} {
		f := Parse(text)
		if f.Errors() {
			t.Fatalf("%v\n%s", f.Problems, text)
		}
		r := &f.Requests[len(f.Requests)-1]
		d := engine.Decide(r.Check)
		if d.Outcome != engine.Undecided || len(d.Depends.Fillings) != 2 {
			t.Errorf("%v with %+v\n%s", d.Outcome, d.Depends, text)
			continue
		}
		for i := range d.Depends.Fillings {
			written := f.Fill(r.Name, &d.Depends.Fillings[i])
			filled := Parse(written)
			if filled.Errors() || strings.Contains(written, "unknown:") || strings.Contains(written, "-- want") {
				t.Fatalf("%v\n%s", filled.Problems, written)
			}
			if got := engine.Decide(filled.Requests[0].Check); (got.Outcome == engine.Allowed) != (i == 0) || got.Outcome == engine.Undecided {
				t.Errorf("%v for filling %d\n%s", got.Outcome, i, written)
			}
		}
	}
	f := Parse("-- request --\n" + role + bucket)
	if got := f.Fill("other", &engine.Filling{}); got != "" {
		t.Errorf("%q", got)
	}
}
