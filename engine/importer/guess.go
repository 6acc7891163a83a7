package importer

import (
	"strings"

	"why403/engine/policy"
)

// guess is the place that a policy is taken for, and why. Without an id nothing
// tells it, and why says so.
type guess struct{ id, why string }

// notChosen is what is not known while a person has to choose.
const notChosen = "What this policy is attached to"

// guessCaller guesses what a policy without Principal is attached to.
func (p *paste) guessCaller(root *policy.Node, document string) guess {
	if g := p.guessPresent(ofCaller, document); g.id != "" {
		return g
	}
	if g := p.guessCommand(); g.id != "" {
		return g
	}
	if g := p.guessHeading(ofCaller); g.id != "" {
		return g
	}
	allows, denies := effects(root)
	outcome, blamed := p.blame()
	section := sectionOf(ofCaller, blamed)
	switch {
	case section != "" && !p.hasAny(section) && (denies && outcome == "explicit deny" || outcome != "explicit deny" && blamed != "identity"):
		return guess{blamed, "AWS's message names this policy type, and none is here yet."}
	case !allows && ofOrganization(document):
		return guess{"", "It only denies, as service control policies do; an identity-based policy can have the same text. Choose which it is."}
	case !allows:
		return guess{"", "It only denies. An identity-based policy can, and a service control policy. Choose which it is."}
	case allowsAll(root):
		return guess{"", "FullAWSAccess, a service control policy, and AdministratorAccess, an identity-based policy, both allow everything. " +
			"Choose which it is."}
	}
	return guess{"identity", "It allows, and has no Principal: most such policies are identity-based."}
}

// guessResource guesses what a policy with Principal is attached to. The policy
// of a resource names somebody, or some resource.
func (p *paste) guessResource(root *policy.Node, document string) guess {
	if g := p.guessPresent(ofResource, document); g.id != "" {
		return g
	}
	if g := p.guessCommand(); g.id == "resource" {
		return g
	}
	if g := p.guessHeading(ofResource); g.id != "" {
		return g
	}
	allows, _ := effects(root)
	outcome, blamed := p.blame()
	switch {
	case blamed == "rcp" && !allows || blamed == "endpoint" && (outcome != "explicit deny" || !allows):
		return guess{blamed, "AWS's message names this policy type."}
	case !forEverything(root):
		return guess{"resource", "It names somebody, or some resource, as policies of resources do."}
	case !allows:
		return guess{"", "It only denies, to everybody and on everything, as resource control policies do; the policy of a resource or of a " +
			"VPC endpoint can have the same text. Choose which it is."}
	case service(root) == "":
		return guess{"", "It is for everybody and everything, as policies of VPC endpoints are; the policy of a resource can have the same " +
			"text. Choose which it is."}
	}
	return guess{"resource", "It is about one service, as policies of resources are."}
}

// guessPresent goes by where the same policy stands already.
func (p *paste) guessPresent(places []place, document string) guess {
	for _, at := range places {
		for i := range p.file.Sections {
			s := &p.file.Sections[i]
			if strings.HasPrefix(s.Name, sectionOf(places, at.id)) && strings.TrimSpace(s.Text) == strings.TrimSpace(document) {
				return guess{at.id, "The same policy stands there already."}
			}
		}
	}
	return guess{}
}

// printers are the commands that print a policy of one type and nothing else,
// as a list with the place behind.
var printers = []struct{ command, id string }{
	{"aws iam get-role-policy ", "identity"}, {"aws iam get-user-policy ", "identity"}, {"aws iam get-group-policy ", "identity"},
	{"aws iam get-policy-version ", "identity"}, {"aws organizations describe-policy ", "scp"},
	{"aws s3api get-bucket-policy ", "resource"}, {"aws kms get-key-policy ", "resource"},
}

// guessCommand goes by the command above an output.
func (p *paste) guessCommand() guess {
	for _, row := range printers {
		if strings.HasPrefix(p.command, row.command) {
			return guess{row.id, "The command that printed it prints such policies."}
		}
	}
	return guess{}
}

// blame is the outcome and the policy type that AWS names in its answer to the
// request: one that was pasted with the policy, or the scenario's.
func (p *paste) blame() (outcome, blamed string) {
	if p.said != nil {
		return p.said.Outcome, p.said.Type
	}
	s := p.section("error")
	if s == nil {
		return "", ""
	}
	var f facts
	if f.judge(s.Text); f.blamed == nil {
		return "", ""
	}
	return f.outcome, f.blamed.name
}

// hasAny reports whether the scenario has a policy in a section that begins so.
func (p *paste) hasAny(prefix string) bool {
	for i := range p.file.Sections {
		if s := &p.file.Sections[i]; strings.HasPrefix(s.Name, prefix) && strings.TrimSpace(s.Text) != "" {
			return true
		}
	}
	return false
}

// sectionOf gives where a place keeps its policies: all of an organization's
// levels are one.
func sectionOf(places []place, id string) string {
	for _, at := range places {
		if at.id == id {
			return strings.TrimSuffix(at.section, "1-root/")
		}
	}
	return ""
}

// effects reports whether a policy has an Allow and a Deny.
func effects(root *policy.Node) (allows, denies bool) {
	for _, s := range statements(root) {
		allows = allows || str(s, "Effect") == "Allow"
		denies = denies || str(s, "Effect") == "Deny"
	}
	return allows, denies
}

// allowsAll reports whether a statement allows every action on everything.
func allowsAll(root *policy.Node) bool {
	for _, s := range statements(root) {
		if str(s, "Effect") == "Allow" && only(s, "Action", "*") && only(s, "Resource", "*") && get(s, "Condition") == nil {
			return true
		}
	}
	return false
}

// forEverything reports whether all statements are for everybody and for every
// resource.
func forEverything(root *policy.Node) bool {
	for _, s := range statements(root) {
		if !only(s, "Resource", "*") || !only(s, "Principal", "*") && !only(s, "Principal/AWS", "*") {
			return false
		}
	}
	return true
}

// only reports whether an element has one value, this one.
func only(s *policy.Node, element, value string) bool {
	all := oneOrMore(s, element)
	return len(all) == 1 && all[0].Value == value
}

// organizationSigns are what service control policies are mostly about, in lower
// case: the Regions in use, the organization, and root users, whom no
// identity-based policy reaches.
//
// https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps_examples.html
var organizationSigns = []string{"aws:requestedregion", "aws:principalorgid", `"organizations:`, `"account:`, `:root"`}

func ofOrganization(document string) bool {
	document = strings.ToLower(document)
	for _, sign := range organizationSigns {
		if strings.Contains(document, sign) {
			return true
		}
	}
	return false
}
