package main

import (
	"encoding/json"
	"strings"
	"testing"

	"why403/engine/embed"
	"why403/engine/scenario"
)

// The page's block is the one that why403 embed prints.
func TestBlock(t *testing.T) {
	const address = "https://why403.example/#s=abc"
	f := scenario.Parse(request)
	for form, write := range blockForms {
		var got struct{ Block, Problem string }
		if err := json.Unmarshal([]byte(calls.Call("block", form+" "+address+"\n"+request)), &got); err != nil {
			t.Fatal(err)
		}
		want, err := write(f, embed.Options{Link: address})
		if err != nil || got.Block != want || got.Problem != "" || !strings.Contains(want, address) {
			t.Errorf("%s: %q, %q, want %q, %v", form, got.Block, got.Problem, want, err)
		}
	}
	for _, head := range []string{"pdf " + address + "\n" + request, "html " + address + "\n-- request --\n"} {
		var got struct{ Block, Problem string }
		if err := json.Unmarshal([]byte(calls.Call("block", head)), &got); err != nil || got.Block != "" || got.Problem == "" {
			t.Errorf("%q: %+v, %v", head, got, err)
		}
	}
}
