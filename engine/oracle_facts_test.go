package engine_test

import (
	"fmt"
	"strings"
	"testing"

	"why403/engine"
	"why403/engine/explain"
	"why403/engine/policy"
)

// unsaid stands where AWS does not say which type it names.
const unsaid = policy.Type(255)

// typeName is the name of a type; a key policy has one of its own.
func typeName(t policy.Type) string {
	switch t {
	case unsaid:
		return "any type"
	case policy.Key:
		return "key policy"
	}
	return explain.TypeName(t)
}

const (
	home     = "111122223333" // the resource's account
	away     = "444455556666"
	bystand  = "777788889999"
	provider = "arn:aws:iam::111122223333:oidc-provider/idp.example.com"
)

// callerFacts is a caller, and how policies name it. ACCOUNT stands for the
// account that it is in.
type callerFacts struct {
	kind    engine.PrincipalKind
	arn     string
	role    string // where it differs from what the ARN says
	account bool
	linked  bool // a service-linked role
	names   []naming
}

// naming is one way to name the caller.
type naming struct {
	kind  engine.Kinds
	value string // of a Principal element
}

func aws(arn string) string { return `{"AWS": "` + arn + `"}` }

// Who can ask, and how the resource's policy names each.
//
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html
var (
	accountNaming = naming{engine.Account, aws("arn:aws:iam::ACCOUNT:root")}
	askers        = []*callerFacts{
		{kind: engine.User, arn: "arn:aws:iam::ACCOUNT:user/team/bob", account: true,
			names: []naming{{engine.Direct, aws("arn:aws:iam::ACCOUNT:user/team/bob")}, accountNaming}},
		{kind: engine.RoleSession, arn: "arn:aws:sts::ACCOUNT:assumed-role/app/one", account: true, names: []naming{
			{engine.Direct, aws("arn:aws:sts::ACCOUNT:assumed-role/app/one")}, {engine.Parent, aws("arn:aws:iam::ACCOUNT:role/app")},
			accountNaming}},
		{kind: engine.RoleSession, arn: "arn:aws:sts::ACCOUNT:assumed-role/linked/one", account: true, linked: true,
			role: "arn:aws:iam::ACCOUNT:role/aws-service-role/x.amazonaws.com/linked", names: []naming{
				{engine.Parent, aws("arn:aws:iam::ACCOUNT:role/aws-service-role/x.amazonaws.com/linked")}, accountNaming}},
		{kind: engine.FederatedUser, arn: "arn:aws:sts::ACCOUNT:federated-user/ann", account: true, names: []naming{
			{engine.Direct, aws("arn:aws:sts::ACCOUNT:federated-user/ann")}, {engine.Parent, aws("arn:aws:iam::ACCOUNT:user/ann")}, accountNaming}},
		{kind: engine.Root, arn: "arn:aws:iam::ACCOUNT:root", account: true,
			names: []naming{{engine.Direct, aws("ACCOUNT")}}},
		{kind: engine.ServicePrincipal, arn: "sns.amazonaws.com",
			names: []naming{{engine.Direct, `{"Service": "sns.amazonaws.com"}`}}},
		{kind: engine.WebFederated, arn: "arn:aws:sts::ACCOUNT:assumed-role/web/one",
			names: []naming{{engine.Direct, `{"Federated": "` + provider + `"}`}}},
		{kind: engine.Anonymous, arn: "anonymous",
			names: []naming{{engine.Direct, `"*"`}}},
	}
)

// place is one kind of resource, with the flow chart that it follows.
type place struct {
	rule     rule
	action   string
	resource string
}

var places = []place{
	{generalRule, "s3:GetObject", "arn:aws:s3:::bucket/key"},
	{keyRule, "kms:Decrypt", "arn:aws:kms:us-east-1:111122223333:key/1234abcd"},
	{homeOnlyKey, "kms:PutKeyPolicy", "arn:aws:kms:us-east-1:111122223333:key/1234abcd"},
	{trustRule, "sts:AssumeRole", "arn:aws:iam::111122223333:role/target"},
	{bothRule, "vpc-lattice-svcs:Invoke", "arn:aws:vpc-lattice:us-east-1:111122223333:service/svc-1/path"},
	{crossOnlyRule, "ses:SendEmail", "arn:aws:ses:us-east-1:111122223333:identity/example.com"},
	{noPolicyRule, "states:StartExecution", "arn:aws:states:us-east-1:111122223333:stateMachine:m"},
}

func newRequest(t *testing.T, p *place, c *callerFacts, account string) engine.Check {
	t.Helper()
	principal, err := engine.ParsePrincipal(strings.ReplaceAll(c.arn, "ACCOUNT", account))
	if err != nil {
		t.Fatal(err)
	}
	r := engine.Check{Principal: principal, Action: p.action, Resource: p.resource, ResourceAccount: home}
	if c.role != "" {
		r.Principal.Role = strings.ReplaceAll(c.role, "ACCOUNT", account)
	}
	if c.kind == engine.WebFederated {
		r.Action, r.Principal.FederatedBy = "sts:AssumeRoleWithWebIdentity", provider
	}
	r.Prepare()
	return r
}

// document compiles a policy that the test wrote.
func document(t testing.TB, kind policy.Type, level int, statements ...string) *engine.Policy {
	t.Helper()
	d, problems := policy.Parse("test.json", kind, `{"Version": "2012-10-17", "Statement": [`+strings.Join(statements, ", ")+`]}`)
	if policy.Errors(problems) {
		t.Fatalf("%v: %+v", statements, problems)
	}
	return engine.NewPolicy(d, level)
}

