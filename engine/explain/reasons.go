package explain

import (
	"strconv"
	"strings"

	"why403/engine"
	"why403/engine/reason"
)

// reasonWords is each kind of fact in a clause. OP and KEY stand for those of a
// condition, ELEMENT for the element, POLICY for all values of the policy,
// NEAR for the closest, HERE for what that comes to, WHO for the caller, REQUEST for what the request has, HINT for the fact's,
// LISTS for what the element lists where that is short, DIFF for the part that
// differs, WHOLE and PARTS for what a resource is and what lies in it, CALLER
// for the kind of caller and ACTION for the action.
var reasonWords = map[reason.Kind]string{
	reason.NoPrincipal:      "has no Principal, so it names nobody",
	reason.NoResource:       "has no Resource, so it has no effect in a key policy",
	reason.PrincipalOther:   "Principal does not name REQUESTLISTS",
	reason.PrincipalDiffers: "Principal names NEAR, WHO is REQUESTDIFF",
	reason.PrincipalCase:    "Principal names NEAR, WHO is REQUEST: only the case of letters differs",
	reason.PrincipalDeleted: "Principal has NEAR, the unique ID of a user or role that is deleted; a new one of the same name has another",
	reason.PrincipalAccount: "Principal does not name REQUEST: it names accounts (POLICY), and a service is in no account",
	reason.PrincipalService: "Principal names the service NEAR, and the caller is its service-linked role: the policy has to name the " +
		"role HINT",
	reason.ProviderDiffers: "Principal names the identity provider NEAR, the request comes from REQUESTDIFF",
	reason.ProviderUnknown: "Principal does not name the caller, and the request has no line “federated-by” that tells its identity " +
		"provider",
	reason.PrincipalNobody:     "Principal does not name REQUEST, and NEAR names nobody",
	reason.ListedPrincipal:     "NotPrincipal lists the caller",
	reason.ActionOther:         "Action does not list ACTIONLISTS",
	reason.ActionOfOthers:      "Action does not list ACTION",
	reason.ActionMisspelt:      "Action has NEAR, which is not an action; ACTION is",
	reason.ActionOperation:     "Action has NEAR, which is an API operation and not an action; the action that AWS checks for it is ACTION",
	reason.ActionWrongService:  "Action has NEAR, which is not ACTION: the prefix is that of another service",
	reason.Listed:              "ELEMENT lists REQUEST",
	reason.ResourceOther:       "Resource does not cover REQUESTLISTS",
	reason.ResourceDiffers:     "Resource has NEARHERE, the request is for REQUESTDIFF",
	reason.ResourceCase:        "Resource has NEAR, the request is for REQUEST: only the case of letters differs",
	reason.ResourceWhole:       "Resource NEAR covers WHOLE alone, and ACTION is asked here on PARTS, REQUEST",
	reason.ResourceParts:       "Resource NEAR covers PARTS only, and ACTION is asked on WHOLE, REQUEST",
	reason.ResourceAlias:       "Resource NEAR is an alias, and an alias ARN matches no key operation: AWS asks for the key, REQUEST",
	reason.ResourceAccessPoint: "Resource has NEAR, a bucket's, and through an access point AWS asks for the access point: REQUEST",
	reason.ResourceNone:        "ACTION has no resource, so that only “*” in Resource covers itLISTS",
	reason.ResourceVariable:    "Resource NEAR: the variable HINT has no value for CALLERINSTEAD",
	reason.ResourceVersion:     "Resource NEAR: the variable is plain text, since the policy does not have the Version 2012-10-17",
	reason.KeyAbsent:           "the request has no KEY, which OP asks for",
	reason.KeyNever:            "requests for ACTION never have KEY, which OP asks for",
	reason.KeyOfPrincipals:     "the request has no KEY, which OP asks for: CALLER never has one",
	reason.KeyUnknown:          "nothing tells KEY of the request, which OP asks for",
	reason.KeyPresent:          "the request has KEY REQUEST, and Null wants it absent",
	reason.ValueDiffers:        "OP KEY: the policy says POLICYHERE, the request has REQUESTDIFF",
	reason.ValueCase:           "OP KEY: the policy says NEAR, the request has REQUEST: only the case of letters differs",
	reason.ValueStar:           "OP KEY takes no wildcard: the policy says NEAR, the request has REQUEST",
	reason.ValueVariable:       "OP KEY: the variable HINT in NEAR has no value for CALLERINSTEAD",
	reason.ValueVersion:        "OP KEY: the variable in NEAR is plain text, since the policy does not have the Version 2012-10-17",
	reason.ValueNotARN:         "OP KEY: the policy says NEAR, which lacks parts of an ARN, the request has REQUEST",
	reason.ValueSession:        "OP KEY: the policy says NEAR, a session, and the key has the ARN of its role, REQUEST",
	reason.ValueOther:          "OP KEY: the request has REQUEST, which is none of the COUNT values of the policyCLOSEST",
	reason.ValuesOutside:       "OP KEY: the request has REQUEST, and the policy does not list thatLISTS",
	reason.ValueListed:         "OP KEY: the request has REQUEST, and the policy lists that",
	reason.NotJudged:           "OP KEY can't be judged",
	reason.ListOmits:           "ELEMENT does not list REQUESTCLOSEST",
	reason.Covers:              "ELEMENT NEAR",
	reason.AbsentHolds:         "the request has no KEY, and OP then matches",
	reason.NullHolds:           "the request has KEY REQUEST, and Null asks for one",
	reason.ValueHolds:          "the request has KEY REQUEST, and OP asks for POLICY",
	reason.NoneHolds:           "KEY REQUEST is none of the COUNT values of OPCLOSEST",
}

