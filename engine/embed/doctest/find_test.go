package doctest

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"why403/engine/policy"
)

// places is where the scenarios of a document are found: line, form, src and
// expect.
func placesIn(name, text string) string {
	var out []string
	for _, e := range Find(name, text) {
		line, _ := policy.Position(text, e.Start)
		out = append(out, fmt.Sprintf("%d %s %s=%s%s", line, e.Form, e.Src, e.Expect, strings.Repeat("!", min(len(e.trouble), 1))))
	}
	return strings.Join(out, "; ")
}

// tag is an embedded scenario that says where it comes from.
func tag(src string) string {
	return `<why403-scenario src="` + src + `" expect="allow"></why403-scenario>`
}

// Everything that a browser would make an element of is found, and nothing
// that a page only shows.
func TestFind(t *testing.T) {
	for _, c := range []struct{ name, text, want string }{
		{"a.html", tag("a") + "\n\n" + tag("b"), "1 HTML a=allow; 3 HTML b=allow"},
		{"a.HTM", tag("a"), "1 HTML a=allow"},
		{"a.txt", tag("a"), ""},
		{"a.html", "<WHY403-Scenario\n  expect = implicit&#32;deny\n  src='a&amp;b\"'\n></why403-scenario>", "1 HTML a&b\"=implicit deny"},
		{"a.html", "<why403-scenario view=answer src=#s=x&amp;e=1 editable></why403-scenario>", "1 HTML #s=x&e=1="},
		{"a.html", `<why403-scenario src=" a " src=b></why403-scenario>`, "1 HTML a="},
		{"a.html", "<!-- " + tag("a") + " --><script>'" + tag("b") + "'</script><textarea>" + tag("c") + "</textarea>", ""},
		{"a.html", "<pre><code>" + strings.ReplaceAll(tag("a"), "<", "&lt;") + "</code></pre>", ""},
		{"a.html", "```\n" + tag("a") + "\n```", "2 HTML a=allow"},
		{"a.html", "<why403-scenario></why403-scenario>", "1 HTML =!"},
		{"a.html", "<why403-scenario src=a>\n" + tag("b"), "1 HTML a=!; 2 HTML b=allow"},
		{"a.html", "<why403-scenario src=a>", "1 HTML a=!"},
		{"a.html", "<why403-scenario src=\"a\"/>", "1 HTML a=!"},
		{"a.html", "<why403-scenario src=a expect=\"", ""},
		{"a.html", "<why403-scenarios src=a></why403-scenarios>", ""},
		{"a.mdx", "<why403-scenario src=\"a\" />\n" + tag("b"), "1 MDX a=; 2 MDX b=allow"},
		{"a.mdx", "{/* " + tag("a") + " */}\n" + tag("b") + "{/* " + tag("c"), "2 MDX b=allow; 2 MDX c=allow"},

		{"a.md", "```html\n" + tag("a") + "\n```\n" + tag("b"), "4 HTML b=allow"},
		{"a.md", "~~~~\n~~~\n```\n" + tag("a") + "\n~~~~~ \n" + tag("b"), "6 HTML b=allow"},
		{"a.md", "``` a`b\n" + tag("a"), "2 HTML a=allow"},
		{"a.md", "- 1. ```\n     " + tag("a") + "\n     ```\n" + tag("b"), "4 HTML b=allow"},
		{"a.md", "> ```\n> " + tag("a") + "\n" + tag("b"), "3 HTML b=allow"},
		{"a.md", "> ```\n> " + tag("a") + "\n> ```\n> " + tag("b"), "4 HTML b=allow"},
		{"a.md", "```\n" + tag("a"), ""},
		{"a.md", "`" + tag("a") + "` and ``x` " + tag("b") + "`` " + tag("c"), "1 HTML c=allow"},
		{"a.md", "an ` alone\n\n" + tag("a") + " `", "3 HTML a=allow"},
		{"a.md", "`two\n" + tag("a") + "\nlines`", ""},
		{"a.md", "\\`" + tag("a") + "\\`", "1 HTML a=allow"},
		{"a.md", "\\" + tag("a") + "\n\\\\" + tag("b"), "2 HTML b=allow"},
		{"a.md", "<!-- ` -->" + tag("a") + "`", "1 HTML a=allow"},
		{"a.md", "<!--\n```\n-->\n" + tag("a"), "4 HTML a=allow"},
		{"a.md", "<pre>\n```\n</pre>\n" + tag("a") + "\n<PRE class=x>`</Pre>" + tag("b") + "`", "4 HTML a=allow; 5 HTML b=allow"},
		{"a.md", "<pre></pre>`" + tag("a") + "`", ""},
		{"a.md", "a <b `<i>` " + tag("a") + "`", "1 HTML a=allow"},
		{"a.md", "<a title=\"`\">" + tag("a") + "`", "1 HTML a=allow"},
		{"a.md", "a < b ` c\n\n!!! note\n\n    " + tag("a"), "5 HTML a=allow"},
		{"a.markdown", "<why403-scenario src=\"a\" /> " + tag("b"), "1 HTML a=; 1 HTML b=allow"},
		{"a.md", "x\n<!-- why403: expect=explicit deny -->\nx\n[Open](<https://b/#s=x&e=1>)\n<!-- /why403 -->\n" + tag("b"),
			"2 Markdown https://b/#s=x&e=1=explicit deny; 6 HTML b=allow"},
		{"a.md", "<!-- why403: expect=allow -->\n[Open](/p#s=x)\n<!--/why403-->", "1 Markdown /p#s=x=allow"},
		{"a.md", "<!-- why403: expect=allow -->\nnothing\n<!-- /why403 -->", "1 Markdown =allow!"},
		{"a.md", "<!-- why403: expect=allow -->\n[Open](#s=x)", "1 Markdown =allow!"},
		{"a.md", "<!-- /why403 -->\n```\n<!-- why403: expect=allow -->\n```", ""},
		{"a.html", "<!-- why403: expect=allow -->\n<p><a href='/p#s=x&amp;e=1'>Open</a>\n<!-- /why403 -->", "1 Markdown /p#s=x&e=1=allow"},

		{"a.rst", tag("a") + "\n\n.. raw:: html\n\n   " + tag("b") + "\n\n   " + tag("c") + "\n\n" + tag("d"), "5 HTML b=allow; 7 HTML c=allow"},
		{"a.rst", ".. raw:: latex\n\n   " + tag("a") + "\n\nLike this::\n\n   .. raw:: html\n\n      " + tag("b"), ""},
		{"a.rst", ".. code-block:: rst\n\n   .. raw:: html\n\n      " + tag("a") + "\n\n.. note::\n\n   .. raw:: html\n\n      " + tag("b"),
			"11 HTML b=allow"},
		{"a.rst", ".. out\n\n   .. raw:: html\n\n      " + tag("a") + "\n", ""},
	} {
		if got := placesIn(c.name, c.text); got != c.want {
			t.Errorf("%s\n%s\nfinds %q, want %q", c.name, c.text, got, c.want)
		}
	}
}

