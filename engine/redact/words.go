package redact

import (
	"fmt"
	"math/bits"
	"strings"
	"unicode"
)

// Stand-ins are words of four letters, each beginning with one of the first
// letters, which stand nowhere else in a word: in a run of several words no other
// word can be read, so no pattern matches by chance.
const (
	firsts  = "bdfghjkptwx"
	vowels  = "aeiou"
	seconds = "lmnrsvc"
	short   = len(firsts) * len(vowels) * len(seconds) * len(vowels)
	stride  = 733 // takes words that follow each other apart; shares no factor with short
)

// word is the stand-in of a number.
func word(n int) string {
	if n >= short {
		return "z" + word(n % short)[1:] + suffix(n/short)
	}
	n = n * stride % short
	b := [4]byte{3: vowels[n%len(vowels)]}
	n /= len(vowels)
	b[2] = seconds[n%len(seconds)]
	n /= len(seconds)
	b[1] = vowels[n%len(vowels)]
	b[0] = firsts[n/len(vowels)]
	return string(b[:])
}

// suffix tells words apart that begin alike, without any letter of firsts.
func suffix(n int) (out string) {
	for range 3 {
		out += string(seconds[n%len(seconds)]) + "y"
		n /= len(seconds)
	}
	return out
}

// padded is a number in so many digits.
func padded(n, digits int, base int) string {
	format := "%0*d"
	if base == 16 {
		format = "%0*x"
	}
	return fmt.Sprintf(format, digits, n)
}

// documented are the account numbers of AWS's documentation.
//
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html
var documented = []string{"111122223333", "444455556666", "777788889999", "123456789012"}

func accountNumber(n int) string {
	if n < len(documented) {
		return documented[n]
	}
	return padded(100_000_000_000+n, 12, 10)
}

// styled gives a word the letter case of a name: all small, all capitals, a
// capital first, or, of a mixed one, a mixed case of its own.
func styled(word, name string, mixed func() int) string {
	switch first := []rune(name)[0]; {
	case name == strings.ToLower(name):
		return word
	case name == strings.ToUpper(name) && len(name) > 1:
		return strings.ToUpper(word)
	case unicode.IsUpper(first) && name[1:] == strings.ToLower(name[1:]):
		return strings.ToUpper(word[:1]) + word[1:]
	}
	mask, out := mixedCase(mixed()), []byte(word)
	for i := range out {
		if mask>>i&1 == 1 {
			out[i] -= 'a' - 'A'
		}
	}
	return string(out)
}

// mixedCase is the n-th set of letters that is neither none, nor all, nor the
// first alone.
func mixedCase(n int) uint {
	for mask := uint(2); mask < 15; mask++ {
		if bits.OnesCount(mask) < 4 {
			if n == 0 {
				return mask
			}
			n--
		}
	}
	return 2
}
