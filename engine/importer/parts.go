package importer

import (
	"slices"
	"strconv"
	"strings"

	"why403/engine/policy"
	"why403/engine/scenario"
)

// part is one of several things in a pasted text.
type part struct {
	text     string
	at       int // where it begins in the text, in bytes
	command  string
	file     string // the name of the file that it is, or ""
	heading  string // see [Heading]
	paste    *paste
	kind     *recogniser
	requests bool // it says who asks for what
}

// maxParts is how many things of one text are read, maxTried how many JSON
// values are looked at, and maxFailed how many brackets may have no end.
const (
	maxParts  = 50
	maxTried  = 2000
	maxFailed = 20
)

// parts finds the JSON values in a text that are recognised, and the message in
// the words around them.
func (p *paste) parts() (found []part) {
	var words strings.Builder
	at, command, failed := 0, "", 0
	for tried := 0; at < len(p.text) && len(found) < maxParts; tried++ {
		begin := nextValue(p.text, at)
		if tried == maxTried {
			begin = len(p.text)
		}
		between := p.text[at:begin]
		if line := lastCommand(between); line != "" {
			command = line
		}
		file := lastFile(between)
		words.WriteString(withoutCommands(between))
		if begin == len(p.text) {
			break
		}
		end := valueLength(p.text[begin:])
		if end < 0 {
			// What has no end may be no JSON. A few such lines are passed over.
			line, _, _ := strings.Cut(p.text[begin:], "\n")
			if end = len(line); failed == maxFailed {
				end = len(p.text) - begin
			}
			failed++
			words.WriteString(p.text[begin : begin+end])
			at = begin + end
			continue
		}
		one := part{text: p.text[begin : begin+end], at: begin, command: command, file: file, heading: Heading(between)}
		if one.recognise(p) {
			found, command = append(found, one), ""
		} else {
			words.WriteString(one.text)
		}
		at = begin + end
	}
	p.rest = words.String()
	if answers := p.answers(p.rest); answers != nil {
		return append(answers, found...)
	}
	if len(found) == 0 {
		return nil
	}
	rest := part{text: strings.TrimSpace(p.rest), command: command}
	if rest.text != "" && rest.recogniseWords(p) {
		found = append([]part{rest}, found...)
	}
	return found
}

// recognise reports whether a JSON value is something by itself.
func (one *part) recognise(p *paste) bool {
	one.paste = pasteInto(p.file, p.before, one.text, "") // which reads of it only
	one.kind = one.paste.recognise(recognisers)
	if one.kind == nil {
		return false
	}
	one.requests = isTrail(one.paste) || isDecoded(one.paste) || isDetails(one.paste)
	return true
}

// recogniseWords reports whether the words around JSON values are a message of
// their own. That somebody writes "access denied" is none.
func (one *part) recogniseWords(p *paste) bool {
	one.paste = pasteInto(p.file, p.before, one.text, "") // which reads of it only
	one.kind = one.paste.recognise(textRecognisers)
	one.requests = true
	if one.kind == nil || one.paste.message == nil {
		return one.kind != nil
	}
	m := one.paste.message
	return len(m.sentences) > 0 || m.flow != nil || m.elsewhere != nil || readAround(m.text).operation != "" ||
		storeOperation(lowered(m.text)) != ""
}

// answers finds the errors of the AWS CLI in a text, where one says that something
// is not there and another that a request was denied; else it gives nil.
func (p *paste) answers(text string) (found []part) {
	if strings.Count(text, cliError) < 2 || emptyAnswerOf(text) == nil {
		return nil
	}
	empty, at, begin := 0, 0, 0
	for line := range strings.Lines(text) {
		at += len(line)
		if !strings.Contains(line, cliError) || len(found) == maxParts {
			continue
		}
		one := part{text: strings.TrimSpace(text[begin:at]), at: strings.Index(p.text, strings.TrimSpace(line))}
		one.command = lastCommand(p.text[:max(one.at, 0)])
		if begin = at; one.at < 0 || !one.recogniseWords(p) {
			continue
		}
		if isEmptyAnswer(one.paste) {
			one.requests = false
			empty++
		}
		found = append(found, one)
	}
	if empty == 0 || empty == len(found) {
		return nil
	}
	return found
}

// cliError is how errors of the AWS CLI and of boto3 begin.
const cliError = "An error occurred ("

// nextValue finds where the next JSON value begins: with a line, or behind words
// of a log.
func nextValue(text string, at int) int {
	for at < len(text) {
		line := text[at:]
		if i := strings.IndexByte(line, '\n'); i >= 0 {
			line = line[:i+1]
		}
		start := strings.TrimLeft(line, " \t`")
		if beginsValue(start, text[at+len(line):]) {
			return at + len(line) - len(start)
		}
		if i := strings.Index(line, `{"`); i >= 0 {
			return at + i
		}
		at += len(line)
	}
	return len(text)
}

// beginsValue reports whether a line begins with JSON: a bracket may be one of a
// log instead.
func beginsValue(line, next string) bool {
	if line == "" {
		return false
	}
	switch line[0] {
	case '{':
		return true
	case '"':
		return strings.HasPrefix(line, `"{`)
	case '[':
		inside := firstOf(strings.TrimSpace(line[1:]), strings.TrimSpace(next[:min(len(next), 80)]))
		return inside != "" && strings.IndexByte("{[\"", inside[0]) >= 0
	}
	return false
}

