package engine

// What the tests of package engine_test see of the tables, and checks that
// they put together from their parts.

// PathTable is every path.
func PathTable() []Path { return paths[:] }

// Scenario is checks, and what they are judged against, in pieces that can be
// exchanged.
type Scenario struct {
	Requests []Check
	Policies []*Policy
	Grants   []Grant
	ACLs     []ACL
}

// Prepare fills what follows from the given facts.
func (r *Check) Prepare() { r.prepare() }

// Evaluator decides a check with the policies of a scenario.
type Evaluator struct {
	decider Decider
	check   Check
}

// Evaluate decides one check of a scenario.
func (e *Evaluator) Evaluate(s *Scenario, r *Check) *Decision {
	e.check = *r
	e.check.Policies, e.check.Grants, e.check.ACLs = s.Policies, s.Grants, s.ACLs
	e.check.settleUnknown()
	return e.decider.Decide(&e.check)
}

// Evaluate decides one check of a scenario.
func Evaluate(s *Scenario, r *Check) *Decision { return new(Evaluator).Evaluate(s, r) }

// Pieces is a check with what it is judged against, in pieces.
func (r *Check) Pieces() *Scenario {
	return &Scenario{Requests: []Check{*r}, Policies: r.Policies, Grants: r.Grants, ACLs: r.ACLs}
}

// SetUnknown says what is not known of a check.
func (r *Check) SetUnknown(u Unknown) {
	r.join(&u, allTypes)
	r.unknownKeys.rest = u.Rest
}

// Set gives a condition key these values, and sets anew what follows from it.
func (r *Check) Set(key string, values ...string) {
	r.Context = r.Context.Clone()
	r.Context.Set(key, values...)
	r.implied()
}
