package fix

import (
	"slices"
	"strings"

	"why403/engine"
	"why403/engine/answer"
	"why403/engine/policy"
	"why403/engine/scenario"
)

// guardsOf is the condition keys of the request that every Allow asks for which
// fails at its conditions alone.
func guardsOf(n *node) (keys []string) {
	first := true
	for i := range n.decision.Steps {
		step := &n.decision.Steps[i]
		if step.Policy == engine.GrantStep || step.Effect != policy.Allow || step.Miss != engine.MissCondition {
			continue
		}
		var asked policy.Keys
		for _, t := range n.check.Policies[step.Policy].Statements[step.Statement].Condition.Tests {
			asked.Add(t.Key.Value)
		}
		if first {
			keys, first = slices.Clone(asked.List()), false
			continue
		}
		keys = slices.DeleteFunc(keys, func(k string) bool { return !asked.Has(k) })
	}
	return keys
}

// unguard judges the request with the fix, and without each of the guards: what
// lets it in then goes around what the authors of all statements asked for.
func (f *finder) unguard(n *node) {
	n.tried = true
	section := n.file.Requests[f.index].Section
	text, _ := n.file.Section(section)
	stated := lines(text).keys()
	for _, key := range f.guards {
		if !stated[strings.ToLower(key)] || f.told(n, key) || f.open(f.file, section, key) || !f.open(n.file, section, key) {
			continue
		}
		n.lost = append(n.lost, key)
	}
	if len(n.lost) > 0 {
		n.cost += (DropsGuard).weight()
	}
}

// told reports whether a move says what it does about a key.
func (f *finder) told(n *node, key string) bool {
	return slices.ContainsFunc(n.moves, func(m move) bool { return strings.Contains(m.loosens, key) })
}

// open reports whether the request is let in without a key, which it has.
func (f *finder) open(file *scenario.File, section, key string) bool {
	old, _ := file.Section(section)
	text := string(lines(old).drop(key))
	if text == old {
		return false
	}
	text = withSection(file, section, text)
	f.spend(text)
	bare := file.AgainFor(text, f.index)
	return !bare.Errors() && answer.Outcome(&bare.Requests[f.index]) == engine.Allowed
}