// short is how long two values are together, in bytes, that are compared at a
// glance.
const short = 50

// few is how many values of the policy are shown where they are not what the
// sentence is about.
const few = 3

// factPlaces are the words in capital letters that stand for something in the clause of
// a fact. Of those that begin alike the first counts.
var factPlaces = [...]string{"OP", "KEY", "ELEMENT", "POLICY", "NEAR", "REQUEST", "HINT", "LISTS", "DIFF", "COUNT", "CLOSEST",
	"WHOLE", "PARTS", "CALLER", "INSTEAD", "HERE", "WHO", "ACTION"}

// factPlace is what one of factPlaces stands for.
func (x *explainer) factPlace(word string, f *reason.Fact) string {
	switch word {
	case "OP":
		return f.Operator
	case "KEY":
		return f.Key
	case "ELEMENT":
		return f.Element
	case "POLICY":
		return quoteAll(f.Policy)
	case "NEAR":
		return quoteAll([]string{f.Closest})
	case "REQUEST":
		return x.requestWords(f)
	case "HINT":
		return f.Hint
	case "LISTS":
		return lists(f)
	case "DIFF":
		return differs(f)
	case "COUNT":
		return strconv.Itoa(len(f.Policy))
	case "CLOSEST":
		return closestValue(f)
	case "WHOLE":
		return x.partWords().whole
	case "PARTS":
		return x.partWords().part
	case "CALLER":
		return callerWords[x.check.Principal.Kind]
	case "INSTEAD":
		return instead(f)
	case "HERE":
		return expanded(f)
	case "WHO":
		return x.who(f)
	}
	return x.check.Action
}

// factWords is a fact in a clause.
func (x *explainer) factWords(f *reason.Fact) string {
	text := reasonWords[f.Kind]
	switch {
	case f.Kind == reason.NullHolds && len(f.Request) == 0:
		text = "the request has no KEY, and Null asks for that"
	case f.Kind == reason.ValueHolds && len(f.Policy) == 1 && len(f.Request) == 1 && f.Policy[0] == f.Request[0]:
		text = "the request has KEY REQUEST (OP)"
	case f.Kind == reason.NoneHolds && len(f.Policy) == 1:
		text = "KEY REQUEST is not POLICY (OP)DIFF"
	case (f.Kind == reason.ValueDiffers || f.Kind == reason.ValueHolds) && len(f.Request) == 1 && f.Request[0] == "":
		text = "OP KEY: the policy says POLICY, the request has it with an empty value"
	}
	var pairs []string
	for _, word := range factPlaces {
		if strings.Contains(text, word) {
			pairs = append(pairs, word, x.factPlace(word, f))
		}
	}
	return put(text, pairs...)
}

// requestWords is what the request has: values of a condition key stand in
// quotes, ARNs and actions do not.
func (x *explainer) requestWords(f *reason.Fact) string {
	if f.Element == "Condition" || len(f.Request) != 1 {
		return quoteAll(f.Request)
	}
	return clipped(f.Request[0], longestValue)
}

// expanded is what the value of the policy comes to that is compared.
func expanded(f *reason.Fact) string {
	if f.Here == "" {
		return ""
	}
	return ", here " + quoted(f.Here)
}

// who is the caller, or what stands behind it, that a Principal is compared with.
func (x *explainer) who(f *reason.Fact) string {
	if p := &x.check.Principal; len(f.Request) == 1 && f.Request[0] == p.Attached() && f.Request[0] != p.ARN {
		return x.parentNoun()
	}
	return "the caller"
}

// lists is what an element lists, where that is little.
func lists(f *reason.Fact) string {
	switch {
	case len(f.Policy) == 0:
		return ""
	case len(f.Policy) > few:
		return ": none of its " + strconv.Itoa(len(f.Policy)) + " values"
	}
	return " (it has " + quoteAll(f.Policy) + ")"
}

