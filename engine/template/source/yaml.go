package source

import (
	"errors"
	"io"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v3"

	"why403/engine/policy"
	"why403/engine/template"
)

// maxNodes bounds what aliases can grow to, and maxPieces the lines and commas of a
// text: each is a value or two, which take the memory of some hundred bytes. A template
// of CloudFormation is at most 1 MB long.
//
// https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html
const (
	maxNodes  = 250_000
	maxPieces = 120_000
)

// fromYAML reads documents of YAML, from one file or from several with a mark
// before each.
func fromYAML(text string) (out string, problems []policy.Problem) {
	if at, many := inPieces(text); many {
		return "", one(at, at+1, "too-large", "This YAML has more than "+strconv.Itoa(maxPieces)+" lines and commas; no more are read. "+
			"Remove what this is not about.")
	}
	var b strings.Builder
	at, found, named, wrong := 0, false, false, false
	file := func(end int) {
		if strings.TrimSpace(text[at:end]) == "" {
			return
		}
		n, err := documents(text[at:end])
		if err != nil {
			code, other, ok := amongWords(text[at:end])
			if !ok {
				code, other, ok = indented(text[at:end])
			}
			if ok {
				b.WriteString(text[at:at+code.start] + "\n" + text[at+code.end:end] + "\n")
				n, err = other, nil
			}
		}
		if err != nil {
			if problems == nil {
				problems = yamlProblem(text, at, err)
			}
			b.WriteString(text[at:end])
			wrong = wrong || named
			return
		}
		found = found || n.Kind == policy.Object || n.Kind == policy.Array
		if template.HasGap(text[at:end]) {
			if gaps(&n); n.Kind == policy.Object {
				add(&n, template.Gap, stringNode(template.Gap))
			}
		}
		b.WriteString(n.JSON() + "\n")
	}
	pos := 0
	for line := range strings.Lines(text) {
		if _, ok := fileMark(line); ok || isFence(line) {
			file(pos)
			at = pos + len(line)
			if ok {
				b.WriteString(line)
			}
			named = named || ok
		}
		pos += len(line)
	}
	file(len(text))
	// Around a block of code and before the first file stand words, which are no YAML.
	if problems != nil && (wrong || !found) {
		return "", problems
	}
	return b.String(), nil
}

// inPieces reports whether a text has more lines and commas than are read, and where
// they begin.
func inPieces(text string) (at int, many bool) {
	pieces := 0
	for at := range len(text) {
		if text[at] == '\n' || text[at] == ',' {
			if pieces++; pieces > maxPieces {
				return at, true
			}
		}
	}
	return 0, false
}

// maxAmong is how long a text may be, in bytes, for YAML to be looked for between
// words, and maxPlaces how many places it may begin or end at.
const (
	maxAmong  = 1 << 20
	maxPlaces = 8
)

// amongWords finds the YAML in a text that has words before it or behind it: a
// command, say, or an error. Lines that belong to YAML are no words.
func amongWords(text string) (code span, n policy.Node, ok bool) {
	if len(text) > maxAmong {
		return span{}, n, false
	}
	starts, ends, at, blank := []int{}, []int{len(text)}, 0, false
	for line := range strings.Lines(text) {
		switch {
		case len(starts) < maxPlaces && names(line):
			starts = append(starts, at)
		case blank && line[0] > ' ' && len(ends) < maxPlaces:
			ends = append(ends, at)
		}
		if blank && names(line) && len(ends) < maxPlaces {
			ends = append(ends, at)
		}
		blank = strings.TrimSpace(line) == ""
		at += len(line)
	}
	for _, end := range ends {
		if !areWords(text[end:]) {
			continue
		}
		for _, start := range starts {
			if start >= end || !areWords(text[:start]) {
				break
			}
			if n, err := documents(text[start:end]); err == nil && n.Kind == policy.Object {
				return span{start, end}, n, true
			}
		}
	}
	return span{}, n, false
}

// indented finds the YAML in a text that begins in the middle of a file: lines that
// are all indented, with words before them or behind them that are not.
func indented(text string) (code span, n policy.Node, ok bool) {
	if len(text) > maxAmong {
		return span{}, n, false
	}
	at := 0
	for line := range strings.Lines(text) {
		inside := strings.TrimLeft(line, " ")
		deep := len(line) - len(inside)
		if deep == 0 || !names(strings.TrimPrefix(inside, "- ")) {
			at += len(line)
			continue
		}
		var b strings.Builder
		end := at
		for one := range strings.Lines(text[at:]) {
			if blank := strings.TrimSpace(one) == ""; !blank && !strings.HasPrefix(one, line[:deep]) {
				break
			}
			b.WriteString(one[min(deep, len(one)-len(strings.TrimLeft(one, " "))):])
			end += len(one)
		}
		n, err := documents(b.String())
		return span{at, end}, n, err == nil && n.Kind == policy.Object
	}
	return span{}, n, false
}

