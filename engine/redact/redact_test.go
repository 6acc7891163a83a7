package redact_test

import (
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"why403/engine/catalogue/data"
	"why403/engine/redact"
	"why403/engine/scenario"
)

// gallery is every scenario file.
func gallery(t testing.TB) map[string]string {
	t.Helper()
	files := map[string]string{}
	err := filepath.WalkDir("../../scenarios", func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || !strings.HasSuffix(path, ".txtar") {
			return err
		}
		text, err := os.ReadFile(path)
		files[path] = string(text)
		return err
	})
	if err != nil || len(files) < 100 {
		t.Fatal(len(files), err)
	}
	return files
}

// stays is how many names of the whole gallery may stay: those that are words of
// AWS in one place and a person's name in another.
const stays = 75

// Every scenario of the gallery is answered the same with stand-ins, and no
// account and no ID of it is left.
func TestRedaction(t *testing.T) {
	kept := 0
	for name, text := range gallery(t) {
		r := redact.Of(data.All(), text)
		if !r.Proof.Proved || !r.Proof.Judged || r.Proof.Requests == 0 {
			t.Errorf("%s: %+v", name, r.Proof)
		}
		for _, x := range r.Replaced {
			if x.Kept {
				kept++
				continue
			}
			if (x.Class == redact.Account || x.Class == redact.ID) && x.Old != x.New && holds(r.Text, x.Old) && !standsFor(r, x.Old) {
				t.Errorf("%s: %s is left", name, x.Old)
			}
		}
		if title, _, _ := strings.Cut(text, "\n"); strings.Contains(r.Text, title) {
			t.Errorf("%s: the title is left", name)
		}
	}
	if kept > stays {
		t.Errorf("%d names stay", kept)
	}
}

