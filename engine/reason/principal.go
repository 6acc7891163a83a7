package reason

import (
	"strings"

	"why403/engine"
	"why403/engine/catalogue"
	"why403/engine/policy"
)

// principal is why the Principal element does not match.
func (f *finder) principal() *Fact {
	e, caller := &f.statement.Principal, &f.check.Principal
	fact := newFact(PrincipalOther, "Principal", caller.ARN, e.Span)
	switch {
	case !e.Present:
		fact.Kind, fact.Span = NoPrincipal, f.brace()
		return fact
	case e.Not:
		fact.Kind, fact.Element = ListedPrincipal, "NotPrincipal"
		return fact
	}
	for i := range e.Values {
		fact.Policy = append(fact.Policy, e.Values[i].Value)
	}
	switch caller.Kind {
	case engine.WebFederated:
		return f.provider(fact)
	case engine.ServicePrincipal, engine.Anonymous:
		return f.withoutAccount(fact)
	}
	return f.named(fact)
}

// provider compares the identity providers that a trust policy names with that
// of the request. Both are shown whatever they have in common: who reads a
// trust policy has the token's issuer in mind, not an ARN.
func (f *finder) provider(fact *Fact) *Fact {
	from := f.check.Principal.FederatedBy
	if from == "" {
		fact.Kind = ProviderUnknown
		return fact
	}
	fact.Request = []string{from}
	var providers []string
	for _, v := range f.statement.Principal.Values {
		if v.Kind == policy.Federated {
			providers = append(providers, v.Value)
		}
	}
	if len(providers) == 0 {
		return fact
	}
	fact.Policy, fact.Kind = providers, ProviderDiffers
	fact.Closest, _, _ = nearest(providers, fact.Request)
	fact.differ(fact.Closest, from)
	if strings.EqualFold(fact.Closest, from) {
		fact.Kind = PrincipalCase
	}
	return fact
}

// withoutAccount is about callers that are in no account: naming one lets none
// of them in.
func (f *finder) withoutAccount(fact *Fact) *Fact {
	accounts, caller := 0, f.check.Principal.Kind
	for _, v := range f.statement.Principal.Values {
		if v.Kind == policy.AWS && (policy.IsAccount(v.Value) || strings.HasSuffix(v.Value, ":root")) {
			accounts++
		}
		if v.Kind == policy.Federated && caller == engine.Anonymous && strings.HasPrefix(strings.ToLower(f.check.Action), "sts:assumerolewith") {
			return fact.as(ProviderUnknown)
		}
		if v.Kind == policy.Service && likeness(v.Value, f.check.Principal.ARN) < unlike {
			fact.Kind, fact.Closest = PrincipalDiffers, v.Value
			fact.differ(v.Value, f.check.Principal.ARN)
			return fact
		}
	}
	if accounts == len(fact.Policy) && caller == engine.ServicePrincipal {
		fact.Kind = PrincipalAccount
	}
	return fact
}

// named compares the ARNs that a Principal names with those that would name the
// caller.
func (f *finder) named(fact *Fact) *Fact {
	caller := &f.check.Principal
	mine := []string{caller.Attached(), caller.ARN}
	if caller.Role != "" {
		fact.Hint = caller.Role
	}
	best := unlike + 1
	for _, v := range f.statement.Principal.Values[:min(len(f.statement.Principal.Values), Most)] {
		switch {
		case v.Kind == policy.AWS && policy.UniqueID(v.Value):
			fact.Kind, fact.Closest, best = PrincipalDeleted, v.Value, 0
		case v.Kind == policy.Service && caller.ServiceLinked() && serves(v.Value, caller.Role):
			fact.Kind, fact.Closest, best = PrincipalService, v.Value, 0
		case policy.NamesNobody(v) != "":
			if best > 1 && v.Kind == policy.AWS && !strings.HasSuffix(v.Value, ".amazonaws.com") {
				fact.Kind, fact.Closest, fact.Hint, best = PrincipalNobody, v.Value, policy.NamesNobody(v), 1
			}
		case v.Kind != policy.AWS:
		default:
			if closest, of, n := nearest([]string{v.Value}, mine); n < best && n < unlike && !otherName(closest, of) {
				best, fact.Closest, fact.Kind, fact.Request = n, closest, PrincipalDiffers, []string{of}
				fact.differ(closest, of)
				if n == 1 {
					fact.Kind = PrincipalCase
				}
			}
		}
	}
	return fact
}

// otherName reports whether two ARNs of one account have names that nobody takes
// one for the other.
func otherName(says, has string) bool {
	d := differ(says, has)
	last := func(name string) string { return name[strings.LastIndexByte(name, '/')+1:] }
	return d.part == "" && !strings.EqualFold(last(says), last(has)) && catalogue.Distance(last(says), last(has), 4) > 4 && !covers(says, has)
}

// serves reports whether a service-linked role bears the name of a service:
// AWSServiceRoleForAutoScaling that of autoscaling.amazonaws.com.
func serves(service, role string) bool {
	name, _, _ := strings.Cut(service, ".")
	return strings.Contains(strings.ToLower(role), strings.ReplaceAll(name, "-", ""))
}

// notSpared is how NotPrincipal lists the caller, where that keeps no Deny from
// it.
func (f *finder) notSpared() *Fact {
	e := &f.statement.Principal
	fact := newFact(NotSpared, "NotPrincipal", f.check.Principal.ARN, e.Span)
	for i := range e.Values {
		fact.Policy = append(fact.Policy, e.Values[i].Value)
	}
	if f.step.Listed == 0 {
		return f.named(fact).as(ListOmits)
	}
	return fact
}

func (f *Fact) as(k Kind) *Fact {
	f.Kind = k
	return f
}

// differ notes the part in which two values differ.
func (f *Fact) differ(says, has string) {
	d := differ(says, has)
	f.Part, f.Says, f.Has = d.part, d.says, d.has
}
