package main

import (
	"fmt"
	"io"
	"strings"

	"why403/engine/fix"
	"why403/engine/report"
)

// fix tells what would let each request in that is denied.
func (a *app) fix(args []string) int {
	set := flags("fix")
	asJSON := set.Bool("json", false, "")
	if err := set.Parse(args); err != nil {
		return a.usage(err.Error())
	}
	if set.NArg() == 0 {
		return a.usage("fix needs a file")
	}
	inputs, err := a.inputs(set.Args())
	if err != nil {
		return a.usage(err.Error())
	}
	code := exitOK
	for _, in := range inputs {
		if in.file.Errors() {
			code = exitProblems
		}
		switch {
		case *asJSON:
			a.stdout.Write(report.FixLines(in.name, in.file))
		case in.file.Errors():
			errorsOf(a.stdout, in)
		default:
			a.fixText(in)
		}
	}
	return code
}

func (a *app) fixText(in input) {
	search := fix.In(in.file)
	for i := range in.file.Requests {
		r, found := &in.file.Requests[i], search.Of(i)
		heading := in.name
		if r.Check.Name != "" {
			heading += " " + r.Check.Name
		}
		fmt.Fprintf(a.stdout, "%s: %s\n", heading, search.Outcome(i))
		if found.Reason != "" {
			fmt.Fprintf(a.stdout, "  no fix: %s\n", found.Reason)
		}
		for j := range found.Fixes {
			printFix(a.stdout, j+1, &found.Fixes[j])
		}
		fmt.Fprintln(a.stdout)
	}
}

func printFix(w io.Writer, number int, x *fix.Fix) {
	fmt.Fprintf(w, "  %d. %s (%s)\n", number, x.Title, x.Kind)
	for _, l := range x.Loosens {
		fmt.Fprintf(w, "     ! %s\n", l)
	}
	for _, n := range x.Notes {
		fmt.Fprintf(w, "     note: %s\n", n)
	}
	if x.Owner != "" {
		fmt.Fprintf(w, "     who can: %s\n", x.Owner)
	}
	for _, e := range x.Edits {
		fmt.Fprintf(w, "     -- %s --\n", e.Section)
		for _, line := range changedLines(e.Old, e.Text) {
			fmt.Fprintf(w, "     %s\n", line)
		}
	}
}

// around is how many unchanged lines stand before and after changed ones.
const around = 2

// changedLines is the lines between the common start and the common end of two
// texts, those that are gone with "-" and those that are new with "+".
func changedLines(old, now string) (out []string) {
	a, b := strings.Split(strings.TrimRight(old, "\n"), "\n"), strings.Split(strings.TrimRight(now, "\n"), "\n")
	if old == "" {
		a = nil
	}
	start := 0
	for start < min(len(a), len(b)) && a[start] == b[start] {
		start++
	}
	end := 0
	for end < min(len(a), len(b))-start && a[len(a)-1-end] == b[len(b)-1-end] {
		end++
	}
	add := func(sign string, lines []string) {
		for _, line := range lines {
			out = append(out, sign+line)
		}
	}
	add("  ", a[max(0, start-around):start])
	add("- ", a[start:len(a)-end])
	add("+ ", b[start:len(b)-end])
	add("  ", a[len(a)-end:min(len(a), len(a)-end+around)])
	return out
}
