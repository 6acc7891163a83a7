package witness

import (
	"slices"
	"strconv"
	"unicode/utf8"

	"why403/engine"
	"why403/engine/policy"
)

// The pages of AWS.
const (
	iamUG = "https://docs.aws.amazon.com/IAM/latest/UserGuide/"
	api   = "https://docs.aws.amazon.com/IAM/latest/APIReference/API_SimulateCustomPolicy.html"
)

// Limit is something that the simulator can't judge. With leaves or lists the
// rest can be asked without it; else nothing can.
type Limit struct {
	ID   string
	Text string // a sentence
	Doc  string

	leaves engine.Types // the policy types that are left out
	lists  bool         // what is left out is a list beside the policies, or nothing
	when   func(*engine.Decision) bool
}

// maxLevels is how many levels of an organization the simulator takes: the root,
// five levels of organizational units, and the account.
const maxLevels = 7

// maxPolicy is how many characters a policy has at most that the simulator takes.
//
// https://docs.aws.amazon.com/IAM/latest/APIReference/API_SimulateCustomPolicy.html
const maxPolicy = 131_072

// tooMuch is said of questions past MaxGiven.
var tooMuch = Limit{ID: "too-much", Text: "The calls before this one give the simulator " + strconv.Itoa(MaxGiven>>20) +
	" MiB of policies. Ask fewer things at once.", Doc: api}

// limits is all that the simulator can't judge. The first is about answers that
// are not known.
var limits = []Limit{
	{ID: "unknown", Text: "Not all that decides is known. Fill it in first: why403 fill writes such a scenario.", Doc: iamUG +
		"access_policies_testing-policies.html", when: func(d *engine.Decision) bool { return d.Outcome == engine.Undecided }},
	{ID: "caller", Text: "The caller is not a user or a role: the simulator takes no services, federated or anonymous callers.",
		Doc:  api,
		when: byCaller(engine.ServicePrincipal, engine.WebFederated, engine.Anonymous, engine.OriginAccessIdentity)},
	{ID: "root", Text: "The caller is the root user, which has no policies to simulate.", Doc: api, when: byCaller(engine.Root)},
	{ID: "federated-user", Text: "A session of sts:GetFederationToken has only what its session policies let through, and the simulator " +
		"takes none.", Doc: api, when: byCaller(engine.FederatedUser)},
	{ID: "session", Text: "The simulator takes no session policies.", Doc: api, when: present(policy.Session)},
	{ID: "scopedown", Text: "The simulator takes no scope-down policies of a session.", Doc: api, when: present(policy.ScopeDown)},
	{ID: "grants", Text: "The simulator knows no KMS grants.", Doc: "https://docs.aws.amazon.com/kms/latest/developerguide/grants.html",
		when: func(d *engine.Decision) bool {
			return len(d.Check.Grants) > 0 && ofRule(engine.KeyRule, engine.RetireRule)(d)
		}},
	{ID: "key-policy", Text: "KMS lets identity-based policies count only where the key policy delegates to IAM. AWS does not say that the " +
		"simulator does.", Doc: "https://docs.aws.amazon.com/kms/latest/developerguide/key-policies.html",
		when: ofRule(engine.KeyRule, engine.RetireRule)},
	{ID: "trust-policy", Text: "A role trust policy decides who assumes the role. AWS does not say that the simulator asks it.",
		Doc: iamUG + "id_roles_update-role-trust-policy.html", when: ofRule(engine.TrustRule)},
	{ID: "service-rule", Text: "The service decides by a rule of its own, which AWS does not say of the simulator.",
		Doc:  iamUG + "reference_aws-services-that-work-with-iam.html",
		when: ofRule(engine.BothRule, engine.AlwaysRule, engine.ServiceOwned, engine.AdminRule, engine.PublicRule)},
	{ID: "other-accounts-only", Text: "This service's resource-based policies serve other accounts only, which AWS does not say " +
		"of the simulator.",
		Doc: iamUG + "reference_aws-services-that-work-with-iam.html", when: func(d *engine.Decision) bool {
			return !d.CrossAccount && ofRule(engine.CrossOnly, engine.SharesOnly)(d) && counts(policy.Resource)(d)
		}},
	{ID: "stack-policy", Text: "CloudFormation judges updates by the stack policy alone, and the simulator knows none.",
		Doc:  "https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/protect-stack-resources.html",
		when: ofRule(engine.StackRule)},
	{ID: "region", Text: "The Region is not enabled in an account, and AWS looks at no policy. The simulator looks at policies alone.",
		Doc: "https://docs.aws.amazon.com/accounts/latest/reference/manage-acct-regions.html", when: withheld(engine.RegionGate)},
	{ID: "credentials", Text: "Such credentials can't make this call, whatever the policies say. The simulator looks at policies alone.",
		Doc: iamUG + "id_credentials_sts-comparison.html", when: withheld(engine.CredentialsGate)},
	{ID: "service-refuses", Text: "The service refuses this by itself, whatever the policies say. The simulator looks at policies alone.",
		Doc:  iamUG + "access_policies_testing-policies.html",
		when: func(d *engine.Decision) bool { return d.PublicBlock || d.Refusal != engine.NoRefusal }},
	{ID: "pattern", Text: "The resource is a pattern. Ask for one resource.", Doc: api,
		when: func(d *engine.Decision) bool { return d.Check.Pattern }},
	{ID: "cross-account-role", Text: "Across accounts the resource-based policy has to allow it too, and AWS does not simulate " +
		"resource-based " +
		"policies for roles.", Doc: api, when: func(d *engine.Decision) bool { return d.CrossAccount && isRole(d) }},
	{ID: "cross-account-without-policy", Text: "Across accounts the resource-based policy decides too, and the file has none: " +
		"without one the " +
		"simulator takes the resource for the caller's own.", Doc: api,
		when: func(d *engine.Decision) bool { return d.CrossAccount && !isRole(d) && !counts(policy.Resource)(d) }},
	{ID: "cross-account-action", Text: "The service does not let other accounts do this, whatever the policies say.",
		Doc:  iamUG + "reference_policies_evaluation-logic-cross-account.html",
		when: func(d *engine.Decision) bool { return d.CrossAccount && withheld(engine.CrossAccountUse)(d) }},
	{ID: "levels", Text: "The SCPs are of more than " + strconv.Itoa(maxLevels) + " levels, and the simulator takes at most that many.",
		Doc: api, when: func(d *engine.Decision) bool { return counts(policy.SCP)(d) && levels(d.Check) > maxLevels }},
	{ID: "long", Text: "A policy has more than " + strconv.Itoa(maxPolicy) + " characters, and the simulator takes no longer one.",
		Doc: api, when: tooLong},

	{ID: "role-resource-policy", Text: "The resource-based policy: AWS does not simulate it for roles.", Doc: api,
		leaves: types(policy.Resource), when: func(d *engine.Decision) bool { return isRole(d) && counts(policy.Resource)(d) }},
	{ID: "rcp", Text: "RCPs: the simulator takes none.", Doc: "https://docs.aws.amazon.com/organizations/latest/userguide/" +
		"orgs_manage_policies_rcps.html", leaves: types(policy.RCP), when: counts(policy.RCP)},
	{ID: "endpoint", Text: "The VPC endpoint policy: the simulator takes none.", Doc: "https://docs.aws.amazon.com/vpc/latest/privatelink/" +
		"vpc-endpoints-access.html", leaves: types(policy.Endpoint), when: counts(policy.Endpoint)},
	{ID: "acl", Text: "S3 ACLs: the simulator takes none.", Doc: "https://docs.aws.amazon.com/AmazonS3/latest/userguide/acl-overview.html",
		lists: true, when: func(d *engine.Decision) bool { return len(d.Check.ACLs) > 0 }},
	{ID: "nothing", Text: "The simulator needs an identity-based policy and the file has none: it is given one that allows nothing.", Doc: api,
		lists: true, when: func(d *engine.Decision) bool { return !counts(policy.Identity)(d) }},
}

