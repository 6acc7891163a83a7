package engine

import (
	"strings"

	"why403/engine/policy"
)

const (
	iamUG     = "https://docs.aws.amazon.com/IAM/latest/UserGuide/"
	kmsDG     = "https://docs.aws.amazon.com/kms/latest/developerguide/"
	orgUG     = "https://docs.aws.amazon.com/organizations/latest/userguide/"
	stackUG   = "https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/protect-stack-resources.html"
	paymentUG = "https://docs.aws.amazon.com/payment-cryptography/latest/userguide/"
	ramUG     = "https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-ram-resourceshare.html"
	s3UG      = "https://docs.aws.amazon.com/AmazonS3/latest/userguide/"
)

// serviceRow says for which requests a Service stands. actions are names in
// lower case without the prefix, a * at the end for the rest; "" is all of
// them. resource is a piece of the ARN; "" is any.
type serviceRow struct {
	prefix   string
	actions  string
	resource string
	Service
}

// assumeActions are the actions that a role trust policy decides.
//
// https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html
const assumeActions = "assumerole assumerolewithsaml assumerolewithwebidentity tagsession setsourceidentity setcontext"

// memberActions are the actions of Organizations that any account may call.
//
// https://docs.aws.amazon.com/organizations/latest/APIReference/API_Operations.html
const memberActions = "createorganization describeorganization leaveorganization accepthandshake declinehandshake cancelhandshake " +
	"describehandshake listhandshakesforaccount describeeffectivepolicy"

