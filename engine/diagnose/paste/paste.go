// Package paste reads whatever a person brings to a diagnosis (AWS's errors,
// events, what the AWS CLI prints, policies, scenarios) in any order, and makes
// one scenario of it. What was not brought is not known in it.
package paste

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"why403/engine/awscli"
	"why403/engine/diagnose"
	"why403/engine/importer"
	"why403/engine/policy"
	"why403/engine/scenario"
	"why403/engine/template"
)

// Piece is one thing that was brought. The name is that of its file: where it
// is that of a section of a scenario (boundary.json, scp/1-root/deny.json), it
// says what the policy is attached to.
type Piece struct{ Name, Text string }

// MaxPieces is how many pieces are read; more are reported.
const MaxPieces = 200

// Scenario makes one scenario of all pieces: its text is in Text of the
// result, "" where there is no request in them and no policy.
func Scenario(pieces []Piece) diagnose.Brought {
	r := reader{}
	for _, p := range pieces[:min(len(pieces), MaxPieces)] {
		r.take(p)
	}
	if len(pieces) > MaxPieces {
		r.problem(pieces[MaxPieces].Name, "Only the first 200 files are read.")
	}
	slices.SortStableFunc(r.items, func(a, b item) int { return cmp.Compare(a.rank, b.rank) })
	named := slices.IndexFunc(r.items, func(it item) bool { return it.rank >= isNamed })
	if named < 0 {
		named = len(r.items)
	}
	for i := range r.items[:named] {
		r.put(&r.items[i])
	}
	r.tellUnread()
	r.putNamed(r.items[named:])
	return r.finish()
}

// rank is the order in which things are read: what says who asks for what comes
// first, and what nothing tells the place of comes last.
type rank int

const (
	isScenario rank = iota
	isAnswer        // of AWS, to a request
	isNamed         // a policy whose name is that of a section
	isOutput        // of the AWS CLI
	isPolicy        // a policy that stands alone
)

// item is a piece, or a section of one.
type item struct {
	rank    rank
	name    string
	section string // "" where the name is none
	place   string // the ID of the place that the line above it names, or "", see importer.Heading
	text    string
	alone   *importer.Result // what it is by itself; nil before anybody asked, see imported
}

// imported is what an item comes to beside a scenario. By itself it is read once: the
// largest take half a second.
func (it *item) imported(scenarioText string) importer.Result {
	if scenarioText != "" {
		return importer.Import(scenarioText, it.text, "")
	}
	if it.alone == nil {
		r := importer.Import("", it.text, "")
		it.alone = &r
	}
	return *it.alone
}

// reader puts items into a scenario.
type reader struct {
	items []item
	text  string // the scenario so far
	said  *importer.Said
	out   diagnose.Brought
	none  []string
	bare  []item   // policies whose place follows from AWS's answer
	short []string // the policy types of those of which parts are left out
	asked []string // the services that the requests ask, see askedServices

	answers  int      // of AWS, read or not
	answered int      // bytes of the scenario, each time that an answer was read into it
	unread   []string // the names of answers that were not read
}

// maxAnswered is how many bytes of scenarios are read to put answers of AWS into
// them.
const maxAnswered = 4 << 20

// take finds what a piece is.
func (r *reader) take(p Piece) {
	text := strings.TrimPrefix(p.Text, "\uFEFF")
	if strings.TrimSpace(text) == "" {
		r.problem(p.Name, "This is empty.")
		return
	}
	switch f := scenario.Split(text); {
	case len(f.Sections) > scenario.MaxSections:
		r.problem(p.Name, "This scenario has "+strconv.Itoa(len(f.Sections))+" sections; at most "+strconv.Itoa(scenario.MaxSections)+
			" are read. Remove what does not count for the request.")
		return
	case len(f.Sections) > 0:
		r.sections(p.Name, f)
		return
	}
	if after, changed := template.After(text); changed {
		r.problem(p.Name, importer.BeforeChange+".")
		text = after
	}
	rest, policies, from := split(Piece{p.Name, text})
	if from >= 0 {
		line, column := policy.Position(text, from)
		r.out.Problems = append(r.out.Problems, diagnose.Problem{Name: p.Name, Line: line, Column: column,
			Message: "Before this, 20 braces have no end, so no policy was looked for from here on. Bring each policy in a file of its own."})
	}
	r.items = append(r.items, policies...)
	if text = rest.Text; strings.TrimSpace(text) == "" {
		return
	}
	it := item{rank: isOutput, name: p.Name, text: text}
	switch section := sectionOf(p.Name); {
	case isDocument(text) && section != "":
		it.rank, it.section = isNamed, section
	case isDocument(text):
		it.rank = isPolicy
	case section == "acl.json" || section == "object-acl.json" || section == "grants.json":
		it.rank, it.section = isNamed, section
	default:
		if one := it.imported(""); one.Said != nil || one.Kind == "" {
			it.rank = isAnswer
		}
	}
	r.items = append(r.items, it)
}

