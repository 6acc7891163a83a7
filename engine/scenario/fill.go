package scenario

import (
	"strconv"
	"strings"

	"why403/engine"
	"why403/engine/policy"
)

// Fill writes one request of a file as a scenario of its own in which everything
// that was not known is as a filling of its decision has it. It gives "" where
// the request is not in the file.
func (f *File) Fill(request string, filling *engine.Filling) string {
	i := f.requestIndex(request)
	if i < 0 {
		return ""
	}
	r := &f.Requests[i]
	w := filler{file: f, request: r, limits: map[policy.Type]bool{}}
	w.copy()
	for i := range filling.Ifs {
		w.fill(&filling.Ifs[i])
	}
	if b := filling.Beside; b.Name != "" {
		w.given = append(w.given, "layer: "+b.Name+map[bool]string{true: " allow", false: " deny"}[b.Allows])
	}
	w.lines()
	return w.out.Format()
}

func (f *File) requestIndex(name string) int {
	for i := range f.Requests {
		if f.Requests[i].Name == name {
			return i
		}
	}
	return -1
}

type filler struct {
	file    *File
	request *Request
	out     File
	given   []string // lines of condition keys
	limits  map[policy.Type]bool
}

// copy takes over everything but the other requests, the wanted answers and
// what is not known.
func (w *filler) copy() {
	w.out.Comment = w.file.Comment
	for _, s := range w.file.Sections {
		if _, isWant := named(s.Name, "want"); isWant {
			continue
		}
		if _, isRequest := named(s.Name, "request"); isRequest && s.Name != w.request.Section {
			continue
		}
		if HoldsPolicy(s.Name) && !isHeader(s.Name) || isError(s.Name) {
			w.out.Sections = append(w.out.Sections, s)
			continue
		}
		s.Text = withoutLines(s.Text, "unknown")
		w.out.Sections = append(w.out.Sections, s)
	}
}

func isError(section string) bool {
	_, ok := named(section, "error")
	return ok
}

// withoutLines takes the lines with a key out of a section.
func withoutLines(text, key string) string {
	var b strings.Builder
	for line := range strings.Lines(text) {
		if name, _, _ := strings.Cut(line, ":"); strings.TrimSpace(name) != key {
			b.WriteString(line)
		}
	}
	return b.String()
}

func (w *filler) fill(c *engine.If) {
	switch {
	case c.Key != "":
		for _, v := range c.Samples[0].Values {
			w.given = append(w.given, c.Key+": "+v)
		}
	case c.Grants && c.Allows:
		w.grant()
	case !c.Grants:
		w.policies(c.Type, c.Allows)
	}
}

// lines adds the condition keys to the request.
func (w *filler) lines() {
	for i := range w.out.Sections {
		if s := &w.out.Sections[i]; s.Name == w.request.Section && len(w.given) > 0 {
			s.Text = strings.TrimRight(s.Text, "\r\n") + "\n" + strings.Join(w.given, "\n") + "\n"
		}
	}
}

// policies adds a policy that allows everything, or denies it. A type that only
// limits, and of which there is none, needs none to allow.
func (w *filler) policies(t policy.Type, allows bool) {
	levels := []int{1}
	if t == policy.SCP {
		levels = w.levels(allows)
	} else if allows && !w.opens(t) {
		return
	}
	effect := "Deny"
	if allows {
		effect = "Allow"
	}
	action := "*"
	if t == policy.Stack {
		action = "Update:*"
	}
	for _, level := range levels {
		w.add(w.section(t, level), `{"Version": "2012-10-17", "Statement": {"Effect": "`+effect+`", `+w.who(t, allows)+
			`"Action": "`+action+`"`+on(t)+`}}`)
	}
}

// opens reports whether an Allow of a type lets anyone in: what only limits does
// not, but for a session policy beside others.
func (w *filler) opens(t policy.Type) bool {
	switch t {
	case policy.Boundary, policy.Endpoint, policy.RCP, policy.ScopeDown:
		return false
	}
	return true
}

