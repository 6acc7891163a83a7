package main

import (
	"fmt"
	"io"
	"strings"

	"why403/engine/catalogue/data"
	"why403/engine/grid"
	"why403/engine/redact"
)

// redact prints a scenario with stand-ins for its names. What was replaced, and
// what proves that the answers are the same, goes to standard error: it is for
// who redacts, not for who gets the file.
func (a *app) redact(args []string) int {
	set := flags("redact")
	asJSON := set.Bool("json", false, "")
	if err := set.Parse(args); err != nil {
		return a.usage(err.Error())
	}
	if set.NArg() != 1 {
		return a.usage("redact needs one file")
	}
	text, err := a.read(set.Arg(0))
	if err != nil {
		return a.usage(err.Error())
	}
	r := redact.Of(data.All(), text)
	if *asJSON {
		a.printJSON(r)
	} else {
		fmt.Fprint(a.stdout, r.Text)
		a.tellRedaction(r)
	}
	if !r.Proof.Proved {
		return exitProblems
	}
	return exitOK
}

func (a *app) tellRedaction(r *redact.Result) {
	rows := make([][]string, 0, len(r.Replaced))
	for _, x := range r.Replaced {
		mark, to := "→", x.New
		if x.Kept {
			mark, to = "STAYS", x.Why
		}
		rows = append(rows, []string{string(x.Class), x.Old, mark, to})
	}
	io.WriteString(a.stderr, grid.Columns(rows, 2))
	if len(r.Removed) > 0 {
		fmt.Fprintf(a.stderr, "Left out: %s.\n", strings.Join(r.Removed, "; "))
	}
	for _, line := range r.Look {
		fmt.Fprintln(a.stderr, line)
	}
	p := &r.Proof
	switch {
	case r.Text == "" && len(p.Differs) > 0:
		fmt.Fprintln(a.stderr, p.Differs[0])
	case !p.Judged:
		fmt.Fprintln(a.stderr, "Not proved: the file has errors, so it has no answers to compare.")
	case !p.Proved:
		fmt.Fprintln(a.stderr, "Not proved: different are", strings.Join(p.Differs, "; "))
	default:
		fmt.Fprintf(a.stderr, "Proved: %d requests, %d checks, %d steps and %d ways in are the same.\n", p.Requests, p.Checks, p.Steps, p.Ways)
	}
}
