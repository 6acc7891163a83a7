package policy_test

import (
	"strings"
	"testing"
	"unicode/utf8"

	"why403/engine/policy"
)

// values is a set of variables by their names in lower case.
type values map[string]string

func (v values) Variable(key string) (string, bool) {
	value, ok := v[key]
	return value, ok
}

func TestPatternMatch(t *testing.T) {
	for _, c := range []struct {
		pattern, text string
		want          bool
	}{
		// Plain text is compared whole.
		{"", "", true},
		{"", "a", false},
		{"abc", "abc", true},
		{"abc", "abcd", false},
		{"abc", "ab", false},
		{"abc", "ABC", false},
		// "*" is any run, none too.
		{"*", "", true},
		{"*", "a/b:c", true},
		{"**", "a", true},
		{"a*", "a", true},
		{"a*", "ba", false},
		{"*a", "a", true},
		{"*a", "ab", false},
		{"a*c", "abbbc", true},
		{"a*c", "abbbcd", false},
		{"a*a", "a", false},
		{"ab*ba", "aba", false},
		{"*ab*cd*", "xxabyycdzz", true},
		{"*ab*cd*", "xxcdyyabzz", false},
		{"a*b*b", "ab", false},
		{"*aab", "aaab", true},
		// "?" is one character, however many bytes it has.
		{"?", "", false},
		{"?", "a", true},
		{"?", "ab", false},
		{"?", "é", true},
		{"?", "日", true},
		{"??", "é", false},
		{"a?c", "a日c", true},
		{"*?c", "日c", true},
		{"*?", "", false},
		{"?*?", "a", false},
		{"?*?", "ab", true},
		{"a*?b*", "axb", true},
		{"a*?b*", "ab", false},
		{"*?é", "aé", true},
		{"*a?", "aaé", true},
		{"*a?", "aébé", false},
		{"*b?d*", "abbcd", true},
		{"*??b*", "日b", false}, // not a part of a character
		// Not wildcards: "[", "\", and "$" without variables.
		{"[a]", "a", false},
		{`\*`, `\x`, true},
		{"${*}", "${anything}", true},
	} {
		p := policy.CompilePattern(c.pattern, true, false)
		if got := p.Match(c.text); got != c.want {
			t.Errorf("%q matches %q: %v, want %v", c.pattern, c.text, got, c.want)
		}
	}
}

func TestPatternWithoutWildcards(t *testing.T) {
	p := policy.CompilePattern("a*?", false, true)
	if text, ok := p.Literal(); text != "a*?" || !ok {
		t.Errorf("Literal() = %q, %v", text, ok)
	}
	if p.Match("abc") || !p.Match("a*?") {
		t.Error("* and ? are plain text without wildcards")
	}
}

func TestVariables(t *testing.T) {
	vars := values{"aws:username": "alice", "aws:principaltag/team": "b*e", "empty": "", "a b": "space", "bad": "\xff"}
	for _, c := range []struct{ pattern, text, unresolved string }{
		{"${aws:username}", "alice", ""},
		{"${AWS:UserName}", "alice", ""},
		{"home/${aws:username}/x", "home/alice/x", ""},
		{"${aws:username}${aws:username}", "alicealice", ""},
		{"${a b}", "space", ""},
		{"<${empty}>", "", "empty"},
		{"${empty, 'x'}", "x", ""},
		{"${empty, ''}", "", ""},
		{"${none, 'x'}", "x", ""},
		{"${none, ''}", "", ""},
		{"${none, 'a}b, c'}d", "a}b, cd", ""},
		{"${None}", "", "none"},
		{"${aws:username}${none}${other}", "", "none"},
		// Symbols.
		{"${*}${?}${$}", "*?$", ""},
		{"${$}{aws:username}", "${aws:username}", ""},
		// Broken ones are plain text.
		{"${", "${", ""},
		{"${}", "${}", ""},
		{"${aws:username", "${aws:username", ""},
		{"${x ${aws:username}", "${x alice", ""},
		{"${none,'x'}", "${none,'x'}", ""},
		{"${none, x}", "${none, x}", ""},
		{"${none, 'x}", "${none, 'x}", ""},
		{"$aws:username", "$aws:username", ""},
	} {
		p := policy.CompilePattern(c.pattern, false, true)
		var scratch []byte
		text, unresolved := p.Expand(vars, &scratch)
		if text != c.text || unresolved != c.unresolved {
			t.Errorf("%q expands to %q (unresolved %q), want %q (%q)", c.pattern, text, unresolved, c.text, c.unresolved)
		}
	}
}

