package redact

import (
	"slices"
	"strings"

	"why403/engine"
	"why403/engine/condition"
	"why403/engine/policy"
	"why403/engine/scenario"
)

// edit is a replacement in the text of a section.
type edit struct {
	span policy.Span
	text string
}

// collect reads every name of a file.
func collect(f *scenario.File, kept map[string]string) *names {
	n := newNames(resources{f.Catalogue, map[string][][]string{}}, kept)
	rewrite(f, n)
	n.addresses.plan()
	n.collecting = false
	return n
}

// rewrite writes a file with what stands for its names, and tells what it changed
// in each section. The wanted answers are for the answers to the new file to fill.
func rewrite(f *scenario.File, n *names) (*scenario.File, [][]edit) {
	out := &scenario.File{Comment: comment(f.Comment), Sections: slices.Clone(f.Sections)}
	all := make([][]edit, len(f.Sections))
	for i := range out.Sections {
		s := &out.Sections[i]
		name := n.section(s.Name)
		s.Marker = strings.Replace(s.Marker, s.Name, name, 1)
		all[i] = edits(n, s)
		s.Text = apply(s.Text, all[i])
		s.Name = name
	}
	return out, all
}

func apply(text string, edits []edit) string {
	var b strings.Builder
	b.Grow(len(text))
	at := 0
	for _, e := range edits {
		b.WriteString(text[at:e.span.Start])
		b.WriteString(e.text)
		at = e.span.End
	}
	b.WriteString(text[at:])
	return b.String()
}

// comment is a title that tells nothing, and the notes that are links to AWS's
// documentation.
func comment(text string) string {
	if text == "" {
		return ""
	}
	var out strings.Builder
	out.WriteString(Title + "\n\n")
	for line := range strings.Lines(text) {
		address, see := strings.CutPrefix(strings.TrimSpace(line), "See https://docs.aws.amazon.com/")
		if see && !strings.ContainsAny(address, " \t?") {
			out.WriteString(strings.TrimSpace(line) + "\n\n")
		}
	}
	return out.String()
}

// section maps the name of a section: words of the format stay, and the number of a level.
func (n *names) section(name string) string {
	parts := strings.Split(name, "/")
	for i, part := range parts {
		stem, json := strings.CutSuffix(part, ".json")
		given := i == 1 && (parts[0] == "entity" || parts[0] == "account" || parts[0] == "request" || parts[0] == "want" || parts[0] == "error")
		if !given && (folders[stem] || managed[stem]) {
			continue
		}
		number, rest, leveled := strings.Cut(stem, "-")
		if leveled && isDigits(number) {
			stem = number + "-" + n.level(rest)
		} else {
			stem = n.scan(stem, value)
		}
		if json {
			stem += ".json"
		}
		parts[i] = stem
	}
	return strings.Join(parts, "/")
}

func (n *names) level(name string) string {
	if folders[name] || name == "ou" {
		return name
	}
	return n.scan(name, value)
}

// kindOf is how the text of a section is to be read.
func edits(n *names, s *scenario.Section) []edit {
	kind, rest, _ := strings.Cut(s.Name, "/")
	if _, section, in := strings.Cut(rest, "/"); in && (kind == "entity" || kind == "account") {
		kind, _, _ = strings.Cut(section, "/")
	}
	trimmed := strings.TrimSpace(s.Text)
	switch {
	case kind == "want":
		return nil
	case kind == "request", kind == "entity", kind == "account":
		return lines(n, s.Text)
	case strings.HasSuffix(s.Name, ".json"), strings.HasPrefix(trimmed, "{"), strings.HasPrefix(trimmed, "["):
		if root := n.parsed(s); root != nil {
			w := walker{names: n, text: s.Text, where: value}
			switch kind {
			case "error":
				w.where = said
			case "grants.json", "acl.json", "object-acl.json": // what AWS prints
			default:
				w.policy = true
			}
			w.node(root, "")
			return w.edits
		}
	}
	if s.Text == "" {
		return nil
	}
	return []edit{{policy.Span{End: len(s.Text)}, n.scan(s.Text, said)}}
}

// parsed is a section as JSON, nil where it is none. It is read once, and kept for when
// the names that were collected are replaced.
func (n *names) parsed(s *scenario.Section) *policy.Node {
	root, known := n.json[s.Text]
	if !known {
		var problems []policy.Problem
		if root, problems = policy.ParseLongJSON("", s.Text, scenario.MaxSize, scenario.MaxSize); len(problems) > 0 {
			root = nil
		}
		n.json[s.Text] = root
	}
	return root
}

// fields are the lines of a request and of headers, with the words that their
// values can be, in small letters: none where any text can be right.
var fields = func() map[string]map[string]bool {
	out := map[string]map[string]bool{}
	for _, list := range [][]scenario.FieldFacts{scenario.RequestFields(), scenario.EntityFields(), scenario.AccountFields()} {
		for _, f := range list {
			out[f.Key] = set(strings.ToLower(strings.Join(f.Values, " ")))
		}
	}
	return out
}()

// lines maps the lines of a request or of a header.
func lines(n *names, text string) (out []edit) {
	for _, l := range scenario.Lines(text) {
		if !l.OK {
			out = append(out, edit{l.Span, n.scan(text[l.Span.Start:l.Span.End], said)})
			continue
		}
		key, v := l.Key, l.Value
		switch {
		case strings.HasPrefix(key, "tag/"):
			key = "tag/" + n.tagKey(key[len("tag/"):])
			v = n.scan(v, value)
		case strings.Contains(key, ":"):
			v = n.valueOf(key, v)
			key = n.key(key)
		case key == "unknown" || key == "none":
			v = n.unknowns(v)
		case key == "layer" && scenario.IsLayer(v): // words of the format
		case key == "action":
			v = n.action(v)
		case fields[key] == nil:
			key, v = n.scan(key, value), n.scan(v, value)
		default:
			v = n.header(key, v)
		}
		out = append(out, edit{l.KeySpan, key}, edit{l.ValueSpan, v})
	}
	return slices.DeleteFunc(out, func(e edit) bool { return text[e.span.Start:e.span.End] == e.text })
}

