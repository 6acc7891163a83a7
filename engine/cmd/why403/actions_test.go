package main

import (
	"strings"
	"testing"
)

func TestActions(t *testing.T) {
	for _, c := range []struct {
		name string
		code int
		want []string
	}{
		{"sqs", exitOK, []string{"sqs: Amazon SQS\n", "list_sqs.html\nResource control policies apply.\n",
			"\nsqs:SendMessage                 Write\n"}},
		{"states", exitOK, []string{"Its resources have no resource-based policies.\n"}},
		{"kms:decrypt", exitOK, []string{"kms:Decrypt  Write\n  on key, required\n    " +
			"arn:${Partition}:kms:${Region}:${Account}:key/${KeyId}\n    keys: ",
			"kms:ResourceAliases (several values)", "  keys: kms:CallerAccount, ", "  " +
				"https://docs.aws.amazon.com/service-authorization/latest/reference/list_kms.html\n"}},
		{"ec2:DescribeInstances", exitOK, []string{"ec2:DescribeInstances  List\n  It has no resource: only Resource \"*\" covers it.\n"}},
		{"ec2:RunInstances", exitOK, []string{"  on instance, required\n",
			"\nec2:RunInstances  ec2:RunInstances   every call\n                  ec2:CreateTags     perhaps, as another request\n"}},
		{"ec2:CreateVpcEndpoint", exitOK, []string{"  Its requests don't carry aws:ResourceAccount.\n"}},
		{"iam:PassRole", exitOK, []string{"iam:PassRole  Write\n  No API operation has this name.\n"}},
		{"s3:ListObjectsV2", exitOK, []string{
			"API operation     action           needed for\ns3:ListObjectsV2  s3:ListBucket    every call\n                  s3:GetObjectAcl  if " +
				"the call says more, " +
				"or instead\n\ns3:ListBucket  List\n"}},
		{"s3:GetObject", exitOK, []string{"\ns3:CopyObject           s3:GetObject           every call\n",
			"\ns3:HeadObject           s3:GetObject"}},
		{"headobject", exitOK, []string{"\ns3:HeadObject  s3:GetObject           every call\n"}},
		{"dynamodb:ExecuteStatement", exitOK, []string{"\ndynamodb:ExecuteStatement  dynamodb:PartiQLSelect  one or more of these, as the " +
			"call says\n"}},
		{"sts:GetCallerIdentity", exitOK, []string{"\nsts:GetCallerIdentity  -       no permission is needed\n"}},
		{"sendmessage", exitOK, []string{"\nsqs:SendMessage\n"}},
		{"s3:GetObjct", exitProblems, []string{"There is no action s3:GetObjct. Did you mean s3:GetObject?\n"}},
		{"s3:Frobnicate", exitProblems, []string{"There is no action s3:Frobnicate.\n"}},
		{"lamda:Invoke", exitProblems, []string{"There is no service, action or API operation lamda. Did you mean lambda?\n"}},
		{"nothinglikeit", exitProblems, []string{"There is no service, action or API operation nothinglikeit.\n"}},
	} {
		out, errors, code := run("", "actions", c.name)
		if code != c.code || errors != "" {
			t.Errorf("actions %s exits with %d: %s", c.name, code, errors)
		}
		for _, want := range c.want {
			if !strings.Contains(out, want) {
				t.Errorf("actions %s has no %q:\n%s", c.name, want, out)
			}
		}
	}
	for _, args := range [][]string{{"actions"}, {"actions", "s3", "kms"}, {"actions", "--x"}} {
		if _, errors, code := run("", args...); code != exitUsage || errors == "" {
			t.Errorf("%v exits with %d", args, code)
		}
	}
}
