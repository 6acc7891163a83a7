package importer

import "strings"

// wording is a message that does not say who asked for what.
type wording struct {
	phrase  string // in lower case
	kind    string
	service string // "" where the text around it tells
	outcome string
	blamed  string // a phrase of policyTypes, or ""
	note    string // what it leaves open
}

// wordings is read from the top: the first whose phrase is in the text.
var wordings = []wording{
	{"you are not authorized to perform this operation", "EC2's UnauthorizedOperation message", "ec2", "", "", "Which policy denies: EC2 says it in the encoded message only"},
	{"the ciphertext refers to a customer master key", "AWS KMS's message about a ciphertext's key", "kms", "", "",
		"Whether the key exists in this Region: KMS says the same where it does not exist and where access is denied"},
	{"resource does not exist in this region, no resource-based policies allow access", "AWS KMS's message about a key elsewhere", "kms", "", "resource-based polic",
		"Whether the key exists in this Region: KMS says the same where it does not exist and where access is denied"},
	{"not authorized to access this resource", "AWS's access denied message", "", "", "", "Which policy denies: the message does not say"},
	{"<code>accessdenied</code>", "S3's Access Denied", "s3", "", "", plainNote},
	{"<code>allaccessdisabled</code>", "S3's Access Denied", "s3", "", "", plainNote},
	{"(403) when calling the ", "S3's 403 Forbidden", "s3", "", "", plainNote},
	{"access denied", "S3's plain Access Denied", "", "", "", plainNote},
	{"accessdenied", "AWS's plain access denied error", "", "", "", plainNote},
	{"unauthorizedoperation", "EC2's UnauthorizedOperation message", "ec2", "", "", "Which policy denies: the message does not say"},
}

const plainNote = "Which policy denies, and whether explicitly: S3 says so only to callers of the same account or organization, and never for VPC endpoints across accounts. The CloudTrail event may say more"

// wordingOf finds the wording of a text on one line.
func wordingOf(text string) *wording {
	if len(text) > 64<<10 {
		return nil
	}
	lower := strings.ToLower(text)
	for i := range wordings {
		if strings.Contains(lower, wordings[i].phrase) {
			return &wordings[i]
		}
	}
	return nil
}

// useWording makes a scenario of such a message. It needs the name of the
// operation, from the words of the CLI or an SDK around it.
func (p *paste) useWording(text string, w *wording) {
	p.out.Kind = w.kind
	service, operation := operationOf(text)
	service = firstOf(w.service, service)
	if service == "" {
		if lookup(s3Actions, operation) != "" || strings.Contains(operation, "Object") || strings.Contains(operation, "Bucket") {
			service = "s3"
		}
	}
	if operation == "" && strings.Contains(w.phrase, "ciphertext") {
		operation = "Decrypt"
	}
	f := &facts{outcome: w.outcome, said: text[:runeEnd(text, 600)]}
	if i := strings.Index(text, encoded); i > 0 {
		f.said = strings.TrimSpace(text[:min(i, runeEnd(text, 600))])
	}
	for i := range policyTypes {
		if policyTypes[i].phrase == w.blamed {
			f.blamed = &policyTypes[i]
		}
	}
	p.unknown(w.note)
	p.encodedMessage(text)
	if bucket := between(text, "<BucketName>", "<"); bucket != "" {
		f.resource = "arn:aws:s3:::" + bucket
		if key := between(text, "<Key>", "<"); key != "" {
			f.resource += "/" + key
		}
	}
	if service == "" || operation == "" {
		p.understood("AWS refused a request")
		p.unknown("Who asked, for which action, and on what: this text names none of them")
		p.next("The CloudTrail event of the request: it says who asked for what (object calls of S3 are data events, which a trail must log)",
			"aws cloudtrail lookup-events --lookup-attributes AttributeKey=EventName,AttributeValue="+firstOf(quoted(operation), "EVENT_NAME")+" --max-results 20")
		return
	}
	f.action = actionOf(service, operation, false)
	p.understood("Operation: " + operation)
	p.start(f)
	p.next("The CloudTrail event of the request: it says who asked for what",
		"aws cloudtrail lookup-events --lookup-attributes AttributeKey=EventName,AttributeValue="+quoted(operation)+" --max-results 20")
}

// runeEnd is the largest length of at most n bytes that cuts no character.
func runeEnd(text string, n int) int {
	if len(text) <= n {
		return len(text)
	}
	for n > 0 && text[n]&0xC0 == 0x80 {
		n--
	}
	return n
}

// between gives what stands between two texts, or "".
func between(text, before, after string) string {
	_, rest, ok := strings.Cut(text, before)
	inside, _, closed := strings.Cut(rest, after)
	if !ok || !closed {
		return ""
	}
	return strings.TrimSpace(inside)
}

// operationOf finds the operation that the CLI, or an SDK, names around a
// message: "when calling the GetObject operation", "operation error S3:
// GetObject, https response error", "(Service: Amazon S3; …".
func operationOf(text string) (service, operation string) {
	operation = between(text, "when calling the ", " operation")
	if rest := between(text, "operation error ", ","); rest != "" {
		service, operation, _ = strings.Cut(rest, ": ")
	}
	if rest := between(text+")", "(Service: ", ")"); rest != "" {
		service = firstOf(service, rest[:strings.IndexAny(rest+",", ",;")])
	}
	service = strings.ToLower(strings.TrimPrefix(strings.TrimPrefix(service, "Amazon "), "AWS"))
	if strings.ContainsAny(operation, ` :"'<>,*?`) || len(operation) > 64 {
		operation = ""
	}
	if strings.ContainsAny(service, ` :"'<>*?`) || len(service) > 32 {
		service = ""
	}
	return service, operation
}
