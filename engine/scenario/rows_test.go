package scenario

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"why403/engine/policy"
)

// typeNames are the policy types, as seen writes them.
var typeNames = map[policy.Type]string{policy.Identity: "identity", policy.Boundary: "boundary", policy.Session: "session",
	policy.Resource: "resource",
	policy.Key:      "key", policy.Trust: "trust", policy.SCP: "scp", policy.RCP: "rcp", policy.Endpoint: "endpoint",
	policy.ScopeDown: "scopedown",
	policy.Stack:     "stack"}

// seen is what the first request of a file is decided with, as words; or the
// problems of the file.
func seen(text string) string {
	f := Parse(text)
	if f.Errors() || len(f.Requests) == 0 {
		var codes []string
		for i := range f.Problems {
			codes = append(codes, f.Problems[i].Code)
		}
		return "problems: " + strings.Join(codes, " ")
	}
	c := f.Requests[0].Check
	out := []string{c.Principal.ARN, c.Principal.Role, c.Principal.FederatedBy, c.Action, c.Resource,
		strings.Join(f.Requests[0].Resources, "+"),
		"owner=" + c.ResourceAccount, "manages=" + c.ManagementAccount, "manages-owner=" + c.OwnerManagement, "delegated=" + c.DelegatedAccount,
		fmt.Sprintf("gateway=%v", c.GatewayEndpoint), fmt.Sprintf("aws-key=%v", c.AWSManagedKey), "encrypted=" + c.EncryptedWith,
		fmt.Sprintf("ownership=%d", c.Ownership), "object-owner=" + c.ObjectOwner, fmt.Sprintf("block=%04b", c.BlockPublic), "alias=" + c.Alias,
		fmt.Sprintf("bucket-key=%v pays=%v payer=%v put=%v", c.BucketKey, c.RequesterPays, c.Payer, c.Put != nil), "copies=" + c.ReplicatesTo,
		fmt.Sprintf("layer=%s-%v", c.BesideSays.Name, c.BesideSays.Allows)}
	if c.DisabledAccount != "" {
		out = append(out, "off="+c.DisabledAccount+"/"+c.DisabledRegion)
	}
	for _, p := range c.Policies {
		out = append(out, fmt.Sprintf("policy=%s-%d", typeNames[p.Type], p.Level))
	}
	for _, g := range c.Grants {
		out = append(out, "grant="+g.ID)
	}
	for _, a := range c.ACLs {
		out = append(out, fmt.Sprintf("acl=%s-%v", a.Grantee, a.Object))
	}
	for _, key := range []string{"aws:PrincipalOrgID", "aws:PrincipalTag/team", "ResourceType"} {
		if v, ok := c.Context.Get(key); ok {
			out = append(out, key+"="+v[0])
		}
	}
	return strings.Join(out, " ")
}

const (
	rowUser   = "principal: arn:aws:iam::111122223333:user/alice\n"
	rowApp    = "principal: arn:aws:sts::111122223333:assumed-role/app/one\n"
	rowGet    = "action: s3:GetObject\nresource: arn:aws:s3:::reports/a\n"
	rowKey    = "action: kms:Decrypt\nresource: arn:aws:kms:us-east-1:111122223333:key/1234\n"
	rowBucket = "-- entity/r --\narn: arn:aws:s3:::reports\n"
	rowEntity = "-- entity/k --\narn: arn:aws:kms:us-east-1:111122223333:key/1234\n"
	rowAlice  = "-- entity/alice --\narn: arn:aws:iam::111122223333:user/alice\n"
	rowMay    = `{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"*","Resource":"*"}}` + "\n"
	rowAny    = `{"Version":"2012-10-17","Statement":{"Effect":"Allow","Principal":"*","Action":"*","Resource":"*"}}` + "\n"
	rowGrant  = `{"Grants":[{"GrantId":"g1","GranteePrincipal":"arn:aws:iam::111122223333:user/alice","Operations":["Decrypt"]}]}` + "\n"
	rowUpdate = "action: Update:Modify\nresource: LogicalResourceId/Database\n"
	rowStack  = `{"Statement":{"Effect":"Allow","Principal":"*","Action":"Update:*","Resource":"*"}}` + "\n"
	rowDenied = `{"Statement":{"Effect":"Deny","Principal":"*","Action":"Update:*","Resource":"*"}}` + "\n"
	rowACL    = `{"Owner":{"ID":"111122223333"},"Grants":[{"Grantee":{"Type":"Group","URI":"http://acs.amazonaws.com/groups/global/AllUsers"},"Permission":"READ"}]}` + "\n"
)

