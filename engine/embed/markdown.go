package embed

import (
	"strconv"
	"strings"

	"why403/engine/answer"
	"why403/engine/flow"
	"why403/engine/places"
	"why403/engine/scenario"
)

// The comments around a block of Markdown. What is expected follows the first.
const (
	MarkdownBegin = "why403: expect="
	MarkdownEnd   = "/why403"
)

// Markdown writes a block for GitHub and others who show no HTML of ours,
// between two comments that readers do not see. Its link opens the scenario in
// the playground, and holds it. The errors are those of [HTML].
func Markdown(f *scenario.File, o Options) (string, error) {
	if f.Errors() {
		return "", errUnread
	}
	answers, at := o.Answers, places.New(f.Texts())
	if answers == nil {
		answers = answer.File(f)
	}
	parts := []string{"<!-- " + MarkdownBegin + Expect(answer.OutcomesOf(answers)) + " -->", "**" + plain(titleOf(f)) + "**"}
	for i := range answers {
		parts = append(parts, markdownAnswer(f, at, &answers[i])...)
	}
	for _, s := range policies(f) {
		parts = append(parts, code(s.Name), fenced(shownText(&s), language(s.Name)))
	}
	parts = append(parts, "[Open in why403](<"+destination.Replace(o.Link)+">)", "<!-- "+MarkdownEnd+" -->")
	return strings.Join(parts, "\n\n") + "\n", nil
}

func markdownAnswer(f *scenario.File, at *places.Places, a *answer.Answer) []string {
	var parts []string
	if a.Request != "" {
		parts = append(parts, "Request "+code(a.Request))
	}
	var request [][]string
	for _, l := range requestLines(f, a.Answer) {
		request = append(request, []string{plain(l.Key), code(l.Value)})
	}
	parts = append(parts, table([]string{"Request", "Value"}, request), "**"+verdictWords[a.Outcome]+"** "+plain(a.Verdict))
	if a.Message != "" {
		parts = append(parts, "> "+plain(a.Message))
	}
	if len(a.Also) > 0 {
		parts = append(parts, plain(strings.Join(a.Also, " ")))
	}
	for _, n := range notes(a) {
		parts = append(parts, plain(n))
	}
	parts = append(parts, markdownChecks(a)...)
	var said, statements [][]string
	for _, s := range a.Said {
		said = append(said, []string{plain(s.Label), s.Said + decides(s.Decided), plain(s.Detail)})
	}
	for _, s := range a.Statements {
		name := code(s.Section) + " " + strconv.Itoa(s.Index+1)
		if s.Sid != "" {
			name += " " + code(s.Sid)
		}
		statements = append(statements, []string{name, s.Effect, plain(s.Reason) + decides(s.Decided)})
	}
	parts = append(parts, table([]string{"Policy type", "Said", "Detail"}, said))
	if len(statements) > 0 {
		parts = append(parts, table([]string{"Statement", "Effect", "What happened"}, statements))
	}
	for _, p := range answer.NotEvaluated(f, at, a.Answer) {
		parts = append(parts, "Not evaluated: "+code(p.Section)+": "+plain(p.Message))
	}
	return parts
}

// markdownChecks is what a call asks that makes several checks, what it comes to
// for the parts of a pattern, and what it may ask besides.
func markdownChecks(a *answer.Answer) (out []string) {
	var rows [][]string
	for i := range a.Checks {
		c := &a.Checks[i]
		rows = append(rows, []string{strconv.Itoa(i + 1), code(c.Action), code(c.Resource), code(c.Principal.ARN),
			c.Decision.Outcome.String() + decides(a.Decides(i)), plain(c.Why)})
	}
	if len(rows) > 1 {
		out = append(out, "What this call asks", table([]string{"Check", "Action", "Resource", "Who", "Outcome", "Why"}, rows))
	}
	for _, p := range parts(a) {
		out = append(out, plain(p))
	}
	for _, p := range a.Possible {
		out = append(out, possible(flow.Possible{If: plain(p.If)}, code(p.Action)))
	}
	return out
}

// language is what a block of code is taken for.
func language(section string) string {
	if strings.HasSuffix(section, ".json") {
		return "json"
	}
	return "text"
}

func decides(decided bool) string {
	if decided {
		return " **decides**"
	}
	return ""
}

func table(head []string, rows [][]string) string {
	var b strings.Builder
	b.WriteString("| " + strings.Join(head, " | ") + " |\n|" + strings.Repeat(" --- |", len(head)))
	for _, r := range rows {
		b.WriteString("\n| " + strings.Join(r, " | ") + " |")
	}
	return b.String()
}

var markdownText = strings.NewReplacer("\\", "\\\\", "`", "\\`", "*", "\\*", "_", "\\_", "~", "\\~", "<", "\\<", ">", "\\>",
	"[", "\\[", "]", "\\]", "|", "\\|", "&", "\\&", "$", "\\$", "#", "\\#",
	"{{", "&#123;&#123;", "{%", "&#123;%", "{#", "&#123;\\#")

// destination is for an address between < and >.
var destination = strings.NewReplacer("<", "%3C", ">", "%3E", " ", "%20", "\n", "%0A")

// plain is text that Markdown shows as it is, on one line, fit for a cell.
func plain(s string) string { return markdownText.Replace(inline(s)) }

// code is a text in the typeface of code, on one line, fit for a cell.
func code(s string) string {
	s = inline(s)
	switch {
	case s == "":
		return "(empty)"
	case strings.Contains(s, "\\|"): // no cell can hold this as code: the bar would end it
		return plain(s)
	}
	ticks, space := fence(s, 1), ""
	if strings.HasPrefix(s, "`") || strings.HasSuffix(s, "`") {
		space = " "
	}
	return ticks + space + strings.ReplaceAll(s, "|", "\\|") + space + ticks
}

// fenced is a block of code whose text can't end it.
func fenced(s, language string) string {
	ticks := fence(s, 3)
	return ticks + language + "\n" + s + "\n" + ticks
}

// fence is a run of backticks that is longer than any in the text.
func fence(s string, least int) string {
	longest, run := 0, 0
	for i := range len(s) {
		if s[i] != '`' {
			run = 0
			continue
		}
		run++
		longest = max(longest, run)
	}
	return strings.Repeat("`", max(least, longest+1))
}
