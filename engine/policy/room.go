package policy

// firstRoom and mostRoom are how many values a room takes at once: few at first, since
// a file can have thousands of small policies, then more each time.
const (
	firstRoom = 8
	mostRoom  = 64
)

// room keeps many short lists in few pieces of memory: in WebAssembly most of
// what reading a policy costs is asking for memory, and freeing it.
type room[T any] struct {
	free []T
	next int // how many are taken next
}

// keep copies a list, which is nil for none. Nothing can be appended to it in
// its place.
func (r *room[T]) keep(list []T) []T {
	n := len(list)
	if n == 0 {
		return nil
	}
	kept := r.take(n)
	copy(kept, list)
	return kept
}

// take gives a list of n zero values.
func (r *room[T]) take(n int) []T {
	if n > len(r.free) {
		r.next = min(max(4*r.next, firstRoom), mostRoom)
		r.free = make([]T, max(n, r.next))
	}
	taken := r.free[:n:n]
	r.free = r.free[n:]
	return taken
}
