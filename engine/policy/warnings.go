package policy

import "strings"

// What IAM Access Analyzer would tell of, and what explains a 403: texts that
// AWS stores and that never do what they look like. All are warnings: what
// evaluation does with them is certain.

const arnGuide = iamGuide + "reference-arns.html"

// checkARN reports an ARN of Resource or NotResource that can match nothing
// that a request has. Its six components are given too.
func (p *parser) checkARN(s *Statement, r Text, parts []string) {
	partition, service, region, account, resource := parts[1], parts[2], parts[3], parts[4], parts[5]
	if p.placeholder(r) {
		return
	}
	p.checkVariables(r)
	p.checkHead(r, parts[1:5])
	switch {
	case service == "s3" && (fixedPart(region) || fixedPart(account)) && !s3Elsewhere(resource):
		p.add(r.Span, Warning, "s3-arn",
			"The ARN of a bucket or an object has neither Region nor account, so this matches nothing. Write "+
				"arn:"+partition+":s3:::"+shorten(resource)+".",
			"https://docs.aws.amazon.com/service-authorization/latest/reference/list_s3.html")
	case service == "secretsmanager" && bareSecret(resource):
		p.add(r.Span, Warning, "secret-suffix",
			"The ARN of a secret ends with a hyphen and six random characters, so this matches no secret. Write "+shorten(resource)+"-?????? at "+
				"its end.",
			"https://docs.aws.amazon.com/secretsmanager/latest/userguide/auth-and-access_iam-policies.html")
	case service == "logs" && bareLogGroup(resource) &&
		s.asksFor("logs:createlogstream", "logs:putlogevents", "logs:describelogstreams") && !s.covers(r.Value+":"):
		p.add(r.Span, Warning, "log-group-arn", "Requests for streams of a log group have more behind its name. Write "+shorten(resource)+":*.",
			"https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/iam-access-control-overview-cwl.html")
	case service == "kms" && strings.HasPrefix(resource, "alias/") && !s.aliasOnly():
		p.add(r.Span, Warning, "alias-arn",
			"An alias in Resource never matches the use of its key: KMS looks at the key's ARN. Name the key, or use the condition keys "+
				"kms:RequestAlias and kms:ResourceAliases.",
			"https://docs.aws.amazon.com/kms/latest/developerguide/alias-authorization.html")
	}
}

// partitions are AWS's.
//
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html
var partitions = map[string]bool{"aws": true, "aws-cn": true, "aws-us-gov": true, "aws-iso": true, "aws-iso-b": true,
	"aws-iso-e": true, "aws-iso-f": true, "aws-eusc": true}

// checkHead reports what can't stand in partition, service, Region and account.
func (p *parser) checkHead(r Text, head []string) {
	message := ""
	switch account := head[3]; {
	case strings.Contains(strings.Join(head, ""), "${"):
		message = "A policy variable works only in the last part of an ARN; before it, ${…} is plain text, and matches nothing. Write the " +
			"value, or \"*\"."
	case strings.ToLower(head[0]+head[1]) != head[0]+head[1]:
		message = "Partition and service of an ARN are in lower case, and compared so: this matches nothing. Write arn:" +
			strings.ToLower(head[0]) + ":" + strings.ToLower(head[1]) + ":…."
	case !partitions[head[0]] && !strings.ContainsAny(head[0], "*?"):
		message = "AWS has no partition " + quote(head[0]) + ". Most ARNs begin with arn:aws:."
	case account != "" && account != "aws" && account != "aws-marketplace" && account != "cloudfront" && account != "aws-managed" &&
		!IsAccount(account) && !strings.ContainsAny(account, "*?"):
		message = quote(account) + " in this ARN is not an account: an account ID has 12 digits."
	}
	if message != "" {
		p.add(r.Span, Warning, "bad-arn", message, arnGuide)
	}
}

func fixedPart(part string) bool { return part != "" && part != "*" }

