package flow

import (
	"strings"

	"why403/engine"
	"why403/engine/policy"
)

// remark is a note on checks of one kind: what AWS also wants, or what the
// answer rests on, that no policy here tells.
type remark struct {
	code    string
	when    func(*engine.Check) bool
	message string // ACTION stands for the action
	doc     string
}

// remarks is every such note, a row for each.
var remarks = []remark{
	{"no-management-account", func(c *engine.Check) bool {
		return c.Service().Rule == engine.AdminRule && c.ManagementAccount == "" && c.Principal.Account != ""
	}, "ACTION works from the organization's management account, or from a delegated administrator, alone. Nothing here says which account " +
		"that is: add a line management-account.",
		"https://docs.aws.amazon.com/organizations/latest/userguide/orgs_integrate_delegated_admin.html"},
	{"session-token", func(c *engine.Check) bool {
		mfa, _ := c.Context.Get("aws:MultiFactorAuthPresent")
		return c.TemporaryUser() && ofService(c, "iam") && (len(mfa) != 1 || !strings.EqualFold(mfa[0], "true"))
	}, "With credentials of sts:GetSessionToken, IAM takes calls only if they were issued with MFA. Those of the console, and long-term " +
		"ones, it takes.", stsSession},
	{"session-token", func(c *engine.Check) bool {
		return c.TemporaryUser() && ofService(c, "sts") && !named(c, sessionTokenMay)
	}, "Credentials of sts:GetSessionToken can't be used for ACTION, whatever policies say.", stsSession},
	{"long-term-credentials", func(c *engine.Check) bool {
		return c.Principal.Kind == engine.User && !c.TemporaryUser() && named(c, "sts:getscopedcredentials")
	}, "Only temporary credentials can be scoped down: with an access key of the user itself STS refuses this call.",
		iamUG + "id_credentials_temp_control-access_getscopedcredentials.html"},
	{"signed-only", func(c *engine.Check) bool {
		return c.Principal.Kind == engine.Anonymous && ofService(c, "kms") && !c.Context.Has("kms:ViaService")
	}, "KMS takes signed requests alone: without credentials it refuses ACTION before it looks at a policy. This answer is what " +
		"the policies " +
		"say of everyone.", "https://docs.aws.amazon.com/kms/latest/APIReference/Welcome.html"},
	{"canonical-user", func(c *engine.Check) bool {
		return c.Principal.Kind == engine.OriginAccessIdentity && namesCanonicalUser(c)
	}, "The bucket policy names a canonical user. That may be this origin access identity: CloudFront shows the canonical user ID of each. " +
		"Write its ARN in the place of the ID to have it judged.",
		"https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/private-content-restricting-access-to-s3.html"},
	{"presigned", func(c *engine.Check) bool {
		kind, _ := c.Context.Get("s3:authType")
		return ofService(c, "s3") && len(kind) == 1 && kind[0] == "REST-QUERY-STRING"
	}, "A presigned URL carries the permissions of who signed it, checked when it is used: the principal of this request is the signer, " +
		"whoever holds the URL.",
		s3UG + "using-presigned-url.html"},
	{"ecr-layers", func(c *engine.Check) bool { return named(c, "ecr:getdownloadurlforlayer") },
		"The layer itself is then downloaded from a bucket of ECR in S3, by a presigned URL. In a VPC with an S3 endpoint, its policy has to " +
			"allow s3:GetObject on arn:aws:s3:::prod-REGION-starport-layer-bucket/*.", ecrEndpoints},
	{"ecr-layers", func(c *engine.Check) bool {
		return named(c, "s3:getobject") && strings.Contains(c.Resource, "-starport-layer-bucket/")
	}, "This bucket is ECR's. Layers come from it by a presigned URL that ECR signs, so that policies of the caller and of its account " +
		"have no say: only the policy of a VPC endpoint for S3 has. The answer is for the presigned URL.", ecrEndpoints},
	{"directory-bucket", func(c *engine.Check) bool {
		return ofService(c, "s3") && strings.Contains(c.Resource, ":s3express:")
	}, "In a directory bucket AWS does not check ACTION on an object: s3express:CreateSession on the bucket is what lets a caller at all " +
		"of its objects. Ask for that.", s3UG + "s3-express-security-iam.html"},
	{"access-point", func(c *engine.Check) bool {
		return ofService(c, "s3") && strings.Contains(c.Resource, ":accesspoint/")
	}, "A request through an access point has to be allowed by the access point's policy and by the bucket's. This answer is for the " +
		"access point; ask for the bucket too.", s3UG + "access-points-policies.html"},
	{"in-two-minds", func(c *engine.Check) bool {
		return ofService(c, "bedrock-agentcore") && strings.HasPrefix(strings.ToLower(c.Action), "bedrock-agentcore:invokeagentruntime")
	}, "AWS's page is of two minds here. A call is checked on the runtime and on its endpoint, and a resource-based policy that exists but " +
		"does not name the caller either says nothing (then an identity-based policy is enough, as this answer has it) or has to allow too.",
		"https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/resource-based-policies.html"},
	{"data-access-policy", func(c *engine.Check) bool { return ofService(c, "aoss") },
		"OpenSearch Serverless has another layer, which is not IAM: for calls to a collection a data access policy has to grant it too, and a " +
			"network policy has to let it in.",
		"https://docs.aws.amazon.com/opensearch-service/latest/developerguide/serverless-data-access.html"},
}

const (
	stsSession   = "https://docs.aws.amazon.com/STS/latest/APIReference/API_GetSessionToken.html"
	ecrEndpoints = "https://docs.aws.amazon.com/AmazonECR/latest/userguide/vpc-endpoints.html"

	// sessionTokenMay is what credentials of sts:GetSessionToken can call of STS.
	sessionTokenMay = "sts:assumerole sts:getcalleridentity sts:getscopedcredentials sts:getwebidentitytoken sts:getdelegatedaccesstoken"
)

// remark adds the notes on a check.
func (f *finder) remark(c *engine.Check) {
	for i := range remarks {
		if r := &remarks[i]; r.when(c) {
			f.note(r.code, strings.ReplaceAll(r.message, "ACTION", c.Action), r.doc)
		}
	}
}

func ofService(c *engine.Check, prefix string) bool {
	service, _, _ := strings.Cut(c.Action, ":")
	return strings.EqualFold(service, prefix)
}

// named reports whether the action of a check is in a list.
func named(c *engine.Check, actions string) bool {
	return engine.Lists(actions, strings.ToLower(c.Action))
}

// namesCanonicalUser reports whether a policy of the resource has a principal
// of this kind.
func namesCanonicalUser(c *engine.Check) bool {
	for _, p := range c.Policies {
		for i := range p.Statements {
			for _, v := range p.Statements[i].Principal.Values {
				if v.Kind == policy.CanonicalUser {
					return true
				}
			}
		}
	}
	return false
}
