package explain

import (
	"strings"

	"why403/engine"
	"why403/engine/policy"
)

// typeWords is how each policy type is called beside its label: name for
// programs, noun in a sentence, and AWS's own words when it denies.
//
// https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html
var typeWords = [...]struct {
	name     string
	noun     string
	explicit string
	implicit string
}{
	policy.Identity: {"identity", "an identity-based policy", "an identity-based policy", "identity-based policy"},
	policy.Boundary: {"boundary", "the permissions boundary", "a permissions boundary", "permissions boundary"},
	policy.Session:  {"session", "a session policy", "a session policy", "session policy"},
	policy.Resource: {"resource", "the resource-based policy", "a resource-based policy", "resource-based policy"},
	policy.Key:      {"resource", "the key policy", "a resource-based policy", "resource-based policy"},
	policy.Trust:    {"trust", "the role trust policy", "the role trust policy", "role trust policy"},
	policy.SCP:      {"scp", "a service control policy", "a service control policy", "service control policy"},
	policy.RCP:      {"rcp", "a resource control policy", "a resource control policy", "resource control policy"},
	policy.Endpoint: {"endpoint", "the VPC endpoint policy", "a VPC endpoint policy", "VPC endpoint policy"},
	// AWS's pages show no sentence for this type.
	policy.ScopeDown: {"scopedown", "a scope-down policy", "a scope-down policy", "scope-down policy"},
	policy.Stack:     {"resource", "the stack policy", "the stack policy", "stack policy"},
}

// TypeName is the short name of a policy type for programs: identity, boundary,
// session, scopedown, resource, trust, scp, rcp or endpoint.
func TypeName(t policy.Type) string { return typeWords[t].name }

// Noun is what a policy type is called in a sentence, with its article.
func Noun(t policy.Type) string { return typeWords[t].noun }

// kindsName says which form of naming a set of kinds comes to: the closest.
func kindsName(k engine.Kinds) string {
	switch {
	case k&engine.Direct != 0:
		return "caller"
	case k&engine.Parent != 0:
		return "role"
	case k&engine.Account != 0:
		return "account"
	}
	return ""
}

// parentNoun is what stands behind a session: a role, or a federating user.
func (x *explainer) parentNoun() string {
	if x.check.Principal.Kind == engine.FederatedUser {
		return "the IAM user behind the session"
	}
	return "the caller's role"
}

// itselfWords is the caller, as a grant would have to name it.
var itselfWords = [...]string{
	engine.User: "the caller", engine.RoleSession: "this session itself", engine.FederatedUser: "this session itself",
	engine.Root: "the account", engine.ServicePrincipal: "the service", engine.WebFederated: "the caller", engine.Anonymous: "the caller",
	engine.OriginAccessIdentity: "the caller",
}

// selfWords is the caller, as a policy would have to name it.
var selfWords = [...]string{
	engine.User: "the caller", engine.RoleSession: "this session itself (or everyone)",
	engine.FederatedUser: "this session itself (or everyone)", engine.Root: "the account",
	engine.ServicePrincipal: "the service", engine.WebFederated: "the identity provider", engine.Anonymous: "everyone",
	engine.OriginAccessIdentity: "the caller (or everyone)",
}

// names says whom a statement names, in a clause.
func (x *explainer) names(k engine.Kinds) string {
	switch kindsName(k) {
	case "caller":
		return "names the caller"
	case "role":
		return "names " + x.parentNoun()
	case "account":
		return "names the caller's account"
	}
	return "names somebody else"
}

// statementNames is names, with everyone told from the caller, and what it
// means that an Allow names the account.
func (x *explainer) statementNames(step *engine.Step, s *policy.Statement) string {
	switch {
	case s.Principal.Not:
		return x.notSpared(step)
	case kindsName(step.Names) == "caller" && namesEveryone(&s.Principal):
		return "names everyone"
	case kindsName(step.Names) == "account" && step.Effect == policy.Allow:
		return "names the caller's account: delegates to IAM"
	}
	return x.names(step.Names)
}

