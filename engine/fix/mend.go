package fix

import (
	"strings"

	"why403/engine"
	"why403/engine/catalogue"
	"why403/engine/policy"
)

// mend makes the moves that bring an Allow nearer to matching: one for each
// way to change the first of its elements that fails.
func (m *mover) mend(s *stated, kinds engine.Kinds) {
	if !m.near(s) {
		return
	}
	switch s.step.Miss {
	case engine.MissPrincipal:
		m.mendPrincipal(s, kinds)
	case engine.MissAction:
		m.mendAction(s)
	case engine.MissResource:
		m.mendResource(s)
	case engine.MissCondition:
		m.mendCondition(s)
	}
}

// near reports whether a statement is about the thing that is asked: a
// neighbour of the action, or the resource itself.
func (m *mover) near(s *stated) bool {
	if managedByAWS(s.policy) {
		return false
	}
	if s.step.Miss > engine.MissAction {
		return true
	}
	return m.sharesService(s) || m.covers(s)
}

// sharesService reports whether a statement has an action of the service.
func (m *mover) sharesService(s *stated) bool {
	prefix, _, _ := strings.Cut(m.check.Action, ":")
	for _, a := range s.Action.Values {
		of, _, _ := strings.Cut(a.Value, ":")
		if of == "*" || strings.EqualFold(of, prefix) {
			return true
		}
	}
	return false
}

// covers reports whether a statement is for the resource.
func (m *mover) covers(s *stated) bool {
	if !s.Resource.Present {
		return s.policy.Type == policy.Trust || m.of("ecr")
	}
	matched := false
	for i := range s.Resource.Values {
		pattern, scratch := policy.CompileResource(s.Resource.Values[i].Value, s.policy.Document), []byte(nil)
		if ok, _ := pattern.Match(m.check.Resource, &m.check.Context, &scratch); ok {
			matched = true
		}
	}
	return matched != s.Resource.Not
}

// acts reports whether the Action of a statement matches.
func (m *mover) acts(s *stated) bool {
	for _, a := range s.Action.Values {
		pattern := policy.CompileAction(a.Value)
		if pattern.Match(strings.ToLower(m.check.Action)) {
			return !s.Action.Not
		}
	}
	return s.Action.Not
}

// mendAction adds the action, or corrects one that does not exist.
func (m *mover) mendAction(s *stated) {
	action := m.check.Action
	if s.Action.Not {
		for i, a := range s.Action.Values {
			if strings.EqualFold(a.Value, action) && len(s.Action.Values) > 1 {
				m.change(s, MendStatement, Lists|WholeStatement, withoutItem(s.text(), s.Action.Span, i),
					"Take "+action+" out of NotAction in "+s.name(), m.onStatement(s, action))
			}
		}
		return
	}
	if i := m.misspelt(s); i >= 0 {
		a := s.Action.Values[i]
		m.change(s, MendStatement, Corrects, replaced(s.text(), a.Span, action), "Write "+action+" in the place of "+a.Value+" in "+s.name(),
			m.onStatement(s, action))
		return
	}
	if !m.covers(s) {
		return
	}
	around, traits := m.around(s)
	traits |= Lists
	if everything(s) && m.check.Resource != "*" && s.policy.Type != policy.Key {
		traits |= Wide
		if !m.sharesService(s) {
			traits |= Adds
		}
	}
	set, also := m.together(s)
	text := s.text()
	for _, one := range set {
		if again := m.reread(s, text); again != nil {
			text = withValue(text, again.Action.Span, one)
		}
	}
	m.change(s, MendStatement, traits, text, "Add "+list(set)+" to the actions of "+s.name(),
		sentences(m.onStatement(s, action), also, around))
}

// around says which conditions a statement is without that AWS's pages put on
// the action, or that the statement has which is for this action already.
func (m *mover) around(s *stated) (string, Traits) {
	var keys []string
	for i := range s.Condition.Tests {
		keys = append(keys, strings.ToLower(s.Condition.Tests[i].Key.Value))
	}
	if lost := m.lost(s.policy.Type, keys); lost != "" && m.nearest(s.policy.Type).place() != s.place() {
		return lost, DropsGuard
	}
	for _, g := range m.usual(s.policy.Type) {
		if !has(keys, strings.ToLower(g.key)) && !strings.EqualFold(g.key, "kms:ViaService") {
			return "It has no condition on " + g.key + ", which this permission usually has.", DropsGuard
		}
	}
	return "", 0
}

// everything reports whether a statement is for every resource.
func everything(s *stated) bool { return has(texts(s.Resource.Values), "*") }

