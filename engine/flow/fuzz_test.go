package flow_test

import (
	"io/fs"
	"testing"

	"why403/engine/catalogue/data"
	"why403/engine/flow"
	"why403/engine/scenario"
	"why403/scenarios"
)

// FuzzFlow: whatever a file asks, its call makes so many checks at most, each of
// which says what it is for, and the same the second time.
func FuzzFlow(f *testing.F) {
	for _, pattern := range []string{"calls/*", "not-known/*", "kms/*"} {
		names, err := fs.Glob(scenarios.Files, pattern+".txtar")
		if err != nil || len(names) == 0 {
			f.Fatal(pattern, err)
		}
		for _, name := range names {
			text, err := scenarios.Files.ReadFile(name)
			if err != nil {
				f.Fatal(err)
			}
			f.Add(string(text), "s3:CopyObject", "arn:aws:s3:::b/*")
		}
	}
	f.Fuzz(func(t *testing.T, text, action, resource string) {
		file := scenario.ParseWith(data.All(), text)
		for i := range file.Requests {
			r := &file.Requests[i]
			if r.World == nil {
				continue
			}
			other := r.Request
			other.Action = action
			first, err := flow.Of(r.World, r.Request, r.Resources...)
			again, _ := flow.Of(r.World, r.Request, r.Resources...)
			if err == nil && (len(first.Checks) != len(again.Checks) || len(first.Possible) != len(again.Possible)) {
				t.Errorf("%d and %d checks, then %d and %d", len(first.Checks), len(first.Possible), len(again.Checks), len(again.Possible))
			}
			asked, err2 := flow.Of(r.World, other, append([]string{resource}, r.Resources...)...)
			for _, call := range []*flow.Call{first, asked} {
				if err != nil || err2 != nil {
					continue // a form that the reader of the file has told
				}
				if len(call.Checks) == 0 {
					t.Error("a call that asks nothing")
				}
				for j := range call.Checks {
					if c := &call.Checks[j]; c.Flow != "" && (c.Why == "" || c.Doc == "") {
						t.Errorf("the check %s of %s has no reason", c.Action, c.Flow)
					}
				}
			}
		}
	})
}
