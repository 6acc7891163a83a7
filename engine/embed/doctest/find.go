package doctest

import (
	"slices"
	"strings"

	"golang.org/x/net/html"

	"why403/engine/embed"
)

const element = "why403-scenario"

// finder goes through the tags of a document.
type finder struct {
	text     string
	markdown bool // a block of Markdown is still Markdown, and a tag can close itself
	jsx      bool // every element is one of JSX
	found    []Embedded
	open     *Embedded // the one that the token at hand is in
	capture  *capture
}

// capture is a text that is being read, up to the end of an element.
type capture struct {
	shown
	read  strings.Builder
	tag   string
	depth int // of elements of the same name in it
	jsx   bool
}

// captured is the class of every element whose text is compared.
var captured = map[string]kind{
	"why403-verdict": verdict,
	"why403-message": message,
	"why403-policy":  shownPolicy,
}

// run reads a masked text, which has the length of the document's own.
func (f *finder) run(masked string) {
	z := html.NewTokenizer(strings.NewReader(masked))
	at := 0
	for {
		kind := z.Next()
		if kind == html.ErrorToken {
			break
		}
		end := at + len(z.Raw())
		token := z.Token()
		switch kind {
		case html.StartTagToken, html.SelfClosingTagToken:
			f.startTag(&token, at, end)
		case html.EndTagToken:
			f.endTag(&token, end)
		case html.CommentToken:
			f.comment(strings.TrimSpace(token.Data), at, end)
		case html.TextToken:
			f.characters(token.Data)
		}
		at = end
	}
	f.leave(len(f.text), "is not closed: it has no "+f.closing())
}

// closing is how the open scenario is closed.
func (f *finder) closing() string {
	if f.open != nil && f.open.Form == Markdown {
		return "<!-- " + embed.MarkdownEnd + " -->"
	}
	return "</" + element + ">"
}

// leave ends the open scenario, if there is one.
func (f *finder) leave(end int, trouble string) {
	if f.open == nil {
		return
	}
	f.open.End = end
	if trouble != "" {
		f.open.trouble = trouble
	}
	f.found = append(f.found, *f.open)
	f.open, f.capture = nil, nil
}

func (f *finder) startTag(token *html.Token, at, end int) {
	if token.Data == element && (f.open == nil || f.open.Form != Markdown) {
		f.leave(at, "is not closed: it has no "+f.closing())
		f.enter(token, at)
		if token.Type == html.SelfClosingTagToken {
			f.leave(end, f.selfClosed())
		}
		return
	}
	if f.open == nil {
		return
	}
	if f.capture != nil {
		if token.Data == f.capture.tag && token.Type == html.StartTagToken {
			f.capture.depth++
		}
		return
	}
	classes, jsx := attribute(token, "class"), false
	if classes == "" {
		classes, jsx = attribute(token, "classname"), true
	}
	if jsx && classes != "" {
		f.open.Form = MDX
	}
	if href := attribute(token, "href"); token.Data == "a" && strings.Contains(href, "#s=") {
		f.link(href)
	}
	for class := range strings.FieldsSeq(classes) {
		if k, ok := captured[class]; ok && token.Type == html.StartTagToken {
			f.capture = &capture{shown: shown{kind: k, at: at}, tag: token.Data, jsx: jsx}
		}
	}
}

// link notes where the block's own link leads. In a page made from Markdown it
// is also what carries the scenario.
func (f *finder) link(address string) {
	f.open.base, _, _ = strings.Cut(address, "#")
	if f.open.Form == Markdown && f.open.Src == "" {
		f.open.Src = address
	}
}

// selfClosed is what is wrong with a tag that ends with "/>".
func (f *finder) selfClosed() string {
	if f.markdown {
		return ""
	}
	return "is not closed: in HTML \"/>\" closes nothing. Write </" + element + ">"
}

// attribute gives the value of an attribute; of two, HTML takes the first.
func attribute(token *html.Token, name string) string {
	for _, a := range token.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}

func (f *finder) enter(token *html.Token, at int) {
	f.open = &Embedded{Start: at, Form: HTML, Src: strings.TrimSpace(attribute(token, "src")), Expect: attribute(token, "expect")}
	if f.jsx {
		f.open.Form = MDX
	}
	for _, a := range token.Attr {
		if a.Key != "src" && a.Key != "expect" {
			f.open.Attributes = append(f.open.Attributes, embed.Attribute{Name: a.Key, Value: a.Val})
		}
	}
	if f.open.Src == "" {
		f.open.trouble = "has no src: give it a link (#s=…) or the address of a scenario file"
	}
}

func (f *finder) endTag(token *html.Token, end int) {
	if f.capture != nil && token.Data == f.capture.tag {
		f.capture.depth--
	}
	if f.capture != nil && f.capture.depth < 0 {
		f.capture.text = f.capture.read.String()
		f.open.shown = append(f.open.shown, f.capture.shown)
		f.capture = nil
	}
	if token.Data == element && f.open != nil && f.open.Form != Markdown {
		f.leave(end, "")
	}
}

func (f *finder) characters(text string) {
	if f.capture == nil {
		return
	}
	if f.capture.jsx {
		text = unquoteJSX(text)
	}
	f.capture.read.WriteString(text)
}

// comment reads the comments around a block of Markdown.
func (f *finder) comment(text string, at, end int) {
	inside := f.open != nil && f.open.Form == Markdown
	if expect, ok := strings.CutPrefix(text, embed.MarkdownBegin); ok && (inside || f.open == nil) {
		f.leave(at, "is not closed: it has no "+f.closing())
		f.open = &Embedded{Start: at, Form: Markdown, Expect: expect, made: !f.markdown}
		return
	}
	if text != embed.MarkdownEnd || !inside {
		return
	}
	if f.markdown {
		block := f.text[f.open.Start:end]
		f.open.shown = shownInMarkdown(block, f.open.Start, indentation(f.text, f.open.Start))
		if address := linkInMarkdown(block); address != "" {
			f.link(address)
		}
	}
	trouble := ""
	if f.open.Src == "" {
		trouble = "has no link to its scenario: make it again with why403 embed --markdown"
	}
	f.leave(end, trouble)
}

// squeeze is a text without its spaces and line ends, which generators of
// pages change.
func squeeze(s string) string { return strings.Join(strings.Fields(s), "") }

// same reports whether two texts read the same.
func same(a, b string) bool { return squeeze(a) == squeeze(b) }

// line is text on one line.
func line(s string) string { return strings.Join(strings.Fields(s), " ") }

// words splits what is expected into the outcomes of the requests.
func words(expect string) []string {
	if strings.TrimSpace(expect) == "" {
		return nil
	}
	var out []string
	for word := range strings.SplitSeq(expect, ",") {
		out = append(out, line(word))
	}
	return slices.Clip(out)
}
