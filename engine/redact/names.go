package redact

import (
	"maps"
	"slices"
	"strings"
	"unicode"

	"why403/engine/policy"
)

// token is a name as it was first written, without separators and wildcards.
type token struct {
	old   string
	class Class
	hex   bool
	times int
	now   string // its stand-in, "" before it is asked for
}

// fragment is what a pattern has of a name: it may be a part of longer ones.
type fragment struct{ before, after bool } // a wildcard, or a variable, stands before or after it

// names maps the names of one file to stand-ins.
type names struct {
	file       resources
	kept       map[string]string // names that stay, in small letters, and why
	collecting bool
	tokens     map[string]*token // by the name as it is written
	order      []string
	fragments  map[string]fragment // in small letters
	sorted     []string            // those; see cuts
	typed      map[string]bool     // keys whose values are compared as numbers, times or Booleans
	standIns   map[string]string   // of atoms in small letters, and of hex and numbers
	mixed      map[string][]string // spellings of mixed case for each atom
	counts     map[string]int
	addresses  *addresses
	taken      map[string]bool         // words that the file itself has
	tried      int                     // how many times a pattern was held against a word
	json       map[string]*policy.Node // of sections, by their texts; nil where one is no JSON
	looked     int                     // how many bytes were looked at for hosts
}

func newNames(r resources, kept map[string]string) *names {
	return &names{file: r, kept: kept, collecting: true, tokens: map[string]*token{}, fragments: map[string]fragment{},
		typed: map[string]bool{}, standIns: map[string]string{}, mixed: map[string][]string{}, counts: map[string]int{},
		addresses: newAddresses(), taken: map[string]bool{}, json: map[string]*policy.Node{}}
}

// name maps one name, or notes it.
func (n *names) name(s string, class Class, hex bool) string {
	if n.collecting {
		n.note(s, class, hex)
		return s
	}
	t := n.tokens[s]
	if t == nil {
		return s
	}
	if t.times++; t.now == "" {
		t.now = n.standIn(s)
	}
	return t.now
}

func (n *names) note(s string, class Class, hex bool) {
	t := n.tokens[s]
	if t == nil {
		t = &token{old: s, class: class}
		n.tokens[s] = t
		n.order = append(n.order, s)
		n.taken[strings.ToLower(s)] = true
	}
	t.hex = t.hex || hex
	if class == Account || class == ID {
		t.class = class
	}
}

// standIn is what stands for a name.
func (n *names) standIn(s string) string {
	if _, kept := n.kept[strings.ToLower(s)]; kept {
		return s
	}
	t := n.tokens[s]
	if t.class == Address {
		return n.addresses.standIn(s)
	}
	atoms := n.atoms(s)
	if len(atoms) == 1 {
		return n.whole(t)
	}
	var b strings.Builder
	for _, a := range atoms {
		b.WriteString(n.atom(a))
	}
	return b.String()
}

// whole is the stand-in of a name that no pattern takes apart.
func (n *names) whole(t *token) string {
	switch {
	case t.class == Account:
		return n.once("account", t.old, accountNumber)
	case t.class == ID && uniqueID.is(t.old):
		return t.old[:4] + n.once("unique", t.old, func(i int) string { return padded(i+1, len(t.old)-4, 10) })
	case t.hex:
		return n.once("hex"+padded(len(t.old), 3, 10), t.old, func(i int) string { return padded(i+1, len(t.old), 16) })
	case t.class == Number && len(t.old) < 19:
		return n.once("number"+padded(len(t.old), 3, 10), t.old, func(i int) string { return "1" + padded(i, len(t.old)-1, 10) })
	}
	return n.atom(t.old)
}

// once gives each name of a kind the next stand-in of that kind.
func (n *names) once(kind, name string, make func(int) string) string {
	key := kind + " " + name
	if n.standIns[key] == "" {
		n.standIns[key] = n.next(kind, name, make)
	}
	return n.standIns[key]
}

// next is the next stand-in that the file does not have for something else.
func (n *names) next(kind, name string, make func(int) string) string {
	for {
		made := make(n.counts[kind])
		n.counts[kind]++
		if !n.taken[made] || made == strings.ToLower(name) {
			return made
		}
	}
}

// atom is the stand-in of a name, or of a part of one. One letter tells nothing.
// What has characters that AWS refuses in policies has one in its stand-in too.
func (n *names) atom(s string) string {
	if len(s) == 1 {
		return s
	}
	small := strings.ToLower(s)
	if strings.ContainsFunc(s, func(r rune) bool { return r > unicode.MaxLatin1 }) {
		return n.once("word", small, word) + "ł"
	}
	w := n.once("word", small, word)
	return styled(w, s, func() int {
		if !slices.Contains(n.mixed[small], s) {
			n.mixed[small] = append(n.mixed[small], s)
		}
		return slices.Index(n.mixed[small], s)
	})
}

// atoms takes a name apart at all that patterns have of it.
func (n *names) atoms(s string) []string {
	parts := []string{s}
	for again := true; again; {
		again = false
		for i, p := range parts {
			if at := n.cut(p, i == 0, i == len(parts)-1); at > 0 {
				parts = slices.Replace(parts, i, i+1, p[:at], p[at:])
				again = true
				break
			}
		}
	}
	return parts
}

// cut is where a part is to be taken apart, 0 for nowhere. The longest fragments
// come first, so that each name is cut in one way only.
func (n *names) cut(p string, first, last bool) int {
	small := strings.ToLower(p)
	if len(small) != len(p) {
		return 0
	}
	for _, f := range n.cuts(small) {
		if len(f) >= len(p) {
			continue
		}
		side := n.fragments[f]
		at := strings.Index(small, f)
		switch {
		case at < 0:
		case at == 0 && (side.after || !first):
			return len(f)
		case strings.HasSuffix(small, f) && (side.before || !last):
			return len(p) - len(f)
		case side.before && side.after && at > 0:
			return at
		}
	}
	return 0
}

// cuts is the fragments that a part may have, the shortest last. A short part is
// looked at piece by piece where there are more fragments than pieces.
func (n *names) cuts(small string) []string {
	if len(small)*len(small) < len(n.fragments) {
		var out []string
		for start := range small {
			for end := start + 1; end <= len(small); end++ {
				if _, ok := n.fragments[small[start:end]]; ok {
					out = append(out, small[start:end])
				}
			}
		}
		sortCuts(out)
		return slices.Compact(out)
	}
	if len(n.sorted) != len(n.fragments) {
		n.sorted = slices.Collect(maps.Keys(n.fragments))
		sortCuts(n.sorted)
	}
	return n.sorted
}

func sortCuts(fragments []string) {
	slices.SortFunc(fragments, func(a, b string) int {
		if len(a) != len(b) {
			return len(b) - len(a)
		}
		return strings.Compare(a, b)
	})
}

// list is every replacement, in the order of the file.
func (n *names) list(kept map[string]string) []Replacement {
	out := make([]Replacement, 0, len(n.order))
	for _, s := range n.order {
		t := n.tokens[s]
		why, stays := kept[strings.ToLower(s)]
		if t.times == 0 {
			continue
		}
		if stays || t.now != s {
			out = append(out, Replacement{Class: t.class, Old: s, New: t.now, Times: t.times, Kept: stays, Why: why})
		}
	}
	return out
}

// isWordRune reports whether a name can have a character: a letter or a digit, and
// whatever is neither ASCII, nor space, nor punctuation.
func isWordRune(r rune) bool {
	return unicode.IsLetter(r) || unicode.IsDigit(r) || r > unicode.MaxASCII && !unicode.IsSpace(r) && !unicode.IsPunct(r)
}