// services is read from the top: the first row that covers a request is its
// service. A service that is not here follows the Standard rule.
var services = []serviceRow{
	{"sts", "getcalleridentity", "", Service{"STS", AlwaysRule,
		"https://docs.aws.amazon.com/STS/latest/APIReference/API_GetCallerIdentity.html"}},
	{"sts", "assumeroot", "", Service{"STS", AdminRule, iamUG + "id_root-user-privileged-task.html"}},
	{"sts", assumeActions, ":role/", Service{"IAM role", TrustRule, iamUG + "id_roles_update-role-trust-policy.html"}},
	{"kms", "retiregrant", ":key/", Service{"KMS", RetireRule, kmsDG + "grant-delete.html"}},
	{"kms", "createalias deletealias updatealias", ":alias/aws/", Service{"KMS", ServiceOwned, kmsDG + "kms-alias.html"}},
	{"kms", "", ":key/", Service{"KMS", KeyRule, kmsDG + "key-policies.html"}},
	{"kms", "", "", Service{"KMS", Standard, kmsDG + "kms-alias.html"}},
	{"iam", "createpolicy createpolicyversion deletepolicy deletepolicyversion setdefaultpolicyversion tagpolicy untagpolicy",
		":iam::aws:policy/", Service{"IAM", ServiceOwned, iamUG + "access_policies_managed-vs-inline.html"}},
	{"iam", "add* attach* create* delete* detach* passrole put* remove* set* tag* untag* update*", ":role/aws-reserved/",
		Service{"IAM", ServiceOwned, "https://docs.aws.amazon.com/singlesignon/latest/userguide/using-service-linked-roles.html"}},
	{"iam", "attachrolepolicy detachrolepolicy putrolepolicy deleterolepolicy updateassumerolepolicy putrolepermissionsboundary " +
		"deleterolepermissionsboundary deleterole",
		":role/aws-service-role/", Service{"IAM", ServiceOwned, iamUG + "using-service-linked-roles.html"}},
	{"iam", "", "", Service{"IAM", NoPolicy, iamUG + "reference_aws-services-that-work-with-iam.html"}},
	{"organizations", memberActions, "", Service{"Organizations", NoPolicy, orgUG + "orgs_permissions_iam-policies.html"}},
	{"organizations", "", "", Service{"Organizations", AdminRule, orgUG + "orgs_delegate_policies.html"}},
	{"cognito-identity", "getid getcredentialsforidentity getopenidtoken unlinkidentity", "", Service{"Cognito identity pools",
		PublicRule, "https://docs.aws.amazon.com/cognitoidentity/latest/APIReference/API_GetId.html"}},
	{"update", "modify replace delete", policy.Logical, Service{"CloudFormation", StackRule, stackUG}},
	{"s3", "getobject", "-starport-layer-bucket/", Service{"ECR's layers in S3", PublicRule,
		"https://docs.aws.amazon.com/AmazonECR/latest/userguide/vpc-endpoints.html"}},
	{"s3", "", "", Service{"S3", Standard, s3UG + "how-s3-evaluates-access-control.html"}},
	{"sqs", "", "", Service{"SQS", Standard,
		"https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-using-identity-based-policies.html"}},
	{"sns", "", "", Service{"SNS", Standard, "https://docs.aws.amazon.com/sns/latest/dg/sns-using-identity-based-policies.html"}},
	{"ses", "", "", Service{"SES", CrossOnly, "https://docs.aws.amazon.com/ses/latest/dg/sending-authorization.html"}},
	{"states", "", "", Service{"Step Functions", NoPolicy,
		"https://docs.aws.amazon.com/step-functions/latest/dg/concepts-access-cross-acct-resources.html"}},
	{"events", "", "", Service{"EventBridge", Standard,
		"https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-use-resource-based.html"}},
	{"glue", "", "", Service{"Glue", Standard, "https://docs.aws.amazon.com/glue/latest/dg/cross-account-access.html"}},
	{"es", "", "", Service{"OpenSearch Service", Standard,
		"https://docs.aws.amazon.com/opensearch-service/latest/developerguide/ac.html"}},
	{"execute-api", "", "", Service{"API Gateway", Standard,
		"https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-authorization-flow.html"}},
	{"logs", "", "", Service{"CloudWatch Logs", Standard,
		"https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/iam-access-control-overview-cwl.html"}},
	{"lex", "", "", Service{"Lex V2", Standard, "https://docs.aws.amazon.com/lexv2/latest/dg/security_iam_service-with-iam.html"}},
	{"acm-pca", "", "", Service{"Private CA", CrossOnly, "https://docs.aws.amazon.com/privateca/latest/userguide/pca-rbp.html"}},
	{"secretsmanager", "", "", Service{"Secrets Manager", Standard,
		"https://docs.aws.amazon.com/secretsmanager/latest/userguide/auth-and-access_resource-policies.html"}},
	{"elasticfilesystem", "", "", Service{"EFS", Standard, "https://docs.aws.amazon.com/efs/latest/ug/iam-access-control-nfs-efs.html"}},
	{"backup", "", "", Service{"Backup", Standard,
		"https://docs.aws.amazon.com/aws-backup/latest/devguide/create-a-vault-access-policy.html"}},
	{"ecr", "getauthorizationtoken", "", Service{"ECR", NoPolicy,
		"https://docs.aws.amazon.com/AmazonECR/latest/userguide/repository-policies.html"}},
	{"ecr", "", "", Service{"ECR", Standard, "https://docs.aws.amazon.com/AmazonECR/latest/userguide/repository-policies.html"}},
	{"lambda", "", "", Service{"Lambda", Standard, "https://docs.aws.amazon.com/lambda/latest/dg/access-control-resource-based.html"}},
	{"cloud9", "", "", Service{"Cloud9", NoPolicy, "https://docs.aws.amazon.com/cloud9/latest/user-guide/security-iam.html"}},
	{"codebuild", "", "", Service{"CodeBuild", CrossOnly, "https://docs.aws.amazon.com/codebuild/latest/userguide/project-sharing.html"}},
	{"vpc-lattice-svcs", "", "", Service{"VPC Lattice", BothRule,
		"https://docs.aws.amazon.com/vpc-lattice/latest/ug/auth-policies.html"}},
	{"aoss", "", "", Service{"OpenSearch Serverless", NoPolicy,
		"https://docs.aws.amazon.com/opensearch-service/latest/developerguide/serverless-data-access.html"}},
	{"s3express", "", "", Service{"S3 directory buckets", Standard, s3UG + "s3-express-security-iam.html"}},
	{"payment-cryptography", "putresourcepolicy getresourcepolicy deleteresourcepolicy", "", Service{"Payment Cryptography", NoPolicy,
		paymentUG + "security_iam_resource-based-policies.html"}},
	{"payment-cryptography", "", "", Service{"Payment Cryptography", Standard, paymentUG + "security_iam_resource-based-policies.html"}},
	{"bedrock-agentcore", "", "", Service{"Bedrock AgentCore", Standard,
		"https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/resource-based-policies.html"}},
	// Shares of AWS RAM let in other accounts, and change no permission in the account
	// that owns the resource. In these services nobody but RAM writes a policy of a
	// resource, and what RAM writes only allows.
	//
	// https://docs.aws.amazon.com/ram/latest/APIReference/API_CreatePermission.html
	{"ec2", "", "", Service{"EC2", SharesOnly, ramUG}},
	{"license-manager", "", "", Service{"License Manager", SharesOnly,
		"https://docs.aws.amazon.com/license-manager/latest/userguide/share-license-configuration.html"}},
	{"outposts", "", "", Service{"Outposts", SharesOnly, "https://docs.aws.amazon.com/outposts/latest/userguide/sharing-outposts.html"}},
	{"servicediscovery", "", "", Service{"Cloud Map", SharesOnly, ramUG}},
	// In these the owner can write the policy too, by PutImagePolicy,
	// PutResolverRulePolicy, PutResourcePolicy and PutContactPolicy.
	{"imagebuilder", "", "", Service{"Image Builder", CrossOnly, ramUG}},
	{"route53resolver", "", "", Service{"Route 53 Resolver", CrossOnly,
		"https://docs.aws.amazon.com/Route53/latest/APIReference/API_route53resolver_PutResolverRulePolicy.html"}},
	{"ssm-incidents", "", "", Service{"Incident Manager", CrossOnly,
		"https://docs.aws.amazon.com/incident-manager/latest/userguide/sharing.html"}},
	{"ssm-contacts", "", "", Service{"Incident Manager", CrossOnly,
		"https://docs.aws.amazon.com/incident-manager/latest/userguide/sharing.html"}},
}

