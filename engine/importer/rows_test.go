package importer

import (
	"os"
	"slices"
	"strings"
	"testing"

	"why403/engine/awscli"
	"why403/engine/policy"
)

// The importer's tables are AWS's names and sentences. testdata/rows.tsv has a
// case for each row: the kind of case, what is read, and what it must be read as.

// readings is how each kind of case is read.
var readings = map[string]func(input string) string{
	"action": func(in string) string { // SERVICE OPERATION, or with a version behind
		words := strings.Fields(in)
		return actionOf(words[0], words[1], len(words) > 2)
	},
	"bare":      actionNamed,
	"service":   serviceNamed,
	"operation": serviceOfOperation,
	"around": func(in string) string {
		a := readAround(in)
		return a.service + " " + a.operation
	},
	"bucket": func(in string) string {
		bucket, _ := objectIn(in, "s3:GetObject")
		return bucket
	},
	"field":     fieldPath,
	"structure": func(in string) string { return lookup(structureNames, in) },
	"parameter": func(in string) string { // SERVICE OPERATION PARAMETER VALUE
		words := strings.Fields(in)
		return eventLines(words[0], words[1], words[2], words[3])
	},
	"blamed": func(in string) string {
		var f facts
		f.judge(in)
		if f.blamed == nil {
			return ""
		}
		return f.outcome + ": " + f.blamed.noun
	},
	"subject": func(in string) string {
		f := facts{principal: in}
		f.bySource()
		return f.principal
	},
	"sentence": func(in string) string {
		found := sentences("User: " + keyUser + " is not authorized to perform: s3:GetObject " + in)
		if len(found) != 1 {
			return ""
		}
		return strings.TrimSpace(found[0].resource + " " + found[0].reason)
	},
	"said": func(in string) string {
		m := readMessage(in)
		switch {
		case m.elsewhere != nil:
			return m.elsewhere.kind
		case m.flow != nil:
			return m.flow.kind + ": " + m.flow.caller + " " + m.flow.action + " " + m.flow.via + " " + m.flow.context
		case m.wording != nil:
			return m.wording.kind + " " + m.wording.service
		}
		return ""
	},
	"empty": func(in string) string {
		if e := emptyAnswerOf(in); e != nil {
			return e.means + " " + e.service
		}
		return ""
	},
	"command": func(in string) string { // ACTION ARN
		action, arn, _ := strings.Cut(in, " ")
		p := newPaste("", "x", "")
		p.nextResource(&facts{action: action, resource: arn})
		var commands []string
		for _, n := range p.out.Next {
			commands = append(commands, n.Text+": "+n.Command)
		}
		return strings.Join(commands, "; ")
	},
	"output": func(in string) string { // what the AWS CLI prints
		r := Import("", in, "")
		return r.Kind + ": " + strings.Join(r.Understood, "; ")
	},
	"looks": func(in string) string { return newPaste("", in, "").looksLike() },
}

const keyUser = "arn:aws:iam::111122223333:user/bob"

// fieldPath is where a field of this name stands in an event.
func fieldPath(name string) string {
	fields := []pair{{"eventName", "E"}, {"eventSource", "S"}, {name, "V"}}
	event := eventOf(fields)
	if event == nil {
		return ""
	}
	for _, path := range strings.Fields(`eventName eventSource eventTime awsRegion errorCode errorMessage sourceIPAddress userAgent eventID requestID
		recipientAccountId vpcEndpointId userIdentity userIdentity/arn userIdentity/type userIdentity/accountId userIdentity/principalId
		userIdentity/invokedBy userIdentity/userName userIdentity/accessKeyId userIdentity/sessionContext/sessionIssuer/arn requestParameters
		requestParameters/bucketName requestParameters/key requestParameters/roleArn requestParameters/keyId`) {
		if str(event, path) == "V" {
			return path
		}
	}
	return ""
}

// eventLines is the lines of the request that an event with one parameter makes,
// as far as they have its value.
func eventLines(service, operation, parameter, value string) string {
	event := policy.Node{Kind: policy.Object, Closed: true}
	for _, f := range []pair{{"eventSource", service + ".amazonaws.com"}, {"eventName", operation}, {"awsRegion", "us-east-1"}, {"errorCode",
		"AccessDenied"},
		{"userIdentity/type", "IAMUser"}, {"userIdentity/arn", keyUser}, {"userIdentity/accountId", "111122223333"}, {"requestParameters/" +
			parameter, value}} {
		setNode(&event, f.key, policy.Node{Kind: policy.String, Value: f.value, Closed: true})
	}
	var text strings.Builder
	writeJSON(&text, &event)
	var out []string
	for line := range strings.Lines(Import("", text.String(), "").Text) {
		if strings.Contains(line, value) && strings.Contains(line, ": ") && !strings.HasPrefix(line, "AWS said") {
			out = append(out, strings.TrimSpace(line))
		}
	}
	return strings.Join(out, "; ")
}

// writeJSON writes an object of objects and strings.
func writeJSON(b *strings.Builder, n *policy.Node) {
	if n.Kind == policy.String {
		b.WriteString(`"` + n.Value + `"`)
		return
	}
	b.WriteByte('{')
	for i := range n.Items {
		if i > 0 {
			b.WriteByte(',')
		}
		b.WriteString(`"` + n.Names[i].Value + `":`)
		writeJSON(b, &n.Items[i])
	}
	b.WriteByte('}')
}

// reading is a case of testdata/rows.tsv.
type reading struct{ kind, input, want string }

