package importer

// flow is what the text of a service's error hides: a request that the service
// made to another one, mostly to KMS. The phrases are in lower case.
//
// https://docs.aws.amazon.com/kms/latest/developerguide/conditions-kms.html#conditions-kms-via-service
type flow struct {
	phrase string // in the text
	also   string // further pieces of it, with " & " between them
	kind   string // what the text is
	// caller is a service principal; "named" for that of the text, "role" for a
	// role that the text names, "" for whoever made the request around it.
	caller    string
	action    string // "" where the resource tells
	via       string // the service of kms:ViaService
	source    string // the service whose ARN in the text is aws:SourceArn
	context   string // the key of the encryption context that has the ARN of contextOf
	contextOf string
	note      string // what the text leaves open
}

const (
	notesTwo    = "Whether kms:Decrypt is missing instead: the service needs both"
	notesGrants = "Whether this was the only operation: the service also uses kms:CreateGrant, kms:Decrypt, kms:ReEncrypt and kms:DescribeKey"
	notesRole   = "a service's message about a role"
	notesAPI    = "Whether the API's resource policy refused, or an authorizer of its own: API Gateway says the same"
	notesBoth   = "Which of the two is missing: the text speaks of the bucket and of the key"
	notesLinked = "Which service-linked role: the text names only the service, if at all"
	notesStream = "Which of the four actions that Lambda names is missing"
	notesUser   = "Whether IAM refused or the database: it says the same where its user lacks rds_iam (PostgreSQL) or " +
		"AWSAuthenticationPlugin " +
		"(MySQL, MariaDB). The resource has the database's resource ID, not its name: aws rds describe-db-instances, DbiResourceId"
	notesSigned = "Whether the address was signed: a browser shows the same for one that is not"
	notesKey    = "Whether the key exists in this Region: KMS says the same where it does not exist and where access is denied"
)

