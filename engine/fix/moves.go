package fix

import (
	"slices"
	"strconv"
	"strings"

	"why403/engine"
	"why403/engine/explain"
	"why403/engine/policy"
	"why403/engine/scenario"
)

// mover makes the moves for a check that fails. None of them is judged yet.
type mover struct {
	file     *scenario.File
	asked    *scenario.Request
	check    *engine.Check
	decision *engine.Decision
	silent   *engine.Policy // see explain.SilentSCP
	granted  bool           // a grant was made already
	only     place          // the one statement that is being mended, or none
	room     *int           // how many bytes moves may still be made of
	out      []move
}

// moves is every move that could bring the check nearer to being allowed.
func (m *mover) moves() []move {
	d := m.decision
	switch {
	case d.Refusal != engine.NoRefusal:
		m.refused()
	case d.Outcome == engine.ExplicitDeny:
		m.firstDeny()
	case m.only.index != 0:
		m.mendAgain()
	default:
		m.open()
	}
	return m.out
}

// firstDeny lifts the first Deny that matches.
func (m *mover) firstDeny() {
	for i := range m.decision.Steps {
		if step := &m.decision.Steps[i]; denies(m.decision, step) {
			m.lift(m.statement(step))
			return
		}
	}
}

// mendAgain goes on with a statement that still does not match.
func (m *mover) mendAgain() {
	if step := stepAt(m.decision, m.only); step != nil {
		m.mend(m.statement(step), engine.Direct|engine.Parent|engine.Account)
	}
}

// open makes the moves that open the gates in the ways that lack least.
func (m *mover) open() {
	var wanted engine.Gates
	for i := range m.decision.Ways {
		if w := &m.decision.Ways[i]; count(w.Blocked) == closest(m.decision, w.Side) {
			wanted |= w.Blocked
		}
	}
	for _, g := range engine.GateTable() {
		if wanted&g.Gate == 0 {
			continue
		}
		switch g.By {
		case engine.ByPolicy:
			m.openType(g.Type, 0)
		case engine.ByResource:
			m.openType(m.check.ResourceType(), g.Kinds)
		case engine.ByGrant:
			m.grant(false, g.Kinds)
		case engine.ByOwnGrant:
			// Who can't use the key can't make a grant on it either.
			if closest(m.decision, engine.ResourceSide) == 0 && !m.granted {
				m.grant(true, g.Kinds)
			}
		}
	}
	m.facts()
}

// openType mends the statements of a policy type, and adds one.
func (m *mover) openType(t policy.Type, kinds engine.Kinds) {
	if m.closedToAll(t) {
		return
	}
	for i := range m.decision.Steps {
		step := &m.decision.Steps[i]
		if *m.room <= 0 || len(m.out) >= maxTries { // no more are tried
			break
		}
		if step.Policy == engine.GrantStep || step.Effect != policy.Allow || step.Miss == engine.Matched {
			continue
		}
		if s := m.statement(step); s.policy.Type == t && m.reached(s.policy) {
			m.mend(s, kinds)
		}
	}
	m.add(t, kinds)
}

// closedToAll reports whether nobody who reads this can change policies of a
// type: AWS owns those of a service-linked role and of its own keys, and a
// session has the policies that it was made with.
//
// https://docs.aws.amazon.com/IAM/latest/UserGuide/using-service-linked-roles.html
// https://docs.aws.amazon.com/kms/latest/developerguide/concepts.html#aws-managed-key
func (m *mover) closedToAll(t policy.Type) bool {
	switch t {
	case policy.Identity, policy.Boundary:
		return m.check.Principal.ServiceLinked()
	case policy.Key:
		return m.check.AWSManagedKey
	case policy.Session:
		return servicePassed(&m.check.Principal) != ""
	case policy.ScopeDown:
		return true
	}
	return false
}

// reached reports whether an Allow in a policy would open anything: of the
// service control policies, only one at the level that is silent.
func (m *mover) reached(p *engine.Policy) bool {
	return p.Type != policy.SCP || m.silent != nil && p.Level == m.silent.Level
}

// stated is a statement of a policy and what came of it.
type stated struct {
	policy *engine.Policy
	step   *engine.Step
	*policy.Statement
}

func (m *mover) statement(step *engine.Step) *stated {
	p := m.check.Policies[step.Policy]
	return &stated{p, step, &p.Statements[step.Statement]}
}

func (s *stated) place() place { return place{s.policy.Name, int(s.step.Statement) + 1} }