// rowCases has a file for each line and each sort of section, with what it makes
// of the request.
var rowCases = []struct{ text, want string }{
	// Lines of a request.
	{"-- request --\n" + rowUser + rowGet, "user/alice   s3:GetObject arn:aws:s3:::reports/a arn:aws:s3:::reports/a owner= "},
	{"-- request --\n" + rowUser + rowGet + "resource: arn:aws:s3:::reports/b\n", "arn:aws:s3:::reports/a+arn:aws:s3:::reports/b"},
	{"-- request --\n" + rowApp + "role: arn:aws:iam::111122223333:role/x/app\n" + rowGet,
		"assumed-role/app/one arn:aws:iam::111122223333:role/x/app "},
	{"-- request --\nprincipal: arn:aws:sts::111122223333:federated-user/ann\nfederated-by: arn:aws:iam::111122223333:user/bob\n" +
		rowGet, " arn:aws:iam::111122223333:user/bob s3"},
	{"-- request --\n" + rowUser + rowGet + "resource-account: 444455556666\n", " owner=444455556666 "},
	{"-- request --\n" + rowUser + rowGet + "management-account: 444455556666\n", " manages=444455556666 "},
	{"-- request --\n" + rowUser + rowGet + "delegated-administrator: 444455556666\n", " delegated=444455556666 "},
	{"-- request --\n" + rowUser + rowGet + "endpoint-type: gateway\n-- endpoint.json --\n" + rowAny, " gateway=true "},
	{"-- request --\n" + rowUser + rowGet + "endpoint-type: interface\n-- endpoint.json --\n" + rowAny, " gateway=false "},
	{"-- request --\n" + rowUser + rowKey + "key-manager: aws\n", " aws-key=true "},
	{"-- request --\n" + rowUser + rowKey + "key-manager: customer\n", " aws-key=false "},
	{"-- request --\n" + rowUser + rowGet + "object-ownership: BucketOwnerPreferred\n", " ownership=1 "},
	{"-- request --\n" + rowUser + rowGet + "object-ownership: ObjectWriter\n", " ownership=2 "},
	{"-- request --\n" + rowUser + rowGet + "object-ownership: BucketOwnerEnforced\n", " ownership=0 "},
	{"-- request --\n" + rowUser + rowGet + "object-owner: 444455556666\n", " object-owner=444455556666 "},
	{"-- request --\n" + rowUser + rowGet + "block-public-access: BlockPublicAcls\n", " block=0001 "},
	{"-- request --\n" + rowUser + rowGet + "block-public-access: IgnorePublicAcls\n", " block=0010 "},
	{"-- request --\n" + rowUser + rowGet + "block-public-access: BlockPublicPolicy\n", " block=0100 "},
	{"-- request --\n" + rowUser + rowGet + "block-public-access: RestrictPublicBuckets BlockPublicAcls\n", " block=1001 "},
	{"-- request --\n" + rowUser + rowGet + "encrypted-with: arn:aws:kms:us-east-1:111122223333:key/1\n",
		" encrypted=arn:aws:kms:us-east-1:111122223333:key/1 "},
	{"-- request --\n" + rowUser + rowGet + "bucket-key: true\n", " bucket-key=true "},
	{"-- request --\n" + rowUser + rowGet + "requester-pays: true\n", " pays=true payer=false "},
	{"-- request --\n" + rowUser + rowGet + "layer: lakeformation deny\n", " layer=lakeformation-false "},
	{"-- request --\n" + rowUser + rowGet + "request-payer: requester\n", " pays=false payer=true "},
	{"-- request --\n" + rowUser + rowGet + "unknown: scp\n", "user/alice"},
	{"-- request --\n" + rowUser + rowGet + "unknown: *\nnone: scp aws:SourceIp\n", "user/alice"},
	{"-- request --\n" + rowUser + rowGet + "none: *\n", "problems: bad-none"},
	{"-- request --\n" + rowUser + rowGet + "colour: blue\n", "problems: unknown-key"},

	// Sections of the file.
	{"-- request --\n" + rowUser + rowGet + "-- identity/a.json --\n" + rowMay, " policy=identity-0"},
	{"-- request --\n" + rowUser + rowGet + "-- boundary.json --\n" + rowMay, " policy=boundary-0"},
	{"-- request --\n" + rowUser + rowGet + "-- session/a.json --\n" + rowMay, " policy=session-0"},
	{"-- request --\n" + rowUser + rowGet + "-- session.json --\n" + rowMay, " policy=session-0"},
	{"-- request --\n" + rowUser + rowGet + "-- scopedown/a.json --\n" + rowMay, " policy=scopedown-0"},
	{"-- request --\n" + rowUser + rowGet + "-- resource.json --\n" + rowAny, " policy=resource-0"},
	{"-- request --\n" + rowUser + rowKey + "-- resource.json --\n" + rowAny, " policy=key-0"},
	{"-- request --\n" + rowUser + rowGet + "-- scp/1-root/a.json --\n" + rowMay, " policy=scp-1"},
	{"-- request --\n" + rowUser + rowGet + "-- scp/3-ou/a.json --\n" + rowMay, " policy=scp-3"},
	{"-- request --\n" + rowUser + rowKey + "-- rcp/2-ou/a.json --\n" + rowAny, " policy=rcp-2"},
	{"-- request --\n" + rowUser + rowGet + "-- endpoint.json --\n" + rowAny, " policy=endpoint-0"},
	{"-- request --\n" + rowUser + rowKey + "-- grants.json --\n" + rowGrant, " grant=g1"},
	{"-- request --\n" + rowUser + "action: s3:PutBucketPolicy\nresource: arn:aws:s3:::reports\n-- put.json --\n" + rowAny, " put=true "},
	{"-- request --\n" + rowUser + rowGet + "-- acl.json --\n" + rowACL, " acl=AllUsers-false"},
	{"-- request --\n" + rowUser + rowGet + "-- object-acl.json --\n" + rowACL, " acl=AllUsers-true"},

	// Updates of a stack.
	{"-- request --\n" + rowUser + rowUpdate + "ResourceType: AWS::RDS::DBInstance\n", " ResourceType=AWS::RDS::DBInstance"},
	{"-- request --\n" + rowUser + rowUpdate + "-- resource.json --\n" + rowStack, " policy=stack-0 "},
	{"-- request --\n" + rowUser + rowUpdate + "-- resource.json --\n" + rowDenied + "-- override.json --\n" + rowStack, " policy=stack-0 "},
	{"-- request --\n" + rowUser + rowUpdate + "-- resource.json --\n" + rowAny, "problems: bad-action"},
	{"-- request --\n" + rowUser + rowUpdate + "-- override.json --\n" + rowMay, "problems: missing-principal bad-action"},
	{"-- request --\n" + rowUser + "action: Update:Modify\nresource: *\n", "problems: not-a-stack-update"},
	{"-- request --\n" + rowUser + "action: Update:Rename\nresource: LogicalResourceId/A\n", "problems: not-a-stack-update"},
	{"-- request --\n" + rowUser + "action: s3:GetObject\nresource: LogicalResourceId/A\n", "problems: not-a-stack-update"},
	{"-- request --\n" + rowUser + rowUpdate + "resource: LogicalResourceId/Other\n", "problems: not-a-stack-update"},
	{"-- request --\n" + rowUser + "action: Update:Modify\nresource: LogicalResourceId/A*\n", "problems: bad-resource"},
	{"-- request --\n" + rowUser + rowUpdate + "-- entity/s --\narn: arn:aws:cloudformation:us-east-1:111122223333:stack/shop/1\n" +
		"-- entity/s/policy.json --\n" + rowStack, " policy=stack-0 "},
	{"-- request --\n" + rowUser + rowUpdate + "-- entity/s --\narn: arn:aws:cloudformation:us-east-1:111122223333:stack/shop/1\n" +
		"-- entity/t --\narn: arn:aws:cloudformation:us-east-1:111122223333:stack/shop/2\n", "problems: duplicate-entity"},

	// Headers and folders of entities.
	{"-- request --\n" + rowUser + rowGet + rowBucket + "account: 444455556666\n", " owner=444455556666 "},
	{"-- request --\n" + rowUser + rowGet + rowAlice + "tag/team: blue\n", " aws:PrincipalTag/team=blue"},
	{"-- request --\n" + rowUser + "action: kms:Decrypt\nresource: arn:aws:kms:us-east-1:111122223333:alias/a\n" + rowEntity +
		"alias: alias/a\n",
		" arn:aws:kms:us-east-1:111122223333:key/1234 arn:aws:kms:us-east-1:111122223333:alias/a "},
	{"-- request --\n" + rowUser + rowKey + rowEntity + "key-manager: aws\n", " aws-key=true "},
	{"-- request --\n" + rowUser + rowGet + rowBucket + "encrypted-with: arn:aws:kms:us-east-1:111122223333:key/1\n",
		" encrypted=arn:aws:kms:us-east-1:111122223333:key/1 "},
	{"-- request --\n" + rowUser + rowGet + rowBucket + "object-ownership: ObjectWriter\n", " ownership=2 "},
	{"-- request --\n" + rowUser + rowGet + rowBucket + "object-owner: 444455556666\n", " object-owner=444455556666 "},
	{"-- request --\n" + rowUser + rowGet + rowBucket + "block-public-access: IgnorePublicAcls\n", " block=0010 "},
	{"-- request --\n" + rowUser + rowGet + rowBucket + "bucket-key: true\n", " bucket-key=true "},
	{"-- request --\n" + rowUser + rowGet + rowBucket + "requester-pays: true\n", " pays=true "},
	{"-- request --\n" + rowUser + rowGet + rowBucket + "layer: opensearch allow\n", " layer=opensearch-true "},
	{"-- request --\n" + rowUser + rowGet + rowBucket + "replicates-to: arn:aws:s3:::copies\n", " copies=arn:aws:s3:::copies "},
	{"-- request --\n" + rowUser + rowGet +
		"aws:SourceVpce: vpce-1\n-- entity/e --\narn: arn:aws:ec2:us-east-1:111122223333:vpc-endpoint/vpce-1\nendpoint-type: gateway\n" +
		"-- entity/e/policy.json --\n" + rowAny, " gateway=true "},
	{"-- request --\n" + rowUser + rowGet + rowBucket + "unknown: resource\n", "user/alice"},
	{"-- request --\n" + rowUser + rowGet + rowBucket + "-- entity/r/policy.json --\n" + rowAny, " policy=resource-0"},
	{"-- request --\n" + rowUser + rowGet + rowAlice + "-- entity/alice/identity/a.json --\n" + rowMay, " policy=identity-0"},
	{"-- request --\n" + rowUser + rowGet + rowAlice + "-- entity/alice/boundary.json --\n" + rowMay, " policy=boundary-0"},
	{"-- request --\n" + rowUser + rowGet + rowAlice + "-- entity/alice/session.json --\n" + rowMay, " policy=session-0"},
	{"-- request --\n" + rowUser + rowGet + rowAlice + "-- entity/alice/session/a.json --\n" + rowMay, " policy=session-0"},
	{"-- request --\n" + rowUser + rowGet + rowAlice + "-- entity/alice/scopedown/a.json --\n" + rowMay, " policy=scopedown-0"},
	{"-- request --\n" + rowUser + rowKey + rowEntity + "-- entity/k/grants.json --\n" + rowGrant, " grant=g1"},
	{"-- request --\n" + rowUser + rowGet + rowBucket + "-- entity/r/acl.json --\n" + rowACL, " acl=AllUsers-false"},
	{"-- request --\n" + rowUser + rowGet + rowBucket + "-- entity/r/object-acl.json --\n" + rowACL, " acl=AllUsers-true"},

	// Headers and folders of accounts.
	{"-- request --\n" + rowUser + rowGet + "-- account/111122223333 --\norganization: o-1234567890\n", " aws:PrincipalOrgID=o-1234567890"},
	{"-- request --\n" + rowUser + rowGet + "-- account/111122223333 --\nmanagement-account: 444455556666\n", " manages=444455556666 "},
	{"-- request --\n" + rowUser + rowGet + "-- account/111122223333 --\ndelegated-administrator: 444455556666\n", " delegated=444455556666 "},
	{"-- request --\n" + rowUser + rowKey + "-- account/111122223333 --\nmanagement-account: 444455556666\n", " manages-owner=444455556666 "},
	{"-- request --\n" + rowUser + rowGet + "-- account/111122223333 --\nunknown: scp\n", "user/alice"},
	{"-- request --\n" + rowUser + rowGet + "aws:RequestedRegion: me-south-1\n-- account/111122223333 --\nregions: eu-south-1, us-east-1\n",
		" off=111122223333/me-south-1"},
	{"-- request --\n" + rowUser + rowGet +
		"resource-account: 111122223333\n-- account/111122223333 --\nblock-public-access: IgnorePublicAcls\n",
		" block=0010 "},
	{"-- request --\n" + rowUser + rowGet + "resource-account: 111122223333\nblock-public-access: BlockPublicAcls\n" +
		"-- account/111122223333 --\norganization-block-public-access: all\n", " block=1111 "},
	{"-- request --\n" + rowUser + rowGet + "resource-account: 111122223333\nblock-public-access: BlockPublicAcls\n" +
		"-- account/111122223333 --\norganization-block-public-access: none\nblock-public-access: IgnorePublicAcls\n", " block=0011 "},
	{"-- request --\n" + rowUser + rowGet + "-- account/111122223333 --\nregions: Bahrain\n", "problems: bad-regions"},
	{"-- request --\n" + rowUser + rowGet + "aws:RequestedRegion: me-south-1\n-- account/111122223333 --\nregions:\n",
		" off=111122223333/me-south-1"},
	{"-- request --\n" + rowUser + rowGet + "-- account/111122223333 --\norganization-block-public-access: most\n",
		"problems: bad-organization-block-public-access"},
	{"-- request --\n" + rowUser + rowGet + "-- account/111122223333/scp/2-ou/a.json --\n" + rowMay, " policy=scp-2"},
	{"-- request --\n" + rowUser + rowKey + "-- account/111122223333/rcp/1-root/a.json --\n" + rowAny, " policy=rcp-1"},
}

