package source_test

import (
	"strings"
	"testing"
	"unicode/utf8"

	"why403/engine/internal/memory"
	"why403/engine/template"
	"why403/engine/template/source"
)

// flat is a JSON text without the white space between its parts.
func flat(text string) string {
	var b strings.Builder
	quoted := false
	for i := range len(text) {
		if text[i] == '"' && (i == 0 || text[i-1] != '\\') {
			quoted = !quoted
		}
		if quoted || text[i] != ' ' && text[i] != '\n' {
			b.WriteByte(text[i])
		}
	}
	return b.String()
}

// What an expression of Terraform says, and what stays a reference.
func TestExpressions(t *testing.T) {
	for expression, want := range map[string]string{
		`"a-${var.b}-c"`:                      `"a-${var.b}-c"`,
		`var.a`:                               `"${var.a}"`,
		`aws_s3_bucket.a[0].arn`:              `"${aws_s3_bucket.a[0].arn}"`,
		`"$${aws:username}"`:                  `"${aws:username}"`,
		`["a", 1, true, null]`:                `["a","1",true,null]`,
		`{ a = 1, "b-c" = [2], (var.k) = 3 }`: `{"a":"1","b-c":["2"],"${var.k}":"3"}`,
		`jsonencode({ A = ["x"] })`:           `{"A":["x"]}`,
		`concat(["a"], var.more, ["b"])`:      `["a","${var.more}","b"]`,
		`join(",", ["a", "b"])`:               `"a,b"`,
		`format("%s/%s", "a%s", var.b)`:       `"a%s/${var.b}"`,
		`var.x ? "a" : "b"`:                   `"${var.x ? "a" : "b"}"`,
		`file("x.json")`:                      `"${file("x.json")}"`,
		`111122223333`:                        `"111122223333"`,
		`(("a"))`:                             `"a"`,
	} {
		got, problems := source.JSON(template.HCL, "resource \"x\" \"y\" {\n  z = "+expression+"\n}\n")
		want = `{"resource":{"x":{"y":{"z":` + strings.ReplaceAll(want, `"${var.x ? "a" : "b"}"`, `"${var.x ? \"a\" : \"b\"}"`) + `}}}}`
		want = strings.ReplaceAll(want, `file("x.json")`, `file(\"x.json\")`)
		if flat(got) != want || problems != nil {
			t.Errorf("%s gives %s, want %s %v", expression, flat(got), want, problems)
		}
	}
}

// Blocks that come again are a list; heredocs and words around code stay.
func TestTerraform(t *testing.T) {
	text := "Error: denied {\n\n```hcl\nresource \"a\" \"b\" {\n  policy = <<EOF\n{\n}\nEOF\n  s {\n    x = 1\n  }\n  s {\n    x = 2\n  " +
		"}\n  dynamic \"s\" {\n    for_each = var.l\n  }\n}\n```\nbye\n"
	got, problems := source.JSON(template.HCL, text)
	want := `{"resource":{"a":{"b":{"policy":"{\n}\n","s":[{"x":"1"},{"x":"2"}],"dynamic":[{"for_each":"${var.l}","label":"s"}]}}}}`
	words, json, _ := strings.Cut(got, "\n{")
	if flat("{"+json) != want || words != "Error: denied {\n\n\nbye\n" || problems != nil {
		t.Errorf("%q %s %v", words, flat("{"+json), problems)
	}
}

func TestYAML(t *testing.T) {
	for text, want := range map[string]string{
		"a: !Ref B\nb: !GetAtt C.Arn\nc: !Sub ['${x}', {x: !Ref " +
			"Y}]": `{"a":{"Ref":"B"},"b":{"Fn::GetAtt":"C.Arn"},"c":{"Fn::Sub":["${x}",{"x":{"Ref":"Y"}}]}}`,
		"Version: 2012-10-17\nAccount: 012345678901\nB: yes\nC: true": `{"Version":"2012-10-17","Account":"012345678901","B":"yes","C":true}`,
		"a: &x {b: 1}\nc: *x\nd:\n  <<: *x\n  e: 2":                   `{"a":{"b":"1"},"c":{"b":"1"},"d":{"b":"1","e":"2"}}`,
		"a: 1\n---\nb: 2\n":                 `[{"a":"1"},{"b":"2"}]`,
		"==> a.yml <==\na: 1\n==> b <==\nb": `==>a.yml<=={"a":"1"}==>b<=="b"`,
		"$ aws x --output yaml\na: 1":       `$awsx--outputyaml{"a":"1"}`,
		"```yaml\na: ~\n```":                `{"a":null}`,
	} {
		if got, problems := source.JSON(template.YAML, text); flat(got) != want || problems != nil {
			t.Errorf("%q gives %s, want %s %v", text, flat(got), want, problems)
		}
	}
}

