package scenario

import (
	"strings"

	"why403/engine"
	"why403/engine/policy"
)

// MaxRequest is the longest request section that is read, in bytes, and
// MaxLines how many lines it can have. Both are above what AWS accepts, and
// they bound the work of a decision: every value of the request can meet every
// value of the policies.
const (
	MaxRequest = 16 << 10
	MaxLines   = 128
)

// Request is a request of a file: what is asked, of which world.
type Request struct {
	engine.Request
	Section   string   // that it stands in
	Resources []string // all that the call names, in order; Resource is the first
	World     *engine.Compiled
	Check     *engine.Check // of the first resource

	settings
	at         spans
	resourceAt []policy.Span // of each of Resources
	covered    int           // how many entities its patterns cover, once its world is built
}

// spans is where the lines of a request stand, by key.
type spans map[string]policy.Span

// field is a line of a request, or of the header of an entity, that is not a
// condition key. set gives the message for a value that can't be read, or "".
type field struct {
	key string
	set func(r *Request, value string) string
}

// fields is every such line of a request.
var fields = []field{
	{"principal", setPrincipal},
	{"role", setRole},
	{"federated-by", func(r *Request, v string) string { r.FederatedBy = v; return "" }},
	{"action", setAction},
	{"resource", setResource},
	{"resource-account", setting(account(func(s *settings, v string) { s.account = v }))},
	{"management-account", setting(account(func(s *settings, v string) { s.management = v }))},
	{"delegated-administrator", setting(account(func(s *settings, v string) { s.delegated = v }))},
	{"endpoint-type", setting(setEndpointType)},
	{"key-manager", setting(setKeyManager)},
	{"object-ownership", setting(setOwnership)},
	{"object-owner", setting(setObjectOwner)},
	{"block-public-access", setting(setBlockPublic)},
	{"encrypted-with", setting(setEncryptedWith)},
	{"bucket-key", setting(setBucketKey)},
	{"requester-pays", setting(setRequesterPays)},
	{"request-payer", setPayer},
	{"layer", setLayer},
	{"ResourceType", func(r *Request, v string) string { r.Context.Set("ResourceType", v); return "" }},
	{"unknown", setting(setUnknown)},
	{"none", setNone},
}

func setting(set func(*settings, string) string) func(*Request, string) string {
	return func(r *Request, v string) string { return set(&r.settings, v) }
}

// several are the fields that can stand in a request more than once.
var several = map[string]bool{"resource": true, "unknown": true, "none": true}

// required are the fields that every request has.
var required = []string{"principal", "action", "resource"}

func setPrincipal(r *Request, v string) string {
	if _, err := engine.ParsePrincipal(v); err != nil {
		return "This is not a principal: " + err.Error() + "."
	}
	r.Principal = v
	return ""
}

func setRole(r *Request, v string) string {
	if p, err := engine.ParsePrincipal(v); err != nil || p.Kind != engine.RoleSession || p.Role != v {
		return "This is not the ARN of a role, such as arn:aws:iam::111122223333:role/path/name."
	}
	r.role = v
	return ""
}

func setAction(r *Request, v string) string {
	if !engine.ValidAction(v) {
		return "An action is SERVICE:NAME, such as kms:Decrypt, without wildcards: one request does one thing."
	}
	r.Action = v
	return ""
}

func setResource(r *Request, v string) string {
	if message := badARN(v); v != "*" && message != "" {
		return message + "; write \"*\" where the action has no resource."
	}
	r.Resources = append(r.Resources, v)
	r.Resource = r.Resources[0]
	return ""
}

// badARN says what is wrong with the form of an ARN, or "".
func badARN(v string) string {
	switch account := engine.ARNPart(v, 4); {
	case !engine.ValidResource(v):
		return "This is not an ARN. An ARN has six parts, such as arn:aws:kms:us-east-1:111122223333:key/ID"
	case account != "" && account != "aws" && account != "cloudfront" && !policy.IsAccount(account):
		return "The account in this ARN, “" + account + "”, does not have 12 digits"
	}
	return ""
}

// readRequests reads every request section; of two with one name, the first.
func (f *File) readRequests() {
	seen := map[string]bool{}
	if f.others != nil {
		f.Requests = make([]Request, 0, len(f.others.Requests))
	}
	for i := range f.Sections {
		s := &f.Sections[i]
		if name, ok := RequestName(s.Name); ok && !seen[name] {
			seen[name] = true
			if r := f.asBefore(s); r != nil {
				f.Requests = append(f.Requests, *r)
				continue
			}
			f.readRequest(s, name)
		}
	}
}

