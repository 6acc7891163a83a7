package scenario_test

import (
	"strings"
	"testing"
)

const grantee = `"GranteePrincipal":"arn:aws:iam::111122223333:role/app"`

// Grants come as aws kms list-grants prints them, or as the list alone.
func TestGrants(t *testing.T) {
	const list = `[{"GrantId":"g1","KeyId":"arn:aws:kms:us-east-1:111122223333:key/1234","Name":"","CreationDate":1.5e9,` + grantee + `,
  "IssuingAccount":"arn:aws:iam::444455556666:root","RetiringPrincipal":"arn:aws:iam::111122223333:root","Operations":["Decrypt","Encrypt"],
  "Constraints":{"EncryptionContextSubset":{"a":"b","c":"d"}}},
 {` + grantee + `,"IssuingAccount":"444455556666","Operations":[],"Constraints":null,"RetiringPrincipal":null},
 {"GranteeServicePrincipal":"rds.amazonaws.com","RetiringServicePrincipal":"rds.amazonaws.com","Operations":["Decrypt"],
  "Constraints":{"EncryptionContextEquals":{},"SourceArn":"arn:aws:rds:us-east-1:111122223333:db:x"}}]`
	for _, text := range []string{list, `{"Grants":` + list + `,"Truncated":false}`} {
		f := expect(t, ask+"-- grants.json --\n"+text+"\n", "")
		if len(f.Grants()) != 3 {
			t.Fatalf("%+v", f.Grants())
		}
		g := &f.Grants()[0]
		if g.ID != "g1" || !strings.HasSuffix(g.KeyID, "key/1234") || g.Grantee.Value != "arn:aws:iam::111122223333:role/app" ||
			g.IssuingAccount != "444455556666" ||
			!strings.HasSuffix(g.Retiring.Value, ":root") || len(g.Operations) != 2 || g.Equals != nil ||
			strings.Join(g.Subset.Names, "")+strings.Join(g.Subset.Values, "") != "acbd" {
			t.Errorf("%+v", g)
		}
		section := f.Text("grants.json")
		for _, span := range []struct{ got, want string }{
			{section[g.Grantee.Span.Start:g.Grantee.Span.End], `"arn:aws:iam::111122223333:role/app"`},
			{section[g.OperationsSpan.Start:g.OperationsSpan.End], `["Decrypt","Encrypt"]`},
			{section[g.ConstraintsSpan.Start:g.ConstraintsSpan.End], `{"EncryptionContextSubset":{"a":"b","c":"d"}}`},
			{section[g.Span.Start:g.Span.End][:8], `{"GrantI`},
		} {
			if span.got != span.want {
				t.Errorf("got %s, want %s", span.got, span.want)
			}
		}
		if second := &f.Grants()[1]; second.IssuingAccount != "444455556666" || second.Equals != nil || second.Retiring.Value != "" {
			t.Errorf("%+v", second)
		}
		if third := &f.Grants()[2]; third.GranteeService.Value == "" || third.RetiringService.Value == "" || third.SourceArn.Value == "" ||
			third.Equals == nil {
			t.Errorf("%+v", third)
		}
	}
}

