package catalogue

import (
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

const spaces = "there is one space too many"

// Parse reads one service. The error says which line is wrong.
func Parse(text string) (*Service, error) {
	first, rest, _ := strings.Cut(text, "\n")
	p := parser{service: &Service{}}
	if what := p.header(first); what != "" {
		return nil, &syntaxError{1, what}
	}
	p.reserve(rest)
	for line := 2; rest != ""; line++ {
		var this string
		this, rest, _ = strings.Cut(rest, "\n")
		if what := p.line(this); what != "" {
			return nil, &syntaxError{line, what}
		}
	}
	markStops(p.service.Types)
	return p.service, nil
}

// reserve makes room for all lines at once: pointers into the slices must stay
// true, and allocations are few.
func (p *parser) reserve(rest string) {
	var lines [len(kinds)]int
	var members, uses, names int
	for line := range strings.Lines(rest) {
		kind := strings.IndexByte(kinds, line[0])
		if kind < 0 {
			continue
		}
		lines[kind]++
		parts := strings.Count(line, " ")
		switch kinds[kind] {
		case 'g':
			members += parts
		case 'a':
			uses += max(parts-3, 0)
			names += strings.Count(line, ":")
		case 't', 'o':
			names += parts
		}
	}
	s := p.service
	s.Keys, p.groups = make([]Key, 0, lines[0]), make([][]*Key, 0, lines[1])
	s.Types, s.Actions = make([]ResourceType, 0, lines[2]), make([]Action, 0, lines[3])
	s.Operations = make([]Operation, 0, lines[4])
	p.members, p.uses, p.names = make([]*Key, 0, members), make([]Use, 0, uses), make([]string, 0, names)
}

func (p *parser) header(line string) (what string) {
	prefix, line, _ := strings.Cut(line, " ")
	flags, name, _ := strings.Cut(line, " ")
	if prefix == "" || prefix != strings.ToLower(prefix) || name == "" {
		return "a service is: prefix in lower case, flags, name"
	}
	s := p.service
	s.Prefix, s.Name = prefix, name
	switch flags {
	case "-":
	case "rcp":
		s.RCP = true
	case "nopolicies":
		s.NoPolicies = true
	case "rcp,nopolicies":
		s.RCP, s.NoPolicies = true, true
	default:
		return "unknown flags of the service"
	}
	return ""
}

func (p *parser) line(line string) (what string) {
	if len(line) < 3 || line[1] != ' ' {
		return "a line is a letter, a space and more"
	}
	if line[len(line)-1] == ' ' {
		return spaces
	}
	kind := strings.IndexByte(kinds, line[0])
	if kind < p.stage {
		return "the lines are k, g, t, a and o, in this order"
	}
	p.stage = kind
	f := fields(line[2:])
	switch line[0] {
	case 'k':
		return p.key(f)
	case 'g':
		return p.group(f)
	case 't':
		return p.resourceType(f)
	case 'a':
		return p.action(f)
	}
	return p.operation(f)
}

// fields is the rest of a line.
type fields string

// next takes a field off.
func (f *fields) next() string {
	field, rest, _ := strings.Cut(string(*f), " ")
	*f = fields(rest)
	return field
}

func (p *parser) key(f fields) (what string) {
	letter, name := f.next(), f.next()
	if len(letter) != 1 || name == "" || f != "" {
		return "a key is: type, name"
	}
	key := Key{Name: name, Type: KeyType(letter[0] | 0x20), Multi: letter[0]&0x20 == 0}
	if key.Type.String() == "" {
		return "unknown type of key"
	}
	p.service.Keys = append(p.service.Keys, key)
	return ""
}

func (p *parser) group(f fields) (what string) {
	from := len(p.members)
	for f != "" {
		n, ok := number(f.next(), len(p.service.Keys))
		if !ok {
			return "a group is numbers of keys"
		}
		p.members = append(p.members, &p.service.Keys[n])
	}
	p.groups = append(p.groups, p.members[from:len(p.members):len(p.members)])
	return ""
}

func (p *parser) resourceType(f fields) (what string) {
	keys, ok := p.keysOf(f.next())
	name, first, found := strings.Cut(string(f), " arn:")
	if !ok || !found || name == "" {
		return "a resource type is: group, name, ARN forms"
	}
	f = f[len(f)-len(first)-len("arn:"):]
	forms, ok := p.list(&f)
	if !ok {
		return spaces
	}
	p.service.Types = append(p.service.Types, ResourceType{Name: name, Forms: forms, Keys: keys})
	return ""
}

func (p *parser) action(f fields) (what string) {
	level, name := f.next(), f.next()
	keys, ok := p.keysOf(f.next())
	if !ok || level == "" || name == "" {
		return "an action is: level, name, group, types, dependent actions"
	}
	a := Action{Name: name, Level: Level(level[0]), Keys: keys}
	if a.Level.String() == "" {
		return "unknown access level"
	}
	for _, flag := range []byte(level[1:]) {
		switch flag {
		case 'p':
			a.PermissionOnly = true
		case 'x':
			a.NoResourceAccount = true
		default:
			return "unknown flag of an action"
		}
	}
	if a.Uses, ok = p.usesOf(&f); !ok {
		return "a type of an action is a number, perhaps with ! and /group"
	}
	if a.Dependent, ok = p.list(&f); !ok {
		return spaces
	}
	if n := len(p.service.Actions); n > 0 && compareFold(p.service.Actions[n-1].Name, name) >= 0 {
		return "actions are in the order of their names, whatever the case"
	}
	p.service.Actions = append(p.service.Actions, a)
	return ""
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
		n, ok := number(name, len(p.service.Types))
		if !ok {
			return nil, false
		}
		keys, ok := p.keysOf(group)
		if !ok {
			return nil, false
		}
		p.uses = append(p.uses, Use{&p.service.Types[n], required, keys})
	}
	return p.uses[from:len(p.uses):len(p.uses)], true
}

func (p *parser) operation(f fields) (what string) {
	o := Operation{Name: f.next()}
	if o.Name == "" {
		return "an operation is: name, actions"
	}
	actions, ok := p.list(&f)
	if !ok {
		return spaces
	}
	always := 0
	for i, action := range actions {
		name, sometimes := strings.CutSuffix(action, "?")
		if !sometimes && i > always {
			return "the actions that every call needs come first"
		}
		if !sometimes {
			always++
		}
		actions[i] = name
	}
	o.Always, o.Sometimes = actions[:always:always], actions[always:]
	if n := len(p.service.Operations); n > 0 && compareFold(p.service.Operations[n-1].Name, o.Name) >= 0 {
		return "operations are in the order of their names, whatever the case"
	}
	p.service.Operations = append(p.service.Operations, o)
	return ""
}

// list takes all fields that are left.
func (p *parser) list(f *fields) (names []string, ok bool) {
	from := len(p.names)
	for *f != "" {
		name := f.next()
		if name == "" {
			return nil, false
		}
		p.names = append(p.names, name)
	}
	return p.names[from:len(p.names):len(p.names)], true
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
