package importer

import "strings"

// around is what a text says about a request beside AWS's sentence: what SDKs,
// the CLI, tools and frames of a stack call.
type around struct {
	service   string // the prefix of its actions, "" where the text does not tell
	operation string // of the API, "" where the text does not tell
	action    string // where the text names the action itself
	region    string
}

// mark is words around a name.
type mark struct{ before, after string }

// operationMarks are words around the name of an operation, or around the
// service and the operation with ": " between them.
var operationMarks = []mark{
	{"when calling the ", " operation"}, {"operation error ", ","}, {`Error executing "`, `"`}, {"Error executing '", "'"},
	{"Error calling KMS ", " API"},
	{"Error in operation ", " "}, {"Failed to execute operation ", " "}, {"calling operation ", " "}, {"API: ", " "}, {"api call to ", " "},
	{"AWS API call: ", " "}, {"initial ", " failed for bucket "}, {"DEBUG: Response ", " Details"},
}

// readAround reads what stands around a message, from a clean text.
func readAround(text string) (a around) {
	text = text[:runeEnd(text, maxAround)]
	a.region = regionIn(text)
	for _, m := range operationMarks {
		name := between(text, m.before, m.after)
		if m.before == "API: " {
			if action := between(text+" ", m.before, m.after); isAction(action) {
				a.action = action
				a.service, a.operation, _ = strings.Cut(action, ":")
				return a
			}
			continue
		}
		if service, operation, ok := strings.Cut(name, ": "); ok {
			a.service, name = serviceNamed(service), operation
		}
		if service, operation, ok := strings.Cut(name, "/"); ok && serviceNamed(service) != "" {
			a.service, name = serviceNamed(service), operation
		}
		if isName(name) {
			a.operation = name
			break
		}
	}
	if a.service == "" {
		a.service = serviceIn(text)
	}
	if a.operation == "" {
		a.operation = frameOperation(text, a.service)
	}
	if a.service == "" {
		a.service = serviceOfOperation(a.operation)
	}
	return a
}

// maxAround is how far a text is read for what stands around a message.
const maxAround = 64 << 10

// afterMark gives what stands behind the last quote or space of a mark.
func afterMark(text, words string) string {
	i := strings.Index(text, words)
	if i < 0 {
		return ""
	}
	return text[i+strings.LastIndexAny(words, ` "`)+1:]
}

// isName reports whether a text can be the name of an operation.
func isName(text string) bool {
	return len(text) > 2 && len(text) <= 64 && text[0] >= 'A' && text[0] <= 'Z' && strings.Trim(text, lowerLetters+upperLetters+digit) == ""
}

// serviceWords are names of services in SDKs, in lower case without "amazon",
// "aws" and spaces, whose actions have another prefix.
const serviceWords = "cloudwatchlogs=logs elasticloadbalancingv2=elasticloadbalancing cognitoidentityprovider=cognito-idp " +
	"cognitoidentity=cognito-identity " +
	"simpleemail=ses simpleemailservice=ses sesv2=ses eventbridge=events cloudwatchevents=events sfn=states stepfunctions=states " +
	"elasticsearchservice=es elasticsearch=es opensearch=es " +
	"simplesystemsmanagement=ssm systemsmanager=ssm securitytokenservice=sts securitytoken=sts identitymanagement=iam " +
	"elasticmapreduce=elasticmapreduce " +
	"emr=elasticmapreduce efs=elasticfilesystem applicationautoscaling=application-autoscaling keymanagement=kms simplequeue=sqs " +
	"simplenotification=sns " +
	"s3control=s3 simplestorage=s3 route53=route53 apigateway=apigateway bedrockruntime=bedrock dynamodbv2=dynamodb ecrpublic=ecr-public " +
	"resourcegroupstagging=tag msk=kafka"

// serviceNamed is the prefix of the actions of a service that an SDK names:
// "Amazon S3", "AWSKMS", "Elastic Load Balancing v2".
func serviceNamed(name string) string {
	name = strings.ReplaceAll(strings.ToLower(name), " ", "")
	name = strings.TrimPrefix(strings.TrimPrefix(name, "amazon"), "aws")
	if strings.Trim(name, lowerLetters+digit+"-") != "" || len(name) > 40 {
		return ""
	}
	return firstOf(lookup(serviceWords, name), lookup(prefixes, name), name)
}

// serviceMarks are words around the name of a service.
var serviceMarks = []mark{
	{"(Service: ", ";"}, {"(Service: ", ","}, {"(Service: ", ")"}, {"amazonaws.services.", "."}, {"awssdk.services.", "."}, {"Amazon.",
		"."}, {"Aws\\", "\\"}, {"Aws::", "::"},
	{"aws-sdk/lib/services/", "."}, {"@aws-sdk/client-", "/"}, {"aws_sdk_", "::"}, {"Error calling ", " "},
}

