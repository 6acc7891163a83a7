package importer

import (
	"slices"
	"strconv"
	"strings"

	"why403/engine/policy"
	"why403/engine/scenario"
)

// paste is a text at work.
type paste struct {
	text    string       // without what surrounds it
	at      int          // where text begins in what was pasted
	root    *policy.Node // nil where the text is not JSON
	broken  []policy.Problem
	before  string         // the scenario as it was
	file    *scenario.File // the scenario, which is changed
	choice  string
	command string            // the command line above an output, or ""
	name    string            // of the file that the text is, or ""
	heading string            // the ID of the place that the line above the text names, or ""
	folder  string            // of the entity that policies of a principal go to, with a slash, or ""
	more    bool              // the scenario is written once, in the end
	folders map[string]string // of the ARNs of entities
	headers headers           // nil until somebody asks
	offered map[string]bool   // the IDs of choices
	values  map[string]string // of Fields
	out     Result
	rest    string      // the words around what parts found
	masks   [][2]string // accounts that the text hides, with what stands in their place
	message *message    // the text read as a message
	said    *Said       // AWS's answer, which was pasted with the text, or nil
	mustPut bool        // a policy is put somewhere, though nothing tells where
	errors  *string     // see wrong; nil where nobody asked
	checked bool        // the new scenario was read, and nothing is wrong with its structure
	whole   *paste      // what this is a part of, and is checked with; nil for a text by itself
}

func newPaste(scenarioText, pasted, choice string) *paste {
	return pasteInto(scenario.Split(scenarioText), scenarioText, pasted, choice)
}

// pasteInto is newPaste with the scenario cut into sections already.
func pasteInto(file *scenario.File, scenarioText, pasted, choice string) *paste {
	p := &paste{before: scenarioText, file: file, choice: choice}
	if len(pasted) > policy.MaxSize {
		return p
	}
	p.text, p.at = bare(pasted)
	if p.text != "" && strings.IndexByte("{[\"", p.text[0]) >= 0 {
		p.root, p.broken = readJSON(p.text)
		for i := range p.broken {
			p.broken[i].Span.Start = max(0, p.broken[i].Span.Start+p.at)
			p.broken[i].Span.End = min(len(pasted), p.broken[i].Span.End+p.at)
		}
	}
	p.unwrapped()
	return p
}

// unwrapped takes what a JSON string has in it in place of the string, unless
// that is a policy by itself. Places in it are not those of the pasted text.
func (p *paste) unwrapped() {
	for p.root != nil && p.root.Kind == policy.String && strings.HasPrefix(strings.TrimSpace(p.root.Value), "{") {
		text := strings.TrimSpace(p.root.Value)
		inner, problems := policy.ParseJSON("", text)
		if fatal(problems) || get(inner, "Statement") != nil {
			return
		}
		p.text, p.root, p.at = text, inner, 0
	}
}

// bare gives a text without the byte order mark and what stands around JSON
// where somebody copied a piece of it, and where it begins.
func bare(pasted string) (text string, at int) {
	text = strings.TrimPrefix(pasted, "\uFEFF")
	text = strings.TrimLeft(text, " \t\r\n")
	at = len(pasted) - len(text)
	text = strings.TrimRight(text, " \t\r\n")
	if text != "" && strings.IndexByte("{[\"", text[0]) >= 0 {
		text = strings.TrimRight(strings.TrimSuffix(text, ","), " \t\r\n")
	}
	for _, name := range []string{`"Statement"`, `"Version"`} {
		if strings.HasPrefix(text, name) {
			return "{" + text + "}", at - 1
		}
	}
	return text, at
}

// readJSON reads one JSON value, or several with white space between them, as
// JSON lines have it: those come back as a list without a place.
func readJSON(text string) (*policy.Node, []policy.Problem) {
	root, problems := policy.ParseJSON("", text)
	if !fatal(problems) {
		return root, nil
	}
	list := &policy.Node{Kind: policy.Array, Closed: true}
	for rest := text; rest != ""; rest = strings.TrimLeft(rest, " \t\r\n") {
		n := valueLength(rest)
		if n <= 0 || rest[0] != '{' {
			return nil, problems
		}
		item, wrong := policy.ParseJSON("", rest[:n])
		if fatal(wrong) {
			return nil, problems
		}
		move(item, len(text)-len(rest))
		list.Items = append(list.Items, *item)
		rest = rest[n:]
	}
	return list, nil
}

// move adds to the places of a JSON value.
func move(n *policy.Node, by int) {
	n.Span.Start, n.Span.End = n.Span.Start+by, n.Span.End+by
	for i := range n.Names {
		n.Names[i].Span.Start, n.Names[i].Span.End = n.Names[i].Span.Start+by, n.Names[i].Span.End+by
	}
	for i := range n.Items {
		move(&n.Items[i], by)
	}
}

// isLines reports whether the text is several JSON values, and no list of them.
func (p *paste) isLines() bool {
	return p.root != nil && p.root.Kind == policy.Array && p.root.Span.End == 0
}

