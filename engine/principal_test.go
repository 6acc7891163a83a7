package engine

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"why403/engine/policy"
)

// Who can make requests.
//
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html
func TestParsePrincipal(t *testing.T) {
	const account = "111122223333"
	for _, c := range []struct {
		text string
		want Principal
	}{
		{aUser, Principal{Kind: User, Account: account, Name: "bob"}},
		{"arn:aws:iam::111122223333:user/bob", Principal{Kind: User, Account: account, Name: "bob"}},
		{aSession, Principal{Kind: RoleSession, Account: account, Name: "one", Role: aRole, UnknownPath: true}},
		{aRole, Principal{Kind: RoleSession, Account: account, Name: "app", Role: aRole}},
		{aPathed, Principal{Kind: RoleSession, Account: account, Name: "app", Role: aPathed}},
		{aFed, Principal{Kind: FederatedUser, Account: account, Name: "ann", FederatedBy: "arn:aws:iam::111122223333:user/ann"}},
		{aRoot, Principal{Kind: Root, Account: account}},
		{"arn:aws-cn:iam::111122223333:root", Principal{Kind: Root, Account: account}},
		{"arn:aws-us-gov:sts::111122223333:assumed-role/app/one", Principal{Kind: RoleSession, Account: account, Name: "one",
			Role: "arn:aws-us-gov:iam::111122223333:role/app", UnknownPath: true}},
		{aService, Principal{Kind: ServicePrincipal}},
		{"ec2.amazonaws.com.cn", Principal{Kind: ServicePrincipal}},
		{"logs.eu-central-1.amazonaws.com", Principal{Kind: ServicePrincipal}},
		{"anonymous", Principal{Kind: Anonymous}},
		{"arn:aws:iam::cloudfront:user/CloudFront Origin Access Identity E1", Principal{Kind: OriginAccessIdentity}},
	} {
		c.want.ARN = c.text
		if got, err := ParsePrincipal(c.text); err != nil || got != c.want {
			t.Errorf("%s: %+v, %v\nwant %+v", c.text, got, err, c.want)
		}
	}
}

func TestParsePrincipalRefuses(t *testing.T) {
	for _, text := range []string{
		"", "*", "bob", "111122223333", "Anonymous", "AIDAIOSFODNN7EXAMPLE", "sns",
		"arn", "arn:", "arn:aws", "arn:aws:iam::111122223333", "arn:aws:iam::111122223333:",
		"arn:aws:iam::1111:user/bob", "arn:aws:iam::11112222333x:user/bob", "arn:aws:iam:::user/bob",
		"arn:aws:iam:us-east-1:111122223333:user/bob", "arn::iam::111122223333:user/bob",
		"ARN:aws:iam::111122223333:user/bob",
		"arn:aws:iam::111122223333:user", "arn:aws:iam::111122223333:user/", "arn:aws:iam::111122223333:user/team/",
		"arn:aws:iam::cloudfront:user/bob", "arn:aws:iam::cloudfront:user/CloudFront Origin Access Identity ",
		"arn:aws:iam::111122223333:group/admins", "arn:aws:iam::111122223333:role/",
		"arn:aws:sts::111122223333:assumed-role/app", "arn:aws:sts::111122223333:assumed-role/app/",
		"arn:aws:sts::111122223333:assumed-role//one", "arn:aws:sts::111122223333:federated-user/",
		"arn:aws:iam::111122223333:assumed-role/app/one", "arn:aws:sts::111122223333:user/bob",
		"arn:aws:s3:::bucket", "arn:aws:iam::111122223333:oidc-provider/idp.example.com",
	} {
		if got, err := ParsePrincipal(text); err == nil {
			t.Errorf("%q is %+v", text, got)
		}
	}
}

func TestServiceLinked(t *testing.T) {
	for role, want := range map[string]bool{
		"":    false,
		aRole: false,
		"arn:aws:iam::111122223333:role/aws-service-role/x.amazonaws.com/linked": true,
		"arn:aws:iam::111122223333:role/team/aws-service-role/linked":            false,
		"arn:aws:iam::111122223333:role/aws-service-role":                        false,
	} {
		if p := (Principal{Kind: RoleSession, Role: role}); p.ServiceLinked() != want {
			t.Errorf("%q: %v", role, !want)
		}
	}
	// Only where nothing tells the path does the name tell.
	const named = "arn:aws:iam::111122223333:role/AWSServiceRoleForX"
	for unknown, want := range map[bool]bool{true: true, false: false} {
		if p := (Principal{Kind: RoleSession, Role: named, UnknownPath: unknown}); p.ServiceLinked() != want {
			t.Errorf("%s, path unknown %v: %v", named, unknown, !want)
		}
	}
}

