package main

import (
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"why403/engine/embed/doctest"
	"why403/engine/scenario"
)

// docTest is a run of doctest.
type docTest struct {
	*app
	update                bool
	found, failed, unread int // documents that were not read, scenarios otherwise
	pages                 int // that were opened, or are to be
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
	if d.found == 0 && d.unread == 0 && !*allowNone {
		fmt.Fprintln(a.stdout, "None was found. If none is what you want, say --allow-none.")
		return exitProblems
	}
	if d.failed > 0 || d.unread > 0 {
		return exitProblems
	}
	return exitOK
}

// below tests the documents of a folder, or one document. The site's root is
// the folder, if none is given.
func (d *docTest) below(arg, site string) error {
	names, err := d.documents(arg)
	if err != nil {
		return err
	}
	folder := arg
	if slices.Equal(names, []string{arg}) {
		folder = filepath.Dir(arg)
	}
	if site == "" {
		site = folder
	}
	root, err := os.OpenRoot(site)
	if err != nil {
		return err
	}
	defer root.Close()
	own, err := os.OpenRoot(folder)
	if err != nil {
		return err
	}
	defer own.Close()
	for _, name := range names {
		text, encoding, err := readDocument(name, own, root)
		if err != nil {
			d.notRead(name, err)
			continue
		}
		if err := d.document(name, text, encoding, root); err != nil {
			return err
		}
	}
	return nil
}

// otherFolders hold nobody's own documents.
var otherFolders = map[string]bool{"node_modules": true, ".git": true}

// walk is the system's, but for tests: nobody keeps a folder from its superuser.
var walk = filepath.WalkDir

// documents lists those of a folder, or the one that is named. A folder in there
// that can't be read hides some: it counts as not read itself.
func (d *docTest) documents(arg string) ([]string, error) {
	info, err := os.Stat(arg)
	if err != nil || !info.IsDir() {
		if err == nil && !doctest.Reads(arg) {
			err = fmt.Errorf("%s is not a document that doctest reads: HTML, Markdown, MDX or reStructuredText", arg)
		}
		return []string{arg}, err
	}
	var names []string
	err = walk(arg, func(name string, entry fs.DirEntry, err error) error {
		switch {
		case err != nil && name == arg:
			return err
		case err != nil:
			d.notRead(name, errors.Unwrap(err))
		case entry.IsDir() && otherFolders[entry.Name()]:
			return fs.SkipDir
		case !entry.IsDir() && doctest.Reads(name):
			if d.pages++; d.pages > maxPages {
				return errTooManyPages
			}
			names = append(names, name)
		}
		return nil
	})
	return names, err
}

func (d *docTest) notRead(name string, err error) {
	d.unread++
	d.say(name + ": was not read: " + err.Error())
}

// say prints a line. Names of files and what stands in documents are somebody
// else's: characters that a terminal, or whoever reads the lines, would obey are
// written as escapes.
func (d *docTest) say(line string) {
	var out strings.Builder
	for _, c := range line {
		if c == utf8.RuneError || unicode.IsControl(c) || unicode.Is(unicode.Cf, c) || c == '\u2028' || c == '\u2029' {
			out.WriteString(strings.Trim(strconv.QuoteRuneToASCII(c), "'"))
			continue
		}
		out.WriteRune(c)
	}
	fmt.Fprintln(d.stdout, out.String())
}

// maxDocument is the longest document that is read, in bytes, and maxBlocks how many
// scenarios one may have. maxPages is how many documents are opened: they take most of
// a second.
const (
	maxDocument = 16 << 20
	maxBlocks   = 1000
	maxPages    = 1 << 14
)

var (
	errTooMany      = fmt.Errorf("it has more than %d embedded scenarios; put them on several pages", maxBlocks)
	errTooManyPages = fmt.Errorf("there are more than %d documents; test some of the folders at a time", maxPages)
	errTooLong      = fmt.Errorf("it is longer than %d MiB", maxDocument>>20)
	errOutside      = errors.New("it is a link that leads out of the folder; --root says where the site begins")
)

// readDocument reads a document. It may be a symbolic link to another place in
// one of these folders.
func readDocument(name string, folders ...*os.Root) (text string, e encoding, err error) {
	if err := regular(os.Stat(name)); err != nil {
		return "", e, err
	}
	bytes := ""
	for _, folder := range folders {
		var below string
		if below, err = seenFrom(folder.Name(), name); err == nil && filepath.IsLocal(below) {
			if bytes, err = readBelow(folder, below, maxDocument); err == nil {
				break
			}
		}
	}
	switch {
	case err != nil && strings.HasSuffix(err.Error(), "path escapes from parent"): // os.Root has no name for it
		return "", e, errOutside
	case err != nil:
		return "", e, err
	case len(bytes) > maxDocument:
		return "", e, errTooLong
	}
	return decode(bytes)
}

// document tests one document, and rewrites what failed in it.
func (d *docTest) document(name, text string, encoding encoding, root *os.Root) error {
	found := doctest.Find(name, text)
	if len(found) > maxBlocks {
		d.notRead(name, errTooMany)
		return nil
	}
	blocks := make([]string, len(found))
	lines := lineCounter{text: text}
	for i := range found {
		d.found++
		file, failures := found[i].Check(reader(root, name))
		if len(failures) > 0 && file != nil && d.update {
			var err error
			if blocks[i], err = found[i].Render(file); err == nil {
				continue
			}
			failures = append(failures, doctest.Failure{At: found[i].Start, Message: "this scenario " + err.Error()})
		}
		for _, f := range failures {
			d.say(name + ":" + strconv.Itoa(lines.at(f.At)) + ": " + f.Message)
		}
		if len(failures) > 0 {
			d.failed++
		}
	}
	after := doctest.Replace(text, found, blocks)
	if after == text {
		return nil
	}
	d.say(name + ": updated")
	return replace(name, encoding.encode(after))
}

// lineCounter gives the lines of places, which mostly come in order.
type lineCounter struct {
	text       string
	from, line int
}

func (l *lineCounter) at(place int) int {
	if place < l.from {
		l.from, l.line = 0, 0
	}
	l.line += strings.Count(l.text[l.from:place], "\n")
	l.from = place
	return l.line + 1
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
		text, err := readBelow(root, name, scenario.MaxSize)
		if err != nil {
			return "", fmt.Errorf("src is “%s”, and %s has no file %s; --root says where the site begins", src, root.Name(), name)
		}
		return text, nil
	}
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