// valueLength is the length of a JSON value with brackets, or of a string, or
// -1 where it has no end.
func valueLength(text string) int {
	depth := 0
	for i := 0; i < len(text); i++ {
		switch text[i] {
		case '"':
			n := stringLength(text[i:])
			if n < 0 {
				return -1
			}
			if i += n - 1; depth == 0 {
				return i + 1
			}
		case '{', '[':
			depth++
		case '}', ']':
			if depth--; depth <= 0 {
				return i + 1
			}
		}
	}
	return -1
}

// stringLength is the length of a JSON string with its quotes, or -1.
func stringLength(text string) int {
	for i := 1; i < len(text); i++ {
		switch text[i] {
		case '\\':
			i++
		case '"':
			return i + 1
		}
	}
	return -1
}

// useParts puts all parts into the scenario: first what says who asks for what,
// then the rest in its order.
func (p *paste) useParts(parts []part) {
	if len(parts) == 1 {
		p.useOnly(&parts[0])
	} else {
		p.useSeveral(parts)
	}
	if p.out.Said != nil && p.out.Text != "" {
		p.unreadIn(p.rest)
	}
}

func (p *paste) useSeveral(parts []part) {
	// All are put in, and then the whole is checked. Only where something is wrong with
	// it is it done again, with a check behind each part, to find which.
	before := p.out
	p.putParts(parts, false)
	if p.out.Text != "" && p.unfit(p.out.Text) != "" {
		p.out = before
		p.putParts(parts, true)
	}
	p.checked = true
	if slices.Contains(p.out.Unknown, notChosen) {
		p.out.Text = "" // what was pasted is used whole
	}
	p.forget()
	p.dropPasted(parts)
}

// putParts puts all parts into the scenario, each checked or none.
func (p *paste) putParts(parts []part, check bool) {
	var kinds []string
	text := p.before
	for _, first := range []bool{true, false} {
		for i := range parts {
			if parts[i].requests != first {
				continue
			}
			q := p.usePart(&parts[i], text, strconv.Itoa(i+1)+":", check)
			if q.out.Text != "" {
				text, p.out.Text = q.out.Text, q.out.Text
			}
			kinds = appendNew(kinds, []string{q.out.Kind})
		}
	}
	p.out.Kind = strings.Join(kinds, ", and ")
}

// dropPasted drops what was to be pasted next, and was pasted.
func (p *paste) dropPasted(parts []part) {
	kept := p.out.Next[:0]
	for _, n := range p.out.Next {
		pasted := false
		for i := range parts {
			pasted = pasted || sameCommand(n.Command, parts[i].command)
		}
		if !pasted {
			kept = append(kept, n)
		}
	}
	p.out.Next = kept
}

// useOnly takes the only thing of a text, as if it had been pasted alone.
func (p *paste) useOnly(one *part) {
	q := newPaste(p.before, one.text, p.choice)
	q.command, q.name, q.heading, q.values = one.command, one.file, one.heading, p.values
	q.at += p.at + one.at
	q.use(one.kind)
	p.out = q.out
}

// usePart takes one part into a scenario. Its choices have IDs of their own.
func (p *paste) usePart(one *part, scenarioText, id string, check bool) *paste {
	q := newPaste(scenarioText, one.text, "")
	q.command, q.name, q.heading, q.values = one.command, one.file, one.heading, p.values
	q.at += p.at + one.at
	if choice, ok := strings.CutPrefix(p.choice, id); ok {
		q.choice = choice
	}
	if !check {
		q.whole, q.checked = p, true
	}
	// One choice is made at a time: what else nothing tells the place of is taken for what its label says.
	q.said, q.mustPut = p.out.Said, p.choice != "" || slices.Contains(p.out.Unknown, notChosen)
	q.use(one.kind)
	p.out.Why = firstOf(p.out.Why, q.out.Why)
	if q.out.Chosen != "" && len(p.out.Choices) == 0 {
		p.out.Chosen = id + q.out.Chosen
	}
	line, _ := policy.Position(p.text, one.at)
	p.understood("Line " + strconv.Itoa(line) + ": " + q.out.Kind)
	p.understood(q.out.Understood...)
	p.unknown(q.out.Unknown...)
	for _, n := range q.out.Next {
		p.next(n.Text, n.Command)
	}
	for _, c := range q.out.Choices {
		p.offer(id+c.ID, q.out.Kind+": "+c.Label)
	}
	p.out.Problems = append(p.out.Problems, q.out.Problems...)
	p.out.Fields = append(p.out.Fields, q.out.Fields...)
	p.out.Unread = firstOf(p.out.Unread, q.out.Unread)
	p.out.None = appendNew(p.out.None, q.out.None)
	p.out.Whole = appendNew(p.out.Whole, q.out.Whole)
	switch said := q.out.Said; {
	case p.out.Said == nil:
		p.out.Said = said
	case said != nil && strings.EqualFold(said.Action, p.out.Said.Action):
		p.out.Said = p.out.Said.With(said)
	}
	return q
}

// forget drops what was left open at first, and is known in the end.
func (p *paste) forget() {
	policies := false
	f := scenario.Split(p.out.Text)
	for i := range f.Sections {
		policies = policies || scenario.HoldsPolicy(f.Sections[i].Name) && strings.TrimSpace(f.Sections[i].Text) != ""
	}
	kept := p.out.Unknown[:0]
	for _, text := range p.out.Unknown {
		known := policies && (text == "The policies themselves" || text == namesOnly)
		if _, standIn, ok := strings.Cut(text, ": "); ok {
			standIn, _, ok = strings.Cut(standIn, " stands in ")
			known = known || ok && !strings.Contains(standIn, " ") && !strings.Contains(p.out.Text, ": "+standIn+"\n")
		}
		if !known {
			kept = append(kept, text)
		}
	}
	p.out.Unknown = kept
}
