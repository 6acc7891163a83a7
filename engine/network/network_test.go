package network

import (
	"math/rand/v2"
	"net/netip"
	"strconv"
	"strings"
	"testing"
)

// sameAsNetip reads a text as netip does, and each other of two the same way.
func sameAsNetip(t *testing.T, text, other string) (read bool) {
	t.Helper()
	netPrefix := func(s string) (netip.Prefix, bool) {
		if strings.Contains(s, "%") {
			return netip.Prefix{}, false // AWS sees no zones
		}
		if !strings.Contains(s, "/") {
			a, err := netip.ParseAddr(s)
			return netip.PrefixFrom(a, a.BitLen()), err == nil
		}
		p, err := netip.ParsePrefix(s)
		return p, err == nil
	}
	want, ok := netPrefix(text)
	got, read := Read(text)
	if read != ok {
		t.Fatalf("%q is read: %v, by netip: %v", text, read, ok)
	}
	if _, single := ReadOne(text); single != (ok && !strings.Contains(text, "/")) {
		t.Fatalf("%q is an address: %v", text, single)
	}
	if !ok {
		return false
	}
	first, last := got.First().Address(), got.Last().Address()
	if got.bits != want.Bits() || got.Address() != want.Addr().String() || got.String() != want.String() ||
		first != want.Masked().Addr().String() {
		t.Fatalf("%q is %s of %d bits from %s; netip has %v from %v", text, got, got.bits, first, want, want.Masked())
	}
	if !want.Addr().Is4In6() && got.First().Private() != want.Masked().Addr().IsPrivate() {
		t.Fatalf("%q is private: %v", text, got.First().Private())
	}
	end, err := netip.ParseAddr(last)
	if err != nil || !want.Contains(end) || end.Next().IsValid() && want.Contains(end.Next()) {
		t.Fatalf("%q ends with %s", text, last)
	}
	if wantOther, ok := netPrefix(other); ok {
		gotOther, _ := Read(other)
		contains := want.Contains(wantOther.Addr()) && wantOther.Bits() >= want.Bits()
		if got.Contains(&gotOther) != contains {
			t.Fatalf("%q contains %q: %v, as netip has it: %v", text, other, !contains, contains)
		}
		if order := want.Masked().Compare(wantOther.Masked()); got.Compare(gotOther) != order {
			t.Fatalf("%q and %q are ordered as %d, by netip as %d", text, other, got.Compare(gotOther), order)
		}
	}
	return true
}

// Texts of the forms that people write, and of those that are nearly so.
var addresses = []string{"", "172.16.0.0/12", "172.32.0.1", "192.168.255.255", "192.169.0.0", "0.0.0.0", "203.0.113.7", "255.255.255.255",
	"256.0.0.1", "1.2.3", "1.2.3.4.5", "01.2.3.4", "1.2.3.04", "0.0.0.00", ".1.2.3",
	"1.2.3.", "1..2.3", "1.2.3.x", "+1.2.3.4", " 1.2.3.4", "1.2.3.4 ", "10.0.0.0/8", "10.0.0.0/08", "10.0.0.0/+8", "10.0.0.0/", "/8", "10.0.0.0/33",
	"10.0.0.0/32", "10.0.0.0/0", "10.1.2.3/8", "10.0.0.0/8/8", "10.0.0.0/999999999999999999999", "::", ":", ":::", "::/0", "::/128", "::/129", "::1",
	"1::", "2001:db8::1", "2001:DB8::1", "2001:db8::/32", "2001:db8:0:0:1:0:0:1", "2001:0db8:0000:0000:0000:0000:0000:0001", "1:2:3:4:5:6:7:8",
	"1:2:3:4:5:6:7:8:9", "1:2:3:4:5:6:7", "1:2:3:4:5:6:7::", "::2:3:4:5:6:7:8", "1:2:3:4::5:6:7:8", "1:2:3:4:5:6:7:8::", "1::2::3", ":1", "1:", "1:::2",
	"12345::", "00001::", "g::", "::ffff:203.0.113.7", "::ffff:203.0.113.0/120", "::203.0.113.7", "1:2:3:4:5:6:203.0.113.7", "1:2:3:4:5:6:7:203.0.113.7",
	"1:2:3:4:5:203.0.113.7", "203.0.113.7::", "::203.0.113.7:1", "::1.2.3", "::1.2.3.256", "1.2:3", "fe80::1%eth0", "fe80::1%eth0/64", "fd00::/8",
	"fc00::/7", "\x10::", "1\x00.2.3.4", "٣.2.3.4", "0:0:0:0:0:0:0:0", "0:0:1:0:0:0:0:1", "1:0:0:2:0:0:3:4", "1:0:2:3:4:5:6:7"}

func TestNetworksAreNetips(t *testing.T) {
	for _, text := range addresses {
		for _, other := range addresses {
			sameAsNetip(t, text, other)
		}
	}
	// Whatever is put together of what addresses are made of.
	c := rand.New(rand.NewPCG(403, 6))
	parts := []string{":", ":", "::", ".", "/", "0", "1", "00", "25", "255", "256", "ffff", "db8", "12345", "10.0.0.0", "8", "0:0", "%"}
	read := 0
	made := func() (text string) {
		for range 1 + c.IntN(14) {
			text += parts[c.IntN(len(parts))]
		}
		return text
	}
	groups := func() string { // most of these are addresses
		list := make([]string, 1+c.IntN(9))
		for i := range list {
			list[i] = []string{"0", "0", "1", "ffff", "db8", ""}[min(c.IntN(20), 5)%6]
			if list[i] == "" && c.IntN(3) > 0 {
				list[i] = "0"
			}
		}
		return strings.Join(list, ":") + []string{"", "", "/0", "/32", "/63", "/64", "/128"}[c.IntN(7)]
	}
	last := ""
	for range 60_000 {
		text := made()
		if c.IntN(2) == 0 {
			text = groups()
		}
		if sameAsNetip(t, text, last) {
			read++
			last = text
		}
	}
	if read < 2_000 {
		t.Errorf("only %d of the texts are addresses", read)
	}
}

// The parts of a range are its ranges of one length, in their order.
func TestPart(t *testing.T) {
	for text, parts := range map[string][]string{
		"203.0.113.0/24":  {"203.0.113.0/26", "203.0.113.64/26", "203.0.113.128/26", "203.0.113.192/26"},
		"203.0.113.77/24": {"203.0.113.0/32", "203.0.113.1/32"},
		"2001:db8::/32":   {"2001:db8::/33", "2001:db8:8000::/33"},
		"fd00::/8":        {"fd00::/18", "fd00:4000::/18", "fd00:8000::/18", "fd00:c000::/18", "fd01::/18"},
	} {
		whole, _ := Read(text)
		for i, want := range parts {
			length, _ := strconv.Atoi(want[strings.IndexByte(want, '/')+1:])
			if got := whole.Part(i, length); got.String() != want || !whole.Contains(&got) {
				t.Errorf("part %d of %s is %s, want %s", i, text, got, want)
			}
		}
	}
}

func FuzzNetwork(f *testing.F) {
	for i, text := range addresses {
		f.Add(text, addresses[len(addresses)-1-i])
	}
	f.Fuzz(func(t *testing.T, text, other string) { sameAsNetip(t, text, other) })
}
