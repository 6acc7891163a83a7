package importer

import (
	"slices"
	"strings"

	"why403/engine"
	"why403/engine/policy"
	"why403/engine/scenario"
)

func isAuthorization(p *paste) bool {
	return get(p.root, "RoleDetailList") != nil || get(p.root, "UserDetailList") != nil
}

// entity is a user or a role of get-account-authorization-details.
//
// https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetAccountAuthorizationDetails.html
type entity struct {
	arn  string
	role bool
	node *policy.Node
}

// entities gives the roles and users of an output, roles first.
func (p *paste) entities() (all []entity) {
	for _, list := range []struct {
		path string
		role bool
	}{{"RoleDetailList", true}, {"UserDetailList", false}} {
		details := items(p.root, list.path)
		for i := range details {
			if arn := str(details[i], "Arn"); arn != "" {
				all = append(all, entity{arn, list.role, details[i]})
			}
		}
	}
	return all
}

// is reports whether the entity is the caller, or the role behind its session.
func (e *entity) is(principal, role string) bool {
	p, err := engine.ParsePrincipal(principal)
	switch {
	case err != nil:
		return false
	case p.Kind != engine.RoleSession:
		return principal == e.arn
	case role != "":
		return role == e.arn
	}
	// A session's ARN leaves out the path of the role.
	return e.role && arnPart(e.arn, 4) == p.Account && lastPart(e.arn) == lastPart(p.Role)
}

func (p *paste) useAuthorization() {
	if str(p.root, "IsTruncated") == "true" {
		p.unknown("What is on the other pages: this output is truncated")
	}
	e := p.chooseEntity(p.entities())
	if e == nil {
		return
	}
	p.out.Whole = []string{"identity"}
	p.needRequest()
	p.assumed()
	if e.is(p.asked("principal"), p.asked("role")) || !p.asks() {
		p.setCaller(e.arn, e.role)
		p.entityKeys(e)
	} else if !p.beside(e) {
		return
	}
	p.removeSections(p.folder + "identity/")
	p.removeSections(p.folder + "boundary.json")
	p.ownPolicies(e)
	if !e.role {
		p.groupPolicies(e)
	}
	if !slices.ContainsFunc(p.file.Sections, func(s scenario.Section) bool { return strings.HasPrefix(s.Name, "identity/") }) &&
		len(p.out.Next) == 0 {
		p.hasNone("identity")
	}
	p.boundary(e.node)
	p.out.Text = p.file.Format()
	p.nextFor(&facts{principal: "", action: p.asked("action"), resource: p.asked("resource")})
}

// beside makes a folder for an entity that does not ask: the request stays that
// of its caller.
func (p *paste) beside(e *entity) bool {
	if !p.header(e.arn, tagLines(e.node)...) {
		p.notUsed("What was chosen: its ARN can't be read")
		return false
	}
	p.folder = p.folderOf(e.arn) + "/"
	p.understood(oneLine(e.arn) + " stands beside: the request is by " + p.asked("principal"))
	if document, ok := p.document(get(e.node, "AssumeRolePolicyDocument")); ok {
		p.setSection(p.folder+"policy.json", document)
	}
	return true
}

// assumed puts the trust policy of the role in that the request is to assume.
func (p *paste) assumed() {
	if serviceOf(p.asked("action")) != "sts" {
		return
	}
	for _, e := range p.entities() {
		if document, ok := p.document(get(e.node, "AssumeRolePolicyDocument")); ok && e.role && e.arn == p.asked("resource") {
			p.put("resource.json", document)
		}
	}
}

// chooseEntity gives the chosen one, or the request's caller, or the only one.
func (p *paste) chooseEntity(all []entity) *entity {
	var mine *entity
	principal, role := p.asked("principal"), p.asked("role")
	for i := range all {
		e := &all[i]
		if len(all) > 1 || mine == nil {
			p.offer(e.arn, strings.TrimPrefix(arnPart(e.arn, 5), ":"))
		}
		if e.arn == p.choice {
			return p.offerAll(all, e)
		}
		if mine == nil && e.is(principal, role) {
			mine = e
		}
	}
	if mine == nil && len(all) == 1 && (principal == "" || strings.Contains(principal, "UNKNOWN")) {
		mine = &all[0]
	}
	if mine == nil && len(all) == 0 {
		p.notUsed("Whose policies these are: the output has no role and no user")
	} else if mine == nil && principal != "" {
		p.unknown("Whose policies are meant: " + principal + " is not in this output")
	}
	return mine
}

func (p *paste) offerAll(all []entity, chosen *entity) *entity {
	p.out.Choices = nil
	for i := range all {
		p.offer(all[i].arn, arnPart(all[i].arn, 5))
	}
	return chosen
}

// setCaller makes an entity the caller of the request. A session of the role
// that asks already stays.
func (p *paste) setCaller(arn string, role bool) {
	s := p.request()
	e := entity{arn: arn, role: role}
	if principal := lineOf(s, "principal"); !e.is(principal, lineOf(s, "role")) && !e.is(principal, "") {
		setLine(s, "principal", arn)
		for _, key := range []string{"role", "federated-by", "aws:userid", "aws:username"} {
			setLine(s, key)
		}
		p.removeSections("session/")
		p.removeSections("session.json")
	} else if role && pathOf(arn) && principal != arn {
		setLine(s, "role", arn)
	}
	p.fact("Principal", lineOf(s, "principal"))
	p.fact("Role", lineOf(s, "role"))
}

