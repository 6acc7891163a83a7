package combine

import (
	"strings"

	"why403/engine"
	"why403/engine/policy"
)

// limitTypes are the policy types that a case has as limits, by part.
var limitTypes = [...]struct {
	part int
	t    policy.Type
}{{Boundary, policy.Boundary}, {Session, policy.Session}}

// Classify finds the case of a service's table that a decision falls under, and
// the ID of the table. It reports false where the caller is not a user or a
// role's session, where not all is known, and where something that the tables
// have no part for decides.
func Classify(d *engine.Decision) (id string, c Case, ok bool) {
	r := d.Check
	if !ruled(r) || r.Principal.Kind != engine.User && r.Principal.Kind != engine.RoleSession {
		return "", c, false
	}
	unknown := r.UnknownTypes()
	for _, t := range [...]policy.Type{r.ResourceType(), policy.Identity, policy.Boundary, policy.Session} {
		if unknown.Has(t) {
			return "", c, false // it may be one of several rows
		}
	}
	c.Mode = SameAccount
	if d.CrossAccount {
		c.Mode = CrossAccount
	}
	c.Forms[Resource] = named(d)
	c.Forms[Identity] = Silent
	if d.Allows.Has(policy.Identity) {
		c.Forms[Identity] = Allows
	}
	for _, limit := range limitTypes {
		c.Forms[limit.part] = limitForm(d, limit.t)
	}
	// The boundary of a user that a trust policy names counts; that of a session
	// does not, and a session is what the rows have.
	if r.Principal.Kind == engine.User && c.Forms[Boundary] == Silent && r.ResourceType() == policy.Trust {
		return "", c, false
	}
	id, _, _ = strings.Cut(strings.ToLower(r.Action), ":")
	return id, c, true
}

// ruled reports whether the policies alone decide a request, and their table is
// the one that the action's prefix names.
func ruled(r *engine.Check) bool {
	switch r.Service().Rule {
	case engine.Standard, engine.TrustRule, engine.BothRule, engine.CrossOnly, engine.SharesOnly, engine.NoPolicy:
		return !strings.HasPrefix(r.Action, "kms:")
	}
	return false
}

func limitForm(d *engine.Decision, t policy.Type) Form {
	switch {
	case !(d.Present & d.Applies).Has(t):
		return None
	case d.Allows.Has(t):
		return Allows
	}
	return Silent
}

// named is how the policy of the resource lets the caller in: the form that
// asks for least of the caller.
func named(d *engine.Decision) Form {
	switch {
	case d.Named&engine.Direct != 0 && namesEveryone(d):
		return Everyone
	case d.Named&engine.Direct != 0:
		return Caller
	case d.Named&engine.Parent != 0:
		return Role
	case d.Named&engine.Account != 0:
		return Account
	case (d.Present & d.Applies).Has(d.Check.ResourceType()):
		return Silent
	}
	return Absent
}

// namesEveryone reports whether an Allow of the resource's policy that matches
// is for "*".
func namesEveryone(d *engine.Decision) bool {
	for i := range d.Steps {
		step := &d.Steps[i]
		if step.Miss != engine.Matched || step.Policy == engine.GrantStep || step.Effect != policy.Allow {
			continue
		}
		p := d.Check.Policies[step.Policy]
		if p.Type != d.Check.ResourceType() {
			continue
		}
		for _, v := range p.Document.Statements[step.Statement].Principal.Values {
			if v.Value == "*" {
				return true
			}
		}
	}
	return false
}
