package policy

import (
	"strings"
	"unicode/utf8"
	"unsafe"
)

// MaxText is the longest text, in bytes, that takes part in comparisons with
// wildcards. No condition key or ARN of AWS comes near it (an ARN has at most
// 2,048 characters); it bounds what a pattern with many "?" can cost.
const MaxText = 8 << 10

// maxExpanded bounds the text that variables expand to: a long value, named
// often, would otherwise take all memory.
const maxExpanded = 1 << 20

// In a compiled pattern two bytes that UTF-8 never uses stand for the
// wildcards, so that every other byte, "*" and "?" too, is plain text.
const (
	anyRun = '\xff' // "*": any run of characters, none too
	oneOf  = '\xfe' // "?": exactly one character (a Unicode code point)
)

// Variables gives policy variables their values.
type Variables interface {
	// Variable returns the value of a condition key, named in lower case. It
	// reports false where the key is absent or can have several values.
	Variable(key string) (value string, ok bool)
}

// Pattern is a string of a policy, compiled once: plain text, wildcards and
// policy variables. The zero Pattern is the empty text.
//
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html
type Pattern struct {
	tail   string // what follows the last variable, or the whole pattern
	parts  []part
	broken string
	wild   bool
}

// part is a variable and the compiled text before it.
type part struct {
	before string
	variable
}

// variable is ${key} or ${key, 'fallback'}.
type variable struct {
	key         string // lower case: key names are case-insensitive
	fallback    string
	hasFallback bool
}

// CompilePattern compiles a string of a policy. With wildcards, "*" and "?"
// match; with variables (see [Document.Variables]), ${key} and
// ${key, 'default'} are replaced by values, and ${*}, ${?} and ${$} are those
// characters. What looks like a variable and is not one stays plain text:
// [Pattern.Broken] has it.
func CompilePattern(text string, wildcards, variables bool) Pattern {
	p := Pattern{tail: strings.ToValidUTF8(text, "\uFFFD"), wild: wildcards}
	if !(wildcards && strings.ContainsAny(text, "*?")) && !(variables && strings.Contains(text, "${")) {
		return p
	}
	plain := make([]byte, 0, len(p.tail))
	for rest := p.tail; rest != ""; {
		size := 1
		switch {
		case variables && strings.HasPrefix(rest, "${"):
			v, length := readVariable(rest)
			switch {
			case length == 0:
				p.noteBroken(rest)
				plain = append(plain, rest[0])
			case isSymbol(v.key):
				plain, size = append(plain, v.key...), length
			default:
				p.parts = append(p.parts, part{string(plain), v})
				plain, size = plain[:0], length
			}
		case wildcards && rest[0] == '*':
			plain = append(plain, anyRun)
		case wildcards && rest[0] == '?':
			plain = append(plain, oneOf)
		default:
			plain = append(plain, rest[0])
		}
		rest = rest[size:]
	}
	p.tail = string(plain)
	return p
}

// CompileAction compiles a value of Action or NotAction, to be matched against
// an action in lower case: actions are case-insensitive. It matches nothing
// unless it is "*" or SERVICE:NAME, the service without wildcards and all of it
// without commas and white space.
//
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_action.html
func CompileAction(text string) Pattern {
	service, name, _ := strings.Cut(text, ":")
	wrong := service == "" || name == "" || strings.Contains(name, ":") ||
		strings.ContainsAny(service, "*?") || strings.ContainsAny(text, ", \t\r\n")
	if wrong && text != "*" {
		return Pattern{tail: "\xfd"} // a byte that no action has
	}
	return CompilePattern(strings.ToLower(text), true, false)
}

// readVariable reads the variable that text starts with, and how many bytes it
// has: 0 where the text is none. A default is what stands between ", '" and
// "'}". The symbols are variables with the key "*", "?" and "$".
func readVariable(text string) (v variable, length int) {
	body := text[len("${"):]
	if len(body) > 1 && isSymbol(body[:1]) && body[1] == '}' {
		return variable{key: body[:1]}, len("${*}")
	}
	end := strings.IndexAny(body, "{}$,'*?")
	if end <= 0 {
		return v, 0
	}
	v.key = strings.ToLower(body[:end])
	if body[end] == '}' {
		return v, len("${") + end + len("}")
	}
	quoted, ok := strings.CutPrefix(body[end:], ", '")
	if !ok {
		return v, 0
	}
	v.fallback, _, v.hasFallback = strings.Cut(quoted, "'}")
	if !v.hasFallback {
		return v, 0
	}
	return v, len("${") + end + len(", '") + len(v.fallback) + len("'}")
}

func isSymbol(key string) bool { return key == "*" || key == "?" || key == "$" }

