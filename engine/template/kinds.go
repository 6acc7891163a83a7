package template

import (
	"strings"

	"why403/engine/policy"
)

// row is one kind of resource: what it is called in Terraform and in
// CloudFormation, the attributes that name it, its ARN, what a reference to it
// alone gives, and what it attaches. In the ARN {R} is the Region, {A} the
// account, {P} a path and {N} the name.
//
// https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html
type row struct {
	kinds string
	names string
	arn   string
	ref   string // "arn", "url", or "" for the name
	use   func(*template, *block)
}

const documentSource = "aws_iam_policy_document"

// rows is every kind of resource that policies are attached to, or that has a
// name which policies use, and rowsByKind where each stands.
var (
	rows       []row
	rowsByKind = map[string]*row{}
)

// The functions look rows up, so a plain variable would begin with itself.
func init() {
	rows = []row{
		{"aws_iam_role AWS::IAM::Role", "name RoleName roleName", "iam::{A}:role{P}{N}", "", (*template).role},
		{"aws_iam_user AWS::IAM::User", "name UserName", "iam::{A}:user{P}{N}", "", (*template).user},
		{"aws_iam_group AWS::IAM::Group", "name GroupName", "iam::{A}:group{P}{N}", "", (*template).group},
		{"aws_iam_policy AWS::IAM::ManagedPolicy", "name ManagedPolicyName", "iam::{A}:policy{P}{N}", "arn", (*template).managedPolicy},
		{"aws_iam_role_policy AWS::IAM::RolePolicy", "name PolicyName", "", "", inline("role", "role RoleName")},
		{"aws_iam_user_policy AWS::IAM::UserPolicy", "name PolicyName", "", "", inline("user", "user UserName")},
		{"aws_iam_group_policy AWS::IAM::GroupPolicy", "name PolicyName", "", "", inline("group", "group GroupName")},
		{"AWS::IAM::Policy", "PolicyName", "", "", (*template).sharedPolicy},
		{"aws_iam_role_policy_attachment", "", "", "", (*template).attachment},
		{"aws_iam_user_policy_attachment", "", "", "", (*template).attachment},
		{"aws_iam_group_policy_attachment", "", "", "", (*template).attachment},
		{"aws_iam_policy_attachment", "", "", "", (*template).attachment},
		{"aws_iam_user_group_membership AWS::IAM::UserToGroupAddition", "", "", "", (*template).membership},
		{"aws_iam_group_membership", "", "", "", (*template).membership},
		{"aws_organizations_policy AWS::Organizations::Policy", "name Name", "", "", (*template).organization},
		{"aws_ssoadmin_permission_set_inline_policy", "", "", "", (*template).permissionSet},
		{"AWS::SSO::PermissionSet", "Name", "", "", (*template).permissionSet},
		{"AWS::Serverless::Function", "FunctionName", "lambda:{R}:{A}:function:{N}", "", (*template).serverlessFunction},
		{"aws_lambda_permission AWS::Lambda::Permission", "", "", "", (*template).permission},

		{"aws_s3_bucket AWS::S3::Bucket", "bucket BucketName", "s3:::{N}", "", own("policy")},
		{"aws_s3_bucket_policy AWS::S3::BucketPolicy", "", "", "", of("aws_s3_bucket", "bucket Bucket", "policy PolicyDocument")},
		{"aws_kms_key AWS::KMS::Key", "key_id", "kms:{R}:{A}:key/{N}", "", own("policy KeyPolicy")},
		{"aws_kms_key_policy", "", "", "", of("aws_kms_key", "key_id", "policy")},
		{"aws_sqs_queue AWS::SQS::Queue", "name QueueName", "sqs:{R}:{A}:{N}", "url", own("policy")},
		{"aws_sqs_queue_policy AWS::SQS::QueuePolicy", "", "", "", of("aws_sqs_queue", "queue_url Queues", "policy PolicyDocument")},
		{"aws_sns_topic AWS::SNS::Topic", "name TopicName", "sns:{R}:{A}:{N}", "arn", own("policy")},
		{"aws_sns_topic_policy AWS::SNS::TopicPolicy", "", "", "", of("aws_sns_topic", "arn Topics", "policy PolicyDocument")},
		{"aws_secretsmanager_secret AWS::SecretsManager::Secret", "name Name", "secretsmanager:{R}:{A}:secret:{N}-??????", "arn", own("policy")},
		{"aws_secretsmanager_secret_policy AWS::SecretsManager::ResourcePolicy", "", "", "",
			of("aws_secretsmanager_secret", "secret_arn SecretId", "policy ResourcePolicy")},
		{"aws_ecr_repository AWS::ECR::Repository", "name RepositoryName", "ecr:{R}:{A}:repository/{N}", "", own("RepositoryPolicyText")},
		{"aws_ecr_repository_policy", "", "", "", of("aws_ecr_repository", "repository", "policy")},
		{"aws_dynamodb_table AWS::DynamoDB::Table AWS::Serverless::SimpleTable", "name TableName", "dynamodb:{R}:{A}:table/{N}", "",
			own("ResourcePolicy/PolicyDocument")},
		{"aws_dynamodb_resource_policy", "", "", "", of("aws_dynamodb_table", "resource_arn", "policy")},
		{"aws_lambda_function AWS::Lambda::Function", "function_name FunctionName", "lambda:{R}:{A}:function:{N}", "", nil},
		{"aws_efs_file_system AWS::EFS::FileSystem", "file_system_id", "elasticfilesystem:{R}:{A}:file-system/{N}", "", own("FileSystemPolicy")},
		{"aws_efs_file_system_policy", "", "", "", of("aws_efs_file_system", "file_system_id", "policy")},
		{"aws_kinesis_stream AWS::Kinesis::Stream", "name Name", "kinesis:{R}:{A}:stream/{N}", "", nil},
		{"aws_kinesis_resource_policy AWS::Kinesis::ResourcePolicy", "", "", "",
			of("aws_kinesis_stream", "resource_arn ResourceArn", "policy ResourcePolicy")},
		{"aws_backup_vault AWS::Backup::BackupVault", "name BackupVaultName", "backup:{R}:{A}:backup-vault:{N}", "", own("AccessPolicy")},
		{"aws_backup_vault_policy", "", "", "", of("aws_backup_vault", "backup_vault_name", "policy")},
		{"aws_vpc_endpoint AWS::EC2::VPCEndpoint", "endpoint_id", "ec2:{R}:{A}:vpc-endpoint/{N}", "", own("policy PolicyDocument")},
		{"aws_api_gateway_rest_api AWS::ApiGateway::RestApi", "api_id", "execute-api:{R}:{A}:{N}", "", own("policy Policy")},
		{"aws_cloudwatch_event_bus AWS::Events::EventBus", "name Name", "events:{R}:{A}:event-bus/{N}", "", own("Policy")},
		{"aws_cloudwatch_event_rule AWS::Events::Rule", "name Name", "events:{R}:{A}:rule/{N}", "", nil},
		{"aws_cloudwatch_log_group AWS::Logs::LogGroup", "name LogGroupName", "logs:{R}:{A}:log-group:{N}", "", nil},
		{"aws_ssm_parameter AWS::SSM::Parameter", "name Name", "ssm:{R}:{A}:parameter/{N}", "", nil},
		{"aws_sfn_state_machine AWS::StepFunctions::StateMachine AWS::Serverless::StateMachine", "name StateMachineName",
			"states:{R}:{A}:stateMachine:{N}", "arn", nil},
		{"aws_opensearch_domain aws_elasticsearch_domain AWS::OpenSearchService::Domain", "domain_name DomainName", "es:{R}:{A}:domain/{N}", "",
			own("access_policies AccessPolicies")},
		{"aws_opensearch_domain_policy", "", "", "", of("aws_opensearch_domain", "domain_name", "access_policies")},
		{"aws_cloudwatch_log_resource_policy", "policy_name", "", "", nil},
	}
	for i := range rows {
		for kind := range strings.FieldsSeq(rows[i].kinds) {
			rowsByKind[kind] = firstOf(rowsByKind[kind], &rows[i])
		}
	}
}

