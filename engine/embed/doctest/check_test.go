package doctest

import (
	"errors"
	"os"
	"strconv"
	"strings"
	"testing"

	"why403/engine/embed"
	"why403/engine/link"
	"why403/engine/policy"
	"why403/engine/scenario"
)

func parse(t *testing.T, name string) *scenario.File {
	t.Helper()
	text, err := os.ReadFile("../testdata/" + name + ".txtar")
	if err != nil {
		t.Fatal(err)
	}
	return scenario.Parse(string(text))
}

func noFiles(src string) (string, error) { return "", errors.New("there is no " + src) }

// failures checks a document: "LINE: message" for each failure.
func failures(t *testing.T, name, text string, read ReadFile) []string {
	t.Helper()
	found := Find(name, text)
	if len(found) == 0 {
		t.Fatalf("nothing is found in\n%s", text)
	}
	var out []string
	for i := range found {
		_, failed := found[i].Check(read)
		for _, f := range failed {
			line, _ := policy.Position(text, f.At)
			out = append(out, strconv.Itoa(line)+": "+f.Message)
		}
	}
	return out
}

// documents is a scenario as a document of each form, three lines below the top.
func documents(t *testing.T, name string) map[string]string {
	t.Helper()
	out := map[string]string{}
	for extension, write := range map[string]func(*scenario.File, embed.Options) (string, error){
		".html": embed.HTML, ".htm": embed.HTML, ".mdx": embed.MDX, ".md": embed.Markdown, ".markdown": embed.HTML,
	} {
		f := parse(t, name)
		address, err := link.Of(f, "https://why403.example/")
		if err != nil {
			t.Fatal(err)
		}
		block, err := write(f, embed.Options{Link: address})
		if err != nil {
			t.Fatal(err)
		}
		out["a"+extension] = "A page\n\ntext\n" + block + "\nmore\n"
	}
	return out
}

// What embed writes is true, in every form, in a quote and in a list too.
func TestRoundTrip(t *testing.T) {
	for _, scenario := range []string{"denied", "two", "hostile"} {
		for name, text := range documents(t, scenario) {
			for _, prefix := range []string{"", "    ", "> "} {
				if prefix == "> " && name != "a.md" {
					continue
				}
				quoted := strings.ReplaceAll(text, "\n", "\n"+prefix)
				if got := failures(t, name, quoted, noFiles); len(got) > 0 {
					t.Errorf("%s as %q%s: %s", scenario, prefix, name, got)
				}
			}
			if n := len(Find(name, text)[0].shown); n < 3 {
				t.Errorf("%s as %s: only %d texts are compared", scenario, name, n)
			}
		}
	}
}

// Every change of what is told fails, at its line.
func TestChanges(t *testing.T) {
	const engineSays = "; the engine says “implicit deny”"
	for _, c := range []struct{ from, to, want string }{
		{"expect=\"implicit deny\"", "expect=\"allow\"", "expects “allow”" + engineSays},
		{"expect=implicit deny", "expect=allow", "expects “allow”" + engineSays},
		{"o=implicit-deny", "o=allow", "its link says “allow”" + engineSays},
		{"○ Denied (implicit deny):", "✓ Allowed:", "shows the verdict “"},
		{"limits the request", "permits the request", "shows the verdict “"},
		{"because no permissions boundary", "because no session policy", "shows the access-denied sentence “User: " +
			"arn:aws:iam::111122223333:user/alice is not"},
		{"s3:*", "kms:*", "shows the policy “{\"Version\": \"2012-10-17\", \"Statement\": {\"Effect\": \"Allow\", \"Action\": \"kms:*\""},
		{`\"s3:*`, `\"kms:*`, "shows the policy “"},
		{"#s=AQ", "#s=Ag", "The link is from a newer version"},
	} {
		changed := 0
		for name, text := range documents(t, "denied") {
			at := strings.Index(text, c.from)
			if at < 0 {
				continue
			}
			changed++
			// The link stands in the text twice; what carries the scenario is the
			// first in an element, the only one in Markdown.
			got := failures(t, name, strings.Replace(text, c.from, c.to, 1), noFiles)
			line, _ := policy.Position(text, at)
			if Find(name, text)[0].Form == Markdown {
				switch {
				case strings.HasPrefix(c.from, "#") || strings.HasPrefix(c.from, "o="):
					line = 4
				case strings.Contains(c.from, "s3"):
					line--
				}
			}
			if len(got) != 1 || !strings.HasPrefix(got[0], strconv.Itoa(line)+": "+c.want) {
				t.Errorf("%s: %q for %q fails with %q, want %d: %s", name, c.to, c.from, got, line, c.want)
			}
		}
		if changed == 0 {
			t.Errorf("no document has %q", c.from)
		}
	}
}

