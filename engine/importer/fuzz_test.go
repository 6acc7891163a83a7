package importer_test

import (
	"strconv"
	"strings"
	"testing"
	"unicode/utf8"

	"why403/engine/importer"
	"why403/engine/policy"
	"why403/engine/scenario"
	"why403/engine/template"
	"why403/engine/template/source"
)

// structural gives an error of a scenario that is not inside a policy.
func structural(text string) string {
	f := scenario.Parse(text)
	for _, p := range f.Problems {
		_, request := scenario.RequestName(p.Section)
		if p.Severity == policy.Error && (p.Section == "" || request) {
			return p.Section + ": " + p.Message
		}
	}
	return ""
}

// checkResult is what holds of every result.
func checkResult(t *testing.T, into, pasted string, r *importer.Result) {
	t.Helper()
	if r.Text != "" && (into == "" || structural(into) == "") {
		if message := structural(r.Text); message != "" {
			t.Errorf("the scenario is broken: %s\n%s", message, r.Text)
		}
		if got := scenario.Parse(r.Text).Format(); got != r.Text {
			t.Error("the scenario does not come back as it is")
		}
	}
	if r.Kind == "" && len(r.Problems) == 0 {
		t.Error("neither recognised nor reported")
	}
	if r.Text == "" && len(r.Problems)+len(r.Unknown)+len(r.Choices)+len(r.Next) == 0 {
		t.Errorf("no scenario, and nothing says why: %+v", r)
	}
	for _, p := range r.Problems {
		if p.Span.Start < 0 || p.Span.End < p.Span.Start || p.Span.End > len(pasted) || p.Message == "" {
			t.Errorf("a problem at %v of %d bytes: %s", p.Span, len(pasted), p.Message)
		}
	}
	texts := append(append([]string{r.Kind}, r.Understood...), r.Unknown...)
	for _, n := range r.Next {
		texts = append(texts, n.Text, n.Command)
	}
	ids := map[string]bool{}
	for _, c := range r.Choices {
		if texts = append(texts, c.Label); ids[c.ID] {
			t.Errorf("two choices %q", c.ID)
		}
		ids[c.ID] = true
	}
	for _, text := range texts {
		if strings.ContainsAny(text, "\n\r\x00") || utf8.ValidString(into+pasted) && !utf8.ValidString(text) {
			t.Errorf("more than a line: %q", text)
		}
	}
	if r.Chosen != "" && !ids[r.Chosen] {
		t.Errorf("%q is chosen, and was not offered", r.Chosen)
	}
	if n := len(r.Choices) + len(r.Understood) + len(r.Unknown) + len(r.Next); n > 4*importer.MaxChoices+len(pasted)/8 {
		t.Errorf("%d facts of %d bytes", n, len(pasted))
	}
}

// FuzzImport: whatever is pasted, nothing panics, and a scenario that comes
// out can be read.
func FuzzImport(f *testing.F) {
	for _, g := range goldens(f) {
		f.Add(g.into, g.pasted, g.choice)
	}
	// Entities alone, of which nobody asked for anything yet.
	f.Add("-- entity/n --\n}", "User: arn:aws:iam::111122223333:user/a is not authorized to perform: sqs:ReceiveMessage", "")
	f.Add("-- request --\naction: \x00", `{"Grants":[]}`, "")
	f.Fuzz(func(t *testing.T, into, pasted, choice string) {
		r := importer.Import(into, pasted, choice)
		checkResult(t, into, pasted, &r)
		for _, c := range r.Choices[:min(len(r.Choices), 3)] {
			again := importer.Import(into, pasted, c.ID)
			checkResult(t, into, pasted, &again)
		}
	})
}

// TestProperties puts every golden text into every present scenario, whole and
// cut short, with every choice that is offered.
func TestProperties(t *testing.T) {
	cases := goldens(t)
	intos := []string{"", "only a comment", presents["key"], presents["bucket"], presents["queue"], presents["assume"]}
	for _, g := range cases {
		for _, into := range append(intos, g.into) {
			for _, pasted := range []string{g.pasted, g.pasted[:len(g.pasted)/2], g.pasted[:len(g.pasted)*9/10], strings.ReplaceAll(g.pasted,
				"\"", "")} {
				r := importer.Import(into, pasted, g.choice)
				checkResult(t, into, pasted, &r)
				for _, c := range r.Choices {
					again := importer.Import(into, pasted, c.ID)
					if checkResult(t, into, pasted, &again); again.Text == "" && pasted == g.pasted && len(again.Unknown) == 0 &&
						len(again.Problems) == 0 {
						t.Errorf("%s: the choice %s gives no scenario", g.name, c.ID)
					}
				}
				if t.Failed() {
					t.Fatalf("%s\ninto %q\npasted %s", g.name, into, pasted)
				}
			}
		}
	}
}

// TestTwice: importing the same text again into what came out changes nothing
// but what was said about it.
func TestTwice(t *testing.T) {
	for _, g := range goldens(t) {
		first := importer.Import(g.into, g.pasted, g.choice)
		if first.Text == "" || strings.HasPrefix(first.Kind, "a why403") {
			continue
		}
		second := importer.Import(first.Text, g.pasted, g.choice)
		if second.Text != first.Text {
			t.Errorf("%s: the second time\n%s\nthe first\n%s", g.name, second.Text, first.Text)
		}
	}
}

