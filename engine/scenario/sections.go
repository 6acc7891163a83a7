package scenario

import (
	"strconv"
	"strings"

	"why403/engine"
	"why403/engine/condition"
	"why403/engine/policy"
)

// kind is one sort of section. many says that there can be several, each with
// a name of its own behind a slash.
type kind struct {
	prefix string
	many   bool
	read   func(f *File, s *Section, level int)
}

// kinds is every sort of section that holds what requests are judged against.
var kinds = []kind{
	{"identity/", true, document(policy.Identity)},
	{"boundary.json", false, document(policy.Boundary)},
	{"session/", true, document(policy.Session)},
	{"session.json", false, document(policy.Session)},
	{"resource.json", false, resourcePolicy},
	{"scp/", true, document(policy.SCP)},
	{"rcp/", true, document(policy.RCP)},
	{"endpoint.json", false, document(policy.Endpoint)},
	{"grants.json", false, func(f *File, s *Section, _ int) { f.readGrants(s) }},
	{"acl.json", false, func(f *File, s *Section, _ int) { f.readACL(s, false) }},
	{"object-acl.json", false, func(f *File, s *Section, _ int) { f.readACL(s, true) }},
}

// readSections reads everything but the requests.
func (f *File) readSections() {
	seen := map[string]int{}
	for i := range f.Sections {
		s := &f.Sections[i]
		if line, twice := seen[s.Name]; twice {
			f.markerProblem(s, "duplicate-section", "The section "+s.Name+" stands on line "+strconv.Itoa(line)+" already. Remove one of the two, or merge them.")
			continue
		}
		seen[s.Name] = s.Line
		if HoldsPolicy(s.Name) {
			f.readSection(s)
		}
	}
}

// RequestName gives the name of the request that a section holds, "" for the
// plain one.
func RequestName(section string) (name string, ok bool) { return named(section, "request") }

// HoldsPolicy reports whether a section is neither a request nor the answer to
// one: it holds what requests are judged against.
func HoldsPolicy(section string) bool {
	_, request := named(section, "request")
	_, want := named(section, "want")
	return !request && !want
}

func (f *File) readSection(s *Section) {
	for _, k := range kinds {
		if !k.many && s.Name == k.prefix {
			k.read(f, s, 0)
			return
		}
		rest, ok := strings.CutPrefix(s.Name, k.prefix)
		if !k.many || !ok {
			continue
		}
		if level, ok := place(k.prefix, rest); ok {
			k.read(f, s, level)
			return
		}
		f.markerProblem(s, "bad-section", shape(k.prefix))
		return
	}
	f.markerProblem(s, "unknown-section", "There is no section called "+s.Name+". The sections are request, identity/NAME.json, boundary.json, session.json, resource.json, scp/N-LEVEL/NAME.json, rcp/N-LEVEL/NAME.json, endpoint.json, grants.json, acl.json, object-acl.json and want.")
}

// place reads what stands behind the prefix: NAME.json, or N-LEVEL/NAME.json
// where policies are attached level by level.
func place(prefix, rest string) (level int, ok bool) {
	if prefix == "scp/" || prefix == "rcp/" {
		attached, name, found := strings.Cut(rest, "/")
		number, label, dashed := strings.Cut(attached, "-")
		level, err := strconv.Atoi(number)
		return level, found && dashed && label != "" && err == nil && level > 0 && fileName(name)
	}
	return 0, fileName(rest)
}

func fileName(name string) bool {
	base, ok := strings.CutSuffix(name, ".json")
	return ok && base != "" && !strings.Contains(base, "/")
}

func shape(prefix string) string {
	if prefix == "scp/" || prefix == "rcp/" {
		return "Name this section " + prefix + "N-LEVEL/NAME.json, such as " + prefix + "1-root/full-access.json: N orders the levels from the root of the organization down to the account."
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

func document(t policy.Type) func(*File, *Section, int) {
	return func(f *File, s *Section, level int) {
		d, problems := policy.Parse(s.Name, t, s.Text)
		f.report(problems...)
		for i := range d.Statements {
			f.conditions(s.Name, d, &d.Statements[i])
		}
		f.Scenario.Policies = append(f.Scenario.Policies, engine.NewPolicy(d, level))
	}
}

// conditions reports what is wrong with the conditions of a statement. The
// statement is still evaluated, so these are warnings.
func (f *File) conditions(section string, d *policy.Document, s *policy.Statement) {
	for _, p := range condition.Problems(section, s.Condition, d.Variables()) {
		f.warn(section, p.Span, p.Code, p.Message, p.Doc)
	}
}

// resourcePolicy reads resource.json. What it is follows from what the
// requests are for: a key policy, a role trust policy, or any other.
func resourcePolicy(f *File, s *Section, level int) {
	t := policy.Resource
	if len(f.Scenario.Requests) > 0 {
		t = f.Scenario.Requests[0].ResourceType()
	}
	document(t)(f, s, level)
}
