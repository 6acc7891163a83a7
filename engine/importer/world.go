package importer

import (
	"strconv"
	"strings"

	"why403/engine"
	"why403/engine/policy"
	"why403/engine/scenario"
)

// folderOf gives the section of the entity with an ARN, such as entity/app. The
// folder is made where there is none. It is "" where no entity can have the ARN.
func (p *paste) folderOf(arn string) string {
	if folder := p.folders[arn]; folder != "" {
		return folder
	}
	if !entityARN(arn) {
		return ""
	}
	if folder := p.knownFolder(arn); folder != "" {
		s := p.section(folder)
		if given := lineOf(s, "arn"); !pathOf(given) && sameRole(given, arn) {
			setLine(s, "arn", arn)
		}
		return folder
	}
	name := strings.ReplaceAll(fileName(lastPart(arnPart(arn, 5)[strings.LastIndexByte(arnPart(arn, 5), ':')+1:])), "*", "-")
	folder := p.freeFolder("entity/" + name)
	p.needRequest()
	p.setSection(folder, "arn: "+arn)
	if p.folders == nil {
		p.folders = map[string]string{}
	}
	p.folders[arn] = folder
	p.headers.add(arn, folder)
	return folder
}

// knownFolder gives the section of the entity with an ARN, or "".
func (p *paste) knownFolder(arn string) string {
	if p.headers == nil {
		p.headers = headers{}
		for i := range p.file.Sections {
			s := &p.file.Sections[i]
			if rest, ok := strings.CutPrefix(s.Name, "entity/"); ok && !strings.Contains(rest, "/") {
				p.headers.add(lineOf(s, "arn"), s.Name)
			}
		}
	}
	return p.headers[entityKey(arn)]
}

// headers is the first section of each entity, by what tells that two ARNs are of one.
type headers map[string]string

func (h headers) add(arn, section string) {
	if key := entityKey(arn); h[key] == "" {
		h[key] = section
	}
}

// entityKey is the same for the ARNs of one entity: the name of a role is unique in an
// account, whatever its path.
func entityKey(arn string) string {
	if strings.HasPrefix(arnPart(arn, 5), "role/") && arnPart(arn, 2) == "iam" {
		return "role/" + arnPart(arn, 4) + "/" + lastPart(arn)
	}
	return arn
}

func (p *paste) freeFolder(name string) string {
	for n, folder := 2, name; ; n++ {
		if p.section(folder) == nil {
			return folder
		}
		folder = name + "-" + strconv.Itoa(n)
	}
}

// sameRole reports whether two ARNs are of one role.
func sameRole(a, b string) bool {
	return entityKey(a) == entityKey(b) && entityKey(a) != a
}

// entityARN reports whether an entity can have an ARN.
func entityARN(arn string) bool {
	return arnPart(arn, 5) != "" && plain(arn) && len(arn) <= maxValue && strings.TrimSpace(arn) == arn && !bad("resource", arn)
}

// attach puts a document into the folder of an entity. It reports false where
// no entity can have the ARN.
func (p *paste) attach(arn, section, document string) bool {
	folder := p.folderOf(arn)
	if folder == "" {
		return false
	}
	if kind, name, ok := strings.Cut(section, "/"); ok {
		section = p.free(folder+"/"+kind+"/", fileName(strings.TrimSuffix(name, ".json")), document)
	} else {
		section = folder + "/" + section
	}
	if document, ok := p.stand(section, document); ok {
		p.setSection(section, document)
		p.understood("Put into " + section + ", of " + oneLine(arn))
	}
	p.format()
	return true
}

// format writes the scenario, unless there is more to come.
func (p *paste) format() {
	if !p.more {
		p.out.Text = p.file.Format()
	}
}

