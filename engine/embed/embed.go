// Package embed writes a scenario and its answer as a block for a page of
// documentation. The block is readable without script and without a style
// sheet, and it carries the scenario and the outcome that it tells, so that
// package doctest can find it and see whether it is still true.
//
// HTML and MDX hold an element <why403-scenario>, which a script on the page
// can bring to life. Markdown is for places that show no HTML.
package embed

import (
	"errors"
	"strings"

	"why403/engine"
	"why403/engine/answer"
	"why403/engine/explain"
	"why403/engine/flow"
	"why403/engine/scenario"
)

// Options is how a block is written.
type Options struct {
	// Link opens the scenario in the playground, as link.Of gives it. Its fragment
	// alone, without the playground's address, leaves HTML without a link to open.
	Link string
	// Src is the address of a scenario file on the page's own site, which the
	// element then loads. "" puts the scenario into src itself, as the link.
	Src string
	// Answers are those to the file, where they are there already.
	Answers []answer.Answer
	// Most is how many bytes a block may have, 0 for any number. A longer one is
	// [ErrLong], and is written no further than some bytes past that.
	Most int
	// Attributes are more attributes of the element, beside src and expect.
	Attributes []Attribute
}

// Attribute is an attribute of the element; one without a value is a switch.
type Attribute struct{ Name, Value string }

var errUnread = errors.New("the scenario has errors; only one that can be answered can be embedded")

// ErrLong says that a block is longer than [Options] let it be.
var ErrLong = errors.New("the block is too long")

// opens reports whether the link has the playground's address.
func (o *Options) opens() bool { return o.Link != "" && !strings.HasPrefix(o.Link, "#") }

// Expect is outcomes as the expect attribute has them: "allow, implicit deny".
func Expect(outcomes []engine.Outcome) string {
	var words []string
	for _, o := range outcomes {
		words = append(words, o.String())
	}
	return strings.Join(words, ", ")
}

// verdictWords is an outcome as a heading of the verdict. The shapes are those
// of the page.
var verdictWords = map[engine.Outcome]string{
	engine.Allowed:      "✓ Allowed:",
	engine.ImplicitDeny: "○ Denied (implicit deny):",
	engine.ExplicitDeny: "✕ Denied (explicit deny):",
	engine.Undecided:    "? Depends:",
}

// requestLines is the lines of the request that an answer is to.
func requestLines(f *scenario.File, a *explain.Answer) []scenario.Line {
	for _, s := range f.Sections {
		if name, ok := scenario.RequestName(s.Name); ok && name == a.Request {
			return scenario.Lines(s.Text)
		}
	}
	return nil
}

// policies is the sections that requests are judged against.
func policies(f *scenario.File) []scenario.Section {
	var out []scenario.Section
	for _, s := range f.Sections {
		if scenario.HoldsPolicy(s.Name) {
			out = append(out, s)
		}
	}
	return out
}

// shownText is the text of a section as a block shows it.
func shownText(s *scenario.Section) string {
	return strings.TrimRight(strings.ReplaceAll(s.Text, "\r\n", "\n"), "\n")
}

// notes is what is to be said of a request.
func notes(a *answer.Answer) (out []string) {
	for _, n := range a.Notes {
		out = append(out, n.Message)
	}
	return out
}

// parts is what a request for a pattern comes to, where that differs.
func parts(a *answer.Answer) (out []string) {
	for i := range a.Checks {
		for _, p := range a.Checks[i].Parts {
			out = append(out, p.Resource+": "+p.Outcome.String())
		}
	}
	return out
}

// possible is a check that AWS makes too if something is so.
func possible(p flow.Possible, action string) string {
	return "If " + p.If + ", AWS also asks for " + action + "."
}

// inline is text on one line.
func inline(s string) string { return strings.Join(strings.Fields(s), " ") }

func titleOf(f *scenario.File) string {
	if title := inline(f.Title()); title != "" {
		return title
	}
	return "Untitled scenario"
}
