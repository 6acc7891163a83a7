package engine

import "testing"

// What some credentials can't call, whatever policies say.
//
// https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_sts-comparison.html
func TestRefused(t *testing.T) {
	for _, c := range []struct {
		caller, action string
		want           bool
	}{
		{aFed, "iam:ListRoles", true}, {aFed, "sts:AssumeRole", true}, {aFed, "sts:GetCallerIdentity", false},
		{aFed, "STS:GetScopedCredentials", false}, {aFed, "sts:GetDelegatedAccessToken", false}, {aFed, "s3:GetObject", false},
		{aSession, "sts:GetSessionToken", true}, {aSession, "sts:GetFederationToken", true}, {aSession, "sts:AssumeRole", false},
		{aSession, "iam:ListRoles", false}, {aUser, "sts:GetSessionToken", false},
		{aRoot, "sts:AssumeRoot", true}, {aUser, "sts:AssumeRoot", false}, {aRoot, "sts:GetScopedCredentials", true},
		{anAccess, "kms:Decrypt", true}, {anAccess, "s3:GetObject", false}, {"anonymous", "sts:GetSessionToken", true},
		{"anonymous", "sts:AssumeRole", true}, {"anonymous", "sts:AssumeRoleWithSAML", false}, {"anonymous", "sts:TagSession", false},
		{"anonymous", "kms:Decrypt", false}, {"anonymous", "ec2:RunInstances", true}, {"anonymous", "s3:GetObject", false},
		{"anonymous", "sqs:SendMessage", false}, {"anonymous", "lambda:InvokeFunction", false},
	} {
		r := asked(t, c.caller, c.action, "*")
		if got := r.barred != nil; got != c.want {
			t.Errorf("%s by %s is refused: %v", c.action, c.caller, got)
		}
	}
	for _, f := range credentialRules {
		doc(t, f.actions, f.doc)
	}
}

// Whose account may make calls that only administrators of an organization
// may.
//
// https://docs.aws.amazon.com/organizations/latest/userguide/orgs_integrate_delegated_admin.html
func TestAdministers(t *testing.T) {
	const mine, other, third = "111122223333", "444455556666", "777788889999"
	for _, c := range []struct {
		caller, action, management, delegated string
		want                                  bool
	}{
		{aUser, "organizations:ListAccounts", mine, "", true},
		{aUser, "organizations:ListAccounts", other, "", false},
		{aUser, "organizations:ListAccounts", other, mine, true},
		{aUser, "organizations:ListAccounts", other, third, false},
		{aUser, "organizations:ListAccounts", "", "", true}, // nothing says otherwise
		{aUser, "organizations:CreateAccount", other, mine, false},
		{aUser, "organizations:CreateAccount", mine, "", true},
		{aUser, "organizations:DescribeOrganization", other, "", true}, // any account may
		{aUser, "sts:AssumeRoot", other, mine, true},
		{aUser, "sts:AssumeRoot", other, "", false},
		{aService, "organizations:ListAccounts", mine, "", false},
	} {
		r := &Check{Principal: caller(t, c.caller), Action: c.action, Resource: "*", ManagementAccount: c.management,
			DelegatedAccount: c.delegated}
		r.Prepare()
		if r.admin != c.want {
			t.Errorf("%s by %s, management %q, delegated %q: %v", c.action, c.caller, c.management, c.delegated, r.admin)
		}
	}
}

// A user's request says by its keys that its credentials are temporary.
func TestTemporaryUser(t *testing.T) {
	for _, c := range []struct {
		caller, key string
		want        bool
	}{
		{aUser, "aws:TokenIssueTime", true}, {aUser, "aws:MultiFactorAuthPresent", true}, {aUser, "aws:SourceIp", false},
		{aSession, "aws:TokenIssueTime", false},
	} {
		if got := asked(t, c.caller, "iam:ListRoles", "*", c.key, "true").TemporaryUser(); got != c.want {
			t.Errorf("%s with %s: %v", c.caller, c.key, got)
		}
	}
}
