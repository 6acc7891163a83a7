package importer

import (
	"strings"

	"why403/engine/catalogue/operations"
	"why403/engine/policy"
)

// prefixes are the event sources whose actions have another prefix than the
// event source's own name.
//
// https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html
const prefixes = "monitoring=cloudwatch email=ses tagging=tag runtime.lex=lex models.lex=lex models-v2-lex=lex " +
	"runtime-v2-lex=lex api.ecr=ecr bedrock-runtime=bedrock runtime.sagemaker=sagemaker api.sagemaker=sagemaker " +
	"application-insights=applicationinsights opensearch=es cloudcontrolapi=cloudformation " +
	"streams.dynamodb=dynamodb edgelambda=lambda entitlement.marketplace=aws-marketplace " +
	"metering.marketplace=aws-marketplace data.iot=iot iotdata=iot participant.connect=connect"

// otherNames are names that SDKs, CloudTrail and S3's logs have for operations,
// and what the target of a copy is asked for.
//
// https://docs.aws.amazon.com/AmazonS3/latest/userguide/cloudtrail-logging-s3-info.html
const otherNames = "s3:GetObjectMetadata=s3:GetObject s3:GetObjectAsBytes=s3:GetObject s3:CopyObject=s3:PutObject " +
	"s3:UploadPartCopy=s3:PutObject s3:InitiateMultipartUpload=s3:PutObject s3:DeleteMultipleObjects=s3:DeleteObject " +
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
	action := service + ":" + operation
	if row, ok := operations.Find(service, operation); ok {
		action = firstOf(row.Action(), action)
	} else if service == "apigateway" {
		action = "apigateway:" + verbOf(operation)
	}
	action = firstOf(lookup(otherNames, service+":"+operation), action)
	if name, isS3 := strings.CutPrefix(action, "s3:"); isS3 && version {
		action = "s3:" + firstOf(lookup(versioned, name), name)
	}
	return action
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

// aboutOperation says what an operation is checked for, where that is not the
// action of its name.
func (p *paste) aboutOperation(service, operation string) {
	row, ok := operations.Find(firstOf(lookup(prefixes, service), service), undated(operation))
	switch {
	case !ok:
	case len(row.Actions) == 0:
		p.understood(row.Name + " needs no permission: IAM is not asked. AWS's page: " + row.Page)
	case row.Action() == "":
		p.unknown("Which of its permissions " + row.Name + " was asked for: it has no action of its own, but " +
			policy.List(strings.Fields(strings.ReplaceAll(strings.Join(row.Actions, " "), "?", ""))))
	case row.Action() != row.Prefix+":"+row.Name:
		p.understood("There is no action " + row.Prefix + ":" + row.Name + ": AWS checks " + row.Action())
	}
}
