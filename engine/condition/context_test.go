package condition_test

import (
	"strconv"
	"strings"
	"testing"

	"why403/engine/condition"
)

// show lists the keys of a context.
func show(c *condition.Context) string {
	var lines []string
	c.Each(func(key string, values []string) { lines = append(lines, key+"="+strings.Join(values, "|")) })
	return strings.Join(lines, " ")
}

func TestContext(t *testing.T) {
	c := &condition.Context{}
	if c.Has("a") || show(c) != "" {
		t.Error("the zero Context has keys")
	}
	c.Set("kms:EncryptionContext:Name", "old", "older")
	c.Set("empty")
	c.Add("list", "1")
	c.Add("LIST", "2")
	c.Set("KMS:EncryptionContext:NAME", "new")
	c.Set("Größe", "x")
	if got, want := show(c), "KMS:EncryptionContext:NAME=new empty= LIST=1|2 Größe=x"; got != want {
		t.Errorf("keys %q, want %q", got, want)
	}
	if values, present := c.Get("EMPTY"); len(values) != 0 || !present {
		t.Errorf("a key without values: %q, present %v", values, present)
	}
	if values, _ := c.Get("gRÖSSE"); values != nil {
		t.Errorf("ß is no SS: %q", values)
	}
	if !c.Has("GRÖßE") {
		t.Error("names are case-insensitive beyond ASCII too")
	}
}

// A context of many keys, its clones and what is set from it are each by themselves.
func TestManyContextKeys(t *testing.T) {
	var c condition.Context
	for i := range 40 {
		before := c.Clone()
		key := "aws:PrincipalTag/T" + strconv.Itoa(i)
		c.Set(key, "v"+strconv.Itoa(i))
		c.Add(strings.ToLower(key), "second")
		if before.Has(key) {
			t.Fatalf("%s is in a clone that was made before it", key)
		}
		after := c.Clone()
		after.Add(key, "third")
		after.Set("aws:PrincipalTag/t0", "other")
		for j := range i + 1 {
			name := "AWS:principaltag/t" + strconv.Itoa(j)
			if values, _ := c.Get(name); strings.Join(values, " ") != "v"+strconv.Itoa(j)+" second" {
				t.Fatalf("%s has %q of %d keys", name, values, i+1)
			}
		}
		if c.Has("aws:PrincipalTag/t") || c.Has("aws:PrincipalTag/t40") {
			t.Fatal("a key that was never set")
		}
	}
	var some condition.Context
	some.Set("aws:PrincipalTag/T7", "mine")
	some.SetFrom(&c, func(key string) bool { return strings.HasSuffix(key, "7") })
	some.Add("aws:principaltag/t7", "more")
	if got, want := show(&some), "aws:principaltag/t7=v7|second|more aws:principaltag/t17=v17|second aws:principaltag/t27=v27|second "+
		"aws:principaltag/t37=v37|second"; got != want {
		t.Errorf("keys %q, want %q", got, want)
	}
	one, two := some.Clone(), some.Clone()
	one.Add("aws:PrincipalTag/T7", "one")
	two.Add("aws:PrincipalTag/T7", "two")
	if values, _ := one.Get("aws:PrincipalTag/T7"); values[len(values)-1] != "one" {
		t.Errorf("one has %q", values)
	}
	if values, _ := c.Get("aws:PrincipalTag/T7"); len(values) != 2 {
		t.Errorf("the first context has %q now", values)
	}
}

func TestContextVariable(t *testing.T) {
	c := &condition.Context{}
	c.Set("one", "1")
	c.Set("two", "1", "2")
	c.Set("none")
	c.Set("null", "")
	c.Set("aws:TagKeys", "1")
	for _, v := range []struct {
		key, value string
		ok         bool
	}{{"one", "1", true}, {"null", "", true}, {"two", "", false}, {"none", "", false}, {"absent", "", false},
		{"aws:tagkeys", "", false}} {
		if value, ok := c.Variable(v.key); value != v.value || ok != v.ok {
			t.Errorf("${%s} = %q, %v; want %q, %v", v.key, value, ok, v.value, v.ok)
		}
	}
}

func TestMultivalued(t *testing.T) {
	for key, want := range map[string]bool{"aws:TagKeys": true, "AWS:CALLEDVIA": true, "kms:GrantOperations": true, "aws:username": false,
		"kms:EncryptionContext:Keys": false} {
		if condition.Multivalued(key) != want {
			t.Errorf("%s: want %v", key, want)
		}
	}
}
