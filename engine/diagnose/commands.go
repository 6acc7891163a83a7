package diagnose

import (
	"strings"

	"why403/engine"
	"why403/engine/scenario"
)

// command is a row: a command line that only reads. In line, words in capitals
// stand for what [state.word] makes of the request.
type command struct {
	id     string
	layer  string // whose "none" its empty answer is, or ""
	tells  string // the explanations that its answer separates
	text   string
	line   string
	none   string // what AWS prints where there is no such thing
	with   string // the command whose empty answer is needed too
	after  string // the command that was denied, where this is a lesser one
	first  bool   // before anything else: AWS's own record of the request
	when   func(*state) bool
	doc    string
	where  func(*state) string // the account to run it in; nil for the caller's
	reach  scenario.Reach      // who may run it where that account is not the caller's
	region bool                // the service is Regional: --region is added
}

const everyLayer = "layer-identity layer-resource layer-scp layer-rcp layer-boundary layer-session layer-endpoint"

const cli = "https://docs.aws.amazon.com/cli/latest/reference/"

func ofRole(s *state) bool { return s.check.Principal.Kind == engine.RoleSession && s.callerNamed() }
func ofUser(s *state) bool { return s.check.Principal.Kind == engine.User && s.callerNamed() }

func (s *state) callerNamed() bool {
	return !strings.Contains(s.check.Principal.ARN, unnamed) && told(s.check.Principal.Account)
}

// told reports whether an account is one that what was brought names.
func told(account string) bool {
	return account != "" && account != noAccount && account != elsewhereAccount
}

// besideOf makes a condition of what the action asks beside IAM.
func besideOf(name string) func(*state) bool {
	return func(s *state) bool {
		b, _ := s.check.Beside()
		return b != nil && b.Name == name
	}
}

// ofOwner is the account of the resource, or "".
func ofOwner(s *state) string { return s.check.ResourceAccount }

// onService makes a condition of the service of the resource, and of a piece of
// its ARN.
func onService(service, piece string) func(*state) bool {
	return func(s *state) bool {
		r := s.check.Resource
		return part(r, 2) == service && strings.Contains(r, piece) && !strings.Contains(bucketOrAll(r), unnamed)
	}
}

// bucketOrAll is the bucket of an object, or the ARN as it is.
func bucketOrAll(arn string) string {
	if part(arn, 2) == "s3" {
		bucket, _, _ := strings.Cut(part(arn, 5), "/")
		return bucket
	}
	return arn
}

