package importer

import (
	"strings"
	"unicode/utf8"

	"why403/engine"
	"why403/engine/policy"
	"why403/engine/scenario"
)

// facts is what a message or an event says about one request.
type facts struct {
	title       string
	principal   string
	account     string // the caller's, where the principal is not known
	session     string // the session's name, where the principal is not known
	role        string // the ARN of the role behind the session
	federatedBy string
	action      string
	resource    string
	owner       string // the resource's account
	context     []pair // further lines of the request
	outcome     string // "allow", "implicit deny", "explicit deny", or ""
	blamed      *policyType
	policyARN   string // of the policy that AWS names
	said        string // AWS's sentence
	region      string // that the text names, for resources without one
	foreign     bool   // the resource may be in another account than the caller
}

type pair struct{ key, value string }

// The bounds of what is taken over from a text into a request: it has room for
// 128 lines and 16 KiB.
const (
	maxValue = 2048
	maxLines = 100
)

// add adds a line to the request. It reports false where the text can't be one
// line of a request.
func (f *facts) add(key, value string) bool {
	if value == "" {
		return true
	}
	size := len(key) + len(value)
	for _, l := range f.context {
		size += len(l.key) + len(l.value) + 3
	}
	if !plain(key) || !plain(value) || len(key)+len(value) > maxValue || size > 5*maxValue || len(f.context) == maxLines ||
		strings.Contains(key, ": ") || strings.TrimSpace(key) != key || strings.TrimSpace(value) != value {
		return false
	}
	f.context = append(f.context, pair{key, value})
	return true
}

// plain reports whether a text is UTF-8 without control characters.
func plain(text string) bool {
	for i := range len(text) {
		if text[i] < ' ' || text[i] == 0x7f {
			return false
		}
	}
	return utf8.ValidString(text)
}

// lines is the text of the request section.
func (f *facts) lines() string {
	var b strings.Builder
	for _, l := range append(f.fields(), f.context...) {
		if l.value != "" {
			b.WriteString(l.key + ": " + l.value + "\n")
		}
	}
	return b.String()
}

func (f *facts) fields() []pair {
	return []pair{{"principal", f.principal}, {"role", f.role}, {"federated-by", f.federatedBy}, {"action", f.action},
		{"resource", f.resource}, {"resource-account", f.owner}}
}

// noAccount stands for an account that is not known.
const noAccount = "000000000000"

// fill puts placeholders where a text says nothing, and says so.
func (p *paste) fill(f *facts) {
	f.validate()
	if f.role != "" && !pathOf(f.role) {
		f.role = ""
	}
	if f.owner == "" && arnPart(f.resource, 4) == "" && serviceOf(f.action) == "s3" && f.resource != "" && f.resource != "*" {
		p.unknown("The account of the bucket: S3's ARNs have none. Without a line resource-account this is judged as one account")
	}
	if f.owner == arnPart(f.resource, 4) {
		f.owner = ""
	}
	if f.action == "" {
		f.action = engine.NoAction
		p.unknown("The action: " + f.action + " stands in its place")
	}
	account := firstOf(f.account, arnPart(f.resource, 4), f.owner, noAccount)
	if f.foreign && f.account == "" {
		account = noAccount
	}
	if f.principal == "" {
		f.principal = "arn:" + partition(f.resource) + ":iam::" + account + ":user/UNKNOWN"
		if f.session != "" {
			f.principal = "arn:" + partition(f.resource) + ":sts::" + account + ":assumed-role/UNKNOWN/" + f.session
		}
		p.unknown("Who asks: " + f.principal + " stands in the place of the caller's ARN")
	}
	if f.resource == "" {
		owner := firstOf(f.encrypted(), arnPart(f.principal, 4), account)
		if f.foreign {
			owner = noAccount
		}
		f.resource = placeholder(f.action, firstOf(f.region, anyRegion), owner, partition(f.principal))
		p.unknown("The resource: " + f.resource + " stands in its place")
	}
}

// encrypted is the account of what a request to KMS is about, or "": a service takes a
// key of the account that owns the resource, unless another one is named.
//
// https://docs.aws.amazon.com/kms/latest/developerguide/encrypt_context.html
func (f *facts) encrypted() string {
	for _, l := range f.context {
		if strings.HasPrefix(l.key, "kms:EncryptionContext:") && arnPart(l.value, 4) != "" {
			return arnPart(l.value, 4)
		}
	}
	return ""
}

