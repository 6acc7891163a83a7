// Package scenario reads and writes scenario files: one text that holds a
// request, the policies around it, and the answer that is wanted.
//
// The format is txtar: a comment, then sections that each begin with a line
// "-- NAME --". Policies stand in it exactly as they were pasted.
package scenario

import (
	"strconv"
	"strings"

	"why403/engine"
	"why403/engine/catalogue"
	"why403/engine/policy"
)

// MaxSize is the longest scenario file that is read, in bytes: a world of some
// thousand entities. One policy is at most policy.MaxSize long.
const MaxSize = 4 << 20

// MaxImport is the longest text that is taken into a scenario, in bytes.
const MaxImport = 32 << 20

// File is a scenario file. Comment and Sections hold its text to the byte;
// Requests is what they mean.
type File struct {
	Comment  string
	Sections []Section
	Requests []Request
	Problems []policy.Problem

	Catalogue catalogue.Catalogue // nil where none was given

	text     string   // the file as it was read, "" for one that was not
	errors   int      // all of them, kept in Problems or not
	own      attached // what stands outside the folders
	entities []*entity
	accounts []*account12
	folders  map[string]*attached
	index    map[string]int // of Sections, by name; made by find
	byARN    map[string]*entity
	headers  *engine.Compiled // the keys that have an alias, with nothing attached
	resource string           // what resource.json belongs to, "" for nothing
	key      string           // what grants without a KeyId are on, "" for nothing
	several  bool             // the requests are for several resources that can have a policy
	before   Kept             // the policies of the version before
	kept     Kept
	others   *File          // the version before, where one request alone is judged, and
	asked    string         // its section; nil and "" where all are
	requests map[string]int // of Requests, by section; made by requestAt
	said     map[string]bool
}

// Section is one section of a file.
type Section struct {
	Marker string // the line "-- NAME --" with its line ending
	Name   string
	Text   string
	Line   int // of the marker, from 1

	at    int // the first byte of the marker in the file
	order int // among the sections
}

// Parse reads a scenario file. It never fails: what is wrong is in Problems,
// and what could be read is there beside it.
func Parse(text string) *File { return ParseWith(nil, text) }

// ParseWith is [Parse], with what AWS's reference says of its actions. What
// reads the file again, such as a fix, uses the same.
func ParseWith(c catalogue.Catalogue, text string) *File { return Kept(nil).Parse(c, text) }

func (f *File) parse() {
	if len(f.text) > MaxSize {
		f.problem("", policy.Span{}, "too-large",
			"This scenario is longer than 4 MiB, and is not read. Remove what does not count for the request.")
		return
	}
	if f.longNames() || f.manySections() {
		return
	}
	if f.readRequests(); len(f.Requests) > MaxStatements/perRequest {
		f.tooManyRequests()
		return
	}
	f.readHeaders()
	f.findResource()
	f.readSections()
	f.buildWorlds()
	if len(f.Requests) == 0 && !policy.Errors(f.Problems) {
		f.problem("", policy.Span{}, "missing-request", "There is no request section. Add \"-- request --\" with principal, action and resource.")
	}
	f.checkWork()
}

// maxName is the longest name of a section, in bytes. Each problem, statement and
// answer tells it again: a long one would make them take its square.
const maxName = 500

// longNames reports sections whose name is too long. Nothing is read then.
func (f *File) longNames() (found bool) {
	for i := range f.Sections {
		if s := &f.Sections[i]; len(s.Name) > maxName {
			f.markerProblem(s, "long-name",
				"The name of this section has "+strconv.Itoa(len(s.Name))+" bytes; it may have "+strconv.Itoa(maxName)+".")
			found = true
		}
	}
	return found
}

// MaxSections is how many sections are read: a world of some thousand entities with
// their policies. Each costs more to read than its bytes tell.
const MaxSections = 1 << 14

