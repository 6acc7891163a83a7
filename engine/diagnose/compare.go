package diagnose

import (
	"slices"
	"strings"

	"why403/engine"
)

// The verdicts: how AWS's message and the policies go together.
const (
	agrees      = "agrees"
	narrower    = "narrower"
	contradicts = "contradicts"
)

// judgement is a verdict with its reason, a sentence.
type judgement struct{ verdict, why string }

// compare holds AWS's message against the decision.
func (s *state) compare(r *Result) {
	j := s.judge()
	s.verdict = j.verdict
	r.Verdict, r.Why = j.verdict, j.why
}

func (s *state) judge() judgement {
	d := s.check.Decision
	anything := slices.ContainsFunc(s.layers, func(l layer) bool { return l.state == given })
	switch {
	case s.brought.Said == nil:
		return judgement{"", "There is no message of AWS to compare the policies with."}
	case s.said.Type != "" && s.said.Outcome != "allow" && !s.given(s.said.Type) && !s.unknown(s.said.Type):
		return judgement{contradicts, "AWS names " + s.noun(layerOf(s.said.Type)) + ", and as far as is known there is none."}
	case !anything:
		return judgement{"", s.alone()}
	case s.said.Outcome == "allow":
		return s.allowed(d)
	case len(s.said.Sids) > 0:
		return s.listed(d)
	case s.said.Type == "" && s.textHas("block public access", "(sse-c)", "lake formation") != "":
		return judgement{narrower, "AWS names what refuses, and that is not a policy."}
	case s.said.Type == "":
		return s.plain(d)
	case s.unknown(s.said.Type) && !s.given(s.said.Type):
		return judgement{narrower, "AWS names " + s.noun(layerOf(s.said.Type)) + ", which is not known yet."}
	}
	j := s.implicit(d)
	if s.said.Outcome == "explicit deny" {
		j = s.explicit(d)
	}
	if l := s.layer(s.said.Type); j.verdict == agrees && s.said.Outcome == "implicit deny" && l.part {
		return judgement{narrower, "AWS says that nothing in " + s.noun(l.name) + " allows the request. Nothing that is given of it does, and " +
			"not all of it is known."}
	}
	// Other policies can deny; what one of them allows they don't take back, but that of SCPs each level has to allow.
	more := s.said.Outcome == "explicit deny" || s.said.Type == "scp" || s.says(s.said.Type) != "allows"
	if j.verdict == contradicts && s.unknown(s.said.Type) && more {
		return judgement{narrower, "AWS names " + s.noun(layerOf(s.said.Type)) + ". What is given of it can't give that message, and not " +
			"all of it is known."}
	}
	return j
}

// alone is what AWS's message says by itself, where no policy was brought.
func (s *state) alone() string {
	switch noun := s.noun(layerOf(s.said.Type)); {
	case s.said.Outcome == "allow":
		return "AWS allowed the request. Add the policies to find by what."
	case len(s.said.Sids) > 0:
		return "AWS lists the statements that deny (" + strings.Join(s.said.Sids, ", ") + ") and not the policies they are in. Add the " +
			"policies to find which."
	case s.said.Type == "" && s.said.Outcome == "explicit deny":
		return "A statement denies it, AWS says, and not in which policy. Add the policies to find which."
	case s.said.Type == "" && s.said.Outcome == "implicit deny":
		return "No statement denies it, AWS says: an Allow is missing, and not of which policy type. Add the policies to find it."
	case s.said.Type == "":
		return "AWS does not say which policy denies. Add the policies to find it."
	case s.said.Outcome == "explicit deny":
		return "A statement in " + noun + " denies it, AWS says. Add the policies to find which."
	default:
		return "AWS found no Allow in " + noun + ". Add the policies to find why."
	}
}

// allowed is for a message that says that AWS allowed the request.
func (s *state) allowed(d *engine.Decision) judgement {
	if d.Outcome == engine.Allowed {
		return judgement{agrees, "AWS allowed the request, and so do the policies."}
	}
	return judgement{contradicts, "AWS allowed the request, and the policies do not."}
}

// listed is for a decoded message, which lists the statements that deny.
//
// https://docs.aws.amazon.com/STS/latest/APIReference/API_DecodeAuthorizationMessage.html
func (s *state) listed(d *engine.Decision) judgement {
	sids := strings.Join(s.said.Sids, ", ")
	for i := range s.check.Answer.Statements {
		if st := &s.check.Answer.Statements[i]; st.Matched && st.Effect == "Deny" && slices.Contains(s.said.Sids, st.Sid) &&
			d.Outcome == engine.ExplicitDeny {
			return judgement{agrees, "AWS lists the statements that deny (" + sids + "), and the policies have one of them."}
		}
	}
	if s.anyUnknown() {
		return judgement{narrower, "AWS lists the statements that deny (" + sids + "). None of them, as far as it denies, is in what is " +
			"given."}
	}
	return judgement{contradicts, "AWS lists the statements that deny (" + sids + "), and no policy here denies by one of them."}
}

