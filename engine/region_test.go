package engine

import (
	"strings"
	"testing"

	"why403/engine/policy"
)

// A Region that the caller's or the resource's account has not enabled, before
// any policy and whatever it says.
//
// https://docs.aws.amazon.com/accounts/latest/reference/manage-acct-regions.html
func TestRegionNotEnabled(t *testing.T) {
	const mine, other = "111122223333", "444455556666"
	all := compiled(t, policy.Identity, `{"Effect": "Allow", "Action": "*", "Resource": "*"}`)
	open := compiled(t, policy.Resource, `{"Effect": "Allow", "Principal": "*", "Action": "*", "Resource": "*"}`)
	deny := compiled(t, policy.SCP, `{"Effect": "Deny", "Action": "*", "Resource": "*"}`)
	world, err := Compile(&World{
		Entities: []Entity{{ARN: aUser, Policies: []*Policy{all}}, {ARN: "arn:aws:sqs:me-south-1:" + mine + ":q", Policies: []*Policy{open}}},
		Accounts: []AWSAccount{{ID: mine, Regions: []string{"us-east-1", "eu-south-1"}, Policies: []*Policy{deny}},
			{ID: other, Regions: []string{"me-south-1"}}},
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ caller, action, resource, region, off string }{
		{aUser, "sqs:SendMessage", "arn:aws:sqs:me-south-1:" + mine + ":q", "", mine},
		{aUser, "sqs:SendMessage", "arn:aws:sqs:me-south-1:" + other + ":q", "", mine},
		{"arn:aws:iam::" + other + ":user/eve", "sqs:SendMessage", "arn:aws:sqs:me-south-1:" + mine + ":q", "", mine},
		{"anonymous", "sqs:SendMessage", "arn:aws:sqs:me-south-1:" + mine + ":q", "", mine},
		{aUser, "sqs:SendMessage", "arn:aws:sqs:eu-south-1:" + mine + ":q", "", ""},
		{aUser, "sqs:SendMessage", "arn:aws:sqs:eu-west-1:" + mine + ":q", "", ""},
		{aUser, "sqs:SendMessage", "arn:aws-cn:sqs:cn-north-1:" + mine + ":q", "", ""},
		{aUser, "s3:GetObject", "arn:aws:s3:::b/k", "", ""},
		{aUser, "s3:GetObject", "arn:aws:s3:::b/k", "me-south-1", mine},
		{aUser, "iam:GetUser", aUser, "me-south-1", ""},
		{aUser, "sts:GetCallerIdentity", "*", "me-south-1", mine},
		{aUser, "sts:GetCallerIdentity", "*", "", ""},
	} {
		r := Request{Principal: c.caller, Action: c.action, Resource: c.resource}
		if c.region != "" {
			r.Context.Set("aws:RequestedRegion", c.region)
		}
		d, err := world.Decide(r)
		if err != nil {
			t.Fatal(err)
		}
		off := d.Check.DisabledAccount
		if off != c.off || (off != "") != (d.Withheld&RegionGate != 0) {
			t.Errorf("%s on %s in %s: not enabled in %q, want %q", c.action, c.resource, c.region, off, c.off)
		}
		if off != "" && (d.Outcome != ImplicitDeny || d.DeniedBy != policy.Identity) {
			t.Errorf("%s on %s: %v by %d, though no policy is looked at", c.action, c.resource, d.Outcome, d.DeniedBy)
		}
	}
}

// Every Region that is open without opting in is named, and no other.
func TestOptIn(t *testing.T) {
	if n := len(strings.Fields(defaultRegions)); n != 17+5 {
		t.Errorf("%d default Regions", n)
	}
	for region, want := range map[string]bool{"us-east-1": false, "eu-west-3": false, "ap-northeast-3": false, "af-south-1": true,
		"ap-east-1": true, "me-central-1": true, "mx-central-1": true, "us-gov-west-1": false, "cn-north-1": false, "eusc-de-east-1": false,
		"us-iso-east-1": false, "": false, "me-*": false} {
		if OptIn(region) != want {
			t.Errorf("%q: %v", region, !want)
		}
	}
}

// An organization that sets Block Public Access sets it for the account, which
// can't change it then.
//
// https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_s3.html
func TestSetByOrganization(t *testing.T) {
	for _, by := range []bool{false, true} {
		world, err := Compile(&World{Accounts: []AWSAccount{{ID: "111122223333", ByOrganization: by}}})
		if err != nil {
			t.Fatal(err)
		}
		for action, concerned := range map[string]bool{"s3:PutAccountPublicAccessBlock": true, "s3:PutBucketPublicAccessBlock": false} {
			d, err := world.Decide(Request{Principal: aUser, Action: action, Resource: "*"})
			if err != nil {
				t.Fatal(err)
			}
			if got := d.Refusal == RefusedOrganization; got != (by && concerned) {
				t.Errorf("%s, by the organization %v: refused %v", action, by, got)
			}
		}
	}
}
