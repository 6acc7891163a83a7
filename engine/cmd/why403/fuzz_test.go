package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// FuzzCommands: no command that reads a file panics on any, and each ends with
// one of the three codes, and a word where it is not 0.
func FuzzCommands(f *testing.F) {
	names, err := filepath.Glob("../../../scenarios/*/*.txtar")
	if err != nil || len(names) == 0 {
		f.Fatal(err)
	}
	for i := 0; i < len(names); i += 15 {
		text, err := os.ReadFile(names[i])
		if err != nil {
			f.Fatal(err)
		}
		f.Add(string(text))
	}
	// A pattern is answered for what it covers, whose policies are others; and
	// a text without sections.
	f.Add("-- request --\nprincipal: arn:aws:iam::111122223333:user/a\naction: s3:GetObject\nresource: arn:aws:s3:::*\n" +
		"-- entity/b --\narn: arn:aws:s3:::b\naccount: 111122223333\n-- entity/b/policy.json --\n" +
		`{"Statement":{"Effect":"Deny","Principal":"*","Action":"s3:*","Resource":"arn:aws:s3:::b/*"}}` + "\n")
	f.Add("\xff")
	f.Fuzz(func(t *testing.T, text string) {
		if len(text) > 8<<10 {
			t.Skip("every command judges it many times")
		}
		file := filepath.Join(t.TempDir(), "f.txtar")
		if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		for _, command := range []string{"eval", "eval --json", "check", "fix", "fix --json", "who", "diagnose", "diagnose --json", "fill allow",
			"fill deny", "witness", "witness --attached", "witness --analyzer", "redact --json", "link", "embed --html", "import",
			"tables --policy identity/a.json", "tables --policy resource.json"} {
			var out bytes.Buffer
			a := app{strings.NewReader(""), &out, &out}
			if code := a.run(append(strings.Fields(command), file)); code < exitOK || code > exitUsage || code != exitOK && out.Len() == 0 {
				t.Errorf("%s: %d %q", command, code, out.String())
			}
		}
	})
}
