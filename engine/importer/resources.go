package importer

import (
	"strings"

	"why403/engine/policy"
)

// parameterARNs say how a parameter of a request names the resource: "" where
// its value is an ARN or a piece of one, which form completes. In form, P is the
// partition, R the Region, A the account, and V the value.
var parameterARNs = []struct{ service, parameter, form string }{
	{"kms", "keyId", "arn:P:kms:R:A:key/V"},
	{"sts", "roleArn", ""},
	{"sns", "topicArn", ""},
	{"sns", "targetArn", ""},
	{"lambda", "functionName", "arn:P:lambda:R:A:function:V"},
	{"dynamodb", "tableName", "arn:P:dynamodb:R:A:table/V"},
	{"ssm", "name", "arn:P:ssm:R:A:parameter/V"},
	{"logs", "logGroupName", "arn:P:logs:R:A:log-group:V"},
	{"ecr", "repositoryName", "arn:P:ecr:R:A:repository/V"},
	{"states", "stateMachineArn", ""},
	{"kinesis", "streamARN", ""},
	{"kinesis", "streamName", "arn:P:kinesis:R:A:stream/V"},
	{"secretsmanager", "secretId", "arn:P:secretsmanager:R:A:secret:V"},
	{"es", "domainName", "arn:P:es:R:A:domain/V"},
	{"sqs", "queueName", "arn:P:sqs:R:A:V"},
	{"sns", "name", "arn:P:sns:R:A:V"},
	{"iam", "roleName", "arn:P:iam::A:role/V"},
	{"iam", "userName", "arn:P:iam::A:user/V"},
	{"iam", "groupName", "arn:P:iam::A:group/V"},
	{"iam", "policyArn", ""},
	{"backup", "backupVaultName", "arn:P:backup:R:A:backup-vault:V"},
	{"events", "eventBusName", "arn:P:events:R:A:event-bus/V"},
	{"codebuild", "projectName", "arn:P:codebuild:R:A:project/V"},
	{"ec2", "instancesSet/items/0/instanceId", "arn:P:ec2:R:A:instance/V"},
	{"ec2", "instanceId", "arn:P:ec2:R:A:instance/V"},
	{"ec2", "volumeId", "arn:P:ec2:R:A:volume/V"},
	{"ec2", "groupId", "arn:P:ec2:R:A:security-group/V"},
}

// resource finds what an event's request was for, or "".
func (r *trailRequest) resource(service string) string {
	parameters := get(r.event, "requestParameters")
	if strings.HasPrefix(r.facts.action, "ec2:Describe") {
		return "*" // https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/iam-policies-for-amazon-ec2.html
	}
	switch service {
	case "s3":
		return r.bucket(parameters)
	case "sqs":
		if arn := r.queue(str(parameters, "queueUrl")); arn != "" {
			return arn
		}
	}
	for _, n := range items(r.event, "resources") {
		if arn := firstOf(str(n, "ARN"), str(n, "arn")); arnPart(arn, 2) == service || service == "sts" && strings.Contains(arn, ":role/") {
			return arn
		}
	}
	for _, row := range parameterARNs {
		value := str(parameters, row.parameter)
		if row.service != service || value == "" {
			continue
		}
		if strings.HasPrefix(value, "arn:") && !(service == "kms" && strings.Contains(value, ":alias/")) {
			return value
		}
		if row.form != "" && !strings.HasPrefix(value, "alias/") && !strings.HasPrefix(value, "arn:") {
			return r.complete(row.form, value)
		}
	}
	return ""
}

// complete fills a form. A name may begin with a slash of its own.
func (r *trailRequest) complete(form, value string) string {
	account := firstOf(str(r.event, "recipientAccountId"), arnPart(r.facts.principal, 4))
	region := str(r.event, "awsRegion")
	if account == "" || region == "" {
		return ""
	}
	parts := strings.SplitN(form, ":", 6)
	for i, filled := range [...]string{1: partition(r.facts.principal), 3: region, 4: account} {
		if filled != "" && parts[i] != "" {
			parts[i] = filled
		}
	}
	return strings.TrimSuffix(strings.Join(parts, ":"), "V") + strings.TrimPrefix(value, "/")
}

// bucket is the bucket or the object of a request to S3.
func (r *trailRequest) bucket(parameters *policy.Node) string {
	name, key := str(parameters, "bucketName"), str(parameters, "key")
	switch {
	case strings.HasPrefix(name, "arn:"):
		return ""
	case name == "" && r.facts.action == "s3:ListAllMyBuckets":
		return "*"
	case name == "":
		return ""
	}
	arn := "arn:" + partition(r.facts.principal) + ":s3:::" + name
	if key != "" && r.facts.action != "s3:ListBucket" {
		arn += "/" + key
	}
	return arn
}

// queue is the ARN of a queue, from its URL: …/ACCOUNT/NAME.
func (r *trailRequest) queue(url string) string {
	parts := strings.Split(url, "/")
	if len(parts) < 2 || !isAccount(parts[len(parts)-2]) {
		return ""
	}
	return "arn:" + partition(r.facts.principal) + ":sqs:" + str(r.event, "awsRegion") + ":" + parts[len(parts)-2] + ":" + parts[len(parts)-1]
}
