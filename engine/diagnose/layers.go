package diagnose

import (
	"slices"
	"strings"

	"why403/engine"
	"why403/engine/explain"
	"why403/engine/policy"
	"why403/engine/scenario"
)

// known is how much is known of the policies of a type.
type known uint8

const (
	unknown known = iota
	given
	none
)

// layer is a policy type that AWS looks at for the request, as a line
// "unknown:" names it.
type layer struct {
	name  string
	state known
	part  bool // some of it was brought, and not all
}

// layerTypes is the policy types of each layer, in the order in which AWS goes
// through them.
//
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic_policy-eval-denyallow.html
var layerTypes = []struct {
	name     string
	types    []policy.Type
	sections string // how the names of its sections begin
	several  bool   // there can be more than one policy: some can be known, and others not
}{
	{"scp", []policy.Type{policy.SCP}, "scp/", true},
	{"rcp", []policy.Type{policy.RCP}, "rcp/", true},
	{"endpoint", []policy.Type{policy.Endpoint}, "endpoint.json", false},
	{"resource", []policy.Type{policy.Resource, policy.Key, policy.Trust, policy.Stack}, "resource.json policy.json", false},
	{"grants", nil, "grants.json", true},
	{"identity", []policy.Type{policy.Identity}, "identity/", true},
	{"boundary", []policy.Type{policy.Boundary}, "boundary.json", false},
	{"session", []policy.Type{policy.Session}, "session/ session.json", true},
}

// several reports whether there can be more than one policy of a layer.
func several(name string) bool {
	for _, row := range layerTypes {
		if row.name == name {
			return row.several
		}
	}
	return false
}

// layerOf is the layer of a policy type, as explain.TypeName has it.
func layerOf(typeName string) string {
	switch typeName {
	case "trust":
		return "resource"
	case "grant":
		return "grants"
	}
	return typeName
}

// findLayers says of each policy type that AWS looks at what is known of it.
func (s *state) findLayers(file *scenario.File) (out []layer) {
	open, others := s.unknownTypes(file)
	d := s.check.Decision
	for _, row := range layerTypes {
		present := row.name == "grants" && len(s.check.Grants) > 0
		applies := row.name == "grants" && s.check.ResourceType() == policy.Key
		for _, t := range row.types {
			present = present || d.Present.Has(t)
			applies = applies || d.Applies.Has(t) && s.concerns(t)
		}
		l := layer{name: row.name, state: none}
		switch {
		case !applies && !present:
			continue
		case !present && slices.Contains(s.brought.None, row.name):
		case present || s.hasSection(row.sections) && (row.name != "resource" || s.ofRequest()):
			l.state, l.part = given, row.several && slices.Contains(others, row.name) && !s.saidNone(row.name)
		case (slices.Contains(open, row.name) || row.name == "resource" && !s.brought.Complete && !s.ofRequest()) &&
			!slices.Contains(s.brought.None, row.name) && !s.saidNone(row.name):
			l.state = unknown
		}
		out = append(out, l)
	}
	return out
}

// concerns reports whether the caller, or the resource, can have policies of a
// type.
func (s *state) concerns(t policy.Type) bool {
	kind := s.check.Principal.Kind
	ofAccount := kind == engine.User || kind == engine.RoleSession || kind == engine.FederatedUser
	switch t {
	case policy.Identity, policy.Boundary:
		return ofAccount
	case policy.Session:
		return kind == engine.RoleSession || kind == engine.FederatedUser
	case policy.SCP:
		return ofAccount || kind == engine.Root
	case policy.Resource, policy.Key, policy.Trust, policy.Stack:
		return t == s.check.ResourceType() && engine.HasPolicy(s.check.Action, s.check.Resource) && s.check.Service().Rule != engine.NoPolicy &&
			!s.withinShares()
	}
	return true
}

