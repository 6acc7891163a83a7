package condition_test

import (
	"strings"
	"testing"

	"why403/engine/condition"
	"why403/engine/policy"
)

// Lists in the tables are divided by "|". A key that is absent says so; one that
// is "" is present with an empty string.
const absent = "(absent)"

// element is a Condition element with one key under one operator.
func element(operator, values string) policy.Condition {
	test := policy.Test{Operator: policy.Text{Value: operator}, Key: policy.Text{Value: "Test:Key"}}
	for _, v := range strings.Split(values, "|") {
		test.Values = append(test.Values, policy.Text{Value: v})
	}
	return policy.Condition{Tests: []policy.Test{test}}
}

// request is a context with test:key and what the variables of the tables need.
func request(values string) *condition.Context {
	c := &condition.Context{}
	c.Set("aws:username", "alice")
	c.Set("aws:PrincipalAccount", "111122223333")
	c.Set("aws:PrincipalTag/star", "a*")
	c.Set("aws:PrincipalTag/empty", "")
	c.Set("aws:PrincipalTag/arn", "arn:aws:iam::111122223333:role/app")
	c.Set("aws:PrincipalTag/yes", "true")
	c.Set("aws:TagKeys", "alice")
	if values != absent {
		c.Set("TEST:key", strings.Split(values, "|")...)
	}
	return c
}

// judge is the answer of one operator, with variables.
func judge(operator, values, asked string) condition.Result {
	test := condition.Compile(element(operator, values), true)[0]
	return test.Match(request(asked), new([]byte))
}

const (
	none       = condition.NoteNone
	unknown    = condition.NoteUnknownOperator
	badPolicy  = condition.NoteBadPolicyValue
	badContext = condition.NoteBadContextValue
	unresolved = condition.NoteUnresolvedVariable
	several    = condition.NoteSeveralValues
)

// row asks one operator about one key.
type row struct {
	operator, values, asked string
	want                    bool
	note                    condition.Note
}

func check(t *testing.T, rows []row) {
	t.Helper()
	for _, r := range rows {
		got := judge(r.operator, r.values, r.asked)
		if got.Match != r.want || got.Note != r.note {
			t.Errorf("%s %q, request %q: %v %q, want %v %q", r.operator, r.values, r.asked, got.Match, got.Note.Code(), r.want, r.note.Code())
		}
	}
}

// pair is an operator and the negated one, which answers the opposite wherever
// one value is compared.
type pair struct{ positive, negated string }

var pairs = []pair{
	{"StringEquals", "StringNotEquals"},
	{"StringEqualsIgnoreCase", "StringNotEqualsIgnoreCase"},
	{"StringLike", "StringNotLike"},
	{"NumericEquals", "NumericNotEquals"},
	{"DateEquals", "DateNotEquals"},
	{"IpAddress", "NotIpAddress"},
	{"ArnEquals", "ArnNotEquals"},
	{"ArnLike", "ArnNotLike"},
}

// alone are the operators that no other one negates, but for Null.
var alone = []string{
	"NumericLessThan", "NumericLessThanEquals", "NumericGreaterThan", "NumericGreaterThanEquals",
	"DateLessThan", "DateLessThanEquals", "DateGreaterThan", "DateGreaterThanEquals",
	"Bool", "BinaryEquals",
}

// A key that is absent, or present without a value; and one with several values
// where the operator compares one.
func TestMissingAndSeveral(t *testing.T) {
	for _, op := range allOperators() {
		negated := strings.Contains(op, "Not")
		check(t, []row{
			{op, "1", absent, negated, none},
			{op + "IfExists", "1", absent, true, none},
			{"ForAllValues:" + op, "1", absent, true, none},
			{"ForAllValues:" + op + "IfExists", "1", absent, true, none},
			{"ForAnyValue:" + op, "1", absent, false, none},
			{"ForAnyValue:" + op + "IfExists", "1", absent, false, none},
			{op, "1|2", "1|2", false, several},
			{op + "IfExists", "3", "1|2", false, several},
			// An empty string is a null data set for ForAllValues.
			{"ForAllValues:" + op, "1", "", true, none},
			{"ForAllValues:" + op, "1", "|", true, none},
		})
		test := condition.Compile(element(op, "1"), true)[0]
		ctx := request(absent)
		ctx.Set("test:key")
		if got := test.Match(ctx, nil); got.Match != negated {
			t.Errorf("%s: a key without values is as good as absent", op)
		}
	}
}