// flows is read from the top: the first whose phrases are in the text.
var flows = []flow{
	{phrase: "pam authentication failed for user", kind: "a database's refusal of a sign-in", action: "rds-db:connect", note: notesUser},
	{phrase: "access denied for user '", also: "using password: yes", kind: "a database's refusal of a sign-in", action: "rds-db:connect",
		note: notesUser},
	{phrase: "eks does not have permissions to assume the associated role", kind: "EKS Pod Identity's message about a role",
		caller: "pods.eks.amazonaws.com", action: "sts:TagSession",
		note: "Whether sts:AssumeRole is missing instead: EKS asks the trust policy for both"},
	{phrase: "access to kms is not allowed", kind: "Secrets Manager's message about a key", action: "kms:Decrypt", via: "secretsmanager",
		context: "SecretARN", contextOf: "secretsmanager"},
	{phrase: "kms key access denied error", kind: "DynamoDB's message about a key", action: "kms:Decrypt", via: "dynamodb", note: notesKey},
	{phrase: "unable to decrypt the environment variables", kind: "Lambda's message about the key of its environment", caller: "role",
		action: "kms:Decrypt", via: "lambda",
		context: "aws:lambda:FunctionArn", contextOf: "lambda"},
	{phrase: "kms key is invalid for creategrant", kind: "Lambda's message about the key of its environment", action: "kms:CreateGrant",
		via: "lambda"},
	{phrase: "not authorized to perform the required aws marketplace actions", kind: "Amazon Bedrock's message about the " +
		"subscription to a model",
		action: "aws-marketplace:Subscribe",
		note:   "Whether aws-marketplace:ViewSubscriptions is missing instead: the first call of a model needs both"},
	{phrase: "unable to encrypt environment variables", kind: "Lambda's message about the key of its environment", action: "kms:Encrypt",
		via: "lambda"},
	{phrase: "insufficient permissions to access s3 bucket", also: "kms key", kind: "CloudTrail's message about a bucket and a key",
		caller: "cloudtrail.amazonaws.com", action: "kms:GenerateDataKey",
		source: "cloudtrail", context: "aws:cloudtrail:arn", contextOf: "cloudtrail", note: notesBoth},
	{phrase: "insufficientencryptionpolicyexception", kind: "CloudTrail's message about a key", caller: "cloudtrail.amazonaws.com",
		action: "kms:GenerateDataKey", source: "cloudtrail",
		context: "aws:cloudtrail:arn", contextOf: "cloudtrail"},
	{phrase: "incorrect s3 bucket policy is detected", kind: "CloudTrail's message about a bucket", caller: "cloudtrail.amazonaws.com",
		action: "s3:PutObject", source: "cloudtrail",
		note: "Whether s3:GetBucketAcl is missing instead: CloudTrail needs both"},
	{phrase: "access denied for logdestination", kind: "the message of flow logs about their bucket", caller: "delivery.logs.amazonaws.com",
		action: "s3:PutObject",
		note:   "Whether the key of the bucket refuses kms:GenerateDataKey instead: the text names no key"},
	{phrase: "is not allowed to be used with", also: "kms key", kind: "CloudWatch Logs' message about a key",
		caller: "logs.REGION.amazonaws.com", action: "kms:Encrypt", context: "aws:logs:arn", contextOf: "logs",
		note: "Whether this was the only operation: CloudWatch Logs also uses kms:Decrypt, kms:ReEncrypt, kms:GenerateDataKey and " +
			"kms:DescribeKey"},
	{phrase: "the kms key provided is in an incorrect state", kind: "the message of EC2 Auto Scaling about a key",
		caller: "autoscaling.amazonaws.com/AWSServiceRoleForAutoScaling",
		action: "kms:GenerateDataKeyWithoutPlaintext", via: "ec2", note: notesGrants},
	{phrase: "client.internalerror: client error on launch", also: "ec2 instance", kind: "the message of EC2 Auto Scaling about a key",
		caller: "autoscaling.amazonaws.com/AWSServiceRoleForAutoScaling",
		action: "kms:GenerateDataKeyWithoutPlaintext", via: "ec2", note: notesGrants},
	{phrase: "client.internalerror: client error on launch", kind: "EC2's message about the key of a volume",
		action: "kms:GenerateDataKeyWithoutPlaintext", via: "ec2", note: notesGrants},
	{phrase: "encrypted with an inaccessible aws kms key", kind: "EC2's message about the key of a volume or a snapshot",
		action: "kms:GenerateDataKeyWithoutPlaintext", via: "ec2", note: notesGrants},
	{phrase: "given key id is not accessible", kind: "EC2's message about the key of a volume or a snapshot", action: "kms:DescribeKey",
		via: "ec2", note: notesGrants},
	{phrase: "source snapshot kms key", also: "do not have permissions", kind: "RDS's message about the key of a snapshot",
		action: "kms:DescribeKey", via: "rds", note: notesGrants},
	{phrase: "kmskeynotaccessible", kind: "RDS's message about a key", action: "kms:DescribeKey", via: "rds", note: notesGrants},
	{phrase: "firehose does not have access to the kms key", kind: "Firehose's message about the key of a stream", caller: "role",
		action: "kms:Decrypt", via: "kinesis"},
	{phrase: "kinesis.kms.accessdeniedexception", kind: "Firehose's message about the key of a stream", caller: "role",
		action: "kms:Decrypt", via: "kinesis"},
	{phrase: "does not have authorization to access the sns topic encryption key",
		kind: "the message of a CloudWatch alarm about the key of a topic", caller: "cloudwatch.amazonaws.com",
		action: "kms:GenerateDataKey", source: "cloudwatch", note: notesTwo},
	{phrase: "the ciphertext refers to a customer master key", kind: "AWS KMS's message about a ciphertext's key", action: "kms:Decrypt",
		note: notesKey},
	{phrase: "kms.accessdeniedexception", also: "topicarn", kind: "SNS's delivery log about the key of a queue",
		caller: "sns.amazonaws.com", action: "kms:GenerateDataKey", source: "sns",
		note: "Whether kms:Decrypt is missing instead: SNS needs both"},
	{phrase: "null (service: awskms", also: "arn:aws:sns:", kind: "the message of a CloudWatch alarm about the key of a topic",
		caller: "cloudwatch.amazonaws.com", action: "kms:GenerateDataKey", source: "cloudwatch", note: notesTwo},
	{phrase: "kms.accessdeniedexception", kind: "SQS's message about the key of a queue", action: "kms:GenerateDataKey", via: "sqs",
		note: "Whether kms:Decrypt is missing instead: senders need both"},
	{phrase: "kmsaccessdeniedexception", kind: "a service's message about a key", action: "kms:GenerateDataKey", via: "kinesis",
		note: "Whether kms:Decrypt is missing instead: readers need that"},
	{phrase: "access to the resource https://", also: "topicarn", kind: "SNS's delivery log about a queue", caller: "sns.amazonaws.com",
		action: "sqs:SendMessage", source: "sns"},
	{phrase: "do not allow s3 to publish notifications", kind: "S3's message about the destination of notifications",
		caller: "s3.amazonaws.com", source: "s3"},
	{phrase: "unable to validate the following destination configurations", kind: "S3's message about the destination of notifications",
		caller: "s3.amazonaws.com", source: "s3",
		note: "Whether the destination's policy refuses, or its key (kms:GenerateDataKey and kms:Decrypt for s3.amazonaws.com): S3 says the " +
			"same"},
	{phrase: "error_code", also: "no_permissions", kind: "EventBridge's message about a target", caller: "events.amazonaws.com",
		source: "events"},
	{phrase: "invalid permissions on lambda function", kind: "API Gateway's message about a function", caller: "apigateway.amazonaws.com",
		action: "lambda:InvokeFunction", source: "execute-api",
		note: "Which API asks: its ARN (aws:SourceArn) is what the function's policy usually names"},
	{phrase: "ecs was unable to assume the role", kind: "ECS's message about a role", caller: "ecs-tasks.amazonaws.com",
		action: "sts:AssumeRole"},
	{phrase: "cannot be assumed by lambda", kind: "Lambda's message about a role", caller: "lambda.amazonaws.com", action: "sts:AssumeRole"},
	{phrase: "cannot be assumed by principal", kind: notesRole, caller: "named", action: "sts:AssumeRole"},
	{phrase: "authorized to assume the provided role", kind: notesRole, caller: "named", action: "sts:AssumeRole"},
	{phrase: "is invalid or cannot be assumed", kind: "CloudFormation's message about a role", caller: "cloudformation.amazonaws.com",
		action: "sts:AssumeRole"},
	{phrase: "must allow aws eventbridge scheduler to assume the role", kind: "EventBridge Scheduler's message about a role",
		caller: "scheduler.amazonaws.com", action: "sts:AssumeRole"},
	{phrase: "not authorized to get credentials of role", kind: "Redshift's message about a role", caller: "redshift.amazonaws.com",
		action: "sts:AssumeRole"},
	{phrase: "unable to assume provided role", also: "trustpolicy", kind: "AWS Glue's message about a role", caller: "glue.amazonaws.com",
		action: "sts:AssumeRole"},
	{phrase: "codedeploy does not have the permissions required to assume the role", kind: "CodeDeploy's message about a role",
		caller: "codedeploy.amazonaws.com", action: "sts:AssumeRole"},
	{phrase: "firehose is unable to assume role", kind: "Firehose's message about a role", caller: "firehose.amazonaws.com",
		action: "sts:AssumeRole"},
	{phrase: "codepipeline is not authorized to perform assumerole", kind: "CodePipeline's message about a role",
		caller: "codepipeline.amazonaws.com", action: "sts:AssumeRole"},
	{phrase: "does not allow aws codebuild to", also: "log streams", kind: "CodeBuild's message about its role", caller: "role",
		action: "logs:CreateLogStream"},
	{phrase: "is not authorized to create managed-rule", kind: "Step Functions' message about its role", caller: "role",
		action: "events:PutRule", note: "Whether events:PutTargets or events:DescribeRule is missing instead: waiting for a task (.sync) needs " +
			"all three"},
	{phrase: "iam role is not authorized to access the log destination", kind: "Step Functions' message about its role", caller: "role",
		action: "logs:CreateLogDelivery",
		note:   "Which of the actions for the delivery of logs is missing: Step Functions says the same for each"},
	{phrase: "ensure the role can perform the getrecords", also: "arn:aws:dynamodb", kind: "Lambda's message about the role of a function",
		caller: "role", action: "dynamodb:GetRecords", note: notesStream},
	{phrase: "ensure the role can perform the getrecords", kind: "Lambda's message about the role of a function",
		caller: "role", action: "kinesis:GetRecords", note: notesStream},
	{phrase: "make sure you have given cloudwatch logs permission to execute your function", kind: "CloudWatch Logs' message about a function",
		caller: "logs.amazonaws.com", action: "lambda:InvokeFunction", source: "logs"},
	{phrase: "secrets manager cannot invoke the specified lambda function", kind: "Secrets Manager's message about a function",
		caller: "secretsmanager.amazonaws.com", action: "lambda:InvokeFunction", source: "secretsmanager"},
	{phrase: "invocation failed due to error accessdeniedexception", kind: "Amazon Cognito's message about a trigger",
		caller: "cognito-idp.amazonaws.com", action: "lambda:InvokeFunction", source: "cognito-idp"},
	{phrase: "waflogdestinationpermissionissueexception", kind: "AWS WAF's message about its logs", action: "wafv2:PutLoggingConfiguration",
		note: "Which permission for the destination of the logs is missing: AWS WAF says the same for each"},
	{phrase: "the specified queue does not exist or you do not have access", kind: "SQS's message about a queue", action: "sqs:GetQueueUrl",
		note: "Whether the queue exists: SQS says the same where it does not, and where access is denied"},
	{phrase: "is not authorized to assume iam role", also: "redshift", kind: "Redshift's message about a role",
		caller: "redshift.amazonaws.com", action: "sts:AssumeRole"},
	{phrase: "is not configured properly", also: "iam role arn:", kind: "the message of AWS DMS about a role", caller: "dms.amazonaws.com",
		action: "sts:AssumeRole"},
	{phrase: "could not upload to amazon s3", kind: "RDS's message about a bucket", caller: "role", action: "s3:PutObject"},
	{phrase: "s3serviceexception:access denied", also: "listing bucket=", kind: "Redshift's message about a bucket", caller: "role",
		action: "s3:ListBucket"},
	{phrase: "s3serviceexception:access denied", kind: "Redshift's message about a bucket", caller: "role", action: "s3:GetObject",
		note: "Whether s3:ListBucket is missing instead: COPY needs both"},
	{phrase: "permission denied on s3 path", kind: "Athena's message about a table's data", action: "s3:ListBucket",
		note: "Whether s3:GetObject is missing instead: a query needs both"},
	{phrase: "hive_", also: "access denied (service: amazon s3", kind: "Athena's message about a table's data", action: "s3:GetObject"},
	{phrase: "retrieving file at s3://", kind: "a crawler's message about a file", caller: "role", action: "s3:GetObject"},
	{phrase: "unable to access the artifact with amazon s3 object key", kind: "CodePipeline's message about an artifact", caller: "role",
		action: "s3:GetObject", note: "Whether the artifact's key refuses kms:Decrypt instead"},
	{phrase: "permissions to create a service linked role", kind: "a service's message about its service-linked role",
		action: "iam:CreateServiceLinkedRole", note: notesLinked},
	{phrase: "permission to create service linked role", kind: "a service's message about its service-linked role",
		action: "iam:CreateServiceLinkedRole", note: notesLinked},
	{phrase: "authorized to create or assume a service linked role", kind: "a service's message about its service-linked role",
		action: "iam:CreateServiceLinkedRole", note: notesLinked},
	{phrase: "insufficient delivery policy to s3 bucket", kind: "AWS Config's message about a bucket", caller: "config.amazonaws.com",
		action: "s3:PutObject", note: "Who writes: AWS Config's role, or the service itself where the role may not"},
	{phrase: "access denied for bucket: ", also: "check s3bucket permission", kind: "Elastic Load Balancing's message about a bucket",
		caller: "logdelivery.elasticloadbalancing.amazonaws.com", action: "s3:PutObject",
		note: "Who writes: this service, or in older Regions an account of Elastic Load Balancing"},
	{phrase: "access denied when writing output to url", kind: "Athena's message about the place of results", action: "s3:PutObject"},
	{phrase: "access denied when writing to location", kind: "Athena's message about the place of results", action: "s3:PutObject"},
	{phrase: "unable to verify/create output bucket", kind: "Athena's message about the place of results", action: "s3:GetBucketLocation"},
	{phrase: "saslauthenticationexception", also: "access denied", kind: "Amazon MSK's message", action: "kafka-cluster:Connect",
		note: "Which action: the client's log names only the caller, and connecting comes first"},
	{phrase: "access denied by server while mounting", kind: "the answer of Amazon EFS", action: "elasticfilesystem:ClientMount",
		note: "Whether the file system's policy refused: a security group or a file system that does not exist gives other answers"},
	{phrase: "execution role does not have permissions to call ", kind: "Lambda's message about the role of a function", caller: "role",
		note: "Which role: the text does not name it"},
	{phrase: "not authorized to use launch template", kind: "EC2's message about a launch template", action: "ec2:RunInstances"},
	{phrase: "resource does not exist in this region, no resource-based policies allow access",
		kind: "AWS KMS's message about a key elsewhere", action: "kms:Decrypt", note: notesKey},
	{phrase: "credentials have permission to getobject for ", kind: "Lambda's message about its code in S3", action: "s3:GetObject"},
	{phrase: "is not authorized to access this resource with an explicit deny", kind: "API Gateway's message",
		action: "execute-api:Invoke", note: notesAPI},
	{phrase: "user is not authorized to access this resource", kind: "API Gateway's message", action: "execute-api:Invoke",
		note: notesAPI},
	{phrase: "failed to create the cloudformation stack", also: "denied", kind: "CloudFormation's access denied message",
		action: "cloudformation:CreateStack"},
	{phrase: "error launching source instance", also: "unauthorizedoperation", kind: "EC2's UnauthorizedOperation message",
		action: "ec2:RunInstances"},
	{phrase: "git-codecommit.", also: "returned error: 403", kind: "a refused call of git to CodeCommit", action: "codecommit:GitPull",
		note: "Whether this was a pull: a push is refused with the same words, and so are stored credentials that are no longer valid"},
	{phrase: ".d.codeartifact.", also: "403 forbidden", kind: "a refused call to CodeArtifact", action: "codeartifact:ReadFromRepository",
		note: "Whether this was a read: who publishes is refused with the same words"},
	{phrase: ".dkr.ecr.", also: "403 forbidden", kind: "a refused pull from ECR", action: "ecr:BatchGetImage",
		note: "Whether this was a pull: a push is refused with the same words"},
	{phrase: "get https://", also: "s3. & .amazonaws.com/ & 403 (forbidden)", kind: "S3's 403 Forbidden", action: "s3:GetObject",
		note: notesSigned},
	{phrase: "put https://", also: "s3. & .amazonaws.com/ & 403 (forbidden)", kind: "S3's 403 Forbidden", action: "s3:PutObject",
		note: notesSigned},
	{phrase: "status code: 403 for https://", also: ".s3.", kind: "S3's 403 Forbidden", action: "s3:GetObject"},
	{phrase: "this xml file does not appear", also: "<code>accessdenied", kind: "S3's Access Denied", caller: "anonymous",
		action: "s3:GetObject",
		note:   notesSigned},
}

// targetActions are the actions of a service that delivers to a target, by the
// service of the target's ARN.
const targetActions = "sqs=sqs:SendMessage sns=sns:Publish lambda=lambda:InvokeFunction kinesis=kinesis:PutRecord " +
	"states=states:StartExecution events=events:PutEvents logs=logs:PutLogEvents firehose=firehose:PutRecord"

// throughServices are the services that use a key on behalf of whoever calls
// them, and are in kms:ViaService then.
const throughServices = " s3 dynamodb secretsmanager ssm sqs sns kinesis ec2 rds lambda elasticfilesystem backup fsx redshift ecr glue es "
