package condition

import (
	"slices"
	"strings"
)

// Context is the request context: condition keys and their values. Key names
// are case-insensitive, the part after the slash of a tag key too. An absent
// key is not an empty one. The zero Context is ready to use and has no keys.
//
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition.html
type Context struct {
	keys  []contextKey
	index map[string]int // name in lower case → place in keys; nil while they are few
}

// few is how many keys are found faster one by one than in a map.
const few = 16

// contextKey is a key. Its values are never changed in place: contexts share them.
type contextKey struct {
	name, lower string // as it was written, and in lower case
	values      []string
}

// Clone is a context with the same keys that can be changed by itself.
func (c *Context) Clone() Context {
	keys := make([]contextKey, len(c.keys), len(c.keys)+1) // most clones get one more
	copy(keys, c.keys)
	out := Context{keys: keys}
	if len(keys) > few {
		out.note(len(keys) - 1)
	}
	return out
}

// Set gives the key these values and no others. Without values the key is
// present and empty.
func (c *Context) Set(key string, values ...string) {
	c.key(key, strings.ToLower(key)).values = slices.Clone(values)
}

// Add gives the key one more value.
func (c *Context) Add(key, value string) {
	k := c.key(key, strings.ToLower(key))
	k.values = append(slices.Clip(k.values), value)
}

// SetFrom is Set for each key of another context that is to be kept: keep gets its
// name in lower case.
func (c *Context) SetFrom(other *Context, keep func(key string) bool) {
	if c.keys == nil {
		c.keys = make([]contextKey, 0, len(other.keys))
	}
	for i := range other.keys {
		if from := &other.keys[i]; keep(from.lower) {
			c.key(from.name, from.lower).values = from.values
		}
	}
}

// key returns a key, which is present from now on.
func (c *Context) key(name, lower string) *contextKey {
	i := c.find(lower)
	if i < 0 {
		i = len(c.keys)
		c.keys = append(c.keys, contextKey{lower: lower})
		c.note(i)
	}
	c.keys[i].name = name
	return &c.keys[i]
}

// note puts a new key into the index, once there are many.
func (c *Context) note(i int) {
	switch {
	case c.index != nil:
		c.index[c.keys[i].lower] = i
	case len(c.keys) > few:
		c.index = make(map[string]int, cap(c.keys))
		for at := range c.keys {
			c.index[c.keys[at].lower] = at
		}
	}
}

// find gives the place of a key, in lower case, or -1.
func (c *Context) find(lower string) int {
	if c.index != nil {
		if i, known := c.index[lower]; known {
			return i
		}
		return -1
	}
	for i := range c.keys {
		if c.keys[i].lower == lower {
			return i
		}
	}
	return -1
}

// Get returns the values of a key, and whether the key is present. They are
// not to be changed.
func (c *Context) Get(key string) (values []string, present bool) {
	i := c.find(strings.ToLower(key))
	if i < 0 {
		return nil, false
	}
	return c.keys[i].values, true
}

// lookup returns the values of a key that is in lower case.
func (c *Context) lookup(key string) []string {
	if i := c.find(key); i >= 0 {
		return c.keys[i].values
	}
	return nil
}

// Len is how many keys are present.
func (c *Context) Len() int { return len(c.keys) }

// Has reports whether the key is present.
func (c *Context) Has(key string) bool {
	_, present := c.Get(key)
	return present
}

// Each calls f for every key that is present, as it was spelled last, in the
// order in which the keys were set first.
func (c *Context) Each(f func(key string, values []string)) {
	for i := range c.keys {
		f(c.keys[i].name, c.keys[i].values)
	}
}

// Variable returns the value of the policy variable ${key}, a key in lower case.
// Keys that can have several values are no variables, even when they have one.
//
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html
func (c *Context) Variable(key string) (value string, ok bool) {
	values := c.lookup(key)
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
func Multivalued(key string) bool {
	var lower [longestMultivalued]byte
	if len(key) > len(lower) {
		return false
	}
	for i := range len(key) {
		c := key[i]
		if c >= 'A' && c <= 'Z' {
			c += 'a' - 'A'
		}
		lower[i] = c
	}
	return multivalued[string(lower[:len(key)])]
}

// longestMultivalued is at least the length in bytes of the longest such key.
const longestMultivalued = 64
