package diagnose

import (
	"cmp"
	"strconv"
	"strings"
)

// Lines is the diagnosis as plain text, for a terminal.
func (r *Result) Lines() []string {
	var out []string
	section := func(title string, lines []string) {
		if len(lines) > 0 {
			out = append(out, title)
			for _, l := range lines {
				out = append(out, "  "+l)
			}
		}
	}
	section("asked", r.Asked.lines())
	if r.Said != nil {
		section("AWS says", []string{r.Said.line()})
	}
	section("the policies say", r.Policies.lines())
	if r.Verdict != "" {
		section(r.Verdict, []string{r.Why})
	} else if r.Why != "" {
		section("so far", []string{r.Why})
	}
	section("proved", findingLines(r.News()))
	section("possible, most likely first", fewLines(r.Possible))
	section("ruled out", ruledOutLines(r.RuledOut))
	if r.Next != nil {
		section("fetch next", r.Next.lines())
	}
	var later []string
	for i := range r.Later {
		later = append(later, cmp.Or(r.Later[i].Line, r.Later[i].Text))
	}
	section("after that", later)
	if !r.Edit && r.EditWhy != "" {
		section("no edit yet", []string{r.EditWhy})
	}
	return out
}

func (a *Asked) lines() []string {
	if a.Action == "" {
		return nil
	}
	out := []string{a.Action + " on " + a.Resource, "by " + a.Principal}
	for _, note := range a.Filled {
		out = append(out, "("+note+")")
	}
	return out
}

// line is what AWS said, in few words.
func (e *Evidence) line() string {
	if e.Outcome == "" && e.Type == "" {
		return "denied; it does not say by which policy"
	}
	line := e.Outcome
	if e.Type != "" {
		line += ", " + typeWords[e.Type]
	}
	if e.Policy != "" {
		line += ": " + e.Policy
	}
	return strings.TrimPrefix(line, ", ")
}

// typeWords is how a policy type is called behind an outcome.
var typeWords = map[string]string{
	"identity": "identity-based policy", "resource": "resource-based policy", "trust": "role trust policy", "boundary": "permissions boundary",
	"session": "session policy", "scp": "service control policy", "rcp": "resource control policy", "endpoint": "VPC endpoint policy",
}

func (p *Policies) lines() []string {
	var out []string
	if p.Outcome != "" {
		line := p.Outcome
		if p.DeniedBy != "" {
			line += ", by " + p.DeniedBy
		}
		out = append(out, line+": "+p.Verdict)
	}
	for _, list := range []struct {
		title string
		names []string
	}{{"given", p.Given}, {"there is none", p.None}, {"not known", p.Unknown}, {"depends on", p.Depends}} {
		if len(list.names) > 0 {
			out = append(out, list.title+": "+strings.Join(list.names, ", "))
		}
	}
	return out
}

// mostFindings is how many explanations a terminal shows.
const mostFindings = 6

func fewLines(findings []Finding) []string {
	out := findingLines(findings[:min(len(findings), mostFindings)])
	if more := len(findings) - mostFindings; more > 0 {
		out = append(out, "and "+strconv.Itoa(more)+" more that are less likely (--json lists them)")
	}
	return out
}

// ruledOutLines joins what is ruled out for one reason.
func ruledOutLines(findings []Finding) []string {
	var out []string
	texts, reasons := map[string]string{}, []string{}
	for i := range findings {
		reason := strings.Join(findings[i].Because, " ")
		if _, ok := texts[reason]; !ok {
			reasons = append(reasons, reason)
		}
		texts[reason] = strings.TrimSpace(texts[reason] + " " + findings[i].Text)
	}
	for _, reason := range reasons {
		out = append(out, "- "+texts[reason], "    "+reason)
	}
	return out
}

func findingLines(findings []Finding) []string {
	var out []string
	for i := range findings {
		f := &findings[i]
		line := "- " + f.Text
		if f.Place != nil && f.Place.Line > 0 {
			line += " [" + f.Place.Section + ":" + strconv.Itoa(f.Place.Line) + ":" + strconv.Itoa(f.Place.Column) + "]"
		}
		out = append(out, line)
		for _, because := range f.Because {
			out = append(out, "    "+because)
		}
	}
	return out
}

func (c *Command) lines() []string {
	if c.Line == "" {
		out := []string{c.Text}
		if c.Letter == "" {
			return out
		}
		for line := range strings.Lines(c.Letter) {
			out = append(out, strings.TrimRight("  | "+line, "\n "))
		}
		return append(out, "if they do not answer: --denied "+c.ID)
	}
	out := []string{c.Text + ":", "  " + c.Line}
	if c.Where != "" {
		out = append(out, "in account "+c.Where)
	}
	if c.None != "" {
		out = append(out, "where there is none: "+c.None+", or --none "+c.ID)
	}
	return append(out, "if you may not run it: --denied "+c.ID)
}
