package importer

import (
	"slices"
	"strings"
	"unicode/utf8"

	"why403/engine"
)

// wording is a message that does not say who asked for what.
type wording struct {
	phrase  string // in lower case
	kind    string
	service string // "" where the text around it tells
	note    string // what it leaves open
}

// wordings is read from the top: the first whose phrase is in the text.
var wordings = []wording{
	{"you are not authorized to perform this operation", "EC2's UnauthorizedOperation message", "ec2",
		"Which policy denies: EC2 says it in the encoded message only"},
	{"unauthorizedoperation", "EC2's UnauthorizedOperation message", "ec2", unsaid},
	{"is not authorized", "AWS's access denied message", "", unsaid},
	{"not authorized to access this resource", "AWS's access denied message", "", unsaid},
	{"have permissions to access this resource", "AWS's access denied message", "", unsaid},
	{"access to the resource https://", "SQS's access denied message", "sqs", unsaid},
	{"update your iam permissions to allow ", "S3's access denied message in the console", "", unsaid},
	{"updated your permissions to allow the ", "S3's access denied message in the console", "", unsaid},
	{"<code>accessdenied</code>", "S3's Access Denied", "s3", plainNote},
	{"(403) when calling the ", "S3's 403 Forbidden", "s3", plainNote},
	{"statuscode(403)", "S3's 403 Forbidden", "", unsaid},
	{"forbidden: null", "S3's 403 Forbidden", "", unsaid},
	{"api error forbidden", "S3's 403 Forbidden", "", unsaid},
	{"error code forbidden", "S3's 403 Forbidden", "", unsaid},
	{"errors::forbidden", "S3's 403 Forbidden", "", unsaid},
	{"sufficient privileges", "AWS's access denied message", "", unsaid},
	{"sufficient permissions", "AWS's access denied message", "", unsaid},
	{"status code: 403", "AWS's access denied message", "", unsaid},
	{"403 forbidden", "AWS's access denied message", "", unsaid},
	{"access denied", "AWS's access denied message", "", unsaid},
	{"accessdenied", "AWS's access denied message", "", unsaid},
}

const (
	unsaid    = "Which policy denies: the message does not say"
	plainNote = "Which policy denies, and whether explicitly: S3 says so only to callers of the same account or organization, and never " +
		"for VPC endpoints across accounts. The CloudTrail event may say more"
)

// maxWording is how far a text is read for one of the wordings, in bytes.
const maxWording = 1 << 20

// flowOf finds the flow of a clean text, nil for none. lower is in lower case.
func flowOf(lower string) *flow {
	for i := range flows {
		if strings.Contains(lower, flows[i].phrase) && containsAll(lower, flows[i].also) {
			return &flows[i]
		}
	}
	return nil
}

// wordingOf finds the wording of a clean text, nil for none.
func wordingOf(lower string) *wording {
	for i := range wordings {
		if strings.Contains(lower, wordings[i].phrase) {
			return &wordings[i]
		}
	}
	return nil
}

// lowered is a clean text in lower case, as far as wordings are looked for.
func lowered(text string) string { return strings.ToLower(text[:runeEnd(text, maxWording)]) }

// said is the part of a text that goes into the notes.
func said(text, phrase string) string {
	const room = 600
	if len(text) > room {
		if i := strings.Index(lowered(text), phrase); i > room/2 && i < len(text) {
			text = text[i-room/3+runeStart(text[i-room/3:]):]
		}
		text = text[:runeEnd(text, room)]
	}
	if i := strings.Index(text, encoded); i > 0 {
		text = text[:i]
	}
	return strings.TrimSpace(text)
}

// runeStart is how many bytes at the beginning of a text belong to a character
// before it.
func runeStart(text string) (n int) {
	for n < len(text) && text[n]&0xC0 == 0x80 {
		n++
	}
	return n
}

// logDeliveries write their objects for the owner of the bucket.
//
// https://docs.aws.amazon.com/awscloudtrail/latest/userguide/create-s3-bucket-policy-for-cloudtrail.html
var logDeliveries = []string{"cloudtrail.amazonaws.com", "delivery.logs.amazonaws.com"}