// reread is the statement in another text of its section.
func (m *mover) reread(s *stated, text string) *policy.Statement {
	d, _ := policy.Parse(s.policy.Name, s.policy.Type, text)
	if i := int(s.step.Statement); i < len(d.Statements) {
		return &d.Statements[i]
	}
	return nil
}

// onStatement says what else a statement covers that has one action more.
func (m *mover) onStatement(s *stated, action string) string {
	var what []string
	if r := texts(s.Resource.Values); s.policy.Type != policy.Key && s.policy.Type != policy.Trust &&
		(len(r) != 1 || r[0] != m.check.Resource) && len(r) > 0 {
		not := ""
		if s.Resource.Not {
			not = "everything but "
		}
		what = append(what, "on "+not+short(r))
	}
	if p := principalTexts(s.Principal.Values); len(p) > 1 || len(p) == 1 && !m.isCaller(p[0]) {
		what = append(what, "for "+short(p))
	}
	if len(what) == 0 {
		return ""
	}
	return "Allows " + action + " wherever this statement holds: " + strings.Join(what, " ") + "."
}

// isCaller reports whether a principal is the caller, or its role.
func (m *mover) isCaller(p string) bool {
	return p == m.check.Principal.ARN || p == m.check.Principal.Role
}

// short is a list of at most three values.
func short(values []string) string {
	if len(values) > 3 {
		return strings.Join(values[:3], ", ") + " and others"
	}
	return list(values)
}

// list is values in a sentence.
func list(values []string) string {
	if n := len(values); n > 1 {
		return strings.Join(values[:n-1], ", ") + " and " + values[n-1]
	}
	return strings.Join(values, "")
}

func sentences(all ...string) string {
	out := ""
	for _, s := range all {
		if s != "" {
			out = joined(out, " ", s)
		}
	}
	return out
}

// misspelt is the action of a statement that does not exist and was meant to
// be the one that is asked for, or -1: it has another service's prefix, or is
// the name of the API operation, or is off by a letter or two.
func (m *mover) misspelt(s *stated) int {
	prefix, name, _ := strings.Cut(m.check.Action, ":")
	for i, a := range s.Action.Values {
		of, other, ok := strings.Cut(a.Value, ":")
		if !ok || strings.ContainsAny(other, "*?") || m.asked.World == nil {
			continue
		}
		service, known := m.asked.World.Action(a.Value)
		if service == nil || known != nil || engine.KnownAction(a.Value) {
			continue
		}
		operation := service.Operation(other)
		switch {
		case strings.EqualFold(other, name),
			strings.EqualFold(of, prefix) && operation != nil && has(operation.Always, m.check.Action),
			strings.EqualFold(of, prefix) && catalogue.Distance(strings.ToLower(other), strings.ToLower(name), 2) <= 2:
			return i
		}
	}
	return -1
}

// mendPrincipal lets a statement name the caller.
func (m *mover) mendPrincipal(s *stated, kinds engine.Kinds) {
	if !s.Principal.Present || s.Principal.Not || !m.acts(s) || !m.covers(s) {
		return
	}
	for _, n := range m.names(kinds) {
		m.namePrincipal(s, n)
	}
}

// namePrincipal adds a name, or puts it in the place of one that was meant.
func (m *mover) namePrincipal(s *stated, n name) {
	// Everyone is a statement of its own, and so is who needs less than all.
	if n.key == "" || m.allOfService(s) {
		return
	}
	gives := m.givesMore(s)
	if len(n.tests) > 0 && !m.holds(s, n.tests) {
		gives = sentences(gives, "The statement does not hold it to "+n.tests[0].key+".")
	}
	around, guardless := m.around(s)
	gives = sentences(gives, around)
	from := len(m.out)
	defer func() { m.noted(from, n.note) }()
	for i := range s.Principal.Values {
		if v := &s.Principal.Values[i]; m.meant(v, n) {
			m.change(s, MendStatement, Corrects|n.traits&Weakens|guardless, m.renamed(s, v, n),
				"Write "+n.value+" in the place of "+v.Value+" in "+s.name(), sentences(n.loosens, gives))
			return
		}
	}
	traits := Names | n.traits | guardless
	if gives != "" {
		traits |= WholeStatement
	}
	m.change(s, MendStatement, traits, m.withPrincipal(s, n), "Add "+n.value+" to the principals of "+s.name(), sentences(n.loosens, gives))
}

