package scenario_test

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"why403/engine/answer"
	"why403/engine/scenario"
)

// randomFile is the sections of a file with several requests: entities, accounts
// and an endpoint in folders, and at times what belongs to the request at hand.
type randomFile struct {
	requests []string
	names    []string
	world    []string // whole folders, so that a folder's header goes with its policies
}

// what random files are made of: few words, so that they often meet.
var (
	fileWho = []string{"arn:aws:iam::111122223333:user/bob", "arn:aws:sts::111122223333:assumed-role/app/one",
		"arn:aws:sts::444455556666:assumed-role/app/one",
		"arn:aws:iam::111122223333:root", "arn:aws:sts::111122223333:federated-user/bob", "sns.amazonaws.com", "anonymous",
		"arn:aws:iam::111122223333:role/x/app"}
	fileAsks = []string{"action: s3:GetObject\nresource: arn:aws:s3:::reports/a\n", "action: s3:ListBucket\nresource: arn:aws:s3:::reports\n",
		"action: s3:PutObject\nresource: arn:aws:s3:::logs/b\n", "action: s3:GetObject\nresource: arn:aws:s3:::reports/*\n",
		"action: kms:Decrypt\nresource: arn:aws:kms:us-east-1:111122223333:key/1\n",
		"action: kms:Decrypt\nresource: arn:aws:kms:us-east-1:111122223333:alias/a\n",
		"action: kms:RetireGrant\nresource: arn:aws:kms:us-east-1:111122223333:key/1\n",
		"action: sqs:SendMessage\nresource: arn:aws:sqs:us-east-1:444455556666:q\n",
		"action: sts:AssumeRole\nresource: arn:aws:iam::111122223333:role/x/app\naws:RequestTag/a: b\n",
		"action: s3:ListAllMyBuckets\nresource: *\n",
		"action: s3:GetObject\nresource: arn:aws:s3:::reports/a\nresource: arn:aws:s3:::reports/b\n",
		"action: s3:GetObject\nresource: arn:aws:s3:::reports/a\nresource: arn:aws:s3:::logs/b\nresource: arn:aws:s3:::third/c\n",
		"action: s3:GetObject\nresource: arn:aws:s3:::third/c\nresource: arn:aws:s3:::logs/b\n",
		"action: sqs:SendMessage\nresource: arn:aws:sqs:us-east-1:444455556666:q\nresource: arn:aws:sqs:us-east-1:111122223333:q\n",
		"action: kms:Decrypt\nresource: arn:aws:kms:us-east-1:111122223333:alias/a\nresource: arn:aws:kms:us-east-1:444455556666:key/2\n",
		"action: lambda:CreateFunction\nresource: arn:aws:lambda:us-east-1:111122223333:function:f\nresource: " +
			"arn:aws:iam::111122223333:role/x/app\n",
		"action: iam:PassRole\nresource: arn:aws:iam::111122223333:role/x/app\n"}
	fileLines = []string{"aws:SourceVpce: vpce-1\n", "block-public-access: RestrictPublicBuckets\n", "management-account: 111122223333\n",
		"resource-account: 444455556666\n",
		"kms:EncryptionContext:app: a\n", "aws:PrincipalTag/team: red\n", "object-ownership: ObjectWriter\n", "endpoint-type: gateway\n",
		"object-owner: 111122223333\n", "encrypted-with: arn:aws:kms:us-east-1:444455556666:key/2\n"}
	fileEntities = []struct{ header, resource string }{
		{"arn: arn:aws:s3:::reports\naccount: 111122223333\nencrypted-with: arn:aws:kms:us-east-1:111122223333:key/1\n", "policy"},
		{"arn: arn:aws:s3:::logs\naccount: 444455556666\nobject-ownership: ObjectWriter\n", "policy acl"},
		{"arn: arn:aws:kms:us-east-1:111122223333:key/1\nalias: alias/a\n", "policy grants"},
		{"arn: arn:aws:kms:us-east-1:444455556666:key/2\nkey-manager: aws\n", "policy grants"},
		{"arn: arn:aws:sqs:us-east-1:444455556666:q\n", "policy"},
		{"arn: arn:aws:iam::111122223333:role/x/app\ntag/team: blue\n", "trust identity boundary"},
		{"arn: arn:aws:iam::444455556666:role/app\n", "trust identity"},
		{"arn: arn:aws:iam::111122223333:user/bob\n", "identity boundary session"},
		{"arn: arn:aws:ec2:us-east-1:111122223333:vpc-endpoint/vpce-1\nendpoint-type: gateway\n", "policy"},
	}
	filePrincipals = []string{`"*"`, `{"AWS":"111122223333"}`, `{"AWS":"arn:aws:iam::111122223333:role/x/app"}`,
		`{"AWS":"arn:aws:iam::444455556666:root"}`,
		`{"AWS":["arn:aws:iam::111122223333:user/bob","arn:aws:sts::444455556666:assumed-role/app/one"]}`, `{"Service":"sns.amazonaws.com"}`}
	fileActions    = []string{`"*"`, `"*"`, `["s3:*","kms:*"]`, `["s3:Get*","kms:Decrypt","sts:*"]`, `"sqs:*"`}
	fileConditions = []string{"", "", "", `,"Condition":{"StringEquals":{"aws:PrincipalTag/team":"blue"}}`,
		`,"Condition":{"Null":{"aws:SourceVpce":"true"}}`,
		`,"Condition":{"ArnLike":{"aws:PrincipalArn":"arn:aws:iam::*:role/x/*"}}`}
)

