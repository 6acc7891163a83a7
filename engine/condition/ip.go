package condition

import (
	"math/bits"
	"strconv"
	"strings"
)

// network is the addresses that begin with some bits; an address is the network
// of itself alone. It reads and compares what net/netip does, and no zones, which
// AWS never sees; that package is a fiftieth of what the page downloads.
type network struct {
	address [16]byte // of IPv4, the first four
	size    int      // in bytes: 4 or 16
	bits    int
}

// Network reads a CIDR range or an address as IpAddress takes it: how many bits
// all addresses in it begin with, of how many.
func Network(text string) (begin, of int, ok bool) {
	n, ok := readNetwork(text)
	return n.bits, n.size * 8, ok
}

// readNetwork reads a policy's CIDR range, or an address as the range of that
// address alone. Bits after the prefix length are ignored: 203.0.113.5/24 is
// 203.0.113.0/24. IPv4 and IPv6 never match each other.
//
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_IPAddress
func readNetwork(text string) (n network, ok bool) {
	address, length, ranged := strings.Cut(text, "/")
	n, ok = readAddress(address)
	if ok && ranged {
		n.bits, ok = decimal(length, n.bits)
	}
	return n, ok
}

// readAddress reads the request's address, as a range of one.
func readAddress(text string) (n network, ok bool) {
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

// contains reports whether an address, or all of a network, is in this one.
func (n *network) contains(other *network) bool {
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

// ends are the first and the last address of a network.
func (n network) ends() (first, last string) {
	high := n
	for bit := n.bits; bit < n.size*8; bit++ {
		n.address[bit/8] &^= 0x80 >> (bit % 8)
		high.address[bit/8] |= 0x80 >> (bit % 8)
	}
	return n.String(), high.String()
}

// String is the address as RFC 5952 writes it.
func (n *network) String() string {
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
func (n *network) zeros() (start, end int) {
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
