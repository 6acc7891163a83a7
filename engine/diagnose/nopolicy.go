package diagnose

import (
	"slices"
	"strings"

	"why403/engine"
	"why403/engine/explain"
	"why403/engine/policy"
)

// noPolicies are denials that no policy makes, and requests behind the one that
// AWS's message names.
var noPolicies = []explanation{
	{
		id: "second-request", proof: "The further request, with the policies that it is judged by.",
		text: func(s *state) string {
			p := s.behind()
			return "What was refused is another request that the call makes: " + p.Action + ", if " + p.If + "."
		},
		possible: func(s *state) (string, bool) {
			p := s.behind()
			if p == nil {
				return "", false
			}
			return sentence(p.Why), s.said.Type == "" || s.verdict == contradicts
		},
		weight: func(s *state) int { return boost(s.allows(), 58, 32) },
		ruledOut: func(s *state) string {
			if s.said.Type != "" && s.said.Action != "" && strings.EqualFold(s.said.Action, s.check.Action) {
				return "AWS's message names " + s.said.Action + "."
			}
			return ""
		},
		proved: never, doc: "https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html",
	},
	{
		id: "block-public-access", proof: "The settings of Block Public Access, of the bucket and of the account.",
		text: words("S3 Block Public Access refuses it: a public ACL or policy, or anonymous callers."),
		possible: func(s *state) (string, bool) {
			action := strings.ToLower(s.check.Action)
			puts := strings.HasPrefix(action, "s3:put")
			return "", s.service() == "s3" && s.refused() && (s.textHas("block public access") != "" ||
				s.plainS3() && (puts || s.check.Principal.Kind == engine.Anonymous))
		},
		weight:   func(s *state) int { return boost(s.namesACL(), 82, 34) },
		ruledOut: func(s *state) string { return s.namesOther("block public access") },
		proved:   func(s *state) string { return s.saidSo("block public access") },
		doc:      "https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html",
	},
	{
		id: "password-policy", proof: "The password policy of the account, from aws iam get-account-password-policy.",
		text: words("The account's password policy refuses the password. IAM decides that, but no policy that allows or denies does."),
		possible: func(s *state) (string, bool) {
			return "", s.service() == "iam" && s.textHas("passwordpolicyviolation", "password should have", "account password policy") != ""
		},
		weight: constant(130), ruledOut: never,
		proved: func(s *state) string { return s.saidSo("passwordpolicyviolation") },
		doc:    "https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_passwords_account-policy.html",
	},
	{
		id: "object-missing", proof: "HEAD of the object by somebody who may list the bucket.",
		text: words("The object does not exist. S3 says 403 in place of 404 to callers without s3:ListBucket."),
		possible: func(s *state) (string, bool) {
			a := strings.ToLower(s.check.Action)
			return "", s.plainS3() && (a == "s3:getobject" || a == "s3:getobjecttagging")
		},
		weight:   func(s *state) int { return boost(s.textHas("headobject") != "", 65, 28) },
		ruledOut: never, proved: never,
		doc: "https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObject.html",
	},
	{
		id: "sse-c", proof: "The bucket's encryption settings.",
		text: words("The bucket blocks encryption with keys that the caller provides (SSE-C). No policy changes that."),
		possible: func(s *state) (string, bool) {
			return "", s.service() == "s3" && (s.textHas("sse-c") != "" || s.plainS3() && strings.HasPrefix(strings.ToLower(s.check.Action),
				"s3:putobject"))
		},
		weight: constant(12), ruledOut: never, proved: func(s *state) string { return s.saidSo("(sse-c)") },
		doc: "https://docs.aws.amazon.com/AmazonS3/latest/userguide/blocking-unblocking-s3-c-encryption-gpb.html",
	},
	{
		id: "requester-pays", proof: "The bucket's request payment setting.",
		text: words("The bucket is a Requester Pays bucket, and the request does not say that the requester pays."),
		possible: func(s *state) (string, bool) {
			return "", s.plainS3() && s.check.Principal.Kind != engine.ServicePrincipal && !s.check.Payer
		},
		weight: constant(10), ruledOut: never,
		proved: func(s *state) string { return "" },
		doc:    "https://docs.aws.amazon.com/AmazonS3/latest/userguide/RequesterPaysBuckets.html",
	},
	{
		id: "key-disabled", proof: "The state of the key.",
		text: words("The key is disabled, waits for its deletion, or does not exist in this Region."),
		possible: func(s *state) (string, bool) {
			found := s.textHas("is disabled", "kmsinvalidstate", "pending deletion", "not enabled", "incorrect state", "does not exist")
			return "AWS's message says the same of such a key.", s.service() == "kms" && found != ""
		},
		weight: constant(48), ruledOut: never,
		proved: func(s *state) string {
			if s.said.Type == "" && s.textHas("disabledexception", "kmsinvalidstateexception", "is pending deletion") != "" {
				return "AWS's message says so."
			}
			return ""
		},
		doc: "https://docs.aws.amazon.com/kms/latest/developerguide/key-state.html",
	},
	{
		id: "aws-managed-key", proof: "The key's KeyManager.",
		text: words("The key is managed by AWS: its policy lets in one account, through one service, and nobody can change it."),
		possible: func(s *state) (string, bool) {
			return "", s.service() == "kms" && strings.Contains(s.check.Resource, ":key/") && s.refused() &&
				(s.check.AWSManagedKey || s.unknown("resource"))
		},
		weight:   func(s *state) int { return boost(s.check.AWSManagedKey, 130, 22) },
		ruledOut: func(s *state) string { return "" },
		proved: func(s *state) string {
			if s.check.AWSManagedKey && !s.allows() && !s.guessed() {
				return "The policy given here is that of a key that AWS manages. Use a customer managed key where others are to use it."
			}
			return ""
		},
		doc: "https://docs.aws.amazon.com/kms/latest/developerguide/concepts.html#aws-managed-key",
	},
	{
		id: "organization", proof: "Which account manages the organization, and who is its delegated administrator.",
		text: words("The call works in the organization's management account alone, or for a delegated administrator."),
		possible: func(s *state) (string, bool) {
			return "", s.service() == "organizations" && s.refused()
		},
		weight: constant(99), ruledOut: never,
		proved: func(s *state) string {
			if s.check.Decision.Withheld&engine.OrganizationGate != 0 || s.textHas("you don't have permissions to access this resource") != "" {
				return "AWS answers so where the caller's account is neither."
			}
			return ""
		},
		doc: "https://docs.aws.amazon.com/organizations/latest/userguide/orgs_integrate_delegated_admin.html",
	},
	{
		id: "provider-mismatch", proof: "The ARN of the provider, from aws iam list-open-id-connect-providers.",
		text: func(s *state) string {
			provider, key := s.providers()
			return "The trust policy names the provider " + provider + ", and its conditions read keys of another one: " + key + "."
		},
		possible: func(s *state) (string, bool) {
			provider, _ := s.providers()
			return "One of the two is mistyped.", provider != ""
		},
		weight: constant(120), ruledOut: never,
		proved: never, doc: "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_iam-condition-keys.html#condition-keys-wif",
	},
	{
		id: "other-provider", proof: "The account of the role and that of the provider: they must be one.",
		text: words("The trust policy names a provider of another account than the role's, or one that the account does not have."),
		possible: func(s *state) (string, bool) {
			return "", s.check.Principal.Kind == engine.WebFederated && s.refused()
		},
		weight: constant(80), ruledOut: func(s *state) string {
			if account := part(s.said.Resource, 4); account != "" && account == part(s.check.Principal.FederatedBy, 4) && s.given("resource") {
				return "AWS's message names a role of account " + account + ", and the provider is there."
			}
			return ""
		},
		proved: func(s *state) string {
			if account := part(s.said.Resource, 4); account != "" && account != part(s.check.Principal.FederatedBy, 4) && s.given("resource") {
				return "AWS's message names a role of account " + account + "."
			}
			return ""
		},
		doc: "https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_providers_create_oidc.html",
	},
	{
		id: "lake-formation", proof: "The permissions that Lake Formation has for the caller.",
		text: words("Lake Formation has not granted it. IAM is not asked again for what Lake Formation guards."),
		possible: func(s *state) (string, bool) {
			service := s.service()
			beside, _ := s.check.Beside()
			asks := beside != nil && beside.Name == "lakeformation" || service == "glue" || service == "athena"
			return "", s.refused() && (s.textHas("lake formation") != "" || s.said.Type == "" && asks)
		},
		weight: func(s *state) int { return boost(s.textHas("lake formation") != "", 99, 26) }, ruledOut: never,
		proved: func(s *state) string { return s.saidSo("lake formation") },
		doc:    "https://docs.aws.amazon.com/lake-formation/latest/dg/access-control-overview.html",
	},
	{
		id: "beside", proof: "What the permissions that the service has beside IAM give the caller.",
		text: func(s *state) string {
			b, _ := s.check.Beside()
			return b.Noun + " is asked after IAM, and does not let the caller in. Look at " + b.Look + "."
		},
		possible: func(s *state) (string, bool) {
			b, answer := s.check.Beside()
			return "", b != nil && b.Name != "lakeformation" && answer != engine.BesideAllows && s.refused() && s.said.Type == ""
		},
		weight: func(s *state) int { return boost(s.allows(), 45, 20) }, ruledOut: never,
		proved: func(s *state) string {
			if s.check.Decision.Refusal == engine.RefusedBeside {
				return "The scenario says that they deny it."
			}
			return ""
		},
		doc: "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_aws-services-that-work-with-iam.html",
	},
	{
		id: "region-disabled", proof: "The Regions that are enabled in the account.",
		text: func(s *state) string { return "The Region " + s.region() + " is not enabled in the account." },
		possible: func(s *state) (string, bool) {
			return "It is one that an account has to opt in to.", s.refused() && s.said.Type == "" && engine.OptIn(s.region())
		},
		weight: constant(18), ruledOut: never,
		proved: func(s *state) string {
			if account := s.check.DisabledAccount; account != "" {
				return "What is told of account " + account + " says so."
			}
			return ""
		},
		doc: "https://docs.aws.amazon.com/accounts/latest/reference/manage-acct-regions.html",
	},
}