// serviceIn finds the service that a text names.
func serviceIn(text string) string {
	for _, m := range serviceMarks {
		name := between(text, m.before, m.after)
		if name == "" || len(name) > 40 || strings.ContainsAny(name, ";,") ||
			strings.Contains(" Runtime util Errors core PowerShe PowerShell ", " "+name+" ") {
			continue
		}
		if service := serviceNamed(name); service != "" && service != "runtime" {
			return service
		}
	}
	for _, word := range []string{"AmazonS3", "aws/s3/", " s3://", "s3a://", "S3 bucket", "S3 Bucket", "S3 object", "S3Exception",
		"API response Access Denied"} {
		if strings.Contains(text, word) {
			return "s3"
		}
	}
	return ""
}

// verbs are the first words of operations, to tell them from other functions
// of a client.
const verbs = " Get Put List Delete Create Copy Head Upload Describe Update Send Publish Receive Query Scan Batch Start Stop Decrypt " +
	"Encrypt Generate Assume Complete Abort Restore Tag Untag Register Run Attach Detach Add Remove Set Invoke "

// frameOperation finds an operation in the frames of a stack: a function of a
// client, such as AmazonS3Client.putObject(.
func frameOperation(text, service string) string {
	if before, _, ok := strings.Cut(text, "CommandError"); ok {
		name := before[strings.LastIndexByte(before, '_')+1:]
		if isName(name) && strings.HasSuffix(before, "de_"+name) {
			return name
		}
		for _, protocol := range []string{"restXml", "restJson1", "query", "ec2"} {
			if short := strings.TrimPrefix(name, protocol); short != name && strings.HasSuffix(before, "deserializeAws_"+name) && isName(short) {
				return short
			}
		}
	}
	if name := snakeFrame(text, service); name != "" {
		return name
	}
	if name := between(text, "::operation::", "::"); name != "" && strings.Trim(name, lowerLetters+digit+"_") == "" {
		return camel(name) // of Rust
	}
	for rest := text; ; {
		_, after, ok := strings.Cut(rest, "Client.")
		if !ok {
			return ""
		}
		rest = after
		name, _, ok := strings.Cut(after[:min(len(after), 64)], "(")
		if !ok || name == "" || strings.Trim(name, lowerLetters+upperLetters+digit) != "" {
			continue
		}
		name = strings.TrimSuffix(strings.ToUpper(name[:1])+name[1:], "Async")
		first := name[:1+len(name[1:])-len(strings.TrimLeft(name[1:], lowerLetters))]
		if first != name && strings.Contains(verbs, " "+first+" ") && service != "" {
			return name
		}
	}
}

// snakeFrame finds an operation in a frame of Ruby or Python: client.rb:62:in
// `head_object', or put_object at (eval).
func snakeFrame(text, service string) string {
	for _, mark := range []string{"client.rb:", " retries] "} {
		for rest := text; ; {
			_, after, ok := strings.Cut(rest, mark)
			if !ok {
				break
			}
			after = strings.TrimPrefix(strings.TrimLeft(after, digit+":"), "in ")
			name := strings.TrimLeft(after[:min(len(after), 64)], "`'")
			if end := strings.IndexAny(name, "'(`"); end > 0 && isSnake(name[:end]) {
				return camel(name[:end])
			}
			rest = after
		}
	}
	before, _, ok := strings.Cut(text, " at (eval)")
	if name := before[strings.LastIndexByte(before, ' ')+1:]; ok && service != "" && isSnake(name) {
		return camel(name)
	}
	return ""
}

func isSnake(name string) bool {
	return strings.Contains(name, "_") && strings.Trim(name, lowerLetters+digit+"_") == ""
}

// camel is the name of an operation that Ruby and Python write as head_object.
func camel(name string) string {
	var b strings.Builder
	for word := range strings.SplitSeq(name, "_") {
		if word != "" {
			b.WriteString(strings.ToUpper(word[:1]) + word[1:])
		}
	}
	return b.String()
}

// regionIn finds the Region that a text names first: in an ARN, or in the
// address of an endpoint.
func regionIn(text string) string {
	for rest := text; ; {
		i := strings.Index(rest, "arn:aws")
		if i < 0 {
			break
		}
		arn, _ := value(rest[i:])
		if region := arnPart(arn, 3); isRegion(region) {
			return region
		}
		rest = rest[i+len("arn:aws"):]
	}
	for rest := text; ; {
		before, after, ok := strings.Cut(rest, ".amazonaws.com")
		if !ok {
			return ""
		}
		host := before[max(0, len(before)-40):]
		host = strings.TrimPrefix(host[strings.LastIndexAny(host, "./@ ")+1:], "s3-")
		if isRegion(host) {
			return host
		}
		rest = after
	}
}

// isRegion reports whether a text looks like the name of a Region: us-east-1,
// us-gov-west-1.
func isRegion(text string) bool {
	parts := strings.Split(text, "-")
	if len(text) > 20 || len(parts) < 3 || len(parts) > 4 || len(parts[0]) != 2 && parts[0] != "eusc" || !digits(parts[len(parts)-1]) {
		return false
	}
	return strings.Trim(strings.Join(parts[:len(parts)-1], ""), lowerLetters) == ""
}
