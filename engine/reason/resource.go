package reason

import (
	"strings"

	"why403/engine/policy"
)

// resource is why Resource or NotResource does not match.
func (f *finder) resource() *Fact {
	s := f.statement
	fact := newFact(ResourceOther, "Resource", f.check.Resource, s.Resource.Span)
	fact.Policy = values(s.Resource.Values)
	if s.Resource.Not {
		fact.Kind, fact.Element = Listed, "NotResource"
		if i := f.decision.ResourceValue(f.step); i >= 0 {
			fact.Closest, fact.Span = s.Resource.Values[i].Value, s.Resource.Values[i].Span
		}
		return fact
	}
	if f.check.Resource == "*" {
		fact.Kind = ResourceNone
		return fact
	}
	for i := range min(len(s.Resource.Values), Most) {
		if one := f.oneResource(&s.Resource.Values[i]); costs[one.Kind] < costs[fact.Kind] {
			one.Element, one.Policy, one.Request = fact.Element, fact.Policy, fact.Request
			fact = one
		}
	}
	return fact
}

// oneResource compares one value of Resource with the resource that is asked
// for.
func (f *finder) oneResource(v *policy.Text) *Fact {
	says, missing := f.expanded(v.Value)
	has := f.check.Resource
	fact := &Fact{Closest: v.Value, Span: v.Span, Here: here(v.Value, says)}
	switch {
	case missing != "":
		fact.Kind, fact.Hint = ResourceVariable, missing
	case f.plainVariable(v.Value):
		fact.Kind = ResourceVersion
	case !covers(says, has) && covers(strings.ToLower(says), strings.ToLower(has)):
		fact.Kind = ResourceCase
	case f.ofAlias(says):
		fact.Kind = ResourceAlias
	case says != "" && below(says, has):
		fact.Kind, fact.Has = ResourceWhole, has[len(strings.TrimRight(says, "/")):]
	case strings.HasSuffix(says, "/*") && covers(strings.TrimSuffix(says, "/*"), has):
		fact.Kind = ResourceParts
	case strings.HasPrefix(says, "arn:aws") && strings.Contains(says, ":s3:::") && strings.Contains(has, ":accesspoint/"):
		fact.Kind = ResourceAccessPoint
	case likeness(says, has) < unlike:
		fact.Kind = ResourceDiffers
		fact.differ(says, has)
	default:
		fact.Kind = ResourceOther
	}
	return fact
}

// ofAlias reports whether a value has an alias of the kind that a key operation
// asks the key of.
func (f *finder) ofAlias(says string) bool {
	return strings.Contains(says, ":alias/") && strings.Contains(f.check.Resource, ":key/")
}

// deepest is how many wholes a resource is looked at as a part of.
const deepest = 64

// below reports whether the resource that is asked for lies in what a value
// covers: an object in a bucket, an index in a table.
func below(says, has string) bool {
	says = strings.TrimRight(says, "/")
	if strings.Count(says, ":") < 5 || len(has) > longest {
		return false
	}
	pattern := policy.CompilePattern(says, true, false)
	for at, parts := 0, 0; parts < deepest; parts++ {
		i := strings.IndexAny(has[at:], "/:")
		if i < 0 {
			return false
		}
		at += i
		if pattern.Match(has[:at]) {
			return true
		}
		at++
	}
	return false
}

// here is what a value comes to, where that is not how it is written.
func here(written, says string) string {
	if written == says {
		return ""
	}
	return says
}

// plainVariable reports whether a value has what looks like a variable, in a
// document whose version has none.
//
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_version.html
func (f *finder) plainVariable(text string) bool {
	pattern := policy.CompilePattern(text, false, true)
	return !f.policy.Variables() && pattern.HasVariables()
}

// expanded puts the values of variables into a value of the policy, and gives
// the first that has none.
func (f *finder) expanded(text string) (expanded, missing string) {
	if !f.policy.Variables() || !strings.Contains(text, "${") {
		return text, ""
	}
	pattern := policy.CompilePattern(text, false, true)
	expanded, missing = pattern.Expand(&f.check.Context, new([]byte))
	return strings.Clone(expanded), missing
}
