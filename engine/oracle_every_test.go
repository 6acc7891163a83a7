package engine_test

import (
	"testing"

	"why403/engine"
	"why403/engine/policy"
)

// TestEveryCombination holds the engine against the flow chart on every
// combination of facts: the outcome, and the policy type that AWS names.
func TestEveryCombination(t *testing.T) {
	stride, least := 1, 2_000_000
	if testing.Short() {
		stride, least = 17, 120_000 // a prime, so that every value of every fact takes part
	}
	var e engine.Evaluator
	count, wrong, outcomes := 0, 0, map[engine.Outcome]int{}
	eachCombination(t, stride, func(f *facts, s *engine.Scenario) {
		count++
		d := e.Evaluate(s, &s.Requests[0])
		outcome, blamed := f.decide()
		outcomes[outcome]++
		if d.Outcome != outcome || outcome != engine.Allowed && blamed != unsaid && d.DeniedBy != blamed {
			t.Errorf("%+v of %s\ngot  %v by %s\nwant %v by %s", *f, f.caller.arn, d.Outcome, typeName(d.DeniedBy), outcome, typeName(blamed))
			if wrong++; wrong == 10 {
				t.FailNow()
			}
		}
	})
	t.Logf("%d combinations, %v", count, outcomes)
	if count < least || len(outcomes) != 3 {
		t.Errorf("only %d combinations with %d outcomes", count, len(outcomes))
	}
}

// eachCombination builds every stride-th combination of facts as a scenario.
func eachCombination(t *testing.T, stride int, visit func(*facts, *engine.Scenario)) {
	at := 0
	for i := range places {
		for _, c := range askers {
			if c.kind == engine.WebFederated && places[i].rule != trustRule {
				continue // these callers only ever assume roles
			}
			b := newBuilder(t, &places[i], c, false)
			at = b.each(at, stride, visit)
			if c.account {
				at = newBuilder(t, &places[i], c, true).each(at, stride, visit)
			}
			if t.Failed() {
				return
			}
		}
	}
}

// builder has every policy of one caller and one resource ready.
type builder struct {
	facts     facts
	scenario  engine.Scenario
	filters   map[policy.Type][denies + 1][]*engine.Policy
	resources []resourceFacts
	grants    []grantFacts
}

type resourceFacts struct {
	named    engine.Kinds
	denied   bool
	except   engine.Kinds // how NotPrincipal of a Deny lists the caller; 0 where there is none
	policies []*engine.Policy
}

type grantFacts struct {
	granted, own engine.Kinds
	grants       []engine.Grant
}

func newBuilder(t *testing.T, p *place, c *callerFacts, cross bool) *builder {
	account := home
	if cross {
		account = away
	}
	b := &builder{facts: facts{rule: p.rule, caller: c, cross: cross}, filters: map[policy.Type][denies + 1][]*engine.Policy{}}
	b.scenario.Requests = []engine.Check{newRequest(t, p, c, account)}
	for _, filter := range []policy.Type{policy.Identity, policy.Boundary, policy.Session, policy.ScopeDown, policy.SCP, policy.RCP,
		policy.Endpoint} {
		b.filters[filter] = filterPolicies(t, filter, p.action)
	}
	b.resources = resourcePolicies(t, p, c, account, b.scenario.Requests[0].ResourceType())
	b.grants = []grantFacts{{}}
	if p.rule == keyRule {
		b.grants = grantSets(c, account)
	}
	return b
}

// each visits every stride-th combination, counting on from at.
func (b *builder) each(at, stride int, visit func(*facts, *engine.Scenario)) int {
	sizes := [...]int{3, 4, len(ofSession), 4, 2, 4, len(b.resources), len(b.grants)}
	total := 1
	for _, n := range sizes {
		total *= n
	}
	for i := 0; i < total; i++ {
		if at++; at%stride != 0 {
			continue
		}
		var digit [len(sizes)]int
		for rest, j := i, 0; j < len(sizes); j++ {
			digit[j], rest = rest%sizes[j], rest/sizes[j]
		}
		b.build(digit)
		visit(&b.facts, &b.scenario)
	}
	return at
}

// ofSession is what the policies of a session say: session policies with no
// scope-down policies, and some of both.
var ofSession = [...]struct{ session, scope said }{
	{absent, absent}, {allows, absent}, {silent, absent}, {denies, absent},
	{absent, allows}, {absent, silent}, {allows, silent}, {allows, denies},
}

// build puts together the combination that the digits pick.
func (b *builder) build(digit [8]int) {
	f := &b.facts
	f.identity = [...]said{silent, allows, denies}[digit[0]]
	f.boundary, f.scp = said(digit[1]), said(digit[3])
	f.session, f.scope = ofSession[digit[2]].session, ofSession[digit[2]].scope
	f.rcp = [...]said{allows, denies}[digit[4]]
	f.endpoint = said(digit[5])
	resource, grants := &b.resources[digit[6]], &b.grants[digit[7]]
	f.named, f.denied = resource.named, resource.denied || resource.except != 0 && !f.spared(resource.except)
	f.granted, f.ownGrants = grants.granted, grants.own
	s := &b.scenario
	s.Grants = grants.grants
	s.Policies = append(s.Policies[:0], resource.policies...)
	s.Policies = append(s.Policies, b.filters[policy.Identity][f.identity]...)
	s.Policies = append(s.Policies, b.filters[policy.Boundary][f.boundary]...)
	s.Policies = append(s.Policies, b.filters[policy.Session][f.session]...)
	s.Policies = append(s.Policies, b.filters[policy.ScopeDown][f.scope]...)
	s.Policies = append(s.Policies, b.filters[policy.SCP][f.scp]...)
	s.Policies = append(s.Policies, b.filters[policy.RCP][f.rcp]...)
	s.Policies = append(s.Policies, b.filters[policy.Endpoint][f.endpoint]...)
}
