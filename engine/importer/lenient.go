package importer

import (
	"strconv"
	"strings"

	"why403/engine/policy"
)

// lenient gives a text with its policies as JSON: from a program or a file of
// settings, with comments, commas too many or quotes of another kind; in a string
// of JSON; percent-encoded; or with the numbers of lines.
func lenient(text string) string {
	text = percentPolicies(quotedPolicies(unnumbered(text)))
	var b strings.Builder
	for failed := 0; failed < maxFailed; {
		begin := strings.IndexByte(text, '{')
		if begin < 0 {
			break
		}
		n := braces(text[begin:])
		if n < 0 {
			failed++
			n = 1
		}
		b.WriteString(text[:begin])
		inside := text[begin : begin+n]
		if strings.Contains(inside, "Statement") {
			// A name in the place of a value is what the program has in it: nothing tells.
			if meant := strict(uncommented(inside)); strings.Count(meant, "null") == strings.Count(inside, "null") {
				inside = ownLine(meant)
			}
		}
		b.WriteString(inside)
		text = text[begin+n:]
	}
	return b.String() + text
}

// ownLine puts a text on lines of its own.
func ownLine(text string) string { return "\n" + text + "\n" }

// braces is how long a text is up to the brace that closes its first one, or -1.
func braces(text string) int {
	depth := 0
	for i := range len(text) {
		switch text[i] {
		case '{':
			depth++
		case '}':
			if depth--; depth == 0 {
				return i + 1
			}
		}
	}
	return -1
}

// uncommented takes the comments off the ends of lines.
func uncommented(text string) string {
	var b strings.Builder
	for line := range strings.Lines(text) {
		if at := commentAt(line); at >= 0 {
			line = line[:at] + "\n"
		}
		b.WriteString(line)
	}
	return b.String()
}

// commentAt is where a comment begins in a line, outside of quotes, or -1.
func commentAt(line string) int {
	quote := byte(0)
	for i := range len(line) {
		switch c := line[i]; {
		case quote != 0:
			if c == quote && line[i-1] != '\\' {
				quote = 0
			}
		case c == '"' || c == '\'':
			quote = c
		case c == '#' || strings.HasPrefix(line[i:], "//"):
			return i
		}
	}
	return -1
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
