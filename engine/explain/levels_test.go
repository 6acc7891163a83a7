package explain_test

import (
	"fmt"
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