// noteBroken keeps the first text that looks like a variable and is none.
func (p *Pattern) noteBroken(rest string) {
	if p.broken != "" {
		return
	}
	p.broken = rest
	if end := strings.IndexByte(rest, '}'); end >= 0 {
		p.broken = rest[:end+1]
	}
}

// Broken returns the first text that looks like a policy variable and is
// written wrongly, or "".
func (p *Pattern) Broken() string { return p.broken }

// HasVariables reports whether the pattern has to be expanded before it says
// anything.
func (p *Pattern) HasVariables() bool { return len(p.parts) > 0 }

// VariableKeys lists the condition keys that the variables name, in lower case.
func (p *Pattern) VariableKeys() []string {
	keys := make([]string, len(p.parts))
	for i := range p.parts {
		keys[i] = p.parts[i].key
	}
	return keys
}

// Literal returns the plain text of a pattern that has neither wildcards nor
// variables.
func (p *Pattern) Literal() (text string, ok bool) {
	if p.HasVariables() || hasWildcard(p.tail) {
		return "", false
	}
	return p.tail, true
}

func hasWildcard(glob string) bool {
	return strings.IndexByte(glob, anyRun) >= 0 || strings.IndexByte(glob, oneOf) >= 0
}

// Expand puts the values of variables in their places; in them, "*" and "?" are
// plain text. It returns a pattern for [Glob], which holds until scratch is
// used again, or the key of a variable that has neither value nor default.
// Without variables it costs nothing.
//
// A value that is the empty string expands to nothing (choice: AWS documents
// defaults only for variables without a value).
func (p *Pattern) Expand(vars Variables, scratch *[]byte) (expanded, unresolved string) {
	if len(p.parts) == 0 {
		return p.tail, ""
	}
	dst := (*scratch)[:0]
	for i := range p.parts {
		part := &p.parts[i]
		value, ok := vars.Variable(part.key)
		if !ok {
			value, ok = part.fallback, part.hasFallback
		}
		if !ok || len(dst)+len(value) > maxExpanded {
			return "", part.key
		}
		dst = append(append(dst, part.before...), value...)
		if p.wild && hasWildcard(value) {
			disarm(dst[len(dst)-len(value):])
		}
	}
	dst = append(dst, p.tail...)
	*scratch = dst
	// As in strings.Builder: the bytes aren't written to while the text is used.
	return unsafe.String(unsafe.SliceData(dst), len(dst)), ""
}

// disarm keeps invalid UTF-8 in a value from turning into wildcards.
func disarm(value []byte) {
	for i, c := range value {
		if c == anyRun || c == oneOf {
			value[i] = '\xfd'
		}
	}
}

// Match reports whether the pattern matches the whole text. A pattern with
// variables matches nothing: expand it first.
func (p *Pattern) Match(text string) bool { return !p.HasVariables() && Glob(p.tail, text) }

// Glob reports whether a compiled pattern, as [Pattern.Expand] returns it,
// matches the whole text.
//
// Of the pieces between "*", the first stands at the start, the last at the
// end, and each of the others at the first place after the piece before it.
// That is enough: an earlier place leaves more text to the rest. So no piece is
// looked for twice, and the cost is linear, except for a piece with "?", which
// is tried at each character: at worst its length times that of the text, which
// [MaxText] bounds.
func Glob(pattern, text string) bool {
	star := strings.IndexByte(pattern, anyRun)
	if star < 0 {
		return prefix(pattern, text) == len(text)
	}
	for place := prefix; ; place = find {
		end := place(pattern[:star], text)
		if end < 0 {
			return false
		}
		pattern, text = pattern[star+1:], text[end:]
		if star = strings.IndexByte(pattern, anyRun); star < 0 {
			return suffix(pattern, text)
		}
	}
}

// prefix returns how much of the text the piece matches at its start, or -1.
func prefix(piece, text string) int {
	n := 0
	for i := 0; i < len(piece); i++ {
		switch {
		case n == len(text):
			return -1
		case piece[i] == oneOf:
			_, size := utf8.DecodeRuneInString(text[n:])
			n += size
		case piece[i] != text[n]:
			return -1
		default:
			n++
		}
	}
	return n
}

// find returns the end of the first place in the text where the piece matches,
// or -1.
func find(piece, text string) int {
	if strings.IndexByte(piece, oneOf) < 0 {
		start := strings.Index(text, piece)
		if start < 0 {
			return -1
		}
		return start + len(piece)
	}
	for start := 0; start < len(text); {
		if n := prefix(piece, text[start:]); n >= 0 {
			return start + n
		}
		_, size := utf8.DecodeRuneInString(text[start:])
		start += size
	}
	return -1
}

