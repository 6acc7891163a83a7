package fix

import (
	"slices"
	"strings"

	"why403/engine"
	"why403/engine/explain"
	"why403/engine/policy"
)

// dead is reasons why no change helps, the first that holds counts.
var dead = [...]struct {
	when func(c *engine.Check, d *engine.Decision) bool
	why  string
}{
	{func(_ *engine.Check, d *engine.Decision) bool { return d.Withheld&engine.RegionGate != 0 },
		"Enable the Region in the account (aws account enable-region), or call another one: AWS looks at no policy before."},
	{func(_ *engine.Check, d *engine.Decision) bool { return d.Refusal == engine.RefusedOrganization },
		"Only an administrator of the organization can change this: in the S3 policy that is attached to the account, its OU or the root."},
	{func(c *engine.Check, d *engine.Decision) bool {
		return d.Withheld&engine.CredentialsGate != 0 && d.Outcome == engine.ImplicitDeny && c.Principal.Kind == engine.Anonymous
	},
		"Sign the request, as a user or a role that the policies let in: AWS takes none without credentials."},
	{func(c *engine.Check, d *engine.Decision) bool {
		return d.Withheld&engine.CredentialsGate != 0 && d.Outcome == engine.ImplicitDeny && !anyWithout(d, engine.CredentialsGate)
	},
		"Nothing can allow it with these credentials: AWS does not take them for this call. Make it with others."},
	{func(c *engine.Check, d *engine.Decision) bool {
		return d.Outcome == engine.ImplicitDeny && d.Withheld&engine.CrossAccountUse != 0 && d.CrossAccount
	},
		"The action can't be used on a resource of another account, whatever the policies say. Call it as a principal of the account that the " +
			"resource is in."},
	{func(c *engine.Check, d *engine.Decision) bool {
		return c.AWSManagedKey && d.Outcome == engine.ImplicitDeny && d.CrossAccount
	},
		"AWS owns the policy of an AWS managed key, and it lets in nobody of another account. Encrypt under a customer managed key, and let " +
			"the other account use that."},
	{func(c *engine.Check, d *engine.Decision) bool { return d.Refusal == engine.RefusedUnsigned },
		"A request that nobody signed can't use a KMS key, whatever the key policy says. Sign it, or encrypt with SSE-S3."},
	{func(c *engine.Check, d *engine.Decision) bool { return d.Refusal == engine.RefusedBeside },
		"No policy changes this: IAM allows it, and the service has permissions of its own beside IAM. Change those."},
	{func(c *engine.Check, d *engine.Decision) bool { return d.Refusal == engine.RefusedPolicy },
		"S3 Block Public Access refuses a policy that is public. Hold the policy to accounts, an organization, a VPC or addresses."},
	{func(c *engine.Check, d *engine.Decision) bool {
		return c.ForeignObject() && d.Outcome == engine.ImplicitDeny && c.Principal.Account != c.ObjectOwner
	},
		"Another account owns the object, so the bucket's policy can't open it. Its owner can, by an ACL; or set Object Ownership to “Bucket " +
			"owner enforced” and the bucket owns every object."},
}

// hopeless says why nothing is looked for, "" where it is.
func hopeless(c *engine.Check, d *engine.Decision) string {
	for i := range dead {
		if dead[i].when(c, d) {
			return dead[i].why
		}
	}
	return ""
}

// anyWithout reports whether some way is not closed by a gate.
func anyWithout(d *engine.Decision, gate engine.Gates) bool {
	for i := range d.Ways {
		if d.Ways[i].Blocked&gate == 0 {
			return true
		}
	}
	return false
}

// unfixed says why nothing was found.
func unfixed(c *engine.Check, d *engine.Decision, room bool) string {
	switch {
	case !room:
		return "The file is too large to try changes on it. Leave out what does not count for the request."
	case d.Outcome == engine.ExplicitDeny && !d.PublicBlock && byPattern(d) != "":
		return "The Deny covers " + c.Action + " by the pattern " + byPattern(d) +
			". Its author has to list the actions that it is meant for in the place of the pattern."
	case c.AWSManagedKey && c.ResourceType() == policy.Key && d.Outcome == engine.ImplicitDeny:
		return "AWS owns the policy of an AWS managed key. Use a customer managed key, whose policy is yours."
	case servicePassed(&c.Principal) != "" && d.DeniedBy == policy.Session:
		return servicePassed(&c.Principal) + " passes the session policy when it assumes the role, and nobody else can change it. Do the call " +
			"with another role, or do without it."
	case d.DeniedBy == policy.ScopeDown:
		return "A session keeps the scope-down policies that it has. Ask for credentials with another one."
	case d.PublicBlock:
		return "S3 Block Public Access cuts off whoever is outside of the bucket's account while the bucket policy is public. Take what makes " +
			"it public out of the policy, or name the account's own principals."
	case d.Outcome == engine.ExplicitDeny:
		return "A Deny blocks this request, and no exception was found that would still block the others. Ask the author of the Deny."
	case d.DeniedBy == policy.Key && !given(c, policy.Key):
		return "The key policy is not given, and every key has one: a new one would take its place and could lock out who administers the key. " +
			ask(d, "aws kms get-key-policy")
	case d.DeniedBy == policy.Trust && !given(c, policy.Trust):
		return "The role trust policy is not given, and every role has one: a new one would take its place. " + ask(d, "aws iam get-role")
	case namesakes(d) != "":
		return namesakes(d)
	case d.Withheld&engine.OrganizationGate != 0 && !anyWithout(d, engine.OrganizationGate):
		return "Only the management account, or a delegated administrator for the service, may call this. Call it there, or delegate."
	case c.Principal.ServiceLinked():
		return "AWS owns the policies of a service-linked role: nobody else can change them."
	}
	return "No single change of the policies that are given here lets this in. Paste the ones that are missing."
}

