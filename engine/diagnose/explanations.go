package diagnose

import (
	"strings"

	"why403/engine"
	"why403/engine/policy"
)

const policyDeny = policy.Deny

// explanation is one way in which AWS's answer can have come about, besides the
// statements of the policies that were brought.
type explanation struct {
	id    string
	layer string // the policy type that it is about, as "unknown:" names it
	text  func(*state) string
	// possible tells whether it could be, with the reason, a sentence or "".
	possible func(*state) (because string, ok bool)
	weight   func(*state) int
	ruledOut func(*state) string // the reason, a sentence; "" where it is not
	proved   func(*state) string
	proof    string // what would prove it
	doc      string
}

const (
	evaluation = "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic_policy-eval-denyallow.html"
	denied     = "https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html"
	s3denied   = "https://docs.aws.amazon.com/AmazonS3/latest/userguide/troubleshoot-403-errors.html"
)

func constant(n int) func(*state) int       { return func(*state) int { return n } }
func words(text string) func(*state) string { return func(*state) string { return text } }
func never(*state) string                   { return "" }
func (s *state) service() string {
	return strings.ToLower(s.check.Action[:strings.IndexByte(s.check.Action+":", ':')])
}
func (s *state) textHas(words ...string) string { return firstIn(s.text, words) }

func firstIn(text string, words []string) string {
	for _, w := range words {
		if strings.Contains(text, w) {
			return w
		}
	}
	return ""
}

// explanations is every row. Layers come first: a policy type of which nothing
// was brought.
var explanations []explanation

func init() {
	for _, l := range []struct {
		name, proof string
		weight      int
		doc         string
	}{
		{"identity", "The policies of the caller.", 70,
			"https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_identity-vs-resource.html"},
		{"resource", "The policy of the resource.", 60,
			"https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_identity-vs-resource.html"},
		{"scp", "The service control policies at the account, its organizational units and the root.", 40,
			"https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps_evaluation.html"},
		{"boundary", "The permissions boundary of the user or role, or that it has none.", 35,
			"https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html"},
		{"endpoint", "Whether the request goes through a VPC endpoint, and its policy.", 30,
			"https://docs.aws.amazon.com/vpc/latest/privatelink/vpc-endpoints-access.html"},
		{"session", "The call that started the session: whether it passed a session policy.", 25,
			"https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies.html#policies_session"},
		{"rcp", "The resource control policies at the resource's account.", 20,
			"https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_rcps.html"},
		{"grants", "The grants on the key.", 15, "https://docs.aws.amazon.com/kms/latest/developerguide/grants.html"},
	} {
		explanations = append(explanations, explanation{
			id: "layer-" + l.name, layer: l.name, proof: l.proof, doc: l.doc,
			text: func(s *state) string { return s.layerText(l.name) },
			possible: func(s *state) (string, bool) {
				return "", s.disowned(l.name) || s.unknown(l.name) && (s.verdict != agrees && !s.settled() || s.layerOut(l.name) != "")
			},
			weight:   func(s *state) int { return s.layerWeight(l.name, l.weight) },
			ruledOut: func(s *state) string { return s.layerOut(l.name) },
			proved:   func(s *state) string { return s.layerProved(l.name) },
		})
	}
	explanations = append(explanations, contradictions...)
	explanations = append(explanations, noPolicies...)
	explanations = append(explanations, awsOwned)
}

// layerText is what it means that a layer is the cause.
func (s *state) layerText(name string) string {
	noun := s.noun(name)
	switch {
	case s.disowned(name):
		return sentence(noun + " is there, though it is not given: AWS names it. It was attached since, or the caller is another one")
	case name == "grants":
		return "No grant on the key lets the caller in. (The grants are not known yet.)"
	case s.said.Outcome == "explicit deny" && layerOf(s.said.Type) == name:
		return "The statement that denies is in " + noun + ", which is not known yet."
	case s.said.Outcome == "implicit deny" && layerOf(s.said.Type) == name:
		return sentence(noun + ", which is not known yet, does not allow it")
	case s.said.Outcome == "implicit deny" && s.said.Type == "" && name != "rcp":
		return sentence(noun + ", which is not known yet, does not allow it")
	case name == "rcp" || s.said.Outcome == "explicit deny" && s.said.Type == "":
		return sentence(noun + ", which is not known yet, denies it")
	}
	return sentence(noun + ", which is not known yet, does not allow it, or denies it")
}

// disowned reports whether AWS names a policy type of which, by what was
// brought, there is none.
func (s *state) disowned(name string) bool {
	return s.verdict == contradicts && layerOf(s.said.Type) == name && !s.given(name) && !s.unknown(name)
}

func sentence(text string) string { return strings.ToUpper(text[:1]) + text[1:] + "." }

func (s *state) layerWeight(name string, usual int) int {
	switch {
	case layerOf(s.said.Type) == name:
		return 95
	case name == "endpoint" && s.check.Context.Has("aws:SourceVpce"):
		return 50
	case name == "resource" && s.check.Decision.CrossAccount:
		return 75
	case name == "resource" && s.check.ResourceType() != policy.Resource:
		return 72
	}
	return usual
}

// layerProved is what proves that a layer is the cause: AWS names it.
func (s *state) layerProved(name string) string {
	if layerOf(s.said.Type) == name && !s.said.ambiguous() {
		return "AWS's message names " + s.noun(name) + "."
	}
	return ""
}

// ambiguous reports whether AWS can name a type though another one would open
// the same request: KMS, and services across accounts, name one side of two.
func (e *Evidence) ambiguous() bool { return e.Type == "resource" && e.Outcome != "explicit deny" }

// layerOut is what rules a layer out: AWS names another one.
func (s *state) layerOut(name string) string {
	named := layerOf(s.said.Type)
	switch {
	case s.said.Type == "" || named == name:
		return ""
	case s.said.Outcome == "explicit deny":
		return "AWS names an explicit deny in " + s.noun(named) + ". If this denies too, the message does not tell."
	case s.said.ambiguous() && (name == "identity" || name == "grants") && s.says("resource") == "allows":
		return sentence(s.noun("resource") + " given here lets the caller in without it")
	case s.said.ambiguous() && (name == "identity" || name == "grants"):
		return ""
	case named == "identity" && (name == "resource" || name == "grants") && (s.check.Decision.CrossAccount ||
		s.check.ResourceType() == policy.Key):
		return ""
	}
	return "AWS's message names " + s.noun(named) + "."
}

// refused reports whether AWS said anything but "allow".
func (s *state) refused() bool { return s.brought.Said != nil && s.said.Outcome != "allow" }

// plainS3 reports whether S3 said no more than Access Denied.
func (s *state) plainS3() bool { return s.service() == "s3" && s.said.Type == "" && s.refused() }

// allows reports whether the policies that were brought let the request in.
func (s *state) allows() bool { return s.check.Decision.Outcome == engine.Allowed }
