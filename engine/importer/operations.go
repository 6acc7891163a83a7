package importer

import (
	"strings"

	"why403/engine/catalogue/operations"
)

// serviceOfOperation is the service of an operation whose name only one of the
// usual services has.
func serviceOfOperation(operation string) string {
	switch {
	case operation == "":
		return ""
	case lookup(otherNames, "s3:"+operation) != "" || strings.Contains(operation, "Object") || strings.Contains(operation, "Bucket"):
		return "s3"
	}
	for _, row := range usualOperations {
		if strings.Contains(" "+row.names+" ", " "+operation+" ") {
			return row.service
		}
	}
	if _, ok := operations.Find("s3", operation); ok {
		return "s3" // other services that have it are asked less often
	}
	row, _ := operations.Find("", operation)
	return row.Prefix
}

// usualOperations are names of operations that only one of the usual services has:
// the CLI and boto3 do not name the service. Those up to autoscaling are the
// usual ones; others have no name that AWS's list has twice.
var usualOperations = []struct{ service, names string }{
	{"ec2", "RunInstances StartInstances StopInstances TerminateInstances DescribeInstances DescribeVpcs DescribeSubnets " +
		"DescribeSecurityGroups DescribeImages CreateVpc CreateSubnet CreateSecurityGroup AuthorizeSecurityGroupIngress CreateVolume " +
		"AttachVolume CreateSnapshot CopySnapshot CopyImage CreateImage DescribeRegions DescribeAvailabilityZones DescribeNetworkInterfaces " +
		"CreateNetworkInterface AllocateAddress AssociateAddress CreateFleet CreateLaunchTemplate DescribeVolumes CreateFlowLogs " +
		"DescribeInstanceTypes DescribeKeyPairs DescribeRouteTables CreateInternetGateway CreateNatGateway " +
		"CreateRouteTable DescribeInstanceTypeOfferings ModifyInstanceAttribute " +
		"DescribeLaunchTemplates DescribeLaunchTemplateVersions DescribePrefixLists " +
		"AssignPrivateIpAddresses AttachNetworkInterface ModifyVolume CreateNetworkAcl DescribeInstanceStatus GetPasswordData"},
	{"kms", "Decrypt Encrypt ReEncrypt GenerateDataKey GenerateDataKeyWithoutPlaintext DescribeKey CreateGrant ListGrants RetireGrant " +
		"RevokeGrant ScheduleKeyDeletion EnableKey DisableKey GetKeyPolicy PutKeyPolicy GetKeyRotationStatus CreateKey ListAliases"},
	{"sts", "AssumeRole AssumeRoleWithWebIdentity AssumeRoleWithSAML GetFederationToken GetSessionToken DecodeAuthorizationMessage"},
	{"iam", "GetRole CreateRole DeleteRole PutRolePolicy AttachRolePolicy DetachRolePolicy GetUser CreateUser ListUsers ListRoles " +
		"CreatePolicy GetPolicy GetPolicyVersion CreatePolicyVersion CreateInstanceProfile AddRoleToInstanceProfile CreateServiceLinkedRole " +
		"ListAttachedRolePolicies ListRolePolicies GetAccountAuthorizationDetails SimulatePrincipalPolicy CreateAccessKey"},
	{"organizations", "ListAccounts DescribeOrganization ListPoliciesForTarget ListRoots ListParents DescribeAccount DescribePolicy " +
		"ListOrganizationalUnitsForParent LeaveOrganization ListPolicies CreateAccount"},
	{"dynamodb", "GetItem PutItem UpdateItem DeleteItem Query Scan BatchGetItem BatchWriteItem DescribeTable CreateTable " +
		"TransactWriteItems TransactGetItems"},
	{"sqs", "SendMessage SendMessageBatch ReceiveMessage DeleteMessage GetQueueUrl GetQueueAttributes CreateQueue SetQueueAttributes " +
		"ChangeMessageVisibility PurgeQueue"},
	{"sns", "Publish PublishBatch Subscribe CreateTopic GetTopicAttributes SetTopicAttributes ListTopics"},
	{"lambda", "CreateFunction UpdateFunctionCode UpdateFunctionConfiguration GetFunction GetFunctionConfiguration AddPermission " +
		"ListFunctions CreateEventSourceMapping GetLayerVersion PublishLayerVersion"},
	{"secretsmanager", "GetSecretValue PutSecretValue CreateSecret DescribeSecret ListSecrets UpdateSecret RotateSecret"},
	{"ssm", "GetParameter GetParameters GetParametersByPath PutParameter DescribeParameters StartSession SendCommand"},
	{"logs", "CreateLogGroup CreateLogStream PutLogEvents DescribeLogGroups DescribeLogStreams FilterLogEvents PutSubscriptionFilter " +
		"PutRetentionPolicy StartQuery AssociateKmsKey"},
	{"cloudformation", "CreateStack UpdateStack DescribeStacks CreateChangeSet DescribeStackEvents DeleteStack ExecuteChangeSet"},
	{"ecr", "GetAuthorizationToken BatchGetImage GetDownloadUrlForLayer InitiateLayerUpload PutImage DescribeRepositories CreateRepository"},
	{"ecs", "RegisterTaskDefinition UpdateService CreateService RunTask DescribeServices DescribeClusters ExecuteCommand"},
	{"eks", "DescribeCluster CreateCluster CreateNodegroup"},
	{"kinesis", "PutRecord PutRecords GetRecords DescribeStream GetShardIterator"},
	{"events", "PutRule PutTargets PutEvents"},
	{"states", "StartExecution CreateStateMachine"},
	{"athena", "StartQueryExecution GetQueryExecution GetQueryResults GetTableMetadata"},
	{"glue", "ListCrawlers StartJobRun GetJobRun GetJobRuns StartCrawler GetCrawler GetTable GetDatabase GetTables GetPartitions CreateTable"},
	{"ses", "SendEmail SendRawEmail"},
	{"cloudtrail", "CreateTrail LookupEvents StartLogging"},
	{"bedrock", "InvokeModel InvokeModelWithResponseStream Converse ConverseStream"},
	{"cloudwatch", "PutMetricData GetMetricData GetMetricStatistics PutMetricAlarm"},
	{"rds", "CreateDBInstance CopyDBSnapshot RestoreDBInstanceFromDBSnapshot DescribeDBInstances"},
	{"autoscaling", "CreateLaunchConfiguration SetDesiredCapacity TerminateInstanceInAutoScalingGroup PutLifecycleHook " +
		"CompleteLifecycleAction CreateAutoScalingGroup UpdateAutoScalingGroup DescribeAutoScalingGroups"},
	{"lakeformation", "GetTemporaryGlueTableCredentials GetTemporaryGluePartitionCredentials GrantPermissions " +
		"RegisterResource PutDataLakeSettings GetDataLakeSettings"},
	{"greengrass", "CreateComponentVersion ListCoreDevices"},
	{"elasticmapreduce", "RunJobFlow AddJobFlowSteps DescribeStep TerminateJobFlows ListInstanceGroups"},
	{"sagemaker", "CreateTrainingJob CreateEndpointConfig CreateProcessingJob CreateNotebookInstance InvokeEndpoint " +
		"CreatePresignedDomainUrl DescribeTrainingJob"},
	{"redshift", "GetClusterCredentials RestoreFromClusterSnapshot GetClusterCredentialsWithIAM"},
	{"redshift-data", "DescribeStatement GetStatementResult"},
	{"codebuild", "BatchGetBuilds BatchGetProjects StartBuildBatch"},
	{"codepipeline", "PutApprovalResult GetPipelineState PutJobSuccessResult"},
	{"codedeploy", "RegisterApplicationRevision GetDeploymentConfig CreateDeploymentGroup GetDeploymentGroup"},
	{"codecommit", "GitPull GitPush CreatePullRequest"},
	{"codeartifact", "GetRepositoryEndpoint ReadFromRepository PublishPackageVersion"},
	{"cognito-idp", "AdminCreateUser AdminGetUser AdminInitiateAuth InitiateAuth ListUserPools AdminSetUserPassword ConfirmSignUp SignUp " +
		"CreateUserPool"},
	{"cognito-identity", "GetCredentialsForIdentity GetId GetOpenIdToken CreateIdentityPool"},
	{"backup", "StartCopyJob CreateBackupVault CreateBackupPlan PutBackupVaultAccessPolicy"},
	{"config", "PutConfigurationRecorder PutDeliveryChannel PutConfigRule StartConfigurationRecorder PutEvaluations"},
	{"guardduty", "CreateDetector CreatePublishingDestination"},
	{"securityhub", "EnableSecurityHub BatchImportFindings"},
	{"sso", "CreatePermissionSet CreateAccountAssignment ListAccountAssignments ListPermissionSets"},
	{"ce", "GetCostAndUsage GetCostForecast GetDimensionValues GetReservationUtilization"},
	{"account", "PutContactInformation GetContactInformation PutAlternateContact EnableRegion"},
	{"route53", "ChangeResourceRecordSets ListHostedZones ListResourceRecordSets GetHostedZone ListHostedZonesByName GetChange " +
		"CreateHostedZone AssociateVPCWithHostedZone"},
	{"acm", "RequestCertificate"},
	{"cloudfront", "CreateInvalidation GetDistribution CreateOriginAccessControl"},
	{"elasticloadbalancing", "DescribeTargetGroups DescribeTargetHealth " +
		"ModifyLoadBalancerAttributes"},
	{"elasticbeanstalk", "DescribeEnvironmentResources"},
	{"elasticfilesystem", "DescribeMountTargets"},
	{"elasticache", "CreateReplicationGroup DescribeReplicationGroups CreateCacheCluster"},
	{"es", "CreateElasticsearchDomain DescribeElasticsearchDomain UpdateDomainConfig"},
	{"firehose", "CreateDeliveryStream DescribeDeliveryStream PutRecordBatch"},
	{"transfer", "TestIdentityProvider StartFileTransfer"},
	{"quicksight", "GenerateEmbedUrlForRegisteredUser RegisterUser"},
	{"tag", "TagResources GetTagKeys"},
	{"textract", "DetectDocumentText AnalyzeDocument StartDocumentTextDetection"},
	{"rekognition", "DetectLabels IndexFaces SearchFacesByImage DetectFaces"},
	{"ram", "AssociateResourceShare GetResourceShares AcceptResourceShareInvitation"},
	{"servicecatalog", "ProvisionProduct DescribeProvisioningParameters SearchProducts"},
	{"batch", "SubmitJob RegisterJobDefinition CreateComputeEnvironment"},
	{"scheduler", "CreateScheduleGroup"},
}
