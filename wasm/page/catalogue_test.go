package main

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"why403/engine/catalogue"
	"why403/engine/catalogue/data"
	"why403/engine/scenario"
	"why403/wasm/bridge"
)

// tell tells the page's engine of services; afterwards it knows none.
func tell(t *testing.T, prefixes ...string) {
	t.Helper()
	t.Cleanup(func() { services = bridge.Services{} })
	for _, prefix := range prefixes {
		if got := calls.Call("service", data.All().Text(prefix)); got != `{"problem":""}` {
			t.Fatalf("%s gives %s", prefix, got)
		}
	}
}

func TestService(t *testing.T) {
	tell(t, "sqs")
	if s := services.Service("sqs"); s == nil || s.Action("SendMessage") == nil {
		t.Errorf("the service is %+v", s)
	}
	if got := calls.Call("service",
		"sqs - Amazon SQS\nx"); got != `{"problem":"catalogue: line 2: the lines begin with k, g, t, a and o, in this order"}` {
		t.Errorf("the call gives %s", got)
	}
	if services.Service("sqs").Action("SendMessage") == nil {
		t.Error("a text that can't be read takes the service away")
	}
}

// An answer says which services it would have asked, and changes when they are
// told: AWS checks s3:ListBucket on the bucket.
func TestMissing(t *testing.T) {
	const text = `-- request --
principal: arn:aws:iam::111122223333:user/alice
action: s3:ListBucket
resource: arn:aws:s3:::bucket/key
resource-account: 111122223333
-- identity/p.json --
{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "s3:*", "Resource": "arn:aws:s3:::bucket/*"}]}
`
	ask := func() (missing []string, outcome string) {
		var got struct {
			Missing []string
			Answers []struct{ Outcome string }
		}
		if err := json.Unmarshal([]byte(calls.Call("evaluate", text)), &got); err != nil || len(got.Answers) != 1 {
			t.Fatal(err, got)
		}
		return got.Missing, got.Answers[0].Outcome
	}
	if missing, outcome := ask(); !slices.Equal(missing, []string{"s3"}) || outcome != "allow" {
		t.Errorf("without the catalogue: %v, %s", missing, outcome)
	}
	tell(t, "s3")
	if missing, outcome := ask(); slices.Contains(missing, "s3") || outcome != "implicit deny" {
		t.Errorf("with it: %v, %s", missing, outcome)
	}
}

// The condition keys that are offered are AWS's, with their type.
func TestSuggestedKeys(t *testing.T) {
	keys := scenario.SuggestedKeys()
	if len(keys) < 19 {
		t.Errorf("%d keys are offered", len(keys))
	}
	for _, k := range keys {
		prefix, _, _ := strings.Cut(k.Key, ":")
		if k.Service != "" && k.Service != prefix || k.Service == "" && prefix != "aws" {
			t.Errorf("%s is offered for %q", k.Key, k.Service)
		}
		known := catalogue.GlobalKeys()
		if prefix != "aws" {
			known = data.All().Service(prefix).Keys
		}
		at := slices.IndexFunc(known, func(have catalogue.Key) bool {
			stem, _, _ := strings.Cut(have.Name, "${")
			return stem+"NAME" == k.Key || have.Name == k.Key
		})
		if at < 0 {
			t.Errorf("AWS has no key %s", k.Key)
		} else if (known[at].Type == catalogue.Bool) != k.Boolean {
			t.Errorf("%s has the type %s", k.Key, known[at].Type)
		}
	}
}
