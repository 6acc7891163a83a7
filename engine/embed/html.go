package embed

import (
	"strconv"
	"strings"

	"why403/engine/answer"
	"why403/engine/explain"
	"why403/engine/places"
	"why403/engine/policy"
	"why403/engine/scenario"
)

// HTML writes the element with its static content. No line of it is empty,
// since in Markdown such a line ends a block of HTML. The error says that the
// file has errors.
func HTML(f *scenario.File, o Options) (string, error) {
	return (&writer{}).element(f, o)
}

// Block writes the element in a div. Python-Markdown, and so MkDocs, knows the
// names of block elements, and would tear another element apart. The errors are
// those of [HTML].
//
// https://python-markdown.github.io/reference/markdown/ (block_level_elements)
func Block(f *scenario.File, o Options) (string, error) {
	block, err := HTML(f, o)
	return "<div>\n" + block + "</div>\n", err
}

// MDX writes the same for MDX, which is JSX to a parser: attributes have their
// names of JSX, and text that MDX could take for Markdown or for an expression
// stands in a string. The errors are those of [HTML].
func MDX(f *scenario.File, o Options) (string, error) {
	return (&writer{jsx: true}).element(f, o)
}

// writer writes HTML or JSX.
type writer struct {
	strings.Builder
	jsx bool
}

