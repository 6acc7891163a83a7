package importer

import (
	"slices"
	"strings"

	"why403/engine/policy"
	"why403/engine/scenario"
)

// setSection puts a text into a section, and adds the section where there is
// none: before the wanted answers, which come last.
func (p *paste) setSection(name, text string) {
	added := newSection(name, text)
	if s := p.section(name); s != nil {
		if !strings.HasSuffix(s.Marker, "\n") {
			s.Marker += "\n"
		}
		s.Text = added.Text
		return
	}
	p.add(added)
}

// newSection is a section with a line ending.
func newSection(name, text string) scenario.Section {
	if text != "" && !strings.HasSuffix(text, "\n") {
		text += "\n"
	}
	return scenario.Section{Marker: "-- " + name + " --\n", Name: name, Text: text}
}

// add adds sections before the wanted answers.
func (p *paste) add(sections ...scenario.Section) {
	if len(sections) == 0 {
		return
	}
	at := len(p.file.Sections)
	for at > 0 && isWant(p.file.Sections[at-1].Name) {
		at--
	}
	p.endLine(at)
	p.file.Sections = slices.Insert(p.file.Sections, at, sections...)
}

// endLine ends what stands before a section with a line ending.
func (p *paste) endLine(at int) {
	last := &p.file.Comment
	if at > 0 {
		if last = &p.file.Sections[at-1].Text; *last == "" {
			last = &p.file.Sections[at-1].Marker
		}
	}
	if *last != "" && !strings.HasSuffix(*last, "\n") {
		*last += "\n"
	}
}

func isWant(section string) bool {
	_, request := scenario.RequestName(section)
	return !request && !scenario.HoldsPolicy(section)
}

func (p *paste) section(name string) *scenario.Section {
	for i := range p.file.Sections {
		if p.file.Sections[i].Name == name {
			return &p.file.Sections[i]
		}
	}
	return nil
}

// removeSections takes the sections away whose name begins with a prefix.
func (p *paste) removeSections(prefix string) {
	kept := p.file.Sections[:0]
	for _, s := range p.file.Sections {
		if !strings.HasPrefix(s.Name, prefix) {
			kept = append(kept, s)
		}
	}
	p.file.Sections = kept
}

// request gives the first request section, or nil.
func (p *paste) request() *scenario.Section {
	for i := range p.file.Sections {
		if _, ok := scenario.RequestName(p.file.Sections[i].Name); ok {
			return &p.file.Sections[i]
		}
	}
	return nil
}

// asked gives a line of the first request, or "".
func (p *paste) asked(key string) string {
	if s := p.request(); s != nil {
		return lineOf(s, key)
	}
	return ""
}

func lineOf(s *scenario.Section, key string) string {
	for _, l := range scenario.Lines(s.Text) {
		if strings.EqualFold(l.Key, key) {
			return l.Value
		}
	}
	return ""
}

// setLine gives a key of a request these values and no others, where its first
// line stood, or at the end.
func setLine(s *scenario.Section, key string, values ...string) {
	var b strings.Builder
	write := func() {
		for _, v := range values {
			b.WriteString(key + ": " + v + "\n")
		}
		values = nil
	}
	for _, l := range scenario.Lines(s.Text) {
		if strings.EqualFold(l.Key, key) {
			write()
			continue
		}
		b.WriteString(s.Text[l.Span.Start:l.Span.End] + "\n")
	}
	write()
	s.Text = b.String()
	if !strings.HasSuffix(s.Marker, "\n") {
		s.Marker += "\n"
	}
}

// addLines puts condition keys into the first request.
func (p *paste) addLines(lines []pair) {
	s := p.request()
	for _, l := range lines {
		setLine(s, l.key, l.value)
		p.fact(l.key, l.value)
	}
}

// put puts a document into a section of the present scenario.
func (p *paste) put(section, document string) {
	what := "Put into " + section
	if s := p.section(section); s != nil && strings.TrimSpace(s.Text) != "" {
		what = "Put into " + section + ", in place of what was there"
	}
	p.needRequest()
	document, ok := p.stand(section, document)
	if !ok {
		return
	}
	p.setSection(section, document)
	p.understood(what)
	p.out.Text = p.file.Format()
}

// unknownTitle is that of a scenario whose request nobody has named yet.
const unknownTitle = "A request that is not known yet"

// needRequest adds a request where the scenario has none, so that it can be
// opened. Its words say that they stand for something unknown.
func (p *paste) needRequest() {
	if p.request() != nil {
		return
	}
	f := facts{title: unknownTitle}
	p.fill(&f)
	p.writeRequest("request", &f)
	if p.file.Comment == "" {
		p.file.Comment = f.title + "\n\n"
	}
}

// writeRequest adds a request section before all others.
func (p *paste) writeRequest(name string, f *facts) {
	s := scenario.Section{Marker: "-- " + name + " --\n", Name: name, Text: f.lines()}
	p.endLine(0)
	p.file.Sections = append([]scenario.Section{s}, p.file.Sections...)
}

// fileName gives a name that a section can have.
func fileName(name string) string {
	out := []byte(strings.Trim(name, " /"))
	for i, c := range out {
		if strings.IndexByte("+=,.@_-", c) < 0 && (c < '0' || c > '9') && (c < 'A' || c > 'Z') && (c < 'a' || c > 'z') {
			out[i] = '-'
		}
	}
	if len(out) > 128 {
		out = out[:128]
	}
	if len(out) == 0 {
		return "pasted"
	}
	return string(out)
}

// serviceOf is the prefix of an action, in lower case.
func serviceOf(action string) string {
	service, _, _ := strings.Cut(strings.ToLower(action), ":")
	return service
}

func isAccount(text string) bool { return policy.IsAccount(text) }
