// Package network reads IP addresses and networks, as IpAddress compares them. It
// does what net/netip does, but for zones, which AWS never sees; that package is a
// fiftieth of what the page downloads.
package network

import (
	"cmp"
	"math/bits"
	"strconv"
	"strings"
)

// Range is the addresses that begin with some bits, as a CIDR range has it. An
// address is the range of itself alone. Ranges can be compared with ==.
type Range struct {
	address [16]byte // of IPv4, the first four
	size    int      // in bytes: 4 or 16
	bits    int
}

// Bits is how many bits all addresses in it begin with.
func (n Range) Bits() int { return n.bits }

// Of is how many bits its addresses have: 32 or 128.
func (n Range) Of() int { return n.size * 8 }

// Single reports whether it is one address.
func (n Range) Single() bool { return n.bits == n.Of() }

// Read reads a policy's CIDR range, or an address as the range of that
// address alone. Bits after the prefix length are ignored: 203.0.113.5/24 is
// 203.0.113.0/24. IPv4 and IPv6 never match each other.
//
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_IPAddress
func Read(text string) (n Range, ok bool) {
	address, length, ranged := strings.Cut(text, "/")
	n, ok = ReadOne(address)
	if ok && ranged {
		n.bits, ok = decimal(length, n.bits)
	}
	return n, ok
}

// ReadOne reads the request's address, as a range of one.
func ReadOne(text string) (n Range, ok bool) {
	if !strings.Contains(text, ":") {
		n.size, n.bits = 4, 32
		return n, readIPv4(n.address[:], text)
	}
	n.size, n.bits = 16, 128
	// "::" is one or more groups of zeros.
	before, after, gap := strings.Cut(text, "::")
	front, ok := readGroups(n.address[:], before, !gap)
	if !ok || !gap {
		return n, ok && front == n.size
	}
	var tail [16]byte
	back, ok := readGroups(tail[:], after, true)
	copy(n.address[n.size-back:], tail[:back])
	return n, ok && front+back < n.size
}

// readIPv4 reads four numbers without leading zeros.
func readIPv4(to []byte, text string) bool {
	for i := range 4 {
		part, rest, more := strings.Cut(text, ".")
		n, ok := decimal(part, 255)
		if !ok || more != (i < 3) {
			return false
		}
		to[i], text = byte(n), rest
	}
	return true
}

// readGroups reads groups of up to four hexadecimal digits. The last two of an
// address can be written as an IPv4 address.
//
// https://www.rfc-editor.org/rfc/rfc4291#section-2.2
func readGroups(to []byte, text string, last bool) (n int, ok bool) {
	for more := text != ""; more; n += 2 {
		var group string
		group, text, more = strings.Cut(text, ":")
		if last && !more && strings.Contains(group, ".") {
			return min(n+4, len(to)), n+4 <= len(to) && readIPv4(to[n:], group)
		}
		value, ok := digits(group, 16, 0xffff)
		if !ok || len(group) > 4 || n == len(to) {
			return 0, false
		}
		to[n], to[n+1] = byte(value>>8), byte(value)
	}
	return n, true
}

// decimal reads a number without leading zeros, up to the most that it can be.
func decimal(text string, most int) (n int, ok bool) {
	n, ok = digits(text, 10, most)
	return n, ok && (text[0] != '0' || text == "0")
}

func digits(text string, base, most int) (n int, ok bool) {
	for i := range len(text) {
		digit := strings.IndexByte("0123456789abcdefABCDEF", text[i])
		if digit > 15 {
			digit -= 6
		}
		n = n*base + digit
		if digit < 0 || digit >= base || n > most {
			return 0, false
		}
	}
	return n, text != ""
}

// Contains reports whether an address, or all of a network, is in this one.
func (n *Range) Contains(other *Range) bool {
	if n.size != other.size || n.bits > other.bits {
		return false
	}
	for i := range n.size {
		if differ := n.address[i] ^ other.address[i]; differ != 0 {
			return i*8+bits.LeadingZeros8(differ) >= n.bits
		}
	}
	return true
}

// Private reports whether all of it is in the networks for private use.
//
// https://www.rfc-editor.org/rfc/rfc1918, https://www.rfc-editor.org/rfc/rfc4193
func (n Range) Private() bool {
	for _, text := range [...]string{"10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "fc00::/7"} {
		if private, _ := Read(text); private.Contains(&n) {
			return true
		}
	}
	return false
}

// Masked is the range without what its text has behind the bits that count.
func (n Range) Masked() Range {
	first := n.First()
	first.bits = n.bits
	return first
}

// First is the first of its addresses.
func (n Range) First() Range { return n.filled(0x00) }

// Last is the last of its addresses.
func (n Range) Last() Range { return n.filled(0xff) }

// filled is the address that has such bits behind those of the network.
func (n Range) filled(with byte) Range {
	for bit := n.bits; bit < n.Of(); bit++ {
		mask := byte(0x80) >> (bit % 8)
		n.address[bit/8] = n.address[bit/8]&^mask | with&mask
	}
	n.bits = n.Of()
	return n
}

// Part is a smaller network in this one: of all that begin with so many bits,
// the one of this number.
func (n Range) Part(number, bits int) Range {
	part := n.First()
	for bit := bits - 1; bit >= 0 && number > 0; bit, number = bit-1, number>>1 {
		part.address[bit/8] |= byte(number&1) << (7 - bit%8)
	}
	part.bits = bits
	return part
}

// Compare orders networks by their first addresses, the larger first.
func (n Range) Compare(other Range) int {
	a, b := n.First(), other.First()
	return cmp.Or(cmp.Compare(n.size, other.size), cmp.Compare(string(a.address[:]), string(b.address[:])), cmp.Compare(n.bits, other.bits))
}

// String is the range with its length, as it is written in policies.
func (n Range) String() string { return n.Address() + "/" + strconv.Itoa(n.bits) }

// Address is the address without the length, as RFC 5952 writes it.
func (n Range) Address() string {
	if n.size == 4 {
		return dotted(n.address[:4])
	}
	if string(n.address[:12]) == "\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\xff\xff" {
		return "::ffff:" + dotted(n.address[12:])
	}
	gap, end := n.zeros()
	text := ""
	for i := 0; i < 16; i += 2 {
		switch {
		case i == gap:
			text += "::"
			i = end - 2
			continue
		case i > 0 && i != end:
			text += ":"
		}
		text += strconv.FormatUint(uint64(n.address[i])<<8|uint64(n.address[i+1]), 16)
	}
	return text
}

// zeros is where the first of the longest runs of groups of zeros is; from -1
// where none is longer than one.
func (n *Range) zeros() (start, end int) {
	start = -1
	for i := 0; i < 16; i += 2 {
		to := i
		for to < 16 && n.address[to] == 0 && n.address[to+1] == 0 {
			to += 2
		}
		if to-i > max(2, end-start) {
			start, end = i, to
		}
	}
	return start, end
}

func dotted(address []byte) string {
	text := ""
	for i, b := range address {
		if i > 0 {
			text += "."
		}
		text += strconv.Itoa(int(b))
	}
	return text
}
