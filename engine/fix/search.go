package fix

import (
	"slices"

	"why403/engine"
	"why403/engine/answer"
	"why403/engine/explain"
	"why403/engine/policy"
	"why403/engine/scenario"
)

// maxSteps is how many changes one fix makes at most, and maxTries how many
// files are judged in search of fixes.
const (
	maxSteps = 5
	maxTries = 220
)

// move is one change: a section gets another text.
type move struct {
	kind    Kind
	section string
	text    string
	title   string
	loosens string
	note    string // what to know besides
	owner   string
	traits  Traits
	mends   place // the statement that it brings nearer to matching
}

// place is a statement: the section, and its index from 1; 0 is none.
type place struct {
	section string
	index   int
}

// node is a file after some moves.
type node struct {
	file  *scenario.File
	moves []move
	cost  int
	lost  []string // guards that it gives up without a word so far
	tried bool     // without the guards
	state
}

// state is how far a request is from being allowed.
type state struct {
	check    *engine.Check    // the first check of the call that fails, nil where all allow
	decision *engine.Decision // of it
	depends  []string         // what it depends on beside these checks, and is not known
	failing  []string         // every check that fails
	distance int              // how many gates are closed and Deny statements match, for all checks together
}

// finder looks for the fixes of one request: the cheapest moves first.
type finder struct {
	search *Search
	file   *scenario.File
	index  int // of the request
	left   int // of MaxReread
	share  int // of MaxAll
	room   int // how many bytes moves may still be made of
	tries  int
	queue  []node
	seen   map[string]bool // texts that were judged
	guards []string        // condition keys that every statement asks for which comes near
	found  []Fix
}

func (f *finder) find() Found {
	start := node{file: f.file, state: stateOf(f.search.judged(f.index))}
	switch {
	case start.check == nil && len(start.depends) > 0:
		return Found{Reason: "Nothing tells whether it is denied. It depends on " + list(start.depends) + ": find that out first."}
	case start.check == nil:
		return Found{}
	}
	if reason := hopeless(start.check, start.decision); reason != "" {
		return Found{Reason: reason}
	}
	f.seen, f.queue, f.guards = map[string]bool{}, []node{start}, guardsOf(&start)
	for len(f.queue) > 0 && len(f.found) < MaxFixes && f.more() {
		next := f.queue[0]
		f.queue = f.queue[1:]
		if next.check == nil && !next.tried {
			f.unguard(&next)
		}
		if next.check == nil {
			if len(next.lost) > 0 && len(f.queue) > 0 && f.queue[0].cost < next.cost {
				f.enqueue(next) // there are better ones
				continue
			}
			f.offer(&next)
			continue
		}
		f.expand(&next)
	}
	if len(f.found) == 0 {
		return Found{Reason: unfixed(start.check, start.decision, f.left > 0 && f.share > 0)}
	}
	return Found{Fixes: f.found}
}

// more reports whether more files may be judged.
func (f *finder) more() bool { return f.tries < maxTries && f.left > 0 && f.share > 0 }

// spend counts a file that is read anew.
func (f *finder) spend(text string) {
	f.left -= len(text)
	f.share -= f.search.tryCost(text)
}

// judge decides the request of a file.
func (f *finder) judge(file *scenario.File) state {
	j := answer.Judge(&file.Requests[f.index])
	return stateOf(&j)
}

// stateOf is how far a request is from being allowed. A check that depends on what is
// not known is not one that fails.
func stateOf(j *answer.Judged) (s state) {
	for i := range j.Checks {
		d := j.Checks[i].Decision
		switch d.Outcome {
		case engine.Allowed:
			continue
		case engine.Undecided:
			s.depends = unknowns(s.depends, d.Depends.On)
			continue
		}
		if s.check == nil {
			s.check, s.decision = d.Check, d
		}
		s.failing = append(s.failing, checkName(d.Check))
		s.distance += distance(d)
	}
	if s.check == nil && len(s.depends) == 0 && j.Outcome == engine.Undecided {
		s.depends = append(s.depends, "the key that encrypts it")
	}
	return s
}

// checkName tells a check from the others of its call.
func checkName(c *engine.Check) string { return c.Action + " " + c.Resource + " " + c.Principal.ARN }

