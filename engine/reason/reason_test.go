package reason_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"why403/engine"
	"why403/engine/policy"
	"why403/engine/reason"
	"why403/engine/scenario"
)

// decisions decides every request of the gallery.
func decisions(t *testing.T, each func(name string, d *engine.Decision)) {
	t.Helper()
	files, err := filepath.Glob("../../scenarios/*/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatalf("%d scenarios: %v", len(files), err)
	}
	for _, path := range files {
		text, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		f := scenario.Parse(string(text))
		for i := range f.Requests {
			each(filepath.Base(path)+" "+f.Requests[i].Name, engine.Decide(f.Requests[i].Check))
		}
	}
}

// What is missing agrees with what the decision rests on: nothing where a
// statement matches, and first the element that the step tells.
func TestMissing(t *testing.T) {
	first := map[engine.Miss]func(engine.Missing) bool{
		engine.MissPrincipal: func(m engine.Missing) bool { return m.Principal },
		engine.MissAction:    func(m engine.Missing) bool { return !m.Principal && m.Action },
		engine.MissResource:  func(m engine.Missing) bool { return !m.Principal && !m.Action && m.Resource },
		engine.MissCondition: func(m engine.Missing) bool { return !m.Principal && !m.Action && !m.Resource && len(m.Tests) > 0 },
		engine.MissNoEffect:  func(m engine.Missing) bool { return !m.Principal },
		engine.Matched:       func(m engine.Missing) bool { return !m.Principal && !m.Action && !m.Resource && len(m.Tests) == 0 },
	}
	decisions(t, func(name string, d *engine.Decision) {
		for i := range d.Steps {
			step := &d.Steps[i]
			if step.Policy == engine.GrantStep {
				continue
			}
			if m := d.Missing(step); !step.Open && (!first[step.Miss](m) || step.Miss == engine.MissCondition && m.Tests[0] != int(step.Which)) {
				t.Errorf("%s: step %+v misses %+v", name, step, m)
			}
		}
	})
}

// Every reason has facts, each of a known kind with a place inside of its
// statement, and nothing lacks where a statement matches.
func TestReasons(t *testing.T) {
	kinds := reason.Kinds()
	decisions(t, func(name string, d *engine.Decision) {
		for i := range d.Steps {
			step := &d.Steps[i]
			if step.Policy == engine.GrantStep {
				continue
			}
			r := reason.Of(d, step)
			statement := d.Check.Policies[step.Policy].Statements[step.Statement].Span
			if r.Matched != (step.Miss == engine.Matched) || r.Matched != (r.Lacking == 0) || len(r.Facts) == 0 {
				t.Errorf("%s: %+v for %+v", name, r, step)
			}
			for _, f := range r.Facts {
				if !slices.Contains(kinds, f.Kind) || f.Element == "" || f.Span.Start < statement.Start || f.Span.End > statement.End ||
					f.Span.End <= f.Span.Start {
					t.Errorf("%s: %+v", name, f)
				}
			}
		}
	})
}

// of is the reason of the only statement of an identity-based policy.
func of(t *testing.T, request, statement string) reason.Reason {
	t.Helper()
	f := scenario.Parse("-- request --\nprincipal: arn:aws:iam::111122223333:user/ana\n" + request +
		"\n-- identity/a.json --\n" + `{"Version":"2012-10-17","Statement":` + statement + "}\n")
	if f.Errors() {
		t.Fatalf("%v", f.Problems)
	}
	d := engine.Decide(f.Requests[0].Check)
	return reason.Of(d, &d.Steps[0])
}

const queue = "action: sqs:SendMessage\nresource: arn:aws:sqs:us-east-1:111122223333:jobs"

// The facts have the values of both sides, and the part that differs.
func TestFacts(t *testing.T) {
	for _, c := range []struct {
		statement string
		want      reason.Fact
	}{
		{`{"Effect":"Allow","Action":"sqs:*","Resource":"arn:aws:sqs:us-west-2:111122223333:jobs"}`,
			reason.Fact{Kind: reason.ResourceDiffers, Element: "Resource", Closest: "arn:aws:sqs:us-west-2:111122223333:jobs", Part: "Region",
				Says: "us-west-2", Has: "us-east-1"}},
		{`{"Effect":"Allow","Action":"sqs:*","Resource":["arn:aws:sns:*:*:x","arn:aws:sqs:us-east-1:444455556666:jobs"]}`,
			reason.Fact{Kind: reason.ResourceDiffers, Element: "Resource", Closest: "arn:aws:sqs:us-east-1:444455556666:jobs", Part: "account",
				Says: "444455556666", Has: "111122223333"}},
		{`{"Effect":"Allow","Action":"sqs:*","Resource":"*","Condition":{"StringEquals":{"aws:username":"Ana"}}}`,
			reason.Fact{Kind: reason.ValueCase, Element: "Condition", Operator: "StringEquals", Key: "aws:username", Closest: "Ana"}},
		{`{"Effect":"Allow","Action":"sqs:*","Resource":"*","Condition":{"StringLike":{"aws:PrincipalArn":"arn:aws:iam::111122223333:user/ops/*"}}}`,
			reason.Fact{Kind: reason.ValueDiffers, Element: "Condition", Operator: "StringLike", Key: "aws:PrincipalArn",
				Closest: "arn:aws:iam::111122223333:user/ops/*", Says: "ops/*", Has: "ana"}},
		{`{"Effect":"Deny","NotAction":"sqs:Receive*","Resource":"*"}`,
			reason.Fact{Kind: reason.ListOmits, Element: "NotAction"}},
		{`{"Effect":"Deny","Action":"sqs:*","Resource":"*","Condition":{"StringNotEqualsIfExists":{"aws:SourceVpc":"vpc-1"}}}`,
			reason.Fact{Kind: reason.AbsentHolds, Element: "Condition", Operator: "StringNotEqualsIfExists", Key: "aws:SourceVpc"}},
	} {
		got := of(t, queue, c.statement).Facts[0]
		if got.Kind != c.want.Kind || got.Element != c.want.Element || got.Operator != c.want.Operator || got.Key != c.want.Key ||
			got.Closest != c.want.Closest || got.Part != c.want.Part || got.Says != c.want.Says || got.Has != c.want.Has {
			t.Errorf("%s\ngot  %+v\nwant %+v", c.statement, *got, c.want)
		}
	}
}

