package main

// permissionOnly is actions that no API operation is called like: others need
// them, or a service asks for them.
//
// https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html
var permissionOnly = fields(`
	bedrock:AllowVendedLogDeliveryForResource
	bedrock:CallWithBearerToken
	cloudfront:AllowVendedLogDeliveryForResource
	dynamodb:ConditionCheckItem
	dynamodb:PartiQLDelete
	dynamodb:PartiQLInsert
	dynamodb:PartiQLSelect
	dynamodb:PartiQLUpdate
	ecr:ReplicateImage
	elasticfilesystem:ClientMount
	elasticfilesystem:ClientRootAccess
	elasticfilesystem:ClientWrite
	events:AllowVendedLogDeliveryForResource
	execute-api:Invoke
	execute-api:ManageConnections
	iam:PassRole
	kms:ReEncryptFrom
	kms:ReEncryptTo
	kms:SynchronizeMultiRegionKey
	lambda:DisableReplication
	lambda:EnableReplication
	lambda:InvokeFunction
	lambda:InvokeFunctionUrl
	rds-db:connect
	s3:BypassGovernanceRetention
	s3:DeleteObjectVersion
	s3:DeleteObjectVersionTagging
	s3:GetObjectVersion
	s3:GetObjectVersionAcl
	s3:GetObjectVersionAttributes
	s3:GetObjectVersionForReplication
	s3:GetObjectVersionTagging
	s3:InitiateReplication
	s3:ListAllMyBuckets
	s3:ListBucket
	s3:ListBucketMultipartUploads
	s3:ListBucketVersions
	s3:ListMultipartUploadParts
	s3:ObjectOwnerOverrideToBucketOwner
	s3:PutObjectVersionAcl
	s3:PutObjectVersionTagging
	s3:ReplicateDelete
	s3:ReplicateObject
	s3:ReplicateTags
	sts:GetServiceBearerToken
	sts:SetContext
	sts:SetSourceIdentity
	sts:TagSession
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