// sections takes a scenario, or its sections where it has no request.
func (r *reader) sections(name string, f *scenario.File) {
	whole := scenario.File{Comment: f.Comment}
	requests := false
	for _, s := range f.Sections {
		_, request := scenario.RequestName(s.Name)
		requests = requests || request
	}
	for _, s := range f.Sections {
		switch kind, _, _ := strings.Cut(s.Name, "/"); {
		case kind == "want":
		case kind == "error":
			r.items = append(r.items, item{rank: isAnswer, name: name + ": " + s.Name, text: s.Text})
		case requests:
			whole.Sections = append(whole.Sections, s)
		default:
			r.items = append(r.items, item{rank: isNamed, name: name + ": " + s.Name, section: s.Name, text: s.Text})
		}
	}
	if requests {
		r.items = append(r.items, item{rank: isScenario, name: name, text: whole.Format()})
	}
}

func (r *reader) problem(name, message string) {
	r.out.Problems = append(r.out.Problems, diagnose.Problem{Name: name, Message: message})
}

func (r *reader) read(name, kind string, facts ...string) {
	r.out.Read = append(r.out.Read, diagnose.Read{Name: name, Kind: kind, Facts: facts})
}

// put puts one item into the scenario.
func (r *reader) put(it *item) {
	switch it.rank {
	case isScenario:
		r.putScenario(it)
	case isAnswer:
		if r.answers++; r.answers > MaxPieces || r.answered > maxAnswered {
			r.unread = append(r.unread, it.name)
			return
		}
		r.answered += len(r.text) + len(it.text)
		r.putAnswer(it)
	case isPolicy:
		r.bare = append(r.bare, *it)
	default:
		r.putOutput(it)
	}
}

// putNamed puts in the policies whose names are those of sections, and then what is
// left.
func (r *reader) putNamed(items []item) {
	n := slices.IndexFunc(items, func(it item) bool { return it.rank > isNamed })
	if n < 0 {
		n = len(items)
	}
	r.addSections(items[:n])
	for i := range items[:n] {
		r.read(items[i].name, "a section of a scenario", "Put into "+items[i].section)
	}
	for i := range items[n:] {
		r.put(&items[n+i])
	}
}

// tellUnread tells of the answers that were not read.
func (r *reader) tellUnread() {
	if n := len(r.unread); n > 0 {
		r.problem(r.unread[0], "Of "+strconv.Itoa(r.answers)+" answers of AWS, only the first "+strconv.Itoa(r.answers-n)+
			" are read: all would take too long. Bring the one that this is about.")
	}
}

func (r *reader) putScenario(it *item) {
	if r.text != "" {
		r.problem(it.name, "Only one scenario is diagnosed at a time, and "+r.out.Read[0].Name+" is one. Leave one of the two out.")
		return
	}
	r.text, r.out.Complete = it.text, true
	r.read(it.name, "a why403 scenario")
}

// putAnswer takes what AWS said. The first answer is diagnosed; another one adds
// to it where it is about the same request.
func (r *reader) putAnswer(it *item) {
	result := it.imported(r.text)
	if first, ok := placed(&result); ok {
		r.problem(it.name, "What a policy in this is attached to is not told; it is read as "+first+". Bring it in a file that is called "+
			"what it is, such as boundary.json.")
		result = importer.Import(r.text, it.text, result.Choices[0].ID)
	}
	if r.problems(it, &result); result.Kept != nil {
		r.out.Kept = result.Kept
	}
	if result.Kind == "" {
		r.read(it.name, "", "Not recognised")
		r.out.Errors = append(r.out.Errors, it.text)
		return
	}
	fresh := it.imported("")
	if _, ok := placed(&fresh); fresh.Text == "" && len(fresh.Choices) > 1 && !ok {
		r.problem(it.name, "This has several requests, such as "+fresh.Choices[0].Label+". Bring the one that this is about.")
	}
	if result.Unread != "" {
		r.problem(it.name, result.Unread+".")
		r.short = append(r.short, "identity") // it may be one
	}
	if slices.Contains(result.Unknown, importer.Shortened) {
		r.problem(it.name, importer.Shortened+".")
	}
	switch {
	case r.said == nil:
		if result.Text != "" && !r.out.Complete {
			r.text = result.Text
		}
		r.said = cmp.Or(fresh.Said, &importer.Said{})
		r.read(it.name, result.Kind, result.Understood...)
	case fresh.Said != nil && r.said.Action == "" && !r.out.Complete:
		r.text, r.said = result.Text, fresh.Said
		r.read(it.name, result.Kind, result.Understood...)
	case fresh.Said != nil && strings.EqualFold(fresh.Said.Action, r.said.Action) && result.Text != "":
		r.text, r.said = result.Text, r.said.With(fresh.Said)
		r.read(it.name, result.Kind, result.Understood...)
	case fresh.Said != nil && awscli.Suggested(fresh.Said.Action):
		r.out.Denied = append(r.out.Denied, fresh.Said.Action)
		r.read(it.name, result.Kind, "A command that tells more was denied: "+fresh.Said.Action)
		return
	default:
		r.read(it.name, result.Kind, "Not used: it is about another request")
		return
	}
	r.out.Errors = append(r.out.Errors, it.text)
}

