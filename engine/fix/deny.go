package fix

import (
	"strings"

	"why403/engine"
	"why403/engine/policy"
)

// lift makes the moves that keep a Deny from the request: the request says what
// the Deny asks for, or the Deny spares it.
func (m *mover) lift(s *stated) {
	elsewhere := false // one network to ask from is enough
	for i := range s.Condition.Tests {
		t, n := &s.Condition.Tests[i], len(m.out)
		network := strings.HasPrefix(strings.ToLower(t.Key.Value), "aws:source")
		if m.meet(s, t); network && elsewhere {
			m.out = m.out[:n]
		}
		elsewhere = elsewhere || network && len(m.out) > n
	}
	if m.closedToAll(s.policy.Type) {
		return
	}
	for i := range s.Condition.Tests {
		m.spare(s, &s.Condition.Tests[i])
	}
	m.sparePrincipal(s)
	m.spareKindOfCall(s)
	m.unlist(s)
}

// meet makes a condition of a Deny fail by what the request says.
func (m *mover) meet(s *stated, t *policy.Test) {
	op := operator(t)
	switch {
	case op == "null":
		if len(t.Values) > 0 && t.Values[0].Value == "true" {
			m.send(s, t.Key.Value, m.meantValue(t.Key.Value))
		} else {
			m.unsend(s, t.Key.Value)
		}
	case op == "bool":
		if len(t.Values) == 1 && t.Values[0].Value == "false" {
			m.send(s, t.Key.Value, "true")
		}
	case negated(op) && !strings.HasPrefix(op, "numeric") && !strings.HasPrefix(op, "date"):
		if strings.EqualFold(t.Key.Value, "aws:PrincipalArn") {
			m.askAs(s, t)
		}
		for _, v := range m.plain(t) {
			m.send(s, t.Key.Value, v)
		}
	default:
		m.unsendValues(s, t)
	}
}

// meantValue is a value that some other condition asks of a key.
func (m *mover) meantValue(key string) string {
	for _, p := range m.check.Policies {
		for i := range p.Statements {
			for j := range p.Statements[i].Condition.Tests {
				t := &p.Statements[i].Condition.Tests[j]
				if strings.EqualFold(t.Key.Value, key) && operator(t) != "null" {
					if values := m.plain(t); len(values) > 0 {
						return values[0]
					}
				}
			}
		}
	}
	if strings.EqualFold(key, "s3:x-amz-server-side-encryption") {
		return "AES256"
	}
	return placeholder
}

// askAs makes the moves that ask as one of those whom a Deny spares.
func (m *mover) askAs(s *stated, t *policy.Test) {
	for _, v := range m.plain(t) {
		arn := v
		if _, role, ok := strings.Cut(v, ":role/"); ok {
			account := strings.Split(v, ":")[4]
			arn = "arn:aws:sts::" + account + ":assumed-role/" + role[strings.LastIndexByte(role, '/')+1:] + "/session"
		}
		m.as(s, arn, v)
	}
}

// as makes the move that asks as another principal.
func (m *mover) as(s *stated, arn, shown string) {
	if _, err := engine.ParsePrincipal(arn); err != nil || arn == m.check.Principal.ARN || m.check.Principal.Account == "" ||
		strings.HasSuffix(arn, ":root") {
		return
	}
	m.ask(s, AskElsewhere, "Ask as "+shown+", whom "+s.name()+" spares", func(l lines) lines {
		return l.drop("role").drop("aws:userid").drop("aws:PrincipalArn").set("principal", arn)
	})
}

// sparing is keys whose values say whom or what a Deny spares.
var sparing = map[string]bool{"aws:principalarn": true, "aws:userid": true, "aws:principalaccount": true}

