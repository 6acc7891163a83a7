package paste

import (
	"path"
	"slices"
	"strings"

	"why403/engine"
	"why403/engine/diagnose"
	"why403/engine/importer"
	"why403/engine/policy"
	"why403/engine/scenario"
)

// types is every policy type that a line "unknown:" can name, and how the
// sections begin that hold it.
var types = []struct{ name, sections string }{
	{"identity", "identity/"}, {"boundary", "boundary.json"}, {"session", "session"}, {"resource", "resource.json"},
	{"grants", "grants.json"}, {"scp", "scp/"}, {"rcp", "rcp/"}, {"endpoint", "endpoint.json"},
}

// finish puts in what is left, and says what is not known.
func (r *reader) finish() diagnose.Brought {
	r.asked = r.askedServices()
	for i := range r.bare {
		r.putBare(&r.bare[i])
	}
	if r.text != "" && !r.out.Complete {
		r.dropWants()
		r.needRequest()
		r.allowEverywhere("scp/")
		r.sayUnknown()
	}
	r.out.Text = r.text
	r.out.None = r.noneTypes()
	if r.said != nil {
		e := diagnose.Evidence{Text: r.said.Text, Outcome: r.said.Outcome, Type: r.said.Type, Policy: r.said.Policy, Principal: r.said.Principal,
			Action: r.said.Action, Resource: r.said.Resource, AuthorizationID: r.said.AuthorizationID, Encoded: undecoded(r.said), Sids: r.said.Sids,
			NoPolicy: r.said.NoPolicy, Look: r.said.Look, Page: r.said.Page}
		if e.Text == "" && len(r.out.Errors) > 0 {
			e.Text = oneLine(r.out.Errors[0])
		}
		if r.said.Policies && r.text != "" {
			e.NoPolicy = "" // policies were brought: they may tell
		}
		e.Time = r.line("aws:CurrentTime")
		r.out.Said = &e
	} else if len(r.out.Errors) > 0 {
		r.out.Said = &diagnose.Evidence{Text: oneLine(r.out.Errors[0])}
	}
	return r.out
}

// oneLine is the beginning of a text, as one line. Of a log only so much is looked at:
// it can have millions of words.
func oneLine(text string) string {
	line := strings.Join(strings.Fields(text[:min(len(text), 1<<16)]), " ")
	if len(line) > 600 {
		line = strings.ToValidUTF8(line[:600], "") + " …"
	}
	return line
}

// putBare puts a policy where its text and AWS's answer say that it belongs.
func (r *reader) putBare(it *item) {
	section, why := r.placeOf(it)
	stands, left := importer.LeftOut(it.text)
	if left && (stands == "" || !importer.Several(section)) {
		r.read(it.name, "a policy", "Not used: parts of it are left out")
		r.problem(it.name, "Parts of this policy are left out, so nothing tells what it says. Paste all of it.")
		return
	}
	if section == "resource.json" {
		if service := r.ofAnotherService(it); service != "" {
			r.putBeside(it, service)
			return
		}
	}
	if !strings.Contains(section, "/") && strings.Contains("\n"+r.text, "\n-- "+section+" --") {
		r.read(it.name, "a policy", "Not used: there is a policy in "+section+" already")
		r.problem(it.name, "This could be the policy of the resource, and so could another one. Call the file what it is: resource.json, "+
			"endpoint.json, "+
			"boundary.json, or rcp/1-root/NAME.json.")
		return
	}
	if left {
		kind, _, _ := strings.Cut(section, "/")
		r.short = append(r.short, kind)
		r.problem(it.name, importer.Shortened+".")
	}
	r.addSection(section, stands)
	r.read(it.name, "a policy", "Put into "+section+why)
}

func (r *reader) placeOf(it *item) (section, why string) {
	blamed := ""
	if r.said != nil {
		blamed = r.said.Type
	}
	name := strings.TrimSuffix(fileName(it.name[strings.LastIndexByte(it.name, '/')+1:]), ".json") + ".json"
	if rest := strings.TrimLeft(name, "-"); rest != name {
		name = "pasted-" + rest // from standard input
	}
	if section := headed(it, name); section != "" {
		return section, ": the line above it says so"
	}
	if hasPrincipal(it.text) || strings.Contains(it.text, `"Id"`) && !strings.Contains(it.text, `"Statement"`) {
		switch {
		case blamed == "" && r.others(it) && forEverything(it.text):
			return "endpoint.json", ": it is for everybody and several resources, and another policy here is that of the resource"
		case blamed == "rcp" && !strings.Contains(it.text, `"Allow"`):
			return "rcp/1-root/" + name, ": AWS names a resource control policy"
		case blamed == "endpoint":
			return "endpoint.json", ": AWS names the VPC endpoint policy"
		}
		return "resource.json", ""
	}
	to, ok := map[string]string{"scp": "scp/1-root/" + name, "session": "session/" + name, "boundary": "boundary.json"}[blamed]
	if ok && (r.said.Outcome != "explicit deny" || strings.Contains(it.text, `"Deny"`)) && r.onlyBare(it) {
		return to, ": AWS names this policy type, and no other policy without a Principal fits"
	}
	return "identity/" + name, ""
}

