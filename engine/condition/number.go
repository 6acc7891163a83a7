package condition

import (
	"cmp"
	"strings"
)

// number is a decimal number, exactly: 0.d₁d₂d₃… × 10^point with the digits of
// head and then tail, the first of which is not 0. Zero has no digits.
type number struct {
	negative   bool
	head, tail string
	point      int
}

// readNumber reads a whole or decimal number. All of the text has to be one:
// "10abc" isn't. JSON writes numbers with exponents too.
//
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_Numeric
func readNumber(text string) (n number, ok bool) {
	if text != "" && (text[0] == '-' || text[0] == '+') {
		n.negative, text = text[0] == '-', text[1:]
	}
	n.head, text = cutDigits(text)
	if text != "" && text[0] == '.' {
		n.tail, text = cutDigits(text[1:])
	}
	exponent, ok := readExponent(text)
	if !ok || n.head == "" && n.tail == "" {
		return number{}, false
	}
	n.point = len(n.head) + exponent
	return n.normal(), true
}

// readExponent reads nothing, or an exponent that ends the text. Beyond six
// digits it means nothing to any condition key.
func readExponent(text string) (exponent int, ok bool) {
	if text == "" {
		return 0, true
	}
	if text[0] != 'e' && text[0] != 'E' {
		return 0, false
	}
	text = text[1:]
	sign := 1
	if text != "" && (text[0] == '-' || text[0] == '+') {
		if text[0] == '-' {
			sign = -1
		}
		text = text[1:]
	}
	digits, rest := cutDigits(text)
	if digits == "" || len(digits) > 6 || rest != "" {
		return 0, false
	}
	return sign * int(readInt(digits)), true
}

// normal drops the zeros before the first digit.
func (n number) normal() number {
	digits := len(n.head)
	n.head = strings.TrimLeft(n.head, "0")
	n.point -= digits - len(n.head)
	if n.head == "" {
		digits = len(n.tail)
		n.tail = strings.TrimLeft(n.tail, "0")
		n.point -= digits - len(n.tail)
	}
	if n.head == "" && n.tail == "" {
		return number{}
	}
	return n
}

func (n *number) digit(i int) byte {
	switch {
	case i < len(n.head):
		return n.head[i]
	case i-len(n.head) < len(n.tail):
		return n.tail[i-len(n.head)]
	}
	return '0'
}

// sign is -1, 0 or 1.
func (n *number) sign() int {
	switch {
	case n.head == "" && n.tail == "":
		return 0
	case n.negative:
		return -1
	}
	return 1
}

// compare returns -1, 0 or 1.
func (n *number) compare(m *number) int {
	sign := n.sign()
	if c := cmp.Compare(sign, m.sign()); c != 0 || sign == 0 {
		return c
	}
	if c := cmp.Compare(n.point, m.point); c != 0 {
		return c * sign
	}
	for i := range max(len(n.head)+len(n.tail), len(m.head)+len(m.tail)) {
		if c := cmp.Compare(n.digit(i), m.digit(i)); c != 0 {
			return c * sign
		}
	}
	return 0
}

// cutDigits cuts the text after the digits that it starts with.
func cutDigits(text string) (digits, rest string) {
	i := 0
	for i < len(text) && '0' <= text[i] && text[i] <= '9' {
		i++
	}
	return text[:i], text[i:]
}

// readInt reads at most 18 digits.
func readInt(digits string) (n int64) {
	for i := range len(digits) {
		n = n*10 + int64(digits[i]-'0')
	}
	return n
}
