package witness

import (
	"strings"

	"why403/engine"
	"why403/engine/policy"
	"why403/engine/shell"
)

// publicTypes is the types of resources whose policies Access Analyzer checks for
// public access: the service and the beginning of the last part of its ARN, and
// AWS's name of the type.
//
// https://docs.aws.amazon.com/access-analyzer/latest/APIReference/API_CheckNoPublicAccess.html
var publicTypes = []struct{ service, resource, name string }{
	{"s3", "accesspoint/", "AWS::S3::AccessPoint"},
	{"s3", "", "AWS::S3::Bucket"},
	{"kms", "key/", "AWS::KMS::Key"},
	{"iam", "role/", "AWS::IAM::AssumeRolePolicyDocument"},
	{"sqs", "", "AWS::SQS::Queue"},
	{"sns", "", "AWS::SNS::Topic"},
	{"secretsmanager", "secret:", "AWS::SecretsManager::Secret"},
	{"lambda", "function:", "AWS::Lambda::Function"},
	{"dynamodb", "table/", "AWS::DynamoDB::Table"},
	{"elasticfilesystem", "file-system/", "AWS::EFS::FileSystem"},
	{"kinesis", "stream/", "AWS::Kinesis::Stream"},
	{"backup", "backup-vault:", "AWS::Backup::BackupVault"},
}

// publicType is AWS's name of the type of the resource that has the policy, or "".
func publicType(resource string) string {
	arn := engine.PolicyARN(resource)
	for _, row := range publicTypes {
		if engine.ARNPart(arn, 2) == row.service && strings.HasPrefix(engine.ARNPart(arn, 5), row.resource) {
			return row.name
		}
	}
	return ""
}

// publicCheck is the check of a policy of a resource for public access. ok is
// false where Access Analyzer has none for it.
func publicCheck(request, resource string, p *engine.Policy) (a Analysis, ok bool) {
	a = Analysis{Request: request, Section: p.Name, Public: publicType(resource), policy: p}
	if analysisTypes[p.Type] != "RESOURCE_POLICY" || a.Public == "" {
		return a, false
	}
	a.Expected, a.Why = expectedPublic(p)
	return a, true
}

// expectedPublic is what the check for public access has to find, where that is
// plain: conditions, denials, federated principals and services are not weighed.
func expectedPublic(p *engine.Policy) (result, why string) {
	everyone, plain := false, true
	for i := range p.Statements {
		s := &p.Statements[i]
		if s.Effect != policy.Allow {
			plain = false
			continue
		}
		switch open, known := opens(s); {
		case open && len(s.Condition.Tests) == 0:
			everyone = true
		case open || !known:
			return "", "An Allow for everyone has a condition, or it is not said how such a principal counts."
		}
	}
	switch {
	case !everyone:
		return "PASS", "No Allow names everyone."
	case plain:
		return "FAIL", "An Allow names everyone, without a condition."
	}
	return "", "A Deny may take away what an Allow gives everyone."
}

// opens reports whether a statement names everyone, and whether all of its
// principals are of a plain kind: everyone, an account, a user, a role.
func opens(s *policy.Statement) (everyone, known bool) {
	known = s.Principal.Present && !s.Principal.Not
	for _, v := range s.Principal.Values {
		switch {
		case v.Kind == policy.Everyone || v.Kind == policy.AWS && v.Value == "*":
			everyone = true
		case v.Kind != policy.AWS:
			known = false
		}
	}
	return everyone && known, known
}

// publicCommand is the check for a POSIX shell.
//
// https://docs.aws.amazon.com/cli/latest/reference/accessanalyzer/check-no-public-access.html
func (a *Analysis) publicCommand() string {
	return "aws accessanalyzer check-no-public-access \\\n  --resource-type " + a.Public +
		" \\\n  --policy-document " + shell.Word(latin1(a.policy.Text)) + " \\\n  --output json"
}
