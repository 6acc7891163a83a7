package importer

import "strings"

// headings are the words with which people say above a policy what it is attached
// to, in lower case, with the ID of the place. The first that fits wins.
var headings = []struct{ words, id string }{
	{"boundary", "boundary"}, {"session policy", "session"}, {"scp", "scp"}, {"service control polic", "scp"}, {"rcp", "rcp"},
	{"resource control polic", "rcp"}, {"endpoint policy", "endpoint"}, {"vpce policy", "endpoint"}, {"trust", "resource"},
	{"bucket policy", "resource"}, {"key policy", "resource"}, {"queue policy", "resource"}, {"topic policy", "resource"},
	{"resource policy", "resource"}, {"resource-based", "resource"}, {"repository policy", "resource"}, {"role policy", "identity"},
	{"user policy", "identity"}, {"group policy", "identity"}, {"iam policy", "identity"}, {"inline policy", "identity"},
	{"managed policy", "identity"}, {"identity-based", "identity"}, {"permissions policy", "identity"},
}

// hedges are words in a heading that make it tell nothing.
var hedges = []string{" no ", " not ", "without", "n't", "?", " or ", " and "}

// maxHeading is how many bytes a line has that is a heading.
const maxHeading = 60

// Heading is what the last line of the words before a policy says that the policy is
// attached to: the ID of a place, or "".
func Heading(before string) string {
	lines := strings.Split(strings.TrimRight(before, " \t\r\n`"), "\n")
	line := strings.ToLower(strings.TrimSpace(lines[len(lines)-1]))
	if strings.HasSuffix(line, "```json") || strings.HasPrefix(line, "```") {
		return Heading(strings.Join(lines[:len(lines)-1], "\n"))
	}
	if line == "" || len(line) > maxHeading || hasAny(" "+line, hedges) || commandOf(line) != "" {
		return ""
	}
	line = strings.NewReplacer("_", " ", "policies", "policy").Replace(line)
	for _, row := range headings {
		if at := strings.Index(line, row.words); at >= 0 && (at == 0 || !isLetter(line[at-1])) {
			return row.id
		}
	}
	return ""
}

// guessHeading goes by the line above a policy.
func (p *paste) guessHeading(places []place) guess {
	for _, at := range places {
		if at.id == p.heading {
			return guess{at.id, "The line above it says so."}
		}
	}
	return guess{}
}
