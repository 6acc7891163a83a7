package reason

import (
	"strings"

	"why403/engine"
	"why403/engine/catalogue"
	"why403/engine/condition"
	"why403/engine/policy"
)

// test is a fact about a condition, with what both sides have.
func (f *finder) test(t *policy.Test) (fact *Fact, op *condition.Named, known, present bool) {
	fact = newFact(NotJudged, "Condition", "", t.Span)
	fact.Operator, fact.Key, fact.Policy = t.Operator.Value, t.Key.Value, values(t.Values)
	fact.Request, present = f.check.Context.Get(t.Key.Value)
	named, known := condition.ReadName(t.Operator.Value)
	return fact, &named, known, present && len(fact.Request) > 0
}

// missed is why a condition is not met.
func (f *finder) missed(t *policy.Test) *Fact {
	fact, op, known, present := f.test(t)
	switch {
	case !known || len(fact.Request) > 1 && !op.All && !op.Any && op.Name != "Null":
		return fact.as(NotJudged)
	case op.Name == "Null" && present:
		return fact.as(KeyPresent)
	case !present:
		return f.absent(fact)
	case op.Negated:
		fact.Closest, _, _ = nearest(fact.Policy, fact.Request)
		return fact.as(ValueListed)
	}
	if op.All {
		fact.Request = f.outside(t, fact.Request)
		if len(fact.Policy) > 1 || len(fact.Request) > 1 {
			return fact.as(ValuesOutside)
		}
	}
	return f.compared(fact, op)
}

// absent is about a key that the request does not have.
func (f *finder) absent(fact *Fact) *Fact {
	key := strings.ToLower(fact.Key)
	switch {
	case f.check.KeyUnknown(key):
		return fact.as(KeyUnknown)
	case f.ofAccounts(key):
		return fact.as(KeyOfPrincipals)
	case f.check.Carries(key) == catalogue.Never:
		return fact.as(KeyNever)
	}
	return fact.as(KeyAbsent)
}

// ofAccounts reports whether only callers with an account have a key, and this
// one has none.
//
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-principal-properties
func (f *finder) ofAccounts(key string) bool {
	switch f.check.Principal.Kind {
	case engine.ServicePrincipal, engine.Anonymous:
		return key == "aws:principalorgid" || key == "aws:principalorgpaths" || key == "aws:principalarn" ||
			strings.HasPrefix(key, "aws:principaltag/")
	case engine.WebFederated:
		return key == "aws:principalorgid" || key == "aws:principalorgpaths"
	}
	return false
}

// outside is the values of the request that keep ForAllValues from matching.
func (f *finder) outside(t *policy.Test, has []string) (out []string) {
	for _, value := range has[:min(len(has), mostOwn)] {
		if !f.holdsFor(t, value) {
			out = append(out, value)
		}
	}
	return out
}

// holdsFor judges a condition for one value of its key.
func (f *finder) holdsFor(t *policy.Test, value string) bool {
	context := f.check.Context.Clone()
	context.Set(t.Key.Value, value)
	tests := condition.Compile(policy.Condition{Tests: []policy.Test{*t}}, f.policy.Variables())
	return tests[0].Match(&context, new([]byte)).Match
}

// compared finds in what the values differ.
func (f *finder) compared(fact *Fact, op *condition.Named) *Fact {
	fact.Kind = ValueOther
	if op.Name == "Bool" || len(fact.Policy) == 1 {
		fact.Kind = ValueDiffers
	}
	if !op.Text {
		return fact
	}
	best := unlike + 1
	for _, written := range fact.Policy[:min(len(fact.Policy), Most)] {
		says, missing := f.expanded(written)
		if missing != "" {
			if best > 2 {
				fact.Kind, fact.Closest, fact.Hint, best = ValueVariable, written, missing, 2
			}
			continue
		}
		closest, of, n := nearest([]string{says}, fact.Request)
		if n >= best {
			continue
		}
		best, fact.Closest, fact.Here = n, written, here(written, says)
		fact.Kind = f.textKind(written, closest, of, op)
		fact.Part, fact.Says, fact.Has = "", "", ""
		if fact.Kind == ValueDiffers {
			fact.differ(closest, of)
		}
		if n >= unlike {
			fact.Part, fact.Says, fact.Has = "", "", ""
			if len(fact.Policy) > 1 {
				fact.Kind, fact.Closest, fact.Here = ValueOther, "", ""
			}
		}
	}
	return fact
}

// textKind is how two texts that do not compare differ.
func (f *finder) textKind(written, says, has string, op *condition.Named) Kind {
	switch arn := strings.HasPrefix(op.Name, "Arn"); {
	case f.plainVariable(written):
		return ValueVersion
	case arn && strings.Count(says, ":") < 5:
		return ValueNotARN
	case strings.Contains(says, ":assumed-role/") && strings.Contains(has, ":role/"):
		return ValueSession
	case !op.Wildcard && strings.ContainsAny(says, "*?") && covers(says, has):
		return ValueStar
	case !op.Folded && strings.EqualFold(says, has), op.Wildcard && !covers(says, has) && covers(strings.ToLower(says), strings.ToLower(has)):
		return ValueCase
	}
	return ValueDiffers
}

// held is why a condition is met.
func (f *finder) held(t *policy.Test) *Fact {
	fact, op, known, present := f.test(t)
	switch {
	case !known:
		return fact.as(NotJudged)
	case op.Name == "Null":
		return fact.as(NullHolds)
	case !present:
		if fact = f.absent(fact); fact.Kind != KeyUnknown {
			fact.Kind = AbsentHolds
		}
		return fact
	case op.Negated:
		fact.Closest, _, _ = near(fact.Policy, fact.Request)
		if fact.Closest != "" {
			says, _ := f.expanded(fact.Closest)
			fact.Here = here(fact.Closest, says)
			fact.differ(says, fact.Request[0])
		}
		return fact.as(NoneHolds)
	}
	return fact.as(ValueHolds)
}

// near is nearest, where one is near.
func near(says, has []string) (closest, of string, likest int) {
	if closest, of, likest = nearest(says, has); likest < unlike && !otherName(closest, of) {
		return closest, of, likest
	}
	return "", "", likest
}