func allOperators() []string {
	all := append([]string(nil), alone...)
	for _, p := range pairs {
		all = append(all, p.positive, p.negated)
	}
	return all
}

// The rows of each pair are judged by both operators: with one value asked, the
// negated one says the opposite, and the same when something can't be read.
func TestPairs(t *testing.T) {
	for _, p := range pairs {
		rows := positives[p.positive]
		if len(rows) == 0 {
			t.Errorf("no rows for %s", p.positive)
		}
		for _, r := range rows {
			for _, suffix := range []string{"", "IfExists"} {
				check(t, []row{
					{p.positive + suffix, r.values, r.asked, r.want, r.note},
					{p.negated + suffix, r.values, r.asked, !r.want, r.note},
					{"ForAnyValue:" + p.positive + suffix, r.values, r.asked, r.want, r.note},
					{"ForAnyValue:" + p.negated + suffix, r.values, r.asked, !r.want, r.note},
				})
				if r.asked == "" {
					continue // no value to ForAllValues
				}
				check(t, []row{
					{"ForAllValues:" + p.positive + suffix, r.values, r.asked, r.want, r.note},
					{"ForAllValues:" + p.negated + suffix, r.values, r.asked, !r.want, r.note},
				})
			}
		}
	}
}

// sample is a row of a pair: one value asked.
type sample struct {
	values, asked string
	want          bool
	note          condition.Note
}

