package condition

import (
	"strings"
	"testing"
)

// The keys that can have several values, by AWS's pages; the second list is of
// keys that never have.
//
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-single-vs-multi-valued-context-keys.html
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
// https://docs.aws.amazon.com/kms/latest/developerguide/conditions-kms.html
func TestMultivaluedRows(t *testing.T) {
	several := strings.Fields(`aws:CalledVia aws:PrincipalOrgPaths aws:PrincipalServiceNamesList aws:ResourceOrgPaths aws:SourceOrgPaths 
		aws:TagKeys aws:VpceOrgPaths dynamodb:Attributes dynamodb:LeadingKeys kms:EncryptionContextKeys kms:GrantOperations kms:ResourceAliases
		route53:ChangeResourceRecordSetsActions route53:ChangeResourceRecordSetsNormalizedRecordNames route53:ChangeResourceRecordSetsRecordTypes
		s3:RequestObjectTagKeys ses:Recipients sts:TransitiveTagKeys`)
	one := strings.Fields(`aws:CalledViaFirst aws:CalledViaLast aws:username aws:PrincipalArn aws:PrincipalTag/team 
		aws:SourceArn aws:SourceIp aws:userid kms:ViaService kms:EncryptionContext:app s3:prefix sts:ExternalId`)
	wrong := func() string {
		var c Context
		for _, key := range append(several, one...) {
			c.Set(key, "a")
		}
		for _, key := range several {
			if _, ok := c.Variable(strings.ToLower(key)); ok || !Multivalued(key) {
				return key + " can have several values, so it is not a variable"
			}
		}
		for _, key := range one {
			if v, ok := c.Variable(strings.ToLower(key)); !ok || v != "a" || Multivalued(key) {
				return key + " has one value"
			}
		}
		return ""
	}
	if w := wrong(); w != "" {
		t.Fatal(w)
	}
	for key := range multivalued {
		delete(multivalued, key)
		if wrong() == "" {
			t.Errorf("no case needs %s", key)
		}
		multivalued[key] = true
	}
}