func one[T any](c *rand.Rand, from []T) T { return from[c.IntN(len(from))] }

// filePolicy is a policy document: kind is policy, trust, or anything else for
// one without principals.
func filePolicy(c *rand.Rand, kind string) string {
	var statements []string
	for range 1 + c.IntN(2) {
		s := fmt.Sprintf(`{"Effect":"%s"`, one(c, []string{"Allow", "Allow", "Allow", "Deny"}))
		if kind == "policy" || kind == "trust" {
			s += `,"Principal":` + one(c, filePrincipals)
		}
		action := one(c, fileActions)
		if kind == "trust" {
			action = one(c, []string{`"sts:AssumeRole"`, `["sts:AssumeRole","sts:TagSession"]`})
		}
		s += `,"Action":` + action
		if kind != "trust" {
			s += `,"Resource":"*"`
		}
		statements = append(statements, s+one(c, fileConditions)+"}")
	}
	return `{"Version":"2012-10-17","Statement":[` + strings.Join(statements, ",") + "]}\n"
}

func newRandomFile(c *rand.Rand) (f randomFile) {
	for i := range 2 + c.IntN(3) {
		name := string(rune('a' + i))
		text := "-- request/" + name + " --\nprincipal: " + one(c, fileWho) + "\n" + one(c, fileAsks)
		for _, line := range fileLines {
			if c.IntN(6) == 0 {
				text += line
			}
		}
		f.requests, f.names = append(f.requests, text), append(f.names, name)
	}
	for i, e := range fileEntities {
		if c.IntN(4) > 0 {
			f.world = append(f.world, fileFolder(c, fmt.Sprintf("entity/e%d", i), e.header, e.resource))
		}
	}
	for _, account := range []string{"111122223333", "444455556666"} {
		header := one(c, []string{"", "organization: o-1234567890\n", "management-account: 444455556666\n"})
		folder := "-- account/" + account + " --\n" + header
		if c.IntN(2) == 0 {
			folder += "-- account/" + account + "/scp/1-root/a.json --\n" + filePolicy(c, "")
		}
		if c.IntN(4) == 0 {
			folder += "-- account/" + account + "/scp/2-ou/b.json --\n" + filePolicy(c, "")
		}
		f.world = append(f.world, folder)
	}
	for _, own := range [...]struct{ section, kind string }{
		{"identity/own.json", ""}, {"boundary.json", ""}, {"scp/1-root/own.json", ""}, {"endpoint.json", "policy"},
		{"resource.json", "policy"}, {"rcp/1-root/own.json", "policy"},
	} {
		if c.IntN(7) == 0 {
			f.world = append(f.world, "-- "+own.section+" --\n"+filePolicy(c, own.kind))
		}
	}
	if c.IntN(7) == 0 {
		f.world = append(f.world, "-- grants.json --\n"+fileGrants(c,
			one(c, []string{"", `"KeyId":"1",`, `"KeyId":"arn:aws:kms:us-east-1:444455556666:key/2",`})))
	}
	if c.IntN(9) == 0 {
		f.world = append(f.world, "-- acl.json --\n"+fileACL)
	}
	slices.Sort(f.world)
	return f
}

