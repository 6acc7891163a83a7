package importer

import "strings"

// prefixes are the event sources whose actions have another prefix than the
// event source's own name.
//
// https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html
const prefixes = "monitoring=cloudwatch email=ses tagging=tag runtime.lex=lex models.lex=lex models-v2-lex=lex " +
	"runtime-v2-lex=lex api.ecr=ecr bedrock-runtime=bedrock runtime.sagemaker=sagemaker api.sagemaker=sagemaker " +
	"application-insights=applicationinsights opensearch=es cloudcontrolapi=cloudformation " +
	"streams.dynamodb=dynamodb edgelambda=lambda entitlement.marketplace=aws-marketplace " +
	"metering.marketplace=aws-marketplace data.iot=iot iotdata=iot participant.connect=connect"

// s3Actions are the operations of S3 whose action has another name.
//
// https://docs.aws.amazon.com/AmazonS3/latest/userguide/using-with-s3-policy-actions.html
const s3Actions = "HeadObject=GetObject GetObjectMetadata=GetObject GetObjectAsBytes=GetObject SelectObjectContent=GetObject " +
	"GetObjectLockConfiguration=GetBucketObjectLockConfiguration " +
	"PutObjectLockConfiguration=PutBucketObjectLockConfiguration CopyObject=PutObject UploadPart=PutObject " +
	"UploadPartCopy=PutObject PostObject=PutObject CreateMultipartUpload=PutObject " +
	"InitiateMultipartUpload=PutObject CompleteMultipartUpload=PutObject DeleteObjects=DeleteObject " +
	"DeleteMultipleObjects=DeleteObject ListObjects=ListBucket ListObjectsV2=ListBucket HeadBucket=ListBucket " +
	"ListObjectVersions=ListBucketVersions ListBuckets=ListAllMyBuckets " +
	"ListDirectoryBuckets=ListAllMyDirectoryBuckets ListMultipartUploads=ListBucketMultipartUploads " +
	"ListParts=ListMultipartUploadParts GetBucketEncryption=GetEncryptionConfiguration " +
	"PutBucketEncryption=PutEncryptionConfiguration DeleteBucketEncryption=PutEncryptionConfiguration " +
	"GetBucketLifecycle=GetLifecycleConfiguration GetBucketLifecycleConfiguration=GetLifecycleConfiguration " +
	"PutBucketLifecycle=PutLifecycleConfiguration PutBucketLifecycleConfiguration=PutLifecycleConfiguration " +
	"DeleteBucketLifecycle=PutLifecycleConfiguration GetBucketReplication=GetReplicationConfiguration " +
	"PutBucketReplication=PutReplicationConfiguration DeleteBucketReplication=PutReplicationConfiguration " +
	"GetBucketCors=GetBucketCORS PutBucketCors=PutBucketCORS DeleteBucketCors=PutBucketCORS " +
	"GetBucketNotificationConfiguration=GetBucketNotification " +
	"PutBucketNotificationConfiguration=PutBucketNotification GetPublicAccessBlock=GetBucketPublicAccessBlock " +
	"PutPublicAccessBlock=PutBucketPublicAccessBlock DeletePublicAccessBlock=PutBucketPublicAccessBlock " +
	"GetBucketAccelerateConfiguration=GetAccelerateConfiguration " +
	"PutBucketAccelerateConfiguration=PutAccelerateConfiguration " +
	"GetBucketAnalyticsConfiguration=GetAnalyticsConfiguration " +
	"PutBucketAnalyticsConfiguration=PutAnalyticsConfiguration " +
	"GetBucketInventoryConfiguration=GetInventoryConfiguration " +
	"PutBucketInventoryConfiguration=PutInventoryConfiguration " +
	"GetBucketMetricsConfiguration=GetMetricsConfiguration PutBucketMetricsConfiguration=PutMetricsConfiguration " +
	"DeleteBucketTagging=PutBucketTagging DeleteBucketOwnershipControls=PutBucketOwnershipControls"

// otherActions are the operations of other services whose action has another
// name.
const otherActions = "lambda:Invoke=lambda:InvokeFunction lambda:InvokeWithResponseStream=lambda:InvokeFunction " +
	"sqs:SendMessageBatch=sqs:SendMessage sqs:DeleteMessageBatch=sqs:DeleteMessage " +
	"sqs:ChangeMessageVisibilityBatch=sqs:ChangeMessageVisibility sns:PublishBatch=sns:Publish " +
	"kms:ReEncrypt=kms:ReEncryptFrom bedrock:Converse=bedrock:InvokeModel " +
	"bedrock:ConverseStream=bedrock:InvokeModelWithResponseStream " +
	"elasticfilesystem:NewClientConnection=elasticfilesystem:ClientMount"

// versioned are the actions that S3 asks for where a version is named.
const versioned = "GetObject=GetObjectVersion DeleteObject=DeleteObjectVersion GetObjectAcl=GetObjectVersionAcl " +
	"PutObjectAcl=PutObjectVersionAcl GetObjectTagging=GetObjectVersionTagging " +
	"PutObjectTagging=PutObjectVersionTagging DeleteObjectTagging=DeleteObjectVersionTagging"

// actionOf is the action of an operation. version says that the request names
// a version of an S3 object.
func actionOf(service, operation string, version bool) string {
	operation = undated(operation)
	if prefix := lookup(prefixes, service); prefix != "" {
		service = prefix
	}
	if service == "apigateway" {
		return "apigateway:" + verbOf(operation)
	}
	if service == "s3" {
		operation = firstOf(lookup(s3Actions, operation), operation)
		if version {
			operation = firstOf(lookup(versioned, operation), operation)
		}
	}
	return firstOf(lookup(otherActions, service+":"+operation), service+":"+operation)
}

// undated cuts the API version off that Lambda and CloudFront put behind the
// names of operations: GetFunction20150331v2, GetDistribution2020_05_31.
func undated(operation string) string {
	name := operation
	if i := strings.LastIndexByte(name, 'v'); i > 0 && digits(name[i+1:]) {
		name = name[:i]
	}
	base := strings.TrimRight(name, "0123456789_")
	if date := strings.ReplaceAll(name[len(base):], "_", ""); len(date) == 8 && strings.HasPrefix(date, "20") && base != "" {
		return base
	}
	return operation
}

func digits(text string) bool { return text != "" && strings.Trim(text, "0123456789") == "" }

// verbOf is the HTTP verb that is the action of API Gateway's own API.
//
// https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-control-access-using-iam-policies-to-create-and-manage-api.html
func verbOf(operation string) string {
	for _, row := range [...][2]string{{"Get", "GET"}, {"Delete", "DELETE"}, {"Update", "PATCH"}, {"Put", "PUT"}, {"Import", "PUT"}, {"Tag",
		"PUT"}, {"Untag", "DELETE"}} {
		if strings.HasPrefix(operation, row[0]) {
			return row[1]
		}
	}
	return "POST"
}
