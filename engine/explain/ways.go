package explain

import (
	"math/bits"

	"why403/engine"
)

// pathTitles is every path in a clause. POLICY stands for the name of the
// resource's policy, SELF and ITSELF for the caller, PARENT for what is behind a session.
var pathTitles = map[engine.PathID]string{
	engine.PathSigned:             "every signed caller may do this",
	engine.PathIdentity:           "an identity-based policy allows it",
	engine.PathRoot:               "the caller is the account's root user",
	engine.PathResourceDirect:     "the resource-based policy names SELF",
	engine.PathResourceParent:     "the resource-based policy names PARENT",
	engine.PathBoth:               "the resource-based policy and an identity-based policy both allow it",
	engine.PathNoPolicy:           "the resource has no policy, and this service then lets everyone in",
	engine.PathKeyDirect:          "the key policy names SELF",
	engine.PathKeyParent:          "the key policy names PARENT",
	engine.PathKeyAccount:         "the key policy delegates to IAM, and an identity-based policy allows it",
	engine.PathGrantDirect:        "a grant names ITSELF",
	engine.PathGrantParent:        "a grant names PARENT",
	engine.PathGrantAccount:       "a grant delegates to IAM, and an identity-based policy allows it",
	engine.PathTrustUser:          "the role trust policy names the user",
	engine.PathTrustDirect:        "the role trust policy names SELF",
	engine.PathTrustParent:        "the role trust policy names PARENT",
	engine.PathTrustAccount:       "the role trust policy delegates to IAM, and an identity-based policy allows it",
	engine.PathRetireDirect:       "a grant lets the caller retire it",
	engine.PathRetireParent:       "a grant lets PARENT retire it",
	engine.PathRetireDelegated:    "an identity-based policy allows it in an account that may retire the grant",
	engine.PathCallerIdentity:     "an identity-based policy of the caller's account allows it",
	engine.PathCallerRoot:         "the caller is its account's root user",
	engine.PathCallerGrantDirect:  "a grant that the caller's account issued names ITSELF",
	engine.PathCallerGrantParent:  "a grant that the caller's account issued names PARENT",
	engine.PathOwnerPolicy:        "POLICY names ANYWAY",
	engine.PathOwnerKeyPolicy:     "the key policy names ANYWAY",
	engine.PathOwnerGrant:         "a grant names ANYWAY",
	engine.PathOwnerACL:           "an S3 ACL lets the caller's account in",
	engine.PathNoAccountPolicy:    "POLICY names SELF",
	engine.PathNoAccountKeyPolicy: "the key policy names SELF",
	engine.PathNoAccountGrant:     "a grant names ITSELF",
	engine.PathNoAccountACL:       "an S3 ACL lets SELF in",
	engine.PathNoAccountNoPolicy:  "the resource has no policy, and this service then lets everyone in",
	engine.PathAdministrator:      "the caller's account administers the organization, and an identity-based policy allows it",
	engine.PathAdministratorRoot:  "the caller is the root user of the account that administers the organization",
	engine.PathDelegationPolicy:   "the organization's delegation policy names ANYWAY, and an identity-based policy allows it",
	engine.PathStack:              "the stack policy allows it",
	engine.PathStackFree:          "the stack has no policy, and every update of it is allowed",
	engine.PathPublic:             "everyone may do this, signed in or not",
}

func (x *explainer) pathTitle(p *engine.Path) string {
	return x.fill(pathTitles[p.ID])
}

// closedWords is what each withheld gate means, in a clause.
var closedWords = []struct {
	gate engine.Gates
	text string
}{
	{engine.RegionGate, "DISABLED"},
	{engine.CredentialsGate, "BARRED"},
	{engine.OrganizationGate,
		"the caller's account is neither the organization's management account nor a delegated administrator that may call ACTION"},
	{engine.SCPGate, "no service control policy at LEVEL allows ACTION"},
	{engine.EndpointGate, "the VPC endpoint policy does not allow ACTION"},
	{engine.ScopeDownGate, "not every scope-down policy of the session allows ACTION"},
	{engine.ResourceDirect, "POLICY does not name SELF in an Allow"},
	{engine.ResourceParent, "POLICY does not name PARENT in an Allow"},
	{engine.ResourceAccount, "POLICY does not name the account in an Allow"},
	{engine.ResourceAny, "POLICY names none of them in an Allow"},
	{engine.GrantDirect, "no grant names ITSELF"},
	{engine.GrantParent, "no grant names PARENT"},
	{engine.GrantAccount, "no grant names the account"},
	{engine.GrantAny, "no grant names any of them"},
	{engine.CallerGrantDirect, "the caller's account issued no such grant"},
	{engine.CallerGrantParent, "the caller's account issued no such grant"},
	{engine.CrossAccountUse, "ACTION cannot be used on a resource in another account"},
	{engine.IdentityGate, "no identity-based policy allows ACTION"},
	{engine.BoundaryGate, "the permissions boundary does not allow ACTION"},
	{engine.SessionGate, "no session policy allows ACTION"},
	{engine.NoResourcePolicy, "the resource has a policy, or this service lets nobody in without one"},
	{engine.ACLAccount, "no entry of an ACL lets them in, or ACLs are disabled"},
	{engine.ACLPublic, "no entry of an ACL lets them in, or ACLs are disabled"},
	{engine.RetireDirect, "no grant lets the caller retire it"},
	{engine.RetireParent, "no grant lets PARENT retire it"},
	{engine.RetireDelegated, "no such grant was issued by the caller's account"},
	{engine.RootGate, "the caller is not the root user"},
}

