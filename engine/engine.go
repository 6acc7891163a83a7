// Package engine decides AWS requests. A World says what there is: principals,
// resources and accounts, each with the policies attached to it. Compile makes
// it ready once, and finds what in it can't be. A Request asks whether a
// principal may do an action on a resource, and Decide answers it.
//
// Which policies count for a request follows from its ARNs; nobody has to pick
// them. A Compiled world never changes, so that any number of goroutines can
// ask it.
//
// A Decision is made of small facts. For every statement there is a Step: did
// it match, and if not, which element failed first. For every way to be
// allowed there is a Way: the things that stand in it. The outcome is computed
// from these facts, so what explains a decision is what made it.
//
// Every policy is looked at, even when the first denies already. The package
// knows no clock and no network: what a request carries is given.
//
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
package engine

import (
	"slices"

	"why403/engine/condition"
	"why403/engine/policy"
)

// Policy is a document, compiled, and where it is attached. [NewPolicy] makes
// one; it never changes then, and several worlds can share it.
type Policy struct {
	*policy.Document
	Level      int // SCPs and RCPs: 1 is the root of the organization
	Order      int // the place among the steps of a decision: lower first
	statements []statement
	size       int
	underived  []string // the keys that its conditions read and nothing derives
	paths      bool     // a condition reads the path of the caller's role
	compiled   bool
}

// statement is a policy.Statement made ready for matching.
type statement struct {
	*policy.Statement
	actions   []policy.Pattern // in lower case
	resources []policy.ARNPattern
	tests     []condition.Test
	public    bool       // S3 would call it public, in the policy of a bucket and
	through   bool       // in that of an access point
	paths     []pathTest // the tests that read the path of the caller's role

	variables []string   // the keys of those in its resources, in lower case, each once
	spelled   []string   // the same as the policy spells them
	spelledIn [][]string // those of each test; nil where none has a variable
}

// NewPolicy compiles a document. Level matters only for SCPs and RCPs.
func NewPolicy(d *policy.Document, level int) *Policy {
	p := &Policy{Document: d, Level: level, statements: make([]statement, len(d.Statements)), compiled: true}
	for i := range d.Statements {
		s := statement{Statement: &d.Statements[i]}
		s.actions = make([]policy.Pattern, len(s.Action.Values))
		for i, a := range s.Action.Values {
			s.actions[i] = policy.CompileAction(a.Value)
		}
		s.resources = make([]policy.ARNPattern, len(s.Resource.Values))
		for i, r := range s.Resource.Values {
			s.resources[i] = policy.CompileResource(r.Value, d)
		}
		s.tests = condition.Compile(s.Condition, d.Variables())
		p.size += s.size()
		s.public, s.through = isPublic(s.Statement, false), isPublic(s.Statement, true)
		s.paths = pathTests(s.Statement)
		s.readVariables()
		p.paths = p.paths || len(s.paths) > 0
		p.readUnderived(&s)
		p.statements[i] = s
	}
	return p
}

// Size is how many plain statements the policy comes to: one with many tests in its
// condition, or with many values, takes as long to judge and to tell as several.
func (p *Policy) Size() int { return p.size }

const (
	testsOfOne  = 1 << 1 // of a condition, which take the time of a statement
	freeValues  = 1 << 4 // of a statement: usual ones have no more
	valuesOfOne = 1 << 1
)

// MostCompared is how many values of an element are compared with what the request
// has, to tell which is the closest: one of thousands helps nobody.
const MostCompared = 200

func (s *statement) size() int {
	values := len(s.Principal.Values) + len(s.actions) + len(s.resources)
	for i := range s.Condition.Tests {
		values += len(s.Condition.Tests[i].Values)
	}
	return 1 + len(s.tests)/testsOfOne + min(max(values-freeValues, 0), MostCompared)/valuesOfOne
}

// readUnderived keeps the condition keys of a statement that no fact of a
// request gives.
func (p *Policy) readUnderived(s *statement) {
	read := func(key string) {
		if underived[key] != 0 && !slices.Contains(p.underived, key) {
			p.underived = append(p.underived, key)
		}
	}
	for i := range s.tests {
		read(s.tests[i].Key())
		each(s.tests[i].Variables(), read)
	}
	each(s.variables, read)
}

func each(keys []string, read func(key string)) {
	for _, key := range keys {
		read(key)
	}
}

// readVariables keeps the keys of the policy variables of a statement.
func (s *statement) readVariables() {
	var keys policy.Keys
	for i := range s.resources {
		s.resources[i].EachVariable(keys.Add)
	}
	s.variables = keys.List()
	s.spelled = spelled(s.Resource.Values, s.variables)
	for i := range s.tests {
		if s.tests[i].HasVariables() {
			if s.spelledIn == nil {
				s.spelledIn = make([][]string, len(s.tests))
			}
			s.spelledIn[i] = spelled(s.Condition.Tests[i].Values, s.tests[i].Variables())
		}
	}
}
