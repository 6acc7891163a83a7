package main

import (
	"encoding/json"
	"strings"
	"testing"
)

type translated struct {
	Error, Text string
	Problems    []struct {
		Code         string
		Line, Column int
	}
}

func call(t *testing.T, text string) (got translated) {
	t.Helper()
	if err := json.Unmarshal([]byte(calls.Call("translate", text)), &got); err != nil || got.Error != "" {
		t.Fatal(err, got.Error)
	}
	return got
}

// The first line is the syntax, and problems have their places behind it.
func TestTranslate(t *testing.T) {
	if got := call(t, "hcl\nresource \"a\" \"é\" {\n  x = var.y\n}\n"); !strings.Contains(got.Text, `"x": "${var.y}"`) ||
		len(got.Problems) != 0 {
		t.Errorf("%+v", got)
	}
	if got := call(t, "yaml\na: !Ref B\n"); !strings.Contains(got.Text, `"Ref": "B"`) {
		t.Errorf("%+v", got)
	}
	got := call(t, "hcl\nresource \"a\" \"é\" {\n  x = =\n}\n")
	if got.Text != "" || len(got.Problems) != 1 || got.Problems[0].Line != 2 || got.Problems[0].Column != 7 {
		t.Errorf("%+v", got)
	}
	for _, text := range []string{"", "hcl", "yaml", "other\nx"} {
		call(t, text)
	}
}
