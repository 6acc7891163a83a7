package importer

import (
	"strconv"
	"strings"

	"why403/engine"
	"why403/engine/policy"
	"why403/engine/scenario"
	"why403/engine/template"
)

func isTemplate(p *paste) bool { return template.Fits(p.root) }

// useTemplate takes infrastructure as code: every principal and resource gets a
// folder. The request stays; where there is none, the only principal asks.
func (p *paste) useTemplate() {
	w := template.Read(p.root, p.surroundings())
	p.out.Kind = w.Kind
	p.unknown(w.Notes...)
	if p.root.At(template.Gap) != nil {
		w.LeaveOpen()
		p.unknown(Shortened)
	}
	for _, f := range w.Fields {
		p.out.Fields = append(p.out.Fields, Field{f.Name, oneLine(f.Value)})
	}
	p.more = true
	for i := range w.Entities {
		p.placeEntity(&w.Entities[i])
	}
	p.more = false
	if len(w.Entities) > 0 {
		p.format()
	}
	for _, d := range w.Organization {
		section := fileSection(d.Section)
		p.needRequest()
		p.setSection(section, d.Text)
		p.understood("Put into " + section)
		p.unknown("Where " + section + " is attached: it is assumed to be at the root of the caller's organization")
		p.out.Text = p.file.Format()
	}
	p.ask(w)
	p.loose(w)
	p.unfilled(w)
	if p.out.Text == "" && len(p.out.Unknown) == 0 {
		p.notUsed("Nothing is put into the scenario: this has no policy, no user and no role")
	}
}

// longTemplate reads code that is longer than policy.MaxSize. It reports false
// for what is none.
func (p *paste) longTemplate(pasted string) bool {
	head := pasted[:min(len(pasted), 4096)]
	if len(pasted) > template.MaxSize {
		long := hasAny(head, []string{`"terraform_version"`, `"AWSTemplateFormatVersion"`})
		if long {
			p.problem(policy.Span{Start: template.MaxSize, End: template.MaxSize}, "too-large",
				"At most "+strconv.Itoa(template.MaxSize>>20)+" MiB of a template or a state is read. Paste the resources that this is about.")
		}
		return long
	}
	if !hasAny(head, []string{"terraform_version", "AWSTemplateFormatVersion", `"Resources"`,
		`"deployment"`}) {
		return false
	}
	root, problems := policy.ParseLongJSON("", pasted, template.MaxSize, template.MaxValues)
	for i := range problems {
		if problems[i].Code == "too-many-values" {
			p.out.Problems = append(p.out.Problems, problems[i])
			return true
		}
	}
	if fatal(problems) || !template.Fits(root) {
		return false
	}
	p.root = root
	p.useTemplate()
	p.check()
	return true
}

// fileSection gives a section for scp/1-root/NAME.
func fileSection(section string) string {
	at := strings.LastIndexByte(section, '/') + 1
	return section[:at] + fileName(section[at:]) + ".json"
}

// surroundings is what the request tells of a template: it has no account.
func (p *paste) surroundings() template.Surroundings {
	s := template.Surroundings{Given: p.values}
	if !p.asks() {
		return s
	}
	resource := p.asked("resource")
	if who, err := engine.ParsePrincipal(p.asked("principal")); err == nil {
		owner := firstOf(p.asked("resource-account"), arnPart(resource, 4))
		if s.Role = lastPart(who.Role); owner == "" || owner == who.Account || strings.Contains(p.text, s.Role) && s.Role != "" {
			s.Account = who.Account
		}
	}
	s.Region = firstOf(p.asked("aws:RequestedRegion"), arnPart(resource, 3))
	return s
}

// placeEntity gives an entity of a template a folder with what it has.
func (p *paste) placeEntity(e *template.Entity) {
	lines := []pair{{"account", e.Account}}
	for _, t := range e.Tags {
		lines = append(lines, pair{"tag/" + t.Key, t.Value})
	}
	if !p.header(e.ARN, lines...) {
		p.unknown("What belongs to " + oneLine(e.ARN) + ": an ARN is needed for it")
		return
	}
	for _, d := range e.Documents {
		p.attach(e.ARN, d.Section, d.Text)
		if d.Open {
			p.notWhole(e.ARN, d.Section)
		}
	}
	for _, section := range e.Open {
		p.notWhole(e.ARN, section)
	}
	for _, arn := range e.Managed {
		p.missing(oneLine(arn), "The policy "+oneLine(lastPart(arn))+" of "+oneLine(e.ARN)+": its document is not in this text")
		p.notWhole(e.ARN, "identity")
	}
	if e.Boundary != "" {
		p.missing(oneLine(e.Boundary), "The permissions boundary of "+oneLine(e.ARN)+": its document is not in this text")
		p.notWhole(e.ARN, "boundary")
	}
}