// accountPolicies are the prefixes of services whose resource-based policy
// belongs to a whole account, so that it counts for actions without a resource
// too.
//
// https://docs.aws.amazon.com/xray/latest/api/API_PutResourcePolicy.html
var accountPolicies = set("xray")

func ofAccountPolicy(action string) bool {
	prefix, _, _ := strings.Cut(action, ":")
	return accountPolicies[prefix]
}

// managed is the row for a caller that manages what AWS owns: the
// service-linked role of IAM Identity Center changes the roles that are
// reserved for it. Its own policies decide.
//
// https://docs.aws.amazon.com/singlesignon/latest/userguide/using-service-linked-roles.html
func managed(s *Service, p *Principal) *Service {
	if s.Rule != ServiceOwned || !p.ServiceLinked() {
		return s
	}
	return &Service{s.Name, NoPolicy, s.Doc}
}

// other is a service without a row of its own.
var other = Service{"", Standard, iamUG + "reference_aws-services-that-work-with-iam.html"}

// rcpServices are the action prefixes that resource control policies apply to.
//
// https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_rcps.html#rcp-supported-services
var rcpServices = set(`appstream dsql clouddirectory cloudfront cloudsearch logs networkmonitor
	cognito-identity cognito-idp comprehend comprehendmedical firehose dynamodb dax autoscaling ecr
	ecr-public gamelift inspector-scan kendra kinesisvideo memorydb aoss personalize polly s3 swf sqs
	textract timestream-influxdb transcribe translate workspaces appconfig autoscaling-plans budgets
	servicediscovery cloudtrail-data codeartifact codebuild codecommit codepipeline compute-optimizer
	cost-optimization-hub events fms fis health rolesanywhere kms opensearch pricing pca-connector-ad
	resource-groups secretsmanager sts signin support transfer notifications wafv2 xray`)

// crossAccountKeyActions are the KMS operations that can be used on a key in
// another account, in lower case.
//
// https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-modifying-external-accounts.html
var crossAccountKeyActions = set(`kms:decrypt kms:derivesharedsecret kms:encrypt kms:generatedatakey
	kms:generatedatakeypair kms:generatedatakeypairwithoutplaintext kms:generatedatakeywithoutplaintext
	kms:generatemac kms:reencryptfrom kms:reencryptto kms:sign kms:verify kms:verifymac kms:creategrant
	kms:describekey kms:getkeyrotationstatus kms:getpublickey kms:listgrants kms:retiregrant kms:revokegrant
	kms:encapsulate kms:decapsulate`)

// queueActions are the SQS actions that manage a queue. They cannot be used on
// a queue in another account. In lower case.
//
// https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-overview-of-managing-access.html
var queueActions = set(`sqs:addpermission sqs:cancelmessagemovetask sqs:createqueue sqs:deletequeue
	sqs:listmessagemovetasks sqs:listqueues sqs:listqueuetags sqs:removepermission sqs:setqueueattributes
	sqs:startmessagemovetask sqs:tagqueue sqs:untagqueue`)

// usableAcross reports whether an operation works on a resource of another
// account at all.
func usableAcross(r *Check) bool {
	if r.service.Rule == KeyRule {
		return crossAccountKeyActions[r.action]
	}
	return !queueActions[r.action]
}
