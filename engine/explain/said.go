package explain

import (
	"strconv"

	"why403/engine"
	"why403/engine/policy"
)

// order is the policy types as AWS goes through them.
//
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic_policy-eval-denyallow.html
var order = [...]policy.Type{
	policy.RCP, policy.SCP, policy.Endpoint, policy.Resource, policy.Identity, policy.Boundary, policy.Session, policy.ScopeDown,
}

// sides is in whose account the policies of each type are. Who owns the VPC
// endpoint is not known: it is a part of the network between the two.
//
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic-cross-account.html
var sides = [...]string{
	policy.Identity: "caller", policy.Boundary: "caller", policy.Session: "caller", policy.ScopeDown: "caller", policy.SCP: "caller",
	policy.Resource: "resource", policy.Key: "resource", policy.Trust: "resource", policy.Stack: "resource", policy.RCP: "resource",
	policy.Endpoint: "network",
}

// shorts is what types are called where there is little room; others keep their
// label.
var shorts = [...]string{
	policy.RCP: "RCP", policy.SCP: "SCP", policy.Endpoint: "Endpoint", policy.Resource: "Resource", policy.Trust: "Trust",
	policy.Identity: "Identity", policy.Boundary: "Boundary", policy.Session: "Session", policy.ScopeDown: "Scope-down",
}

func shortLabel(t policy.Type) string {
	if int(t) < len(shorts) && shorts[t] != "" {
		return shorts[t]
	}
	return t.Label()
}

// said tells what the policies of each type came to.
func (x *explainer) said() []Said {
	var out []Said
	for _, t := range order {
		if t == policy.Resource {
			out = append(out, x.typeSaid(x.check.ResourceType()))
			if x.check.ResourceType() == policy.Key {
				out = append(out, x.grantsSaid())
			}
			if len(x.check.ACLs) > 0 {
				out = append(out, x.aclsSaid())
			}
			continue
		}
		if t != policy.ScopeDown || x.decision.Present.Has(t) { // few sessions have any
			out = append(out, x.typeSaid(t))
		}
	}
	return out
}

func (x *explainer) typeSaid(t policy.Type) Said {
	d := x.decision
	s := Said{Type: TypeName(t), Label: t.Label(), Short: shortLabel(t), Side: sides[t]}
	statements := x.ofType(t)
	refused := (d.PublicBlock || d.Refusal != engine.NoRefusal && d.Refusal != engine.RefusedBeside) && t == policy.Resource
	switch {
	case x.check.UnknownTypes().Has(t):
		s.Said, s.Detail = "not known", unseen(t, d.Present.Has(t))
	case !d.Present.Has(t):
		s.Said, s.Detail = "absent", "none is given"
	case !d.Applies.Has(t):
		s.Said, s.Detail = "not applicable", "AWS does not look at it for this request"
	case !refused && statements.unsure():
		s.Said = "not known"
	case d.Denies.Has(t) || refused:
		s.Said = "denies"
	case d.Allows.Has(t) && x.delegates(t):
		s.Said, s.Detail = "delegates", "names the account: delegates to IAM"
	case t == policy.SCP && d.Withheld&engine.SCPGate != 0, t == policy.ScopeDown && d.Withheld&engine.ScopeDownGate != 0:
		s.Said = "silent"
	case d.Allows.Has(t):
		s.Said = "allows"
	case t == policy.RCP:
		s.Said, s.Detail = "allows", "RCPFullAWSAccess allows everything; no RCP denies"
	default:
		s.Said = "silent"
	}
	if s.Detail == "" {
		s.Detail = statements.words("statement", "matched")
	}
	s.Decided = d.Outcome.Denied() && t == d.DeniedBy && !x.barred() && x.regionOff() == "" && d.Refusal != engine.RefusedBeside ||
		d.Outcome == engine.Allowed && d.Allows.Has(t) && x.opens(engine.OpenedBy(t, d.Named))
	return s
}

