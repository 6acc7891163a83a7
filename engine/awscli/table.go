package awscli

import (
	"strings"

	"why403/engine/scenario"
)

// Resources read what a resource has that decides about requests for it, in the
// order in which they are suggested.
var Resources = []Command{
	{ID: "bucket-policy", Policy: true, Service: "s3", Piece: ":s3:::", Text: "The bucket policy",
		Line: "aws s3api get-bucket-policy --bucket BUCKET --query Policy --output text", None: "NoSuchBucketPolicy",
		Reach: scenario.AtHome, Owner: true, Doc: cli + "s3api/get-bucket-policy.html"},
	{ID: "public-access", Service: "s3", Piece: ":s3:::", Text: "Block Public Access of the bucket",
		Line: "aws s3api get-public-access-block --bucket BUCKET", None: "NoSuchPublicAccessBlockConfiguration", Owner: true,
		Doc: cli + "s3api/get-public-access-block.html"},
	{ID: "key-policy", Policy: true, Service: "kms", Piece: ":key/", Text: "The key policy",
		Line: "aws kms get-key-policy --key-id ARN --policy-name default --query Policy --output text", Reach: scenario.AtHome,
		Always: true, Owner: true, Region: true, Doc: cli + "kms/get-key-policy.html"},
	{ID: "grants", Service: "kms", Piece: ":key/", Text: "The grants on the key", Line: "aws kms list-grants --key-id ARN",
		None: `an empty list "Grants"`, Reach: scenario.Abroad, Owner: true, Region: true, Doc: cli + "kms/list-grants.html"},
	{ID: "alias", Service: "kms", Piece: ":alias/", Text: "The key behind the alias", Line: "aws kms describe-key --key-id ARN",
		Reach: scenario.Abroad, Owner: true, Region: true, Doc: cli + "kms/describe-key.html"},
	{ID: "queue-policy", Policy: true, Service: "sqs", Text: "The queue policy",
		Line: "aws sqs get-queue-attributes --queue-url QUEUE --attribute-names Policy QueueArn KmsMasterKeyId",
		None: "attributes without Policy", Owner: true, Region: true, Doc: cli + "sqs/get-queue-attributes.html"},
	{ID: "topic-policy", Policy: true, Service: "sns", Text: "The topic policy",
		Line: "aws sns get-topic-attributes --topic-arn ARN", Owner: true, Region: true, Doc: cli + "sns/get-topic-attributes.html"},
	{ID: "secret-policy", Policy: true, Service: "secretsmanager", Text: "The policy of the secret",
		Line: "aws secretsmanager get-resource-policy --secret-id ARN", None: "an answer without ResourcePolicy", Owner: true,
		Region: true, Doc: cli + "secretsmanager/get-resource-policy.html"},
	{ID: "function-policy", Policy: true, Service: "lambda", Piece: ":function:", Text: "The policy of the function",
		Line: "aws lambda get-policy --function-name ARN", None: "ResourceNotFoundException", Owner: true, Region: true,
		Doc: cli + "lambda/get-policy.html"},
	{ID: "repository-policy", Policy: true, Service: "ecr", Piece: ":repository/", Text: "The policy of the repository",
		Line: "aws ecr get-repository-policy --repository-name PATH --registry-id OWNER", None: "RepositoryPolicyNotFoundException",
		Owner: true, Region: true, Doc: cli + "ecr/get-repository-policy.html"},
	{ID: "table-policy", Policy: true, Service: "dynamodb", Piece: ":table/", Text: "The policy of the table",
		Line: "aws dynamodb get-resource-policy --resource-arn TABLE", None: "PolicyNotFoundException", Owner: true, Region: true,
		Doc: cli + "dynamodb/get-resource-policy.html"},
	{ID: "stream-policy", Policy: true, Service: "kinesis", Piece: ":stream/", Text: "The policy of the stream",
		Line: "aws kinesis get-resource-policy --resource-arn ARN", None: "ResourceNotFoundException, or an empty Policy", Owner: true,
		Region: true, Doc: cli + "kinesis/get-resource-policy.html"},
	{ID: "vault-policy", Policy: true, Service: "backup", Text: "The policy of the vault",
		Line: "aws backup get-backup-vault-access-policy --backup-vault-name VAULT", Owner: true, Region: true,
		Doc: cli + "backup/get-backup-vault-access-policy.html"},
	{ID: "trust-policy", Policy: true, Service: "iam", Piece: ":role/", Text: "The role's trust policy",
		Line: "aws iam get-role --role-name NAME", Always: true, Owner: true, Doc: cli + "iam/get-role.html"},
}