// spare adds the caller to those whom a condition of a Deny exempts.
func (m *mover) spare(s *stated, t *policy.Test) {
	key := strings.ToLower(t.Key.Value)
	if !negated(operator(t)) || !sparing[key] {
		return
	}
	value := m.one(key)
	if value == "" {
		return
	}
	for _, v := range t.Values {
		if key == "aws:userid" && strings.TrimSuffix(v.Value, ":*") == value {
			m.change(s, LiftDeny, Corrects, replaced(s.text(), v.Span, value),
				"Write "+value+" in the place of "+v.Value+" in "+s.name()+": the ID of a user has no session behind it", m.spared(s, value))
			return
		}
	}
	value = asAccounts(value, t)
	list := valueOf(s.text(), s.Statement, t)
	if list == nil {
		return
	}
	m.change(s, LiftDeny, Exempts, withValue(s.text(), list.Span, value), "Add "+value+" to those whom "+s.name()+" spares",
		m.spared(s, value))
}

// asAccounts writes an ARN for every account where those beside it are.
func asAccounts(value string, t *policy.Test) string {
	parts := strings.SplitN(value, ":", 6)
	for _, v := range t.Values {
		if len(parts) == 6 && strings.HasPrefix(v.Value, "arn:aws:iam::*:") {
			return "arn:aws:iam::*:" + parts[5]
		}
	}
	return value
}

// spared says that the author of a Deny has to agree: it may be there for a reason.
func (m *mover) spared(s *stated, whom string) string {
	return "Lifts " + s.name() + " for " + whom + ", for " + m.what(s) + ": its author may have blocked this on purpose, and has to agree."
}

// what is all that a statement is about.
func (m *mover) what(s *stated) string {
	if a := texts(s.Action.Values); !s.Action.Not && len(a) > 0 {
		return short(a)
	}
	return "every action that it covers"
}

// sparePrincipal adds the caller to NotPrincipal, with its account, as AWS
// advises.
//
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_notprincipal.html
func (m *mover) sparePrincipal(s *stated) {
	if !s.Principal.Present || !s.Principal.Not {
		return
	}
	for _, v := range s.Principal.Values {
		if v.Kind == policy.AWS {
			m.as(s, v.Value, v.Value)
		}
	}
	p := &m.check.Principal
	names := m.names(engine.Direct | engine.Parent)
	element := policy.ValueAt(s.text(), s.Principal.Span)
	if len(names) == 0 || element == nil || element.Kind != policy.Object || p.Account == "" {
		return
	}
	values, ok := element.Field("AWS")
	if !ok {
		return
	}
	text := withValue(s.text(), values.Span, names[0].value)
	account := root(p.ARN, p.Account)
	if again := m.reread(s, text); again != nil && !has(principalTexts(s.Principal.Values), account) {
		if element, ok := policy.ValueAt(text, again.Principal.Span).Field("AWS"); ok {
			text = withValue(text, element.Span, account)
		}
	}
	m.change(s, LiftDeny, Exempts, text, "Add "+names[0].value+" to NotPrincipal in "+s.name(), m.spared(s, names[0].value))
}

// kindsOfCall are calls that a Deny on the network or on MFA hits by mistake:
// AWS makes them for the caller, from its own network.
//
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-viaawsservice
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-lambda-sourcefunctionarn
var kindsOfCall = [...]struct {
	key, have             string // "" for any value
	operator, test, value string
	words                 string
}{
	{"aws:ViaAWSService", "true", "Bool", "aws:ViaAWSService", "false", "calls that AWS services make for a caller"},
	{"lambda:SourceFunctionArn", "", "Null", "lambda:SourceFunctionArn", "true", "calls that Lambda functions make"},
	{"aws:PrincipalIsAWSService", "true", "Bool", "aws:PrincipalIsAWSService", "false", "AWS services themselves"},
}

// spareKindOfCall adds a condition to a Deny; where nothing else tells the
// caller from others, its ARN.
func (m *mover) spareKindOfCall(s *stated) {
	for _, k := range kindsOfCall {
		have := m.context(k.key)
		if len(have) == 0 || k.have != "" && have[0] != k.have {
			continue
		}
		m.change(s, LiftDeny, Exempts, withTest(s.text(), s.Statement, k.operator, k.test, k.value),
			"Spare "+k.words+": "+k.test+" in the conditions of "+s.name(), "Lifts "+s.name()+" for "+k.words+".")
		return
	}
	arn := m.one("aws:PrincipalArn")
	if arn == "" || !sharedType(s.policy.Type) || s.Principal.Not || !m.otherwiseOpen() {
		return
	}
	for i := range s.Condition.Tests {
		if negated(operator(&s.Condition.Tests[i])) && sparing[strings.ToLower(s.Condition.Tests[i].Key.Value)] {
			return // there is such a list
		}
	}
	m.change(s, LiftDeny, Exempts|DropsGuard, withTest(s.text(), s.Statement, "ArnNotLike", "aws:PrincipalArn", arn),
		"Spare "+arn+" in the conditions of "+s.name(), m.spared(s, arn))
}

