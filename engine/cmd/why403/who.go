package main

import (
	"fmt"
	"io"
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

// whoHead is the heads of the matrix for people.
var whoHead = []string{"Principal", "ARN", "Request", "Action", "Resource", "Outcome", "Denied by", "How"}

// who tells which of the principals that a file describes may do what its
// requests ask.
func (a *app) who(args []string) int {
	set := flags("who")
	asJSON := set.Bool("json", false, "")
	format := set.String("format", "text", "")
	if err := set.Parse(args); err != nil {
		return a.usage(err.Error())
	}
	if *asJSON {
		*format = "json"
	}
	if !strings.Contains(" text csv markdown json ", " "+*format+" ") {
		return a.usage("the formats are text, csv, markdown and json")
	}
	if set.NArg() == 0 {
		return a.usage("who needs a file")
	}
	inputs, err := a.inputs(set.Args())
	if err != nil {
		return a.usage(err.Error())
	}
	code := exitOK
	g := grid{head: append([]string{"File"}, whoHead...)}
	told := a.stderr // what is wrong with a file stands apart from what programs read
	if *format == "text" {
		told = a.stdout
	}
	for _, in := range inputs {
		rows, ok := whoFile(told, in)
		if !ok {
			code = exitProblems
		}
		switch *format {
		case "json":
			for i := range rows {
				a.printJSON(rows[i])
			}
		case "text":
			a.whoText(rows)
		}
		for i := range rows {
			g.rows = append(g.rows, rows[i].cells())
		}
	}
	if (*format == "csv" || *format == "markdown") && len(g.rows) > 0 {
		a.printGrid(*format, &g, nil)
	}
	return code
}

// whoFile is the matrix of one file. It reports false, and says why, where there
// is none.
func whoFile(told io.Writer, in input) (rows []whoRow, ok bool) {
	if in.file.Errors() {
		errorsOf(told, in)
		return nil, false
	}
	cells := answer.WhoMay(in.file)
	if len(cells) == 0 {
		fmt.Fprintf(told, "%s: no entity here can make requests. "+
			"Describe users and roles in sections \"-- entity/NAME --\" with a line \"arn: …\".\n", in.name)
		return nil, false
	}
	for i := range cells {
		c := &cells[i]
		rows = append(rows, whoRow{in.name, c.Principal, c.Name, c.Request, c.Action, c.Resource, c.Outcome.String(), c.DeniedBy, c.Way})
	}
	return rows, true
}

func (a *app) whoText(rows []whoRow) {
	table := tabwriter.NewWriter(a.stdout, 0, 0, 2, ' ', 0)
	for _, r := range rows {
		fmt.Fprintln(table, strings.Join([]string{r.Entity, r.Action, r.Resource, r.Outcome, r.Way}, "\t"))
	}
	table.Flush()
}

func (r *whoRow) cells() []string {
	return []string{r.File, r.Entity, r.Principal, r.Request, r.Action, r.Resource, r.Outcome, r.DeniedBy, r.Way}
}