// givesMore says what else a statement allows whom it names.
func (m *mover) givesMore(s *stated) string {
	if len(s.Action.Values) == 1 && strings.EqualFold(s.Action.Values[0].Value, m.check.Action) {
		return ""
	}
	return "Gives it all that the statement allows: " + short(texts(s.Action.Values)) + "."
}

// allOfService reports whether a statement allows everything that a service
// does.
func (m *mover) allOfService(s *stated) bool {
	for _, a := range s.Action.Values {
		if a.Value == "*" || strings.HasSuffix(a.Value, ":*") {
			return true
		}
	}
	return s.Action.Not
}

// holds reports whether a statement has a condition on one of some keys.
func (m *mover) holds(s *stated, guards []guard) bool {
	keys := setOf(keysOf(guards))
	for i := range s.Condition.Tests {
		if keys[strings.ToLower(s.Condition.Tests[i].Key.Value)] {
			return true
		}
	}
	return false
}

// renamed puts a name in the place of another, under its own key.
func (m *mover) renamed(s *stated, old *policy.PrincipalValue, n name) string {
	if principalKeys[old.Kind] == n.key {
		return replaced(s.text(), old.Span, n.value)
	}
	if len(s.Principal.Values) == 1 {
		return s.text()[:s.Principal.Span.Start] + `{` + quote(n.key) + ": " + quote(n.value) + `}` + s.text()[s.Principal.Span.End:]
	}
	return m.withPrincipal(s, n)
}

// withPrincipal adds a name to a Principal element.
func (m *mover) withPrincipal(s *stated, n name) string {
	element := policy.ValueAt(s.text(), s.Principal.Span)
	if element == nil || element.Kind != policy.Object {
		return s.text()
	}
	if values, ok := element.Field(n.key); ok {
		return withValue(s.text(), values.Span, n.value)
	}
	return withField(s.text(), s.Principal.Span, n.key, quote(n.value))
}

var principalKeys = [...]string{policy.Everyone: "", policy.AWS: "AWS", policy.Service: "Service", policy.Federated: "Federated",
	policy.CanonicalUser: "CanonicalUser"}

// meant reports whether a name in a policy was meant to be the caller: it is
// another session of the role, or a role that was deleted, or the service that
// a service-linked role belongs to, or the same provider in another account,
// or off by little.
//
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html#identifiers-unique-ids
func (m *mover) meant(v *policy.PrincipalValue, n name) bool {
	p := &m.check.Principal
	switch {
	case v.Kind == policy.AWS && n.key == "AWS":
		session := "assumed-role/" + p.Role[strings.LastIndexByte(p.Role, '/')+1:] + "/"
		return p.Kind == engine.RoleSession && strings.Contains(v.Value, ":"+session) || policy.UniqueID(v.Value) ||
			v.Value != n.value && samePrincipal(v.Value, n.value)
	case v.Kind == policy.Federated && n.key == "Federated":
		return samePrincipal(v.Value, n.value)
	case v.Kind == policy.Service && n.key == "AWS":
		return p.ServiceLinked() && strings.Contains(n.value, "/"+v.Value+"/")
	}
	return false
}

// samePrincipal reports whether two ARNs differ in the account alone, in the
// case of letters, in the path of a role, or in the order of the parts of a
// host.
func samePrincipal(a, b string) bool {
	x, y := strings.SplitN(a, ":", 6), strings.SplitN(b, ":", 6)
	if len(x) != 6 || len(y) != 6 || x[2] != y[2] {
		return false
	}
	if strings.HasPrefix(y[5], "oidc-provider/") {
		return strings.EqualFold(x[5], y[5]) || sortedParts(x[5]) == sortedParts(y[5])
	}
	return x[4] == y[4] && (strings.EqualFold(x[5], y[5]) || sameRole(x[5], y[5]))
}

// sameRole reports whether two roles of an account have one name, so that one of
// them has the wrong path: a name is there once.
func sameRole(a, b string) bool {
	last := func(path string) string { return path[strings.LastIndexByte(path, '/')+1:] }
	return strings.HasPrefix(a, "role/") && strings.HasPrefix(b, "role/") && last(a) == last(b)
}

// sortedParts is a host and path with the parts of the host in order.
func sortedParts(path string) string {
	host, rest, _ := strings.Cut(strings.TrimPrefix(path, "oidc-provider/"), "/")
	parts := strings.Split(host, ".")
	for i := range parts {
		for j := i; j > 0 && parts[j] < parts[j-1]; j-- {
			parts[j], parts[j-1] = parts[j-1], parts[j]
		}
	}
	return strings.Join(parts, ".") + "/" + rest
}