// manySections reports a file of more sections. Nothing is read then.
func (f *File) manySections() bool {
	if len(f.Sections) <= MaxSections {
		return false
	}
	f.markerProblem(&f.Sections[MaxSections], "too-many-sections", "This scenario has "+strconv.Itoa(len(f.Sections))+" sections; at most "+
		strconv.Itoa(MaxSections)+" are read. Remove what does not count for the request.")
	return true
}

// MaxStatements is how many statements, grants and entries of ACLs are judged for all
// requests of a file together. Without a bound, a file of many short requests and many short
// statements would take all memory to explain. A request by itself, with all that
// its call makes AWS ask, takes the time of perRequest statements, and what judges it
// counts for each of checksOfCall. Each further resource of it takes that of perResource,
// and is judged once more. One request on one resource has no such bound.
//
// MaxWork bounds the time: how many steps the requests of a file take together,
// see [engine.Check.WholeWork]. It is some hundred times what policies in use come to,
// and half a second in WebAssembly. MaxSearch bounds what it takes to find what they
// depend on where not all is known: each request has its share.
const (
	MaxStatements = 1 << 16
	perRequest    = 1 << 6
	perResource   = 1 << 4
	checksOfCall  = 3 // a call rarely makes more: sts:AssumeRole with tags and a source identity does

	freeKeys   = 1 << 4 // of the context: usual requests have no more
	perKey     = 1 << 1
	MaxWork    = 1 << 26
	perFurther = 4 // further requests and resources are judged more often than the steps tell
	MaxSearch  = 1 << 26
)

// tooManyRequests refuses a file, and drops its requests: they have no world.
func (f *File) tooManyRequests() {
	f.problem("", policy.Span{}, "too-many-requests",
		"These are too many requests, or resources, for so many statements and entities. Ask fewer things at once.")
	f.Requests = nil
}

// Statements is how much of [MaxStatements] a request takes. What a pattern covers is
// judged as further resources, but for what is beyond [engine.MaxParts]; all of it
// takes its place in the world of the request. Keys of the context, which tags are too,
// are carried from check to check.
func (r *Request) Statements() int {
	c := r.Check
	n := len(c.Grants) + len(c.ACLs) + perKey*max(c.Context.Len()-freeKeys, 0)
	for _, p := range c.Policies {
		n += p.Size()
	}
	return perRequest + checksOfCall*n + (perResource+n)*(len(r.Resources)-1+min(r.covered, engine.MaxParts)) + r.covered
}

// Statements is how much of [MaxStatements] the requests of the file take together.
func (f *File) Statements() (n int) {
	for i := range f.Requests {
		if r := &f.Requests[i]; r.Check != nil {
			n += r.Statements()
		}
	}
	return n
}

// Work is how many steps it takes to judge the requests of the file, once each, see
// [engine.Check.WholeWork].
func (f *File) Work() (n int) {
	for i := range f.Requests {
		if r := &f.Requests[i]; r.Check != nil {
			n += r.Check.WholeWork() * len(r.Resources)
		}
	}
	return n
}

func (f *File) checkWork() {
	work, most, heaviest := 0, 0, (*engine.Check)(nil)
	for i := range f.Requests {
		c := f.Requests[i].Check
		if c == nil {
			continue
		}
		n := c.WholeWork()
		if n > most {
			most, heaviest = n, c
		}
		if work += n * len(f.Requests[i].Resources); most+perFurther*(work-most) > MaxWork {
			section, span := heaviest.Heaviest()
			f.problem(section, span, "too-many-patterns",
				"The values of the policies and of the requests are too many, or too long, to hold each against each other; most of it is here. "+
					"Remove what does not count for the requests: patterns with \"?\" between two \"*\", variables with long values, set operators over "+
					"many values.")
			return
		}
	}
}

// Format gives the text of the file back: Format(Parse(x)) is x.
func (f *File) Format() string {
	size := len(f.Comment)
	for i := range f.Sections {
		size += len(f.Sections[i].Marker) + len(f.Sections[i].Text)
	}
	var b strings.Builder
	b.Grow(size)
	b.WriteString(f.Comment)
	for _, s := range f.Sections {
		b.WriteString(s.Marker)
		b.WriteString(s.Text)
	}
	return b.String()
}

