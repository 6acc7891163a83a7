package explain_test

import (
	"fmt"
	"strings"
	"testing"
)

// Each level says the strongest of what its statements say.
func TestLevels(t *testing.T) {
	statement := func(effect, action, condition string) string {
		return `{"Effect": "` + effect + `", "Action": "` + action + `", "Resource": "*"` + condition + `}`
	}
	section := func(name, statements string) string {
		return "-- " + name + " --\n{\"Version\": \"2012-10-17\", \"Statement\": [" + statements + "]}\n"
	}
	all := statement("Allow", "*", "")
	inEU := statement("Deny", "*", `, "Condition": {"StringEquals": {"aws:RequestedRegion": "eu-west-1"}}`)
	a := answer(t, "-- request --\nprincipal: arn:aws:iam::111122223333:user/alice\naction: sqs:SendMessage\n"+
		"resource: arn:aws:sqs:us-east-1:111122223333:q\n"+section("identity/p.json", all)+
		section("scp/1-root/a.json", all)+section("scp/1-root/b.json", inEU)+
		section("scp/2-ou/a.json", statement("Allow", "s3:*", ""))+
		section("scp/3-account/a.json", all+", "+statement("Deny", "sqs:*", ""))+
		section("rcp/1-root/r.json", `{"Effect": "Deny", "Principal": "*", "Action": "s3:*", "Resource": "*"}`))
	want := `[{scp [scp/1-root/a.json scp/1-root/b.json] allows} {scp [scp/2-ou/a.json] silent} ` +
		`{scp [scp/3-account/a.json] denies} {rcp [rcp/1-root/r.json] does not deny}]`
	if got := fmt.Sprint(a.Levels); got != want {
		t.Errorf("levels\n%s, want\n%s", got, want)
	}
	// A Deny is stronger than an Allow before it.
	b := answer(t, "-- request --\nprincipal: arn:aws:iam::111122223333:user/alice\naction: sqs:SendMessage\n"+
		"resource: arn:aws:sqs:us-east-1:111122223333:q\naws:RequestedRegion: eu-west-1\n"+section("identity/p.json", all)+
		section("scp/1-root/b.json", all+", "+inEU))
	if got := fmt.Sprint(b.Levels); got != `[{scp [scp/1-root/b.json] denies}]` {
		t.Errorf("levels %s", got)
	}
}

// Whose setting of Block Public Access it is: the organization's only where its
// S3 policy turns the settings on.
func TestBlockPublicAccessOfWhom(t *testing.T) {
	const text = "-- request --\nprincipal: anonymous\naction: s3:GetObject\nresource: arn:aws:s3:::b/k\n-- entity/b --\n" +
		"arn: arn:aws:s3:::b\naccount: 111122223333\n-- entity/b/policy.json --\n{\"Statement\": {\"Effect\": \"Allow\", \"Principal\": \"*\", " +
		"\"Action\": \"s3:GetObject\", \"Resource\": \"*\"}}\n-- account/111122223333 --\n"
	const whose = "RestrictPublicBuckets of S3 Block Public Access"
	for lines, want := range map[string]string{
		"organization-block-public-access: all\n":                                              whose + ", which the organization sets, denies",
		"organization-block-public-access: none\nblock-public-access: RestrictPublicBuckets\n": whose + " for the account denies",
		"block-public-access: RestrictPublicBuckets\n":                                         whose + " for the account denies",
	} {
		if got := fmt.Sprint(answer(t, text+lines).Verdict); !strings.Contains(got, want) {
			t.Errorf("%s%s", lines, got)
		}
	}
}