// holds reports whether a text has a name as a whole.
func holds(text, name string) bool {
	letter := func(c byte) bool { return c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' }
	for at := 0; ; {
		i := strings.Index(text[at:], name)
		if i < 0 {
			return false
		}
		at += i + len(name)
		if before := at - len(name) - 1; (before < 0 || !letter(text[before])) && (at == len(text) || !letter(text[at])) {
			return true
		}
	}
}

// standsFor reports whether a name is the stand-in of another one.
func standsFor(r *redact.Result, name string) bool {
	return slices.ContainsFunc(r.Replaced, func(x redact.Replacement) bool { return x.New == name && x.Old != name })
}

// The same file gives the same stand-ins, and what is redacted can be redacted.
func TestStable(t *testing.T) {
	for name, text := range gallery(t) {
		if !strings.Contains(name, "/calls/") {
			continue
		}
		once := redact.Of(data.All(), text)
		if again := redact.Of(data.All(), text); again.Text != once.Text {
			t.Errorf("%s: two stand-ins for one name", name)
		}
		if twice := redact.Of(data.All(), once.Text); !twice.Proof.Proved {
			t.Errorf("%s: %v", name, twice.Proof.Differs)
		}
	}
}

// A pattern's parts keep what they have in common with what they match.
func TestParts(t *testing.T) {
	const text = `A bank's bucket

-- request --
principal: arn:aws:iam::210987654321:user/teams/anna.schmidt
action: s3:GetObject
resource: arn:aws:s3:::bank-reports-2026/anna.schmidt/q1.csv
resource-account: 210987654321
aws:SourceIp: 81.200.17.5
-- identity/home.json --
{"Version": "2012-10-17", "Statement": {"Sid": "Home", "Effect": "Allow", "Action": "s3:GetObject",
  "Resource": "arn:aws:s3:::bank-reports-*/${aws:username}/*", "Condition": {"IpAddress": {"aws:SourceIp": "81.200.16.0/20"}}}}
`
	r := redact.Of(data.All(), text)
	for _, name := range []string{"bank", "anna", "schmidt", "210987654321", "81.200", "teams", "Home", "q1"} {
		if strings.Contains(r.Text, name) {
			t.Errorf("%s is left:\n%s", name, r.Text)
		}
	}
	for _, word := range []string{"s3:GetObject", "${aws:username}/*", "aws:SourceIp", "IpAddress"} {
		if !strings.Contains(r.Text, word) {
			t.Errorf("%s is gone:\n%s", word, r.Text)
		}
	}
	if !r.Proof.Proved || r.Proof.Requests != 1 || r.Proof.Steps == 0 {
		t.Errorf("%+v", r.Proof)
	}
}

// A policy variable is one word, wherever it stands in an ARN: its key stays, the
// name of a tag does not.
func TestVariables(t *testing.T) {
	const text = `Tags

-- request --
principal: arn:aws:iam::210987654321:role/anna
action: sqs:SendMessage
resource: arn:aws:sqs:eu-west-1:210987654321:payments
aws:PrincipalTag/Squad: payments
-- identity/a.json --
{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "sqs:*",
  "Resource": ["arn:aws:sqs:*:${aws:PrincipalAccount}:${aws:PrincipalTag/Squad}", "arn:aws:sqs:*:*:${aws:PrincipalTag/Squad, 'anna'}"]}}
`
	r := redact.Of(data.All(), text)
	tag := r.Replaced[slices.IndexFunc(r.Replaced, func(x redact.Replacement) bool { return x.Old == "Squad" })]
	name := r.Replaced[slices.IndexFunc(r.Replaced, func(x redact.Replacement) bool { return x.Old == "anna" })]
	want := `["arn:aws:sqs:*:${aws:PrincipalAccount}:${aws:PrincipalTag/` + tag.New + `}", "arn:aws:sqs:*:*:${aws:PrincipalTag/` + tag.New +
		`, '` + name.New + `'}"]`
	if !r.Proof.Proved || tag.Kept || name.Kept || !strings.Contains(r.Text, want) {
		t.Errorf("%+v\n%s", r.Proof, r.Text)
	}
}

// A file with errors has no answers, so nothing is proved.
func TestErrors(t *testing.T) {
	if r := redact.Of(data.All(), "-- request --\nprincipal: me\n"); r.Proof.Judged || r.Proof.Proved {
		t.Errorf("%+v", r.Proof)
	}
}

// FuzzRedact: nothing panics, and what comes out is a scenario file.
func FuzzRedact(f *testing.F) {
	for name, text := range gallery(f) {
		if strings.Contains(name, "/calls/") {
			f.Add(text)
		}
	}
	// A request that is read only once its names are replaced.
	f.Add("0\n-- request/0 --\nprincipal: 0.amazonaws.com\naction: 000:0000000\nresource: arn:0::!\n-- want --\n0\n0")
	f.Fuzz(func(t *testing.T, text string) {
		r := redact.Of(data.All(), text)
		if r.Proof.Judged && r.Proof.Proved && scenario.ParseWith(data.All(), r.Text).Errors() {
			t.Errorf("proved, and it has errors:\n%s", r.Text)
		}
	})
}

// hostile are files with names where nobody looks for them: each is "acme", or
// what the first field lists, and none of it may be left.
var hostile = []struct{ secret, text string }{
	{"acme 666655554444", "principal: arn:aws:iam::666655554444:user/a\naction: s3:GetObject\nresource: arn:aws:s3:::acme\n-- " +
		"resource.json --\n" +
		`{"Statement": {"Effect": "Allow", "Principal": {"Service": ["s3.amazonaws.com", "arn:aws:iam::666655554444:role/acme"]},` +
		` "Action": "s3:*", "Resource": "*"}}`},
	{"client cluster message", "principal: arn:aws:iam::111122223333:user/client\naction: s3:GetObject\nresource: " +
		"arn:aws:s3:::cluster/message\n" +
		"-- error --\nUser: arn:aws:iam::111122223333:user/client is not authorized to perform: s3:GetObject on resource: " +
		"\"arn:aws:s3:::cluster/message\" because no identity-based policy allows the s3:GetObject action\n"},
	{"acme", "principal: arn:aws:iam::111122223333:user/a\naction: s3:GetObject\nresource: arn:aws:s3:::b\n-- want --\nallow acme\nacme\n"},
	{"acme", "principal: arn:aws:iam::111122223333:user/a\naction: s3:GetObject\nresource: arn:aws:s3:::b\nAcme-Line: acme\nunknown: acme\n" +
		"endpoint-type: acme\nregions: acme\ndelegated-administrator: acme\nlayer: acme deny\n"},
	{"acme", "principal: arn:aws:iam::111122223333:user/a\naction: s3:GetObject\nresource: arn:aws:s3:::b\n-- acme --\nacme\n-- " +
		"acme/b.json --\n" +
		`{"acme": 1}`},
	{"acme", "principal: arn:aws:iam::111122223333:user/a\naction: s3:GetObject\nresource: arn:aws:s3:::b\n" +
		"aws:Referer: acme.s3.amazonaws.com\naws:RequestedRegion: acme\niam:PassedToService: acme.example.com\n"},
	{"666655554444", "principal: arn:aws:iam::666655554444:user/a\naction: s3:GetObject\nresource: arn:aws:s3:::b\n" +
		"aws:CalledVia: arn:aws:iam::666655554444:role/b\n-- identity/a.json --\n" +
		`{"Statement": {"Effect": "Allow", "Action": ["s3:*", "arn:aws:s3:::666655554444"], "Resource": "*", "Condition": ` +
		`{"NumericEquals": {"aws:PrincipalAccount": "666655554444"}}}}`},
	{"acme", "principal: arn:aws:iam::111122223333:user/a\naction: s3:GetObject\nresource: arn:aws:s3:::b\n-- identity/a.json --\n" +
		`{"Statement": {"Effect": "Allow", "Action": "s3:*", "Resource": ["arn:aws:s3:acme:111122223333:b", "arn:aws:acme:::b",` +
		` "arn:acme:s3:::b/*", "arn:aws:acme*:::b"]}}`},
	{"acme", "principal: arn:aws:iam::111122223333:user/a\naction: s3:GetObject\nresource: arn:aws:s3:::b\n-- identity/a.json --\n" +
		`{"Version": "acme", "Acme": {"Acme": ["acme"]}, "Statement": {"Effect": "Acme", "Acme": "acme", "Action": "s3:*", "Resource": "*"}}`},
	{"ürich 秘密 данные 🦄", "principal: arn:aws:iam::111122223333:user/a\naction: s3:GetObject\nresource: arn:aws:s3:::b/Zürich-秘密-данные/🦄\n" +
		"-- identity/a.json --\n" + `{"Statement": {"Effect": "Allow", "Action": "s3:*", "Resource": "arn:aws:s3:::b/Zürich-秘密*/🦄"}}`},
	{"Acme", "principal: arn:aws:iam::111122223333:user/a\naction: Update:Modify\nresource: LogicalResourceId/Acme\nResourceType: " +
		"Custom::Acme\n" +
		"-- resource.json --\n" + `{"Statement": {"Effect": "Allow", "Principal": "*", "Action": "Update:*", "Resource": "*", "Condition": ` +
		`{"StringLike": {"ResourceType": ["Custom::Acme*", "Acme::A::B"]}}}}`},
	{"acme", "principal: arn:aws:iam::111122223333:user/acme\naction: s3:GetObject\nresource: arn:aws:s3:::b\n-- entity/acme --\n" +
		"arn: arn:aws:iam::111122223333:user/acme\nacme: acme\nunknown: tag/acme\n-- entity/acme/identity/acme.json --\n" +
		`{"acme": {}, "Statement": []}`},
}

// Where a name stands in place of a word of AWS, it is a name.
func TestHostile(t *testing.T) {
	for _, c := range hostile {
		r := redact.Of(data.All(), "acme\n\nacme\n\n-- request --\n"+c.text)
		for secret := range strings.FieldsSeq(c.secret) {
			if strings.Contains(strings.ToLower(r.Text), strings.ToLower(secret)) {
				t.Errorf("%s is left:\n%s", secret, r.Text)
			}
		}
		if len(r.Proof.Differs) > 0 {
			t.Errorf("%v\n%s", r.Proof.Differs, r.Text)
		}
	}
}
