package bridge

import "why403/engine/policy"

// maxStrings is the longest object of strings, in bytes: a scenario of 4 MiB,
// each byte of it perhaps an escape of six.
const maxStrings = 6 * 5 << 20

// Strings reads a JSON object of strings. What is none has none.
func Strings(text string) map[string]string {
	fields := map[string]string{}
	root, _ := policy.ParseLongJSON("", text, maxStrings, maxStrings)
	for i, name := range root.Names {
		fields[name.Value] = root.Items[i].Value
	}
	return fields
}
