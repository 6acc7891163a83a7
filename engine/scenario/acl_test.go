package scenario_test

import (
	"strings"
	"testing"
)

const s3ask = "-- request --\n" + alice + "action: s3:GetObject\nresource: arn:aws:s3:::b/k\nresource-account: 111122223333\n"

func TestACLs(t *testing.T) {
	f := expect(t, s3ask+`-- acl.json --
{"Owner": {"DisplayName": "x", "ID": "111122223333"}, "Grants": [
  {"Grantee": {"Type": "CanonicalUser", "ID": "444455556666"}, "Permission": "FULL_CONTROL"},
  {"Grantee": {"Type": "Group", "URI": "http://acs.amazonaws.com/groups/global/AllUsers"}, "Permission": "READ"}]}
-- object-acl.json --
{"Grants": [{"Grantee": {"URI": "http://acs.amazonaws.com/groups/global/AuthenticatedUsers"}, "Permission": "READ_ACP"}]}
`, "")
	var got []string
	for _, a := range f.Requests[0].Check.ACLs {
		name := "acl.json"
		if a.Object {
			name = "object-acl.json"
		}
		got = append(got, name+" "+a.Grantee+" "+a.Permission)
		if text := f.Text(name)[a.Span.Start:a.Span.End]; !strings.HasPrefix(text, `{"Grantee"`) || !strings.HasSuffix(text, a.Permission+`"}`) {
			t.Errorf("the span has %s", text)
		}
	}
	want := "acl.json 444455556666 FULL_CONTROL, acl.json AllUsers READ, object-acl.json AuthenticatedUsers READ_ACP"
	if strings.Join(got, ", ") != want {
		t.Errorf("got %v, want %s", got, want)
	}
}

func TestACLProblems(t *testing.T) {
	const user = `{"Grantee":{"ID":"444455556666"},`
	for text, want := range map[string]string{
		`[]`:                                 "acl.json:1:1 wrong-type",
		`{}`:                                 "acl.json:1:1 wrong-type",
		`{"Grants":{}}`:                      "acl.json:1:1 wrong-type",
		`{"Grants":[`:                        "acl.json:1:12 json-syntax",
		`{"Grants":[1]}`:                     "acl.json:1:12 bad-grant",
		`{"Grants":[{}]}`:                    "acl.json:1:12 bad-grant",
		`{"Grants":[{"Permission":"READ"}]}`: "acl.json:1:12 bad-grant",
		`{"Grants":[` + user + `"Permission":1}]}`:                                                 "acl.json:1:12 bad-grant",
		`{"Grants":[` + user + `"Permission":"read"}]}`:                                            "acl.json:1:58 bad-permission",
		`{"Grants":[{"Grantee":{},"Permission":"READ"}]}`:                                          "acl.json:1:23 bad-grantee",
		`{"Grants":[{"Grantee":{"EmailAddress":"a@b"},"Permission":"READ"}]}`:                      "acl.json:1:23 bad-grantee",
		`{"Grants":[{"Grantee":{"URI":"http://x/"},"Permission":"READ"}]}`:                         "acl.json:1:23 bad-grantee",
		`{"Grants":[{"Grantee":{"ID":"bob"},"Permission":"READ"}]}`:                                "~acl.json:1:29 canonical-id",
		`{"Grants":[{"Grantee":{"ID":"` + strings.Repeat("79a5", 16) + `"},"Permission":"READ"}]}`: "~acl.json:1:29 canonical-id",
	} {
		expect(t, s3ask+"-- acl.json --\n"+text, want)
	}
}