func firstOf(texts ...string) string {
	for _, t := range texts {
		if t != "" {
			return t
		}
	}
	return ""
}

// placeholder is a resource that an action could have. Its service and its
// shape matter: they choose the rule that decides.
func placeholder(action, region, account, partition string) string {
	service, name, _ := strings.Cut(strings.ToLower(action), ":")
	switch {
	case service == "kms" && !strings.HasPrefix(name, "list") && name != "createkey":
		return "arn:" + partition + ":kms:" + region + ":" + account + ":key/UNKNOWN"
	case service == "s3" && name != "listallmybuckets":
		return "arn:" + partition + ":s3:::UNKNOWN"
	case service == "sts" && (strings.HasPrefix(name, "assumerole") || name == "tagsession"):
		return "arn:" + partition + ":iam::" + account + ":role/UNKNOWN"
	}
	return "*"
}

// validate drops what a scenario could not hold.
func (f *facts) validate() {
	probe := func(field *string, line string) {
		if *field == "" {
			return
		}
		if !plain(*field) || len(*field) > maxValue || strings.TrimSpace(*field) != *field || bad(line, *field) {
			*field = ""
		}
	}
	probe(&f.principal, "principal")
	probe(&f.federatedBy, "federated-by")
	probe(&f.action, "action")
	probe(&f.resource, "resource")
	probe(&f.owner, "resource-account")
	if f.role != "" && (f.principal == "" || !plain(f.role) || len(f.role) > maxValue || structure(requestText([]pair{{"principal",
		f.principal}, {"role", f.role}})) != "") {
		f.role = ""
	}
	if !plain(f.session) || f.session != strings.TrimSpace(f.session) || strings.ContainsAny(f.session, "/:") || len(f.session) > 64 {
		f.session = ""
	}
	if !isAccount(f.account) {
		f.account = ""
	}
}

// bad reports whether a scenario does not accept a value.
func bad(key, value string) bool {
	given := []pair{{key, value}}
	switch { // a stack update has no other resource, and its resource no other action
	case policy.StackAction(value):
		given = append(given, pair{"resource", unknownPart})
	case policy.LogicalResource(value):
		given = append(given, pair{"action", anyUpdate})
	}
	return structure(requestText(given)) != ""
}

// requestText is a scenario with these lines in its request, and others where
// they are missing.
func requestText(given []pair) string {
	text := "-- request --\n"
	for _, l := range append(given, pair{"principal", "anonymous"}, pair{"action", "s3:GetObject"}, pair{"resource", "*"}) {
		if line := l.key + ": "; !strings.Contains(text, "\n"+line) {
			text += line + l.value + "\n"
		}
	}
	return text
}

// pathOf reports whether the ARN of a role has a path, so that it does not
// follow from the session's ARN.
func pathOf(role string) bool { return strings.Count(role, "/") > 1 }

// start makes a new scenario of the facts. Where the present scenario has the
// same request, its policies stay and only what is new is put in.
func (p *paste) start(f *facts) {
	p.unmask(f, f.region)
	f.validate()
	p.sayRequest(f)
	p.out.Said = f.saying(p.out.Said)
	if same := p.sameRequest(f); same != nil {
		p.keep(f, same)
	} else if p.documents() || p.asks() && p.asksAction() {
		if !p.further(f) {
			return
		}
	} else {
		p.fill(f)
		p.headers = nil
		p.file = &scenario.File{Comment: f.heading() + "\n\n" + f.quoted()}
		p.writeRequest("request", f)
		if f.outcome != "" {
			p.setSection(scenario.WantName(""), f.outcome)
		}
		p.unknown("The policies themselves")
	}
	p.nextFor(f)
	p.out.Text = p.file.Format()
}

// saying is what AWS says, added to what is known of it already.
func (f *facts) saying(known *Said) *Said {
	s := Said{}
	if known != nil {
		s = *known
	}
	s.Text, s.Outcome, s.Policy = oneLine(f.said), f.outcome, f.policyARN
	s.Principal, s.Action, s.Resource = f.principal, f.action, f.resource
	if f.blamed != nil {
		s.Type = f.blamed.name
	}
	return &s
}

// sayMore keeps what a text says besides its facts.
func (p *paste) sayMore(more func(*Said)) {
	if p.out.Said == nil {
		p.out.Said = &Said{}
	}
	more(p.out.Said)
}

