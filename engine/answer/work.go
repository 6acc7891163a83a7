package answer

import (
	"why403/engine/flow"
	"why403/engine/scenario"
)

// Work is how many steps it takes to answer a file, see [engine.Check.Work]: those
// of every check that a call makes. It counts no further than some steps past
// most.
func Work(f *scenario.File, most int) (work int) {
	if f.Errors() {
		return 0
	}
	for i := range f.Requests {
		r := &f.Requests[i]
		call, err := flow.Of(r.World, r.Request, r.Resources...)
		if err != nil {
			panic(err) // every line of the request was read
		}
		for _, c := range call.Checks {
			if work += c.Work(); work > most {
				return work
			}
		}
	}
	return work
}
