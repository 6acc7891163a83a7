// Package memory counts what a function takes, for tests that hold work against
// bounds: unlike a time, a count is the same on every machine.
package memory

import "runtime"

// Objects is how many objects a function makes.
func Objects(do func()) int { return int(taken(do).Mallocs) }

// Bytes is how many bytes of memory a function asks for, freed ones included.
func Bytes(do func()) int { return int(taken(do).TotalAlloc) }

func taken(do func()) runtime.MemStats {
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	do()
	runtime.ReadMemStats(&after)
	after.Mallocs -= before.Mallocs
	after.TotalAlloc -= before.TotalAlloc
	return after
}
