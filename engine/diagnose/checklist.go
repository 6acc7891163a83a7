package diagnose

import "slices"

// fetchOrder is the order in which a person looks: what decides most requests first.
var fetchOrder = []string{"identity", "resource", "grants", "boundary", "session", "scp", "rcp", "endpoint"}

// list says of every policy type that was not brought whole which commands print
// it. Of those that a person answered with "there is none" nothing is left to do.
func (s *state) list(r *Result) {
	for _, name := range fetchOrder {
		l := s.layer(name)
		if l == nil || l.state != unknown && !l.part {
			continue
		}
		open := Open{Layer: l.name, Noun: withoutArticle(s.noun(l.name)), Part: l.part}
		for i := range commands {
			c := &commands[i]
			if c.layer == l.name && c.after == "" && c.may(s) && !slices.Contains(s.answers, Answer{c.id, None}) {
				open.Commands = append(open.Commands, s.command(c, nil))
			}
		}
		r.Checklist = append(r.Checklist, open)
	}
}
