package engine

import (
	"errors"
	"fmt"
	"sync"
	"testing"

	"why403/engine/policy"
)

const (
	aBucket   = "arn:aws:s3:::reports"
	anObject  = "arn:aws:s3:::reports/2026.csv"
	aPathRole = "arn:aws:iam::111122223333:role/service-role/app"
	otherKey  = "arn:aws:kms:us-east-1:444455556666:key/1234abcd"
)

const (
	readObjects = `{"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*"}`
	denyAll     = `{"Effect": "Deny", "Action": "*", "Resource": "*"}`
	allowAll    = `{"Effect": "Allow", "Action": "*", "Resource": "*"}`
	everyoneMay = `{"Effect": "Allow", "Principal": "*", "Action": "*", "Resource": "*"}`
)

// decided asks a world, and gives the outcome with the type that denies.
func decided(t testing.TB, w *World, r Request) string {
	t.Helper()
	c, err := Compile(w)
	if err != nil {
		t.Fatal(err)
	}
	d, err := c.Decide(r)
	if err != nil {
		t.Fatal(err)
	}
	if d.Outcome == Allowed {
		return "allow"
	}
	return fmt.Sprint(d.Outcome, " ", d.DeniedBy)
}

// Which policies count follows from the ARNs of a request: those of the caller
// whatever its path and session, of the resource that a part belongs to, of the
// accounts of both, and of the endpoint that it came through.
func TestWhatCounts(t *testing.T) {
	mine := func(kind policy.Type, statements ...string) []*Policy {
		return []*Policy{compiled(t, kind, statements...)}
	}
	get := Request{Principal: aSession, Action: "s3:GetObject", Resource: anObject}
	through := get
	through.Context.Set("aws:SourceVpce", "vpce-1a2b")
	for name, c := range map[string]struct {
		world World
		ask   Request
		want  string
	}{
		"nothing is attached": {World{}, get, "implicit deny 0"},
		"to the role, under a path that the session does not tell": {
			World{Entities: []Entity{{ARN: aPathRole, Policies: mine(policy.Identity, readObjects)}}}, get, "allow"},
		"to the session": {
			World{Entities: []Entity{{ARN: aSession, Policies: mine(policy.Identity, readObjects)}}}, get, "allow"},
		"to a role of that name in another account": {
			World{Entities: []Entity{{ARN: "arn:aws:iam::444455556666:role/app", Policies: mine(policy.Identity, readObjects)}}}, get,
			"implicit deny 0"},
		"to the role, and a boundary too": {
			World{Entities: []Entity{{ARN: aRole, Policies: append(mine(policy.Identity, readObjects),
				mine(policy.Boundary, `{"Effect": "Allow", "Action": "sqs:*", "Resource": "*"}`)...)}}}, get, "implicit deny 1"},
		"the trust policy of the caller is not its permission": {
			World{Entities: []Entity{{ARN: aRole, Policies: mine(policy.Trust, `{"Effect": "Allow", "Principal": "*", "Action": "*"}`)}}}, get,
			"implicit deny 0"},
		"to the bucket of the object": {
			World{Entities: []Entity{{ARN: aBucket, Policies: mine(policy.Resource, everyoneMay)}}}, get, "allow"},
		"to another bucket": {
			World{Entities: []Entity{{ARN: aBucket + "2", Policies: mine(policy.Resource, everyoneMay)}}}, get, "implicit deny 0"},
		"to the account of the bucket: cross-account": {
			World{Entities: []Entity{{ARN: aBucket, Account: "444455556666"}, {ARN: aRole, Policies: mine(policy.Identity, readObjects)}}}, get,
			"implicit deny 3"},
		"SCPs of the caller's account": {
			World{Entities: []Entity{{ARN: aRole, Policies: mine(policy.Identity, readObjects)}},
				Accounts: []AWSAccount{{ID: "111122223333", Policies: mine(policy.SCP, denyAll)}}}, get, "explicit deny 6"},
		"SCPs of another account": {
			World{Entities: []Entity{{ARN: aRole, Policies: mine(policy.Identity, readObjects)}},
				Accounts: []AWSAccount{{ID: "444455556666", Policies: mine(policy.SCP, denyAll)}}}, get, "allow"},
		"RCPs of the resource's account": {
			World{Entities: []Entity{{ARN: aBucket, Account: "444455556666", Policies: mine(policy.Resource, everyoneMay)},
				{ARN: aRole, Policies: mine(policy.Identity, readObjects)}},
				Accounts: []AWSAccount{{ID: "444455556666",
					Policies: mine(policy.RCP, `{"Effect": "Deny", "Principal": "*", "Action": "*", "Resource": "*"}`)}}}, get, "explicit deny 7"},
		"RCPs of the caller's account": {
			World{Entities: []Entity{{ARN: aBucket, Account: "444455556666", Policies: mine(policy.Resource, everyoneMay)},
				{ARN: aRole, Policies: mine(policy.Identity, readObjects)}},
				Accounts: []AWSAccount{{ID: "111122223333",
					Policies: mine(policy.RCP, `{"Effect": "Deny", "Principal": "*", "Action": "*", "Resource": "*"}`)}}}, get, "allow"},
		"an endpoint that the request came through": {
			World{Entities: []Entity{{ARN: aRole, Policies: mine(policy.Identity, readObjects)}},
				Endpoints: []Endpoint{{ID: "vpce-1a2b", Policies: mine(policy.Endpoint,
					`{"Effect": "Deny", "Principal": "*", "Action": "*", "Resource": "*"}`)}}}, through, "explicit deny 8"},
		"an endpoint that it did not come through": {
			World{Entities: []Entity{{ARN: aRole, Policies: mine(policy.Identity, readObjects)}},
				Endpoints: []Endpoint{{ID: "vpce-1a2b", Policies: mine(policy.Endpoint,
					`{"Effect": "Deny", "Principal": "*", "Action": "*", "Resource": "*"}`)}}}, get, "allow"},
		"the key behind an alias": {
			World{Entities: []Entity{{ARN: aKey, Aliases: []string{"alias/reports"},
				Policies: mine(policy.Key, `{"Effect": "Allow", "Principal": "*", "Action": "kms:Decrypt", "Resource": "*"}`)}}},
			Request{Principal: aUser, Action: "kms:Decrypt", Resource: "arn:aws:kms:us-east-1:111122223333:alias/reports"}, "allow"},
		"an alias of another Region": {
			World{Entities: []Entity{{ARN: aKey, Aliases: []string{"alias/reports"},
				Policies: mine(policy.Key, `{"Effect": "Allow", "Principal": "*", "Action": "kms:Decrypt", "Resource": "*"}`)}}},
			Request{Principal: aUser, Action: "kms:Decrypt", Resource: "arn:aws:kms:eu-west-1:111122223333:alias/reports"}, "implicit deny 4"},
		"a tag of the role": {
			World{Entities: []Entity{{ARN: aRole, Tags: []Tag{{"team", "blue"}},
				Policies: mine(policy.Identity,
					`{"Effect": "Allow", "Action": "*", "Resource": "*", "Condition": {"StringEquals": {"aws:PrincipalTag/team": `+
						`"${aws:ResourceTag/team}"}}}`)},
				{ARN: aBucket, Tags: []Tag{{"team", "blue"}}}}}, get, "allow"},
		"an organization": {
			World{Entities: []Entity{{ARN: aRole, Policies: mine(policy.Identity,
				`{"Effect": "Allow", "Action": "*", "Resource": "*", "Condition": {"StringEquals": {"aws:PrincipalOrgID": "o-1"}}}`)}},
				Accounts: []AWSAccount{{ID: "111122223333", Organization: "o-1"}}}, get, "allow"},
		"the management account": {
			World{Entities: []Entity{{ARN: aRole, Policies: mine(policy.Identity, readObjects)}},
				Accounts: []AWSAccount{{ID: "111122223333", Management: "111122223333", Policies: mine(policy.SCP, denyAll)}}}, get, "allow"},
	} {
		t.Run(name, func(t *testing.T) {
			if got := decided(t, &c.world, c.ask); got != c.want {
				t.Errorf("%s, want %s", got, c.want)
			}
		})
	}
}

