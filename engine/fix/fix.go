// Package fix finds, for each closed way of a request that is denied
// implicitly, the one statement or grant that would open the way and let the
// request in.
//
// What it proposes was decided by the engine: a Fix is the text of a section
// with which the same file, read anew, allows the request.
package fix

import (
	"why403/engine"
	"why403/engine/explain"
	"why403/engine/policy"
	"why403/engine/scenario"
)

// Fix is one edit that lets a request in.
type Fix struct {
	Request string      // the name of the request
	Way     int         // index in the ways that explain.Explain gives for it
	Title   string      // what to do, as a heading
	Effect  string      // what it gives beyond the request, "" where nothing
	Section string      // the section to change, or to create
	Text    string      // the whole text of the section
	Span    policy.Span // the bytes of Text that are new
}

// MaxReread is how many bytes of candidates are read anew for one file; the
// last may go past it. A file of a few kilobytes, as they are in use, needs a
// fraction of it; one of a megabyte gets one try: the nearest way of its first
// request.
const MaxReread = 1 << 19

// All finds the fixes of all requests of a file, in the order of the requests
// and of their ways. Without what is new in it, a text is what the person
// typed, except that a single statement stands in a list from then on.
//
// While the file has errors there are no fixes. A request that is denied
// explicitly has none: no statement that allows would help.
func All(file *scenario.File) []Fix {
	if file.Errors() {
		return nil
	}
	f := finder{file: file, left: MaxReread}
	for i := range file.Requests {
		f.request(i)
	}
	return f.found
}

// finder makes candidates and tries them.
type finder struct {
	file  *scenario.File
	left  int // of MaxReread
	found []Fix
}

// request finds the fixes of one request.
func (f *finder) request(index int) {
	check := f.file.Requests[index].Check
	if service, action := f.file.Requests[index].World.Action(check.Action); service != nil && action == nil && !engine.KnownAction(check.Action) {
		return // no policy can allow what does not exist
	}
	d := engine.Decide(check)
	if d.Outcome != engine.ImplicitDeny {
		return
	}
	ways := explain.Ways(d)
	tried := map[engine.Gates]*edit{} // several ways can wait for one gate
	for i := range ways {
		gate := ways[i].Blocked
		e, known := tried[gate]
		if !known && f.left > 0 && enough(ways, &ways[i]) {
			e = &edit{file: f.file, asked: &f.file.Requests[index], check: check, decision: d}
			e.works = e.open(gate) && f.allowed(e, index)
			tried[gate] = e
		}
		if e != nil && e.works {
			e.Request, e.Way = check.Name, i
			f.found = append(f.found, e.Fix)
		}
	}
}

// enough reports whether opening what closes a way would let the request in:
// across accounts, nothing else may close the other side. So a grant that the
// caller's account makes is no way around a key policy that lets nobody of it
// in: nobody there could make it.
func enough(ways []engine.Way, w *engine.Way) bool {
	if w.Side == engine.SameAccount {
		return true
	}
	for i := range ways {
		if ways[i].Side != w.Side && ways[i].Blocked&^w.Blocked == 0 {
			return true
		}
	}
	return false
}

// allowed decides the request with an edit. One that AWS would find fault with
// is no fix.
func (f *finder) allowed(e *edit, request int) bool {
	text := e.write(f.file)
	f.left -= len(text)
	after := scenario.ParseWith(f.file.Catalogue, text)
	return !after.Errors() && len(after.Problems) <= len(f.file.Problems) &&
		engine.Decide(after.Requests[request].Check).Outcome == engine.Allowed
}