// header maps a value of a line that is no condition key.
func (n *names) header(key, v string) string {
	switch {
	case key == "principal" && (v == "anonymous" || host.is(v)):
		return v
	case key == "alias":
		name, _ := strings.CutPrefix(v, "alias/")
		if strings.HasPrefix(name, "aws/") {
			return v
		}
		return v[:len(v)-len(name)] + n.scan(name, value)
	}
	return n.scan(v, place{words: fields[key]})
}

// action maps the name of an action: AWS's, but for what somebody wrote in its place.
func (n *names) action(v string) string {
	if tells(v) {
		return n.scan(v, value)
	}
	return v
}

// tells reports whether a text that is to be a word of AWS is an ARN, an address
// or an account, or has one in it.
func tells(v string) bool {
	digits := 0
	for _, c := range v {
		if digits++; c < '0' || c > '9' {
			digits = 0
		}
		if digits == 12 {
			return true
		}
	}
	return strings.Contains(v, "arn:") || strings.ContainsAny(v, "@/")
}

// unknowns maps a list of what is not known: names of tags alone.
func (n *names) unknowns(v string) string {
	var b strings.Builder
	for len(v) > 0 {
		end := strings.IndexAny(v, " ,\t")
		switch {
		case end == 0:
			b.WriteByte(v[0])
			v = v[1:]
			continue
		case end < 0:
			end = len(v)
		}
		if w := v[:end]; slices.Contains(engine.UnknownNames(), w) {
			b.WriteString(w)
		} else {
			b.WriteString(n.key(w))
		}
		v = v[end:]
	}
	return b.String()
}

// valueOf maps a value of a condition key.
func (n *names) valueOf(key, v string) string {
	small := strings.ToLower(key)
	switch {
	case public[small] && isPublic(small, v), n.typed[small] && isTyped(v):
		return v
	case strings.HasSuffix(small, ":sub") || strings.HasSuffix(small, ":aud"):
		return n.scan(v, subject)
	}
	return n.scan(v, value)
}

// isPublic reports whether a value of a key in [public] looks like those that AWS
// writes: Regions and services have a shape, all others are no name at least.
func isPublic(key, v string) bool {
	switch {
	case regional[key]:
		return strings.Trim(v, "*?") == "" || regions.MatchString(v)
	case services[key]:
		return strings.Trim(v, "*?") == "" || strings.Contains(v, ".amazonaws.com")
	}
	return !tells(v)
}

// isTyped reports whether a value is a number or a time, and no account.
func isTyped(v string) bool {
	return !policy.IsAccount(v) && strings.Trim(v, "0123456789.-+") == "" || moment.is(v)
}

// walker maps the strings of a JSON text.
type walker struct {
	*names
	text   string
	where  place
	policy bool // its members are those of a policy
	edits  []edit
}

// to notes what a string becomes.
func (w *walker) to(span policy.Span, old, now string) {
	if old != now {
		w.edits = append(w.edits, edit{span, policy.Quoted(now)})
	}
}

func (w *walker) node(n *policy.Node, field string) {
	switch n.Kind {
	case policy.String:
		w.to(n.Span, n.Value, w.field(field, n.Value))
	case policy.Array:
		for i := range n.Items {
			w.node(&n.Items[i], field)
		}
	case policy.Object:
		for i := range n.Items {
			name := n.Names[i]
			switch {
			case field == "Condition":
				w.tests(name, &n.Items[i])
				continue
			case strings.HasPrefix(field, "EncryptionContext"), strings.HasPrefix(field, "encryptionContext"):
				w.to(name.Span, name.Value, w.tagKey(name.Value))
			case w.policy && !members[name.Value]:
				w.to(name.Span, name.Value, w.scan(name.Value, value))
			}
			w.node(&n.Items[i], name.Value)
		}
	}
}

func (w *walker) field(field, v string) string {
	switch {
	case grammar[field] != nil:
		if grammar[field][v] {
			return v
		}
	case field == "Service" && w.policy && host.is(v): // AWS's services have names of several labels
		return v
	case keptFields[field]:
		return w.action(v)
	}
	return w.scan(v, w.where)
}

// tests maps the tests of one condition operator.
func (w *walker) tests(operator policy.Text, n *policy.Node) {
	named, known := condition.ReadName(operator.Value)
	typed := known && !isText(named.Name)
	if !known {
		w.to(operator.Span, operator.Value, w.scan(operator.Value, value))
	}
	for i := range n.Items {
		if n.Kind != policy.Object {
			break
		}
		key := n.Names[i]
		if typed && w.collecting {
			w.typed[strings.ToLower(key.Value)] = true
		}
		w.to(key.Span, key.Value, w.key(key.Value))
		w.values(key.Value, typed, &n.Items[i])
	}
}

// isText reports whether an operator compares texts, ARNs or addresses.
func isText(operator string) bool {
	for _, kind := range []string{"Numeric", "Date", "Bool", "Null"} {
		if strings.HasPrefix(operator, kind) {
			return false
		}
	}
	return true
}

func (w *walker) values(key string, typed bool, n *policy.Node) {
	switch {
	case n.Kind == policy.Array:
		for i := range n.Items {
			w.values(key, typed, &n.Items[i])
		}
	case n.Kind == policy.String && !(typed && isTyped(n.Value)):
		w.to(n.Span, n.Value, w.valueOf(key, n.Value))
	}
}
