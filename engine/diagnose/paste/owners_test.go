package paste_test

import (
	"strings"
	"testing"

	"why403/engine/catalogue/data"
	"why403/engine/diagnose"
	"why403/engine/diagnose/paste"
)

// The resource control policies of another account can't be listed from the
// caller's: its owners are asked, as for the policy of the resource.
//
// https://docs.aws.amazon.com/organizations/latest/APIReference/API_ListPoliciesForTarget.html
func TestControlPoliciesOfAnotherAccount(t *testing.T) {
	for account, asked := range map[string]bool{"444455556666": true, "111122223333": false} {
		brought := paste.Scenario([]paste.Piece{denied("kms:Decrypt", "arn:aws:kms:eu-west-1:"+account+":key/0f0e0d0c-1111")})
		found := false
		for _, open := range diagnose.Of(data.All(), brought, nil).Checklist {
			for _, c := range open.Commands {
				if c.ID != "rcps" {
					continue
				}
				found = true
				if asked != (c.Line == "" && strings.Contains(c.Letter, "list-policies-for-target --target-id "+account)) {
					t.Errorf("of account %s the line is %q, and the letter %q", account, c.Line, c.Letter)
				}
			}
		}
		if !found {
			t.Errorf("of account %s no resource control policies are listed", account)
		}
	}
}
