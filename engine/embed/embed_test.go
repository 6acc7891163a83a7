package embed_test

import (
	"flag"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"why403/engine/catalogue/data"
	"why403/engine/embed"
	"why403/engine/link"
	"why403/engine/scenario"
)

var update = flag.Bool("update", false, "write the golden files")

const playground = "https://why403.example/"

func parse(t *testing.T, name string) *scenario.File {
	t.Helper()
	text, err := os.ReadFile(filepath.Join("testdata", name+".txtar"))
	if err != nil {
		t.Fatal(err)
	}
	return scenario.ParseWith(data.All(), string(text))
}

// linkOf is the link that opens a scenario in the playground.
func linkOf(t *testing.T, f *scenario.File) string {
	t.Helper()
	address, err := link.Of(f, playground)
	if err != nil {
		t.Fatal(err)
	}
	return address
}

var forms = []struct {
	extension string
	write     func(*scenario.File, embed.Options) (string, error)
}{{".html", embed.HTML}, {".mdx", embed.MDX}, {".md", embed.Markdown}}

func TestGolden(t *testing.T) {
	for _, name := range []string{"denied", "two", "hostile", "checks"} {
		for _, form := range forms {
			f := parse(t, name)
			got, err := form.write(f, embed.Options{Link: linkOf(t, f)})
			if err != nil {
				t.Fatal(err)
			}
			golden := filepath.Join("testdata", name+form.extension)
			if *update {
				if err := os.WriteFile(golden, []byte(got), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(golden)
			if err != nil || string(want) != got {
				t.Errorf("%s: %v; -update writes it again. Got\n%s", golden, err, got)
			}
		}
	}
}

// Whatever a scenario has in it is text to a browser: the elements are ours,
// and the text is the scenario's.
func TestHTMLIsEscaped(t *testing.T) {
	f := parse(t, "hostile")
	block, err := embed.HTML(f, embed.Options{Link: linkOf(t, f)})
	if err != nil {
		t.Fatal(err)
	}
	body := &html.Node{Type: html.ElementNode, Data: "body", DataAtom: atom.Body}
	nodes, err := html.ParseFragment(strings.NewReader(block), body)
	if err != nil || len(nodes) != 2 || nodes[0].Data != "why403-scenario" || strings.TrimSpace(nodes[1].Data) != "" {
		t.Fatalf("%d nodes, %v", len(nodes), err)
	}
	texts := map[string][]string{}
	for n := range nodes[0].Descendants() {
		switch n.Type {
		case html.CommentNode:
			t.Errorf("comment %q", n.Data)
		case html.TextNode:
			texts[n.Parent.Data] = append(texts[n.Parent.Data], n.Data)
		case html.ElementNode:
			if n.Data == "script" || slices.ContainsFunc(n.Attr, func(a html.Attribute) bool {
				return a.Key == "style" || strings.HasPrefix(a.Key,
					"on")
			}) {
				t.Errorf("<%s %v>", n.Data, n.Attr)
			}
		}
	}
	if title := texts["figcaption"]; !slices.Equal(title, []string{f.Title()}) {
		t.Errorf("the title is %q, want %q", title, f.Title())
	}
	text, _ := f.Section("identity/a.json")
	for _, want := range []string{"</dd></why403-scenario><!-- \" ' ` {{1}} | \\| {/* */} -->", "`</code>``", strings.TrimSuffix(text, "\n")} {
		if !slices.Contains(texts["code"], want) {
			t.Errorf("no code is %q", want)
		}
	}
}

// In Markdown an empty line ends a block of HTML, and some characters mean
// something to what makes the page.
func TestHTMLInsideMarkdown(t *testing.T) {
	for _, name := range []string{"denied", "two", "hostile", "checks"} {
		f := parse(t, name)
		block, err := embed.HTML(f, embed.Options{Link: linkOf(t, f)})
		if err != nil {
			t.Fatal(err)
		}
		for line := range strings.Lines(strings.TrimSuffix(block, "\n")) {
			if strings.TrimSpace(line) == "" {
				t.Errorf("%s has an empty line:\n%s", name, block)
			}
		}
		for _, mark := range []string{"`", "{{", "{%", "{#", "{/"} {
			if strings.Contains(block, mark) {
				t.Errorf("%s has %s in it:\n%s", name, mark, block)
			}
		}
	}
}

// The code of Markdown ends only where it should.
func TestMarkdownFences(t *testing.T) {
	f := scenario.Parse("t\n-- request --\nprincipal: arn:aws:iam::111122223333:user/a\naction: sqs:SendMessage\nresource: " +
		"arn:aws:sqs:us-east-1:111122223333:q\n" +
		"-- identity/`a`.json --\n{\"Version\": \"2012-10-17\", \"Statement\": {\"Effect\": \"Allow\", \"Action\": \"sqs:*\", \"Resource\": " +
		"\"*\"}}\n-- identity/b.json --\n{\"Version\": \"2012-10-17\", \"Statement\": {\"Effect\": \"Allow\", \"Action\": \"sqs:*\", " +
		"\"Resource\": \"`````\"}}\n")
	block, err := embed.Markdown(f, embed.Options{Link: linkOf(t, f)})
	if err != nil || !strings.Contains(block, "\n``````json\n") || !strings.Contains(block, "\n``identity/`a`.json``\n\n```json\n") {
		t.Errorf("%v\n%s", err, block)
	}
}

// Src replaces the link, and further attributes stay.
func TestOptions(t *testing.T) {
	f := parse(t, "denied")
	fragment := strings.TrimPrefix(linkOf(t, f), playground)
	for _, c := range []struct {
		options embed.Options
		want    string
		link    bool
	}{
		{embed.Options{Link: fragment}, `<why403-scenario src="#s=`, false},
		{embed.Options{Link: playground + fragment}, `<why403-scenario src="https://why403.example/#s=`, true},
		{embed.Options{Src: "a&b.txtar"}, `<why403-scenario src="a&amp;b.txtar" expect="implicit deny">`, false},
		{embed.Options{Src: "a.txtar", Link: playground + fragment}, `<why403-scenario src="a.txtar" expect="implicit deny">`, true},
		{embed.Options{Src: "a.txtar", Attributes: []embed.Attribute{{Name: "editable"}, {Name: "view", Value: `"x"`}}},
			`<why403-scenario src="a.txtar" expect="implicit deny" editable view="&quot;x&quot;">`, false},
	} {
		block, err := embed.HTML(f, c.options)
		if err != nil || !strings.HasPrefix(block, c.want) || strings.Contains(block,
			`class="why403-open" href="https://why403.example/#s=`) != c.link {
			t.Errorf("%+v: %v\n%s", c.options, err, block)
		}
	}
}

// What was not evaluated is told, once.
func TestNotEvaluated(t *testing.T) {
	for _, action := range []string{"sqs:SendMessage", "sqs:ReceiveMessage"} {
		f := scenario.Parse("-- request --\nprincipal: arn:aws:iam::111122223333:user/a\naction: sqs:SendMessage\nresource: " +
			"arn:aws:sqs:us-east-1:111122223333:q\n" +
			"-- identity/a.json --\n{\"Version\": \"2012-10-17\", \"Statement\": {\"Effect\": \"Allow\", \"Action\": \"" + action +
			"\", \"Resource\": \"*\", \"Condition\": {\"Like\": {\"a:b\": \"c\"}}}}\n")
		for _, form := range forms {
			block, err := form.write(f, embed.Options{})
			if err != nil || strings.Count(block, "Not evaluated: ") != 1 {
				t.Errorf("%s%s: %v\n%s", action, form.extension, err, block)
			}
		}
	}
}

// What has no answer, or does not fit into a link, is refused.
func TestRefused(t *testing.T) {
	// Digits that repeat nowhere near: they don't get shorter.
	var long strings.Builder
	for i, x := 0, uint32(1); i < 30000; i++ {
		x = x*1664525 + 1013904223
		long.WriteRune(rune('a' + x>>16%26))
		long.WriteRune(rune('A' + x>>24%26))
		long.WriteRune(rune('a' + x>>8%26))
	}
	large := parse(t, "denied")
	large.Comment += long.String() + "\n"
	broken := scenario.Parse("-- request --\n")
	for want, f := range map[string]*scenario.File{
		"the scenario has errors":              broken,
		"The scenario is too large for a link": large,
		"The scenario is not UTF-8":            scenario.Parse("\xff\n" + parse(t, "denied").Format()),
	} {
		if address, err := link.Of(f, playground); err == nil || !strings.HasPrefix(err.Error(), want) {
			t.Errorf("%q, %v, want %s", address, err, want)
		}
	}
	for _, form := range forms {
		if block, err := form.write(broken, embed.Options{}); err == nil || block != "" {
			t.Errorf("%s: a file with errors gives %q, %v", form.extension, block, err)
		}
	}
	if block, err := embed.HTML(large, embed.Options{Src: "large.txtar"}); err != nil || block == "" {
		t.Errorf("a file of the site needs no link: %v", err)
	}
}
