package engine_test

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"why403/engine"
	"why403/engine/policy"
)

// unsureTypes are the policy types that can be unknown. The resource's own is
// added.
var unsureTypes = []policy.Type{policy.Identity, policy.Boundary, policy.Session, policy.ScopeDown, policy.SCP, policy.RCP, policy.Endpoint}

// unsureKeys are condition keys that can be unknown, with values that random
// policies treat differently. Nil is a request without the key.
var unsureKeys = map[string][][]string{
	"aws:SourceIp":              {nil, {"203.0.113.9"}, {"8.8.8.8"}},
	"aws:username":              {nil, {"bob"}, {"eve"}},
	"aws:PrincipalTag/team":     {nil, {"app"}, {"ops"}},
	"aws:ResourceTag/team":      {nil, {"app"}, {"zz"}},
	"aws:TagKeys":               {nil, {"a"}, {"a", "c"}, {"zz"}, {"b"}},
	"s3:max-keys":               {nil, {"5"}, {"10"}, {"50"}},
	"kms:EncryptionContext:app": {nil, {"a"}, {"zz"}},
	"aws:CurrentTime":           {{"2026-01-01T00:00:00Z"}, {"2031-01-01T00:00:00Z"}},
	"aws:SourceArn":             {nil, {"arn:aws:sns:us-east-1:111122223333:t"}, {"arn:aws:sns:us-east-1:111122223333:u"}},
}

// unsureCase is a request, with what is not known of it.
type unsureCase struct {
	t        testing.TB
	scenario *engine.Scenario
	known    engine.Check
	types    []policy.Type
	grants   bool
	keys     []string
	rest     bool
}

func randomUnsure(t testing.TB, c chooser) *unsureCase {
	u := &unsureCase{t: t, scenario: randomScenario(t, c)}
	u.known = u.scenario.Requests[0]
	for _, kind := range append(slices.Clone(unsureTypes), u.known.ResourceType()) {
		session := u.known.Principal.Kind == engine.RoleSession || u.known.Principal.Kind == engine.FederatedUser
		if c.IntN(4) == 0 && (session || kind != policy.Session && kind != policy.ScopeDown) {
			u.types = append(u.types, kind)
			// Of some there is only one, and then it is not unknown.
			if kind != policy.SCP || c.IntN(2) == 0 {
				u.scenario.Policies = slices.DeleteFunc(u.scenario.Policies, func(p *engine.Policy) bool { return p.Type == kind })
			}
		}
	}
	u.grants = c.IntN(4) == 0
	u.keys = slices.Sorted(maps.Keys(unsureKeys))
	u.rest = c.IntN(5) == 0
	u.keys = slices.DeleteFunc(u.keys, func(key string) bool {
		return u.known.Context.Has(key) || c.IntN(2) == 0 && key != "aws:CurrentTime" && !u.rest || u.rest && key == "aws:username"
	})
	if u.rest {
		u.all(c)
	}
	return u
}

// all makes unknown what is not given.
func (u *unsureCase) all(c chooser) {
	kind := u.known.Principal.Kind
	session := kind == engine.RoleSession || kind == engine.FederatedUser
	for _, t := range append(slices.Clone(unsureTypes), u.known.ResourceType()) {
		given := slices.ContainsFunc(u.scenario.Policies, func(p *engine.Policy) bool { return p.Type == t })
		if !given && !slices.Contains(u.types, t) && (session || t != policy.Session && t != policy.ScopeDown) {
			u.types = append(u.types, t)
		}
	}
	u.grants = u.grants || len(u.scenario.Grants) == 0
}

// unsure is the check with its unknowns.
func (u *unsureCase) unsure() *engine.Check {
	r := u.known
	r.SetUnknown(engine.Unknown{Types: engine.TypesOf(u.types...), Grants: u.grants, Keys: u.keys, Rest: u.rest})
	return &r
}

// way is how one policy type, or the grants, could be.
type way uint8

const (
	nothing way = iota
	opens
	closes
)

// world is a way in which everything could be: of policies and grants, and of
// keys.
type filled struct {
	types  map[policy.Type]way
	grants way
	keys   map[string][]string
}

func (u *unsureCase) random(c chooser) filled {
	f := filled{map[policy.Type]way{}, nothing, map[string][]string{}}
	if u.grants {
		f.grants = way(c.IntN(2))
	}
	for _, kind := range u.types {
		f.types[kind] = way(c.IntN(3))
	}
	for _, key := range u.keys {
		f.keys[key] = pick(c, unsureKeys[key])
	}
	return f
}

