package main

import (
	"encoding/json"
	"strings"
	"testing"
	"unicode/utf16"
)

const request = `Title

-- request --
principal: arn:aws:iam::111122223333:user/a
action: kms:Decrypt
resource: arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab
`

type place struct {
	Section, Code, Severity  string
	Start, End, Line, Column int
}

type imported struct {
	Error, Kind, Text   string
	Chosen              string
	Understood, Unknown []string
	Next                []struct{ Text, Command string }
	Choices             []struct{ ID, Label string }
	Problems            []place
}

func importCall(t *testing.T, scenario, pasted, choice string) imported {
	t.Helper()
	text, err := json.Marshal(map[string]string{"scenario": scenario, "choice": choice})
	if err != nil {
		t.Fatal(err)
	}
	var got imported
	if err := json.Unmarshal([]byte(calls.Call("import", string(text)+"\n"+pasted)), &got); err != nil || got.Error != "" {
		t.Fatal(err, got.Error)
	}
	return got
}

func TestImportCall(t *testing.T) {
	got := importCall(t, request, "{\"Statement\":{\"Effect\":\"Allow\",\"Action\":\"kms:*\",\"Resource\":\"*\"}}", "boundary")
	if !strings.Contains(got.Text, "-- boundary.json --\n{") || got.Kind == "" || len(got.Choices) < 3 || len(got.Understood) == 0 ||
		len(got.Problems) != 0 || got.Chosen != "boundary" {
		t.Errorf("%+v", got)
	}
	// What a policy is taken for unasked is the choice that is shown as made.
	for choice, want := range map[string]string{"": "identity", "scp": "scp"} {
		got = importCall(t, request, "{\"Statement\":{\"Effect\":\"Allow\",\"Action\":\"kms:*\",\"Resource\":\"*\"}}", choice)
		if got.Chosen != want || (choice == "") != strings.Contains(strings.Join(got.Unknown, "\n"), "its text does not say") {
			t.Errorf("with the choice %q: %+v", choice, got)
		}
	}
	got = importCall(t, "", "User: arn:aws:iam::111122223333:user/é🔑 is not authorized to perform: sqs:SendMessage", "")
	if !strings.Contains(got.Text, "user/é🔑\n") || len(got.Unknown) == 0 {
		t.Errorf("%+v", got)
	}
	if got = importCall(t, "", "User: arn:aws:iam::111122223333:user/a is not authorized to perform: sqs:SendMessage",
		""); len(got.Next) == 0 || got.Next[0].Command == "" {
		t.Errorf("%+v", got)
	}
}

// A decoded message is AWS's message, as it was brought: what it lists is read
// from there again. It stands behind the encoded one, if that was brought.
func TestImportDecoded(t *testing.T) {
	const decoded = `{"allowed":false,"explicitDeny":true,"matchedStatements":{"items":[{"statementId":"NoBig","effect":"DENY"}]},` +
		`"failures":{"items":[]},"context":{"principal":{"id":"AIDAEXAMPLE","arn":"arn:aws:iam::111122223333:user/ada"},` +
		`"action":"ec2:RunInstances","resource":"arn:aws:ec2:us-east-1:111122223333:instance/*","conditions":{"items":[]}}}`
	const refused = "An error occurred (UnauthorizedOperation) when calling the RunInstances operation: You are not authorized to perform " +
		"this operation. User: arn:aws:iam::111122223333:user/ada is not authorized to perform: ec2:RunInstances on resource: " +
		"arn:aws:ec2:us-east-1:111122223333:instance/* with an explicit deny. Encoded authorization failure message: aBcDeF0123456789"
	diagnosed := func(text string) string {
		asked, _ := json.Marshal(map[string]string{"scenario": strings.Replace(text, "-- request --\n", "-- request --\nunknown: *\n", 1)})
		return calls.Call("diagnose", string(asked))
	}
	wrapped, _ := json.Marshal(map[string]string{"DecodedMessage": decoded})
	encoded := importCall(t, "", refused, "").Text
	if !strings.HasSuffix(encoded, "with an explicit deny. Encoded authorization failure message: aBcDeF0123456789\n") {
		t.Fatalf("of the encoded message: %s", encoded)
	}
	if got := diagnosed(encoded); !strings.Contains(got, "decode-authorization-message") {
		t.Errorf("does not ask to decode: %s", got)
	}
	for before, want := range map[string]string{"": "\n-- error --\n" + decoded + "\n", encoded: "aBcDeF0123456789\n" + decoded + "\n"} {
		text := importCall(t, before, string(wrapped), "").Text
		if !strings.HasSuffix(text, want) {
			t.Errorf("have %s, want the end %s", text, want)
			continue
		}
		if again := importCall(t, text, decoded, "").Text; strings.Count(again, "explicitDeny\":true") != 1 {
			t.Errorf("brought twice: %s", again)
		}
		got := diagnosed(text)
		for _, part := range []string{`"outcome":"explicit deny"`, "lists the statements that deny (NoBig)"} {
			if !strings.Contains(got, part) {
				t.Errorf("%q is not in %s", part, got)
			}
		}
		if strings.Contains(got, "decode-authorization-message") {
			t.Errorf("asks to decode what is decoded: %s", got)
		}
	}
}

