package kms

import (
	"why403/engine"
	"why403/engine/policy"
)

// KeyPolicyLabel says in words what a key policy does for the caller.
func KeyPolicyLabel(f Form) string {
	return map[Form]string{Explicit: "names caller", Delegation: "names account", None: "none"}[f]
}

// IAMLabel says in words what identity-based policies do for the caller.
func IAMLabel(f Form) string {
	return map[Form]string{AllowForm: "allows", None: "none"}[f]
}

// GrantLabel says in words what a grant does for the caller.
func GrantLabel(f Form) string {
	return map[Form]string{
		Explicit: "names caller", ExplicitByCaller: "names caller, made by caller's account",
		ExplicitByKeyAccount: "names caller, made by key's account", Delegation: "names account", None: "none",
	}[f]
}

// Classify finds the combination that a decision about a key falls under. It
// reports false where the request is not for a key, or the caller has no
// account.
func Classify(d *engine.Decision) (Combination, bool) {
	r := d.Check
	if r.Service().Rule != engine.KeyRule || r.Principal.Account == "" || r.Principal.Kind == engine.Root {
		return Combination{}, false
	}
	if unknown := r.UnknownTypes(); unknown.Has(policy.Key) || unknown.Has(policy.Identity) || r.UnknownGrants() {
		return Combination{}, false // it may be one of several rows
	}
	c := Combination{SameAccount, form(d.Named), None, form(d.Granted)}
	if d.Allows.Has(policy.Identity) {
		c.IAM = AllowForm
	}
	if d.CrossAccount {
		c.Mode = CrossAccount
		if c.Grant == Explicit {
			c.Grant = ExplicitByKeyAccount
			if d.Withheld&engine.CallerGrantDirect == 0 || d.Withheld&engine.CallerGrantParent == 0 {
				c.Grant = ExplicitByCaller
			}
		}
	}
	return c, true
}

func form(k engine.Kinds) Form {
	switch {
	case k&(engine.Direct|engine.Parent) != 0:
		return Explicit
	case k != 0:
		return Delegation
	}
	return None
}
