package engine

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"why403/engine/policy"
)

// The worlds of this test: entities with every policy that they could have,
// each with a name of its own. Few words, so that they often meet.
var (
	oracleEntities = []string{
		"arn:aws:iam::111122223333:user/bob", "arn:aws:iam::111122223333:user/team/bob", "arn:aws:iam::111122223333:role/app",
		"arn:aws:iam::111122223333:role/x/app",
		"arn:aws:iam::444455556666:role/y/app", "arn:aws:sts::111122223333:assumed-role/app/one", "arn:aws:sts::111122223333:federated-user/bob",
		"arn:aws:iam::111122223333:root", "sns.amazonaws.com", "arn:aws:s3:::reports", "arn:aws:s3:::reports/a", "arn:aws:s3:::reports/a/b",
		"arn:aws:s3:::reports2",
		"arn:aws:kms:us-east-1:111122223333:key/1", "arn:aws:kms:us-east-1:444455556666:key/1", "arn:aws:sqs:us-east-1:444455556666:q",
		"arn:aws:lambda:us-east-1:111122223333:function:f", "arn:aws:lambda:us-east-1:111122223333:function:f:live",
		"arn:aws:dynamodb:us-east-1:111122223333:table/t", "arn:aws:glue:us-east-1:111122223333:catalog",
		"arn:aws:logs:us-east-1:111122223333:log-group:/aws/x",
	}
	oracleCallers = []string{
		"arn:aws:iam::111122223333:user/bob", "arn:aws:iam::111122223333:user/team/bob", "arn:aws:sts::111122223333:assumed-role/app/one",
		"arn:aws:sts::111122223333:assumed-role/app/two", "arn:aws:sts::444455556666:assumed-role/app/one",
		"arn:aws:iam::111122223333:role/x/app",
		"arn:aws:sts::111122223333:federated-user/bob", "arn:aws:iam::111122223333:root", "sns.amazonaws.com", "anonymous",
	}
	oracleRequests = [][2]string{
		{"s3:GetObject", "arn:aws:s3:::reports/a"}, {"s3:GetObject", "arn:aws:s3:::reports/a/b"}, {"s3:ListBucket", "arn:aws:s3:::reports"},
		{"s3:GetObject", "arn:aws:s3:::reports2/a"},
		{"kms:Decrypt", "arn:aws:kms:us-east-1:111122223333:key/1"}, {"kms:Decrypt", "arn:aws:kms:us-east-1:111122223333:alias/a"},
		{"kms:Decrypt", "arn:aws:kms:us-east-1:444455556666:alias/a"}, {"kms:CreateAlias", "arn:aws:kms:us-east-1:111122223333:alias/a"},
		{"kms:RetireGrant", "arn:aws:kms:us-east-1:444455556666:key/1"}, {"sqs:SendMessage", "arn:aws:sqs:us-east-1:444455556666:q"},
		{"lambda:InvokeFunction", "arn:aws:lambda:us-east-1:111122223333:function:f:live"},
		{"dynamodb:Query", "arn:aws:dynamodb:us-east-1:111122223333:table/t/index/i"},
		{"glue:GetTable", "arn:aws:glue:us-east-1:111122223333:table/d/t"},
		{"logs:PutLogEvents", "arn:aws:logs:us-east-1:111122223333:log-group:/aws/x:log-stream:s"},
		{"sts:AssumeRole", "arn:aws:iam::111122223333:role/x/app"}, {"iam:PassRole", "arn:aws:iam::111122223333:role/x/app"},
		{"ec2:DescribeInstances", "*"},
	}
)

// TestWorldOracle holds which policies count, as Check finds it, against the
// rules of ARNs read one by one.
func TestWorldOracle(t *testing.T) {
	rounds := 3_000
	if testing.Short() {
		rounds = 600
	}
	c := rand.New(rand.NewPCG(403, 6))
	names := map[*Policy]string{}
	pool := func(kind policy.Type, owner string, level int) *Policy {
		p := NewPolicy(&policy.Document{Type: kind}, level) // nothing is decided here: only whether it counts
		names[p] = fmt.Sprintf("%d of %s at %d", kind, owner, level)
		return p
	}
	counted := 0
	for range rounds {
		w, r := oracleWorld(c, pool), Request{}
		r.Principal = oracleCallers[c.IntN(len(oracleCallers))]
		asked := oracleRequests[c.IntN(len(oracleRequests))]
		r.Action, r.Resource = asked[0], asked[1]
		if c.IntN(2) == 0 {
			r.Context.Set("aws:SourceVpce", "vpce-"+string(rune('1'+c.IntN(2))))
		}
		if strings.Contains(r.Principal, "federated-user") && c.IntN(2) == 0 {
			r.FederatedBy = "arn:aws:iam::111122223333:user/team/bob"
		}
		compiledWorld, err := Compile(w)
		if err != nil {
			t.Fatal(err)
		}
		check, err := compiledWorld.Check(r)
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, p := range check.Policies {
			got = append(got, names[p])
		}
		want, owner, object := oracleCounts(w, &r, names)
		slices.Sort(got)
		slices.Sort(want)
		counted += len(want)
		if !slices.Equal(got, want) || check.ResourceAccount != owner || check.ObjectOwner != object {
			t.Fatalf("%s %s on %s through %v\ngot  %q of %q, %q\nwant %q of %q, %q", r.Principal, r.Action, r.Resource, r.Context, got,
				check.ResourceAccount, check.ObjectOwner, want, owner, object)
		}
	}
	if counted < rounds {
		t.Errorf("only %d policies counted", counted)
	}
}