// others are about the request, its caller and its organization, and read what
// else is known of a resource.
var others = []Command{
	{ID: "authorization-details", Text: "AWS's record of this denial: the request's whole context, and which policy denied",
		Line: "aws iam-toolbox get-request-authorization-details --authorization-id AUTHORIZATION",
		Doc:  "https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied-authorization-id.html"},
	{ID: "decode", Text: "The encoded message, decoded: the request's condition keys, and the statements that deny",
		Line: "aws sts decode-authorization-message --encoded-message ENCODED --query DecodedMessage --output text",
		Doc:  cli + "sts/decode-authorization-message.html"},
	{ID: "named-scp", Text: "The service control policy that AWS names", Line: "aws organizations describe-policy --policy-id POLICY",
		Doc: cli + "organizations/describe-policy.html"},
	{ID: "named-rcp", Text: "The resource control policy that AWS names", Line: "aws organizations describe-policy --policy-id POLICY",
		Doc: cli + "organizations/describe-policy.html"},
	{ID: "named-policy", Text: "The managed policy that AWS names, in its default version", Line: Managed("POLICYARN"),
		Doc: cli + "iam/get-policy-version.html"},
	{ID: "role-managed", Text: "The managed policies of the role", Line: eachManaged("role"), None: "no output",
		Doc: cli + "iam/list-attached-role-policies.html"},
	{ID: "role-inline", Text: "The inline policies of the role", Line: eachInline("role"), None: "no output",
		Doc: cli + "iam/list-role-policies.html"},
	{ID: "user-managed", Text: "The managed policies of the user", Line: eachManaged("user"), None: "no output",
		Doc: cli + "iam/list-attached-user-policies.html"},
	{ID: "user-inline", Text: "The inline policies of the user", Line: eachInline("user"), None: "no output",
		Doc: cli + "iam/list-user-policies.html"},
	{ID: "role", Text: "The role, with its permissions boundary", Line: "aws iam get-role --role-name ROLE",
		None: "a role without PermissionsBoundary", Doc: cli + "iam/get-role.html"},
	{ID: "user", Text: "The user, with its permissions boundary", Line: "aws iam get-user --user-name USER",
		None: "a user without PermissionsBoundary", Doc: cli + "iam/get-user.html"},
	{ID: "scps", Text: "The service control policies at the account; then the same for its organizational units and the root",
		Line: attached("CALLER", "SERVICE_CONTROL_POLICY"), None: "AWSOrganizationsNotInUseException",
		Doc: cli + "organizations/list-policies-for-target.html"},
	{ID: "rcps",
		Text: "The resource control policies at the resource's account; then the same for its organizational units and the root",
		Line: attached("OWNER", "RESOURCE_CONTROL_POLICY"), None: "AWSOrganizationsNotInUseException",
		Thing: "The list of its resource control policies", Owner: true, Doc: cli + "organizations/list-policies-for-target.html"},
	{ID: "endpoint", Text: "The VPC endpoint that the request went through",
		Line: "aws ec2 describe-vpc-endpoints --vpc-endpoint-ids VPCE", Region: true, Doc: cli + "ec2/describe-vpc-endpoints.html"},
	{ID: "endpoints", Text: "The VPC endpoints for the service, if the caller is in a VPC",
		Line: "aws ec2 describe-vpc-endpoints --filters Name=service-name,Values=ENDPOINTSERVICE", None: `an empty list "VpcEndpoints"`,
		Region: true, Doc: cli + "ec2/describe-vpc-endpoints.html"},
	{ID: "key", Service: "kms", Piece: ":key/", Text: "The state of the key, and who manages it",
		Line: "aws kms describe-key --key-id ARN", Reach: scenario.Abroad, Owner: true, Region: true,
		Doc: cli + "kms/describe-key.html"},
	{ID: "encryption", Service: "s3", Piece: ":s3:::", Text: "The encryption of the bucket",
		Line: "aws s3api get-bucket-encryption --bucket BUCKET", None: "ServerSideEncryptionConfigurationNotFoundError", Owner: true,
		Doc: cli + "s3api/get-bucket-encryption.html"},
	{ID: "payer", Service: "s3", Piece: ":s3:::", Text: "Who pays for requests to the bucket",
		Line: "aws s3api get-bucket-request-payment --bucket BUCKET", Owner: true, Doc: cli + "s3api/get-bucket-request-payment.html"},
	{ID: "object", Text: "Whether the object exists", Line: "aws s3api head-object --bucket BUCKET --key OBJECT", None: "404",
		Reach: scenario.Abroad, Owner: true, Doc: cli + "s3api/head-object.html"},
	{ID: "caller", Text: "Who asks: run it where the program runs", Line: "aws sts get-caller-identity",
		Doc: cli + "sts/get-caller-identity.html"},
	{ID: "event", Text: "CloudTrail's event of the request: who asked for what, with which condition keys",
		Line:   "aws cloudtrail lookup-events --lookup-attributes AttributeKey=EventName,AttributeValue=OPERATION --max-results 20",
		Region: true, Doc: cli + "cloudtrail/lookup-events.html"},
	{ID: "session", Text: "The call that started the session: its session policy, if it passed one",
		Line:   "aws cloudtrail lookup-events --lookup-attributes AttributeKey=ResourceName,AttributeValue=ROLEARN --max-results 20",
		Region: true, Doc: cli + "cloudtrail/lookup-events.html"},
	{ID: "changes", Text: "When the policy was changed last",
		Line: "aws cloudtrail lookup-events --lookup-attributes AttributeKey=ResourceName,AttributeValue=CHANGED --max-results 20",
		Doc:  cli + "cloudtrail/lookup-events.html"},
	{ID: "regions", Text: "The Regions that the account has enabled", Line: "aws account get-region-opt-status --region-name REGION",
		Doc: cli + "account/get-region-opt-status.html"},
	{ID: "password-policy", Text: "The password policy of the account", Line: "aws iam get-account-password-policy",
		None: "NoSuchEntity", Doc: cli + "iam/get-account-password-policy.html"},
	{ID: "lake-formation", Text: "What Lake Formation has granted the caller",
		Line: "aws lakeformation list-permissions --principal DataLakePrincipalIdentifier=ROLEARN", Region: true,
		Doc: cli + "lakeformation/list-permissions.html"},
	{ID: "access-grants", Text: "The grants of S3 Access Grants", Line: "aws s3control list-access-grants --account-id OWNER",
		Owner: true, Region: true, Doc: cli + "s3control/list-access-grants.html"},
	{ID: "data-access", Text: "The data access policies of OpenSearch Serverless",
		Line: "aws opensearchserverless list-access-policies --type data", Owner: true, Region: true,
		Doc: cli + "opensearchserverless/list-access-policies.html"},
	{ID: "access-entry", Text: "The access entry of the caller's role",
		Line: "aws eks describe-access-entry --cluster-name PATH --principal-arn ROLEARN", Owner: true, Region: true,
		Doc: cli + "eks/describe-access-entry.html"},
	{ID: "organization", Text: "Which account manages the organization", Line: "aws organizations describe-organization",
		Doc: cli + "organizations/describe-organization.html"},
	{ID: "role-managed-names", Text: "The names of the managed policies of the role: whoever has them can look them up",
		Line: "aws iam list-attached-role-policies --role-name ROLE", Doc: cli + "iam/list-attached-role-policies.html"},
	{ID: "simulate", Text: "What the policies of the role come to, without their text",
		Line: "aws iam simulate-principal-policy --policy-source-arn ROLEARN --action-names ACTION --resource-arns ARN",
		Doc:  cli + "iam/simulate-principal-policy.html"},
	{ID: "scp-names", Text: "The organization of the account: who may read its policies",
		Line: "aws organizations describe-organization", Doc: cli + "organizations/describe-organization.html"},
	{ID: "key-lesser", Service: "kms", Piece: ":key/", Text: "Who manages the key, and its state",
		Line: "aws kms describe-key --key-id ARN", Region: true, Doc: cli + "kms/describe-key.html"},
	{ID: "bucket-status", Service: "s3", Piece: ":s3:::", Text: "Whether the bucket policy is public",
		Line: "aws s3api get-bucket-policy-status --bucket BUCKET", None: "NoSuchBucketPolicy",
		Doc: cli + "s3api/get-bucket-policy-status.html"},
}

// Managed prints the default version of a managed policy.
func Managed(arn string) string {
	return "aws iam get-policy-version --policy-arn " + arn + " --version-id $(aws iam get-policy --policy-arn " + arn +
		" --query Policy.DefaultVersionId --output text)"
}

// eachManaged prints the managed policies of a role or a user, eachInline the
// others.
func eachManaged(kind string) string {
	return "for p in $(aws iam list-attached-" + kind + "-policies --" + kind + "-name " + strings.ToUpper(kind) +
		" --query 'AttachedPolicies[].PolicyArn' --output text); do " + Managed("$p") + "; done"
}

func eachInline(kind string) string {
	whose := " --" + kind + "-name " + strings.ToUpper(kind)
	return "for p in $(aws iam list-" + kind + "-policies" + whose + " --query PolicyNames --output text); do aws iam get-" + kind +
		"-policy" + whose + " --policy-name $p; done"
}

// attached prints the policies of AWS Organizations at an account.
func attached(account, kind string) string {
	return "for p in $(aws organizations list-policies-for-target --target-id " + account + " --filter " + kind +
		" --query 'Policies[].Id' --output text); do aws organizations describe-policy --policy-id $p; done"
}