// naming is one row of the tables below: a caller, a Principal element, and how
// the element names the caller.
type naming struct {
	caller, element string
	want            Kinds
}

const (
	none   = Kinds(0)
	userID = "AIDAIOSFODNN7EXAMPLE"
	roleID = "AROAIOSFODNN7EXAMPLE"

	anAccess = "arn:aws:iam::cloudfront:user/CloudFront Origin Access Identity E1"
)

// How each value names each kind of caller.
//
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html
var namings = []naming{
	// Everyone.
	{aUser, `"*"`, Direct}, {aSession, `"*"`, Direct}, {aRoot, `"*"`, Direct},
	{aFed, `"*"`, Direct}, {aService, `"*"`, Direct}, {"anonymous", `"*"`, Direct},
	{aUser, `{"AWS": "*"}`, Direct}, {"anonymous", `{"AWS": "*"}`, Direct},
	{aService, `{"AWS": "*"}`, Direct},

	// The account, in both spellings.
	{aUser, `{"AWS": "111122223333"}`, Account}, {aUser, `{"AWS": "` + aRoot + `"}`, Account},
	{aSession, `{"AWS": "111122223333"}`, Account}, {aFed, `{"AWS": "111122223333"}`, Account},
	{aRoot, `{"AWS": "111122223333"}`, Direct}, {aRoot, `{"AWS": "` + aRoot + `"}`, Direct},
	{aUser, `{"AWS": "444455556666"}`, none}, {aUser, `{"AWS": "arn:aws-cn:iam::111122223333:root"}`, none},
	{aService, `{"AWS": "111122223333"}`, none}, {"anonymous", `{"AWS": "111122223333"}`, none},
	{aUser, `{"CanonicalUser": "111122223333"}`, Account},
	{"anonymous", `{"CanonicalUser": ""}`, none},

	// A user. Names are case-sensitive, and the path is part of the ARN.
	{aUser, `{"AWS": "` + aUser + `"}`, Direct},
	{aUser, `{"AWS": "arn:aws:iam::111122223333:user/bob"}`, none},
	{aUser, `{"AWS": "arn:aws:iam::111122223333:user/team/Bob"}`, none},
	{aUser, `{"AWS": "arn:aws:iam::111122223333:user/*"}`, none},
	{aUser, `{"AWS": "arn:aws:iam::111122223333:*"}`, none},
	{aUser, `{"AWS": "` + userID + `"}`, Direct},
	{aUser, `{"AWS": "` + roleID + `"}`, none},

	// A role session: its own ARN, and its role behind it.
	{aSession, `{"AWS": "` + aSession + `"}`, Direct},
	{aSession, `{"AWS": "arn:aws:sts::111122223333:assumed-role/app/two"}`, none},
	{aSession, `{"AWS": "arn:aws:sts::111122223333:assumed-role/app/*"}`, none},
	{aSession, `{"AWS": "` + aRole + `"}`, Parent},
	// Nothing tells its path, and the account has no two roles of one name.
	{aSession, `{"AWS": "` + aPathed + `"}`, Parent},
	{aSession, `{"AWS": "arn:aws:iam::111122223333:role/app/other"}`, none},
	{aSession, `{"AWS": "arn:aws:iam::444455556666:role/path/app"}`, none},
	{aSession, `{"AWS": "arn:aws-cn:iam::111122223333:role/path/app"}`, none},
	{aSession, `{"AWS": "` + roleID + `"}`, Parent},
	{aRole, `{"AWS": "` + aRole + `"}`, Parent},

	// A federated user session, and the user that asked for it.
	{aFed, `{"AWS": "` + aFed + `"}`, Direct},
	{aFed, `{"AWS": "arn:aws:iam::111122223333:user/ann"}`, Parent},

	// A service, by its whole name.
	{aService, `{"Service": "sns.amazonaws.com"}`, Direct},
	{aService, `{"Service": "sns.us-east-1.amazonaws.com"}`, none},
	{aService, `{"Service": "*"}`, none}, {aService, `{"AWS": "sns.amazonaws.com"}`, none},
	{aUser, `{"Service": "sns.amazonaws.com"}`, none},

	// An origin access identity, by its ARN.
	{anAccess, `{"AWS": "` + anAccess + `"}`, Direct}, {anAccess, `"*"`, Direct}, {anAccess, `{"AWS": "111122223333"}`, none},
	{anAccess, `{"AWS": "arn:aws:iam::cloudfront:user/CloudFront Origin Access Identity E2"}`, none},
	{aUser, `{"AWS": "` + anAccess + `"}`, none},

	// Several values add up.
	{aSession, `{"AWS": ["` + aSession + `", "` + aRole + `", "111122223333"]}`, Direct | Parent | Account},
	{aUser, `{"AWS": "444455556666", "Service": "sns.amazonaws.com"}`, none},
}

