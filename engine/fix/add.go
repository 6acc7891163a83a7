package fix

import (
	"slices"
	"strings"

	"why403/engine"
	"why403/engine/condition"
	"why403/engine/explain"
	"why403/engine/policy"
)

// The lists that something is added to.
const (
	statements = "Statement"
	grants     = "Grants"
)

// fields is the members of a JSON object, each with a comma after it.
type fields []byte

// field adds a member, unless it has no value.
func (f *fields) field(name, value string) {
	if value != "" {
		*f = append(*f, `"`+name+`":`+value+","...)
	}
}

// text adds a member that is a string, or a list of several, unless it is
// empty.
func (f *fields) text(name string, values ...string) {
	var quoted []string
	for _, v := range values {
		if v != "" {
			quoted = append(quoted, quote(v))
		}
	}
	value := strings.Join(quoted, ",")
	if len(quoted) > 1 {
		value = "[" + value + "]"
	}
	f.field(name, value)
}

func (f fields) object() string { return "{" + strings.TrimSuffix(string(f), ",") + "}" }

// add makes the statements that let the caller in: one for each way to name
// it.
func (m *mover) add(t policy.Type, kinds engine.Kinds) {
	switch t {
	case policy.Endpoint:
		m.addFor(t, m.throughEndpoint())
		return
	case policy.Stack:
		m.addFor(t, &name{loosens: "Whoever updates the stack may do this then."})
		return
	case policy.Resource, policy.Key, policy.Trust:
	default:
		m.addFor(t, nil)
		return
	}
	for _, n := range m.names(kinds) {
		m.addFor(t, &n)
	}
}

// throughEndpoint is everyone with the caller's aws:PrincipalArn: the form
// that gateway endpoints take too.
//
// https://docs.aws.amazon.com/vpc/latest/privatelink/vpc-endpoints-access.html
func (m *mover) throughEndpoint() *name {
	n := &name{loosens: "Lets every session of the role through the endpoint."}
	if arn := m.one("aws:PrincipalArn"); arn != "" {
		n.tests = []guard{{"ArnLike", "aws:PrincipalArn", arn}}
	} else {
		n.loosens = "Lets everyone through the endpoint."
	}
	return n
}

// addFor makes one statement.
func (m *mover) addFor(t policy.Type, n *name) {
	section, old, title, traits := m.goesTo(t)
	if section == "" {
		return
	}
	set, also := m.together(nil)
	guards, words, lost := m.newGuards(t, n)
	one := move{kind: AddStatement, section: section, title: title, owner: m.owner(t), traits: traits | lost}
	var s fields
	s.text("Effect", "Allow")
	if n == nil {
		n = &name{} // it is the caller's own policy
	} else {
		s.field("Principal", n.principal())
	}
	s.text("Action", set...)
	s.text("Resource", m.resource(t))
	s.field("Condition", conditionOf(guards))
	one.traits |= n.traits
	one.note, one.loosens = n.note, sentences(n.loosens, also, words, m.wildcard(t), m.lifts(t))
	if one.owner != "" {
		one.traits |= OtherOwner
	}
	if n.value != "" && one.traits&(WholeAccount|Public) != 0 {
		one.title += " that trusts " + n.value
	}
	one.text = document(statements, s.object())
	switch {
	case old != "":
		one.text = appended(old, statements, s.object())
	case t == policy.Resource:
		one.note = sentences("If the resource has a policy already, add the statement to that one: a new one would take its place.", one.note)
	}
	m.out = append(m.out, one)
}

// newGuards is the conditions of a new statement, and what to say of those that
// it is without.
func (m *mover) newGuards(t policy.Type, n *name) (guards []guard, words string, lost Traits) {
	guards = m.guards(t)
	if n != nil {
		guards = append(slices.Clone(n.tests), guards...)
	}
	if via := m.viaService(t); via != nil {
		s := m.nearest(t)
		return append(guards, *via), "In the place of " + s.Condition.Tests[s.step.Which].Key.Value +
			" it asks for calls that AWS services make for the caller.", 0
	}
	if words = m.lost(t, keysOf(guards)); words != "" {
		lost = DropsGuard
	}
	return guards, words, lost
}

