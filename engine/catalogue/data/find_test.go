package data_test

import (
	"slices"
	"testing"

	"why403/engine/catalogue"
	"why403/engine/catalogue/data"
)

func TestOperation(t *testing.T) {
	for _, c := range []struct {
		prefix, operation string
		want              []string
	}{
		{"s3", "ListObjectsV2", []string{"s3:ListBucket"}},
		{"s3", "HeadObject", []string{"s3:GetObject"}},
		{"s3", "ListBuckets", []string{"s3:ListAllMyBuckets"}},
		{"s3", "copyobject", []string{"s3:GetObject", "s3:PutObject"}},
		{"lambda", "Invoke", []string{"lambda:InvokeFunction"}},
		{"kms", "ReEncrypt", []string{"kms:ReEncryptFrom", "kms:ReEncryptTo"}},
		{"apigateway", "GetRestApis", []string{"apigateway:GET"}},
		{"sts", "GetCallerIdentity", nil},
	} {
		o := service(t, c.prefix).Operation(c.operation)
		if o == nil || !slices.Equal(o.Always, c.want) {
			t.Errorf("%s:%s is %+v, want %v", c.prefix, c.operation, o, c.want)
		}
	}
	if o := service(t, "kms").Operation("Decrypt"); o != nil {
		t.Errorf("kms:Decrypt is authorized by itself, not by %v", o)
	}
}

func TestNearest(t *testing.T) {
	for _, c := range []struct{ prefix, name, want string }{
		{"s3", "GetObjct", "GetObject"}, {"s3", "getobjects", "GetObject"}, {"s3", "PutObjectACL", "PutObjectAcl"},
		{"ec2", "DescribeInstance", "DescribeInstances"}, {"kms", "Decyrpt", "Decrypt"}, {"sqs", "SendMessages", "SendMessage"},
		{"s3", "Frobnicate", ""}, {"s3", "", ""}, {"kms", "Xyz", ""},
	} {
		got := ""
		if a := service(t, c.prefix).Nearest(c.name); a != nil {
			got = a.Name
		}
		if got != c.want {
			t.Errorf("nearest to %s:%s is %q, want %q", c.prefix, c.name, got, c.want)
		}
	}
}