// notWhole says that a policy type of an entity is not known: a reference in it
// stands for something.
func (p *paste) notWhole(arn, section string) {
	kind, _, _ := strings.Cut(strings.TrimSuffix(section, ".json"), "/")
	if kind == "policy" {
		kind = "resource"
	}
	s := p.section(p.folderOf(arn))
	if s == nil {
		return
	}
	for _, l := range scenario.Lines(s.Text) {
		if l.Key == "unknown" && l.Value == kind {
			return
		}
	}
	s.Text += "unknown: " + kind + "\n"
}

// ask makes a principal of the template the caller, and a resource of it what
// the request is for, where the request does not say.
func (p *paste) ask(w *template.World) {
	if p.out.Text == "" {
		return
	}
	var principals, resources []string
	for i := range w.Entities {
		switch e := &w.Entities[i]; {
		case e.Principal:
			principals = append(principals, e.ARN)
		case p.knownFolder(e.ARN) != "":
			resources = append(resources, e.ARN)
		}
	}
	if !p.asks() {
		for _, arn := range principals {
			if len(principals) > 1 {
				p.offer(arn, "As "+arnPart(arn, 5))
			}
			if e := (entity{arn: arn}); (len(principals) == 1 || arn == p.choice) && e.usable() {
				setLine(p.request(), "principal", arn)
				p.fact("Principal", arn)
				p.out.Unknown = without(p.out.Unknown, "Who asks: ")
			}
		}
	}
	if len(resources) == 1 {
		p.resourceAt(resources[0])
		p.out.Unknown = without(p.out.Unknown, "The resource: ")
	}
	p.out.Text = p.file.Format()
}

// without drops the texts that begin so.
func without(texts []string, prefix string) []string {
	kept := texts[:0]
	for _, text := range texts {
		if !strings.HasPrefix(text, prefix) {
			kept = append(kept, text)
		}
	}
	return kept
}

// loose takes one policy that the template attaches to nobody, where it has
// nothing else. Several are no policies of one caller.
func (p *paste) loose(w *template.World) {
	if len(w.Loose) == 0 {
		return
	}
	chosen := -1
	if len(w.Loose) == 1 && len(w.Entities) == 0 {
		chosen = 0
	}
	for i, d := range w.Loose {
		id := "policy-" + fileName(d.Section)
		if chosen < 0 || len(w.Loose) > 1 {
			p.offer(id, "The policy "+d.Section+", which nothing here attaches, as the caller's")
		}
		if id == p.choice {
			chosen = i
		}
	}
	if chosen < 0 {
		p.unknown("What the policies that nothing here attaches belong to: one can be taken as the caller's")
		return
	}
	d := w.Loose[chosen]
	root, _ := policy.ParseJSON("", d.Text)
	if p.choice = ""; hasPrincipal(root) {
		p.useResourcePolicy(root, d.Text, "", ofResource[:1])
	} else {
		p.put("identity/"+fileName(d.Section)+".json", d.Text)
	}
	if d.Open && p.request() != nil && p.out.Text != "" {
		kind := "identity"
		if hasPrincipal(root) {
			kind = "resource"
		}
		setLine(p.request(), "unknown", kind)
		p.out.Text = p.file.Format()
	}
}

// unfilled lists the references that nothing resolves.
func (p *paste) unfilled(w *template.World) {
	for _, f := range w.Fields {
		name := "What " + oneLine(f.Name) + " is"
		if f.Name == "account" || f.Name == "Region" {
			name = "The " + f.Name
		}
		switch {
		case f.Value == "":
			p.unknown(name + ": the policies have its name in its place, and are not whole")
		case f.Value != p.values[f.Name]:
			p.unknown(name + ": assumed to be " + oneLine(f.Value))
		}
	}
}