// distance is how many things have to change before a check is allowed.
func distance(d *engine.Decision) (n int) {
	for i := range d.Steps {
		if denies(d, &d.Steps[i]) {
			n++
		}
	}
	if d.PublicBlock || d.Refusal != engine.NoRefusal {
		n++
	}
	if d.Check.Service().Rule == engine.AlwaysRule {
		return n
	}
	for _, side := range [...]engine.Side{engine.SameAccount, engine.CallerSide, engine.ResourceSide} {
		n += closest(d, side)
	}
	return n
}

// denies reports whether a step is a Deny that counts.
func denies(d *engine.Decision, s *engine.Step) bool {
	return s.Policy != engine.GrantStep && s.Effect == policy.Deny && s.Miss == engine.Matched &&
		d.Applies.Has(d.Check.Policies[s.Policy].Type)
}

// closest is how many gates are closed in the way of a side that lacks least,
// 0 where there is no such side.
func closest(d *engine.Decision, side engine.Side) int {
	best := -1
	for i := range d.Ways {
		if w := &d.Ways[i]; w.Side == side && (best < 0 || count(w.Blocked) < best) {
			best = count(w.Blocked)
		}
	}
	return max(best, 0)
}

// count is how many gates there are in a set; one that is a fact counts as
// many.
func count(gates engine.Gates) (n int) {
	for _, g := range engine.GateTable() {
		switch {
		case gates&g.Gate == 0:
		case g.By == engine.ByFact || g.By == engine.ByRetirable:
			n += 100
		default:
			n++
		}
	}
	return n
}

// expand judges the file after each move, and queues what came nearer.
func (f *finder) expand(at *node) {
	if len(at.moves) == maxSteps {
		return
	}
	last := place{}
	if n := len(at.moves); n > 0 {
		last = at.moves[n-1].mends
	}
	m := mover{file: at.file, asked: &at.file.Requests[f.index], room: &f.room, check: at.check, decision: at.decision,
		silent: explain.SilentSCP(at.decision), only: last}
	m.granted = slices.ContainsFunc(at.moves, func(one move) bool { return one.kind == AddGrant })
	for _, one := range m.moves() {
		if !f.more() {
			return
		}
		f.try(at, one)
	}
}

// try judges the file after one more move.
func (f *finder) try(at *node, one move) {
	text := withSection(at.file, one.section, one.text)
	if f.seen[text] {
		return
	}
	f.seen[text] = true
	f.tries++
	f.spend(text)
	file := f.file.AgainFor(text, f.index)
	if worse(f.file, file) {
		return
	}
	next := node{file: file, moves: append(slices.Clone(at.moves), one), state: f.judge(file)}
	// A request that says more can be asked more: what failed has to be allowed.
	done := next.distance < at.distance || !slices.Contains(next.failing, at.failing[0])
	if !done && !nearer(at, &next, one.mends) {
		return
	}
	if done {
		next.moves[len(next.moves)-1].mends = place{}
	}
	for i := range next.moves {
		next.cost += next.moves[i].traits.weight()
	}
	f.enqueue(next)
}

// worse reports a file that AWS would find more fault with: that is no fix.
func worse(before, after *scenario.File) bool {
	return after.Errors() || len(after.Problems) > len(before.Problems) || len(after.Requests) != len(before.Requests)
}

// enqueue puts a node behind those that cost as much.
func (f *finder) enqueue(n node) {
	i := len(f.queue)
	for i > 0 && f.queue[i-1].cost > n.cost {
		i--
	}
	f.queue = slices.Insert(f.queue, i, n)
}

// nearer reports whether a statement that does not match yet fails at a later
// element than before.
func nearer(before, after *node, at place) bool {
	if at.index == 0 || after.check == nil {
		return false
	}
	a, b := stepAt(before.decision, at), stepAt(after.decision, at)
	if a == nil || b == nil || b.Miss == engine.Matched {
		return false
	}
	return b.Miss > a.Miss || b.Miss == a.Miss && b.Which > a.Which
}

func stepAt(d *engine.Decision, at place) *engine.Step {
	for i := range d.Steps {
		s := &d.Steps[i]
		if s.Policy != engine.GrantStep && int(s.Statement) == at.index-1 && d.Check.Policies[s.Policy].Name == at.section {
			return s
		}
	}
	return nil
}
