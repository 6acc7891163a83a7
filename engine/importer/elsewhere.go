package importer

import "strings"

// elsewhere is an answer that no policy of IAM decides: what says no, the one
// thing to look at, and AWS's page. The phrases are in lower case.
type elsewhere struct {
	phrases  string // with " | " between them; each may be two, with " & " between them
	kind     string
	why      string
	look     string
	page     string
	isPolicy bool // IAM decides such requests, but no policy changes this answer
	state    bool // of the resource: a policy that was brought tells no more
	passing  bool // programs write this in passing, and go on: another answer in the text counts
}

// elsewheres is read from the top: the first whose phrase is in the text.
var elsewheres = []elsewhere{
	{phrases: "lake formation permission | lakeformation.model.accessdenied | relation not found or not allowed",
		kind: "Lake Formation's refusal",
		why:  "Lake Formation decides about databases, tables and columns with permissions of its own, beside IAM.",
		look: "The grants in Lake Formation for this caller: aws lakeformation list-permissions",
		page: "https://docs.aws.amazon.com/lake-formation/latest/dg/access-control-overview.html"},
	{phrases: "no permissions for [ | security_exception | backend_roles=", kind: "the refusal of OpenSearch's fine-grained access control",
		why:  "Roles inside the domain decide this, and IAM has let the request in.",
		look: "The role mapping in OpenSearch Dashboards for the ARN that the text names",
		page: "https://docs.aws.amazon.com/opensearch-service/latest/developerguide/fgac.html"},
	{phrases: "must be logged in to the server | the server has asked for the client to provide credentials",
		kind: "the refusal of a Kubernetes cluster",
		why:  "The cluster does not know this identity: no access entry, or no line in aws-auth, maps it.",
		look: "The access entries of the cluster: aws eks list-access-entries",
		page: "https://docs.aws.amazon.com/eks/latest/userguide/access-entries.html"},
	{phrases: "iam principal doesn't have access to kubernetes objects | iam principal does not have access to kubernetes objects",
		kind: "the console's message about a Kubernetes cluster",
		why:  "IAM lets the caller look at the cluster, and the cluster does not know the caller: no access entry has an access policy for it.",
		look: "The access entry of the caller: aws eks describe-access-entry, list-associated-access-policies",
		page: "https://docs.aws.amazon.com/eks/latest/userguide/access-entries.html"},
	{phrases: "permission denied for relation | permission denied for schema | permission denied for table | permission denied for database",
		kind: "the refusal of a database's own permissions",
		why:  "GRANTs in the database decide this: the sign-in has passed.",
		look: "The GRANTs of the database user on this table or schema",
		page: "https://docs.aws.amazon.com/redshift/latest/dg/r_GRANT.html"},
	{phrases: "verified access & denied | verified access & unauthorized | verified-access & denied",
		kind: "the refusal of AWS Verified Access",
		why:  "Policies in the language Cedar decide this: that of the Verified Access group, and that of the endpoint, both on trust data.",
		look: "The two policies (aws ec2 get-verified-access-group-policy, get-verified-access-endpoint-policy), and the trust data in " +
			"the access logs",
		page: "https://docs.aws.amazon.com/verified-access/latest/ug/auth-policies-policy-eval.html"},
	{phrases: "quicksightusernotfound | quicksight & you don't have permission to | quick sight & you don't have permission to | " +
		"quicksight & resource not found or you do not have access",
		kind: "QuickSight's refusal",
		why:  "QuickSight has users, groups and the sharing of each dashboard, analysis and dataset of its own, beside IAM.",
		look: "Who it is shared with (aws quicksight describe-dashboard-permissions), and the user (aws quicksight list-users)",
		page: "https://docs.aws.amazon.com/quicksight/latest/user/sharing-a-dashboard.html"},
	{phrases: "invalid identity pool configuration | unauthenticated access is not supported for this identity pool | token is not from a " +
		"supported provider of this identity pool",
		kind: "the refusal of a Cognito identity pool",
		why: "The pool hands out a session of a role: it has none for this identity, its trust policy does not let Cognito assume it, or the " +
			"sign-in is of a provider that the pool does not take.",
		look: "The pool's providers and roles (aws cognito-identity describe-identity-pool, get-identity-pool-roles), and the trust policy of " +
			"the role: aud is the pool's ID, amr is authenticated or unauthenticated",
		page: "https://docs.aws.amazon.com/cognito/latest/developerguide/role-trust-and-permissions.html"},
	{phrases: "is forbidden: user | cannot list resource | cannot get resource | cannot create resource | cannot patch resource | cannot " +
		"watch resource", kind: "the refusal of Kubernetes RBAC",
		why:  "A Role or ClusterRole of the cluster decides this.",
		look: "kubectl auth can-i --list, as this user", page: "https://docs.aws.amazon.com/eks/latest/userguide/access-policies.html"},
	{phrases: "not authorized to access & on type | appsync & unauthorizedexception", kind: "AppSync's refusal",
		why:  "The API's authorization mode and the rules in its schema (@auth, @aws_iam) decide this.",
		look: "The authorization modes and the directives of this field in the schema",
		page: "https://docs.aws.amazon.com/appsync/latest/devguide/security-authz.html"},
	{phrases: "don't have access to the model with the specified model id | model access is denied due to invalid_payment | is not " +
		"authorized to invoke this api " +
		"operation | access to this model is not", kind: "Amazon Bedrock's refusal of a model",
		why: "The account has no access to the model, or may not use the service yet.",
		look: "Model access in the Bedrock console, in this " +
			"Region", page: "https://docs.aws.amazon.com/bedrock/latest/userguide/model-access.html"},
	{phrases: "permissions to the requested s3 prefix | getdataaccess & you do not have", kind: "the refusal of S3 Access Grants",
		why:  "A grant of the Access Grants instance decides this.",
		look: "The grants of the instance: aws s3control list-access-grants",
		page: "https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-grants.html"},
	{phrases: "request has expired | expiredtoken | security token included in the request is expired | token has expired | sso session " +
		"associated with this profile has expired | refresh failed", kind: "expired credentials, or an expired address",
		why: "AWS checks the time before any policy.", passing: true,
		look: "Sign in again (aws sso login), or sign the address " +
			"again", page: "https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_temp_use-resources.html"},
	{phrases: "no openidconnect provider found | incorrect token audience | invalididentitytoken | verification key from your " +
		"identity provider",
		kind: "a token that IAM does not take", isPolicy: true,
		why:  "IAM checks issuer, audience, signature and time of a token against its identity provider, before the role's trust policy.",
		look: "The provider and its audiences: aws iam list-open-id-connect-providers, get-open-id-connect-provider",
		page: "https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_providers_create_oidc.html"},
	{phrases: "multifactorauthentication failed", kind: "an MFA code that AWS does not take", isPolicy: true,
		why:  "AWS checks the code of the MFA device before any policy.",
		look: "The ARN of the MFA device (aws iam list-mfa-devices), its clock, and a code that was not used yet",
		page: "https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_mfa_sync.html"},
	{phrases: "mfa authentication must be used for this request", kind: "MFA delete of a bucket", isPolicy: true,
		why:  "The bucket wants a code of the root user's MFA device for this, whatever the policies say.",
		look: "aws s3api get-bucket-versioning (MFADelete)",
		page: "https://docs.aws.amazon.com/AmazonS3/latest/userguide/MultiFactorAuthenticationDelete.html"},
	{phrases: "requesttimetooskewed | signature expired | time too skewed", kind: "a clock that is wrong",
		why:  "AWS refuses requests whose time differs by more than some minutes.",
		look: "The clock of the machine that signs",
		page: "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-troubleshooting.html"},
	{phrases: "headers present in the request which were not signed | signaturedoesnotmatch | signature we calculated does not match | " +
		"incompletesignature | authorization header requires", kind: "a signature that does not match",
		why:  "AWS checks the signature before any policy.",
		look: "The secret access key, the Region, and that every x-amz- header is signed",
		page: "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-troubleshooting.html"},
	{phrases: "missing authentication token | missingauthenticationtoken",
		kind: "a request without a signature, or for an address that an API does not have",
		why:  "API Gateway says this for a path or a method that the stage does not have, and AWS for a request without a signature.",
		look: "The address and the method: stage, path, trailing " +
			"slash", page: "https://docs.aws.amazon.com/apigateway/latest/developerguide/supported-gateway-response-types.html"},
	{phrases: "please check your action inputs", kind: "missing credentials in GitHub Actions", passing: true,
		why:  "The job has no token for AWS: it lacks permissions: id-token: write, or the role to assume.",
		look: "permissions in the workflow, and role-to-assume and aws-region of aws-actions/configure-aws-credentials",
		page: "https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_providers_create_oidc.html"},
	{phrases: "unable to locate credentials | no credentials in the property bag | could not load credentials | nocredentialproviders | " +
		"no valid credential sources | unable to load credentials | could not find credentials | credentials could not be loaded | unable to " +
		"load aws credentials",
		kind: "missing credentials", why: "The request was never sent: the program found no credentials.", passing: true,
		look: "aws sts get-caller-identity in the same shell, pod or function",
		page: "https://docs.aws.amazon.com/sdkref/latest/guide/standardized-credentials.html"},
	{phrases: "invalidclienttokenid | unrecognizedclient | security token included in the request is invalid | invalidaccesskeyid | aws " +
		"access key id you provided does not exist | not able to validate the provided access credentials",
		kind: "credentials that AWS does not know", why: "The access key was deleted or deactivated, is of another partition, or its session " +
			"token is missing. A Region that the account has not enabled gives the same answer.",
		look: "aws sts get-caller-identity with the same credentials and Region",
		page: "https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot.html"},
	{phrases: "getrolecredentials & no access | forbiddenexception & no access", kind: "IAM Identity Center's refusal",
		why:  "No permission set of this account is assigned to the user.",
		look: "The assignments of the account: aws sso-admin list-account-assignments",
		page: "https://docs.aws.amazon.com/singlesignon/latest/userguide/useraccess.html"},
	{phrases: "the request could not be satisfied | request blocked | configured to block access from your country | " +
		"awselb/2.0 & 403 forbidden",
		kind: "the refusal of CloudFront or AWS WAF",
		why:  "A rule of AWS WAF, a restriction by country or the distribution's settings refused this before the origin.",
		look: "The sampled requests of the web ACL, and the distribution's geographic restrictions",
		page: "https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/http-403-permission-denied.html"},
	{phrases: "missing key-pair-id", kind: "CloudFront's refusal of an address that is not signed",
		why:  "The distribution takes signed addresses or signed cookies only.",
		look: "The trusted key groups of the behaviour, and the parameters Expires, Signature and Key-Pair-Id",
		page: "https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/PrivateContent.html"},
	{phrases: "403 forbidden & nginx | to access this resource & apache | to access / on this server",
		kind: "the refusal of a web server", why: "The server of the site answered this, not AWS.",
		look: "The configuration and the log of the server, or of the container",
		page: "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-troubleshooting.html"},
	{phrases: "is pending deletion", kind: "a key that is pending deletion", why: "The state of the key refuses every use.",
		isPolicy: true, state: true,
		look: "aws kms cancel-key-deletion, then aws kms " +
			"enable-key", page: "https://docs.aws.amazon.com/kms/latest/developerguide/key-state.html"},
	{phrases: "disabledexception | arn:aws:kms & is disabled | kmsinvalidstateexception | kms.disabledexception | kms.invalidstate",
		kind: "a key that is disabled", why: "The state of the key refuses every use.", isPolicy: true, state: true,
		look: "aws kms describe-key (KeyState), then aws kms " +
			"enable-key", page: "https://docs.aws.amazon.com/kms/latest/developerguide/key-state.html"},
	{phrases: "optinrequired | not subscribed to this service | region is not enabled | is not enabled in your account | sts is not " +
		"activated in this region", kind: "a Region or a service that is not enabled",
		why: "The account has not opted in.", isPolicy: true,
		look: "aws account list-regions, and the service's own " +
			"opt-in", page: "https://docs.aws.amazon.com/accounts/latest/reference/manage-acct-regions.html"},
	{phrases: "user access not activated | iam access to billing", kind: "billing access that is not activated",
		why: "The root user has to activate IAM access to billing once, before any policy counts.", isPolicy: true,
		look: "Account settings, as the root user: IAM user and role access to Billing information",
		page: "https://docs.aws.amazon.com/awsaccountbilling/latest/aboutv2/control-access-billing.html"},
	{phrases: "limitexceeded | servicequotaexceeded | vcpulimitexceeded | quota & exceeded | throttlingexception | rate exceeded | " +
		"toomanyrequests", kind: "a quota or a throttled request", why: "A limit refused this.", isPolicy: true, passing: true,
		look: "Service Quotas in the console", page: "https://docs.aws.amazon.com/servicequotas/latest/userguide/intro.html"},
	{phrases: "cross-account pass role is not allowed", kind: "a role of another account that was passed",
		why: "iam:PassRole works within one account only, whatever the policies say.", isPolicy: true,
		look: "A role in the caller's own account, which may assume the other one",
		page: "https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_passrole.html"},
	{phrases: "not a delegated administrator | not registered as a delegated administrator | must be the organization's management " +
		"account | only the organization's management account | you must be the management account",
		kind: "a call for the management account or a delegated administrator",
		why:  "AWS Organizations refuses it from other accounts, whatever the policies say.", isPolicy: true,
		look: "aws organizations list-delegated-administrators, from the management account",
		page: "https://docs.aws.amazon.com/organizations/latest/userguide/orgs_integrate_delegated_admin.html"},
	{phrases: "denied by stack policy | not allowed by stack policy", kind: "the refusal of a CloudFormation stack policy",
		why: "The stack policy decides which resources an update may change, whoever updates the stack.",
		look: "aws cloudformation get-stack-policy; judge it with a request Update:Modify, Update:Replace or Update:Delete on " +
			"LogicalResourceId/ID, and its document as resource.json",
		page: "https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/protect-stack-resources.html"},
	{phrases: "cannot be deleted while terminationprotection is enabled", kind: "a stack with termination protection",
		why: "CloudFormation deletes no stack with termination protection, whatever the policies say.", isPolicy: true,
		look: "aws cloudformation describe-stacks, EnableTerminationProtection; update-termination-protection turns it off",
		page: "https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/using-cfn-protect-stacks.html"},
	{phrases: "passwordpolicyviolation | password should have at least | password does not conform to the account password policy | " +
		"password has been used previously",
		kind:     "a password that the account's password policy refuses",
		why:      "The password policy of the account sets what a console password must be like; it is not a policy that allows or denies.",
		isPolicy: true,
		look:     "aws iam get-account-password-policy, and choose another password",
		page:     "https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_passwords_account-policy.html"},
	{phrases: "accesscontrollistnotsupported | bucket does not allow acls", kind: "a bucket without ACLs",
		why: "Object Ownership of the bucket is BucketOwnerEnforced, so S3 refuses every ACL.", isPolicy: true, state: true,
		look: "Leave the ACL out of the request, or aws s3api get-bucket-ownership-controls",
		page: "https://docs.aws.amazon.com/AmazonS3/latest/userguide/about-object-ownership.html"},
	{phrases: "objectlocked | object is worm protected | protected by object lock", kind: "an object under Object Lock",
		why: "Retention or a legal hold refuses this, whatever the policies say.", isPolicy: true,
		look: "aws s3api get-object-retention and " +
			"get-object-legal-hold", page: "https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-lock.html"},
	{phrases: "account is suspended | account has been suspended | allaccessdisabled | all access to this object has been disabled",
		kind: "an account or a bucket that AWS has closed", why: "AWS refuses every request.", isPolicy: true,
		look: "The account's messages from AWS: AWS Health and " +
			"billing", page: "https://docs.aws.amazon.com/accounts/latest/reference/manage-acct-closing.html"},
	{phrases: "notauthorizedexception & incorrect username or password | notauthorizedexception & invalid refresh token | " +
		"notauthorizedexception & access token | user is not confirmed",
		kind: "Amazon Cognito's refusal", why: "The user pool checks passwords and tokens, not policies.",
		look: "The user's status in the user pool, and the app client's settings",
		page: "https://docs.aws.amazon.com/cognito/latest/developerguide/authentication.html"},
	{phrases: "deliverlogserrormessage: access error", kind: "the Access error of VPC flow logs",
		why: "It does not say what refused: the role (to CloudWatch Logs), or the bucket's policy or key (to S3).", isPolicy: true,
		look: "To S3: that the bucket policy and, if the bucket is encrypted, the key policy allow delivery.logs.amazonaws.com",
		page: "https://docs.aws.amazon.com/vpc/latest/userguide/flow-logs-troubleshooting.html"},
	{phrases: `{"message":"unauthorized"} | {"message": "unauthorized"}`, kind: "the refusal of an authorizer of API Gateway",
		why: "The API wants a token of its authorizer (Cognito, JWT or Lambda), and the request has none that it accepts.",
		look: "The authorizer of the route, and the Authorization " +
			"header", page: "https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-control-access-to-api.html"},
	{phrases: `{"message":"forbidden"} | {"message": "forbidden"}`, kind: "API Gateway's Forbidden",
		why:  "API Gateway says this where an API key is missing, AWS WAF blocks, or the custom domain has no such path.",
		look: "The x-api-key header, the web ACL, and the mapping of the custom domain",
		page: "https://docs.aws.amazon.com/apigateway/latest/developerguide/supported-gateway-response-types.html"},
	{phrases: "access to identity & is forbidden", kind: "Amazon Cognito's refusal",
		why: "The identity pool gives no credentials for this identity and these logins.",
		look: "The authentication providers of the identity " +
			"pool", page: "https://docs.aws.amazon.com/cognito/latest/developerguide/identity-pools.html"},
	{phrases: "invalid principal in policy | invalid principals | malformedpolicydocument | malformedpolicy",
		kind: "a policy that AWS does not store", why: "AWS refused the policy, not a request: it names a principal that does not exist, or " +
			"breaks its grammar.", isPolicy: true,
		look: "The principals that the policy names, and its JSON (paste the policy here)",
		page: "https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_policies.html"},
	{phrases: "no basic auth credentials | authorization token has expired", kind: "docker's missing login",
		why:  "docker has no valid token of the registry.",
		look: "aws ecr get-login-password, then docker login", page: "https://docs.aws.amazon.com/AmazonECR/latest/userguide/registry_auth.html"},
	{phrases: "permission denied (publickey) | host key verification failed", kind: "SSH's refusal",
		why: "SSH decides with keys, not with policies.",
		look: "The key pair, the user name and the " +
			"address", page: "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/TroubleshootingInstancesConnecting.html"},
}

