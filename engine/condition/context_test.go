package condition_test

import (
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
	}{{"one", "1", true}, {"ONE", "1", true}, {"null", "", true}, {"two", "", false}, {"none", "", false}, {"absent", "", false},
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
