package engine

// withheldGrants is the gates that depend on who issued a grant, or on whom a
// grant lets retire it.
func (e *Decider) withheldGrants() Gates {
	var caller Kinds // how grants of the caller's own account name it
	var retire Kinds
	delegated := false
	if e.assumed.grants {
		caller, retire, delegated = e.grantable(), e.grantable(), true
	}
	retires := e.check.Service().Rule == RetireRule
	for i := range e.check.Grants {
		g := &e.check.Grants[i]
		if e.grantMatched(i) && e.issuer(g) == e.check.Principal.Account {
			caller |= e.grantee(g)
		}
		if retires && g.on(e.check.Resource) {
			retire |= e.retirer(g)
			delegated = delegated || e.mayDelegate(g)
		}
	}
	out := withheldBy(ByOwnGrant, caller) | withheldBy(ByRetirable, retire)
	if !delegated {
		out |= RetireDelegated
	}
	return out
}

// grantMatched reads the step of a grant: grants are the last steps.
func (e *Decider) grantMatched(i int) bool {
	steps := e.decision.Steps
	return steps[len(steps)-len(e.check.Grants)+i].Miss == Matched
}

// retirer tells how a grant names the caller as one who may retire it: as its
// retiring principal, or as a grantee that has the operation RetireGrant. The
// request does not say which grant is retired, so any of them counts.
//
// https://docs.aws.amazon.com/kms/latest/developerguide/grant-delete.html
func (e *Decider) retirer(g *Grant) Kinds {
	k := e.named(g.Retiring.Value) | e.named(g.RetiringService.Value)
	if g.permits("kms:retiregrant") {
		k |= e.grantee(g)
	}
	if e.check.Principal.Kind == Root && e.issuer(g) == e.check.Principal.Account {
		k |= Direct
	}
	return k
}

// mayDelegate reports whether identity-based policies of the caller's account can let it
// retire a grant: in the key's account, in the account that made the grant,
// and in the account of the retiring principal.
func (e *Decider) mayDelegate(g *Grant) bool {
	account := e.check.Principal.Account
	return account == e.check.ResourceAccount || account == e.issuer(g) || account == ARNPart(g.Retiring.Value, 4)
}

// grantable is how some grant could name the caller. A role's own ARN stands for
// a session that no grant names.
func (e *Decider) grantable() Kinds {
	if p := &e.check.Principal; p.Kind == RoleSession && p.ARN == p.Role {
		return anyNaming &^ Direct
	}
	return anyNaming
}
