package redact

import (
	"fmt"
	"slices"
	"strings"

	"why403/engine/answer"
	"why403/engine/scenario"
)

// What is redacted and judged to find what has to stay: maxTries files at most,
// and about maxJudged bytes of them; none where that is only a few. A step of a
// decision, and a request, take as long as so many bytes, and a byte as long as
// stepsOfByte steps of [engine.Check.Work].
const (
	maxTries   = 300
	fewTries   = 4
	maxJudged  = 2 << 20
	perStep    = 1 << 9
	perRequest = 1 << 12

	stepsOfByte = 1 << 5
)

// most is how many tries a file has.
func (s *search) most() int {
	one := 2*s.size + s.before.Steps*perStep + len(s.file.Requests)*perRequest + s.work/stepsOfByte
	return min(maxTries, maxJudged/one)
}

// search looks for the fewest names that have to stay.
type search struct {
	file   *scenario.File
	size   int // of its text
	work   int // see scenario.File.Work
	before *known
	kept   map[string]string
	tries  int
}

// keep finds names that have to stay for the proof to hold: one alone where one
// is enough, else a set of which none can be left out.
func (s *search) keep(first *try) *try {
	if s.most() < fewTries {
		return first
	}
	var all []string
	listed := map[string]bool{}
	for _, name := range first.names.order {
		small := strings.ToLower(name)
		if first.names.tokens[name].times > 0 && !listed[small] {
			listed[small] = true
			all = append(all, small)
		}
	}
	why := first.proof.Differs
	if t := s.with(all, why); !t.proof.Proved {
		s.kept = map[string]string{}
		return first // it is not about names
	}
	needed := s.least(all, why)
	t := s.with(needed, why)
	if !t.proof.Proved {
		return s.with(all, why)
	}
	return t
}

// with redacts with these names kept.
func (s *search) with(names, why []string) *try {
	s.kept = map[string]string{}
	for _, name := range names {
		s.kept[name] = because(why)
	}
	return s.attempt()
}

func because(why []string) string {
	if len(why) == 0 {
		return ""
	}
	if len(why) == 1 {
		return "with a stand-in, this would change: " + why[0]
	}
	return fmt.Sprintf("with a stand-in, this would change: %s, and %d more", why[0], len(why)-1)
}

// least is a set of names without which the proof fails: of one name where there
// is one, else none of it can be left out, as far as maxTries lets it look.
func (s *search) least(all, why []string) []string {
	if len(all) <= s.most()/3 {
		for _, name := range all {
			if s.with([]string{name}, why).proof.Proved {
				return []string{name}
			}
		}
	}
	needed := all
	for size := (len(needed) + 1) / 2; size > 0; size /= 2 {
		for at := 0; at < len(needed) && s.tries < s.most(); {
			less := slices.Delete(slices.Clone(needed), at, min(at+size, len(needed)))
			if s.with(less, why).proof.Proved {
				needed = less
			} else {
				at += size
			}
		}
	}
	return needed
}

// withWants writes a redacted file with its wanted answers: the outcomes as they
// were, and what follows them anew.
func (s *search) withWants(out *scenario.File) string {
	for i := range out.Sections {
		if w := &out.Sections[i]; isWant(w.Name) {
			w.Text = wanted(w.Text) + "\n"
		}
	}
	text := out.Format()
	long := map[string]bool{}
	for _, w := range s.file.Sections {
		if isWant(w.Name) && strings.Count(strings.TrimSpace(w.Text), "\n") > 0 {
			long[w.Name] = true
		}
	}
	if len(long) == 0 {
		return text
	}
	f := scenario.ParseWith(s.file.Catalogue, text)
	if len(f.Requests) != len(s.file.Requests) {
		return text // what could not be read now can be, or the other way: the proof says so
	}
	for i, a := range answer.File(f) {
		lines, has := f.Want(a.Request)
		of := s.file.Requests[i].Section
		if has && len(lines) > 0 && lines[0] == a.Outcome.String() && long["want"+strings.TrimPrefix(of, "request")] {
			f.SetWant(a.Request, a.Lines())
		}
	}
	return f.Format()
}

func isWant(section string) bool { return section == "want" || strings.HasPrefix(section, "want/") }

// removed is what a redacted file does not have.
func removed(f *scenario.File) []string {
	out := []string{}
	if f.Title() != "" && f.Title() != Title {
		out = append(out, "the title")
	}
	if strings.TrimSpace(f.Notes()) != strings.TrimSpace(strings.TrimPrefix(comment(f.Comment), Title)) {
		out = append(out, "the notes, but for links to AWS's documentation")
	}
	return out
}

// look is what a reader has to judge.
func look(f *scenario.File, n *names) []string {
	out := []string{"Actions, operators, condition keys, Regions, services, dates, numbers in comparisons, and single letters and digits " +
		"stay."}
	if hasError(f) {
		out = append(out, "AWS's message: words that AWS itself writes stay, all others are replaced. Read it once.")
	}
	return out
}