// wrongRows is the cases that are read otherwise than they should.
func wrongRows() (wrong []string) {
	for _, c := range rowCases {
		if got := seen(c.text); !strings.Contains(got+" ", c.want) {
			wrong = append(wrong, c.text+"\ngot  "+got+"\nwant "+c.want)
		}
	}
	return wrong
}

// Every sort of section, and every line of a request and of a header, does what
// it says: a file reads otherwise without it.
func TestEveryRow(t *testing.T) {
	if wrong := wrongRows(); len(wrong) > 0 {
		t.Fatal(strings.Join(wrong, "\n\n"))
	}
	withoutEach(t, "section", &kinds)
	withoutEach(t, "folder", &folders)
	withoutEach(t, "line of a request", &fields)
	withoutEach(t, "line of an entity", &entityFields)
	withoutEach(t, "line of an account", &accountFields)
}

func withoutEach[T any](t *testing.T, what string, rows *[]T) {
	t.Helper()
	whole := *rows
	defer func() { *rows = whole }()
	for i := range whole {
		*rows = slices.Delete(slices.Clone(whole), i, i+1)
		if len(wrongRows()) == 0 {
			t.Errorf("no case needs the %s %.40v", what, whole[i])
		}
	}
}

// Every sort of section that a folder can have is read in it.
func TestEveryFolderSection(t *testing.T) {
	for i := range folders {
		before := folders[i].kinds
		for word := range strings.FieldsSeq(before) {
			folders[i].kinds = strings.Replace(before, " "+word+" ", " ", 1)
			if len(wrongRows()) == 0 {
				t.Errorf("no case needs %s%s", folders[i].prefix, word)
			}
		}
		folders[i].kinds = before
	}
}