// text is the section that the statement stands in.
func (s *stated) text() string { return s.policy.Text }

// name is the statement in words.
func (s *stated) name() string {
	if s.Sid.Value != "" {
		return "the statement “" + s.Sid.Value + "” of " + s.of()
	}
	return "statement " + strconv.Itoa(int(s.step.Statement)+1) + " of " + s.of()
}

// of is the policy in words.
func (s *stated) of() string { return policyName(s.policy.Type, s.policy.Name) }

// policyName is a policy with the name that its section has.
func policyName(t policy.Type, section string) string {
	_, noun, _ := strings.Cut(explain.Noun(t), " ")
	name := "the " + noun
	if slash := strings.LastIndexByte(section, '/'); slash >= 0 && t != policy.Resource && t != policy.Key && t != policy.Trust &&
		t != policy.Stack {
		name += " " + strings.TrimSuffix(section[slash+1:], ".json")
	}
	if t == policy.SCP || t == policy.RCP {
		_, rest, _ := strings.Cut("/"+section, "cp/")
		level, _, _ := strings.Cut(rest, "/")
		name += " at " + level
	}
	return name
}

// change is a move on the statement.
func (m *mover) change(s *stated, kind Kind, traits Traits, text, title, loosens string) {
	if text == s.text() {
		return
	}
	*m.room -= len(text) // it is read for each change
	one := move{kind: kind, section: s.policy.Name, text: text, title: title, loosens: loosens, traits: traits,
		owner: m.owner(s.policy.Type), mends: s.place()}
	if one.owner != "" {
		one.traits |= OtherOwner
	}
	if m.public(s, text) {
		one.traits, one.loosens = one.traits|Public, sentences("Lets everyone in: the statement names no one and asks for nothing.", loosens)
	}
	if s.Effect == policy.Deny {
		one.mends = place{}
	}
	m.out = append(m.out, one)
}

// public reports whether a statement lets everyone in once its section has a
// text. In the policy of a VPC endpoint, everyone is who comes through it.
func (m *mover) public(s *stated, text string) bool {
	if !s.Principal.Present {
		return false // as in policies of callers and of organizations
	}
	after := m.reread(s, text)
	if after == nil || s.Effect == policy.Deny || len(after.Condition.Tests) > 0 || s.policy.Type == policy.Endpoint {
		return false
	}
	for _, v := range after.Principal.Values {
		if v.Value == "*" && v.Kind != policy.Service {
			return true
		}
	}
	return false
}

// noted puts a note to the move that was made last, if it is one of several
// from a number on.
func (m *mover) noted(from int, note string) {
	if len(m.out) > from {
		m.out[len(m.out)-1].note = note
	}
}

// owner says who alone can change a policy of a type, "" where it is the
// account of the caller.
func (m *mover) owner(t policy.Type) string {
	switch t {
	case policy.SCP, policy.RCP:
		return "the management account of the organization, or its delegated administrator for policies"
	case policy.Boundary:
		return "whoever set the permissions boundary"
	case policy.Session:
		return "whoever asks for the session"
	case policy.Endpoint:
		return "the owner of the VPC endpoint"
	case policy.Resource, policy.Key, policy.Trust:
		if m.decision.CrossAccount && m.check.ResourceAccount != "" {
			return "account " + m.check.ResourceAccount
		}
	}
	return ""
}

// context is the values of a key in the request.
func (m *mover) context(key string) []string {
	values, _ := m.check.Context.Get(key)
	return values
}

// one is the one value of a key, or "".
func (m *mover) one(key string) string {
	if values := m.context(key); len(values) == 1 {
		return values[0]
	}
	return ""
}

// of reports whether the action is one of a service.
func (m *mover) of(service string) bool {
	prefix, _, _ := strings.Cut(m.check.Action, ":")
	return strings.EqualFold(prefix, service)
}

// texts is the values of a list.
func texts(values []policy.Text) (out []string) {
	for i := range values {
		out = append(out, values[i].Value)
	}
	return out
}

func principalTexts(values []policy.PrincipalValue) (out []string) {
	for i := range values {
		out = append(out, values[i].Value)
	}
	return out
}

func has(values []string, v string) bool { return slices.Contains(values, v) }

// setOf is for lists that are asked for many values.
func setOf(values []string) map[string]bool {
	set := make(map[string]bool, len(values))
	for _, v := range values {
		set[v] = true
	}
	return set
}