// wildcard says what a resource with a wildcard comes to.
func (m *mover) wildcard(t policy.Type) string {
	if !strings.ContainsAny(m.check.Resource, "*?") || m.check.Resource == "*" || engine.AlwaysThere(t) {
		return ""
	}
	return "Allows it on everything that the resource with its wildcard matches."
}

// lifts says for whom a service control policy closes no more.
func (m *mover) lifts(t policy.Type) string {
	if p := explain.SilentSCP(m.decision); t == policy.SCP && p != nil {
		return "Lifts the limit for every principal under " + explain.LevelName(p) + "."
	}
	return ""
}

// goesTo is the section that a statement of a type goes into, with its text:
// the last policy of the type, or a new one. A key and a role always have a
// policy, so one that is not given is not known: writing a new one would throw
// it away, and lock its administrators out.
//
// https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-default.html
func (m *mover) goesTo(t policy.Type) (section, old, title string, traits Traits) {
	for _, p := range m.check.Policies {
		if p.Type == t && m.reached(p) && !managedByAWS(p) {
			return p.Name, p.Text, "Add a statement to " + policyName(t, p.Name), Adds
		}
	}
	title = "Add " + strings.Replace("a "+strings.TrimPrefix(policyName(t, ""), "the "), "a identity", "an identity", 1)
	switch t {
	case policy.Identity:
		section = m.file.NewSection(m.check.Principal.Attached(), "identity/policy.json")
		if _, taken := m.file.Section(section); taken {
			return "", "", "", 0
		}
		return section, "", title, Adds // a role has more policies than were pasted
	case policy.Session:
		section = "session/session.json"
	case policy.Resource:
		// In one account an identity-based policy does it.
		identity := !m.decision.CrossAccount && m.check.Principal.Account != "" && !m.check.Principal.ServiceLinked()
		if m.unknown(t) {
			return "", "", "", 0
		}
		rule := m.check.Service().Rule
		if !m.hasPolicy() || rule == engine.AdminRule || identity && rule == engine.Standard {
			return "", "", "", 0
		}
		section = m.file.NewResourcePolicy(m.asked)
	}
	return section, "", title, Adds | NewPolicy
}

// hasPolicy reports whether such a resource is known to have a policy. Where
// the service is not known, only a policy in the scenario tells; a KMS alias
// has none.
func (m *mover) hasPolicy() bool {
	s := m.check.Service()
	return s.Rule != engine.NoPolicy && (s.Rule != engine.Standard || s.Name != "" && !m.of("kms"))
}

// resource is the Resource of a new statement, "" for none: the policy of a
// role, or of an ECR repository, has none. "${" is kept from being a variable.
//
// https://docs.aws.amazon.com/AmazonECR/latest/userguide/repository-policy-examples.html
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html#policy-vars-specialchars
func (m *mover) resource(t policy.Type) string {
	switch {
	case t == policy.Trust, t == policy.Resource && m.of("ecr"):
		return ""
	case t == policy.Key:
		return "*"
	}
	for _, p := range m.check.Policies {
		if p.Type == t && !p.Variables() {
			return m.check.Resource
		}
	}
	return strings.ReplaceAll(m.check.Resource, "${", "${$}{")
}

// usualGuards are the conditions that AWS's pages put on a permission, where
// the request has the key.
//
// https://docs.aws.amazon.com/kms/latest/developerguide/conditions-kms.html
// https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_passrole.html
var usualGuards = [...]struct{ action, operator, key string }{
	{"iam:passrole", "StringEquals", "iam:PassedToService"},
	{"kms:creategrant", "Bool", "kms:GrantIsForAWSResource"},
	{"kms:", "StringEquals", "kms:ViaService"},
	{"sts:assumerole", "StringEquals", "sts:ExternalId"},
	{"iam:createrole", "StringEquals", "iam:PermissionsBoundary"},
	{"iam:createuser", "StringEquals", "iam:PermissionsBoundary"},
	{"iam:createservicelinkedrole", "StringEquals", "iam:AWSServiceName"},
}

// usual is the usual conditions for the action.
func (m *mover) usual(t policy.Type) (out []guard) {
	action := strings.ToLower(m.check.Action)
	for _, g := range usualGuards {
		if v := m.one(g.key); v != "" && (action == g.action || strings.HasSuffix(g.action, ":") && strings.HasPrefix(action, g.action)) {
			if t != policy.SCP && !(g.operator == "Bool" && v != "true") {
				out = append(out, guard{g.operator, g.key, v})
			}
		}
	}
	return out
}