// Less is missing where less differs: each statement lacks more than the one
// before it.
func TestLacking(t *testing.T) {
	before, last := -1, ""
	for _, statement := range []string{
		`{"Effect":"Allow","Action":"sqs:*","Resource":"*"}`,
		`{"Effect":"Allow","Action":"sqs:*","Resource":"*","Condition":{"StringEquals":{"aws:username":"ANA"}}}`,
		`{"Effect":"Allow","Action":"sqs:*","Resource":"*","Condition":{"StringEquals":{"aws:username":"bob"}}}`,
		`{"Effect":"Allow","Action":"sqs:*","Resource":"*","Condition":{"StringEquals":{"aws:username":"bob","aws:SourceVpc":"vpc-1"}}}`,
		`{"Effect":"Allow","Action":"sqs:*","Resource":"arn:aws:sns:us-east-1:111122223333:news"}`,
		`{"Effect":"Allow","Action":"sqs:ReceiveMessage","Resource":"arn:aws:sqs:us-west-2:111122223333:jobs"}`,
		`{"Effect":"Allow","Action":"s3:*","Resource":"arn:aws:s3:::b"}`,
	} {
		r := of(t, queue, statement)
		if r.Lacking <= before {
			t.Errorf("%s lacks %d, and %s %d", statement, r.Lacking, last, before)
		}
		before, last = r.Lacking, statement
	}
}

// Whatever stands in a policy and in a request, there is a reason.
func FuzzReason(f *testing.F) {
	f.Add("arn:aws:s3:::b/*", "arn:aws:s3:::b", "StringLike", "${aws:username}/*", "ana")
	f.Add("arn:aws:kms:*:1:alias/x", "arn:aws:kms:us-east-1:111122223333:key/1", "ForAllValues:ArnNotLike", "arn:aws:iam::1:role/", "::")
	f.Fuzz(func(t *testing.T, resource, asked, operator, says, has string) {
		document := `{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":["sqs:Send*","sqs:SendMesage"],"Resource":` +
			quoted(resource) +
			`,"Condition":{` + quoted(operator) + `:{"aws:PrincipalTag/x":[` + quoted(says) + `,"b"]}}}}`
		file := scenario.Parse("-- request --\nprincipal: arn:aws:iam::111122223333:user/ana\naction: sqs:PurgeQueue\nresource: " + asked +
			"\naws:PrincipalTag/x: " + has + "\n-- identity/a.json --\n" + document + "\n")
		if file.Errors() {
			return
		}
		d := engine.Decide(file.Requests[0].Check)
		if len(d.Steps) == 0 {
			return
		}
		if r := reason.Of(d, &d.Steps[0]); len(r.Facts) == 0 || r.Matched != (r.Lacking == 0) {
			t.Errorf("%+v", r)
		}
	})
}

func quoted(s string) string { return string(policy.AppendQuoted(nil, s)) }

// A resource is a part of what a value covers, and that is looked for so deep and
// no deeper: a resource of thousands of parts would take their square.
func TestDeepParts(t *testing.T) {
	kind := func(resource string) reason.Kind {
		f := scenario.Parse("-- request --\nprincipal: arn:aws:iam::111122223333:user/bob\naction: sqs:SendMessage\nresource: " + resource +
			"\n" +
			"-- identity/p.json --\n{\"Statement\": {\"Effect\": \"Allow\", \"Action\": \"*\", \"Resource\": \"arn:aws:sqs:*:*:*b\"}}\n")
		if f.Errors() {
			t.Fatal(f.Problems)
		}
		d := engine.Decide(f.Requests[0].Check)
		return reason.Of(d, &d.Steps[0]).Facts[0].Kind
	}
	const q = "arn:aws:sqs:us-east-1:111122223333:"
	if got := kind(q + strings.Repeat("a/", 20) + "b/c"); got != reason.ResourceWhole {
		t.Errorf("20 parts deep: %s", got)
	}
	for name, resource := range map[string]string{"deep": strings.Repeat("a/", 500) + "b/c", "long": strings.Repeat("a", 3_000) + "b/c"} {
		if got := kind(q + resource); got == reason.ResourceWhole {
			t.Errorf("%s: %s", name, got)
		}
	}
}
