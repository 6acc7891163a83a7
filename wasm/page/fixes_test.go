package main

import (
	"encoding/json"
	"strings"
	"testing"
	"unicode/utf16"
)

type fixesResult struct {
	Problems []place
	Fixes    []struct {
		Request, Title, Effect, Section, Text string
		Way, Start, End                       int
	}
}

func fixesOf(t *testing.T, text string) (r fixesResult) {
	t.Helper()
	if err := json.Unmarshal([]byte(calls.Call("fixes", text)), &r); err != nil {
		t.Fatal(err)
	}
	return r
}

// What is inserted stands where start and end say, in UTF-16 units.
func TestFixes(t *testing.T) {
	const policy = `{"Statement": {"Sid": "é🔑", "Effect": "Allow", "Principal": "*", "Action": "s3:*", "Resource": "*"}}`
	got := fixesOf(t, strings.Replace(request, "-- request --", "-- request/one --", 1)+"-- resource.json --\n"+policy+"\n")
	if len(got.Fixes) != 2 {
		t.Fatalf("%+v", got)
	}
	x := got.Fixes[0]
	units := utf16.Encode([]rune(x.Text))
	added := string(utf16.Decode(units[x.Start:x.End]))
	if !strings.HasPrefix(added, ",\n  {\"Effect\": \"Allow\"") || !strings.HasSuffix(added, "\"Resource\": \"*\"}") ||
		x.Request != "one" || x.Section != "resource.json" || x.Title != "Add a statement to the key policy" || x.Effect != "" {
		t.Errorf("%q of %+v", added, x)
	}
	if y := got.Fixes[1]; y.Section != "grants.json" || y.Way <= x.Way || y.Start != 0 || y.End != len(y.Text) {
		t.Errorf("%+v", y)
	}
}

func TestErrorsGiveNoFixes(t *testing.T) {
	if got := fixesOf(t, request+"-- resource.json --\n{\n"); len(got.Fixes) != 0 || len(got.Problems) == 0 {
		t.Errorf("%+v", got)
	}
}