// names reports whether a line that is not indented begins with a name and a colon.
func names(line string) bool {
	name, _, ok := strings.Cut(line, ":")
	return ok && name != "" && strings.Trim(name, `abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"'_-`) == ""
}

// areWords reports whether no line of a text is one of YAML: indented, with a name
// or an item of a list.
func areWords(text string) bool {
	for line := range strings.Lines(text) {
		inside := strings.TrimLeft(line, " ")
		if len(inside) < len(line) && (names(inside) || strings.HasPrefix(inside, "- ")) {
			return false
		}
	}
	return true
}

// documents gives the only document of a text, or a list of all.
func documents(text string) (policy.Node, error) {
	list := policy.Node{Kind: policy.Array, Closed: true}
	read := yaml.NewDecoder(strings.NewReader(text))
	left := maxNodes
	for len(list.Items) < 1000 {
		var n yaml.Node
		err := read.Decode(&n)
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return list, err
		}
		value, err := fromNode(&n, 0, &left)
		if err != nil {
			return list, err
		}
		if value.Kind != policy.Null {
			list.Items = append(list.Items, value)
		}
	}
	if len(list.Items) == 1 {
		return list.Items[0], nil
	}
	return list, nil
}

var (
	errDeep  = errors.New("yaml: nested too deep")
	errLarge = errors.New("yaml: too much comes of its aliases")
)

func fromNode(n *yaml.Node, depth int, left *int) (policy.Node, error) {
	if depth > policy.MaxDepth {
		return policy.Node{}, errDeep
	}
	if *left--; *left < 0 {
		return policy.Node{}, errLarge
	}
	out := policy.Node{Closed: true}
	switch n.Kind {
	case yaml.DocumentNode:
		if len(n.Content) == 0 {
			return out, nil
		}
		return fromNode(n.Content[0], depth, left)
	case yaml.AliasNode:
		return fromNode(n.Alias, depth+1, left)
	case yaml.MappingNode:
		out.Kind = policy.Object
		var found index
		for i := 0; i+1 < len(n.Content); i += 2 {
			value, err := fromNode(n.Content[i+1], depth+1, left)
			if err != nil {
				return out, err
			}
			if n.Content[i].Tag == "!!merge" {
				merge(&out, &value, &found)
				continue
			}
			add(&out, n.Content[i].Value, value)
		}
	case yaml.SequenceNode:
		out.Kind = policy.Array
		for _, item := range n.Content {
			value, err := fromNode(item, depth+1, left)
			if err != nil {
				return out, err
			}
			out.Items = append(out.Items, value)
		}
	default:
		out = scalar(n)
	}
	return tagged(n.Tag, out), nil
}

// scalar keeps the text of numbers and dates: an account is no number, and the
// version of a policy no date.
func scalar(n *yaml.Node) policy.Node {
	switch n.Tag {
	case "!!null":
		return policy.Node{Kind: policy.Null, Closed: true}
	case "!!bool":
		if b, err := strconv.ParseBool(strings.ToLower(n.Value)); err == nil {
			return policy.Node{Kind: policy.Bool, Value: strconv.FormatBool(b), Closed: true}
		}
	}
	return stringNode(n.Value)
}

// tagged writes a short form of CloudFormation, such as !Ref, in full.
//
// https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference.html
func tagged(tag string, value policy.Node) policy.Node {
	name, ok := strings.CutPrefix(tag, "!")
	if !ok || name == "" || strings.HasPrefix(name, "!") {
		return value
	}
	if name != "Ref" && name != "Condition" {
		name = "Fn::" + name
	}
	out := policy.Node{Kind: policy.Object, Closed: true}
	add(&out, name, value)
	return out
}

// merge adds the members that an object has not yet.
func merge(n, from *policy.Node, found *index) {
	for i := range from.Items {
		if from.Kind == policy.Array {
			merge(n, &from.Items[i], found)
		} else if found.find(n, from.Names[i].Value) == nil {
			add(n, from.Names[i].Value, from.Items[i])
		}
	}
}

// yamlProblem gives the place of an error: its text has the line.
func yamlProblem(text string, at int, err error) []policy.Problem {
	message := strings.TrimPrefix(err.Error(), "yaml: ")
	start := at
	if _, rest, ok := strings.Cut(message, "line "); ok {
		digits, said, _ := strings.Cut(rest, ": ")
		if line, bad := strconv.Atoi(digits); bad == nil {
			message = said
			for n := 1; n < line && start < len(text); n++ {
				i := strings.IndexByte(text[start:], '\n')
				if i < 0 {
					break
				}
				start += i + 1
			}
		}
	}
	return one(start, min(start+1, len(text)), "bad-yaml", "This YAML can't be read, here or in the lines below: "+message+".")
}