// tooLong reports whether a policy that the simulator is given is longer than it takes.
func tooLong(d *engine.Decision) bool {
	given := types(policy.Identity) | types(policy.Boundary) | types(policy.SCP)
	if !isRole(d) {
		given |= types(policy.Resource)
	}
	return slices.ContainsFunc(d.Check.Policies, func(p *engine.Policy) bool {
		return (d.Applies & given).Has(p.Type) && longer(p.Text, maxPolicy)
	})
}

// longer reports whether a text has more than n characters. Of one in ASCII it reads n.
func longer(text string, n int) bool {
	return len(text) > n && (utf8.RuneCountInString(text[:n+1]) > n || utf8.RuneCountInString(text) > n)
}

func types(t policy.Type) engine.Types { return 1 << t }

func byCaller(kinds ...engine.PrincipalKind) func(*engine.Decision) bool {
	return func(d *engine.Decision) bool { return oneOf(kinds, d.Check.Principal.Kind) }
}

func ofRule(rules ...engine.Rule) func(*engine.Decision) bool {
	return func(d *engine.Decision) bool { return oneOf(rules, d.Check.Service().Rule) }
}

func present(t policy.Type) func(*engine.Decision) bool {
	return func(d *engine.Decision) bool { return d.Present.Has(t) }
}

// counts reports whether there is a policy of a type that AWS looks at.
func counts(t policy.Type) func(*engine.Decision) bool {
	return func(d *engine.Decision) bool { return (d.Present & d.Applies).Has(t) }
}

func withheld(g engine.Gates) func(*engine.Decision) bool {
	return func(d *engine.Decision) bool { return d.Withheld&g != 0 }
}

func isRole(d *engine.Decision) bool { return d.Check.Principal.Kind == engine.RoleSession }

func oneOf[T comparable](list []T, one T) bool {
	for _, x := range list {
		if x == one {
			return true
		}
	}
	return false
}

// levels is how many levels of the organization have SCPs.
func levels(c *engine.Check) int {
	seen := map[int]bool{}
	for _, p := range c.Policies {
		if p.Type == policy.SCP {
			seen[p.Level] = true
		}
	}
	return len(seen)
}

func itoa(n int) string { return strconv.Itoa(n) }
