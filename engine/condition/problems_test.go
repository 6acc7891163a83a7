package condition_test

import (
	"strings"
	"testing"

	"why403/engine/condition"
	"why403/engine/policy"
)

func TestProblems(t *testing.T) {
	for _, c := range []struct{ operator, values, codes string }{
		{"StringEquals", "a|b", ""},
		{"forallvalues:stringlikeifexists", "a*", ""},
		{"StringEqual", "a|b", "unknown-operator"},
		{"", "a", "unknown-operator"},
		{"NullIfExists", "true", "null-if-exists"},
		{"ForAllValues:Null", "true", "null-if-exists"},
		{"Null", "true|false|maybe", "bad-boolean"},
		{"NumericLessThan", "1|10abc", "bad-number"},
		{"NumericLessThan", "${aws:x}", "bad-number"},
		{"DateLessThan", "2026-01-01|2026-02-30", "bad-date"},
		{"IpAddress", "10.0.0.0/8|::/0|10.0.0.0/33", "bad-address"},
		{"Bool", "TRUE|no", "bad-boolean"},
		{"Bool", "${aws:x}", ""},
		{"ArnLike", "arn:aws:s3:::*|*", "bad-arn"},
		{"ArnLike", "${aws:PrincipalArn}", ""},
		{"BinaryEquals", "QQ==", ""},
		{"StringEquals", "${aws:x", "broken-variable"},
		{"StringEquals", "${aws:x,'y'}", "broken-variable"},
		{"StringEquals", "${aws:x, 'y'}${*}", ""},
		{"StringEquals", "${aws:TagKeys}", "multivalued-variable"},
		{"NumericEquals|", "1", "unknown-operator"},
		{"StringEquals", "home/*", "wildcard-is-text"},
		{"StringNotEqualsIgnoreCaseIfExists", "home/*|x", "wildcard-is-text"},
		{"ForAnyValue:StringEquals", "*", "wildcard-is-text"},
		{"StringLike", "home/*", ""},
		{"StringEquals", "home/${*}", ""},
		{"StringEquals", "${Account}", "placeholder"},
		{"ArnLike", "arn:aws:iam::${AWS::AccountId}:role/x", "placeholder"},
		{"ArnNotLike", "arn:aws:iam::111122223333:role/[PRIVILEGED_ROLE]", "placeholder"},
	} {
		problems := condition.Problems("identity/a.json", element(c.operator, c.values), true)
		if got := codes(t, problems); got != c.codes {
			t.Errorf("%s %q: %q, want %q", c.operator, c.values, got, c.codes)
		}
	}
}

// codes lists the codes of problems, and looks at what each of them needs.
func codes(t *testing.T, problems []policy.Problem) string {
	var codes []string
	for _, p := range problems {
		codes = append(codes, p.Code)
		if p.Section != "identity/a.json" || p.Severity != policy.Warning || p.Message == "" ||
			!strings.HasPrefix(p.Doc, "https://docs.aws.amazon.com/") {
			t.Errorf("incomplete: %+v", p)
		}
	}
	return strings.Join(codes, " ")
}

func TestProblemsOfOldVersions(t *testing.T) {
	got := codes(t, condition.Problems("identity/a.json", element("StringEquals", "${aws:username}|${|a"), false))
	if got != "variable-is-text" {
		t.Errorf("got %q", got)
	}
}

func TestProblemsStandWhereTheyAre(t *testing.T) {
	operator := policy.Text{Value: "Sounds", Span: policy.Span{Start: 1, End: 9}}
	number := policy.Text{Value: "x", Span: policy.Span{Start: 20, End: 23}}
	problems := condition.Problems("", policy.Condition{Tests: []policy.Test{
		{Operator: operator, Key: policy.Text{Value: "a"}},
		{Operator: operator, Key: policy.Text{Value: "b"}},
		{Operator: policy.Text{Value: "NumericEquals"}, Values: []policy.Text{number}},
	}}, true)
	if len(problems) != 2 || problems[0].Span != operator.Span || problems[1].Span != number.Span {
		t.Errorf("got %+v, want one at the operator and one at the number", problems)
	}
}

func TestNotes(t *testing.T) {
	seen := map[string]bool{}
	for _, n := range []condition.Note{unknown, badPolicy, badContext, unresolved, several} {
		if seen[n.Code()] || n.Code() == "" || n.Message() == "" || n.Doc() == "" {
			t.Errorf("note %d: code %q, message %q, doc %q", n, n.Code(), n.Message(), n.Doc())
		}
		seen[n.Code()] = true
	}
	if none.Code() != "" || none.Message() != "" {
		t.Error("NoteNone says something")
	}
}

// What is wrong with a key under an operator, or with a value for this key.
func TestProblemsOfKeys(t *testing.T) {
	for _, c := range []struct{ operator, key, values, codes string }{
		{"StringEquals", "aws:SourceVpce", "vpc-1a2b3c4d", "vpc-for-vpce"},
		{"StringEquals", "AWS:sourcevpc", "vpc-1a2b3c4d|vpce-1a2b3c4d", "vpce-for-vpc"},
		{"StringEquals", "aws:SourceVpce", "vpce-1a2b3c4d", ""},
		{"ArnLike", "aws:PrincipalArn", "arn:aws:sts::111122223333:assumed-role/app/*", "session-for-role"},
		{"ArnLike", "aws:PrincipalArn", "arn:aws:iam::111122223333:role/app", ""},
		{"ArnLike", "aws:SourceArn", "arn:aws:sts::111122223333:assumed-role/app/*", ""},
		{"StringEquals", "aws:TagKeys", "a", "missing-set-operator"},
		{"ForAllValues:StringEquals", "aws:TagKeys", "a", ""},
		{"Null", "aws:TagKeys", "true", ""},
		{"IpAddress", "aws:SourceIp", "10.0.0.0/8|192.168.1.0/24", "private-address"},
		{"NotIpAddress", "aws:SourceIp", "172.16.0.1|fd00::/8", "private-address"},
		{"IpAddress", "aws:SourceIp", "10.0.0.0/8|203.0.113.0/24", ""},
		{"IpAddress", "aws:SourceIp", "10.0.0.0/7", ""},
		{"IpAddress", "aws:VpcSourceIp", "10.0.0.0/8", ""},
	} {
		e := element(c.operator, c.values)
		e.Tests[0].Key.Value = c.key
		if got := codes(t, condition.Problems("identity/a.json", e, true)); got != c.codes {
			t.Errorf("%s %s %q: %q, want %q", c.operator, c.key, c.values, got, c.codes)
		}
	}
}