func TestNaming(t *testing.T) {
	ids := map[PrincipalKind]string{User: userID, RoleSession: roleID + ":one"}
	for _, n := range namings {
		p := caller(t, n.caller)
		statement := compiled(t, policy.Resource, `{"Effect": "Allow", "Principal": `+n.element+`, "Action": "*", "Resource": "*"}`).statements[0]
		if got := p.listed(&statement.Principal, ids[p.Kind]); got != n.want {
			t.Errorf("%s names %s as %b, want %b", n.element, n.caller, got, n.want)
		}
	}
}

// Callers whose ARN does not say what is behind them.
func TestNamingByParent(t *testing.T) {
	const oidc = "arn:aws:iam::111122223333:oidc-provider/idp.example.com"
	for _, c := range []struct {
		principal Principal
		value     policy.PrincipalValue
		want      Kinds
	}{
		{Principal{Kind: RoleSession, ARN: aSession, Role: aPathed, Account: "111122223333"}, value(policy.AWS, aPathed), Parent},
		{Principal{Kind: RoleSession, ARN: aSession, Role: aPathed, Account: "111122223333"}, value(policy.AWS, aRole), none},
		{Principal{Kind: FederatedUser, ARN: aFed, FederatedBy: aUser, Account: "111122223333"}, value(policy.AWS, aUser), Parent},
		{Principal{Kind: FederatedUser, ARN: aFed, FederatedBy: aRoot, Account: "111122223333"}, value(policy.AWS, "111122223333"),
			Account | Parent},
		{Principal{Kind: WebFederated, ARN: aSession, FederatedBy: oidc}, value(policy.Federated, oidc), Direct},
		{Principal{Kind: WebFederated, ARN: aSession, FederatedBy: oidc}, value(policy.Federated, "accounts.google.com"), none},
		{Principal{Kind: WebFederated, ARN: aSession, FederatedBy: oidc}, value(policy.AWS, aSession), none},
		{Principal{Kind: RoleSession, ARN: aSession, FederatedBy: oidc, Account: "111122223333"}, value(policy.Federated, oidc), none},
	} {
		if got := c.principal.names(&c.value, ""); got != c.want {
			t.Errorf("%q names %+v as %b, want %b", c.value.Value, c.principal, got, c.want)
		}
	}
}

func value(kind policy.PrincipalKind, text string) policy.PrincipalValue {
	return policy.PrincipalValue{Kind: kind, Text: policy.Text{Value: text}}
}

