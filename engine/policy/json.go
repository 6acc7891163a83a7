package policy

import (
	"errors"
	"strconv"
	"strings"
	"unicode/utf8"
)

// MaxSize is the longest text, in bytes, and MaxDepth the deepest nesting that
// is read. They are far above what AWS stores. They bound memory and the stack
// before anything recurses.
const (
	MaxSize     = 1 << 20
	MaxDepth    = 64
	MaxProblems = 200 // reported for one text
)

// NodeKind is the JSON type of a Node.
type NodeKind byte

// The JSON types.
const (
	Null NodeKind = iota
	Bool
	Number
	String
	Object
	Array
)

func (k NodeKind) String() string {
	return [...]string{"null", "a Boolean", "a number", "a string", "an object", "a list"}[k]
}

// Node is a JSON value with its place. Value is the decoded string, or the
// text of a number or Boolean. An object has Names, one for each of Items.
type Node struct {
	Kind    NodeKind
	Closed  bool // false where the text ended or broke inside the value
	repeats bool // an object in it, or itself, has a name twice
	Span    Span
	Value   string
	Names   []Text
	Items   []Node
}

// Field gives the value of the first member called name.
func (n *Node) Field(name string) (*Node, bool) {
	for i := range n.Names {
		if n.Names[i].Value == name {
			return &n.Items[i], true
		}
	}
	return nil, false
}

// At follows a path of names, and of numbers for the items of a list, such as
// "Grants/0/Permission". It gives nil where the path leads nowhere.
func (n *Node) At(path string) *Node {
	for path != "" && n != nil {
		var name string
		name, path, _ = strings.Cut(path, "/")
		if n.Kind == Object {
			n, _ = n.Field(name)
			continue
		}
		i, err := strconv.Atoi(name)
		if n.Kind != Array || err != nil || i < 0 || i >= len(n.Items) {
			return nil
		}
		n = &n.Items[i]
	}
	return n
}

// Text gives the node as a Text.
func (n *Node) Text() Text { return Text{n.Value, n.Span} }

// ParseJSON reads one JSON text, as RFC 8259 has it. It never fails outright:
// what could be read before a syntax error is in the node, and every problem is
// reported with section as its place.
//
// The reader is its own, though there are good packages: a policy needs the
// place of every token, all that can be said of a fault, and repeated names.
// They give the first alone, and are a fifth of what the page downloads.
func ParseJSON(section, text string) (*Node, []Problem) {
	return ParseLongJSON(section, text, MaxSize, MaxSize)
}

// ParseLongJSON is [ParseJSON] for a text of at most so many bytes, and so many values
// and names: each takes the memory of a hundred bytes.
func ParseLongJSON(section, text string, bytes, values int) (*Node, []Problem) {
	r := reader{section: section, text: text, left: values}
	if len(text) > bytes {
		r.problem(Span{bytes, bytes}, "too-large", "This text has "+strconv.Itoa(len(text))+
			" bytes; at most "+strconv.Itoa(bytes)+" are read. Remove what does not belong to the policy.")
		return &Node{}, r.problems
	}
	r.clean = r.cleaned()
	r.names, r.items = make([]Text, 0, fewOpen), make([]Node, 0, fewOpen)
	root, err := r.value(r.skip(0))
	switch {
	case r.left < 0:
		r.problem(Span{r.at, r.at}, "too-many-values", "This text has more than "+strconv.Itoa(values)+
			" values and names; no more are read. Remove what this is not about.")
	case err != nil:
		r.syntax(err)
	default:
		r.end()
	}
	return &root, r.problems
}

// ValueAt reads the one value that stands at a place of a JSON text, without the rest.
// It gives nil where none begins and ends there.
func ValueAt(text string, at Span) *Node {
	if at.Start < 0 || at.Start >= at.End || at.End > len(text) {
		return nil
	}
	r := reader{text: text[:at.End], left: MaxSize}
	r.clean = r.cleaned()
	value, err := r.value(at.Start)
	if err != nil || value.Span != at {
		return nil
	}
	return &value
}

// fewOpen is how many members the objects and lists that are open have, in most
// policies.
const fewOpen = 4

// reader builds the tree.
type reader struct {
	section  string
	text     string
	clean    string // text, with a "?" for each byte that is not UTF-8
	at       int    // where the last good token ends
	left     int    // how many values and names may come
	open     []int  // where each unclosed object or list began
	named    bool   // a name was read, its value not yet
	problems []Problem

	// The members of the objects and lists that are open, innermost last, and
	// where those of closed ones are kept.
	names     []Text
	items     []Node
	keptNames room[Text]
	keptItems room[Node]
}

var (
	errDepth  = errors.New("too deep")
	errSyntax = errors.New("not JSON")
	errMany   = errors.New("too many values")
)

//go:noinline
func (r *reader) problem(span Span, code, message string) {
	if len(r.problems) == MaxProblems {
		return
	}
	r.problems = append(r.problems, Problem{Section: r.section, Span: span, Code: code, Message: message})
}

// cleaned reports the first byte that is not UTF-8, and gives the text with a
// "?" in the place of each such byte.
func (r *reader) cleaned() string {
	if utf8.ValidString(r.text) {
		return r.text
	}
	text := []byte(r.text)
	for i, c := range r.text {
		if c == utf8.RuneError && !strings.HasPrefix(r.text[i:], "\uFFFD") {
			if len(r.problems) == 0 {
				r.problem(Span{i, i + 1}, "invalid-utf8", "This byte is not UTF-8. Save the policy as UTF-8 and paste it again.")
			}
			text[i] = '?'
		}
	}
	return string(text)
}

