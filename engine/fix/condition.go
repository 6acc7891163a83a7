package fix

import (
	"strings"

	"why403/engine"
	"why403/engine/catalogue"
	"why403/engine/policy"
)

// operator is a condition operator without its set and without IfExists.
func operator(t *policy.Test) string {
	op := strings.ToLower(t.Operator.Value)
	if _, rest, ok := strings.Cut(op, ":"); ok {
		op = rest
	}
	return strings.TrimSuffix(op, "ifexists")
}

// negated reports whether an operator asks for another value than those that
// are listed.
func negated(op string) bool { return strings.Contains(op, "not") }

// mendCondition makes the first condition that fails hold: the request sends
// what is asked for, or the condition gets what the request has.
func (m *mover) mendCondition(s *stated) {
	t := &s.Condition.Tests[min(int(s.step.Which), len(s.Condition.Tests)-1)]
	for _, value := range m.wants(t) {
		if m.send(s, t.Key.Value, value); bound[strings.ToLower(t.Key.Value)] {
			break // one network is enough
		}
	}
	if negated(operator(t)) {
		m.unsend(s, t.Key.Value)
		return
	}
	switch {
	case m.version(s, texts(t.Values)), m.likeOperator(s, t), m.setOperator(s, t):
	default:
		m.conditionValue(s, t)
	}
	m.dropTest(s, t)
}

// wants is values with which a test of an Allow holds.
func (m *mover) wants(t *policy.Test) (out []string) {
	op := operator(t)
	switch {
	case op == "null":
		if len(t.Values) > 0 && t.Values[0].Value == "false" {
			return []string{placeholder}
		}
		return nil
	case negated(op) || strings.HasPrefix(op, "date") || strings.HasPrefix(op, "numeric") && !strings.HasSuffix(op, "equals"):
		return nil
	}
	return m.plain(t)
}

// plain is the values of a test that a request can have, at most two.
func (m *mover) plain(t *policy.Test) (out []string) {
	for _, v := range t.Values {
		value := v.Value
		switch {
		case value == "*":
			value = placeholder
		case strings.EqualFold(t.Key.Value, "s3:prefix"):
			value = strings.TrimSuffix(value, "*") // a prefix that goes on is one that begins so
		}
		value = strings.Replace(value, "arn:aws:iam::*:", "arn:aws:iam::"+m.check.Principal.Account+":", 1)
		if !strings.ContainsAny(value, "*?$") && len(out) < 2 {
			out = append(out, value)
		}
	}
	return out
}

// likeOperator is for a value with a wildcard under an operator that takes none.
//
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_String
func (m *mover) likeOperator(s *stated, t *policy.Test) bool {
	if operator(t) != "stringequals" || !strings.ContainsAny(strings.Join(texts(t.Values), ""), "*?") {
		return false
	}
	at := strings.Index(strings.ToLower(t.Operator.Value), "stringequals")
	like := t.Operator.Value[:at] + "StringLike" + t.Operator.Value[at+len("StringEquals"):]
	m.change(s, MendStatement, Corrects, withOperator(s.text(), s.policy.Type, s.Statement, t, like),
		"Write "+like+" for "+t.Key.Value+" in "+s.name()+": "+t.Operator.Value+" takes no wildcards", "")
	return true
}

// setOperator is for a request with several values under an operator that
// compares one.
//
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-single-vs-multi-valued-context-keys.html
func (m *mover) setOperator(s *stated, t *policy.Test) bool {
	if len(m.context(t.Key.Value)) < 2 || strings.Contains(t.Operator.Value, ":") {
		return false
	}
	for _, set := range [...]struct{ name, words string }{
		{"ForAllValues:", "Holds for requests without " + t.Key.Value + " too."},
		{"ForAnyValue:", "Holds where one of several values of " + t.Key.Value + " is listed."},
	} {
		op := set.name + t.Operator.Value
		m.change(s, MendStatement, Corrects|WholeStatement, withOperator(s.text(), s.policy.Type, s.Statement, t, op),
			"Write "+op+" for "+t.Key.Value+" in "+s.name()+": the request has several values", set.words)
	}
	return true
}

// pinned are keys whose values say who is trusted, or from where: one more
// value opens the door to somebody else.
var pinned = map[string]bool{
	"sts:externalid": true, "aws:sourceip": true, "aws:sourcevpc": true, "aws:sourcevpce": true, "aws:principalorgid": true,
	"aws:resourceorgid": true, "aws:resourceaccount": true,
	"aws:multifactorauthpresent": true, "aws:securetransport": true, "aws:principalaccount": true, "aws:sourceaccount": true,
	"iam:permissionsboundary":   true,
	"kms:grantisforawsresource": true, "kms:viaservice": true, "kms:calleraccount": true, "aws:viaawsservice": true,
	"s3express:sessionmode": true, "s3:x-amz-acl": true, "s3:x-amz-server-side-encryption": true,
}