func rowOf(kind string) *row { return rowsByKind[kind] }

// arnAttribute is what CloudFormation calls the ARN of some kinds.
func (r *row) arnAttribute() string {
	if strings.Contains(r.kinds, "AWS::SNS::Topic") {
		return "TopicArn"
	}
	return "Id"
}

// own attaches a policy that stands in its resource.
func own(paths string) func(*template, *block) {
	return func(t *template, b *block) {
		for path := range strings.FieldsSeq(paths) {
			if n := b.node.At(path); n != nil && n.Kind != policy.Null {
				t.attach(t.arnOf(b), "policy.json", n)
			}
		}
	}
}

// of attaches the policy of a resource that another block describes.
func of(kind, targets, documents string) func(*template, *block) {
	return func(t *template, b *block) {
		for _, target := range list(attr(b.node, strings.Fields(targets)...)) {
			if !t.more() {
				return
			}
			t.attach(t.target(kind, t.resolve(str(target))), "policy.json", attr(b.node, strings.Fields(documents)...))
		}
	}
}

// target gives the ARN of a resource by its ARN, its URL or its name.
func (t *template) target(kind, value string) string {
	if strings.HasPrefix(value, "arn:") {
		return value
	}
	if arn := queueARN(value); arn != "" {
		return arn
	}
	r := rowOf(kind)
	names := []string{value}
	if slash := strings.LastIndexByte(value, '/'); r.ref == "url" && slash >= 0 {
		names = append(names, value[slash+1:])
	}
	if b := t.keyed(r, names); b != nil {
		return t.arnOf(b)
	}
	b := &block{name: value, kind: kind, row: r, key: value[strings.LastIndexAny(value, "/:")+1:]}
	if strings.Contains(value, "${") || b.key == "" {
		b.key = unknown + slug(value)
	}
	return t.arnOf(b)
}

