package doctest

import (
	"errors"
	"strings"

	"why403/engine/embed"
	"why403/engine/link"
	"why403/engine/scenario"
)

var (
	errExpression = errors.New("has an attribute that is an expression: write this block again by hand")
	errMade       = errors.New("was made from Markdown: update that")
)

// Render writes the block of an embedded scenario as package embed would now,
// in the same form, with the same attributes and the same playground.
func (e *Embedded) Render(f *scenario.File) (string, error) {
	if e.made {
		return "", errMade
	}
	for _, a := range e.Attributes {
		if e.Form == MDX && strings.HasPrefix(a.Value, "{") {
			return "", errExpression
		}
	}
	return e.render(f, e.Attributes)
}

func (e *Embedded) render(f *scenario.File, attributes []embed.Attribute) (string, error) {
	o := embed.Options{Attributes: attributes}
	base := e.base
	if before, _, linked := strings.Cut(e.Src, "#s="); !linked {
		o.Src = e.Src
	} else if before != "" {
		base = before
	}
	var err error
	if o.Link, err = link.Of(f, base); err != nil {
		return "", err
	}
	return writers[e.Form](f, o)
}

// writers is what writes each form.
var writers = map[Form]func(*scenario.File, embed.Options) (string, error){
	HTML: embed.HTML, MDX: embed.MDX, Markdown: embed.Markdown,
}

// Replace writes new blocks over embedded scenarios. Both are in the order of
// the document; a block "" leaves its scenario as it is.
func Replace(text string, found []Embedded, blocks []string) string {
	var b strings.Builder
	at := 0
	for i := range found {
		if blocks[i] == "" {
			continue
		}
		b.WriteString(text[at:found[i].Start])
		block := strings.TrimSuffix(blocks[i], "\n")
		b.WriteString(strings.ReplaceAll(block, "\n", "\n"+indentation(text, found[i].Start)))
		at = found[i].End
	}
	return b.String() + text[at:]
}

// maxIndentation is the longest indentation that is looked for, in bytes. A
// document may be one line.
const maxIndentation = 1000

// indentation is what stands before a place on its line, where that is only
// spaces and marks of a block quote.
func indentation(text string, at int) string {
	near := text[max(0, at-maxIndentation):at]
	before := near[strings.LastIndexByte(near, '\n')+1:]
	if strings.Trim(before, " \t>") != "" {
		return ""
	}
	return before
}
