package engine

import (
	"testing"

	"why403/engine/policy"
)

func text(s string) policy.Text { return policy.Text{Value: s} }

func texts(values ...string) (out []policy.Text) {
	for _, v := range values {
		out = append(out, text(v))
	}
	return out
}

func pairs(namesAndValues ...string) *EncryptionContext {
	c := &EncryptionContext{}
	for i := 0; i < len(namesAndValues); i += 2 {
		c.Names, c.Values = append(c.Names, namesAndValues[i]), append(c.Values, namesAndValues[i+1])
	}
	return c
}

// granted is what comes of one grant.
func granted(t *testing.T, g Grant, r *Check) Step {
	t.Helper()
	d := Evaluate(&Scenario{Grants: []Grant{g}}, r)
	return d.Steps[len(d.Steps)-1]
}

// Key, grantee and operations.
//
// https://docs.aws.amazon.com/kms/latest/developerguide/grants.html
func TestGrant(t *testing.T) {
	const app, team = "kms:EncryptionContext:app", "kms:EncryptionContext:team"
	to := func(who string, operations ...string) Grant {
		return Grant{Grantee: text(who), Operations: texts(operations...)}
	}
	with := func(change func(*Grant)) Grant {
		g := to(aUser, "Decrypt", "DescribeKey", "GetPublicKey", "CreateGrant")
		change(&g)
		return g
	}
	equals := with(func(g *Grant) { g.Equals = pairs("app", "a") })
	subset := with(func(g *Grant) { g.Subset = pairs("app", "a") })
	service := Grant{GranteeService: text(aService), SourceArn: text("arn:aws:sns:us-east-1:111122223333:t"), Operations: texts("Decrypt")}
	source := with(func(g *Grant) { g.SourceArn = text("arn:aws:sns:us-east-1:111122223333:t") })
	for _, c := range []struct {
		rule, caller, action string
		grant                Grant
		context              []string
		miss                 Miss
		names                Kinds
	}{
		{"the key", aUser, "kms:Decrypt", with(func(g *Grant) { g.KeyID = aKey }), nil, Matched, Direct},
		{"the key", aUser, "kms:Decrypt", with(func(g *Grant) { g.KeyID = "1234abcd" }), nil, Matched, Direct},
		{"the key", aUser, "kms:Decrypt", with(func(g *Grant) { g.KeyID = "abcd" }), nil, MissKey, Direct},
		{"the key", aUser, "kms:Decrypt", with(func(g *Grant) { g.KeyID = aKey + "e" }), nil, MissKey, Direct},

		{"the grantee", aUser, "kms:Decrypt", to(aUser, "Decrypt"), nil, Matched, Direct},
		{"the grantee", aUser, "kms:Decrypt", to(aRoot, "Decrypt"), nil, Matched, Account},
		{"the grantee", aRoot, "kms:Decrypt", to(aRoot, "Decrypt"), nil, Matched, Direct},
		{"the grantee", aUser, "kms:Decrypt", to(aRole, "Decrypt"), nil, MissGrantee, 0},
		{"the grantee", aUser, "kms:Decrypt", to("*", "Decrypt"), nil, MissGrantee, 0},
		{"the grantee", aSession, "kms:Decrypt", to(aRole, "Decrypt"), nil, Matched, Parent},
		{"the grantee", aSession, "kms:Decrypt", to(aSession, "Decrypt"), nil, Matched, Direct},
		{"the grantee", aFed, "kms:Decrypt", to(aFed, "Decrypt"), nil, Matched, Direct},
		{"the grantee", aService, "kms:Decrypt", to(aService, "Decrypt"), nil, Matched, Direct}, // as older grants say it
		{"the grantee", "anonymous", "kms:Decrypt", to(aUser, "Decrypt"), nil, MissGrantee, 0},
		{"the grantee", aUser, "kms:Decrypt", to("arn:aws:iam::111122223333:group/admins", "Decrypt"), nil, MissGrantee, 0},

		{"the operation", aUser, "kms:decrypt", to(aUser, "Decrypt"), nil, Matched, Direct},
		{"the operation", aUser, "kms:Decapsulate", to(aUser, "Decapsulate"), nil, Matched, Direct},
		{"the operation", aUser, "kms:Encapsulate", to(aUser, "Decapsulate", "Encapsulate"), nil, Matched, Direct},
		{"the operation", aUser, "kms:Encrypt", to(aUser, "Decrypt"), nil, MissOperation, Direct},
		{"the operation", aUser, "kms:Decrypt", to(aUser, "*"), nil, MissOperation, Direct},
		{"the operation", aUser, "kms:Decrypt", to(aUser, "kms:Decrypt"), nil, MissOperation, Direct},
		{"the operation", aUser, "kms:ScheduleKeyDeletion", to(aUser, "ScheduleKeyDeletion"), nil, MissOperation, Direct},
		{"the operation", aUser, "kms:RevokeGrant", to(aUser, "RevokeGrant"), nil, MissOperation, Direct},
		{"the operation", aUser, "kms:ReEncrypt*", to(aUser, "ReEncryptFrom"), nil, MissOperation, Direct},

		{"exact context", aUser, "kms:Decrypt", equals, []string{app, "a"}, Matched, Direct},
		{"exact context", aUser, "kms:Decrypt", equals, []string{app, "a", team, "b"}, MissConstraint, Direct},
		{"exact context", aUser, "kms:Decrypt", equals, nil, MissConstraint, Direct},
		{"exact context", aUser, "kms:Decrypt", equals, []string{app, "A"}, MissConstraint, Direct},
		{"exact context", aUser, "kms:Decrypt", equals, []string{"kms:EncryptionContext:App", "a"}, MissConstraint, Direct},
		{"exact context", aUser, "kms:Decrypt", with(func(g *Grant) { g.Equals = pairs() }), nil, Matched, Direct},
		{"exact context", aUser, "kms:Decrypt", with(func(g *Grant) { g.Equals = pairs() }), []string{app, "a"}, MissConstraint, Direct},
		{"part of the context", aUser, "kms:Decrypt", subset, []string{app, "a", team, "b"}, Matched, Direct},
		{"part of the context", aUser, "kms:Decrypt", subset, []string{team, "b"}, MissConstraint, Direct},
		{"part of the context", aUser, "kms:Decrypt", with(func(g *Grant) { g.Subset = pairs() }), nil, Matched, Direct},
		{"no context at all", aUser, "kms:DescribeKey", equals, nil, Matched, Direct},
		{"no context at all", aUser, "kms:GetPublicKey", subset, nil, Matched, Direct},

		{"source ARN", aService, "kms:Decrypt", service, []string{"aws:SourceArn", "arn:aws:sns:us-east-1:111122223333:t"}, Matched, Direct},
		{"source ARN", aService, "kms:Decrypt", service, []string{"aws:SourceArn", "arn:aws:sns:us-east-1:111122223333:other"},
			MissSourceArn, Direct},
		{"source ARN", aService, "kms:Decrypt", service, nil, MissSourceArn, Direct},
		{"source ARN", aUser, "kms:Decrypt", source, nil, Matched, Direct}, // it binds services only

		{"child grant", aUser, "kms:CreateGrant", with(func(*Grant) {}), nil, Matched, Direct},
		{"child grant", aUser, "kms:CreateGrant", with(func(*Grant) {}), []string{"kms:GrantOperations", "Decrypt"}, Matched, Direct},
		{"child grant", aUser, "kms:CreateGrant", with(func(*Grant) {}), []string{"kms:GrantOperations", "Decrypt", "kms:GrantOperations",
			"Sign"}, MissChild, Direct},
		{"child grant", aUser, "kms:CreateGrant", equals, []string{app, "a", "kms:GrantConstraintType", "EncryptionContextEquals"}, Matched,
			Direct},
		{"child grant", aUser, "kms:CreateGrant", equals, []string{app, "a", "kms:GrantConstraintType", "EncryptionContextSubset"},
			MissChild, Direct},
		{"child grant", aUser, "kms:CreateGrant", subset, []string{app, "a", "kms:GrantConstraintType", "EncryptionContextEquals"}, Matched,
			Direct},
		{"child grant", aUser, "kms:CreateGrant", subset, []string{team, "b", "kms:GrantConstraintType", "EncryptionContextEquals"},
			MissConstraint, Direct},
	} {
		step := granted(t, c.grant, asked(t, c.caller, c.action, aKey, c.context...))
		if step.Miss != c.miss || step.Names != c.names || step.Policy != GrantStep || step.Effect != policy.Allow {
			t.Errorf("%s: %s of %s with %q: miss %d as %b, want %d as %b", c.rule, c.action, c.caller, c.context, step.Miss, step.Names, c.miss,
				c.names)
		}
	}
}

