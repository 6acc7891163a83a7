package main

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/url"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"why403/engine/embed/doctest"
	"why403/engine/policy"
	"why403/engine/scenario"
)

// docTest is a run of doctest.
type docTest struct {
	*app
	update        bool
	found, failed int
}

// doctest evaluates the scenarios that are embedded in documents, and compares
// what the documents tell.
func (a *app) doctest(args []string) int {
	set := flags("doctest")
	d := docTest{app: a}
	set.BoolVar(&d.update, "update", false, "")
	root := set.String("root", "", "")
	allowNone := set.Bool("allow-none", false, "")
	if err := set.Parse(args); err != nil {
		return a.usage(err.Error())
	}
	if set.NArg() == 0 {
		return a.usage("doctest needs a folder of documents")
	}
	for _, arg := range set.Args() {
		if err := d.below(arg, *root); err != nil {
			return a.usage(err.Error())
		}
	}
	noun := "scenarios"
	if d.found == 1 {
		noun = "scenario"
	}
	fmt.Fprintf(a.stdout, "%d embedded %s, %d failed\n", d.found, noun, d.failed)
	if d.found == 0 && !*allowNone {
		fmt.Fprintln(a.stdout, "None was found. If none is what you want, say --allow-none.")
		return exitProblems
	}
	if d.failed > 0 {
		return exitProblems
	}
	return exitOK
}

// below tests the documents of a folder, or one document. The site's root is
// the folder, if none is given.
func (d *docTest) below(arg, site string) error {
	names, err := documents(arg)
	if err != nil {
		return err
	}
	if site == "" {
		site = arg
		if slices.Equal(names, []string{arg}) {
			site = filepath.Dir(arg)
		}
	}
	root, err := os.OpenRoot(site)
	if err != nil {
		return err
	}
	defer root.Close()
	for _, name := range names {
		if err := d.document(name, root); err != nil {
			return err
		}
	}
	return nil
}

// otherFolders hold nobody's own documents.
var otherFolders = map[string]bool{"node_modules": true, ".git": true}

func documents(arg string) ([]string, error) {
	info, err := os.Stat(arg)
	if err != nil || !info.IsDir() {
		if err == nil && !doctest.Reads(arg) {
			err = fmt.Errorf("%s is no document that doctest reads: HTML, Markdown, MDX or reStructuredText", arg)
		}
		return []string{arg}, err
	}
	var names []string
	err = filepath.WalkDir(arg, func(name string, entry fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case entry.IsDir() && otherFolders[entry.Name()]:
			return fs.SkipDir
		case !entry.IsDir() && doctest.Reads(name):
			names = append(names, name)
		}
		return nil
	})
	return names, err
}

// document tests one document, and rewrites what failed in it.
func (d *docTest) document(name string, root *os.Root) error {
	bytes, err := os.ReadFile(name)
	if err != nil {
		return err
	}
	text := string(bytes)
	found := doctest.Find(name, text)
	blocks := make([]string, len(found))
	for i := range found {
		d.found++
		file, failures := found[i].Check(reader(root, name))
		if len(failures) > 0 && file != nil && d.update {
			if blocks[i], err = found[i].Render(file); err == nil {
				continue
			}
			failures = append(failures, doctest.Failure{At: found[i].Start, Message: "this scenario " + err.Error()})
		}
		for _, f := range failures {
			line, _ := policy.Position(text, f.At)
			fmt.Fprintf(d.stdout, "%s:%d: %s\n", name, line, f.Message)
		}
		if len(failures) > 0 {
			d.failed++
		}
	}
	after := doctest.Replace(text, found, blocks)
	if after == text {
		return nil
	}
	fmt.Fprintln(d.stdout, name+": updated")
	return os.WriteFile(name, []byte(after), 0o644)
}

// reader reads the scenario files that a document names: on its own site, as a
// browser would.
func reader(root *os.Root, document string) doctest.ReadFile {
	return func(src string) (string, error) {
		address, err := url.Parse(src)
		if err != nil || address.Scheme != "" || address.Host != "" || address.Path == "" {
			return "", errors.New("src is “" + src + "”, which is neither a link with #s= nor a file of this site; doctest asks no server")
		}
		name, absolute := strings.CutPrefix(address.Path, "/")
		if !absolute {
			folder, err := seenFrom(root.Name(), filepath.Dir(document))
			if err != nil {
				return "", err
			}
			name = path.Join(filepath.ToSlash(folder), name)
		}
		name = path.Clean(name)
		text, err := readBelow(root, name)
		if err != nil {
			return "", fmt.Errorf("src is “%s”, and %s has no file %s; --root says where the site begins", src, root.Name(), name)
		}
		return text, nil
	}
}

func readBelow(root *os.Root, name string) (string, error) {
	file, err := root.Open(filepath.FromSlash(name))
	if err != nil {
		return "", err
	}
	defer file.Close()
	text, err := io.ReadAll(io.LimitReader(file, scenario.MaxSize+1))
	return string(text), err
}

// seenFrom is the way from one folder to another.
func seenFrom(from, folder string) (string, error) {
	a, err := filepath.Abs(from)
	if err != nil {
		return "", err
	}
	b, err := filepath.Abs(folder)
	if err != nil {
		return "", err
	}
	return filepath.Rel(a, b)
}