// Each problem of a grant, at its place; "kept" says that the grant counts.
func TestGrantProblems(t *testing.T) {
	const decryptOnly = `,"Operations":["Decrypt"]`
	for _, c := range []struct {
		grant, want string
		kept        bool
	}{
		{`1`, "1:2 wrong-type", false},
		{`{}`, "1:2 missing-operations, 1:2 missing-grantee", false},
		{`{` + grantee + `}`, "1:2 missing-operations", false},
		{`{"Operations":["Decrypt"]}`, "1:2 missing-grantee", false},
		{`{"GranteePrincipal":1,"Operations":["Decrypt"]}`, "1:22 wrong-type", false},
		{`{` + grantee + `,"Operations":"Decrypt"}`, "1:72 wrong-type", false},
		{`{` + grantee + `,"Operations":[1]}`, "1:73 wrong-type", false},
		{`{` + grantee + `,"Operations":["kms:Decrypt","*","decrypt"]}`, "~1:73 bad-operation, ~1:87 bad-operation", true},
		{`{` + grantee + `,"GranteeServicePrincipal":"rds.amazonaws.com"` + decryptOnly + `}`, "1:85 both-of-a-pair", false},
		{`{"GranteePrincipal":"arn:aws:iam::111122223333:group/g"` + decryptOnly + `}`, "~1:22 bad-grantee", true},
		{`{"GranteePrincipal":"*"` + decryptOnly + `}`, "~1:22 bad-grantee", true},
		{`{"GranteeServicePrincipal":"rds.amazonaws.com"` + decryptOnly + `}`, "~1:29 incomplete-grant", true},
		{`{` + grantee + `,"IssuingAccount":"me"` + decryptOnly + `}`, "1:76 bad-account", false},
		{`{` + grantee + `,"IssuingAccount":"arn:aws:iam::1:root"` + decryptOnly + `}`, "1:76 bad-account", false},
		{`{` + grantee + `,"Constraint":{}` + decryptOnly + `}`, "~1:59 unknown-element", true},
		{`{` + grantee + decryptOnly + `,"Operations":["Encrypt"]}`, "1:84 duplicate-name", false},
		{`{` + grantee + decryptOnly + `,"Constraints":[]}`, "1:98 wrong-type", false},
		{`{` + grantee + decryptOnly + `,"Constraints":{"X":1}}`, "1:99 unknown-element", false},
		{`{` + grantee + decryptOnly + `,"Constraints":{"SourceArn":1}}`, "1:111 wrong-type", false},
		{`{` + grantee + decryptOnly + `,"Constraints":{"EncryptionContextEquals":"x"}}`, "1:125 wrong-type", false},
		{`{` + grantee + decryptOnly + `,"Constraints":{"EncryptionContextEquals":{"a":1}}}`, "1:130 wrong-type", false},
		{`{` + grantee + decryptOnly + `,"Constraints":{"EncryptionContextEquals":{"a":"b"},"EncryptionContextSubset":{"a":"b"}}}`,
			"~1:98 both-constraints", true},
		{`{` + grantee + decryptOnly +
			`,"Constraints":{"EncryptionContextSubset":{"1":"","2":"","3":"","4":"","5":"","6":"","7":"","8":"","9":""}}}`, "~1:125 over-quota",
			true},
		{`{` + grantee + `,"Operations":["Sign","Decrypt"],"Constraints":{"EncryptionContextEquals":{"a":"b"}}}`, "~1:73 bad-constraint", true},
	} {
		var want []string
		for _, place := range strings.Split(c.want, ", ") {
			plain, warning := strings.CutPrefix(place, "~")
			if warning {
				plain = "~grants.json:" + plain
			} else {
				plain = "grants.json:" + plain
			}
			want = append(want, plain)
		}
		f := expect(t, ask+"-- grants.json --\n["+c.grant+"]\n", strings.Join(want, ", "))
		if kept := len(f.Grants()) == 1; kept != c.kept {
			t.Errorf("kept: %v, %s", kept, c.grant)
		}
	}
}

func TestBrokenGrantLists(t *testing.T) {
	for text, want := range map[string]string{
		`{}`:              "grants.json:1:1 wrong-type",
		`{"Grants":null}`: "grants.json:1:11 wrong-type",
		`{"Grants":{}}`:   "grants.json:1:11 wrong-type",
		`"x"`:             "grants.json:1:1 wrong-type",
		`[`:               "grants.json:1:2 json-syntax",
		`[] []`:           "grants.json:1:4 trailing-data",
	} {
		expect(t, ask+"-- grants.json --\n"+text, want)
	}
	f := expect(t, ask+`-- grants.json --
[{}, {`+grantee+`,"Operations":["Decrypt"]}]`, "grants.json:1:2 missing-operations, grants.json:1:2 missing-grantee")
	if len(f.Grants()) != 1 {
		t.Errorf("the good grant beside a bad one: %+v", f.Grants())
	}
}