// A world that can't be is told, and the rest of it can be asked.
func TestCompileRefuses(t *testing.T) {
	for _, c := range []struct {
		world World
		want  error
	}{
		{World{Entities: []Entity{{Name: "x"}}}, ErrNoARN},
		{World{Entities: []Entity{{ARN: aBucket}, {ARN: aBucket}}}, ErrTwice},
		{World{Entities: []Entity{{ARN: aRole}, {ARN: aPathRole}}}, ErrTwice},
		{World{Entities: []Entity{{ARN: aBucket, Account: "1111"}}}, ErrAccount},
		{World{Accounts: []AWSAccount{{ID: "1111"}}}, ErrAccount},
		{World{Accounts: []AWSAccount{{ID: "111122223333"}, {ID: "111122223333"}}}, ErrTwice},
		{World{Entities: []Entity{{ARN: aBucket, Policies: []*Policy{nil}}}}, ErrNoPolicy},
		{World{Endpoints: []Endpoint{{Policies: []*Policy{{}}}}}, ErrNoPolicy},
	} {
		compiled, err := Compile(&c.world)
		var which *WorldError
		if !errors.Is(err, c.want) || !errors.As(err, &which) {
			t.Errorf("%+v: %v, want %v", c.world, err, c.want)
		}
		if _, err := compiled.Decide(Request{Principal: aUser, Action: "s3:GetObject", Resource: anObject}); err != nil {
			t.Error(err)
		}
	}
}

