package importer

import (
	"strconv"
	"strings"
)

// policyType is a policy type as AWS's messages name it.
//
// https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html
type policyType struct{ phrase, noun string }

var policyTypes = []policyType{
	{"service control policy", "a service control policy"},
	{"resource control policy", "a resource control policy"},
	{"vpc endpoint policy", "the VPC endpoint policy"},
	{"permissions boundary", "the permissions boundary"},
	{"session policy", "a session policy"},
	{"sessions policy", "a session policy"},
	{"resource-based polic", "the resource-based policy"},
	{"role trust policy", "the role trust policy"},
	{"identity-based policy", "the identity-based policy"},
}

// authorized is what nearly all of AWS's sentences have in them, without the
// letter that is sometimes a capital.
const authorized = "ot authorized to perform"

// wrappings is what terminals, logs and XML put into a message.
var wrappings = strings.NewReplacer("│", " ", "╷", " ", "╵", " ", `\n`, " ", `\r`, " ", `\t`, " ", `\"`, `"`, "&quot;", `"`, "&#34;", `"`,
	"&apos;", "'", "&#39;", "'", "&lt;", "<", "&gt;", ">", "&amp;", "&", "“", `"`, "”", `"`)

// unwrapped is the text of a message on one line.
func unwrapped(text string) string { return oneLine(wrappings.Replace(text)) }

func isMessage(p *paste) bool {
	text := unwrapped(p.text)
	return len(sentences(text)) > 0 || wordingOf(text) != nil
}

// maxSentence is how far a sentence is read, in bytes: an ARN of S3 has 1,100 at
// most.
const maxSentence = 4096

// sentence is one "User: … is not authorized to perform: …".
type sentence struct {
	principal, action, resource string
	reason                      string // from "because" or "with" on
	text                        string
}

// sentences finds the different sentences of a text on one line.
func sentences(text string) (found []sentence) {
	seen := ""
	for at := 0; len(found) < MaxChoices; {
		i := strings.Index(text[at:], authorized)
		if i < 0 {
			break
		}
		s, end := readSentence(text, at, at+i)
		at = end
		if line := s.text + "\n"; s.action != "" && !strings.Contains(seen, line) {
			seen += line
			found = append(found, s)
		}
	}
	return found
}

// readSentence reads the sentence whose "not authorized to perform" is at a
// place. It begins after from, and gives where it ends.
func readSentence(text string, from, at int) (s sentence, end int) {
	start := max(at-1, from)
	if user := strings.LastIndex(text[from:at], "User: "); user >= 0 {
		start = from + user
		s.principal, _, _ = strings.Cut(text[start+len("User: "):at], " ")
		s.principal = strings.Trim(s.principal, `"',`)
	}
	text = text[:at+runeEnd(text[at:], maxSentence)]
	rest := strings.TrimLeft(strings.TrimPrefix(text[at+len(authorized):], ":"), " ")
	s.action, rest, _ = strings.Cut(rest, " ")
	dotted := strings.HasSuffix(strings.TrimRight(s.action, `"'`), ".")
	s.action = strings.Trim(s.action, `"'.,;)`)
	if !strings.Contains(s.action, ":") {
		return sentence{}, at + len(authorized)
	}
	if !dotted {
		s.resource, rest = readResource(rest)
		s.reason, rest = readReason(rest)
	}
	end = max(len(text)-len(rest), at+len(authorized))
	s.text = strings.TrimRight(text[start:min(end, len(text))], ` "'.,;)`)
	if s.reason == "" && strings.HasPrefix(s.resource, "arn:") && strings.HasSuffix(text[:min(end, len(text))], `"`) {
		s.text += `"`
	}
	return s, min(end, len(text))
}

// readResource reads "on resource: ARN", quoted or not, and IAM's old "on
// resource: role NAME".
func readResource(rest string) (resource, after string) {
	for _, word := range []string{"on resource: ", "on the resource: ", "on resource ", "on this resource "} {
		text, ok := strings.CutPrefix(rest, word)
		switch {
		case !ok:
			continue
		case word == "on this resource ":
			return "", text
		case strings.HasPrefix(text, `"`):
			if resource, after, ok = strings.Cut(text[1:], `"`); ok {
				return resource, strings.TrimLeft(after, " ")
			}
		}
		resource, after, _ = strings.Cut(text, " ")
		for _, kind := range []string{"role", "user", "group", "policy", "instance profile"} {
			if named, ok := strings.CutPrefix(text, kind+" "); ok && !strings.HasPrefix(named, "because ") && !strings.HasPrefix(named, "with ") {
				resource, after, _ = strings.Cut(named, " ")
				resource = strings.ReplaceAll(kind, " ", "-") + "/" + resource
			}
		}
		return strings.Trim(resource, `"'.,;)`), after
	}
	return "", rest
}

// readReason reads what follows: why AWS says no.
func readReason(rest string) (reason, after string) {
	end := len(rest)
	switch {
	case strings.HasPrefix(rest, "with an explicit deny"):
		if i := sentenceEnd(rest); i >= 0 {
			end = i
		}
	case strings.HasPrefix(rest, "because no "):
		if i := strings.Index(rest, " action"); i >= 0 {
			end = i + len(" action")
		}
	case strings.HasPrefix(rest, "because "):
		if i := sentenceEnd(rest); i >= 0 {
			end = i
		}
	default:
		return "", rest
	}
	return strings.Trim(rest[:end], ` "'.,;)`), rest[end:]
}

// sentenceEnd finds the end of a sentence: what SDKs and tools write behind it.
func sentenceEnd(text string) int {
	end := -1
	for _, stop := range []string{". ", " (Service:", " Encoded authorization", " status code:", `"`, "<", " User: ", " at "} {
		if i := strings.Index(text, stop); i >= 0 && (end < 0 || i < end) {
			end = i
		}
	}
	return end
}

