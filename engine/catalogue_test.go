package engine

import (
	"strings"
	"testing"

	"why403/engine/catalogue/data"
)

// The catalogue and the engine's table of services that resource control
// policies apply to say the same.
func TestRCPServices(t *testing.T) {
	found := 0
	for _, prefix := range data.All().Prefixes() {
		rcp := data.All().Service(prefix).RCP
		if rcp != rcpServices[prefix] {
			t.Errorf("%s: the catalogue says %v", prefix, rcp)
		}
		if rcp {
			found++
		}
	}
	if found != len(rcpServices) {
		t.Errorf("the catalogue has %d of %d services", found, len(rcpServices))
	}
}

// A service whose resource-based policies decide by a rule of their own isn't
// one without such policies.
func TestServicesWithPolicies(t *testing.T) {
	for i := range services {
		row := &services[i]
		s := data.All().Service(row.prefix)
		if row.Rule == StackRule {
			continue // actions of stack policies are none of IAM's
		}
		if s == nil {
			t.Errorf("the catalogue has no service %s", row.prefix)
			continue
		}
		switch row.Rule {
		case Standard, KeyRule, BothRule, CrossOnly, SharesOnly, TrustRule:
			if s.NoPolicies && row.actions == "" {
				t.Errorf("the catalogue says that %s has no resource-based policies", row.prefix)
			}
		}
	}
}

// Of the services whose resources have shares of AWS RAM in place of policies, none
// has an API operation by which somebody else writes a policy.
func TestSharesOnly(t *testing.T) {
	for i := range services {
		row := &services[i]
		if row.Rule != SharesOnly {
			continue
		}
		for _, a := range data.All().Service(row.prefix).Actions {
			if writes := strings.HasPrefix(a.Name, "Put") && strings.HasSuffix(a.Name, "Policy"); writes && !a.PermissionOnly {
				t.Errorf("%s:%s writes a policy", row.prefix, a.Name)
			}
		}
	}
}