// htmlText escapes what ends a text of HTML, and what a generator of pages
// could take for its own: backticks are code in Markdown, a brace with another
// one or with a sign behind it is a template's or a comment's.
var htmlText = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", "`", "&#96;",
	"{{", "&#123;&#123;", "{%", "&#123;%", "{#", "&#123;#", "{/", "&#123;/")

var attributeValue = strings.NewReplacer("\"", "&quot;", "\n", "&#10;", "\r", "&#13;")

var jsxString = strings.NewReplacer("&", `\u0026`, "<", `\u003c`, ">", `\u003e`, "`", `\u0060`, "{/", `\u007b/`)

// write writes markup as it is.
func (w *writer) write(pieces ...string) {
	for _, p := range pieces {
		w.WriteString(p)
	}
}

// text writes text on one line.
func (w *writer) text(s string) { w.verbatim(inline(s)) }

// space writes the space between two elements.
func (w *writer) space() { w.verbatim(" ") }

// verbatim writes text with its line ends. In HTML one before an empty line is
// written as a reference.
func (w *writer) verbatim(s string) {
	switch {
	case w.jsx && plainJSX(s):
		w.write(s)
	case w.jsx:
		w.write("{", jsxString.Replace(policy.Quoted(s)), "}")
	default:
		lines := strings.Split(htmlText.Replace(s), "\n")
		for i, line := range lines {
			switch {
			case i > 0 && strings.TrimSpace(line) == "":
				w.write("&#10;")
			case i > 0:
				w.write("\n")
			}
			w.write(line)
		}
	}
}

// plainJSX reports whether text means itself in MDX, which drops spaces at the
// ends.
func plainJSX(s string) bool {
	if strings.TrimSpace(s) != s {
		return false
	}
	for _, c := range s {
		if (c < 'a' || c > 'z') && (c < 'A' || c > 'Z') && (c < '0' || c > '9') && c != ' ' && c != ',' {
			return false
		}
	}
	return true
}

// class writes the attribute with a class of ours.
func (w *writer) class(name string) string {
	if w.jsx {
		return ` className="why403` + name + `"`
	}
	return ` class="why403` + name + `"`
}

func (w *writer) attribute(name, value string) {
	w.write(" ", name)
	if value != "" {
		w.write(`="`, attributeValue.Replace(htmlText.Replace(value)), `"`)
	}
}

// leaf writes an element with text in it.
func (w *writer) leaf(tag, text string) {
	w.write("<", tag, ">")
	w.text(text)
	w.write("</", tag, ">")
}

func (w *writer) element(f *scenario.File, o Options) (string, error) {
	if f.Errors() {
		return "", errUnread
	}
	src := o.Src
	if src == "" {
		src = o.Link
	}
	w.write("<why403-scenario")
	w.attribute("src", src)
	answers, at := o.Answers, places.New(f.Texts())
	if answers == nil {
		answers = answer.File(f)
	}
	w.attribute("expect", Expect(answer.OutcomesOf(answers)))
	for _, a := range o.Attributes {
		w.attribute(a.Name, a.Value)
	}
	w.write(">\n<figure", w.class(""), ">\n")
	w.leaf("figcaption", titleOf(f))
	w.write("\n")
	for i := range answers {
		if w.answer(f, at, &answers[i]); o.Most > 0 && w.Len() > o.Most {
			return "", ErrLong
		}
	}
	w.policies(policies(f))
	if o.opens() {
		w.write("<p><a", w.class("-open"))
		w.attribute("href", o.Link)
		w.write(">Open in why403</a></p>\n")
	}
	w.write("</figure>\n</why403-scenario>\n")
	if o.Most > 0 && w.Len() > o.Most {
		return "", ErrLong
	}
	return w.String(), nil
}

func (w *writer) answer(f *scenario.File, at *places.Places, a *answer.Answer) {
	w.write("<div", w.class("-answer"), ">\n")
	if a.Request != "" {
		w.write("<p>Request")
		w.space()
		w.leaf("code", a.Request)
		w.write("</p>\n")
	}
	w.write("<dl", w.class("-request"), ">\n")
	for _, l := range requestLines(f, a.Answer) {
		w.leaf("dt", l.Key)
		w.write("<dd>")
		w.leaf("code", l.Value)
		w.write("</dd>\n")
	}
	w.write("</dl>\n<p><span", w.class("-verdict"), ">")
	w.leaf("strong", verdictWords[a.Outcome])
	w.space()
	w.text(a.Verdict)
	w.write("</span></p>\n")
	if a.Message != "" {
		w.write("<p><samp", w.class("-message"), ">")
		w.text(a.Message)
		w.write("</samp></p>\n")
	}
	w.list("-also", a.Also)
	w.list("-notes", notes(a))
	w.checks(a)
	w.said(a.Said)
	w.statements(a.Statements)
	var left []string
	for _, p := range answer.NotEvaluated(f, at, a.Answer) {
		left = append(left, "Not evaluated: "+p.Section+": "+p.Message)
	}
	w.list("-not-evaluated", left)
	w.write("</div>\n")
}

func (w *writer) list(class string, items []string) {
	if len(items) == 0 {
		return
	}
	w.write("<ul", w.class(class), ">\n")
	for _, item := range items {
		w.leaf("li", item)
		w.write("\n")
	}
	w.write("</ul>\n")
}

// checks is what a call asks that makes several checks, what it comes to for the
// parts of a pattern, and what it may ask besides.
func (w *writer) checks(a *answer.Answer) {
	if len(a.Checks) > 1 {
		w.write("<p>What this call asks</p>\n<ol", w.class("-checks"), ">\n")
		for i := range a.Checks {
			w.check(&a.Checks[i], a.Decides(i))
		}
		w.write("</ol>\n")
	}
	w.list("-parts", parts(a))
	var more []string
	for _, p := range a.Possible {
		more = append(more, possible(p.Possible, p.Action))
	}
	w.list("-possible", more)
}

func (w *writer) check(c *answer.Check, decides bool) {
	w.write("<li>")
	w.leaf("code", c.Action)
	for _, part := range [...]struct{ word, arn string }{{"on", c.Resource}, {"by", c.Principal.ARN}} {
		w.write(" ", part.word, " ")
		w.leaf("code", part.arn)
	}
	w.write(": ", c.Decision.Outcome.String())
	w.decides(decides)
	if c.Why != "" {
		w.write("; ")
		w.text(c.Why)
	}
	w.write("</li>\n")
}

// said is what each policy type said, in the order in which AWS looks at them.
func (w *writer) said(said []explain.Said) {
	w.write("<p>What each policy type said</p>\n<ol", w.class("-said"), ">\n")
	for _, s := range said {
		w.write("<li>")
		w.text(s.Label + ": " + s.Said)
		if s.Detail != "" {
			w.write(", ")
			w.text(s.Detail)
		}
		w.decides(s.Decided)
		w.write("</li>\n")
	}
	w.write("</ol>\n")
}

func (w *writer) decides(decided bool) {
	if decided {
		w.space()
		w.write("<strong>decides</strong>")
	}
}

func (w *writer) statements(statements []explain.Statement) {
	if len(statements) == 0 {
		return
	}
	w.write("<table", w.class("-statements"), ">\n<caption>Statements</caption>\n",
		`<thead><tr><th scope="col">Statement</th><th scope="col">Effect</th><th scope="col">What happened</th></tr></thead>`, "\n<tbody>\n")
	for _, s := range statements {
		w.write("<tr><td>")
		w.leaf("code", s.Section)
		w.write(" ", strconv.Itoa(s.Index+1))
		if s.Sid != "" {
			w.space()
			w.leaf("code", s.Sid)
		}
		w.write("</td><td>", s.Effect, "</td><td>")
		w.text(s.Reason)
		w.decides(s.Decided)
		w.write("</td></tr>\n")
	}
	w.write("</tbody>\n</table>\n")
}

func (w *writer) policies(sections []scenario.Section) {
	if len(sections) == 0 {
		return
	}
	w.write("<details", w.class("-policies"), ">\n<summary>Policies</summary>\n")
	for i := range sections {
		w.write("<p>")
		w.leaf("code", sections[i].Name)
		w.write("</p>\n<pre><code", w.class("-policy"), ">")
		w.verbatim(shownText(&sections[i]))
		w.write("</code></pre>\n")
	}
	w.write("</details>\n")
}
