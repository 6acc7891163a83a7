package importer

import (
	"strings"

	"why403/engine/policy"
)

// look is what a text that is not recognised looks like, and what to do.
type look struct {
	has  string // pieces of the text in lower case, with " & " between them
	says string
}

var looks = []look{
	{"arn: & policydocument:", "This looks like YAML. Add --output json to the command, and paste that. "},
	{"arn: & rolename:", "This looks like YAML. Add --output json to the command, and paste that. "},
	{"+-- & |", "This looks like a table of the AWS CLI. Add --output json to the command, and paste that. "},
	{"-----begin", "This looks like a key or a certificate. Do not paste secrets. "},
	{"aws_secret_access_key", "This looks like credentials. Do not paste secrets. "},
	{"<html", "This looks like a web page. Paste the text of its error. "},
	{"will perform the following actions & resource \"", "This is a plan of Terraform for people. Paste what terraform show -json " +
		"prints of it. "},
	{"iam.policystatement(", "This is code of the CDK. Paste the template that cdk synth prints. "},
	{"import boto3", "This is a program. Run it, and paste the error that it prints. "},
	{"@aws-sdk/client-", "This is a program. Run it, and paste the error that it prints. "},
	{"<root_account>", "This is IAM's credential report, which has no policies. "},
	{"blocked by cors policy", "The browser keeps the answer from the page (CORS). Paste the answer itself: its status and its text. "},
	{".cloudfront.net & \t403\t", "This is a line of CloudFront's log, which does not say what refused. Paste the text of the answer. "},
	{"arn:aws:elasticloadbalancing: & root=1-", "This is a line of a load balancer's log: its target or AWS WAF refused. Paste the " +
		"text of the " +
		"answer. "},
	{"permit( & principal & action", "This is a policy in Cedar, which Verified Permissions and Verified Access read, not IAM. "},
	{"googleapi", "This is an answer of Google Cloud. "},
	{"authorizationfailed & microsoft.", "This is an answer of Microsoft Azure. "},
	{"traceback (most recent call last)", "This looks like the stack of a program without AWS's message. Paste the lines from the error on. "},
}

// unreadPolicy is what is not known of a text that has AWS's message, and beside it
// what looks like a policy that nothing here reads.
const unreadPolicy = "The policy beside the message: it is not whole, or is code that is not read here. Paste it as JSON, as the AWS CLI " +
	"or the console shows it"

// unreads are what else is not read, by pieces of the text in lower case.
var unreads = []look{
	{"policystatement", unreadCDK}, {"iam statement changes", unreadCDK},
	{" unchanged & hidden)", "The plan of Terraform beside the message: it does not show all of a policy. Paste what terraform show -json " +
		"prints of it"},
}

const unreadCDK = "The code of the CDK beside the message: what it allows is not read here. Paste the template that cdk synth prints"

// unreadSigns are pieces of policies in any form.
var unreadSigns = []string{`"Effect"`, "'Effect'", "Effect: ", "Effect =", "Effect  ", "PolicyStatement", "jsonencode(",
	`Effect\"`, "aws_iam_policy_document", "statement {", "IAM Statement Changes"}

// grants are what the CDK's functions begin with that write policies, in lower case
// without underscores.
var grants = []string{".grantread", ".grantwrite", ".grantput", ".grantinvoke", ".grantencrypt", ".grantdecrypt", ".grantpublish",
	".grantsend", ".grantconsume", ".grantpull"}

// unread says that a text has a policy that is not read.
func (p *paste) unread(text string) {
	p.out.Unread = unreadPolicy
	lower := strings.ToLower(text)
	for _, l := range unreads {
		if containsAll(lower, l.has) {
			p.out.Unread = l.says
			break
		}
	}
	p.unknown(p.out.Unread)
}

// unreadIn says so where a text, of which the rest was read, looks like it.
func (p *paste) unreadIn(text string) {
	if hasAny(text, unreadSigns) {
		p.unread(text)
	} else if strings.Contains(text, ".grant") && hasAny(strings.ReplaceAll(strings.ToLower(text), "_", ""), grants) {
		p.unread("policystatement")
	}
}

