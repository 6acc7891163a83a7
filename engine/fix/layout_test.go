package fix_test

import (
	"strings"
	"testing"

	"why403/engine/fix"
	"why403/engine/scenario"
)

const (
	user = "arn:aws:iam::111122223333:user/bob"
	role = "arn:aws:iam::111122223333:role/target"
	key  = "arn:aws:kms:us-east-1:111122223333:key/k"
)

// scene makes a scenario: the lines of the request, then names and texts of
// sections in turn.
func scene(principal, action, resource, lines string, sections ...string) string {
	text := "-- request --\nprincipal: " + principal + "\naction: " + action + "\nresource: " + resource + "\n" + lines
	for i := 0; i < len(sections); i += 2 {
		text += "-- " + sections[i] + " --\n" + sections[i+1] + "\n"
	}
	return text
}

// titled is the new text of the first section that a fix of a title changes.
func titled(t *testing.T, text, title string) string {
	t.Helper()
	found := fix.Of(scenario.Parse(text), 0)
	for _, x := range found.Fixes {
		if strings.HasPrefix(x.Title, title) {
			return strings.TrimSuffix(x.Edits[0].Text, "\n")
		}
	}
	t.Errorf("no fix %q:\n%s", title, titles(found))
	return ""
}

// A statement that is added has the layout that people wrote: in the wanted
// texts, it stands between < and >.
func TestLayoutOfStatements(t *testing.T) {
	const statement = `"Effect": "Allow", "Action": "iam:PassRole", "Resource": "` + role + `"`
	lines := func(line string) string { return line + strings.ReplaceAll(statement, ", ", ","+line) }
	for _, want := range []string{
		`{"Statement": [{"Effect": "Allow", "Action": "a:b", "Resource": "*"}<,` + "\n  {" + statement + "}>]}",
		`{"Statement":[{"Effect":"Allow","Action":"a:b","Resource":"*"}<,` + "\n  {" +
			strings.NewReplacer(": ", ":", ", ", ",").Replace(statement) + "}>]}",
		"{\n  \"Statement\": [\n    {\"Effect\": \"Allow\", \"Action\": \"a:b\", \"Resource\": \"*\"}<,\n    {" + statement + "}>\n  ]\n}",
		"{\r\n\t\"Statement\": [\r\n\t\t{\r\n\t\t\t\"Effect\": \"Allow\", \"Action\": \"a:b\", \"Resource\": \"*\"\r\n\t\t}<,\r\n\t\t{" +
			lines("\r\n\t\t\t") + "\r\n\t\t}>\r\n\t]\r\n}",
		"{\n    \"Statement\" : [{\n        \"Effect\" : \"Allow\", \"Action\": \"a:b\", \"Resource\": \"*\"\n    }<, {" +
			strings.ReplaceAll(lines("\n        "), ": ", " : ") + "\n    }>]\n}",
		"{\"Statement\": [{\n  \"Effect\": \"Allow\", \"Action\": \"a:b\", \"Resource\": \"*\"}<, {" + lines("\n  ") + "\n}>]}",
	} {
		old, _, _ := strings.Cut(want, "<")
		_, rest, _ := strings.Cut(want, ">")
		got := titled(t, scene(user, "iam:PassRole", role, "", "identity/a.json", old+rest), "Add a statement to")
		if got != strings.NewReplacer("<", "", ">", "").Replace(want) {
			t.Errorf("got\n%s\nwant\n%s", got, want)
		}
	}
}

