package explain

import (
	"strconv"
	"strings"

	"why403/engine"
	"why403/engine/catalogue"
	"why403/engine/policy"
	"why403/engine/reason"
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
		Section: p.Name, Label: p.Type.Label(), Index: int(step.Statement), Sid: s.Sid.Value,
		Effect: "Allow", Matched: step.Miss == engine.Matched, Names: kindsName(step.Names),
		Miss: missNames[step.Miss], Span: s.Span, Decided: x.decided(step, p.Type),
	}
	if s.Effect == policy.Deny {
		out.Effect = "Deny"
	}
	if step.Open || step.Miss == engine.Matched || step.Miss == engine.MissCondition {
		out.Absent = x.absentKeys(s)
	}
	if step.Open {
		out.Open, out.Matched, out.Decided, out.Miss = true, false, false, ""
		out.Reason = "matches if " + x.openWords(s)
	} else {
		x.row(&out, step)
	}
	switch {
	case !x.decision.Applies.Has(p.Type):
		out.Reason += "; AWS does not look at this policy type for this request"
	case out.Matched && s.Effect == policy.Allow && p.Type == policy.Resource && x.check.ForeignObject():
		out.Reason += "; another account owns the object, so the bucket policy can only deny"
	case out.Matched && step.Effect == policy.Allow && step.Names != 0:
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

// absentKeys lists the condition keys of a statement that a request could have
// and this one has not: what a match, or a miss, rests on.
func (x *explainer) absentKeys(s *policy.Statement) (keys []string) {
	var listed map[string]bool
	for i := range s.Condition.Tests {
		key := s.Condition.Tests[i].Key.Value
		lower := strings.ToLower(key)
		if !listed[lower] && !x.check.Context.Has(key) && x.check.Carries(key) != catalogue.Never && !engine.FollowsFromCaller(key) {
			if listed == nil {
				listed = map[string]bool{}
			}
			keys, listed[lower] = append(keys, key), true
		}
	}
	return keys
}

// row puts the reason of a statement into its row.
func (x *explainer) row(out *Statement, step *engine.Step) {
	r := x.reason(step)
	out.Lacking, out.Facts = r.Lacking, r.Facts
	switch {
	case !r.Matched:
		out.Reason, out.MissAt = x.missWords(r), r.Facts[0].Span
		for i := range r.Facts {
			out.Marks = append(out.Marks, r.Facts[i].Span)
		}
	case step.Effect == policy.Allow:
		out.Reason = "matches" + x.absentWords(r)
	default:
		out.Reason = "matches: " + x.holdWords(step, r)
		for i := range r.Facts {
			out.Marks = append(out.Marks, r.Facts[i].Span)
		}
	}
}

// absentWords is what an Allow matches by, where that is a key which the request
// does not have; else "".
func (x *explainer) absentWords(r *reason.Reason) string {
	var clauses []string
	for _, f := range r.Facts {
		if f.Kind == reason.AbsentHolds || f.Kind == reason.NullHolds && len(f.Request) == 0 {
			clauses = append(clauses, x.factWords(f))
		}
	}
	if len(clauses) == 0 {
		return ""
	}
	return ": " + strings.Join(clauses, "; ")
}

// quoteAll lists at most five values.
func quoteAll(values []string) string {
	var all []string
	for i, v := range values {
		if i == 5 {
			all = append(all, strconv.Itoa(len(values)-5)+" more")
			break
		}
		all = append(all, quoted(v))
	}
	if len(all) == 0 {
		return "no value"
	}
	return join(all)
}

func (x *explainer) grant(step *engine.Step) Statement {
	g := &x.check.Grants[step.Statement]
	out := Statement{
		Section: g.Section, Label: "Grant", Index: int(step.Statement), Sid: g.ID, Effect: "Allow",
		Matched: step.Miss == engine.Matched, Names: kindsName(step.Names), Miss: missNames[step.Miss],
		Span: g.Span, Decided: x.decidedGrant(step),
	}
	out.Reason, out.MissAt = x.grantReason(step, g)
	out.Lacking = x.reason(step).Lacking
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
		return "Operations does not list " + strings.TrimPrefix(x.check.Action, "kms:"), g.OperationsSpan
	case engine.MissConstraint:
		return "the encryption context of the request does not meet the constraint (names and values are case-sensitive)", g.ConstraintsSpan
	case engine.MissSourceArn:
		return "aws:SourceArn of the request is not the SourceArn of the grant", g.SourceArn.Span
	case engine.MissChild:
		return "the new grant would permit more than this one: its operations must be among these, its constraint at least as strict",
			g.OperationsSpan
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
