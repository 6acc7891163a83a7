package engine

import (
	"slices"

	"why403/engine/condition"
	"why403/engine/policy"
)

// Thing is something that is not known: the policies of a type, the grants on a
// key, or a condition key.
type Thing struct {
	Type   policy.Type // where Key is "" and Grants is false
	Grants bool
	Key    string // as policies spell it
	Path   bool   // the key is aws:PrincipalArn, and only the path of the role is not known

	// Of a whole call, never of one check:
	Encryption bool // which key encrypts the resource
	Beside     bool // what a system of permissions beside IAM answers
}

// If is one thing that is not known, and how it would have to be.
type If struct {
	Thing
	// Of policies and grants: they allow the request, and none of them denies it;
	// or else they deny it. Where it need not be so, it is enough that none denies
	// the request, or that none allows it.
	Allows, Needed bool
	Samples        []condition.Sample // of a key: any of these
	Others         []condition.Sample // of a key: all else that was looked at
}

// Filling is a way in which everything that is not known could be.
type Filling struct {
	Outcome Outcome
	Ifs     []If // one for each thing; of a key, one sample
	Beside  BesideFact
}

// Depends says what a decision depends on, where not all is known.
type Depends struct {
	On        []Thing   // what decides, in a fixed order
	AllowedIf [][]If    // each is enough to be allowed, whatever else is so: the smallest first
	DeniedIf  [][]If    // each is enough to be denied
	Fillings  []Filling // one that is allowed, and one that is denied; of a decision that nothing changes, none
	Whatever  []Thing   // what is not known and changes nothing
	Partial   bool      // there was too much to look at: there may be more in each list
}

// Bounds of the search for what a decision depends on.
const (
	maxTrials   = 10000 // decisions of what could be
	maxSearched = 1 << 24
	maxSets     = 12 // of each list
	maxExtra    = 3  // things in a set beyond those that are in every set
	maxUnknowns = 40
)

// unknowns is the search: every thing that is not known, and a choice for each.
type unknowns struct {
	e      *Decider
	things []unknown
	keys   map[string]int // of things, in lower case
	steps  []openStep
	known  condition.Context   // without any key that is not known
	tried  []*condition.Sample // by which trial differs from known
	trial  Check
	left   int // trials
	spent  bool
}

// unknown is a thing with what it could be. The first way is the worst for the
// caller where it is policies or grants, the second the best.
type unknown struct {
	Thing
	samples [][]condition.Sample // of a key: a list for each choice, of values that make no difference
	ways    int
	pick    int // undecided, or an index
}

const (
	undecided = -1
	worst     = 0
	best      = 1
	neither   = 2 // policies or grants that say nothing
)

// openStep is a statement, or a grant, that matches or not with what is not
// known.
type openStep struct {
	step   int   // index in Decision.Steps
	work   int   // to match it
	keys   []int // indexes of things
	effect policy.Effect
	truths []int8 // by the picks of its keys: 0 not looked at, 1 matches, -1 does not
}

// settle finds the outcome where not all is known: Depends where it can be
// either, and otherwise what it is in any case.
func (e *Decider) settle(d *Decision) {
	u := e.unknowns(d)
	if len(u.things) == 0 {
		e.sum(d, u.nothing())
		return
	}
	allowed, denied := u.can(Allowed), u.can(ImplicitDeny)
	out := &Depends{}
	if allowed && denied && !u.spent {
		u.fill(out)
		out.AllowedIf, out.DeniedIf = u.sets(Allowed), u.sets(ImplicitDeny)
		out.On = u.on(out)
	}
	for i := range u.things {
		if u.spent && allowed && denied {
			out.On = append(out.On, u.things[i].Thing) // any of them can
			continue
		}
		if !slices.Contains(out.On, u.things[i].Thing) {
			out.Whatever = append(out.Whatever, u.things[i].Thing)
		}
	}
	out.Partial = u.spent
	u.dropNotes()
	u.show(d, allowed, denied)
	d.Depends = out
}

// dropNotes takes back what was noted of statements that are open: what could
// not be judged there is what is not known.
func (u *unknowns) dropNotes() {
	d := &u.e.decision
	d.Notes = slices.DeleteFunc(d.Notes, func(n Note) bool {
		return slices.ContainsFunc(u.steps, func(s openStep) bool {
			step := &d.Steps[s.step]
			return step.Policy == n.Policy && step.Statement == n.Statement
		})
	})
}

// show leaves the decision as it is without anything that is not known; the
// outcome is the one that holds in any case. Unsure is the gates that what is
// not known can open or close.
func (u *unknowns) show(d *Decision, allowed, denied bool) {
	u.decide(true)
	open := d.Withheld
	u.decide(false)
	unsure := d.Withheld &^ open
	u.e.sum(d, u.nothing())
	d.Unsure = unsure
	for i := range d.Ways {
		w := &d.Ways[i]
		always := filters
		w.Unsure = (w.Needs | always) & unsure
	}
	switch {
	case allowed && denied:
		d.Outcome = Undecided
	case allowed:
		d.Outcome = Allowed
	}
}

// assumed is what a trial takes for given beyond what is known.
type assumed struct {
	allow, deny Types
	grants      bool
}

// nothing takes for absent what is not known. A key that is always sent has some
// value.
func (u *unknowns) nothing() *assumed {
	for i := range u.things {
		u.things[i].pick = u.things[i].absent()
	}
	for i := range u.steps {
		s := &u.steps[i]
		step := u.rematch(s, s.keys)
		step.Open = true
		u.e.decision.Steps[s.step] = step
	}
	for i := range u.things {
		u.things[i].pick = undecided
	}
	return &assumed{}
}