func readRows(t *testing.T) (cases []reading) {
	t.Helper()
	text, err := os.ReadFile("testdata/rows.tsv")
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(text)) {
		parts := strings.Split(strings.TrimSuffix(line, "\n"), "\t")
		if strings.HasPrefix(line, "#") || len(parts) != 3 {
			continue
		}
		cases = append(cases, reading{parts[0], strings.NewReplacer(`\n`, "\n", `\t`, "\t").Replace(parts[1]), parts[2]})
	}
	return cases
}

func TestReadings(t *testing.T) {
	cases := readRows(t)
	for _, c := range cases {
		read := readings[c.kind]
		if read == nil {
			t.Fatalf("no kind %q", c.kind)
		}
		if got := read(c.input); got != c.want {
			t.Errorf("%s %q:\ngot  %s\nwant %s", c.kind, c.input, got, c.want)
		}
	}
	if len(cases) < 400 {
		t.Errorf("only %d cases", len(cases))
	}
}

// Without a row, one of the cases of its kinds reads otherwise.
func TestEveryRowIsRead(t *testing.T) {
	cases := readRows(t)
	everyRow(t, cases, "eventFields", &eventFields, "field")
	everyRow(t, cases, "parameterKeys", &parameterKeys, "parameter")
	everyRow(t, cases, "parameterARNs", &parameterARNs, "parameter")
	everyRow(t, cases, "policyTypes", &policyTypes, "blamed")
	everyRow(t, cases, "elsewheres", &elsewheres, "said")
	everyRow(t, cases, "beforePolicies", &beforePolicies, "said")
	everyRow(t, cases, "flows", &flows, "said")
	everyRow(t, cases, "wordings", &wordings, "said")
	everyRow(t, cases, "resourceWords", &resourceWords, "sentence")
	everyRow(t, cases, "operationMarks", &operationMarks, "around")
	everyRow(t, cases, "serviceMarks", &serviceMarks, "around")
	everyRow(t, cases, "usualOperations", &usualOperations, "operation")
	everyRow(t, cases, "locationMarks", &locationMarks, "bucket")
	everyRow(t, cases, "emptyAnswers", &emptyAnswers, "empty")
	everyRow(t, cases, "awscli.Resources", &awscli.Resources, "command")
	everyRow(t, cases, "looks", &looks, "looks")
}

func everyRow[T any](t *testing.T, cases []reading, name string, rows *[]T, kind string) {
	t.Helper()
	whole := *rows
	defer func() { *rows = whole }()
	for i := range whole {
		*rows = slices.Delete(slices.Clone(whole), i, i+1)
		if !slices.ContainsFunc(cases, func(c reading) bool { return c.kind == kind && readings[kind](c.input) != c.want }) {
			t.Errorf("no case needs row %d of %s: %.60v", i, name, whole[i])
		}
	}
}

// Every name of the lists of names is in a case, as itself.
func TestEveryNameIsRead(t *testing.T) {
	cases := readRows(t)
	for _, list := range []struct{ kind, service, names, behind string }{
		{"action", "", prefixes, ""}, {"action", "", otherNames, ""}, {"action", "s3", versioned, " version"},
		{"bare", "", bareActions, ""}, {"service", "", serviceWords, ""}, {"subject", "", serviceNames, ""}, {"structure", "", structureNames,
			""},
	} {
		for _, word := range strings.Fields(list.names) {
			name, _, _ := strings.Cut(word, "=")
			input := strings.TrimSpace(strings.ReplaceAll(list.service+" "+name, ":", " ")) + list.behind
			if list.kind == "bare" {
				input = name
			}
			if list.kind == "action" && !strings.Contains(input, " ") {
				input += " Act"
			}
			if !slices.ContainsFunc(cases, func(c reading) bool { return c.kind == list.kind && c.input == input }) {
				t.Errorf("no case for %s %s", list.kind, input)
			}
		}
	}
	for _, row := range usualOperations {
		for name := range strings.FieldsSeq(row.names) {
			if !slices.ContainsFunc(cases, func(c reading) bool { return c.kind == "operation" && c.input == name }) {
				t.Errorf("no case for operation %s", name)
			}
		}
	}
}

// FullAWSAccess is put beside an SCP that only denies, and nowhere else.
func TestFullAccessIsAssumed(t *testing.T) {
	for effect, want := range map[string]bool{"Deny": true, "Allow": false} {
		r := Import("", `{"Policy": {"PolicySummary": {"Id": "p-1", "Name": "x", "Type": "SERVICE_CONTROL_POLICY"}, "Content": `+
			`"{\"Version\":\"2012-10-17\",\"Statement\":{\"Effect\":\"`+effect+`\",\"Action\":\"s3:*\",\"Resource\":\"*\"}}"}}`, "")
		got := strings.Contains(r.Text, "-- scp/1-root/FullAWSAccess.json --\n") && strings.Contains(r.Text, "\nunknown: scp\n")
		if got != want || r.Text == "" {
			t.Errorf("%s: %v, %s", effect, got, r.Text)
		}
	}
}

// What a request says of service control policies is said once.
func TestUnknownIsSaidOnce(t *testing.T) {
	const deny = `{"Version": "2012-10-17", "Statement": {"Effect": "Deny", "Action": "s3:*", "Resource": "*"}}`
	for said, want := range map[string]string{"": "unknown: scp\n", "unknown: rcp scp\n": "unknown: rcp scp\n",
		"unknown: rcp\n": "unknown: rcp scp\n"} {
		r := Import("x\n\n-- request --\nprincipal: arn:aws:iam::111122223333:user/ann\naction: s3:ListAllMyBuckets\nresource: *\n"+said, deny,
			"scp")
		if !strings.Contains(r.Text, "\n"+want) || strings.Count(r.Text, "unknown:") != 1 {
			t.Errorf("%q: %s", said, r.Text)
		}
	}
}
