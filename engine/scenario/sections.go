package scenario

import (
	"strconv"
	"strings"

	"why403/engine"
	"why403/engine/policy"
)

// kind is one sort of section. many says that there can be several, each with
// a name of its own behind a slash.
type kind struct {
	prefix string
	many   bool
	said   string // the type of what it says, as in an answer
	label  string // for people
	fresh  string // the name of a new one, behind the prefix and the level
	of     string // the prefix of the only service whose resources have it, or ""; "iam" for what a caller has
	read   func(f *File, s *Section, to *attached, level int)
}

// kinds is every sort of section that holds what requests are judged against.
// The same sorts stand in the folder of an entity, or of an account.
var kinds = []kind{
	{"identity/", true, "identity", policy.Identity.Label(), "policy.json", "iam", document(policy.Identity)},
	{"boundary.json", false, "boundary", policy.Boundary.Label(), "", "iam", document(policy.Boundary)},
	{"session/", true, "session", policy.Session.Label(), "session.json", "iam", document(policy.Session)},
	{"session.json", false, "session", policy.Session.Label(), "", "iam", document(policy.Session)},
	{"scopedown/", true, "scopedown", policy.ScopeDown.Label(), "scope-down.json", "iam", scopeDown},
	{"resource.json", false, "resource", policy.Resource.Label(), "", "", resourcePolicy},
	{"policy.json", false, "resource", policy.Resource.Label(), "", "", resourcePolicy},
	{"scp/", true, "scp", policy.SCP.Label(), "scp.json", "", document(policy.SCP)},
	{"rcp/", true, "rcp", policy.RCP.Label(), "rcp.json", "", document(policy.RCP)},
	{"endpoint.json", false, "endpoint", policy.Endpoint.Label(), "", "", document(policy.Endpoint)},
	{"put.json", false, "put", "Policy in the request", "", "s3", readPut},
	{"override.json", false, "resource", "Override of the stack policy", "", "cloudformation", readOverride},
	{"grants.json", false, "grant", "Grants", "", "kms", func(f *File, s *Section, to *attached, _ int) { f.readGrants(s, to) }},
	{"acl.json", false, "acl", "Bucket ACL", "", "s3", func(f *File, s *Section, to *attached, _ int) { f.readACL(s, to, false) }},
	{"object-acl.json", false, "acl", "Object ACL", "", "s3", func(f *File, s *Section, to *attached, _ int) { f.readACL(s, to, true) }},
}

// folder is what has sections of its own, and which. "" is the file itself:
// what stands there belongs to the caller, to the resource and to the accounts
// of its requests.
type folder struct {
	prefix string
	kinds  string
	shape  string // the sections, for people
}

var folders = []folder{
	{"entity/", " policy.json identity/ boundary.json session/ session.json scopedown/ grants.json acl.json object-acl.json ",
		"entity/NAME, entity/NAME/policy.json, entity/NAME/identity/NAME.json, entity/NAME/boundary.json, entity/NAME/session.json, " +
			"entity/NAME/scopedown/NAME.json, " +
			"entity/NAME/grants.json, entity/NAME/acl.json and entity/NAME/object-acl.json"},
	{"account/", " scp/ rcp/ ", "account/ID, account/ID/scp/N-LEVEL/NAME.json and account/ID/rcp/N-LEVEL/NAME.json"},
	{"", " identity/ boundary.json session/ session.json scopedown/ resource.json scp/ rcp/ endpoint.json put.json override.json " +
		"grants.json acl.json object-acl.json ",
		"request, identity/NAME.json, boundary.json, session.json, scopedown/NAME.json, resource.json, scp/N-LEVEL/NAME.json, " +
			"rcp/N-LEVEL/NAME.json, " +
			"endpoint.json, put.json, override.json, grants.json, acl.json, object-acl.json, entity/NAME, account/ID, error and want"},
}

// attached is the policies, grants and ACLs of one folder.
type attached struct {
	name     string
	resource policy.Type // of its resource-based policy
	policies []*engine.Policy
	grants   []engine.Grant
	acls     []engine.ACL
	put      *engine.Policy // what s3:PutBucketPolicy puts
	override *engine.Policy // the stack policy of one update
}

// readSections reads everything but the requests.
func (f *File) readSections() {
	seen := make(map[string]int, len(f.Sections))
	for i := range f.Sections {
		s := &f.Sections[i]
		if line, twice := seen[s.Name]; twice {
			f.markerProblem(s, "duplicate-section",
				"The section "+s.Name+" stands on line "+strconv.Itoa(line)+" already. Remove one of the two, or merge them.")
			continue
		}
		seen[s.Name] = s.Line
		s.order = i
		if HoldsPolicy(s.Name) && !isHeader(s.Name) {
			f.readSection(s)
		}
	}
}

// RequestName gives the name of the request that a section holds, "" for the
// plain one.
func RequestName(section string) (name string, ok bool) { return named(section, "request") }

// HoldsPolicy reports whether a section is neither a request, nor the answer to
// one, nor AWS's error text: it holds what requests are judged against.
func HoldsPolicy(section string) bool {
	for _, other := range [...]string{"request", "want", "error"} {
		if _, ok := named(section, other); ok {
			return false
		}
	}
	return true
}

// isHeader reports whether a section is the header of an entity or an account.
func isHeader(section string) bool {
	prefix, name, ok := strings.Cut(section, "/")
	return ok && (prefix == "entity" || prefix == "account") && name != "" && !strings.Contains(name, "/")
}