// A single statement becomes a list of two.
func TestSingleStatement(t *testing.T) {
	got := titled(t, scene(user, "iam:PassRole", role, "", "identity/a.json",
		`{"Statement": {"Effect": "Allow", "Action": "a:b", "Resource": "*"}}`), "Add a statement to")
	if want := `{"Statement": [{"Effect": "Allow", "Action": "a:b", "Resource": "*"},` +
		"\n  {\"Effect\": \"Allow\", \"Action\": \"iam:PassRole\", \"Resource\": \"" + role + `"}]}`; got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

// A value joins its list as the list is written.
func TestLayoutOfValues(t *testing.T) {
	policy := `{"Statement": [{"Effect": "Allow", "Action": ACTIONS, "Resource": "` + role + `"}]}`
	for actions, want := range map[string]string{
		`"iam:GetRole"`:   `["iam:GetRole", "iam:PassRole"]`,
		`["iam:GetRole"]`: `["iam:GetRole", "iam:PassRole"]`,
		"[\n    \"iam:GetRole\",\n    \"iam:X\"]": "[\n    \"iam:GetRole\",\n    \"iam:X\",\n    \"iam:PassRole\"]",
		"[\r\n\t\"iam:GetRole\"\r\n]":             "[\r\n\t\"iam:GetRole\",\r\n\t\"iam:PassRole\"\r\n]",
	} {
		got := titled(t, scene(user, "iam:PassRole", role, "", "identity/a.json", strings.Replace(policy, "ACTIONS", actions, 1)),
			"Add iam:PassRole to the actions")
		if want := strings.Replace(policy, "ACTIONS", want, 1); got != want {
			t.Errorf("got\n%q\nwant\n%q", got, want)
		}
	}
}

// A value leaves its list with its comma.
func TestWithoutValues(t *testing.T) {
	policy := `{"Statement": [{"Effect": "Allow", "Action": "*", "Resource": "*"}, {"Effect": "Deny", "Action": ACTIONS, "Resource": "*"}]}`
	for actions, want := range map[string]string{
		`["iam:PassRole", "iam:A", "iam:B"]`:     `["iam:A", "iam:B"]`,
		`["iam:A", "iam:PassRole", "iam:B"]`:     `["iam:A", "iam:B"]`,
		`["iam:A", "iam:PassRole"]`:              `["iam:A"]`,
		"[\n  \"iam:A\",\n  \"iam:PassRole\"\n]": "[\n  \"iam:A\"\n]",
	} {
		got := titled(t, scene(user, "iam:PassRole", role, "", "identity/a.json", strings.Replace(policy, "ACTIONS", actions, 1)),
			"Take iam:PassRole out of")
		if want := strings.Replace(policy, "ACTIONS", want, 1); got != want {
			t.Errorf("got\n%q\nwant\n%q", got, want)
		}
	}
}

// Grants stand in a list of their own or under a name.
func TestLayoutOfGrants(t *testing.T) {
	nobody := `{"Statement": [{"Effect": "Allow", "Principal": {"AWS": "` + user + `-2"}, "Action": "kms:*", "Resource": "*"}]}`
	for text, want := range map[string]string{
		`{"Grants": []}`:             "{\"Grants\": [\n  {\n    ",
		"{\n  \"Grants\": [\n  ]\n}": "{\n  \"Grants\": [\n    {\n      ",
		`[]`:                         "[\n  {\n    ",
		`[{"KeyId":"` + key + `","GranteePrincipal":"` + user + `","Operations":["Sign"]}]`: `"Operations":["Sign"]},` + "\n  {\"KeyId\":",
	} {
		got := titled(t, scene(user, "kms:Decrypt", key, "", "resource.json", nobody, "grants.json", text), "Add a grant")
		if !strings.Contains(got, want) {
			t.Errorf("got\n%s\nwant %q in it", got, want)
		}
	}
}

// TestLargeFiles: a file of any size gets an answer, and only so many tries.
func TestLargeFiles(t *testing.T) {
	for size, want := range map[int]int{0: 2, fix.MaxReread + 1: 1} {
		text := scene(user, "iam:PassRole", role, "", "identity/a.json",
			`{"Statement": [{"Effect": "Allow", "Action": "iam:GetRole", "Resource": "`+role+`"}]}`+strings.Repeat(" ", size))
		if found := fix.Of(scenario.Parse(text), 0); len(found.Fixes) < want && found.Reason == "" {
			t.Errorf("%d bytes: %s", size, titles(found))
		}
	}
}
