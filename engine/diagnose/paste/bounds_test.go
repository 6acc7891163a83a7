package paste_test

import (
	"fmt"
	"strconv"
	"strings"
	"testing"

	"why403/engine/answer"
	"why403/engine/catalogue/data"
	"why403/engine/diagnose"
	"why403/engine/diagnose/paste"
	"why403/engine/importer"
	"why403/engine/internal/memory"
	"why403/engine/scenario"
)

// objects is how many objects a diagnosis makes.
func objects(t *testing.T, text string) int {
	t.Helper()
	var r *diagnose.Result
	n := memory.Objects(func() { r = diagnose.Of(data.All(), paste.Scenario([]paste.Piece{{Name: "a.txtar", Text: text}}), nil) })
	if r.Asked.Action == "" {
		t.Errorf("nothing is diagnosed: %+v", r.Problems)
	}
	return n
}

const (
	asked = "-- request --\nprincipal: arn:aws:iam::111122223333:user/bob\naction: s3:GetObject\nresource: arn:aws:s3:::b1/k\n" +
		"resource-account: 111122223333\n"
	refusal = "-- error --\nUser: arn:aws:iam::111122223333:user/bob is not authorized to perform: s3:GetObject on resource: " +
		"\"arn:aws:s3:::b1/k\" because no identity-based policy allows the s3:GetObject action\n"
)

// A diagnosis of many statements, or policies, takes their number and not its square.
func TestManyStatements(t *testing.T) {
	several := func(n int, one string) string { return strings.TrimSuffix(strings.Repeat(one+",", n), ",") }
	for name, make := range map[string]func(n int) string{
		"conditions": func(n int) string {
			return asked + "-- identity/p.json --\n{\"Statement\": [" + several(n, `{"Effect": "Allow", "Action": "s3:GetObject", "Resource": `+
				`"arn:aws:s3:::b1/*", "Condition": {"StringEquals": {"aws:PrincipalTag/x": "a"}}}`) + "]}\n" + refusal
		},
		"denials": func(n int) string {
			return asked + "-- identity/p.json --\n{\"Statement\": [" +
				several(n, `{"Effect": "Deny", "Action": "s3:*", "Resource": "*"}`) + "]}\n" +
				strings.Replace(refusal, "no identity-based policy allows the s3:GetObject action",
					"of an explicit deny in an identity-based policy", 1)
		},
		"no request": func(n int) (text string) {
			for i := range n {
				text += fmt.Sprintf("-- identity/%d.json --\n{\"Statement\": {\"Effect\": \"Allow\", \"Action\": \"s3:Get*\", \"Resource\": "+
					"\"arn:aws:s3:::x/%d\"}}\n", i, i)
			}
			return text
		},
	} {
		few, many := objects(t, make(400)), objects(t, make(4000))
		if many > few*12 {
			t.Errorf("%s: %d objects for 400, %d for 4,000", name, few, many)
		}
	}
}

// A scenario of more sections than are read is refused as one.
func TestTooManySections(t *testing.T) {
	b := paste.Scenario([]paste.Piece{{Name: "a.txtar", Text: strings.Repeat("-- x --\n", scenario.MaxSections+1)}})
	said := "at most " + strconv.Itoa(scenario.MaxSections) + " are read"
	if len(b.Problems) != 1 || !strings.Contains(b.Problems[0].Message, said) || b.Text != "" || len(b.Read) > 0 {
		t.Errorf("%+v, %d read", b.Problems, len(b.Read))
	}
}

// A long text is imported once, not once for what it is and twice for what it says.
func TestImportedOnce(t *testing.T) {
	text := `{"Records": [` + strings.TrimSuffix(strings.Repeat(`{"eventVersion": "1.08", "eventSource": "s3.amazonaws.com", `+
		`"eventName": "GetObject", "errorCode": "AccessDenied", `+
		`"userIdentity": {"type": "IAMUser", "arn": "arn:aws:iam::111122223333:user/u", "accountId": "111122223333"}, `+
		`"requestParameters": {"bucketName": "b", "key": "k"}},`, 10_000), ",") + "]}"
	once := memory.Bytes(func() { importer.Import("", text, "") })
	if n := memory.Bytes(func() { paste.Scenario([]paste.Piece{{Name: "trail.json", Text: text}}) }); n > once*2 {
		t.Errorf("%d bytes of memory, %d for one import", n, once)
	}
}

// A log of many lines, each a JSON object, is looked through once.
func TestManyObjects(t *testing.T) {
	read := func(n int) int {
		text := strings.Repeat(`{"eventSource": "s3.amazonaws.com", "eventName": "GetObject", "errorCode": "AccessDenied"}`+"\n", n)
		return memory.Bytes(func() { paste.Scenario([]paste.Piece{{Name: "log", Text: text}}) })
	}
	if few, many := read(500), read(5000); many > few*15 {
		t.Errorf("%d bytes for 500 lines, %d for 5,000", few, many)
	}
}

// Lines of a log that can be no policy are not read as one.
func TestLinesOfLog(t *testing.T) {
	log := "words\n" + strings.Repeat(`{"level": "info", "at": [1, 2, 3], "caller": {"name": "x", "n": [[], [], []]}}`+"\n", 5000)
	once := memory.Objects(func() { importer.Import("", log, "") })
	if n := memory.Objects(func() { paste.Scenario([]paste.Piece{{Name: "log", Text: log}}) }); n > once*11/10 {
		t.Errorf("%d objects, %d to import the log", n, once)
	}
}

// Nor are the millions of words of one that can't be read taken apart for the few that
// are shown.
func TestWordsOfLog(t *testing.T) {
	log := strings.Repeat("denied\n", 500_000)
	var b diagnose.Brought
	n := memory.Bytes(func() { b = paste.Scenario([]paste.Piece{{Name: "log", Text: log}}) })
	if n > len(log)*4 || b.Said == nil || len(b.Said.Text) > 700 {
		t.Errorf("%d bytes for a log of %d: %+v", n, len(log), b.Said)
	}
}

// Each policy of a diagnosis is read once, and what is said of its statements is put
// into words once.
func TestReadOnce(t *testing.T) {
	var policies strings.Builder
	for i := range 2000 {
		fmt.Fprintf(&policies, "-- identity/%d.json --\n{\"Statement\": {\"Effect\": \"Allow\", \"Action\": \"s3:Get*\", \"Resource\": "+
			"\"arn:aws:s3:::x/%d\"}}\n", i, i)
	}
	once := memory.Objects(func() { answer.File(scenario.Parse(asked + policies.String())) })
	for name, text := range map[string]string{"without a request": policies.String() + refusal,
		"with one": asked + policies.String() + refusal} {
		if n := objects(t, text); n > once*2 {
			t.Errorf("%s: %d objects, %d to read and answer the file", name, n, once)
		}
	}
}

// Where no request was brought, a long file is read and answered for few ways to fill it,
// and not for all.
func TestFewFillings(t *testing.T) {
	var policies strings.Builder
	for i := range 8000 {
		fmt.Fprintf(&policies, "-- identity/%d.json --\n{\"Statement\": {\"Effect\": \"Allow\", \"Action\": \"s3:Get*\", \"Resource\": "+
			"\"arn:aws:s3:::x/%d\"}}\n", i, i)
	}
	once := memory.Objects(func() { answer.File(scenario.Parse(asked + policies.String())) })
	if n := objects(t, policies.String()); n > once*10 {
		t.Errorf("%d objects, %d to read and answer the file", n, once)
	}
}
