package redact

import (
	"strings"
	"unicode/utf8"

	"why403/engine/catalogue"
	"why403/engine/network"
)

// resources knows which words of an ARN are AWS's.
type resources struct {
	catalogue.Catalogue
	forms map[string][][]string // of each service: see formsOf
}

// place is where a text stands.
type place struct {
	words map[string]bool // in small letters: words that stay there
	prose bool            // a sentence of AWS, not a value
}

var (
	value   = place{}
	subject = place{words: subjects}
	said    = place{words: message, prose: true}
)

// scanner reads a text and writes it anew, name by name.
type scanner struct {
	*names
	place
	text string
	at   int
	out  strings.Builder

	hostsAt [len(inHosts)]int // where each of inHosts stands next; -1 where nobody looked
}

// scan maps every name in a text.
func (n *names) scan(text string, where place) string {
	s := scanner{names: n, place: where, text: text, hostsAt: unlooked}
	for s.at < len(text) {
		s.step()
	}
	return s.out.String()
}

func (s *scanner) rest() string { return s.text[s.at:] }

// keep writes what stands next as it is.
func (s *scanner) keep(length int) {
	s.out.WriteString(s.text[s.at : s.at+length])
	s.at += length
}

func (s *scanner) put(length int, standIn string) {
	s.out.WriteString(standIn)
	s.at += length
}

// fresh reports whether no letter stands before: a name begins here.
func (s *scanner) fresh() bool {
	r, _ := utf8.DecodeLastRuneInString(s.text[:s.at])
	return s.at == 0 || !isWordRune(r)
}

func (s *scanner) step() {
	r, size := utf8.DecodeRuneInString(s.rest())
	switch {
	case variableLength(s.rest()) > 0:
		s.variable()
	case !isWordRune(r) && r != ':':
		s.keep(size)
	case s.fresh() && (s.arn() || s.known() || s.shaped()):
	case r == ':':
		s.keep(size)
	default:
		s.word()
	}
}

// arn writes the head of an ARN, and as much of its last part as AWS has words for.
func (s *scanner) arn() bool {
	rest := s.rest()
	if !strings.HasPrefix(rest, "arn:") {
		return false
	}
	parts := split(split(rest, " \t\r\n\"'`,;()", 2)[0], ":", 6)
	if len(parts) < 6 {
		return false
	}
	service, account := parts[2], parts[4]
	for i, part := range parts[:4] {
		if s.file.inHead(i, part) {
			s.keep(len(part))
		} else {
			s.put(len(part), s.scan(part, value))
		}
		s.keep(1)
	}
	if account == "aws" || strings.HasPrefix(parts[5], "alias/aws/") { // what AWS owns
		s.put(len(account)+1, s.scan(account, value)+":")
		s.keep(len(parts[5]))
		return true
	}
	s.put(len(account), s.scan(account, value))
	s.keep(1)
	s.literalsOf(service, parts[3], parts[5])
	return true
}

// separators stand between the parts of a resource in an ARN.
const separators = "/:"

// literalsOf writes the last part of an ARN, whose kinds of resources stay.
func (s *scanner) literalsOf(service, region, resource string) {
	stay := s.file.literals(service, resource)
	for i, part := range split(resource, separators, 0) {
		if i > 0 {
			s.keep(1)
		}
		switch {
		case stay[i]:
			s.keep(len(part))
		default:
			end := s.at + len(part)
			sub := scanner{names: s.names, text: s.text[:end], at: s.at, hostsAt: unlooked}
			if !s.prose { // in AWS's sentences too, an ARN is no prose
				sub.place = s.place
			}
			for sub.at < end {
				sub.step()
			}
			s.put(len(part), sub.out.String())
		}
	}
}

// inHead reports whether a part of the head of an ARN is a word of AWS, or a pattern of some.
func (r resources) inHead(i int, part string) bool {
	switch {
	case strings.Contains(part, "${"):
		return false
	case i == 0 || strings.Trim(part, "*?") == "":
		return true
	case i == 1:
		return partition.MatchString(part)
	case i == 3:
		return regions.MatchString(part)
	}
	return r.Catalogue == nil || types[part] != nil || r.Service(part) != nil
}

// literals is which of the parts of a resource are words of AWS.
func (r resources) literals(service, resource string) map[int]bool {
	stay := map[int]bool{}
	parts := split(resource, separators, 0)
	if types[service][parts[0]] && (len(parts) > 1 || parts[0] == "root") {
		stay[0] = true
	}
	for _, form := range r.formsOf(service) {
		markLiterals(stay, parts, form)
	}
	return stay
}

// formsOf is the last parts of the ARNs of a service, each taken apart once: there can
// be tens of thousands of ARNs to hold against them.
func (r resources) formsOf(service string) [][]string {
	forms, known := r.forms[service]
	if known || r.Catalogue == nil {
		return forms
	}
	if of := r.Service(service); of != nil {
		for i := range of.Types {
			for _, form := range of.Types[i].Forms {
				if fields := strings.SplitN(form, ":", 6); len(fields) == 6 {
					forms = append(forms, split(fields[5], separators, 0))
				}
			}
		}
	}
	r.forms[service] = forms
	return forms
}

