package policy

import "strings"

// checkTrust holds the actions of a trust policy against whom it names, and
// against what AWS wants of identity providers that everybody uses.
func (p *parser) checkTrust(s *Statement) {
	if s.Effect == Deny || s.Action.Not || s.Principal.Not {
		return
	}
	for _, v := range s.Principal.Values {
		saml := strings.Contains(v.Value, ":saml-provider/")
		wrong := ""
		switch {
		case v.Kind == Federated && saml && !s.asksFor("sts:assumerolewithsaml"):
			wrong = "A SAML provider's users call sts:AssumeRoleWithSAML, which this statement does not allow."
		case v.Kind == Federated && !saml && !s.asksFor("sts:assumerolewithwebidentity"):
			wrong = "Users of this identity provider call sts:AssumeRoleWithWebIdentity, which this statement does not allow."
		case (v.Kind == AWS || v.Kind == Service) && v.Value != "*" &&
			!s.asksFor("sts:assumerole", "sts:tagsession", "sts:setsourceidentity", "sts:setcontext"):
			wrong = "Users, roles and services call sts:AssumeRole, which this statement does not allow: the actions with a token are for " +
				"Federated principals."
		}
		if wrong != "" {
			p.add(v.Span, Warning, "trust-principal", wrong, iamGuide+"reference_policies_elements_principal.html")
		}
		if v.Kind == Federated && !saml {
			p.checkProvider(s, v)
		}
	}
}

// shared are identity providers that tokens of everybody come from, each with
// the keys of which a trust policy has to have one.
//
// https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_providers_oidc_secure-by-default.html
var shared = []struct{ provider, claims string }{
	{"token.actions.githubusercontent.com", "sub job_workflow_ref"},
	{"vstoken.actions.githubusercontent.com", "sub"},
	{"oidc-configuration.audit-log.githubusercontent.com", "sub"},
	{"gitlab.com", "sub"},
	{"agent.buildkite.com", "sub"},
	{"oidc.codefresh.io", "sub"},
	{"studio.datachain.ai/api", "sub"},
	{"app.terraform.io", "sub"},
	{"tokens.cloud.shisho.dev", "sub"},
	{"proidc.upbound.io", "sub"},
	{"scalr.io", "sub"},
	{"api.pulumi.com/oidc", "aud"},
	{"sandboxes.cloud", "aud"},
	{"oidc.vercel.com", "aud"},
	{"cognito-identity.amazonaws.com", "aud"},
}

func (p *parser) checkProvider(s *Statement, v PrincipalValue) {
	name := v.Value
	if _, after, ok := strings.Cut(name, ":oidc-provider/"); ok {
		name = after
	}
	for _, provider := range shared {
		if name != provider.provider {
			continue
		}
		var keys []string
		for _, claim := range strings.Fields(provider.claims) {
			keys = append(keys, provider.provider+":"+claim)
		}
		if !s.tests(keys) {
			p.add(v.Span, Warning, "shared-provider",
				"Everybody gets tokens from this provider, and nothing here says whose may come in. Add a condition on "+
					strings.Join(keys, " or ")+"; IAM refuses the policy without.",
				iamGuide+"id_roles_providers_oidc_secure-by-default.html")
		}
		return
	}
}

// tests reports whether a condition is on one of some keys.
func (s *Statement) tests(keys []string) bool {
	for _, t := range s.Condition.Tests {
		for _, key := range keys {
			if strings.EqualFold(t.Key.Value, key) && !strings.EqualFold(t.Operator.Value, "Null") {
				return true
			}
		}
	}
	return false
}
