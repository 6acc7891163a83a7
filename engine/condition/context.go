package condition

import (
	"strings"
	"unicode/utf8"
)

// Context is the request context: condition keys and their values. Key names
// are case-insensitive, the part after the slash of a tag key too. An absent
// key is not an empty one. The zero Context is ready to use and has no keys.
//
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition.html
type Context struct {
	slots []slot
	index map[string]int // name in lower case → slot
	order []int          // the slots of keys that are present, as they were set
	lower []byte
}

// slot keeps the memory of a key, also while the key is absent.
type slot struct {
	name    string // as it was written
	values  []string
	present bool
}

// maxSlots is how many absent keys a Context that is used again remembers.
const maxSlots = 1024

// Set gives the key these values and no others. Without values the key is
// present and empty.
func (c *Context) Set(key string, values ...string) {
	s := c.slot(key)
	s.values = append(s.values[:0], values...)
}

// Add gives the key one more value.
func (c *Context) Add(key, value string) {
	s := c.slot(key)
	s.values = append(s.values, value)
}

// slot returns the slot of a key, which is present from now on.
func (c *Context) slot(key string) *slot {
	c.lower = appendLower(c.lower[:0], key)
	i, known := c.index[string(c.lower)]
	if !known {
		if c.index == nil {
			c.index = map[string]int{}
		}
		i = len(c.slots)
		c.slots = append(c.slots, slot{})
		c.index[string(c.lower)] = i
	}
	s := &c.slots[i]
	if !s.present {
		s.present, s.values = true, s.values[:0]
		c.order = append(c.order, i)
	}
	s.name = key
	return s
}

// Get returns the values of a key, and whether the key is present. The values
// hold until the Context changes.
func (c *Context) Get(key string) (values []string, present bool) {
	i, known := c.index[strings.ToLower(key)]
	if !known || !c.slots[i].present {
		return nil, false
	}
	return c.slots[i].values, true
}

// lookup returns the values of a key that is in lower case.
func (c *Context) lookup(key string) []string {
	if i, known := c.index[key]; known && c.slots[i].present {
		return c.slots[i].values
	}
	return nil
}

// Has reports whether the key is present.
func (c *Context) Has(key string) bool {
	_, present := c.Get(key)
	return present
}

// Each calls f for every key that is present, as it was spelled last, in the
// order in which the keys were set first.
func (c *Context) Each(f func(key string, values []string)) {
	for _, i := range c.order {
		f(c.slots[i].name, c.slots[i].values)
	}
}

// Reset makes every key absent and keeps the memory.
func (c *Context) Reset() {
	if len(c.slots) > maxSlots {
		*c = Context{}
		return
	}
	for _, i := range c.order {
		c.slots[i].present = false
	}
	c.order = c.order[:0]
}

// Variable returns the value of the policy variable ${key}. Keys that can have
// several values are no variables, even when they have one.
//
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html
func (c *Context) Variable(key string) (value string, ok bool) {
	values, _ := c.Get(key)
	if len(values) != 1 || Multivalued(key) {
		return "", false
	}
	return values[0], true
}

// multivalued are the keys, in lower case, that can have several values.
//
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-single-vs-multi-valued-context-keys.html
// https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html
var multivalued = map[string]bool{
	"aws:calledvia":                           true,
	"aws:principalorgpaths":                   true,
	"aws:principalservicenameslist":           true,
	"aws:resourceorgpaths":                    true,
	"aws:sourceorgpaths":                      true,
	"aws:tagkeys":                             true,
	"aws:vpceorgpaths":                        true,
	"dynamodb:attributes":                     true,
	"dynamodb:leadingkeys":                    true,
	"kms:encryptioncontextkeys":               true,
	"kms:grantoperations":                     true,
	"kms:resourcealiases":                     true,
	"route53:changeresourcerecordsetsactions": true,
	"route53:changeresourcerecordsetsnormalizedrecordnames": true,
	"route53:changeresourcerecordsetsrecordtypes":           true,
	"s3:requestobjecttagkeys":                               true,
	"ses:recipients":                                        true,
	"sts:transitivetagkeys":                                 true,
}

// Multivalued reports whether a condition key can have several values in one
// request, as aws:TagKeys can.
//
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-single-vs-multi-valued-context-keys.html
func Multivalued(key string) bool { return multivalued[strings.ToLower(key)] }

// appendLower is strings.ToLower into memory of the caller's.
func appendLower(dst []byte, key string) []byte {
	start := len(dst)
	for i := range len(key) {
		c := key[i]
		if c >= utf8.RuneSelf {
			return append(dst[:start], strings.ToLower(key)...)
		}
		if 'A' <= c && c <= 'Z' {
			c += 'a' - 'A'
		}
		dst = append(dst, c)
	}
	return dst
}
