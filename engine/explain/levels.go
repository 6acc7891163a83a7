package explain

import (
	"slices"

	"why403/engine/policy"
)

// Level is what the SCPs or the RCPs of one level of the organization said.
// Levels whose policies were not looked at are not listed.
//
// https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps_evaluation.html
type Level struct {
	Type     string   // scp or rcp
	Sections []string // where its policies stand
	Said     string   // "denies", "not known", "allows", "silent" or "does not deny"
}

// levels tells of each level in the order of its first statement.
func (x *explainer) levels(statements []Statement) (out []Level) {
	type place struct {
		policy.Type
		level int
	}
	at := map[place]int{}
	of := map[string]place{}
	for _, p := range x.decision.Check.Policies {
		of[p.Name] = place{p.Type, p.Level}
	}
	for i := range statements {
		s := &statements[i]
		where, is := of[s.Section]
		if !is || where.Type != policy.SCP && where.Type != policy.RCP {
			continue
		}
		l, has := at[where]
		if !has {
			l = len(out)
			at[where] = l
			out = append(out, Level{Type: typeWords[where.Type].name, Said: "silent"})
			// RCPFullAWSAccess is attached everywhere and can't be detached:
			// https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_rcps.html
			if where.Type == policy.RCP {
				out[l].Said = "does not deny"
			}
		}
		out[l].add(s)
	}
	return out
}

// levelWords is what a level says, the strongest last.
var levelWords = [...]string{"silent", "does not deny", "allows", "not known", "denies"}

func (l *Level) add(s *Statement) {
	if n := len(l.Sections); n == 0 || l.Sections[n-1] != s.Section {
		l.Sections = append(l.Sections, s.Section)
	}
	word := l.Said
	switch {
	case s.Matched && s.Effect == "Deny":
		word = "denies"
	case s.Open:
		word = "not known"
	case s.Matched && l.Type == "scp":
		word = "allows"
	}
	if slices.Index(levelWords[:], word) > slices.Index(levelWords[:], l.Said) {
		l.Said = word
	}
}
