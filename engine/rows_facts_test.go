package engine

import (
	"slices"
	"strings"
	"testing"

	"why403/engine/catalogue/data"
	"why403/engine/policy"
)

// types names a set of policy types.
func types(t Types) string {
	names := []string{"identity", "boundary", "session", "resource", "key", "trust", "scp", "rcp", "endpoint", "scopedown"}
	kinds := []policy.Type{policy.Identity, policy.Boundary, policy.Session, policy.Resource, policy.Key, policy.Trust,
		policy.SCP, policy.RCP, policy.Endpoint, policy.ScopeDown}
	var out []string
	for i, kind := range kinds {
		if t.Has(kind) {
			out = append(out, names[i])
		}
	}
	return strings.Join(out, " ")
}

// What AWS does not look at, and when. The pages are those of the rows.
func TestExemptionRows(t *testing.T) {
	const (
		linked  = "arn:aws:iam::111122223333:role/aws-service-role/x.amazonaws.com/AWSServiceRoleForX"
		object  = "arn:aws:s3:::bucket/key"
		bucket  = "arn:aws:s3:::bucket"
		queue   = "arn:aws:sqs:us-east-1:111122223333:q"
		project = "arn:aws:states:us-east-1:111122223333:stateMachine:m"
	)
	manages := func(caller, owner string) func(*Check) {
		return func(r *Check) { r.ManagementAccount, r.OwnerManagement = caller, owner }
	}
	cases := []struct {
		who, action, resource string
		change                func(*Check)
		gone                  string
	}{
		{aUser, "sqs:SendMessage", queue, nil, ""},
		{aUser, "sqs:SendMessage", queue, manages("111122223333", ""), "scp"},
		{aUser, "sqs:SendMessage", queue, manages("444455556666", "444455556666"), ""},
		{aUser, "sqs:SendMessage", queue, manages("", "111122223333"), "rcp"},
		{aUser, "sqs:SendMessage", queue, manages("111122223333", "111122223333"), "scp rcp"},
		{aRoot, "sqs:SendMessage", queue, nil, "identity boundary"},
		{aSession, "sqs:SendMessage", queue, nil, ""},
		{linked, "sqs:SendMessage", queue, nil, "scp rcp"},
		{aFed, "sqs:SendMessage", queue, nil, ""},
		{aService, "sqs:SendMessage", queue, nil, "identity boundary session scp endpoint scopedown"},
		{"anonymous", "sqs:SendMessage", queue, nil, "identity boundary session scp scopedown"},
		{aUser, "states:StartExecution", project, nil, "resource key trust rcp"},
		{aUser, "kms:Decrypt", aKey, nil, ""},
		{aUser, "kms:Decrypt", aKey, func(r *Check) { r.AWSManagedKey = true }, "rcp"},
		{aUser, "kms:RetireGrant", aKey, nil, "resource key trust rcp"},
		{aRoot, "s3:GetBucketPolicy", bucket, nil, "identity boundary resource key trust"},
		{aRoot, "s3:PutBucketPolicy", bucket, nil, "identity boundary resource key trust"},
		{aRoot, "s3:DeleteBucketPolicy", bucket, nil, "identity boundary resource key trust"},
		{aRoot, "s3:PutBucketAcl", bucket, nil, "identity boundary"},
		{aRoot, "s3:GetBucketPolicy", bucket, func(r *Check) { r.ResourceAccount = "444455556666" }, "identity boundary"},
		{aUser, "s3:GetBucketPolicy", bucket, nil, ""},
		{aUser, "s3:GetObject", object, nil, ""},
		{aUser, "s3:ListAllMyBuckets", "*", nil, "resource key trust"},
		{aUser, "sts:AssumeRoot", "arn:aws:iam::111122223333:root", nil, "resource key trust"},
		{aUser, "cognito-identity:GetId", "arn:aws:cognito-identity:us-east-1:111122223333:identitypool/p", nil,
			"identity boundary session resource key trust scp scopedown"},
		{aUser, "Update:Modify", "LogicalResourceId/Database", nil, "identity boundary session resource key trust scp rcp endpoint scopedown"},
	}
	wrong := func() (wrong []string) {
		for _, c := range cases {
			r := &Check{Principal: caller(t, c.who), Action: c.action, Resource: c.resource}
			if r.ResourceAccount == "" && ARNPart(c.resource, 4) == "" && c.resource != "*" {
				r.ResourceAccount = "111122223333"
			}
			if c.change != nil {
				c.change(r)
			}
			r.Prepare()
			if got := types(allTypes &^ r.applies); got != c.gone {
				wrong = append(wrong, c.action+" by "+c.who+": not looked at "+got+", want "+c.gone)
			}
		}
		return wrong
	}
	everyRow(t, len(exemptions), func(i int) (string, func()) {
		before := exemptions[i]
		exemptions[i].types = 0
		return before.doc + " " + types(before.types), func() { exemptions[i] = before }
	}, wrong)
}