// commands is every row. Of those that separate as much, the first is taken.
var commands = []command{
	{id: "authorization-details", first: true,
		text:  "AWS's record of this denial: the request's whole context, and which policy denied",
		line:  "aws iam-toolbox get-request-authorization-details --authorization-id AUTHORIZATION",
		tells: "statement condition not-attached other-version other-attached other-resource other-session changed-since " + everyLayer,
		when:  func(s *state) bool { return s.said.AuthorizationID != "" },
		doc:   "https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied-authorization-id.html"},
	{id: "decode", first: true, text: "The encoded message, decoded: the request's condition keys, and the statements that deny",
		line:  "aws sts decode-authorization-message --encoded-message ENCODED --query DecodedMessage --output text",
		tells: "statement condition other-resource other-session layer-identity layer-scp",
		when:  func(s *state) bool { return s.said.Encoded != "" }, doc: cli + "sts/decode-authorization-message.html"},
	{id: "named-scp", layer: "scp", text: "The service control policy that AWS names",
		line: "aws organizations describe-policy --policy-id POLICY", tells: "layer-scp other-attached",
		when: func(s *state) bool { return s.said.Type == "scp" && strings.Contains(s.said.Policy, ":organizations:") },
		doc:  cli + "organizations/describe-policy.html"},
	{id: "named-rcp", layer: "rcp", text: "The resource control policy that AWS names",
		line: "aws organizations describe-policy --policy-id POLICY", tells: "layer-rcp other-attached",
		when: func(s *state) bool { return s.said.Type == "rcp" && strings.Contains(s.said.Policy, ":organizations:") },
		doc:  cli + "organizations/describe-policy.html"},
	{id: "named-policy", text: "The managed policy that AWS names, in its default version", line: managed("POLICYARN"),
		tells: "layer-identity layer-boundary other-version other-attached not-attached changed-since",
		when:  func(s *state) bool { return strings.Contains(s.said.Policy, ":iam:") },
		doc:   cli + "iam/get-policy-version.html"},
	{id: "bucket-policy", layer: "resource", text: "The bucket policy",
		line: "aws s3api get-bucket-policy --bucket BUCKET --query Policy --output text", none: "NoSuchBucketPolicy",
		tells: "layer-resource other-resource changed-since", when: onService("s3", ":s3:::"), reach: scenario.AtHome, where: ofOwner,
		doc: cli + "s3api/get-bucket-policy.html"},
	{id: "key-policy", layer: "resource", text: "The key policy",
		line:  "aws kms get-key-policy --key-id ARN --policy-name default --query Policy --output text",
		tells: "layer-resource other-resource aws-managed-key key-disabled changed-since", when: onService("kms", ":key/"),
		reach: scenario.AtHome, where: ofOwner, region: true, doc: cli + "kms/get-key-policy.html"},
	{id: "queue-policy", layer: "resource", text: "The queue policy",
		line: "aws sqs get-queue-attributes --queue-url QUEUE --attribute-names Policy QueueArn KmsMasterKeyId",
		none: "attributes without Policy", tells: "layer-resource other-resource second-request changed-since",
		when: onService("sqs", ""), where: ofOwner, region: true, doc: cli + "sqs/get-queue-attributes.html"},
	{id: "topic-policy", layer: "resource", text: "The topic policy", line: "aws sns get-topic-attributes --topic-arn ARN",
		tells: "layer-resource other-resource second-request changed-since", when: onService("sns", ""), where: ofOwner,
		region: true, doc: cli + "sns/get-topic-attributes.html"},
	{id: "secret-policy", layer: "resource", text: "The policy of the secret",
		line: "aws secretsmanager get-resource-policy --secret-id ARN", none: "an answer without ResourcePolicy",
		tells: "layer-resource other-resource changed-since", when: onService("secretsmanager", ""), where: ofOwner,
		region: true, doc: cli + "secretsmanager/get-resource-policy.html"},
	{id: "function-policy", layer: "resource", text: "The policy of the function",
		line: "aws lambda get-policy --function-name ARN", none: "ResourceNotFoundException",
		tells: "layer-resource other-resource changed-since", when: onService("lambda", ":function:"), where: ofOwner,
		region: true, doc: cli + "lambda/get-policy.html"},
	{id: "repository-policy", layer: "resource", text: "The policy of the repository",
		line: "aws ecr get-repository-policy --repository-name PATH --registry-id OWNER",
		none: "RepositoryPolicyNotFoundException", tells: "layer-resource other-resource changed-since",
		when: onService("ecr", ":repository/"), where: ofOwner, region: true, doc: cli + "ecr/get-repository-policy.html"},
	{id: "table-policy", layer: "resource", text: "The policy of the table",
		line: "aws dynamodb get-resource-policy --resource-arn TABLE", none: "PolicyNotFoundException",
		tells: "layer-resource other-resource changed-since", when: onService("dynamodb", ":table/"), where: ofOwner,
		region: true, doc: cli + "dynamodb/get-resource-policy.html"},
	{id: "stream-policy", layer: "resource", text: "The policy of the stream",
		line: "aws kinesis get-resource-policy --resource-arn ARN", none: "ResourceNotFoundException, or an empty Policy",
		tells: "layer-resource other-resource changed-since", when: onService("kinesis", ":stream/"), where: ofOwner,
		region: true, doc: cli + "kinesis/get-resource-policy.html"},
	{id: "trust-policy", layer: "resource", text: "The role's trust policy",
		line:  "aws iam get-role --role-name NAME --query Role.AssumeRolePolicyDocument",
		tells: "layer-resource other-resource changed-since",
		when:  func(s *state) bool { return s.service() == "sts" && part(s.check.Resource, 2) == "iam" }, where: ofOwner,
		doc: cli + "iam/get-role.html"},
	{id: "role-managed", layer: "identity", with: "role-inline", none: "no output", text: "The managed policies of the role",
		line:  eachManaged("role"),
		tells: "layer-identity not-attached other-version changed-since statement", when: ofRole,
		doc: cli + "iam/list-attached-role-policies.html"},
	{id: "role-inline", layer: "identity", with: "role-managed", text: "The inline policies of the role",
		line: eachInline("role"),
		none: "no output", tells: "layer-identity not-attached", when: ofRole, doc: cli + "iam/list-role-policies.html"},
	{id: "user-managed", layer: "identity", with: "user-inline", none: "no output", text: "The managed policies of the user",
		line:  eachManaged("user"),
		tells: "layer-identity not-attached other-version changed-since statement", when: ofUser,
		doc: cli + "iam/list-attached-user-policies.html"},
	{id: "user-inline", layer: "identity", with: "user-managed", text: "The inline policies of the user",
		line: eachInline("user"),
		none: "no output", tells: "layer-identity not-attached", when: ofUser, doc: cli + "iam/list-user-policies.html"},
	{id: "role", layer: "boundary", text: "The role, with its permissions boundary", line: "aws iam get-role --role-name ROLE",
		none: "a role without PermissionsBoundary", tells: "layer-boundary", when: ofRole, doc: cli + "iam/get-role.html"},
	{id: "user", layer: "boundary", text: "The user, with its permissions boundary", line: "aws iam get-user --user-name USER",
		none: "a user without PermissionsBoundary", tells: "layer-boundary", when: ofUser, doc: cli + "iam/get-user.html"},
	{id: "scps", layer: "scp",
		text: "The service control policies at the account; then the same for its organizational units and the root",
		line: attached("CALLER", "SERVICE_CONTROL_POLICY"), none: "AWSOrganizationsNotInUseException",
		tells: "layer-scp other-attached", when: func(*state) bool { return true },
		doc: cli + "organizations/list-policies-for-target.html"},
	{id: "rcps", layer: "rcp",
		text: "The resource control policies at the resource's account; then the same for its organizational units and the root",
		line: attached("OWNER", "RESOURCE_CONTROL_POLICY"), none: "AWSOrganizationsNotInUseException",
		tells: "layer-rcp other-attached", when: func(*state) bool { return true }, reach: scenario.Abroad, where: ofOwner,
		doc: cli + "organizations/list-policies-for-target.html"},
	{id: "endpoint", layer: "endpoint", text: "The VPC endpoint that the request went through",
		line: "aws ec2 describe-vpc-endpoints --vpc-endpoint-ids VPCE", tells: "layer-endpoint aws-bucket",
		when: func(s *state) bool { return s.check.Context.Has("aws:SourceVpce") }, region: true,
		doc: cli + "ec2/describe-vpc-endpoints.html"},
	{id: "endpoints", layer: "endpoint", text: "The VPC endpoints for the service, if the caller is in a VPC",
		line: "aws ec2 describe-vpc-endpoints --filters Name=service-name,Values=ENDPOINTSERVICE",
		none: `an empty list "VpcEndpoints"`, tells: "layer-endpoint aws-bucket",
		when: func(s *state) bool { return !s.check.Context.Has("aws:SourceVpce") }, region: true,
		doc: cli + "ec2/describe-vpc-endpoints.html"},
	{id: "grants", layer: "grants", text: "The grants on the key", line: "aws kms list-grants --key-id ARN",
		none: `an empty list "Grants"`, tells: "layer-grants", when: onService("kms", ":key/"), reach: scenario.Abroad,
		where: ofOwner, region: true,
		doc: cli + "kms/list-grants.html"},
	{id: "key", text: "The state of the key, and who manages it", line: "aws kms describe-key --key-id ARN",
		tells: "key-disabled aws-managed-key", when: onService("kms", ":key/"), reach: scenario.Abroad, where: ofOwner, region: true,
		doc: cli + "kms/describe-key.html"},
	{id: "public-access", text: "Block Public Access of the bucket", line: "aws s3api get-public-access-block --bucket BUCKET",
		none: "NoSuchPublicAccessBlockConfiguration", tells: "block-public-access", when: onService("s3", ":s3:::"),
		where: ofOwner, doc: cli + "s3api/get-public-access-block.html"},
	{id: "encryption", text: "The encryption of the bucket", line: "aws s3api get-bucket-encryption --bucket BUCKET",
		none: "ServerSideEncryptionConfigurationNotFoundError", tells: "second-request sse-c", when: onService("s3", ":s3:::"),
		where: ofOwner, doc: cli + "s3api/get-bucket-encryption.html"},
	{id: "payer", text: "Who pays for requests to the bucket", line: "aws s3api get-bucket-request-payment --bucket BUCKET",
		tells: "requester-pays", when: onService("s3", ":s3:::"), where: ofOwner,
		doc: cli + "s3api/get-bucket-request-payment.html"},
	{id: "object", text: "Whether the object exists", line: "aws s3api head-object --bucket BUCKET --key OBJECT", none: "404",
		tells: "object-missing second-request",
		when: func(s *state) bool {
			return onService("s3", "/")(s) && !strings.Contains(s.check.Resource, unnamed) && strings.Contains(part(s.check.Resource, 5), "/")
		},
		reach: scenario.Abroad, where: ofOwner, doc: cli + "s3api/head-object.html"},
	{id: "caller", text: "Who asks: run it where the program runs", line: "aws sts get-caller-identity",
		tells: "other-session who", when: func(*state) bool { return true }, doc: cli + "sts/get-caller-identity.html"},
	{id: "event", text: "CloudTrail's event of the request: who asked for what, with which condition keys",
		line:  "aws cloudtrail lookup-events --lookup-attributes AttributeKey=EventName,AttributeValue=OPERATION --max-results 20",
		tells: "condition statement other-resource other-session changed-since layer-endpoint who which",
		when:  func(s *state) bool { return s.said.Time == "" && !dataEvent(s.check.Action) }, region: true,
		doc: cli + "cloudtrail/lookup-events.html"},
	{id: "session", layer: "session", text: "The call that started the session: its session policy, if it passed one",
		line:  "aws cloudtrail lookup-events --lookup-attributes AttributeKey=ResourceName,AttributeValue=ROLEARN --max-results 20",
		tells: "layer-session", when: ofRole, region: true, doc: cli + "cloudtrail/lookup-events.html"},
	{id: "changes", text: "When the policy was changed last",
		line:  "aws cloudtrail lookup-events --lookup-attributes AttributeKey=ResourceName,AttributeValue=CHANGED --max-results 20",
		tells: "changed-since", when: func(*state) bool { return true }, doc: cli + "cloudtrail/lookup-events.html"},
	{id: "regions", text: "The Regions that the account has enabled",
		line: "aws account get-region-opt-status --region-name REGION", tells: "region-disabled",
		when: func(s *state) bool { return s.region() != "" }, doc: cli + "account/get-region-opt-status.html"},
	{id: "password-policy", text: "The password policy of the account", line: "aws iam get-account-password-policy", none: "NoSuchEntity",
		tells: "password-policy", when: func(s *state) bool { return s.service() == "iam" }, doc: cli + "iam/get-account-password-policy.html"},
	{id: "lake-formation", text: "What Lake Formation has granted the caller",
		line: "aws lakeformation list-permissions --principal DataLakePrincipalIdentifier=ROLEARN", tells: "lake-formation",
		when: ofRole, region: true, doc: cli + "lakeformation/list-permissions.html"},
	{id: "access-grants", text: "The grants of S3 Access Grants", line: "aws s3control list-access-grants --account-id OWNER",
		tells: "beside", when: besideOf("access-grants"), region: true, where: ofOwner, doc: cli + "s3control/list-access-grants.html"},
	{id: "data-access", text: "The data access policies of OpenSearch Serverless",
		line: "aws opensearchserverless list-access-policies --type data", tells: "beside", when: besideOf("aoss"), region: true,
		where: ofOwner, doc: cli + "opensearchserverless/list-access-policies.html"},
	{id: "access-entry", text: "The access entry of the caller's role",
		line: "aws eks describe-access-entry --cluster-name PATH --principal-arn ROLEARN", tells: "beside",
		when: func(s *state) bool { return ofRole(s) && besideOf("kubernetes")(s) }, region: true, where: ofOwner,
		doc: cli + "eks/describe-access-entry.html"},
	{id: "organization", text: "Which account manages the organization", line: "aws organizations describe-organization",
		tells: "organization", when: func(*state) bool { return true }, doc: cli + "organizations/describe-organization.html"},
	// Lesser commands, where the one before was denied.
	{id: "role-managed-names", after: "role-managed",
		text: "The names of the managed policies of the role: whoever has them can look them up",
		line: "aws iam list-attached-role-policies --role-name ROLE", tells: "layer-identity not-attached", when: ofRole,
		doc: cli + "iam/list-attached-role-policies.html"},
	{id: "simulate", after: "role-managed", text: "What the policies of the role come to, without their text",
		tells: "layer-identity layer-boundary",
		line:  "aws iam simulate-principal-policy --policy-source-arn ROLEARN --action-names ACTION --resource-arns ARN",
		when:  func(s *state) bool { return ofRole(s) && !strings.Contains(s.check.Resource, unnamed) },
		doc:   cli + "iam/simulate-principal-policy.html"},
	{id: "scp-names", after: "scps", text: "The organization of the account: who may read its policies",
		line: "aws organizations describe-organization", tells: "layer-scp", when: func(*state) bool { return true },
		doc: cli + "organizations/describe-organization.html"},
	{id: "key-lesser", after: "key-policy", text: "Who manages the key, and its state", line: "aws kms describe-key --key-id ARN",
		tells: "layer-resource aws-managed-key key-disabled", when: onService("kms", ":key/"), region: true,
		doc: cli + "kms/describe-key.html"},
	{id: "bucket-status", after: "bucket-policy", text: "Whether the bucket policy is public",
		line: "aws s3api get-bucket-policy-status --bucket BUCKET", none: "NoSuchBucketPolicy", tells: "layer-resource",
		when: onService("s3", ":s3:::"), doc: cli + "s3api/get-bucket-policy-status.html"},
}

