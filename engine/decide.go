package engine

import (
	"slices"

	"why403/engine/policy"
)

// Outcome is what AWS answers.
type Outcome uint8

// The outcomes, in AWS's words.
const (
	ImplicitDeny Outcome = iota
	ExplicitDeny
	Allowed
	Undecided // it depends on what is not known
)

var outcomeNames = [...]string{ImplicitDeny: "implicit deny", ExplicitDeny: "explicit deny", Allowed: "allow", Undecided: "depends"}

func (o Outcome) String() string { return outcomeNames[o] }

// ParseOutcome reads an outcome as [Outcome.String] writes it.
func ParseOutcome(text string) (o Outcome, ok bool) {
	i := slices.Index(outcomeNames[:], text)
	return Outcome(max(i, 0)), i >= 0
}

// Denied reports whether AWS answers 403.
func (o Outcome) Denied() bool { return o == ImplicitDeny || o == ExplicitDeny }

// Types is a set of policy types.
type Types uint16

func bit(t policy.Type) Types { return 1 << t }

// Has reports whether t is in the set.
func (s Types) Has(t policy.Type) bool { return s&bit(t) != 0 }

// Decision is the facts about one request and the outcome computed from them.
type Decision struct {
	Check        *Check
	Outcome      Outcome
	DeniedBy     policy.Type // the type AWS names; meaningless when Allowed
	CrossAccount bool
	Steps        []Step // every statement, then every grant
	Ways         []Way  // every path for this caller and service
	Withheld     Gates
	Unsure       Gates    // what is not known opens or closes these
	Depends      *Depends // what is not known, and what of it decides; nil where all is known
	Searched     int      // how many steps it took to find what of it decides; see [Check.Work]
	Present      Types    // the types that there are policies of
	Applies      Types    // the types that AWS looks at for this request
	Allows       Types    // the types with a matching Allow
	Denies       Types    // the types with a matching Deny
	Named        Kinds    // how matching Allow statements of the resource name the caller
	Granted      Kinds    // how matching grants name the caller
	PublicBlock  bool     // S3 Block Public Access cuts the request off
	Refusal      Refusal  // what a service refuses by itself
	Notes        []Note   // conditions that could not be judged
	ACLs         []int    // matching entries, as indexes in Check.ACLs
}

// Decider decides checks. It reuses its memory: once warm, a decision allocates
// nothing. The zero Decider is ready to use; it is not safe for concurrent use.
type Decider struct {
	check    *Check
	decision Decision
	bounded  bool // a permissions boundary is attached to the caller
	userID   string
	pairs    int
	scratch  []byte
	levels   map[int]bool // at which a policy allows, see everyLevel
	assumed  assumed      // where not all is known
}

// Decide decides a check. The result stays valid until the next call.
func (e *Decider) Decide(c *Check) *Decision {
	e.begin(c)
	d := &e.decision
	e.statements(d)
	e.grants(d)
	e.acls(d)
	if c.unsure {
		e.settle(d)
	} else {
		e.conclude(d)
	}
	return d
}

// conclude computes the outcome from what matched.
func (e *Decider) conclude(d *Decision) {
	e.withhold(d)
	e.ways(d)
	e.decide(d)
}

// sum sums up the steps anew, with what is assumed beside them.
func (e *Decider) sum(d *Decision, a *assumed) {
	d.Allows, d.Denies, d.Named, d.Granted, d.Ways = a.allow, a.deny, 0, 0, d.Ways[:0]
	for i := range d.Steps {
		switch step := &d.Steps[i]; {
		case step.Miss != Matched:
		case step.Policy == GrantStep:
			e.countGrant(d, step)
		default:
			e.count(d, e.check.Policies[step.Policy].Type, step)
		}
	}
	if a.allow&resourceTypes != 0 && !e.check.ForeignObject() {
		d.Named = anyNaming
	}
	if a.grants {
		d.Granted = e.grantable()
	}
	e.assumed = *a
	e.conclude(d)
	e.assumed = assumed{}
}

// Decide decides a check.
func Decide(c *Check) *Decision { return new(Decider).Decide(c) }

func (e *Decider) begin(c *Check) {
	d := &e.decision
	*d = Decision{Check: c, Steps: d.Steps[:0], Ways: d.Ways[:0], Notes: d.Notes[:0], ACLs: d.ACLs[:0], CrossAccount: c.cross}
	for _, p := range c.Policies {
		d.Present |= bit(p.Type)
	}
	d.Applies = c.applies
	e.ask(c, d.Present)
}

// ask takes what statements are held against, and which policies there are.
func (e *Decider) ask(c *Check, present Types) {
	e.check, e.pairs, e.userID = c, 0, ""
	if id, _ := c.Context.Get("aws:userid"); len(id) == 1 {
		e.userID = id[0]
	}
	e.bounded = (present & c.applies).Has(policy.Boundary)
}

// statements matches every statement and sums up what matched.
func (e *Decider) statements(d *Decision) {
	for i := range e.check.Policies {
		p := e.check.Policies[i]
		for j := range p.statements {
			step := e.step(i, j, p, &p.statements[j])
			d.Steps = append(d.Steps, step)
			if step.Miss == Matched {
				e.count(d, p.Type, &step)
			}
		}
	}
}

// onlyDenies reports whether an Allow has no say: a bucket policy cannot open
// an object that another account owns.
func (e *Decider) onlyDenies(t policy.Type, step *Step) bool {
	return step.Effect == policy.Allow && t == policy.Resource && e.check.ForeignObject()
}