// The actions that each permission of an access control list grants, and none
// other of S3's.
//
// https://docs.aws.amazon.com/AmazonS3/latest/userguide/acl-overview.html#permissions
func TestACLRows(t *testing.T) {
	granted := map[string]string{
		"bucket READ":      "ListBucket ListBucketVersions ListBucketMultipartUploads",
		"bucket WRITE":     "PutObject",
		"bucket READ_ACP":  "GetBucketAcl",
		"bucket WRITE_ACP": "PutBucketAcl",
		"object READ":      "GetObject GetObjectVersion",
		"object WRITE":     "",
		"object READ_ACP":  "GetObjectAcl GetObjectVersionAcl",
		"object WRITE_ACP": "PutObjectAcl PutObjectVersionAcl",
	}
	for _, of := range []string{"bucket", "object"} {
		for _, p := range []string{"READ", "WRITE", "READ_ACP", "WRITE_ACP"} {
			granted[of+" FULL_CONTROL"] += " " + granted[of+" "+p]
		}
	}
	may := compiled(t, policy.Identity, allowAll)
	wrong := func() (wrong []string) {
		for entry, actions := range granted {
			of, permission, _ := strings.Cut(entry, " ")
			c, err := Compile(&World{Entities: []Entity{
				{ARN: "arn:aws:s3:::bucket", Account: "111122223333", Settings: Settings{Ownership: BucketOwnerPreferred},
					ACLs: []ACL{{Object: of == "object", Grantee: "444455556666", Permission: permission}}},
				{ARN: userAway, Policies: []*Policy{may}},
			}})
			if err != nil {
				t.Fatal(err)
			}
			for _, a := range data.All().Service("s3").Actions {
				d, err := c.Decide(Request{Principal: userAway, Action: "s3:" + a.Name, Resource: "arn:aws:s3:::bucket/key"})
				if err != nil {
					t.Fatal(err)
				}
				if (d.Outcome == Allowed) != slices.Contains(strings.Fields(actions), a.Name) {
					wrong = append(wrong, entry+" and s3:"+a.Name+": "+d.Outcome.String())
				}
			}
		}
		return wrong
	}
	for _, table := range aclActions {
		for _, actions := range table {
			everyWord(t, actions, wrong)
		}
	}
}