// useFlow makes a scenario of the request behind a service's error.
func (p *paste) useFlow(text string, w *flow) {
	p.out.Kind = w.kind
	text = near(text, strings.Index(lowered(text), w.phrase), maxAround/2)
	a := readAround(text)
	f := &facts{said: said(text, w.phrase), action: w.action}
	p.unknown(w.note)
	p.encodedMessage(text)
	if call := between(text, "permissions to call ", " on "); isName(call) {
		name, _ := value(afterMark(text, call+" on "))
		f.action = actionOf(serviceNamed(name), call, false)
	} else if w.action == "" {
		for _, row := range strings.Fields(targetActions) {
			target, action, _ := strings.Cut(row, "=")
			if arn := arnIn(text, target); arn != "" && f.action == "" {
				f.action, f.resource = action, arn
			}
		}
	}
	if f.action != "" && f.resource == "" {
		f.resource = a.where(text, f.action)
		if serviceOf(f.action) == "s3" && f.resource == "" && w.caller != "" && w.caller != "anonymous" {
			if bucket, _ := objectIn(text, f.action); bucket != "" {
				f.resource = "arn:aws:s3:::" + bucket + "/AWSLogs/UNKNOWN"
			}
		}
	}
	if id := between(text+" ", "launch template: ", " "); strings.HasPrefix(id, "lt-") {
		f.resource = "launch-template/" + id
	}
	p.flowCaller(f, w, text, &a)
	if f.action == "s3:PutObject" && slices.Contains(logDeliveries, f.principal) {
		f.add("s3:x-amz-acl", "bucket-owner-full-control")
	}
	if f.principal == "" && w.caller == "" {
		f.principal = callerIn(text)
	}
	f.judgeWords(text)
	if w.source != "" {
		if arn := p.unmasked(arnIn(text, w.source), ""); arn != f.resource {
			f.add("aws:SourceArn", arn)
			f.add("aws:SourceAccount", arnPart(arn, 4))
		}
	}
	if w.context != "" {
		if arn := p.unmasked(arnIn(text, w.contextOf), ""); !f.add("kms:EncryptionContext:"+w.context, arn) || arn == "" {
			p.unknown("The encryption context: kms:EncryptionContext:" + w.context)
		}
	}
	p.through(f, firstOf(w.via, a.service), firstOf(arnPart(f.resource, 3), a.region))
	p.cloudTrailOf(&a, f)
	f.region = a.region
	p.start(f)
}

// flowCaller fills in who asks in a flow.
func (p *paste) flowCaller(f *facts, w *flow, text string, a *around) {
	switch {
	case w.caller == "named":
		f.principal = servicePrincipalIn(text)
	case w.caller == "role":
		if f.principal = roleIn(text); f.principal == "" {
			f.session = "UNKNOWN"
		}
	case strings.Contains(w.caller, "/"):
		service, role, _ := strings.Cut(w.caller, "/")
		account := firstOf(arnPart(f.resource, 4), noAccount)
		f.principal = "arn:aws:sts::" + account + ":assumed-role/" + role + "/AutoScaling"
		f.role = "arn:aws:iam::" + account + ":role/aws-service-role/" + service + "/" + role
		p.unknown("The account of the service-linked role: " + account + " stands in its place")
	default:
		f.principal = strings.ReplaceAll(w.caller, "REGION", firstOf(a.region, anyRegion))
	}
}

// callerIn finds who was refused in words that are no sentence of AWS's:
// "ARN is not authorized", "[ARN]: Access denied".
func callerIn(text string) string {
	for _, words := range []string{" is not authorized", "]: Access denied", "' is not authorized"} {
		before, _, ok := strings.Cut(text, words)
		if i := strings.LastIndex(before, "arn:aws"); ok && i >= 0 {
			arn, rest := value(before[i:])
			if _, err := engine.ParsePrincipal(arn); err == nil && rest == "" {
				return arn
			}
		}
	}
	return ""
}

// judgeWords takes an explicit deny from words that are no sentence of AWS's.
func (f *facts) judgeWords(text string) {
	if i := strings.Index(text, "with an explicit deny"); i >= 0 {
		f.judge(text[i : i+sentenceEnd(text[i:])])
	}
}

// servicePrincipalIn finds the first service principal that a text names.
func servicePrincipalIn(text string) string {
	tried := 0
	for word := range strings.FieldsSeq(text) {
		if word = strings.Trim(word, "\"'`.,;()"); !strings.HasSuffix(word, ".amazonaws.com") || strings.ContainsAny(word, "/:") {
			continue
		}
		if tried++; !bad("principal", word) {
			return word
		} else if tried == maxVerbs {
			break
		}
	}
	return ""
}

// through adds the service that used the key on the caller's behalf.
//
// https://docs.aws.amazon.com/kms/latest/developerguide/conditions-kms.html#conditions-kms-via-service
func (p *paste) through(f *facts, service, region string) {
	if serviceOf(f.action) != "kms" || !strings.Contains(throughServices, " "+service+" ") || strings.HasSuffix(f.principal,
		".amazonaws.com") {
		return
	}
	if region == "" {
		p.unknown("kms:ViaService: the text does not name the Region of " + service + ".REGION.amazonaws.com")
		return
	}
	f.add("kms:ViaService", service+"."+region+".amazonaws.com")
}

