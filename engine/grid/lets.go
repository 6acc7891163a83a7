package grid

import (
	"slices"

	"why403/engine/lets"
)

// Lets is a policy as a table: a column for each thing that makes a difference.
func Lets(t *lets.Table) *Grid {
	g := &Grid{Caption: "What " + t.Section + " lets through", Head: append(slices.Clone(t.Head), "This policy alone", "Statement")}
	for i := range t.Rows {
		r := &t.Rows[i]
		says := r.Word()
		if r.Asked {
			says += " (this request)"
		}
		g.Rows = append(g.Rows, append(slices.Clone(r.Cells), says, r.Statement))
	}
	return g
}
