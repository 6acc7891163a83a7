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

// field is a line of a request that is not a condition key. set gives the
// message for a value that can't be read, or "".
type field struct {
	key string
	set func(r *engine.Request, value string) string
}

// fields is every such line.
var fields = []field{
	{"principal", setPrincipal},
	{"role", setRole},
	{"federated-by", func(r *engine.Request, v string) string { r.Principal.FederatedBy = v; return "" }},
	{"action", setAction},
	{"resource", setResource},
	{"resource-account", account(func(r *engine.Request, v string) { r.ResourceAccount = v })},
	{"management-account", account(func(r *engine.Request, v string) { r.ManagementAccount = v })},
	{"endpoint-type", setEndpointType},
	{"key-manager", setKeyManager},
	{"object-ownership", setOwnership},
	{"object-owner", account(func(r *engine.Request, v string) { r.ObjectOwner = v })},
	{"block-public-access", setBlockPublic},
}

// required are the fields that every request has.
var required = []string{"principal", "action", "resource"}

func setPrincipal(r *engine.Request, v string) string {
	role, by := r.Principal.Role, r.Principal.FederatedBy
	p, err := engine.ParsePrincipal(v)
	if err != nil {
		return "This is not a principal: " + err.Error() + "."
	}
	if role != "" {
		p.Role = role
	}
	if by != "" {
		p.FederatedBy = by
	}
	r.Principal = p
	return ""
}

func setRole(r *engine.Request, v string) string {
	if p, err := engine.ParsePrincipal(v); err != nil || p.Kind != engine.RoleSession || p.Role != v {
		return "This is not the ARN of a role, such as arn:aws:iam::111122223333:role/path/name."
	}
	r.Principal.Role = v
	return ""
}

func setAction(r *engine.Request, v string) string {
	service, name, ok := strings.Cut(v, ":")
	if !ok || service == "" || name == "" || strings.ContainsAny(v, " *?,") || strings.Contains(name, ":") {
		return "An action is SERVICE:NAME, such as kms:Decrypt, without wildcards: one request does one thing."
	}
	r.Action = v
	return ""
}

func setResource(r *engine.Request, v string) string {
	switch parts := strings.SplitN(v, ":", 6); {
	case v == "*":
	case !strings.HasPrefix(v, "arn:") || len(parts) < 6 || parts[1] == "" || parts[2] == "" || parts[5] == "":
		return "This is not an ARN. An ARN has six parts, such as arn:aws:kms:us-east-1:111122223333:key/ID; write \"*\" where the action has no resource."
	case parts[4] != "" && parts[4] != "aws" && !policy.IsAccount(parts[4]):
		return "The account in this ARN, “" + parts[4] + "”, does not have 12 digits."
	}
	r.Resource = v
	return ""
}

func account(set func(*engine.Request, string)) func(*engine.Request, string) string {
	return func(r *engine.Request, v string) string {
		if !policy.IsAccount(v) {
			return "An account ID has 12 digits, such as 111122223333."
		}
		set(r, v)
		return ""
	}
}

func setEndpointType(r *engine.Request, v string) string {
	r.GatewayEndpoint = v == "gateway"
	return oneOf(v, "interface", "gateway")
}

func setKeyManager(r *engine.Request, v string) string {
	r.AWSManagedKey = v == "aws"
	return oneOf(v, "customer", "aws")
}

func setOwnership(r *engine.Request, v string) string {
	settings := map[string]engine.ObjectOwnership{
		"BucketOwnerEnforced": engine.BucketOwnerEnforced, "BucketOwnerPreferred": engine.BucketOwnerPreferred, "ObjectWriter": engine.ObjectWriter,
	}
	r.Ownership = settings[v]
	return oneOf(v, "BucketOwnerEnforced", "BucketOwnerPreferred", "ObjectWriter")
}

func setBlockPublic(r *engine.Request, v string) string {
	settings := map[string]engine.BlockPublicAccess{
		"BlockPublicAcls": engine.BlockPublicACLs, "IgnorePublicAcls": engine.IgnorePublicACLs,
		"BlockPublicPolicy": engine.BlockPublicPolicy, "RestrictPublicBuckets": engine.RestrictPublicBuckets,
	}
	for _, word := range strings.Fields(strings.ReplaceAll(v, ",", " ")) {
		if message := oneOf(word, "BlockPublicAcls", "IgnorePublicAcls", "BlockPublicPolicy", "RestrictPublicBuckets"); message != "" {
			return message
		}
		r.BlockPublic |= settings[word]
	}
	return ""
}

func oneOf(v string, allowed ...string) string {
	for _, a := range allowed {
		if v == a {
			return ""
		}
	}
	return "Write one of: " + strings.Join(allowed, ", ") + "."
}