// headed is the section that the line above a policy names, or "": what has a
// Principal belongs to a resource, and what has none to a caller.
func headed(it *item, name string) string {
	if hasPrincipal(it.text) {
		return map[string]string{"resource": "resource.json", "endpoint": "endpoint.json", "rcp": "rcp/1-root/" + name}[it.place]
	}
	return map[string]string{"identity": "identity/" + name, "boundary": "boundary.json", "session": "session/" + name,
		"scp": "scp/1-root/" + name}[it.place]
}

// others reports whether another policy that stands alone has a Principal.
func (r *reader) others(it *item) bool {
	return slices.ContainsFunc(r.bare, func(o item) bool { return o.name != it.name && hasPrincipal(o.text) && !forEverything(o.text) })
}

// forEverything reports whether a policy names everybody, and more than one
// resource, as those of VPC endpoints do.
func forEverything(text string) bool {
	d, _ := policy.Parse("endpoint.json", policy.Endpoint, text)
	owners := map[string]bool{}
	for i := range d.Statements {
		s := &d.Statements[i]
		for _, v := range s.Principal.Values {
			if v.Value != "*" {
				return false
			}
		}
		for _, v := range s.Resource.Values {
			owners[strings.TrimRight(strings.TrimRight(v.Value, "*"), "/")] = true
		}
	}
	return len(owners) > 1 || owners[""]
}

// onlyBare reports whether no other policy that stands alone could be of the
// type that AWS names.
func (r *reader) onlyBare(it *item) bool {
	for i := range r.bare {
		o := &r.bare[i]
		fits := (headed(o, "x") == "" || o.place == r.said.Type) && !hasPrincipal(o.text)
		if o != it && fits && (r.said.Outcome != "explicit deny" || strings.Contains(o.text, `"Deny"`)) {
			return false
		}
	}
	return true
}

func hasPrincipal(text string) bool {
	d, _ := policy.Parse("resource.json", policy.Resource, text)
	return ofResource(d)
}

func ofResource(d *policy.Document) bool {
	return slices.ContainsFunc(d.Statements, func(s policy.Statement) bool { return s.Principal.Present })
}

// dropWants leaves out the answers that the importer takes from an error: what
// the policies come to is what is asked here.
func (r *reader) dropWants() {
	f := scenario.Split(r.text)
	f.Sections = slices.DeleteFunc(f.Sections, func(s scenario.Section) bool {
		return strings.HasPrefix(s.Name, "want")
	})
	r.text = f.Format()
}

// needRequest adds a request of which nothing is known, and puts it first.
func (r *reader) needRequest() {
	if r.request() != nil {
		return
	}
	r.text = "A request that nothing names\n\n-- request --\nprincipal: arn:aws:iam::000000000000:user/UNKNOWN\naction: " +
		"unknown:Unknown\nresource: *\n" + r.text
}

func (r *reader) request() *scenario.Section {
	f := scenario.Split(r.text)
	for i := range f.Sections {
		if _, ok := scenario.RequestName(f.Sections[i].Name); ok {
			return &f.Sections[i]
		}
	}
	return nil
}

// line is the value of a key of the request, or "".
func (r *reader) line(key string) string {
	if s := r.request(); s != nil {
		for _, l := range scenario.Lines(s.Text) {
			if strings.EqualFold(l.Key, key) {
				return l.Value
			}
		}
	}
	return ""
}

// allowEverywhere adds FullAWSAccess to the levels of which only policies that
// deny were brought.
func (r *reader) allowEverywhere(prefix string) {
	allows := map[string]bool{}
	for _, s := range scenario.Split(r.text).Sections {
		rest, ok := strings.CutPrefix(s.Name, prefix)
		if level, _, deep := strings.Cut(rest, "/"); ok && deep {
			allows[level] = allows[level] || strings.Contains(s.Text, `"Allow"`)
		}
	}
	for level, found := range allows {
		if !found {
			r.addSection(prefix+level+"/FullAWSAccess.json", importer.FullAccess)
			r.read(prefix+level, "", "FullAWSAccess is taken to be attached here: only policies that deny are given")
		}
	}
}

