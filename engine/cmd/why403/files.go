package main

import (
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"why403/engine/catalogue/data"
	"why403/engine/policy"
	"why403/engine/report"
	"why403/engine/scenario"
)

// input is one scenario file, read.
type input struct {
	name string // as it was given, or "-"
	file *scenario.File
}

// inputs reads the files, the *.txtar files below the folders, and standard
// input for "-".
func (a *app) inputs(args []string) ([]input, error) {
	var out []input
	for _, arg := range args {
		names, err := expand(arg)
		if err != nil {
			return nil, err
		}
		for _, name := range names {
			text, err := a.read(name)
			if err != nil {
				return nil, err
			}
			out = append(out, input{name, scenario.ParseWith(data.All(), text)})
		}
	}
	return out, nil
}

func expand(arg string) ([]string, error) { return expandTo(arg, ".txtar") }

// expandAll is the file, or every file below a folder.
func expandAll(arg string) ([]string, error) { return expandTo(arg, "") }

func expandTo(arg, ending string) ([]string, error) {
	info, err := os.Stat(arg)
	if arg == "-" {
		return []string{arg}, nil
	}
	if err != nil || !info.IsDir() {
		return []string{arg}, err
	}
	var names []string
	err = filepath.WalkDir(arg, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || !strings.HasSuffix(path, ending) {
			return err
		}
		names = append(names, path)
		if err := regular(os.Stat(path)); err != nil {
			return fmt.Errorf("%s: %w", path, err)
		}
		return nil
	})
	if err == nil && len(names) == 0 {
		err = fmt.Errorf("%s has no *%s file in it", arg, ending)
	}
	return names, err
}

func (a *app) read(name string) (string, error) { return a.readUpTo(name, scenario.MaxSize) }

// readUpTo reads a file, and one byte more than a limit where it is longer.
func (a *app) readUpTo(name string, limit int64) (string, error) {
	if name == "-" {
		return readStart(io.NopCloser(a.stdin), limit)
	}
	file, err := os.Open(name)
	if err != nil {
		return "", err
	}
	return readStart(file, limit)
}

// mostLines is how many problems of a file are printed.
const mostLines = 100

// some prints the first of the problems of a file, and how many more there are.
func some(w io.Writer, name string, problems []string) {
	for _, line := range problems[:min(len(problems), mostLines)] {
		fmt.Fprintln(w, line)
	}
	if more := len(problems) - mostLines; more > 0 {
		fmt.Fprintf(w, "%s: at least %d more problems\n", name, more) // a file keeps not all of them
	}
}

// errorsOf prints what keeps a file from being answered.
func errorsOf(w io.Writer, in input) {
	var lines []string
	for _, p := range report.Places(in.file, policy.Error) {
		lines = append(lines, inFile(in.name, &p))
	}
	some(w, in.name, lines)
}

// inFile is a problem as compilers print them.
func inFile(file string, p *report.Problem) string {
	where := file
	if p.Section != "" {
		where += ": " + p.Section
	}
	return fmt.Sprintf("%s:%d:%d: %s", where, p.Line, p.Column, p.Message)
}