const fileACL = `{"Owner":{"ID":"444455556666"},"Grants":[` +
	`{"Grantee":{"Type":"Group","URI":"http://acs.amazonaws.com/groups/global/AllUsers"},"Permission":"FULL_CONTROL"}]}` + "\n"

// fileGrants is a grant, on a key that it names or on one that it does not.
func fileGrants(c *rand.Rand, key string) string {
	return `{"Grants":[{"GrantId":"g",` + key + `"GranteePrincipal":"` + one(c, fileWho[:3]) +
		`","Operations":["Decrypt","RetireGrant"]}]}` + "\n"
}

// fileFolder is the folder of an entity, with some of what it can have.
func fileFolder(c *rand.Rand, name, header, has string) string {
	text := "-- " + name + " --\n" + header
	for kind := range strings.FieldsSeq(has) {
		if c.IntN(4) == 0 {
			continue
		}
		switch kind {
		case "policy", "trust":
			text += "-- " + name + "/policy.json --\n" + filePolicy(c, kind)
		case "identity":
			text += "-- " + name + "/identity/a.json --\n" + filePolicy(c, kind)
		case "boundary", "session":
			text += "-- " + name + "/" + kind + ".json --\n" + filePolicy(c, kind)
		case "grants":
			text += "-- " + name + "/grants.json --\n" + fileGrants(c, "")
		case "acl":
			text += "-- " + name + "/acl.json --\n" + fileACL
		}
	}
	return text
}

// judged is the answer to each request of a file, by name: what each of its
// checks comes to. A file that has errors has none.
func judged(text string) map[string]string {
	f := scenario.Parse(text)
	if f.Errors() {
		return nil
	}
	out := map[string]string{}
	for i := range f.Requests {
		out[f.Requests[i].Name] = judgedOne(&f.Requests[i])
	}
	return out
}

func judgedOne(r *scenario.Request) string {
	a := answer.Of(r)
	words := []string{a.Outcome.String() + " " + a.Decision.Check.Action}
	for _, c := range a.Checks {
		words = append(words, fmt.Sprintf("%s %s %v %d", c.Action, c.Resource, c.Decision.Outcome, c.Decision.DeniedBy))
	}
	return strings.Join(words, "\n")
}

// judgedAgain is judged for another version of a file, each request read again by
// itself.
func judgedAgain(t *testing.T, f *scenario.File, text string) map[string]string {
	t.Helper()
	out := map[string]string{}
	for i := range f.Requests {
		again := f.AgainFor(text, i)
		if again.Errors() {
			return nil
		}
		for j := range again.Requests {
			switch r := &again.Requests[j]; {
			case r.Section == f.Requests[i].Section:
				out[r.Name] = judgedOne(r)
			case r.Check != nil || r.World != nil:
				t.Fatalf("%s is judged beside %s", r.Section, f.Requests[i].Section)
			}
		}
	}
	return out
}

