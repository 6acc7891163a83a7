package importer

import "strings"

// maxName is how far a name, an ARN or another value is read, in bytes: an ARN
// of S3 has 1,100 at most.
const maxName = 2048

// value reads one value at the beginning of a text: what stands between quotes,
// or what goes on to where its characters end. rest begins behind it.
func value(text string) (v, rest string) {
	if text == "" {
		return "", ""
	}
	if strings.HasPrefix(text, `""`) && len(text) > 2 && isLetter(text[2]) {
		text = text[1:] // as comma-separated values have quotes
	}
	near := text[:runeEnd(text, maxName)]
	if i := strings.IndexByte("\"'`", text[0]); i >= 0 {
		closing := []string{`"`, "'", "`'"}[i]
		if end := strings.IndexAny(near[1:], closing); end >= 0 {
			return strings.Trim(near[1:end+1], " `"), text[end+2:]
		}
		v, _ = value(text[1:])
		return v, text[1+len(v):]
	}
	end := valueEnd(near)
	v = near[:end]
	if strings.HasSuffix(v, "...") {
		return v, text[len(v):] // the text leaves out the rest
	}
	for {
		short := strings.TrimRight(v, ".,;!")
		// The ARN of a log group ends in a colon, others do not.
		if arnPart(short, 2) != "logs" {
			short = strings.TrimRight(short, ":")
		}
		if short == v || short == "" {
			return v, text[len(v):]
		}
		v = short
	}
}

// valueEnd finds where the characters of a value without quotes end. Brackets
// belong to it where they close again: "<NAME>", "[ID]", "${aws:username}".
func valueEnd(text string) int {
	for i := 0; i < len(text); i++ {
		switch c := text[i]; c {
		case ' ', '"', '\'', '`', '\\', ';', '|', '>', ')', ']', '}':
			return i
		case ',':
			if i+1 == len(text) || strings.IndexByte(" \"'", text[i+1]) >= 0 {
				return i
			}
		case '<', '(', '[', '{':
			n := bracketLength(text[i:])
			if n == 0 {
				return i
			}
			i += n - 1
		}
	}
	return len(text)
}

// bracketLength is the length of a placeholder in brackets, which may be
// doubled, or 0: a few words, with no slash, as a closing tag would have.
func bracketLength(text string) int {
	closing := map[byte]byte{'<': '>', '(': ')', '[': ']', '{': '}'}[text[0]]
	if len(text) > 1 && text[1] == text[0] && text[0] != '(' {
		if n := bracketLength(text[1:]); n > 0 && n+1 < len(text) && text[n+1] == closing {
			return n + 2
		}
		return 0
	}
	for i := 1; i < len(text) && i < 64; i++ {
		c := text[i]
		switch {
		case c == closing:
			if i == 1 {
				return 0
			}
			return i + 1
		case c >= '0' && c <= '9', c >= 'A' && c <= 'Z', c >= 'a' && c <= 'z', c == '_', c == '-', c == ':', c == '.':
		case c == ' ' && text[0] != '(' && i > 1 && text[i+1:] != "" && text[i+1] != closing:
		default:
			return 0
		}
	}
	return 0
}

// isAction reports whether a text is an action: service:Name, and nothing else.
func isAction(text string) bool {
	service, name, ok := strings.Cut(text, ":")
	return ok && name != "" && service != "" && len(text) <= 128 &&
		strings.Trim(service, lowerLetters+upperLetters+digit+"-") == "" && strings.Trim(name, lowerLetters+upperLetters+digit) == "" &&
		strings.Trim(name[:1], digit) != "" && service != "arn"
}

const (
	lowerLetters = "abcdefghijklmnopqrstuvwxyz"
	upperLetters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
	digit        = "0123456789"
)

// roleIn finds the first ARN of a role in a text, or "".
func roleIn(text string) string { return arnWith(text, "iam", "role/") }

// arnIn finds the first ARN of a service in a text, or "".
func arnIn(text, service string) string { return arnWith(text, service, "") }

// arnWith finds the first ARN of a service whose last part begins with a kind.
func arnWith(text, service, kind string) string {
	for {
		i := strings.Index(text, "arn:aws")
		if i < 0 {
			return ""
		}
		arn, _ := value(text[i:])
		if arnPart(arn, 2) == service && arnPart(arn, 5) != "" && strings.HasPrefix(arnPart(arn, 5), kind) {
			return arn
		}
		text = text[i+len("arn:aws"):]
	}
}

// onlyRole gives the ARN of the role that a text names, where it names no other one:
// who assumes a role with a token has none.
func onlyRole(text string) (found string) {
	for {
		i := strings.Index(text, "arn:aws")
		if i < 0 {
			return found
		}
		arn, _ := value(text[i:])
		if text = text[i+len("arn:aws"):]; arnPart(arn, 2) != "iam" || !strings.HasPrefix(arnPart(arn, 5), "role/") || arn == found {
			continue
		}
		if found != "" {
			return ""
		}
		found = arn
	}
}

// onlyAction gives the action in a short text that has one and no other, or "".
func onlyAction(text string) (found string) {
	if len(text) > 400 {
		return ""
	}
	for word := range strings.FieldsSeq(text) {
		word = strings.Trim(word, "\"'`.,;()[]")
		if service, name, _ := strings.Cut(word, ":"); !isAction(word) || !isName(name) || service != strings.ToLower(service) {
			continue
		}
		if found != "" && found != word {
			return ""
		}
		found = word
	}
	return found
}
