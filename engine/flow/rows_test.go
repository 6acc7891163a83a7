package flow_test

import (
	"os"
	"slices"
	"strings"
	"testing"

	"why403/engine"
	"why403/engine/catalogue/data"
	"why403/engine/flow"
)

const (
	key    = "arn:aws:kms:us-east-1:111122223333:key/k"
	ann    = "arn:aws:iam::111122223333:user/ann"
	object = "arn:aws:s3:::b/o"
)

// encrypted is a world in which a resource is under a KMS key, and in which
// two buckets are its neighbours: one that it replicates to, and one with an
// object that has tags.
func encrypted(t testing.TB, resource string) *engine.Compiled {
	t.Helper()
	w, err := engine.Compile(&engine.World{Catalogue: data.All(), Entities: []engine.Entity{
		{ARN: engine.PolicyARN(resource), Settings: engine.Settings{EncryptedWith: key, ReplicatesTo: "arn:aws:s3:::copies"}},
		{ARN: "arn:aws:s3:::tagged/a", Tags: []engine.Tag{{Key: "team", Value: "blue"}}},
	}})
	if err != nil {
		t.Fatal(err)
	}
	return w
}

// asked is a request; keys are condition keys and values in turn.
func asked(principal, action, resource string, keys ...string) engine.Request {
	r := engine.Request{Principal: principal, Action: action, Resource: resource}
	for i := 0; i < len(keys); i += 2 {
		r.Context.Set(keys[i], keys[i+1])
	}
	return r
}

// Every row of the table has a request in testdata/rows.txt, with the checks
// that the row makes of it and what these carry.
func TestEveryRow(t *testing.T) {
	text, err := os.ReadFile("testdata/rows.txt")
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, block := range strings.Split(string(text), "= ")[1:] {
		head, want, _ := strings.Cut(block, "\n")
		f := strings.Split(head, " | ")
		names = append(names, f[0])
		r := asked(f[1], f[2], f[3])
		for _, pair := range strings.Split(f[4], ";") {
			if name, value, ok := strings.Cut(pair, "="); ok {
				r.Context.Set(name, value)
			}
		}
		call, err := flow.Of(encrypted(t, f[3]), r)
		if err != nil {
			t.Fatalf("%s: %v", f[0], err)
		}
		if got := fromRow(call, f[0]); got != want {
			t.Errorf("%s: got\n%swant\n%s", f[0], got, want)
		}
	}
	for _, row := range flow.Rows() {
		if !slices.Contains(names, row.Name) {
			t.Errorf("%s has no request in testdata/rows.txt", row.Name)
		}
	}
}

// fromRow is the checks that one row made, a line each.
func fromRow(call *flow.Call, row string) string {
	var b strings.Builder
	for _, c := range call.Checks {
		if c.Flow == row {
			b.WriteString(line("", c.Check))
		}
	}
	for _, p := range call.Possible {
		if p.Flow == row {
			b.WriteString(line("if "+p.If+": ", p.Check()))
		}
	}
	return b.String()
}

// line is a check with the keys that it carries of itself: not those that
// every request of its caller has.
func line(prefix string, c *engine.Check) string {
	out := prefix + c.Action + " on " + c.Resource + " by " + c.Principal.ARN
	var keys []string
	c.Context.Each(func(key string, values []string) {
		lower := strings.ToLower(key)
		if !flow.OfCaller(key) && !slices.Contains(always, lower) {
			keys = append(keys, key+"="+strings.Join(values, ","))
		}
	})
	slices.Sort(keys)
	return strings.TrimSpace(out+" "+strings.Join(keys, " ")) + "\n"
}

var always = []string{"aws:securetransport", "aws:requestedregion", "aws:resourceaccount", "kms:calleraccount", "kms:encryptioncontextkeys"}
