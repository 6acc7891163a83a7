package witness_test

import (
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"why403/engine"
	"why403/engine/catalogue/data"
	"why403/engine/policy"
	"why403/engine/scenario"
	"why403/engine/witness"
	"why403/scenarios"
)

const (
	alice   = "principal: arn:aws:iam::111122223333:user/alice\n"
	session = "principal: arn:aws:sts::111122223333:assumed-role/app/one\n"
	get     = "action: s3:GetObject\nresource: arn:aws:s3:::reports/a\nresource-account: 111122223333\n"
	abroad  = "action: s3:GetObject\nresource: arn:aws:s3:::reports/a\nresource-account: 444455556666\n"
	decrypt = "action: kms:Decrypt\nresource: arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab\n"
	may     = "-- identity/may.json --\n" + `{"Statement": {"Effect": "Allow", "Action": "*", "Resource": "*"}}` + "\n"
	bucket  = "-- resource.json --\n" + `{"Statement": {"Effect": "Allow", "Principal": "*", "Action": "s3:GetObject", "Resource": "*"}}` +
		"\n"
	all = `{"Statement": {"Effect": "Allow", "Action": "*", "Resource": "*"}}` + "\n"
)

func questions(t *testing.T, text string) []witness.Question {
	t.Helper()
	f := scenario.ParseWith(data.All(), text)
	if f.Errors() {
		t.Fatalf("%+v\n%s", f.Problems, text)
	}
	return witness.Of(f)
}

// Each row of what the simulator can't judge has a request of which it is said:
// of the first kind no call is written, of the second one is.
func TestLimits(t *testing.T) {
	levels := ""
	for i := 1; i <= 8; i++ {
		levels += "-- scp/" + string(rune('0'+i)) + "-level/full.json --\n" + all
	}
	cases := []struct{ id, text string }{
		{"unknown", alice + get + "unknown: identity\n"},
		{"caller", "principal: sns.amazonaws.com\n" + get + bucket},
		{"caller", "principal: anonymous\n" + get + bucket},
		{"root", "principal: arn:aws:iam::111122223333:root\n" + get},
		{"federated-user", "principal: arn:aws:sts::111122223333:federated-user/ann\n" + get + may + "-- session.json --\n" + all},
		{"session", session + get + may + "-- session.json --\n" + all},
		{"scopedown", session + get + may + "-- scopedown/one.json --\n" + all},
		{"grants", alice + decrypt + may + "-- grants.json --\n[{\"GrantId\": \"1\", \"GranteePrincipal\": " +
			"\"arn:aws:iam::111122223333:user/alice\", " +
			"\"Operations\": [\"Decrypt\"]}]\n"},
		{"key-policy", alice + decrypt + may},
		{"trust-policy", alice + "action: sts:AssumeRole\nresource: arn:aws:iam::111122223333:role/app\n" + may},
		{"service-rule", alice + "action: sts:GetCallerIdentity\nresource: *\n"},
		{"other-accounts-only", alice + "action: ses:SendEmail\nresource: arn:aws:ses:us-east-1:111122223333:identity/example.com\n" + may +
			"-- resource.json --\n" + `{"Statement": {"Effect": "Allow", "Principal": "*", "Action": "*", "Resource": "*"}}` + "\n"},
		{"stack-policy", alice + "action: Update:Modify\nresource: LogicalResourceId/Database\n"},
		{"region", alice + "action: sqs:SendMessage\nresource: arn:aws:sqs:me-south-1:111122223333:q\n-- account/111122223333 --\n" +
			"regions: us-east-1\n" + may},
		{"credentials", session + "action: sts:GetSessionToken\nresource: *\n" + may},
		{"service-refuses", alice + "action: s3:PutObject\nresource: arn:aws:s3:::reports/a\nresource-account: 111122223333\n" +
			"s3:x-amz-acl: public-read\n" + may},
		{"pattern", alice + "action: s3:GetObject\nresource: arn:aws:s3:::reports/*\nresource-account: 111122223333\n" + may},
		{"cross-account-role", session + abroad + may + bucket},
		{"cross-account-without-policy", alice + abroad + may},
		{"cross-account-action", alice + "action: kms:ListKeys\nresource: *\n" + may},
		{"levels", alice + get + may + levels},
		{"long", alice + get + strings.Replace(may, "{", "{"+strings.Repeat(" ", 131_072), 1)},
		{"role-resource-policy", session + get + may + bucket},
		{"rcp", alice + get + may + "-- rcp/1-root/rcp.json --\n" +
			`{"Version": "2012-10-17", "Statement": {"Effect": "Deny", "Principal": "*", ` +
			`"Action": "s3:*", "Resource": "*"}}` + "\n"},
		{"endpoint", alice + get + may + "-- endpoint.json --\n" +
			`{"Statement": {"Effect": "Allow", "Principal": "*", "Action": "*", "Resource": "*"}}` + "\n"},
		{"acl", alice + get + "object-ownership: ObjectWriter\n-- acl.json --\n{\"Owner\": {\"ID\": \"111122223333\"}, \"Grants\": " +
			"[{\"Grantee\": {\"Type\": " +
			"\"CanonicalUser\", \"ID\": \"111122223333\"}, \"Permission\": \"READ\"}]}\n" + may},
		{"nothing", alice + get + bucket},
	}
	tested := map[string]bool{}
	for _, c := range cases {
		if c.id == "cross-account-action" {
			continue // see TestActionOfOneAccount
		}
		tested[c.id] = true
		q := questions(t, "-- request --\n"+c.text)[0]
		found := false
		for _, l := range append(q.Cannot, q.Left...) {
			found = found || l.ID == c.id
			if l.Text == "" || !strings.HasPrefix(l.Doc, "https://docs.aws.amazon.com/") {
				t.Errorf("%s: %+v", c.id, l)
			}
		}
		if !found {
			t.Errorf("%s is not said: cannot %+v, left out %+v", c.id, q.Cannot, q.Left)
		}
		if called := q.Command(witness.Custom) != ""; called == (len(q.Cannot) > 0) {
			t.Errorf("%s: a call is written: %v, cannot %+v", c.id, called, q.Cannot)
		}
	}
	tested["cross-account-action"] = true
	for _, id := range witness.LimitIDs() {
		if !tested[id] {
			t.Errorf("the row %s has no case", id)
		}
	}
}