// useMessage makes a scenario of an error message.
func (p *paste) useMessage() {
	text := unwrapped(p.text)
	if p.broken != nil {
		p.unknown("What else is in this text: it is not whole JSON, so only AWS's message was read")
	}
	found := sentences(text)
	if len(found) == 0 {
		p.useWording(text, wordingOf(text))
		return
	}
	s := p.chooseSentence(found)
	if s == nil {
		return
	}
	f := s.facts()
	if strings.Contains(text, encoded) {
		p.encodedMessage(text)
	}
	p.out.Kind = messageKind(f.action, p.out.Kind)
	if !strings.Contains(s.text, "on resource") {
		f.resource = ""
	}
	p.unknownOf(f)
	p.start(f)
}

func messageKind(action, usual string) string {
	switch serviceOf(action) {
	case "s3":
		return "S3's access denied message"
	case "kms":
		return "AWS KMS's access denied message"
	case "ec2":
		return "EC2's access denied message"
	}
	return usual
}

// unknownOf says what a message never tells.
func (p *paste) unknownOf(f *facts) {
	p.unknown("Context keys: a message has none. Add those that the policies ask for")
	if role := f.sessionRole(); strings.HasPrefix(role, "AWSReservedSSO_") || strings.HasPrefix(role, "AWSServiceRoleFor") {
		p.unknown("The path of the role: a session's ARN leaves it out, and policies name the role with it")
	}
}

// sessionRole gives the name of the role behind a session.
func (f *facts) sessionRole() string {
	name, _, _ := strings.Cut(strings.TrimPrefix(arnPart(f.principal, 5), "assumed-role/"), "/")
	return name
}

// chooseSentence gives the one that is meant where a text has several.
func (p *paste) chooseSentence(found []sentence) *sentence {
	if len(found) == 1 {
		return &found[0]
	}
	var mine []int
	for i := range found {
		f := found[i].facts()
		p.offer(strconv.Itoa(i+1), f.heading()+" on "+firstOf(f.resource, "no resource"))
		if found[i].principal == p.asked("principal") {
			mine = append(mine, i)
		}
	}
	if i, err := strconv.Atoi(p.choice); err == nil && i > 0 && i <= len(found) {
		return &found[i-1]
	}
	if len(mine) == 1 {
		return &found[mine[0]]
	}
	p.understood(strconv.Itoa(len(found)) + " different messages")
	return nil
}

// facts reads what a sentence says.
func (s *sentence) facts() *facts {
	f := &facts{principal: s.principal, action: s.action, resource: s.resource, said: s.text}
	if s.principal == "" && strings.HasPrefix(strings.ToLower(s.action), "sts:assumerolewith") {
		f.principal = "anonymous"
	}
	if kind, name, ok := strings.Cut(s.resource, "/"); ok && strings.Contains(" role user group policy instance-profile ", " "+kind+" ") {
		f.resource = "arn:" + partition(s.principal) + ":iam::" + arnPart(s.principal, 4) + ":" + kind + "/" + name
	}
	if account := arnPart(f.resource, 4); strings.HasPrefix(account, "*") {
		f.resource = unmasked(f.resource, account, arnPart(f.principal, 4))
	}
	f.judge(s.reason)
	return f
}

// unmasked puts the caller's account in the place of one that API Gateway shows
// the last digits of only, where they are the same.
func unmasked(resource, masked, account string) string {
	if digits := strings.TrimLeft(masked, "*"); digits == "" || !strings.HasSuffix(account, digits) {
		return ""
	}
	return strings.Replace(resource, masked, account, 1)
}

// judge reads which policy type AWS names, and the outcome.
func (f *facts) judge(reason string) {
	lower := strings.ToLower(reason)
	switch {
	case strings.HasPrefix(lower, "with an explicit deny"):
		f.outcome = "explicit deny"
		if _, arn, ok := strings.Cut(reason, ": arn:"); ok {
			f.policyARN = "arn:" + arn
		}
	case strings.HasPrefix(lower, "because no ") && strings.Contains(lower, " allows the "):
		f.outcome = "implicit deny"
	}
	if setting := publicSetting(reason); setting != "" {
		f.context = append(f.context, pair{"block-public-access", setting})
		return
	}
	first := len(lower)
	for i := range policyTypes {
		if at := strings.Index(lower, policyTypes[i].phrase); at >= 0 && at < first {
			first, f.blamed = at, &policyTypes[i]
		}
	}
}

// publicSetting finds the setting of Block Public Access that S3 names.
//
// https://docs.aws.amazon.com/AmazonS3/latest/userguide/troubleshoot-403-errors.html
func publicSetting(reason string) string {
	if !strings.Contains(reason, "Block Public Access") {
		return ""
	}
	for _, setting := range blockPublicSettings {
		if strings.Contains(reason, setting) {
			return setting
		}
	}
	return ""
}

const encoded = "Encoded authorization failure message:"

// encodedMessage says how to decode what EC2 adds.
//
// https://docs.aws.amazon.com/STS/latest/APIReference/API_DecodeAuthorizationMessage.html
func (p *paste) encodedMessage(text string) {
	_, message, _ := strings.Cut(text, encoded)
	message, _, _ = strings.Cut(strings.TrimLeft(message, " ")+" ", " ")
	message = strings.TrimRight(message, `"'.,;)<`)
	if message == "" {
		return
	}
	p.unknown("What is in the encoded message: the request's context, and the statement that denies")
	p.next("The decoded message: it has the request's condition keys (run this as someone who may sts:DecodeAuthorizationMessage)",
		command("aws sts decode-authorization-message --encoded-message", message, "--query DecodedMessage --output text"))
}
