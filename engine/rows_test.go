package engine

import (
	"os"
	"slices"
	"strings"
	"testing"

	"why403/engine/catalogue/data"
	"why403/engine/policy"
)

// The tables of this package are data. Each row has a case here whose answer
// changes when the row goes: the rows are taken away one after the other, and a
// case must notice each time.

// lines are the lines of a file of testdata, without comments, each as words.
func lines(t *testing.T, name string) (out [][]string) {
	t.Helper()
	text, err := os.ReadFile("testdata/" + name)
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(text)) {
		if words := strings.Fields(line); len(words) > 0 && words[0] != "#" {
			out = append(out, words)
		}
	}
	return out
}

// everyRow fails where wrong finds something while a table is whole, and where
// it finds nothing while one of its n rows is gone.
func everyRow(t *testing.T, n int, without func(i int) (name string, restore func()), wrong func() []string) {
	t.Helper()
	if found := wrong(); len(found) > 0 {
		t.Fatal(strings.Join(found, "\n"))
	}
	for i := range n {
		name, restore := without(i)
		found := wrong()
		restore()
		if len(found) == 0 {
			t.Errorf("no case needs the row %s", name)
		}
	}
}

// everyWord is everyRow for sets of words.
func everyWord(t *testing.T, words map[string]bool, wrong func() []string) {
	t.Helper()
	names := make([]string, 0, len(words))
	for w := range words {
		names = append(names, w)
	}
	slices.Sort(names)
	everyRow(t, len(names), func(i int) (string, func()) {
		delete(words, names[i])
		return names[i], func() { words[names[i]] = true }
	}, wrong)
}

const (
	userHome = "arn:aws:iam::111122223333:user/bob"
	userAway = "arn:aws:iam::444455556666:user/bob"
)

// answers gives the answers to the eight requests of services.txt, as letters.
func answers(t *testing.T, action, resource string) string {
	t.Helper()
	identity := compiled(t, policy.Identity, allowAll)
	named := `{"Effect": "Allow", "Principal": {"AWS": ["` + userHome + `", "` + userAway + `"]}, "Action": "*"`
	kind := ResourceType(action, resource)
	if kind != policy.Trust {
		named += `, "Resource": "*"`
	}
	if kind == policy.Stack {
		named = `{"Effect": "Allow", "Principal": "*", "Action": "Update:*", "Resource": "*"`
	}
	own := compiled(t, kind, named+"}")
	var out strings.Builder
	for _, c := range []struct {
		who             string
		identity, named bool
		grant           bool
	}{
		{userHome, false, false, false}, {userHome, true, false, false}, {userHome, false, true, false}, {userHome, true, true, false},
		{userAway, true, false, false}, {userAway, false, true, false}, {userAway, true, true, false}, {userHome, false, false, true},
	} {
		w := World{}
		if resource != "*" {
			w.Entities = append(w.Entities, Entity{ARN: PolicyARN(resource)})
			if ARNPart(resource, 4) == "" {
				w.Entities[0].Account = "111122223333"
			}
			if c.named {
				w.Entities[0].Policies = []*Policy{own}
			}
			if c.grant {
				w.Entities[0].Grants = []Grant{{Retiring: text(c.who), Operations: texts("DescribeKey")}}
			}
		}
		if c.identity {
			w.Entities = append(w.Entities, Entity{ARN: c.who, Policies: []*Policy{identity}})
		}
		if decided(t, &w, Request{Principal: c.who, Action: action, Resource: resource}) == "allow" {
			out.WriteByte('A')
		} else {
			out.WriteByte('-')
		}
	}
	return out.String()
}

// A service decides as its page says, by the row that its page is on.
func TestServiceRows(t *testing.T) {
	cases := lines(t, "services.txt")
	wrong := func() (wrong []string) {
		for _, c := range cases {
			resource, want, page, name := c[2], c[3], c[4], strings.TrimPrefix(strings.Join(c[5:], " "), "-")
			for action := range strings.SplitSeq(c[1], ",") {
				action = c[0] + ":" + action
				s := serviceOf(strings.ToLower(action), resource)
				if got := answers(t, action, resource); got != want || s.Name != name || !strings.HasSuffix(s.Doc, "/"+page+".html") {
					wrong = append(wrong, action+" on "+resource+": "+got+" by "+s.Name+" of "+s.Doc)
				}
			}
		}
		return wrong
	}
	whole := services
	everyRow(t, len(services), func(i int) (string, func()) {
		services = slices.Delete(slices.Clone(whole), i, i+1)
		return whole[i].prefix + ":" + whole[i].actions, func() { services = whole }
	}, wrong)
	for i := range services {
		row := &services[i]
		words := strings.Fields(row.actions)
		if len(words) < 2 {
			continue
		}
		everyRow(t, len(words), func(j int) (string, func()) {
			before := row.actions
			row.actions = strings.Join(slices.Delete(slices.Clone(words), j, j+1), " ")
			return row.prefix + ":" + words[j], func() { row.actions = before }
		}, wrong)
	}
}

// Resource control policies apply to the services of AWS's list, and to no
// other service of its reference.
//
// https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_rcps.html#rcp-supported-services
func TestRCPRows(t *testing.T) {
	listed := map[string]bool{}
	for _, words := range lines(t, "rcp-services.txt") {
		for _, w := range words {
			listed[w] = true
		}
	}
	deny := []*Policy{compiled(t, policy.RCP, `{"Effect": "Deny", "Principal": "*", "Action": "*", "Resource": "*"}`)}
	prefixes := data.All().Prefixes()
	for prefix := range listed {
		if !slices.Contains(prefixes, prefix) {
			prefixes = append(prefixes, prefix)
		}
	}
	c, err := Compile(&World{Accounts: []AWSAccount{{ID: "111122223333", Policies: deny}}})
	if err != nil {
		t.Fatal(err)
	}
	everyWord(t, rcpServices, func() (wrong []string) {
		for _, prefix := range prefixes {
			d, err := c.Decide(Request{Principal: aUser, Action: prefix + ":Act", Resource: "arn:aws:" + prefix + ":us-east-1:111122223333:thing/x"})
			if err != nil {
				t.Fatal(err)
			}
			if (d.Denies.Has(policy.RCP) && d.DeniedBy == policy.RCP) != listed[prefix] {
				wrong = append(wrong, "an RCP on "+prefix+": "+d.Outcome.String())
			}
		}
		return wrong
	})
}