// outcome decides with everything filled in.
func (u *unsureCase) outcome(f filled) engine.Outcome {
	s := *u.scenario
	s.Policies, s.Grants = slices.Clone(s.Policies), slices.Clone(s.Grants)
	for kind, way := range f.types {
		// What AWS RAM writes has no Deny.
		if way == closes && kind == u.known.ResourceType() && u.known.WithinShares() {
			continue
		}
		s.Policies = append(s.Policies, u.policies(kind, way)...)
	}
	if f.grants == opens {
		s.Grants = append(s.Grants, u.grant())
	}
	r := u.known
	for key, values := range f.keys {
		if values != nil {
			r.Set(key, values...)
		}
	}
	return engine.Evaluate(&s, &r).Outcome
}

// policies is what makes a type allow, or forbid, the request.
func (u *unsureCase) policies(kind policy.Type, w way) (out []*engine.Policy) {
	who := ""
	switch kind {
	case policy.Resource, policy.Key, policy.Trust:
		who = u.principal()
	case policy.RCP, policy.Endpoint:
		who = `"Principal": "*", `
	}
	on := `, "Resource": "*"`
	if kind == policy.Trust {
		on = ""
	}
	effect, limits := `"Allow"`, kind != policy.Identity && who == ""
	switch {
	case w == nothing, w == opens && (kind == policy.Boundary || kind == policy.Endpoint || kind == policy.ScopeDown || kind == policy.RCP):
		return nil
	case w == closes:
		effect = `"Deny"`
		if who != "" {
			who = `"Principal": "*", `
		}
	}
	levels := []int{1}
	if limits && kind == policy.SCP {
		if levels = nil; w == closes {
			levels = []int{1}
		}
		for _, p := range u.scenario.Policies {
			if p.Type == kind {
				levels = append(levels, p.Level)
			}
		}
	}
	for _, level := range levels {
		out = append(out, document(u.t, kind, level, `{"Effect": `+effect+`, `+who+`"Action": "*"`+on+`}`))
	}
	return out
}

// principal names the caller in every way.
func (u *unsureCase) principal() string {
	p := &u.known.Principal
	switch p.Kind {
	case engine.ServicePrincipal:
		return `"Principal": {"Service": "` + p.ARN + `"}, `
	case engine.WebFederated:
		return `"Principal": {"Federated": "` + p.FederatedBy + `"}, `
	case engine.Anonymous:
		return `"Principal": "*", `
	}
	names := []string{"*", p.ARN}
	if p.Role != "" {
		names = append(names, p.Role)
	}
	if p.Account != "" {
		names = append(names, p.Account)
	}
	return `"Principal": {"AWS": ["` + strings.Join(names, `", "`) + `"]}, `
}

// grant lets the caller do whatever a grant can.
func (u *unsureCase) grant() engine.Grant {
	g := engine.Grant{IssuingAccount: u.known.Principal.Account}
	g.Grantee.Value, g.Retiring.Value = u.known.Principal.ARN, u.known.Principal.ARN
	for operation := range engine.GrantOperations {
		g.Operations = append(g.Operations, policy.Text{Value: operation})
	}
	return g
}

// follows takes over what a set of conditions says.
func (f *filled) follows(set []engine.If, c chooser) {
	for _, one := range set {
		way := closes
		switch {
		case !one.Needed && c.IntN(2) == 0:
			way = nothing
		case one.Allows:
			way = opens
		}
		switch {
		case one.Key != "":
			f.keys[spelled(one.Key)] = pick(c, one.Samples).Values
		case !one.Grants:
			f.types[one.Type] = way
		case way == opens:
			f.grants = opens
		default:
			f.grants = nothing
		}
	}
}

// spelled is a key as the list of keys has it.
func spelled(key string) string {
	for known := range unsureKeys {
		if strings.EqualFold(known, key) {
			return known
		}
	}
	return key
}

// anonymousAtPublicBlock is an unsigned caller that a public policy alone lets
// in, and S3 then does not: what would do is a policy with a fixed condition.
func (u *unsureCase) anonymousAtPublicBlock() bool {
	return u.known.BlockPublic&engine.RestrictPublicBuckets != 0 && slices.Contains(u.types, policy.Resource)
}

