package condition

import (
	"cmp"
	"strings"
)

// instant is a moment: seconds since 1970, and the digits of the fraction of a
// second without the zeros at their end.
type instant struct {
	seconds  int64
	fraction string
}

func (i *instant) compare(j *instant) int {
	return cmp.Or(cmp.Compare(i.seconds, j.seconds), strings.Compare(i.fraction, j.fraction))
}

// readDate reads a date in one of W3C's formats, as precise as it is written
// (2026 is the first instant of that year), or seconds since 1970.
//
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_Date
// https://www.w3.org/TR/NOTE-datetime
func readDate(text string) (i instant, ok bool) {
	unsigned := strings.TrimPrefix(text, "-")
	digits, rest := cutDigits(unsigned)
	if rest == "" && !(fourDigitsAreYear && len(text) == 4 && len(digits) == 4) {
		if digits == "" || len(digits) > 18 {
			return instant{}, false
		}
		i.seconds = readInt(digits)
		if unsigned != text {
			i.seconds = -i.seconds
		}
		return i, true
	}
	c := calendar{rest: text, month: 1, day: 1}
	if !c.date() || c.rest != "" || c.day > c.daysInMonth() {
		return instant{}, false
	}
	return instant{c.seconds(), strings.TrimRight(c.fraction, "0")}, true
}

// calendar is a date while it is read.
type calendar struct {
	rest                                   string
	year, month, day, hour, minute, second int
	offset                                 int // minutes east of UTC
	fraction                               string
}

// date reads YYYY, YYYY-MM, YYYY-MM-DD, or the last with a T and a time.
func (c *calendar) date() bool {
	if !c.field(&c.year, 4, 0, 9999) {
		return false
	}
	for _, part := range [...]struct {
		value *int
		high  int
	}{{&c.month, 12}, {&c.day, 31}} {
		if c.rest == "" {
			return true
		}
		if !c.skip('-') || !c.field(part.value, 2, 1, part.high) {
			return false
		}
	}
	return c.rest == "" || c.skip('T') && c.time()
}

// time reads hh:mm, hh:mm:ss or hh:mm:ss.s and the time zone, which W3C's
// formats demand.
func (c *calendar) time() bool {
	if !c.clock(&c.hour, &c.minute) {
		return false
	}
	if c.skip(':') {
		if !c.field(&c.second, 2, 0, 59) {
			return false
		}
		if c.skip('.') {
			if c.fraction, c.rest = cutDigits(c.rest); c.fraction == "" {
				return false
			}
		}
	}
	return c.zone()
}

// zone reads Z, +hh:mm or -hh:mm.
func (c *calendar) zone() bool {
	sign, hour, minute := 1, 0, 0
	switch {
	case c.skip('Z'):
		return true
	case c.skip('-'):
		sign = -1
	case !c.skip('+'):
		return false
	}
	ok := c.clock(&hour, &minute)
	c.offset = sign * (hour*60 + minute)
	return ok
}

func (c *calendar) clock(hour, minute *int) bool {
	return c.field(hour, 2, 0, 23) && c.skip(':') && c.field(minute, 2, 0, 59)
}

// field reads exactly width digits.
func (c *calendar) field(value *int, width, low, high int) bool {
	if len(c.rest) < width {
		return false
	}
	digits, rest := cutDigits(c.rest[:width])
	*value = int(readInt(digits))
	c.rest = c.rest[width:]
	return rest == "" && low <= *value && *value <= high
}

func (c *calendar) skip(b byte) bool {
	if c.rest == "" || c.rest[0] != b {
		return false
	}
	c.rest = c.rest[1:]
	return true
}

func (c *calendar) daysInMonth() int {
	leap := c.year%4 == 0 && (c.year%100 != 0 || c.year%400 == 0)
	if c.month == 2 && leap {
		return 29
	}
	return [...]int{31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31}[c.month-1]
}

// seconds counts from 1970. Years are taken from March, so that the leap day is
// the last of its year and months follow one another by a formula.
func (c *calendar) seconds() int64 {
	year, month := c.year+400, c.month-3 // 400 years are a whole number of weeks and keep it positive
	if month < 0 {
		year, month = year-1, month+12
	}
	days := 365*year + year/4 - year/100 + year/400 + (153*month+2)/5 + c.day - 1
	const epoch = 365*2369 + 2369/4 - 2369/100 + 2369/400 + 306 // 1970-01-01, counted the same way
	minutes := (days-epoch)*24*60 + c.hour*60 + c.minute - c.offset
	return int64(minutes)*60 + int64(c.second)
}