// sayUnknown writes into the request which policy types were not brought. An
// answer "there is none" takes one off.
func (r *reader) sayUnknown() {
	var unknown []string
	f := r.out.Kept.Parse(nil, r.text)
	for _, t := range types {
		given := slices.ContainsFunc(f.Sections, func(s scenario.Section) bool {
			return strings.HasPrefix(s.Name, t.sections) || strings.HasPrefix(s.Name, "entity/") && strings.Contains(s.Name, "/"+t.sections) &&
				t.name != "resource" && !r.ofAnother(f, s.Name) ||
				strings.HasPrefix(s.Name, "account/") && strings.Contains(s.Name, "/"+t.sections)
		})
		if !given && !slices.Contains(r.noneTypes(), t.name) && !(t.name == "boundary" && r.serviceLinked()) {
			unknown = append(unknown, t.name)
		}
	}
	unknown = append(append(unknown, r.short...), untold(f)...)
	for i := range f.Sections {
		s := &f.Sections[i]
		if _, ok := scenario.RequestName(s.Name); ok && len(unknown) > 0 {
			if s.Text != "" && !strings.HasSuffix(s.Text, "\n") {
				s.Text += "\n"
			}
			s.Text += "unknown: " + strings.Join(unknown, " ") + "\n"
		}
	}
	r.text, r.out.Kept = f.Format(), f.Kept()
}

// ofAnother reports whether a section belongs to a user or a role that is not the
// caller: that its policies were brought tells nothing of the caller's. A session's
// ARN leaves out the path of its role.
func (r *reader) ofAnother(f *scenario.File, section string) bool {
	arn, folder := "", strings.Join(strings.SplitN(section, "/", 3)[:2], "/")
	for _, s := range f.Sections {
		if s.Name != folder {
			continue
		}
		for _, l := range scenario.Lines(s.Text) {
			if l.Key == "arn" {
				arn = l.Value
			}
		}
	}
	caller, err := engine.ParsePrincipal(r.line("principal"))
	name := engine.ARNPart(arn, 5)
	user, role := strings.HasPrefix(name, "user/"), strings.HasPrefix(name, "role/")
	switch {
	case err != nil || !user && !role || strings.HasSuffix(caller.ARN, "UNKNOWN"):
		return false
	case role:
		return caller.Kind != engine.RoleSession || path.Base(caller.Role) != path.Base(name) || engine.ARNPart(arn, 4) != caller.Account
	}
	return caller.Kind == engine.User && caller.ARN != arn
}

// serviceLinked reports whether the caller is a service-linked role, for which
// nobody can set a permissions boundary.
//
// https://docs.aws.amazon.com/IAM/latest/APIReference/API_PutRolePermissionsBoundary.html
func (r *reader) serviceLinked() bool {
	return strings.Contains(r.line("principal"), ":assumed-role/AWSServiceRoleFor") ||
		strings.Contains(r.line("role"), ":role/aws-service-role/")
}

// maxKeys is how many condition keys are named as not known.
const maxKeys = 30

// untold is the condition keys that the policies read and the request does not
// have: AWS's errors tell none of them.
func untold(f *scenario.File) (keys []string) {
	if len(f.Requests) == 0 {
		return nil
	}
	check := f.Requests[0].Check
	for _, p := range check.Policies {
		for i := range p.Statements {
			for _, t := range p.Statements[i].Condition.Tests {
				key := t.Key.Value
				if !check.Context.Has(key) && !strings.ContainsAny(key, " ,\t\n") && strings.Contains(key, ":") && len(keys) < maxKeys &&
					!slices.ContainsFunc(keys, func(k string) bool { return strings.EqualFold(k, key) }) {
					keys = append(keys, key)
				}
			}
		}
	}
	return keys
}

// noneTypes is the types that there are none of, as "unknown:" names them.
func (r *reader) noneTypes() (out []string) {
	names := map[string]string{"grant": "grants", "trust": "resource"}
	for _, t := range r.none {
		if name, ok := names[t]; ok {
			t = name
		}
		out = append(out, t)
	}
	if slices.Contains(out, "managed") && slices.Contains(out, "inline") {
		out = append(out, "identity") // both lists are empty
	}
	return out
}

// undecoded is the encoded message, "" once it was decoded.
func undecoded(s *importer.Said) string {
	if s.Decoded != "" {
		return ""
	}
	return s.Encoded
}