var positives = map[string][]sample{
	"StringEquals": {
		{"a", "a", true, none},
		{"a", "A", false, none},
		{"a|b", "b", true, none},
		{"a|b", "c", false, none},
		{"", "", true, none},
		{"a*", "a*", true, none},
		{"a*", "abc", false, none},
		{"true", "true", true, none},
		{"${aws:username}", "alice", true, none},
		{"${AWS:UserName}", "bob", false, none},
		{"${none, 'alice'}", "alice", true, none},
		{"<${aws:PrincipalTag/empty}>", "<>", false, unresolved},
		{"${*}${?}${$}", "*?$", true, none},
		{"${aws:x", "${aws:x", true, none},
		{"${none}", "alice", false, unresolved},
		{"${none}|alice", "alice", true, none}, // another value settles it
		{"${aws:TagKeys}", "alice", false, unresolved},
	},
	"StringEqualsIgnoreCase": {
		{"Straße", "sTRAßE", true, none},
		{"a|B", "b", true, none},
		{"a*", "AB", false, none},
		{"${aws:username}", "ALICE", true, none},
		{"${none}", "alice", false, unresolved},
	},
	"StringLike": {
		{"a*", "abc", true, none},
		{"a*", "Abc", false, none},
		{"a?c", "a日c", true, none},
		{"????", "blue", true, none},
		{"*", "", true, none},
		{"x|*c", "abc", true, none},
		{"arn:aws:someservice:*:111122223333:finance/*",
			"arn:aws:someservice:us-east-2:999999999999:store/abc:111122223333:finance/document.txt", true, none},
		{"a${*}", "abc", false, none},
		{"a${*}", "a*", true, none},
		{"${aws:PrincipalTag/star}", "abc", false, none}, // substituted text is plain
		{"${aws:PrincipalTag/star}*", "a*bc", true, none},
		{"*${none}*", "abc", false, unresolved},
		{"*", strings.Repeat("a", policy.MaxText+1), false, badContext},
	},
	"NumericEquals": {
		{"10", "10", true, none},
		{"10", "10.0", true, none},
		{"10|20", "20", true, none},
		{"1e1", "10", true, none},
		{"0", "-0", true, none},
		{"9007199254740993", "9007199254740992", false, none}, // the same as binary floating point
		{"0.1", "0.10000000000000000001", false, none},
		{"10", "10abc", false, badContext},
		{"10", "", false, badContext},
		{"10abc", "10", false, badPolicy},
		{"x|10", "10", true, none},
		{"${aws:PrincipalAccount}", "111122223333", false, badPolicy},
	},
	"DateEquals": {
		{"2026-01-01", "2026-01-01T00:00:00Z", true, none},
		{"2026-01-01T01:00:00+01:00", "2026-01-01T00:00Z", true, none},
		{"1767225600", "2026-01-01", true, none},
		{"2026", "2026-01", true, none},
		{"2026-01-01T00:00:00.50Z", "2026-01-01T00:00:00.5Z", true, none},
		{"2026-01-01T00:00:00.5Z", "2026-01-01T00:00:00Z", false, none},
		{"2026-01-01", "yesterday", false, badContext},
		{"2026-02-30", "2026-02-28", false, badPolicy},
	},
	"IpAddress": {
		{"203.0.113.0/24", "203.0.113.77", true, none},
		{"203.0.113.77/24", "203.0.113.1", true, none}, // bits after the prefix
		{"203.0.113.5", "203.0.113.5", true, none},
		{"203.0.113.5", "203.0.113.6", false, none},
		{"0.0.0.0/0", "8.8.8.8", true, none},
		{"0.0.0.0/0", "2001:db8::1", false, none},
		{"::/0", "8.8.8.8", false, none},
		{"::/0", "::ffff:8.8.8.8", true, none},
		{"0.0.0.0/0", "::ffff:8.8.8.8", false, none},
		{"10.0.0.0/8|2001:DB8:1234:5678::/64", "2001:0db8:1234:5678::1", true, none},
		{"2001:db8::1", "2001:DB8:0:0::1", true, none},
		{"2001:db8::1", "2001:db8::2", false, none},
		{"10.0.0.0/33", "10.0.0.1", false, badPolicy},
		{"10.0.0.0/8", "10.0.0", false, badContext},
		{"10.0.0.0/8", "10.0.0.0/16", false, badContext},
		{"::/0", "fe80::1%eth0", false, badContext},
	},
	"ArnEquals": {
		{"arn:aws:iam::111122223333:role/app", "arn:aws:iam::111122223333:role/app", true, none},
		{"arn:aws:iam::111122223333:role/*", "arn:aws:iam::111122223333:role/app", true, none},
		{"arn:aws:iam::111122223333:Role/*", "arn:aws:iam::111122223333:role/app", false, none},
	},
	"ArnLike": {
		{"arn:aws:iam::*:root", "arn:aws:iam::111122223333:root", true, none},
		{"arn:*:*:*:*:*", "arn:aws:iam::111122223333:root", true, none},
		{"arn:aws:sns:us-?ast-1:*:t", "arn:aws:sns:us-east-1:1:t", true, none},
		{"arn:aws:logs:r:1:log-group:*", "arn:aws:logs:r:1:log-group:g:log-stream:s", true, none},
		{"arn:aws:someservice:*:111122223333:finance/*",
			"arn:aws:someservice:us-east-2:999999999999:store/abc:111122223333:finance/document.txt", false, none},
		{"arn:aws:iam::${aws:PrincipalAccount}:role/*", "arn:aws:iam::111122223333:role/app", true, none},
		{"${aws:PrincipalTag/arn}", "arn:aws:iam::111122223333:role/app", true, none},
		{"arn:aws:iam::1:user/${aws:PrincipalTag/star}", "arn:aws:iam::1:user/ab", false, none},
		{"arn:aws:iam::1:user/${none}", "arn:aws:iam::1:user/ab", false, unresolved},
		{"${aws:username}", "arn:aws:iam::1:user/ab", false, badPolicy},
		{"*", "arn:aws:iam::111122223333:root", false, badPolicy},
		{"arn:aws:s3:::*", "s3", false, badContext},
		{"arn:aws:s3:::*", "arn:aws:s3", false, badContext},
		{"*:*:*:*:*:*", "a:b:c:d:e:f", false, badContext},
	},
}

func init() {
	for _, r := range positives["ArnLike"] {
		positives["ArnEquals"] = append(positives["ArnEquals"], r)
	}
}