// plain is for a message that names no policy type.
func (s *state) plain(d *engine.Decision) judgement {
	switch outcome := d.Outcome.String(); {
	case d.Outcome == engine.Allowed && s.anyUnknown():
		return judgement{narrower, "What is given allows the request, so what denies it is not known yet."}
	case d.Outcome == engine.Allowed:
		return judgement{contradicts, "AWS denied the request, and these policies allow it."}
	case s.said.Outcome == outcome:
		return judgement{narrower, "AWS says " + outcome + " and names no policy type. The policies come to the same, by " +
			s.noun(layerOf(s.check.Answer.DeniedBy)) + "."}
	case s.said.Outcome == "":
		return judgement{narrower, "AWS does not say which policy denies. The policies given here do, by " +
			s.noun(layerOf(s.check.Answer.DeniedBy)) + " (" + outcome + ")."}
	case s.anyUnknown():
		return judgement{narrower, "AWS says " + s.said.Outcome + "; what is given comes to " + outcome + ", and not everything is known."}
	default:
		return judgement{contradicts, "AWS says " + s.said.Outcome + ", and the policies come to " + outcome + "."}
	}
}

// anyUnknown reports whether anything that AWS looks at was not brought.
func (s *state) anyUnknown() bool {
	return slices.ContainsFunc(s.layers, func(l layer) bool { return l.state == unknown })
}

// explicit is for an explicit deny in a type of which policies were brought.
func (s *state) explicit(d *engine.Decision) judgement {
	noun := s.noun(layerOf(s.said.Type))
	switch {
	case s.says(s.said.Type) == "denies" && len(s.resting()) > 0:
		return judgement{narrower, "AWS names an explicit deny in " + noun + ". A statement of it denies if the condition keys of the " +
			"request are so: " +
			strings.Join(s.resting(), ", ") + "; AWS says that they were."}
	case s.says(s.said.Type) == "denies":
		return judgement{agrees, "AWS names an explicit deny in " + noun + ", and so do the policies."}
	case s.couldDeny():
		return judgement{narrower, "AWS names an explicit deny in " + noun + ". A statement of it denies if a condition key has the right value."}
	}
	return judgement{contradicts, "AWS names an explicit deny in " + noun + ", and nothing given of it denies the request."}
}

// implicit is for a missing allow in a type of which policies were brought.
func (s *state) implicit(d *engine.Decision) judgement {
	noun := s.noun(layerOf(s.said.Type))
	denied := s.check.Answer.DeniedBy
	switch {
	case d.Outcome == engine.ExplicitDeny && !s.explicitly():
		return judgement{narrower, "AWS says that no Allow in " + noun + " was found. A Deny in the policies matches only with certain " +
			"condition keys, and AWS would have named it."}
	case d.Outcome == engine.ExplicitDeny:
		return judgement{contradicts, "AWS says that no Allow in " + noun + " was found; the policies deny the request explicitly, which AWS " +
			"would have said."}
	case d.Outcome == engine.ImplicitDeny && layerOf(denied) == layerOf(s.said.Type) && len(s.resting()) > 0:
		return judgement{narrower, "A statement allows it if the condition keys of the request are so: " + strings.Join(s.resting(), ", ") +
			"; AWS says that nothing in " + noun + " allows it, so they were not."}
	case d.Outcome == engine.ImplicitDeny && layerOf(denied) == layerOf(s.said.Type):
		return judgement{agrees, "AWS says that nothing in " + noun + " allows the request, and so do the policies."}
	case d.Outcome == engine.ImplicitDeny && s.eitherSide(denied):
		return judgement{narrower, "AWS names " + noun + ". By the policies " + s.noun(layerOf(denied)) + " is missing an Allow; where either " +
			"could let the request in, AWS names one of the two."}
	case d.Outcome == engine.ImplicitDeny && s.says(s.said.Type) != "allows":
		return judgement{narrower, "AWS names " + noun + ", which does not allow the request. By the policies given here, " +
			s.noun(layerOf(denied)) + " does not either."}
	case s.couldFail():
		return judgement{narrower, "The policies allow the request if its condition keys have the right values; AWS says that they did not."}
	}
	return judgement{contradicts, "AWS says that nothing in " + noun + " allows the request, and what is given of it does."}
}

// eitherSide reports whether AWS names one of two types that could both let the
// caller in.
func (s *state) eitherSide(denied string) bool {
	own := []string{"identity", "resource", "grants"}
	return slices.Contains(own, layerOf(denied)) && slices.Contains(own, layerOf(s.said.Type)) && s.says(s.said.Type) != "allows"
}
