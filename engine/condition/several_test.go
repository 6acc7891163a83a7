package condition_test

import (
	"math/rand/v2"
	"strings"
	"testing"

	"why403/engine/condition"
)

// A set operator over several values is what each of them comes to by itself,
// put together, with variables as without.
func TestSeveralValues(t *testing.T) {
	c := rand.New(rand.NewPCG(403, 8))
	words := []string{"alice", "a*", "${aws:username}", "${aws:PrincipalTag/star}", "${aws:PrincipalTag/none}",
		"${aws:PrincipalTag/none, 'bob'}", "${aws:username}*",
		"bob", "true", "${aws:PrincipalTag/yes}", "x", "", "arn:aws:iam::111122223333:role/app", "${aws:PrincipalTag/arn}",
		"arn:aws:iam::111122223333:role/${aws:username}", "false"}
	some := func(n int) string {
		var out []string
		for range n {
			out = append(out, words[c.IntN(len(words))])
		}
		return strings.Join(out, "|")
	}
	operators := strings.Fields("StringEquals StringNotEquals StringEqualsIgnoreCase StringLike StringNotLike Bool ArnLike ArnNotLike " +
		"NumericEquals")
	seen := map[string]int{}
	for range 20_000 {
		values, asked := some(1+c.IntN(4)), some(2+c.IntN(4))
		if c.IntN(100) == 0 {
			asked += strings.Repeat("|alice", 200) + "|" + some(3)
		}
		operator := operators[c.IntN(len(operators))]
		var every, filled []condition.Result
		for one := range strings.SplitSeq(asked, "|") {
			every = append(every, judge(operator, values, one))
			if one != "" { // an empty string is no value to ForAllValues
				filled = append(filled, every[len(every)-1])
			}
		}
		for set, want := range map[string]condition.Result{"ForAllValues:": together(true, filled), "ForAnyValue:": together(false, every)} {
			got := judge(set+operator, values, asked)
			if got != want {
				t.Fatalf("%s%s %q, request %q: %+v, each by itself %+v", set, operator, values, asked, got, want)
			}
			seen[set+operator+got.Note.Code()]++
		}
	}
	if len(seen) < 30 {
		t.Errorf("%d kinds of results: %v", len(seen), seen)
	}
}

// together is what a set operator makes of the results of several values: one
// that could be judged settles it, or all of them count.
func together(all bool, results []condition.Result) condition.Result {
	out := condition.Result{Match: all}
	for _, r := range results {
		if r.Match != all && r.Note == none {
			return r
		}
		if r.Match != all {
			out.Match = !all
		}
		out.Note = max(out.Note, r.Note)
	}
	return out
}