// Title is the first line of the comment.
func (f *File) Title() string {
	title, _, _ := strings.Cut(f.Comment, "\n")
	return strings.TrimSpace(title)
}

// Notes is the comment without its title.
func (f *File) Notes() string {
	_, notes, _ := strings.Cut(f.Comment, "\n")
	return strings.TrimSpace(notes)
}

// Section gives the text of a section.
func (f *File) Section(name string) (text string, ok bool) {
	for i := range f.Sections {
		if f.Sections[i].Name == name {
			return f.Sections[i].Text, true
		}
	}
	return "", false
}

// Start is where the text of a section begins in the file, in bytes: 0 for "", the
// whole file, and for a section that is not there.
func (f *File) Start(section string) int {
	if s := f.find(section); s != nil {
		return s.at + len(s.Marker)
	}
	return 0
}

// Text is what the spans of problems in a section count in: the text of the
// section, or of the whole file for the name "".
func (f *File) Text(section string) string {
	if section == "" && f.text != "" {
		return f.text // putting it together again for each problem would take its square
	}
	if section == "" {
		return f.Format()
	}
	text, _ := f.Section(section)
	return text
}

// Texts is [File.Text] for many sections: they are looked up in no more time
// than one is looked for.
func (f *File) Texts() func(section string) string {
	at := make(map[string]int, len(f.Sections))
	for i := len(f.Sections) - 1; i >= 0; i-- {
		at[f.Sections[i].Name] = i
	}
	return func(section string) string {
		if i, ok := at[section]; ok {
			return f.Sections[i].Text
		}
		return f.Text(section)
	}
}

// Errors reports whether anything in the file leaves its meaning open.
func (f *File) Errors() bool { return policy.Errors(f.Problems) }

//go:noinline
func (f *File) problem(section string, span policy.Span, code, message string) {
	f.report(policy.Problem{Section: section, Span: span, Code: code, Message: message})
}

func (f *File) warn(section string, span policy.Span, code, message, doc string) {
	f.report(policy.Problem{Section: section, Span: span, Severity: policy.Warning, Code: code, Message: message, Doc: doc})
}

// report keeps problems, as many as are reported for one text. Errors have
// room beside the warnings.
func (f *File) report(problems ...policy.Problem) {
	for _, p := range problems {
		if p.Severity == policy.Error {
			f.errors++
		}
		n := len(f.Problems)
		if n < policy.MaxProblems || p.Severity == policy.Error && n < 2*policy.MaxProblems {
			f.Problems = append(f.Problems, p)
		}
	}
}

// Split cuts a text at the lines that begin its sections, and reads nothing of
// what they say: Comment and Sections are all that the file has.
func Split(text string) *File {
	f := &File{text: text}
	if n := strings.Count(text, "\n-- "); n > 0 {
		f.Sections = make([]Section, 0, n+1)
	}
	piece := &f.Comment // what the lines at hand belong to
	start, at, line := 0, 0, 0
	for at < len(text) {
		end := len(text)
		if i := strings.IndexByte(text[at:], '\n'); i >= 0 {
			end = at + i + 1
		}
		line++
		if name, ok := marker(text[at:end]); ok {
			*piece = text[start:at]
			f.Sections = append(f.Sections, Section{Marker: text[at:end], Name: name, Line: line, at: at})
			piece, start = &f.Sections[len(f.Sections)-1].Text, end
		}
		at = end
	}
	*piece = text[start:]
	return f
}

// marker reads a line "-- NAME --".
func marker(line string) (name string, ok bool) {
	line = strings.TrimRight(line, "\r\n")
	name, ok = strings.CutPrefix(line, "-- ")
	if !ok {
		return "", false
	}
	name, ok = strings.CutSuffix(name, " --")
	name = strings.TrimSpace(name)
	return name, ok && name != ""
}
