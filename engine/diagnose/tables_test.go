package diagnose

import (
	"strings"
	"testing"
)

// TestTables: what one table names, the other has.
func TestTables(t *testing.T) {
	known := map[string]bool{"statement": true, "who": true, "which": true}
	for _, e := range explanations {
		if known[e.id] {
			t.Errorf("%s is there twice", e.id)
		}
		known[e.id] = true
		if e.doc == "" || !strings.HasPrefix(e.doc, "https://docs.aws.amazon.com/") || !strings.HasSuffix(e.proof, ".") {
			t.Errorf("%s: page %q, proof %q", e.id, e.doc, e.proof)
		}
	}
	told, seen := map[string]bool{}, map[string]bool{}
	for i := range commands {
		c := &commands[i]
		if seen[c.id] {
			t.Errorf("%s is there twice", c.id)
		}
		seen[c.id] = true
		for _, id := range strings.Fields(c.tells) {
			if told[id] = true; !known[id] {
				t.Errorf("%s tells of %s, which is no explanation", c.id, id)
			}
		}
		if c.after != "" && commandOf(c.after) == nil || c.with != "" && commandOf(c.with) == nil {
			t.Errorf("%s comes after %q, with %q: there is no such command", c.id, c.after, c.with)
		}
	}
	for _, e := range explanations {
		if !told[e.id] && e.id != "provider-mismatch" && e.id != "other-provider" {
			t.Errorf("no command tells of %s", e.id)
		}
	}
}

// TestQuoted: what somebody else wrote is one word of a command line.
func TestQuoted(t *testing.T) {
	for text, want := range map[string]string{
		"app": "app", "arn:aws:s3:::b/k": "arn:aws:s3:::b/k", "a b": "'a b'", "": "''", "x'; rm -rf /": `'x'\''; rm -rf /'`, "a\nb": "'a b'",
		"$(id)": "'$(id)'",
	} {
		if have := quoted(text); have != want {
			t.Errorf("%q: %s, not %s", text, have, want)
		}
	}
}
