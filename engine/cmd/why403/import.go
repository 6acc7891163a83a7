package main

import (
	"fmt"
	"io"
	"strings"

	"why403/engine/importer"
	"why403/engine/policy"
)

// importText turns what was pasted into a file into a scenario: the scenario
// goes to standard output, what is to be said about it to standard error.
func (a *app) importText(args []string) int {
	set := flags("import")
	choice := set.String("choice", "", "")
	into := set.String("into", "", "")
	if err := set.Parse(args); err != nil {
		return a.usage(err.Error())
	}
	if set.NArg() != 1 {
		return a.usage("import needs one file, or - for standard input")
	}
	present := ""
	if *into != "" {
		text, err := a.read(*into)
		if err != nil {
			return a.usage(err.Error())
		}
		present = text
	}
	name := set.Arg(0)
	pasted, err := a.readUpTo(name, importer.MaxSize)
	if err != nil {
		return a.usage(err.Error())
	}
	result := importer.Import(present, pasted, *choice)
	a.tell(name, pasted, &result)
	io.WriteString(a.stdout, result.Text)
	if result.Text == "" {
		return exitProblems
	}
	return exitOK
}

// tell prints what a text was recognised as, what it says and what it leaves open.
func (a *app) tell(name, pasted string, r *importer.Result) {
	for i := range r.Problems {
		line, column := policy.Position(pasted, r.Problems[i].Span.Start)
		fmt.Fprintf(a.stderr, "%s:%d:%d: %s\n", name, line, column, r.Problems[i].Message)
	}
	if r.Kind != "" {
		fmt.Fprintf(a.stderr, "%s: recognised as %s\n", name, r.Kind)
	}
	a.list("understood", r.Understood)
	a.list("not known", r.Unknown)
	var next, choices []string
	for _, n := range r.Next {
		next = append(next, strings.TrimSuffix(n.Text+":\n    "+n.Command, ":\n    "))
	}
	for _, c := range r.Choices {
		choices = append(choices, "--choice "+c.ID+"  "+c.Label)
	}
	a.list("paste next", next)
	a.list("choices", choices)
}

func (a *app) list(heading string, lines []string) {
	if len(lines) > 0 {
		fmt.Fprintf(a.stderr, "%s:\n  %s\n", heading, strings.Join(lines, "\n  "))
	}
}
