package scenario

import (
	"strings"

	"why403/engine"
	"why403/engine/policy"
)

// The accounts that a caller moves to when it leaves the resource's account.
const (
	secondAccount = "444455556666"
	thirdAccount  = "111122223333"
)

// SwitchAccounts moves the caller of the first request to the resource's
// account, or out of it to a second one, in the request and wherever else the
// caller is mentioned. It gives the new text, and whether the request is now
// in "same-account" or "cross-account" mode. Where nothing can be moved, the
// text stays and a problem says why.
func SwitchAccounts(text string) (moved, mode string, problems []policy.Problem) {
	f := Parse(text)
	mode = "same-account"
	if len(f.Scenario.Requests) == 0 {
		return text, mode, f.Problems
	}
	r := &f.Scenario.Requests[0]
	cross := r.CrossAccount()
	if cross {
		mode = "cross-account"
	}
	home := r.ResourceAccount
	if r.Principal.Account == "" || home == "" {
		return text, mode, []policy.Problem{{Section: requestSection(r), Code: "no-accounts",
			Message: "There are no two accounts to tell apart: the caller is in none, or the resource is in none. Name a user, a role or a root user, and a resource with an account."}}
	}
	if cross {
		// Across accounts the caller's account stands for the caller alone.
		return replace(text, r.Principal.Account, home, false), "same-account", nil
	}
	to := secondAccount
	if home == to {
		to = thirdAccount
	}
	for _, name := range mentions(&r.Principal) {
		text = replace(text, name, strings.Replace(name, r.Principal.Account, to, 1), true)
	}
	return withResourceAccount(text, r, home), "cross-account", nil
}

func requestSection(r *engine.Request) string {
	if r.Name == "" {
		return "request"
	}
	return "request/" + r.Name
}

// mentions is the ARNs that name the caller: itself, and what is behind it.
func mentions(p *engine.Principal) []string {
	names := []string{p.ARN}
	if p.Kind == engine.Root {
		// In policies this ARN is the account, which stays where it is.
		return []string{"principal: " + p.ARN}
	}
	for _, name := range []string{p.Role, p.FederatedBy} {
		if name != "" && name != p.ARN {
			names = append(names, name)
		}
	}
	return names
}

// replace puts one name in the place of another. A whole name does not stand
// at the beginning of a longer one.
func replace(text, from, to string, whole bool) string {
	var b strings.Builder
	for {
		before, after, found := strings.Cut(text, from)
		b.WriteString(before)
		if !found {
			return b.String()
		}
		if whole && after != "" && nameByte(after[0]) {
			b.WriteString(from)
		} else {
			b.WriteString(to)
		}
		text = after
	}
}

// nameByte reports whether a byte can continue the name of a user or role.
func nameByte(c byte) bool {
	return strings.IndexByte("+=,.@_-/", c) >= 0 || c >= '0' && c <= '9' || c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z'
}

// withResourceAccount adds the resource's account to the request where nothing
// else says it any more.
func withResourceAccount(text string, r *engine.Request, home string) string {
	f := Parse(text)
	if len(f.Scenario.Requests) == 0 || f.Scenario.Requests[0].ResourceAccount != "" {
		return text
	}
	section := requestSection(r)
	for i := range f.Sections {
		if f.Sections[i].Name == section {
			f.Sections[i].Text = strings.TrimRight(f.Sections[i].Text, "\r\n") + "\nresource-account: " + home + "\n"
		}
	}
	return f.Format()
}