// entityKeys fills the condition keys that follow from the entity.
func (p *paste) entityKeys(e *entity) {
	s := p.request()
	f := facts{}
	principal := lineOf(s, "principal")
	if id := firstOf(str(e.node, "RoleId"), str(e.node, "UserId")); !e.role {
		f.add("aws:userid", id)
	} else if _, session, ok := strings.Cut(arnPart(principal, 5), "assumed-role/"); ok && id != "" {
		f.add("aws:userid", id+":"+lastPart(session))
	}
	for _, tag := range items(e.node, "Tags") {
		if key := str(tag, "Key"); key != "" && !f.add("aws:PrincipalTag/"+key, str(tag, "Value")) {
			p.unknown("aws:PrincipalTag/" + oneLine(key) + ": its value can't stand in a scenario")
		}
	}
	p.addLines(f.context)
}

// ownPolicies puts the inline and the attached policies of an entity in.
func (p *paste) ownPolicies(e *entity) {
	for _, list := range []string{"RolePolicyList", "UserPolicyList"} {
		p.inline(items(e.node, list), "")
	}
	p.attached(items(e.node, "AttachedManagedPolicies"), "")
}

// groupPolicies puts the policies of a user's groups in.
func (p *paste) groupPolicies(e *entity) {
	groups := items(p.root, "GroupDetailList")
	for _, name := range few(items(e.node, "GroupList")) {
		found := false
		for i := range groups {
			if str(groups[i], "GroupName") != name.Value {
				continue
			}
			found = true
			p.inline(items(groups[i], "GroupPolicyList"), name.Value+".")
			p.attached(items(groups[i], "AttachedManagedPolicies"), name.Value+".")
		}
		if !found {
			p.unknown("The policies of the group " + oneLine(name.Value) + ": it is not in this output")
			p.notAll("identity")
			p.next("The policies of the group "+oneLine(name.Value), "aws iam get-account-authorization-details --filter User Group "+
				"LocalManagedPolicy AWSManagedPolicy")
		}
	}
}

// maxPolicies is how many policies, or groups, of one list are read. IAM allows
// far fewer.
//
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
const maxPolicies = 50

func few[T any](list []T) []T { return list[:min(len(list), maxPolicies)] }

func (p *paste) inline(policies []*policy.Node, prefix string) {
	for i := range few(policies) {
		if document, ok := p.document(get(policies[i], "PolicyDocument")); ok {
			p.identity(prefix+str(policies[i], "PolicyName"), document)
		}
	}
}

func (p *paste) identity(name, document string) {
	section := p.free(p.folder+"identity/", fileName(name), document)
	p.setSection(section, document)
	p.understood("Identity-based policy: " + section)
}

// attached puts managed policies in, in their default version.
func (p *paste) attached(policies []*policy.Node, prefix string) {
	for i := range few(policies) {
		arn, name := str(policies[i], "PolicyArn"), str(policies[i], "PolicyName")
		if n := p.managed(arn); n == nil {
			p.missing(arn, "The policy "+oneLine(name)+": its document is not in this output")
			p.notAll("identity")
		} else if document, ok := p.document(n); ok {
			p.identity(prefix+firstOf(name, lastPart(arn)), document)
		}
	}
}

// notAll says in the request, or in the header of the entity at hand, that there
// is more of a policy type than the file has.
func (p *paste) notAll(layer string) {
	s := p.request()
	if p.folder != "" {
		s = p.section(strings.TrimSuffix(p.folder, "/"))
	}
	if s != nil {
		makeUnknown(s, layer)
	}
}

// missing asks for the document of a managed policy.
func (p *paste) missing(arn, text string) {
	p.unknown(text)
	p.next("The managed policy "+oneLine(lastPart(arn)), policyVersion(arn))
}

// managed gives the document of the default version of a managed policy, or
// nil.
func (p *paste) managed(arn string) *policy.Node {
	policies := items(p.root, "Policies")
	for i := range policies {
		if str(policies[i], "Arn") != arn {
			continue
		}
		for _, version := range items(policies[i], "PolicyVersionList") {
			if str(version, "IsDefaultVersion") == "true" {
				return get(version, "Document")
			}
		}
	}
	return nil
}

// boundary puts the permissions boundary of an entity in.
func (p *paste) boundary(n *policy.Node) {
	arn := str(n, "PermissionsBoundary/PermissionsBoundaryArn")
	if arn == "" {
		p.hasNone("boundary")
		return
	}
	p.fact("Permissions boundary", arn)
	if n := p.managed(arn); n == nil {
		p.missing(arn, "The permissions boundary "+oneLine(arn)+": its document is not in this output")
		p.notAll("boundary")
	} else if document, ok := p.document(n); ok {
		p.setSection(p.folder+"boundary.json", document)
		p.understood("Permissions boundary: " + p.folder + "boundary.json")
	}
}
