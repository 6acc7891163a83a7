package flow

const (
	docs     = "https://docs.aws.amazon.com/"
	s3UG     = docs + "AmazonS3/latest/userguide/"
	s3API    = docs + "AmazonS3/latest/API/"
	iamUG    = docs + "IAM/latest/UserGuide/"
	sqsDG    = docs + "AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-key-management.html"
	snsDG    = docs + "sns/latest/dg/sns-key-management.html"
	ebsUG    = docs + "ebs/latest/userguide/ebs-encryption-requirements.html"
	athenaUG = docs + "athena/latest/ug/security-iam-athena.html"
	ec2UG    = docs + "AWSEC2/latest/UserGuide/supported-iam-actions-tagging.html"
)

// The texts of several rows.
const (
	forAWS      = "kms:GrantIsForAWSResource=true" // carried by kms:CreateGrant alone
	noSource    = "aws:sourceaccount aws:sourcearn aws:sourceorgid aws:sourceorgpaths"
	s3Context   = "aws:s3:arn=CIPHER"
	sqsContext  = "aws:sqs:arn=RESOURCE"
	snsContext  = "aws:sns:topicArn=RESOURCE"
	ebsContext  = "aws:ebs:id=EBSID"
	whyEnqueue  = "SQS has KMS make and decrypt the queue's data key for the sender"
	whyPublish  = "SNS has KMS make and decrypt the topic's data key for the publisher"
	whyOwnQueue = "SQS lets the service use the key only if the key's policy does"
	whyOwnTopic = "SNS lets the service use the key only if the key's policy does"
	whyTags     = "the call tags what it makes"
	whyGrant    = "the service makes itself a grant for the key, on behalf of the caller"
)