// elsewhereOf finds what the text in lower case is, or nil.
func elsewhereOf(lower string) *elsewhere {
	for i := range elsewheres {
		if elsewheres[i].fits(lower) {
			return &elsewheres[i]
		}
	}
	return nil
}

// without is a text without the lines that have one of the phrases.
func (e *elsewhere) without(text string) string {
	var b strings.Builder
	for line := range strings.Lines(text) {
		if !e.fits(strings.ToLower(line)) {
			b.WriteString(line)
		}
	}
	return b.String()
}

// fits reports whether one of the phrases is in a text in lower case.
func (e *elsewhere) fits(lower string) bool {
	for phrases := e.phrases; phrases != ""; {
		var phrase string
		phrase, phrases, _ = strings.Cut(phrases, " | ")
		if containsAll(lower, phrase) {
			return true
		}
	}
	return false
}

// useElsewhere says what an answer is that no policy of IAM decides.
func (p *paste) useElsewhere(e *elsewhere) {
	p.out.Kind = e.kind
	p.sayMore(func(s *Said) { s.NoPolicy, s.Look, s.Page, s.Policies = e.why, e.look, e.page, e.isPolicy && !e.state })
	if e.isPolicy {
		p.understood("No policy changes this. " + e.why)
	} else {
		p.understood("This is not IAM. " + e.why)
	}
	p.next("Look at: "+e.look+". AWS's page: "+e.page, "")
}
