package engine_test

import (
	"math/rand/v2"
	"slices"
	"testing"

	"why403/engine"
	"why403/engine/policy"
)

// verdict is what must not change where nothing that counts has changed.
type verdict struct {
	outcome engine.Outcome
	by      policy.Type
}

func judge(e *engine.Evaluator, s *engine.Scenario, r *engine.Check) verdict {
	d := e.Evaluate(s, r)
	if d.Outcome == engine.Allowed || d.Outcome == engine.Undecided {
		return verdict{outcome: d.Outcome}
	}
	return verdict{d.Outcome, d.DeniedBy}
}

func (v verdict) String() string {
	if v.outcome == engine.Allowed || v.outcome == engine.Undecided {
		return v.outcome.String()
	}
	return v.outcome.String() + " by " + typeName(v.by)
}

// chooser picks a number below n: at random, or as the bytes of a fuzzer say.
type chooser interface{ IntN(n int) int }

// law is one law. It reports what is wrong, or "".
type law struct {
	name  string
	holds func(l *trial) string
}

// trial is one request of a scenario, under the laws.
type trial struct {
	chooser
	t        testing.TB
	e        *engine.Evaluator // used for every trial, so that it could remember
	scenario *engine.Scenario
	request  *engine.Check
	before   verdict
}

// after judges the request in a changed scenario.
func (l *trial) after(s *engine.Scenario) verdict { return judge(l.e, s, l.request) }

var laws = []law{
	{"the same question has the same answer", sameAnswer},
	{"an evaluator forgets", forgets},
	{"every statement and every grant has a step", everyStep},
	{"the ways are the outcome", waysAreOutcome},
	{"a Deny never helps", denyNeverHelps},
	{"an identity-based Allow never hurts", identityAllowNeverHurts},
	{"what limits never helps", limitNeverHelps},
	{"an SCP level that is gone never hurts", levelGoneNeverHurts},
	{"the order of policies, statements and grants is nothing", orderIsNothing},
	{"a statement that does not match is nothing", unmatchedIsNothing},
	{"a grant that does not match is nothing", unmatchedGrantIsNothing},
}

// checkLaws holds one request to every law.
func checkLaws(t testing.TB, e *engine.Evaluator, c chooser, s *engine.Scenario, r *engine.Check) {
	l := &trial{chooser: c, t: t, e: e, scenario: s, request: r, before: judge(e, s, r)}
	for _, law := range laws {
		if wrong := law.holds(l); wrong != "" {
			t.Errorf("%s: %s\n%s", law.name, wrong, describe(s, r))
		}
	}
}

func TestLaws(t *testing.T) {
	rounds := 4_000
	if testing.Short() {
		rounds = 800
	}
	random := rand.New(rand.NewPCG(403, 1))
	var e engine.Evaluator
	outcomes := map[verdict]int{}
	for range rounds {
		s := randomScenario(t, random)
		checkLaws(t, &e, random, s, &s.Requests[0])
		outcomes[judge(&e, s, &s.Requests[0])]++
		if t.Failed() {
			return
		}
	}
	// The laws say little about scenarios that all end alike.
	for v, n := range outcomes {
		t.Logf("%6d %s", n, v)
	}
	if len(outcomes) < 12 || outcomes[verdict{outcome: engine.Allowed}] < rounds/20 {
		t.Errorf("only %d different answers to %d scenarios", len(outcomes), rounds)
	}
}

// FuzzLaws holds scenarios that the bytes choose to the laws.
func FuzzLaws(f *testing.F) {
	f.Add([]byte{})
	random := rand.New(rand.NewPCG(403, 2))
	for range 20 {
		seed := make([]byte, 200)
		for i := range seed {
			seed[i] = byte(random.Uint32())
		}
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		c := &bytesChooser{data}
		s := randomScenario(t, c)
		checkLaws(t, new(engine.Evaluator), c, s, &s.Requests[0])
	})
}

// bytesChooser takes its choices from bytes; after the last it chooses 0.
type bytesChooser struct{ rest []byte }

func (c *bytesChooser) IntN(n int) int {
	if len(c.rest) == 0 {
		return 0
	}
	b := c.rest[0]
	c.rest = c.rest[1:]
	return int(b) % n
}

func sameAnswer(l *trial) string {
	first := snapshot(l.e.Evaluate(l.scenario, l.request))
	if second := l.e.Evaluate(l.scenario, l.request); !same(&first, second) {
		return "asked again, the decision is another"
	}
	return ""
}

// forgets: what an evaluator has decided before leaves nothing behind.
func forgets(l *trial) string {
	fresh := engine.Evaluate(l.scenario, l.request)
	if !same(fresh, l.e.Evaluate(l.scenario, l.request)) {
		return "an evaluator that was used decides differently"
	}
	return ""
}

