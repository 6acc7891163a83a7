package main

import (
	"encoding/json"
	"flag"
	"io/fs"
	"os"
	"strings"
	"testing"

	"why403/engine/catalogue/data"
	"why403/scenarios"
	"why403/wasm/bridge"
)

var goldenOut = flag.String("golden-out", "", "write the native answers to this file, as JSON lines {file, answer}")

// TestGolden answers every scenario natively. With -golden-out the answers are
// kept, so that the same calls of page.wasm can be held against them.
func TestGolden(t *testing.T) {
	names, err := fs.Glob(scenarios.Files, "*/*.txtar")
	if err != nil || len(names) == 0 {
		t.Fatalf("no scenarios: %v", err)
	}
	tell(t, data.All().Prefixes()...)
	var lines strings.Builder
	for _, name := range names {
		text, err := scenarios.Files.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		answer := calls.Call("evaluate", string(text))
		if got := decode(t, answer); len(got.Answers) == 0 {
			t.Errorf("%s has no answer: %s", name, answer)
		}
		line, _ := json.Marshal(map[string]string{"file": name, "answer": answer})
		lines.Write(append(line, '\n'))
	}
	if *goldenOut == "" {
		return
	}
	if err := os.WriteFile(*goldenOut, []byte(lines.String()), 0o644); err != nil {
		t.Fatal(err)
	}
}

type place struct {
	Section, Code, Severity  string
	Start, End, Line, Column int
}

type result struct {
	Error    string
	Text     string
	Mode     string
	Problems []place
	Answers  []struct {
		Outcome, DeniedBy, Message string
		Statements                 []struct{ Start, End, MissStart, MissEnd int }
		Combination                *struct{ Table, ID string }
	}
	Sections []struct{ Name, Text string }
	Requests []struct{ Lines []struct{ Key, Value string } }
}

func decode(t *testing.T, text string) result {
	t.Helper()
	var r result
	if err := json.Unmarshal([]byte(text), &r); err != nil {
		t.Fatalf("%v in %s", err, text)
	}
	return r
}

const request = "-- request --\nprincipal: arn:aws:iam::111122223333:user/zoe\naction: kms:Decrypt\nresource: " +
	"arn:aws:kms:us-east-1:111122223333:key/k\n"

func TestOffsetsAreUTF16(t *testing.T) {
	// 🔑 is four bytes, one character and two UTF-16 units; é is two, one, one.
	policy := `{"Statement": {"Sid": "é🔑", "Effect": "Perhaps", "Action": "kms:*", "Resource": "*"}}`
	got := decode(t, calls.Call("evaluate", request+"-- identity/p.json --\n"+policy+"\n"))
	for _, p := range got.Problems {
		if p.Code != "bad-effect" {
			continue
		}
		want := strings.Index(`{"Statement": {"Sid": "é__", "Effect": "Perhaps"`, `"Perhaps"`) - 1
		if p.Start != want || p.End != want+len(`"Perhaps"`) || p.Line != 1 || p.Column != want {
			t.Errorf("got %+v, want start %d (column %d)", p, want, want)
		}
		return
	}
	t.Errorf("bad-effect is not reported: %+v", got.Problems)
}

func TestErrorsGiveNoAnswer(t *testing.T) {
	got := decode(t, calls.Call("evaluate", request+"-- resource.json --\n{\"Statement\": [}\n"))
	if len(got.Answers) != 0 || len(got.Problems) == 0 || got.Problems[0].Section != "resource.json" {
		t.Errorf("got %+v", got)
	}
}

func TestPanicIsAnAnswer(t *testing.T) {
	calls["explode"] = func(*bridge.Writer, string) { panic("a bug") }
	defer delete(calls, "explode")
	if got := decode(t, calls.Call("explode", "")); got.Error == "" {
		t.Errorf("a panic is not reported: %+v", got)
	}
	if got := decode(t, calls.Call("evaluate", request)); got.Error != "" || len(got.Answers) != 1 {
		t.Errorf("after a panic: %+v", got)
	}
}

func TestOpen(t *testing.T) {
	got := decode(t, calls.Call("open", "Title\n\nNotes\n"+request+"aws:SourceIp: \n-- resource.json --\n{ }\n-- want --\nallow\n"))
	if len(got.Sections) != 1 || got.Sections[0].Text != "{ }\n" {
		t.Errorf("sections: %+v", got.Sections)
	}
	if len(got.Requests) != 1 || len(got.Requests[0].Lines) != 4 || got.Requests[0].Lines[3].Value != "" {
		t.Errorf("requests: %+v", got.Requests)
	}
}

func TestFormat(t *testing.T) {
	for in, want := range map[string]string{
		`{"a":[1,"\u0041"]}`: "{\n  \"a\": [\n    1,\n    \"\\u0041\"\n  ]\n}\n",
		`{"a":1,"a":2}`:      `{"a":1,"a":2}`,
		`{"a":`:              `{"a":`,
		``:                   ``,
	} {
		if got := decode(t, calls.Call("format", in)); got.Text != want {
			t.Errorf("format(%q) is %q, want %q", in, got.Text, want)
		}
	}
}

func TestSwitchAccounts(t *testing.T) {
	text := request + "-- resource.json --\n" +
		`{"Statement": {"Effect": "Allow", "Principal": {"AWS": ["arn:aws:iam::111122223333:user/zoe", "arn:aws:iam::111122223333:user/zoe2", ` +
		`"arn:aws:iam::111122223333:root"]}, "Action": "kms:*", "Resource": "*"}}` + "\n"
	there := decode(t, calls.Call("switchAccounts", text))
	if there.Mode != "cross-account" || !strings.Contains(there.Text, "principal: arn:aws:iam::444455556666:user/zoe\n") ||
		!strings.Contains(there.Text,
			`["arn:aws:iam::444455556666:user/zoe", "arn:aws:iam::111122223333:user/zoe2", "arn:aws:iam::111122223333:root"]`) {
		t.Errorf("to another account: %+v", there)
	}
	if back := decode(t, calls.Call("switchAccounts", there.Text)); back.Mode != "same-account" || back.Text != text {
		t.Errorf("and back: %+v", back)
	}
	guest := strings.Replace(text, "arn:aws:iam::111122223333:user/zoe\n", "sns.amazonaws.com\n", 1)
	if got := decode(t, calls.Call("switchAccounts", guest)); got.Text != guest || len(got.Problems) != 1 {
		t.Errorf("a caller without an account: %+v", got)
	}
}

// FuzzCalls: whatever comes in, JSON goes out, and no call panics.
func FuzzCalls(f *testing.F) {
	names, _ := fs.Glob(scenarios.Files, "*/*.txtar")
	for _, name := range names {
		text, _ := scenarios.Files.ReadFile(name)
		f.Add(string(text))
	}
	f.Fuzz(func(t *testing.T, text string) {
		for _, name := range []string{"evaluate", "open", "format", "switchAccounts", "hints"} {
			if got := decode(t, calls.Call(name, text)); got.Error != "" {
				t.Errorf("%s: %s", name, got.Error)
			}
		}
	})
}