// One policy says nothing of others of its type: where a star calls all else not
// known, the request says so of them too, and the diagnosis asks for them.
func TestImportOthers(t *testing.T) {
	const allow = `{"Statement": {"Effect": "Allow", "Action": "kms:*", "Resource": "*"}}`
	for _, c := range []struct{ lines, choice, want string }{
		{"unknown: *\n", "identity", "\nunknown: * identity\n"},
		{"unknown: *, aws:SourceIp\n", "scp", "\nunknown: *, aws:SourceIp scp\n"},
		{"unknown: aws:SourceIp *\n", "scp", "\nunknown: aws:SourceIp * scp\n"},
		{"comment: unknown: *\nunknown: *\n", "identity", "comment: unknown: *\nunknown: * identity\n"},
		{"unknown: * identity\n", "identity", "\nunknown: * identity\n"},
		{"unknown: *\nnone: identity\n", "identity", "\nunknown: *\n"},
		{"unknown: *\n", "boundary", "\nunknown: *\n"},
		{"unknown: scp\n", "identity", "\nunknown: scp\n"},
		{"", "identity", "90ab\n-- identity"},
	} {
		if got := importCall(t, request+c.lines, allow, c.choice); !strings.Contains(got.Text, c.want) {
			t.Errorf("with %q and the choice %s: %s", c.lines, c.choice, got.Text)
		}
	}
	const lock = `{"Statement": {"Effect": "Deny", "NotAction": "iam:*", "Resource": "*"}}`
	if got := importCall(t, "", lock, "scp"); !strings.Contains(got.Text, "\nunknown: * scp\n-- scp/1-root/pasted.json --\n") {
		t.Errorf("a start with an SCP: %s", got.Text)
	}
	// What starts a scenario leaves open all that it does not have, whatever it is.
	for pasted, want := range map[string]string{
		allow: "\nunknown: * identity\n-- identity/pasted.json --\n",
		`{"Statement": {"Effect": "Allow", "Principal": "*", "Action": "kms:*", "Resource": "*"}}`: "\nunknown: *\n-- resource.json --\n",
		request + "-- identity/a.json --\n" + allow + "\n":                                         request + "-- identity/a.json --\n",
		"User: arn:aws:iam::111122223333:user/a is not authorized to perform: sqs:SendMessage on resource: " +
			"arn:aws:sqs:us-east-1:111122223333:q\n\n" + allow: "\nunknown: * identity\n-- identity/pasted.json --\n",
	} {
		if got := importCall(t, "", pasted, ""); !strings.Contains(got.Text, want) {
			t.Errorf("a start with %s: %s", pasted, got.Text)
		}
	}
	const rcp = `{"Statement": {"Effect": "Deny", "Principal": "*", "Action": "kms:*", "Resource": "*", "Condition": ` +
		`{"StringNotEquals": {"aws:PrincipalOrgID": "o-1"}}}}`
	if got := importCall(t, request+"unknown: *\n", rcp, "rcp"); !strings.Contains(got.Text, "\nunknown: * rcp\n") {
		t.Errorf("an RCP: %s", got.Text)
	}
	const all = `{"RoleDetailList": [], "GroupDetailList": [], "Policies": [], "UserDetailList": [{"UserName": "a", ` +
		`"Arn": "arn:aws:iam::111122223333:user/a", "UserPolicyList": [{"PolicyName": "p", "PolicyDocument": ` + allow + `}]}]}`
	if got := importCall(t, request+"unknown: *\n", all, ""); !strings.Contains(got.Text, "\nunknown: *\n") || !strings.Contains(got.Text, "kms:*") {
		t.Errorf("what has all policies of a user: %s", got.Text)
	}
	for lines, want := range map[string]bool{"unknown: *\n": false, "unknown: * identity\n": true} {
		asked, _ := json.Marshal(map[string]string{"scenario": request + lines + "-- identity/a.json --\n" + allow + "\n"})
		if got := calls.Call("diagnose", string(asked)); strings.Contains(got, "aws iam list-user-policies") != want {
			t.Errorf("with %q: the diagnosis asks for other policies: %t, want %t: %s", lines, !want, want, got)
		}
	}
}

