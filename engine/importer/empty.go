package importer

import (
	"strings"

	"why403/engine/policy"
)

// emptyAnswer is what the CLI says where a thing does not exist.
type emptyAnswer struct {
	code    string // of the error
	call    string // the operation, "" for any
	service string // of the resource whose policy it would have been
	means   string
	lines   string // "key: value" that a request to S3 gets, or "key: " to have none
}

// emptyAnswers is read from the top: the first whose code and operation are in
// the text.
var emptyAnswers = []emptyAnswer{
	{"NoSuchBucketPolicy", "", "s3", "The bucket has no bucket policy", ""},
	{"NoSuchAccessPointPolicy", "", "s3", "The access point has no policy", ""},
	{"NoSuchPublicAccessBlockConfiguration", "", "s3", "Block Public Access has no settings at this place, so it blocks nothing there",
		"block-public-access: "},
	{"OwnershipControlsNotFoundError", "", "s3", "The bucket has no ownership controls: Object Ownership is ObjectWriter, and ACLs count",
		"object-ownership: ObjectWriter"},
	{"ServerSideEncryptionConfigurationNotFoundError", "", "", "The bucket has no encryption settings of its own, so no key of AWS KMS " +
		"decides here", ""},
	{"RepositoryPolicyNotFoundException", "", "ecr", "The repository has no policy", ""},
	{"RepositoryNotFoundException", "", "", "The repository does not exist in this Region and account", ""},
	{"RegistryPolicyNotFoundException", "", "", "The registry has no policy", ""},
	{"PolicyNotFoundException", "GetResourcePolicy", "dynamodb", "The table has no policy", ""},
	{"PolicyNotFound", "DescribeFileSystemPolicy", "elasticfilesystem", "The file system has no policy: everybody who reaches it by " +
		"network may mount it", ""},
	{"ResourceNotFoundException", "GetPolicy", "lambda", "The function has no policy, or it does not exist in this Region", ""},
	{"ResourceNotFoundException", "GetBackupVaultAccessPolicy", "backup", "The vault has no policy, or it does not exist in this Region", ""},
	{"ResourceNotFoundException", "GetResourcePolicy", "secretsmanager", "The resource has no policy, or it does not exist in this Region",
		""},
	{"ResourceNotFoundException", "DescribeSecret", "", "The secret does not exist in this Region and account", ""},
	{"EntityNotFoundException", "GetResourcePolicy", "glue", "The Data Catalog has no policy", ""},
	{"NoSuchEntity", "GetRolePolicy", "", "The role has no inline policy with this name", ""},
	{"NoSuchEntity", "GetUserPolicy", "", "The user has no inline policy with this name", ""},
	{"NoSuchEntity", "GetRole", "", "The role does not exist in this account", ""},
	{"NoSuchEntity", "GetUser", "", "The user does not exist in this account", ""},
	{"NoSuchEntity", "", "", "This does not exist in this account", ""},
	{"NotFoundException", "DescribeKey", "", "The key does not exist in this Region and account", ""},
	{"NotFoundException", "GetKeyPolicy", "", "The key does not exist in this Region and account", ""},
	{"QueueDoesNotExist", "", "", "The queue does not exist in this Region and account", ""},
	{"NonExistentQueue", "", "", "The queue does not exist in this Region and account", ""},
	{"NoSuchBucket", "", "", "The bucket does not exist", ""},
	{"404", "HeadObject", "", "The object does not exist: access was not denied, and without s3:ListBucket S3 would say 403", ""},
	{"404", "HeadBucket", "", "The bucket does not exist: access was not denied", ""},
	{"NoSuchKey", "", "", "The object does not exist: access was not denied", ""},
	{"PolicyTypeNotEnabledException", "", "", "Policies of this type are not enabled in the organization", ""},
	{"AWSOrganizationsNotInUseException", "", "", "The account is in no organization: no SCP and no RCP applies", ""},
}

