package fix

import (
	"slices"
	"strings"

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
	start := node{file: f.file, state: f.judge(f.file)}
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
	f.share -= f.search.cost(text)
}

// judge decides the request of a file. A check that depends on what is not
// known is not one that fails.
func (f *finder) judge(file *scenario.File) (s state) {
	r := &file.Requests[f.index]
	checks := answer.Checks(r)
	for i := range checks {
		d := checks[i].Decision
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
	if s.check == nil && len(s.depends) == 0 && answer.Outcome(r) == engine.Undecided {
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
	file := f.file.Again(text)
	// One that AWS would find fault with is no fix.
	if file.Errors() || len(file.Problems) > len(f.file.Problems) || len(file.Requests) != len(f.file.Requests) {
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

// offer makes a fix of moves that let the request in, unless some of them do
// alone.
func (f *finder) offer(n *node) {
	var steps []string
	for i := range n.moves {
		steps = append(steps, n.moves[i].title)
	}
	if f.known(steps) {
		return
	}
	x := Fix{Request: f.file.Requests[f.index].Check.Name, Kind: n.moves[0].kind, Steps: steps, Title: title(steps)}
	for i := range n.moves {
		m := &n.moves[i]
		if m.kind != x.Kind {
			x.Kind = SeveralChanges
		}
		x.Traits |= m.traits
		if m.loosens != "" && !slices.Contains(x.Loosens, m.loosens) {
			x.Loosens = append(x.Loosens, m.loosens)
		}
		if m.note != "" && !slices.Contains(x.Notes, m.note) {
			x.Notes = append(x.Notes, m.note)
		}
		if m.owner != "" && !strings.Contains(x.Owner, m.owner) {
			x.Owner = joined(x.Owner, " and ", m.owner)
		}
		f.edit(&x, n.file, m.section)
	}
	if len(n.lost) > 0 {
		x.Traits |= DropsGuard
		x.Loosens = append(x.Loosens, "Lets the request in without "+list(n.lost)+" too, which each of the closest statements asks for.")
	}
	if len(n.depends) > 0 {
		x.Notes = append(x.Notes, "It then depends on "+list(n.depends)+", which nothing here tells.")
	}
	f.results(&x, n.file)
	x.letter(f.file, n)
	f.found = append(f.found, x)
}

// maxLong is how many fixes of several steps are told.
const maxLong = 2

// known reports whether a fix with some of these steps alone is there, or with all
// of them but one, or enough of several steps.
func (f *finder) known(steps []string) bool {
	long := 0
	for i := range f.found {
		have, same := f.found[i].Steps, 0
		if len(have) > 1 {
			long++
		}
		for _, s := range steps {
			if slices.Contains(have, s) {
				same++
			}
		}
		if contains(steps, have) || len(steps) > 2 && same >= len(steps)-1 {
			return true
		}
	}
	return len(steps) > 1 && long == maxLong
}

// contains reports whether a list has all of another.
func contains(list, all []string) bool {
	for _, s := range all {
		if !slices.Contains(list, s) {
			return false
		}
	}
	return true
}

// title is several titles as one.
func title(steps []string) string {
	out := steps[0]
	for i := 1; i < len(steps); i++ {
		if steps[i] == steps[i-1] {
			out += ", twice"
			continue
		}
		out += ", and " + strings.ToLower(steps[i][:1]) + steps[i][1:]
	}
	return out
}

func joined(a, between, b string) string {
	if a == "" {
		return b
	}
	return a + between + b
}

// edit notes the new text of a section.
func (f *finder) edit(x *Fix, file *scenario.File, section string) {
	for i := range x.Edits {
		if x.Edits[i].Section == section {
			return
		}
	}
	old, _ := f.file.Section(section)
	text, _ := file.Section(section)
	x.Edits = append(x.Edits, Edit{section, old, text})
}

// results judges every request, and says which others are let in.
func (f *finder) results(x *Fix, after *scenario.File) {
	f.share -= f.search.work
	for i := range f.file.Requests {
		r := Result{f.file.Requests[i].Check.Name, f.search.outcome(i), answer.Outcome(&after.Requests[i])}
		x.Results = append(x.Results, r)
		if i != f.index && r.Before != engine.Allowed && r.After == engine.Allowed {
			x.Loosens = append(x.Loosens, "Lets in "+requestName(r.Request)+" of this file too, which was denied.")
		}
	}
}

func requestName(name string) string {
	if name == "" {
		return "the request without a name"
	}
	return "the request " + name
}
