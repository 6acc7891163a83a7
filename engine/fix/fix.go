// Package fix finds, for a request that is denied, the changes that would let
// it in: to the request itself, to a statement that nearly matches, to what
// denies it, or new statements and grants.
//
// What it proposes was decided by the engine. A Fix is texts of sections with
// which the same file, read anew, allows the request; what became of the other
// requests of the file stands beside it. Fixes that keep every guard come
// first, and what a fix loosens is said in words.
package fix

import (
	"why403/engine"
	"why403/engine/answer"
	"why403/engine/policy"
	"why403/engine/scenario"
)

// Kind is what a fix changes.
type Kind uint8

// The kinds.
const (
	ChangeRequest  Kind = iota // what the request says, or a fact about whom or what it is about
	MendStatement              // an Allow that nearly matches
	AddStatement               // a statement, or the first policy of a type
	AddGrant                   // a KMS grant
	LiftDeny                   // a Deny that matches
	SeveralChanges             // more than one of these, where one is not enough
)

func (k Kind) String() string {
	return [...]string{"change the request", "mend a statement", "add a statement", "add a grant", "lift a deny", "several changes"}[k]
}

// Fix is a change that lets a request in.
type Fix struct {
	Request string // its name
	Kind    Kind
	Title   string   // what to do, as a heading
	Steps   []string // the title of each change, in order
	Loosens []string // what it gives beyond the request, sentences; nil where nothing
	Notes   []string // what else to know of it, sentences
	Owner   string   // who alone can make it, "" where the file does not tell
	Letter  string   // what to send to the owner, "" without one
	Edits   []Edit   // at least one; the sections in the order of their first change
	Results []Result // of every request of the file
	Traits  Traits   // why it stands where it stands
}

// Edit is the new text of a section.
type Edit struct {
	Section string
	Old     string // "" for a section that is new
	Text    string
}

// Result is what became of a request of the file.
type Result struct {
	Request       string
	Before, After engine.Outcome
}

// Found is the fixes of one request, the best first; where there are none, why
// not, in sentences. Both are empty for a request that is allowed.
type Found struct {
	Fixes  []Fix
	Reason string
}

// MaxReread is how many bytes of candidates are read anew for one request. A
// file of a few kilobytes, as they are in use, needs a fraction of it. MaxAll is
// how many it is for all requests of a file, which share it; but each has a few
// tries until all is used. Likewise roomForOne and roomForAll are how many bytes of
// policies changes are made of: each is read as it was made.
const (
	MaxReread  = 1 << 20
	MaxAll     = 4 * MaxReread
	roomForOne = 4 * MaxReread
	roomForAll = 2 * roomForOne
	fewTries   = 8
)

// perStatement is how many bytes are read in the time that a request takes to read, or to
// judge, for each of its [scenario.Request.Statements], perOther in that of one that is
// neither read nor judged, and stepsPerByte how many steps of judging in that of one byte.
const (
	perStatement = 1 << 4
	perOther     = 1 << 7
	stepsPerByte = 4
)

// MaxFixes is how many fixes one request has at most.
const MaxFixes = 5

// Of finds the fixes of one request of a file. A file with errors has none.
func Of(file *scenario.File, request int) Found {
	s := In(file)
	s.asked = len(file.Requests) // the others are not
	return s.Of(request)
}

// Search finds the fixes of one request after the other. Those that have many
// requests before them may get fewer tries.
type Search struct {
	file   *scenario.File
	left   int              // of MaxAll
	room   int              // of roomForAll
	read   int              // what it takes to read all requests, in bytes
	work   int              // and to judge them
	asked  int              // requests so far
	before []*answer.Judged // each request as the file is, nil where that was not needed yet
}

// In begins a search in a file.
func In(file *scenario.File) *Search {
	s := &Search{file: file, left: MaxAll, room: roomForAll, before: make([]*answer.Judged, len(file.Requests))}
	for i := range file.Requests {
		if r := &file.Requests[i]; r.Check != nil {
			s.read += perStatement * r.Statements()
			s.work += perStatement*r.Statements() + r.Check.WholeWork()*len(r.Resources)/stepsPerByte
		}
	}
	return s
}

// Answered is [In] a file of which there are answers already.
func Answered(file *scenario.File, answers []answer.Answer) *Search {
	s := In(file)
	for i := range answers {
		j := answers[i].Judged()
		s.before[i] = &j
		s.work += j.Searched() / stepsPerByte
	}
	return s
}

// Of is as [Of].
func (s *Search) Of(request int) Found {
	if s.file.Errors() {
		return Found{Reason: "The file has errors: what it means is open."}
	}
	text := s.file.Text("")
	share, room := s.share(s.left, s.tryCost(text)), min(s.share(s.room, len(text)), roomForOne)
	s.asked++
	f := finder{search: s, file: s.file, index: request, left: MaxReread, share: share, room: room}
	found := f.find()
	s.left -= share - f.share
	s.room -= room - f.room
	return found
}

// share is how much of what is left the next request gets, where one try takes so much.
func (s *Search) share(left, one int) int {
	return min(left, max(left/max(len(s.file.Requests)-s.asked, 1), fewTries*one))
}

// judged is what a request comes to as the file is.
func (s *Search) judged(request int) *answer.Judged {
	if s.before[request] == nil {
		j := answer.Judge(&s.file.Requests[request])
		s.before[request] = &j
		s.work += j.Searched() / stepsPerByte
	}
	return s.before[request]
}

// Outcome is what a request comes to as the file is.
func (s *Search) Outcome(request int) engine.Outcome { return s.judged(request).Outcome }

// after is a file of which one request was judged, with all of them; nil where it is
// worse for the others.
func (s *Search) after(one *scenario.File) *scenario.File {
	if len(s.file.Requests) == 1 {
		return one
	}
	all := s.file.Again(one.Text(""))
	if worse(s.file, all) {
		return nil
	}
	return all
}

// tryCost is what it takes to read a file anew and to judge one request of it, in bytes.
func (s *Search) tryCost(text string) int {
	requests := len(s.file.Requests)
	return len(text) + perOther*(requests-1) + (s.read+s.work)/max(requests, 1)
}

// cost is what it takes to read a file anew and to judge all requests of it, in bytes.
func (s *Search) cost(text string) int { return len(text) + s.read + s.work }

// All is [Of] for each request of a file, in order. While the file has errors
// there are none.
func All(file *scenario.File) []Found {
	if file.Errors() {
		return nil
	}
	out, s := make([]Found, len(file.Requests)), In(file)
	for i := range out {
		out[i] = s.Of(i)
	}
	return out
}

// Apply is the text of the file with the fix.
func (x *Fix) Apply(file *scenario.File) string {
	for _, e := range x.Edits {
		file = scenario.Split(withSection(file, e.Section, e.Text))
	}
	return file.Format()
}

// withSection is the text of a file with another text of a section, which
// becomes its last where there is none of the name.
func withSection(file *scenario.File, name, section string) string {
	text, at := file.Format(), len(file.Comment)
	for i := range file.Sections {
		s := &file.Sections[i]
		at += len(s.Marker)
		if s.Name == name {
			return text[:at] + section + text[at+len(s.Text):]
		}
		at += len(s.Text)
	}
	if text != "" && text[len(text)-1] != '\n' {
		text += "\n"
	}
	return text + "-- " + name + " --\n" + section
}

// typeOf is the type of the policy in a section, as a check has it.
func typeOf(c *engine.Check, section string) (policy.Type, bool) {
	for _, p := range c.Policies {
		if p.Name == section {
			return p.Type, true
		}
	}
	return 0, false
}