// markLiterals marks what a form of an ARN has as it is, where all of that fits.
func markLiterals(stay map[int]bool, parts, wanted []string) {
	var found []int
	if len(wanted) > len(parts) && !strings.Contains(parts[len(parts)-1], "*") {
		return
	}
	for i := range min(len(parts), len(wanted)) {
		switch {
		case strings.ContainsAny(wanted[i], "${*"):
		case wanted[i] == parts[i]:
			found = append(found, i)
		case !strings.ContainsAny(parts[i], "*?$"):
			return
		}
	}
	for _, i := range found {
		stay[i] = true
	}
}

// known writes what is AWS's own.
func (s *scanner) known() bool {
	rest := s.rest()
	for _, list := range [][]string{paths, hosts} {
		for _, p := range list {
			if strings.HasPrefix(rest, p) && !startsWord(rest[len(p):]) {
				s.keep(len(p))
				return true
			}
		}
	}
	for _, pattern := range shapes {
		if m := s.find(pattern, rest); m != "" && !startsWord(rest[len(m):]) {
			s.keep(len(m))
			return true
		}
	}
	if s.nextHost() >= s.at+longestHost {
		return false // most words: the pattern would look at all that is near
	}
	m := s.find(&host, rest)
	if m == "" {
		return false
	}
	s.host(m)
	return true
}

// shapes are those of AWS's words that no name begins with.
var shapes = []*shape{&region, &cloud, &moment}

func startsWord(rest string) bool {
	r, _ := utf8.DecodeRuneInString(rest)
	return rest != "" && isWordRune(r)
}

// shaped writes what has a shape of its own: addresses, UUIDs, IDs, accounts.
func (s *scanner) shaped() bool {
	rest := s.rest()
	if length := s.addressLength(rest); length > 0 {
		if s.collecting {
			s.addresses.read(rest[:length])
		}
		s.put(length, s.name(rest[:length], Address, false))
		return true
	}
	if m := s.find(&uuid, rest); m != "" && !startsWord(rest[len(m):]) {
		for i, part := range strings.Split(m, "-") {
			if i > 0 {
				s.keep(1)
			}
			s.put(len(part), s.name(part, ID, true))
		}
		return true
	}
	return false
}

// addressLength is how long the address or network is that stands next.
func (s *scanner) addressLength(rest string) int {
	m := s.find(&address, rest)
	if len(m) < 3 || startsWord(rest[len(m):]) || strings.HasPrefix(rest[len(m):], ".") && startsWord(rest[len(m)+1:]) {
		return 0
	}
	if _, ok := network.Read(m); !ok {
		m, _, _ = strings.Cut(m, "/")
		m = strings.TrimRight(m, ".")
		if _, ok := network.Read(m); len(m) < 3 || !ok {
			return 0
		}
	}
	return len(m)
}

// word writes one name.
func (s *scanner) word() {
	rest := s.rest()
	length := strings.IndexFunc(rest, func(r rune) bool { return !isWordRune(r) })
	if length < 0 {
		length = len(rest)
	}
	w := rest[:length]
	if s.stays(w, rest[length:]) {
		s.keep(length)
		return
	}
	if s.collecting {
		s.fragment(w, s.text[:s.at], rest[length:])
	}
	class, hex := classOf(w)
	s.put(length, s.name(w, class, hex))
}

// stays reports whether a word is AWS's, or tells nothing.
func (s *scanner) stays(w, after string) bool {
	small := strings.ToLower(w)
	switch {
	case len(w) == 1, isDigits(w) && len(w) < 3, everywhere[w] || everywhere[small], s.words[small]:
		return true
	case idPrefixes[w] && strings.HasPrefix(after, "-") && looksLikeID(after[1:]):
		return true
	}
	return strings.HasPrefix(w, "AWSServiceRoleFor")
}

// looksLikeID reports whether an ID stands behind its prefix, or a pattern of some.
func looksLikeID(after string) bool {
	end := strings.IndexFunc(after, func(r rune) bool { return !isWordRune(r) })
	if end < 0 {
		end = len(after)
	}
	return end >= 4 && strings.ContainsAny(after[:end], "0123456789") || strings.HasPrefix(after[end:], "*")
}

func isDigits(w string) bool { return strings.Trim(w, "0123456789") == "" }

// classOf is what sort of name a word is.
func classOf(w string) (class Class, hex bool) {
	switch {
	case isDigits(w) && len(w) == 12:
		return Account, false
	case isDigits(w):
		return Number, false
	case uniqueID.is(w):
		return ID, false
	case len(w) >= 8 && strings.Trim(w, "0123456789abcdef") == "" && strings.ContainsAny(w, "0123456789"):
		return ID, true
	}
	return Name, false
}

// fragment notes a name that stands beside a wildcard or a variable: it may be a
// part of others.
func (s *scanner) fragment(w, before, after string) {
	open := strings.HasSuffix(before, "*") || strings.HasSuffix(before, "?") || strings.HasSuffix(before, "}")
	more := strings.HasPrefix(after, "*") || strings.HasPrefix(after, "?") || strings.HasPrefix(after, "${")
	if !open && !more || s.prose {
		return
	}
	small := strings.ToLower(w)
	f := s.fragments[small]
	s.fragments[small] = fragment{f.before || open, f.after || more}
}