func TestComparisons(t *testing.T) {
	for _, c := range []struct {
		asked, value string
		less, same   bool
	}{
		{"9", "10", true, false},
		{"10", "10", false, true},
		{"11", "10", false, false},
		{"-11", "-10", true, false},
		{"-1", "1", true, false},
		{"0.09", "0.1", true, false},
		{".5", "0.5", false, true},
		{"5.", "+005", false, true},
		{"100000000000000000000000000001", "100000000000000000000000000000", false, false},
		{"1e-3", "0.001", false, true},
		{"-0.0", "0", false, true},
	} {
		more := !c.less && !c.same
		check(t, []row{
			{"NumericLessThan", c.value, c.asked, c.less, none},
			{"NumericLessThanEquals", c.value, c.asked, c.less || c.same, none},
			{"NumericGreaterThan", c.value, c.asked, more, none},
			{"NumericGreaterThanEquals", c.value, c.asked, more || c.same, none},
			{"NumericEquals", c.value, c.asked, c.same, none},
			{"NumericEquals", c.asked, c.value, c.same, none},
		})
	}
	for _, c := range []struct {
		asked, value string
		less, same   bool
	}{
		{"2024-06-01T12:30:00Z", "2024-06-01", false, false},
		{"2025-12-31T23:59:59.999Z", "2026", true, false},
		{"1577836800", "2020-01-01T00:00:00Z", false, true},
		{"-1", "1970-01-01", true, false},
		{"1969-12-31T23:59:59Z", "-1", false, true},
		{"2000-02-29", "951782400", false, true},
		{"2026-01-01T00:00-05:00", "2026-01-01T00:00+05:00", false, false},
		{"2026-01-01T00:00:00.25Z", "2026-01-01T00:00:00.3Z", true, false},
	} {
		more := !c.less && !c.same
		check(t, []row{
			{"DateLessThan", c.value, c.asked, c.less, none},
			{"DateLessThanEquals", c.value, c.asked, c.less || c.same, none},
			{"DateGreaterThan", c.value, c.asked, more, none},
			{"DateGreaterThanEquals", c.value, c.asked, more || c.same, none},
			{"DateEquals", c.value, c.asked, c.same, none},
		})
	}
}

// What can't be read compares with nothing, on either side and in every order.
func TestUnreadable(t *testing.T) {
	numbers := []string{"", " 1", "1 ", "10abc", "0x10", "1_000", "1,5", "--1", ".", "-", "1e", "1e+", "1e1234567", "NaN", "Inf", "true"}
	dates := []string{"", "2026-1-1", "2026-13-01", "2026-00-01", "2026-02-30", "2100-02-29", "2026-01-01T00:00:00", "2026-01-01T24:00Z",
		"2026-01-01T00:60Z", "2026-01-01T00:00:60Z", "2026-01-01T00:00:00.Z", "2026-01-01 00:00Z", "2026-01-01T00:00Zx", "2026T00:00Z",
		"2026-01T00:00Z",
		"2026-01-01T00:00:00+0100", "20260101T000000Z", "1767225600.5", "1234567890123456789", "-", "-x", "now"}
	for family, bad := range map[string][]string{"Numeric": numbers, "Date": dates} {
		for _, text := range bad {
			for _, order := range []string{"Equals", "LessThan", "LessThanEquals", "GreaterThan", "GreaterThanEquals", "NotEquals"} {
				check(t, []row{
					{family + order, text, "2026", order == "NotEquals", badPolicy},
					{family + order, "2026", text, order == "NotEquals", badContext},
				})
			}
		}
	}
}

func TestBool(t *testing.T) {
	check(t, []row{
		{"Bool", "true", "true", true, none},
		{"Bool", "TRUE", "true", true, none},
		{"Bool", "false", "False", true, none},
		{"Bool", "true", "false", false, none},
		{"Bool", "true|false", "false", true, none},
		{"Bool", "${aws:PrincipalTag/yes}", "true", true, none},
		{"Bool", "${aws:username}", "true", false, badPolicy},
		{"Bool", "${none}", "true", false, unresolved},
		{"Bool", "yes", "true", false, badPolicy},
		{"Bool", "true", "1", false, badContext},
		{"Bool", "true", "", false, badContext},
		{"BoolIfExists", "false", "true", false, none},
		{"BoolIfExists", "false", "false", true, none},
		{"ForAllValues:Bool", "true", "true|true", true, none},
		{"ForAllValues:Bool", "true", "true|false", false, none},
		{"ForAnyValue:Bool", "true", "true|false", true, none},
	})
}

