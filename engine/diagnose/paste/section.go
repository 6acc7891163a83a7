package paste

import (
	"path"
	"strings"

	"why403/engine/policy"
	"why403/engine/scenario"
)

// sectionOf is the section that a file's path names with its last parts, or "".
func sectionOf(name string) string {
	name = strings.ReplaceAll(name, "\\", "/")
	parts := strings.Split(name, "/")
	for n := min(len(parts), 3); n > 0; n-- {
		section := strings.Join(parts[len(parts)-n:], "/")
		if f := scenario.Parse("-- " + section + " --\n{}\n"); !strings.Contains(path.Base(section), " ") && knownSection(f) {
			return section
		}
	}
	return byWord(strings.ToLower(parts[len(parts)-1]))
}

// knownSection reports whether the name of a file's only section is one that
// stands outside of folders.
func knownSection(f *scenario.File) bool {
	for i := range f.Problems {
		switch f.Problems[i].Code {
		case "unknown-section", "bad-section", "no-entity", "no-account":
			return false
		}
	}
	return len(f.Sections) == 1 && strings.HasSuffix(f.Sections[0].Name, ".json") && scenario.HoldsPolicy(f.Sections[0].Name)
}

// words are what people call files with policies of a type.
var words = []struct{ word, section string }{
	{"boundary", "boundary.json"}, {"service-control", "scp/1-root/"}, {"scp", "scp/1-root/"}, {"resource-control", "rcp/1-root/"},
	{"rcp", "rcp/1-root/"}, {"endpoint", "endpoint.json"}, {"vpce", "endpoint.json"}, {"session-policy", "session/"},
	{"identity", "identity/"}, {"bucket-policy", "resource.json"}, {"key-policy", "resource.json"}, {"trust", "resource.json"},
	{"resource-policy", "resource.json"},
}

func byWord(name string) string {
	for _, w := range words {
		if !strings.Contains(name, w.word) {
			continue
		}
		if strings.HasSuffix(w.section, "/") {
			return w.section + strings.TrimSuffix(fileName(name), ".json") + ".json"
		}
		return w.section
	}
	return ""
}

func fileName(name string) string {
	return strings.Map(func(c rune) rune {
		if strings.ContainsRune("/ :", c) || c < ' ' {
			return '-'
		}
		return c
	}, name)
}

// isDocument reports whether a text is one policy document and nothing else.
func isDocument(text string) bool {
	if !strings.Contains(text, `"Statement"`) && !strings.Contains(text, `"Version"`) && !strings.Contains(text, `\u`) {
		return false // of the lines of a log most are none, and to read them takes longest
	}
	root, problems := policy.ParseJSON("", text)
	if policy.Errors(problems) || root == nil || root.Kind != policy.Object {
		return false
	}
	_, statement := root.Field("Statement")
	_, version := root.Field("Version")
	return statement || version && len(root.Names) <= 2
}
