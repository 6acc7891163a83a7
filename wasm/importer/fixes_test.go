package main

import (
	"encoding/json"
	"strings"
	"testing"
)

type fixesResult struct {
	Problems []place
	Reason   string
	Fixes    []struct {
		Request, Kind, Title, Owner, Letter, Text string
		Loosens, Notes                            []string
		Weakens                                   bool
		Edits                                     []struct{ Section, Old, Text string }
		Results                                   []struct{ Request, Before, After string }
		Exports                                   []struct{ Form, Label, Text string }
	}
}

func fixesOf(t *testing.T, name, text string) (r fixesResult) {
	t.Helper()
	if err := json.Unmarshal([]byte(calls.Call("fixes", name+"\n"+text)), &r); err != nil {
		t.Fatal(err)
	}
	return r
}

// The fixes are those of the request that is named, and the text is the whole
// file with the fix.
func TestFixes(t *testing.T) {
	const policy = `{"Statement": {"Sid": "é🔑", "Effect": "Allow", "Principal": "*", "Action": "s3:*", "Resource": "*"}}`
	text := strings.Replace(request, "-- request --", "-- request/one --", 1) + "-- resource.json --\n" + policy + "\n"
	got := fixesOf(t, "one", text)
	if len(got.Fixes) < 2 || got.Reason != "" {
		t.Fatalf("%+v", got)
	}
	x := got.Fixes[0]
	if x.Request != "one" || x.Kind != "add a statement" || x.Title != "Add a statement to the key policy" || len(x.Loosens) != 0 ||
		x.Weakens {
		t.Errorf("%+v", x)
	}
	if len(x.Edits) != 1 || x.Edits[0].Section != "resource.json" || x.Edits[0].Old != policy+"\n" ||
		x.Text != strings.Replace(text, policy+"\n", x.Edits[0].Text, 1) {
		t.Errorf("%+v", x.Edits)
	}
	if len(x.Results) != 1 || x.Results[0].Before != "implicit deny" || x.Results[0].After != "allow" || len(x.Exports) != 4 ||
		x.Exports[1].Label != "AWS CLI" {
		t.Errorf("%+v %+v", x.Results, x.Exports)
	}
	if other := fixesOf(t, "two", text); len(other.Fixes) != 0 || other.Reason != "" {
		t.Errorf("%+v", other)
	}
}

func TestErrorsGiveNoFixes(t *testing.T) {
	if got := fixesOf(t, "", request+"-- resource.json --\n{\n"); len(got.Fixes) != 0 || len(got.Problems) == 0 {
		t.Errorf("%+v", got)
	}
}