func TestTypesOf(t *testing.T) {
	for _, c := range []struct {
		action, resource string
		want             []string
	}{
		{"s3:GetObject", "arn:aws:s3:::bucket/key", []string{"object"}},
		{"s3:GetObject", "arn:aws-cn:s3:::bucket/a/b", []string{"object"}},
		{"s3:GetObject", "arn:aws:s3:::bucket", nil},
		{"s3:GetObject", "arn:aws:s3:::bucket/*", []string{"object"}},
		{"s3:GetObject", "arn:aws:s3:::buck*", []string{"object"}},
		{"s3:GetObject", "arn:aws:s3:::${aws:username}", []string{}},
		{"s3:GetObject", "arn:aws:s3:*", []string{"accesspointobject", "object"}},
		{"s3:GetObject", "*", []string{"accesspointobject", "object"}},
		{"s3:GetObject", "arn:aws:s3:us-east-1:111122223333:accesspoint/ap/object/s3:::x/y", []string{"accesspointobject"}},
		{"s3:ListBucket", "arn:aws:s3:::bucket", []string{"bucket"}},
		{"s3:ListBucket", "arn:aws:s3:::bucket/key", nil},
		{"s3:ListBucket", "arn:aws:s3:::bucket/*", nil},
		{"s3:ListBucket", "arn:aws:s3:::*", []string{"bucket"}},
		{"s3:ListBucket", "arn:aws:s3:::buck?t", []string{"bucket"}},
		{"s3:ListAllMyBuckets", "arn:aws:s3:::bucket", nil},
		{"ec2:DescribeInstances", "arn:aws:ec2:eu-west-1:111122223333:instance/i-0abc", nil},
		{"ec2:TerminateInstances", "arn:aws:ec2:eu-west-1:111122223333:instance/i-0abc", []string{"instance"}},
		{"ec2:TerminateInstances", "arn:aws:ec2:eu-west-1:111122223333:volume/vol-1", nil},
		{"ec2:RunInstances", "arn:aws:ec2:eu-west-1::image/ami-1", []string{"image"}},
		{"kms:Decrypt", "arn:aws:kms:us-east-1:111122223333:key/1234", []string{"key"}},
		{"kms:Decrypt", "arn:aws:kms:us-east-1:111122223333:alias/a", nil},
		{"dynamodb:Query", "arn:aws:dynamodb:us-east-1:111122223333:table/t/index/i", []string{"index"}},
		{"dynamodb:Query", "arn:aws:dynamodb:us-east-1:111122223333:table/t", []string{"table"}},
		{"dynamodb:Query", "arn:aws:dynamodb:us-east-1:111122223333:table/t/*", []string{"index"}},
		{"dynamodb:Query", "arn:aws:dynamodb:us-east-1:111122223333:table/*", []string{"index", "table"}},
		{"lambda:InvokeFunction", "arn:aws:lambda:us-east-1:111122223333:function:f", []string{"function"}},
		{"lambda:InvokeFunction", "arn:aws:lambda:us-east-1:111122223333:function:f:live", []string{"function"}},
		{"iam:PassRole", "arn:aws:iam::111122223333:role/service-role/a/b", []string{"role"}},
		{"logs:DescribeLogStreams", "arn:aws:logs:us-east-1:111122223333:log-group:/aws/lambda/f", []string{"log-group"}},
		{"logs:DescribeLogStreams", "arn:aws:logs:us-east-1:111122223333:log-group:/aws/lambda/f:*", []string{"log-group"}},
		{"logs:DescribeLogStreams", "arn:aws:logs:us-east-1:111122223333:log-group:/aws/lambda/f:log-stream:x", nil},
		{"logs:CreateLogStream", "arn:aws:logs:us-east-1:111122223333:log-group:/aws/lambda/f", nil},
		{"dynamodb:DescribeTable", "arn:aws:dynamodb:us-east-1:111122223333:table/t/index/i", nil},
		{"sqs:SendMessage", "arn:aws:sqs:::q", nil},
		{"logs:PutLogEvents", "arn:aws:logs:us-east-1:111122223333:log-group:/aws/lambda/f:log-stream:2026/1", []string{"log-stream"}},
		{"sts:AssumeRole", "arn:aws:iam::111122223333:role/app", []string{"role"}},
		{"ssm:GetParameter", "arn:aws:ssm:us-east-1::parameter/aws/service/x", []string{"parameter"}},
		{"s3:GetObject", "", nil}, {"s3:GetObject", "bucket", nil}, {"s3:GetObject", "arn:aws:s3", nil},
	} {
		_, a := action(t, c.action)
		var got []string
		for _, found := range a.TypesOf(c.resource) {
			got = append(got, found.Name)
		}
		slices.Sort(got)
		if !slices.Equal(got, c.want) {
			t.Errorf("%s on %s: %v, want %v", c.action, c.resource, got, c.want)
		}
	}
}

func TestRequired(t *testing.T) {
	_, a := action(t, "ec2:RunInstances")
	var got []string
	for _, required := range a.Required() {
		got = append(got, required.Name)
	}
	if want := []string{"image", "instance", "network-interface", "security-group", "subnet"}; !slices.Equal(got, want) {
		t.Errorf("RunInstances needs %v", got)
	}
	if !slices.Contains(a.Dependent, "iam:PassRole") || !slices.Contains(a.Dependent, "ec2:CreateTags") {
		t.Errorf("RunInstances depends on %v", a.Dependent)
	}
	if _, a := action(t, "ec2:DescribeInstances"); !a.WildcardOnly() || a.Required() != nil {
		t.Error("DescribeInstances has a resource")
	}
}

