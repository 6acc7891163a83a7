//go:build !js

package main

import (
	"encoding/xml"
	"io"
	"regexp"
	"slices"
	"strings"
	"testing"

	"why403/engine"
	"why403/engine/answer"
	"why403/engine/combine"
	"why403/engine/kms"
	"why403/engine/policy"
	"why403/engine/scenario"
)

// node is an element of the fragment, which is well-formed XML too.
type node struct {
	XMLName xml.Name
	Attrs   []xml.Attr `xml:",any,attr"`
	Nodes   []node     `xml:",any"`
	Inner   string     `xml:",innerxml"`
}

func parse(t *testing.T, fragment string) *node {
	t.Helper()
	decoder := xml.NewDecoder(strings.NewReader(strings.TrimSpace(fragment)))
	var root node
	if err := decoder.Decode(&root); err != nil {
		t.Fatalf("%v in %s", err, fragment)
	}
	if _, err := decoder.Token(); err != io.EOF {
		t.Fatalf("more than one element: %v", err)
	}
	return &root
}

func (n *node) attr(name string) string {
	for _, a := range n.Attrs {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}

// all finds the elements of a name, and of a class if one is given.
func (n *node) all(name, class string) (found []*node) {
	for i := range n.Nodes {
		c := &n.Nodes[i]
		if c.XMLName.Local == name && (class == "" || slices.Contains(strings.Fields(c.attr("class")), class)) {
			found = append(found, c)
		}
		found = append(found, c.all(name, class)...)
	}
	return found
}

// text is what stands in an element, without its tags.
func (n *node) text() string {
	decoder := xml.NewDecoder(strings.NewReader(n.Inner))
	var b strings.Builder
	for {
		token, err := decoder.Token()
		if err != nil {
			return strings.Join(strings.Fields(b.String()), " ")
		}
		if c, ok := token.(xml.CharData); ok {
			b.Write(c)
		}
	}
}

func TestStaticTables(t *testing.T) {
	tables := parse(t, static()).all("table", "")
	if len(tables) != 2 || tables[0].all("caption", "")[0].text() != "Same account" ||
		tables[1].all("caption", "")[0].text() != "Cross-account" {
		t.Fatalf("%d tables", len(tables))
	}
	rows := kms.Table().Rows()
	for i, size := range []int{18, 24} {
		heads := tables[i].all("th", "")
		if got := tables[i].all("thead", "")[0].text(); got != "Key policyIdentity-based policyGrantAccess" ||
			heads[0].attr("scope") != "col" || heads[4].attr("scope") != "row" {
			t.Errorf("the head is %s", got)
		}
		shown := tables[i].all("tbody", "")[0].all("tr", "")
		if len(shown) != size {
			t.Fatalf("table %d has %d rows", i, len(shown))
		}
		for _, tr := range shown {
			checkRow(t, tr, &rows[0])
			rows = rows[1:]
		}
	}
}

func checkRow(t *testing.T, tr *node, r *combine.Row) {
	t.Helper()
	said := kms.Table().Labels(r.Case)
	want := []string{"Key policy " + said[kms.KeyPolicy], "Identity-based policy " + said[kms.IAM], "Grant " + said[kms.Grant]}
	var got []string
	for _, cell := range append(tr.all("th", ""), tr.all("td", "")...) {
		got = append(got, cell.text())
	}
	word := map[string]string{"allow": "✓ allowed", "implicit deny": "○ denied"}[r.Outcome.String()]
	if tr.attr("id") != "row="+r.ID() || len(got) != 4 || !slices.Equal(got[:3], want) || !strings.HasPrefix(got[3], word) ||
		strings.Contains(got[3], "minimal") != r.Minimal {
		t.Errorf("%s shows %q", r.ID(), got)
	}
}

func TestStaticCounts(t *testing.T) {
	root := parse(t, static())
	tables := root.all("section", "combinations")[0]
	counts := map[string]int{}
	for _, cell := range tables.all("td", "access") {
		counts["rows"]++
		for _, words := range []string{"✓ allowed", "○ denied", "minimal", "only in the same account", "only across accounts",
			"allowed in the same account", "allowed across accounts"} {
			if strings.Contains(cell.text(), words) {
				counts[words]++
			}
		}
	}
	for words, want := range map[string]int{
		"rows": 42, "✓ allowed": 27, "○ denied": 15, "minimal": 9,
		"only in the same account": 2, "allowed in the same account": 5, "only across accounts": 0, "allowed across accounts": 0,
	} {
		if counts[words] != want {
			t.Errorf("%q is there %d times, want %d", words, counts[words], want)
		}
	}
	if lead := tables.all("p", "lead")[0].text(); !strings.Contains(lead, "27 of 42 give access; 9 are minimal") {
		t.Error(lead)
	}
}

func TestDifference(t *testing.T) {
	for id, want := range map[string]string{
		"same-account/explicit/none/none":                      "only in the same account",
		"cross-account/explicit/none/none":                     "allowed in the same account",
		"same-account/none/none/explicit":                      "",
		"cross-account/none/none/explicit-by-caller":           "",
		"cross-account/none/none/explicit-by-key-account":      "allowed in the same account",
		"same-account/delegation/allow/none":                   "",
		"cross-account/delegation/none/delegation":             "",
		"cross-account/explicit/allow/explicit-by-key-account": "",
	} {
		rows := kms.Table().Rows()
		i := slices.IndexFunc(rows, func(r combine.Row) bool { return r.ID() == id })
		if got := difference(&rows[i], rows); got != want {
			t.Errorf("%s: %q, want %q", id, got, want)
		}
	}
}

func TestStaticExamples(t *testing.T) {
	root := parse(t, static())
	articles := root.all("section", "static")[0].all("article", "")
	outcomes := []string{"○ Denied", "✓ Allowed", "✓ Allowed", "○ Denied", "✕ Denied", "○ Denied"}
	if len(articles) != len(outcomes) || len(workedExamples) != len(outcomes) {
		t.Fatalf("%d examples", len(articles))
	}
	for i, a := range articles {
		_, f := exampleFile(workedExamples[i])
		answer := answer.File(f)[0]
		if len(f.Requests) != 1 || a.all("h3", "")[0].text() != f.Title() || a.all("p", "why")[0].text() != answer.Verdict {
			t.Errorf("%s: %s, %s", workedExamples[i], a.all("h3", "")[0].text(), a.all("p", "why")[0].text())
		}
		outcome := a.all("p", "outcome")[0]
		if got := outcome.all("span", "badge")[0].text() + " " + outcome.all("strong", "")[0].text(); got != outcomes[i] {
			t.Errorf("%s: %s", workedExamples[i], got)
		}
		quotes := a.all("blockquote", "")
		if (len(quotes) == 1) != (answer.Message != "") || len(quotes) == 1 && quotes[0].text() != answer.Message {
			t.Errorf("%s has %d sentences of AWS", workedExamples[i], len(quotes))
		}
		links := a.all("a", "")
		if len(links) != 1 || links[0].attr("href") != "#example="+workedExamples[i] {
			t.Errorf("%s is not linked", workedExamples[i])
		}
		if len(a.all("pre", "")) < 2 || len(a.all("dd", "")) == 0 {
			t.Errorf("%s lacks its policies, or what they said", workedExamples[i])
		}
	}
}

// Whatever stands in a scenario stays text.
// The silence of a policy has the colour of the verdict only where it decides.
func TestStaticSilence(t *testing.T) {
	const grant = `-- request --
principal: arn:aws:iam::111122223333:role/app
action: kms:Decrypt
resource: arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab
-- resource.json --
{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Principal": {"AWS": "arn:aws:iam::111122223333:role/other"}, "Action": "kms:*", "Resource": "*"}}
`
	for with, want := range map[string]string{
		"": "silent",
		`-- grants.json --
[{"GranteePrincipal": "arn:aws:iam::111122223333:role/app", "Operations": ["Decrypt"]}]
`: "mute",
	} {
		var m markup
		m.example("x", scenario.Parse("A key\n\n"+grant+with))
		said := parse(t, m.text.String()).all("dd", "")[0].all("b", "")
		if len(said) != 1 || said[0].attr("class") != want || !strings.Contains(said[0].text(), "silent") {
			t.Errorf("with %q: %s", with, m.text.String())
		}
	}
}

func TestStaticEscapes(t *testing.T) {
	const evil = `"><script>alert(1)<img src=x onerror='a'>&amp;%`
	f := scenario.Parse(evil + "\n-- request --\nprincipal: arn:aws:iam::111122223333:user/" + evil +
		"\naction: s3:GetObject\nresource: arn:aws:s3:::b/" + evil + "\nresource-account: 111122223333\n-- identity/" + evil + ".json --\n" +
		`{"Statement": {"Sid": "<b>&", "Effect": "Deny", "Action": "*", "Resource": "*"}}` + "\n")
	if f.Errors() {
		t.Fatal(f.Problems)
	}
	var m markup
	m.example(evil, f)
	root := parse(t, m.text.String())
	if len(root.all("script", ""))+len(root.all("img", ""))+len(root.all("b", "")) != len(root.all("dd", "")) {
		t.Error(m.text.String())
	}
	if href := root.all("a", "")[0].attr("href"); href != "#example="+evil {
		t.Error(href)
	}
	for _, raw := range []string{"<script", "<img", "<b>", "onerror='"} {
		if strings.Contains(m.text.String(), raw) {
			t.Errorf("%s is there as it was", raw)
		}
	}
	if got := root.all("h3", "")[0].text(); got != evil {
		t.Errorf("the title is %s", got)
	}
	if pre := root.all("pre", ""); len(pre) != 2 || !strings.Contains(pre[0].text(), "user/"+evil) {
		t.Errorf("%d sections", len(pre))
	}
}

// The page finds the name of a resource's policy as the engine finds its type.
func TestPolicyOfARN(t *testing.T) {
	for _, arn := range []string{"arn:aws:kms:us-east-1:111122223333:key/k", "arn:aws-cn:kms:cn-north-1:111122223333:key",
		"arn:aws:kms:r:1:alias/key/a",
		"arn:aws:kms:r:1:keys/k", "arn:aws:kms:r:1:key:k", "arn:aws:iam::111122223333:role/path/r", "arn:aws:iam::111122223333:user/role/r",
		"arn:aws:ec2:r:1:vpc-endpoint/vpce-1", "arn:aws:ec2:r:1:vpc/vpce-1", "arn:aws:cloudformation:r:1:stack/s/id", "arn:aws:s3:::kms:key/k",
		"arn:aws:s3:::role", "arn:", "", "key", "kms:key/k"} {
		want, got := engine.PolicyType(arn).Label(), ""
		for _, row := range engine.PolicyTypes {
			if regexp.MustCompile(arnsOf(row.Of)).MatchString(arn) {
				got += row.Type.Label()
			}
		}
		if got == "" {
			got = policy.Resource.Label() // the page has no name of its own for it
		}
		if got != want {
			t.Errorf("%s: the page has %q, the engine %s", arn, got, want)
		}
	}
}