// notSpared says why NotPrincipal does not keep a Deny from the caller.
//
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_notprincipal.html
func (x *explainer) notSpared(step *engine.Step) string {
	switch kindsName(step.Listed) {
	case "caller":
		return "NotPrincipal lists the caller, but spares nobody who has a permissions boundary"
	case "role":
		if step.Listed&engine.Account != 0 {
			return "NotPrincipal lists " + x.parentNoun() + " and the account, but spares nobody who has a permissions boundary"
		}
		return "NotPrincipal lists " + x.parentNoun() + ", but spares its sessions only together with their account"
	case "account":
		return "NotPrincipal lists the caller's account, which spares its root user alone"
	}
	return "NotPrincipal does not list the caller"
}

func namesEveryone(p *policy.Principal) bool {
	for i := range p.Values {
		if p.Values[i].Value == "*" {
			return true
		}
	}
	return false
}

// anyNames is every form in which the caller can be named.
func (x *explainer) anyNames() string {
	switch x.check.Principal.Kind {
	case engine.RoleSession:
		return "the caller, its role, or its account"
	case engine.FederatedUser:
		return "the caller, the user behind it, or its account"
	}
	return "the caller or its account"
}

// message is AWS's access-denied sentence.
//
// https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html
func (x *explainer) message() string {
	r := x.check
	service, name, _ := strings.Cut(strings.ToLower(r.Action), ":")
	if service == "sts" && unsigned[name] {
		return "Not authorized to perform " + r.Action
	}
	if service == "organizations" && x.decision.Withheld&engine.OrganizationGate != 0 && x.decision.DeniedBy == policy.Resource {
		return "You don't have permissions to access this resource."
	}
	text := "User: " + r.Principal.ARN + " is not authorized to perform: " + r.Action
	if r.Resource != "*" || !silentOnNothing[service] {
		text += " on resource: " + quotedForS3(r)
	}
	words := &typeWords[x.decision.DeniedBy]
	switch {
	case r.ResourceType() == policy.Stack:
		return "Action denied by stack policy" // and which statement, in a form that no page shows
	case x.regionOff() != "" && service == "ec2":
		return "AWS was not able to validate the provided access credentials"
	case x.regionOff() != "":
		return "The security token included in the request is invalid."
	case x.barred() && r.Principal.Kind == engine.Anonymous:
		return "Request is missing Authentication Token"
	case x.barred() && (name == "getsessiontoken" || name == "getfederationtoken"):
		return "Cannot call " + r.Action[len("sts:"):] + " with session credentials"
	case x.barred():
		return text
	case x.refused():
		return x.refusal().said(text)
	case x.decision.Outcome == engine.ExplicitDeny:
		return text + " with an explicit deny in " + words.explicit
	case service == "sts":
		return text // STS was seen to end here, and to name no policy type
	}
	return text + " because no " + words.implicit + " allows the " + r.Action + " action"
}

// barred reports whether the caller's credentials are what denies: no policy
// does then, and AWS's sentence names none.
func (x *explainer) barred() bool {
	return x.decision.Outcome == engine.ImplicitDeny && x.decision.Withheld&engine.CredentialsGate != 0
}

// regionOff is a clause where the Region of the request is not enabled, and "" where it
// is. AWS then answers that it does not know the credentials.
//
// https://docs.aws.amazon.com/accounts/latest/reference/manage-acct-regions.html
func (x *explainer) regionOff() string {
	if x.check.DisabledAccount == "" {
		return ""
	}
	return "the Region " + x.check.DisabledRegion + " is not enabled in account " + x.check.DisabledAccount
}

// unsigned are the actions of STS whose caller shows a token. STS does not
// repeat who it was.
//
// https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRoleWithWebIdentity.html
var unsigned = map[string]bool{"assumerolewithwebidentity": true, "assumerolewithsaml": true}

// silentOnNothing are the services that name no resource where an action has
// none; the others write "on resource: *".
var silentOnNothing = map[string]bool{"s3": true, "ec2": true}

func quotedForS3(r *engine.Check) string {
	if strings.HasPrefix(strings.ToLower(r.Action), "s3:") {
		return "\"" + r.Resource + "\""
	}
	return r.Resource
}