func (e *Decider) count(d *Decision, t policy.Type, step *Step) {
	if !d.Applies.Has(t) || e.onlyDenies(t, step) {
		return
	}
	if step.Effect == policy.Deny {
		d.Denies |= bit(t)
		return
	}
	d.Allows |= bit(t)
	if IsResource(t) {
		d.Named |= step.Names
	}
}

// IsResource reports whether a policy of this type is the resource's own.
func IsResource(t policy.Type) bool {
	return resourceTypes.Has(t)
}

const resourceTypes = Types(1<<policy.Resource | 1<<policy.Key | 1<<policy.Trust | 1<<policy.Stack)

func (e *Decider) grants(d *Decision) {
	if len(e.check.Grants) == 0 {
		return
	}
	e.pairs = e.countPairs()
	for i := range e.check.Grants {
		step := e.grantStep(i, &e.check.Grants[i])
		d.Steps = append(d.Steps, step)
		if step.Miss == Matched {
			e.countGrant(d, &step)
		}
	}
}

func (e *Decider) countGrant(d *Decision, step *Step) {
	if e.check.service.Rule == KeyRule {
		d.Granted |= step.Names
	}
}

// withhold turns what did not match into closed gates.
func (e *Decider) withhold(d *Decision) {
	r := e.check
	d.Withheld = e.withheldFilters(d) | withheldBy(ByResource, d.Named) | withheldBy(ByGrant, d.Granted) |
		withheldBy(ByACL, e.aclKinds(d)) | e.withheldGrants()
	for _, c := range [...]struct {
		gate Gates
		open bool
	}{
		{IdentityGate, d.Allows.Has(policy.Identity)},
		{NoResourcePolicy, d.Present&resourceTypes == 0 && (e.assumed.allow|e.assumed.deny)&resourceTypes == 0 && openWithoutPolicy(r)},
		{RootGate, r.Principal.Kind == Root},
		{CrossAccountUse, r.across},
		{CredentialsGate, r.barred == nil},
		{OrganizationGate, r.admin},
		{RegionGate, r.DisabledAccount == ""},
	} {
		if !c.open {
			d.Withheld |= c.gate
		}
	}
}

// withheldFilters is the gates of the policy types that only limit. A type
// that is absent, or does not apply, limits nothing.
func (e *Decider) withheldFilters(d *Decision) Gates {
	var g Gates
	for i := range gates {
		if f := &gates[i]; f.Limits && (d.Present & d.Applies).Has(f.Type) && !e.passes(d, f.Type) {
			g |= f.Gate
		}
	}
	// A federated user session has nothing but what a session policy passes on.
	// https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_temp_control-access_getfederationtoken.html
	if e.check.Principal.Kind == FederatedUser && !d.Allows.Has(policy.Session) {
		g |= SessionGate
	}
	return g
}

// passes reports whether the policies of a type that only limits allow the
// request: one of them, or one of each level, or each of them.
func (e *Decider) passes(d *Decision, t policy.Type) bool {
	switch t {
	case policy.SCP:
		return e.assumed.allow.Has(t) || e.everyLevel(d, t)
	case policy.ScopeDown:
		return e.everyPolicy(d, t)
	}
	return d.Allows.Has(t)
}

// everyPolicy reports whether each policy of a type has a matching Allow. Each
// call of sts:GetScopedCredentials narrows what was there before.
//
// https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_temp_control-access_getscopedcredentials.html
func (e *Decider) everyPolicy(d *Decision, t policy.Type) bool {
	for i, p := range e.check.Policies {
		if p.Type == t && !d.allowedBy(i) {
			return false
		}
	}
	return true
}

// allowedBy reports whether a policy has a matching Allow.
func (d *Decision) allowedBy(index int) bool {
	for i := range d.Steps {
		s := &d.Steps[i]
		if int(s.Policy) == index && s.Miss == Matched && s.Effect == policy.Allow {
			return true
		}
	}
	return false
}

// everyLevel reports whether each level of the organization has a matching
// Allow. Nothing is inherited from the level above.
//
// https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps_evaluation.html
func (e *Decider) everyLevel(d *Decision, t policy.Type) bool {
	clear(e.levels)
	for i := range d.Steps {
		s := &d.Steps[i]
		if s.Policy == GrantStep || s.Miss != Matched || s.Effect != policy.Allow {
			continue
		}
		if p := e.check.Policies[s.Policy]; p.Type == t {
			if e.levels == nil {
				e.levels = map[int]bool{}
			}
			e.levels[p.Level] = true
		}
	}
	for _, p := range e.check.Policies {
		if p.Type == t && !e.levels[p.Level] {
			return false
		}
	}
	return true
}

// decide computes the outcome from the facts.
func (e *Decider) decide(d *Decision) {
	d.PublicBlock, d.Refusal = e.publicBlock(d), e.check.refusal
	switch {
	case e.check.DisabledAccount != "": // before any policy is looked at
		d.Outcome, d.DeniedBy = ImplicitDeny, policy.Identity
	case e.check.service.Rule == AlwaysRule && open(d.Ways):
		d.Outcome = Allowed
	case d.Denies != 0 || d.PublicBlock || d.Refusal != NoRefusal:
		d.Outcome, d.DeniedBy = ExplicitDeny, e.firstDeny(d)
	case open(d.Ways) && e.check.besideDenies():
		d.Outcome, d.DeniedBy, d.Refusal = ImplicitDeny, e.check.ResourceType(), RefusedBeside
	case open(d.Ways):
		d.Outcome = Allowed
	default:
		d.Outcome, d.DeniedBy = ImplicitDeny, e.limiting(d)
	}
}