// none is the policy types of an organization that do not exist where the CLI
// says so.
func (e *emptyAnswer) none() []string {
	if e.code == "AWSOrganizationsNotInUseException" {
		return []string{"scp", "rcp"}
	}
	return nil
}

// hasNone keeps that there are no policies of some types.
func (p *paste) hasNone(types ...string) { p.out.None = appendNew(p.out.None, types) }

func emptyAnswerOf(text string) *emptyAnswer {
	text = text[:min(len(text), maxAround)]
	for i := range emptyAnswers {
		e := &emptyAnswers[i]
		if (strings.Contains(text, "("+e.code+")") || strings.Contains(text, e.code+":")) && (e.call == "" || strings.Contains(text,
			"when calling the "+e.call)) {
			return e
		}
	}
	return nil
}

func isEmptyAnswer(p *paste) bool {
	return emptyAnswerOf(p.text) != nil && len(p.read().sentences) == 0
}

// useEmptyAnswer takes what the CLI says where a thing does not exist.
func (p *paste) useEmptyAnswer() {
	e := emptyAnswerOf(p.text)
	p.out.Kind = "the answer of the AWS CLI for something that is not there"
	p.understood(e.means)
	p.hasNone(e.none()...)
	key, value, _ := strings.Cut(e.lines, ": ")
	if key != "" {
		p.bucketLine(key, value)
		return
	}
	p.none(e.service)
}

// none takes the policy of the resource out of the scenario, where the request
// is for that service.
func (p *paste) none(service string) {
	if service != "" && (p.request() == nil || serviceOf(p.asked("action")) == service) {
		p.hasNone("resource")
	}
	if service == "" || p.request() == nil || serviceOf(p.asked("action")) != service {
		p.notUsed("Nothing is put into the scenario: there is no policy to put in")
		return
	}
	p.removeSections("resource.json")
	p.out.Text = p.file.Format()
}

// nothing is an output that has no policy in it: what it says, and what to paste
// next. In next, NAME stands for the value at a path, for each of a list.
type nothing struct {
	shape, kind, path, text, next string
	says                          string // in place of what is said of a list of names
}