// NotPrincipal: for whom the statement is. A Deny spares who is listed, unless
// there is a permissions boundary.
//
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_notprincipal.html
func TestNotPrincipal(t *testing.T) {
	boundary := compiled(t, policy.Boundary, `{"Effect": "Allow", "Action": "*", "Resource": "*"}`)
	for _, c := range []struct {
		effect, caller, element string
		boundary, matches       bool
	}{
		{"Deny", aUser, `{"AWS": "` + aUser + `"}`, false, false},
		{"Deny", aUser, `{"AWS": "` + aUser + `"}`, true, true},
		{"Deny", aUser, `{"AWS": ["` + aUser + `", "111122223333"]}`, true, true},
		{"Deny", aUser, `{"AWS": "111122223333"}`, false, true}, // an account spares its root user alone
		{"Deny", aUser, `{"AWS": "` + aRoot + `"}`, false, true},
		{"Deny", aUser, `{"AWS": ["arn:aws:iam::111122223333:user/ann", "` + aRoot + `"]}`, false, true},
		{"Deny", aUser, `{"AWS": ["` + aUser + `", "` + aRoot + `"]}`, false, false},
		{"Deny", aUser, `{"AWS": "444455556666"}`, false, true},
		{"Deny", aSession, `{"AWS": "` + aSession + `"}`, false, false},
		{"Deny", aSession, `{"AWS": "` + aRole + `"}`, false, true}, // its sessions are not spared
		{"Deny", aSession, `{"AWS": ["` + aRole + `", "` + aSession + `", "111122223333"]}`, false, false},
		{"Deny", aSession, `{"AWS": "111122223333"}`, false, true},
		{"Deny", aSession, `{"AWS": ["` + aRole + `", "111122223333"]}`, false, false},
		{"Deny", aSession, `{"AWS": ["` + aRole + `", "111122223333"]}`, true, true},
		{"Deny", aSession, `{"AWS": ["arn:aws:sts::111122223333:assumed-role/app/two", "` + aRoot + `"]}`, false, true},
		{"Deny", aFed, `{"AWS": "` + aFed + `"}`, false, false},
		{"Deny", aFed, `{"AWS": "arn:aws:iam::111122223333:user/ann"}`, false, true},
		{"Deny", aFed, `{"AWS": "` + aRoot + `"}`, false, true},
		{"Deny", aFed, `{"AWS": ["arn:aws:iam::111122223333:user/ann", "` + aRoot + `"]}`, false, false},
		{"Deny", aRoot, `{"AWS": "` + aRoot + `"}`, false, false},
		{"Deny", aRoot, `{"AWS": "` + aUser + `"}`, false, true},
		{"Deny", aRoot, `{"AWS": "111122223333"}`, true, false}, // the root user has no boundary
		{"Deny", aService, `{"Service": "sns.amazonaws.com"}`, false, false},
		{"Deny", aService, `{"AWS": "111122223333"}`, false, true},
		{"Deny", "anonymous", `{"AWS": "111122223333"}`, false, true},
		{"Allow", aUser, `{"AWS": "` + aUser + `"}`, false, false},
		{"Allow", aUser, `{"AWS": "444455556666"}`, false, true},
		{"Allow", aSession, `{"AWS": "` + aRole + `"}`, false, false},
		{"Allow", "anonymous", `{"AWS": "` + aUser + `"}`, false, true},
	} {
		s := &Scenario{Policies: []*Policy{compiled(t, policy.Resource,
			`{"Effect": "`+c.effect+`", "NotPrincipal": `+c.element+`, "Action": "*", "Resource": "*"}`)}}
		if c.boundary {
			s.Policies = append(s.Policies, boundary)
		}
		step := Evaluate(s, asked(t, c.caller, "sqs:SendMessage", "arn:aws:sqs:us-east-1:111122223333:q")).Steps[0]
		if (step.Miss == Matched) != c.matches || c.matches && step.Names != Direct {
			t.Errorf("%s with NotPrincipal %s, boundary %v, is for %s: %v as %b", c.effect, c.element, c.boundary, c.caller, !c.matches, step.Names)
		}
	}
}

// Every form that is shown is one of a caller, each of another kind, or with
// another reading of its role, and every kind that has no token is shown.
func TestPrincipalForms(t *testing.T) {
	seen := map[string]string{}
	for _, form := range PrincipalForms() {
		p, err := ParsePrincipal(form[1])
		if err != nil {
			t.Errorf("%s: %v", form[0], err)
		}
		kind := fmt.Sprint(p.Kind, p.UnknownPath)
		if seen[kind] != "" {
			t.Errorf("%s is written like %s", form[0], seen[kind])
		}
		seen[kind] = form[0]
		if domain := slices.ContainsFunc(ServiceDomains[:], func(d string) bool { return strings.HasSuffix(form[1], d) }); domain !=
			(p.Kind == ServicePrincipal) {
			t.Errorf("%s has the domain of a service: %v", form[1], domain)
		}
		if strings.HasPrefix(form[1], "arn:") && !slices.Contains(CallerARNs[:], ARNPart(form[1], 2)) {
			t.Errorf("the service of %s is in no ARN of a caller", form[1])
		}
	}
	for kind := User; kind <= OriginAccessIdentity; kind++ {
		if seen[fmt.Sprint(kind, false)] == "" && kind != WebFederated {
			t.Errorf("no form is of kind %v", kind)
		}
	}
}
