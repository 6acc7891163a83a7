package answer_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"why403/engine"
	"why403/engine/answer"
	"why403/engine/scenario"
)

// keys are all texts of up to four letters, as names of buckets and objects.
var keys = func() (out []string) {
	out = []string{""}
	for from := 0; len(out) < 300; {
		end := len(out)
		for ; from < end; from++ {
			for _, c := range []string{"a", "b", "/", "é"} {
				out = append(out, out[from]+c)
			}
		}
	}
	return out
}()

// stands reports whether a pattern stands for a text, as the definition has it.
func stands(pattern, text string) bool {
	switch {
	case pattern == "":
		return text == ""
	case pattern[0] == '*':
		return stands(pattern[1:], text) || text != "" && stands(pattern, text[1:])
	case text == "":
		return false
	case pattern[0] == '?':
		_, rest, _ := strings.Cut(text, string([]rune(text)[0]))
		return stands(pattern[1:], rest)
	}
	return pattern[0] == text[0] && stands(pattern[1:], text[1:])
}

// What is allowed on a pattern, without a word that not all of it was looked
// at, is allowed on everything that it stands for.
func TestPatternLaw(t *testing.T) {
	rounds := 4_000
	if testing.Short() {
		rounds = 500
	}
	c := rand.New(rand.NewPCG(403, 9))
	one := func(of ...string) string { return of[c.IntN(len(of))] }
	part := func() string {
		return one("*", "*", "a*", "a/*", "b/*", "?", "??*", "*b", "a", "", "a/b", "*/*", "a?", "${aws:username}*",
			"${aws:PrincipalTag/none}", "${aws:PrincipalTag/team}", "é*", "*é")
	}
	resources := func() string {
		values := []string{`"arn:aws:s3:::` + part() + `"`}
		for range c.IntN(3) {
			values = append(values, `"arn:aws:s3:::`+part()+`"`)
		}
		return `"` + one("Resource", "Resource", "Resource", "NotResource") + `":[` + strings.Join(values, ",") + "]"
	}
	statements := func(principal string) string {
		out := []string{`{"Effect":"Allow",` + principal + `"Action":"*","Resource":"` + one("*", "arn:aws:s3:::*", "arn:aws:s3:::a*") + `"}`}
		for range c.IntN(4) {
			out = append(out, fmt.Sprintf(`{"Effect":"%s",%s"Action":"s3:*",%s}`, one("Allow", "Deny"), principal, resources()))
		}
		return `{"Version":"2012-10-17","Statement":[` + strings.Join(out[c.IntN(len(out)):], ",") + "]}\n"
	}
	allowed, open, kinds := 0, 0, map[engine.Outcome]int{}
	for range rounds {
		pattern := strings.ReplaceAll(part(), "$", "")
		world := "-- identity/a.json --\n" + statements("")
		for i, bucket := range []string{"a", "b", "a/b", "ab"} {
			if name := fmt.Sprintf("entity/e%d", i); c.IntN(3) == 0 {
				world += "-- " + name + " --\narn: arn:aws:s3:::" + bucket + "\naccount: " + one("111122223333", "111122223333", "444455556666") + "\n"
				if !strings.Contains(bucket, "/") && c.IntN(2) == 0 {
					world += "-- " + name + "/policy.json --\n" + statements(`"Principal":"*",`)
				}
			}
		}
		ask := func(resource string) answer.Answer {
			return answer.File(read(t,
				"-- request --\n"+bob+"action: s3:GetObject\nresource: arn:aws:s3:::"+resource+"\nresource-account: "+
					"111122223333\naws:PrincipalTag/team: a\n"+world))[0]
		}
		if pattern == "" {
			continue
		}
		a := ask(pattern)
		kinds[a.Outcome]++
		if a.Outcome != engine.Allowed {
			continue
		}
		if slices.ContainsFunc(a.Lines(), func(line string) bool { return strings.HasPrefix(line, "note: Not all that ") }) {
			open++
			continue
		}
		allowed++
		for _, key := range keys {
			if key != "" && stands(pattern, key) {
				if got := ask(key); got.Outcome != engine.Allowed {
					t.Fatalf("arn:aws:s3:::%s is allowed, arn:aws:s3:::%s is not: %v\n%s", pattern, key, got.Outcome, world)
				}
			}
		}
	}
	t.Logf("allowed %d, open %d, of %v", allowed, open, kinds)
	if allowed < rounds/20 || open > allowed/3 || kinds[engine.ExplicitDeny] < rounds/20 {
		t.Errorf("allowed %d, open %d, of %v", allowed, open, kinds)
	}
}