const readable = "-- request --\nprincipal: arn:aws:iam::111122223333:user/alice\naction: sqs:SendMessage\nresource: " +
	"arn:aws:sqs:us-east-1:111122223333:q\n"

// A scenario can be in a file of the site.
func TestFiles(t *testing.T) {
	read := func(src string) (string, error) {
		switch src {
		case "a.txtar":
			return readable, nil
		case "bad.txtar":
			return "-- request --\nprincipal: arn:aws:iam::111122223333:user/alice\nresource: x\n-- nonsense --\n", nil
		}
		return noFiles(src)
	}
	for attributes, want := range map[string]string{
		`src=a.txtar expect="implicit deny"`:       "",
		`src=a.txtar expect=" Implicit  deny"`:     "1: expects “Implicit deny”; the engine says “implicit deny”",
		`src=a.txtar expect=" implicit  deny "`:    "",
		`src=a.txtar expect=allow`:                 "1: expects “allow”; the engine says “implicit deny”",
		`src=a.txtar expect="allow,implicit deny"`: "1: expects “allow, implicit deny”; the engine says “implicit deny”",
		`src=a.txtar`:                 "1: this scenario tells no outcome that could be compared: add expect=\"implicit deny\"",
		`src=none.txtar expect=allow`: "1: there is no none.txtar",
		`src=#s= expect=allow`:        "1: The link was cut off after 0 characters. Ask for it again, or for the file.",
		`expect=allow`:                "1: this scenario has no src: give it a link (#s=…) or the address of a scenario file",
		`src=bad.txtar expect=allow`: "1: the scenario has an error at request:2:11: This is not an ARN. An ARN has six parts, such as " +
			"arn:aws:kms:us-east-1:111122223333:key/ID; write \"*\" where the action has no resource.|" +
			"1: the scenario has an error at request:1:1: This request has no action. Add a line \"action: …\".|" +
			"1: the scenario has an error at 4:1: There is no section called nonsense.",
	} {
		got := strings.Join(failures(t, "a.html", "<why403-scenario "+attributes+"></why403-scenario>", read), "|")
		if want == "" && got != "" || !strings.HasPrefix(got, want) {
			t.Errorf("%s fails with\n%s\nwant\n%s", attributes, got, want)
		}
	}
}

// A block that is not whole fails only for what it shows.
func TestPartOfABlock(t *testing.T) {
	for extra, want := range map[string]string{
		"<p>Our own words.</p>": "",
		"<span class=why403-verdict><strong>○ Denied (implicit deny):</strong>\n  No identity-based policy allows sqs:SendMessage, and the " +
			"resource lets the caller in by no other way.</span>": "",
		"\n<span class='x why403-verdict'><b>✓</b> Allowed</span>": "2: shows the verdict “✓ Allowed”; the " +
			"engine says “○ Denied (implicit deny): No identity",
		"<span class=why403-verdict>Allowed <span>x</span> y</span>":   "1: shows the verdict “Allowed x y”; ",
		"<p class=why403-verdict>a</p>\n<p class=why403-verdict>b</p>": "1: shows 2 × verdict; the scenario has 1",
		"<pre><code class=why403-policy>{}</code></pre>":               "1: shows 1 × policy; the scenario has 0",
		"<span class=why403-verdict>" + strings.Repeat("<span></span>", 3) + "never closed</span": "1: this scenario is not closed: it has no " +
			"</why403-scenario>",
	} {
		text := "<why403-scenario src=a.txtar expect='implicit deny'>" + extra + "</why403-scenario>"
		got := strings.Join(failures(t, "a.html", text, func(string) (string, error) { return readable, nil }), "|")
		if want == "" && got != "" || !strings.HasPrefix(got, want) {
			t.Errorf("%s fails with\n%s\nwant\n%s", extra, got, want)
		}
	}
}