func TestSubstitutedTextIsPlain(t *testing.T) {
	vars := values{"star": "a*?", "bad": "\xff\xfe"}
	var scratch []byte
	for _, c := range []struct {
		pattern, text string
		want          bool
	}{
		{"${star}*", "a*?anything", true},
		{"${star}*", "abcanything", false},
		{"${none, 'a*'}", "ab", false},
		{"${none, 'a*'}", "a*", true},
		{"a${*}", "abc", false},
		{"a${*}*", "a*bc", true},
		{"${bad}", "xy", false},
	} {
		p := policy.CompilePattern(c.pattern, true, true)
		glob, _ := p.Expand(vars, &scratch)
		if got := policy.Glob(glob, c.text); got != c.want {
			t.Errorf("%q matches %q: %v, want %v", c.pattern, c.text, got, c.want)
		}
	}
}

func TestPatternFacts(t *testing.T) {
	for _, c := range []struct {
		pattern, literal string
		isLiteral        bool
		keys, broken     string
	}{
		{"a", "a", true, "", ""},
		{"a*", "", false, "", ""},
		{"a?", "", false, "", ""},
		{"a${*}", "a*", true, "", ""},
		{"${AWS:x}-${b, 'c'}", "", false, "aws:x b", ""},
		{"${aws:x ${b}", "", false, "b", "${aws:x ${b}"},
		{"x${}y${", "x${}y${", true, "", "${}"},
	} {
		p := policy.CompilePattern(c.pattern, true, true)
		literal, isLiteral := p.Literal()
		keys := strings.Join(p.VariableKeys(), " ")
		if literal != c.literal || isLiteral != c.isLiteral || keys != c.keys || p.Broken() != c.broken || p.HasVariables() != (keys != "") {
			t.Errorf("%q: literal %q %v, keys %q, broken %q", c.pattern, literal, isLiteral, keys, p.Broken())
		}
	}
}

func TestCompileAction(t *testing.T) {
	for _, c := range []struct {
		pattern, action string
		want            bool
	}{
		{"*", "s3:getobject", true},
		{"s3:GetObject", "s3:getobject", true},
		{"S3:GET*", "s3:getobject", true},
		{"s3:*Object", "s3:getobject", true},
		{"s3:?etObject", "s3:getobject", true},
		{"s3:*", "sqs:sendmessage", false},
		{"s*:GetObject", "s3:getobject", false},
		{"*:*", "s3:getobject", false},
		{"s3:Get*,s3:Put*", "s3:getobject", false},
		{"s3:GetObject ", "s3:getobject", false},
		{"s3:", "s3:getobject", false},
		{":*", "s3:getobject", false},
		{"s3", "s3:getobject", false},
		{"s3:*:*", "s3:get:object", false},
	} {
		p := policy.CompileAction(c.pattern)
		if got := p.Match(c.action); got != c.want {
			t.Errorf("%q matches %q: %v, want %v", c.pattern, c.action, got, c.want)
		}
	}
}

