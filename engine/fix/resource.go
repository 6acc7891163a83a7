package fix

import (
	"strings"

	"why403/engine"
	"why403/engine/policy"
)

// mendResource makes a statement cover the resource: it gets the ending that
// its parts have, or one resource more.
func (m *mover) mendResource(s *stated) {
	asked := m.check.Resource
	if s.Resource.Not {
		for i, r := range s.Resource.Values {
			if r.Value == asked && len(s.Resource.Values) > 1 {
				m.change(s, MendStatement, Lists|WholeStatement, withoutItem(s.text(), s.Resource.Span, i),
					"Take "+asked+" out of NotResource in "+s.name(), "")
			}
		}
		return
	}
	if m.version(s, texts(s.Resource.Values)) {
		return
	}
	for i := range s.Resource.Values {
		if part := partOf(s.Resource.Values[i].Value, asked); part != "" {
			m.extend(s, &s.Resource.Values[i], part)
			return
		}
	}
	if asked == "*" {
		m.allResources(s)
		return
	}
	for _, value := range m.alike(s) {
		around, guardless := m.around(s)
		m.change(s, MendStatement, Lists|guardless, withValue(s.text(), s.Resource.Span, value),
			"Add "+value+" to the resources of "+s.name(), sentences(m.onResource(s, value), around))
	}
}

// allResources is for an action that has no resource: no ARN matches it.
func (m *mover) allResources(s *stated) {
	if len(s.Action.Values) == 1 && !strings.ContainsAny(s.Action.Values[0].Value, "*?") {
		m.change(s, MendStatement, Corrects, s.text()[:s.Resource.Span.Start]+`"*"`+s.text()[s.Resource.Span.End:],
			"Write * as the Resource of "+s.name(), "")
	}
}

// extend gives a resource of a statement the ending of its parts: beside it
// where the statement has actions on the whole too, in its place otherwise.
func (m *mover) extend(s *stated, r *policy.Text, part string) {
	if m.onlyParts(s, part) {
		m.change(s, MendStatement, Corrects, replaced(s.text(), r.Span, part), "Write "+part+" in the place of "+r.Value+" in "+s.name(),
			m.onResource(s, part))
		return
	}
	m.change(s, MendStatement, Lists, withValue(s.text(), s.Resource.Span, part), "Add "+part+" to the resources of "+s.name(),
		m.onResource(s, part))
}

// onlyParts reports whether no action of a statement is asked on the whole, as
// far as the reference can tell.
func (m *mover) onlyParts(s *stated, part string) bool {
	for _, a := range s.Action.Values {
		if strings.Contains(a.Value, "*") {
			return false
		}
		_, action := m.asked.World.Action(a.Value)
		if action == nil || len(action.TypesOf(part)) == 0 || len(action.TypesOf(strings.TrimRight(strings.TrimSuffix(part, "*"), "/:"))) > 0 {
			return false
		}
	}
	return true
}

// partOf is the pattern of the parts of a resource that the one that is asked
// for is among: objects of a bucket, indexes of a table, paths of a domain,
// streams of a log group, versions of a function. It is "" where it is none.
func partOf(whole, asked string) string {
	rest, ok := strings.CutPrefix(asked, whole)
	if !ok || rest == "" || strings.ContainsAny(whole, "*?") || strings.Count(whole, ":") < 5 {
		return ""
	}
	switch {
	case strings.HasPrefix(rest, "/index/"):
		return whole + "/index/*"
	case rest[0] == '/' || rest[0] == ':':
		return whole + rest[:1] + "*"
	}
	return ""
}

// alike is what to add to the resources of a statement so that they cover the
// one that is asked for, written as its others of the kind are; then the
// resource itself.
func (m *mover) alike(s *stated) (out []string) {
	asked := strings.NewReplacer("${", "${$}{").Replace(m.check.Resource)
	for i := range s.Resource.Values {
		if v := asSibling(s.Resource.Values[i].Value, asked); v != "" && v != asked && !has(out, v) {
			out = append(out, v)
		}
	}
	if len(out) > 1 {
		out = out[:1]
	}
	return append(out, asked)
}

// asSibling writes an ARN with a star from where a sibling has one, "" where
// they are of different kinds. A whole bucket, or a whole type, is the most
// that the star then stands for.
func asSibling(sibling, asked string) string {
	a, b := strings.SplitN(sibling, ":", 6), strings.SplitN(asked, ":", 6)
	if len(a) != 6 || len(b) != 6 || a[2] != b[2] || (a[3] == "") != (b[3] == "") || !strings.HasSuffix(a[5], "/*") {
		return ""
	}
	if stem := strings.TrimSuffix(a[5], "/*"); strings.ContainsAny(stem, "*?$") {
		return ""
	}
	depth := strings.Count(a[5], "/")
	parts := strings.Split(b[5], "/")
	if len(parts) <= depth {
		return ""
	}
	b[5] = strings.Join(parts[:depth], "/") + "/*"
	return strings.Join(b, ":")
}

// onResource says what a resource that a statement gets comes to.
func (m *mover) onResource(s *stated, value string) string {
	var what []string
	if a := texts(s.Action.Values); len(a) != 1 || !strings.EqualFold(a[0], m.check.Action) {
		what = append(what, short(a))
	}
	if value != m.check.Resource {
		what = append(what, "on all of "+value)
	}
	if p := principalTexts(s.Principal.Values); len(p) > 1 || len(p) == 1 && !m.isCaller(p[0]) {
		what = append(what, "for "+short(p))
	}
	if len(what) == 0 {
		return ""
	}
	if strings.HasPrefix(what[0], "on ") || strings.HasPrefix(what[0], "for ") {
		what = append([]string{m.check.Action}, what...)
	}
	return "Then allows " + strings.Join(what, " ") + "."
}

// facts makes the moves for gates that no policy opens.
func (m *mover) facts() {
	if m.decision.Withheld&engine.OrganizationGate != 0 && m.check.ManagementAccount != "" && m.check.Principal.Account != "" {
		p := strings.Replace(m.check.Principal.ARN, m.check.Principal.Account, m.check.ManagementAccount, 1)
		m.request(AskElsewhere, "Call it from the management account "+m.check.ManagementAccount+", or make your account a delegated "+
			"administrator",
			func(l lines) lines { return l.set("principal", p) })
	}
}
