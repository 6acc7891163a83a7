package catalogue

import (
	"slices"
	"strconv"
	"strings"
)

// A service as text, one thing a line, its parts between single spaces. The
// first line is the service; then come its keys, groups of keys, resource
// types, actions and operations, in this order. A group is a list that several
// things share. Keys, groups and types are named by their place among their
// like, from 0; "-" is no group.
//
//	s3 rcp Amazon S3                        prefix, flags or "-", name
//	k s aws:ResourceTag/${TagKey}           type (in upper case: several values), name
//	k s s3:prefix
//	g 0 1                                   keys
//	t 0 bucket arn:${Partition}:s3:::${X}   group, name (spaces may be in it), ARN forms
//	a L ListBucket 0 0!/0 1 kms:Decrypt     level and flags, name, group, types, dependent actions
//	o ListObjectsV2 s3:ListBucket x:Y?      name, actions; "?": not every call needs it
//
// Flags of a service: rcp, nopolicies, both with a comma between. Flags of an
// action, after its level: p (permission only) and x (without
// aws:ResourceAccount). A type of an action is its number, "!" if it is
// required, and "/" and a group if it has keys of its own.

// A syntaxError says which line of a service's text can't be read.
type syntaxError struct {
	line int // from 1
	what string
}

func (e *syntaxError) Error() string {
	return "catalogue: line " + strconv.Itoa(e.line) + ": " + e.what
}

// parser reads a service. What it makes points into the text.
type parser struct {
	service *Service
	groups  [][]*Key
	// One array each for what many small slices are cut from.
	members []*Key
	uses    []Use
	names   []string
	stage   int // the kind of line that came last
}

// kinds is the first letters of the lines, in their order.
const kinds = "kgtao"

// Parse reads one service. The error says which line is wrong, and how such a
// line is made.
func Parse(text string) (*Service, error) {
	first, rest, _ := strings.Cut(text, "\n")
	// Pointers into these stay true: there is room for all.
	p := parser{service: &Service{
		Keys: make([]Key, 0, strings.Count(text, "\nk ")), Types: make([]ResourceType, 0, strings.Count(text, "\nt ")),
		Actions: make([]Action, 0, strings.Count(text, "\na ")), Operations: make([]Operation, 0, strings.Count(text, "\no ")),
	}}
	if !p.header(first) {
		return nil, &syntaxError{1, "a service is: prefix in lower case, flags, name"}
	}
	for line := 2; rest != ""; line++ {
		var this string
		this, rest, _ = strings.Cut(rest, "\n")
		if what := p.line(this); what != "" {
			return nil, &syntaxError{line, what}
		}
	}
	markForms(p.service.Types)
	return p.service, nil
}

func (p *parser) header(line string) bool {
	f := fields(line)
	s := p.service
	s.Prefix = f.next()
	flags := f.next()
	s.Name = string(f)
	s.RCP, s.NoPolicies = strings.HasPrefix(flags, "rcp"), strings.HasSuffix(flags, "nopolicies")
	return s.Prefix != "" && s.Prefix == strings.ToLower(s.Prefix) && s.Name != "" && (flags == "-" || flags == serviceFlags(s))
}

func serviceFlags(s *Service) string {
	switch {
	case s.RCP && s.NoPolicies:
		return "rcp,nopolicies"
	case s.RCP:
		return "rcp"
	case s.NoPolicies:
		return "nopolicies"
	}
	return "-"
}

// line reads a line. It gives back how such a line is made if it is wrong.
func (p *parser) line(line string) (what string) {
	kind, rest, _ := strings.Cut(line, " ")
	stage := strings.Index(kinds, kind)
	if len(kind) != 1 || stage < p.stage {
		return "the lines begin with k, g, t, a and o, in this order"
	}
	p.stage = stage
	f := fields(rest)
	ok := rest != "" && rest[len(rest)-1] != ' '
	switch kind {
	case "k":
		ok, what = ok && p.key(f), "a key is: type, name"
	case "g":
		ok, what = ok && p.group(f), "a group is: numbers of keys"
	case "t":
		ok, what = ok && p.resourceType(f), "a resource type is: group, name, ARN forms"
	case "a":
		ok, what = ok && p.action(f), "an action, in the order of the names, is: level, name, group, types, dependent actions"
	case "o":
		ok, what = ok && p.operation(f), "an operation, in the order of the names, is: name, actions, those with ? last"
	}
	if ok {
		return ""
	}
	return what
}

// fields is the rest of a line.
type fields string

// next takes a field off.
func (f *fields) next() string {
	field, rest, _ := strings.Cut(string(*f), " ")
	*f = fields(rest)
	return field
}

func (p *parser) key(f fields) bool {
	letter, name := f.next(), f.next()
	if len(letter) != 1 || name == "" || f != "" {
		return false
	}
	key := Key{Name: name, Type: KeyType(letter[0] | 0x20), Multi: letter[0]&0x20 == 0}
	p.service.Keys = append(p.service.Keys, key)
	return key.Type.String() != ""
}