func TestARNPattern(t *testing.T) {
	const queue = "arn:aws:sqs:us-east-1:111122223333:q1"
	const stream = "arn:aws:logs:us-east-1:111122223333:log-group:g:log-stream:s"
	const object = "arn:aws:s3:::prod-logs/2026/x"
	for _, c := range []struct {
		pattern, arn string
		complete     bool
		want         bool
	}{
		// "*" alone matches every request; only it matches what has no ARN.
		{"*", queue, false, true},
		{"*", "*", false, true},
		{"arn:*", "*", true, false},
		{"arn:aws:s3:::*", "*", true, false},
		{"**", queue, true, false},
		{"q1", queue, true, false},
		{"*:q1", queue, true, false},
		{"", "", true, false},
		{queue, queue, false, true},
		{queue, "arn:aws:sqs:us-east-1:111122223333:Q1", false, false},
		// In the sixth component wildcards match everything.
		{"arn:aws:s3:::*log*", object, false, true},
		{"arn:aws:s3:::prod-logs", object, false, false},
		{"arn:aws:s3:::prod-logs/*", object, false, true},
		{"arn:aws:s3:::prod-logs/????/x", object, false, true},
		{"arn:aws:logs:us-east-1:111122223333:log-group:*:s", stream, false, true},
		{"arn:aws:logs:us-east-1:111122223333:log-group:g?log-stream:s", stream, false, true},
		// In the others they stay inside …
		{"arn:aws:sqs:us-*-1:111122223333:q1", queue, false, true},
		{"arn:aws:sqs:??-east-1:1111*3333:q1", queue, false, true},
		{"arn:aws:logs:us-*1:log-stream:s", stream, false, false},
		{"arn:aws:sqs:us-east-1?111122223333:q1:x", queue + ":x", false, false},
		{"arn:aws*:sqs:us-east-1:111122223333:q1", queue, false, true},
		// … except for a "*" that ends one.
		{"arn:aws:logs:us-east-1:*:log-stream:s", stream, false, true},
		{"arn:aws:logs:us-east-1:111*:log-stream:s", stream, false, true},
		{"arn:aws:logs:us-east-1:2*:log-stream:s", stream, false, false},
		{"arn:aws:logs:*:*:log-stream:s", stream, false, true},
		{"arn:aws:logs:*:g:*:s", stream, false, true},
		{"arn:aws:logs:*:g:log-stream:s", stream, false, true},
		{"arn:aws:logs:*:g:log-stream:t", stream, false, false},
		{"arn:*:log-stream:x:y:s", stream, false, false},
		{"arn:aws:iam::*:role/x", "arn:aws:iam::1:role/x", false, true},
		{"arn:aws:iam::*:role/*x", "arn:aws:iam::1:role/y:role/x", false, true},
		{"arn:aws:iam::*:role/*:y", "arn:aws:iam::1:role/y:role/x", false, false},
		// The service takes no wildcard.
		{"arn:aws:*:us-east-1:111122223333:q1", queue, true, false},
		{"arn:aws:sq?:us-east-1:111122223333:q1", queue, true, false},
		{"arn:aws:*", queue, true, false},
		// Missing components are "*" where the policy type has it so …
		{"arn:aws:sqs", queue, true, true},
		{"arn:aws", queue, true, true},
		{"arn:aws:sqs:us-east-1", queue, true, true},
		{"arn:aws:sqs:us-west-2", queue, true, false},
		{"arn:aws:sqs:us-east-1:111122223333", stream, true, false},
		{"arn:aws:sqs::111122223333", queue, true, false},
		// … and elsewhere only a "*" at the end reaches over them.
		{"arn:aws:sqs", queue, false, false},
		{"arn:aws:sqs:us-east-1", queue, false, false},
		{"arn:aws:sqs:*", queue, false, true},
		{"arn:aws:sqs:us-*", queue, false, true},
		{"arn:aws:s3:*", queue, false, false},
		{"arn:*", queue, false, true},
		// What is asked for has to be an ARN too.
		{"arn:aws:sqs:*", "arn:aws:sqs:us-east-1", false, false},
		{"arn:aws:sqs:*", "sqs", true, false},
	} {
		p := policy.CompileARN(c.pattern, c.complete, true)
		if got, _ := p.Match(c.arn, values{}, new([]byte)); got != c.want {
			t.Errorf("%s matches %s (complete %v): %v, want %v", c.pattern, c.arn, c.complete, got, c.want)
		}
	}
}

func TestARNPatternVariables(t *testing.T) {
	vars := values{"aws:username": "alice", "star": "*"}
	for _, c := range []struct {
		pattern, arn              string
		variables, want, unsolved bool
	}{
		{"arn:aws:s3:::b/${aws:username}/*", "arn:aws:s3:::b/alice/x", true, true, false},
		{"arn:aws:s3:::b/${aws:username}/*", "arn:aws:s3:::b/bob/x", true, false, false},
		{"arn:aws:s3:::b/${aws:username}/*", "arn:aws:s3:::b/alice/x", false, false, false},
		{"arn:aws:s3:::b-${none, 'all'}/*", "arn:aws:s3:::b-all/x", true, true, false},
		{"arn:aws:s3:::b-${none}/*", "arn:aws:s3:::b-/x", true, false, true},
		{"arn:aws:s3:::${none}", "arn:aws:sqs:::x", true, false, false}, // fails before the variable
		{"arn:aws:s3:::${star}", "arn:aws:s3:::x", true, false, false},
		{"arn:aws:s3:::${*}", "arn:aws:s3:::x", true, false, false},
		{"arn:aws:s3:::${*}", "arn:aws:s3:::*", true, true, false},
		{"arn:aws:iam::${aws:username}:x", "arn:aws:iam::alice:x", true, false, false},
	} {
		p := policy.CompileARN(c.pattern, true, c.variables)
		got, unresolved := p.Match(c.arn, vars, new([]byte))
		if got != c.want || unresolved != c.unsolved {
			t.Errorf("%s matches %s: %v, unresolved %v; want %v, %v", c.pattern, c.arn, got, unresolved, c.want, c.unsolved)
		}
	}
}

