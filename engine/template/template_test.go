package template_test

import (
	"slices"
	"strconv"
	"strings"
	"testing"

	"why403/engine/internal/memory"
	"why403/engine/policy"
	"why403/engine/template"
)

func read(t testing.TB, text string, around template.Surroundings) *template.World {
	t.Helper()
	root, problems := policy.ParseLongJSON("", text, template.MaxSize, template.MaxValues)
	if len(problems) > 0 && problems[0].Code != "duplicate-name" {
		t.Fatal(problems)
	}
	return template.Read(root, around)
}

// References that lead to many others, or to themselves, end.
func TestReferencesEnd(t *testing.T) {
	var b strings.Builder
	b.WriteString(`{"locals": {"l0": ""`)
	for i := 1; i < 40; i++ {
		b.WriteString(`, "l` + strconv.Itoa(i) + `": "` + strings.Repeat("${local.l"+strconv.Itoa(i-1)+"}", 20) + `"`)
	}
	b.WriteString(`, "me": "${local.me}", "all": ["${local.all}", "${local.all}"]}, "resource":
		{"aws_iam_role_policy": {"x": {"role": "${local.me}", "policy":
		{"Statement": {"Effect": "Allow", "Action": "${local.l39}", "Resource": "${local.all}"}}}}}}`)
	w := read(t, b.String(), template.Surroundings{})
	if len(w.Entities) != 1 || len(w.Entities[0].Documents) != 1 || !w.Entities[0].Documents[0].Open || len(w.Notes) == 0 {
		t.Errorf("%+v", w)
	}
}

// A template of many resources and long lists is read, and what is left out is
// said.
func TestManyResources(t *testing.T) {
	var b strings.Builder
	b.WriteString(`{"Resources": {"Q": {"Type": "AWS::SQS::Queue"}`)
	for i := range 3000 {
		b.WriteString(`, "R` + strconv.Itoa(i) + `": {"Type": "AWS::IAM::Role", "Properties": {"Policies": [{"PolicyName": "p",
			"PolicyDocument": {"Statement": {"Effect": "Allow", "Action": "sqs:*", "Resource": {"Fn::GetAtt": ["Q", "Arn"]}}}}]}}`)
	}
	w := read(t, b.String()+"}}", template.Surroundings{})
	if len(w.Entities) != 400 || len(w.Notes) != 2 {
		t.Errorf("%d entities, %q", len(w.Entities), w.Notes)
	}
}

// policies is Terraform code of documents, each with statements and the documents
// that it takes in, and of a role's policy for each.
func policies(documents, statements int, takesIn string) string {
	var data, resources []string
	for i := range documents {
		var said []string
		for j := range statements {
			said = append(said, `{"sid": "s`+strconv.Itoa(i)+"x"+strconv.Itoa(j)+`", "actions": ["s3:*"], "resources": ["*"]}`)
		}
		next := strings.ReplaceAll(takesIn, "#", strconv.Itoa(i+1))
		data = append(data, `"d`+strconv.Itoa(i)+`": {"statement": [`+strings.Join(said, ",")+`], "source_policy_documents": [`+next+`]}`)
		resources = append(resources, `"p`+strconv.Itoa(i)+`": {"role": "app", "name": "n`+strconv.Itoa(i)+
			`", "policy": "${data.aws_iam_policy_document.d`+strconv.Itoa(i)+`.json}"}`)
	}
	return `{"data": {"aws_iam_policy_document": {` + strings.Join(data, ",") + `}}, "resource": {"aws_iam_role_policy": {` +
		strings.Join(resources, ",") + `}}}`
}

// A policy of more statements than AWS takes is not known: none of them is left out alone.
func TestManyStatements(t *testing.T) {
	const notRead = "A policy of more than 4096 statements: AWS takes none so long"
	for _, c := range []struct {
		text            string
		documents, open int
	}{
		{policies(1, 4096, ""), 1, 0},
		{policies(1, 4097, ""), 0, 1},
		{policies(2, 2049, `"${data.aws_iam_policy_document.d#.json}"`), 1, 1},
	} {
		w := read(t, c.text, template.Surroundings{})
		if len(w.Entities) != 1 || len(w.Entities[0].Documents) < c.documents || len(w.Entities[0].Open) != c.open ||
			slices.Contains(w.Notes, notRead) != (c.open > 0) {
			t.Errorf("%d documents, %q, %q", len(w.Entities[0].Documents), w.Entities[0].Open, w.Notes)
		}
	}
}