// dataEvent reports whether CloudTrail logs an action as a data event, which
// only a trail that is set up for it has.
//
// https://docs.aws.amazon.com/awscloudtrail/latest/userguide/logging-data-events-with-cloudtrail.html
func dataEvent(action string) bool {
	action = strings.ToLower(action)
	const actions = " sns:publish sqs:sendmessage sqs:receivemessage sqs:deletemessage lambda:invokefunction lambda:invokefunctionurl " +
		"dynamodb:getitem dynamodb:putitem dynamodb:updateitem dynamodb:deleteitem dynamodb:query dynamodb:scan dynamodb:batchgetitem " +
		"dynamodb:batchwriteitem kinesis:putrecord kinesis:putrecords kinesis:getrecords execute-api:invoke "
	return strings.HasPrefix(action, "s3:") && ofObjects(action) || strings.Contains(actions, " "+action+" ")
}

// managed prints the default version of a managed policy.
func managed(arn string) string {
	return "aws iam get-policy-version --policy-arn " + arn + " --version-id $(aws iam get-policy --policy-arn " + arn +
		" --query Policy.DefaultVersionId --output text)"
}

// eachManaged prints the managed policies of a role or a user, eachInline the
// others.
func eachManaged(kind string) string {
	return "for p in $(aws iam list-attached-" + kind + "-policies --" + kind + "-name " + strings.ToUpper(kind) +
		" --query 'AttachedPolicies[].PolicyArn' --output text); do " + managed("$p") + "; done"
}

func eachInline(kind string) string {
	whose := " --" + kind + "-name " + strings.ToUpper(kind)
	return "for p in $(aws iam list-" + kind + "-policies" + whose + " --query PolicyNames --output text); do aws iam get-" + kind +
		"-policy" +
		whose + " --policy-name $p; done"
}

// attached prints the policies of AWS Organizations at an account.
func attached(account, kind string) string {
	return "for p in $(aws organizations list-policies-for-target --target-id " + account + " --filter " + kind +
		" --query 'Policies[].Id' --output text); do aws organizations describe-policy --policy-id $p; done"
}

func commandOf(id string) *command {
	for i := range commands {
		if commands[i].id == id {
			return &commands[i]
		}
	}
	return nil
}

// KnownCommand reports whether a command has this ID.
func KnownCommand(id string) bool { return commandOf(id) != nil }
