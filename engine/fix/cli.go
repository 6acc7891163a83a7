package fix

import (
	"strings"

	"why403/engine"
	"why403/engine/policy"
)

// commands is how the AWS CLI reads and writes a policy. NAME stands for the
// name of what it is attached to, POLICY for the name of the policy, ARN for
// the ARN of the resource and ID for what the file does not tell.
//
// https://docs.aws.amazon.com/cli/latest/reference/
type commands struct{ read, write, note string }

// resourceCommands is them by the service of the resource.
var resourceCommands = map[string]commands{
	"s3": {"aws s3api get-bucket-policy --bucket NAME --query Policy --output text",
		"aws s3api put-bucket-policy --bucket NAME --policy file://after.json", ""},
	"kms": {"aws kms get-key-policy --key-id ARN --policy-name default --query Policy --output text",
		"aws kms put-key-policy --key-id ARN --policy-name default --policy file://after.json", ""},
	"iam": {"aws iam get-role --role-name NAME --query Role.AssumeRolePolicyDocument",
		"aws iam update-assume-role-policy --role-name NAME --policy-document file://after.json", ""},
	"sqs": {"aws sqs get-queue-attributes --queue-url \"$(aws sqs get-queue-url --queue-name NAME --query QueueUrl --output text)\" " +
		"--attribute-names Policy --query Attributes.Policy --output text",
		"aws sqs set-queue-attributes --queue-url \"$(aws sqs get-queue-url --queue-name NAME --query QueueUrl --output text)\" --attributes " +
			"\"$(jq -n --rawfile p after.json '{Policy: $p}')\"", ""},
	"sns": {"aws sns get-topic-attributes --topic-arn ARN --query Attributes.Policy --output text",
		"aws sns set-topic-attributes --topic-arn ARN --attribute-name Policy --attribute-value file://after.json", ""},
	"secretsmanager": {"aws secretsmanager get-resource-policy --secret-id ARN --query ResourcePolicy --output text",
		"aws secretsmanager put-resource-policy --secret-id ARN --resource-policy file://after.json", ""},
	"ecr": {"aws ecr get-repository-policy --repository-name NAME --query policyText --output text",
		"aws ecr set-repository-policy --repository-name NAME --policy-text file://after.json", ""},
	"lambda": {"aws lambda get-policy --function-name ARN --query Policy --output text",
		"aws lambda put-resource-policy --resource-arn ARN --policy file://after.json", ""},
	"dynamodb": {"aws dynamodb get-resource-policy --resource-arn ARN --query Policy --output text",
		"aws dynamodb put-resource-policy --resource-arn ARN --policy file://after.json", ""},
	"kinesis": {"aws kinesis get-resource-policy --resource-arn ARN --query Policy --output text",
		"aws kinesis put-resource-policy --resource-arn ARN --policy file://after.json", ""},
}

// typeCommands is them by the type of the policy.
var typeCommands = map[policy.Type]commands{
	policy.Boundary: {"aws iam get-policy-version --policy-arn ID --version-id ID --query PolicyVersion.Document",
		"aws iam create-policy-version --policy-arn ID --policy-document file://after.json --set-as-default",
		"ID: the ARN of the boundary, and the version that is its default (aws iam get-policy)."},
	policy.SCP: {"aws organizations describe-policy --policy-id ID --query Policy.Content --output text",
		"aws organizations update-policy --policy-id ID --content file://after.json",
		"ID: of the policy (aws organizations list-policies --filter SERVICE_CONTROL_POLICY). Only the management account can, or a delegated " +
			"administrator."},
	policy.RCP: {"aws organizations describe-policy --policy-id ID --query Policy.Content --output text",
		"aws organizations update-policy --policy-id ID --content file://after.json",
		"ID: of the policy (aws organizations list-policies --filter RESOURCE_CONTROL_POLICY). Only the management account can, or a delegated " +
			"administrator."},
	policy.Endpoint: {"aws ec2 describe-vpc-endpoints --vpc-endpoint-ids ID --query 'VpcEndpoints[0].PolicyDocument' --output text",
		"aws ec2 modify-vpc-endpoint --vpc-endpoint-id ID --policy-document file://after.json", "ID: of the endpoint, vpce-…"},
}

