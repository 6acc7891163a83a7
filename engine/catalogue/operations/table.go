package operations

const reference = "https://docs.aws.amazon.com/service-authorization/latest/reference/"

// tables is rows of an operation and its actions; "?" is behind an action that
// the call needs besides, or instead, only if it says more: a version, tags, an
// ACL. "-" is none. Actions without a prefix are of the same service.
var tables = []struct{ page, prefix, rows string }{
	{reference + "list_s3.html#list_s3-operations", "s3", `
		CompleteMultipartUpload PutObject
		CopyObject GetObject PutObject GetObjectVersion? GetObjectTagging? PutObjectTagging? PutObjectAcl? PutObjectLegalHold? PutObjectRetention?
		CreateBucket CreateBucket PutBucketAcl? PutBucketObjectLockConfiguration? PutBucketOwnershipControls? PutBucketVersioning?
		CreateBucketMetadataConfiguration CreateBucketMetadataTableConfiguration s3tables:CreateNamespace s3tables:CreateTable s3tables:CreateTableBucket s3tables:GetTable s3tables:PutTableEncryption s3tables:PutTablePolicy
		CreateBucketMetadataTableConfiguration CreateBucketMetadataTableConfiguration s3tables:CreateNamespace s3tables:CreateTable s3tables:GetTable s3tables:PutTablePolicy
		CreateMultipartUpload PutObject PutObjectAcl? PutObjectTagging? PutObjectLegalHold? PutObjectRetention?
		CreateSession s3express:CreateSession
		CreateStorageLensGroup CreateStorageLensGroup TagResource?
		DeleteAccessPointScope s3express:DeleteAccessPointScope
		DeleteBucketAnalyticsConfiguration PutAnalyticsConfiguration
		DeleteBucketCors PutBucketCORS
		DeleteBucketEncryption PutEncryptionConfiguration
		DeleteBucketIntelligentTieringConfiguration PutIntelligentTieringConfiguration
		DeleteBucketInventoryConfiguration PutInventoryConfiguration
		DeleteBucketLifecycle PutLifecycleConfiguration
		DeleteBucketLifecycleConfiguration s3-outposts:PutLifecycleConfiguration
		DeleteBucketMetadataConfiguration DeleteBucketMetadataTableConfiguration
		DeleteBucketMetricsConfiguration PutMetricsConfiguration
		DeleteBucketOwnershipControls PutBucketOwnershipControls
		DeleteBucketReplication PutReplicationConfiguration
		DeleteBucketTagging PutBucketTagging
		DeleteObject DeleteObject DeleteObjectVersion? BypassGovernanceRetention?
		DeleteObjectTagging DeleteObjectTagging DeleteObjectVersionTagging?
		DeleteObjects DeleteObject DeleteObjectVersion? BypassGovernanceRetention?
		DeletePublicAccessBlock PutBucketPublicAccessBlock PutAccountPublicAccessBlock?
		GetAccessPointScope s3express:GetAccessPointScope
		GetBucket s3-outposts:GetBucket
		GetBucketAccelerateConfiguration GetAccelerateConfiguration
		GetBucketAnalyticsConfiguration GetAnalyticsConfiguration
		GetBucketCors GetBucketCORS
		GetBucketEncryption GetEncryptionConfiguration
		GetBucketIntelligentTieringConfiguration GetIntelligentTieringConfiguration
		GetBucketInventoryConfiguration GetInventoryConfiguration
		GetBucketLifecycle GetLifecycleConfiguration
		GetBucketLifecycleConfiguration GetLifecycleConfiguration
		GetBucketMetadataConfiguration GetBucketMetadataTableConfiguration
		GetBucketMetricsConfiguration GetMetricsConfiguration
		GetBucketNotificationConfiguration GetBucketNotification
		GetBucketReplication GetReplicationConfiguration
		GetObject GetObject GetObjectVersion? GetObjectLegalHold? GetObjectRetention? GetObjectTagging?
		GetObjectAcl GetObjectAcl GetObjectVersionAcl?
		GetObjectAttributes GetObject GetObjectAttributes? GetObjectVersion? GetObjectVersionAttributes?
		GetObjectLockConfiguration GetBucketObjectLockConfiguration
		GetObjectTagging GetObjectTagging GetObjectVersionTagging?
		GetObjectTorrent GetObject
		GetPublicAccessBlock GetBucketPublicAccessBlock GetAccountPublicAccessBlock?
		HeadBucket ListBucket
		HeadObject GetObject GetObjectVersion? GetObjectLegalHold? GetObjectRetention?
		ListAccessPointsForDirectoryBuckets s3express:ListAccessPointsForDirectoryBuckets
		ListBucketAnalyticsConfigurations GetAnalyticsConfiguration
		ListBucketIntelligentTieringConfigurations GetIntelligentTieringConfiguration
		ListBucketInventoryConfigurations GetInventoryConfiguration
		ListBucketMetricsConfigurations GetMetricsConfiguration
		ListBuckets ListAllMyBuckets
		ListDirectoryBuckets s3express:ListAllMyDirectoryBuckets
		ListMultipartUploads ListBucketMultipartUploads
		ListObjectVersions ListBucketVersions
		ListObjects ListBucket GetObjectAcl?
		ListObjectsV2 ListBucket GetObjectAcl?
		ListParts ListMultipartUploadParts
		ListRegionalBuckets s3-outposts:ListRegionalBuckets
		PostObject PutObject PutObjectAcl? PutObjectTagging?
		PutAccessPointScope s3express:PutAccessPointScope
		PutBucketAccelerateConfiguration PutAccelerateConfiguration
		PutBucketAnalyticsConfiguration PutAnalyticsConfiguration
		PutBucketCors PutBucketCORS
		PutBucketEncryption PutEncryptionConfiguration
		PutBucketIntelligentTieringConfiguration PutIntelligentTieringConfiguration
		PutBucketInventoryConfiguration PutInventoryConfiguration
		PutBucketLifecycle PutLifecycleConfiguration
		PutBucketLifecycleConfiguration PutLifecycleConfiguration
		PutBucketMetricsConfiguration PutMetricsConfiguration
		PutBucketNotificationConfiguration PutBucketNotification
		PutBucketReplication PutReplicationConfiguration iam:PassRole
		PutObject PutObject PutObjectAcl? PutObjectTagging? PutObjectLegalHold? PutObjectRetention?
		PutObjectAcl PutObjectAcl PutObjectVersionAcl?
		PutObjectLockConfiguration PutBucketObjectLockConfiguration
		PutObjectRetention PutObjectRetention BypassGovernanceRetention?
		PutObjectTagging PutObjectTagging PutObjectVersionTagging?
		PutPublicAccessBlock PutBucketPublicAccessBlock PutAccountPublicAccessBlock?
		RenameObject s3express:CreateSession
		SelectObjectContent GetObject
		UploadPart PutObject
		UploadPartCopy GetObject PutObject GetObjectVersion?
		WriteGetObjectResponse s3-object-lambda:WriteGetObjectResponse
	`},
	{reference + "list_kms.html#list_kms-operations", "kms", `
		ReEncrypt ReEncryptFrom ReEncryptTo
	`},
	{reference + "list_lambda.html#list_lambda-operations", "lambda", `
		Invoke InvokeFunction
		InvokeWithResponseStream InvokeFunction
		GetLayerVersionByArn GetLayerVersion
	`},
	{reference + "list_dynamodb.html#list_dynamodb-operations", "dynamodb", `
		BatchExecuteStatement PartiQLSelect? PartiQLInsert? PartiQLUpdate? PartiQLDelete?
		ExecuteStatement PartiQLSelect? PartiQLInsert? PartiQLUpdate? PartiQLDelete?
		ExecuteTransaction PartiQLSelect? PartiQLInsert? PartiQLUpdate? PartiQLDelete?
		TransactGetItems GetItem
		TransactWriteItems PutItem? UpdateItem? DeleteItem? ConditionCheckItem?
	`},
	{reference + "list_sqs.html#list_sqs-operations", "sqs", `
		ChangeMessageVisibilityBatch ChangeMessageVisibility
		DeleteMessageBatch DeleteMessage
		SendMessageBatch SendMessage
	`},
	{reference + "list_sns.html#list_sns-operations", "sns", `
		PublishBatch Publish
	`},
	{reference + "list_bedrock.html#list_bedrock-operations", "bedrock", `
		Converse InvokeModel ApplyGuardrail?
		ConverseStream InvokeModelWithResponseStream ApplyGuardrail?
		InvokeModelWithBidirectionalStream InvokeModel
		StartAsyncInvoke InvokeModel
	`},
	{"https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_runtime_InvokeEndpointWithResponseStream.html", "sagemaker", `
		InvokeEndpointWithResponseStream InvokeEndpointWithResponseStream? InvokeEndpoint?
	`},
	{reference + "list_apigateway.html#list_apigateway-operations", "apigateway", `
		CreateApiKey POST
		CreateAuthorizer POST iam:PassRole?
		CreateDomainName POST AddCertificateToDomain? UpdateDomainNamePolicy?
		CreateDomainNameAccessAssociation POST CreateAccessAssociation
		CreateRestApi POST UpdateRestApiPolicy?
		DeleteDomainName DELETE RemoveCertificateFromDomain?
		ImportRestApi POST UpdateRestApiPolicy? iam:PassRole?
		PutIntegration PUT iam:PassRole?
		PutRestApi PUT UpdateRestApiPolicy? iam:PassRole?
		RejectDomainNameAccessAssociation RejectAccessAssociation
		TagResource PUT? POST? PATCH?
		UntagResource DELETE? PATCH?
		UpdateAccount PATCH iam:PassRole?
		UpdateAuthorizer PATCH iam:PassRole?
		UpdateDomainName PATCH AddCertificateToDomain? RemoveCertificateFromDomain? UpdateDomainNamePolicy? UpdateDomainNameManagementPolicy?
		UpdateIntegration PATCH iam:PassRole?
		UpdateRestApi PATCH UpdateRestApiPolicy?
	`},
	{"https://docs.aws.amazon.com/cloudfront/latest/APIReference/API_CreateDistributionWithTags.html", "cloudfront", `
		AssociateAlias AssociateAlias UpdateDistribution
		CopyDistribution CopyDistribution CreateDistribution GetDistribution GetVpcOrigin?
		CreateDistributionWithTags CreateDistribution TagResource
	`},
	{"https://docs.aws.amazon.com/glue/latest/webapi/API_GetUnfilteredTableMetadata.html", "glue", `
		GetUnfilteredPartitionMetadata GetPartition
		GetUnfilteredPartitionsMetadata GetPartitions
		GetUnfilteredTableMetadata GetTable
	`},
	{"https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_ListImageReferrers.html", "ecr", `
		ListImageReferrers BatchGetImage
	`},
	{reference + "list_budgets.html#list_budgets-operations", "budgets", `
		CreateBudget ModifyBudget TagResource?
	`},
	{"https://docs.aws.amazon.com/bedrock/latest/APIReference/API_agent-runtime_RetrieveAndGenerateStream.html", "bedrock", `
		RetrieveAndGenerateStream RetrieveAndGenerate
	`},
	{"https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_ListInsightsMetricData.html", "cloudtrail", `
		ListInsightsMetricData LookupEvents? ListInsightsData?
	`},
	{"https://docs.aws.amazon.com/singlesignon/latest/PortalAPIReference/Welcome.html", "sso", `
		GetRoleCredentials -
		ListAccountRoles -
		ListAccounts -
		Logout -
	`},
	{"https://docs.aws.amazon.com/singlesignon/latest/OIDCAPIReference/Welcome.html", "sso-oauth", `
		CreateToken -
		RegisterClient -
		StartDeviceAuthorization -
	`},
	{"https://docs.aws.amazon.com/STS/latest/APIReference/API_GetCallerIdentity.html", "sts", `
		GetCallerIdentity -
	`},
	{"https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_temp_control-access_getsessiontoken.html", "sts", `
		GetSessionToken -
	`},
	{reference + "list_sts.html#list_sts-operations", "sts", `
		AssumeRole AssumeRole TagSession? SetSourceIdentity? SetContext?
		AssumeRoleWithSAML AssumeRoleWithSAML TagSession? SetSourceIdentity?
		AssumeRoleWithWebIdentity AssumeRoleWithWebIdentity TagSession? SetSourceIdentity?
		GetFederationToken GetFederationToken TagSession?
	`},
	{"https://docs.aws.amazon.com/cognitoidentity/latest/APIReference/API_GetCredentialsForIdentity.html", "cognito-identity", `
		GetCredentialsForIdentity -
		GetId -
		GetOpenIdToken -
		UnlinkIdentity -
	`},
	{"https://docs.aws.amazon.com/cognito/latest/developerguide/authentication-flows-public-server-side.html", "cognito-idp", `
		AssociateSoftwareToken -
		ChangePassword -
		CompleteWebAuthnRegistration -
		ConfirmDevice -
		ConfirmForgotPassword -
		ConfirmSignUp -
		DeleteUser -
		DeleteUserAttributes -
		DeleteWebAuthnCredential -
		ForgetDevice -
		ForgotPassword -
		GetDevice -
		GetTokensFromRefreshToken -
		GetUser -
		GetUserAttributeVerificationCode -
		GetUserAuthFactors -
		GlobalSignOut -
		InitiateAuth -
		ListDevices -
		ListWebAuthnCredentials -
		ResendConfirmationCode -
		RespondToAuthChallenge -
		RevokeToken -
		SetUserMFAPreference -
		SetUserSettings -
		SignUp -
		StartWebAuthnRegistration -
		UpdateAuthEventFeedback -
		UpdateDeviceStatus -
		UpdateUserAttributes -
		VerifySoftwareToken -
		VerifyUserAttribute -
	`},
}

