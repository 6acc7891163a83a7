package importer

import (
	"strings"

	"why403/engine/policy"
	"why403/engine/scenario"
)

// MaxSize is the longest text that Import takes, in bytes. Of one that is longer
// than policy.MaxSize, only what belongs to one request is read.
const MaxSize = scenario.MaxImport

// maxKept is how much of a long text is read, in bytes, and maxListed how many
// users and roles of it are named, and choices offered.
const (
	maxKept   = policy.MaxSize - 64<<10
	maxListed = 4000
)

// reduced gives the piece of a long text that is worth reading. wanted is the
// ARN of the user or role that is meant, or "". It gives "" where the text has
// nothing of that kind.
func reduced(text string, wanted func(arn string) bool) string {
	text = strings.TrimLeft(strings.TrimPrefix(text, "\uFEFF"), " \t\r\n")
	if text == "" || len(text) > MaxSize {
		return ""
	}
	var kept string
	switch text[0] {
	case '{':
		fields := members(text)
		if kept = reducedAccount(fields, wanted); kept != "" {
			return kept
		}
		for _, name := range []string{"Records", "Events", "events"} {
			if list := member(fields, name); list != "" {
				return reducedEvents(list[1:])
			}
		}
		kept = reducedEvents(text)
	case '[':
		kept = reducedEvents(text[1:])
	}
	if kept == "" {
		kept = linesAround(text)
	}
	return kept
}

// members gives the members of the object at the beginning of a text, as they
// stand there.
func members(text string) (fields []pair) {
	rest := text[1:]
	for len(fields) < MaxChoices {
		rest = strings.TrimLeft(rest, " \t\r\n,")
		if rest == "" || rest[0] != '"' {
			break
		}
		n := stringLength(rest)
		if n < 0 {
			break
		}
		name := rest[1 : n-1]
		rest = strings.TrimLeft(rest[n:], " \t\r\n:")
		end := itemLength(rest)
		if end <= 0 {
			break
		}
		fields = append(fields, pair{name, rest[:end]})
		rest = rest[end:]
	}
	return fields
}

// itemLength is the length of any JSON value, or -1.
func itemLength(text string) int {
	if text == "" {
		return -1
	}
	if strings.IndexByte("{[\"", text[0]) >= 0 {
		return valueLength(text)
	}
	if end := strings.IndexAny(text, ",]} \t\r\n"); end >= 0 {
		return end
	}
	return len(text)
}

// itemsOf calls a function with each value of a list, whose first bracket is
// cut off, or of a text of values, until it reports false.
func itemsOf(text string, each func(item string) bool) {
	for {
		text = strings.TrimLeft(text, " \t\r\n,")
		n := itemLength(text)
		if n <= 0 || text[0] == ']' || !each(text[:n]) {
			return
		}
		text = text[n:]
	}
}

func member(fields []pair, name string) string {
	for _, f := range fields {
		if f.key == name {
			return f.value
		}
	}
	return ""
}

// reducedAccount keeps the names of all users and roles of
// get-account-authorization-details, and what belongs to the one that is
// wanted.
func reducedAccount(fields []pair, wanted func(string) bool) string {
	roles, users := member(fields, "RoleDetailList"), member(fields, "UserDetailList")
	if !strings.HasPrefix(roles, "[") && !strings.HasPrefix(users, "[") {
		return ""
	}
	var b strings.Builder
	belongs := ""
	listed := 0
	entities := func(name, list string) {
		b.WriteString(`"` + name + `":[`)
		first := true
		if list != "" {
			itemsOf(list[1:], func(item string) bool {
				arn := ""
				if strings.HasPrefix(item, "{") {
					arn = strings.Trim(member(members(item), "Arn"), `"`)
				}
				kept := ""
				switch {
				case wanted(arn) && len(item) < maxKept/2:
					kept = item
					belongs += item
				case listed < maxListed && arn != "":
					kept = `{"Arn":"` + arn + `"}`
				default:
					return true
				}
				if listed++; !first {
					b.WriteByte(',')
				}
				first = false
				b.WriteString(kept)
				return true
			})
		}
		b.WriteString(`],`)
	}
	b.WriteByte('{')
	entities("RoleDetailList", roles)
	entities("UserDetailList", users)
	groups := keptOf(member(fields, "GroupDetailList"), "GroupName", belongs)
	b.WriteString(`"GroupDetailList":[` + groups + `],"Policies":[` + keptOf(member(fields, "Policies"), "Arn", belongs+groups) + `]}`)
	if b.Len() > policy.MaxSize {
		return ""
	}
	return b.String()
}

// keptOf gives the items of a list whose name is in what belongs to an entity.
func keptOf(list, name, belongs string) string {
	var b strings.Builder
	if list == "" || belongs == "" {
		return ""
	}
	words := map[string]bool{}
	for word := range strings.SplitSeq(belongs, `"`) {
		words[word] = true
	}
	itemsOf(list[1:], func(item string) bool {
		value := ""
		if strings.HasPrefix(item, "{") {
			value = strings.Trim(member(members(item), name), `"`)
		}
		if value != "" && words[value] && b.Len()+len(item) < maxKept/3 {
			if b.Len() > 0 {
				b.WriteByte(',')
			}
			b.WriteString(item)
		}
		return true
	})
	return b.String()
}

// denials are what an event has that was refused.
var denials = []string{"AccessDenied", "UnauthorizedOperation", "Unauthorized", "Forbidden", "AuthorizationError", authorized}

// reducedEvents keeps the events of a list that were refused.
func reducedEvents(list string) string {
	var b strings.Builder
	itemsOf(list, func(item string) bool {
		if strings.Contains(item, "errorCode") && hasAny(item, denials) && b.Len()+len(item) < maxKept {
			if b.Len() > 0 {
				b.WriteByte(',')
			}
			b.WriteString(item)
		}
		return b.Len() < maxKept
	})
	if b.Len() == 0 {
		return ""
	}
	return `{"Records":[` + b.String() + `]}`
}

func hasAny(text string, words []string) bool {
	for _, word := range words {
		if strings.Contains(text, word) {
			return true
		}
	}
	return false
}

// linesAround keeps what stands around AWS's messages in a long log.
func linesAround(text string) string {
	const before, after = 2048, 4096
	var b strings.Builder
	for _, word := range []string{authorized, "AccessDenied", "Access Denied", "UnauthorizedOperation", "Access denied"} {
		for at := 0; at < len(text) && b.Len() < maxKept-before-after; {
			i := strings.Index(text[at:], word)
			if i < 0 {
				break
			}
			from, to := max(at, at+i-before), min(len(text), at+i+after)
			b.WriteString(text[from:to] + "\n")
			at = to
		}
		if b.Len() > 0 {
			break
		}
	}
	return b.String()
}