// commands is how to read and write the policy, and what it is called.
func (e *exported) commands() commands {
	if c, ok := typeCommands[e.kind]; ok {
		return c
	}
	if e.kind == policy.Identity {
		kind, name := "role", "NAME"
		if e.check.Principal.Kind == engine.User {
			kind = "user"
		}
		return commands{"aws iam get-" + kind + "-policy --" + kind + "-name " + name + " --policy-name POLICY --query PolicyDocument",
			"aws iam put-" + kind + "-policy --" + kind + "-name " + name + " --policy-name POLICY --policy-document file://after.json",
			"This is for an inline policy. For a managed one: aws iam create-policy-version --policy-arn ID --policy-document file://after.json " +
				"--set-as-default"}
	}
	service := strings.SplitN(e.check.Resource+"::::::", ":", 6)[2]
	return resourceCommands[service]
}

// cli is a script that reads the policy, shows what changes, and writes it.
func (e *exported) cli() string {
	if e.grant {
		return e.grantCommand()
	}
	if e.kind == policy.Session {
		return "# A session keeps the policy that it was made with: pass this one to the next.\n" + heredoc(e.Text) +
			"aws sts assume-role --role-arn " + shell(e.check.Principal.Role) + " --role-session-name " + shell(e.check.Principal.Name) +
			" --policy file://after.json\n"
	}
	c := e.commands()
	if c.write == "" {
		return "# Give the resource this policy, in the way that its service has.\n" + heredoc(e.Text)
	}
	var b strings.Builder
	b.WriteString("# 1. What is there now. It has to be what was pasted: the last step replaces all of it.\n")
	if c.note != "" {
		b.WriteString("#    " + c.note + "\n")
	}
	b.WriteString(e.fill(c.read) + " >before.json\n# 2. What changes.\n" + heredoc(e.Text) +
		"diff <(jq -S . before.json) <(jq -S . after.json)\n# 3. Write it.\n" + e.fill(c.write) + "\n")
	return b.String()
}

// heredoc writes a text to after.json.
func heredoc(text string) string {
	return "cat >after.json <<'EOF'\n" + strings.TrimRight(text, "\n") + "\nEOF\n"
}

// fill puts in what a command is about.
func (e *exported) fill(command string) string {
	resource := engine.PolicyARN(e.check.Resource)
	name := resource[strings.LastIndexAny(resource, ":/")+1:]
	if _, repository, ok := strings.Cut(resource, ":repository/"); ok {
		name = repository
	}
	if e.kind == policy.Identity {
		attached := e.check.Principal.Attached()
		name = attached[strings.LastIndexByte(attached, '/')+1:]
	}
	policyName := strings.TrimSuffix(e.Section[strings.LastIndexByte(e.Section, '/')+1:], ".json")
	return strings.NewReplacer("NAME", shell(name), "POLICY", shell(policyName), "ARN", shell(resource)).Replace(command)
}

// grantCommand makes a grant.
//
// https://docs.aws.amazon.com/cli/latest/reference/kms/create-grant.html
func (e *exported) grantCommand() string {
	for _, s := range e.changed() {
		command := "aws kms create-grant --key-id " + shell(e.check.Resource)
		for _, f := range [...]struct{ field, option string }{{"GranteePrincipal", "--grantee-principal"},
			{"GranteeServicePrincipal", "--grantee-service-principal"}, {"RetiringServicePrincipal", "--retiring-service-principal"}} {
			if v, ok := s.Field(f.field); ok {
				command += " " + f.option + " " + shell(v.Value)
			}
		}
		if v, ok := s.Field("Operations"); ok {
			command += " --operations"
			for i := range v.Items {
				command += " " + v.Items[i].Value
			}
		}
		if v, ok := s.Field("Constraints"); ok {
			command += " --constraints " + shell(e.Text[v.Span.Start:v.Span.End])
		}
		return command + "\n"
	}
	return ""
}

// shell is a word of a shell.
func shell(s string) string {
	for i := range len(s) {
		c := s[i]
		if (c < 'a' || c > 'z') && (c < 'A' || c > 'Z') && (c < '0' || c > '9') && !strings.ContainsRune(":/-_.@+=,", rune(c)) {
			return "'" + strings.ReplaceAll(s, "'", `'\''`) + "'"
		}
	}
	return s
}
