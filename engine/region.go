package engine

import (
	"slices"
	"strings"
)

// defaultRegions are the Regions that no account has to enable: those from
// before March 20, 2019, and those of other partitions than aws, whose names
// begin so.
//
// https://docs.aws.amazon.com/accounts/latest/reference/manage-acct-regions.html
const defaultRegions = "us-east-1 us-east-2 us-west-1 us-west-2 ca-central-1 sa-east-1 eu-central-1 eu-north-1 eu-west-1 eu-west-2 " +
	"eu-west-3 ap-south-1 ap-northeast-1 ap-northeast-2 ap-northeast-3 ap-southeast-1 ap-southeast-2 cn-* us-gov-* us-iso* eu-iso* eusc-*"

// OptIn reports whether an account has to enable a Region before its use.
func OptIn(region string) bool {
	return region != "" && !Lists(defaultRegions, region) && !strings.ContainsAny(region, "*?")
}

// findDisabled finds an account in which the Region that a request goes to is not
// enabled: the caller's, whose credentials nobody knows there, or the resource's,
// which gives no access through IAM to what it has there. Services with one
// endpoint for all Regions are asked there.
//
// https://docs.aws.amazon.com/accounts/latest/reference/API_DisableRegion.html
func (r *Check) findDisabled() {
	region := r.region()
	service, _, _ := strings.Cut(r.action, ":")
	if sent, _ := r.Context.Get("aws:RequestedRegion"); len(sent) == 1 && !globalServices[service] {
		region = sent[0]
	}
	r.DisabledAccount, r.DisabledRegion, r.regionsTold = "", "", false
	for _, id := range [...]string{r.Principal.Account, r.ResourceAccount} {
		a := r.world.Account(id)
		if a == nil || a.Regions == nil {
			continue
		}
		r.regionsTold = true
		if r.DisabledAccount == "" && OptIn(region) && !slices.Contains(a.Regions, region) {
			r.DisabledAccount, r.DisabledRegion = id, region
		}
	}
}