func (p *parser) group(f fields) bool {
	from := len(p.members)
	for f != "" {
		n, ok := number(f.next(), len(p.service.Keys))
		if !ok {
			return false
		}
		p.members = append(p.members, &p.service.Keys[n])
	}
	p.groups = append(p.groups, p.members[from:len(p.members):len(p.members)])
	return true
}

func (p *parser) resourceType(f fields) bool {
	keys, ok := p.keysOf(f.next())
	name, first, found := strings.Cut(string(f), " arn:")
	if !ok || !found || name == "" {
		return false
	}
	forms, ok := p.list(f[len(f)-len(first)-len("arn:"):])
	p.service.Types = append(p.service.Types, ResourceType{Name: name, Forms: forms, Keys: keys})
	return ok
}

func (p *parser) action(f fields) bool {
	level, name := f.next(), f.next()
	keys, ok := p.keysOf(f.next())
	if !ok || level == "" || name == "" {
		return false
	}
	a := Action{Name: name, Level: Level(level[0]), Keys: keys}
	a.PermissionOnly, a.NoResourceAccount = strings.Contains(level, "p"), strings.Contains(level, "x")
	uses, ok1 := p.usesOf(&f)
	dependent, ok2 := p.list(f)
	a.Uses, a.Dependent, a.carried = uses, dependent, carried(keys, uses)
	n := len(p.service.Actions)
	p.service.Actions = append(p.service.Actions, a)
	return ok1 && ok2 && level == actionFlags(&a) && (n == 0 || compareFold(p.service.Actions[n-1].Name, name) < 0)
}

// manyUses is from how many uses on an action's keys are brought together: those of
// ec2:RunInstances are in them ten times.
const manyUses = 4

// carried is all keys of an action, each once, or nil where they are few.
func carried(keys []*Key, uses []Use) (out []*Key) {
	if len(uses) < manyUses {
		return nil
	}
	lists := [][]*Key{keys}
	for i := range uses {
		lists = append(lists, uses[i].Keys, uses[i].Type.Keys)
	}
	for _, list := range lists {
		for _, k := range list {
			if !slices.Contains(out, k) {
				out = append(out, k)
			}
		}
	}
	return out
}

// actionFlags is the level and the flags of an action; "" if it has no level.
func actionFlags(a *Action) string {
	if a.Level.String() == "" {
		return ""
	}
	flags := string(rune(a.Level))
	if a.PermissionOnly {
		flags += "p"
	}
	if a.NoResourceAccount {
		flags += "x"
	}
	return flags
}

// usesOf takes the fields that don't name an action.
func (p *parser) usesOf(f *fields) (uses []Use, ok bool) {
	from := len(p.uses)
	for *f != "" {
		rest := *f
		field := rest.next()
		if strings.Contains(field, ":") {
			break
		}
		*f = rest
		name, group, own := strings.Cut(field, "/")
		if !own {
			group = "-"
		}
		name, required := strings.CutSuffix(name, "!")
		n, ok1 := number(name, len(p.service.Types))
		keys, ok2 := p.keysOf(group)
		if !ok1 || !ok2 {
			return nil, false
		}
		p.uses = append(p.uses, Use{&p.service.Types[n], required, keys})
	}
	return p.uses[from:len(p.uses):len(p.uses)], true
}

func (p *parser) operation(f fields) bool {
	o := Operation{Name: f.next()}
	actions, ok := p.list(f)
	always := 0
	for i, action := range actions {
		name, sometimes := strings.CutSuffix(action, "?")
		if !sometimes {
			ok = ok && i == always
			always++
		}
		actions[i] = name
	}
	o.Always, o.Sometimes = actions[:always:always], actions[always:]
	n := len(p.service.Operations)
	p.service.Operations = append(p.service.Operations, o)
	return ok && o.Name != "" && (n == 0 || compareFold(p.service.Operations[n-1].Name, o.Name) < 0)
}

// list takes all fields that are left; ok is false if one is empty.
func (p *parser) list(f fields) (names []string, ok bool) {
	from := len(p.names)
	ok = true
	for f != "" {
		name := f.next()
		ok = ok && name != ""
		p.names = append(p.names, name)
	}
	return p.names[from:len(p.names):len(p.names)], ok
}

// keysOf gives a group by its number.
func (p *parser) keysOf(group string) (keys []*Key, ok bool) {
	if group == "-" {
		return nil, true
	}
	n, ok := number(group, len(p.groups))
	if !ok {
		return nil, false
	}
	return p.groups[n], true
}

// number reads a decimal number below a limit, without leading zeros.
func number(text string, limit int) (n int, ok bool) {
	if text == "" || len(text) > 6 || text[0] == '0' && len(text) > 1 {
		return 0, false
	}
	for _, digit := range []byte(text) {
		if digit < '0' || digit > '9' {
			return 0, false
		}
		n = 10*n + int(digit-'0')
	}
	return n, n < limit
}