// filterPolicies is the policies of one type, for everything they can say. Of
// the organization's there are two levels, and two scope-down policies.
func filterPolicies(t *testing.T, kind policy.Type, action string) (out [denies + 1][]*engine.Policy) {
	who := ""
	if kind == policy.RCP || kind == policy.Endpoint {
		who = `"Principal": "*", `
	}
	statement := func(effect, action string) string {
		return fmt.Sprintf(`{"Effect": %q, %s"Action": %q, "Resource": "*"}`, effect, who, action)
	}
	level := 0
	if kind == policy.SCP || kind == policy.RCP || kind == policy.ScopeDown {
		full := document(t, kind, 1, statement("Allow", "*"))
		for s := allows; s <= denies; s++ {
			out[s] = append(out[s], full)
		}
		level = 2
	}
	out[allows] = append(out[allows], document(t, kind, level, statement("Allow", action), statement("Allow", "ec2:*"),
		statement("Allow", "sts:*")))
	out[silent] = append(out[silent], document(t, kind, level, statement("Allow", "ec2:*")))
	out[denies] = append(out[denies], document(t, kind, level, statement("Allow", "*"), statement("Deny", "*")))
	return out
}

// resourcePolicies names the caller in every set of ways, and denies beside the
// first and the last of them.
func resourcePolicies(t *testing.T, p *place, c *callerFacts, account string, kind policy.Type) (out []resourceFacts) {
	resource := `, "Resource": "*"`
	if kind == policy.Trust {
		resource = ""
	}
	statement := func(effect, who string) string {
		return fmt.Sprintf(`{"Effect": %q, "Principal": %s, "Action": "*"%s}`, effect, strings.ReplaceAll(who, "ACCOUNT", account), resource)
	}
	for set := range 1 << len(c.names) {
		var named engine.Kinds
		statements := []string{statement("Allow", aws("arn:aws:iam::"+bystand+":role/other"))}
		for i, n := range c.names {
			if set>>i&1 == 1 {
				named |= n.kind
				statements = append(statements, statement("Allow", n.value))
			}
		}
		out = append(out, resourceFacts{named: named, policies: []*engine.Policy{document(t, kind, 0, statements...)}})
		if set != 0 && kind != policy.Trust {
			out = append(out, exceptFacts(t, c, account, kind, set))
		}
		if set == 0 || set == 1<<len(c.names)-1 {
			statements = append(statements, statement("Deny", `"*"`))
			out = append(out, resourceFacts{named: named, denied: true, policies: []*engine.Policy{document(t, kind, 0, statements...)}})
		}
	}
	return append(out, resourceFacts{})
}

// exceptFacts is a policy that allows everyone, and denies everyone but those
// that it lists: the caller, in some ways.
func exceptFacts(t *testing.T, c *callerFacts, account string, kind policy.Type, set int) resourceFacts {
	out := resourceFacts{named: engine.Direct}
	statements := []string{`{"Effect": "Allow", "Principal": "*", "Action": "*", "Resource": "*"}`}
	var aws, services []string
	for i, n := range c.names {
		if set>>i&1 == 0 {
			continue
		}
		out.except |= n.kind
		value := strings.Split(n.value, `"`)
		switch who := strings.ReplaceAll(value[len(value)-2], "ACCOUNT", account); {
		case value[1] == "Service":
			services = append(services, who)
		default:
			aws = append(aws, who)
		}
	}
	list, key := aws, "AWS"
	if len(services) > 0 {
		list, key = services, "Service"
	}
	statements = append(statements, fmt.Sprintf(`{"Effect": "Deny", "NotPrincipal": {%q: ["%s"]}, "Action": "*", "Resource": "*"}`, key,
		strings.Join(list, `", "`)))
	out.policies = []*engine.Policy{document(t, kind, 0, statements...)}
	return out
}

// grantSets names the caller in every set of ways, by grants that the key's
// account or the caller's account issued; then by grants of a third account, and
// by grants of both.
func grantSets(c *callerFacts, account string) []grantFacts {
	out, all := []grantFacts{{}}, 1<<len(c.names)-1
	for set := 1; set <= all; set++ {
		out = append(out, grantSet(c, account, set, home))
		if account != home {
			out = append(out, grantSet(c, account, set, account))
		}
	}
	return append(out, grantSet(c, account, all, bystand), grantSet(c, account, all, "", account))
}

// grantSet names the caller in some ways. The issuers take turns.
func grantSet(c *callerFacts, account string, set int, issuers ...string) (f grantFacts) {
	for i, n := range c.names {
		if set>>i&1 == 1 {
			f.add(n, issuers[i%len(issuers)], account)
		}
	}
	return f
}

func (f *grantFacts) add(n naming, issuer, account string) {
	g := engine.Grant{IssuingAccount: issuer, Operations: []policy.Text{{Value: "Decrypt"}}}
	value := strings.Split(n.value, `"`)
	if len(value) < 4 {
		return // no grant is for everyone
	}
	who := policy.Text{Value: strings.ReplaceAll(value[3], "ACCOUNT", account)}
	if value[1] == "Service" {
		g.GranteeService = who
	} else {
		g.Grantee = who
	}
	f.grants = append(f.grants, g)
	f.granted |= n.kind
	if issuer == account || issuer == "" && account == home {
		f.own |= n.kind
	}
}
