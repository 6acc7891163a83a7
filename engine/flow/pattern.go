package flow

import (
	"strings"

	"why403/engine"
	"why403/engine/policy"
)

// maxWitnesses bounds how many resources stand for all that a pattern covers.
const maxWitnesses = 200

// Witnesses are resources that stand for everything that the resource of a
// check covers, where that is a pattern: one for each pattern of the policies
// that covers a part of it, and one that none of them means by name. Every part
// that a policy treats by itself has one among them.
func Witnesses(c *engine.Check) []string {
	if !c.Pattern {
		return nil
	}
	out := []string{filled(c.Resource, "example")}
	seen := map[string]bool{out[0]: true}
	for _, p := range c.Policies {
		for i := range p.Statements {
			for _, v := range p.Statements[i].Resource.Values {
				w, ok := meeting(c.Resource, v.Value)
				if ok && !seen[w] && len(out) < maxWitnesses {
					seen[w] = true
					out = append(out, w)
				}
			}
		}
	}
	return out
}

// filled puts a word in the place of each * and ? of a pattern.
func filled(pattern, word string) string {
	return strings.NewReplacer("*", word, "?", word[:1]).Replace(pattern)
}

// meeting finds a text that both of two patterns cover, the shortest there is.
// Policy variables in the second cover nothing that could be known here.
func meeting(a, b string) (text string, ok bool) {
	if strings.Contains(b, "${") || len(a) > policy.MaxText || len(b) > policy.MaxText || len(a)*len(b) > 1<<16 {
		return "", false
	}
	type state struct{ i, j int }
	type step struct {
		from state
		c    byte // 0 where a * took nothing
	}
	came := map[state]step{}
	queue := []state{{0, 0}}
	visit := func(from, to state, c byte) {
		if _, seen := came[to]; !seen && to != (state{}) {
			came[to] = step{from, c}
			queue = append(queue, to)
		}
	}
	for len(queue) > 0 {
		s := queue[0]
		queue = queue[1:]
		if s.i == len(a) && s.j == len(b) {
			var out []byte
			for s != (state{}) {
				if c := came[s].c; c != 0 {
					out = append(out, c)
				}
				s = came[s].from
			}
			for i, j := 0, len(out)-1; i < j; i, j = i+1, j-1 {
				out[i], out[j] = out[j], out[i]
			}
			return string(out), true
		}
		manyA, manyB := s.i < len(a) && a[s.i] == '*', s.j < len(b) && b[s.j] == '*'
		if manyA {
			visit(s, state{s.i + 1, s.j}, 0)
		}
		if manyB {
			visit(s, state{s.i, s.j + 1}, 0)
		}
		ca, moreA := next(a, s.i)
		cb, moreB := next(b, s.j)
		if !moreA || !moreB || ca != 0 && cb != 0 && ca != cb {
			continue
		}
		to := state{s.i + 1, s.j + 1}
		if manyA {
			to.i = s.i
		}
		if manyB {
			to.j = s.j
		}
		if manyA && manyB {
			continue
		}
		visit(s, to, max(ca, cb, 'x'*boolByte(ca == 0 && cb == 0)))
	}
	return "", false
}

func boolByte(b bool) byte {
	if b {
		return 1
	}
	return 0
}

// next is the character that a pattern wants at a place, 0 for any.
func next(pattern string, i int) (c byte, more bool) {
	switch {
	case i == len(pattern):
		return 0, false
	case pattern[i] == '*' || pattern[i] == '?':
		return 0, true
	}
	return pattern[i], true
}
