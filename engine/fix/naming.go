package fix

import (
	"strings"

	"why403/engine"
	"why403/engine/policy"
)

// name is how a statement, or a grant, says whom it is for.
type name struct {
	key     string // of the Principal element; "" for everyone
	value   string
	tests   []guard // what narrows it further
	loosens string
	note    string // what to know besides
	traits  Traits
}

// guard is a condition of a new statement.
type guard struct{ operator, key, value string }

// names is the names of the caller that open a gate, the closest first. A
// session is new each time, so it is its role that is named.
//
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html
func (m *mover) names(kinds engine.Kinds) (out []name) {
	p := &m.check.Principal
	if p.Account == "" {
		return m.guest()
	}
	switch {
	case p.Kind == engine.RoleSession:
		if kinds&engine.Parent != 0 {
			out = append(out, name{key: "AWS", value: p.Role, note: m.pathWords()})
		}
	case p.Kind == engine.FederatedUser && kinds&engine.Parent != 0 && p.FederatedBy != "" && p.FederatedBy != root(p.ARN, p.Account):
		out = append(out, name{key: "AWS", value: p.FederatedBy, loosens: "Lets the IAM user itself in, and all its sessions."})
	case kinds&engine.Direct != 0:
		out = append(out, name{key: "AWS", value: p.ARN})
	}
	if kinds&engine.Account != 0 && p.Kind != engine.Root {
		out = append(out, m.wholeAccount())
	}
	return out
}

// wholeAccount leaves it to the IAM policies of the caller's account who there
// gets in.
func (m *mover) wholeAccount() name {
	p := &m.check.Principal
	return name{key: "AWS", value: root(p.ARN, p.Account), traits: WholeAccount,
		loosens: "Trusts the whole account " + p.Account + ": its IAM policies say who may " + m.check.Action + " here."}
}

// pathWords says that the ARN of the role rests on a path that nothing tells.
func (m *mover) pathWords() string {
	if !m.check.Principal.UnknownPath {
		return ""
	}
	return "The ARN of a session does not tell the path of its role: if the role has one, put it into this ARN."
}

// guest names a caller without an account, narrowed to what the request tells
// of it. AWS takes no unsigned request for a key or a role, and S3 can be set
// to refuse a policy for everyone.
//
// https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html
func (m *mover) guest() []name {
	p := &m.check.Principal
	switch p.Kind {
	case engine.ServicePrincipal:
		return []name{m.service()}
	case engine.OriginAccessIdentity:
		return []name{{key: "AWS", value: p.ARN}}
	case engine.WebFederated:
		return []name{m.provider()}
	}
	if m.check.ResourceType() != policy.Resource || m.check.BlockPublic&engine.BlockPublicPolicy != 0 ||
		m.check.Service().Rule == engine.NoPolicy {
		return nil
	}
	return []name{{traits: Public, loosens: "Lets everyone in, signed in or not.",
		note: "Safer: sign the request as a user or a role, and let that in."}}
}

// service names a service for the resource, or the account, that it acts for.
func (m *mover) service() name {
	n := name{key: "Service", value: m.check.Principal.ARN}
	if arn := m.one("aws:SourceArn"); arn != "" {
		n.tests = append(n.tests, guard{"ArnLike", "aws:SourceArn", arn})
	}
	if account := m.one("aws:SourceAccount"); account != "" {
		n.tests = append(n.tests, guard{"StringEquals", "aws:SourceAccount", account})
	}
	if len(n.tests) == 0 && m.check.ResourceType() != policy.Trust {
		n.loosens = "Lets the service in for every account: the request has no aws:SourceArn and no aws:SourceAccount to hold it to."
	}
	return n
}

// provider holds an identity provider to the audience and the subject.
//
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_iam-condition-keys.html#condition-keys-wif
func (m *mover) provider() name {
	n := name{key: "Federated", value: m.check.Principal.FederatedBy}
	prefix := "SAML"
	if _, host, ok := strings.Cut(n.value, ":oidc-provider/"); ok {
		prefix = host
	}
	subject := false
	for _, key := range [...]string{prefix + ":aud", prefix + ":sub"} {
		if v := m.one(key); v != "" {
			n.tests = append(n.tests, guard{"StringEquals", key, v})
			subject = subject || strings.HasSuffix(key, ":sub")
		}
	}
	if n.loosens = m.proposals(); !subject {
		n.loosens = "Lets in everyone whom this provider signs in."
	}
	if n.loosens != "" {
		n.traits = DropsGuard
	}
	return n
}

// principal is the Principal element of a new statement.
func (n *name) principal() string {
	if n.key == "" {
		return `"*"`
	}
	return `{` + quote(n.key) + `:` + quote(n.value) + `}`
}

// root is the ARN of an account, in the partition of another ARN.
func root(arn, account string) string {
	_, rest, _ := strings.Cut(arn, ":")
	partition, _, _ := strings.Cut(rest, ":")
	return "arn:" + partition + ":iam::" + account + ":root"
}