// fatal reports whether a text can't be read as JSON. A name that an object has
// twice is left to whoever reads the policy.
func fatal(problems []policy.Problem) bool {
	for i := range problems {
		if problems[i].Code != "duplicate-name" {
			return true
		}
	}
	return false
}

// tooLarge says the limit, and how to get less.
func (p *paste) tooLarge(pasted string) {
	message := "This is longer than 1 MiB, and no message, denied event or role was found in it. Paste the one message, event or policy " +
		"that this is about."
	if len(pasted) > MaxSize {
		message = "At most " + strconv.Itoa(MaxSize>>20) + " MiB is read. Paste the one message, event or policy that this is about."
	}
	if head := pasted[:4096]; strings.Contains(head, "DetailList") || strings.Contains(head, "PolicyVersionList") {
		message = "This is too long to be read. Ask for the one role or user that this is about, with --query, as in the command here."
		p.authorizationNext("", "")
	}
	p.problem(policy.Span{Start: policy.MaxSize, End: policy.MaxSize}, "too-large", message)
}

// problem reports what is wrong at a place of the text.
func (p *paste) problem(span policy.Span, code, message string) {
	span.Start, span.End = max(0, span.Start+p.at), max(0, span.End+p.at)
	p.out.Problems = append(p.out.Problems, policy.Problem{Span: span, Code: code, Message: message})
}

func (p *paste) understood(facts ...string) {
	p.out.Understood = appendNew(p.out.Understood, facts)
}

// appendNew adds the texts that a list has not yet, each as one line, as many
// as are listed. A value in them may come from a scenario that is broken.
func appendNew(list, texts []string) []string {
	for _, text := range texts {
		if text = oneLine(text); text != "" && len(list) < MaxChoices && !slices.Contains(list, text) {
			list = append(list, text)
		}
	}
	return list
}

// fact is a fact with a name; without a value there is none.
func (p *paste) fact(name, value string) {
	if value = oneLine(value); value != "" {
		p.understood(name + ": " + value)
	}
}

func (p *paste) unknown(facts ...string) { p.out.Unknown = appendNew(p.out.Unknown, facts) }

func (p *paste) next(text, command string) {
	for _, n := range p.out.Next {
		if n.Command == command && (command != "" || n.Text == text) {
			return
		}
	}
	if len(p.out.Next) < MaxChoices {
		p.out.Next = append(p.out.Next, Next{text, command})
	}
}

// notUsed says that a text is understood, but has no part in the request.
func (p *paste) notUsed(why string) {
	p.out.Text = ""
	p.unknown(why)
}

// MaxChoices is how many facts of each sort are listed.
const MaxChoices = 200

func (p *paste) offer(id, label string) {
	if p.offered == nil || len(p.out.Choices) == 0 {
		p.offered = map[string]bool{}
	}
	if !p.offered[id] && len(p.out.Choices) < maxListed {
		p.offered[id] = true
		p.out.Choices = append(p.out.Choices, Choice{id, oneLine(label)})
	}
}

// check withdraws a scenario that would be more broken than the one before: its
// structure and its requests are ours, the policies are as they were pasted.
func (p *paste) check() {
	if p.out.Text == "" {
		return
	}
	if len(p.out.Text) > scenario.MaxSize {
		p.out.Text = ""
		p.problem(policy.Span{}, "too-large", "With this, the scenario would be longer than 4 MiB. Paste less.")
		return
	}
	if p.checked {
		return
	}
	if message := p.unfit(p.out.Text); message != "" {
		p.out.Text = ""
		p.problem(policy.Span{}, "unusable", "This can't be put into a scenario: "+message)
	}
}

// unfit is what is wrong with the structure of a new scenario, where the one before was right.
func (p *paste) unfit(text string) string {
	message := p.structure(text)
	if message != "" && p.before != "" && p.wrong() != "" {
		return ""
	}
	return message
}

// structure is [structure], which reads the policies again that are new since it was
// asked last.
func (p *paste) structure(text string) string {
	f := p.out.Kept.Parse(nil, text)
	p.out.Kept = f.Kept()
	return structureOf(f)
}

// structure gives the first error of a scenario file that is not inside a
// policy, or "".
func structure(text string) string { return structureOf(scenario.Parse(text)) }

// wrong is the first such error of the scenario as it was, or "". Of what parts of a
// text came to so far, none is looked for: it is checked in the end.
func (p *paste) wrong() string {
	switch {
	case p.whole != nil && p.whole.before != "":
		return p.whole.wrong()
	case p.whole != nil && p.before != "":
		return ""
	}
	if p.errors == nil {
		message := p.structure(p.before)
		p.errors = &message
	}
	return *p.errors
}

func structureOf(f *scenario.File) string {
	for i := range f.Problems {
		problem := &f.Problems[i]
		_, request := scenario.RequestName(problem.Section)
		if problem.Severity == policy.Error && (request || problem.Section == "") {
			return problem.Message
		}
	}
	return ""
}
