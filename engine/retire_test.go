package engine

import (
	"testing"

	"why403/engine/policy"
)

// Who may retire a grant: whom the grant says, the account that made it, and
// whom IAM policies of an account concerned let. The key policy has no say.
//
// https://docs.aws.amazon.com/kms/latest/developerguide/grant-delete.html
func TestRetireGrant(t *testing.T) {
	const (
		guest     = "arn:aws:iam::444455556666:user/eve"
		guestRoot = "arn:aws:iam::444455556666:root"
		third     = "arn:aws:iam::777788889999:user/tom"
		otherKey  = "arn:aws:kms:us-east-1:111122223333:key/other"
		anyType   = policy.Type(255) // AWS does not say which it names
	)
	may := compiled(t, policy.Identity, `{"Effect": "Allow", "Action": "kms:RetireGrant", "Resource": "*"}`)
	mayNot := compiled(t, policy.Identity, `{"Effect": "Deny", "Action": "kms:RetireGrant", "Resource": "*"}`)
	small := compiled(t, policy.Boundary, `{"Effect": "Allow", "Action": "s3:*", "Resource": "*"}`)
	everyone := compiled(t, policy.Key, `{"Effect": "Allow", "Principal": "*", "Action": "kms:*", "Resource": "*"}`)
	nobody := compiled(t, policy.Key, `{"Effect": "Deny", "Principal": "*", "Action": "kms:*", "Resource": "*"}`)
	noRCP := compiled(t, policy.RCP, `{"Effect": "Deny", "Principal": "*", "Action": "kms:*", "Resource": "*"}`)
	retiring := func(who string) Grant {
		return Grant{Retiring: text(who), Grantee: text("arn:aws:iam::111122223333:user/x")}
	}
	for _, c := range []struct {
		why, caller string
		grants      []Grant
		policies    []*Policy
		want        Outcome
		by          policy.Type
	}{
		{"the retiring principal", aUser, []Grant{retiring(aUser)}, nil, Allowed, 0},
		{"the retiring principal, of another account", guest, []Grant{retiring(guest)}, nil, Allowed, 0},
		{"the retiring role", aSession, []Grant{retiring(aRole)}, nil, Allowed, 0},
		{"the retiring role, behind a boundary", aSession, []Grant{retiring(aRole)}, []*Policy{small}, ImplicitDeny, policy.Boundary},
		{"the retiring service", aService, []Grant{{RetiringService: text(aService)}}, nil, Allowed, 0},
		{"a grantee that has the operation", aUser, []Grant{{Grantee: text(aUser), Operations: texts("RetireGrant")}}, nil, Allowed, 0},
		{"a grantee that has it, whatever the context", aUser,
			[]Grant{{Grantee: text(aUser), Operations: texts("RetireGrant"), Equals: pairs("a", "b")}}, nil, Allowed, 0},
		{"a grantee that has it not", aUser, []Grant{{Grantee: text(aUser), Operations: texts("Decrypt")}}, nil, ImplicitDeny, policy.Identity},
		{"the root user of the key's account, which made it", aRoot, []Grant{retiring(aUser)}, nil, Allowed, 0},
		{"the root user of the account that made it", guestRoot, []Grant{{Grantee: text(aUser), IssuingAccount: "444455556666"}}, nil,
			Allowed, 0},
		{"the root user of some other account", guestRoot, []Grant{retiring(aUser)}, nil, ImplicitDeny, policy.Key},
		{"one of several grants", aUser, []Grant{retiring(guest), retiring(aUser)}, nil, Allowed, 0},
		{"a grant on another key", aUser, []Grant{{KeyID: otherKey, Retiring: text(aUser)}}, nil, ImplicitDeny, policy.Key},

		{"IAM in the key's account", aUser, []Grant{retiring(guest)}, []*Policy{may}, Allowed, 0},
		{"IAM in the account of the retiring principal", guest, []Grant{retiring(guestRoot)}, []*Policy{may}, Allowed, 0},
		{"IAM in the account that made it", guest, []Grant{{Grantee: text(aUser), IssuingAccount: "444455556666"}}, []*Policy{may}, Allowed, 0},
		{"IAM of an account with nothing to do with it", third, []Grant{retiring(guest)}, []*Policy{may}, ImplicitDeny, anyType},
		{"IAM, behind a boundary", aUser, []Grant{retiring(guest)}, []*Policy{may, small}, ImplicitDeny, policy.Boundary},
		{"IAM, with no grant", aUser, nil, []*Policy{may}, ImplicitDeny, policy.Key},
		{"no IAM", aUser, []Grant{retiring(guest)}, nil, ImplicitDeny, policy.Identity},
		{"an IAM deny", aUser, []Grant{retiring(aUser)}, []*Policy{mayNot}, ExplicitDeny, policy.Identity},

		{"a key policy that allows", aUser, []Grant{retiring(guest)}, []*Policy{everyone}, ImplicitDeny, policy.Identity},
		{"a key policy that denies", aUser, []Grant{retiring(aUser)}, []*Policy{nobody}, Allowed, 0},
		{"an RCP that denies", aUser, []Grant{retiring(aUser)}, []*Policy{noRCP}, Allowed, 0},
	} {
		d := Evaluate(&Scenario{Grants: c.grants, Policies: c.policies}, asked(t, c.caller, "kms:RetireGrant", aKey))
		if d.Outcome != c.want || c.want != Allowed && c.by != anyType && d.DeniedBy != c.by {
			t.Errorf("%s: %v by type %d, want %v by type %d", c.why, d.Outcome, d.DeniedBy, c.want, c.by)
		}
	}
}

// Revoking is an ordinary operation: policies allow it, grants can't.
func TestRevokeGrant(t *testing.T) {
	everyone := compiled(t, policy.Key, `{"Effect": "Allow", "Principal": "*", "Action": "kms:RevokeGrant", "Resource": "*"}`)
	for _, c := range []struct {
		scenario Scenario
		want     Outcome
	}{
		{Scenario{Policies: []*Policy{everyone}}, Allowed},
		{Scenario{Grants: []Grant{{Grantee: text(aUser), Retiring: text(aUser), Operations: texts("RevokeGrant", "RetireGrant")}}}, ImplicitDeny},
	} {
		if d := Evaluate(&c.scenario, asked(t, aUser, "kms:RevokeGrant", aKey)); d.Outcome != c.want {
			t.Errorf("%+v: %v", c.scenario.Grants, d.Outcome)
		}
	}
}