// byAction is operations that need one action each, by the action.
var byAction = []struct{ page, action, operations string }{
	{reference + "list_apigateway.html#list_apigateway-operations", "apigateway:DELETE", `
		DeleteApiKey DeleteAuthorizer DeleteBasePathMapping DeleteClientCertificate DeleteDeployment
		DeleteDocumentationPart DeleteDocumentationVersion DeleteDomainNameAccessAssociation
		DeleteGatewayResponse DeleteIntegration DeleteIntegrationResponse DeleteMethod DeleteMethodResponse
		DeleteModel DeleteRequestValidator DeleteResource DeleteRestApi DeleteStage DeleteUsagePlan
		DeleteUsagePlanKey DeleteVpcLink FlushStageAuthorizersCache FlushStageCache`},
	{reference + "list_apigateway.html#list_apigateway-operations", "apigateway:GET", `
		GetAccount GetApiKey GetApiKeys GetAuthorizer GetAuthorizers GetBasePathMapping GetBasePathMappings
		GetClientCertificate GetClientCertificates GetDeployment GetDeployments GetDocumentationPart
		GetDocumentationParts GetDocumentationVersion GetDocumentationVersions GetDomainName
		GetDomainNameAccessAssociations GetDomainNames GetExport GetGatewayResponse GetGatewayResponses
		GetIntegration GetIntegrationResponse GetMethod GetMethodResponse GetModel GetModelTemplate GetModels
		GetRequestValidator GetRequestValidators GetResource GetResources GetRestApi GetRestApis GetSdk
		GetSdkType GetSdkTypes GetStage GetStages GetTags GetUsage GetUsagePlan GetUsagePlanKey
		GetUsagePlanKeys GetUsagePlans GetVpcLink GetVpcLinks`},
	{reference + "list_apigateway.html#list_apigateway-operations", "apigateway:PATCH", `
		UpdateApiKey UpdateBasePathMapping UpdateClientCertificate UpdateDeployment UpdateDocumentationPart
		UpdateDocumentationVersion UpdateGatewayResponse UpdateIntegrationResponse UpdateMethod
		UpdateMethodResponse UpdateModel UpdateRequestValidator UpdateResource UpdateStage UpdateUsage
		UpdateUsagePlan UpdateVpcLink`},
	{reference + "list_apigateway.html#list_apigateway-operations", "apigateway:POST", `
		CreateBasePathMapping CreateDeployment CreateDocumentationPart CreateDocumentationVersion CreateModel
		CreateRequestValidator CreateResource CreateStage CreateUsagePlan CreateUsagePlanKey CreateVpcLink
		GenerateClientCertificate ImportApiKeys TestInvokeAuthorizer TestInvokeMethod`},
	{reference + "list_apigateway.html#list_apigateway-operations", "apigateway:PUT", `
		ImportDocumentationParts PutGatewayResponse PutIntegrationResponse PutMethod PutMethodResponse`},
	{reference + "list_apigatewayv2.html#list_apigatewayv2-operations", "apigateway:GET", `
		GetApi GetApis GetApiMapping GetApiMappings ExportApi GetIntegrations
		GetIntegrationResponses GetRoute GetRoutes GetRouteResponse GetRouteResponses`},
	{reference + "list_apigatewayv2.html#list_apigatewayv2-operations", "apigateway:POST", `
		CreateApi CreateApiMapping CreateIntegration CreateIntegrationResponse CreateRoute CreateRouteResponse`},
	{reference + "list_apigatewayv2.html#list_apigatewayv2-operations", "apigateway:DELETE", `
		DeleteAccessLogSettings DeleteApi DeleteApiMapping DeleteCorsConfiguration DeleteRoute
		DeleteRouteRequestParameter DeleteRouteResponse DeleteRouteSettings ResetAuthorizersCache`},
	{reference + "list_apigatewayv2.html#list_apigatewayv2-operations", "apigateway:PATCH", `
		UpdateApi UpdateApiMapping UpdateRoute UpdateRouteResponse`},
	{reference + "list_apigatewayv2.html#list_apigatewayv2-operations", "apigateway:PUT", `
		ImportApi ReimportApi`},
	{reference + "list_budgets.html#list_budgets-operations", "budgets:ModifyBudget", `
		CreateNotification CreateSubscriber DeleteBudget DeleteNotification DeleteSubscriber UpdateBudget
		UpdateNotification UpdateSubscriber`},
	{reference + "list_budgets.html#list_budgets-operations", "budgets:ViewBudget", `
		DescribeBudget DescribeBudgetNotificationsForAccount DescribeBudgetPerformanceHistory DescribeBudgets
		DescribeNotificationsForBudget DescribeSubscribersForNotification`},
	{"https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-how-to-call-websocket-api-connections.html", "execute-api:ManageConnections", `
		DeleteConnection GetConnection PostToConnection`},
}