// s3Elsewhere reports whether a resource of S3 is of a kind whose ARNs have a
// Region or an account.
func s3Elsewhere(resource string) bool {
	kind, _, _ := strings.Cut(resource, "/")
	switch kind {
	case "accesspoint", "job", "storage-lens", "storage-lens-group", "async-request", "access-grants":
		return true
	}
	return strings.HasPrefix(resource, "*")
}

// bareSecret reports whether a secret is named without what Secrets Manager
// puts behind its name.
func bareSecret(resource string) bool {
	name, ok := strings.CutPrefix(resource, "secret:")
	if !ok || name == "" || strings.ContainsAny(name, "*?$") {
		return false
	}
	hyphen := strings.LastIndexByte(name, '-')
	return hyphen < 0 || len(name)-hyphen-1 != 6 || strings.IndexFunc(name[hyphen+1:], notAlphanumeric) >= 0
}

func bareLogGroup(resource string) bool {
	name, ok := strings.CutPrefix(resource, "log-group:")
	return ok && !strings.ContainsAny(name, "*?$:")
}

// asksFor reports whether the actions of a statement cover one of some actions,
// in lower case.
func (s *Statement) asksFor(actions ...string) bool {
	for _, a := range s.Action.Values {
		pattern := CompileAction(a.Value)
		for _, action := range actions {
			if pattern.Match(action) {
				return !s.Action.Not
			}
		}
	}
	return s.Action.Not
}

// covers reports whether another value of Resource matches what lies under an
// ARN.
func (s *Statement) covers(arn string) bool {
	for _, r := range s.Resource.Values {
		pattern := CompileARN(r.Value, false, false)
		if matched, _ := pattern.Match(arn+"x", nil, nil); matched {
			return true
		}
	}
	return false
}

// aliasOnly reports whether a statement is about operations on aliases
// themselves, or names a key beside its alias, as creating one takes both.
func (s *Statement) aliasOnly() bool {
	for _, r := range s.Resource.Values {
		if r.Value == "*" || strings.Contains(r.Value, ":key/") {
			return true
		}
	}
	for _, a := range s.Action.Values {
		action := strings.ToLower(a.Value)
		if strings.HasPrefix(action, "kms:") && !strings.HasSuffix(action, "alias") && !strings.HasSuffix(action, "aliases") &&
			!strings.HasSuffix(action, "alias*") {
			return false
		}
	}
	return true
}

// placeholder reports a text that somebody has to fill in: of CloudFormation or
// Terraform, or of a sample. It is plain text to AWS.
func (p *parser) placeholder(v Text) bool {
	what := Placeholder(v.Value, p.doc.Variables())
	if what != "" {
		p.add(v.Span, Warning, "placeholder", what, arnGuide)
	}
	return what != ""
}

// Placeholder says what a text is that somebody has to fill in before AWS gets
// it, and what to do, or "". Variables says whether the document has policy
// variables: see [Document.Variables].
func Placeholder(text string, variables bool) string {
	for rest := text; ; {
		_, after, ok := strings.Cut(rest, "${")
		name, tail, closed := strings.Cut(after, "}")
		switch {
		case !ok || !closed:
			return sampleWord(text)
		case strings.HasPrefix(name, "AWS::"):
			return "${" + name + "} is CloudFormation's, which puts the value there before AWS sees the policy. Write the value that it has in " +
				"your stack."
		case strings.HasPrefix(name, "var.") || strings.HasPrefix(name, "local.") || strings.HasPrefix(name, "data.") ||
			strings.HasPrefix(name, "aws_") || strings.HasPrefix(name, "module."):
			return "${" + name + "} is Terraform's, which puts the value there before AWS sees the policy. Write the value, from terraform show."
		case variables && name != "" && !isSymbol(name) && !strings.ContainsAny(name, ":,/ '\"*?") && !strings.Contains(name, "="):
			return "${" + name + "} is a placeholder, no policy variable: those have a colon, such as ${aws:username}. Write the value in its place."
		}
		rest = tail
	}
}

