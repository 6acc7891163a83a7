package importer

import (
	"strconv"
	"strings"
)

// policyType is a policy type as AWS's messages name it.
//
// https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html
type policyType struct{ phrase, noun, name string }

var policyTypes = []policyType{
	{"service control polic", "a service control policy", "scp"},
	{"resource control polic", "a resource control policy", "rcp"},
	{"vpc endpoint polic", "the VPC endpoint policy", "endpoint"},
	{"permissions boundar", "the permissions boundary", "boundary"},
	{"session polic", "a session policy", "session"},
	{"sessions polic", "a session policy", "session"},
	{"resource-based polic", "the resource-based policy", "resource"},
	{"role trust polic", "the role trust policy", "trust"},
	{"identity-based polic", "the identity-based policy", "identity"},
}

// message is a text that was cleaned, and what was found in it.
type message struct {
	text      string
	sentences []sentence
	stack     *stackRefusal
	elsewhere *elsewhere
	flow      *flow
	wording   *wording
}

// readMessage cleans a text and looks for what AWS says in it. Lines that were
// cut inside words are joined where that makes the sentences whole.
func readMessage(text string) (m message) {
	m.text = clean(text, byWords)
	m.sentences = sentences(m.text)
	if (strings.Contains(text, "\n") || strings.Contains(text, `\n`)) && len(text) <= maxGlued {
		best := wholeness(m.sentences)
		for _, how := range []joining{byARNs, byWidth} {
			joined := clean(text, how)
			other := sentences(joined)
			if points := wholeness(other); points > best || points == best && points > 0 && (how == byARNs || hardWrapped(text)) {
				m.text, m.sentences, best = joined, other, points
			}
		}
	}
	if len(m.sentences) > 0 {
		return m
	}
	if m.stack = stackRefusalOf(m.text); m.stack != nil {
		return m
	}
	lower := lowered(m.text)
	if m.elsewhere = elsewhereOf(lower); m.elsewhere == nil {
		if m.flow = flowOf(lower); m.flow == nil {
			m.wording = wordingOf(lower)
		}
		m.beforePolicies(lower)
	} else if m.elsewhere.passing {
		if rest := m.elsewhere.without(text); len(rest) < len(text) {
			if other := readMessage(rest); other.says() {
				return other
			}
		}
	}
	return m
}

// says reports whether a message says more than that something was denied.
func (m *message) says() bool {
	return len(m.sentences) > 0 || m.stack != nil || m.elsewhere != nil || m.flow != nil || m.wording != nil &&
		readAround(m.text).operation != ""
}

// beforePolicies takes what is no answer to a request in place of words that
// say little: a network that fails, a key that is not there.
func (m *message) beforePolicies(lower string) {
	if m.flow != nil || m.wording != nil && !strings.Contains(lower, "not authorized for images") {
		return
	}
	for i := range beforePolicies {
		if beforePolicies[i].fits(lower) {
			m.elsewhere, m.wording = &beforePolicies[i], nil
			return
		}
	}
}

// maxGlued is how long a text may be, in bytes, for its lines to be joined in
// two ways.
const maxGlued = 64 << 10

func isMessage(p *paste) bool {
	m := p.read()
	return len(m.sentences) > 0 || m.stack != nil || m.elsewhere != nil || m.flow != nil || m.wording != nil
}

// read gives the text as a message, read once.
func (p *paste) read() *message {
	if p.message == nil {
		m := readMessage(p.text)
		p.message = &m
	}
	return p.message
}

// useMessage makes a scenario of an error message.
func (p *paste) useMessage() {
	m := p.read()
	if p.broken != nil && p.text[0] == '{' && m.elsewhere == nil {
		p.unknown("What else is in this text: it is not whole JSON, so only AWS's message was read")
	}
	switch {
	case len(m.sentences) > 0:
		p.useSentence(m)
	case m.stack != nil:
		p.useStackRefusal(m.stack)
	case m.elsewhere != nil:
		p.useElsewhere(m.elsewhere)
	case m.flow != nil:
		p.useFlow(m.text, m.flow)
	default:
		p.useWording(m.text, m.wording)
	}
}