// closestValue is the closest of the values of the policy.
func closestValue(f *reason.Fact) string {
	switch {
	case f.Closest == "" && len(f.Policy) > 0 && len(f.Policy) <= few:
		return " (" + quoteAll(f.Policy) + ")"
	case f.Closest == "":
		return ""
	}
	return " (the closest is " + quoted(f.Closest) + differs(f) + ")"
}

// differs is the part in which two values differ, unless that is all of them.
func differs(f *reason.Fact) string {
	switch {
	case f.Part != "" && f.Says == "":
		return ": the " + f.Part + " is missing, and the request has " + clipped(f.Has, longestValue)
	case f.Part != "" && f.Has == "":
		return ": the " + f.Part + " is " + quoted(f.Says) + ", and the request has none"
	case f.Part != "":
		return ": the " + f.Part + " is " + quoted(f.Says) + ", not " + quoted(f.Has)
	case len(f.Request) == 1 && len(f.Closest)+len(f.Request[0]) < short:
		return "" // both are seen at a glance
	case f.Says == "" || f.Has == "" || f.Says == f.Closest || len(f.Policy) == 1 && f.Says == f.Policy[0]:
		return ""
	}
	return ": " + quoted(f.Says) + " is not " + quoted(f.Has)
}

// instead is the variable that has a value for every caller, where aws:username
// has none.
//
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html#policy-vars-infotouse
func instead(f *reason.Fact) string {
	if f.Hint == "aws:username" {
		return "; aws:userid has"
	}
	return ""
}

// callerWords is each kind of caller.
var callerWords = [...]string{
	engine.User: "an IAM user", engine.RoleSession: "a role session", engine.FederatedUser: "a federated user session",
	engine.Root:             "the root user",
	engine.ServicePrincipal: "a service principal", engine.WebFederated: "a caller with a token of an identity provider",
	engine.Anonymous:            "an anonymous caller",
	engine.OriginAccessIdentity: "an origin access identity",
}

// parts is what a resource is called, and what lies in it.
type parts struct{ service, whole, part string }

var partNames = [...]parts{
	{"s3", "the bucket", "objects in it"}, {"dynamodb", "the table", "an index or stream of it"}, {"es", "the domain", "a path in it"},
	{"lambda", "the function", "a version or alias of it"}, {"logs", "the log group", "a log stream of it"}, {"", "that", "what is in it"},
}

func (x *explainer) partWords() parts {
	service, _, _ := strings.Cut(strings.ToLower(x.check.Action), ":")
	for _, p := range partNames {
		if p.service == service || p.service == "" {
			return p
		}
	}
	return parts{}
}

// missWords is what keeps a statement from matching. Where it is for somebody
// else, or for something else, the rest of it does not matter.
func (x *explainer) missWords(r *reason.Reason) string {
	var out []string
	for i := range r.Facts {
		out = append(out, x.factWords(r.Facts[i]))
		if element := r.Facts[i].Element; element == "Principal" || element == "NotPrincipal" || element == "Action" || element == "NotAction" {
			break
		}
	}
	return strings.Join(out, "; ")
}

// holdWords is why a Deny matches. Conditions that provide for somebody else
// are exceptions; where there are several, none of them applies.
func (x *explainer) holdWords(step *engine.Step, r *reason.Reason) string {
	var plain, exceptions []string
	for i := range r.Facts {
		f := r.Facts[i]
		text := x.factWords(f)
		if f.Kind == reason.NotSpared {
			text = x.notSpared(step)
		}
		if exempts(f) {
			exceptions = append(exceptions, text)
		} else {
			plain = append(plain, text)
		}
	}
	if len(plain) > 0 && r.Facts[0].Kind == reason.Covers {
		return join(plain) + " cover it, without a condition"
	}
	if len(exceptions) > 1 {
		for i := range exceptions {
			exceptions[i] = "(" + strconv.Itoa(i+1) + ") " + exceptions[i]
		}
		exceptions = []string{"none of its " + strconv.Itoa(len(exceptions)) + " exceptions applies, and one would be enough: " +
			strings.Join(exceptions, ", ")}
	}
	return strings.Join(append(plain, exceptions...), "; ")
}

// exempts reports whether a condition of a Deny provides for requests that are
// to be let through: those with other values.
func exempts(f *reason.Fact) bool {
	return f.Kind == reason.NoneHolds || f.Kind == reason.AbsentHolds || f.Kind == reason.NullHolds && len(f.Request) == 0 ||
		f.Kind == reason.ValueHolds && len(f.Policy) == 1 && strings.EqualFold(f.Policy[0], "false")
}
