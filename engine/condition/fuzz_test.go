package condition_test

import (
	"strings"
	"testing"

	"why403/engine/condition"
)

// FuzzCondition holds every operator to the laws that don't depend on what it
// compares.
func FuzzCondition(f *testing.F) {
	for _, rows := range positives {
		for _, r := range rows {
			f.Add(r.values, r.asked)
		}
	}
	f.Add("1|2", "1|3")
	f.Fuzz(func(t *testing.T, values, asked string) {
		if len(values) > 200 || len(asked) > 200 {
			t.Skip()
		}
		condition.Problems("", element("StringLike", values), true)
		for _, p := range pairs {
			positive, negated := judge(p.positive, values, asked), judge(p.negated, values, asked)
			lawOfNegation(t, p, values, asked, positive, negated)
			lawOfSets(t, p.positive, values, asked)
			lawOfSets(t, p.negated, values, asked)
		}
		for _, op := range alone {
			lawOfSets(t, op, values, asked)
		}
		lawOfOrder(t, "Numeric", values, asked)
		lawOfOrder(t, "Date", values, asked)
	})
}

// lawOfNegation: for one value, "not" is the opposite; for several, neither
// matches.
func lawOfNegation(t *testing.T, p pair, values, asked string, positive, negated condition.Result) {
	one := !strings.Contains(asked, "|") && asked != absent
	switch {
	case positive.Note != negated.Note:
		t.Errorf("%+v %q, request %q: notes %q and %q", p, values, asked, positive.Note.Code(), negated.Note.Code())
	case one && positive.Match == negated.Match:
		t.Errorf("%+v %q, request %q: both %v", p, values, asked, positive.Match)
	case positive.Note == several && (positive.Match || negated.Match):
		t.Errorf("%+v %q, request %q: matches several values", p, values, asked)
	}
}

// lawOfSets: ForAllValues and ForAnyValue of one value are that value's answer;
// some of them match where all do; IfExists changes nothing for a key that is
// present.
func lawOfSets(t *testing.T, op, values, asked string) {
	if asked == absent {
		return
	}
	all, some := judge("ForAllValues:"+op, values, asked), judge("ForAnyValue:"+op, values, asked)
	plain := judge(op, values, asked)
	switch one := !strings.Contains(asked, "|"); {
	case one && asked != "" && (all != plain || some != plain):
		t.Errorf("%s %q, request %q: %v, ForAllValues %v, ForAnyValue %v", op, values, asked, plain, all, some)
	case all.Match && !some.Match && strings.Trim(asked, "|") != "":
		t.Errorf("%s %q, request %q: all match but none does", op, values, asked)
	case judge(op+"IfExists", values, asked) != plain:
		t.Errorf("%sIfExists %q, request %q differs", op, values, asked)
	}
}

// lawOfOrder: two values that can be read are less, equal or greater, one of
// the three.
func lawOfOrder(t *testing.T, family, value, asked string) {
	if strings.Contains(value+asked, "|") || judge(family+"Equals", value, asked).Note != none {
		return
	}
	holds := 0
	for _, order := range []string{"LessThan", "Equals", "GreaterThan"} {
		if judge(family+order, value, asked).Match {
			holds++
		}
	}
	if holds != 1 || judge(family+"LessThan", value, asked) != judge(family+"GreaterThan", asked, value) {
		t.Errorf("%s: %q and %q have no order", family, value, asked)
	}
}
