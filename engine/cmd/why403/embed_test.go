package main

import (
	"strings"
	"testing"
)

// Each form holds the link, and begins as it should.
func TestEmbed(t *testing.T) {
	files(t, scenarios)
	link, _, _ := run("", "embed", "--link", "good/two.txtar")
	link = strings.TrimSuffix(link, "\n")
	if !strings.HasPrefix(link, "#s=") || !strings.HasSuffix(link, "&o=allow.implicit-deny") {
		t.Fatal(link)
	}
	inAttribute := strings.ReplaceAll(link, "&", "&amp;")
	for args, want := range map[string]string{
		"--html": "<div>\n<why403-scenario src=\"" + inAttribute +
			"\" expect=\"allow, implicit deny\">\n<figure class=\"why403\">\n<figcaption>Two requests</figcaption>\n",
		"--html --base https://why403.example/": "<div>\n<why403-scenario src=\"https://why403.example/" + inAttribute +
			"\" expect=\"allow, implicit deny\">\n<figure class=\"why403\">\n",
		"--mdx": "<why403-scenario src=\"" + inAttribute +
			"\" expect=\"allow, implicit deny\">\n<figure className=\"why403\">\n",
		"--markdown --base /why403/":             "<!-- why403: expect=allow, implicit deny -->\n\n**Two requests**\n\n",
		"--link --base https://why403.example/p": "https://why403.example/p" + link + "\n",
	} {
		for _, file := range []string{"good/two.txtar", "-"} {
			stdout, stderr, code := run(read(t, "good/two.txtar"), append(append([]string{"embed"}, strings.Fields(args)...), file)...)
			if code != exitOK || stderr != "" || !strings.HasPrefix(stdout, want) {
				t.Errorf("embed %s %s exits with %d: %s\n%s\nwant\n%s", args, file, code, stderr, stdout, want)
			}
			if !strings.Contains(stdout, link) && !strings.Contains(stdout, inAttribute) {
				t.Errorf("embed %s has no link", args)
			}
		}
	}
}

// What has no answer has no block: the output stays empty, and the errors say
// where.
func TestEmbedProblems(t *testing.T) {
	files(t, scenarios)
	stdout, stderr, code := run("", "embed", "--html", "bad.txtar")
	if code != exitProblems || stdout != "" || !strings.HasPrefix(stderr, "bad.txtar: request:3:11: This is not an ARN.") {
		t.Errorf("exits with %d: %q, %s", code, stdout, stderr)
	}
	stdout, stderr, code = run("\xff\n"+read(t, "good/two.txtar"), "embed", "--link", "-")
	if code != exitProblems || stdout != "" || stderr != "why403: The scenario is not UTF-8 text, which links carry. Send the file.\n" {
		t.Errorf("exits with %d: %q, %s", code, stdout, stderr)
	}
}

func TestEmbedUsage(t *testing.T) {
	files(t, scenarios)
	for args, want := range map[string]string{
		"":                                    "embed needs one of --html, --markdown, --mdx and --link, and one file",
		"good/two.txtar":                      "embed needs one of",
		"--html":                              "embed needs one of",
		"--html --mdx good/two.txtar":         "embed needs one of",
		"--html good/two.txtar warning.txtar": "embed needs one of",
		"--html missing.txtar":                "no such file",
		"--pdf good/two.txtar":                "flag provided but not defined: -pdf",
		"--markdown good/two.txtar":           "embed --markdown needs --base",
		"--html --base javascript:x good/two.txtar": "--base is the address of the playground",
		"--html --base https://x/#s good/two.txtar": "--base is the address of the playground",
		"--html --base https://[ good/two.txtar":    "--base is the address of the playground",
	} {
		stdout, stderr, code := run("", append([]string{"embed"}, strings.Fields(args)...)...)
		if code != exitUsage || stdout != "" || !strings.Contains(stderr, want) {
			t.Errorf("embed %s exits with %d: %s%s\nwant %s", args, code, stdout, stderr, want)
		}
	}
}