// looksLike says what a text looks like that is not recognised, and what to
// paste instead.
func (p *paste) looksLike() string {
	lower := strings.ToLower(p.text[:runeEnd(p.text, maxAround)])
	if command := lastCommand(p.text); command != "" && strings.Count(strings.TrimSpace(p.text), "\n") < 3 {
		return "This looks like a command. Run it, and paste what it prints. "
	}
	if p.root != nil && p.root.Kind == policy.Object && len(p.root.Names) > 0 {
		var names []string
		for _, name := range p.root.Names[:min(len(p.root.Names), 4)] {
			names = append(names, oneLine(name.Value[:runeEnd(name.Value, 40)]))
		}
		return "This is JSON with " + strings.Join(names, ", ") + ", and nothing here reads that. "
	}
	if code, operation := errorOf(p.text); code != "" {
		return "AWS's error " + code + operation + " does not mean that a policy refused a request. "
	}
	for _, l := range looks {
		if containsAll(lower, l.has) {
			return l.says
		}
	}
	switch words := strings.Fields(p.text); {
	case len(words) == 1 && strings.HasPrefix(p.text, "arn:"):
		return "This is an ARN alone. Type it into the request, or paste the message that it comes from. "
	case len(words) == 1 && isAction(p.text):
		return "This is an action alone. Type it into the request, or paste the message that it comes from. "
	case len(words) == 1 && isAccount(p.text):
		return "This is an account alone. Paste the message that it comes from. "
	case len(words) == 1 && strings.HasPrefix(p.text, "https://"):
		return "This is an address alone. Paste the text of the page or of the answer that it gives. "
	case len(words) == 1 && len(p.text) == 20 && (strings.HasPrefix(p.text, "AKIA") || strings.HasPrefix(p.text, "ASIA")):
		return "This is the ID of an access key. aws sts get-access-key-info tells its account; paste the message that was the answer to it. "
	case strings.Contains(p.text, "\t") && (strings.Trim(words[0], upperLetters) == "" || strings.Contains(p.text, "\tarn:")):
		return "This looks like --output text of the AWS CLI. Use --output json, and paste that. "
	case yamlLike(p.text):
		return "This looks like YAML. Add --output json to the command, and paste that. "
	case len(words) <= 4:
		return "These words say neither who asked nor for what. Paste the whole message: for S3 the lines around it, with the command or the " +
			"operation. "
	}
	return "This text names no request that AWS refused, and no policy. "
}

// errorOf finds AWS's name of an error, and of what the operation is: in the words
// of the AWS CLI and boto3, or before a colon.
func errorOf(text string) (code, operation string) {
	text = text[:runeEnd(text, maxAround)]
	if code = between(text, cliError, ")"); isCode(code) {
		if name := between(text, "when calling the ", " operation"); isName(name) {
			operation = " of " + name
		}
		return code, operation
	}
	before, _, ok := strings.Cut(text, "Exception:")
	if code = before[strings.LastIndexAny(before, " .\t\n\"'([")+1:] + "Exception"; ok && isName(code) && code != "Exception" {
		return code, ""
	}
	return "", ""
}

func isCode(text string) bool {
	return text != "" && len(text) <= 64 && strings.Trim(text, lowerLetters+upperLetters+digit+".") == ""
}

// yamlLike reports whether most lines of a text are "name: value".
func yamlLike(text string) bool {
	all, named := 0, 0
	for line := range strings.Lines(text[:runeEnd(text, maxAround)]) {
		line = strings.TrimLeft(strings.TrimSpace(line), "- ")
		if line == "" {
			continue
		}
		all++
		if name, _, ok := strings.Cut(line, ":"); ok && !strings.Contains(name, " ") {
			named++
		}
	}
	return all >= 3 && named*4 >= all*3
}
