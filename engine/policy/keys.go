package policy

import "strings"

// Keys is the condition keys that a document reads, in its conditions and its
// policy variables, each once, in its own spelling.
func (d *Document) Keys() (keys []string) {
	seen := map[string]bool{}
	add := func(key string) {
		if small := strings.ToLower(key); !seen[small] {
			seen[small] = true
			keys = append(keys, key)
		}
	}
	for i := range d.Statements {
		for j := range d.Statements[i].Condition.Tests {
			add(d.Statements[i].Condition.Tests[j].Key.Value)
		}
	}
	if !d.Variables() {
		return keys
	}
	for rest := d.Text; ; {
		_, after, ok := strings.Cut(rest, "${")
		name, tail, closed := strings.Cut(after, "}")
		if !ok || !closed {
			return keys
		}
		if name, _, _ = strings.Cut(name, ","); strings.Contains(name, ":") {
			add(strings.TrimSpace(name))
		}
		rest = tail
	}
}