// header gives an entity lines of its header. What it has under other keys
// stays.
func (p *paste) header(arn string, lines ...pair) bool {
	folder := p.folderOf(arn)
	if folder == "" {
		return false
	}
	for _, l := range lines {
		if l.value != "" && plain(l.key) && plain(l.value) && len(l.key)+len(l.value) < maxValue && !strings.Contains(l.key, ": ") {
			setLine(p.section(folder), l.key, l.value)
		}
	}
	p.format()
	return true
}

// tagLines are the tags of a node as lines of an entity's header.
func tagLines(n *policy.Node) (lines []pair) {
	for _, tag := range few(items(n, "Tags")) {
		if key := firstOf(str(tag, "Key"), str(tag, "TagKey")); key != "" {
			lines = append(lines, pair{"tag/" + key, firstOf(str(tag, "Value"), str(tag, "TagValue"))})
		}
	}
	return lines
}

// mine reports whether a resource is that of the request.
func (p *paste) mine(arn string) bool {
	asked := p.asked("resource")
	return asked == "" || asked == "*" || standsFor(asked, arn) || engine.Covers(arn, asked) || engine.PolicyARN(asked) == arn
}

// asks reports whether the request says who asks.
func (p *paste) asks() bool {
	principal := p.asked("principal")
	return principal != "" && !strings.Contains(principal, "UNKNOWN")
}

// documents reports whether the scenario has a policy.
func (p *paste) documents() bool {
	for i := range p.file.Sections {
		if s := &p.file.Sections[i]; scenario.HoldsPolicy(s.Name) && strings.TrimSpace(s.Text) != "" {
			return true
		}
	}
	return false
}

// brought is the policy types of what a scenario has more of than it had, and
// that belongs to the caller, the resource or the accounts of its first request.
func brought(before, after string) (types []string) {
	had, texts := map[string]string{}, map[string]bool{}
	for _, s := range scenario.Split(before).Sections {
		had[s.Name] = s.Text
		texts[s.Text] = true
	}
	o := ownersIn(after)
	kinds := scenario.SectionKinds()
	for _, s := range o.file.Sections {
		_, same := had[s.Name]
		if (had[s.Name] == s.Text || !same) && texts[s.Text] || !scenario.HoldsPolicy(s.Name) || strings.TrimSpace(s.Text) == "" {
			continue
		}
		name := o.behindFolder(s.Name)
		for _, kind := range kinds {
			if name != "" && strings.HasPrefix(name, kind.Prefix) {
				types = appendNew(types, []string{kind.Said})
			}
		}
	}
	return types
}

// owners is who and what the first request of a scenario names, and the ARNs of
// its entities by their folders.
type owners struct {
	file                      *scenario.File
	principal, role, resource string
	arns                      map[string]string
}

func ownersIn(text string) *owners {
	p := newPaste(text, "", "")
	o := &owners{p.file, p.asked("principal"), p.asked("role"), p.asked("resource"), map[string]string{}}
	for i := range p.file.Sections {
		s := &p.file.Sections[i]
		name, ok := strings.CutPrefix(s.Name, "entity/")
		if _, twice := o.arns[name]; ok && !twice && !strings.Contains(name, "/") {
			o.arns[name] = lineOf(s, "arn")
		}
	}
	return o
}

// behindFolder gives the name of a section without its folder, or "" where that
// is of something that the request does not name.
func (o *owners) behindFolder(section string) string {
	if rest, ok := strings.CutPrefix(section, "account/"); ok {
		_, rest, _ = strings.Cut(rest, "/")
		return rest
	}
	rest, ok := strings.CutPrefix(section, "entity/")
	if !ok {
		return section
	}
	name, rest, _ := strings.Cut(rest, "/")
	arn, known := o.arns[name]
	if !known {
		return ""
	}
	e := entity{arn: arn, role: true}
	asks, ofCaller := e.is(o.principal, o.role), strings.HasPrefix(rest, "identity/") || rest == "boundary.json" ||
		strings.HasPrefix(rest, "session")
	if asks && ofCaller || !ofCaller && engine.Covers(e.arn, o.resource) {
		return rest
	}
	return ""
}
