package main

// operationsNow is actions that the earlier version of the package calls
// permission only, and that AWS has made API operations of since.
var operationsNow = fields(`
	bedrock:DeleteResourcePolicy
	bedrock:GetResourcePolicy
	bedrock:PutResourcePolicy
	bedrock-agentcore:SynchronizeGatewayTargets
	cloudsearch:search
	cloudsearch:suggest
`)

// permissionOnly is actions that no API operation is called like: others need
// them, or a service asks for them. The package has most of them; these are of
// operations with another name, or newer.
//
// https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html
var permissionOnly = fields(`
	apigateway:AddCertificateToDomain
	apigateway:CreateAccessAssociation
	apigateway:DELETE
	apigateway:GET
	apigateway:PATCH
	apigateway:POST
	apigateway:PUT
	apigateway:RejectAccessAssociation
	apigateway:RemoveCertificateFromDomain
	apigateway:SetWebACL
	apigateway:UpdateDomainNameManagementPolicy
	apigateway:UpdateDomainNamePolicy
	apigateway:UpdateRestApiPolicy
	appsync:EventConnect
	appsync:EventPublish
	appsync:EventSubscribe
	bedrock:CallWithBearerToken
	budgets:ModifyBudget
	budgets:ViewBudget
	dynamodb:ConditionCheckItem
	dynamodb:PartiQLDelete
	dynamodb:PartiQLInsert
	dynamodb:PartiQLSelect
	dynamodb:PartiQLUpdate
	dynamodb:ReadDataForReplication
	dynamodb:ReplicateSettings
	dynamodb:WriteDataForReplication
	elasticache:Connect
	execute-api:InvalidateCache
	execute-api:Invoke
	execute-api:ManageConnections
	kms:ReEncryptFrom
	kms:ReEncryptTo
	lakeformation:GetDataAccess
	lambda:InvokeFunction
	rds-db:connect
	s3:BypassGovernanceRetention
	s3:DeleteObjectVersion
	s3:DeleteObjectVersionTagging
	s3:GetAccelerateConfiguration
	s3:GetAccountPublicAccessBlock
	s3:GetAnalyticsConfiguration
	s3:GetBucketObjectLockConfiguration
	s3:GetBucketPublicAccessBlock
	s3:GetEncryptionConfiguration
	s3:GetIntelligentTieringConfiguration
	s3:GetInventoryConfiguration
	s3:GetLifecycleConfiguration
	s3:GetMetricsConfiguration
	s3:GetObjectVersion
	s3:GetObjectVersionAcl
	s3:GetObjectVersionAttributes
	s3:GetObjectVersionForReplication
	s3:GetObjectVersionTagging
	s3:GetObjectVersionTorrent
	s3:GetReplicationConfiguration
	s3:ListAllMyBuckets
	s3:ListBucket
	s3:ListBucketMultipartUploads
	s3:ListBucketVersions
	s3:ListMultipartUploadParts
	s3:ObjectOwnerOverrideToBucketOwner
	s3:PutAccelerateConfiguration
	s3:PutAccountPublicAccessBlock
	s3:PutAnalyticsConfiguration
	s3:PutBucketObjectLockConfiguration
	s3:PutBucketPublicAccessBlock
	s3:PutEncryptionConfiguration
	s3:PutIntelligentTieringConfiguration
	s3:PutInventoryConfiguration
	s3:PutLifecycleConfiguration
	s3:PutMetricsConfiguration
	s3:PutObjectVersionAcl
	s3:PutObjectVersionTagging
	s3:PutReplicationConfiguration
	s3:ReplicateDelete
	s3:ReplicateObject
	s3:ReplicateTags
`)

// withoutPolicies is services none of whose resources can have a
// resource-based policy. Where the table of AWS says "Partial" or nothing, the
// service isn't here.
//
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_aws-services-that-work-with-iam.html
var withoutPolicies = fields(`
	account acm airflow amplify application-autoscaling appstream athena autoscaling batch budgets ce
	cloud9 cloudformation cloudshell cloudwatch codedeploy codepipeline cognito-identity cognito-idp
	compute-optimizer config datasync dax directconnect discovery dms drs ds ec2-instance-connect ecs eks
	elasticache elasticbeanstalk elasticmapreduce elastictranscoder fis grafana guardduty health
	inspector2 kinesisanalytics lightsail macie2 mediaconvert memorydb mgh mq pipes polly pricing
	quicksight rds rds-data redshift-data route53 savingsplans scheduler securityhub servicequotas shield
	snowball states storagegateway support swf tag textract timestream transcribe transfer translate
	trustedadvisor wellarchitected workspaces
`)