// However many requests give the simulator a policy, the calls have an end: those after
// it say so.
func TestTooMuch(t *testing.T) {
	const requests = 60
	text := "-- identity/long.json --\n" + `{"Statement": {"Effect": "Allow", "Action": "*", "Resource": "*"}}` +
		strings.Repeat(" ", 100_000) + "\n"
	for i := range requests {
		text = "-- request/" + strconv.Itoa(i) + " --\n" + alice + get + text
	}
	bytes, told := 0, 0
	for _, q := range questions(t, text) {
		bytes += len(q.Command(witness.Custom))
		if len(q.Cannot) == 1 && q.Cannot[0].ID == "too-much" {
			told++
		}
	}
	if told != requests-witness.MaxGiven/100_068 || bytes > witness.MaxGiven {
		t.Errorf("%d questions have no call, the others have %d bytes", told, bytes)
	}
	f := scenario.ParseWith(data.All(), text)
	if q := witness.OfRequest(f, "0"); len(q) != 1 || q[0].Request != "0" || len(q[0].Cannot) > 0 {
		t.Errorf("%d questions of one request", len(q))
	}
}

// An action that other accounts can't use is nothing to ask the simulator.
func TestActionOfOneAccount(t *testing.T) {
	q := questions(t, "-- request --\n"+alice+"action: sqs:CreateQueue\nresource: arn:aws:sqs:us-east-1:444455556666:q\n"+may+
		"-- resource.json --\n"+`{"Statement": {"Effect": "Allow", "Principal": "*", "Action": "*", "Resource": "*"}}`+"\n")[0]
	for _, l := range q.Cannot {
		if l.ID == "cross-account-action" {
			return
		}
	}
	t.Errorf("%+v", q.Cannot)
}

// What is left out can change the answer: the simulator is held against the
// engine's answer to what it is asked.
func TestAskedWithoutWhatIsLeftOut(t *testing.T) {
	text := "-- request --\n" + alice + get + may + "-- endpoint.json --\n" +
		`{"Statement": {"Effect": "Allow", "Principal": "*", "Action": "sqs:*", "Resource": "*"}}` + "\n"
	q := questions(t, text)[0]
	if q.Outcome != engine.ImplicitDeny || q.Asked != engine.Allowed || q.AskedLine() == "" {
		t.Errorf("%s, and without the VPC endpoint policy %s: %q", q.Outcome, q.Asked, q.AskedLine())
	}
	if strings.Contains(q.Command(witness.Custom), "sqs") {
		t.Error(q.Command(witness.Custom))
	}
}

