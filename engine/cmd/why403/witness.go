package main

import (
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"why403/engine/catalogue/data"
	"why403/engine/scenario"
	"why403/engine/shell"
	"why403/engine/witness"
)

// witnessFlags is how witness is called.
type witnessFlags struct {
	attached, analyzer bool
	output, files      string
}

// witness writes the calls by which AWS's own simulator, or IAM Access Analyzer,
// says what it makes of a file, or holds what they printed against the engine's
// answers.
func (a *app) witness(args []string) int {
	var f witnessFlags
	set := flags("witness")
	set.BoolVar(&f.attached, "attached", false, "")
	set.BoolVar(&f.analyzer, "analyzer", false, "")
	set.StringVar(&f.output, "output", "", "")
	set.StringVar(&f.files, "files", "", "")
	file, err := parseAround(set.Parse, set.Args, args)
	if err != nil {
		return a.usage(err.Error())
	}
	switch {
	case file == "":
		return a.usage("witness needs one scenario file")
	case file == "-" && f.output == "-":
		return a.usage("witness reads one of the two from standard input, not both")
	case f.files != "" && (f.output != "" || f.analyzer):
		return a.usage("--files is for the calls of the simulator")
	}
	text, err := a.read(file)
	if err != nil {
		return a.usage(err.Error())
	}
	in := input{file, scenario.ParseWith(data.All(), text)}
	if in.file.Errors() {
		errorsOf(a.stderr, in)
		return exitProblems
	}
	output := ""
	if f.output != "" {
		if output, err = a.read(f.output); err != nil {
			return a.usage(err.Error())
		}
	}
	switch {
	case f.analyzer && f.output != "":
		return a.compareAnalyses(witness.Analyses(in.file), output)
	case f.analyzer:
		return a.analyses(witness.Analyses(in.file))
	case f.output != "":
		return a.compare(witness.Of(in.file), output)
	}
	return a.questions(witness.Of(in.file), &f)
}

// parseAround reads flags before and after the one file of a command.
func parseAround(parse func([]string) error, rest func() []string, args []string) (file string, err error) {
	if err := parse(args); err != nil || len(rest()) == 0 {
		return "", err
	}
	file = rest()[0]
	if err := parse(slices.Clone(rest()[1:])); err != nil {
		return "", err
	}
	if len(rest()) > 0 {
		return "", nil
	}
	return file, nil
}

// comment writes lines that a shell leaves alone.
func comment(w io.Writer, text string) {
	for line := range strings.Lines(text) {
		fmt.Fprintln(w, "# "+strings.TrimRight(line, "\r\n"))
	}
}

// questions prints the calls, and what they leave out as comments, so that a
// shell can run all of it.
func (a *app) questions(questions []witness.Question, f *witnessFlags) int {
	form := witness.Custom
	if f.attached {
		form = witness.Attached
	}
	for i := range questions {
		q := &questions[i]
		if i > 0 {
			fmt.Fprintln(a.stdout)
		}
		comment(a.stdout, q.Title())
		for _, l := range q.Cannot {
			comment(a.stdout, "can't be asked: "+l.Text+" "+l.Doc)
		}
		for _, l := range q.Left {
			comment(a.stdout, "left out: "+l.Text+" "+l.Doc)
		}
		if line := q.AskedLine(); line != "" {
			comment(a.stdout, line)
		}
		command := q.Command(form)
		if f.files != "" && command != "" {
			name := filepath.Join(f.files, fmt.Sprintf("question-%d.json", i+1))
			if err := os.WriteFile(name, []byte(q.JSON(form)), 0o600); err != nil {
				return a.refuse(err)
			}
			operation, _, _ := strings.Cut(command, " \\\n")
			command = operation + " --cli-input-json " + shell.Word("file://"+name) + " --output json"
		}
		if command != "" {
			fmt.Fprintln(a.stdout, command)
		}
	}
	return exitOK
}

// compare prints for each question whether the simulator agrees.
func (a *app) compare(questions []witness.Question, output string) int {
	out, ok := witness.ReadOutput(output)
	if !ok {
		fmt.Fprintln(a.stderr, "why403: there is no result of the simulator in it. Bring what aws iam simulate-custom-policy printed, as JSON,\n"+
			"whole or with --query EvaluationResults.")
		return exitProblems
	}
	code := exitOK
	for i := range questions {
		q := &questions[i]
		fmt.Fprintln(a.stdout, q.Title())
		if len(q.Cannot) > 0 {
			fmt.Fprintln(a.stdout, "  can't be asked: "+q.Cannot[0].Text)
			continue
		}
		v := q.Compare(out)
		fmt.Fprintln(a.stdout, "  "+v.Line(q))
		for _, r := range v.Reasons {
			fmt.Fprintln(a.stdout, "  "+r.Text())
		}
		for _, l := range q.Left {
			fmt.Fprintln(a.stdout, "  left out: "+l.Text)
		}
		if line := q.AskedLine(); line != "" {
			fmt.Fprintln(a.stdout, "  "+line)
		}
		if !v.Agrees {
			code = exitProblems
		}
	}
	return code
}

func (a *app) analyses(list []witness.Analysis) int {
	if len(list) == 0 {
		comment(a.stdout, "No policy here can be checked: Access Analyzer checks identity-based and resource-based policies.")
	}
	for i := range list {
		if i > 0 {
			fmt.Fprintln(a.stdout)
		}
		x := &list[i]
		comment(a.stdout, x.About()+": "+expectation(x))
		fmt.Fprintln(a.stdout, x.Command())
	}
	return exitOK
}

func expectation(x *witness.Analysis) string {
	if x.Expected == "" {
		return "PASS or FAIL. " + x.Why
	}
	return x.Expected + " is expected. " + x.Why
}

func (a *app) compareAnalyses(list []witness.Analysis, output string) int {
	found := witness.ReadAnalyses(output)
	if len(found) != len(list) {
		fmt.Fprintf(a.stderr, "why403: there are %d results in it, and %d checks. Run all of them, in their order.\n", len(found), len(list))
		return exitProblems
	}
	code := exitOK
	for i := range list {
		line, agrees := list[i].Compare(found[i])
		fmt.Fprintf(a.stdout, "%s\n  %s\n", list[i].About(), line)
		if !agrees {
			code = exitProblems
		}
	}
	return code
}
