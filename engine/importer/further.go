package importer

import (
	"slices"
	"strconv"
	"strings"

	"why403/engine"
	"why403/engine/policy"
	"why403/engine/scenario"
)

// callers and resources are how sections outside of folders begin that count for
// every request, with their names in the folder of what they belong to.
var (
	callers   = []string{"identity/", "boundary.json", "session", "scopedown/"}
	resources = []string{"resource.json=policy.json", "grants.json=grants.json", "acl.json=acl.json", "object-acl.json=object-acl.json"}
)

// asksAction reports whether the first request says for which action.
func (p *paste) asksAction() bool {
	action := p.asked("action")
	return action != "" && serviceOf(action) != "unknown"
}

// further adds a request to the present scenario, whose policies and requests
// stay: what stands outside of folders there, and would count for the new
// request too, gets a folder. It reports false where that can't be told.
func (p *paste) further(f *facts) bool {
	if p.wrong() != "" {
		p.notUsed("A further request: the present scenario has problems in its requests. Mend them, or clear it first")
		return false
	}
	if f.principal == "" && f.session == "" && p.asks() && (f.account == "" || f.account == arnPart(p.asked("principal"), 4)) {
		f.principal, f.role = p.asked("principal"), p.asked("role")
		p.unknown("Who asks: the text does not say, so the caller of the present scenario is taken")
	}
	instead := !p.asksAction()
	first := facts{principal: p.asked("principal"), role: p.asked("role"), resource: p.asked("resource"), owner: p.asked("resource-account")}
	p.fill(f)
	if instead && !p.asks() {
		first.principal, first.role = f.principal, f.role // policies of somebody who was not named yet
	}
	if instead && (first.resource == "*" || strings.Contains(first.resource, "UNKNOWN")) {
		first.resource, first.owner = f.resource, f.owner
	}
	if !p.settle(&first, f) {
		p.notUsed("A further request: what stands outside of folders in the present scenario counts for every request of it. Give it a " +
			"folder of its own (entity/NAME, with a line arn), or clear the scenario first")
		return false
	}
	if instead {
		p.inPlace(f)
		return true
	}
	name := p.nextRequest()
	p.addRequest("request/"+name, f)
	p.quote(f, name)
	if f.outcome != "" {
		p.setSection(scenario.WantName(name), f.outcome)
	}
	p.understood("This is one more request of the present scenario, " + name + " (" + f.action + "): what was there stays")
	return true
}

// nextRequest is a name for one more request: its number, as the page gives it
// to one that nobody named. A name that tells the action would stay where a
// person changes that.
func (p *paste) nextRequest() string {
	count := 1
	for i := range p.file.Sections {
		if _, ok := scenario.RequestName(p.file.Sections[i].Name); ok {
			count++
		}
	}
	for ; ; count++ {
		if name := "request-" + strconv.Itoa(count); p.section("request/"+name) == nil {
			return name
		}
	}
}

// inPlace writes a request in the place of the one that stood for what nobody
// had said yet.
func (p *paste) inPlace(f *facts) {
	s := p.request()
	if s == nil { // entities alone, of which nobody asked for anything yet
		p.addRequest("request", f)
		s = p.request()
	}
	for _, l := range append(f.fields(), f.context...) {
		if l.value != "" {
			setLine(s, l.key, l.value)
		}
	}
	if strings.HasPrefix(p.file.Comment, unknownTitle) {
		p.file.Comment = f.heading() + strings.TrimPrefix(p.file.Comment, unknownTitle)
	}
	p.quote(f, "")
	if f.outcome != "" {
		p.setSection(scenario.WantName(""), f.outcome)
	}
	p.understood("The policies of the present scenario are kept")
}

// addRequest adds a request section behind the other ones.
func (p *paste) addRequest(name string, f *facts) {
	at := 0
	for i := range p.file.Sections {
		if _, ok := scenario.RequestName(p.file.Sections[i].Name); ok {
			at = i + 1
		}
	}
	p.endLine(at)
	s := scenario.Section{Marker: "-- " + name + " --\n", Name: name, Text: f.lines()}
	p.file.Sections = slices.Insert(p.file.Sections, at, s)
}