// The order of requests and of folders never matters, nor what else is asked in
// the file.
func TestFileLaws(t *testing.T) {
	rounds := 1_500
	if testing.Short() {
		rounds = 250
	}
	c := rand.New(rand.NewPCG(403, 5))
	answered, refused, outcomes := 0, 0, map[string]int{}
	for range rounds {
		f := newRandomFile(c)
		text := strings.Join(f.requests, "") + strings.Join(f.world, "")
		first := judged(text)
		c.Shuffle(len(f.world), func(i, j int) { f.world[i], f.world[j] = f.world[j], f.world[i] })
		order := c.Perm(len(f.requests))
		var other strings.Builder
		for _, i := range order[1:] {
			other.WriteString(f.requests[i])
		}
		other.WriteString(strings.Join(f.world, "") + f.requests[order[0]])
		second := judged(other.String())
		if (first == nil) != (second == nil) {
			t.Fatalf("one order has errors, the other has none:\n%s\n\nor\n%s", text, other.String())
		}
		if first == nil {
			refused++
			continue
		}
		answered++
		less := strings.Join(f.requests, "") + strings.Join(f.world[:len(f.world)/2], "")
		for _, version := range []string{text, less} {
			whole, each := judged(version), judgedAgain(t, scenario.Parse(other.String()), version)
			if whole != nil && !maps.Equal(whole, each) {
				t.Fatalf("as a whole %v\none by one %v\n%s", whole, each, version)
			}
		}
		world := strings.Join(slices.Sorted(slices.Values(f.world)), "")
		for i, name := range f.names {
			outcomes[first[name]]++
			if first[name] != second[name] {
				t.Fatalf("%s: %s\nin another order: %s\n%s\n\nor\n%s", name, first[name], second[name], text, other.String())
			}
			// Alone, a resource.json may belong to nothing, and that is an error.
			if alone := judged(f.requests[i] + world); alone != nil && alone[name] != first[name] {
				t.Fatalf("%s: %s\nalone: %s\n%s", name, first[name], alone[name], text)
			}
		}
	}
	t.Logf("%d files answered, %d with errors, %d different answers", answered, refused, len(outcomes))
	if answered < rounds/2 || len(outcomes) < 40 {
		t.Errorf("%d files answered, with %d different answers", answered, len(outcomes))
	}
}

// reversed is a request with its resource lines in the other order.
func reversed(request string) string {
	lines := strings.SplitAfter(request, "\n")
	var at []int
	for i, line := range lines {
		if strings.HasPrefix(line, "resource: ") {
			at = append(at, i)
		}
	}
	for i, j := 0, len(at)-1; i < j; i, j = i+1, j-1 {
		lines[at[i]], lines[at[j]] = lines[at[j]], lines[at[i]]
	}
	return strings.Join(lines, "")
}

// checks are the checks of the only request of a file with their outcomes, in
// no order; nil for a file with errors.
func checks(text string) (out []string) {
	f := scenario.Parse(text)
	if f.Errors() {
		return nil
	}
	a := answer.Of(&f.Requests[0])
	for _, c := range a.Checks {
		out = append(out, fmt.Sprintf("%s on %s of %s: %v %d", c.Action, c.Resource, c.ResourceAccount, c.Decision.Outcome, c.Decision.DeniedBy))
	}
	slices.Sort(out)
	return out
}

// Each resource of a call is judged by what belongs to it: in any order, and as
// it is when it is asked for alone.
func TestResourceLaws(t *testing.T) {
	rounds := 3_000
	if testing.Short() {
		rounds = 500
	}
	c := rand.New(rand.NewPCG(403, 6))
	turned, alone := 0, map[string]int{}
	for range rounds {
		f := newRandomFile(c)
		request, world := f.requests[0], strings.Join(f.world, "")
		if strings.Count(request, "\nresource: ") < 2 {
			continue
		}
		together := checks(request + world)
		if other := checks(reversed(request) + world); !slices.Equal(together, other) {
			t.Fatalf("%v\nthe other way round: %v\n%s", together, other, request+world)
		}
		turned++
		if together == nil || strings.Contains(world, "-- resource.json") || strings.Contains(world, "-- acl.json") ||
			strings.Contains(world, "-- grants.json") ||
			strings.Contains(request, "resource-account: ") || strings.Contains(request, "encrypted-with: ") ||
			strings.Contains(request, "object-o") {
			continue // what belongs to one resource only can belong to another, asked for alone
		}
		for line := range strings.SplitAfterSeq(request, "\n") {
			if !strings.HasPrefix(line, "resource: ") {
				continue
			}
			before, after, _ := strings.Cut(request, "resource: ")
			rest := after[strings.LastIndex(after, "resource: "):]
			_, rest, _ = strings.Cut(rest, "\n")
			for _, one := range checks(before + line + rest + world) {
				if !slices.Contains(together, one) {
					t.Fatalf("alone: %s\ntogether: %v\n%s", one, together, request+world)
				}
				alone[one]++
			}
		}
	}
	t.Logf("%d requests turned round, %d different checks alone", turned, len(alone))
	if turned < rounds/5 || len(alone) < 30 {
		t.Errorf("%d requests turned round, %d different checks alone", turned, len(alone))
	}
}
