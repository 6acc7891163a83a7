package main

import (
	"fmt"
	"strings"
	"text/tabwriter"

	"why403/engine/answer"
)

// whoRow is one cell of the matrix for programs.
type whoRow struct {
	File      string `json:"file"`
	Principal string `json:"principal"`
	Entity    string `json:"entity"`
	Request   string `json:"request"`
	Action    string `json:"action"`
	Resource  string `json:"resource"`
	Outcome   string `json:"outcome"`
	DeniedBy  string `json:"deniedBy"`
	Way       string `json:"way"`
}

// who tells which of the principals that a file describes may do what its
// requests ask.
func (a *app) who(args []string) int {
	set := flags("who")
	asJSON := set.Bool("json", false, "")
	if err := set.Parse(args); err != nil {
		return a.usage(err.Error())
	}
	if set.NArg() == 0 {
		return a.usage("who needs a file")
	}
	inputs, err := a.inputs(set.Args())
	if err != nil {
		return a.usage(err.Error())
	}
	code := exitOK
	for _, in := range inputs {
		if !a.whoFile(in, *asJSON) {
			code = exitProblems
		}
	}
	return code
}

func (a *app) whoFile(in input, asJSON bool) bool {
	if in.file.Errors() {
		errorsOf(a.stdout, in)
		return false
	}
	cells := answer.WhoMay(in.file)
	if len(cells) == 0 {
		fmt.Fprintf(a.stdout, "%s: no entity here can make requests. Describe users and roles in sections \"-- entity/NAME --\" with a line \"arn: …\".\n", in.name)
		return false
	}
	table := tabwriter.NewWriter(a.stdout, 0, 0, 2, ' ', 0)
	for i := range cells {
		c := &cells[i]
		if asJSON {
			a.printJSON(whoRow{in.name, c.Principal, c.Name, c.Request, c.Action, c.Resource, c.Outcome.String(), c.DeniedBy, c.Way})
			continue
		}
		fmt.Fprintln(table, strings.Join([]string{c.Name, c.Action, c.Resource, c.Outcome.String(), c.Way}, "\t"))
	}
	table.Flush()
	return true
}
