package main

import (
	"fmt"
	"io/fs"
	"math/rand/v2"
	"runtime"
	"strings"
	"testing"

	"why403/engine/catalogue/data"
	"why403/engine/scenario"
	"why403/scenarios"
	"why403/wasm/bridge"
)

// fresh evaluates a text as a page does that has seen no other.
func fresh(text string) string {
	warm := services.Kept
	defer func() { services.Kept = warm }()
	services.Kept = nil
	return calls.Call("evaluate", text)
}

// sameAsFresh fails where what was evaluated before is in the answer.
func sameAsFresh(t *testing.T, text string) (errors bool) {
	t.Helper()
	got, want := calls.Call("evaluate", text), fresh(text)
	if got == want {
		return strings.Contains(got, `"answers":[]`)
	}
	at := 0
	for at < min(len(got), len(want)) && got[at] == want[at] {
		at++
	}
	t.Fatalf("after other versions:\n…%.300s\nand of a fresh engine:\n…%.300s\nfor\n%s", got[max(0, at-80):], want[max(0, at-80):], text)
	return false
}

// What edits put in the place of one another.
var (
	words = []string{"Allow", "Deny", "2012-10-17", "2008-10-17", "StringEquals", "StringLike", "IpAddres", "s3:GetObject", "kms:Decrypt", "*",
		"${aws:username}", "Action", "NotAction", "Principal", "aws:PrincipalTag/team", "arn:aws:s3:::reports/*", "root", "user/bob"}
	names = []string{"identity/a.json", "identity/b.json", "boundary.json", "session.json", "resource.json", "endpoint.json",
		"scp/1-root/a.json",
		"scp/2-ou/a.json", "rcp/1-root/a.json", "put.json", "entity/e/policy.json", "entity/e/identity/a.json", "account/111122223333/scp/1-root/a.json"}
	headers = []string{"-- entity/e --\narn: arn:aws:iam::111122223333:role/app\n", "-- entity/e --\narn: arn:aws:s3:::reports\n",
		"-- entity/e --\narn: arn:aws:kms:us-east-1:111122223333:key/k\n", "-- account/111122223333 --\n",
		"-- request/more --\nprincipal: arn:aws:iam::111122223333:user/bob\naction: s3:GetObject\nresource: arn:aws:s3:::reports/a\n",
		"-- request/more --\nprincipal: arn:aws:iam::111122223333:user/bob\naction: kms:Decrypt\n" +
			"resource: arn:aws:kms:us-east-1:111122223333:key/k\n"}
)

// edit is a text with one thing changed: a word, a letter, a section put in,
// renamed, moved, copied or taken out, or a line that moves all that is below it.
func edit(c *rand.Rand, text string) string {
	f := scenario.Parse(text)
	i, j := c.IntN(len(f.Sections)), c.IntN(len(f.Sections))
	s := &f.Sections[i]
	switch c.IntN(9) {
	case 0:
		f.Sections[i], f.Sections[j] = f.Sections[j], f.Sections[i]
	case 1:
		if len(f.Sections) > 2 {
			f.Sections = append(f.Sections[:i], f.Sections[i+1:]...)
		}
	case 2:
		f.Comment += "One more line\n"
	case 3:
		s.Marker = "-- " + names[c.IntN(len(names))] + " --\n"
	case 4:
		f.Sections[j].Text = s.Text
	case 5:
		return headers[c.IntN(len(headers))] + text
	case 6:
		return text + "-- " + names[c.IntN(len(names))] + " --\n" + s.Text
	case 7:
		at := c.IntN(len(s.Text) + 1)
		s.Text = s.Text[:at] + string(`{"} ,:x`[c.IntN(8)%7]) + s.Text[at:]
	default:
		from, to := words[c.IntN(len(words))], words[c.IntN(len(words))]
		s.Text = strings.Replace(s.Text, from, to, 1+c.IntN(2))
	}
	return f.Format()
}

// Whatever was evaluated before, an answer is to the byte that of an engine that
// has seen nothing: the policies that it keeps are those of this text.
func TestEditsAnswerAsFresh(t *testing.T) {
	tell(t, data.All().Prefixes()...)
	files, _ := fs.Glob(scenarios.Files, "*/*.txtar")
	c := rand.New(rand.NewPCG(403, 16))
	rounds := 400
	if testing.Short() {
		rounds = 60
	}
	answered, broken := 0, 0
	for range rounds {
		start, _ := scenarios.Files.ReadFile(files[c.IntN(len(files))])
		text, good := string(start), string(start)
		for range 12 {
			if text = edit(c, text); !sameAsFresh(t, text) {
				answered, good = answered+1, text
				continue
			}
			broken++
			if c.IntN(4) > 0 {
				text = good // undone
			}
		}
	}
	if answered < broken {
		t.Errorf("of the edits %d have an answer, %d have none", answered, broken)
	}
}

// FuzzEdits: the same, for any two texts and any edit between them.
func FuzzEdits(f *testing.F) {
	files, _ := fs.Glob(scenarios.Files, "*/*.txtar")
	for _, name := range files {
		text, _ := scenarios.Files.ReadFile(name)
		f.Add(string(text), len(text)/2, 5, "Deny")
	}
	f.Fuzz(func(t *testing.T, text string, at, cut int, put string) {
		at = min(max(at, 0), len(text))
		after := text[:at] + put + text[min(len(text), at+max(0, min(cut, len(text)))):]
		for _, version := range []string{text, after, text} {
			sameAsFresh(t, version)
		}
	})
}

// Policies that are kept hold no text but their own: every section of a file was
// the last one to be edited once.
func TestEditsKeepNoVersions(t *testing.T) {
	const sections = 400
	defer func() { services = bridge.Services{} }()
	var parts [sections]string
	for i := range parts {
		parts[i] = fmt.Sprintf("-- identity/p%d.json --\n{\"Statement\": {\"Sid\": \"%s\", \"Effect\": \"Allow\", \"Action\": \"*\", "+
			"\"Resource\": \"*\"}}\n",
			i, strings.Repeat("a", 1000))
	}
	used := func() uint64 {
		runtime.GC()
		var m runtime.MemStats
		runtime.ReadMemStats(&m)
		return m.HeapAlloc
	}
	before := used()
	for i := range parts {
		parts[i] = strings.Replace(parts[i], "identity/p", "identity/renamed", 1)
		if f, _ := services.Scenario(request + strings.Join(parts[:], "")); f.Errors() || len(services.Kept) != sections {
			t.Fatalf("%d policies are kept of a file of %d: %v", len(services.Kept), sections, f.Problems)
		}
	}
	if more := int64(used()) - int64(before); more > 8<<20 {
		t.Errorf("after %d versions of %d bytes, %d bytes are kept", sections, len(strings.Join(parts[:], "")), more)
	}
}