// useWording makes a scenario of a message that says little. It needs the name
// of the operation, from the words of the CLI or an SDK around it.
func (p *paste) useWording(text string, w *wording) {
	p.out.Kind = w.kind
	text = near(text, strings.Index(lowered(text), w.phrase), maxAround/2)
	a := readAround(text)
	a.service = firstOf(w.service, a.service)
	lower := lowered(text)
	for _, words := range []string{"IAM permissions to allow ", "permissions to allow the "} {
		if action := strings.TrimRight(between(text, words, " "), ".,"); isAction(action) {
			a.action = action
		}
	}
	if action := between(text, "action ", " is not authorized"); isAction(action) {
		a.action = action
	} else if a.action == "" && a.operation == "" {
		a.action = onlyAction(text)
	}
	if a.operation == "" && a.action == "" {
		a.operation = p.toolOperation(text, lower, &a)
	}
	note := w.note
	if a.service == "s3" && note == unsaid {
		note = plainNote
	}
	p.unknown(note)
	p.encodedMessage(text)
	f := &facts{said: said(text, w.phrase), action: a.action, principal: callerIn(text)}
	f.judgeWords(text)
	if f.action == "" && a.service != "" && a.operation != "" {
		f.action = actionOf(a.service, a.operation, false)
	}
	if f.resource = a.where(text, firstOf(f.action, a.service+":")); f.action == "" && a.service == "sqs" && f.resource != "" {
		f.region = a.region
		p.start(f)
		return
	}
	if f.action == "" {
		p.sayMore(func(s *Said) { s.Text = oneLine(f.said) })
		p.understood(strings.TrimSuffix("AWS refused a request to "+a.service, " to "))
		p.unknown("Who asked, for which action, and on what: this text names none of them")
		p.cloudTrailOf(&a, nil)
		return
	}
	if a.service == "s3" && p.out.Kind == "AWS's access denied message" {
		p.out.Kind = "S3's plain Access Denied"
	}
	p.fact("Operation", a.operation)
	p.aboutOperation(a.service, a.operation)
	f.asCommanded(text)
	if strings.Contains(a.operation, "Copy") {
		p.unknown("Which half of the copy was denied: it needs s3:PutObject on the target and s3:GetObject on the source")
	}
	p.cloudTrailOf(&a, f)
	f.region = a.region
	p.start(f)
}

// named gives the only caller and the only action that a short text names, and
// the only resource: the console's message in another language, lines of a request.
// A policy is none.
func named(text string) *facts {
	f := &facts{action: onlyAction(text)}
	if f.action == "" || strings.Contains(text, "Effect") {
		return nil
	}
	for rest := text; ; {
		i := strings.Index(rest, "arn:aws")
		if i < 0 {
			break
		}
		arn, after := value(rest[i:])
		at := &f.resource
		if _, err := engine.ParsePrincipal(arn); err == nil && f.principal == "" {
			at = &f.principal
		}
		if rest = after; *at != "" && *at != arn {
			return nil
		}
		*at = arn
	}
	if f.principal == "" {
		return nil
	}
	return f
}

func isNamed(p *paste) bool { return named(p.read().text) != nil }

func (p *paste) useNamed() {
	f := named(p.read().text)
	f.title = f.action + " by " + caller(f.principal)
	p.unknown("Whether AWS denied this, and why: these words do not say it as AWS does")
	p.unknownOf(f)
	p.start(f)
}

// asCommanded takes what a command line of the AWS CLI in the text puts into a
// request to S3.
func (f *facts) asCommanded(text string) {
	if !strings.EqualFold(f.action, "s3:PutObject") {
		return
	}
	for _, row := range [...][2]string{{" --acl ", "s3:x-amz-acl"}, {" --sse ", "s3:x-amz-server-side-encryption"}} {
		_, after, ok := strings.Cut(text, row[0])
		if name, _ := value(after); ok && name != "" && strings.Trim(name, lowerLetters+upperLetters+digit+"-:") == "" && name[0] != '-' {
			f.add(row[1], name)
		}
	}
}

// cloudTrailOf asks for the event of the request.
func (p *paste) cloudTrailOf(a *around, f *facts) {
	if f != nil && (f.principal != "" || a.operation == "") {
		return
	}
	if a.operation == "" {
		p.next("The CloudTrail event of the request: it says who asked for what (object calls of S3 are data events, which a trail must log)",
			"aws cloudtrail lookup-events --lookup-attributes AttributeKey=EventName,AttributeValue=EVENT_NAME --max-results 20")
		return
	}
	p.next("The CloudTrail event of the request: it says who asked for what",
		"aws cloudtrail lookup-events --lookup-attributes AttributeKey=EventName,AttributeValue="+quoted(a.operation)+" --max-results 20")
}

// runeEnd is the largest length of at most n bytes that cuts no character.
func runeEnd(text string, n int) int {
	if len(text) <= n {
		return len(text)
	}
	// What is not UTF-8 is cut anywhere.
	for end := n; end > n-utf8.UTFMax; end-- {
		if utf8.RuneStart(text[end]) {
			return end
		}
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