// guards is the conditions of a new statement: those that are usual for the
// action, and those of the statement that comes nearest, as far as the request
// meets them.
func (m *mover) guards(t policy.Type) []guard {
	out := m.usual(t)
	s := m.nearest(t)
	if s == nil {
		return out
	}
	there := setOf(keysOf(out))
	for i, compiled := range condition.Compile(s.Condition, s.policy.Variables()) {
		test, scratch := &s.Condition.Tests[i], []byte(nil)
		key := strings.ToLower(test.Key.Value)
		if len(test.Values) != 1 || there[key] || !compiled.Match(&m.check.Context, &scratch).Match {
			continue
		}
		there[key] = true
		out = append(out, guard{test.Operator.Value, test.Key.Value, test.Values[0].Value})
	}
	return out
}

func keysOf(guards []guard) (out []string) {
	for _, g := range guards {
		out = append(out, strings.ToLower(g.key))
	}
	return out
}

// nearest is the Allow that fails at its conditions alone, or nil: one of the
// type, or one that would have let the caller in in its place.
func (m *mover) nearest(t policy.Type) (other *stated) {
	for i := range m.decision.Steps {
		step := &m.decision.Steps[i]
		if step.Policy == engine.GrantStep || step.Effect != policy.Allow || step.Miss != engine.MissCondition {
			continue
		}
		s := m.statement(step)
		if s.policy.Type == t {
			return s
		}
		if other == nil && !m.decision.CrossAccount && letsIn(t) && letsIn(s.policy.Type) {
			other = s
		}
	}
	return other
}

// letsIn reports whether policies of a type let anyone in, and not only limit.
func letsIn(t policy.Type) bool { return engine.LimitGate(t) == 0 && t != policy.RCP }

// viaService is the condition of a statement for calls that AWS makes for a
// caller, where the nearest statement asks for a network or for MFA, which such
// calls never have. It is nil elsewhere.
//
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-viaawsservice
func (m *mover) viaService(t policy.Type) *guard {
	s := m.nearest(t)
	if s == nil || m.one("aws:ViaAWSService") != "true" {
		return nil
	}
	if failed := &s.Condition.Tests[s.step.Which]; bound[strings.ToLower(failed.Key.Value)] {
		return &guard{"Bool", "aws:ViaAWSService", "true"}
	}
	return nil
}

// lost says which condition of the nearest statement a new one is without, or has
// with a value of the request that the author did not let in.
func (m *mover) lost(t policy.Type, kept []string) string {
	s := m.nearest(t)
	if s == nil {
		return ""
	}
	var lost []string
	keeps, told := setOf(kept), map[string]bool{}
	for i, compiled := range condition.Compile(s.Condition, s.policy.Variables()) {
		test, scratch := &s.Condition.Tests[i], []byte(nil)
		key := test.Key.Value
		switch {
		case keeps[strings.ToLower(key)]:
			if m.pins(strings.ToLower(key), test) && !compiled.Match(&m.check.Context, &scratch).Match {
				lost = append(lost, "another "+key)
			}
		case !told[key] && m.cannotHold(test) == "":
			told[key] = true
			lost = append(lost, key)
		}
	}
	if len(lost) == 0 {
		return ""
	}
	return "Goes around " + s.name() + ", whose author asks for " + list(lost) + "."
}

// conditionOf is guards as a Condition element, "" for none.
func conditionOf(guards []guard) string {
	var c fields
	var operators []string
	keys := map[string]*fields{}
	for _, g := range guards {
		if keys[g.operator] == nil {
			operators, keys[g.operator] = append(operators, g.operator), &fields{}
		}
		keys[g.operator].field(escaped(g.key), quote(g.value))
	}
	for _, operator := range operators {
		c.field(escaped(operator), keys[operator].object())
	}
	if len(c) == 0 {
		return ""
	}
	return c.object()
}

// escaped is a text as it stands between the quotes of a JSON string.
func escaped(s string) string { return strings.Trim(quote(s), `"`) }
