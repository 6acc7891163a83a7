package importer

import (
	"strconv"
	"strings"

	"why403/engine/policy"
	"why403/engine/template"
)

// lenient gives a text with its policies as JSON: from a program or a file of
// settings, with comments, commas too many or quotes of another kind; in a string
// of JSON; percent-encoded; or with the numbers of lines.
func lenient(text string) string {
	text = cdkPolicies(percentPolicies(quotedPolicies(unnumbered(text))))
	var b strings.Builder
	for failed := 0; failed < maxFailed; {
		begin := strings.IndexByte(text, '{')
		if begin < 0 {
			break
		}
		n := policy.ObjectEnd(text[begin:])
		inside := text[begin : begin+n]
		if strings.Contains(inside, "Statement") {
			// A name in the place of a value is what the program has in it: nothing tells.
			meant := strict(uncommented(inside))
			if inside = ownLine(meant); strings.Count(meant, "null") != strings.Count(text[begin:begin+n], "null") {
				n = 0 // a policy may be inside
			}
		}
		if n == 0 {
			failed++
			n, inside = 1, "{"
		}
		b.WriteString(text[:begin] + inside)
		text = text[begin+n:]
	}
	return b.String() + text
}

// ownLine puts a text on lines of its own.
func ownLine(text string) string { return "\n" + text + "\n" }

// uncommented takes out comments, and has a gap where something is left out: where an
// ellipsis or words in angle brackets stand, or a comment says so.
func uncommented(text string) string {
	w := gapWriter{last: '{'}
	for i := 0; i < len(text); {
		n, left := noise(text[i:])
		switch c := text[i]; {
		case left:
			w.gap()
		case n > 0:
		case c == '"' || c == '\'':
			n = len(firstLine(text[i : i+quotedLength(text[i:])]))
			w.write(c, text[i:i+n])
		default:
			n = 1
			w.write(c, text[i:i+n])
		}
		i += n
	}
	return w.String()
}

// maxNoise is how long a comment is that has an end, in bytes.
const maxNoise = 4 << 10

// noise is the length of what is no part of a value: a comment, or something in the
// place of what is left out; else 0.
func noise(text string) (n int, left bool) {
	near := text[:min(len(text), maxNoise)]
	if n = ellipsis(near); n > 0 {
		return n, true
	}
	switch {
	case text[0] == '<':
		n = strings.IndexByte(firstLine(near), '>') + 1
		return n, n > 0
	case text[0] == '#' || strings.HasPrefix(text, "//"):
		n = len(firstLine(text))
	case strings.HasPrefix(text, "/*"):
		if n = strings.Index(near, "*/") + len("*/"); n < len("/**/") {
			return 0, false
		}
	}
	return n, n > 0 && template.LeavesOut(text[:n])
}

// ellipsis is the length of dots at the beginning of a text, with the brackets around
// them, or 0.
func ellipsis(text string) int {
	if strings.HasPrefix(text, template.Gap) {
		return len(template.Gap)
	}
	if n := len(text) - len(strings.TrimLeft(text, ".")); n > 0 {
		return n * min(n/3, 1)
	}
	if strings.IndexByte("[{(", text[0]) < 0 {
		return 0
	}
	inside := strings.TrimLeft(text[1:], " ")
	if inside == "" || strings.IndexByte("[{(", inside[0]) >= 0 {
		return 0
	}
	dots := ellipsis(inside)
	if rest := strings.TrimLeft(inside[dots:], " "); dots > 0 && rest != "" && strings.IndexByte("]})", rest[0]) >= 0 {
		return len(text) - len(rest) + 1
	}
	return 0
}

// gapWriter writes JSON with gaps in it, and the commas that they need.
type gapWriter struct {
	strings.Builder
	in      []byte // the brackets around
	last    byte   // of what is no white space
	pending bool   // a gap was written last
}

