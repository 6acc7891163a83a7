package main

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"why403/engine/catalogue/data"
	"why403/engine/redact"
)

const bank = "A bank\n\n-- request --\nprincipal: arn:aws:iam::210987654321:user/anna\naction: sqs:SendMessage\n" +
	"resource: arn:aws:sqs:eu-west-1:210987654321:payments\n-- identity/a.json --\n" +
	`{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "sqs:*", "Resource": "*"}}` + "\n"

// The page gets what the command line prints, and asks for the services first.
func TestRedact(t *testing.T) {
	call := func(method, text string, into any) {
		t.Helper()
		if err := json.Unmarshal([]byte(calls.Call(method, text)), into); err != nil {
			t.Fatal(err)
		}
	}
	type result struct {
		redact.Result
		Error   string
		Missing []string
	}
	var got result
	call("redact", bank, &got)
	if !slices.Contains(got.Missing, "sqs") {
		t.Errorf("asks for no service: %v", got.Missing)
	}
	for _, prefix := range got.Missing {
		calls.Call("service", data.All().Text(prefix))
	}
	got = result{}
	call("redact", bank, &got)
	want, _ := json.Marshal(redact.Of(data.All(), bank))
	have, _ := json.Marshal(got.Result)
	if string(have) != string(want) || !got.Proof.Proved || strings.Contains(got.Text, "anna") || slices.Contains(got.Missing, "sqs") {
		t.Errorf("%s\nwant %s, missing %v", have, want, got.Missing)
	}
	got = result{}
	if call("redact", "-- request --\nprincipal: me\n", &got); got.Error != "" || got.Proof.Judged {
		t.Errorf("%+v", got)
	}
}