// The short forms of API Gateway and VPC Lattice, which only their resource-based
// policies have.
//
// https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-resource-policies-examples.html
// https://docs.aws.amazon.com/vpc-lattice/latest/ug/auth-policies.html
func TestShortForms(t *testing.T) {
	const (
		pets  = "arn:aws:execute-api:us-east-1:111122223333:a1b2c3/prod/GET/pets"
		rates = "arn:aws:vpc-lattice:us-east-1:111122223333:service/svc-0123456789abcdef0/rates"
	)
	for _, c := range []struct {
		kind         policy.Type
		pattern, arn string
		want         bool
	}{
		{policy.Resource, "execute-api:/*", pets, true},
		{policy.Resource, "execute-api:/prod/GET/pets", pets, true},
		{policy.Resource, "execute-api:/prod/*/pets", pets, true},
		{policy.Resource, "execute-api:/${aws:username}/GET/*", pets, true},
		{policy.Resource, "execute-api:/${none}/GET/*", pets, false},
		{policy.Resource, "execute-api:/GET/pets", pets, false},
		{policy.Resource, "execute-api:/a1b2c3/prod/GET/pets", pets, false},
		{policy.Resource, "execute-api:/test/*", pets, false},
		{policy.Resource, "execute-api:/*", "arn:aws:execute-api:us-east-1:111122223333:a1b2c3", false},
		{policy.Resource, "execute-api:/*", "arn:aws:s3:::bucket/key", false},
		{policy.Resource, "execute-api:/*", "*", false},
		{policy.Resource, "execute-api", pets, false},
		{policy.Identity, "execute-api:/*", pets, false},
		{policy.Endpoint, "execute-api:/*", pets, false},
		{policy.Resource, "*/rates", rates, true},
		{policy.Resource, "*/*", rates, true},
		{policy.Resource, "*/r?tes", rates, true},
		{policy.Resource, "*/stats", rates, false},
		{policy.Resource, "*/rates", "arn:aws:s3:::bucket/rates", false},
		{policy.Identity, "*/rates", rates, false},
		{policy.Resource, "arn:aws:vpc-lattice:*:*:service/*/rates", rates, true},
	} {
		p := policy.CompileResource(c.pattern, &policy.Document{Type: c.kind, Version: "2012-10-17"})
		got, unresolved := p.Match(c.arn, values{"aws:username": "prod"}, new([]byte))
		if got != c.want || unresolved != strings.Contains(c.pattern, "none") {
			t.Errorf("%s in type %d matches %s: %v, unresolved %v", c.pattern, c.kind, c.arn, got, unresolved)
		}
	}
}

// A pattern of a million pieces and one with many "?" come to an end.
func TestGlobCost(t *testing.T) {
	const size = 1 << 20
	text := strings.Repeat("a", size)
	for _, pattern := range []string{
		strings.Repeat("a*", size/2) + "b",
		strings.Repeat("*", size),
		"*" + strings.Repeat("a", size/2) + "b*",
		strings.Repeat("*a", size/4) + "*b*",
	} {
		p := policy.CompilePattern(pattern, true, false)
		if want := strings.Trim(pattern, "*") == ""; p.Match(text) != want {
			t.Errorf("%.20s… on a million characters: want %v", pattern, want)
		}
	}
	p := policy.CompilePattern("*"+strings.Repeat("a?", policy.MaxText/4)+"b*", true, false)
	if p.Match(text[:policy.MaxText]) {
		t.Error("there is no b")
	}
	arn := "arn:aws:s3:::" + strings.Repeat(":", policy.MaxText-20)
	star := policy.CompileARN("arn:aws:s3:*:*:*"+strings.Repeat("?:", 2000)+"b*", true, false)
	if matched, _ := star.Match(arn, values{}, new([]byte)); matched {
		t.Error("there is no b")
	}
	if matched, _ := star.Match(arn+strings.Repeat("b", 100), values{}, new([]byte)); matched {
		t.Error("longer than any ARN")
	}
}

func TestExpandIsBounded(t *testing.T) {
	long := values{"x": strings.Repeat("a", 1<<19)}
	p := policy.CompilePattern(strings.Repeat("${x}", 1000), true, true)
	if _, unresolved := p.Expand(long, new([]byte)); unresolved != "x" {
		t.Errorf("unresolved %q, want x", unresolved)
	}
}

