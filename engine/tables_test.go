package engine

import (
	"math/bits"
	"net/url"
	"slices"
	"strings"
	"testing"

	"why403/engine/policy"
)

// doc reports an address that is no page of AWS.
func doc(t *testing.T, what, address string) {
	t.Helper()
	u, err := url.Parse(address)
	if err != nil || u.Scheme != "https" || u.Host != "docs.aws.amazon.com" || !strings.HasSuffix(u.Path, ".html") {
		t.Errorf("%s: %q is not a page of AWS", what, address)
	}
}

func TestServicesTable(t *testing.T) {
	rows := append(slices.Clone(services), serviceRow{prefix: "other", Service: other})
	for i, row := range rows {
		name := row.prefix + ":" + row.actions
		doc(t, name, row.Doc)
		if row.Name == "" && row.prefix != "other" || row.prefix == "" {
			t.Errorf("%s has no name or no prefix", name)
		}
		if lower := strings.ToLower(row.prefix + row.actions); lower != row.prefix+row.actions {
			t.Errorf("%s is not in lower case", name)
		}
		for _, action := range strings.Fields(row.actions) {
			if strings.Contains(strings.TrimSuffix(action, "*"), "*") || strings.Contains(action, ":") {
				t.Errorf("%s: %q takes a * at its end only, and no prefix", name, action)
			}
		}
		for _, earlier := range rows[:i] {
			if earlier.prefix == row.prefix && earlier.actions == "" && earlier.resource == "" {
				t.Errorf("%s %s is never reached", name, row.resource)
			}
		}
		if row.Rule > StackRule {
			t.Errorf("%s has no rule", name)
		}
	}
}

func TestServiceSets(t *testing.T) {
	for name, words := range map[string]map[string]bool{
		"rcpServices": rcpServices, "crossAccountKeyActions": crossAccountKeyActions, "GrantOperations": GrantOperations,
		"contextFree": contextFree, "fixedKeys": fixedKeys, "fixingOperators": fixingOperators,
	} {
		if len(words) == 0 {
			t.Errorf("%s is empty", name)
		}
		for w := range words {
			if w != strings.ToLower(w) {
				t.Errorf("%s: %q is not in lower case", name, w)
			}
		}
	}
	for action := range contextFree {
		if !GrantOperations[strings.TrimPrefix(action, "kms:")] {
			t.Errorf("%s is free of a grant's constraint, but no grant has it", action)
		}
	}
	if n := len(GrantOperations); n != 19 {
		t.Errorf("there are 19 grant operations, not %d", n)
	}
}

// Which row stands for a request.
func TestServiceOf(t *testing.T) {
	for _, c := range []struct {
		action, resource, name string
		rule                   Rule
	}{
		{"s3:getobject", "arn:aws:s3:::b/k", "S3", Standard},
		{"sts:getcalleridentity", "*", "STS", AlwaysRule},
		{"sts:assumerole", "arn:aws:iam::111122223333:role/r", "IAM role", TrustRule},
		{"sts:tagsession", "arn:aws:iam::111122223333:role/r", "IAM role", TrustRule},
		{"sts:assumerole", "*", "", Standard},
		{"sts:getfederationtoken", "arn:aws:sts::111122223333:federated-user/a", "", Standard},
		{"iam:getrole", "arn:aws:iam::111122223333:role/r", "IAM", NoPolicy},
		{"iam:deleterole", "arn:aws:iam::111122223333:role/aws-reserved/sso.amazonaws.com/r", "IAM", ServiceOwned},
		{"iam:getrole", "arn:aws:iam::111122223333:role/aws-reserved/sso.amazonaws.com/r", "IAM", NoPolicy},
		{"iam:deleterole", "arn:aws:iam::111122223333:role/aws-service-role/x.amazonaws.com/r", "IAM", ServiceOwned},
		{"iam:deleteservicelinkedrole", "arn:aws:iam::111122223333:role/aws-service-role/x.amazonaws.com/r", "IAM", NoPolicy},
		{"iam:passrole", "arn:aws:iam::111122223333:role/aws-reserved/sso.amazonaws.com/r", "IAM", ServiceOwned},
		{"iam:deletepolicy", "arn:aws:iam::aws:policy/ReadOnlyAccess", "IAM", ServiceOwned},
		{"iam:getpolicy", "arn:aws:iam::aws:policy/ReadOnlyAccess", "IAM", NoPolicy},
		{"iam:deletepolicy", "arn:aws:iam::111122223333:policy/p", "IAM", NoPolicy},
		{"kms:decrypt", "arn:aws:kms:us-east-1:111122223333:key/k", "KMS", KeyRule},
		{"kms:retiregrant", "arn:aws:kms:us-east-1:111122223333:key/k", "KMS", RetireRule},
		{"kms:createkey", "*", "KMS", Standard},
		{"kms:createalias", "arn:aws:kms:us-east-1:111122223333:alias/a", "KMS", Standard},
		{"kms:deletealias", "arn:aws:kms:us-east-1:111122223333:alias/aws/s3", "KMS", ServiceOwned},
		{"ecr:getauthorizationtoken", "*", "ECR", NoPolicy},
		{"ecr:batchgetimage", "arn:aws:ecr:us-east-1:111122223333:repository/r", "ECR", Standard},
		{"vpc-lattice-svcs:invoke", "arn:aws:vpc-lattice:us-east-1:111122223333:service/svc-1", "VPC Lattice", BothRule},
		{"ses:sendemail", "arn:aws:ses:us-east-1:111122223333:identity/e", "SES", CrossOnly},
		{"aoss:apiaccessall", "arn:aws:aoss:us-east-1:111122223333:collection/c", "OpenSearch Serverless", NoPolicy},
		{"payment-cryptography:putresourcepolicy", "arn:aws:payment-cryptography:us-east-1:111122223333:key/k", "Payment Cryptography", NoPolicy},
		{"payment-cryptography:decryptdata", "arn:aws:payment-cryptography:us-east-1:111122223333:key/k", "Payment Cryptography", Standard},
		{"ec2:runinstances", "*", "EC2", SharesOnly},
		{"imagebuilder:getimage", "*", "Image Builder", CrossOnly},
		{"rds:createdbinstance", "*", "", Standard},
		{"s3", "*", "S3", Standard},
		{"", "", "", Standard},
	} {
		if s := serviceOf(c.action, c.resource); s.Name != c.name || s.Rule != c.rule {
			t.Errorf("%s on %s: %q with rule %d, want %q with rule %d", c.action, c.resource, s.Name, s.Rule, c.name, c.rule)
		}
	}
}