// placed reports whether an answer was understood, and only the place of a policy
// beside it was left open; and what the first place is called.
func placed(result *importer.Result) (label string, ok bool) {
	if result.Text != "" || result.Said == nil || len(result.Choices) == 0 {
		return "", false
	}
	_, id, _ := strings.Cut(result.Choices[0].ID, ":")
	_, label, _ = strings.Cut(result.Choices[0].Label, ": ")
	return strings.ToLower(label[:min(len(label), 1)]) + label[min(len(label), 1):], id == "identity" || id == "resource"
}

// problems keeps what is wrong in an item, with its place.
func (r *reader) problems(it *item, result *importer.Result) {
	for _, p := range result.Problems {
		line, column := policy.Position(it.text, p.Span.Start)
		r.out.Problems = append(r.out.Problems, diagnose.Problem{Name: it.name, Line: line, Column: column, Message: p.Message})
	}
}

// putOutput takes what the AWS CLI printed.
func (r *reader) putOutput(it *item) {
	result := it.imported(r.text)
	r.problems(it, &result)
	r.none = append(r.none, result.None...)
	r.out.Changed = max(r.out.Changed, made(it.text))
	if result.Text != "" {
		r.text = result.Text
	} else if len(result.Choices) > 1 {
		r.problem(it.name, "This has several things, such as "+result.Choices[0].Label+". Bring the one that this is about.")
	}
	r.read(it.name, result.Kind, append(slices.Clone(result.Understood), result.Unknown...)...)
	for _, n := range result.Next {
		if result.Text != "" || n.Command == "" {
			continue // what it tells is in the scenario
		}
		r.out.Next = append(r.out.Next, diagnose.Command{ID: "named", Text: n.Text, Line: n.Command})
	}
}

// made is when the version of a managed policy was made, as aws iam
// get-policy-version prints it, or "".
//
// https://docs.aws.amazon.com/IAM/latest/APIReference/API_PolicyVersion.html
func made(text string) string {
	_, version, ok := strings.Cut(text, `"PolicyVersion"`)
	_, rest, dated := strings.Cut(version, `"CreateDate"`)
	parts := strings.SplitN(rest, `"`, 3)
	if !ok || !dated || len(parts) < 3 {
		return ""
	}
	return parts[1]
}

// addSection puts a section behind the others. A second one of a name gets
// another.
func (r *reader) addSection(name, text string) { r.addSections([]item{{section: name, text: text}}) }

func (r *reader) addSections(items []item) {
	if len(items) == 0 {
		return
	}
	taken := map[string]bool{}
	for _, s := range scenario.Split(r.text).Sections {
		taken[s.Name] = true
	}
	size := len(r.text) + 1
	for i := range items {
		size += len(items[i].section) + len(items[i].text) + len("--  --\n\n-2")
	}
	var b strings.Builder
	b.Grow(size)
	if b.WriteString(r.text); r.text != "" && !strings.HasSuffix(r.text, "\n") {
		b.WriteByte('\n')
	}
	for i := range items {
		name := freeName(taken, items[i].section)
		taken[name] = true
		b.WriteString("-- " + name + " --\n" + strings.TrimRight(items[i].text, "\r\n") + "\n")
	}
	r.text = b.String()
}

// freeName is a name of a section, with a number where it is taken.
func freeName(taken map[string]bool, name string) string {
	base, number := name, 2
	for taken[name] && strings.HasSuffix(name, ".json") && strings.Contains(name, "/") {
		name = strings.TrimSuffix(base, ".json") + "-" + string(rune('0'+number)) + ".json"
		if number++; number > 9 {
			break
		}
	}
	return name
}
