package condition

import (
	"net/netip"
	"strings"
)

// readNetwork reads a policy's CIDR range, or an address as the range of that
// address alone. Bits after the prefix length are ignored: 203.0.113.5/24 is
// 203.0.113.0/24. IPv4 and IPv6 never match each other.
//
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_IPAddress
func readNetwork(text string) (netip.Prefix, bool) {
	if !strings.Contains(text, "/") {
		return readAddress(text)
	}
	network, err := netip.ParsePrefix(text)
	return network, err == nil
}

// readAddress reads the request's address, as a range of one.
func readAddress(text string) (netip.Prefix, bool) {
	// What has not the form of an address is told before netip makes an error
	// of it: a decision allocates nothing. A zone is not one that AWS sees.
	colon := strings.Contains(text, ":")
	if strings.Trim(text, "0123456789abcdefABCDEF.:") != "" || !colon && strings.Count(text, ".") != 3 {
		return netip.Prefix{}, false
	}
	a, err := netip.ParseAddr(text)
	return netip.PrefixFrom(a, a.BitLen()), err == nil
}
