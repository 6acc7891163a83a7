package policy

import "strings"

// Keys is condition keys in the order and the spelling in which they were added,
// each once whatever its case.
type Keys struct {
	list []string
	seen map[string]bool
}

// Add adds a key that is not there yet.
func (k *Keys) Add(key string) {
	small := strings.ToLower(key)
	if k.seen[small] {
		return
	}
	if k.seen == nil {
		k.seen = map[string]bool{}
	}
	k.seen[small] = true
	k.list = append(k.list, key)
}

// Has reports whether a key was added, in whatever case.
func (k *Keys) Has(key string) bool { return k.seen[strings.ToLower(key)] }

// List is the keys. It is not to be changed.
func (k *Keys) List() []string { return k.list }

// Keys is the condition keys that a document reads, in its conditions and its
// policy variables, each once, in its own spelling.
func (d *Document) Keys() []string {
	var keys Keys
	for i := range d.Statements {
		for j := range d.Statements[i].Condition.Tests {
			keys.Add(d.Statements[i].Condition.Tests[j].Key.Value)
		}
	}
	if !d.Variables() {
		return keys.list
	}
	for rest := d.Text; ; {
		_, after, ok := strings.Cut(rest, "${")
		name, tail, closed := strings.Cut(after, "}")
		if !ok || !closed {
			return keys.list
		}
		if name, _, _ = strings.Cut(name, ","); strings.Contains(name, ":") {
			keys.Add(strings.TrimSpace(name))
		}
		rest = tail
	}
}