// shared is the names above that another service has too, as an operation or an
// action.
const shared = `
	BatchExecuteStatement ChangePassword CompleteMultipartUpload ConverseStream CreateApi CreateApiKey
	CreateAuthorizer CreateBucket CreateBudget CreateDeployment CreateDomainName CreateIntegration
	CreateModel CreateNotification CreateResource CreateRoute CreateSession CreateStage CreateSubscriber
	CreateToken DeleteAccessPointScope DeleteApi DeleteApiKey DeleteAuthorizer DeleteBudget
	DeleteConnection DeleteDeployment DeleteDomainName DeleteIntegration DeleteModel DeleteNotification
	DeleteObject DeleteObjectTagging DeleteResource DeleteRoute DeleteStage DeleteSubscriber DeleteUser
	ExecuteStatement GetAccessPointScope GetAccount GetApi GetBucket GetConnection GetDeployment
	GetDeployments GetDevice GetDomainName GetExport GetFederationToken GetIntegration GetModel
	GetModels GetObject GetObjectAcl GetObjectAttributes GetObjectTagging GetResource GetResources
	GetRoute GetStage GetStages GetTags GetUser Invoke ListAccessPointsForDirectoryBuckets ListAccounts
	ListDevices ListMultipartUploads ListParts ListRegionalBuckets PutAccessPointScope PutIntegration
	PutObject PutObjectAcl PutObjectRetention PutObjectTagging TagResource TestInvokeAuthorizer
	UntagResource UpdateAccount UpdateApi UpdateApiKey UpdateAuthorizer UpdateBudget UpdateDeployment
	UpdateDomainName UpdateIntegration UpdateModel UpdateResource UpdateRoute UpdateStage
	UpdateSubscriber WriteGetObjectResponse`
