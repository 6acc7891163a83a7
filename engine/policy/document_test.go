package policy_test

import (
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
	"testing"
	"unicode/utf8"

	"why403/engine/policy"
)

const whole = `{
  "Version": "2012-10-17",
  "Id": "é",
  "Statement": [
    {"Sid": "One", "Effect": "Allow", "Principal": {"AWS": ["*", "111122223333"], "Service": "sns.amazonaws.com"},
      "Action": ["s3:Get\u002a", "s3:List*"], "Resource": "arn:aws:s3:::b/*",
      "Condition": {"StringLike": {"aws:username": ["a\"b", "ü"], "aws:userid" : "x"}, "Bool": {"aws:SecureTransport": true},
        "NumericLessThan": {"s3:max-keys": [10, 1.50]}}},
    {"Effect": "Deny", "NotPrincipal": "*", "NotAction": "s3:*", "NotResource": ["*"]}
  ]
}`

func TestDocument(t *testing.T) {
	d, problems := policy.Parse("resource.json", policy.Resource, whole)
	if len(problems) != 0 || d.Name != "resource.json" || d.Type != policy.Resource || d.Text != whole ||
		d.Version != "2012-10-17" || !d.Variables() || d.ID.Value != "é" || len(d.Statements) != 2 {
		t.Fatalf("%+v %v", d, problems)
	}
	s := &d.Statements[0]
	if s.Sid.Value != "One" || s.Effect != policy.Allow || s.Action.Not || s.Resource.Not || s.Principal.Not || len(s.Condition.Tests) != 4 {
		t.Errorf("%+v", s)
	}
	if got := s.Action.Values[0].Value; got != "s3:Get*" {
		t.Errorf("the action is %s", got)
	}
	if got := s.Condition.Tests[3].Values; got[0].Value != "10" || got[1].Value != "1.50" {
		t.Errorf("numbers stand as their text, not %v", got)
	}
	if got := s.Condition.Tests[2]; got.Operator.Value != "Bool" || got.Key.Value != "aws:SecureTransport" || got.Values[0].Value != "true" {
		t.Errorf("%+v", got)
	}
	s = &d.Statements[1]
	if s.Effect != policy.Deny || !s.Action.Not || !s.Resource.Not || !s.Principal.Not || s.Sid.Value != "" || len(s.Condition.Tests) != 0 {
		t.Errorf("%+v", s)
	}
}

func TestVariablesNeedTheVersion(t *testing.T) {
	for version, want := range map[string]bool{`"Version":"2012-10-17",`: true, `"Version":"2008-10-17",`: false, ``: false} {
		d, _ := policy.Parse("section", policy.SCP, `{`+version+`"Statement":{"Effect":"Deny","Action":"*","Resource":"*"}}`)
		if d.Variables() != want || len(d.Statements) != 1 {
			t.Errorf("%s: %+v", version, d)
		}
	}
}

// spans lists the texts that stand where a document says that its elements do.
func spans(d *policy.Document) []string {
	var out []string
	add := func(spans ...policy.Span) {
		for _, s := range spans {
			out = append(out, d.Text[s.Start:s.End])
		}
	}
	for i := range d.Statements {
		s := &d.Statements[i]
		add(s.Sid.Span, s.Principal.Span)
		for _, v := range s.Principal.Values {
			add(v.Span)
		}
		for _, e := range []*policy.Element{&s.Action, &s.Resource} {
			add(e.Span)
			for _, v := range e.Values {
				add(v.Span)
			}
		}
		add(s.Condition.Span)
		for _, c := range s.Condition.Tests {
			add(c.Operator.Span, c.Key.Span, c.Span)
			for _, v := range c.Values {
				add(v.Span)
			}
		}
	}
	return out
}

func TestSpans(t *testing.T) {
	d, _ := policy.Parse("section", policy.Resource, whole)
	condition := whole[strings.Index(whole, `{"StringLike"`) : strings.Index(whole, "}},\n    {")+1]
	want := []string{
		`"One"`, `{"AWS": ["*", "111122223333"], "Service": "sns.amazonaws.com"}`, `"*"`, `"111122223333"`, `"sns.amazonaws.com"`,
		`["s3:Get\u002a", "s3:List*"]`, `"s3:Get\u002a"`, `"s3:List*"`, `"arn:aws:s3:::b/*"`, `"arn:aws:s3:::b/*"`,
		condition,
		`"StringLike"`, `"aws:username"`, `"aws:username": ["a\"b", "ü"]`, `"a\"b"`, `"ü"`,
		`"StringLike"`, `"aws:userid"`, `"aws:userid" : "x"`, `"x"`,
		`"Bool"`, `"aws:SecureTransport"`, `"aws:SecureTransport": true`, `true`,
		`"NumericLessThan"`, `"s3:max-keys"`, `"s3:max-keys": [10, 1.50]`, `10`, `1.50`,
		``, `"*"`, `"*"`, `"s3:*"`, `"s3:*"`, `["*"]`, `"*"`, ``,
	}
	got := spans(d)
	for i := range max(len(got), len(want)) {
		if i >= len(got) || i >= len(want) || got[i] != want[i] {
			t.Fatalf("span %d\ngot  %q\nwant %q", i, got[i:], want[i:])
		}
	}
	for i := range d.Statements {
		if s := d.Statements[i].Span; whole[s.Start] != '{' || whole[s.End-1] != '}' || whole[s.End] != ',' && whole[s.End] != '\n' {
			t.Errorf("statement %d is %s", i, whole[s.Start:s.End])
		}
	}
}

