package fix

import (
	"strings"

	"why403/engine/policy"
)

// replaced puts a string in the place of another.
func replaced(text string, at policy.Span, value string) string {
	return text[:at.Start] + quote(value) + text[at.End:]
}

// withValue adds a string to a list, or makes a list of a single value.
func withValue(text string, at policy.Span, value string) string {
	list := policy.ValueAt(text, at)
	switch {
	case list == nil:
		return text
	case list.Kind != policy.Array:
		return text[:at.Start] + "[" + text[at.Start:at.End] + ", " + quote(value) + "]" + text[at.End:]
	case len(list.Items) == 0:
		return text[:at.Start+1] + quote(value) + text[at.Start+1:]
	}
	last := list.Items[len(list.Items)-1].Span
	between := indentation(text, last.Start)
	if between == "" {
		between = " "
	}
	return text[:last.End] + "," + between + quote(value) + text[last.End:]
}

// withoutItem takes a member out of a list or an object, with its comma.
func withoutItem(text string, at policy.Span, index int) string {
	n := policy.ValueAt(text, at)
	if n == nil || index >= len(n.Items) {
		return text
	}
	begin := func(i int) int {
		if n.Kind == policy.Object {
			return n.Names[i].Span.Start
		}
		return n.Items[i].Span.Start
	}
	switch {
	case index+1 < len(n.Items):
		return text[:begin(index)] + text[begin(index+1):]
	case index > 0:
		return text[:n.Items[index-1].Span.End] + text[n.Items[index].Span.End:]
	}
	return text[:begin(0)] + text[n.Items[0].Span.End:]
}

// withField adds a member to an object, in its layout.
func withField(text string, at policy.Span, name, value string) string {
	n := policy.ValueAt(text, at)
	if n == nil || n.Kind != policy.Object {
		return text
	}
	l := usual
	line := l.read(text, n)
	if len(n.Items) == 0 {
		return text[:at.Start+1] + quote(name) + l.colon + l.json(value, "") + text[at.Start+1:]
	}
	deeper, between := "", " "
	if line != "" {
		deeper = line + l.unit
		between = deeper
	}
	last := n.Items[len(n.Items)-1].Span.End
	return text[:last] + "," + between + quote(name) + l.colon + l.json(value, deeper) + text[last:]
}

// withTest adds a test to the Condition of a statement, which may have none.
func withTest(text string, s *policy.Statement, operator, key string, values ...string) string {
	quoted := make([]string, len(values))
	for i, v := range values {
		quoted[i] = quote(v)
	}
	value := strings.Join(quoted, ",")
	if len(quoted) > 1 {
		value = "[" + value + "]"
	}
	test := "{" + quote(key) + ":" + value + "}"
	if s.Condition.Span.End == 0 {
		return withField(text, s.Span, "Condition", "{"+quote(operator)+":"+test+"}")
	}
	condition := policy.ValueAt(text, s.Condition.Span)
	if keys, ok := condition.Field(operator); ok {
		return withField(text, keys.Span, key, value)
	}
	return withField(text, condition.Span, operator, test)
}

// withoutTest takes a test out of a Condition, and with it what is then empty.
func withoutTest(text string, s *policy.Statement, t *policy.Test) string {
	condition := policy.ValueAt(text, s.Condition.Span)
	for i := range condition.Items {
		keys := &condition.Items[i]
		if condition.Names[i].Span != t.Operator.Span {
			continue
		}
		switch {
		case len(keys.Items) > 1:
			return withoutItem(text, keys.Span, indexOf(keys, t.Key.Span))
		case len(condition.Items) > 1:
			return withoutItem(text, condition.Span, i)
		}
	}
	statement := policy.ValueAt(text, s.Span)
	for i := range statement.Items {
		if statement.Items[i].Span == s.Condition.Span {
			return withoutItem(text, s.Span, i)
		}
	}
	return text
}

// indexOf is the member of an object whose name stands at a place.
func indexOf(n *policy.Node, name policy.Span) int {
	for i := range n.Names {
		if n.Names[i].Span == name {
			return i
		}
	}
	return len(n.Names)
}

// withOperator puts a test under another operator.
func withOperator(text string, kind policy.Type, s *policy.Statement, t *policy.Test, operator string) string {
	condition := policy.ValueAt(text, s.Condition.Span)
	if keys, ok := condition.Field(t.Operator.Value); ok && len(keys.Items) == 1 {
		if _, taken := condition.Field(operator); !taken {
			return replaced(text, t.Operator.Span, operator)
		}
	}
	values := make([]string, len(t.Values))
	for i, v := range t.Values {
		values[i] = v.Value
	}
	shorter := withoutTest(text, s, t)
	d, _ := policy.Parse("", kind, shorter)
	for i := range d.Statements {
		if d.Statements[i].Span.Start == s.Span.Start {
			return withTest(shorter, &d.Statements[i], operator, t.Key.Value, values...)
		}
	}
	return text
}

// lines is a request section, or a header, that is changed line by line.
type lines string

// set gives a key one line with a value, in the place of those that it had.
func (l lines) set(key, value string) lines {
	line := key + ": " + value + "\n"
	if value == "" {
		line = key + ":\n"
	}
	var b strings.Builder
	done := false
	for have := range strings.Lines(string(l)) {
		if l.is(have, key) {
			if !done {
				b.WriteString(line)
			}
			done = true
			continue
		}
		b.WriteString(strings.TrimSuffix(have, "\n") + "\n")
	}
	if done {
		return lines(b.String())
	}
	text := strings.TrimRight(b.String(), "\n")
	return lines(text + "\n" + line + b.String()[len(text)+min(1, len(b.String())-len(text)):])
}

// drop takes the lines of a key out.
func (l lines) drop(key string) lines {
	var b strings.Builder
	for have := range strings.Lines(string(l)) {
		if !l.is(have, key) {
			b.WriteString(have)
		}
	}
	return lines(b.String())
}

// keys is the keys that have a line, in lower case, and what stands before another
// colon: a key may have one in it.
func (l lines) keys() map[string]bool {
	keys := map[string]bool{}
	for line := range strings.Lines(string(l)) {
		line = strings.ToLower(strings.TrimSpace(line))
		for i := range len(line) {
			if line[i] == ':' {
				keys[line[:i]] = true
			}
		}
	}
	return keys
}

func (l lines) is(line, key string) bool {
	line = strings.TrimSpace(line)
	return len(line) > len(key) && line[len(key)] == ':' && strings.EqualFold(line[:len(key)], key)
}