func TestBinary(t *testing.T) {
	check(t, []row{
		{"BinaryEquals", "QQ==", "QQ==", true, none},
		{"BinaryEquals", "QQ==", "qq==", false, none},
		{"BinaryEquals", "QQ==|Qg==", "Qg==", true, none},
		{"BinaryEquals", "Q*", "QQ==", false, none},
		{"BinaryEquals", "${aws:username}", "alice", false, none},
		{"BinaryEqualsIfExists", "QQ==", "Qg==", false, none},
		{"ForAnyValue:BinaryEquals", "QQ==", "QQ==|x", true, none},
		{"ForAllValues:BinaryEquals", "QQ==", "QQ==|x", false, none},
	})
}

func TestNull(t *testing.T) {
	check(t, []row{
		{"Null", "true", absent, true, none},
		{"Null", "true", "x", false, none},
		{"Null", "false", absent, false, none},
		{"Null", "false", "x", true, none},
		{"Null", "FALSE", "x", true, none},
		{"Null", "false", "x|y", true, none},
		{"Null", "true|false", "x", true, none},
		{"Null", "false", "", false, none}, // an empty string is no value
		{"Null", "true", "", true, none},
		{"Null", "false", "|x", true, none},
		{"Null", "maybe", "x", false, badPolicy},
		{"Null", "maybe", absent, false, badPolicy},
		{"Null", "maybe|true", absent, true, none},
		{"Null", "${aws:PrincipalTag/yes}", absent, false, badPolicy},
		{"NullIfExists", "true", absent, false, unknown},
		{"ForAllValues:Null", "true", absent, false, unknown},
		{"ForAnyValue:Null", "false", "x", false, unknown},
	})
}

func TestSetOperators(t *testing.T) {
	check(t, []row{
		{"ForAllValues:StringEquals", "a|b", "a", true, none},
		{"ForAllValues:StringEquals", "a|b", "a|b", true, none},
		{"ForAllValues:StringEquals", "a|b", "a|c", false, none},
		{"ForAllValues:StringEquals", "a", "|a", true, none}, // "" is no value
		{"ForAllValues:StringEquals", "a", "|c", false, none},
		{"ForAllValues:StringNotEquals", "a|b", "c|d", true, none},
		{"ForAllValues:StringNotEquals", "a|b", "c|a", false, none},
		{"ForAllValues:StringLike", "a*", "ab|ac", true, none},
		{"ForAllValues:NumericLessThan", "5", "1|2", true, none},
		{"ForAllValues:NumericLessThan", "5", "1|x", false, badContext},
		{"ForAllValues:NumericLessThan", "5", "x|9", false, none}, // 9 settles it
		{"ForAllValues:NumericNotEquals", "5", "x|9", true, badContext},
		{"ForAnyValue:StringEquals", "a|b", "c|b", true, none},
		{"ForAnyValue:StringEquals", "a|b", "c|d", false, none},
		{"ForAnyValue:StringEquals", "a", "", false, none},
		{"ForAnyValue:StringNotEquals", "a", "a|b", true, none},
		{"ForAnyValue:StringNotEquals", "a", "a|a", false, none},
		{"ForAnyValue:IpAddress", "10.0.0.0/8", "192.0.2.1|10.1.1.1", true, none},
		{"ForAnyValue:NumericLessThan", "5", "x|1", true, none}, // 1 settles it
		{"ForAnyValue:NumericLessThan", "5", "x|9", false, badContext},
		{"ForAnyValue:NumericNotEquals", "5", "x|9", true, none},
		{"ForAnyValue:NumericNotEquals", "5", "x|5", true, badContext},
		{"ForAnyValue:StringEqualsIfExists", "a", "a|b", true, none},
		{"ForAnyValue:StringEquals", "${none}", "a", false, unresolved},
		{"ForAllValues:StringNotEquals", "${none}", "a", true, unresolved},
	})
}