func TestPathsTable(t *testing.T) {
	for i := range paths {
		p := &paths[i]
		doc(t, p.Doc, p.Doc)
		if p.ID != PathID(i) {
			t.Errorf("row %d is path %d", i, p.ID)
		}
		if p.Rules == 0 || p.Callers == 0 {
			t.Errorf("path %d is for nobody", i)
		}
		if p.Needs == 0 && p.ID != PathSigned && p.ID != PathPublic {
			t.Errorf("path %d is always open", i)
		}
		if p.Needs&filters != 0 {
			t.Errorf("path %d names a filter: they stand before every path", i)
		}
	}
}

func TestExemptions(t *testing.T) {
	for _, x := range exemptions {
		doc(t, x.doc, x.doc)
		if x.types == 0 || x.types&^allTypes != 0 {
			t.Errorf("%s: exempt from %b", x.doc, x.types)
		}
	}
}

// blameOrder holds every type once; identity before resource, as AWS was seen
// to name them, and the organization before both.
func TestReportOrder(t *testing.T) {
	var all Types
	for _, p := range blameOrder {
		all |= bit(p)
	}
	if all != allTypes || len(blameOrder) != bits.OnesCount16(uint16(allTypes)) {
		t.Fatalf("the order %v is not all types once", blameOrder)
	}
	at := func(p policy.Type) int { return slices.Index(blameOrder[:], p) }
	for _, pair := range [][2]policy.Type{
		{policy.SCP, policy.RCP}, {policy.RCP, policy.Endpoint}, {policy.Endpoint, policy.Identity},
		{policy.Identity, policy.Resource}, {policy.Identity, policy.Key}, {policy.Identity, policy.Trust},
		{policy.Resource, policy.Boundary}, {policy.Key, policy.Boundary}, {policy.Trust, policy.Boundary},
		{policy.Boundary, policy.Session}, {policy.Session, policy.ScopeDown},
	} {
		if at(pair[0]) >= at(pair[1]) {
			t.Errorf("type %d is named after type %d", pair[0], pair[1])
		}
	}
	var e Decider
	for i, p := range blameOrder {
		d := Decision{}
		for _, later := range blameOrder[i:] {
			d.Denies |= bit(later)
		}
		if got := e.firstDeny(&d); got != p {
			t.Errorf("of %v type %d is named", blameOrder[i:], got)
		}
	}
}

// The KMS operations that work on a key of another account, as each operation's
// page says.
//
// https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-modifying-external-accounts.html
func TestCrossAccountKeyActions(t *testing.T) {
	for action, want := range map[string]bool{
		"kms:Decrypt": true, "kms:Encapsulate": true, "kms:Decapsulate": true, "kms:ListGrants": true, "kms:RevokeGrant": true,
		"kms:PutKeyPolicy": false, "kms:GetKeyLastUsage": false, "kms:ScheduleKeyDeletion": false,
	} {
		if got := usableAcross(asked(t, aUser, action, aKey)); got != want {
			t.Errorf("%s on a key of another account: %v", action, got)
		}
	}
	if n := len(crossAccountKeyActions); n != 22 {
		t.Errorf("there are 22 such permissions, not %d", n)
	}
}

// Who manages what AWS owns: a service-linked role, by its own policies.
func TestManaged(t *testing.T) {
	const reserved = "arn:aws:iam::111122223333:role/aws-reserved/sso.amazonaws.com/AWSReservedSSO_Admin_0123456789abcdef"
	may := compiled(t, policy.Identity, `{"Effect": "Allow", "Action": "iam:*", "Resource": "*"}`)
	for _, c := range []struct {
		caller, resource string
		want             Outcome
	}{
		{"arn:aws:sts::111122223333:assumed-role/AWSServiceRoleForSSO/SSO", reserved, Allowed},
		{aSession, reserved, ImplicitDeny},
		{aUser, "arn:aws:iam::111122223333:role/aws-service-role/x.amazonaws.com/AWSServiceRoleForX", ImplicitDeny},
		{aUser, aRole, Allowed},
	} {
		d := Evaluate(&Scenario{Policies: []*Policy{may}}, asked(t, c.caller, "iam:AttachRolePolicy", c.resource))
		if d.Outcome != c.want {
			t.Errorf("%s on %s: %v", c.caller, c.resource, d.Outcome)
		}
	}
}