// The words of a command, as a shell reads them, are what was meant: each policy
// is one word that is JSON, whatever it has in it.
func TestCommandInAShell(t *testing.T) {
	shell, err := exec.LookPath("sh")
	if err != nil {
		t.Fatal(err)
	}
	nasty := `{"Version": "2012-10-17", "Statement": {"Sid": "a", "Effect": "Allow", "Action": "s3:*", "Resource": "*", "Condition": ` +
		`{"StringEquals": {"aws:PrincipalTag/x": "it's $(touch pwned) ` + "`id`" +
		` \\ \" é 🔑 !"}, "IpAddress": {"aws:SourceIp": "203.0.113.0/24"}}}}`
	text := "-- request --\n" + alice + get + "aws:SourceIp: 203.0.113.9\naws:PrincipalTag/x: it's\naws:PrincipalOrgPaths: o-a/r-b/\n" +
		"-- identity/nasty.json --\n" + nasty + "\n-- identity/paths.json --\n" +
		`{"Statement": {"Effect": "Allow", "Action": "*", "Resource": "*", "Condition": ` +
		`{"ForAnyValue:StringLike": {"aws:PrincipalOrgPaths": "o-a/*"}, ` +
		`"NumericLessThan": {"aws:SomeSize": "7"}}}}` + "\n" + bucket + "-- scp/2-ou/b.json --\n" + all + "-- scp/1-root/a.json --\n" + all
	text = strings.Replace(text, "aws:PrincipalOrgPaths: ", "aws:SomeSize: 3\naws:PrincipalOrgPaths: ", 1)
	q := questions(t, text)[0]
	command := strings.Replace(q.Command(witness.Custom), "aws iam simulate-custom-policy", "printf '%s\\0'", 1)
	run := exec.Command(shell, "-c", command)
	run.Dir = t.TempDir()
	out, err := run.Output()
	if err != nil {
		t.Fatalf("%v\n%s", err, command)
	}
	if entries, _ := os.ReadDir(run.Dir); len(entries) > 0 {
		t.Error("the shell ran what stands in a policy")
	}
	given := map[string][]string{}
	name := ""
	for _, word := range strings.Split(strings.TrimSuffix(string(out), "\x00"), "\x00") {
		if strings.HasPrefix(word, "--") {
			name = word
			continue
		}
		given[name] = append(given[name], word)
	}
	sameJSON(t, given["--policy-input-list"][0], nasty)
	if strings.ContainsRune(given["--policy-input-list"][0], '🔑') {
		t.Error("the API takes no characters above U+00FF")
	}
	sameJSON(t, given["--context-entries"][0], `[
		{"ContextKeyName": "aws:PrincipalTag/x", "ContextKeyType": "string", "ContextKeyValues": ["it's"]},
		{"ContextKeyName": "aws:SourceIp", "ContextKeyType": "ip", "ContextKeyValues": ["203.0.113.9"]},
		{"ContextKeyName": "aws:PrincipalOrgPaths", "ContextKeyType": "stringList", "ContextKeyValues": ["o-a/r-b/"]},
		{"ContextKeyName": "aws:SomeSize", "ContextKeyType": "numeric", "ContextKeyValues": ["3"]}]`)
	inner, _ := json.Marshal(strings.TrimSpace(all))
	level := `{"ServiceControlPolicyInputList": [` + string(inner) + "]}"
	sameJSON(t, given["--ordered-organization-policy-input-list"][0], "["+level+", "+level+"]")
	for name, want := range map[string]string{"--action-names": "s3:GetObject", "--resource-arns": "arn:aws:s3:::reports/a",
		"--resource-owner": "arn:aws:iam::111122223333:root", "--caller-arn": "arn:aws:iam::111122223333:user/alice", "--output": "json"} {
		if got := strings.Join(given[name], " "); got != want {
			t.Errorf("%s is %q, not %q", name, got, want)
		}
	}
	var whole map[string]any
	if err := json.Unmarshal([]byte(q.JSON(witness.Custom)), &whole); err != nil || len(whole["PolicyInputList"].([]any)) != 2 ||
		whole["ResourceOwner"] != "arn:aws:iam::111122223333:root" || len(whole["ContextEntries"].([]any)) != 4 {
		t.Errorf("%v\n%s", err, q.JSON(witness.Custom))
	}
	attached := q.Command(witness.Attached)
	if !strings.HasPrefix(attached, "aws iam simulate-principal-policy \\\n  --policy-source-arn arn:aws:iam::111122223333:user/alice \\\n") ||
		strings.Contains(attached, "nasty") || strings.Contains(attached, "ordered") {
		t.Error(attached)
	}
}

