// Package doctest finds the scenarios that package embed put into documents,
// and sees whether what they show is still what the engine answers.
//
// It reads HTML, Markdown, MDX and reStructuredText. What a document only shows
// as code, or has commented out, is not evaluated. Lines that Markdown would
// take for code because of their indentation are, since generators differ in
// this: show code in fences.
package doctest

import (
	"path"
	"slices"
	"strings"

	"why403/engine/embed"
)

// Form is how a scenario is embedded.
type Form string

// The forms.
const (
	HTML     Form = "HTML"
	MDX      Form = "MDX"
	Markdown Form = "Markdown"
)

// Embedded is a scenario in a document. Start and End are bytes of the
// document's text.
type Embedded struct {
	Start, End int
	Form       Form
	Src        string // the src attribute, or the address of the Markdown link
	Expect     string
	Attributes []embed.Attribute // the others of the element
	base       string            // of the playground that the block's link opens, or ""
	shown      []shown
	made       bool   // by a generator, from Markdown
	trouble    string // why it can't be evaluated, in words for people, or ""
}

// kind is what a shown text is.
type kind string

const (
	verdict     kind = "verdict"
	message     kind = "access-denied sentence"
	shownPolicy kind = "policy"
)

var kinds = []kind{verdict, message, shownPolicy}

// shown is a text that a block shows, and where in the document.
type shown struct {
	kind kind
	text string
	at   int
}

// languages is how the documents of each file name extension are read.
var languages = map[string]struct {
	mask     func(string) string
	markdown bool
}{
	".html":     {func(text string) string { return text }, false},
	".htm":      {func(text string) string { return text }, false},
	".md":       {maskMarkdown, true},
	".markdown": {maskMarkdown, true},
	".mdx":      {maskMarkdown, true},
	".rst":      {maskRST, false},
}

// Reads reports whether a file of this name is a document that [Find] reads.
func Reads(name string) bool {
	_, ok := languages[strings.ToLower(path.Ext(name))]
	return ok
}

// Find lists the embedded scenarios of a document. The name says by its
// extension what the text is; see [Reads].
func Find(name, text string) []Embedded {
	extension := strings.ToLower(path.Ext(name))
	language, ok := languages[extension]
	if !ok {
		return nil
	}
	f := finder{text: text, markdown: language.markdown, jsx: extension == ".mdx"}
	f.run(language.mask(text))
	return f.found
}

// of gives the shown texts of one kind.
func of(all []shown, k kind) []shown {
	return slices.DeleteFunc(slices.Clone(all), func(s shown) bool { return s.kind != k })
}