// Which resource the policy of a part is attached to, for each kind that has
// parts.
func TestPartedRows(t *testing.T) {
	const at = ":us-east-1:111122223333:"
	cases := [][2]string{
		{"arn:aws:s3:::bucket/a/b", "arn:aws:s3:::bucket"},
		{"arn:aws:s3" + at + "accesspoint/ap/object/a/b", "arn:aws:s3" + at + "accesspoint/ap"},
		{"arn:aws:execute-api" + at + "abc/prod/GET/pets", "arn:aws:execute-api" + at + "abc"},
		{"arn:aws:dynamodb" + at + "table/orders/stream/2026", "arn:aws:dynamodb" + at + "table/orders"},
		{"arn:aws:lambda" + at + "function:f:live", "arn:aws:lambda" + at + "function:f"},
		{"arn:aws:lambda" + at + "layer:l:7", "arn:aws:lambda" + at + "layer:l"},
		{"arn:aws:logs" + at + "log-group:/aws/x:log-stream:y/z", "arn:aws:logs" + at + "log-group:/aws/x"},
		{"arn:aws:kinesis" + at + "stream/s/consumer/c:1", "arn:aws:kinesis" + at + "stream/s"},
		{"arn:aws:es" + at + "domain/d/index/_search", "arn:aws:es" + at + "domain/d"},
		{"arn:aws:vpc-lattice" + at + "service/svc-1/path/x", "arn:aws:vpc-lattice" + at + "service/svc-1"},
		{"arn:aws:s3tables" + at + "bucket/b/table/t", "arn:aws:s3tables" + at + "bucket/b"},
		{"arn:aws:glue" + at + "database/d", "arn:aws:glue" + at + "catalog"},
		{"arn:aws:dynamodb" + at + "global-table/a/b", "arn:aws:dynamodb" + at + "global-table/a/b"},
		{"arn:aws:lambda" + at + "event-source-mapping:a:b", "arn:aws:lambda" + at + "event-source-mapping:a:b"},
		{"arn:aws:backup" + at + "backup-vault:v", "arn:aws:backup" + at + "backup-vault:v"},
	}
	whole := parted
	everyRow(t, len(parted), func(i int) (string, func()) {
		parted = slices.Delete(slices.Clone(whole), i, i+1)
		return whole[i].service + " " + whole[i].kind, func() { parted = whole }
	}, func() (wrong []string) {
		for _, c := range cases {
			if got := PolicyARN(c[0]); got != c[1] {
				wrong = append(wrong, c[0]+" is under "+got)
			}
		}
		return wrong
	})
}

// The Region of requests to services with one endpoint for a whole partition.
//
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-requestedregion
func TestGlobalServiceRows(t *testing.T) {
	global := strings.Fields("account budgets ce cloudfront iam organizations route53 route53domains shield support waf")
	regions := map[string]string{"aws": "us-east-1", "aws-cn": "cn-north-1", "aws-us-gov": "us-gov-west-1"}
	wrong := func() (wrong []string) {
		for partition, region := range regions {
			for _, prefix := range append(global, "wafv2", "sts", "ec2", "s3") {
				r := asked(t, "arn:"+partition+":iam::111122223333:user/bob", prefix+":Act", "arn:"+partition+":"+prefix+":eu-west-9:111122223333:x")
				want := region
				if !slices.Contains(global, prefix) {
					want = "eu-west-9"
				}
				if got, _ := r.Context.Get("aws:RequestedRegion"); len(got) != 1 || got[0] != want {
					wrong = append(wrong, partition+" "+prefix+": "+strings.Join(got, " "))
				}
			}
		}
		return wrong
	}
	everyWord(t, globalServices, wrong)
	for partition, region := range endpointRegions {
		everyRow(t, 1, func(int) (string, func()) {
			delete(endpointRegions, partition)
			return partition, func() { endpointRegions[partition] = region }
		}, wrong)
	}
}

// What makes a bucket policy that allows everyone non-public: a condition with
// one of these keys, under one of these operators, with a fixed value.
//
// https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html#access-control-block-public-access-policy-status
func TestFixingRows(t *testing.T) {
	values := map[string]string{
		"aws:SourceIp": "203.0.113.0/24", "aws:SourceArn": "arn:aws:sns:us-east-1:111122223333:t",
		"aws:SourceVpc": "vpc-1", "aws:SourceVpce": "vpce-1",
		"aws:SourceOwner": "111122223333", "aws:SourceAccount": "111122223333", "aws:PrincipalOrgID": "o-1",
		"aws:PrincipalOrgPaths": "o-1/r-1/", "aws:SourceOrgID": "o-1", "aws:SourceOrgPaths": "o-1/r-1/",
		"aws:PrincipalServiceName": "sns.amazonaws.com", "aws:PrincipalServiceNamesList": "sns.amazonaws.com",
		"aws:PrincipalIsAWSService": "true",
		"aws:PrincipalArn":          "arn:aws:iam::111122223333:user/bob", "aws:PrincipalAccount": "111122223333", "aws:userid": "AIDA",
		"s3:x-amz-server-side-encryption-aws-kms-key-id": "k",
		"s3:DataAccessPointArn":                          "arn:aws:s3:us-east-1:111122223333:accesspoint/a",
		"s3:DataAccessPointAccount":                      "111122223333",
	}
	operators := map[string]bool{"StringEquals": true, "StringEqualsIgnoreCase": true, "StringLike": true, "ArnEquals": true, "ArnLike": true,
		"IpAddress": true, "ForAnyValue:StringEquals": true, "ForAnyValue:StringEqualsIgnoreCase": true, "ForAnyValue:StringLike": true,
		"ForAnyValue:ArnEquals": true, "ForAnyValue:ArnLike": true, "ForAnyValue:IpAddress": true, "ForAllValues:StringEquals": false,
		"StringNotEquals": false, "StringNotLike": false, "ArnNotLike": false, "NotIpAddress": false, "Null": false,
		"StringEqualsIfExists": false}
	public := func(operator, key, value string) bool {
		return compiled(t, policy.Resource,
			`{"Effect": "Allow", "Principal": "*", "Action": "s3:*", "Resource": "*",
				"Condition": {"`+operator+`": {"`+key+`": "`+value+`"}}}`).public(false)
	}
	wrong := func() (wrong []string) {
		for key, value := range values {
			if public("StringEquals", key, value) {
				wrong = append(wrong, key+" fixes nothing")
			}
		}
		for operator, fixes := range operators {
			if public(operator, "aws:SourceVpc", "vpc-1") == fixes {
				wrong = append(wrong, operator+" of a key with a fixed value")
			}
		}
		if !public("StringEquals", "aws:PrincipalTag/team", "a") {
			wrong = append(wrong, "a tag fixes something")
		}
		return wrong
	}
	everyWord(t, fixedKeys, wrong)
	everyWord(t, fixingOperators, wrong)
}