// sayRequest says what was taken over.
func (p *paste) sayRequest(f *facts) {
	facts := []string{}
	p.out.Understood, facts = facts, p.out.Understood
	for _, l := range f.fields() {
		p.fact(strings.ToUpper(l.key[:1])+strings.ReplaceAll(l.key[1:], "-", " "), l.value)
	}
	for _, l := range f.context {
		p.fact(l.key, l.value)
	}
	p.understood(facts...)
	switch {
	case f.blamed != nil && f.outcome != "":
		p.understood("AWS blames " + f.blamed.noun + " (" + f.outcome + ")")
	case f.blamed != nil:
		p.understood("AWS blames " + f.blamed.noun)
	case f.outcome != "":
		p.understood("AWS's answer: " + f.outcome)
	}
	p.fact("AWS names the policy", f.policyARN)
}

// heading is a title such as "kms:Decrypt by role app, denied".
func (f *facts) heading() string {
	if f.title != "" {
		return oneLine(f.title)
	}
	result := ", denied"
	if f.outcome == "allow" {
		result = ", allowed"
	}
	return oneLine(f.action + " by " + caller(f.principal) + result)
}

// quoted is AWS's sentence as a paragraph of the notes.
func (f *facts) quoted() string {
	if f.said == "" {
		return ""
	}
	return saidPrefix + oneLine(f.said) + "\n\n"
}

const saidPrefix = "AWS said: "

// caller names a principal in a title.
func caller(principal string) string {
	p, err := engine.ParsePrincipal(principal)
	if err != nil || strings.Contains(principal, "UNKNOWN") {
		return "an unknown caller"
	}
	switch p.Kind {
	case engine.RoleSession:
		return "role " + lastPart(p.Role)
	case engine.User:
		return "user " + p.Name
	case engine.FederatedUser:
		return "federated user " + p.Name
	case engine.Root:
		return "the root user of " + p.Account
	case engine.ServicePrincipal:
		return p.ARN
	}
	return "an anonymous caller"
}

// sameRequest finds the present scenario's request for the same thing. What the
// facts leave open is no difference, as long as they name an action.
func (p *paste) sameRequest(f *facts) *scenario.Section {
	if f.action == "" || f.account != "" || p.wrong() != "" {
		return nil
	}
	for i := range p.file.Sections {
		s := &p.file.Sections[i]
		if _, ok := scenario.RequestName(s.Name); !ok {
			continue
		}
		if strings.EqualFold(lineOf(s, "action"), f.action) &&
			(f.principal == "" || f.principal == lineOf(s, "principal")) && (f.resource == "" || f.resource == lineOf(s, "resource")) {
			return s
		}
	}
	return nil
}

// keep puts the facts into a request that is there already.
func (p *paste) keep(f *facts, s *scenario.Section) {
	p.understood("The present scenario is about the same request, so its policies are kept")
	values := map[string][]string{}
	for _, l := range append(f.fields(), f.context...) {
		if l.value != "" {
			values[l.key] = append(values[l.key], l.value)
		}
	}
	for _, l := range append(f.fields(), f.context...) {
		if l.value != "" && values[l.key] != nil {
			setLine(s, l.key, values[l.key]...)
			values[l.key] = nil
		}
	}
	f.principal, f.action, f.resource = lineOf(s, "principal"), lineOf(s, "action"), lineOf(s, "resource")
	name, _ := scenario.RequestName(s.Name)
	about := name
	if s == p.request() {
		about = ""
	}
	if p.quote(f, about); f.outcome != "" {
		p.setSection(scenario.WantName(name), f.outcome)
	}
}

// quote puts AWS's sentence about the request of a name into the notes, in place
// of an earlier one.
func (p *paste) quote(f *facts, name string) {
	if f.said == "" {
		return
	}
	prefix, comment := saidPrefix, p.file.Comment
	if name != "" {
		prefix = "Of " + name + ", " + saidPrefix
	}
	if strings.TrimSpace(comment) == "" && name == "" {
		comment = f.heading() + "\n\n"
	}
	sentence := prefix + oneLine(f.said)
	if at := strings.Index("\n"+comment, "\n"+prefix); at >= 0 {
		_, rest, _ := strings.Cut(comment[at:], "\n")
		p.file.Comment = comment[:at] + sentence + "\n" + rest
		return
	}
	p.file.Comment = strings.TrimLeft(strings.TrimRight(comment, "\r\n")+"\n\n", "\r\n") + sentence + "\n\n"
}