// absent is the choice that the request lacks a key, or the first one.
func (t *unknown) absent() int {
	return max(0, slices.IndexFunc(t.samples, func(choice []condition.Sample) bool { return choice[0].Form == condition.FormAbsent }))
}

// decide decides with the picks; what is undecided is taken as the best for the
// caller, or as the worst.
func (u *unknowns) decide(hope bool) Outcome {
	u.left--
	d := &u.e.decision
	u.spend(perTrial + perStep*len(d.Steps) + len(u.e.check.Grants)*perGrant)
	u.spent = u.spent || u.left < 0
	for i := range u.steps {
		s := &u.steps[i]
		matches := (s.effect == policy.Allow) == hope
		if u.picked(s) {
			matches = u.truth(s)
		}
		d.Steps[s.step].Miss = MissCondition
		if matches {
			d.Steps[s.step].Miss = Matched
		}
	}
	var a assumed
	for i := range u.things {
		t := &u.things[i]
		well := t.pick == best || t.pick == undecided && hope
		switch {
		case t.Key != "", t.pick == neither:
		case t.Grants:
			a.grants = well
		case well:
			a.allow |= bit(t.Type)
		default:
			a.deny |= bit(t.Type)
		}
	}
	u.e.sum(d, &a)
	return d.Outcome
}

// picked reports whether all keys of a step are decided.
func (u *unknowns) picked(s *openStep) bool {
	for _, k := range s.keys {
		if u.things[k].pick == undecided {
			return false
		}
	}
	return true
}

// truth matches a step with the picks of its keys, once for each choice.
func (u *unknowns) truth(s *openStep) bool {
	at, scale := 0, 1
	for _, k := range s.keys {
		at += u.things[k].pick * scale
		scale *= u.things[k].ways
	}
	if at >= len(s.truths) { // too many choices to keep
		return u.rematch(s, s.keys).Miss == Matched
	}
	if s.truths[at] == 0 {
		s.truths[at] = -1
		if u.rematch(s, s.keys).Miss == Matched {
			s.truths[at] = 1
		}
	}
	return s.truths[at] > 0
}

// rematch matches a statement or a grant with the picks of some keys.
func (u *unknowns) rematch(s *openStep, keys []int) Step {
	e := u.e
	u.spend(s.work)
	notes := len(e.decision.Notes)
	before, real := e.decision.Steps[s.step], e.check
	check := u.with(keys)
	e.check = check
	defer func() { e.check, e.decision.Notes = real, e.decision.Notes[:notes] }()
	if before.Policy == GrantStep {
		e.pairs = e.countPairs()
		return e.grantStep(int(before.Statement), &check.Grants[before.Statement])
	}
	p := check.Policies[before.Policy]
	return e.step(int(before.Policy), int(before.Statement), p, &p.statements[before.Statement])
}

// with is the check with the picks of some keys. Where the picks are those of the
// last time, so is the check: many statements read the same keys.
func (u *unknowns) with(keys []int) *Check {
	same := len(keys) > 0 && len(keys) == len(u.tried)
	for i, k := range keys {
		sample := &u.things[k].samples[u.things[k].pick][0]
		same = same && u.tried[i] == sample
	}
	if same {
		return &u.trial
	}
	u.spend(perContext * (1 + len(keys)))
	u.trial, u.tried = *u.e.check, u.tried[:0]
	u.trial.Context = u.known.Clone()
	for _, k := range keys {
		sample := &u.things[k].samples[u.things[k].pick][0]
		if u.tried = append(u.tried, sample); sample.Form != condition.FormAbsent {
			u.trial.Context.Set(u.things[k].Key, sample.Values...)
		}
	}
	u.trial.implied()
	return &u.trial
}

// spend counts what the search takes.
func (u *unknowns) spend(steps int) {
	u.e.decision.Searched += steps
	u.spent = u.spent || u.e.decision.Searched > u.e.check.MostSearched()
}

// MostSearched is how many steps the search for what a check depends on may take.
func (r *Check) MostSearched() int {
	if r.asked.Search > 0 {
		return min(r.asked.Search, maxSearched)
	}
	return maxSearched
}

// can reports whether the outcome can be the wanted one: Allowed, or any other.
// When there is too much to look at, it can.
func (u *unknowns) can(want Outcome) bool {
	hope := want == Allowed
	if (u.decide(hope) == Allowed) != hope {
		return false
	}
	next := u.branch()
	if next < 0 || u.spent {
		return true
	}
	if (u.decide(!hope) == Allowed) == hope {
		return true
	}
	t := &u.things[next]
	defer func() { t.pick = undecided }()
	for t.pick = 0; t.pick < t.ways; t.pick++ {
		if u.can(want) {
			return true
		}
	}
	return false
}

// branch is the next key to try values of, or -1. Policies and grants need no
// trials: each is as good, or as bad, as it can be, whatever the others are.
func (u *unknowns) branch() int {
	for i := range u.things {
		if t := &u.things[i]; t.Key != "" && t.pick == undecided {
			return i
		}
	}
	return -1
}

// sure reports whether the picks alone make the outcome the wanted one.
func (u *unknowns) sure(want Outcome) bool {
	other := Allowed
	if want == Allowed {
		other = ImplicitDeny
	}
	return !u.can(other)
}