// withinShares reports whether no policy of the resource has a say, as
// engine.Check.WithinShares has it, and what was brought names both accounts.
func (s *state) withinShares() bool {
	return s.check.WithinShares() && told(s.check.Principal.Account)
}

// ofRequest reports whether the check is about the resource that the request
// names, and not about what the call asks besides.
func (s *state) ofRequest() bool {
	return engine.PolicyARN(s.check.Resource) == engine.PolicyARN(s.request.Resource)
}

// hasSection reports whether the file has a section of a type: an empty policy
// was brought too.
func (s *state) hasSection(prefixes string) bool {
	for _, section := range s.file.Sections {
		for _, prefix := range strings.Fields(prefixes) {
			if strings.HasPrefix(section.Name, prefix) && strings.HasSuffix(section.Name, ".json") {
				return true
			}
		}
	}
	return false
}

// unknownTypes is what the request, and the headers of what it is about, say
// under "unknown:", without what they say under "none:". A star is what is not
// given: it says nothing of others beside what is, as a name does.
func (s *state) unknownTypes(file *scenario.File) (open, others []string) {
	words := map[string][]string{}
	for i := range file.Sections {
		section := &file.Sections[i]
		if section.Name != s.request.Section && !s.about(section) {
			continue
		}
		for _, l := range scenario.Lines(section.Text) {
			key := strings.ToLower(l.Key)
			words[key] = append(words[key], strings.Fields(strings.ReplaceAll(l.Value, ",", " "))...)
		}
	}
	none := func(name string) bool { return slices.Contains(words["none"], name) }
	others = slices.DeleteFunc(words["unknown"], none)
	if open = slices.Clone(others); slices.Contains(open, "*") {
		for _, row := range layerTypes {
			open = append(open, row.name)
		}
	}
	return slices.DeleteFunc(open, none), others
}

// about reports whether a section is the header of the caller, of the resource,
// or of the account of one of them.
func (s *state) about(section *scenario.Section) bool {
	kind, name, _ := strings.Cut(section.Name, "/")
	if strings.HasSuffix(name, ".json") {
		return false
	}
	if kind == "account" {
		return name == s.check.Principal.Account || name == s.check.ResourceAccount
	}
	for _, l := range scenario.Lines(section.Text) {
		if kind == "entity" && l.Key == "arn" {
			return l.Value == s.check.Principal.Attached() || engine.Covers(l.Value, s.check.Resource)
		}
	}
	return false
}

// saidNone reports whether a person said that there is no policy of a type.
func (s *state) saidNone(name string) bool {
	return slices.ContainsFunc(s.answers, func(a Answer) bool {
		row := commandOf(a.Command)
		return a.Kind == None && row != nil && row.layer == name && (row.with == "" || slices.Contains(s.answers, Answer{row.with, None}))
	})
}

func (s *state) layer(typeName string) *layer {
	for i := range s.layers {
		if s.layers[i].name == layerOf(typeName) {
			return &s.layers[i]
		}
	}
	return nil
}

func (s *state) given(typeName string) bool {
	l := s.layer(typeName)
	return l != nil && l.state == given
}

func (s *state) unknown(typeName string) bool {
	l := s.layer(typeName)
	return l != nil && (l.state == unknown || l.part)
}

// says is what the policies of a type that were brought come to, as
// [explain.Said] has it.
func (s *state) says(typeName string) string {
	for i := range s.check.Answer.Said {
		if said := &s.check.Answer.Said[i]; layerOf(said.Type) == layerOf(typeName) && said.Type != "grant" {
			return said.Said
		}
	}
	return "absent"
}

// noun is what a layer is called in a sentence.
func (s *state) noun(name string) string {
	switch name {
	case "grants":
		return "a grant on the key"
	case "resource":
		return explain.Noun(s.check.ResourceType())
	}
	for _, row := range layerTypes {
		if row.name == name {
			return explain.Noun(row.types[0])
		}
	}
	return name
}