// nothings are read from the top, like recognisers.
var nothings = []nothing{
	{shape: "PolicyNames", kind: "the output of aws iam list-role-policies, list-user-policies or list-group-policies",
		path: "PolicyNames", text: "The inline policy", next: "aws iam get-OWNER-policy --OWNER-name OWNERNAME --policy-name NAME"},
	{shape: "Policies/0/DefaultVersionId", kind: "the output of aws iam list-policies", path: "Policies", text: "The policy"},
	{shape: "Policy/DefaultVersionId & Policy/Arn", kind: "the output of aws iam get-policy", path: "Policy/Arn", text: "The policy"},
	{shape: "Versions/0/VersionId", kind: "the output of aws iam list-policy-versions"},
	{shape: "PolicyStatus/IsPublic", kind: "the output of aws s3api get-bucket-policy-status", text: "The bucket policy",
		next: "aws s3api get-bucket-policy --bucket BUCKET --query Policy --output text"},
	{shape: "AttachedManagedPolicies/0/Arn", kind: "the managed policies of a permission set", path: "AttachedManagedPolicies",
		text: "The managed policy"},
	{shape: "PermissionSet/PermissionSetArn", kind: "the output of aws sso-admin describe-permission-set",
		text: "The inline policy of the permission set",
		next: "aws sso-admin get-inline-policy-for-permission-set --instance-arn INSTANCE --permission-set-arn PERMISSION_SET"},
	{shape: "Aliases/0/AliasName", kind: "the output of aws kms list-aliases"},
	{shape: "ServerSideEncryptionConfiguration/Rules", kind: "the output of aws s3api get-bucket-encryption",
		path: "ServerSideEncryptionConfiguration/Rules/0/ApplyServerSideEncryptionByDefault/KMSMasterKeyID", text: "The key policy",
		next: "aws kms get-key-policy --key-id NAME --policy-name default --query Policy --output text",
		says: "How an object is encrypted: this is the bucket's default for new ones"},
	{shape: "Payer", kind: "the output of aws s3api get-bucket-request-payment", path: "Payer",
		says: "Whether this refused anything: with Requester, requests need x-amz-request-payer"},
	{shape: "ETag & ContentLength", kind: "the output of aws s3api head-object", path: "SSEKMSKeyId", text: "The policy of the key",
		next: "aws kms get-key-policy --key-id NAME --policy-name default --query Policy --output text",
		says: "Nothing is put into the scenario: the object exists, and this caller may read it"},
	{shape: "RegionOptStatus", kind: "the output of aws account get-region-opt-status", path: "RegionOptStatus",
		says: "Nothing is put into the scenario: a header of the account names its Regions in a line regions"},
	{shape: "PasswordPolicy", kind: "the output of aws iam get-account-password-policy",
		says: "Nothing is put into the scenario: it says what passwords must be like, and denies no request"},
	{shape: "PrincipalResourcePermissions", kind: "permissions of Lake Formation", says: besideIAM},
	{shape: "AccessGrantsList | AccessGrantId", kind: "grants of S3 Access Grants", says: besideIAM},
	{shape: "accessEntry | accessEntries | associatedAccessPolicies", kind: "access entries of an EKS cluster", says: besideIAM},
	{shape: "accessPolicySummaries | accessPolicyDetail", kind: "data access policies of OpenSearch Serverless", says: besideIAM},
	{shape: "AccountAssignments", kind: "the output of aws sso-admin list-account-assignments",
		says: "What the permission sets allow: this output has their names only"},
	{shape: "PermissionsBoundary/ManagedPolicyArn", kind: "the permissions boundary of a permission set",
		path: "PermissionsBoundary/ManagedPolicyArn", text: "The permissions boundary"},
	{shape: "resourceShares/0/resourceShareArn", kind: "shares of AWS RAM", text: "What they allow",
		next: "aws ram get-resource-policies --resource-arns ARN"},
	{shape: "Groups/0/GroupName", kind: "the output of aws iam list-groups-for-user"},
	{shape: "Roots/0/Id | Parents/0/Id | Organization/Id | Accounts/0/Id", kind: "an output of AWS Organizations",
		text: "The policies at a place of the organization",
		next: "aws organizations list-policies-for-target --target-id TARGET --filter SERVICE_CONTROL_POLICY"},
}

const besideIAM = "Nothing is put into the scenario: this is beside IAM, and a line layer says what it answers"

func nothingOf(root *policy.Node) *nothing {
	for i := range nothings {
		if anyOf(root, nothings[i].shape) {
			return &nothings[i]
		}
	}
	return nil
}

func isNothing(p *paste) bool { return nothingOf(p.root) != nil }

// useNothing takes an output without policies: it says how to get them.
func (p *paste) useNothing() {
	n := nothingOf(p.root)
	p.out.Kind = n.kind
	names := []*policy.Node{}
	if n.path != "" {
		names = few(oneOrMore(p.root, n.path))
	}
	for _, name := range names {
		word := firstOf(name.Value, str(name, "Arn"))
		if word == "" {
			continue
		}
		p.fact("Named", word)
		switch {
		case n.text == "":
		case n.next == "":
			p.next(n.text+" "+oneLine(lastPart(word)), policyVersion(word))
		default:
			p.next(n.text+" "+oneLine(lastPart(word)), p.ownersCommand(n.next, word))
		}
	}
	if n.path == "" && n.next != "" {
		p.next(n.text, strings.ReplaceAll(n.next, "BUCKET", quoted(firstOf(p.option("--bucket"), bucketOf(p.asked("resource")), "BUCKET"))))
	}
	if n.path == "PolicyNames" && len(names) == 0 {
		p.hasNone("inline")
		p.notUsed("Nothing is put into the scenario: there are no inline policies")
		return
	}
	p.notUsed(firstOf(n.says, namesOnly))
}

