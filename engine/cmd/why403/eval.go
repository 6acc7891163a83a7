package main

import (
	"fmt"
	"strings"

	"github.com/goccy/go-json"

	"why403/engine/answer"
	"why403/engine/policy"
	"why403/engine/report"
)

func (a *app) eval(args []string) int {
	set := flags("eval")
	asJSON := set.Bool("json", false, "")
	if err := set.Parse(args); err != nil {
		return a.usage(err.Error())
	}
	if set.NArg() == 0 {
		return a.usage("eval needs a file")
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
		if *asJSON {
			a.stdout.Write(report.LinesWithFix(in.name, in.file))
		} else {
			a.evalText(in)
		}
	}
	return code
}

func (a *app) printJSON(v any) {
	text, err := json.MarshalWithOption(v, json.DisableHTMLEscape())
	if err != nil {
		panic(err) // only strings and numbers are marshaled
	}
	fmt.Fprintf(a.stdout, "%s\n", text)
}

func (a *app) evalText(in input) {
	var lines []string
	for _, severity := range []policy.Severity{policy.Error, policy.Warning} {
		for _, p := range report.Places(in.file, severity) {
			lines = append(lines, fmt.Sprintf("%s (%s)", inFile(in.name, &p), severity))
		}
	}
	some(a.stdout, in.name, lines)
	if in.file.Errors() {
		return
	}
	for _, answer := range answer.File(in.file) {
		heading := in.name
		if answer.Request != "" {
			heading += " " + answer.Request
		}
		fmt.Fprintf(a.stdout, "%s: %s\n", heading, strings.Join(answer.Lines(), "\n  "))
		for i := range answer.Possible {
			fmt.Fprintf(a.stdout, "  %s\n", answer.Possible[i].Line())
		}
		fmt.Fprintln(a.stdout)
	}
}
