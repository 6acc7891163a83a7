package main

import (
	"fmt"
	"slices"

	"why403/engine/answer"
)

// check compares the answers with the want sections, or rewrites these.
func (a *app) check(args []string) int {
	set := flags("check")
	update := set.Bool("update", false, "")
	since := set.String("since", "", "")
	if err := set.Parse(args); err != nil {
		return a.usage(err.Error())
	}
	if set.NArg() == 0 || slices.Contains(set.Args(), "-") {
		return a.usage("check needs a file or a folder")
	}
	if *since != "" && *update {
		return a.usage("check has --update or --since, not both")
	}
	if *since != "" {
		return a.since(*since, set.Args())
	}
	inputs, err := a.inputs(set.Args())
	if err != nil {
		return a.usage(err.Error())
	}
	failed := 0
	for _, in := range inputs {
		ok := a.checkFile(in)
		if *update {
			ok = a.updateFile(in)
		}
		if !ok {
			failed++
		}
	}
	fmt.Fprintf(a.stdout, "%d passed, %d failed\n", len(inputs)-failed, failed)
	if failed > 0 {
		return exitProblems
	}
	return exitOK
}

// checkFile prints what differs from the want sections.
func (a *app) checkFile(in input) bool {
	if in.file.Errors() {
		errorsOf(a.stdout, in)
		return false
	}
	ok := true
	for _, answer := range answer.File(in.file) {
		want, found := in.file.Want(answer.Request)
		if !found {
			fmt.Fprintf(a.stdout, "%s: there is no want section for the request %q; check --update adds it\n", in.name, answer.Request)
			ok = false
			continue
		}
		if got := answer.Lines(); !slices.Equal(got, want) {
			a.diff(in.name, answer.Request, want, got)
			ok = false
		}
	}
	return ok
}

// diff prints the lines that only one side has, or has more often.
func (a *app) diff(file, request string, want, got []string) {
	fmt.Fprintf(a.stdout, "%s: the answer to the request %q differs\n", file, request)
	missing, surplus := without(want, got), without(got, want)
	for _, line := range missing {
		fmt.Fprintln(a.stdout, "- "+line)
	}
	for _, line := range surplus {
		fmt.Fprintln(a.stdout, "+ "+line)
	}
	if len(missing)+len(surplus) == 0 {
		fmt.Fprintln(a.stdout, "  (the same lines in another order)")
	}
}

// without gives the lines that others does not have, or not as often.
func without(lines, others []string) []string {
	counts := map[string]int{}
	for _, line := range others {
		counts[line]++
	}
	var out []string
	for _, line := range lines {
		if counts[line]--; counts[line] < 0 {
			out = append(out, line)
		}
	}
	return out
}

// updateFile rewrites the want sections of a file, and nothing else in it.
func (a *app) updateFile(in input) bool {
	if in.file.Errors() {
		return false
	}
	before := in.file.Format()
	for _, answer := range answer.File(in.file) {
		in.file.SetWant(answer.Request, answer.Lines())
	}
	after := in.file.Format()
	if after == before {
		return true
	}
	if err := replace(in.name, after); err != nil {
		fmt.Fprintln(a.stderr, "why403:", err)
		return false
	}
	fmt.Fprintln(a.stdout, in.name+": updated")
	return true
}
