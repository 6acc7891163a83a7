package explain

import (
	"strconv"
	"strings"

	"why403/engine"
	"why403/engine/policy"
)

// missNames is the element that each Miss is about.
var missNames = [...]string{
	engine.Matched: "", engine.MissPrincipal: "Principal", engine.MissAction: "Action",
	engine.MissResource: "Resource", engine.MissCondition: "Condition", engine.MissNoEffect: "Resource",
	engine.MissKey: "KeyId", engine.MissGrantee: "GranteePrincipal", engine.MissOperation: "Operations",
	engine.MissConstraint: "Constraints", engine.MissSourceArn: "SourceArn", engine.MissChild: "Constraints",
}

// statements lists what came of every statement and every grant.
func (x *explainer) statements() []Statement {
	out := make([]Statement, 0, len(x.decision.Steps))
	for i := range x.decision.Steps {
		step := &x.decision.Steps[i]
		if step.Policy == engine.GrantStep {
			out = append(out, x.grant(step))
		} else {
			out = append(out, x.statement(step))
		}
	}
	return out
}

func (x *explainer) statement(step *engine.Step) Statement {
	p := x.check.Policies[step.Policy]
	s := &p.Statements[step.Statement]
	out := Statement{
		Section: p.Name, Label: typeWords[p.Type].label, Index: int(step.Statement), Sid: s.Sid.Value,
		Effect: "Allow", Matched: step.Miss == engine.Matched, Names: kindsName(step.Names),
		Miss: missNames[step.Miss], Span: s.Span, Decided: x.decided(step, p.Type),
	}
	if s.Effect == policy.Deny {
		out.Effect = "Deny"
	}
	out.Reason, out.MissAt = x.reason(step, s)
	switch {
	case !x.decision.Applies.Has(p.Type):
		out.Reason += "; AWS does not look at this policy type for this request"
	case out.Matched && s.Effect == policy.Allow && p.Type == policy.Resource && x.check.ForeignObject():
		out.Reason += "; another account owns the object, so the bucket policy can only deny"
	case out.Matched && step.Names != 0:
		out.Reason += "; " + x.statementNames(step, s)
	}
	if (out.Miss == "Action" || out.Miss == "Resource") && notElement(s, out.Miss) {
		out.Miss = "Not" + out.Miss
	}
	return out
}

func notElement(s *policy.Statement, miss string) bool {
	return miss == "Action" && s.Action.Not || miss == "Resource" && s.Resource.Not
}

// reason says why a statement matched or not, and where.
func (x *explainer) reason(step *engine.Step, s *policy.Statement) (string, policy.Span) {
	r := x.check
	switch step.Miss {
	case engine.MissPrincipal:
		if !s.Principal.Present {
			return "has no Principal, so it names nobody", policy.Span{Start: s.Span.Start, End: s.Span.Start + 1}
		}
		if s.Principal.Not {
			return "NotPrincipal lists the caller", s.Principal.Span
		}
		return "Principal does not name " + r.Principal.ARN, s.Principal.Span
	case engine.MissNoEffect:
		return "has no Resource, so it has no effect in a key policy", policy.Span{Start: s.Span.Start, End: s.Span.Start + 1}
	case engine.MissAction:
		return listReason(&s.Action, "Action", r.Action), s.Action.Span
	case engine.MissResource:
		return listReason(&s.Resource, "Resource", r.Resource), s.Resource.Span
	case engine.MissCondition:
		test := &s.Condition.Tests[min(int(step.Which), len(s.Condition.Tests)-1)]
		return x.conditionReason(test), test.Span
	}
	return "matches", policy.Span{}
}

func listReason(e *policy.Element, name, value string) string {
	switch {
	case e.Not:
		return "Not" + name + " lists " + value
	case len(e.Values) == 1:
		return name + " does not match " + value
	}
	return name + ": none of the " + strconv.Itoa(len(e.Values)) + " matches " + value
}

// conditionReason compares what the request has with what the test asks for.
func (x *explainer) conditionReason(t *policy.Test) string {
	test := "Condition " + t.Operator.Value + " " + t.Key.Value + " is not met: "
	values, present := x.check.Context.Get(t.Key.Value)
	switch {
	case !present:
		return test + "the request has no such key"
	case len(values) == 1 && values[0] == "":
		return test + "the request has it with an empty value"
	}
	return test + "the request has " + quoteAll(values) + nearMiss(t, values)
}

