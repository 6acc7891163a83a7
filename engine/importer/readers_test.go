package importer

import (
	"strings"
	"testing"
	"unicode/utf8"

	"why403/engine/policy"
)

// FuzzClean: a clean text is one line of UTF-8 without escapes of terminals, and
// is not longer than the text.
func FuzzClean(f *testing.F) {
	for _, text := range []string{"│ a\n│ b", `{\"a\": \"b\\n\u003c\"}`, "&amp;quot;x&#39;", "> a\n>> b", "\x1b[31ma\x1b[0m [1mb",
		"**a** <code>b</code>", "2024-01-01T00:00:00Z a\n12:00:01 b", "a\u00a0“b”"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		for _, how := range []joining{byWords, byARNs, byWidth} {
			got := clean(text, how)
			if !utf8.ValidString(got) || strings.ContainsAny(got, "\n\r\t\x1b") || strings.TrimSpace(got) != got && got != strings.Trim(got, " ") {
				t.Errorf("%q became %q", text, got)
			}
			if len(got) > 3*len(text) {
				t.Errorf("%d bytes became %d", len(text), len(got))
			}
		}
	})
}

// FuzzValue: a value and what follows it are the text, but for quotes.
func FuzzValue(f *testing.F) {
	for _, text := range []string{"a b", `"a b" c`, "`a' b", "arn:aws:iam::<ID>:role/x}", "a, b", "x</Message>", "...",
		"arn:aws:logs:us-east-1:111122223333:log-group:a:", "${a}/b]", "'", "a;b", `"` + strings.Repeat("\x80", 2*maxName)} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		v, rest := value(text)
		if !strings.HasSuffix(text, rest) || len(v)+len(rest) > len(text) || !strings.Contains(text, v) {
			t.Errorf("%q is %q and %q", text, v, rest)
		}
		if text != "" && strings.IndexByte("\"'` \\;|>)]},", text[0]) < 0 && strings.ContainsAny(v, " \"'`\\;|") && !strings.ContainsAny(v,
			"<[({") {
			t.Errorf("%q goes on to %q", text, v)
		}
	})
}

// FuzzSentence: an action is service:Name, and what a sentence has stands in the
// text.
func FuzzSentence(f *testing.F) {
	for _, text := range []string{
		"User: a is not authorized to perform: s:N on resource: role x because no session policy allows the s:N action",
		"User `a' is not authorized to perform `s:N' on resource `b'", "Not authorized to perform sts:AssumeRoleWithWebIdentity",
		"a is not authorized to perform AssumeRole on role b", "User with accountId: 1 is not authorized to perform: s:N with an explicit " +
			"deny in a p: arn:aws:iam::1:policy/x. Go",
	} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		line := clean(text, byWords)
		for _, s := range sentences(line) {
			if !isAction(s.action) {
				t.Errorf("the action %q", s.action)
			}
			if !strings.Contains(line, s.subject) || !strings.Contains(line, s.text) {
				t.Errorf("%+v is not in %q", s, line)
			}
		}
	})
}

// FuzzRows: rows, lists and printed objects come to events with a source and a
// name, or to none.
func FuzzRows(f *testing.F) {
	for _, text := range []string{
		"eventName,eventSource,userIdentity\nA,b.amazonaws.com,\"{type=Root, arn=x, sessioncontext={a={b=c}}}\"\n",
		"@message\n\"{\"\"eventName\"\":\"\"A\"\",\"\"eventSource\"\":\"\"b\"\"}\"",
		"Event name\nA\nEvent source\nb.amazonaws.com\n", "{eventSource: 'a', eventName: \"b\", x: undefined, y: f.g(1, 2), z: [1,],}",
		"{'eventSource': 'it\\'s', 'eventName': None}",
	} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		for _, read := range []func(string) []*policy.Node{eventRows, eventList, looseEvents} {
			for _, event := range read(text) {
				if str(event, "eventSource") == "" || str(event, "eventName") == "" {
					t.Errorf("%q came to an event without a name", text)
				}
			}
		}
	})
}

// FuzzParts: values are cut out of a text where they end.
func FuzzParts(f *testing.F) {
	for _, text := range []string{"$ aws x\n{\"Statement\":[]}\nmore", "{\"a\":\"}\"} [{\"b\":1}]", "{\"a\\\"", "log {\"a\":1} log", "{{{"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		p := newPaste("", text, "")
		for _, one := range p.parts() {
			if one.kind == nil || one.at < 0 || one.at > len(p.text) {
				t.Errorf("%q has a part %+v", text, one)
			}
		}
		if n := valueLength(text); n > len(text) || n == 0 {
			t.Errorf("%q has a value of %d bytes", text, n)
		}
		for _, other := range repaired(text) {
			if other == text {
				t.Errorf("%q was repaired to itself", text)
			}
		}
	})
}

// FuzzReduced: what is kept of a long text is shorter than the limit.
func FuzzReduced(f *testing.F) {
	for _, text := range []string{`{"RoleDetailList":[{"Arn":"a","x":1},{"Arn":"b"}],"Policies":[{"Arn":"p"}]}`,
		`{"Records":[{"errorCode":"AccessDenied"},{}]}`, "x not authorized to perform y", `[{"errorCode":"Forbidden"}]`, "{"} {
		f.Add(text, "a")
	}
	f.Fuzz(func(t *testing.T, text, wanted string) {
		kept := reduced(text, func(arn string) bool { return arn == wanted })
		if len(kept) > policy.MaxSize {
			t.Errorf("%d bytes", len(kept))
		}
		for _, field := range members("{" + text) {
			if !strings.Contains(text, field.value) {
				t.Errorf("%q has no %q", text, field.value)
			}
		}
	})
}
