package answer

import "why403/engine/scenario"

// Work is how many steps it takes to answer a file, see [engine.Check.Work]: those
// of every check that a call makes. It counts no further than some steps past
// most.
func Work(f *scenario.File, most int) (work int) {
	if f.Errors() {
		return 0
	}
	for i := range f.Requests {
		for _, c := range callOf(&f.Requests[i]).Checks {
			if work += c.Work(); work > most {
				return work
			}
		}
	}
	return work
}