func TestRequestRefuses(t *testing.T) {
	c, _ := Compile(&World{})
	for _, x := range []struct {
		r    Request
		want error
	}{
		{Request{Principal: "bob", Action: "s3:GetObject", Resource: "*"}, ErrPrincipal},
		{Request{Principal: aUser, Action: "GetObject", Resource: "*"}, ErrAction},
		{Request{Principal: aUser, Action: "s3:Get*", Resource: "*"}, ErrAction},
		{Request{Principal: aUser, Action: "s3:GetObject", Resource: "bucket"}, ErrResource},
		{Request{}, ErrPrincipal},
	} {
		if _, err := c.Decide(x.r); !errors.Is(err, x.want) {
			t.Errorf("%+v: %v, want %v", x.r, err, x.want)
		}
	}
}

// A policy that was not made by NewPolicy is compiled with the world, and what
// a caller does to its world afterwards changes nothing.
func TestCompiledIsClosed(t *testing.T) {
	d := compiled(t, policy.Identity, allowAll).Document
	w := World{Entities: []Entity{{ARN: aUser, Policies: []*Policy{{Document: d}}}}}
	c, err := Compile(&w)
	if err != nil {
		t.Fatal(err)
	}
	w.Entities[0].Policies[0] = compiled(t, policy.Identity, denyAll)
	w.Entities[0].ARN = aRole
	r := Request{Principal: aUser, Action: "s3:GetObject", Resource: anObject}
	check, err := c.Check(r)
	if err != nil {
		t.Fatal(err)
	}
	r.Context.Set("aws:PrincipalArn", "nobody")
	if got := Decide(check).Outcome; got != Allowed {
		t.Error(got)
	}
}

// With puts an entity in the place of the one with its ARN, and leaves the
// world below as it was.
func TestWith(t *testing.T) {
	base, _ := Compile(&World{Entities: []Entity{{ARN: aUser, Policies: []*Policy{compiled(t, policy.Identity, allowAll)}},
		{ARN: aPathRole, Policies: []*Policy{compiled(t, policy.Identity, allowAll)}}}})
	more, err := base.With(&World{Entities: []Entity{{ARN: aUser}},
		Accounts: []AWSAccount{{ID: "111122223333", Policies: []*Policy{compiled(t, policy.SCP, allowAll)}}}})
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		world *Compiled
		who   string
		want  Outcome
	}{{base, aUser, Allowed}, {more, aUser, ImplicitDeny}, {more, aSession, Allowed}} {
		d, err := c.world.Decide(Request{Principal: c.who, Action: "s3:GetObject", Resource: anObject})
		if err != nil || d.Outcome != c.want {
			t.Errorf("%s: %v, %v, want %v", c.who, d.Outcome, err, c.want)
		}
	}
}