func (p *paste) useSentence(m *message) {
	s := p.chooseSentence(m.sentences)
	if s == nil {
		return
	}
	f := s.facts()
	a := readAround(ofSentence(m.text, s.text))
	if f.action == noAction {
		if f.action = ""; a.service != "" && a.operation != "" {
			f.action = actionOf(a.service, a.operation, false)
		}
	}
	if p.nextDenied(f) {
		return
	}
	f.region = firstOf(arnPart(f.resource, 3), a.region)
	p.encodedMessage(m.text)
	p.out.Kind = messageKind(f.action, p.out.Kind)
	if id := authorizationID(m.text); id != "" {
		p.sayMore(func(s *Said) { s.AuthorizationID = id })
		p.next("The details of this denial: the whole request context, and the policies that were evaluated",
			command("aws iam-toolbox get-request-authorization-details --authorization-id", id, ""))
	}
	if !s.named && f.resource == "" {
		if arn := a.where(m.text, f.action); serviceOf(f.action) == "s3" && a.service == "s3" && sameAction(a.operation, f.action) {
			f.resource = arn
		}
	}
	if !s.named && f.resource == "" && strings.HasPrefix(strings.ToLower(f.action), "sts:assumerolewith") {
		f.resource = onlyRole(m.text)
	}
	switch {
	case s.ciphertext:
		p.unknown("Which key: the message speaks of the key behind the ciphertext, and has no ARN of it")
	case strings.Contains(s.reason, "block public access") || strings.Contains(s.reason, "Block Public Access"):
		p.understood("S3 Block Public Access refused this: no policy allows it while the setting is on")
	case strings.Contains(s.reason, "(SSE-C)"):
		p.understood("The bucket blocks encryption with keys that the caller provides (SSE-C): no policy changes this")
	}
	if !strings.EqualFold(actionOf(a.service, a.operation, false), f.action) {
		service := a.service
		if w := flowOf(lowered(m.text)); service == "" && w != nil && w.action == f.action {
			service = w.via // the words around the sentence are of a service
		}
		p.through(f, service, firstOf(arnPart(f.resource, 3), a.region))
	}
	p.unknownOf(f)
	p.start(f)
}

// aroundSentence is how far around a sentence a text is read, in bytes: more of a
// log is about other requests.
const aroundSentence = 4 << 10

// ofSentence is the words around a sentence, without errors of the AWS CLI before
// it that denied nothing.
func ofSentence(text, sentence string) string {
	at := strings.Index(text, sentence)
	for from := 0; at > 0; {
		_, after, ok := strings.Cut(text[from:at], cliError)
		code, rest, closed := strings.Cut(after, ")")
		if !ok || !closed || hasAny(code, []string{"Denied", "Unauthorized", "NotAuthorized", "Authorization", "403", "Forbidden"}) {
			return near(text[from:], at-from, aroundSentence)
		}
		_, rest, _ = strings.Cut(rest, " operation")
		from = at - len(rest)
	}
	return near(text, at, aroundSentence)
}

// near is a text from some bytes before a place to as many behind it.
func near(text string, at, size int) string {
	if len(text) <= size || at < 0 {
		return text
	}
	begin := max(0, min(at, len(text))-size)
	begin += runeStart(text[begin:])
	return text[begin : begin+runeEnd(text[begin:], 2*size)]
}

// sameAction reports whether an operation of S3 asks for an action.
func sameAction(operation, action string) bool {
	return operation == "" || strings.EqualFold(actionOf("s3", operation, false), action)
}

// detailsBy is how AWS says under which ID it keeps the details.
//
// https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html
const (
	detailsBy = "To see the details, call GetRequestAuthorizationDetails "
	withID    = "with the following authorization id: "
)

// authorizationID finds the ID under which AWS keeps the details of a denial.
func authorizationID(text string) string {
	if _, rest, ok := strings.Cut(text, withID); ok {
		id, _ := value(rest)
		return id
	}
	return ""
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
		if found[i].subject == p.asked("principal") {
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

const encoded = "Encoded authorization failure message:"

// encodedMessage says how to decode what EC2 adds.
//
// https://docs.aws.amazon.com/STS/latest/APIReference/API_DecodeAuthorizationMessage.html
func (p *paste) encodedMessage(text string) {
	_, message, _ := strings.Cut(text, encoded)
	message, _, _ = strings.Cut(strings.TrimLeft(message, " ")+" ", " ")
	p.decode(strings.TrimRight(message, `"'.,;)<}`))
}

func (p *paste) decode(message string) {
	if message == "" {
		return
	}
	if strings.Trim(message, "xX*.") == "" {
		message = "MESSAGE"
	}
	p.sayMore(func(s *Said) { s.Encoded = message })
	p.unknown("What is in the encoded message: the request's context, and the statement that denies")
	p.next("The decoded message: it has the request's condition keys (run this as someone who may sts:DecodeAuthorizationMessage)",
		command("aws sts decode-authorization-message --encoded-message", message, "--query DecodedMessage --output text"))
}