// ownersCommand fills the owner of a policy into a command: from the command
// that printed the list, or from the request.
func (p *paste) ownersCommand(line, name string) string {
	owner, ownerName := "role", ""
	for _, kind := range []string{"role", "user", "group"} {
		if option := p.option("--" + kind + "-name"); option != "" {
			owner, ownerName = kind, option
		}
	}
	if ownerName == "" {
		if kind, asked, ok := strings.Cut(caller(p.asked("principal")), " "); ok && (kind == "role" || kind == "user") {
			owner, ownerName = kind, asked
		}
	}
	words := strings.Split(line, " ")
	for i, word := range words {
		switch word {
		case "NAME":
			words[i] = quoted(name)
		case "OWNERNAME":
			words[i] = quoted(firstOf(ownerName, strings.ToUpper(owner)))
		default:
			words[i] = strings.ReplaceAll(word, "OWNER", owner)
		}
	}
	return strings.Join(words, " ")
}

// withoutPolicies are outputs that have a policy where the resource has one.
var withoutPolicies = []struct{ shape, missing, arn, means string }{
	{"Attributes/QueueArn", "Attributes/Policy", "Attributes/QueueArn", "The queue has no policy"},
	{"Attributes/TopicArn", "Attributes/Policy", "Attributes/TopicArn", "The topic has no policy"},
	{"ARN & Name", "ResourcePolicy", "ARN", "The secret has no policy"},
}

func isWithoutPolicy(p *paste) bool {
	if emptyPolicy(p.root) {
		return true
	}
	for _, row := range withoutPolicies {
		if hasAll(p.root, row.shape) && str(p.root, row.missing) == "" && arnPart(str(p.root, row.arn), 5) != "" {
			return true
		}
	}
	return false
}

// emptyPolicy reports whether an output has an empty text where a policy belongs.
func emptyPolicy(root *policy.Node) bool {
	return root != nil && len(root.Names) == 1 && strings.EqualFold(root.Names[0].Value, "policy") && root.Items[0].Kind == policy.String &&
		root.Items[0].Value == ""
}

func (p *paste) useWithoutPolicy() {
	if emptyPolicy(p.root) {
		p.understood("The resource has no policy")
		p.none(serviceOf(p.asked("action")))
		return
	}
	for _, row := range withoutPolicies {
		if hasAll(p.root, row.shape) && str(p.root, row.missing) == "" {
			p.understood(row.means + ": " + oneLine(str(p.root, row.arn)))
			p.none(arnPart(str(p.root, row.arn), 2))
			return
		}
	}
}

// isDevicePolicy recognises a policy of AWS IoT, which is for devices.
func isDevicePolicy(p *paste) bool {
	return anyOf(p.root, "policyArn & policyDocument") && arnPart(str(p.root, "policyArn"), 2) == "iot"
}

func (p *paste) useDevicePolicy() {
	p.useElsewhere(&elsewhere{kind: "a policy of AWS IoT Core", why: "Policies of AWS IoT Core are attached to certificates of devices, " +
		"and decide what devices may do.",
		look: "The IAM policies of the caller, if AWS refused a call of an API",
		page: "https://docs.aws.amazon.com/iot/latest/developerguide/iot-policies.html"})
}

// useInlinePolicy takes the inline policy of a permission set, which is one of
// each role that IAM Identity Center makes of it.
func (p *paste) useInlinePolicy() {
	if str(p.root, "InlinePolicy") == "" {
		p.understood("The permission set has no inline policy")
		p.notUsed("Nothing is put into the scenario: there is no policy to put in")
		return
	}
	if document, ok := p.document(get(p.root, "InlinePolicy")); ok {
		p.put("identity/permission-set.json", document)
	}
}
