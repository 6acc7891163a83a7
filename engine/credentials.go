package engine

// credentialRule is what some credentials can't call, whatever policies say.
type credentialRule struct {
	callers callers
	actions string // as in a serviceRow, each with its prefix
	except  string
	doc     string
}

// credentialRules is every such rule, a row for each.
var credentialRules = [...]credentialRule{
	{FederatedUser.bit(), "iam:*", "", stsAPI + "API_GetFederationToken.html"},
	{FederatedUser.bit(), "sts:*", "sts:getcalleridentity sts:getscopedcredentials sts:getdelegatedaccesstoken",
		stsAPI + "API_GetFederationToken.html"},
	{RoleSession.bit(), "sts:getfederationtoken sts:getsessiontoken", "", iamUG + "id_credentials_sts-comparison.html"},
	{rootUser, "sts:assumeroot", "", stsAPI + "API_AssumeRoot.html"},
	{rootUser, "sts:getscopedcredentials", "", iamUG + "id_credentials_temp_control-access_getscopedcredentials.html"},
	{OriginAccessIdentity.bit(), "kms:*", "",
		"https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/private-content-restricting-access-to-s3.html"},
	{Anonymous.bit(), signedOnly, "", iamUG + "intro-structure.html"},
}

// signedOnly is calls that nobody makes without credentials, though a policy names
// everyone. AWS says that a few services take unsigned requests, such as S3 and
// STS, and lists them nowhere.
//
// choice: those that are here take signed requests alone. For one that is missing,
// its policy decides. KMS is missing: the answer is what the key policy says of
// everyone, as the test vectors have it, with a note that KMS wants a signature.
const signedOnly = "iam:* organizations:* sts:assumerole sts:assumeroot sts:getsessiontoken sts:getfederationtoken " +
	"acm-pca:* athena:* backup:* codeartifact:* codebuild:* dynamodb:* ec2:* ecr:* events:* firehose:* glue:* imagebuilder:* kinesis:* " +
	"lakeformation:* license-manager:* logs:* outposts:* ram:* route53resolver:* secretsmanager:* servicediscovery:* ssm:* states:*"

const stsAPI = "https://docs.aws.amazon.com/STS/latest/APIReference/"

// refused finds the rule that keeps the caller's credentials from an action,
// or nil. What a user's credentials are, its ARN does not tell: long-term ones
// can't be scoped down, and those of sts:GetSessionToken carry the time of
// their issue.
func (r *Check) refused() *credentialRule {
	for i := range credentialRules {
		f := &credentialRules[i]
		if f.callers&r.Principal.Kind.bit() != 0 && Lists(f.actions, r.action) && !Lists(f.except, r.action) {
			return f
		}
	}
	return nil
}

// TemporaryUser reports whether the request of a user says that it has
// temporary credentials: those of sts:GetSessionToken, or of the console.
//
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-tokenissuetime
func (r *Check) TemporaryUser() bool {
	return r.Principal.Kind == User && (r.Context.Has("aws:TokenIssueTime") || r.Context.Has("aws:MultiFactorAuthPresent"))
}

// administers reports whether the caller's account is one that AWS takes such a
// call from: the management account of its organization, or for some calls a
// delegated administrator. Where nothing says which account manages, it may be
// the caller's.
//
// https://docs.aws.amazon.com/organizations/latest/userguide/orgs_integrate_delegated_admin.html
func (r *Check) administers() bool {
	switch r.Principal.Account {
	case "":
		return false
	case r.ManagementAccount:
		return true
	case r.DelegatedAccount:
		return Lists("sts:assumeroot organizations:describe* organizations:list*", r.action)
	}
	return r.ManagementAccount == ""
}
