package policy

import (
	"bytes"
	"errors"
	"io"
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
	r.checkUTF8()
	r.decoder = jsontext.NewDecoder(bytes.NewBufferString(text),
		jsontext.AllowDuplicateNames(true), jsontext.AllowInvalidUTF8(true))
	root, err := r.value()
	if err == nil {
		err = r.end()
	}
	if err != nil {
		r.syntax(err)
	}
	return &root, r.problems
}

// reader builds the tree. stop holds the reason once reading ended early.
type reader struct {
	section  string
	text     string
	decoder  *jsontext.Decoder
	depth    int
	open     []int // where each unclosed object or list began
	problems []Problem
}

var errDepth = errors.New("too deep")

func (r *reader) problem(span Span, code, message string) {
	if len(r.problems) == MaxProblems {
		return
	}
	r.problems = append(r.problems, Problem{Section: r.section, Span: span, Code: code, Message: message})
}

func (r *reader) checkUTF8() {
	if utf8.ValidString(r.text) {
		return
	}
	for i, c := range r.text {
		if c == utf8.RuneError && !strings.HasPrefix(r.text[i:], "\uFFFD") {
			r.problem(Span{i, i + 1}, "invalid-utf8", "This byte is not UTF-8. Save the policy as UTF-8 and paste it again.")
			return
		}
	}
}

func (r *reader) value() (Node, error) {
	token, err := r.decoder.ReadToken()
	if err != nil {
		return Node{}, err
	}
	end := int(r.decoder.InputOffset())
	switch token.Kind() {
	case '{', '[':
		return r.composite(token.Kind(), end-1)
	case '"':
		return Node{Kind: String, Value: token.String(), Span: r.scalar(end), Closed: true}, nil
	case '0':
		span := r.scalar(end)
		return Node{Kind: Number, Value: r.text[span.Start:span.End], Span: span, Closed: true}, nil
	case 't', 'f':
		return Node{Kind: Bool, Value: token.String(), Span: r.scalar(end), Closed: true}, nil
	}
	return Node{Kind: Null, Span: r.scalar(end), Closed: true}, nil
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
	seen := map[string]int{} // where each name began
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
			r.duplicate(seen, name)
			node.Names = append(node.Names, name.Text())
		}
		item, err := r.value()
		if err != nil && node.Kind == Object && item.Span == (Span{}) {
			node.Names = node.Names[:len(node.Names)-1]
			return err
		}
		if err == nil || item.Kind == Object || item.Kind == Array {
			node.Items = append(node.Items, item)
		}
		if err != nil {
			return err
		}
	}
}

// duplicate reports a name that its object has already. IAM refuses such a
// document; taking the last one silently would hide the first.
func (r *reader) duplicate(seen map[string]int, name Node) {
	start, twice := seen[name.Value]
	if !twice {
		seen[name.Value] = name.Span.Start
		return
	}
	line, _ := Position(r.text, start)
	r.problem(name.Span, "duplicate-name", quote(name.Value)+" is here already, on line "+
		strconv.Itoa(line)+". An object has each name once: merge the two.")
}

func (r *reader) end() error {
	_, err := r.decoder.ReadToken()
	if err == io.EOF {
		return nil
	}
	if err != nil {
		return err
	}
	at := int(r.decoder.InputOffset())
	r.problem(Span{at - 1, at}, "trailing-data", "The policy ends before this. One text holds one JSON value: remove the rest.")
	return nil
}

// syntax turns the decoder's error into a problem for people.
func (r *reader) syntax(err error) {
	if err == errDepth {
		at := int(r.decoder.InputOffset())
		r.problem(Span{at - 1, at}, "too-deep", "This is nested more than "+strconv.Itoa(MaxDepth)+" levels deep. No policy needs that; flatten it.")
		return
	}
	at := int(r.decoder.InputOffset())
	var syntactic *jsontext.SyntacticError
	if errors.As(err, &syntactic) {
		at = int(syntactic.ByteOffset)
	}
	span, message := r.explain(min(at, len(r.text)))
	r.problem(span, "json-syntax", message)
}

// explain says in words what is wrong at a byte where the JSON breaks.
func (r *reader) explain(at int) (Span, string) {
	rest := strings.TrimLeft(r.text[at:], " \t\r\n")
	at = len(r.text) - len(rest)
	before := strings.TrimRight(r.text[:at], " \t\r\n")
	if rest == "" {
		return Span{len(before), len(before)}, r.unfinished()
	}
	_, size := utf8.DecodeRuneInString(rest)
	span := Span{at, at + size}
	switch c := rest[0]; {
	case c == ',' && strings.HasPrefix(strings.TrimLeft(rest[1:], " \t\r\n"), "}"),
		c == ',' && strings.HasPrefix(strings.TrimLeft(rest[1:], " \t\r\n"), "]"):
		return span, "A comma with nothing after it. Remove the comma, or add what is missing."
	case (c == '}' || c == ']') && strings.HasSuffix(before, ","):
		return Span{len(before) - 1, len(before)}, "A comma with nothing after it. Remove the comma, or add what is missing."
	case c == '\'' || strings.HasPrefix(rest, "“") || strings.HasPrefix(rest, "”"):
		return span, "JSON strings stand in straight double quotes. Replace this quote by \"."
	case c == '/' || c == '#':
		return span, "JSON has no comments. Remove this one."
	case c == '"':
		return span, "A comma or a colon is missing before this string, or the string is not closed or has a control character in it."
	case c == '{' || c == '[':
		return span, "A comma or a colon is missing before this."
	case c == '}' || c == ']':
		return span, "This bracket closes something else, or a value is missing before it."
	}
	return span, "JSON is not expected to have " + quote(rest[:size]) + " here. Strings need double quotes; names and values are separated by a colon, members by a comma."
}

func (r *reader) unfinished() string {
	if len(r.open) == 0 {
		return "There is no JSON here. Paste a policy, or remove it."
	}
	start := r.open[len(r.open)-1]
	line, column := Position(r.text, start)
	return "The text ends, but the " + quote(r.text[start:start+1]) + " of line " + strconv.Itoa(line) +
		", column " + strconv.Itoa(column) + " is not closed. Paste the rest, or close it."
}

// quote puts a piece of a person's text into a message, shortened.
func quote(s string) string {
	if len(s) > 80 {
		cut := 77
		for !utf8.RuneStart(s[cut]) {
			cut--
		}
		s = s[:cut] + "…"
	}
	return "“" + s + "”"
}