// settle gives what stands outside of folders, and belongs to the first request
// alone, a folder. It reports false where that is not possible.
func (p *paste) settle(first, next *facts) bool {
	moves := map[string]string{} // sections, with the folders they go to
	own, other := entityOf(first), entityOf(next)
	if own != other || own == "" && first.principal != next.principal {
		for _, prefix := range callers {
			p.move(moves, prefix, "", own)
		}
	}
	if a, b := arnPart(first.principal, 4), arnPart(next.principal, 4); a != b {
		p.move(moves, "scp/", "", accountFolder(a))
	}
	whole := engine.PolicyARN(first.resource)
	if whole != engine.PolicyARN(next.resource) {
		for _, row := range resources {
			name, inside, _ := strings.Cut(row, "=")
			p.move(moves, name, inside, whole)
		}
	}
	if a, b := firstOf(first.owner, arnPart(first.resource, 4)), firstOf(next.owner, arnPart(next.resource, 4)); a != b {
		p.move(moves, "rcp/", "", accountFolder(firstOf(a, arnPart(first.principal, 4))))
	}
	if p.section("endpoint.json") != nil {
		p.unknown("Whether the further request goes through the VPC endpoint, too: its policy counts for every request here")
	}
	return p.moveAll(moves)
}

// accountFolder is the folder of an account, or "".
func accountFolder(account string) string {
	if !policy.IsAccount(account) {
		return ""
	}
	return "account/" + account
}

// entityOf is the ARN of whom the policies of a caller are attached to: the
// user, or the role behind a session. It is "" for others.
func entityOf(f *facts) string {
	caller, err := engine.ParsePrincipal(f.principal)
	switch {
	case err != nil:
		return ""
	case caller.Kind == engine.RoleSession && f.role != "":
		return f.role
	case caller.Kind == engine.RoleSession:
		return caller.Role
	case caller.Kind == engine.User:
		return f.principal
	}
	return ""
}

// move notes that the sections that begin so go to a folder, or to that of an
// ARN: under their names, or as inside.
func (p *paste) move(moves map[string]string, prefix, inside, to string) {
	for i := range p.file.Sections {
		s := &p.file.Sections[i]
		if !strings.HasPrefix(s.Name, prefix) || !scenario.HoldsPolicy(s.Name) && !strings.HasSuffix(s.Name, ".json") ||
			strings.TrimSpace(s.Text) == "" {
			continue
		}
		moves[s.Name] = ""
		if to != "" {
			moves[s.Name] = to + "|" + firstOf(inside, s.Name)
		}
	}
}

// moveAll moves sections to folders. It reports false, and moves nothing, where
// one has none.
func (p *paste) moveAll(moves map[string]string) bool {
	valid := map[string]bool{}
	for _, to := range moves {
		arn, _, _ := strings.Cut(to, "|")
		if to == "" || !valid[arn] && !strings.HasPrefix(arn, "account/") && !entityARN(arn) {
			return false
		}
		valid[arn] = true
	}
	taken := map[string]bool{}
	for _, name := range p.names() {
		taken[name] = true
	}
	folders := map[string]string{}
	var moved []relocation
	for _, s := range slices.Clone(p.file.Sections) {
		to, ok := moves[s.Name]
		if !ok {
			continue
		}
		of, inside, _ := strings.Cut(to, "|")
		if folders[of] == "" {
			p.relocate(moved) // a new folder stands behind what moved before
			moved, folders[of] = nil, of
			if !strings.HasPrefix(of, "account/") {
				folders[of] = p.folderOf(of)
			}
		}
		name := folders[of] + "/" + inside
		if taken[name] {
			return false
		}
		taken[name] = true
		moved = append(moved, relocation{s.Name, name, s.Text})
		p.understood(s.Name + " is now " + name + ", so that it counts for its request alone")
	}
	p.relocate(moved)
	return true
}

// relocation is a section that gets another name.
type relocation struct{ from, to, text string }

// relocate takes sections away and adds them anew, in front of the wanted answers:
// all at once, since there can be thousands.
func (p *paste) relocate(moved []relocation) {
	away := map[string]bool{}
	added := make([]scenario.Section, len(moved))
	for i, m := range moved {
		away[m.from] = true
		added[i] = newSection(m.to, m.text)
	}
	p.file.Sections = slices.DeleteFunc(p.file.Sections, func(s scenario.Section) bool { return away[s.Name] })
	p.add(added...)
}

// names is the names of all sections, in their order.
func (p *paste) names() (all []string) {
	for i := range p.file.Sections {
		all = append(all, p.file.Sections[i].Name)
	}
	return all
}