// oracleWorld is some of the entities, with an account each where their ARN has
// none, both accounts and endpoints.
func oracleWorld(c *rand.Rand, pool func(policy.Type, string, int) *Policy) *World {
	w := &World{}
	for _, arn := range oracleEntities {
		if c.IntN(3) == 0 || arn == "arn:aws:iam::111122223333:role/app" && c.IntN(2) == 0 {
			continue
		}
		if arn == "arn:aws:iam::111122223333:role/x/app" &&
			slices.ContainsFunc(w.Entities, func(e Entity) bool { return e.ARN == "arn:aws:iam::111122223333:role/app" }) {
			continue // an account has no two roles of one name
		}
		e := Entity{ARN: arn}
		for kind := policy.Identity; kind <= policy.ScopeDown; kind++ {
			if kind != policy.SCP && kind != policy.RCP && kind != policy.Endpoint && c.IntN(3) > 0 {
				e.Policies = append(e.Policies, pool(kind, arn, 0))
			}
		}
		if strings.HasPrefix(arn, "arn:aws:s3:::") {
			e.Account = []string{"111122223333", "444455556666"}[c.IntN(2)]
		}
		if strings.HasSuffix(arn, ":key/1") {
			e.Aliases = []string{"alias/a"}
		}
		w.Entities = append(w.Entities, e)
	}
	for _, id := range []string{"111122223333", "444455556666"} {
		a := AWSAccount{ID: id}
		for level := range c.IntN(3) {
			a.Policies = append(a.Policies, pool(policy.SCP, id, level+1), pool(policy.RCP, id, level+1))
		}
		w.Accounts = append(w.Accounts, a)
	}
	for _, id := range []string{"", "vpce-1", "vpce-2"} {
		if c.IntN(2) == 0 {
			w.Endpoints = append(w.Endpoints, Endpoint{ID: id, Policies: []*Policy{pool(policy.Endpoint, "endpoint "+id, 0)}})
		}
	}
	return w
}

// oracleCounts is which policies count for a request, read off the ARNs box by
// box, the account that owns the resource, and the one that owns the object where
// that has an entity of its own.
func oracleCounts(w *World, r *Request, names map[*Policy]string) (counts []string, owner, object string) {
	take := func(policies []*Policy, kinds ...policy.Type) {
		for _, p := range policies {
			if slices.Contains(kinds, p.Type) {
				counts = append(counts, names[p])
			}
		}
	}
	who, resource := strings.Split(r.Principal, ":"), r.Resource
	// An operation on an alias is on the key that has it, but for those on the alias itself.
	if key, alias, ok := strings.Cut(resource, "alias/"); ok && r.Action != "kms:CreateAlias" {
		resource = key + "key/UNKNOWN"
		for _, e := range w.Entities {
			if strings.HasPrefix(e.ARN, key) && slices.Contains(e.Aliases, "alias/"+alias) {
				resource = e.ARN
			}
		}
	}
	// 1. What is attached to the caller: to the ARN itself, to the role of a
	// session, to the user behind a federated session.
	for _, e := range w.Entities {
		mine := e.ARN == r.Principal
		if len(who) == 6 && (strings.HasPrefix(who[5], "assumed-role/") || strings.HasPrefix(who[5], "role/")) {
			role := strings.Split(who[5], "/")[1]
			if strings.HasPrefix(who[5], "role/") { // some session of the role of that name
				role = who[5][strings.LastIndexByte(who[5], '/')+1:]
			}
			mine = mine || strings.HasPrefix(e.ARN, "arn:aws:iam::"+who[4]+":role/") && strings.HasSuffix(e.ARN, "/"+role)
		}
		if len(who) == 6 && strings.HasPrefix(who[5], "federated-user/") {
			behind := r.FederatedBy
			if behind == "" {
				behind = "arn:aws:iam::" + who[4] + ":user/" + strings.TrimPrefix(who[5], "federated-user/")
			}
			mine = mine || e.ARN == behind
		}
		if mine {
			take(e.Policies, policy.Identity, policy.Boundary, policy.Session, policy.ScopeDown)
		}
	}
	// 2. What is attached to the resource and to what it lies in.
	kind := policy.Resource
	switch {
	case strings.HasPrefix(r.Action, "kms:") && strings.Contains(resource, ":key/"):
		kind = policy.Key
	case r.Action == "sts:AssumeRole":
		kind = policy.Trust
	}
	shortest, longest := "", ""
	for _, e := range w.Entities {
		in := e.ARN == resource
		if !strings.HasPrefix(resource, "arn:aws:iam") {
			in = in || strings.HasPrefix(resource, e.ARN+"/") || strings.HasPrefix(resource, e.ARN+":")
		}
		if strings.HasPrefix(resource, "arn:aws:glue:") {
			in = in || e.ARN == "arn:aws:glue:us-east-1:111122223333:catalog"
		}
		if !in {
			continue
		}
		take(e.Policies, kind)
		if shortest == "" || len(e.ARN) < len(shortest) {
			shortest, owner = e.ARN, e.Account
		}
		if len(e.ARN) > len(longest) {
			longest, object = e.ARN, e.Account
		}
	}
	if longest == shortest {
		object = ""
	}
	if owner == "" && resource != "*" {
		owner = strings.Split(resource, ":")[4]
	}
	// 3. The organization: SCPs of the caller's account, RCPs of the resource's.
	for _, a := range w.Accounts {
		if len(who) == 6 && a.ID == who[4] {
			take(a.Policies, policy.SCP)
		}
		if a.ID == owner {
			take(a.Policies, policy.RCP)
		}
	}
	// 4. The endpoint that the request came through, and the one of no ID.
	through, _ := r.Context.Get("aws:SourceVpce")
	for _, e := range w.Endpoints {
		if e.ID == "" || slices.Contains(through, e.ID) {
			take(e.Policies, policy.Endpoint)
		}
	}
	return counts, owner, object
}