// What some credentials can't call, whatever policies say. The pages are those
// of the rows.
func TestRefusalRows(t *testing.T) {
	const oai = "arn:aws:iam::cloudfront:user/CloudFront Origin Access Identity E1"
	cases := []struct {
		who, action string
		refused     bool
	}{
		{aFed, "iam:GetUser", true}, {aFed, "sts:GetSessionToken", true}, {aFed, "sts:AssumeRole", true},
		{aFed, "sts:GetCallerIdentity", false},
		{aFed, "sts:GetScopedCredentials", false}, {aFed, "sts:GetDelegatedAccessToken", false}, {aFed, "s3:GetObject", false},
		{aSession, "sts:GetFederationToken", true}, {aSession, "sts:GetSessionToken", true},
		{aSession, "sts:AssumeRole", false}, {aSession, "iam:GetUser", false},
		{aRoot, "sts:AssumeRoot", true}, {aRoot, "sts:GetScopedCredentials", true},
		{aRoot, "sts:GetSessionToken", false}, {aRoot, "iam:GetUser", false},
		{aUser, "sts:GetFederationToken", false}, {aUser, "sts:GetSessionToken", false}, {aUser, "sts:AssumeRoot", false},
		{oai, "kms:Decrypt", true}, {oai, "s3:GetObject", false},
		{"anonymous", "s3:GetObject", false}, {"anonymous", "sts:AssumeRoleWithSAML", false}, {"anonymous", "sts:AssumeRole", true},
		{"anonymous", "sts:AssumeRoot", true}, {"anonymous", "sts:GetSessionToken", true}, {"anonymous", "sts:GetFederationToken", true},
	}
	for service := range strings.FieldsSeq("iam organizations acm-pca athena backup codeartifact codebuild dynamodb ec2 ecr events " +
		"firehose glue imagebuilder kinesis lakeformation license-manager logs outposts ram route53resolver secretsmanager " +
		"servicediscovery ssm states") {
		cases = append(cases, struct {
			who, action string
			refused     bool
		}{"anonymous", service + ":x", true})
	}
	wrong := func() (wrong []string) {
		for _, c := range cases {
			if r := asked(t, c.who, c.action, "*"); (r.refused() != nil) != c.refused {
				wrong = append(wrong, c.action+" by "+c.who)
			}
		}
		return wrong
	}
	for i := range credentialRules {
		row := &credentialRules[i]
		for _, list := range []*string{&row.actions, &row.except} {
			words := strings.Fields(*list)
			everyRow(t, len(words), func(j int) (string, func()) {
				before := *list
				*list = strings.Join(slices.Delete(slices.Clone(words), j, j+1), " ")
				return words[j] + " of " + row.doc, func() { *list = before }
			}, wrong)
		}
	}
}