// queueARN gives the ARN of a queue by its whole URL, or "".
//
// https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-queue-message-identifiers.html
func queueARN(url string) string {
	host, ok := strings.CutPrefix(url, "https://sqs.")
	parts := strings.Split(host, "/")
	region, _, _ := strings.Cut(parts[0], ".")
	if !ok || len(parts) != 3 || len(parts[1]) != 12 || strings.Trim(parts[1], "0123456789") != "" || strings.Contains(url, "${") ||
		parts[1] == noAccount {
		return ""
	}
	return "arn:" + policy.PartitionOf(region) + ":sqs:" + region + ":" + parts[1] + ":" + parts[2]
}

func (t *template) role(b *block) {
	arn := t.arnOf(b)
	e := t.entity(arn)
	e.Principal = true
	e.Tags = tags(t, b.node)
	if trust := attr(b.node, "assume_role_policy", "AssumeRolePolicyDocument", "assumeRolePolicy"); trust != nil {
		t.attach(arn, "policy.json", trust)
	}
	t.principalOf(b, arn)
}

func (t *template) user(b *block) {
	arn := t.arnOf(b)
	e := t.entity(arn)
	e.Principal = true
	e.Tags = tags(t, b.node)
	t.principalOf(b, arn)
	for _, group := range list(attr(b.node, "Groups")) {
		if !t.more() {
			return
		}
		t.members = append(t.members, Pair{t.principal("group", t.resolve(str(group))), arn})
	}
}

func (t *template) group(b *block) { t.principalOf(b, t.arnOf(b)) }

// principalOf reads what users, groups and roles have alike.
func (t *template) principalOf(b *block, arn string) {
	for _, one := range list(attr(b.node, "inline_policy", "Policies", "inlinePolicies")) {
		if document := attr(one, "policy", "PolicyDocument"); document != nil {
			t.attach(arn, "identity/"+firstOf(t.resolve(str(attr(one, "name", "PolicyName"))), "inline"), document)
		}
	}
	for _, managed := range list(attr(b.node, "managed_policy_arns", "ManagedPolicyArns", "managedPolicyArns")) {
		if !t.more() {
			break
		}
		t.attachments = append(t.attachments, Pair{arn, t.resolve(str(managed))})
	}
	if boundary := t.resolve(str(attr(b.node, "permissions_boundary", "PermissionsBoundary", "permissionsBoundary"))); boundary != "" {
		t.boundaries = append(t.boundaries, Pair{arn, boundary})
	}
}

func tags(t *template, n *policy.Node) (out []Pair) {
	all := attr(n, "tags", "Tags")
	if all == nil {
		return nil
	}
	for i := range all.Items {
		if all.Kind == policy.Object {
			out = append(out, Pair{all.Names[i].Value, t.resolve(str(&all.Items[i]))})
		} else if key := str(attr(&all.Items[i], "Key")); key != "" {
			out = append(out, Pair{key, t.resolve(str(attr(&all.Items[i], "Value")))})
		}
		if len(out) == 50 { // IAM's limit
			break
		}
	}
	return out
}

// principal gives the ARN of a user, a group or a role by its ARN or its name.
func (t *template) principal(kind, value string) string { return t.target("aws_iam_"+kind, value) }

func (t *template) managedPolicy(b *block) {
	arn := t.arnOf(b)
	t.managed = append(t.managed, managedPolicy{arn: arn, name: t.keyOf(b), document: attr(b.node, "policy", "PolicyDocument")})
	for _, owner := range []string{"role", "user", "group"} {
		for _, one := range list(attr(b.node, strings.ToUpper(owner[:1])+owner[1:]+"s")) {
			if !t.more() {
				return
			}
			t.attachments = append(t.attachments, Pair{t.principal(owner, t.resolve(str(one))), arn})
		}
	}
}