// What each KMS operation allows: use across accounts, and in a grant, with or
// without its encryption context. AWS's reference has no operation on keys that
// is not in the file.
//
// https://docs.aws.amazon.com/kms/latest/developerguide/kms-api-permissions-reference.html
func TestKeyOperationRows(t *testing.T) {
	cases := lines(t, "kms-operations.txt")
	listed := map[string]bool{}
	for _, c := range cases {
		listed[c[0]] = true
	}
	for _, a := range data.All().Service("kms").Actions {
		if onKeys := len(a.TypesOf(aKey)) > 0; onKeys != listed[a.Name] {
			t.Errorf("kms:%s is on keys: %v, in the file: %v", a.Name, onKeys, listed[a.Name])
		}
	}
	wrong := func() (wrong []string) {
		for _, c := range cases {
			if got := keyOperation(t, c[0]); !slices.Equal(got, c[1:]) {
				wrong = append(wrong, c[0]+": "+strings.Join(got, " "))
			}
		}
		return wrong
	}
	everyWord(t, GrantOperations, wrong)
	everyWord(t, contextFree, wrong)
	everyWord(t, crossAccountKeyActions, wrong)
}

// keyOperation is what kms-operations.txt says of an operation.
func keyOperation(t *testing.T, name string) []string {
	t.Helper()
	yes := func(ok bool) string {
		if ok {
			return "yes"
		}
		return "no"
	}
	action, lower := "kms:"+name, strings.ToLower(name)
	ask := func(who string, e Entity) bool {
		e.ARN = aKey
		may := Entity{ARN: userAway, Policies: []*Policy{compiled(t, policy.Identity, allowAll)}}
		return decided(t, &World{Entities: []Entity{e, may}}, Request{Principal: who, Action: action, Resource: aKey}) == "allow"
	}
	names := Entity{Policies: []*Policy{compiled(t, policy.Key,
		`{"Effect": "Allow", "Principal": {"AWS": "`+userAway+`"}, "Action": "kms:*", "Resource": "*"}`)}}
	grant := Grant{Grantee: text(userHome), Operations: texts(name)}
	bound := grant
	bound.Subset = pairs("app", "a")
	across := ask(userAway, names)
	byGrant, unbound := ask(userHome, Entity{Grants: []Grant{grant}}), ask(userHome, Entity{Grants: []Grant{bound}})
	if lower == "retiregrant" { // its own rule: the key policy has no say, and nothing but the grant decides
		across, byGrant, unbound = crossAccountKeyActions["kms:retiregrant"], GrantOperations[lower], contextFree["kms:retiregrant"]
	}
	return []string{yes(across), yes(byGrant), yes(unbound)}
}

// The SQS actions that cannot be used on a queue of another account; every other
// action of AWS's reference can.
//
// https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-overview-of-managing-access.html
func TestQueueRows(t *testing.T) {
	const queue = "arn:aws:sqs:us-east-1:111122223333:q"
	atHome := strings.Fields(`AddPermission CancelMessageMoveTask CreateQueue DeleteQueue ListMessageMoveTasks ListQueueTags ListQueues
		RemovePermission SetQueueAttributes StartMessageMoveTask TagQueue UntagQueue`)
	c, err := Compile(&World{Entities: []Entity{
		{ARN: queue, Policies: []*Policy{compiled(t, policy.Resource, everyoneMay)}},
		{ARN: userAway, Policies: []*Policy{compiled(t, policy.Identity, allowAll)}},
	}})
	if err != nil {
		t.Fatal(err)
	}
	everyWord(t, queueActions, func() (wrong []string) {
		for _, a := range data.All().Service("sqs").Actions {
			d, err := c.Decide(Request{Principal: userAway, Action: "sqs:" + a.Name, Resource: queue})
			if err != nil {
				t.Fatal(err)
			}
			if (d.Outcome == Allowed) == slices.Contains(atHome, a.Name) {
				wrong = append(wrong, "sqs:"+a.Name+" from another account: "+d.Outcome.String())
			}
		}
		return wrong
	})
}

// An operation on an alias of a KMS key is on the key behind it, but for those
// on the alias itself.
//
// https://docs.aws.amazon.com/kms/latest/developerguide/alias-access.html
func TestAliasRows(t *testing.T) {
	const alias = "arn:aws:kms:us-east-1:111122223333:alias/a"
	c, err := Compile(&World{Entities: []Entity{{ARN: aKey, Aliases: []string{"alias/a"}}}})
	if err != nil {
		t.Fatal(err)
	}
	everyWord(t, aliasActions, func() (wrong []string) {
		for action, onAlias := range map[string]bool{"CreateAlias": true, "DeleteAlias": true, "UpdateAlias": true, "ListAliases": true,
			"Decrypt": false, "DescribeKey": false, "GenerateDataKey": false, "GetPublicKey": false, "ReEncryptTo": false} {
			if got := c.Target("kms:"+action, alias); (got == alias) != onAlias || !onAlias && got != aKey {
				wrong = append(wrong, "kms:"+action+" is on "+got)
			}
		}
		return wrong
	})
}