// levels is where an SCP is needed: at each level that there is to allow, and at
// one to deny.
func (w *filler) levels(allows bool) (levels []int) {
	if !allows {
		return []int{1}
	}
	seen := map[int]bool{}
	for _, p := range w.request.Check.Policies {
		if p.Type == policy.SCP && !seen[p.Level] {
			seen[p.Level] = true
			levels = append(levels, p.Level)
		}
	}
	return levels
}

func on(t policy.Type) string {
	if t == policy.Trust {
		return ""
	}
	return `, "Resource": "*"`
}

// who is the Principal element: everyone to deny, the caller to allow.
func (w *filler) who(t policy.Type, allows bool) string {
	switch t {
	case policy.RCP, policy.Endpoint, policy.Stack:
		return `"Principal": "*", `
	case policy.Resource, policy.Key, policy.Trust:
		if !allows {
			return `"Principal": "*", `
		}
		return `"Principal": ` + w.caller() + `, `
	}
	return ""
}

// caller is a Principal element that names the caller and its account.
func (w *filler) caller() string {
	p := &w.request.Check.Principal
	switch p.Kind {
	case engine.ServicePrincipal:
		return `{"Service": "` + p.ARN + `"}`
	case engine.WebFederated:
		return `{"Federated": "` + p.FederatedBy + `"}`
	case engine.Anonymous:
		return `"*"`
	}
	names := []string{p.ARN}
	if p.Role != "" && p.Role != p.ARN {
		names = append(names, p.Role)
	}
	if p.Account != "" {
		names = append(names, "arn:aws:iam::"+p.Account+":root")
	}
	return `{"AWS": ["` + strings.Join(names, `", "`) + `"]}`
}

// section is the name of a new section for a policy type.
func (w *filler) section(t policy.Type, level int) string {
	switch t {
	case policy.Identity:
		return "identity/filled-in.json"
	case policy.Session:
		return "session/filled-in.json"
	case policy.ScopeDown:
		return "scopedown/filled-in.json"
	case policy.Boundary:
		return "boundary.json"
	case policy.Endpoint:
		return "endpoint.json"
	case policy.SCP, policy.RCP:
		kind := "scp/"
		if t == policy.RCP {
			kind = "rcp/"
		}
		return kind + strconv.Itoa(level) + "-level/filled-in.json"
	}
	if section := w.file.NewResourcePolicy(w.request); section != "" {
		return section
	}
	return "resource.json"
}

func (w *filler) add(section, text string) {
	w.out.endLine()
	w.out.Sections = append(w.out.Sections, Section{Marker: "-- " + section + " --\n", Name: section, Text: text + "\n"})
}

// grant adds a grant for the caller: for what it asks, and for what it wants to
// pass on or to retire.
func (w *filler) grant() {
	c := w.request.Check
	operations := []string{c.Action[strings.IndexByte(c.Action, ':')+1:]}
	passed, _ := c.Context.Get("kms:GrantOperations")
	operations = append(operations, passed...)
	name, retiring := "GranteePrincipal", "RetiringPrincipal"
	if c.Principal.Kind == engine.ServicePrincipal {
		name, retiring = "GranteeServicePrincipal", "RetiringServicePrincipal"
	}
	grant := `{"` + name + `": "` + c.Principal.ARN + `", "` + retiring + `": "` + c.Principal.ARN + `", "Operations": ["` +
		strings.Join(operations, `", "`) + `"]}`
	section := w.file.NewSection(w.request.Check.Resource, "grants.json")
	for i := range w.out.Sections {
		s := &w.out.Sections[i]
		if end := strings.LastIndexByte(s.Text, ']'); s.Name == section && end >= 0 {
			before := strings.TrimRight(s.Text[:end], " \t\r\n")
			if !strings.HasSuffix(before, "[") {
				before += ","
			}
			s.Text = before + "\n  " + grant + s.Text[end:]
			return
		}
	}
	w.add(section, "["+grant+"]")
}