// unseen says what is not known of a policy type, of which some policies can be given.
func unseen(t policy.Type, some bool) string {
	switch {
	case some:
		return "it is not known whether there are others"
	case engine.AlwaysThere(t):
		return "what it says is not known"
	}
	return "it is not known whether there is any"
}

// delegates reports whether the resource's policy only names the account.
func (x *explainer) delegates(t policy.Type) bool {
	return t == x.check.ResourceType() && x.decision.Named == engine.Account
}

// tally is what the statements of a type, or the grants, come to. What is open
// matches or not by what is not known.
type tally struct {
	all, matched, open int
	allows, denies     bool // by one that matches
	mayAllow, mayDeny  bool // by one that is open
}

// ofType tallies the statements of a type.
func (x *explainer) ofType(t policy.Type) tally {
	return x.tally(func(step *engine.Step) bool {
		return step.Policy != engine.GrantStep && x.check.Policies[step.Policy].Type == t
	})
}

func (x *explainer) tally(of func(*engine.Step) bool) (out tally) {
	for i := range x.decision.Steps {
		step := &x.decision.Steps[i]
		if !of(step) {
			continue
		}
		out.all++
		allows := step.Effect != policy.Deny
		switch {
		case step.Open:
			out.open++
			out.mayAllow, out.mayDeny = out.mayAllow || allows, out.mayDeny || !allows
		case step.Miss == engine.Matched:
			out.matched++
			out.allows, out.denies = out.allows || allows, out.denies || !allows
		}
	}
	return out
}

// unsure reports whether what is not known decides what they say.
func (t *tally) unsure() bool { return !t.denies && (t.mayDeny || t.mayAllow && !t.allows) }

// words says how many match: "1 of 2 statements matched, 1 not known".
func (t *tally) words(noun, verb string) string {
	text := matchedOf(t.matched, t.all, noun, verb)
	if t.open > 0 {
		text += ", " + strconv.Itoa(t.open) + " not known"
	}
	return text
}

// matchedOf says "1 of 1 statement matched", "1 of 2 statements matched".
func matchedOf(matched, all int, noun, verb string) string {
	if all != 1 {
		noun += "s"
	}
	return strconv.Itoa(matched) + " of " + strconv.Itoa(all) + " " + noun + " " + verb
}

func (x *explainer) grantsSaid() Said {
	d := x.decision
	s := Said{Type: "grant", Label: "Grants", Short: "Grants", Side: "resource"}
	for i := range d.Steps {
		if step := &d.Steps[i]; step.Policy == engine.GrantStep && step.Miss == engine.Matched {
			s.Decided = s.Decided || x.decidedGrant(step)
		}
	}
	grants := x.tally(func(step *engine.Step) bool { return step.Policy == engine.GrantStep })
	s.Detail = grants.words("grant", "applied")
	switch {
	case len(x.check.Grants) == 0 && x.check.UnknownGrants():
		s.Said, s.Detail = "not known", "it is not known whether there is any"
	case len(x.check.Grants) == 0:
		s.Said, s.Detail = "absent", "none on this key"
	case grants.unsure():
		s.Said = "not known"
	case d.Granted == engine.Account:
		s.Said, s.Detail = "delegates", "names the account: delegates to IAM"
	case d.Granted != 0:
		s.Said = "allows"
	default:
		s.Said = "silent"
	}
	return s
}

func (x *explainer) aclsSaid() Said {
	s := Said{Type: "acl", Label: "S3 ACL", Short: "S3 ACL", Side: "resource", Said: "silent"}
	switch {
	case x.check.Ownership == engine.BucketOwnerEnforced:
		s.Said, s.Detail = "not applicable", "BucketOwnerEnforced disables ACLs"
	case len(x.decision.ACLs) > 0:
		s.Said = "allows"
	}
	if s.Detail == "" {
		s.Detail = strconv.Itoa(len(x.decision.ACLs)) + " of " + strconv.Itoa(len(x.check.ACLs)) + " entries let the caller in"
	}
	return s
}
