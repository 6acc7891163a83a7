// Package kms computes the KMS access combinations: every way in which a key
// policy, an identity-based policy and a grant together give access to a key, or not.
//
// Every row is a whole scenario, and the engine decides it. What makes the
// rows is here; what comes out of them is written down nowhere.
//
// The idea of counting them is from
// https://fogsecurity.io/blog/how-kms-access-works-key-grants
package kms

import (
	"why403/engine"
	"why403/engine/explain"
	"why403/engine/scenario"
)

// Form is what one of the three says about the caller.
type Form string

// The forms. A grant across accounts can come from either account.
const (
	None                 Form = "none"
	Explicit             Form = "explicit"
	ExplicitByCaller     Form = "explicit-by-caller"
	ExplicitByKeyAccount Form = "explicit-by-key-account"
	Delegation           Form = "delegation"
	AllowForm            Form = "allow"
)

// Mode says whether caller and key are in one account.
type Mode string

// The modes.
const (
	SameAccount  Mode = "same-account"
	CrossAccount Mode = "cross-account"
)

// Combination is one choice of key policy, identity-based policy and grant.
type Combination struct {
	Mode      Mode
	KeyPolicy Form
	IAM       Form
	Grant     Form
}

// ID names a combination, such as "same-account/delegation/allow/none".
func (c Combination) ID() string {
	return string(c.Mode) + "/" + string(c.KeyPolicy) + "/" + string(c.IAM) + "/" + string(c.Grant)
}

// Row is a combination with what the engine decides.
type Row struct {
	Combination
	Outcome  engine.Outcome
	Minimal  bool   // allowed, and nothing can be taken away
	Reason   string // the verdict, one sentence
	Scenario string // the text of the scenario file
}

var (
	keyPolicies = []Form{Explicit, Delegation, None}
	iamPolicies = []Form{AllowForm, None}
	grantForms  = map[Mode][]Form{
		SameAccount:  {Explicit, Delegation, None},
		CrossAccount: {ExplicitByCaller, ExplicitByKeyAccount, Delegation, None},
	}
)

// Combinations lists every combination, one account before two.
func Combinations() []Combination {
	var out []Combination
	for _, mode := range []Mode{SameAccount, CrossAccount} {
		for _, key := range keyPolicies {
			for _, iam := range iamPolicies {
				for _, grant := range grantForms[mode] {
					out = append(out, Combination{mode, key, iam, grant})
				}
			}
		}
	}
	return out
}

// Rows decides every combination.
func Rows() []Row {
	combinations := Combinations()
	rows := make([]Row, len(combinations))
	var decider engine.Decider
	for i, c := range combinations {
		text := c.Scenario()
		decision := decider.Decide(scenario.Parse(text).Requests[0].Check)
		rows[i] = Row{Combination: c, Outcome: decision.Outcome, Scenario: text,
			Reason: explain.Conclusion(decision)}
	}
	for i := range rows {
		rows[i].Minimal = minimal(rows, &rows[i])
	}
	return rows
}

// minimal reports whether a row allows, and no row that has less does.
func minimal(rows []Row, row *Row) bool {
	if row.Outcome != engine.Allowed {
		return false
	}
	for i := range rows {
		other := &rows[i]
		if other.Outcome == engine.Allowed && other.Combination != row.Combination && other.within(row.Combination) {
			return false
		}
	}
	return true
}

// within reports whether c is what is left of d when some of its parts are
// taken away. Naming the caller and naming the account are two kinds of thing,
// so neither is less than the other.
func (c Combination) within(d Combination) bool {
	less := func(a, b Form) bool { return a == b || a == None }
	return c.Mode == d.Mode && less(c.KeyPolicy, d.KeyPolicy) && less(c.IAM, d.IAM) && less(c.Grant, d.Grant)
}
