package engine

// What the tests of package engine_test see of the tables.

// PathTable is every path.
func PathTable() []Path { return paths[:] }

// RulesOf is the service rules that a path exists under.
func RulesOf(p *Path) (out []Rule) {
	for r := Standard; r <= ServiceOwned; r++ {
		if p.Rules&r.bit() != 0 {
			out = append(out, r)
		}
	}
	return out
}