func TestOperatorNames(t *testing.T) {
	check(t, []row{
		{"stringequals", "a", "a", true, none},
		{"FORALLVALUES:STRINGLIKEIFEXISTS", "a*", "ab", true, none},
		{"StringEqual", "a", "a", false, unknown},
		{"StringNotEqual", "a", absent, false, unknown},
		{"StringEqualsIfExistsIfExists", "a", absent, false, unknown},
		{"ForAnyValue:ForAllValues:StringEquals", "a", "a", false, unknown},
		{"ForSomeValues:StringEquals", "a", "a", false, unknown},
		{"StringEquals ", "a", "a", false, unknown},
		{"NumericLike", "1", "1", false, unknown},
		{"IfExists", "1", absent, false, unknown},
		{"", "1", "1", false, unknown},
	})
	if n := len(allOperators()) + 1; n != 27 { // 1: Null
		t.Errorf("the tables have %d operators, want 27", n)
	}
}

// In documents without variables ${…} is plain text.
func TestWithoutVariables(t *testing.T) {
	for _, c := range []struct {
		operator, values, asked string
		want                    bool
	}{
		{"StringEquals", "${aws:username}", "alice", false},
		{"StringEquals", "${aws:username}", "${aws:username}", true},
		{"StringLike", "a${*}", "a${bc}", true},
		{"StringNotEquals", "${none}", "x", true},
	} {
		test := condition.Compile(element(c.operator, c.values), false)[0]
		if got := test.Match(request(c.asked), new([]byte)); got != (condition.Result{Match: c.want}) {
			t.Errorf("%s %q, request %q: %v, want %v", c.operator, c.values, c.asked, got, c.want)
		}
	}
}

func TestEmptyList(t *testing.T) {
	for operator, want := range map[string]bool{"StringEquals": false, "StringNotEquals": true, "Null": false} {
		c := element(operator, "")
		c.Tests[0].Values = nil
		if got := condition.Compile(c, true)[0]; got.Match(request("x"), nil).Match != want {
			t.Errorf("%s with no values: want %v", operator, want)
		}
	}
	if (&condition.Test{}).Match(request("x"), nil).Match {
		t.Error("the zero Test matches")
	}
}

func TestAllocations(t *testing.T) {
	long := strings.Repeat("a-long-name/", 20)
	for _, r := range []row{
		{"StringEquals", "x|y|${aws:username}", "alice", true, none},
		{"StringEqualsIgnoreCase", "${none, '" + long + "'}", strings.ToUpper(long), true, none},
		{"ForAllValues:StringLike", "a*|*${aws:username}*" + long + "*", "abc|" + "x-alice-x" + long, true, none},
		{"NumericLessThan", "10", "9.5", true, none},
		{"NumericLessThan", "10", "9.5x", false, badContext},
		{"DateGreaterThan", "2026-01-01T00:00:00.123Z", "1900000000", true, none},
		{"Bool", "${aws:PrincipalTag/yes}", "TRUE", true, none},
		{"IpAddress", "10.0.0.0/8|2001:db8::/32", "2001:db8::1", true, none},
		{"ArnLike", "arn:aws:iam::${aws:PrincipalAccount}:role/*", "arn:aws:iam::111122223333:role/app", true, none},
		{"Null", "true", absent, true, none},
		{"StringNotEquals", "${none}", "x", true, unresolved},
	} {
		test := condition.Compile(element(r.operator, r.values), true)[0]
		ctx, scratch := request(r.asked), make([]byte, 0, 1024)
		if got := test.Match(ctx, &scratch); got.Match != r.want {
			t.Errorf("%s %q: %v", r.operator, r.values, got)
		}
		if n := testing.AllocsPerRun(100, func() { test.Match(ctx, &scratch) }); n != 0 {
			t.Errorf("%s %q allocates %v times", r.operator, r.values, n)
		}
	}
}
