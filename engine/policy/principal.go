package policy

import "strings"

// principalKinds are the keys of a Principal element.
var principalKinds = map[string]PrincipalKind{
	"AWS": AWS, "Service": Service, "Federated": Federated, "CanonicalUser": CanonicalUser,
}

var principalKeys = []string{"AWS", "Service", "Federated", "CanonicalUser"}

// principal reads Principal or NotPrincipal: "*", or an object of lists.
func (p *parser) principal(out *Principal, name Text, n *Node) {
	if out.Present {
		if out.Not == (name.Value == "NotPrincipal") {
			return // a duplicate name, which is reported already
		}
		p.error(name.Span, "both-of-a-pair", "A statement has either Principal or NotPrincipal, not both. Remove one.")
		return
	}
	*out = Principal{Present: true, Not: name.Value == "NotPrincipal", Span: n.Span}
	switch {
	case n.Kind == String && n.Value == "*":
		out.Values = []PrincipalValue{{Everyone, n.Text()}}
	case n.Kind == String:
		key := "AWS"
		if strings.Contains(n.Value, ".amazonaws.com") {
			key = "Service"
		}
		p.error(n.Span, "bad-principal", name.Value+" is \"*\" or an object. Write {\""+key+"\": \""+shorten(n.Value)+"\"}.")
	case n.Kind != Object:
		p.wrongType(n, name.Value, "\"*\" or an object")
	default:
		p.principalLists(out, n)
	}
}

func (p *parser) principalLists(out *Principal, n *Node) {
	if len(n.Items) == 0 {
		p.warn(n.Span, "empty-principal", "This names nobody.")
	}
	for i := range n.Items {
		kind, known := principalKinds[n.Names[i].Value]
		if !known {
			p.unknown(n.Names[i], "Principal", principalKeys)
			continue
		}
		for _, v := range p.strings(&n.Items[i], "Principal") {
			value := PrincipalValue{kind, v}
			p.checkPrincipal(value)
			out.Values = append(out.Values, value)
		}
	}
}

// checkSpared reports what a Deny with NotPrincipal does not spare, though it
// looks so: an account alone spares its root user, and a role or a user wants
// its account beside it.
func (p *parser) checkSpared(e *Principal) {
	const doc = iamGuide + "reference_policies_elements_notprincipal.html"
	others := map[string]bool{}   // accounts that somebody else of is listed
	accounts := map[string]bool{} // accounts that are listed
	for i := range e.Values {
		v := &e.Values[i]
		switch account, root := accountOf(v.Value); {
		case v.Kind != AWS || account == "" || namesNobody(*v) != "":
		case root:
			accounts[account] = true
		default:
			others[account] = true
		}
	}
	for i := range e.Values {
		v := &e.Values[i]
		switch account, root := accountOf(v.Value); {
		case v.Kind != AWS || account == "" || namesNobody(*v) != "":
		case root && !others[account]:
			p.add(v.Span, Warning, "not-principal-account", "An account spares its root user alone here. Its users and roles are denied: list each of them beside the account, or deny \"*\" with a condition on aws:PrincipalArn.", doc)
		case !root && !accounts[account]:
			p.add(v.Span, Warning, "not-principal-alone", "AWS may deny this principal all the same: list its account, "+account+", beside it. A role is spared only together with its account.", doc)
		}
	}
}

// accountOf gives the account of a principal, "" where the value tells none,
// and whether the value is the account itself.
func accountOf(value string) (account string, itself bool) {
	if IsAccount(value) {
		return value, true
	}
	parts := strings.SplitN(value, ":", 6)
	if len(parts) != 6 || !IsAccount(parts[4]) {
		return "", false
	}
	return parts[4], parts[5] == "root"
}

// checkPrincipal reports a value that can name nobody.
func (p *parser) checkPrincipal(v PrincipalValue) {
	if message := namesNobody(v); message != "" {
		p.add(v.Span, Warning, "bad-principal", message, iamGuide+"reference_policies_elements_principal.html")
	}
}

// namesNobody says why a value can name nobody, or "".
func namesNobody(v PrincipalValue) string {
	switch s := v.Value; {
	case v.Kind == Service && s == "*":
		return "There is no wildcard for services. Name the service, such as sns.amazonaws.com."
	case v.Kind != AWS || s == "*":
	case strings.ContainsAny(s, "*?"):
		return "This matches nobody: a principal takes no wildcard inside. Use \"*\" with the condition key aws:PrincipalArn."
	case strings.Contains(s, ":group/"):
		return "This matches nobody: a group is not a principal. Name its users, or attach an identity-based policy to it."
	case !IsAccount(s) && !strings.HasPrefix(s, "arn:") && !UniqueID(s):
		return "This matches nobody. Name a principal by its ARN or its 12-digit account ID."
	}
	return ""
}

// IsAccount reports whether s is an account ID: 12 digits.
func IsAccount(s string) bool {
	return len(s) == 12 && strings.Trim(s, "0123456789") == ""
}

// UniqueID reports whether s has the form of the unique ID of a user or role
// (AIDA…, AROA…). IAM shows one where a principal was deleted.
//
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html#identifiers-unique-ids
func UniqueID(s string) bool {
	return len(s) >= 16 && (strings.HasPrefix(s, "AIDA") || strings.HasPrefix(s, "AROA")) && strings.IndexFunc(s, notAlphanumeric) < 0
}
