package importer

import (
	"strings"
	"testing"

	"why403/engine/internal/memory"
)

// What looks like the beginning of a policy, again and again, copies the text a
// few times, not once for each.
func TestLenientCopies(t *testing.T) {
	for _, piece := range []string{"%7b%22 ", "%7B%22Statement ", "%7", `"{`, `"{\"`, `{"Statement": `, "1: x\n", "PolicyStatement(",
		"PolicyStatement(a=1)", `{"Statement": ..., `, "{Statement: a}"} {
		text := strings.Repeat(piece, 1<<18/len(piece))
		if bytes := memory.Bytes(func() { lenient(text) }); bytes > 500<<18 { // a string of JSON that is read takes 600 bytes
			t.Errorf("%q: %d bytes for %d", piece, bytes, len(text))
		}
	}
}

// A policy that stands alone is not mended: what is wrong in it is told with its place.
func TestLenientAlone(t *testing.T) {
	for _, text := range []string{
		"{\"Version\": \"2012-10-17\",\n \"Statement\": [,]}",
		"\n{\"Statement\": [{\"Effect\": \"Allow\", \"Action\": \"s3:*\", \"Resource\": \"*\",}]}\n",
		"{\"Statement\": [\n // all\n {\"Effect\": \"Allow\", \"Action\": \"s3:*\", \"Resource\": \"*\"}]}",
	} {
		r := Import("", text, "")
		if r.Text != "" || len(r.Problems) == 0 || r.Problems[0].Code != "json-syntax" {
			t.Errorf("%s\n%s\n%v", text, r.Text, r.Problems)
		}
	}
}

// What is looked for behind each sign is near it: else a megabyte of signs takes minutes.
func TestUncommentedCopies(t *testing.T) {
	for _, piece := range []string{"/*", "<", `"a":`, "'a' ", "...", "# more\n", "… "} {
		text := "{" + strings.Repeat(piece, 1<<20/len(piece))
		if bytes := memory.Bytes(func() { uncommented(text) }); bytes > 100<<20 {
			t.Errorf("%q: %d bytes", piece, bytes)
		}
	}
}
