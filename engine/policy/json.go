package policy

import (
	"bytes"
	"errors"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/goccy/go-json/jsontext"
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
	Kind   NodeKind
	Span   Span
	Value  string
	Names  []Text
	Items  []Node
	Closed bool // false where the text ended or broke inside the value

	repeats bool // an object in it, or itself, has a name twice
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

// Text gives the node as a Text.
func (n *Node) Text() Text { return Text{n.Value, n.Span} }

// ParseJSON reads one JSON text. It never fails outright: what could be read
// before a syntax error is in the node, and every problem is reported with
// section as its place.
func ParseJSON(section, text string) (*Node, []Problem) {
	r := reader{section: section, text: text}
	if len(text) > MaxSize {
		r.problem(Span{MaxSize, MaxSize}, "too-large", "This text has "+strconv.Itoa(len(text))+
			" bytes; at most "+strconv.Itoa(MaxSize)+" are read. Remove what does not belong to the policy.")
		return &Node{}, r.problems
	}
	r.decoder = jsontext.NewDecoder(bytes.NewBuffer(r.cleaned()),
		jsontext.AllowDuplicateNames(true), jsontext.AllowInvalidUTF8(true))
	root, err := r.value()
	if err != nil {
		r.syntax(err)
	} else {
		r.end()
	}
	return &root, r.problems
}

// reader builds the tree.
type reader struct {
	section  string
	text     string
	decoder  *jsontext.Decoder
	open     []int // where each unclosed object or list began
	named    bool  // a name was read, its value not yet
	problems []Problem
}

var errDepth = errors.New("too deep")

//go:noinline
func (r *reader) problem(span Span, code, message string) {
	if len(r.problems) == MaxProblems {
		return
	}
	r.problems = append(r.problems, Problem{Section: r.section, Span: span, Code: code, Message: message})
}

// cleaned reports the first byte that is not UTF-8, and gives the text with a
// "?" in the place of each such byte: strings with many of them take the
// decoder a time that is more than linear.
func (r *reader) cleaned() []byte {
	text := []byte(r.text)
	if utf8.Valid(text) {
		return text
	}
	for i, c := range r.text {
		if c == utf8.RuneError && !strings.HasPrefix(r.text[i:], "\uFFFD") {
			if len(r.problems) == 0 {
				r.problem(Span{i, i + 1}, "invalid-utf8", "This byte is not UTF-8. Save the policy as UTF-8 and paste it again.")
			}
			text[i] = '?'
		}
	}
	return text
}

func (r *reader) value() (Node, error) {
	token, err := r.decoder.ReadToken()
	if err != nil {
		return Node{}, err
	}
	r.named = false
	end := int(r.decoder.InputOffset())
	switch token.Kind() {
	case '{', '[':
		return r.composite(token.Kind(), end-1)
	case '"':
		return r.quoted(token, r.scalar(end)), nil
	case '0':
		span := r.scalar(end)
		return Node{Kind: Number, Value: r.text[span.Start:span.End], Span: span, Closed: true}, nil
	case 't', 'f':
		return Node{Kind: Bool, Value: token.String(), Span: r.scalar(end), Closed: true}, nil
	}
	return Node{Kind: Null, Span: r.scalar(end), Closed: true}, nil
}

// quoted makes the node of a string. Most have no escape: those are a piece of
// the text, and nothing is copied.
func (r *reader) quoted(token jsontext.Token, span Span) Node {
	node := Node{Kind: String, Span: span, Closed: true}
	if inside := r.text[span.Start+1 : span.End-1]; !strings.Contains(inside, "\\") && utf8.ValidString(inside) {
		node.Value = inside
		return node
	}
	node.Value = token.String()
	r.checkSurrogates(&node)
	return node
}

// scalar gives the span of the scalar token that ends at end. The decoder
// tells only ends, so the start is looked for backwards.
func (r *reader) scalar(end int) Span {
	if r.text[end-1] != '"' {
		start := strings.LastIndexAny(r.text[:end], " \t\r\n:,[{") + 1
		return Span{start, end}
	}
	for start := end - 2; start >= 0; start-- {
		if r.text[start] == '"' && !escaped(r.text, start) {
			return Span{start, end}
		}
	}
	return Span{0, end}
}

func escaped(text string, at int) bool {
	slashes := 0
	for at--; at >= 0 && text[at] == '\\'; at-- {
		slashes++
	}
	return slashes%2 == 1
}

func (r *reader) composite(kind jsontext.Kind, start int) (Node, error) {
	node := Node{Kind: Array, Span: Span{start, start + 1}}
	if kind == '{' {
		node.Kind = Object
	}
	if len(r.open) == MaxDepth {
		return node, errDepth
	}
	r.open = append(r.open, start)
	err := r.members(&node)
	node.Span.End = int(r.decoder.InputOffset())
	if err == nil {
		r.open = r.open[:len(r.open)-1]
		node.Closed = true
	}
	return node, err
}

func (r *reader) members(node *Node) error {
	var many map[string]int
	for {
		switch r.decoder.PeekKind() {
		case '}', ']':
			_, err := r.decoder.ReadToken()
			return err
		}
		if node.Kind == Object {
			name, err := r.value()
			if err != nil {
				return err
			}
			node.repeats = r.duplicate(node.Names, &many, name) || node.repeats
			if node.Names == nil {
				node.Names, node.Items = make([]Text, 0, usualMembers), make([]Node, 0, usualMembers)
			}
			node.Names = append(node.Names, name.Text())
			r.named = true
		}
		item, err := r.value()
		if err != nil && node.Kind == Object && item.Span == (Span{}) {
			node.Names = node.Names[:len(node.Names)-1]
			return err
		}
		if err == nil || item.Kind == Object || item.Kind == Array {
			node.Items = append(node.Items, item)
			node.repeats = item.repeats || node.repeats
		}
		if err != nil {
			return err
		}
	}
}

// fewNames is how many names of an object are looked through one by one. For
// more, which is rare, a map is made.
const fewNames = 12

// usualMembers is how many members there is room for at first: a statement has
// about as many.
const usualMembers = 4

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