func sameJSON(t *testing.T, got, want string) {
	t.Helper()
	var a, b any
	if err := json.Unmarshal([]byte(got), &a); err != nil {
		t.Fatalf("%v: %s", err, got)
	}
	if err := json.Unmarshal([]byte(want), &b); err != nil {
		t.Fatalf("%v: %s", err, want)
	}
	one, _ := json.Marshal(a)
	other, _ := json.Marshal(b)
	if string(one) != string(other) {
		t.Errorf("%s\nand not\n%s", one, other)
	}
}

// Outputs as AWS documents them, each with what comes of it.
func TestRecordedOutputs(t *testing.T) {
	names, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(names) < 5 {
		t.Fatalf("%v %v", names, err)
	}
	for _, name := range names {
		raw, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		text, rest, _ := strings.Cut(string(raw), "-- output --\n")
		output, want, _ := strings.Cut(rest, "-- verdict --\n")
		out, ok := witness.ReadOutput(output)
		if !ok {
			t.Fatalf("%s: no output is read", name)
		}
		got := ""
		for _, q := range questions(t, text) {
			if len(q.Cannot) > 0 {
				got += "can't be asked: " + q.Cannot[0].ID + "\n"
				continue
			}
			v := q.Compare(out)
			got += v.Line(&q) + "\n"
			for _, r := range v.Reasons {
				got += r.Text() + "\n"
			}
		}
		if got != want {
			t.Errorf("%s:\n%s\nand not\n%s", name, got, want)
		}
	}
}

// An output that says what the engine says agrees, for every check of the gallery
// that can be asked; most of the gallery can't, and each says why.
func TestGallery(t *testing.T) {
	asked, not := 0, 0
	files, _ := scenarios.Files.ReadDir(".")
	for _, folder := range files {
		list, _ := scenarios.Files.ReadDir(folder.Name())
		for _, file := range list {
			text, _ := scenarios.Files.ReadFile(folder.Name() + "/" + file.Name())
			f := scenario.ParseWith(data.All(), string(text))
			for _, q := range witness.Of(f) {
				if len(q.Cannot) > 0 {
					not++
					continue
				}
				asked++
				decision := map[engine.Outcome]string{engine.Allowed: "allowed", engine.ImplicitDeny: "implicitDeny",
					engine.ExplicitDeny: "explicitDeny"}[q.Asked]
				out, _ := witness.ReadOutput(`{"EvaluationResults": [{"EvalActionName": "` + q.Action + `", "EvalResourceName": ` +
					string(policy.AppendQuoted(nil, q.Resource)) + `, "EvalDecision": "` + decision + `"}]}`)
				if v := q.Compare(out); !v.Agrees {
					t.Errorf("%s %s: %+v", file.Name(), q.Title(), v)
				}
				for _, p := range []string{q.JSON(witness.Custom), q.JSON(witness.Attached)} {
					if !json.Valid([]byte(p)) {
						t.Errorf("%s: %s", file.Name(), p)
					}
				}
			}
		}
	}
	if asked < 100 || not < 100 {
		t.Errorf("%d can be asked, %d can't", asked, not)
	}
	t.Logf("%d can be asked, %d can't", asked, not)
}

