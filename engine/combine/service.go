package combine

import (
	"why403/engine"
	"why403/engine/policy"
)

// The forms of the tables of services. A policy names the caller's session
// itself, its role, its account, or everyone.
const (
	Caller   Form = "caller"
	Role     Form = "role"
	Account  Form = "account"
	Everyone Form = "everyone"
	Allows   Form = "allow"
)

// The parts of the tables of services, as indexes in the forms of a case.
const (
	Resource = iota
	Identity
	Boundary
	Session
)

// subject is the request that stands for a service. OWNER is the account of
// the resource.
type subject struct {
	id, title string
	action    string
	resource  string
}

// subjects is every service that has a table: those with a rule of their own
// first, in the order of engine/services.go, then some that follow the general
// one and have resource-based policies.
//
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_aws-services-that-work-with-iam.html
var subjects = []subject{
	{"sts", "IAM role trust", "sts:AssumeRole", "arn:aws:iam::OWNER:role/target"},
	{"iam", "IAM", "iam:GetRole", "arn:aws:iam::OWNER:role/target"},
	{"s3", "S3", "s3:GetObject", "arn:aws:s3:::amzn-s3-demo-bucket/report.csv"},
	{"sqs", "SQS", "sqs:SendMessage", "arn:aws:sqs:us-east-1:OWNER:orders"},
	{"sns", "SNS", "sns:Publish", "arn:aws:sns:us-east-1:OWNER:orders"},
	{"ses", "SES", "ses:SendEmail", "arn:aws:ses:us-east-1:OWNER:identity/example.com"},
	{"states", "Step Functions", "states:StartExecution", "arn:aws:states:us-east-1:OWNER:stateMachine:orders"},
	{"events", "EventBridge", "events:PutEvents", "arn:aws:events:us-east-1:OWNER:event-bus/orders"},
	{"glue", "Glue", "glue:GetDatabase", "arn:aws:glue:us-east-1:OWNER:catalog"},
	{"es", "OpenSearch Service", "es:ESHttpGet", "arn:aws:es:us-east-1:OWNER:domain/logs/web/_search"},
	{"execute-api", "API Gateway", "execute-api:Invoke", "arn:aws:execute-api:us-east-1:OWNER:a1b2c3d4e5/prod/GET/pets"},
	{"logs", "CloudWatch Logs", "logs:PutLogEvents", "arn:aws:logs:us-east-1:OWNER:log-group:app:log-stream:web"},
	{"lex", "Lex V2", "lex:RecognizeText", "arn:aws:lex:us-east-1:OWNER:bot-alias/BOTID12345/ALIASID123"},
	{"acm-pca", "Private CA", "acm-pca:IssueCertificate",
		"arn:aws:acm-pca:us-east-1:OWNER:certificate-authority/1234abcd-12ab-34cd-56ef-1234567890ab"},
	{"secretsmanager", "Secrets Manager", "secretsmanager:GetSecretValue", "arn:aws:secretsmanager:us-east-1:OWNER:secret:db-a1b2c3"},
	{"elasticfilesystem", "EFS", "elasticfilesystem:ClientMount",
		"arn:aws:elasticfilesystem:us-east-1:OWNER:file-system/fs-0123456789abcdef0"},
	{"backup", "Backup", "backup:CopyIntoBackupVault", "arn:aws:backup:us-east-1:OWNER:backup-vault:daily"},
	{"ecr", "ECR", "ecr:BatchGetImage", "arn:aws:ecr:us-east-1:OWNER:repository/app"},
	{"lambda", "Lambda", "lambda:InvokeFunction", "arn:aws:lambda:us-east-1:OWNER:function:orders"},
	{"cloud9", "Cloud9", "cloud9:DescribeEnvironments", "arn:aws:cloud9:us-east-1:OWNER:environment:0123456789abcdef0123456789abcdef"},
	{"codebuild", "CodeBuild", "codebuild:BatchGetProjects", "arn:aws:codebuild:us-east-1:OWNER:project/app"},
	{"vpc-lattice-svcs", "VPC Lattice", "vpc-lattice-svcs:Invoke", "arn:aws:vpc-lattice:us-east-1:OWNER:service/svc-0123456789abcdef0/pets"},
	{"s3express", "S3 directory buckets", "s3express:CreateSession",
		"arn:aws:s3express:us-east-1:OWNER:bucket/amzn-s3-demo-bucket--use1-az4--x-s3"},
	{"payment-cryptography", "Payment Cryptography", "payment-cryptography:DecryptData",
		"arn:aws:payment-cryptography:us-east-1:OWNER:key/a1b2c3d4e5f6g7h8"},
	{"bedrock-agentcore", "Bedrock AgentCore", "bedrock-agentcore:InvokeGateway",
		"arn:aws:bedrock-agentcore:us-east-1:OWNER:gateway/orders-a1b2c3d4e5"},
	{"ssm-incidents", "Incident Manager", "ssm-incidents:GetResponsePlan", "arn:aws:ssm-incidents::OWNER:response-plan/outage"},
	{"ssm-contacts", "Incident Manager contacts", "ssm-contacts:GetContact", "arn:aws:ssm-contacts:us-east-1:OWNER:contact/oncall"},

	{"dynamodb", "DynamoDB", "dynamodb:GetItem", "arn:aws:dynamodb:us-east-1:OWNER:table/orders"},
	{"kinesis", "Kinesis Data Streams", "kinesis:GetRecords", "arn:aws:kinesis:us-east-1:OWNER:stream/orders"},
}

// Services is the tables of all services but KMS, whose table has grants.
func Services() []*Table {
	out := make([]*Table, len(subjects))
	for i := range subjects {
		out[i] = subjects[i].table()
	}
	return out
}

func (s *subject) table() *Table {
	t := engine.ResourceType(s.action, s.resource)
	return &Table{ID: s.id, Title: s.title, Doc: engine.ServiceOf(s.action, s.resource).Doc, Write: s.write, Parts: []Part{
		{Name: "resource", Label: t.Label(), Words: s.words(t)},
		{Name: "identity", Label: policy.Identity.Label(), Words: []Word{{Form: Allows, Label: "allows"}, {Form: Silent, Label: "silent"}}},
		{Name: "boundary", Label: policy.Boundary.Label(), Words: limitWords},
		{Name: "session", Label: policy.Session.Label(), Words: limitWords},
	}}
}

var limitWords = []Word{{Form: None, Label: "none"}, {Form: Allows, Label: "allows"}, {Form: Silent, Label: "silent"}}

// words is what the policy of the resource can say. Keys and roles always have
// one; the resources of other services never do.
func (s *subject) words(t policy.Type) []Word {
	if !engine.HasPolicy(s.action, s.resource) {
		return []Word{{Form: Absent, Label: "none exists"}}
	}
	words := []Word{{Form: Caller, Label: "names session"}, {Form: Role, Label: "names role"}, {Form: Account, Label: "names account"},
		{Form: Everyone, Label: "names everyone"}, {Form: Silent, Label: "silent"}}
	if t == policy.Resource {
		words = append(words, Word{Form: Absent, Label: "absent"})
	}
	return words
}
