package changelog

import (
	_ "embed"
	"strings"
	"sync"
)

//go:embed rules.tsv
var table string

// rules is the changelog, the oldest first.
var rules = sync.OnceValue(func() (out []Rule) {
	for line := range strings.Lines(table) {
		if row := strings.Split(strings.TrimSuffix(line, "\n"), "\t"); len(row) == 4 {
			out = append(out, Rule{row[0], row[1], row[2], row[3]})
		}
	}
	return out
})
