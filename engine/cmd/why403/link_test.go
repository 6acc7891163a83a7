package main

import (
	"strings"
	"testing"

	"why403/engine"
)

// What open prints is to the byte what link read.
func TestLinkAndOpen(t *testing.T) {
	files(t, scenarios)
	for file, want := range map[string]string{
		"good/two.txtar":      "Z&e=" + engine.Version + "&o=allow.implicit-deny\n",
		"good/deep/one.txtar": "Z&e=" + engine.Version + "&o=explicit-deny\n",
		"bad.txtar":           "Z\n",
		"good/notes.txt":      "Z\n",
	} {
		address, stderr, code := run("", "link", file)
		if code != exitOK || stderr != "" || !strings.HasPrefix(address, "#s=") || !strings.HasSuffix(address, want) {
			t.Errorf("link %s exits with %d: %s%s", file, code, address, stderr)
		}
		again, _, _ := run(read(t, file), "link", "-")
		if again != address {
			t.Errorf("link - prints %s, want %s", again, address)
		}
		expect(t, exitOK, read(t, file), "open", "https://why403.example/"+strings.TrimSpace(address))
		if text, _, code := run(address, "open", "-"); code != exitOK || text != read(t, file) {
			t.Errorf("open - exits with %d: %s", code, text)
		}
	}
}

func TestLinksThatAreRefused(t *testing.T) {
	for _, c := range []struct {
		stdin string
		args  string
		want  string
	}{
		{"", "open #s=AQAAAAFC", "why403: The link was cut off after 8 characters. Ask for it again, or for the file.\n"},
		{"#s=AQ", "open -", "why403: The link was cut off after 2 characters. Ask for it again, or for the file.\n"},
		{"", "open #answer", "why403: This is not a link to a scenario. Such a link has #s= in it.\n"},
		{strings.Repeat("x", 1<<18+1), "link -", "why403: The scenario is too large for a link. Send the file.\n"},
		{"\xff", "link -", "why403: The scenario is not UTF-8 text, which links carry. Send the file.\n"},
	} {
		stdout, stderr, code := run(c.stdin, strings.Fields(c.args)...)
		if code != exitProblems || stdout != "" || stderr != c.want {
			t.Errorf("why403 %s exits with %d: %s%s", c.args, code, stdout, stderr)
		}
	}
}

func TestLinkUsage(t *testing.T) {
	for args, want := range map[string]string{
		"link":         "link needs one file",
		"link a b":     "link needs one file",
		"link missing": "no such file",
		"link --json":  "flag provided but not defined: -json",
		"open":         "open needs one link",
		"open a b":     "open needs one link",
	} {
		if stdout, stderr, code := run("", strings.Fields(args)...); code != exitUsage || stdout != "" || !strings.Contains(stderr, want) {
			t.Errorf("why403 %s exits with %d: %s%s", args, code, stdout, stderr)
		}
	}
}