func (f *File) readSection(s *Section) {
	in, to, rest := f.folderOf(s)
	if to == nil {
		return
	}
	for _, k := range kinds {
		if !strings.Contains(in.kinds, " "+k.prefix+" ") {
			continue
		}
		if !k.many && rest == k.prefix {
			k.read(f, s, to, 0)
			return
		}
		name, ok := strings.CutPrefix(rest, k.prefix)
		if !k.many || !ok {
			continue
		}
		if level, ok := place(k.prefix, name); ok {
			k.read(f, s, to, level)
			return
		}
		f.markerProblem(s, "bad-section", shape(k.prefix))
		return
	}
	f.markerProblem(s, "unknown-section", "There is no section called "+s.Name+". The sections are "+in.shape+".")
}

// folderOf finds what a section belongs to, and its name in there. What
// belongs to nothing is reported, and left out.
func (f *File) folderOf(s *Section) (in *folder, to *attached, rest string) {
	for i := range folders {
		in = &folders[i]
		rest, ok := strings.CutPrefix(s.Name, in.prefix)
		name, inside, deep := strings.Cut(rest, "/")
		switch {
		case !ok:
			continue
		case in.prefix == "":
			return in, &f.own, rest
		case !deep:
			f.markerProblem(s, "unknown-section", "There is no section called "+s.Name+". The sections are "+in.shape+".")
			return in, nil, ""
		}
		if to := f.attachedTo(in.prefix + name); to != nil {
			return in, to, inside
		}
		f.markerProblem(s, "no-"+strings.TrimSuffix(in.prefix, "/"),
			"There is no section "+in.prefix+name+" that says what this belongs to. Add \"-- "+in.prefix+name+" --\""+wanted[in.prefix])
		return in, nil, ""
	}
	return in, nil, ""
}

var wanted = map[string]string{
	"entity/":  " with a line \"arn: …\".",
	"account/": ", with the account's 12 digits as its name.",
}

// place reads what stands behind the prefix: NAME.json, or N-LEVEL/NAME.json
// where policies are attached level by level.
func place(prefix, rest string) (level int, ok bool) {
	if hasLevels(prefix) {
		attached, name, found := strings.Cut(rest, "/")
		number, label, dashed := strings.Cut(attached, "-")
		level, err := strconv.Atoi(number)
		return level, found && dashed && label != "" && err == nil && level > 0 && fileName(name)
	}
	return 0, fileName(rest)
}

// hasLevels reports whether policies are attached level by level.
func hasLevels(prefix string) bool { return prefix == "scp/" || prefix == "rcp/" }

func fileName(name string) bool {
	base, ok := strings.CutSuffix(name, ".json")
	return ok && base != "" && !strings.Contains(base, "/")
}

func shape(prefix string) string {
	if hasLevels(prefix) {
		return "Name this section " + prefix + "N-LEVEL/NAME.json, such as " + prefix +
			"1-root/full-access.json: N orders the levels from the root of the organization down to the account."
	}
	return "Name this section " + prefix + "NAME.json."
}

// markerProblem reports a problem of the line that begins a section. Its place
// is in the file, since the section has no text that could be pointed at.
func (f *File) markerProblem(s *Section, code, message string) {
	start := s.at
	end := start + len(strings.TrimRight(s.Marker, "\r\n"))
	f.problem("", policy.Span{Start: start, End: end}, code, message)
}

// named reads KIND or KIND/NAME.
func named(section, kind string) (name string, ok bool) {
	if section == kind {
		return "", true
	}
	name, ok = strings.CutPrefix(section, kind+"/")
	return name, ok && name != ""
}

func document(t policy.Type) func(*File, *Section, *attached, int) {
	return func(f *File, s *Section, to *attached, level int) {
		k := f.read(s, t, level)
		f.report(k.problems...)
		p := *k.policy
		p.Order = s.order
		to.policies = append(to.policies, &p)
	}
}

// maxScopeDown is how many scope-down policies a session can have.
//
// https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_temp_control-access_getscopedcredentials.html
const maxScopeDown = 3

func scopeDown(f *File, s *Section, to *attached, level int) {
	if len(to.of(policy.ScopeDown)) == maxScopeDown {
		f.markerProblem(s, "too-many-policies", "A session has at most three scope-down policies. Remove one.")
		return
	}
	document(policy.ScopeDown)(f, s, to, level)
}

// resourcePolicy reads the policy of a resource. What it is follows from what
// it belongs to: a key policy, a role trust policy, or any other.
func resourcePolicy(f *File, s *Section, to *attached, level int) {
	document(to.resource)(f, s, to, level)
}

// readPut reads the policy that requests put. It judges no request itself.
func readPut(f *File, s *Section, to *attached, _ int) { to.put = readAside(f, s, policy.Resource) }

// readAside reads a policy that is attached to nothing.
func readAside(f *File, s *Section, t policy.Type) *engine.Policy {
	var aside attached
	document(t)(f, s, &aside, 0)
	return aside.policies[0]
}

// readOverride reads the policy that stands in for a stack policy during an
// update.
//
// https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/protect-stack-resources.html#protect-stack-resources-updating
func readOverride(f *File, s *Section, to *attached, _ int) {
	to.override = readAside(f, s, policy.Stack)
}