// Whatever the unknowns are, a decision that does not depend on them is the
// same; where one does, two fillings differ; each set is enough by itself.
func TestUnknowns(t *testing.T) {
	trials := 6000
	if testing.Short() {
		trials = 500
	}
	c := rand.New(rand.NewPCG(7, 11))
	depends, sure, partial := 0, 0, 0
	for range trials {
		u := randomUnsure(t, c)
		if u.anonymousAtPublicBlock() {
			continue
		}
		d := engine.Evaluate(u.scenario, u.unsure())
		if d.Depends == nil {
			continue
		}
		if message := u.check(c, d); message != "" {
			t.Fatalf("%s\nunknown: %v, grants %v, %v\n%+v\n%s", message, u.types, u.grants, u.keys, *d.Depends, describe(u.scenario, &u.known))
		}
		if d.Depends.Partial {
			partial++
		}
		if d.Outcome == engine.Undecided {
			depends++
		} else {
			sure++
		}
	}
	if depends < trials/20 || sure < trials/20 || partial > trials/100 {
		t.Errorf("%d decisions that depend and %d that don't say little, and for %d there was too much to look at", depends, sure, partial)
	}
}

// FuzzUnknowns holds decisions with unknowns to the same.
func FuzzUnknowns(f *testing.F) {
	f.Add([]byte{})
	random := rand.New(rand.NewPCG(403, 3))
	for range 20 {
		seed := make([]byte, 240)
		for i := range seed {
			seed[i] = byte(random.Uint32())
		}
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		c := &bytesChooser{data}
		u := randomUnsure(t, c)
		if u.anonymousAtPublicBlock() {
			return
		}
		d := engine.Evaluate(u.scenario, u.unsure())
		if d.Depends == nil {
			return
		}
		if message := u.check(c, d); message != "" {
			t.Fatalf("%s\nunknown: %v, grants %v, %v\n%+v\n%s", message, u.types, u.grants, u.keys, *d.Depends, describe(u.scenario, &u.known))
		}
	})
}

func (u *unsureCase) check(c chooser, d *engine.Decision) string {
	open := d.Depends
	outcome, sets := d.Outcome, [][][]engine.If{slices.Clone(open.AllowedIf), slices.Clone(open.DeniedIf)}
	fillings := slices.Clone(open.Fillings)
	if outcome != engine.Undecided {
		for range 12 {
			if f := u.random(c); (u.outcome(f) == engine.Allowed) != (outcome == engine.Allowed) {
				return outcome.String() + " in any case, but not here"
			}
		}
		return ""
	}
	if len(fillings) != 2 || fillings[0].Outcome != engine.Allowed || fillings[1].Outcome == engine.Allowed {
		return "not one filling of each outcome"
	}
	for i, filling := range fillings {
		f := u.random(c)
		f.follows(filling.Ifs, c)
		if got := u.outcome(f); (got == engine.Allowed) != (i == 0) {
			return "a filling comes to " + got.String()
		}
	}
	if !open.Partial && len(open.On) == 0 || !open.Partial && (len(sets[0]) == 0 || len(sets[1]) == 0) {
		return "nothing that it depends on"
	}
	for i, list := range sets {
		for _, set := range list {
			for range 6 {
				f := u.random(c)
				f.follows(set, c)
				if got := u.outcome(f); (got == engine.Allowed) != (i == 0) {
					return "a set is not enough: " + got.String()
				}
			}
		}
	}
	return ""
}

// A key that more values tell apart than are tried is not one that changes
// nothing: one of the others could be denied.
func TestMoreValuesThanTried(t *testing.T) {
	var allows strings.Builder
	for i := range 150 {
		fmt.Fprintf(&allows, `{"Effect":"Allow","Action":"*","Resource":"*","Condition":{"StringEquals":{"aws:PrincipalTag/x":"v%d"}}},`, i)
	}
	f := read(t, "-- request --\nprincipal: arn:aws:iam::111122223333:user/bob\naction: sqs:SendMessage\nresource: "+
		"arn:aws:sqs:us-east-1:111122223333:q\nunknown: aws:PrincipalTag/x\n-- identity/a.json --\n"+
		`{"Version":"2012-10-17","Statement":[`+allows.String()+`{"Effect":"Allow","Action":"*","Resource":"*"},`+
		`{"Effect":"Deny","Action":"*","Resource":"*","Condition":{"StringEquals":{"aws:PrincipalTag/x":"secret"}}}]}`+"\n")
	d := engine.Decide(f.Requests[0].Check)
	if d.Outcome != engine.Undecided || !d.Depends.Partial || len(d.Depends.On) != 1 || len(d.Depends.Whatever) != 0 {
		t.Errorf("%v, %+v", d.Outcome, d.Depends)
	}
}