// What is taken in again and again is work: it ends, and what is left out is open.
func TestTakenInTwice(t *testing.T) {
	const twice = `"${data.aws_iam_policy_document.d#.json}", "${data.aws_iam_policy_document.d#.json}"`
	text := policies(800, 1, twice)
	var w *template.World
	steps := testing.AllocsPerRun(1, func() { w = read(t, text, template.Surroundings{}) })
	if steps > 1_000_000 {
		t.Errorf("%.0f allocations", steps)
	}
	if len(w.Entities) != 1 || len(w.Entities[0].Open) == 0 || len(w.Entities[0].Documents)+len(w.Entities[0].Open) != 800 {
		t.Errorf("%d documents, %d open", len(w.Entities[0].Documents), len(w.Entities[0].Open))
	}
	for i := range w.Entities[0].Documents {
		// The last ones take nothing in that is missing, but for the very last.
		if d := &w.Entities[0].Documents[i]; !d.Open {
			t.Errorf("%s is not open: %s", d.Section, d.Text)
		}
	}
}

// Indexes of an address, and variables of Fn::Sub, take as much memory as their number.
func TestManyPieces(t *testing.T) {
	many := func(n int, piece string) string {
		var b strings.Builder
		for i := range n {
			b.WriteString(strings.ReplaceAll(piece, "#", strconv.Itoa(i)))
		}
		return b.String()
	}
	for name, text := range map[string]func(n int) string{
		"indexes": func(n int) string {
			return `{"planned_values": {"root_module": {"resources": [{"address": "aws_iam_role.r` + many(n, "[0]") + `",
				"type": "aws_iam_role", "values": {"name": "r"}}]}}}`
		},
		"variables": func(n int) string {
			return `{"Resources": {"P": {"Type": "AWS::IAM::Policy", "Properties": {"PolicyName": "p", "Roles": ["r"], "PolicyDocument":
				{"Statement": {"Effect": "Allow", "Action": "*", "Resource": {"Fn::Sub": ["` + many(n, "${v#}") + `", {` +
				many(n, `"v#": "x", `) + `"v": ""}]}}}}}}}`
		},
		"attributes": func(n int) string {
			return `{"planned_values": {"root_module": {"resources": [{"address": "aws_iam_role.r", "type": "aws_iam_role", "values": {` +
				many(n, `"k#": null, `) + `"name": "r"}}]}}, "configuration": {"root_module": {"resources": [{"address": "aws_iam_role.r",
				"expressions": {` + many(n, `"k#": {"references": ["var.x"]}, `) + `"name": {}}}]}}}`
		},
	} {
		took := func(n int) int {
			root, _ := policy.ParseLongJSON("", text(n), template.MaxSize, template.MaxValues)
			return memory.Bytes(func() {
				if w := template.Read(root, template.Surroundings{}); len(w.Entities) != 1 {
					t.Errorf("%s: %+v", name, w)
				}
			})
		}
		if few, lots := took(1000), took(10_000); lots > few*15 {
			t.Errorf("%s: %d bytes for 1,000, %d for 10,000", name, few, lots)
		}
	}
}