// otherwiseOpen reports whether nothing but what denies keeps the caller out:
// somebody was to be let in, and a Deny is in the way.
func (m *mover) otherwiseOpen() bool {
	return closest(m.decision, engine.SameAccount)+closest(m.decision, engine.CallerSide)+closest(m.decision, engine.ResourceSide) == 0
}

// sharedType reports whether policies of a type are about many callers.
func sharedType(t policy.Type) bool {
	switch t {
	case policy.Identity, policy.Boundary, policy.Session, policy.ScopeDown:
		return false
	}
	return true
}

// unlist takes the action, or the resource, out of what a Deny lists, or puts
// it into what it leaves out.
func (m *mover) unlist(s *stated) {
	action := m.check.Action
	if s.Action.Not {
		m.change(s, LiftDeny, Unlists, withValue(s.text(), s.Action.Span, action), "Add "+action+" to NotAction in "+s.name(),
			m.lifted(s, action))
	}
	for i, a := range s.Action.Values {
		if !s.Action.Not && len(s.Action.Values) > 1 && strings.EqualFold(a.Value, action) {
			m.change(s, LiftDeny, Unlists, withoutItem(s.text(), s.Action.Span, i), "Take "+a.Value+" out of "+s.name(), m.lifted(s, action))
		}
	}
	if s.Resource.Not {
		m.change(s, LiftDeny, Unlists, withValue(s.text(), s.Resource.Span, m.check.Resource),
			"Add "+m.check.Resource+" to NotResource in "+s.name(), m.lifted(s, m.what(s)+" on it"))
	}
	m.unbanned(s)
}

// unbanned adds the Region to those that a Deny leaves open.
func (m *mover) unbanned(s *stated) {
	for i := range s.Condition.Tests {
		t := &s.Condition.Tests[i]
		value := m.one(t.Key.Value)
		list := valueOf(s.text(), s.Statement, t)
		if !negated(operator(t)) || sparing[strings.ToLower(t.Key.Value)] || value == "" || list == nil {
			continue
		}
		if strings.EqualFold(t.Key.Value, "aws:RequestedRegion") {
			m.change(s, LiftDeny, Unlists|DropsGuard, withValue(s.text(), list.Span, value), "Add "+value+" to what "+s.name()+" leaves open",
				m.lifted(s, m.what(s)))
		}
	}
}

// lifted says for whom a Deny has less.
func (m *mover) lifted(s *stated, what string) string {
	for_ := "everyone whom it covers"
	if !sharedType(s.policy.Type) {
		for_ = "everyone with this policy"
	}
	return "Lifts " + s.name() + " for " + what + ", for " + for_ + "."
}

// refused makes the moves for what a service refuses by itself.
func (m *mover) refused() {
	switch m.decision.Refusal {
	case engine.RefusedACL, engine.RefusedPublicACL:
		m.request(TellsMore, "Send no ACL: let a bucket policy give access", func(l lines) lines {
			for _, key := range [...]string{"s3:x-amz-acl", "s3:x-amz-grant-read", "s3:x-amz-grant-write", "s3:x-amz-grant-read-acp",
				"s3:x-amz-grant-write-acp", "s3:x-amz-grant-full-control"} {
				l = l.drop(key)
			}
			return l
		})
		m.request(TellsMore|Corrects, "Send the ACL bucket-owner-full-control",
			func(l lines) lines { return l.set("s3:x-amz-acl", "bucket-owner-full-control") })
	case engine.RefusedWithoutPayer:
		m.request(TellsMore, "Send the header x-amz-request-payer: requester, and pay for the request",
			func(l lines) lines { return l.set("request-payer", "requester") })
	}
}