// guessed reports whether the request rests on more than AWS's text and the
// accounts that the policies name.
func (s *state) guessed() bool {
	return slices.ContainsFunc(s.filled, func(note string) bool { return strings.Contains(note, "taken") })
}

// behind is the further request that a call makes if something is so, or nil.
func (s *state) behind() *possibleCheck {
	for i := range s.call.Possible {
		p := &s.call.Possible[i]
		if p.Flow != "s3-missing" && p.Why != "" {
			return &possibleCheck{p.If, p.Action, p.Why}
		}
	}
	return nil
}

// providers is a provider that a trust policy names and the first condition key
// that is of another provider, or "".
func (s *state) providers() (provider, key string) {
	if s.check.Principal.Kind != engine.WebFederated {
		return "", ""
	}
	s.steps("resource", func(_ *engine.Step, statement *policy.Statement, _ *explain.Statement) bool {
		for i := range statement.Principal.Values {
			_, host, ok := strings.Cut(statement.Principal.Values[i].Value, ":oidc-provider/")
			for j := range statement.Condition.Tests {
				name := statement.Condition.Tests[j].Key.Value
				at := strings.LastIndexByte(name, ':')
				if ok && at > 0 && strings.Contains(name[:at], ".") && name[:at] != host {
					provider, key = statement.Principal.Values[i].Value, name
					return true
				}
			}
		}
		return false
	})
	return provider, key
}

type possibleCheck struct{ If, Action, Why string }

// namesACL reports whether the policies allow to set an ACL.
func (s *state) namesACL() bool {
	for _, section := range s.file.Sections {
		if strings.HasPrefix(section.Name, "identity/") && strings.Contains(section.Text, "ObjectAcl") && s.allows() {
			return true
		}
	}
	return false
}

// saidSo is the proof that AWS's message names a cause itself.
func (s *state) saidSo(phrase string) string {
	if s.textHas(phrase) != "" && s.refused() {
		return "AWS's message says so."
	}
	return ""
}

// namesOther rules a cause out that AWS would have named.
func (s *state) namesOther(phrase string) string {
	if s.textHas(phrase) == "" && s.said.Type != "" {
		return "AWS's message names " + s.noun(layerOf(s.said.Type)) + "."
	}
	return ""
}

func (s *state) region() string {
	if off := s.check.DisabledRegion; off != "" {
		return off
	}
	return part(s.check.Resource, 3)
}