// What little text comes to is bounded, and what is left out for it is open.
func TestMuchOfLittle(t *testing.T) {
	list := func(n int, of string) string { return "[" + strings.Repeat(of+", ", n) + of + "]" }
	names := func(n int) string {
		var b strings.Builder
		for i := range n {
			b.WriteString(`"n` + strconv.Itoa(i) + `", `)
		}
		return "[" + b.String() + `"n"]`
	}
	policyOf := func(resource string) string {
		return `{"Statement": {"Effect": "Allow", "Action": "*", "Resource": ` + resource + "}}"
	}
	of := func(kind, properties string) string {
		return `{"Parameters": {"X": {"Default": "` + strings.Repeat("x", 50_000) + `"}}, "Resources": {"U": {"Type": "AWS::IAM::User"},
			"P": {"Type": "` + kind + `", "Properties": {"PolicyName": "p", ` + properties + `}}}}`
	}
	const role, membership, queues = "AWS::IAM::Policy", "AWS::IAM::UserToGroupAddition", "AWS::SQS::QueuePolicy"
	for name, c := range map[string]struct{ text, note string }{
		"references": {of(role, `"Roles": ["r"], "PolicyDocument": `+policyOf(list(2000, `{"Ref": "X"}`))), "they lead to too many others"},
		"joined": {of(role, `"Roles": ["r"], "PolicyDocument": `+policyOf(`{"Fn::Join": ["`+strings.Repeat("x", 1000)+`", `+
			list(1000, `"a"`)+"]}")), "What Join "},
		"substituted": {of(role, `"Roles": ["r"], "PolicyDocument": `+policyOf(`{"Fn::Sub": ["`+strings.Repeat("${A}", 1000)+`", {"A": "`+
			strings.Repeat("x", 1000)+`"}]}`)), "What Sub "},
		"groups and users": {of(membership, `"GroupName": `+names(3000)+`, "Users": `+names(3000)), "only the first 10,000"},
		"queues":           {of(queues, `"Queues": `+names(3000)+`, "PolicyDocument": `+policyOf(`"x"`)), "the first 2,000 of all"},
		"policies of one":  {of("AWS::Serverless::Function", `"Policies": `+list(200, policyOf(`"x"`))), "the first 100 of one"},
	} {
		root, problems := policy.ParseLongJSON("", c.text, template.MaxSize, template.MaxValues)
		var w *template.World
		bytes := memory.Bytes(func() { w = template.Read(root, template.Surroundings{}) })
		if noted := slices.ContainsFunc(w.Notes, func(s string) bool { return strings.Contains(s, c.note) }); !noted || bytes > 1<<28 ||
			len(problems) > 0 {
			t.Errorf("%s: %d bytes, %.300q, %v", name, bytes, w.Notes, problems)
		}
		open := 0
		for i := range w.Entities {
			e := &w.Entities[i]
			if open += len(e.Open); len(e.Documents) > 0 && e.Documents[0].Open {
				open++
			}
		}
		if name != "queues" && open < 1 {
			t.Errorf("%s: nothing is open in %d entities", name, len(w.Entities))
		}
	}
}

// What a person fills in stands in every place.
func TestGiven(t *testing.T) {
	const text = `{"Resources": {"B": {"Type": "AWS::S3::Bucket"}, "P": {"Type": "AWS::S3::BucketPolicy",
		"Properties": {"Bucket": {"Ref": "B"}, "PolicyDocument": {"Statement": {"Effect": "Deny", "Principal": "*", "Action": "s3:*",
		"Resource": {"Fn::Sub": "${B.Arn}/*"}}}}}}}`
	w := read(t, text, template.Surroundings{Account: "444455556666", Given: map[string]string{"B": "reports"}})
	if len(w.Entities) != 1 || w.Entities[0].ARN != "arn:aws:s3:::reports" || w.Entities[0].Account != "444455556666" ||
		!strings.Contains(w.Entities[0].Documents[0].Text, `"arn:aws:s3:::reports/*"`) || w.Entities[0].Documents[0].Open {
		t.Errorf("%+v", w)
	}
}

// The ARN of a resource follows from its kind.
func TestKinds(t *testing.T) {
	for _, kind := range []string{"AWS::S3::Bucket", "AWS::SQS::Queue", "AWS::SNS::Topic", "AWS::KMS::Key", "AWS::Lambda::Function",
		"AWS::SecretsManager::Secret", "AWS::DynamoDB::Table", "AWS::ECR::Repository", "AWS::Logs::LogGroup"} {
		w := read(t, `{"Resources": {"X": {"Type": "`+kind+`", "Properties": {}}, "R": {"Type": "AWS::IAM::Role",
			"Properties": {"Policies": [{"PolicyName": "p", "PolicyDocument": {"Statement": {"Effect": "Allow", "Action": "*",
			"Resource": {"Fn::GetAtt": "X.Arn"}}}}]}}}}`, template.Surroundings{})
		if len(w.Entities) != 1 || !strings.Contains(w.Entities[0].Documents[0].Text, `"Resource": "arn:aws:`) ||
			w.Entities[0].Documents[0].Open {
			t.Errorf("%s: %+v", kind, w)
		}
	}
}