func TestTooLarge(t *testing.T) {
	for _, c := range []struct{ head, command string }{
		{`{"UserDetailList": [`, "RoleDetailList"}, {`{"Records": [`, ""},
	} {
		pasted := c.head + strings.Repeat(" ", policy.MaxSize)
		r := importer.Import("", pasted, "")
		if r.Text != "" || len(r.Problems) != 1 || r.Problems[0].Code != "too-large" {
			t.Errorf("%s: %+v", c.head, r)
		}
		if got := len(r.Next) > 0 && strings.Contains(r.Next[0].Command, c.command); got != (c.command != "") {
			t.Errorf("%s: next is %v", c.head, r.Next)
		}
	}
}

// A scenario is read up to the size that the engine reads, and no part of it is left out.
func TestLongScenario(t *testing.T) {
	var b strings.Builder
	b.WriteString("Many roles\n\n-- request --\nprincipal: arn:aws:iam::111122223333:user/ann\naction: s3:GetObject\nresource: " +
		"arn:aws:s3:::b/k\n")
	statement := `{"Statement": {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "` + strings.Repeat("*", 5000) + "\"}}\n"
	for i := 0; b.Len() < 2*policy.MaxSize; i++ {
		role := "r" + strconv.Itoa(i)
		b.WriteString("-- entity/" + role + " --\narn: arn:aws:iam::111122223333:role/" + role + "\n-- entity/" + role +
			"/identity/p.json --\n" + statement)
	}
	if r := importer.Import("", b.String(), ""); r.Kind != importer.ScenarioKind || r.Text != b.String() || len(r.Problems) > 0 {
		t.Errorf("%s, %d of %d bytes, %v", r.Kind, len(r.Text), b.Len(), r.Problems)
	}
	b.WriteString(strings.Repeat("#", 4*policy.MaxSize))
	if r := importer.Import("", b.String(), ""); r.Text != "" || len(r.Problems) != 1 {
		t.Errorf("of over 4 MiB: %d bytes, %v", len(r.Text), r.Problems)
	}
}

// The wanted answers stay at the end.
func TestWantStaysLast(t *testing.T) {
	into := presents["bucket"] + "-- want --\nallow"
	r := importer.Import(into, `{"Statement":{"Effect":"Deny","Action":"s3:*","Resource":"*"}}`, "identity")
	if !strings.HasSuffix(r.Text, "-- identity/pasted.json "+
		"--\n{\"Statement\":{\"Effect\":\"Deny\",\"Action\":\"s3:*\",\"Resource\":\"*\"}}\n-- want --\nallow") {
		t.Error(r.Text)
	}
}

// Bytes of a policy stay as they were pasted.
func TestVerbatim(t *testing.T) {
	const document = "{ \"Version\":\t\"2012-10-17\",\n   \"Statement\" : [{\"Effect\":\"Allow\", \"Action\" " +
		":\"s3:*\",\r\n\"Resource\":\"\\u002a\"} ] }"
	r := importer.Import(presents["bucket"], "\uFEFF  "+document+"\n\n", "")
	if text, ok := scenario.Parse(r.Text).Section("identity/pasted.json"); !ok || text != document+"\n" {
		t.Errorf("got %q", text)
	}
}

// Texts that were made to be slow are read as fast as others: here they would
// take minutes.
func TestHostile(t *testing.T) {
	for _, piece := range hostile {
		pasted := strings.Repeat(piece, policy.MaxSize/len(piece))
		r := importer.Import(presents["key"], pasted, "")
		checkResult(t, presents["key"], pasted, &r)
	}
	policies := strings.Repeat(`{"PolicyName":"p","PolicyDocument":{"Statement":[]}},`, 15000)
	groups := strings.Repeat(`"g",`, 20000)
	for _, pasted := range []string{
		`{"RoleDetailList":[{"Arn":"arn:aws:iam::111122223333:role/app","RolePolicyList":[` + policies + `{}]}]}`,
		`{"UserDetailList":[{"Arn":"arn:aws:iam::111122223333:user/app","GroupList":[` + groups + `"g"]}],"GroupDetailList":[` +
			strings.Repeat(`{"GroupName":"x"},`, 20000) + `{}]}`,
		`{"AttachedPolicies":[` + strings.Repeat(`{"PolicyArn":"arn:aws:iam::111122223333:policy/x"},`, 15000) + `{}]}`,
	} {
		r := importer.Import("", pasted, "")
		checkResult(t, "", pasted, &r)
	}
}

// FuzzCode: the same of code, with values for what it leaves open.
func FuzzCode(f *testing.F) {
	for _, g := range goldens(f) {
		if strings.HasPrefix(g.name, "templates.txt/") {
			f.Add(g.into, g.pasted, "account", "var.x")
		}
	}
	f.Fuzz(func(t *testing.T, into, pasted, name, value string) {
		for _, syntax := range []string{template.HCL, template.YAML, ""} {
			text := pasted
			if syntax != "" {
				text, _ = source.JSON(syntax, pasted)
			}
			r := importer.Fill(into, text, "", map[string]string{name: strings.ToValidUTF8(value, "?")})
			checkResult(t, into, text, &r)
			if r.Syntax != "" && r.Text != "" && !strings.Contains(text, "ot authorized to perform") {
				t.Errorf("a scenario of code that was not made JSON: %+v", r)
			}
		}
	})
}