// What a pattern comes to where a part of it is hard to find.
func TestPatternParts(t *testing.T) {
	const open = `{"Effect":"Allow","Action":"*","Resource":"*"}`
	many := func(effect string) string {
		var values []string
		for i := range 400 {
			values = append(values, fmt.Sprintf(`"arn:aws:s3:::b/%03d/*"`, i))
		}
		return `{"Effect":"` + effect + `","Action":"s3:*","Resource":[` + strings.Join(values, ",") + "]}"
	}
	deny := func(resource, condition string) string {
		return `{"Effect":"Deny","Action":"*","Resource":"` + resource + `"` + condition + "}"
	}
	const queues = "-- entity/q --\narn: arn:aws:sqs:us-east-1:111122223333:q\n-- entity/q/policy.json --\n" +
		`{"Version":"2012-10-17","Statement":{"Effect":"Deny","Principal":"*","Action":"sqs:*","Resource":"*"}}` + "\n"
	const aliased = "-- entity/k --\narn: arn:aws:kms:us-east-1:111122223333:key/1\nalias: alias/a\n-- entity/k/policy.json --\n" +
		`{"Version":"2012-10-17","Statement":{"Effect":"Deny","Principal":"*","Action":"kms:*","Resource":"*"}}` + "\n-- resource.json --\n" +
		`{"Version":"2012-10-17","Statement":{"Effect":"Allow","Principal":"*","Action":"kms:*","Resource":"*"}}` + "\n"
	for name, c := range map[string]struct {
		asked, policy, more, want string
		open                      bool
	}{
		"the last of many": {"s3:GetObject arn:aws:s3:::b/*", many("Allow") + "," + open + "," + deny("arn:aws:s3:::b/z", ""), "",
			"explicit deny", false},
		"many, all allowed":     {"s3:GetObject arn:aws:s3:::b/*", many("Allow") + "," + open, "", "allow", false},
		"many allowed, not all": {"s3:GetObject arn:aws:s3:::b/*", many("Allow"), "", "implicit deny", false},
		"the value of a variable": {"s3:GetObject arn:aws:s3:::b/*", open + "," + deny("arn:aws:s3:::b/${aws:username}/*", ""), "",
			"explicit deny", false},
		"a variable without a value": {"s3:GetObject arn:aws:s3:::b/*", open + "," + deny("arn:aws:s3:::b/${aws:PrincipalTag/x}/*", ""), "",
			"allow", false},
		"all of it, in two parts": {"s3:GetObject arn:aws:s3:::b/?*",
			`{"Effect":"Allow","Action":"*","Resource":["arn:aws:s3:::b/?","arn:aws:s3:::b/??*"]}`, "", "implicit deny", false},
		"any Region": {"sqs:SendMessage arn:aws:sqs:*:111122223333:q", open, "", "allow", false},
		"any Region, and one is read": {"sqs:SendMessage arn:aws:sqs:*:111122223333:q",
			open + "," + deny("*", `,"Condition":{"StringEquals":{"aws:RequestedRegion":"us-east-1"}}`), "", "allow", true},
		"a queue with its own policy": {"sqs:SendMessage arn:aws:sqs:us-east-1:111122223333:*", open, queues, "explicit deny", false},
		"a key with its own policy":   {"kms:Decrypt arn:aws:kms:us-east-1:111122223333:key/*", open, aliased, "explicit deny", false},
		"the same, behind its alias":  {"kms:Decrypt arn:aws:kms:us-east-1:111122223333:alias/*", open, aliased, "explicit deny", false},
		"whose bucket is another's": {"s3:GetObject arn:aws:s3:::*", open, "-- entity/r --\narn: arn:aws:s3:::r\naccount: 444455556666\n",
			"implicit deny", false},
		"objects of any bucket": {"s3:GetObject arn:aws:s3:::*/*", open,
			"-- entity/r --\narn: arn:aws:s3:::r\naccount: 444455556666\n", "implicit deny", false},
		"a bucket, by the line": {"s3:GetObject arn:aws:s3:::*\nresource-account: 444455556666", open,
			"-- entity/r --\narn: arn:aws:s3:::r\n-- resource.json --\n" +
				`{"Version":"2012-10-17","Statement":{"Effect":"Allow","Principal":"*","Action":"s3:*","Resource":"*"}}` + "\n", "implicit deny",
			false},
		"a Deny behind many that do not count": {"s3:GetObject arn:aws:s3:::b/*",
			strings.Replace(many("Deny"), "{", `{"Condition":{"Bool":{"aws:SecureTransport":"false"}},`, 1) +
				"," + open + "," + deny("arn:aws:s3:::b/z", ""), "", "allow", true},
		"what is yet to be made": {"ec2:CreateVolume arn:aws:ec2:us-east-1:111122223333:volume/*", open, "", "allow", false},
		"a star of a value is no star": {"s3:GetObject arn:aws:s3:::b/?\naws:PrincipalTag/x: *",
			`{"Effect":"Allow","Action":"*","Resource":"arn:aws:s3:::b/${aws:PrincipalTag/x}"}`, "", "implicit deny", false},
	} {
		action, resource, _ := strings.Cut(c.asked, " ")
		a := answer.File(read(t, "-- request --\n"+bob+"action: "+action+"\nresource: "+resource+"\n"+
			"-- identity/a.json --\n"+`{"Version":"2012-10-17","Statement":[`+c.policy+"]}\n"+c.more))[0]
		note := slices.ContainsFunc(a.Lines(), func(line string) bool { return strings.HasPrefix(line, "note: Not all that ") })
		if a.Outcome.String() != c.want || note != c.open {
			t.Errorf("%s: %v, open %v\n%s", name, a.Outcome, note, strings.Join(a.Lines(), "\n"))
		}
	}
}

func read(t *testing.T, text string) *scenario.File {
	t.Helper()
	f := scenario.Parse(text)
	if f.Errors() {
		t.Fatalf("%+v\n%s", f.Problems, text)
	}
	return f
}