// nearMiss says what keeps a value of the policy from being the request's,
// where it is only the case of letters, or a star that stands for itself.
//
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_String
func nearMiss(t *policy.Test, values []string) string {
	operator := strings.ToLower(t.Operator.Value)
	if !strings.Contains(operator, "stringequals") || strings.Contains(operator, "ignorecase") {
		return ""
	}
	for _, want := range t.Values {
		for _, value := range values {
			pattern := policy.CompilePattern(want.Value, true, false)
			switch {
			case want.Value != value && strings.EqualFold(want.Value, value):
				return "; only the case of letters differs from “" + want.Value + "”"
			case strings.Contains(want.Value, "*") && pattern.Match(value):
				return "; " + t.Operator.Value + " takes the star of “" + want.Value + "” for a star"
			}
		}
	}
	return ""
}

// quoteAll lists at most five values.
func quoteAll(values []string) string {
	var quoted []string
	for i, v := range values {
		if i == 5 {
			quoted = append(quoted, strconv.Itoa(len(values)-5)+" more")
			break
		}
		quoted = append(quoted, "“"+v+"”")
	}
	if len(quoted) == 0 {
		return "no value"
	}
	return join(quoted)
}

func (x *explainer) grant(step *engine.Step) Statement {
	g := &x.check.Grants[step.Statement]
	out := Statement{
		Section: g.Section, Label: "Grant", Index: int(step.Statement), Sid: g.ID, Effect: "Allow",
		Matched: step.Miss == engine.Matched, Names: kindsName(step.Names), Miss: missNames[step.Miss],
		Span: g.Span, Decided: x.decidedGrant(step),
	}
	out.Reason, out.MissAt = x.grantReason(step, g)
	if out.Matched {
		out.Reason += "; " + x.names(step.Names)
	}
	return out
}

func (x *explainer) grantReason(step *engine.Step, g *engine.Grant) (string, policy.Span) {
	begin := policy.Span{Start: g.Span.Start, End: g.Span.Start + 1}
	switch step.Miss {
	case engine.MissKey:
		return "is a grant on another key", begin
	case engine.MissGrantee:
		at := g.Grantee
		if at.Value == "" {
			at = g.GranteeService
		}
		return "the grantee is not " + x.check.Principal.ARN, at.Span
	case engine.MissOperation:
		return "Operations: none of the " + strconv.Itoa(len(g.Operations)) + " is " + strings.TrimPrefix(x.check.Action, "kms:"), g.OperationsSpan
	case engine.MissConstraint:
		return "the encryption context of the request does not meet the constraint (names and values are case-sensitive)", g.ConstraintsSpan
	case engine.MissSourceArn:
		return "aws:SourceArn of the request is not the SourceArn of the grant", g.SourceArn.Span
	case engine.MissChild:
		return "the new grant would permit more than this one: its operations must be among these, its constraint at least as strict", g.OperationsSpan
	}
	return "is for this operation", policy.Span{}
}

// decided reports whether a statement made the decision: a Deny of the type
// that AWS names, or an Allow behind the way that is open.
func (x *explainer) decided(step *engine.Step, t policy.Type) bool {
	d := x.decision
	if step.Miss != engine.Matched || !d.Applies.Has(t) {
		return false
	}
	if d.Outcome == engine.ExplicitDeny {
		return step.Effect == policy.Deny && t == d.DeniedBy
	}
	if d.Outcome != engine.Allowed || step.Effect == policy.Deny {
		return false
	}
	return x.opens(engine.OpenedBy(t, step.Names))
}

func (x *explainer) decidedGrant(step *engine.Step) bool {
	if step.Miss != engine.Matched || x.decision.Outcome != engine.Allowed {
		return false
	}
	return x.opens(engine.OpenedByGrant(step.Names))
}

// opens reports whether the way taken on some side needs one of the gates.
func (x *explainer) opens(gates engine.Gates) bool {
	var seen [engine.ResourceSide + 1]bool
	for i := range x.decision.Ways {
		w := &x.decision.Ways[i]
		if w.Blocked != 0 || seen[w.Side] {
			continue
		}
		seen[w.Side] = true
		if w.Needs&gates != 0 {
			return true
		}
	}
	return false
}
