package main

import (
	"fmt"
	"strings"

	"why403/engine"
	"why403/engine/answer"
	"why403/engine/catalogue/data"
	"why403/engine/scenario"
)

// fill prints a scenario in which everything that is not known is filled in, so
// that the request is allowed, or denied.
func (a *app) fill(args []string) int {
	set := flags("fill")
	name := set.String("request", "", "")
	if err := set.Parse(args); err != nil {
		return a.usage(err.Error())
	}
	wanted := map[string]bool{"allow": true, "deny": false}
	allowed, ok := wanted[set.Arg(0)]
	if !ok || set.NArg() != 2 {
		return a.usage("fill needs allow or deny, and a file")
	}
	text, err := a.read(set.Arg(1))
	if err != nil {
		return a.usage(err.Error())
	}
	in := input{set.Arg(1), scenario.ParseWith(data.All(), text)}
	if in.file.Errors() {
		errorsOf(a.stderr, in)
		return exitProblems
	}
	for _, answer := range answer.File(in.file) {
		if answer.Request == *name {
			return a.filled(in, &answer, allowed)
		}
	}
	fmt.Fprintf(a.stderr, "why403: %s has no request %q\n", in.name, *name)
	return exitProblems
}

func (a *app) filled(in input, of *answer.Answer, allowed bool) int {
	if of.Outcome != engine.Undecided {
		fmt.Fprintf(a.stderr, "why403: nothing that is not known decides this: %s\n", of.Outcome)
		return exitProblems
	}
	fillings := of.Fillings()
	for i := range fillings {
		if filling := &fillings[i]; (filling.Outcome == engine.Allowed) == allowed {
			fmt.Fprint(a.stdout, in.file.Fill(of.Request, filling))
			return exitOK
		}
	}
	if len(fillings) == 0 && of.Decision.Outcome == engine.Allowed {
		fmt.Fprintf(a.stderr, "why403: what decides is %s, which fill does not write; add the line yourself\n", strings.Join(of.Depends.On,
			" and "))
		return exitProblems
	}
	fmt.Fprintln(a.stderr, "why403: there is too much that is not known to find one; name less of it in the lines \"unknown: …\"")
	return exitProblems
}
