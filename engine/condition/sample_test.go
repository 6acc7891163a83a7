package condition

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"why403/engine/internal/memory"
	"why403/engine/policy"
)

// sampledTests are conditions on one key, each alone.
var sampledTests = []struct{ operator, values string }{
	{"StringEquals", "a b"}, {"StringNotEquals", "a"}, {"StringEqualsIgnoreCase", "Shop"}, {"StringLike", "shop-*"}, {"StringLike", "*"},
	{"StringNotLike", "*-dev ?x"}, {"StringLike", "a*b*c"}, {"NumericLessThan", "10"}, {"NumericGreaterThanEquals", "0.5 7"},
	{"NumericEquals", "3"},
	{"DateLessThan", "2026-12-01T00:00:00Z"}, {"DateGreaterThanEquals", "2026-12-01"}, {"Bool", "true"},
	{"IpAddress", "203.0.113.0/24 10.0.0.0/8"},
	{"NotIpAddress", "192.0.2.0/24"}, {"ArnLike", "arn:aws:iam::111122223333:role/*"},
	{"ArnNotEquals", "arn:aws:sns:us-east-1:111122223333:t"},
	{"Null", "true"}, {"Null", "false"}, {"StringEqualsIfExists", "a"}, {"BoolIfExists", "false"}, {"ForAllValues:StringEquals", "a b"},
	{"ForAnyValue:StringLike", "x* y"}, {"BinaryEquals", "QUJD"}, {"NoSuchOperator", "a"},
}

// probes are values that a request could carry.
var probes = [][]string{nil, {""}, {"a"}, {"b"}, {"A"}, {"shop"}, {"SHOP-1"}, {"shop-1"}, {"web-dev"}, {"zx"}, {"axbyc"}, {"0"},
	{"0.5"}, {"3"}, {"7"}, {"9.99"}, {"10"}, {"11"},
	{"2026-11-30T23:59:59Z"}, {"2026-12-01T00:00:00Z"}, {"2027-01-01"}, {"true"}, {"false"}, {"203.0.113.9"}, {"10.1.2.3"}, {"192.0.2.1"},
	{"8.8.8.8"}, {"2001:db8::1"},
	{"arn:aws:iam::111122223333:role/x"}, {"arn:aws:sns:us-east-1:111122223333:t"}, {"arn:aws:sqs:us-east-1:111122223333:t"}, {"a", "b"},
	{"a", "q"}, {"x1", "q"}, {"q"}, {"QUJD"}}

// For every value that a request could carry, one of the samples is treated
// alike.
func TestSamples(t *testing.T) {
	for _, c := range sampledTests {
		var values []policy.Text
		for _, v := range strings.Fields(c.values) {
			values = append(values, policy.Text{Value: v})
		}
		tests := Compile(policy.Condition{Tests: []policy.Test{{Operator: policy.Text{Value: c.operator}, Key: policy.Text{Value: "aws:K"},
			Values: values}}}, true)
		samples := Samples("aws:k", []*Test{&tests[0]}, &Context{}, true)
		if !slices.ContainsFunc(samples, func(s Sample) bool { return s.Form == FormAbsent && len(s.Values) == 0 }) {
			t.Errorf("%s %s: no sample without the key", c.operator, c.values)
		}
		seen := map[bool]bool{}
		for _, s := range samples {
			seen[matches(&tests[0], s.Values)] = true
		}
		for _, p := range probes {
			if !seen[matches(&tests[0], p)] {
				t.Errorf("%s %s: no sample is treated as %q is: %v", c.operator, c.values, p, samples)
			}
		}
		for _, s := range Samples("aws:k", []*Test{&tests[0]}, &Context{}, false) {
			if s.Form == FormAbsent {
				t.Errorf("%s %s: a sample without a key that is always sent", c.operator, c.values)
			}
		}
	}
}

func matches(t *Test, values []string) bool {
	var ctx Context
	if values != nil {
		ctx.Set("aws:k", values...)
	}
	var scratch []byte
	return t.Match(&ctx, &scratch).Match
}

// What stands for other values is named by no policy.
func TestUnnamedSamples(t *testing.T) {
	for _, c := range []struct {
		operator, value string
		some            bool // there are values that no policy names
	}{
		{"IpAddress", "198.51.100.0/24", true}, {"IpAddress", "0.0.0.0/0", true}, {"StringLike", "*", false}, {"StringLike", "an*", true},
		{"ArnLike", "arn:aws:iam::*:role/*", true}, {"Bool", "true", false},
	} {
		tests := Compile(policy.Condition{Tests: []policy.Test{{Operator: policy.Text{Value: c.operator}, Key: policy.Text{Value: "aws:K"},
			Values: []policy.Text{{Value: c.value}}}}}, true)
		some := false
		for _, s := range Samples("aws:k", []*Test{&tests[0]}, &Context{}, true) {
			if s.Form != FormOther {
				continue
			}
			some = true
			if matches(&tests[0], s.Values) {
				t.Errorf("%s %s names %v", c.operator, c.value, s.Values)
			}
		}
		if some != c.some {
			t.Errorf("%s %s: others %v, want %v", c.operator, c.value, some, c.some)
		}
	}
}

// Once there are as many samples as there may be, no more values are read.
func TestManySampled(t *testing.T) {
	made := func(n int) int {
		values := make([]policy.Text, n)
		for i := range values {
			values[i].Value = fmt.Sprintf("10.%d.%d.0/24", i/250, i%250)
		}
		tests := Compile(policy.Condition{Tests: []policy.Test{{Operator: policy.Text{Value: "IpAddress"},
			Key: policy.Text{Value: "aws:SourceIp"}, Values: values}}}, false)
		return memory.Objects(func() { Samples("aws:sourceip", []*Test{&tests[0]}, &Context{}, true) })
	}
	if few, many := made(MaxSamples), made(20*MaxSamples); many > few*3/2 {
		t.Errorf("%d allocations for %d values, %d for %d", few, MaxSamples, many, 20*MaxSamples)
	}
}
