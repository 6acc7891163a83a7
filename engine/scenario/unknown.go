package scenario

import (
	"strings"

	"why403/engine"
	"why403/engine/policy"
)

// unknownNames are what a line "unknown: …" can name besides condition keys.
var unknownNames = []struct {
	name  string
	types engine.Types
	set   func(*engine.Unknown)
}{
	{name: "identity", types: engine.TypesOf(policy.Identity)},
	{name: "boundary", types: engine.TypesOf(policy.Boundary)},
	{name: "session", types: engine.TypesOf(policy.Session)},
	{name: "scopedown", types: engine.TypesOf(policy.ScopeDown)},
	{name: "resource", types: engine.TypesOf(policy.Resource, policy.Key, policy.Trust)},
	{name: "scp", types: engine.TypesOf(policy.SCP)},
	{name: "rcp", types: engine.TypesOf(policy.RCP)},
	{name: "endpoint", types: engine.TypesOf(policy.Endpoint)},
	{name: "grants", set: func(u *engine.Unknown) { u.Grants = true }},
	{name: "encrypted-with", set: func(u *engine.Unknown) { u.Encryption = true }},
	{name: "*", set: func(u *engine.Unknown) { u.Rest = true }},
}

// setUnknown reads what is not known: policy types, condition keys, and * for
// all that is not given, with spaces or commas between.
func setUnknown(s *settings, v string) string {
	names := strings.Fields(strings.ReplaceAll(v, ",", " "))
	if len(names) == 0 {
		return "Name what is not known: " + unknownList() + "."
	}
	for _, name := range names {
		if !addUnknown(&s.unknown, name) {
			return "“" + name + "” can't be unknown. These can: " + unknownList() + "."
		}
	}
	return ""
}

func addUnknown(u *engine.Unknown, name string) bool {
	if tag, ok := strings.CutPrefix(name, "tag/"); ok {
		u.Keys = append(u.Keys, "aws:PrincipalTag/"+tag, "aws:ResourceTag/"+tag)
		return true
	}
	if prefix, key, ok := strings.Cut(name, ":"); ok && prefix != "" && key != "" {
		u.Keys = append(u.Keys, name)
		return true
	}
	for _, n := range unknownNames {
		if n.name == name {
			u.Types |= n.types
			if n.set != nil {
				n.set(u)
			}
			return true
		}
	}
	return false
}

func unknownList() string {
	names := make([]string, len(unknownNames)-1)
	for i := range names {
		names[i] = unknownNames[i].name
	}
	return strings.Join(names, ", ") + ", condition keys such as aws:SourceIp, and * for all that is not given"
}

// UnknownName is the word for something that is not known in a line
// "unknown: …".
func UnknownName(t engine.Thing) string {
	switch {
	case t.Key != "":
		return t.Key
	case t.Grants:
		return "grants"
	}
	for _, n := range unknownNames {
		if n.types.Has(t.Type) {
			return n.name
		}
	}
	return ""
}
