package main

import (
	"flag"
	"io"

	"why403/engine/grid"
	"why403/engine/lets"
)

// policyTable prints one policy of a file as a table.
func (a *app) policyTable(format, section, request string, args []string) int {
	if len(args) != 1 || format == "csv" {
		return a.usage("tables --policy SECTION takes one file; the formats are text, markdown, html and json")
	}
	inputs, err := a.inputs(args)
	if err != nil {
		return a.usage(err.Error())
	}
	if len(inputs) != 1 {
		return a.usage("tables --policy SECTION takes one file")
	}
	if inputs[0].file.Errors() {
		errorsOf(a.stderr, inputs[0])
		return exitProblems
	}
	t, problem := lets.Of(inputs[0].file, section, request)
	if problem != "" {
		io.WriteString(a.stderr, inputs[0].name+": "+problem+"\n")
		return exitProblems
	}
	if !a.printGrid(format, grid.Lets(t), policyObject(t)) {
		return a.usage(tableFormats)
	}
	for _, note := range t.Notes() {
		io.WriteString(a.stderr, note+"\n")
	}
	return exitOK
}

// policyObject is a policy's table for programs.
func policyObject(t *lets.Table) object {
	rows := make([]object, len(t.Rows))
	for i := range t.Rows {
		r := &t.Rows[i]
		rows[i] = object{{"cells", listed(r.Cells)}, {"says", r.Word()}, {"statement", r.Statement}, {"asked", r.Asked}}
	}
	return object{{"section", t.Section}, {"request", t.Request},
		{"columns", listed(t.Head)}, {"rows", rows}, {"same", listed(t.Same)}, {"cut", listed(t.Cut)}}
}

// listed is a list that is [] in JSON where it is empty.
func listed(texts []string) []string { return append([]string{}, texts...) }

// given is which flags were on the command line.
func given(set *flag.FlagSet) map[string]bool {
	out := map[string]bool{}
	set.Visit(func(f *flag.Flag) { out[f.Name] = true })
	return out
}
