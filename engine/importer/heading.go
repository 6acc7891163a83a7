package importer

import "strings"

// headings are the words with which people say above a policy what it is attached
// to, in lower case, by the ID of the place. The first that fits wins.
var headings = [...][2]string{
	{"boundary", "boundary"}, {"session", "session policy"}, {"scp", "scp|service control polic"}, {"rcp", "rcp|resource control polic"},
	{"endpoint", "endpoint policy|vpce policy"},
	{"resource", "trust|bucket policy|key policy|queue policy|topic policy|resource policy|resource-based|repository policy"},
	{"identity", "role policy|user policy|group policy|iam policy|inline policy|managed policy|identity-based|identity polic|" +
		"permissions policy|permission policy"},
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
	if strings.HasPrefix(line, "```") {
		return Heading(strings.Join(lines[:len(lines)-1], "\n"))
	}
	if line == "" || len(line) > maxHeading || hasAny(" "+line, hedges) || commandOf(line) != "" {
		return ""
	}
	line = strings.ReplaceAll(line, "_", " ")
	for _, row := range headings {
		for words := range strings.SplitSeq(row[1], "|") {
			if at := strings.Index(line, words); at >= 0 && (at == 0 || !isLetter(line[at-1])) {
				return row[0]
			}
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