func inline(owner, attributes string) func(*template, *block) {
	return func(t *template, b *block) {
		arn := t.principal(owner, t.resolve(str(attr(b.node, strings.Fields(attributes)...))))
		t.entity(arn).Principal = owner != "group"
		t.attach(arn, "identity/"+t.keyOf(b), attr(b.node, "policy", "PolicyDocument"))
	}
}

func (t *template) sharedPolicy(b *block) {
	for _, owner := range []string{"role", "user", "group"} {
		for _, one := range list(attr(b.node, strings.ToUpper(owner[:1])+owner[1:]+"s")) {
			if !t.more() {
				return
			}
			arn := t.principal(owner, t.resolve(str(one)))
			t.entity(arn).Principal = owner != "group"
			t.attach(arn, "identity/"+t.keyOf(b), attr(b.node, "PolicyDocument"))
		}
	}
}

func (t *template) attachment(b *block) {
	managed := t.resolve(str(attr(b.node, "policy_arn", "policyArn")))
	for _, owner := range []string{"role", "user", "group"} {
		for _, one := range append(list(attr(b.node, owner)), list(attr(b.node, owner+"s"))...) {
			if !t.more() {
				return
			}
			t.attachments = append(t.attachments, Pair{t.principal(owner, t.resolve(str(one))), managed})
		}
	}
}

func (t *template) membership(b *block) {
	for _, group := range append(list(attr(b.node, "groups", "GroupName")), list(attr(b.node, "group"))...) {
		for _, user := range append(list(attr(b.node, "user")), list(attr(b.node, "users", "Users"))...) {
			if !t.more() {
				return
			}
			t.members = append(t.members, Pair{t.principal("group", t.resolve(str(group))), t.principal("user", t.resolve(str(user)))})
		}
	}
}

// organization keeps a policy of AWS Organizations, which the text attaches to
// units that nobody knows here.
func (t *template) organization(b *block) {
	kind := firstOf(str(attr(b.node, "type", "Type")), "SERVICE_CONTROL_POLICY")
	text, open, ok := t.document(attr(b.node, "content", "Content"))
	folder := map[string]string{"SERVICE_CONTROL_POLICY": "scp/1-root/", "RESOURCE_CONTROL_POLICY": "rcp/1-root/"}[kind]
	if !ok || folder == "" {
		t.note("The policy " + t.keyOf(b) + " of AWS Organizations: " + kind + " decides no requests, or its text is not here")
		return
	}
	t.world.Organization = append(t.world.Organization, Document{folder + t.keyOf(b), text, open})
}

func (t *template) permissionSet(b *block) {
	if text, open, ok := t.document(attr(b.node, "inline_policy", "InlinePolicy")); ok {
		t.world.Loose = append(t.world.Loose, Document{firstOf(str(attr(b.node, "Name")), lastName(b.name)), text, open})
	}
}

// permission makes the statement that a function's policy gets.
//
// https://docs.aws.amazon.com/lambda/latest/api/API_AddPermission.html
func (t *template) permission(b *block) {
	get := func(names ...string) string { return t.resolve(str(attr(b.node, names...))) }
	function := t.target("aws_lambda_function", get("function_name", "FunctionName"))
	who := get("principal", "Principal")
	kind := "AWS"
	if strings.Contains(who, ".amazonaws.com") {
		kind = "Service"
	}
	statement := []member{{"Sid", text(firstOf(get("statement_id"), lastName(b.name)))}, {"Effect", text("Allow")},
		{"Principal", object(member{kind, text(who)})}, {"Action", text(get("action", "Action"))}, {"Resource", text(function)}}
	var conditions []member
	for _, row := range [][3]string{{"ArnLike", "aws:SourceArn", get("source_arn", "SourceArn")},
		{"StringEquals", "aws:SourceAccount", get("source_account", "SourceAccount")},
		{"StringEquals", "aws:PrincipalOrgID", get("principal_org_id", "PrincipalOrgID")}} {
		if row[2] != "" {
			conditions = append(conditions, member{row[0], object(member{row[1], text(row[2])})})
		}
	}
	if len(conditions) > 0 {
		statement = append(statement, member{"Condition", object(merged(conditions)...)})
	}
	t.permissions = append(t.permissions, permission{function, object(statement...)})
}

// merged puts members of one name into one.
func merged(members []member) (out []member) {
	for _, m := range members {
		if n := len(out); n > 0 && out[n-1].name == m.name {
			last := &out[n-1].value
			last.Names = append(last.Names, m.value.Names...)
			last.Items = append(last.Items, m.value.Items...)
			continue
		}
		out = append(out, m)
	}
	return out
}