// waysRule says how many ways a request needs.
func (x *explainer) waysRule() string {
	if x.decision.Outcome == engine.ExplicitDeny {
		return "An explicit deny beats every way."
	}
	if x.decision.CrossAccount && len(x.decision.Ways) > 0 && x.decision.Ways[0].Side != engine.SameAccount {
		return "One open way on each side is needed."
	}
	return "One open way is enough."
}

func count(g engine.Gates) int { return bits.OnesCount32(uint32(g)) }

// before orders ways: by side, then by how much is missing, then by how much
// is there. A handful of ways needs no sorting library.
func before(a, b *engine.Way) bool {
	switch {
	case a.Side != b.Side:
		return a.Side < b.Side
	case count(a.Blocked) != count(b.Blocked):
		return count(a.Blocked) < count(b.Blocked)
	}
	return count(a.Needs&^a.Blocked) > count(b.Needs&^b.Blocked)
}

// Ways is the ways of a decision in the order in which [Explain] lists them:
// open ones first, then those that lack least and have most. Ways that stay
// hidden are left out.
func Ways(d *engine.Decision) []engine.Way {
	out := make([]engine.Way, 0, len(d.Ways))
	for i := range d.Ways {
		if hidden(&d.Ways[i]) {
			continue
		}
		out = append(out, d.Ways[i])
		for j := len(out) - 1; j > 0 && before(&out[j], &out[j-1]); j-- {
			out[j], out[j-1] = out[j-1], out[j]
		}
	}
	return out
}

// ways puts the ways into words. The first that one edit would open is marked
// as near.
func (x *explainer) ways() []Way {
	facts := Ways(x.decision)
	near := false
	out := make([]Way, 0, len(facts))
	for i := range facts {
		way := x.way(&facts[i])
		way.Near = !near && count(facts[i].Blocked) == 1 && x.lastGate(&facts[i])
		near = near || way.Near
		out = append(out, way)
	}
	return out
}

// hidden ways exist for few requests: they are shown only when they are open.
func hidden(w *engine.Way) bool {
	if w.Blocked == 0 {
		return false
	}
	switch w.ID {
	case engine.PathNoPolicy, engine.PathNoAccountNoPolicy, engine.PathStackFree, engine.PathNoAccountACL, engine.PathOwnerACL,
		engine.PathDelegationPolicy:
		return true
	}
	return false
}

func (x *explainer) way(w *engine.Way) Way {
	closed := w.Blocked &^ w.Unsure
	out := Way{Side: sideNames[w.Side], Title: sentence(x.pathTitle(w.Path)), Open: w.Blocked|w.Unsure == 0,
		Unsure: closed == 0 && w.Unsure != 0, Doc: w.Doc}
	if out.Unsure {
		out.Detail = "What is not known opens or closes it."
		return out
	}
	var pieces []string
	for _, c := range closedWords {
		if closed&c.gate != 0 {
			pieces = append(pieces, x.closed(c.gate, c.text))
		}
	}
	out.Detail = sentence(join(pieces))
	return out
}

var sideNames = [...]string{engine.SameAccount: "same-account", engine.CallerSide: "caller", engine.ResourceSide: "resource"}

// fixed are the gates that no edit opens: what they are about is a fact, or in
// credentials that are issued already.
const fixed = engine.RegionGate | engine.CrossAccountUse | engine.RootGate |
	engine.ScopeDownGate | engine.CredentialsGate | engine.OrganizationGate

// lastGate reports whether opening this way would let the request in: nothing
// denies explicitly, and the other side, if there is one, is open.
func (x *explainer) lastGate(w *engine.Way) bool {
	d := x.decision
	if d.Outcome != engine.ImplicitDeny || w.Blocked&fixed != 0 {
		return false
	}
	if w.Side == engine.SameAccount {
		return true
	}
	for i := range d.Ways {
		if d.Ways[i].Side != w.Side && d.Ways[i].Blocked == 0 {
			return true
		}
	}
	return false
}
