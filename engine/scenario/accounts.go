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
	if len(f.Requests) == 0 {
		return text, mode, f.Problems
	}
	r := f.Requests[0].Check
	cross := r.CrossAccount()
	if cross {
		mode = "cross-account"
	}
	home := r.ResourceAccount
	if home == "" && engine.ARNPart(r.Resource, 2) == "s3" && engine.ARNPart(r.Resource, 4) == "" {
		// An S3 ARN has no account in it: until something says whose bucket it is,
		// it is judged as the caller's.
		home = r.Principal.Account
	}
	if r.Principal.Account == "" || home == "" {
		return text, mode, []policy.Problem{{Section: requestSection(r), Code: "no-accounts",
			Message: "There are no two accounts to tell apart: the caller is in none, or the resource is in none. Name a user, a role or a root " +
				"user, and a resource with an account in its ARN, or add resource-account."}}
	}
	var other string
	if cross {
		// Across accounts the caller's account stands for the caller alone.
		moved, other = replace(text, r.Principal.Account, home), "same-account"
	} else {
		moved, other = withResourceAccount(leave(f, &r.Principal, home), r, home), "cross-account"
	}
	if after := Parse(moved); len(after.Requests) == 0 || after.Requests[0].Check.CrossAccount() == cross {
		return text, mode, []policy.Problem{{Section: requestSection(r), Code: "not-movable",
			Message: "The caller can't be moved: its account is also the resource's, or the object's owner's. Change the accounts by hand."}}
	}
	return moved, other, nil
}

// leave moves the caller out of the account home, wherever it is mentioned.
func leave(f *File, p *engine.Principal, home string) string {
	to := secondAccount
	if home == to {
		to = thirdAccount
	}
	if p.Kind == engine.Root {
		// In policies this ARN is the account, which stays where it is.
		return moveRoot(f, p.ARN, strings.Replace(p.ARN, p.Account, to, 1))
	}
	text := f.Format()
	for i := range f.Requests {
		// Another request can say more of the same caller: the path of its role.
		other := &f.Requests[i].Check.Principal
		if other.ARN != p.ARN {
			continue
		}
		for _, name := range mentions(other) {
			text = replace(text, name, strings.Replace(name, p.Account, to, 1))
		}
	}
	return text
}

// moveRoot changes the principal of every request that is root.
func moveRoot(f *File, root, to string) string {
	var b strings.Builder
	b.WriteString(f.Comment)
	for _, s := range f.Sections {
		b.WriteString(s.Marker)
		text := s.Text
		if _, ok := RequestName(s.Name); ok {
			for _, l := range Lines(text) {
				if l.Key == "principal" && l.Value == root {
					text = text[:l.ValueSpan.Start] + to + text[l.ValueSpan.End:]
				}
			}
		}
		b.WriteString(text)
	}
	return b.String()
}

func requestSection(r *engine.Check) string {
	if r.Name == "" {
		return "request"
	}
	return "request/" + r.Name
}

// mentions is the ARNs that name the caller: itself, and what is behind it.
func mentions(p *engine.Principal) []string {
	names := []string{p.ARN}
	for _, name := range []string{p.Role, p.FederatedBy} {
		if name != "" && name != p.ARN {
			names = append(names, name)
		}
	}
	return names
}

// replace puts one name, or one account, in the place of another, where it is
// not a piece of a longer name.
func replace(text, from, to string) string {
	var b strings.Builder
	last := byte(' ')
	for {
		before, after, found := strings.Cut(text, from)
		b.WriteString(before)
		if !found {
			return b.String()
		}
		if before != "" {
			last = before[len(before)-1]
		}
		if nameByte(last) || after != "" && nameByte(after[0]) {
			b.WriteString(from)
		} else {
			b.WriteString(to)
		}
		text, last = after, from[len(from)-1]
	}
}

// nameByte reports whether a byte can continue the name of a user or role.
func nameByte(c byte) bool {
	return strings.IndexByte("+=,.@_-/", c) >= 0 || c >= '0' && c <= '9' || c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z'
}

// withResourceAccount adds the resource's account to the request where nothing
// else says it any more.
func withResourceAccount(text string, r *engine.Check, home string) string {
	f := Parse(text)
	if len(f.Requests) == 0 || f.Requests[0].Check.ResourceAccount != "" {
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