// Of one policy alone Access Analyzer tells what the file's statements tell too,
// as far as they do.
func TestAnalyses(t *testing.T) {
	f := scenario.ParseWith(data.All(), "-- request --\n"+alice+get+may+
		"-- identity/other.json --\n"+`{"Statement": {"Effect": "Allow", "Action": "sqs:*", "Resource": "*"}}`+"\n"+
		"-- identity/both.json --\n"+`{"Statement": [{"Effect": "Allow", "Action": "s3:*", "Resource": "*"}, `+
		`{"Effect": "Deny", "Action": "s3:*", `+
		`"Resource": "*", "Condition": {"Bool": {"aws:SecureTransport": "false"}}}]}`+"\n"+
		"-- resource.json --\n"+`{"Statement": {"Effect": "Allow", "Principal": {"AWS": "444455556666"}, "Action": "s3:*", "Resource": "*"}}`+
		"\n"+
		"-- scp/1-root/full.json --\n"+all)
	list := witness.Analyses(f)
	got := ""
	for _, a := range list {
		got += a.Section + " " + a.Expected + "\n"
	}
	if want := "identity/may.json FAIL\nidentity/other.json PASS\nidentity/both.json \nresource.json \nresource.json PASS\n"; got != want {
		t.Fatalf("%s\nand not\n%s", got, want)
	}
	if c := list[3].Command(); !strings.Contains(c, "--policy-type RESOURCE_POLICY") || !strings.Contains(c,
		`'[{"actions": ["s3:GetObject"], "resources": ["arn:aws:s3:::reports/a"]}]'`) {
		t.Error(c)
	}
	found := witness.ReadAnalyses("$ aws …\n" +
		`{"result": "PASS", "message": "m", "reasons": []}` +
		`{"result": "FAIL", "message": "m", "reasons": [{"description": "In statement 0", "statementIndex": 0}]}`)
	if len(found) != 2 {
		t.Fatal(found)
	}
	for i, want := range []string{"differs: Access Analyzer says PASS, expected was FAIL. An Allow covers the action and the resource.",
		"differs: Access Analyzer says FAIL, expected was PASS. No Allow covers the action and the resource. Access Analyzer: In statement 0"} {
		if line, agrees := list[i].Compare(found[i]); agrees || line != want {
			t.Errorf("%v %s", agrees, line)
		}
	}
	if line, agrees := list[1].Compare(found[0]); !agrees || line != "agrees: PASS" {
		t.Error(line)
	}
}

// A policy of a resource is checked for public access, with an expectation only
// where it is plain.
func TestPublicAccess(t *testing.T) {
	const bucket = "principal: arn:aws:iam::111122223333:user/alice\naction: s3:GetObject\nresource: arn:aws:s3:::reports/a\n"
	for _, c := range []struct{ statements, want string }{
		{`{"Effect": "Allow", "Principal": "*", "Action": "s3:*", "Resource": "*"}`, "FAIL"},
		{`{"Effect": "Allow", "Principal": {"AWS": "*"}, "Action": "s3:*", "Resource": "*"}`, "FAIL"},
		{`{"Effect": "Allow", "Principal": {"AWS": "444455556666"}, "Action": "s3:*", "Resource": "*"}`, "PASS"},
		{`{"Effect": "Deny", "Principal": "*", "Action": "s3:*", "Resource": "*"}`, "PASS"},
		{`{"Effect": "Allow", "Principal": {"Service": "sns.amazonaws.com"}, "Action": "s3:*", "Resource": "*"}`, ""},
		{`{"Effect": "Allow", "Principal": "*", "Action": "s3:*", "Resource": "*", "Condition": {"Bool": {"aws:SecureTransport": "true"}}}`, ""},
		{`{"Effect": "Allow", "Principal": "*", "Action": "s3:*", "Resource": "*"}, {"Effect": "Deny", "Principal": "*", "Action": "s3:*", ` +
			`"Resource": "*"}`, ""},
	} {
		f := scenario.ParseWith(data.All(), "-- request --\n"+bucket+"-- resource.json --\n"+`{"Statement": [`+c.statements+"]}\n")
		list := witness.Analyses(f)
		if len(list) != 2 || list[1].Public != "AWS::S3::Bucket" || list[1].Expected != c.want {
			t.Fatalf("%s: %+v", c.statements, list)
		}
		if command := list[1].Command(); !strings.HasPrefix(command, "aws accessanalyzer check-no-public-access ") ||
			!strings.Contains(command, "--resource-type AWS::S3::Bucket") || !strings.Contains(command, "--policy-document ") {
			t.Error(command)
		}
	}
}

// A text of any kind is read without a panic, and in time.
func FuzzReadOutput(f *testing.F) {
	f.Add(`{"EvaluationResults": [{"EvalDecision": "allowed", "MatchedStatements": [{"StartPosition": {"Line": 9999999}}]}]}`)
	f.Add(strings.Repeat("{\n", 5000))
	q := questions2()
	f.Fuzz(func(t *testing.T, text string) {
		if out, ok := witness.ReadOutput(text); ok {
			for i := range q {
				v := q[i].Compare(out)
				for _, r := range v.Reasons {
					if r.Text() == "" {
						t.Errorf("%+v", r)
					}
				}
			}
		}
	})
}

func questions2() []witness.Question {
	return witness.Of(scenario.Parse("-- request --\n" + alice + get + may + bucket))
}
