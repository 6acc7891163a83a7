package template_test

import (
	"strings"
	"testing"

	"why403/engine/template"
)

// What a change comes to, and what looks like one and is none.
func TestAfter(t *testing.T) {
	for _, c := range []struct{ name, text, want string }{
		{"a diff by git", "before\ndiff --git a/p.json b/p.json\nindex 1..2 100644\n--- a/p.json\n+++ b/p.json\n@@ -1,4 +1,4 @@\n {\n" +
			"-  \"Action\": \"a\",\n+  \"Action\": \"b\",\n }\n\\ No newline at end of file\n",
			"before\n\n\n\n==> p.json <==\n\n{\n\n  \"Action\": \"b\",\n}\n\n"},
		{"pieces of a file have something between them", "@@ -1,3 +1,3 @@\n {\n-\"Effect\": 1\n@@ -9,3 +9,3 @@\n+\"Action\": 2\n }\n",
			"\n{\n\n...\n\"Action\": 2\n}\n"},
		{"signs in the first column, lines around as they were", "policy {\n+ action = \"a\"\n- action = \"b\"\n  effect = 1\n}\n",
			"policy {\n  action = \"a\"\n\n  effect = 1\n}\n"},
		{"marked as one, with nothing coming in", "```diff\n Effect: Allow\n-Action: a\n```\n", "```diff\nEffect: Allow\n\n```\n"},
		{"a plan", "  # aws_iam_policy.a will be created\n  + resource \"aws_iam_policy\" \"a\" {\n" +
			"      + arn    = (known after apply)\n      + name   = \"a\"\n      + policy = (known after apply)\n      + inline_policy (known after apply)\n    }\n",
			"  # aws_iam_policy.a will be created\nresource \"aws_iam_policy\" \"a\" {\n\nname   = \"a\"\npolicy = local.known_after_apply\n\n    }\n"},
		{"a plan with a list of what it does not know", "  <= data \"a\" \"b\" {\n      + json = (known after apply)\n      + statement {\n" +
			"          + action    = (known after apply)\n          + resources = [\n              + (known after apply),\n            ]\n" +
			"        }\n    }\n", "data \"a\" \"b\" {\n\nstatement {\naction    = local.known_after_apply\nresources = [\n" +
			"local.known_after_apply,\n]\n}\n    }\n"},
		{"a plan as a diff", "+ resource \"aws_iam_policy\" \"action\" {\n+     id     = (known after apply)\n+     policy = \"a\"\n+   }\n",
			"resource \"aws_iam_policy\" \"action\" {\n\npolicy = \"a\"\n   }\n"},
		{"a plan that hides parts", "  + resource \"a\" \"b\" {\n      + effect = 1\n        # (2 unchanged attributes hidden)\n    }\n", ""},
		{"a plan of a change", "  ~ resource \"a\" \"b\" {\n      ~ action = \"a\" -> \"b\"\n    }\n", ""},
		{"a list in YAML", "Effect: Allow\nAction:\n- s3:GetObject\n- s3:PutObject\n", ""},
		{"a list in YAML below a sign", "+1: same\n\n- Effect: Deny\n  Action:\n- \"s3:*\"\n", ""},
		{"words", "I changed the action:\n- first it was a\n+ then it was b\n", ""},
		{"a refusal in a list", "+ effect: a\n- User: x is not authorized to perform: a:B\n", ""},
		{"a program that prints what it runs", "+ aws iam get-role\nAccess Denied\n", ""},
	} {
		got, ok := template.After(c.text)
		if want := c.want; ok != (want != "") || ok && got != want || !ok && got != c.text {
			t.Errorf("%s: %v\n%q, want\n%q", c.name, ok, got, want)
		}
	}
}

// A text that was a change stays known as one when it was made JSON.
func TestMarkAfter(t *testing.T) {
	if got, ok := template.After(template.MarkAfter("{}\n")); got != "{}" || !ok {
		t.Errorf("%q %v", got, ok)
	}
}

// A comment that leaves something out counts in a policy alone.
func TestHasGap(t *testing.T) {
	for text, want := range map[string]bool{
		"Statement:\n  - Effect: Allow\n  # ... more\n":                     true,
		"policy = jsonencode({\n  Statement = [\n    // other statements\n": true,
		"policy {\n  # lets the job read\n}\n":                              false,
		"function {\n  # ... more\n}\n":                                     false,
		"policy {\n}\n# more\n":                                             false,
	} {
		if got := template.HasGap(text); got != want {
			t.Errorf("%q: %v", text, got)
		}
	}
	deep := strings.Repeat(" ", 3000)
	if template.HasGap(strings.Repeat(deep+"#\n", 100)) {
		t.Error("spaces are no policy")
	}
}