// suffix reports whether the piece matches the end of the text.
func suffix(piece, text string) bool {
	if strings.IndexByte(piece, oneOf) < 0 {
		return strings.HasSuffix(text, piece)
	}
	// "?" counts characters, so the start is as many of them from the end.
	for skip := utf8.RuneCountInString(text) - utf8.RuneCountInString(piece); skip > 0; skip-- {
		_, size := utf8.DecodeRuneInString(text)
		text = text[size:]
	}
	return prefix(piece, text) == len(text)
}

// ARNPattern is a value of Resource or NotResource. The zero ARNPattern matches
// nothing.
//
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html
type ARNPattern struct {
	reach    reach
	head     [5]string // arn, partition, service, Region and account, compiled
	resource Pattern
}

// reach is what an ARNPattern can match at all.
type reach uint8

const (
	nothing reach = iota
	arns
	everything // "*" alone, also what has no ARN
)

// CompileARN compiles a value of Resource or NotResource.
//
//   - "*" matches every request, and only it matches a request whose action has
//     no resource types. What else doesn't start with "arn:" matches nothing.
//   - The first five colons divide an ARN into six components. The service
//     takes no wildcard: a value with one there matches nothing.
//   - Where complete is set, missing components are "*": in identity-based
//     policies and permissions boundaries. In the other policies only a "*" at
//     the end of the value reaches over them (choice: AWS documents completion
//     for identity-based policies).
//   - Variables stand in the sixth component; elsewhere ${…} is plain text.
//
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html
func CompileARN(text string, complete, variables bool) ARNPattern {
	if text == "*" {
		return ARNPattern{reach: everything}
	}
	components := strings.SplitN(text, ":", 6)
	short := len(components) < 6
	switch {
	case !strings.HasPrefix(text, "arn:"),
		short && !complete && !strings.HasSuffix(text, "*"),
		len(components) > 2 && strings.ContainsAny(components[2], "*?"):
		return ARNPattern{}
	}
	for len(components) < 6 {
		components = append(components, "*")
	}
	p := ARNPattern{reach: arns, resource: CompilePattern(components[5], true, variables)}
	for i := range p.head {
		component := CompilePattern(components[i], true, false)
		p.head[i] = component.tail
	}
	return p
}

// Match reports whether the pattern matches the resource of a request: an ARN,
// or "*" for an action without resource types. A pattern whose variable has no
// value matches nothing; unresolved then reports that the rest of it did match.
//
// A wildcard in the first five components stays inside its component, except
// for a "*" at the end of one: that runs over colons. In the sixth, wildcards
// match everything, "/" and ":" too.
//
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html
func (p *ARNPattern) Match(arn string, vars Variables, scratch *[]byte) (matched, unresolved bool) {
	c := cursor{rest: arn}
	if p.reach != arns || len(arn) > MaxText || !p.matchHead(&c) {
		return p.reach == everything, false
	}
	resource, missing := p.resource.Expand(vars, scratch)
	if missing != "" {
		return false, true
	}
	star := strings.IndexByte(resource, anyRun)
	for {
		if star < 0 && Glob(resource, c.rest) {
			return true, false
		}
		if star >= 0 {
			// The piece before the first "*" is enough to settle the place: a
			// later one would leave less text to the rest of the pattern.
			if n := prefix(resource[:star], c.rest); n >= 0 {
				return Glob(resource[star:], c.rest[n:]), false
			}
		}
		if !c.retry() || !p.matchHead(&c) {
			return false, false
		}
	}
}

func endsInStar(glob string) bool { return glob != "" && glob[len(glob)-1] == anyRun }

// cursor is a place in an ARN that is being matched. As in [Glob], only the
// last "*" that may run over colons has to be tried at several places.
type cursor struct {
	component int    // the next component of the pattern
	rest      string // the text for it
	again     int    // the component after the last "*" that ends one, or 0
	after     string // the text for that one
}

// matchHead matches the first five components from the cursor on.
func (p *ARNPattern) matchHead(c *cursor) bool {
	for c.component < len(p.head) {
		glob := p.head[c.component]
		colon := strings.IndexByte(c.rest, ':')
		switch {
		case colon < 0:
			return false
		case Glob(glob, c.rest[:colon]):
			c.component, c.rest = c.component+1, c.rest[colon+1:]
			if endsInStar(glob) {
				c.again, c.after = c.component, c.rest
			}
		case !c.retry():
			return false
		}
	}
	return true
}

// retry lets the last "*" that ends a component run over one colon more.
func (c *cursor) retry() bool {
	colon := strings.IndexByte(c.after, ':')
	if c.again == 0 || colon < 0 {
		return false
	}
	c.after = c.after[colon+1:]
	c.component, c.rest = c.again, c.after
	return true
}
