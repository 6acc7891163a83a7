package importer_test

import (
	"strings"
	"testing"

	"why403/engine/importer"
	"why403/engine/policy"
	"why403/engine/template"
)

// hostile are pieces of texts that were made to be slow, again and again.
var hostile = []string{
	"not authorized to perform: a:b because x at ", "not authorized to perform: a:b on resource: \"x ", "User: ",
	"not authorized to perform: ",
	"{\"eventName\":\"a\",\"eventSource\":\"b\"}\n", "\n{", "[", "-- request --\n", "(Service: ", "Access Denied ", "{\"a\":[", "\\",
	"&amp;", "<", "**", "s3://", "https://",
	"arn:aws", "AccessDenied operation error ", "eventName,eventSource\n", "{a=", "event name\nevent source\n", "$ aws x \\\n", "\x1b[",
	"Client.get(", "'", "\"", "2024-01-01T00:00:00Z ",
	"User: a Action: a:b Context: x ", "REST.GET.OBJECT ", ".amazonaws.com", "│", "\u00a0", "{\"RoleDetailList\":[{\"Arn\":\"a\"},",
	"{\"Arn\":\"a\"},", "x", "{\"a\":1} x ", "locals {\n", "statement:\n", "> {\n", "'Statement' {", "{\\", "%7B", "Statement: {a: 'b', c(",
}

// A long text of anything is answered, and says what was not read.
func TestLong(t *testing.T) {
	for _, piece := range hostile {
		pasted := strings.Repeat(piece, 2*policy.MaxSize/len(piece))
		r := importer.Import(presents["key"], pasted, "")
		checkResult(t, presents["key"], pasted, &r)
	}
}

// Of a long output, what belongs to the request's caller is taken.
func TestLongAccount(t *testing.T) {
	var b strings.Builder
	b.WriteString(`{"UserDetailList":[],"GroupDetailList":[],"RoleDetailList":[`)
	for b.Len() < 2*policy.MaxSize {
		b.WriteString(`{"RoleName":"other","Arn":"arn:aws:iam::111122223333:role/other","AttachedManagedPolicies":[],"RolePolicyList":[]},` +
			"\n")
	}
	b.WriteString(`{"RoleName":"app","Arn":"arn:aws:iam::111122223333:role/app","RolePolicyList":[{"PolicyName":"in","PolicyDocument":{"Statement":[]}}],` +
		`"AttachedManagedPolicies":[{"PolicyName":"read","PolicyArn":"arn:aws:iam::111122223333:policy/read"}]}],"Policies":[` +
		`{"Arn":"arn:aws:iam::111122223333:policy/write","PolicyVersionList":[]},` +
		`{"Arn":"arn:aws:iam::111122223333:policy/read","PolicyVersionList":[{"IsDefaultVersion":true,"Document":{"Statement":[]}}]}]}`)
	r := importer.Import(presents["key"], b.String(), "")
	checkResult(t, presents["key"], b.String(), &r)
	for _, section := range []string{"-- identity/in.json --", "-- identity/read.json --"} {
		if !strings.Contains(r.Text, section) {
			t.Errorf("misses %s: %+v", section, r)
		}
	}
	r = importer.Import("", b.String(), "arn:aws:iam::111122223333:role/app")
	if !strings.Contains(r.Text, "principal: arn:aws:iam::111122223333:role/app\n") {
		t.Errorf("%+v", r)
	}
}

// Of a long trail, the denied events are taken.
func TestLongTrail(t *testing.T) {
	fine := `{"eventName":"ListKeys","eventSource":"kms.amazonaws.com","userIdentity":{"type":"Root"}},`
	pasted := `{"Records":[` + strings.Repeat(fine, 2*policy.MaxSize/len(fine)) +
		`{"eventName":"Decrypt","eventSource":"kms.amazonaws.com","errorCode":"AccessDenied","userIdentity":{"type":"IAMUser","arn":"arn:aws:iam::111122223333:user/alice"}}]}`
	r := importer.Import("", pasted, "")
	checkResult(t, "", pasted, &r)
	if !strings.Contains(r.Text, "principal: arn:aws:iam::111122223333:user/alice\naction: kms:Decrypt\n") {
		t.Errorf("%+v", r)
	}
}

// Of a long log, AWS's message is taken.
func TestLongLog(t *testing.T) {
	pasted := strings.Repeat("all is well, still\n", policy.MaxSize/10) +
		"User: arn:aws:iam::111122223333:user/alice is not authorized to perform: sqs:SendMessage on resource: " +
		"arn:aws:sqs:us-east-1:111122223333:orders\n" +
		strings.Repeat("all is well again\n", policy.MaxSize/10)
	r := importer.Import("", pasted, "")
	checkResult(t, "", pasted, &r)
	if !strings.Contains(r.Text, "resource: arn:aws:sqs:us-east-1:111122223333:orders\n") {
		t.Errorf("%+v", r)
	}
}

// In a log that is read whole, the words around the refusal tell the operation.
func TestLateRefusal(t *testing.T) {
	pasted := strings.Repeat("all is well, still\n", policy.MaxSize/40) +
		"An error occurred (AccessDenied) when calling the PutObject operation: Access Denied\n"
	r := importer.Import("", pasted, "")
	if !strings.Contains(r.Text, "action: s3:PutObject\n") {
		t.Errorf("%+v", r)
	}
}

func BenchmarkLong(b *testing.B) {
	for _, piece := range hostile {
		pasted := strings.Repeat(piece, 16<<20/len(piece))
		b.Run(strings.Map(func(c rune) rune {
			if c <= ' ' || c == '/' || c > '~' {
				return '_'
			}
			return c
		}, piece), func(b *testing.B) {
			for b.Loop() {
				importer.Import("", pasted, "")
			}
		})
	}
}

// A template or a state that is too long says how much is read, and what to do.
func TestLongTemplate(t *testing.T) {
	r := importer.Import("", `{"version": 4, "terraform_version": "1.5.0", "resources": [`+strings.Repeat(`{"mode": "managed"},`, 1<<19), "")
	if r.Text != "" || len(r.Problems) != 1 || !strings.Contains(r.Problems[0].Message, "At most 8 MiB of a template or a state") {
		t.Errorf("%+v", r.Problems)
	}
}

// A state of more values than are read says so.
func TestManyValues(t *testing.T) {
	pasted := `{"terraform_version": "1", "values": {"root_module": {"a": [` + strings.Repeat("1,\n ", template.MaxValues) + `1]}}}`
	r := importer.Import("", pasted, "")
	if r.Text != "" || len(r.Problems) != 1 || r.Problems[0].Code != "too-many-values" || r.Problems[0].Span.Start < len(pasted)/2 {
		t.Errorf("%+v", r.Problems)
	}
}
