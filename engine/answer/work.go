package answer

import "why403/engine/scenario"

// How many steps it takes to tell what one statement does, and what one check comes
// to.
const (
	perStatement = 1 << 10
	perCheck     = 1 << 13
)

// Work is how many steps it takes to answer a file, see [engine.Check.WholeWork]:
// those of every check that a call makes, and of telling it. It counts no further
// than some steps past most.
func Work(f *scenario.File, most int) (work int) {
	if f.Errors() {
		return 0
	}
	for i := range f.Requests {
		for _, c := range callOf(&f.Requests[i]).Checks {
			work += perCheck + c.WholeWork()
			for _, p := range c.Policies {
				work += len(p.Statements) * perStatement
			}
			if work > most {
				return work
			}
		}
	}
	return work
}