func (w *gapWriter) write(c byte, text string) {
	if strings.IndexByte(" \t\r\n", c) < 0 {
		if w.pending && strings.IndexByte(",]}:", c) < 0 {
			w.WriteByte(',')
		}
		w.last, w.pending = c, false
	}
	if c == '{' || c == '[' {
		w.in = append(w.in, c)
	} else if (c == '}' || c == ']') && len(w.in) > 0 {
		w.in = w.in[:len(w.in)-1]
	}
	w.WriteString(text)
}

// gap writes an item of a list, a value, or a member of an object.
func (w *gapWriter) gap() {
	if w.pending || strings.IndexByte(",:{[", w.last) < 0 {
		w.WriteByte(',')
	}
	w.WriteString(`"` + template.Gap + `"`)
	if w.last != ':' && len(w.in) > 0 && w.in[len(w.in)-1] == '{' {
		w.WriteString(`:"` + template.Gap + `"`)
	}
	w.last, w.pending = '"', true
}

// firstLine is a text up to the end of its first line.
func firstLine(text string) string {
	line, _, _ := strings.Cut(text, "\n")
	return line
}

// quotedPolicies puts what strings of JSON have in them in the place of the strings,
// where that is a policy.
func quotedPolicies(text string) string {
	var b strings.Builder
	for {
		i := strings.Index(text, `"{`)
		if i < 0 {
			break
		}
		n := stringLength(text[i:])
		if n < 0 {
			break
		}
		inner, problems := policy.ParseJSON("", text[i:i+n])
		if fatal(problems) || !strings.Contains(inner.Value, `"Statement"`) {
			n = len(`"{`)
			b.WriteString(text[:i+n])
		} else {
			b.WriteString(text[:i] + ownLine(inner.Value))
		}
		text = text[i+n:]
	}
	return b.String() + text
}

// percentPolicies decodes policies as the API of IAM gives them.
//
// https://docs.aws.amazon.com/IAM/latest/APIReference/API_PolicyVersion.html
func percentPolicies(text string) string {
	const brace, begins = "%7", "%7B%22"
	var b strings.Builder
	for {
		i := strings.Index(text, brace)
		if i < 0 || len(text)-i < len(begins) {
			break
		}
		n, decoded := len(brace), brace
		if strings.EqualFold(text[i:i+len(begins)], begins) {
			if n = strings.IndexAny(text[i:], " \t\r\n\"'<,"); n < 0 {
				n = len(text) - i
			}
			if decoded = text[i : i+n]; strings.Contains(decoded, "Statement") {
				decoded = ownLine(percentDecoded(decoded))
			}
		}
		b.WriteString(text[:i] + decoded)
		text = text[i+n:]
	}
	return b.String() + text
}

// unnumbered takes off the numbers that an editor or a page put before lines: at
// least three in a row.
func unnumbered(text string) string {
	var b strings.Builder
	lines := strings.SplitAfter(text, "\n")
	for i := 0; i < len(lines); {
		first, _, ok := lineNumber(lines[i])
		end := i + 1
		for ok && end < len(lines) {
			if n, _, more := lineNumber(lines[end]); !more || n != first+end-i {
				break
			}
			end++
		}
		for _, line := range lines[i:end] {
			if end-i >= 3 {
				_, line, _ = lineNumber(line)
			}
			b.WriteString(line)
		}
		i = end
	}
	return b.String()
}

// lineNumber is the number that a line begins with, and what stands behind it.
func lineNumber(line string) (n int, rest string, ok bool) {
	line = strings.TrimLeft(line, " \t")
	digits := len(line) - len(strings.TrimLeft(line, digit))
	if digits == 0 || digits > 4 || digits == len(line) || strings.IndexByte(" \t:|.)\r\n", line[digits]) < 0 {
		return 0, "", false
	}
	n, err := strconv.Atoi(line[:digits])
	return n, strings.TrimLeft(line[digits:], ":|.)"), err == nil
}
