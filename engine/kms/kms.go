// Package kms has the KMS access combinations: every way in which a key policy,
// an identity-based policy and a grant together give access to a key, or not.
//
// The idea of counting them is from
// https://fogsecurity.io/blog/how-kms-access-works-key-grants
package kms

import (
	"why403/engine"
	"why403/engine/combine"
	"why403/engine/policy"
)

// The forms. A grant across accounts can come from either account.
const (
	None                              = combine.None
	Explicit             combine.Form = "explicit"
	ExplicitByCaller     combine.Form = "explicit-by-caller"
	ExplicitByKeyAccount combine.Form = "explicit-by-key-account"
	Delegation           combine.Form = "delegation"
	AllowForm            combine.Form = "allow"
)

// The modes.
const (
	SameAccount  = combine.SameAccount
	CrossAccount = combine.CrossAccount
)

// The parts, as indexes in the forms of a case.
const (
	KeyPolicy = iota
	IAM
	Grant
)

// Table is the combinations.
func Table() *combine.Table {
	return &combine.Table{
		ID: "kms", Title: "KMS",
		Doc:   "https://docs.aws.amazon.com/kms/latest/developerguide/policy-evaluation.html",
		Parts: parts(),
		Write: write,
	}
}

// parts is a function, so that a program that only classifies has none of it.
func parts() []combine.Part {
	return []combine.Part{
		{Name: "keyPolicy", Label: policy.Key.Label(), Words: []combine.Word{
			{Form: Explicit, Label: "names caller"}, {Form: Delegation, Label: "names account"}, {Form: None, Label: "none"}}},
		{Name: "iam", Label: policy.Identity.Label(), Words: []combine.Word{
			{Form: AllowForm, Label: "allows"}, {Form: None, Label: "none"}}},
		{Name: "grant", Label: "Grant", Words: []combine.Word{
			{Form: Explicit, Label: "names caller", In: SameAccount},
			{Form: ExplicitByCaller, Label: "names caller, made by caller's account", In: CrossAccount},
			{Form: ExplicitByKeyAccount, Label: "names caller, made by key's account", In: CrossAccount},
			{Form: Delegation, Label: "names account"}, {Form: None, Label: "none"}}},
	}
}

// Classify finds the case that a decision about a key falls under. It
// reports false where the request is not for a key, or the caller has no
// account.
func Classify(d *engine.Decision) (combine.Case, bool) {
	r := d.Check
	if r.Service().Rule != engine.KeyRule || r.Principal.Account == "" || r.Principal.Kind == engine.Root {
		return combine.Case{}, false
	}
	if unknown := r.UnknownTypes(); unknown.Has(policy.Key) || unknown.Has(policy.Identity) || r.UnknownGrants() {
		return combine.Case{}, false // it may be one of several rows
	}
	c := combine.Case{Mode: SameAccount}
	c.Forms[KeyPolicy], c.Forms[IAM], c.Forms[Grant] = form(d.Named), None, form(d.Granted)
	if d.Allows.Has(policy.Identity) {
		c.Forms[IAM] = AllowForm
	}
	if d.CrossAccount {
		c.Mode = CrossAccount
		if c.Forms[Grant] == Explicit {
			c.Forms[Grant] = ExplicitByKeyAccount
			if d.Withheld&engine.CallerGrantDirect == 0 || d.Withheld&engine.CallerGrantParent == 0 {
				c.Forms[Grant] = ExplicitByCaller
			}
		}
	}
	return c, true
}

func form(k engine.Kinds) combine.Form {
	switch {
	case k&(engine.Direct|engine.Parent) != 0:
		return Explicit
	case k != 0:
		return Delegation
	}
	return None
}