// All mistakes are reported, in their order, and the statements between them
// are read.
func TestManyMistakes(t *testing.T) {
	const text = `{
  "version": "2012-10-17",
  "Statement": [
    {"Sid": "First", "Effect": "Allow", "Action": "s3:*", "Resource": "*"},
    {"Effect": "allow", "Action": ["s3:*", 1], "NotAction": "s3:*", "Resource": "*"},
    "statement",
    {"Effect": "Deny", "Action": "s3:*", "Resource": "*", "Principal": "*", "Principals": "*"},
    {"Sid": "Fifth", "Effect": "Deny", "Action": "s3", "Resource": "*"},
    {"Effect": "Deny", "Effect": "Allow", "Action": "s3:*", "Resource": "*"}
  ],
  "Version": "2012"
}`
	d, problems := policy.Parse("section", policy.Identity, text)
	var got []string
	for _, p := range problems {
		line, column := policy.Position(text, p.Span.Start)
		got = append(got, fmt.Sprintf("%d:%d %s", line, column, p.Code))
	}
	want := "2:3 unknown-element, 5:16 bad-effect, 5:44 wrong-type, 5:48 both-of-a-pair, 6:5 wrong-type, " +
		"7:72 not-allowed-here, 7:77 unknown-element, 8:50 bad-action, 9:24 duplicate-name, 11:14 bad-version"
	if strings.Join(got, ", ") != want {
		t.Errorf("got  %s\nwant %s", strings.Join(got, ", "), want)
	}
	if len(d.Statements) != 2 || d.Statements[0].Sid.Value != "First" || d.Statements[1].Sid.Value != "Fifth" {
		t.Errorf("%+v", d.Statements)
	}
}

// A good policy that breaks off at any byte is reported, and what is read of
// it are its first statements.
func TestTruncated(t *testing.T) {
	all, _ := policy.Parse("section", policy.Resource, whole)
	for i := range len(whole) {
		text := whole[:i]
		d, problems := policy.Parse("section", policy.Resource, text)
		if !policy.Errors(problems) {
			t.Errorf("no error after %d bytes", i)
		}
		checkReport(t, text, problems)
		complete := 0
		for _, s := range all.Statements {
			if s.Span.End <= i {
				complete++
			}
		}
		if len(d.Statements) != complete {
			t.Errorf("%d statements after %d bytes, want %d", len(d.Statements), i, complete)
		}
	}
}

func FuzzPolicy(f *testing.F) {
	for _, cases := range [][]string{brokenJSON, brokenPolicies, brokenStatements, principals} {
		for i := 0; i < len(cases); i += 2 {
			f.Add(cases[i], uint8(i))
		}
	}
	f.Add(whole, uint8(policy.Resource))
	f.Fuzz(func(t *testing.T, text string, kind uint8) {
		d, problems := policy.Parse("section", policy.Type(kind)%(policy.ScopeDown+1), text)
		checkReport(t, text, problems)
		checkNesting(t, d)
		if policy.Errors(problems) {
			return
		}
		if !utf8.ValidString(text) {
			t.Error("not UTF-8, and no error")
		}
		if want := slowCount(t, text); len(d.Statements) != want {
			t.Errorf("%d statements, want %d", len(d.Statements), want)
		}
	})
}

// slowCount counts statements with encoding/json.
func slowCount(t *testing.T, text string) int {
	t.Helper()
	var document struct{ Statement json.RawMessage }
	if err := json.Unmarshal([]byte(text), &document); err != nil {
		t.Fatalf("no error, but %v", err)
	}
	if document.Statement == nil {
		return 0
	}
	var list []json.RawMessage
	if json.Unmarshal(document.Statement, &list) == nil {
		return len(list)
	}
	return 1
}

// checkNesting holds that statements follow each other, and that every span in
// a statement is in it, and is a whole JSON value.
func checkNesting(t *testing.T, d *policy.Document) {
	t.Helper()
	end := 0
	for i := range d.Statements {
		s := &d.Statements[i]
		if s.Span.Start < end || s.Span.End > len(d.Text) || s.Span.End <= s.Span.Start {
			t.Fatalf("statement %d is at %v", i, s.Span)
		}
		end = s.Span.End
		one := policy.Document{Text: d.Text[s.Span.Start:end], Statements: []policy.Statement{shift(s)}}
		for _, text := range spans(&one) { // panics where a span is outside
			text = strings.TrimSpace(text)
			if text != "" && !json.Valid([]byte(text)) && !json.Valid([]byte("{"+text+"}")) {
				t.Errorf("a span has %s", strconv.Quote(text))
			}
		}
	}
}

// shift moves the spans of a statement to where they are in its own text.
func shift(s *policy.Statement) policy.Statement {
	base := s.Span.Start
	move := func(span *policy.Span) {
		if *span != (policy.Span{}) {
			span.Start, span.End = span.Start-base, span.End-base
		}
	}
	out := *s
	move(&out.Sid.Span)
	move(&out.Principal.Span)
	move(&out.Condition.Span)
	out.Principal.Values = append([]policy.PrincipalValue(nil), s.Principal.Values...)
	for i := range out.Principal.Values {
		move(&out.Principal.Values[i].Span)
	}
	for _, e := range []*policy.Element{&out.Action, &out.Resource} {
		move(&e.Span)
		e.Values = append([]policy.Text(nil), e.Values...)
		for i := range e.Values {
			move(&e.Values[i].Span)
		}
	}
	out.Condition.Tests = nil
	for _, c := range s.Condition.Tests {
		move(&c.Operator.Span)
		move(&c.Key.Span)
		move(&c.Span)
		c.Values = append([]policy.Text(nil), c.Values...)
		for i := range c.Values {
			move(&c.Values[i].Span)
		}
		out.Condition.Tests = append(out.Condition.Tests, c)
	}
	return out
}
