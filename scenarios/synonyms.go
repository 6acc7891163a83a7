package scenarios

// Synonym is what people call a thing, and what a scenario about it has in its
// text. Search finds such a scenario by any of the words.
type Synonym struct {
	Words string // with spaces between
	// Texts are pieces of a file's text, in lower case; one of them is there.
	// In one of several words joined by " & " all are.
	Texts []string
}

// Synonyms is the table. Words that the files have themselves need no row.
var Synonyms = []Synonym{
	{"github actions workflow oidc web identity ci pipeline", []string{"token.actions.githubusercontent.com"}},
	{"oidc openid web identity federation", []string{"sts:assumerolewithwebidentity"}},
	{"irsa eks kubernetes service account pod oidc", []string{"sts:assumerolewithwebidentity & oidc-provider/"}},
	{"sso single sign-on identity center permission set", []string{"awsreservedsso", "sso.amazonaws.com", "identity center"}},
	{"saml federation okta adfs", []string{"saml"}},
	// What a plan or an apply asks for, and what keeps a state in an encrypted bucket.
	{"terraform tofu plan apply", []string{"action: iam:passrole", "action: iam:createrole"}},
	{"terraform tofu state backend remote lock", []string{"an upload to an encrypted bucket needs"}},
	{"encrypted encryption bucket sse-kms object", []string{"action: s3:getobject & kms:decrypt", "action: s3:putobject & kms:generatedatakey"}},
	{"accessdenied access denied 403 forbidden unauthorized", []string{"deny"}},
	{"region lock regions", []string{"aws:requestedregion"}},
	{"ip address office vpn network", []string{"aws:sourceip"}},
	{"vpc private link endpoint network", []string{"aws:sourcevpc"}},
	{"mfa two-factor token", []string{"aws:multifactorauth"}},
	{"organization org ou", []string{"aws:principalorgid", "aws:principalorgpaths", "-- scp/", "-- rcp/"}},
	{"guardrail control tower scp", []string{"-- scp/"}},
	{"abac tag tags", []string{"tag/"}},
	{"confused deputy service principal", []string{"aws:sourcearn", "aws:sourceaccount"}},
	{"third party vendor external id", []string{"sts:externalid"}},
	{"cdn origin oac website", []string{"cloudfront"}},
	{"https http tls ssl", []string{"aws:securetransport"}},
	{"docker container image registry pull", []string{"ecr:"}},
	{"serverless function", []string{"lambda:"}},
	{"queue", []string{"sqs:"}},
	{"topic notification", []string{"sns:"}},
	{"secret password", []string{"secretsmanager:"}},
	{"parameter store", []string{"ssm:"}},
	{"disk volume snapshot ebs instance", []string{"ec2.us-", "ec2:runinstances"}},
	{"cmk customer managed key", []string{"kms:"}},
	{"upload write put", []string{"s3:putobject"}},
	{"download read get", []string{"s3:getobject"}},
	{"list ls", []string{"s3:listbucket"}},
	{"public anonymous everyone website", []string{"principal: anonymous", `"principal": "*"`}},
	{"assume role switch role", []string{"sts:assumerole"}},
	{"ec2 instance profile", []string{"iam:passrole"}},
	{"ecs task fargate", []string{"ecs-tasks"}},
	{"break glass admin administrator lockout", []string{"root & kms:putkeypolicy", "administratoraccess"}},
}
