package scenario

import (
	"strings"

	"why403/engine"
	"why403/engine/catalogue"
	"why403/engine/condition"
	"why403/engine/policy"
)

// Kept is the policies of one file as they were read, by their sections. Of its
// next version, those that are the same to the byte need not be read again:
// while a person types, that is all but one.
type Kept map[string]*kept

// kept is one policy. All that it depends on is in it: name, type, level and
// text. Its spans count in the section, wherever in the file that is.
type kept struct {
	policy   *engine.Policy
	problems []policy.Problem
}

// Kept is the policies of this file, and of no other: what a version before had
// and this one has not is gone.
func (f *File) Kept() Kept { return f.kept }

// Document is the policy of a section as it was read, or nil.
func (f *File) Document(section string) *policy.Document {
	if k := f.kept[section]; k != nil {
		return k.policy.Document
	}
	return nil
}

// Parse is [ParseWith] for the next version of the file that these are of. The
// answer is that of [ParseWith], whatever the file was.
func (k Kept) Parse(c catalogue.Catalogue, text string) *File {
	f := Split(text)
	f.Catalogue, f.before = c, k
	f.parse()
	return f
}

// Again reads another version of this file, with the same catalogue.
func (f *File) Again(text string) *File { return f.kept.Parse(f.Catalogue, text) }

// AgainFor is [File.Again] for one request, by its index: it alone has a world and a
// check. The others, of the same text, are there as they were read: they tell what the
// sections outside of folders belong to. The request may have another text, and must not
// have another name.
func (f *File) AgainFor(text string, request int) *File {
	next := Split(text)
	next.Catalogue, next.before, next.others, next.asked = f.Catalogue, f.kept, f, f.Requests[request].Section
	next.parse()
	return next
}

// judged reports whether the world of a request is built.
func (f *File) judged(r *Request) bool { return f.others == nil || r.Section == f.asked }

// asBefore is a request as the version before has it, without its world.
func (f *File) asBefore(s *Section) *Request {
	if f.others == nil || s.Name == f.asked {
		return nil
	}
	i, ok := f.others.requestAt()[s.Name]
	if !ok {
		return nil
	}
	r := f.others.Requests[i]
	r.World, r.Check, r.Put = nil, nil, nil
	return &r
}

// requestAt is the index of each request, by its section.
func (f *File) requestAt() map[string]int {
	if f.requests == nil {
		f.requests = make(map[string]int, len(f.Requests))
		for i := range f.Requests {
			f.requests[f.Requests[i].Section] = i
		}
	}
	return f.requests
}

// read gives the policy of a section.
func (f *File) read(s *Section, t policy.Type, level int) *kept {
	k := f.before[s.Name]
	if k == nil || k.policy.Type != t || k.policy.Level != level || k.policy.Text != s.Text {
		name, text := s.Name, s.Text
		if f.before != nil {
			// A policy holds pieces of its text. As one that may outlive the file, it
			// must not hold the whole file: every section edited would keep one more.
			name, text = strings.Clone(name), strings.Clone(text)
		}
		k = readPolicy(name, t, level, text)
	}
	if f.kept == nil {
		f.kept = make(Kept, len(f.Sections))
	}
	f.kept[k.policy.Name] = k
	return k
}

// readPolicy reads a policy, and what is wrong with its conditions. Such a
// statement is still evaluated, so those are warnings.
func readPolicy(name string, t policy.Type, level int, text string) *kept {
	d, problems := policy.Parse(name, t, text)
	most := len(problems) + policy.MaxProblems // no file reports more warnings
	for i := range d.Statements {
		for _, p := range condition.Problems(name, d.Statements[i].Condition, d.Variables()) {
			if len(problems) < most {
				problems = append(problems, p)
			}
		}
	}
	return &kept{policy: engine.NewPolicy(d, level), problems: problems}
}