// Places are UTF-16 units of the pasted text.
func TestImportOffsets(t *testing.T) {
	const pasted = "\uFEFF\n{\"Sid\": \"é🔑\", \"Effect\" x}"
	got := importCall(t, request, pasted, "")
	before, _, _ := strings.Cut(pasted, "x}")
	if want := len(utf16.Encode([]rune(before))); len(got.Problems) != 1 || got.Problems[0].Start != want || got.Problems[0].Line != 2 {
		t.Errorf("%+v, want %d", got.Problems, want)
	}
}

// What comes in is as long as it may be, and longer.
func TestImportLarge(t *testing.T) {
	policy := `{"Statement":{"Effect":"Allow","Action":"kms:*","Resource":"*"}` + strings.Repeat("\n", 900<<10) + "}"
	if got := importCall(t, request, policy, ""); !strings.Contains(got.Text, "identity/pasted.json") {
		t.Errorf("%d bytes: %q %v", len(policy), got.Kind, got.Problems)
	}
	if got := importCall(t, request, policy+policy, ""); len(got.Problems) != 1 || got.Problems[0].Code != "too-large" {
		t.Errorf("%+v", got.Problems)
	}
	for _, text := range []string{"", "{", `{"pasted": 1}`, `{"pasted": {"a": "b"}, "choice": "x"}`, `["pasted"]`} {
		var got imported
		if err := json.Unmarshal([]byte(calls.Call("import", text)), &got); err != nil || got.Error != "" || len(got.Problems) == 0 {
			t.Errorf("%s: %v %+v", text, err, got)
		}
	}
}

// Values fill what code leaves open, and what was translated has no places.
func TestImportCode(t *testing.T) {
	const code = `{"resource": {"aws_iam_user_policy": {"p": {"user": "a", "policy": {"Statement": {"Effect": "Allow", "Action": "s3:*", ` +
		`"Resource": "${var.b}"}}}}}}`
	head, _ := json.Marshal(map[string]string{"values": `{"var.b": "arn:aws:s3:::b"}`, "translated": "yes"})
	if got := calls.Call("import", string(head)+"\n"+code); !strings.Contains(got, `{"name":"var.b","value":"arn:aws:s3:::b"}`) ||
		!strings.Contains(got, `"brought":["identity"]`) {
		t.Error(got)
	}
	if got := calls.Call("import", "{}\nresource \"aws_iam_role\" \"a\" {\n}\n"); !strings.Contains(got, `"syntax":"hcl"`) {
		t.Error(got)
	}
	var broken imported
	if err := json.Unmarshal([]byte(calls.Call("import", string(head)+"\n\n\n{\"Statement\": nothing}")), &broken); err != nil ||
		len(broken.Problems) != 1 || broken.Problems[0].Start != 0 {
		t.Errorf("%v %+v", err, broken)
	}
}
