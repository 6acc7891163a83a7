package engine

import (
	"strings"

	"why403/engine/condition"
	"why403/engine/policy"
)

// Miss is the first element of a statement (or grant) that does not match.
type Miss uint8

// The elements, in the order in which they are looked at.
const (
	Matched Miss = iota
	MissPrincipal
	MissNoEffect // AWS stores the statement but gives it no effect
	MissAction
	MissResource
	MissCondition
	MissKey // a grant on another key
	MissGrantee
	MissOperation
	MissSourceArn
	MissChild // a grant made from this one would permit more
	MissConstraint
)

// GrantStep is the Policy of a Step that is about a grant; its Statement is
// then the index of the grant.
const GrantStep = 1<<16 - 1

// Step is what came of one statement or grant.
type Step struct {
	Policy    uint16 // index in Check.Policies, or GrantStep
	Statement uint16
	Effect    policy.Effect
	Miss      Miss
	Which     uint8 // the condition that failed; 255 stands for any later one too
	Names     Kinds // how the Principal element, or the grant, names the caller
	Listed    Kinds // how NotPrincipal lists the caller, whether that spares it or not
	Open      bool  // what is not known decides whether it matches
}

// ResourceNote is the Test of a Note about the Resource element.
const ResourceNote = 1<<16 - 1

// Note is a condition, or a Resource, that could not be judged as it was
// meant.
type Note struct {
	Policy    uint16
	Statement uint16
	Test      uint16 // index in Condition.Tests, or ResourceNote
	Why       condition.Note
}

// step matches one statement.
func (e *Decider) step(policyIndex, index int, p *Policy, s *statement) Step {
	step := Step{Policy: uint16(policyIndex), Statement: uint16(index), Effect: s.Effect}
	step.Miss, step.Which = e.match(&step, p, s)
	return step
}

func (e *Decider) match(step *Step, p *Policy, s *statement) (Miss, uint8) {
	if namesPrincipals(p.Type) && !e.principal(step, p, s) {
		return MissPrincipal, 0
	}
	if p.Type == policy.Key && !s.Resource.Present {
		return MissNoEffect, 0
	}
	if !e.action(s) {
		return MissAction, 0
	}
	if s.Resource.Present && p.Type != policy.Trust && !e.resource(step, s) {
		return MissResource, 0
	}
	return e.conditions(step, s)
}

// namesPrincipals reports whether statements of this type name who they are
// for. The others are attached to the caller.
func namesPrincipals(t policy.Type) bool {
	switch t {
	case policy.Resource, policy.Key, policy.Trust, policy.RCP, policy.Endpoint, policy.Stack:
		return true
	}
	return false
}

// principal fills step.Names and reports whether the statement is for the
// caller.
func (e *Decider) principal(step *Step, p *Policy, s *statement) bool {
	if !s.Principal.Present {
		return false
	}
	caller := &e.check.Principal
	step.Names = caller.listed(&s.Principal, e.userID)
	if s.Principal.Not {
		step.Listed = step.Names
		step.Names = e.notPrincipal(s.Effect, step.Listed)
	}
	// A gateway endpoint takes an account for its root user alone.
	// https://docs.aws.amazon.com/vpc/latest/privatelink/vpc-endpoints-access.html
	if p.Type == policy.Endpoint && e.check.GatewayEndpoint && caller.Kind != Root {
		step.Names &^= Account
	}
	return step.Names != 0
}

// notPrincipal turns what NotPrincipal lists into whom the statement is for.
// With a permissions boundary attached, a user or role is always denied.
//
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_notprincipal.html
func (e *Decider) notPrincipal(effect policy.Effect, listed Kinds) Kinds {
	if effect == policy.Deny {
		return kindsIf(!spares(listed) || e.bounded, Direct)
	}
	return kindsIf(listed == 0, Direct)
}

// spares reports whether a NotPrincipal that lists a caller like this keeps a
// Deny from it. The account alone stands for its root user, and spares nobody
// else in it. AWS advises to list the account, the role and the session.
//
// choice: the session itself is enough, and so is the role together with its
// account, since services may check account, role and session one by one. The
// role alone is not.
//
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_notprincipal.html
func spares(listed Kinds) bool {
	const parentAndAccount = Parent | Account
	return listed&Direct != 0 || listed&parentAndAccount == parentAndAccount
}

func (e *Decider) action(s *statement) bool {
	for i := range s.actions {
		if s.actions[i].Match(e.check.action) {
			return !s.Action.Not
		}
	}
	return s.Action.Not
}

// resource matches Resource or NotResource. A pattern with a variable that has
// no value matches nothing, and is noted where nothing else matches.
func (e *Decider) resource(step *Step, s *statement) bool {
	if e.check.Pattern {
		return e.pattern(step, s)
	}
	unresolved := false
	for i := range s.resources {
		matched, open := s.resources[i].Match(e.check.Resource, &e.check.Context, &e.scratch)
		if matched {
			return !s.Resource.Not
		}
		unresolved = unresolved || open
	}
	if unresolved {
		e.note(step, ResourceNote, condition.NoteUnresolvedVariable)
	}
	return s.Resource.Not
}

func (e *Decider) note(step *Step, test int, why condition.Note) {
	e.decision.Notes = append(e.decision.Notes, Note{step.Policy, step.Statement, uint16(min(test, ResourceNote)), why})
}

// conditions tests every condition, past the first that fails: what cannot be
// judged must be known even there.
func (e *Decider) conditions(step *Step, s *statement) (Miss, uint8) {
	miss, which := Matched, uint8(0)
	for i := range s.tests {
		result := s.tests[i].Match(&e.check.Context, &e.scratch)
		if result.Note != condition.NoteNone {
			e.note(step, i, result.Note)
		}
		if !result.Match && miss == Matched {
			miss, which = MissCondition, uint8(min(i, 255))
		}
	}
	return miss, which
}

// pathTest is a condition on aws:PrincipalArn with a value that is the ARN of a
// role under a path. The path of a session's role is not known.
type pathTest struct {
	test int            // its index
	role policy.Pattern // the name of the role in the value, in lower case
}

func pathTests(s *policy.Statement) (tests []pathTest) {
	for i := range s.Condition.Tests {
		t := &s.Condition.Tests[i]
		if !strings.EqualFold(t.Key.Value, "aws:PrincipalArn") {
			continue
		}
		for _, v := range t.Values {
			_, path, _ := strings.Cut(v.Value, ":role/")
			if slash := strings.LastIndexByte(path, '/'); slash >= 0 {
				tests = append(tests, pathTest{i, policy.CompilePattern(strings.ToLower(path[slash+1:]), true, false)})
			}
		}
	}
	return tests
}