// conditionValue puts what the request has into a condition: in the place of a
// value that was meant to be it, or beside the others.
func (m *mover) conditionValue(s *stated, t *policy.Test) {
	key, have := strings.ToLower(t.Key.Value), m.context(t.Key.Value)
	_, tag, isTag := strings.Cut(key, "tag/")
	if len(have) == 0 || comparesOnce(operator(t)) || isTag && tag != "" {
		return
	}
	if len(have) == 1 {
		for _, v := range t.Values {
			if sameValue(v.Value, have[0]) || key == "aws:principalarn" && m.ofSession(v.Value) {
				m.change(s, MendStatement, Corrects, replaced(s.text(), v.Span, asWritten(v.Value, have[0])),
					"Write "+asWritten(v.Value, have[0])+" in the place of "+v.Value+" for "+t.Key.Value+" in "+s.name(), "")
				return
			}
		}
	}
	traits, loosens := Lists, m.widerCondition(s)
	if m.pins(key, t) {
		traits |= DropsGuard
		if strings.HasPrefix(key, "aws:principal") {
			traits |= WholeAccount
		}
		loosens = sentences("The author of the statement holds it to "+t.Key.Value+" "+short(texts(t.Values))+".", m.proposals(), loosens)
	}
	text, added := s.text(), []string(nil)
	for _, v := range have {
		again := m.reread(s, text)
		if again == nil || has(texts(t.Values), v) {
			continue
		}
		value := valueOf(text, again, t)
		if value == nil {
			return
		}
		text, added = withValue(text, value.Span, v), append(added, v)
	}
	if len(added) > 0 {
		m.change(s, MendStatement, traits, text, "Add "+list(added)+" to "+t.Key.Value+" in the conditions of "+s.name(), loosens)
	}
}

// comparesOnce reports whether one more value under an operator makes no sense.
func comparesOnce(op string) bool {
	return op == "null" || op == "bool" || strings.HasPrefix(op, "numeric") || strings.HasPrefix(op, "date")
}

// ofSession reports whether a text is the ARN of a session of the caller's role.
func (m *mover) ofSession(arn string) bool {
	role := m.check.Principal.Role
	return role != "" && strings.Contains(arn, ":assumed-role/"+role[strings.LastIndexByte(role, '/')+1:]+"/")
}

// pins reports whether one more value of a key lets somebody else in, or from
// elsewhere. The ARN of a source is pinned to its account.
func (m *mover) pins(key string, t *policy.Test) bool {
	if key == "aws:sourcearn" {
		have := strings.SplitN(m.one(key)+":::::", ":", 6)[4]
		for _, v := range t.Values {
			if strings.SplitN(v.Value+":::::", ":", 6)[4] == have {
				return false
			}
		}
		return true
	}
	return pinned[key] || key != "aws:principalarn" && strings.HasPrefix(key, "aws:principal") || strings.HasPrefix(key, "aws:vpce") ||
		m.check.Principal.Kind == engine.WebFederated && strings.HasSuffix(key, ":sub")
}

// proposals says whom the subject of GitHub's pull requests lets in: their workflow
// runs as the proposed change has it.
//
// https://docs.github.com/en/actions/reference/security/oidc
func (m *mover) proposals() string {
	if _, host, _ := strings.Cut(m.check.Principal.FederatedBy, ":oidc-provider/"); strings.HasSuffix(m.one(host+":sub"), ":pull_request") {
		return "Lets in the workflow of every pull request of the repository, before anybody has reviewed what it runs."
	}
	return ""
}

// version is for a policy with ${…} that is no variable, since its Version is
// not 2012-10-17.
//
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_version.html
func (m *mover) version(s *stated, values []string) bool {
	if s.policy.Variables() || !strings.Contains(strings.Join(values, ""), "${") {
		return false
	}
	text := s.text()
	root, _ := policy.ParseJSON("", text)
	if v, ok := root.Field("Version"); ok {
		text = replaced(text, v.Span, "2012-10-17")
	} else {
		at := root.Span.Start + 1
		text = text[:at] + `"Version": "2012-10-17", ` + strings.TrimLeft(text[at:], " ")
	}
	m.change(s, MendStatement, Corrects, text, `Write "Version": "2012-10-17" in `+s.of()+": without it ${…} is plain text",
		"Every ${…} of the policy is a variable then.")
	return true
}