// Any number of goroutines can ask one world.
func TestConcurrentUse(t *testing.T) {
	c, _ := Compile(&World{Entities: []Entity{{ARN: aPathRole, Policies: []*Policy{compiled(t, policy.Identity, readObjects)}},
		{ARN: aBucket, Account: "111122223333", Tags: []Tag{{"a", "b"}}, Policies: []*Policy{compiled(t, policy.Resource, everyoneMay)}}}})
	var wait sync.WaitGroup
	for range 8 {
		wait.Go(func() {
			for _, who := range []string{aSession, aUser, aService, "anonymous"} {
				d, err := c.Decide(Request{Principal: who, Action: "s3:GetObject", Resource: anObject})
				if err != nil || d.Outcome != Allowed {
					t.Error(who, d.Outcome, err)
				}
			}
		})
	}
	wait.Wait()
}

// Which resource the policy of another is attached to.
func TestPolicyARN(t *testing.T) {
	const at = ":us-east-1:111122223333:"
	for arn, want := range map[string]string{
		anObject: aBucket, aBucket: aBucket, aBucket + "/a/b": aBucket, aBucket + "/*": aBucket,
		"arn:aws:s3" + at + "accesspoint/ap/object/a/b":        "arn:aws:s3" + at + "accesspoint/ap",
		"arn:aws:dynamodb" + at + "table/orders/index/by-day":  "arn:aws:dynamodb" + at + "table/orders",
		"arn:aws:lambda" + at + "function:checkout:live":       "arn:aws:lambda" + at + "function:checkout",
		"arn:aws:logs" + at + "log-group:/aws/x:log-stream:y":  "arn:aws:logs" + at + "log-group:/aws/x",
		"arn:aws:execute-api" + at + "abc/prod/GET/pets":       "arn:aws:execute-api" + at + "abc",
		"arn:aws:glue" + at + "table/db/t":                     "arn:aws:glue" + at + "catalog",
		"arn:aws:kinesis" + at + "stream/s/consumer/c:1":       "arn:aws:kinesis" + at + "stream/s",
		"arn:aws:sqs" + at + "q":                               "arn:aws:sqs" + at + "q",
		"arn:aws:iam::111122223333:role/a/b/c":                 "arn:aws:iam::111122223333:role/a/b/c",
		"arn:aws:secretsmanager" + at + "secret:app/db-a1b2c3": "arn:aws:secretsmanager" + at + "secret:app/db-a1b2c3",
		"*": "*",
	} {
		if got := PolicyARN(arn); got != want {
			t.Errorf("%s: %s, want %s", arn, got, want)
		}
	}
	if Covers(aRole, aRole+"/x") || !Covers(aBucket, anObject) || Covers(aBucket, aBucket+"2/x") ||
		!Covers("arn:aws:glue:us-east-1:1:catalog", "arn:aws:glue:us-east-1:1:table/a/b") {
		t.Error("what an entity covers")
	}
}

// A condition that reads the path of a role rests on something that a session's
// ARN does not tell. It decides where the role has the name, and only there.
func TestUnknownPath(t *testing.T) {
	for _, c := range []struct {
		values string
		known  bool // the world tells the path
		want   Outcome
	}{
		{`"arn:aws:iam::111122223333:role/service-role/app"`, false, Undecided},
		{`"arn:aws:iam::111122223333:role/*/a*"`, false, Undecided},
		{`["arn:aws:iam::111122223333:role/x/app", "arn:aws:iam::111122223333:role/y/app"]`, false, Undecided},
		{`"arn:aws:iam::111122223333:role/app"`, false, Allowed},
		{`"arn:aws:iam::111122223333:role/service-role/other"`, false, ImplicitDeny},
		{`"arn:aws:iam::111122223333:role/ap*"`, false, Allowed},
		{`"arn:aws:iam::111122223333:role/service-role/app"`, true, Allowed},
	} {
		w := World{Entities: []Entity{{ARN: aSession, Policies: []*Policy{
			compiled(t, policy.Identity,
				`{"Effect": "Allow", "Action": "*", "Resource": "*", "Condition": {"ArnLike": {"aws:PrincipalArn": `+c.values+`}}}`)}}}}
		if c.known {
			w.Entities = append(w.Entities, Entity{ARN: aPathRole})
		}
		world, _ := Compile(&w)
		d, err := world.Decide(Request{Principal: aSession, Action: "s3:GetObject", Resource: anObject})
		if err != nil || d.Outcome != c.want {
			t.Errorf("%s: %v, %v, want %v", c.values, d.Outcome, err, c.want)
		}
	}
}
