package redact

import (
	"math/bits"
	"net/netip"
	"slices"
)

// addresses maps addresses and networks so that one lies in another exactly
// where it did before. Lengths of networks are not kept: what matters is what
// lies in what.
type addresses struct {
	found    map[string]netip.Prefix
	bare     map[string]bool // written without a length
	standIns map[netip.Prefix]netip.Prefix
}

func newAddresses() *addresses {
	return &addresses{found: map[string]netip.Prefix{}, bare: map[string]bool{}, standIns: map[netip.Prefix]netip.Prefix{}}
}

// ranges are where stand-ins come from: networks for documentation and, for
// private addresses, private ones.
//
// https://www.rfc-editor.org/rfc/rfc5737, https://www.rfc-editor.org/rfc/rfc3849
var ranges = [...]struct {
	v6, private bool
	in          netip.Prefix
}{
	{false, false, netip.MustParsePrefix("203.0.113.0/24")},
	{false, true, netip.MustParsePrefix("10.0.0.0/8")},
	{true, false, netip.MustParsePrefix("2001:db8::/32")},
	{true, true, netip.MustParsePrefix("fd00::/8")},
}

// read reads an address or a network. The network of all addresses hides nothing.
func (a *addresses) read(s string) bool {
	p, err := netip.ParsePrefix(s)
	if err != nil {
		addr, err := netip.ParseAddr(s)
		if err != nil || addr.Zone() != "" {
			return false
		}
		p = netip.PrefixFrom(addr, addr.BitLen())
		a.bare[s] = true
	}
	a.found[s] = p.Masked()
	return true
}

func (a *addresses) standIn(s string) string {
	p, known := a.found[s]
	if !known || p.Bits() == 0 {
		return s
	}
	out, made := a.standIns[p]
	if !made {
		return s
	}
	if a.bare[s] {
		return out.Addr().String()
	}
	return out.String()
}

// plan gives every network its place.
func (a *addresses) plan() {
	for _, r := range ranges {
		var all []netip.Prefix
		for _, p := range a.found {
			if p.Bits() > 0 && p.Addr().Is6() == r.v6 && p.Addr().IsPrivate() == r.private && !slices.Contains(all, p) {
				all = append(all, p)
			}
		}
		slices.SortFunc(all, netip.Prefix.Compare)
		a.place(r.in, all)
	}
}

// place puts networks into one. Those in the order of their addresses that lie in
// none of the others are its parts; each gets the others that lie in it.
func (a *addresses) place(in netip.Prefix, all []netip.Prefix) {
	var parts []netip.Prefix
	inside := map[netip.Prefix][]netip.Prefix{}
	for _, p := range all {
		if k := len(parts) - 1; k >= 0 && parts[k].Overlaps(p) {
			inside[parts[k]] = append(inside[parts[k]], p)
			continue
		}
		parts = append(parts, p)
	}
	if len(parts) == 0 {
		return
	}
	most := in.Addr().BitLen()
	// A place more than there are parts: an address outside all of them stays possible.
	length := in.Bits() + bits.Len(uint(len(parts)))
	if length > most {
		return
	}
	for i, p := range parts {
		at := length
		if p.IsSingleIP() {
			at = most
		}
		out := netip.PrefixFrom(plus(in.Addr(), i+1, most-length), at).Masked()
		if p.IsSingleIP() || at < most {
			a.standIns[p] = out
			a.place(out, inside[p])
		}
	}
}

// plus adds n<<shift to an address.
func plus(addr netip.Addr, n, shift int) netip.Addr {
	b := addr.AsSlice()
	for bit := range bits.Len(uint(n)) {
		if n>>bit&1 == 1 {
			at := bit + shift
			b[len(b)-1-at/8] |= 1 << (at % 8)
		}
	}
	out, _ := netip.AddrFromSlice(b)
	return out
}