func TestCarries(t *testing.T) {
	for _, c := range []struct {
		action, resourceType, key string
		want                      catalogue.Presence
	}{
		{"s3:ListBucket", "", "s3:prefix", catalogue.Sometimes}, {"s3:GetObject", "", "s3:prefix", catalogue.Never},
		{"s3:GetObject", "", "S3:EXISTINGOBJECTTAG/team", catalogue.Sometimes}, {"s3:GetObject", "", "s3:ExistingObjectTag/", catalogue.Never},
		{"s3:GetObject", "object", "s3:AccessPointNetworkOrigin", catalogue.Never},
		{"s3:GetObject", "accesspointobject", "s3:AccessPointNetworkOrigin", catalogue.Sometimes},
		{"s3:GetObject", "", "glue:RoleAssumedBy", catalogue.Sometimes}, {"s3:GetObject", "", "kms:ViaService", catalogue.Never},
		{"kms:Decrypt", "", "kms:EncryptionContext:aws:s3:arn", catalogue.Sometimes}, {"kms:Decrypt", "", "kms:GrantOperations", catalogue.Never},
		{"sts:AssumeRole", "", "iam:ResourceTag/Project", catalogue.Sometimes},
		{"sts:AssumeRoot", "", "iam:ResourceTag/Project", catalogue.Never},
		{"ec2:AcceptVpcPeeringConnection", "", "aws:ResourceAccount", catalogue.Never},
		{"ec2:RunInstances", "", "aws:resourceaccount", catalogue.Always},
		{"ec2:AcceptVpcPeeringConnection", "", "aws:ResourceOrgID", catalogue.Never},
		{"ebs:PutSnapshotBlock", "", "aws:ResourceOrgPaths", catalogue.Never},
		{"ec2:AcceptVpcPeeringConnection", "", "aws:ResourceTag/x", catalogue.Sometimes},
		{"ec2:DescribeInstances", "", "aws:ResourceTag/x", catalogue.Never},
		{"ec2:DescribeInstances", "", "aws:RequestedRegion", catalogue.Always},
		{"ec2:DescribeInstances", "", "aws:PrincipalArn", catalogue.Signed},
		{"ec2:DescribeInstances", "", "aws:VpceAccount", catalogue.Never}, {"s3:GetObject", "", "aws:VpceAccount", catalogue.Sometimes},
		{"sqs:SendMessage", "", "aws:VpceOrgID", catalogue.Sometimes}, {"sqs:SendMessage", "", "aws:VpceAccount", catalogue.Never},
		{"sqs:SendMessage", "", "aws:NoSuchKey", catalogue.Unknown}, {"sqs:SendMessage", "", "saml:aud", catalogue.Sometimes},
		{"sqs:SendMessage", "", "accounts.google.com:sub", catalogue.Sometimes},
		{"sqs:SendMessage", "", "aws:PrincipalTag/team", catalogue.Sometimes},
		{"iam:CreateUser", "", "aws:RequestTag/team", catalogue.Sometimes}, {"iam:GetUser", "", "aws:RequestTag/team", catalogue.Never},
		{"iam:CreateUser", "", "aws:TagKeys", catalogue.Sometimes},
		{"ssm:SendCommand", "", "ssm:resourceTag/x", catalogue.Sometimes},
	} {
		s, a := action(t, c.action)
		var of *catalogue.ResourceType
		for i := range s.Types {
			if s.Types[i].Name == c.resourceType {
				of = &s.Types[i]
			}
		}
		if got := s.Carries(a, of, c.key); got != c.want {
			t.Errorf("%s %s carries %s: %d, want %d", c.action, c.resourceType, c.key, got, c.want)
		}
	}
}

func TestMultiValued(t *testing.T) {
	for _, c := range []struct {
		prefix, key  string
		multi, known bool
	}{
		{"s3", "aws:TagKeys", true, true}, {"s3", "aws:SourceIp", false, true}, {"kms", "kms:EncryptionContextKeys", true, true},
		{"kms", "kms:EncryptionContext:x", false, true}, {"dynamodb", "dynamodb:LeadingKeys", true, true},
		{"s3", "kms:GrantOperations", false, false},
		{"sts", "aws:PrincipalOrgPaths", true, true}, {"s3", "aws:Nonsense", false, false},
	} {
		if multi, known := catalogue.MultiValued(service(t, c.prefix), c.key); multi != c.multi || known != c.known {
			t.Errorf("%s: %v, %v", c.key, multi, known)
		}
	}
	if multi, known := catalogue.MultiValued(nil, "aws:CalledVia"); !multi || !known {
		t.Error("aws:CalledVia without a service")
	}
}

// FuzzLookups: whatever is asked, nothing breaks, and an answer is true to the
// data.
func FuzzLookups(f *testing.F) {
	f.Add("s3", "GetObjct", "arn:aws:s3:::bucket/*", "s3:prefix")
	f.Add("dynamodb", "Query", "arn:aws:dynamodb:*:1:table/${x}/?", "aws:ResourceTag/")
	f.Add("kms", "Decrypt", "*", "kms:EncryptionContext:$")
	f.Fuzz(func(t *testing.T, prefix, name, resource, key string) {
		s := data.All().Service(prefix)
		if s == nil {
			return
		}
		a := s.Action(name)
		if nearest := s.Nearest(name); a == nil {
			a = nearest
		} else if nearest != a {
			t.Errorf("nearest to %s is %v", a.Name, nearest)
		}
		s.Operation(name)
		catalogue.MultiValued(s, key)
		if a == nil {
			return
		}
		for _, found := range a.TypesOf(resource) {
			if !slices.ContainsFunc(a.Uses, func(u catalogue.Use) bool { return u.Type == found }) {
				t.Errorf("%s is not asked on %s", a.Name, found.Name)
			}
			if s.Carries(a, found, key) == catalogue.Sometimes && s.Carries(a, nil, key) == catalogue.Never {
				t.Errorf("%s: %s on %s only", a.Name, key, found.Name)
			}
		}
	})
}
