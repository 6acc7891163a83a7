package main

import (
	"bufio"
	"fmt"
	"slices"
	"strings"

	"why403/engine/catalogue/data"
	"why403/engine/diagnose"
	"why403/engine/diagnose/paste"
	"why403/engine/importer"
	"why403/engine/policy"
	"why403/engine/template"
	"why403/engine/template/source"
)

// diagnose tells, of errors, outputs and policies in any order, what AWS's
// answer proves, what is still possible, and what to fetch next.
func (a *app) diagnose(args []string) int {
	set := flags("diagnose")
	asJSON := set.Bool("json", false, "")
	var answers answerList
	set.Var(answers.of(diagnose.None), "none", "")
	set.Var(answers.of(diagnose.Denied), "denied", "")
	if err := set.Parse(args); err != nil {
		return a.usage(err.Error())
	}
	if set.NArg() == 0 {
		return a.usage("diagnose needs a file")
	}
	pieces, err := a.pieces(set.Args())
	if err != nil {
		return a.usage(err.Error())
	}
	pieces = a.translated(pieces)
	result := diagnose.Of(data.All(), paste.Scenario(pieces), answers.list)
	if *asJSON {
		a.printJSON(result)
	} else {
		a.diagnosis(result)
	}
	if result.Asked.Action == "" {
		return exitProblems
	}
	return exitOK
}

// pieces reads the files, all below the folders, and standard input for "-".
func (a *app) pieces(args []string) ([]paste.Piece, error) {
	var out []paste.Piece
	for _, arg := range args {
		names, err := expandAll(arg)
		if err != nil {
			return nil, err
		}
		for _, name := range names {
			text, err := a.readUpTo(name, importer.MaxSize)
			if err != nil {
				return nil, err
			}
			out = append(out, paste.Piece{Name: name, Text: text})
		}
	}
	return out, nil
}

// translated makes JSON of the pieces that are code. All of Terraform is one
// text: what one file defines, others refer to.
func (a *app) translated(pieces []paste.Piece) (out []paste.Piece) {
	var terraform []paste.Piece
	for _, p := range pieces {
		switch syntax := importer.Syntax(p.Text); syntax {
		case "":
			out = append(out, p)
		case template.HCL:
			terraform = append(terraform, p)
		default:
			out = append(out, a.asJSON(syntax, p))
		}
	}
	if len(terraform) > 0 {
		out = append(out, a.asJSON(template.HCL, terraform...))
	}
	return out
}

// asJSON is pieces of code as one piece of JSON, and as they are where that
// can't be. Problems are told with their files.
func (a *app) asJSON(syntax string, pieces ...paste.Piece) paste.Piece {
	var text, names []string
	var starts []int
	at := 0
	for _, p := range pieces {
		head := ""
		if len(pieces) > 1 {
			head = "==> " + p.Name + " <==\n"
		}
		starts = append(starts, at+len(head))
		text, names = append(text, head+p.Text+"\n"), append(names, p.Name)
		at += len(head) + len(p.Text) + 1
	}
	whole := paste.Piece{Name: strings.Join(names, ", "), Text: strings.Join(text, "")}
	out, problems := source.JSON(syntax, whole.Text)
	for i := range problems {
		n, found := slices.BinarySearch(starts, problems[i].Span.Start)
		if !found {
			n = max(n-1, 0)
		}
		line, column := policy.Position(pieces[n].Text, max(problems[i].Span.Start-starts[n], 0))
		fmt.Fprintf(a.stderr, "%s:%d:%d: %s\n", pieces[n].Name, line, column, problems[i].Message)
	}
	if problems == nil {
		whole.Text = out
	}
	return whole
}

func (a *app) diagnosis(r *diagnose.Result) {
	for _, p := range r.Problems {
		fmt.Fprintf(a.stderr, "%s:%d:%d: %s\n", p.Name, p.Line, p.Column, p.Message)
	}
	out := bufio.NewWriter(a.stdout) // there can be a line for each of thousands of sections
	for _, piece := range r.Read {
		fmt.Fprintf(out, "read %s: %s\n", piece.Name, strings.Trim(piece.Kind+": "+strings.Join(piece.Facts, "; "), ": "))
	}
	fmt.Fprintln(out, strings.Join(r.Lines(), "\n"))
	out.Flush()
}

// answerList collects what the flags --none and --denied say about commands.
type answerList struct{ list []diagnose.Answer }

type answerFlag struct {
	to   *answerList
	kind diagnose.AnswerKind
}

func (l *answerList) of(kind diagnose.AnswerKind) answerFlag { return answerFlag{l, kind} }

func (f answerFlag) String() string { return "" }

// Set takes the ID of a command.
func (f answerFlag) Set(id string) error {
	if !diagnose.KnownCommand(id) {
		return fmt.Errorf("there is no command %s to answer", id)
	}
	f.to.list = append(f.to.list, diagnose.Answer{Command: id, Kind: f.kind})
	return nil
}
