package redact

import (
	"math/bits"
	"slices"
	"strings"

	"why403/engine/network"
)

// addresses maps addresses and networks so that one lies in another exactly
// where it did before. Lengths of networks are not kept: what matters is what
// lies in what.
type addresses struct {
	found    map[string]network.Range
	bare     map[string]bool // written without a length
	standIns map[network.Range]network.Range
}

func newAddresses() *addresses {
	return &addresses{found: map[string]network.Range{}, bare: map[string]bool{}, standIns: map[network.Range]network.Range{}}
}

// ranges are where stand-ins come from: networks for documentation and, for
// private addresses, private ones.
//
// https://www.rfc-editor.org/rfc/rfc5737, https://www.rfc-editor.org/rfc/rfc3849
var ranges = [...]struct {
	v6, private bool
	in          string
}{
	{false, false, "203.0.113.0/24"},
	{false, true, "10.0.0.0/8"},
	{true, false, "2001:db8::/32"},
	{true, true, "fd00::/8"},
}

// read reads an address or a network. The network of all addresses hides nothing.
func (a *addresses) read(s string) bool {
	p, ok := network.Read(s)
	if !ok {
		return false
	}
	a.bare[s] = !strings.Contains(s, "/")
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
		return out.Address()
	}
	return out.String()
}

// plan gives every network its place.
func (a *addresses) plan() {
	for _, r := range ranges {
		var all []network.Range
		for _, p := range a.found {
			if p.Bits() > 0 && (p.Of() == 128) == r.v6 && p.First().Private() == r.private {
				all = append(all, p)
			}
		}
		slices.SortFunc(all, network.Range.Compare)
		all = slices.Compact(all)
		in, _ := network.Read(r.in)
		a.place(in, all)
	}
}

// place puts networks into one. Those in the order of their addresses that lie in
// none of the others are its parts; each gets the others that lie in it.
func (a *addresses) place(in network.Range, all []network.Range) {
	var parts []network.Range
	inside := map[network.Range][]network.Range{}
	for _, p := range all {
		if k := len(parts) - 1; k >= 0 && parts[k].Contains(&p) {
			inside[parts[k]] = append(inside[parts[k]], p)
			continue
		}
		parts = append(parts, p)
	}
	if len(parts) == 0 {
		return
	}
	most := in.Of()
	// A place more than there are parts: an address outside all of them stays possible.
	length := in.Bits() + bits.Len(uint(len(parts)))
	if length > most {
		return
	}
	for i, p := range parts {
		out := in.Part(i+1, length)
		if p.Single() {
			out = out.First()
		}
		if p.Single() || length < most {
			a.standIns[p] = out
			a.place(out, inside[p])
		}
	}
}
