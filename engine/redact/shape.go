package redact

import (
	"regexp"
	"strings"
)

// shape is what texts of a kind look like, from their first byte on. Most words are
// none: may tells that from a few bytes, and the pattern is not tried. It never
// refuses what the pattern would find.
type shape struct {
	pattern *regexp.Regexp
	may     func(string) bool
}

// find is what of that shape a text begins with, or "". It looks at no more than
// longestHost bytes.
func (n *names) find(s *shape, text string) string {
	text = text[:min(len(text), longestHost)]
	if !s.may(text) {
		return ""
	}
	n.tried++
	return s.pattern.FindString(text)
}

// is reports whether all of a text has the shape.
func (s *shape) is(text string) bool { return s.may(text) && s.pattern.FindString(text) == text }

var (
	uuid = shape{regexp.MustCompile(`^[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}`),
		func(t string) bool { return len(t) >= 36 && t[8] == '-' && isHex(t[0]) }}
	region = shape{regexp.MustCompile(`^(?:us|eu|ap|sa|ca|me|af|il|mx|cn|us-gov|us-iso|us-isob|eusc-de|eu-isoe)-(?:(?:north|south|east|west|central)(?:east|west)?)-\d`),
		func(t string) bool { return len(t) > 2 && t[2] == '-' || strings.HasPrefix(t, "eusc-") }}
	moment = shape{regexp.MustCompile(`^\d{4}-\d\d-\d\d(?:T\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:?\d\d)?)?`),
		func(t string) bool { return len(t) >= 10 && t[4] == '-' && t[0] >= '0' && t[0] <= '9' }}
	host = shape{regexp.MustCompile(`^(?:[A-Za-z0-9-]+\.)+(?:amazonaws|api\.aws|amazonaws-us-gov)\.com(?:\.cn)?`),
		func(t string) bool { return strings.Contains(t, "amazonaws") || strings.Contains(t, "api.aws") }}
	// cloud is the types of CloudFormation.
	cloud = shape{regexp.MustCompile(`^(?:AWS|Amazon|Alexa)::[A-Za-z0-9]+::[A-Za-z0-9]+`),
		func(t string) bool { return t != "" && t[0] == 'A' && strings.Contains(t[:min(len(t), 8)], "::") }}
	address = shape{regexp.MustCompile(`^(?:\d{1,3}(?:\.\d{1,3}){3}|[0-9A-Fa-f:]*:[0-9A-Fa-f:]*:[0-9A-Fa-f:.]*)(?:/\d{1,3})?`), mayBeAddress}
	// uniqueID is IAM's unique IDs.
	//
	// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html#identifiers-unique-ids
	uniqueID = shape{regexp.MustCompile(`^(?:ABIA|ACCA|AGPA|AIDA|AIPA|AKIA|ANPA|ANVA|APKA|AROA|ASCA|ASIA)[A-Z0-9]{4,}$`),
		func(t string) bool { return len(t) >= 8 && t[0] == 'A' }}
)

func isHex(c byte) bool { return '0' <= c && c <= '9' || 'A' <= c && c <= 'F' || 'a' <= c && c <= 'f' }

// mayBeAddress reports whether a text begins with digits that have three full stops
// between them, or two colons.
func mayBeAddress(text string) bool {
	stops, colons := 0, 0
	for i := range len(text) {
		switch c := text[i]; {
		case c == '.':
			stops++
		case c == ':':
			colons++
		case !isHex(c):
			return false
		}
		if stops == 3 || colons == 2 {
			return true
		}
	}
	return false
}