func (f *File) readRequest(s *Section, name string) {
	if len(s.Text) > MaxRequest {
		f.problem(s.Name, policy.Span{Start: MaxRequest, End: MaxRequest}, "too-large",
			"A request of more than 16 KiB is not read. Keep the keys that the policies ask for.")
		return
	}
	lines := Lines(s.Text)
	if len(lines) > MaxLines {
		f.problem(s.Name, lines[MaxLines].Span, "too-large",
			"A request of more than 128 lines is not read. Keep the keys that the policies ask for.")
		return
	}
	r := Request{Request: engine.Request{Name: name}, Section: s.Name, at: spans{}}
	before := f.errors
	for _, l := range lines {
		f.readLine(s, &r, l)
	}
	for _, key := range required {
		if _, ok := r.at[key]; !ok {
			f.problem(s.Name, policy.Span{Start: 0, End: min(1, len(s.Text))}, "missing-key",
				"This request has no "+key+". Add a line \""+key+": …\".")
		}
	}
	if f.errors == before {
		f.checkRequest(s, &r)
	}
	if f.errors == before {
		f.Requests = append(f.Requests, r)
	}
}

// Line is a line "key: value" of a request, with the place of its value.
type Line struct {
	Key, Value string
	Span       policy.Span // of the whole line, without its ending
	KeySpan    policy.Span
	ValueSpan  policy.Span
	OK         bool // the line has the form "key: value"
}

// Lines reads the lines of a request; empty ones are left out. The key ends at
// the first colon that a space follows, or that ends the line.
func Lines(text string) []Line {
	var lines []Line
	for start := 0; start < len(text); {
		end := len(text)
		if i := strings.IndexByte(text[start:], '\n'); i >= 0 {
			end = start + i
		}
		if line := strings.TrimRight(text[start:end], " \t\r"); strings.TrimSpace(line) != "" {
			lines = append(lines, readLine(line, start))
		}
		start = end + 1
	}
	return lines
}

func readLine(line string, at int) Line {
	l := Line{Span: policy.Span{Start: at, End: at + len(line)}}
	key, value, found := strings.Cut(line, ": ")
	if !found {
		key, found = strings.CutSuffix(line, ":")
	}
	value = strings.TrimLeft(value, " \t")
	l.Key, l.Value, l.OK = strings.TrimSpace(key), value, found && strings.TrimSpace(key) != ""
	indent := len(line) - len(strings.TrimLeft(line, " \t"))
	l.KeySpan = policy.Span{Start: at + indent, End: at + indent + len(l.Key)}
	l.ValueSpan = policy.Span{Start: l.Span.End - len(value), End: l.Span.End}
	return l
}

func (f *File) readLine(s *Section, r *Request, l Line) {
	_, seen := r.at[l.Key]
	switch {
	case !l.OK:
		f.problem(s.Name, l.Span, "bad-line", "A line of a request is \"key: value\", with a space after the colon.")
		return
	case strings.Contains(l.Key, ":"):
		r.Context.Add(l.Key, l.Value)
		return
	case seen && !several[l.Key]:
		f.problem(s.Name, l.Span, "duplicate-key", "The request has "+l.Key+" already. Remove one of the two lines.")
		return
	}
	r.at[l.Key] = l.ValueSpan
	for _, field := range fields {
		if field.key != l.Key {
			continue
		}
		if message := field.set(r, l.Value); message != "" {
			f.problem(s.Name, l.ValueSpan, "bad-"+l.Key, message)
		} else if l.Key == "resource" {
			r.resourceAt = append(r.resourceAt, l.ValueSpan)
		}
		return
	}
	f.problem(s.Name, l.KeySpan, "unknown-key", "A request has no “"+l.Key+"”. "+advice(l.Key))
}

// advice says which key was perhaps meant.
func advice(key string) string {
	plain := strings.NewReplacer("-", "", "_", "", " ", "")
	keys := make([]string, 0, len(fields))
	for _, field := range fields {
		if strings.EqualFold(plain.Replace(field.key), plain.Replace(key)) {
			return "Write " + field.key + "."
		}
		keys = append(keys, field.key)
	}
	return "The keys are " + strings.Join(keys, ", ") + ", and condition keys, which have a colon in them, such as aws:SourceIp."
}

// checkRequest reports what does not fit together.
func (f *File) checkRequest(s *Section, r *Request) {
	p, _ := engine.ParsePrincipal(r.Principal)
	switch {
	case r.role == "":
	case p.Kind != engine.RoleSession:
		f.problem(s.Name, policy.Span{Start: 0, End: 1}, "bad-role",
			"Only the session of a role has a role. Remove the line, or change the principal.")
	case !p.SessionOf(r.role):
		f.problem(s.Name, policy.Span{Start: 0, End: 1}, "bad-role",
			"The principal is not a session of this role: the account or the name is another.")
	}
	if is := policy.StackAction(r.Action); is != policy.LogicalResource(r.Resource) || is && len(r.Resources) > 1 {
		f.problem(s.Name, r.at["action"], "not-a-stack-update", "An update of a stack is Update:Modify, Update:Replace or Update:Delete on one "+
			policy.Logical+"ID. Write a request for each.")
	}
	f.readSaid(r)
	r.Unknown = r.unknown
}
