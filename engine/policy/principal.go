package policy

import (
	"slices"
	"strings"
)

// principalKinds are the keys of a Principal element.
var principalKinds = map[string]PrincipalKind{
	"AWS": AWS, "Service": Service, "Federated": Federated, "CanonicalUser": CanonicalUser,
}

var principalKeys = []string{"AWS", "Service", "Federated", "CanonicalUser"}

// PrincipalKeys is the keys of a Principal element.
func PrincipalKeys() []string { return slices.Clone(principalKeys) }

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
			p.add(v.Span, Warning, "not-principal-account",
				"An account spares its root user alone here. Its users and roles are denied: list each of them beside the account, or deny \"*\" "+
					"with a condition on aws:PrincipalArn.", doc)
		case !root && !accounts[account]:
			p.add(v.Span, Warning, "not-principal-alone",
				"AWS may deny this principal all the same: list its account, "+account+", beside it. A role is spared only together with its "+
					"account.", doc)
		}
	}
}

// accountOf gives the account of a principal, "" where the value tells none,
// and whether the value is the account itself.
func accountOf(value string) (account string, itself bool) {
	if IsAccount(value) {
		return value, true
	}
	var room [6]string
	parts := components(value, &room)
	if len(parts) != 6 || !IsAccount(parts[4]) {
		return "", false
	}
	return parts[4], parts[5] == "root"
}

// checkPrincipal reports a value that can name nobody.
func (p *parser) checkPrincipal(v PrincipalValue) {
	const doc = iamGuide + "reference_policies_elements_principal.html"
	if message := namesNobody(v); message != "" {
		p.add(v.Span, Warning, "bad-principal", message, doc)
		return
	}
	switch {
	case v.Kind == CanonicalUser && !IsAccount(v.Value):
		p.add(v.Span, Warning, "canonical-user",
			"This tool can't map a canonical user ID to an account, so it matches nobody. Write {\"AWS\": \"ACCOUNT\"} with its 12 digits (aws "+
				"s3api list-buckets prints the ID of your own account as Owner), or the ARN of the origin access identity.",
			"https://docs.aws.amazon.com/general/latest/gr/acct-identifiers.html#FindingCanonicalId")
	case v.Kind == AWS && UniqueID(v.Value):
		p.add(v.Span, Warning, "deleted-principal",
			"IAM shows a unique ID where the user or role that was named is deleted. One of the same name that was made since is another, and "+
				"not let in: save the policy with its ARN again.",
			iamGuide+"reference_identifiers.html#identifiers-unique-ids")
	case v.Kind == AWS:
		p.placeholder(v.Text)
	}
}

// NamesNobody says why a value can name nobody, or "": a sentence.
func NamesNobody(v PrincipalValue) string { return namesNobody(v) }

// namesNobody says why a value can name nobody, or "".
func namesNobody(v PrincipalValue) string {
	switch s := v.Value; {
	case v.Kind == Service && s != "*" && !strings.Contains(s, "."):
		return "There is no service " + shorten(s) + ". A service principal is a name such as " + shorten(s) + ".amazonaws.com."
	case v.Kind == AWS && strings.HasSuffix(s, ".amazonaws.com"):
		return "This matches nobody: a service is listed under \"Service\", not under \"AWS\"."
	case v.Kind == AWS && strings.Contains(s, ":instance-profile/"):
		return "This matches nobody: an instance profile is not a principal. Name the role in it."
	case v.Kind == AWS && strings.HasPrefix(s, "arn:") && strings.Contains(s, ":policy/"):
		return "This matches nobody: a policy is not a principal. Name the user or the role that it is attached to."
	case v.Kind == AWS && strings.Contains(s, ":assumed-role/") && strings.Count(s, "/") < 2:
		return "This matches nobody: a session's ARN is assumed-role/ROLE/SESSION. To name all sessions of the role, write the role's ARN: " +
			"arn:aws:iam::ACCOUNT:role/ROLE."
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