// sampleWord finds what samples write in brackets: [PRIVILEGED_ROLE], <ACCOUNT>.
func sampleWord(text string) string {
	for _, brackets := range [...]string{"[]", "<>"} {
		_, after, ok := strings.Cut(text, brackets[:1])
		word, _, closed := strings.Cut(after, brackets[1:])
		if ok && closed && len(word) > 2 && strings.Trim(word, "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-") == "" &&
			strings.HasPrefix(text, "arn:") {
			return brackets[:1] + word + brackets[1:] + " is a placeholder of a sample. Write the value in its place."
		}
	}
	return ""
}

// checkVariables reports variables in Resource that are none.
func (p *parser) checkVariables(r Text) {
	const doc = iamGuide + "reference_policies_variables.html"
	if !strings.Contains(r.Value, "${") {
		return
	}
	newer := CompilePattern(r.Value, true, true)
	switch broken := newer.Broken(); {
	case broken != "":
		p.add(r.Span, Warning, "broken-variable",
			quote(broken)+" is read as plain text, since it is not a policy variable. Write ${KEY} or ${KEY, 'DEFAULT'}: a comma, one space, "+
				"single quotes.", doc)
	case strings.Contains(strings.Join(newer.VariableKeys(), ""), ":") && !p.doc.Variables():
		p.add(r.Span, Warning, "variable-is-text",
			"${…} is plain text in this policy: only \"Version\": \"2012-10-17\" has policy variables. Add or change the Version.",
			iamGuide+"reference_policies_elements_version.html")
	}
}

// checkBuckets reports a bucket policy about another bucket: a bucket's policy
// names that bucket and its objects alone.
func (p *parser) checkBuckets() {
	first := ""
	for i := range p.doc.Statements {
		for _, r := range p.doc.Statements[i].Resource.Values {
			bucket, ok := bucketOf(r.Value)
			switch {
			case !ok:
			case first == "":
				first = bucket
			case bucket != first:
				p.add(r.Span, Warning, "other-bucket",
					"A bucket policy names its own bucket alone. This one is about "+quote(first)+" and about "+quote(bucket)+": S3 refuses it.",
					"https://docs.aws.amazon.com/AmazonS3/latest/userguide/example-bucket-policies.html")
				return
			}
		}
	}
}

func bucketOf(arn string) (bucket string, ok bool) {
	var room [6]string
	parts := components(arn, &room)
	if len(parts) != 6 || parts[2] != "s3" || parts[3] != "" || parts[4] != "" {
		return "", false
	}
	bucket, _, _ = strings.Cut(parts[5], "/")
	return bucket, bucket != "" && !strings.ContainsAny(bucket, "*?$")
}

// checkForAll reports an Allow to others that a request without the key meets:
// ForAllValues holds for no values. In identity-based policies it is common and
// seldom harmful.
func (p *parser) checkForAll(s *Statement) {
	if s.Effect == Deny || p.rules.principal == refused {
		return
	}
	guarded := map[string]bool{}
	for _, t := range s.Condition.Tests {
		if strings.EqualFold(t.Operator.Value, "Null") && len(t.Values) == 1 && strings.EqualFold(t.Values[0].Value, "false") {
			guarded[strings.ToLower(t.Key.Value)] = true
		}
	}
	for _, t := range s.Condition.Tests {
		if strings.HasPrefix(strings.ToLower(t.Operator.Value), "forallvalues:") && !guarded[strings.ToLower(t.Key.Value)] {
			p.add(t.Span, Warning, "for-all-without-null",
				"ForAllValues is met where the request has no "+t.Key.Value+" at all, so this lets such requests in. Add \"Null\": "+
					"{\""+shorten(t.Key.Value)+"\": \"false\"}.",
				iamGuide+"reference_policies_condition-single-vs-multi-valued-context-keys.html")
		}
	}
}

// intrinsic is the function of CloudFormation that an object stands for, or "".
//
// https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/intrinsic-function-reference.html
func intrinsic(n *Node) string {
	if n.Kind != Object || len(n.Names) != 1 {
		return ""
	}
	if name := n.Names[0].Value; name == "Ref" || strings.HasPrefix(name, "Fn::") {
		return name
	}
	return ""
}
