package answer

import (
	"fmt"
	"strings"
	"testing"

	"why403/engine"
	"why403/engine/internal/memory"
	"why403/engine/scenario"
)

// While all parts of a pattern are allowed, each is looked at, however much was searched
// before: the last one may be denied. Once one is not allowed, the bound holds.
func TestSearchedToTheLast(t *testing.T) {
	const ask = "-- request --\nprincipal: arn:aws:iam::111122223333:user/bob\naction: %s\nresource: %s\n" +
		"resource-account: 111122223333\n"
	const all = "-- identity/a.json --\n{\"Statement\": [{\"Effect\": \"Allow\", \"Action\": \"*\", \"Resource\": \"*\"}%s]}\n"
	deny := func(resource string) string {
		return `, {"Effect": "Deny", "Action": "*", "Resource": "` + resource + `"}`
	}
	queues := func(denying ...int) string {
		var b strings.Builder
		for i := range 50 {
			fmt.Fprintf(&b, "-- entity/q%02d --\narn: arn:aws:sqs:us-east-1:111122223333:q%02d\n", i, i)
			for _, n := range denying {
				if n == i {
					fmt.Fprintf(&b, "-- entity/q%02d/policy.json --\n{\"Statement\": {\"Effect\": \"Deny\", \"Principal\": \"*\", \"Action\": \"*\", "+
						"\"Resource\": \"*\"}}\n", i)
				}
			}
		}
		return b.String()
	}
	askObjects := fmt.Sprintf(ask, "s3:GetObject", "arn:aws:s3:::b/*")
	askQueues := fmt.Sprintf(ask, "sqs:SendMessage", "arn:aws:sqs:us-east-1:111122223333:*") + fmt.Sprintf(all, "")
	for name, c := range map[string]struct {
		text    string
		want    engine.Outcome
		partial bool // not all parts are looked at where nothing may be searched
	}{
		"a part behind an allowed one": {askObjects + fmt.Sprintf(all, deny("arn:aws:s3:::b/z")), engine.ExplicitDeny, true},
		"the last entity":              {askQueues + queues(49), engine.ExplicitDeny, false},
		"none":                         {askQueues + queues(), engine.Allowed, false},
		"the first entity":             {askQueues + queues(0), engine.ExplicitDeny, true},
	} {
		f := scenario.Parse(c.text)
		if f.Errors() {
			t.Fatalf("%s: %+v", name, f.Problems)
		}
		check := callOf(&f.Requests[0]).Checks[0]
		whole, bounded := decidedWithin(check, check.MostSearched()), decidedWithin(check, 0)
		if whole.Decision.Outcome != c.want || bounded.Decision.Outcome != c.want {
			t.Errorf("%s: %v, and %v where nothing may be searched", name, whole.Decision.Outcome, bounded.Decision.Outcome)
		}
		if partial := len(bounded.Parts) < len(whole.Parts); partial != c.partial {
			t.Errorf("%s: %d parts, of %d", name, len(bounded.Parts), len(whole.Parts))
		}
	}
}

// Of the entities that lie under a pattern, so many are decided one by one, and a file of
// more takes their number and not its square.
func TestManyEntitiesUnderPattern(t *testing.T) {
	took := func(n int) int {
		var b strings.Builder
		b.WriteString("-- request --\nprincipal: arn:aws:iam::111122223333:user/bob\naction: sqs:SendMessage\n" +
			"resource: arn:aws:sqs:us-east-1:111122223333:*\n" +
			"-- identity/p.json --\n{\"Statement\": {\"Effect\": \"Allow\", \"Action\": \"*\", \"Resource\": \"*\"}}\n")
		for i := range n {
			fmt.Fprintf(&b, "-- entity/q%d --\narn: arn:aws:sqs:us-east-1:111122223333:q%d\n", i, i)
		}
		f := scenario.Parse(b.String())
		if f.Errors() {
			t.Fatalf("%+v", f.Problems[0])
		}
		return memory.Objects(func() { Of(&f.Requests[0]) })
	}
	if few, many := took(400), took(4000); many > few*3 {
		t.Errorf("%d objects for 400 entities, %d for 4,000", few, many)
	}
}

// The requests of a file share what the search for what they depend on may take.
func TestSearchIsShared(t *testing.T) {
	var b strings.Builder
	const requests = 400
	for i := range requests {
		fmt.Fprintf(&b, "-- request/%d --\nprincipal: arn:aws:iam::111122223333:user/bob\naction: s3:GetObject\nresource: arn:aws:s3:::b%d/k\n"+
			"resource-account: 111122223333\nunknown: *\n", i, i)
	}
	b.WriteString("-- identity/a.json --\n{\"Statement\": [")
	for i := range 20 {
		fmt.Fprintf(&b, `{"Effect": "Allow", "Action": "*", "Resource": "*", "Condition": {"StringEquals": {"aws:PrincipalTag/t%d": "v"}}},`, i)
	}
	f := scenario.Parse(strings.TrimSuffix(b.String(), ",") + "]}\n")
	all := 0
	for i := range f.Requests {
		j := Judge(&f.Requests[i])
		if all += j.Searched(); j.Outcome != engine.Undecided {
			t.Fatalf("request %d: %v", i, j.Outcome)
		}
	}
	if len(f.Requests) != requests || all == 0 || all > 2*scenario.MaxSearch {
		t.Errorf("%d requests took %d steps of %d", len(f.Requests), all, scenario.MaxSearch)
	}
}
