package main

import (
	"encoding/json"
	"strings"
	"testing"
)

const queue = `-- request/send --
principal: arn:aws:iam::111122223333:user/a
action: sqs:SendMessage
resource: arn:aws:sqs:us-east-1:111122223333:q
-- request/assume --
principal: arn:aws:iam::111122223333:user/a
action: sts:AssumeRole
resource: arn:aws:iam::111122223333:role/app
-- identity/a.json --
{"Statement": {"Effect": "Allow", "Action": "sqs:*", "Resource": "*"}}
`

type witnessed struct {
	Error     string
	Read      bool
	Missing   []string
	Questions []struct {
		Action, Resource, Outcome, Asked, Custom, Attached string
		Cannot, Left                                       []struct{ Text, Doc string }
		Verdict                                            *struct {
			Agrees  bool
			Line    string
			Reasons []string
		}
	}
}

func witnessCall(t *testing.T, request, output string) (got witnessed) {
	t.Helper()
	head, err := json.Marshal(map[string]string{"request": request, "output": output})
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal([]byte(calls.Call("witness", string(head)+"\n"+queue)), &got); err != nil || got.Error != "" {
		t.Fatal(err, got.Error)
	}
	return got
}

// The page is told of the request that it shows alone: the calls, what they can't
// judge, and what the pasted output says.
func TestWitness(t *testing.T) {
	got := witnessCall(t, "send", "")
	if len(got.Questions) != 1 || got.Read || got.Questions[0].Verdict != nil {
		t.Fatalf("%+v", got)
	}
	q := got.Questions[0]
	if q.Action != "sqs:SendMessage" || q.Outcome != "allow" || !strings.HasPrefix(q.Custom, "aws iam simulate-custom-policy \\\n") ||
		!strings.HasPrefix(q.Attached, "aws iam simulate-principal-policy \\\n") {
		t.Errorf("%+v", q)
	}
	got = witnessCall(t, "assume", "")
	if q := got.Questions[0]; len(q.Cannot) != 1 || q.Cannot[0].Doc == "" || q.Custom != "" || q.Attached != "" {
		t.Errorf("%+v", q)
	}
	got = witnessCall(t, "send", `{"EvaluationResults": [{"EvalActionName": "sqs:SendMessage", "EvalResourceName": `+
		`"arn:aws:sqs:us-east-1:111122223333:q", "EvalDecision": "implicitDeny"}]}`)
	if v := got.Questions[0].Verdict; !got.Read || v == nil || v.Agrees ||
		v.Line != "differs: the simulator says implicit deny, why403 allow" ||
		len(v.Reasons) != 1 {
		t.Errorf("%+v", got)
	}
	if got = witnessCall(t, "send", "nothing"); got.Read || got.Questions[0].Verdict != nil {
		t.Errorf("%+v", got)
	}
	if got = witnessCall(t, "gone", ""); len(got.Questions) != 0 {
		t.Errorf("%+v", got)
	}
}

type changed struct {
	Error   string
	Changes []struct {
		Request string
		Rules   []struct{ Version, Text, Page string }
	}
}

// The rules since the version of a link are told for each request whose outcome
// is another one now; of an engine that nobody knows nothing is.
func TestChanges(t *testing.T) {
	const text = "-- request --\nprincipal: arn:aws:iam::111122223333:user/a\naction: s3:GetObject\nresource: arn:aws:s3:::b/k\n" +
		"resource-account: 111122223333\n-- resource.json --\n" +
		`{"Statement": [{"Effect": "Deny", "NotPrincipal": {"AWS": "111122223333"}, "Action": "s3:*", "Resource": "*"}]}` + "\n"
	for head, want := range map[string]int{
		`{"engine": "1", "outcomes": "allow"}`:         1,
		`{"engine": "2", "outcomes": "allow"}`:         0,
		`{"engine": "1", "outcomes": "explicit deny"}`: -1,
		`{"engine": "x", "outcomes": "allow"}`:         -1,
		`{"engine": "1", "outcomes": "perhaps"}`:       -1,
		`{}`:                                           -1,
	} {
		var got changed
		if err := json.Unmarshal([]byte(calls.Call("changes", head+"\n"+text)), &got); err != nil || got.Error != "" {
			t.Fatal(err, got.Error)
		}
		switch {
		case want < 0 && len(got.Changes) != 0, want >= 0 && (len(got.Changes) != 1 || len(got.Changes[0].Rules) != want):
			t.Errorf("%s: %+v", head, got)
		}
	}
}
