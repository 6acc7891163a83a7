package paste_test

import (
	"slices"
	"strings"
	"testing"

	"why403/engine/catalogue/data"
	"why403/engine/diagnose"
	"why403/engine/diagnose/paste"
)

// TestShares: the owner's own callers are let in by no policy that AWS RAM writes,
// and denied by none: it is not asked for, and keeps no edit back. Where the owner
// can write the policy, or the caller is of another account, it counts.
func TestShares(t *testing.T) {
	for _, c := range []struct {
		action, resource string
		asked            bool
	}{
		{"ec2:StopInstances", "arn:aws:ec2:us-east-1:111122223333:instance/i-0123456789abcdef0", false},
		{"license-manager:CheckoutLicense", "arn:aws:license-manager::111122223333:license:l-0123456789abcdef", false},
		{"outposts:GetOutpost", "arn:aws:outposts:us-east-1:111122223333:outpost/op-0123456789abcdef0", false},
		{"servicediscovery:GetNamespace", "arn:aws:servicediscovery:us-east-1:111122223333:namespace/ns-0123456789abcdef", false},
		{"ec2:StopInstances", "arn:aws:ec2:us-east-1:444455556666:instance/i-0123456789abcdef0", true},
		{"ses:SendEmail", "arn:aws:ses:us-east-1:111122223333:identity/example.com", true},
		{"acm-pca:IssueCertificate",
			"arn:aws:acm-pca:us-east-1:111122223333:certificate-authority/1234abcd-12ab-34cd-56ef-1234567890ab", true},
		{"codebuild:BatchGetProjects", "arn:aws:codebuild:us-east-1:111122223333:project/app", true},
		{"imagebuilder:GetImage", "arn:aws:imagebuilder:us-east-1:111122223333:image/golden/1.0.0/44", true},
		{"route53resolver:GetResolverRule", "arn:aws:route53resolver:us-east-1:111122223333:resolver-rule/rslvr-rr-1", true},
		{"ssm-incidents:GetResponsePlan", "arn:aws:ssm-incidents::111122223333:response-plan/outage", true},
		{"ssm-contacts:GetContact", "arn:aws:ssm-contacts:us-east-1:111122223333:contact/oncall", true},
	} {
		r := diagnose.Of(data.All(), paste.Scenario([]paste.Piece{denied(c.action, c.resource), {Name: "policy.json",
			Text: `{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "` + c.action + `X", "Resource": "*"}}`}}), nil)
		listed := slices.ContainsFunc(r.Checklist, func(o diagnose.Open) bool { return o.Layer == "resource" })
		if unknown := slices.Contains(r.Policies.Unknown, "resource"); unknown != c.asked || listed != c.asked || r.Edit == c.asked {
			t.Errorf("%s on %s: unknown %v, asked for %v, edit %v (%s)", c.action, c.resource, unknown, listed, r.Edit, r.EditWhy)
		}
		if text := strings.Join(r.Lines(), "\n"); !c.asked && strings.Contains(text, "resource-based policy") {
			t.Errorf("%s on %s:\n%s", c.action, c.resource, text)
		}
	}
}
