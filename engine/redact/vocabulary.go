package redact

import (
	"regexp"
	"strings"
)

func set(words string) map[string]bool {
	out := map[string]bool{}
	for w := range strings.FieldsSeq(words) {
		out[w] = true
	}
	return out
}

// everywhere are words that AWS gives a meaning, wherever they stand.
//
// https://docs.aws.amazon.com/IAM/latest/UserGuide/using-service-linked-roles.html
// https://docs.aws.amazon.com/singlesignon/latest/userguide/referencingpermissionsets.html
var everywhere = set("true false null amazonaws AWSReservedSSO arn aws LogicalResourceId")

// paths are what AWS puts into the names and paths of its own roles.
var paths = []string{"aws-service-role", "aws-reserved", "service-role", "sso.amazonaws.com"}

// idPrefixes are what stands before the "-" of AWS's IDs.
//
// https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/resource-ids.html
var idPrefixes = set(`o r ou p d i vpc vpce vol sg subnet eni snap ami fs fsap acl rtb igw nat tgw mrk eipalloc lt pcx
	dopt svcrole ssoins ps sgr vgw cgw vpn aki`)

var (
	// regions are Regions, and patterns of them.
	regions   = regexp.MustCompile(`^(?:us|eu|ap|sa|ca|me|af|il|mx|cn|eusc)(?:gov|iso[a-f]?|de|north|south|east|west|central|[-*?\d])*$`)
	partition = regexp.MustCompile(`^(?:aws(?:-cn|-us-gov|-iso(?:-[a-f])?|-eusc)?|aws\*|aws-\*)$`)
)

// hosts are those of identity providers that everybody uses, and of AWS.
//
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_iam-condition-keys.html
var hosts = []string{"token.actions.githubusercontent.com", "cognito-identity.amazonaws.com", "accounts.google.com",
	"graph.facebook.com", "www.amazon.com", "signin.aws.amazon.com/saml", "app.terraform.io", "gitlab.com", "https://", "http://",
	"acs.amazonaws.com/groups"}

// subjects are the words of the subjects that GitHub, EKS and others write.
//
// https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_providers_create_oidc.html
var subjects = set("repo ref refs heads tags environment pull_request system serviceaccount workspace project organization run_phase " +
	"sts amazonaws com")

// types are the kinds of resources that stand first in an ARN's last part, for
// services that the catalogue may not be there for.
//
// https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html
var types = map[string]map[string]bool{
	"iam": set("role user group policy instance-profile saml-provider oidc-provider mfa u2f server-certificate root"),
	"sts": set("assumed-role federated-user self"),
	"kms": set("key alias"),
	"ec2": set(`instance volume snapshot image subnet vpc security-group network-interface key-pair launch-template vpc-endpoint
		elastic-ip placement-group`),
	"lambda":        set("function layer event-source-mapping"),
	"logs":          set("log-group log-stream"),
	"dynamodb":      set("table index stream"),
	"s3":            set("accesspoint"),
	"organizations": set("account organization ou root policy"),
}

// public are condition keys whose values are AWS's words, numbers or times.
//
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
var public = set(`aws:requestedregion aws:principaltype aws:calledvia aws:calledviafirst aws:calledvialast aws:viaawsservice
	aws:principalservicename aws:principalservicenameslist aws:principalisawsservice aws:securetransport
	aws:multifactorauthpresent aws:multifactorauthage aws:currenttime aws:epochtime aws:tokenissuetime
	aws:assumedroot kms:viaservice kms:keyspec kms:keyusage kms:keyorigin kms:grantoperations kms:encryptionalgorithm
	kms:signingalgorithm kms:macalgorithm kms:messagetype kms:grantconstrainttype kms:customermasterkeyspec
	kms:customermasterkeyusage kms:grantisforawsresource kms:bypasspolicylockoutsafetycheck kms:multiregion
	kms:scheduledeletionpendingwindowindays iam:passedtoservice iam:awsservicename s3:x-amz-acl s3:x-amz-server-side-encryption
	s3:signatureversion s3:authtype s3:signatureage s3:tlsversion s3:x-amz-storage-class s3:max-keys s3:delimiter s3:x-amz-object-ownership
	s3:x-amz-metadata-directive s3:x-amz-tagging-directive s3:object-lock-mode s3:object-lock-remaining-retention-days
	s3:if-none-match s3:objectcreationoperation s3:locationconstraint
	ec2:instancetype ec2:createaction ec2:volumetype ec2:volumesize ec2:tenancy ec2:region ec2:metadatahttptokens ec2:rootdevicetype
	ec2:encrypted lambda:functionurlauthtype lambda:invokedviafunctionurl sns:protocol dynamodb:select dynamodb:returnvalues
	secretsmanager:versionstage rds:databaseengine rds:databaseclass`)

// regional and services are those of public whose values are Regions, and services.
var (
	regional = set("aws:requestedregion ec2:region s3:locationconstraint")
	services = set(`aws:calledvia aws:calledviafirst aws:calledvialast aws:principalservicename aws:principalservicenameslist
		kms:viaservice iam:passedtoservice iam:awsservicename`)
)

// message are the words of AWS's messages. Any other word in one is replaced.
//
// https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html
var message = set(`a access accessdenied accessdeniedexception account acl action actions allow allowed allows an and any api are as
	assume assumed assumerole at authentication authorization authorized aws b based be because been boundary bucket by call called
	calling cannot cause ciphertext client cli cluster code com control could credentials cross decode denied deny details does
	doesn due either email encoded endpoint error exception exist explicit failed failure following for forbidden from get grant group
	has have http https id iam identity if implicit in insufficient invalid is it its key kms lambda list message metadata
	missing must na name no none not null object of on only operation or organizations owner parameter perform permission permissions
	permitted policies policy principal provided put queue rcp reason ref refer region request requested requester requestid required
	resource resources response retry role root s s3 scp secret service services session sid sign signature sns sourceidentity sqs
	status statement sts such t table tag tags that the there this throttling to token type unable unauthorized unauthorizedoperation
	unauthorizedexception user using valid validation value version via vpc was when which while with without you your 400 401 403 404 500`)

// keptFields are members of JSON objects whose values are AWS's words.
var keptFields = set(`Action NotAction Operations Type URI Permission CreationDate eventSource eventName
	awsRegion errorCode eventVersion type eventTime eventType eventCategory readOnly managementEvent mfaAuthenticated creationDate
	sessionCredentialFromConsole`)

// managed are the names of AWS managed policies that sections are called by.
//
// https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_job-functions.html
var managed = set(`AdministratorAccess ReadOnlyAccess PowerUserAccess ViewOnlyAccess SecurityAudit FullAWSAccess
	RCPFullAWSAccess IAMFullAccess AmazonS3FullAccess AmazonS3ReadOnlyAccess AmazonEC2FullAccess AmazonSSMManagedInstanceCore
	AWSLambdaBasicExecutionRole`)

// grammar are the values of elements that have no others.
//
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html
var grammar = map[string]map[string]bool{"Version": set("2012-10-17 2008-10-17"), "Effect": set("Allow Deny")}

// members are what a policy, a statement and a Principal can have.
//
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements.html
var members = set(`Version Id Statement Sid Effect Principal NotPrincipal Action NotAction Resource NotResource Condition
	AWS Service Federated CanonicalUser`)

// folders are the words of section names.
var folders = set(`request want error identity boundary session scopedown resource scp rcp endpoint grants acl object-acl put policy
	entity account full root`)
