package fix

import (
	"strconv"
	"strings"

	"why403/engine"
	"why403/engine/policy"
)

// grant makes a grant on the key. KMS grants a service nothing without the
// resource that it acts for, and someone to retire the grant.
//
// https://docs.aws.amazon.com/kms/latest/APIReference/API_CreateGrant.html
func (m *mover) grant(byCaller bool, kinds engine.Kinds) {
	r := m.check
	operation := strings.TrimPrefix(r.Action, "kms:")
	if r.AWSManagedKey || !engine.GrantOperations[strings.ToLower(operation)] {
		return
	}
	title, issuer := "Add a grant", r.ResourceAccount
	if byCaller {
		title, issuer = "Add a grant that the caller's account makes", r.Principal.Account
	}
	for _, n := range m.names(kinds &^ engine.Account) {
		var g fields
		g.text("KeyId", r.Resource)
		g.text("GrantId", m.grantID())
		g.text("IssuingAccount", root(r.Resource, issuer))
		if r.Principal.Kind == engine.ServicePrincipal {
			source := m.one("aws:SourceArn")
			if source == "" {
				return
			}
			g.text("GranteeServicePrincipal", n.value)
			g.text("RetiringServicePrincipal", n.value)
			g.field("Constraints", `{"SourceArn":`+quote(source)+"}")
		} else {
			g.text("GranteePrincipal", n.value)
			g.field("Constraints", m.contextConstraint())
		}
		g.field("Operations", "["+quote(operation)+"]")
		if lost := m.lost(policy.Key, m.contextKeys()); lost != "" {
			n.traits, n.loosens = n.traits|DropsGuard, sentences(n.loosens, lost)
		}
		m.addGrant(title+" for "+n.value, g, n)
	}
}

const contextKey = "kms:encryptioncontext:"

// contextKeys is the condition keys of the request's encryption context, in
// lower case.
func (m *mover) contextKeys() (out []string) {
	m.check.Context.Each(func(key string, _ []string) {
		if lower := strings.ToLower(key); strings.HasPrefix(lower, contextKey) {
			out = append(out, lower)
		}
	})
	return out
}

// contextConstraint holds a grant to the encryption context of the request, ""
// where it has none.
func (m *mover) contextConstraint() string {
	var pairs fields
	m.check.Context.Each(func(key string, values []string) {
		if strings.HasPrefix(strings.ToLower(key), contextKey) && len(values) == 1 {
			pairs.field(escaped(key[len(contextKey):]), quote(values[0]))
		}
	})
	if len(pairs) == 0 {
		return ""
	}
	return `{"EncryptionContextSubset":` + pairs.object() + "}"
}

func (m *mover) addGrant(title string, g fields, n name) {
	section := m.file.NewSection(m.check.Resource, "grants.json")
	text := document(grants, g.object())
	if old, ok := m.file.Section(section); ok {
		text = appended(old, grants, g.object())
	}
	one := move{kind: AddGrant, section: section, text: text, title: title, loosens: n.loosens, note: n.note, traits: Grants | n.traits,
		owner: m.owner(policy.Key)}
	m.out = append(m.out, one)
}

// grantID stands for the ID that KMS makes.
func (m *mover) grantID() string {
	id := "new-grant"
	for i, n := 0, 2; i < len(m.check.Grants); i++ {
		if m.check.Grants[i].ID == id {
			id, i, n = "new-grant-"+strconv.Itoa(n), -1, n+1
		}
	}
	return id
}
