package engine

import (
	"strings"
	"testing"

	"why403/engine/policy"
)

// A system of permissions beside IAM denies what IAM allows, where the action
// asks it; it never allows anything, and says nothing of other actions.
func TestBeside(t *testing.T) {
	const table = "arn:aws:glue:us-east-1:111122223333:table/sales/orders"
	allow := compiled(t, policy.Identity, `{"Effect": "Allow", "Action": "glue:Get*", "Resource": "*"}`)
	for _, c := range []struct {
		action string
		says   BesideFact
		open   bool
		want   Outcome
		by     Refusal
	}{
		{"glue:GetTable", BesideFact{}, true, Allowed, NoRefusal},
		{"glue:GetTable", BesideFact{"lakeformation", true}, true, Allowed, NoRefusal},
		{"glue:GetTable", BesideFact{"lakeformation", false}, true, ImplicitDeny, RefusedBeside},
		{"glue:GetTable", BesideFact{"lakeformation", true}, false, ImplicitDeny, NoRefusal},
		{"glue:GetTable", BesideFact{"lakeformation", false}, false, ImplicitDeny, NoRefusal},
		{"glue:GetTable", BesideFact{"opensearch", false}, true, Allowed, NoRefusal},
		{"glue:GetJob", BesideFact{"lakeformation", false}, true, Allowed, NoRefusal},
	} {
		policies := []*Policy{allow}
		if !c.open {
			policies = nil
		}
		r := &Check{Principal: caller(t, aUser), Action: c.action, Resource: table, Settings: Settings{BesideSays: c.says}}
		r.Prepare()
		d := Evaluate(&Scenario{Policies: policies}, r)
		if d.Outcome != c.want || d.Refusal != c.by {
			t.Errorf("%s, %+v, allowed by IAM %v: %v, refusal %d", c.action, c.says, c.open, d.Outcome, d.Refusal)
		}
	}
}

// What a request says of such a system goes before what its resource says.
func TestBesideOfRequest(t *testing.T) {
	const domain = "arn:aws:es:us-east-1:111122223333:domain/shop"
	w, err := Compile(&World{Entities: []Entity{{ARN: domain, Settings: Settings{BesideSays: BesideFact{"opensearch", false}}}}})
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		says    BesideFact
		unknown bool
		want    BesideAnswer
	}{
		{BesideFact{}, false, BesideDenies}, {BesideFact{"opensearch", true}, false, BesideAllows}, {BesideFact{}, true, BesideDenies},
	} {
		check, err := w.Check(Request{Principal: aUser, Action: "es:ESHttpGet", Resource: domain + "/x", BesideSays: c.says,
			Unknown: Unknown{Beside: c.unknown}})
		if err != nil {
			t.Fatal(err)
		}
		if _, got := check.Beside(); got != c.want {
			t.Errorf("%+v: %d, want %d", c.says, got, c.want)
		}
	}
	none := Unknown{Beside: true}
	for unknown, want := range map[*Unknown]BesideAnswer{{Beside: true}: BesideUnknown, {Rest: true}: BesideUnknown, {}: BesideUnsaid,
		{Rest: true, None: &none}: BesideUnsaid} {
		check, err := (*Compiled)(nil).With(&World{})
		if err != nil {
			t.Fatal(err)
		}
		c, err := check.Check(Request{Principal: aUser, Action: "es:ESHttpGet", Resource: domain + "/x", Unknown: *unknown})
		if err != nil {
			t.Fatal(err)
		}
		if _, got := c.Beside(); got != want {
			t.Errorf("%+v: %d, want %d", *unknown, got, want)
		}
	}
}

// Every row says what to look at, and names actions.
func TestBesides(t *testing.T) {
	for _, b := range besides {
		if b.Noun == "" || b.Look == "" || !strings.HasPrefix(b.Doc, "https://docs.aws.amazon.com/") || b.actions != strings.ToLower(b.actions) {
			t.Errorf("%+v", b)
		}
		for _, action := range strings.Fields(b.actions) {
			if r := (&Check{action: strings.TrimSuffix(action, "*")}); !strings.Contains(action, ":") {
				t.Errorf("%s", action)
			} else if got, _ := r.Beside(); got == nil || got.Name != b.Name {
				t.Errorf("%s is asked of %+v", action, got)
			}
		}
	}
}