// value reads the value that begins at a place.
func (r *reader) value(at int) (Node, error) {
	end, kind := r.tokenEnd(at)
	if end < 0 {
		return Node{}, errSyntax
	}
	if r.left--; r.left < 0 {
		return Node{}, errMany
	}
	r.at, r.named = end, false
	switch kind {
	case Object, Array:
		return r.composite(kind)
	case String:
		return r.quoted(Span{at, end}), nil
	case Null:
		return Node{Kind: Null, Span: Span{at, end}, Closed: true}, nil
	}
	return Node{Kind: kind, Value: r.text[at:end], Span: Span{at, end}, Closed: true}, nil
}

// quoted makes the node of a string. Most have no escape: those are a piece of
// the text, and nothing is copied.
func (r *reader) quoted(span Span) Node {
	node := Node{Kind: String, Span: span, Closed: true, Value: r.clean[span.Start+1 : span.End-1]}
	if strings.IndexByte(node.Value, '\\') >= 0 {
		node.Value = unescaped(node.Value)
		r.checkSurrogates(&node)
	}
	return node
}

func (r *reader) composite(kind NodeKind) (Node, error) {
	start := r.at - 1
	node := Node{Kind: kind, Span: Span{start, r.at}}
	if len(r.open) == MaxDepth {
		return node, errDepth
	}
	r.open = append(r.open, start)
	names, items := len(r.names), len(r.items)
	err := r.members(&node)
	node.Names, r.names = r.keptNames.keep(r.names[names:]), r.names[:names]
	node.Items, r.items = r.keptItems.keep(r.items[items:]), r.items[:items]
	node.Span.End = r.at
	if err == nil {
		r.open = r.open[:len(r.open)-1]
		node.Closed = true
	}
	return node, err
}

// next finds where the next member of an object or a list begins; -1 at its
// end, which it takes.
func (r *reader) next(closes byte, first bool) (at int, err error) {
	at = r.skip(r.at)
	switch {
	case at == len(r.text):
		return at, errSyntax
	case r.text[at] == closes:
		r.at = at + 1
		return -1, nil
	case first:
		return at, nil
	case r.text[at] != ',':
		return at, errSyntax
	}
	return r.skip(at + 1), nil
}

// members reads what an object or a list has, to the end of names and items.
func (r *reader) members(node *Node) error {
	names := len(r.names)
	closes := byte(']')
	if node.Kind == Object {
		closes = '}'
	}
	var many map[string]int
	for first := true; ; first = false {
		at, err := r.next(closes, first)
		if err != nil || at < 0 {
			return err
		}
		if node.Kind == Object {
			if at, err = r.name(node, names, &many, at); err != nil {
				return err
			}
		}
		item, err := r.value(at)
		if err != nil && node.Kind == Object && item.Span == (Span{}) {
			r.names = r.names[:len(r.names)-1]
			return err
		}
		if err == nil || item.Kind == Object || item.Kind == Array {
			if n := len(r.items); n == cap(r.items) { // append by itself copies long lists five times
				r.items = append(make([]Node, 0, 2*n), r.items...)
			}
			r.items = append(r.items, item)
			node.repeats = item.repeats || node.repeats
		}
		if err != nil {
			return err
		}
	}
}

// name reads the name of a member and its colon, and gives where its value
// begins. The names that the object has already are those from first on.
func (r *reader) name(node *Node, first int, many *map[string]int, at int) (value int, err error) {
	if at == len(r.text) || r.text[at] != '"' {
		return at, errSyntax
	}
	name, err := r.value(at)
	if err != nil {
		return at, err
	}
	node.repeats = r.duplicate(r.names[first:], many, name) || node.repeats
	r.names = append(r.names, name.Text())
	r.named = true
	if colon := r.skip(r.at); colon < len(r.text) && r.text[colon] == ':' {
		return r.skip(colon + 1), nil
	}
	r.names = r.names[:len(r.names)-1]
	return at, errSyntax
}

// fewNames is how many names of an object are looked through one by one. For
// more, which is rare, a map is made.
const fewNames = 12

// earlier finds where a name began that the object has already. many is the
// map of where names began, once there is one.
func earlier(names []Text, many *map[string]int, name Text) (start int, found bool) {
	if len(names) < fewNames {
		for i := range names {
			if names[i].Value == name.Value {
				return names[i].Span.Start, true
			}
		}
		return 0, false
	}
	if *many == nil {
		*many = make(map[string]int, 2*fewNames)
		for i := len(names) - 1; i >= 0; i-- {
			(*many)[names[i].Value] = names[i].Span.Start
		}
	}
	if start, found = (*many)[name.Value]; !found {
		(*many)[name.Value] = name.Span.Start
	}
	return start, found
}

// duplicate reports a name that its object has already. IAM refuses such a
// document; taking the last one silently would hide the first.
func (r *reader) duplicate(names []Text, many *map[string]int, name Node) bool {
	start, twice := earlier(names, many, name.Text())
	if !twice {
		return false
	}
	if len(r.problems) < MaxProblems { // finding the line costs a walk through the text
		line, _ := Position(r.text, start)
		r.problem(name.Span, "duplicate-name", quote(name.Value)+" is here already, on line "+
			strconv.Itoa(line)+". An object has each name once: merge the two.")
	}
	return true
}