// The misses are numbered in the order in which they are looked at: the nearest
// statement or grant is the one that got furthest. Of what fails at several
// elements, the first is told.
func TestMissesInOrder(t *testing.T) {
	const other = "arn:aws:kms:us-east-1:111122223333:key/other"
	asks := asked(t, aService, "kms:CreateGrant", aKey, "aws:SourceArn", "arn:aws:sns:us-east-1:111122223333:t", "kms:GrantOperations",
		"Sign", "kms:EncryptionContext:app", "a")
	all := Grant{KeyID: other, GranteeService: text("s3.amazonaws.com"), Operations: texts("Decrypt"),
		SourceArn: text("arn:aws:sns:us-east-1:111122223333:other"), Equals: pairs("app", "b")}
	last := MissCondition
	for _, c := range []struct {
		miss Miss
		mend func()
	}{
		{MissKey, func() { all.KeyID = aKey }},
		{MissGrantee, func() { all.GranteeService = text(aService) }},
		{MissOperation, func() { all.Operations = texts("CreateGrant") }},
		{MissSourceArn, func() { all.SourceArn = text("arn:aws:sns:us-east-1:111122223333:t") }},
		{MissChild, func() { all.Operations = texts("CreateGrant", "Sign") }},
		{MissConstraint, func() { all.Equals = pairs("app", "a") }},
	} {
		if got := granted(t, all, asks).Miss; got != c.miss || got <= last {
			t.Errorf("grant: miss %d, want %d, which is after %d", got, c.miss, last)
		}
		last = c.miss
		c.mend()
	}
	if got := granted(t, all, asks).Miss; got != Matched {
		t.Errorf("mended, the grant misses at %d", got)
	}
	statement := map[string]string{"Principal": `{"AWS":"444455556666"}`, "Action": `"kms:Sign"`,
		"Condition": `{"Null":{"kms:ViaService":"false"}}`}
	last = Matched
	for _, c := range []struct {
		miss      Miss
		name, new string
	}{
		{MissPrincipal, "Principal", `"*"`}, {MissNoEffect, "Resource", `"` + other + `"`}, {MissAction, "Action", `"kms:*"`},
		{MissResource, "Resource", `"*"`}, {MissCondition, "Condition", `{}`},
	} {
		text := `{"Effect":"Allow"`
		for name, value := range statement {
			text += `,"` + name + `":` + value
		}
		p := compiled(t, policy.Key, text+"}")
		if got := Evaluate(&Scenario{Policies: []*Policy{p}}, asks).Steps[0].Miss; got != c.miss || got <= last {
			t.Errorf("statement: miss %d, want %d, which is after %d", got, c.miss, last)
		}
		last = c.miss
		statement[c.name] = c.new
	}
}