// What is left out of a policy by a comment has a gap in its place; a change is read as
// it is after it, and says so in the end.
func TestChangesAndGaps(t *testing.T) {
	for _, c := range []struct{ syntax, text, want string }{
		{template.HCL, "policy {\n}\nresource \"aws_iam_policy\" \"a\" {\n  # more statements\n}\n",
			`policy{}{"resource":{"aws_iam_policy":{"a":{}}},"…":"…"}`},
		{template.YAML, "Policies:\n  - Statement:\n      - Effect: Allow\n      # ...\n",
			`{"Policies":[{"Statement":[{"Effect":"Allow"},"…"]}],"…":"…"}`},
		{template.HCL, "@@ -1,4 +1,4 @@\n resource \"a\" \"b\" {\n-  action = 1\n+  action = 2\n }\n",
			`{"resource":{"a":{"b":{"action":"2"}}}}#Thisishowitisafterthechange.`},
	} {
		got, problems := source.JSON(c.syntax, c.text)
		if flat(got) != c.want || problems != nil {
			t.Errorf("%q gives %s, want %s %v", c.text, flat(got), c.want, problems)
		}
	}
}

// deep is a block with an expression that begins again and again.
func deep(piece string) string {
	return "resource \"a\" \"b\" {\n  x = " + strings.Repeat(piece, 100_000) + "\n}\n"
}

// Aliases that would grow without end, and texts that are too deep or too long,
// are refused.
func TestBounds(t *testing.T) {
	bomb := "a: &a [x, x, x, x, x, x, x, x, x, x]\n"
	for c := 'b'; c < 'k'; c++ {
		bomb += string(c) + ": &" + string(c) + " [" + strings.Repeat("*"+string(c-1)+", ", 10) + "]\n"
	}
	for syntax, texts := range map[string][]string{
		template.YAML: {bomb, strings.Repeat("[", 100), "a: &a [*a]", strings.Repeat("- ", 5000) + "x", strings.Repeat("x", template.MaxSize+1)},
		template.HCL: {"resource \"a\" \"b\" {", "x", strings.Repeat("x", template.MaxSize+1), deep("("), deep("["), deep("!"), deep("-"),
			deep("a ? b : "), deep("\"${"), deep("{ a = ")},
	} {
		for _, text := range texts {
			if got, problems := source.JSON(syntax, text); got != "" || len(problems) != 1 || problems[0].Message == "" {
				t.Errorf("%s %.40q: %.40q %v", syntax, text, got, problems)
			}
		}
	}
}

// The parser copies what it has of a text for each line, and each % and $: it took the
// square of a long one, 20 seconds for 256 KiB.
func TestManyPieces(t *testing.T) {
	for piece, read := range map[string]bool{"%s": false, "$s": false, "xx": true} {
		text := "locals {\n  a = \"" + strings.Repeat(piece, 120_000) + "\"\n}\n"
		bytes := memory.Bytes(func() {
			out, problems := source.JSON(template.HCL, text)
			if read != (problems == nil) || !read && !strings.Contains(problems[0].Message, "Remove what this is not about") {
				t.Errorf("%s: %.100s %+v", piece, out, problems)
			}
		})
		if bytes > 1<<28 {
			t.Errorf("%s: %d bytes", piece, bytes)
		}
	}
	lines := "locals {\n  a = <<EOF\n" + strings.Repeat("\"arn:aws:s3:::some-bucket/some-object\",\n", 6000) + "EOF\n}\n"
	if _, problems := source.JSON(template.HCL, lines); problems != nil {
		t.Errorf("a text of 6,000 lines is not read: %+v", problems)
	}
}

// YAML of many short lines or items is refused, and says where: each takes far more than
// its bytes.
func TestManyLines(t *testing.T) {
	for piece, n := range map[string]int{"- a: 1\n": 120_000, "- [1, 2]\n": 60_000} {
		if out, problems := source.JSON(template.YAML, strings.Repeat(piece, n-1)); out == "" || problems != nil {
			t.Errorf("%q: %v", piece, problems)
		}
		text := strings.Repeat(piece, n+1)
		out, problems := source.JSON(template.YAML, text)
		if out != "" || len(problems) != 1 || !strings.Contains(problems[0].Message, "more than 120000 lines and commas") ||
			problems[0].Span.Start < len(text)-2*len(piece) {
			t.Errorf("%q: %v", piece, problems)
		}
	}
}

// A block with more names than Terraform has is refused: each is a level of the JSON.
func TestManyNames(t *testing.T) {
	text := "resource" + strings.Repeat(" \"a\"", 21) + " {\n}\n"
	if out, problems := source.JSON(template.HCL, text); out != "" || len(problems) != 1 ||
		!strings.Contains(problems[0].Message, "has 21 names; at most 20 are read") {
		t.Errorf("%.40q %v", out, problems)
	}
}

// FuzzJSON: whatever is pasted, nothing panics, and what is wrong has a place.
func FuzzJSON(f *testing.F) {
	f.Add("resource \"aws_iam_role\" \"a\" {\n  x = \"${var.y}\"\n  z { w = [1] }\n}\n")
	f.Add("Resources:\n  A: !Sub [x, *y]\n")
	f.Fuzz(func(t *testing.T, text string) {
		for _, syntax := range []string{template.HCL, template.YAML} {
			out, problems := source.JSON(syntax, text)
			for _, p := range problems {
				if p.Span.Start < 0 || p.Span.End < p.Span.Start || p.Span.End > len(text) || p.Message == "" || out != "" {
					t.Fatalf("%s: %v %q", syntax, p, out)
				}
			}
			if problems == nil && utf8.ValidString(text) && !utf8.ValidString(out) {
				t.Fatalf("%s: %q gives %q", syntax, text, out)
			}
		}
	})
}