// snapshot is a decision that the next one does not overwrite.
func snapshot(d *engine.Decision) engine.Decision {
	c := *d
	c.Steps, c.Ways = slices.Clone(d.Steps), slices.Clone(d.Ways)
	c.Notes, c.ACLs = slices.Clone(d.Notes), slices.Clone(d.ACLs)
	return c
}

func same(a, b *engine.Decision) bool {
	return a.Outcome == b.Outcome && a.DeniedBy == b.DeniedBy && a.CrossAccount == b.CrossAccount &&
		slices.Equal(a.Steps, b.Steps) && slices.Equal(a.Ways, b.Ways) && slices.Equal(a.Notes, b.Notes) && slices.Equal(a.ACLs, b.ACLs) &&
		a.Withheld == b.Withheld && a.Present == b.Present && a.Applies == b.Applies && a.Allows == b.Allows && a.Denies == b.Denies &&
		a.Named == b.Named && a.Granted == b.Granted && a.PublicBlock == b.PublicBlock
}

func everyStep(l *trial) string {
	want := len(l.scenario.Grants)
	for i := range l.scenario.Policies {
		want += len(l.scenario.Policies[i].Statements)
	}
	if len(l.e.Evaluate(l.scenario, l.request).Steps) != want {
		return "steps are missing"
	}
	return ""
}

// waysAreOutcome: without an explicit deny, the request is let in where one way
// of each side is open, and no permissions beside IAM deny it then.
func waysAreOutcome(l *trial) string {
	d := l.e.Evaluate(l.scenario, l.request)
	var sides, open [engine.ResourceSide + 1]bool
	for _, w := range d.Ways {
		sides[w.Side] = true
		open[w.Side] = open[w.Side] || w.Blocked == 0
	}
	in := open[engine.SameAccount]
	if sides[engine.CallerSide] || sides[engine.ResourceSide] {
		in = open[engine.CallerSide] && open[engine.ResourceSide]
	}
	passes := d.Outcome == engine.Allowed || d.Refusal == engine.RefusedBeside
	if in != passes && d.Outcome != engine.ExplicitDeny && d.Outcome != engine.Undecided {
		return "the ways say otherwise than the outcome"
	}
	return ""
}

func denyNeverHelps(l *trial) string {
	kind := policy.Type(l.IntN(int(policy.ScopeDown) + 1))
	deny := document(l.t, kind, 1, randomStatement(l, kind, "Deny"))
	for _, changed := range []*engine.Scenario{l.with(deny), l.withStatement(deny)} {
		if after := l.after(changed); after.outcome == engine.Allowed && l.before.outcome != engine.Allowed {
			return l.before.String() + " became allow with " + deny.Text
		}
	}
	return ""
}

func identityAllowNeverHurts(l *trial) string {
	allow := document(l.t, policy.Identity, 0, randomStatement(l, policy.Identity, "Allow"))
	for _, changed := range []*engine.Scenario{l.with(allow), l.withStatement(allow)} {
		if after := l.after(changed); l.before.outcome == engine.Allowed && after.outcome != engine.Allowed {
			return "allow became " + after.String() + " with " + allow.Text
		}
	}
	return ""
}

// limitNeverHelps: a policy of a type that only limits lets nobody in. (A
// session policy does: it passes permissions on to a federated user session.)
func limitNeverHelps(l *trial) string {
	kind := []policy.Type{policy.SCP, policy.RCP, policy.Boundary, policy.Endpoint, policy.ScopeDown}[l.IntN(5)]
	for i := range l.scenario.Policies {
		if l.scenario.Policies[i].Type == kind {
			return "" // beside a policy of its type it may allow more
		}
	}
	limit := document(l.t, kind, 1, randomStatement(l, kind, "Allow"), randomStatement(l, kind, "Deny"))
	if after := l.after(l.with(limit)); after.outcome == engine.Allowed && l.before.outcome != engine.Allowed {
		return l.before.String() + " became allow with " + limit.Text
	}
	return ""
}

// levelGoneNeverHurts: without an SCP level a request that was let in still is,
// and another type's explicit deny still stands.
func levelGoneNeverHurts(l *trial) string {
	after := l.after(l.without(func(p *engine.Policy) bool { return p.Type == policy.SCP && p.Level == 1 }))
	explicit := l.before.outcome == engine.ExplicitDeny && l.before.by != policy.SCP
	if after != l.before && (explicit || l.before.outcome == engine.Allowed) {
		return l.before.String() + " became " + after.String()
	}
	return ""
}