// join lists pieces: a, b and c.
func join(pieces []string) string { return policy.List(pieces) }

// sentence begins with a capital letter and ends with a full stop.
func sentence(s string) string {
	if s == "" {
		return ""
	}
	if s[0] >= 'a' && s[0] <= 'z' {
		s = strings.ToUpper(s[:1]) + s[1:]
	}
	return s + "."
}

// placeholders are the words of a table that stand for something of the
// request.
var placeholders = []struct {
	word string
	text func(*explainer) string
}{
	{"POLICY", func(x *explainer) string { return typeWords[x.check.ResourceType()].noun }},
	{"PARENT", (*explainer).parentNoun},
	{"LEVEL", (*explainer).silentLevel},
	{"ANYWAY", (*explainer).anyNames},
	{"ITSELF", func(x *explainer) string { return itselfWords[x.check.Principal.Kind] }},
	{"SELF", func(x *explainer) string { return selfWords[x.check.Principal.Kind] }},
	{"ACTION", func(x *explainer) string { return x.check.Action }},
	{"BPA", (*explainer).blockPublic},
	{"DISABLED", (*explainer).regionOff},
	{"BARRED", (*explainer).barredClause},
}

// blockPublic is S3 Block Public Access, with whose setting it is where that is
// not the bucket's.
func (x *explainer) blockPublic() string {
	name := "S3 Block Public Access"
	switch a := x.check.Owner(); {
	case a != nil && a.OrganizationBlock != 0:
		name += ", which the organization sets,"
	case a != nil && a.BlockPublic != 0:
		name += " for the account"
	}
	return name
}

// fill puts the request's words into a text of a table, all at once: what a
// person wrote, such as the name of a level, can have the same words in it.
func (x *explainer) fill(text string) string {
	var pairs []string
	for _, p := range placeholders {
		if strings.Contains(text, p.word) { // the others may have no text
			pairs = append(pairs, p.word, p.text(x))
		}
	}
	return put(text, pairs...)
}

// put puts values in the place of words, in pairs, all at once. A word begins with a
// capital letter; of those that begin alike the first counts.
func put(text string, pairs ...string) string {
	var b strings.Builder
	from := 0
	for at := 0; at < len(text); at++ {
		for i := 0; i < len(pairs) && text[at] >= 'A' && text[at] <= 'Z'; i += 2 {
			if strings.HasPrefix(text[at:], pairs[i]) {
				b.WriteString(text[from:at])
				b.WriteString(pairs[i+1])
				from = at + len(pairs[i])
				at = from - 1
				break
			}
		}
	}
	b.WriteString(text[from:])
	return b.String()
}

// silentLevel names the first level of the organization at which no service
// control policy allows the request, as its section does: 2-workloads.
func (x *explainer) silentLevel() string {
	p := x.silent
	if p == nil {
		return "some level"
	}
	return LevelName(p)
}

// LevelName is the level that an SCP is attached to, as its section has it:
// 2-workloads.
func LevelName(scp *engine.Policy) string {
	_, rest, _ := strings.Cut("/"+scp.Name, "/scp/") // alone, or in the folder of an account
	level, _, _ := strings.Cut(rest, "/")
	return level
}

// SilentSCP is the first policy of the first level at which no service control
// policy allows the request, or nil.
func SilentSCP(d *engine.Decision) *engine.Policy {
	if !d.Present.Has(policy.SCP) {
		return nil
	}
	allows := map[int]bool{}
	for i := range d.Steps {
		step := &d.Steps[i]
		if step.Policy != engine.GrantStep && step.Miss == engine.Matched && step.Effect == policy.Allow {
			if p := d.Check.Policies[step.Policy]; p.Type == policy.SCP {
				allows[p.Level] = true
			}
		}
	}
	var first *engine.Policy
	for _, p := range d.Check.Policies {
		if p.Type == policy.SCP && !allows[p.Level] && (first == nil || p.Level < first.Level) {
			first = p
		}
	}
	return first
}