// valueOf is the value, or the list of values, of a test.
func valueOf(text string, s *policy.Statement, t *policy.Test) *policy.Node {
	if condition := policy.ValueAt(text, s.Condition.Span); condition != nil {
		if keys, ok := condition.Field(t.Operator.Value); ok {
			value, _ := keys.Field(t.Key.Value)
			return value
		}
	}
	return nil
}

// widerCondition says whom else a value of a condition lets in.
func (m *mover) widerCondition(s *stated) string {
	if a := texts(s.Action.Values); len(a) != 1 || s.Action.Not || !strings.EqualFold(a[0], m.check.Action) {
		return "Holds for all that the statement allows: " + short(a) + "."
	}
	return ""
}

// sameValue reports whether a value of a policy was meant to be that of the
// request: they differ in the case of letters, or one part of an ARN is a
// name where the request has an ID.
func sameValue(written, have string) bool {
	if written == have {
		return false
	}
	if strings.EqualFold(strings.TrimRight(written, "*"), have) {
		return true
	}
	if star := strings.IndexByte(written, '*'); star > 0 && len(have) > star && strings.EqualFold(written[:star], have[:star]) &&
		written[:star] != have[:star] {
		return true
	}
	a, b := strings.Split(written, ":"), strings.Split(have, ":")
	if len(a) != 6 || len(b) != 6 || a[0] != "arn" {
		return false
	}
	if a[5] == b[5]+"/*" || a[2] == "s3" && strings.HasPrefix(b[5], a[5]+"/") {
		return true
	}
	if strings.Join(a[:5], ":") != strings.Join(b[:5], ":") || a[2] == "s3" {
		return false
	}
	first, rest, _ := strings.Cut(a[5], "/")
	id, tail, _ := strings.Cut(b[5], "/")
	pattern := policy.CompilePattern(rest, true, false)
	return first != id && rest != "" && pattern.Match(tail)
}

// asWritten is the value of the request with the stars that the policy has.
func asWritten(written, have string) string {
	star := strings.IndexByte(written, '*')
	switch {
	case written+"/*" == have || strings.HasPrefix(have, written+"/"):
		return written + "/*"
	case star <= 0, strings.TrimSuffix(written, "/*") == have:
		return have
	}
	if len(have) >= star && strings.EqualFold(written[:star], have[:star]) {
		return have[:star] + written[star:]
	}
	first, rest, ok := strings.Cut(written, "/")
	id, _, _ := strings.Cut(have, "/")
	if ok && strings.HasPrefix(have, first[:strings.LastIndexByte(first, ':')+1]) {
		return id + "/" + rest
	}
	return have
}

// dropTest takes a condition out that no request for the action meets. Where
// other actions of the statement can meet it, they keep it.
func (m *mover) dropTest(s *stated, t *policy.Test) {
	why := m.cannotHold(t)
	if why == "" || m.others(s, t) {
		return
	}
	m.change(s, MendStatement, Corrects|DropsGuard, withoutTest(s.text(), s.Statement, t),
		"Take the condition on "+t.Key.Value+" out of "+s.name(), "Gives up a condition. "+why)
}

// cannotHold says why requests like this never meet a condition, "" where they
// can.
func (m *mover) cannotHold(t *policy.Test) string {
	key := strings.ToLower(t.Key.Value)
	switch {
	case m.check.Context.Has(key):
		return ""
	case m.never(key):
		return "Requests for " + m.check.Action + " never carry " + t.Key.Value + "."
	case m.check.Principal.Kind == engine.ServicePrincipal && strings.HasPrefix(key, "aws:principalorg"):
		return "A service has no " + t.Key.Value + "."
	case m.check.Principal.Kind == engine.ServicePrincipal && (key == "aws:sourcearn" || key == "aws:sourceaccount"):
		return "This request of " + m.check.Principal.ARN + " does not carry " + t.Key.Value + "."
	case m.check.Principal.Kind == engine.WebFederated && strings.HasPrefix(key, "aws:principal"):
		return "A caller with a token has no " + t.Key.Value + "."
	}
	return ""
}

// others reports whether a statement has actions whose requests can carry the
// key of a test.
func (m *mover) others(s *stated, t *policy.Test) bool {
	if m.check.Principal.Kind == engine.ServicePrincipal {
		return len(s.Principal.Values) > 1
	}
	for _, a := range s.Action.Values {
		service, action := m.asked.World.Action(a.Value)
		if service == nil || action == nil || service.Carries(action, nil, t.Key.Value) != catalogue.Never {
			return true
		}
	}
	return false
}