// readRequests reads every request section; of two with one name, the first.
func (f *File) readRequests() {
	seen := map[string]bool{}
	for i := range f.Sections {
		s := &f.Sections[i]
		if name, ok := RequestName(s.Name); ok && !seen[name] {
			seen[name] = true
			f.readRequest(s, name)
		}
	}
}

func (f *File) readRequest(s *Section, name string) {
	if len(s.Text) > MaxRequest {
		f.problem(s.Name, policy.Span{Start: MaxRequest, End: MaxRequest}, "too-large", "A request of more than 16 KiB is not read. Keep the keys that the policies ask for.")
		return
	}
	lines := Lines(s.Text)
	if len(lines) > MaxLines {
		f.problem(s.Name, lines[MaxLines].Span, "too-large", "A request of more than 128 lines is not read. Keep the keys that the policies ask for.")
		return
	}
	r := engine.Request{Name: name}
	seen := map[string]bool{}
	before := len(f.Problems)
	for _, l := range lines {
		f.readLine(s, &r, l, seen)
	}
	for _, key := range required {
		if !seen[key] {
			f.problem(s.Name, policy.Span{Start: 0, End: min(1, len(s.Text))}, "missing-key", "This request has no "+key+". Add a line \""+key+": …\".")
		}
	}
	if !policy.Errors(f.Problems[before:]) {
		f.checkRequest(s, &r)
	}
	if policy.Errors(f.Problems[before:]) {
		return
	}
	r.Prepare()
	f.Scenario.Requests = append(f.Scenario.Requests, r)
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

func (f *File) readLine(s *Section, r *engine.Request, l Line, seen map[string]bool) {
	switch {
	case !l.OK:
		f.problem(s.Name, l.Span, "bad-line", "A line of a request is \"key: value\", with a space after the colon.")
		return
	case strings.Contains(l.Key, ":"):
		r.Context.Add(l.Key, l.Value)
		return
	case seen[l.Key]:
		f.problem(s.Name, l.Span, "duplicate-key", "The request has "+l.Key+" already. Remove one of the two lines.")
		return
	}
	seen[l.Key] = true
	for _, field := range fields {
		if field.key != l.Key {
			continue
		}
		if message := field.set(r, l.Value); message != "" {
			f.problem(s.Name, l.ValueSpan, "bad-"+l.Key, message)
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
func (f *File) checkRequest(s *Section, r *engine.Request) {
	begin := policy.Span{Start: 0, End: 1}
	switch p := &r.Principal; {
	case p.Role == "":
	case p.Kind != engine.RoleSession:
		f.problem(s.Name, begin, "bad-role", "Only the session of a role has a role. Remove the line, or change the principal.")
	case !ownRole(p):
		f.problem(s.Name, begin, "bad-role", "The principal is not a session of this role: the account or the name is another.")
	}
	if parts := strings.SplitN(r.Resource, ":", 6); len(parts) == 6 && parts[2] == "s3" && parts[4] == "" && r.ResourceAccount == "" {
		f.warn(s.Name, begin, "no-resource-account", "An S3 ARN has no account in it, so this is judged as one account. Add \"resource-account: …\" to say whose bucket it is.",
			"https://docs.aws.amazon.com/AmazonS3/latest/userguide/s3-arn-format.html")
	}
	f.checkBlocked(s, r)
}

// blocked are the S3 settings that look at what a request puts, with the
// actions that they look at, in lower case.
//
// https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html
var blocked = []struct {
	setting engine.BlockPublicAccess
	actions string
}{
	{engine.BlockPublicACLs, " s3:putbucketacl s3:putobjectacl s3:putobject "},
	{engine.BlockPublicPolicy, " s3:putbucketpolicy s3:putaccesspointpolicy "},
}

// checkBlocked reports that a setting can't be judged: what is put is not in
// the request.
func (f *File) checkBlocked(s *Section, r *engine.Request) {
	for _, b := range blocked {
		if r.BlockPublic&b.setting != 0 && strings.Contains(b.actions, " "+strings.ToLower(r.Action)+" ") {
			f.warn(s.Name, policy.Span{Start: 0, End: 1}, "not-judged", "What is put is not part of a request here, so this setting of Block Public Access is not judged: S3 refuses an ACL or a policy that is public.",
				"https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html")
		}
	}
}

// ownRole reports whether a session's role is of the same account and name as
// the ARN of the session says. Only the path of the role is not in that ARN.
func ownRole(p *engine.Principal) bool {
	if p.ARN == p.Role {
		return true
	}
	session, role := strings.SplitN(p.ARN, ":", 6), strings.SplitN(p.Role, ":", 6)
	name, _, _ := strings.Cut(strings.TrimPrefix(session[5], "assumed-role/"), "/")
	return session[4] == role[4] && (strings.HasSuffix(role[5], "/"+name) || strings.HasPrefix(session[5], "role/"))
}