// rows is every flow.
var rows = []Row{
	// Amazon S3.
	{"s3-get", "s3:getobject s3:getobjectversion", When{Encrypted: true, Caller: "principal", NotFor: "headobject"},
		"the object is encrypted with SSE-KMS",
		[]Ask{{Actions: "kms:Decrypt", Via: "s3", Context: s3Context, Why: "S3 has KMS decrypt the object's data key for the caller"}},
		s3UG + "UsingKMSEncryption.html"},
	{"s3-get-service", "s3:getobject s3:getobjectversion", When{Encrypted: true, Caller: "service"},
		"the object is encrypted with SSE-KMS",
		[]Ask{{Actions: "kms:Decrypt", Context: s3Context, Why: "the service itself must be let to use the key"}},
		docs + "AmazonCloudFront/latest/DeveloperGuide/private-content-restricting-access-to-s3.html"},
	{"s3-head-checksum", "s3:getobject", When{Encrypted: true, Operation: "headobject", Untold: true},
		"it asks for the checksum of an encrypted object",
		[]Ask{{Actions: "kms:Decrypt", Via: "s3", Context: s3Context, Why: "S3 decrypts the checksum"}},
		s3API + "API_HeadObject.html"},
	{"s3-missing", "s3:getobject", When{Untold: true}, "there is no such object",
		[]Ask{{Actions: "s3:ListBucket", On: "WHOLE", Why: "with it S3 answers 404 Not Found, without it 403 Access Denied"}},
		s3API + "API_GetObject.html"},
	{"s3-put", "s3:putobject", When{Encrypted: true, Caller: "principal"}, "the object is to be encrypted with SSE-KMS",
		[]Ask{{Actions: "kms:GenerateDataKey", Via: "s3", Context: s3Context, Why: "S3 asks KMS for a data key for the caller"}},
		s3UG + "UsingKMSEncryption.html"},
	{"s3-multipart", "s3:putobject", When{Encrypted: true, Caller: "principal",
		Operation: "createmultipartupload uploadpart uploadpartcopy completemultipartupload"},
		"the object is to be encrypted with SSE-KMS",
		[]Ask{{Actions: "kms:Decrypt", Via: "s3", Context: s3Context, Why: "S3 reads the encrypted parts before it puts them together"}},
		s3UG + "mpuoverview.html"},
	{"s3-put-in-parts", "s3:putobject", When{Encrypted: true, Caller: "principal", Untold: true,
		NotFor: "createmultipartupload uploadpart uploadpartcopy completemultipartupload"},
		"the upload comes in parts, as tools send large files",
		[]Ask{{Actions: "kms:Decrypt", Via: "s3", Context: s3Context, Why: "S3 reads the encrypted parts before it puts them together"}},
		s3UG + "mpuoverview.html"},
	{"s3-put-service", "s3:putobject", When{Encrypted: true, Caller: "service", Except: "cloudtrail.amazonaws.com"},
		"the object is to be encrypted with SSE-KMS",
		[]Ask{{Actions: "kms:GenerateDataKey", Context: s3Context,
			Why: "the service that delivers needs a data key of the bucket's KMS key"}},
		docs + "vpc/latest/userguide/flow-logs-s3-cmk-policy.html"},
	{"s3-put-cloudtrail", "s3:putobject", When{Encrypted: true, Caller: "cloudtrail.amazonaws.com"},
		"the object is to be encrypted with SSE-KMS",
		[]Ask{{Actions: "kms:GenerateDataKey", Context: "aws:cloudtrail:arn=TRAIL",
			Why: "CloudTrail needs a data key to deliver an encrypted log file"}},
		docs + "awscloudtrail/latest/userguide/create-kms-key-policy-for-cloudtrail.html"},
	{"s3-copy", "s3:putobject", When{Key: "s3:x-amz-copy-source"}, "",
		[]Ask{{Actions: "s3:GetObject", On: "SOURCE", Why: "a copy reads its source"}},
		s3API + "API_CopyObject.html"},
	{"s3-copy-tags", "s3:putobject", When{Key: "s3:x-amz-copy-source", Tagged: true, NotFor: "uploadpartcopy"}, "the source has tags",
		[]Ask{{Actions: "s3:GetObjectTagging", On: "SOURCE", Why: "the copy takes over the tags of its source"},
			{Actions: "s3:PutObjectTagging", On: "RESOURCE", Why: "the copy takes over the tags of its source"}},
		s3API + "API_CopyObject.html"},
	{"s3-put-acl", "s3:putobject", When{Key: "s3:x-amz-acl", Caller: "principal"}, "",
		[]Ask{{Actions: "s3:PutObjectAcl", On: "RESOURCE", Why: "the upload sets an ACL"}},
		s3API + "API_PutObject.html"},
	{"s3-put-acl-grants", "s3:putobject", When{Key: "s3:x-amz-grant-", Caller: "principal"}, "",
		[]Ask{{Actions: "s3:PutObjectAcl", On: "RESOURCE", Why: "the upload sets an ACL"}},
		s3API + "API_PutObject.html"},
	{"s3-put-tags", "s3:putobject", When{Key: "s3:requestobjecttag/"}, "",
		[]Ask{{Actions: "s3:PutObjectTagging", On: "RESOURCE", Why: "the upload sets tags"}},
		s3API + "API_PutObject.html"},
	{"s3-replicate", "s3:getobjectversionforreplication", When{Replicates: true}, "",
		[]Ask{{Actions: "s3:ReplicateObject", On: "REPLICA", Why: "the role puts the replica into the other bucket"}},
		s3UG + "setting-repl-config-perm-overview.html"},
	{"s3-replicate-source", "s3:getobjectversionforreplication", When{Encrypted: true}, "the object is encrypted with SSE-KMS",
		[]Ask{{Actions: "kms:Decrypt", Via: "s3", Context: s3Context, Why: "S3 decrypts the object for the replication role"}},
		s3UG + "replication-config-for-kms-objects.html"},
	{"s3-replica", "s3:replicateobject", When{Encrypted: true}, "the replica is to be encrypted with SSE-KMS",
		[]Ask{{Actions: "kms:Encrypt", Via: "s3", Context: s3Context,
			Why: "S3 encrypts the replica under the other bucket's key for the replication role"}},
		s3UG + "replication-config-for-kms-objects.html"},

	// Amazon SQS and Amazon SNS.
	{"sqs-send", "sqs:sendmessage", When{Encrypted: true, Caller: "principal"}, "the queue is encrypted with a KMS key",
		[]Ask{{Actions: "kms:GenerateDataKey kms:Decrypt", Via: "sqs", Context: sqsContext, Why: whyEnqueue}}, sqsDG},
	{"sqs-receive", "sqs:receivemessage", When{Encrypted: true, Caller: "principal"}, "the queue is encrypted with a KMS key",
		[]Ask{{Actions: "kms:Decrypt", Via: "sqs", Context: sqsContext,
			Why: "SQS has KMS decrypt the message's data key for the receiver"}}, sqsDG},
	{"sqs-from-sns", "sqs:sendmessage", When{Encrypted: true, Caller: "sns.amazonaws.com"}, "the queue is encrypted with a KMS key",
		[]Ask{{Actions: "kms:GenerateDataKey kms:Decrypt", Context: sqsContext, Why: whyOwnQueue}},
		docs + "sns/latest/dg/sns-enable-encryption-for-topic-sqs-queue-subscriptions.html"},
	{"sqs-from-s3", "sqs:sendmessage", When{Encrypted: true, Caller: "s3.amazonaws.com"}, "the queue is encrypted with a KMS key",
		[]Ask{{Actions: "kms:GenerateDataKey kms:Decrypt", Context: sqsContext, Why: whyOwnQueue}},
		s3UG + "grant-destinations-permissions-to-s3.html"},
	{"sqs-from-service", "sqs:sendmessage", When{Encrypted: true, Caller: "service", Except: "sns.amazonaws.com s3.amazonaws.com"},
		"the queue is encrypted with a KMS key",
		[]Ask{{Actions: "kms:GenerateDataKey kms:Decrypt", Context: sqsContext, Why: whyOwnQueue}}, sqsDG},
	{"sns-publish", "sns:publish", When{Encrypted: true, Caller: "principal"}, "the topic is encrypted with a KMS key",
		[]Ask{{Actions: "kms:GenerateDataKey kms:Decrypt", Via: "sns", Context: snsContext, Why: whyPublish}}, snsDG},
	{"sns-from-s3", "sns:publish", When{Encrypted: true, Caller: "s3.amazonaws.com"}, "the topic is encrypted with a KMS key",
		[]Ask{{Actions: "kms:GenerateDataKey kms:Decrypt", Context: snsContext, Why: whyOwnTopic}},
		s3UG + "grant-destinations-permissions-to-s3.html"},
	{"sns-from-events", "sns:publish", When{Encrypted: true, Caller: "events.amazonaws.com"}, "the topic is encrypted with a KMS key",
		[]Ask{{Actions: "kms:GenerateDataKey kms:Decrypt", Context: snsContext, Without: noSource,
			Why: "EventBridge must be let to use the topic's key, and tells KMS neither the rule nor its account"}}, snsDG},
	{"sns-from-service", "sns:publish", When{Encrypted: true, Caller: "service", Except: "s3.amazonaws.com events.amazonaws.com"},
		"the topic is encrypted with a KMS key",
		[]Ask{{Actions: "kms:GenerateDataKey kms:Decrypt", Context: snsContext, Why: whyOwnTopic}}, snsDG},

	// Secrets, parameters and settings.
	{"secret-get", "secretsmanager:getsecretvalue", When{Encrypted: true},
		"the secret is encrypted with another key than aws/secretsmanager",
		[]Ask{{Actions: "kms:Decrypt", Via: "secretsmanager", Context: "SecretARN=RESOURCE\nSecretVersionId=unknown",
			Why: "Secrets Manager has KMS decrypt the secret's data key for the caller"}},
		docs + "secretsmanager/latest/userguide/security-encryption.html"},
	{"secret-put", "secretsmanager:createsecret secretsmanager:putsecretvalue secretsmanager:updatesecret", When{Encrypted: true},
		"the secret is encrypted with another key than aws/secretsmanager",
		[]Ask{{Actions: "kms:GenerateDataKey kms:Decrypt", Via: "secretsmanager", Context: "SecretARN=RESOURCE\nSecretVersionId=unknown",
			Why: "Secrets Manager asks KMS for a data key for the caller, and tests that it can be decrypted"}},
		docs + "secretsmanager/latest/userguide/security-encryption.html"},
	{"parameter-get", "ssm:getparameter ssm:getparameters ssm:getparametersbypath ssm:getparameterhistory", When{Encrypted: true},
		"it is a SecureString of another key than aws/ssm, and is to be decrypted",
		[]Ask{{Actions: "kms:Decrypt", Via: "ssm", Context: "PARAMETER_ARN=RESOURCE",
			Why: "Parameter Store has KMS decrypt the value for the caller"}},
		docs + "kms/latest/developerguide/services-parameter-store.html"},
	{"parameter-put", "ssm:putparameter", When{Encrypted: true}, "it is a SecureString of another key than aws/ssm",
		[]Ask{{Actions: "kms:Encrypt", Via: "ssm", Context: "PARAMETER_ARN=RESOURCE",
			Why: "Parameter Store has KMS encrypt the value for the caller"}},
		docs + "kms/latest/developerguide/services-parameter-store.html"},
	{"parameter-put-advanced", "ssm:putparameter", When{Encrypted: true, Untold: true}, "the SecureString is of the advanced tier",
		[]Ask{{Actions: "kms:GenerateDataKey", Via: "ssm", Context: "PARAMETER_ARN=RESOURCE", Why: "advanced parameters have data keys"}},
		docs + "kms/latest/developerguide/services-parameter-store.html"},
	{"lambda-environment", "lambda:createfunction lambda:updatefunctionconfiguration", When{Encrypted: true},
		"a KMS key encrypts the environment variables",
		[]Ask{{Actions: "kms:Encrypt kms:CreateGrant", Via: "lambda", Context: "aws:lambda:FunctionArn=RESOURCE",
			Why: "Lambda sets up the key for the caller"}},
		docs + "lambda/latest/dg/configuration-envvars-encryption.html"},
	{"lambda-url", "lambda:invokefunctionurl", When{}, "",
		[]Ask{{Actions: "lambda:InvokeFunction", On: "RESOURCE", Keys: "lambda:InvokedViaFunctionUrl=true",
			Why: "a call of a function URL also needs it"}},
		docs + "lambda/latest/dg/urls-auth.html"},

	// Volumes, snapshots and instances.
	{"ebs-create", "ec2:createvolume ec2:runinstances", When{Encrypted: true, On: "volume/"},
		"the volume is encrypted with a customer managed key",
		[]Ask{{Actions: "kms:DescribeKey kms:GenerateDataKeyWithoutPlaintext kms:CreateGrant", Via: "ec2", Context: ebsContext,
			Keys: forAWS,
			Why:  "EBS makes the volume's data key, and a grant for the instance, for the caller"}}, ebsUG},
	{"ebs-attach", "ec2:attachvolume", When{Encrypted: true, On: "volume/"}, "the volume is encrypted with a customer managed key",
		[]Ask{{Actions: "kms:CreateGrant", Via: "ec2", Context: ebsContext, Keys: forAWS,
			Why: "EC2 makes a grant for the instance, for the caller"}}, ebsUG},
	{"ebs-from-snapshot", "ec2:createvolume ec2:runinstances", When{Encrypted: true, On: "snapshot/"},
		"the snapshot is encrypted with a customer managed key",
		[]Ask{{Actions: "kms:DescribeKey kms:ReEncryptFrom", Via: "ec2", Context: ebsContext,
			Why: "EBS re-encrypts the snapshot's data key for the volume"},
			{Actions: "kms:ReEncryptTo", On: "NEWKEY", Via: "ec2", Context: ebsContext,
				Why: "EBS re-encrypts the snapshot's data key for the volume"}}, ebsUG},
	{"ebs-copy-source", "ec2:copysnapshot", When{Encrypted: true, On: "snapshot/snap-"},
		"the snapshot is encrypted with a customer managed key",
		[]Ask{{Actions: "kms:DescribeKey kms:ReEncryptFrom", Via: "ec2", Context: ebsContext,
			Why: "EBS re-encrypts the snapshot's data key for its copy"}},
		docs + "ebs/latest/userguide/ebs-copy-snapshot.html"},
	{"ebs-copy", "ec2:copysnapshot", When{Encrypted: true, On: "snapshot/*"}, "the copy is encrypted with a customer managed key",
		[]Ask{{Actions: "kms:DescribeKey kms:GenerateDataKeyWithoutPlaintext kms:ReEncryptTo kms:CreateGrant", Via: "ec2",
			Context: ebsContext, Keys: forAWS,
			Why: "EBS encrypts the copy under its own key"}},
		docs + "ebs/latest/userguide/ebs-copy-snapshot.html"},
	{"autoscaling-launch", "autoscaling:createautoscalinggroup autoscaling:updateautoscalinggroup autoscaling:setdesiredcapacity " +
		"autoscaling:startinstancerefresh",
		When{Encrypted: true}, "the group's volumes are encrypted with a customer managed key",
		[]Ask{{As: "arn:aws:sts::OWNER:assumed-role/AWSServiceRoleForAutoScaling/AutoScaling",
			Actions: "kms:GenerateDataKeyWithoutPlaintext kms:CreateGrant", Via: "ec2", Keys: forAWS,
			Why: "Auto Scaling launches instances as its service-linked role, later"}},
		docs + "autoscaling/ec2/userguide/key-policy-requirements-EBS-encryption.html"},
	{"ec2-tags", "ec2:runinstances", When{Key: "aws:requesttag/", On: "instance/"}, "",
		[]Ask{{Actions: "ec2:CreateTags", On: "RESOURCE", Keys: "ec2:CreateAction=ACTION", Same: true, Why: whyTags}}, ec2UG},
	{"ec2-create-tags", "ec2:createvolume ec2:createsnapshot ec2:copysnapshot ec2:createimage ec2:createlaunchtemplate " +
		"ec2:createnetworkinterface " +
		"ec2:createnatgateway ec2:createroutetable ec2:createsecuritygroup ec2:createsubnet ec2:createvpc ec2:createvpcendpoint",
		When{Key: "aws:requesttag/", On: "NEW/"}, "",
		[]Ask{{Actions: "ec2:CreateTags", On: "RESOURCE", Keys: "ec2:CreateAction=ACTION", Same: true, Why: whyTags}}, ec2UG},

	// Other stores.
	{"rds-encrypt", "rds:createdbinstance rds:createdbcluster rds:copydbsnapshot rds:copydbclustersnapshot " +
		"rds:restoredbinstancefromdbsnapshot " +
		"rds:restoredbclusterfromsnapshot rds:createdbinstancereadreplica", When{Encrypted: true},
		"it is encrypted with a customer managed key",
		[]Ask{{Actions: "kms:DescribeKey kms:CreateGrant", Via: "rds", Keys: forAWS, Why: whyGrant}},
		docs + "AmazonRDS/latest/UserGuide/Overview.Encryption.Keys.html"},
	{"dynamodb-use", "dynamodb:getitem dynamodb:putitem dynamodb:updateitem dynamodb:deleteitem dynamodb:query dynamodb:scan " +
		"dynamodb:batchgetitem " +
		"dynamodb:batchwriteitem", When{Encrypted: true}, "the table is encrypted with a customer managed key",
		[]Ask{{Actions: "kms:Decrypt", Via: "dynamodb", Context: "aws:dynamodb:tableName=TABLE\naws:dynamodb:subscriberId=OWNER",
			Why: "DynamoDB has KMS decrypt the table's key for the caller"}},
		docs + "amazondynamodb/latest/developerguide/encryption.usagenotes.html"},
	{"dynamodb-create", "dynamodb:createtable", When{Encrypted: true}, "the table is encrypted with a customer managed key",
		[]Ask{{Actions: "kms:DescribeKey kms:CreateGrant", Via: "dynamodb",
			Context: "aws:dynamodb:tableName=TABLE\naws:dynamodb:subscriberId=OWNER",
			Keys:    forAWS, Why: whyGrant}},
		docs + "amazondynamodb/latest/developerguide/encryption.usagenotes.html"},
	{"kinesis-put", "kinesis:putrecord kinesis:putrecords", When{Encrypted: true}, "the stream is encrypted with a customer managed key",
		[]Ask{{Actions: "kms:GenerateDataKey", Via: "kinesis", Context: "aws:kinesis:arn=WHOLE",
			Why: "Kinesis asks KMS for a data key for the producer"}},
		docs + "streams/latest/dev/permissions-user-key-KMS.html"},
	{"kinesis-get", "kinesis:getrecords kinesis:subscribetoshard", When{Encrypted: true},
		"the stream is encrypted with a customer managed key",
		[]Ask{{Actions: "kms:Decrypt", Via: "kinesis", Context: "aws:kinesis:arn=WHOLE",
			Why: "Kinesis has KMS decrypt the records' data key for the consumer"}},
		docs + "streams/latest/dev/permissions-user-key-KMS.html"},
	{"firehose-create", "firehose:createdeliverystream firehose:startdeliverystreamencryption", When{Encrypted: true},
		"the stream is encrypted with a customer managed key",
		[]Ask{{Actions: "kms:CreateGrant", Via: "firehose", Keys: forAWS, Why: whyGrant}},
		docs + "firehose/latest/dev/encryption.html"},
	{"backup-vault", "backup:createbackupvault", When{Encrypted: true}, "the vault is encrypted with a customer managed key",
		[]Ask{{Actions: "kms:DescribeKey kms:CreateGrant kms:GenerateDataKey kms:Decrypt", Via: "backup", Keys: forAWS,
			Why: "AWS Backup sets up the vault's key for the caller"}},
		docs + "aws-backup/latest/devguide/encryption.html"},
	{"ecr-create", "ecr:createrepository", When{Encrypted: true}, "the repository is encrypted with a customer managed key",
		[]Ask{{Actions: "kms:DescribeKey kms:CreateGrant", Via: "ecr", Keys: forAWS, Why: whyGrant}},
		docs + "AmazonECR/latest/userguide/encryption-at-rest.html"},
	{"efs-create", "elasticfilesystem:createfilesystem", When{Encrypted: true},
		"the file system is encrypted with a customer managed key",
		[]Ask{{Actions: "kms:DescribeKey kms:GenerateDataKeyWithoutPlaintext kms:CreateGrant", Via: "elasticfilesystem",
			Context: "aws:elasticfilesystem:filesystem:id=NAME", Keys: forAWS, Why: "EFS sets up the file system's key for the caller"}},
		docs + "efs/latest/ug/encryption-at-rest.html"},
	{"eks-secrets", "eks:createcluster eks:associateencryptionconfig", When{Encrypted: true},
		"a customer managed key encrypts the cluster's secrets",
		[]Ask{{Actions: "kms:DescribeKey kms:CreateGrant", Via: "eks", Why: whyGrant}},
		docs + "eks/latest/userguide/enable-kms.html"},

	// Logs.
	{"logs-associate", "logs:associatekmskey logs:createloggroup logs:putlogevents", When{Encrypted: true},
		"the log group is encrypted with a KMS key",
		[]Ask{{As: "logs.REGION.amazonaws.com", Actions: "kms:GenerateDataKey kms:Decrypt", Context: "aws:logs:arn=WHOLE",
			Why: "CloudWatch Logs uses the key as itself"}},
		docs + "AmazonCloudWatch/latest/logs/encrypt-log-data-kms.html"},
	{"logs-read", "logs:getlogevents logs:filterlogevents logs:startquery", When{Encrypted: true},
		"the log group is encrypted with a KMS key",
		[]Ask{{As: "logs.REGION.amazonaws.com", Actions: "kms:Decrypt", Context: "aws:logs:arn=WHOLE",
			Why: "CloudWatch Logs uses the key as itself"}},
		docs + "AmazonCloudWatch/latest/logs/encrypt-log-data-kms.html"},
	{"cloudtrail-create", "cloudtrail:createtrail cloudtrail:updatetrail", When{Encrypted: true},
		"the log files are encrypted with a KMS key",
		[]Ask{{As: "cloudtrail.amazonaws.com", Actions: "kms:DescribeKey kms:GenerateDataKey", Context: "aws:cloudtrail:arn=RESOURCE",
			Keys: "aws:SourceArn=RESOURCE", Why: "CloudTrail tests the key as itself"}},
		docs + "awscloudtrail/latest/userguide/create-kms-key-policy-for-cloudtrail.html"},

	// Roles.
	{"sts-tags", "sts:assumerole sts:assumerolewithsaml sts:assumerolewithwebidentity", When{Key: "aws:requesttag/"}, "",
		[]Ask{{Actions: "sts:TagSession", On: "RESOURCE", Same: true, Why: "the call passes session tags"}},
		iamUG + "id_session-tags.html"},
	{"sts-source-identity", "sts:assumerole sts:assumerolewithsaml sts:assumerolewithwebidentity", When{Key: "sts:sourceidentity"}, "",
		[]Ask{{Actions: "sts:SetSourceIdentity", On: "RESOURCE", Same: true, Why: "the call sets a source identity"}},
		iamUG + "id_credentials_temp_control-access_monitor.html"},
	{"sts-source-identity-chain", "sts:assumerole", When{Key: "aws:sourceidentity"}, "",
		[]Ask{{Actions: "sts:SetSourceIdentity", On: "RESOURCE", Keys: "sts:SourceIdentity=IDENTITY", Same: true,
			Why: "the caller's source identity goes on to the next role"}},
		iamUG + "id_credentials_temp_control-access_monitor.html"},
}

// Rows is every flow, for tables and tests.
func Rows() []Row { return rows }
