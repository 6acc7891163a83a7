package changelog

import (
	"strings"

	"why403/engine"
	"why403/engine/answer"
	"why403/engine/catalogue"
	"why403/engine/explain"
	"why403/engine/policy"
)

// Facts is what is true of a request, as terms KIND:VALUE in lower case:
//
//	action:      of each check that the call makes, and
//	resource:    what it is on
//	caller:      user, role, federated, root, service, web, anonymous or oai
//	accounts:    same or cross
//	checks:      one or several
//	pattern:     yes, where a resource stands for all that it covers; star, where it has a real star
//	type:        a policy type that counts, as answers name it; grant, acl
//	element:     notprincipal, notaction or notresource, of a policy that counts
//	names:       a principal that such a policy names
//	key:         a condition key that a policy or a variable in it reads
//	never:       such a key that requests for the action don't carry
//	sent:        a condition key that the request has
//	value:       empty, where a key of the request has an empty value
//	setting:     block-public-access, object-ownership, requester-pays
//	outcome:     the present one
func Facts(a *answer.Answer) []string {
	t := terms{}
	t.add("outcome", a.Outcome.String())
	t.when("checks", len(a.Checks) > 1, "several", "one")
	for i := range a.Checks {
		t.check(a.Checks[i].Decision)
	}
	return t.list
}

// terms is a list of terms, each once.
type terms struct {
	list []string
	has  map[string]bool
}

func (t *terms) add(kind, value string) {
	term := kind + ":" + strings.ToLower(value)
	if t.has[term] {
		return
	}
	if t.has == nil {
		t.has = map[string]bool{}
	}
	t.has[term] = true
	t.list = append(t.list, term)
}

// when adds one of two values; "" is none.
func (t *terms) when(kind string, is bool, yes, no string) {
	if !is {
		yes = no
	}
	if yes != "" {
		t.add(kind, yes)
	}
}

// callers is what each kind of caller is called.
var callers = [...]string{
	engine.User: "user", engine.RoleSession: "role", engine.FederatedUser: "federated", engine.Root: "root",
	engine.ServicePrincipal: "service", engine.WebFederated: "web", engine.Anonymous: "anonymous", engine.OriginAccessIdentity: "oai",
}

func (t *terms) check(d *engine.Decision) {
	c := d.Check
	t.add("action", c.Action)
	t.add("resource", c.Resource)
	t.add("caller", callers[c.Principal.Kind])
	t.when("accounts", d.CrossAccount, "cross", "same")
	t.when("pattern", c.Pattern, "yes", "")
	t.when("pattern", !c.Pattern && len(c.Resource) > 1 && strings.Contains(c.Resource, "*"), "star", "")
	t.when("setting", c.BlockPublic != 0, "block-public-access", "")
	t.when("setting", c.Ownership != engine.BucketOwnerEnforced, "object-ownership", "")
	t.when("setting", c.RequesterPays, "requester-pays", "")
	t.when("type", len(c.Grants) > 0, "grant", "")
	t.when("type", len(c.ACLs) > 0, "acl", "")
	c.Context.Each(func(key string, values []string) {
		t.add("sent", key)
		for _, value := range values {
			t.when("value", value == "", "empty", "")
		}
	})
	for _, p := range c.Policies {
		t.policy(c, p)
	}
}

func (t *terms) key(c *engine.Check, key string) {
	t.add("key", key)
	t.when("never", c.Carries(key) == catalogue.Never, key, "")
}

func (t *terms) policy(c *engine.Check, p *engine.Policy) {
	t.add("type", explain.TypeName(p.Type))
	for i := range p.Statements {
		s := &p.Statements[i]
		t.when("element", s.Principal.Not, "NotPrincipal", "")
		t.when("element", s.Action.Not, "NotAction", "")
		t.when("element", s.Resource.Not, "NotResource", "")
		for _, v := range s.Principal.Values {
			t.when("names", v.Kind == policy.AWS, "aws="+v.Value, v.Value)
		}
	}
	for _, key := range p.Keys() {
		t.key(c, key)
	}
}
