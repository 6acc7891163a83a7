package fix

import (
	"strconv"
	"strings"

	"why403/engine"
	"why403/engine/explain"
	"why403/engine/policy"
	"why403/engine/scenario"
)

// edit is a fix in the making: a statement, or a grant, that is to let a
// request in.
type edit struct {
	Fix
	naming
	works bool

	file     *scenario.File
	asked    *scenario.Request
	check    *engine.Check
	decision *engine.Decision

	list   string // the name of the list that it goes into
	fields []byte // what it has: JSON without white space, with a comma after each
}

// The lists.
const (
	statements = "Statement"
	grants     = "Grants"
)

// open makes the edit that opens a gate. There is none for several gates, nor
// for one that is a fact, nor for kms:RetireGrant: that is about a grant that is
// there.
func (e *edit) open(gate engine.Gates) bool {
	g := engine.GateOf(gate)
	switch {
	case g == nil:
		return false
	case g.By == engine.ByPolicy:
		return e.attach(g.Type)
	case g.By != engine.ByResource && g.By != engine.ByGrant && g.By != engine.ByOwnGrant:
		return false
	// AWS decides who has access to an AWS managed key.
	// https://docs.aws.amazon.com/kms/latest/developerguide/concepts.html#aws-managed-key
	case e.check.AWSManagedKey || !e.name(g.Kinds):
		return false
	case g.By == engine.ByResource:
		t := e.check.ResourceType()
		return e.statement(t, e.first(t))
	}
	return e.grant(g.By == engine.ByOwnGrant)
}

// attach makes the edit of a policy of the caller, its account or the network.
func (e *edit) attach(t policy.Type) bool {
	switch t {
	case policy.SCP:
		return e.scp()
	case policy.Endpoint:
		e.throughEndpoint()
	case policy.ScopeDown:
		return false // those of a session can't be changed
	case policy.Identity:
		// AWS owns the policies of a service-linked role.
		// https://docs.aws.amazon.com/IAM/latest/UserGuide/using-service-linked-roles.html
		if e.check.Principal.ServiceLinked() {
			return false
		}
	}
	return e.statement(t, e.first(t))
}

// scp is a statement at the first level that is silent. Since September 2025
// an Allow there can name resources.
//
// https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps_syntax.html
func (e *edit) scp() bool {
	p := explain.SilentSCP(e.decision)
	if p == nil {
		return false
	}
	level := explain.LevelName(p)
	e.Effect = "Lifts the limit for every principal under " + level + "."
	e.statement(policy.SCP, p)
	e.Title += " at " + level
	return true
}

// first finds the first policy of a type.
func (e *edit) first(t policy.Type) *engine.Policy {
	for _, p := range e.check.Policies {
		if p.Type == t {
			return p
		}
	}
	return nil
}

// newSections is where the first policy of a type goes. Types that only limit
// need none.
var newSections = [...]string{
	policy.Identity: "identity/policy.json", policy.Session: "session/session.json",
}

// newSection is where the first policy of a type goes, "" for nowhere.
func (e *edit) newSection(t policy.Type) string {
	switch t {
	case policy.Resource, policy.Key, policy.Trust:
		return e.file.NewResourcePolicy(e.asked)
	case policy.Identity:
		return e.file.NewSection(e.check.Principal.Attached(), newSections[t])
	}
	return newSections[t]
}

// statement adds to a policy, or makes the first one of its type.
func (e *edit) statement(t policy.Type, to *engine.Policy) bool {
	article, noun, _ := strings.Cut(explain.Noun(t), " ")
	section, title, variables := "", "", true
	switch {
	case to != nil:
		section, variables = to.Name, to.Variables()
		title = "Add a statement to the " + noun
		if slash := strings.LastIndexByte(section, '/'); slash >= 0 {
			title += " " + strings.TrimSuffix(section[slash+1:], ".json")
		}
	case t == policy.Resource && !e.hasPolicy():
		return false
	default:
		if section = e.newSection(t); section == "" {
			return false
		}
		title = "Add " + strings.Replace(article, "the", "a", 1) + " " + noun
	}
	e.Section, e.Title, e.list = section, title, statements
	e.text("Effect", "Allow")
	e.field("Principal", e.principal)
	e.text("Action", e.check.Action)
	e.text("Resource", e.resource(t, variables))
	e.field("Condition", e.condition)
	return true
}

// hasPolicy reports whether such a resource is known to have a policy. Where
// the service is not known, only a policy in the scenario tells; a KMS alias
// has none.
func (e *edit) hasPolicy() bool {
	s := e.check.Service()
	return s.Rule != engine.Standard || s.Name != "" && !e.of("kms")
}

// of reports whether the action is one of a service.
func (e *edit) of(service string) bool {
	prefix, _, _ := strings.Cut(e.check.Action, ":")
	return strings.EqualFold(prefix, service)
}

// resource is the Resource of a statement, "" for none: the policy of a role,
// or of an ECR repository, has none. Where there are variables, "${" is kept from being one.
//
// https://docs.aws.amazon.com/AmazonECR/latest/userguide/repository-policy-examples.html
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html#policy-vars-specialchars
func (e *edit) resource(t policy.Type, variables bool) string {
	arn := e.check.Resource
	switch {
	case t == policy.Trust, t == policy.Resource && e.of("ecr"):
		return ""
	case t == policy.Key:
		arn = "*"
	case variables:
		arn = strings.ReplaceAll(arn, "${", "${$}{")
	}
	if arn != "*" && strings.ContainsAny(arn, "*?") {
		e.Effect = strings.TrimLeft(e.Effect+" Allows it on everything that the resource with its wildcard matches.", " ")
	}
	return arn
}

// grant makes a grant on the key. KMS grants a service nothing without the
// resource that it acts for, and someone to retire the grant.
//
// https://docs.aws.amazon.com/kms/latest/APIReference/API_CreateGrant.html
func (e *edit) grant(byCaller bool) bool {
	r := e.check
	operation := r.Action[len("kms:"):]
	title, issuer := "Add a grant", r.ResourceAccount
	if byCaller {
		title, issuer = "Add a grant that the caller's account makes", r.Principal.Account
	}
	e.Title, e.Section, e.list = title, e.file.NewSection(r.Resource, "grants.json"), grants
	e.text("KeyId", r.Resource)
	e.text("GrantId", e.grantID())
	e.text("IssuingAccount", root(r.Resource, issuer))
	if r.Principal.Kind != engine.ServicePrincipal {
		e.text("GranteePrincipal", e.named)
	} else {
		source := e.contextValue("aws:SourceArn")
		if source == "" {
			return false
		}
		e.text("GranteeServicePrincipal", e.named)
		e.text("RetiringServicePrincipal", e.named)
		e.field("Constraints", `{"SourceArn":`+quote(source)+"}")
	}
	e.field("Operations", "["+quote(operation)+"]")
	return engine.GrantOperations[strings.ToLower(operation)]
}

// grantID stands for the ID that KMS makes.
func (e *edit) grantID() string {
	id := "new-grant"
	for i, n := 0, 2; i < len(e.check.Grants); i++ {
		if e.check.Grants[i].ID == id {
			id, i, n = "new-grant-"+strconv.Itoa(n), -1, n+1
		}
	}
	return id
}
