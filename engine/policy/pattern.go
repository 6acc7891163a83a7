package policy

import (
	"strings"
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
	costly bool // see Work
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
	p := Pattern{tail: strings.ToValidUTF8(text, "\uFFFD"), wild: wildcards, costly: wildcards && isCostly(text)}
	if !(wildcards && strings.ContainsAny(text, "*?")) && !(variables && strings.Contains(text, "${")) {
		return p
	}
	var usual [128]byte
	plain := usual[:0]
	behind := len(p.tail) - strings.LastIndex(p.tail, "'}") // no default ends with less than that to come
	for rest := p.tail; rest != ""; {
		size := 1
		switch {
		case variables && strings.HasPrefix(rest, "${"):
			v, length := readVariable(rest, len(rest) >= behind)
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
// "'}"; there is none unless ends says so. The symbols are variables with the key "*", "?"
// and "$".
func readVariable(text string, ends bool) (v variable, length int) {
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
	if !ok || !ends {
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

// EachVariable calls f for the condition key of each variable, in lower case.
func (p *Pattern) EachVariable(f func(key string)) {
	for i := range p.parts {
		f(p.parts[i].key)
	}
}

// VariableKeys lists the condition keys that the variables name, in lower case.
func (p *Pattern) VariableKeys() []string {
	keys := make([]string, len(p.parts))
	for i := range p.parts {
		keys[i] = p.parts[i].key
	}
	return keys
}

func hasWildcard(glob string) bool {
	return strings.IndexByte(glob, anyRun) >= 0 || strings.IndexByte(glob, oneOf) >= 0
}

// Expand puts the values of variables in their places; in them, "*" and "?" are
// plain text. It returns a pattern for [Glob], which holds until scratch is
// used again, or the key of a variable that has neither value nor default.
// Without variables it costs nothing.
//
// A value that is the empty string is none: AWS calls a key without a value as
// null as one that is absent.
//
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html
func (p *Pattern) Expand(vars Variables, scratch *[]byte) (expanded, unresolved string) {
	if len(p.parts) == 0 {
		return p.tail, ""
	}
	dst := (*scratch)[:0]
	for i := range p.parts {
		part := &p.parts[i]
		value, ok := vars.Variable(part.key)
		if ok = ok && value != ""; !ok {
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
