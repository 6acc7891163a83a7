package redact

import "strings"

// variable writes a policy variable: its key stays, but for the name of a tag.
// What a default is compared with is a value as any other.
//
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html
func (s *scanner) variable() {
	length := variableLength(s.rest())
	inside := s.rest()[2 : length-1]
	key, standard, has := strings.Cut(inside, ",")
	out := "${" + s.key(key)
	if has {
		out += "," + s.scan(standard, value)
	}
	s.put(length, out+"}")
}

// maxVariable is the longest policy variable that is looked for: where thousands have no
// end, none is looked for to the end of the text.
const maxVariable = 1 << 12

// variableLength is how long the policy variable is that a text begins with.
func variableLength(text string) int {
	if !strings.HasPrefix(text, "${") {
		return 0
	}
	return strings.IndexByte(text[:min(len(text), maxVariable)], '}') + 1
}

// split takes a text apart at separators, into at most so many parts, 0 for all.
// Those in a policy variable are not any: ${aws:PrincipalTag/team} is one word.
func split(text, separators string, most int) (out []string) {
	from := 0
	for at := 0; at < len(text) && len(out) != most-1; at++ {
		switch length := variableLength(text[at:]); {
		case length > 0:
			at += length - 1
		case strings.IndexByte(separators, text[at]) >= 0:
			out = append(out, text[from:at])
			from = at + 1
		}
	}
	return append(out, text[from:])
}

// key maps the name of a condition key: what its user chose of it.
func (n *names) key(key string) string {
	head, name, tag := strings.Cut(key, "/")
	switch {
	case strings.HasPrefix(strings.ToLower(key), "kms:encryptioncontext:"):
		at := len("kms:encryptioncontext:")
		return key[:at] + n.tagKey(key[at:])
	case strings.Contains(head, "."): // of an identity provider: HOST/PATH:NAME
		at := strings.LastIndexByte(key, ':')
		if at < 0 {
			at = len(key)
		}
		return n.scan(key[:at], value) + key[at:]
	case tag:
		return head + "/" + n.tagKey(name)
	case head == "*" || key == "ResourceType" || strings.Contains(head, ":"):
		return key
	}
	return n.scan(key, value)
}

// tagKey maps the key of a tag, or of an encryption context. Those that begin
// with aws: are AWS's.
//
// https://docs.aws.amazon.com/tag-editor/latest/userguide/best-practices-and-strats.html
func (n *names) tagKey(key string) string {
	if strings.HasPrefix(strings.ToLower(key), "aws:") {
		return key
	}
	return n.scan(key, value)
}
