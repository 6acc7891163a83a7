package importer

import (
	"strconv"

	"why403/engine"
	"why403/engine/policy"
	"why403/engine/scenario"
)

// isGrants recognises what aws kms list-grants prints, and a list of the same
// objects.
func isGrants(p *paste) bool {
	list := get(p.root, "Grants")
	if list == nil {
		list = p.root
	}
	if list == nil || list.Kind != policy.Array {
		return false
	}
	if list == p.root && len(list.Items) == 0 {
		return false
	}
	return len(list.Items) == 0 || get(&list.Items[0], "GrantId") != nil || get(&list.Items[0], "GranteePrincipal") != nil ||
		get(&list.Items[0], "GranteeServicePrincipal") != nil
}

// useGrants puts grants into the scenario as they are.
func (p *paste) useGrants() {
	const section = "grants.json"
	read := scenario.Parse("-- " + section + " --\n" + p.text)
	for _, problem := range read.Problems {
		if problem.Section == section && problem.Severity == policy.Error {
			p.problem(problem.Span, problem.Code, problem.Message)
		}
	}
	if p.out.Problems != nil {
		return
	}
	grants := read.Grants()
	p.understood(strconv.Itoa(len(grants)) + " grants")
	if len(grants) == 0 {
		p.hasNone("grant")
	}
	if str(p.root, "Truncated") == "true" {
		p.unknown("The other grants: this list is truncated. Get the rest with --marker")
	}
	if p.request() == nil && !p.grantRequest(grants) {
		return
	}
	if key := otherKey(grants, p.asked("resource")); key != "" && p.attach(key, section, p.text) {
		return
	} else if action := p.asked("action"); serviceOf(action) != "kms" {
		p.notUsed("These grants are not used: the request is for " + action +
			". Where another service uses the key, kms:Decrypt is a request of its own")
		return
	} else if key != "" {
		p.unknown("Grants on the key of the request: these are on " + key)
	}
	p.put(section, p.text)
	p.nextFor(&facts{principal: p.asked("principal"), action: p.asked("action"), resource: p.asked("resource")})
}

// otherKey gives the key of the grants where none is on the request's key.
func otherKey(grants []engine.Grant, key string) string {
	other := ""
	for i := range grants {
		if lastPart(grants[i].KeyID) == lastPart(key) {
			return ""
		}
		other = grants[i].KeyID
	}
	return oneLine(other)
}

// grantRequest makes a request of one of the grants: its grantee asks for its
// first operation. It reports false while a choice is needed.
func (p *paste) grantRequest(grants []engine.Grant) bool {
	at := 0
	if len(grants) > 1 {
		at = -1
		for i := range grants {
			g := &grants[i]
			id := firstOf(g.ID, strconv.Itoa(i+1))
			p.offer(id, "As "+firstOf(g.Grantee.Value, g.GranteeService.Value)+", with this grant")
			if id == p.choice {
				at = i
			}
		}
	}
	if at < 0 {
		return false
	}
	if len(grants) == 0 {
		p.notUsed("Who asks for what: there is no request yet, and no grant to make one of")
		return false
	}
	g := &grants[at]
	f := facts{principal: firstOf(g.Grantee.Value, g.GranteeService.Value), resource: g.KeyID}
	if len(g.Operations) > 0 {
		f.action = "kms:" + g.Operations[0].Value
	}
	f.validate()
	p.sayRequest(&f)
	p.fill(&f)
	p.writeRequest("request", &f)
	p.file.Comment = oneLine(f.action+" by "+caller(f.principal)+" with a grant") + "\n\n"
	return true
}