// An attribute that is an expression does not stand in the way of a check.
func TestExpression(t *testing.T) {
	const text = `<why403-scenario src="a.txtar" height={3}><span className="why403-verdict">{"✓ \u003callowed\u003e"}, {"\"really"}</span></why403-scenario>`
	got := strings.Join(failures(t, "a.mdx", text, func(string) (string, error) { return readable, nil }), "|")
	if !strings.HasPrefix(got, "1: shows the verdict “✓ <allowed>, \"really”; the engine says “○ Denied") {
		t.Error(got)
	}
}

// A block whose scenario is a file keeps that, and the address of its own link.
func TestRenderFile(t *testing.T) {
	f := scenario.Parse(readable)
	address, err := link.Of(f, "https://why403.example/")
	if err != nil {
		t.Fatal(err)
	}
	want, err := embed.HTML(f, embed.Options{Src: "a.txtar", Link: address})
	if err != nil {
		t.Fatal(err)
	}
	found := Find("a.html", want)
	got, err := found[0].Render(f)
	if err != nil || got != want {
		t.Errorf("%v\n%s\nwant\n%s", err, got, want)
	}
}

// A new block is true again, and what is around it stays.
func TestRender(t *testing.T) {
	for name, text := range documents(t, "two") {
		for _, prefix := range []string{"", "  "} {
			before := "> a\n- " + strings.ReplaceAll(text, "\n", "\n"+prefix)
			stale := strings.NewReplacer("explicit deny", "allow", "expect=\"allow, ", "id=\"x\" editable expect=\"", "explicit-deny",
				"allow").Replace(before)
			if len(failures(t, name, stale, noFiles)) == 0 {
				t.Fatalf("%s is still true", name)
			}
			found := Find(name, stale)
			file, _ := found[0].Check(noFiles)
			block, err := found[0].Render(file)
			if err != nil {
				t.Fatal(err)
			}
			after := Replace(stale, found, []string{block})
			if strings.Contains(stale, " editable") {
				after = strings.Replace(after, "\" id=\"x\" editable>", "\">", 1)
			}
			if after != before {
				t.Errorf("%s becomes\n%s\nwant\n%s", name, after, before)
			}
		}
	}
}

// What can't be written again is left to its author.
func TestRenderRefused(t *testing.T) {
	f := scenario.Parse(readable)
	for name, text := range map[string]string{
		"a.mdx":  "<why403-scenario src=\"a.txtar\" height={3} />",
		"a.html": "<!-- why403: expect=allow --><a href='/#s=x'>Open</a><!-- /why403 -->",
	} {
		if block, err := Find(name, text)[0].Render(f); err == nil {
			t.Errorf("%s becomes %s", text, block)
		}
	}
}

// Long texts are told from where they begin to differ.
func TestExcerpts(t *testing.T) {
	long := strings.Repeat("é", 500)
	a, b := excerpts(long+"x"+long, long+"y"+long)
	if !strings.Contains(a, "éxé") || !strings.Contains(b, "éyé") || len(a) > maxExcerpt+10 || !strings.HasPrefix(a, "…é") ||
		!strings.HasSuffix(a, "é…") {
		t.Errorf("%s\n%s", a, b)
	}
	if a, b := excerpts("short", ""); a != "short" || b != "" {
		t.Errorf("%s, %s", a, b)
	}
}