func TestPatternAllocations(t *testing.T) {
	var vars policy.Variables = values{"aws:username": "alice-with-a-name-that-is-longer-than-a-small-buffer"}
	arn := "arn:aws:s3:::bucket/home/alice-with-a-name-that-is-longer-than-a-small-buffer/file"
	glob := policy.CompilePattern("arn:*home/??????*/file", true, false)
	resource := policy.CompileARN("arn:aws:s3:*:*:bucket/*/${aws:username}/f?le", true, true)
	scratch := make([]byte, 0, 256)
	for name, match := range map[string]func() bool{
		"Pattern":    func() bool { return glob.Match(arn) },
		"ARNPattern": func() bool { ok, _ := resource.Match(arn, vars, &scratch); return ok },
	} {
		if !match() {
			t.Errorf("%s doesn't match", name)
		}
		if n := testing.AllocsPerRun(100, func() { match() }); n != 0 {
			t.Errorf("%s allocates %v times", name, n)
		}
	}
}

// slowGlob is the definition, by recursion.
func slowGlob(pattern, text []rune) bool {
	switch {
	case len(pattern) == 0:
		return len(text) == 0
	case pattern[0] == '*':
		return slowGlob(pattern[1:], text) || len(text) > 0 && slowGlob(pattern, text[1:])
	}
	return len(text) > 0 && (pattern[0] == '?' || pattern[0] == text[0]) && slowGlob(pattern[1:], text[1:])
}

func FuzzGlob(f *testing.F) {
	for _, seed := range [][2]string{{"*ab*cd*", "xxabyycdzz"}, {"?*?", "é"}, {"*a?", "aébé"}, {"a*?b*", "axb"}, {"*b?d", "abbcd"},
		{"?0", ""}} {
		f.Add(seed[0], seed[1])
	}
	f.Fuzz(func(t *testing.T, pattern, text string) {
		if !utf8.ValidString(pattern) || !utf8.ValidString(text) || len(pattern) > 12 || len(text) > 24 {
			t.Skip()
		}
		p := policy.CompilePattern(pattern, true, false)
		if got, want := p.Match(text), slowGlob([]rune(pattern), []rune(text)); got != want {
			t.Errorf("%q matches %q: %v, want %v", pattern, text, got, want)
		}
		expanded := policy.CompilePattern("${text}*", true, true)
		glob, unresolved := expanded.Expand(values{"text": text}, new([]byte))
		switch {
		case text == "": // an empty value is none
			if unresolved == "" {
				t.Errorf("a variable without a value becomes %q", glob)
			}
		case !policy.Glob(glob, text+pattern):
			t.Errorf("%q doesn't start with itself", text)
		}
	})
}

// slowARN is the definition of how a complete ARN pattern without variables
// matches: component by component, each "*" that ends one tried at every colon.
func slowARN(components []string, arn string) bool {
	if len(components) == 1 {
		return slowGlob([]rune(components[0]), []rune(arn))
	}
	for i := range len(arn) {
		if arn[i] != ':' {
			continue
		}
		head, first := arn[:i], arn[:i]
		if j := strings.IndexByte(head, ':'); j >= 0 {
			if !strings.HasSuffix(components[0], "*") {
				return false
			}
			first = head[:j]
		}
		if slowGlob([]rune(components[0]), []rune(first)) && slowARN(components[1:], arn[i+1:]) {
			return true
		}
	}
	return false
}

func FuzzARNPattern(f *testing.F) {
	f.Add("arn:a*:s:*:*:b*", "arn:a:b:s:c:d:e:b")
	f.Add("arn:aws:s:*:g:h", "arn:aws:s:x:g:y:g:h")
	f.Fuzz(func(t *testing.T, pattern, arn string) {
		components := strings.SplitN(pattern, ":", 6)
		if len(components) < 6 || components[0] != "arn" || strings.ContainsAny(components[2], "*?") ||
			len(pattern) > 30 || len(arn) > 30 || strings.Count(pattern, "*") > 8 || !utf8.ValidString(pattern+arn) {
			t.Skip()
		}
		p := policy.CompileARN(pattern, false, false)
		got, _ := p.Match(arn, nil, nil)
		if want := slowARN(components, arn); got != want {
			t.Errorf("%s matches %s: %v, want %v", pattern, arn, got, want)
		}
	})
}
