package main

import (
	"fmt"
	"io"
	"strings"

	"why403/engine/answer"
	"why403/engine/grid"
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
	g := grid.Grid{Head: append([]string{"File"}, grid.Who(nil).Head...)}
	told := a.stderr // what is wrong with a file stands apart from what programs read
	if *format == "text" {
		told = a.stdout
	}
	for _, in := range inputs {
		cells, ok := whoFile(told, in)
		if !ok {
			code = exitProblems
		}
		for _, row := range grid.Who(cells).Rows {
			g.Rows = append(g.Rows, append([]string{in.name}, row...))
		}
		switch *format {
		case "json":
			for i := range cells {
				a.printJSON(whoRowOf(in.name, &cells[i]))
			}
		case "text":
			a.whoText(cells)
		}
	}
	if (*format == "csv" || *format == "markdown") && len(g.Rows) > 0 {
		a.printGrid(*format, &g, nil)
	}
	return code
}

// whoFile is the matrix of one file. It reports false, and says why, where there
// is none, or not of all principals.
func whoFile(told io.Writer, in input) ([]answer.Who, bool) {
	if in.file.Errors() {
		errorsOf(told, in)
		return nil, false
	}
	may := answer.AskAll(in.file)
	if len(may.Cells) == 0 {
		fmt.Fprintf(told, "%s: no entity here can make requests. "+
			"Describe users and roles in sections \"-- entity/NAME --\" with a line \"arn: …\".\n", in.name)
	}
	if bound := may.Bound(); bound != "" {
		fmt.Fprintf(told, "%s: %s\n", in.name, bound)
		return may.Cells, false
	}
	return may.Cells, len(may.Cells) > 0
}

func whoRowOf(file string, c *answer.Who) whoRow {
	return whoRow{file, c.Principal, c.Name, c.Request, c.Action, c.Resource, c.Outcome.String(), c.DeniedBy, c.Way}
}

func (a *app) whoText(cells []answer.Who) {
	rows := make([][]string, len(cells))
	for i := range cells {
		c := &cells[i]
		rows[i] = []string{c.Name, c.Action, c.Resource, c.Outcome.String(), c.Way}
	}
	io.WriteString(a.stdout, grid.Columns(rows, 2))
}
