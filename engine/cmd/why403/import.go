package main

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"strings"

	"why403/engine/importer"
	"why403/engine/policy"
	"why403/engine/template/source"
)

// importText turns what was pasted into a file into a scenario: the scenario
// goes to standard output, what is to be said about it to standard error.
func (a *app) importText(args []string) int {
	set := flags("import")
	choice := set.String("choice", "", "")
	into := set.String("into", "", "")
	values := map[string]string{}
	set.Func("set", "", func(text string) error {
		name, value, ok := strings.Cut(text, "=")
		if values[name] = value; !ok {
			return errors.New("--set needs NAME=VALUE, such as --set var.team=blue")
		}
		return nil
	})
	if err := set.Parse(args); err != nil {
		return a.usage(err.Error())
	}
	if set.NArg() == 0 {
		return a.usage("import needs a file, or - for standard input")
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
	pasted, err := a.pasted(set.Args())
	if err != nil {
		return a.usage(err.Error())
	}
	result := importer.Fill(present, pasted, *choice, values)
	if result.Syntax != "" {
		if text, problems := source.JSON(result.Syntax, pasted); problems != nil {
			result.Problems = problems
			if result.Text == "" {
				result.Unknown = nil // what is wrong says more than that it was not read
			}
		} else {
			result = importer.Fill(present, text, *choice, values)
			pasted = text
		}
	}
	a.tell(name, pasted, &result)
	io.WriteString(a.stdout, result.Text)
	if result.Text == "" {
		return exitProblems
	}
	return exitOK
}

// pasted reads one file, or several with a mark before each, as tail prints them.
func (a *app) pasted(names []string) (string, error) {
	if len(names) == 1 {
		return a.readUpTo(names[0], importer.MaxSize)
	}
	var b strings.Builder
	for _, name := range names {
		text, err := a.readUpTo(name, int64(importer.MaxSize-b.Len()))
		if err != nil {
			return "", err
		}
		b.WriteString("==> " + name + " <==\n" + strings.TrimSuffix(text, "\n") + "\n\n")
	}
	return b.String(), nil
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
	if r.Why != "" {
		a.list("why "+cmp.Or(r.Chosen, "none is taken"), []string{r.Why})
	}
	var fields []string
	for _, f := range r.Fields {
		fields = append(fields, "--set "+f.Name+"="+f.Value)
	}
	a.list("to fill", fields)
}

func (a *app) list(heading string, lines []string) {
	if len(lines) > 0 {
		fmt.Fprintf(a.stderr, "%s:\n  %s\n", heading, strings.Join(lines, "\n  "))
	}
}