// ask says how to come by the policy of the resource: AWS lets nobody of another
// account read the policy of a key or of a role.
//
// https://docs.aws.amazon.com/kms/latest/APIReference/API_GetKeyPolicy.html
func ask(d *engine.Decision, command string) string {
	if d.CrossAccount {
		return "It is in another account: ask its owners for it, or to add a statement for the caller."
	}
	return "Paste it (" + command + ")."
}

// namesakes tells of a statement for a resource of the same name in another
// account or Region: who asks by name gets the one of its own.
func namesakes(d *engine.Decision) string {
	for i := range d.Steps {
		step := &d.Steps[i]
		if step.Policy == engine.GrantStep || step.Effect != policy.Allow || step.Miss != engine.MissResource {
			continue
		}
		p := d.Check.Policies[step.Policy]
		for _, r := range p.Statements[step.Statement].Resource.Values {
			a, b := strings.SplitN(r.Value, ":", 6), strings.SplitN(d.Check.Resource, ":", 6)
			if len(a) == 6 && len(b) == 6 && a[2] == b[2] && (a[3] != b[3] || a[4] != b[4]) && strings.HasPrefix(a[5], b[5]) {
				return "A statement of " + p.Name + " is for " + r.Value + ", and the request asks for " + d.Check.Resource +
					". Ask with the full ARN of the one that is meant: a name alone is looked up in the caller's own account and Region."
			}
		}
	}
	return ""
}

// byPattern is the wildcard that the first Deny matches the action by, "" where
// it names it.
func byPattern(d *engine.Decision) string {
	for i := range d.Steps {
		if s := &d.Steps[i]; denies(d, s) {
			for _, a := range d.Check.Policies[s.Policy].Statements[s.Statement].Action.Values {
				pattern := policy.CompileAction(a.Value)
				if strings.Contains(a.Value, "*") && a.Value != "*" && pattern.Match(strings.ToLower(d.Check.Action)) {
					return a.Value
				}
			}
			return ""
		}
	}
	return ""
}

// unknowns is things that nobody knows in words, after others, each once.
func unknowns(words []string, things []engine.Thing) []string {
	for _, t := range things {
		word := explain.Noun(t.Type)
		switch {
		case t.Grants:
			word = "the grants on the key"
		case t.Path:
			word = "the path of the caller's role"
		case t.Key != "":
			word = t.Key
		}
		if !has(words, word) {
			words = append(words, word)
		}
	}
	return words
}

// unknown reports whether there may be a policy of a type that is not given.
func (m *mover) unknown(t policy.Type) bool {
	d := m.decision.Depends
	is := func(o engine.Thing) bool { return o.Type == t && o.Key == "" && !o.Grants }
	return d != nil && (slices.ContainsFunc(d.On, is) || slices.ContainsFunc(d.Whatever, is))
}

func given(c *engine.Check, t policy.Type) bool {
	for _, p := range c.Policies {
		if p.Type == t {
			return true
		}
	}
	return false
}

// servicePassed is the service that made a role session with a session policy of
// its own, "" where none is known to. Its name for the session tells.
//
// https://docs.aws.amazon.com/cognito/latest/developerguide/iam-roles.html
// https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-grants-credentials.html
func servicePassed(p *engine.Principal) string {
	if p.Kind != engine.RoleSession || p.ARN == p.Role {
		return ""
	}
	switch {
	case p.Name == "CognitoIdentityCredentials":
		return "Amazon Cognito"
	case strings.HasPrefix(p.Name, "access-grants-"):
		return "S3 Access Grants"
	case len(p.Name) == 13 && strings.Trim(p.Name, "0123456789") == "":
		return "The service (CodePipeline names its sessions so)"
	}
	return ""
}