// Masks keep the place of every byte that they leave.
func FuzzFind(f *testing.F) {
	blocks, err := filepath.Glob("../testdata/*.*")
	if err != nil || len(blocks) == 0 {
		f.Fatal(blocks, err)
	}
	for _, name := range blocks {
		text, err := os.ReadFile(name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(filepath.Ext(name), string(text))
	}
	f.Add(".rst", ".. raw:: html\n\n   "+tag("a"))
	f.Add(".md", "> ```\n`` ` <a b='\n\n{/* \\<")
	f.Fuzz(func(t *testing.T, extension, text string) {
		name := "a" + extension
		last := 0
		found := Find(name, text)
		blocks := make([]string, len(found))
		for i := range found {
			e := &found[i]
			if e.Start < last || e.End < e.Start || e.End > len(text) {
				t.Fatalf("%d to %d after %d of %d", e.Start, e.End, last, len(text))
			}
			last = e.End
			for _, s := range e.shown {
				if s.at < e.Start || s.at >= e.End {
					t.Fatalf("a %s at %d", s.kind, s.at)
				}
			}
			e.Check(func(string) (string, error) { return "", os.ErrNotExist })
		}
		if after := Replace(text, found, blocks); after != text {
			t.Fatalf("%q", after)
		}
		if language, ok := languages[extension]; ok {
			masked := language.mask(text)
			if len(masked) != len(text) {
				t.Fatalf("%d bytes of %d", len(masked), len(text))
			}
			for i := range text {
				if masked[i] != text[i] && (masked[i] != ' ' || text[i] == '\n') {
					t.Fatalf("byte %d is %q", i, masked[i])
				}
			}
		}
	})
}
