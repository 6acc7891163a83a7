package explain

import (
	"strconv"
	"unicode/utf8"

	"why403/engine"
	"why403/engine/policy"
)

// verdict is the answer with its reason: what denies and why, or what is missing
// and what comes closest.
func (x *explainer) verdict(causes []Cause) string {
	if len(causes) == 0 {
		return x.conclusion()
	}
	if x.decision.Outcome == engine.ExplicitDeny {
		return x.denied(&causes[0])
	}
	text := x.conclusion()
	for i := range causes {
		if c := &causes[i]; c.Statement < 0 {
			text = sentence(x.fill(c.Text)) + " " + text
		} else {
			text += " Closest match: " + x.statementName(&x.decision.Steps[c.Statement]) + ": " + c.Text + "."
		}
	}
	return text
}

// denied names the Deny that matches, and says why it does.
func (x *explainer) denied(c *Cause) string {
	step := &x.decision.Steps[c.Statement]
	if x.check.Policies[step.Policy].Type != x.decision.DeniedBy {
		return x.conclusion() // S3 itself denies
	}
	return "Denied by " + x.statementName(step) + ", " + typeWords[x.decision.DeniedBy].noun + ": " + c.Text + ". A Deny beats every Allow."
}

// conclusion is what came of it, in one sentence.
func (x *explainer) conclusion() string {
	switch d := x.decision; {
	case d.Outcome == engine.Undecided:
		return x.undecided()
	case d.Outcome == engine.Allowed:
		return x.allowed()
	case d.Outcome == engine.ExplicitDeny:
		return x.explicitly()
	default:
		return x.implicitly()
	}
}

// allowed names an open way, or one on each side.
func (x *explainer) allowed() string {
	var open []string
	seen := map[engine.Side]bool{}
	for i := range x.decision.Ways {
		w := &x.decision.Ways[i]
		if w.Blocked == 0 && !seen[w.Side] {
			seen[w.Side] = true
			open = append(open, x.pathTitle(w.Path))
		}
	}
	return sentence(join(open))
}

func (x *explainer) explicitly() string {
	d := x.decision
	if x.refused() {
		return x.fill(x.refusal().verdict)
	}
	if d.PublicBlock && !d.Denies.Has(d.DeniedBy) {
		return x.fill("The bucket policy is public, and RestrictPublicBuckets of BPA denies everyone outside the bucket's account.")
	}
	which := ""
	if step, ok := x.first(d.DeniedBy, policy.Deny); ok {
		which = " (" + x.statementName(step) + ")"
	}
	return "A Deny in " + typeWords[d.DeniedBy].noun + which + " matches, and a Deny beats every Allow."
}

// implicitly says what is missing. Where one type is open and another is not,
// both are said: that is what people look for.
func (x *explainer) implicitly() string {
	d, action := x.decision, x.check.Action
	named := d.Named | d.Granted
	switch t := d.DeniedBy; {
	case x.regionOff() != "":
		return "AWS looks at no policy: it answers that it does not know the credentials."
	case t == policy.Stack:
		return "The stack policy does not allow " + action + " for " + x.check.Resource + ", and refuses every update that it does not allow."
	case d.Refusal == engine.RefusedBeside:
		return x.refusal().verdict
	case x.check.Service().Rule == engine.ServiceOwned:
		return "AWS owns this resource. No policy lets anyone do " + action + " on it."
	case d.Withheld&engine.CredentialsGate != 0:
		return x.barredWhy()
	case d.Withheld&engine.OrganizationGate != 0 && t != policy.Identity && t != policy.SCP:
		return "Only the organization's management account, or a delegated administrator, can call " + action +
			", and the caller's account is neither."
	case t == policy.SCP:
		return sentence(x.fill("no service control policy at LEVEL allows ACTION, and every level of the organization must, from the root to " +
			"the account"))
	case t == policy.Boundary || t == policy.Session || t == policy.ScopeDown || t == policy.Endpoint:
		return sentence(x.closedWay(t) + ", but " + typeWords[t].noun + " limits the request and does not allow " + action)
	case x.check.Service().Rule == engine.RetireRule:
		return "No grant lets the caller retire it, and key policies do not count for kms:RetireGrant."
	case t == policy.Identity && !d.CrossAccount && d.Named != 0 && x.foreignOnly():
		return "The resource-based policy serves other accounts only, and no identity-based policy of the caller allows " + action + "."
	case t == policy.Identity && named&(engine.Direct|engine.Parent) != 0:
		return "The resource's account allows " + action +
			", but no identity-based policy of the caller's account does. Across accounts both must."
	case t == policy.Identity && named&engine.Account != 0:
		return x.delegated() + " delegates to IAM, and no identity-based policy allows " + action + "."
	case t == policy.Identity:
		return "No identity-based policy allows " + action + ", and the resource lets the caller in by no other way."
	}
	return x.closedByResource()
}

// foreignOnly reports whether the policies of the service's resources serve other
// accounts only.
func (x *explainer) foreignOnly() bool {
	rule := x.check.Service().Rule
	return rule == engine.CrossOnly || rule == engine.SharesOnly
}

// barredWhy says which credentials can't call the action.
func (x *explainer) barredWhy() string {
	if x.check.Principal.Kind == engine.Anonymous {
		return x.barredClause() + ", whatever policies say."
	}
	return "Credentials of " + credentialWords[x.check.Principal.Kind] + " can't be used for " + x.check.Action + ", whatever policies say."
}

// barredClause is that in a clause.
func (x *explainer) barredClause() string {
	if x.check.Principal.Kind == engine.Anonymous {
		return "AWS takes no unsigned request for " + x.check.Action
	}
	return "the caller's credentials can't be used for " + x.check.Action
}

// credentialWords is the credentials of each kind of caller that some calls
// refuse.
var credentialWords = map[engine.PrincipalKind]string{
	engine.FederatedUser: "sts:GetFederationToken", engine.RoleSession: "a role session", engine.Root: "the root user",
	engine.OriginAccessIdentity: "a CloudFront origin access identity",
}

// closedWay names the way that only one policy type closes.
func (x *explainer) closedWay(t policy.Type) string {
	gate := engine.LimitGate(t)
	for i := range x.decision.Ways {
		if w := &x.decision.Ways[i]; w.Blocked == gate {
			return x.pathTitle(w.Path)
		}
	}
	return "whatever else allows " + x.check.Action
}

func (x *explainer) delegated() string {
	if x.decision.Named&engine.Account != 0 {
		return sentenceStart(typeWords[x.check.ResourceType()].noun)
	}
	return "A grant to the account"
}

func sentenceStart(s string) string {
	s = sentence(s)
	return s[:len(s)-1]
}

// closedByResource is the verdict where the resource's policy is missing.
func (x *explainer) closedByResource() string {
	d, action := x.decision, x.check.Action
	noun := typeWords[x.check.ResourceType()].noun
	identity := d.Allows.Has(policy.Identity)
	switch {
	case d.CrossAccount && d.Withheld&engine.CrossAccountUse != 0:
		return action + " cannot be used on a resource in another account, whatever policies say."
	case x.check.Principal.Kind == engine.Root && x.check.ResourceType() == policy.Trust:
		return "The root user can't assume roles."
	case !identity && d.Named|d.Granted == engine.Account && x.check.Principal.Account != "":
		return x.delegated() + " delegates to IAM in the caller's account, and no identity-based policy there allows " + action + "."
	case x.check.ResourceType() == policy.Key && identity && d.CrossAccount:
		return "An identity-based policy allows " + action +
			", but neither the key policy nor a grant lets the caller or its account in. Across accounts both must."
	case x.check.ResourceType() == policy.Key && identity:
		return "An identity-based policy allows " + action + ", but neither the key policy nor a grant delegates to IAM."
	case x.check.ResourceType() == policy.Key:
		return "Neither the key policy nor a grant lets " + x.callerName() + " in for " + action + "." + x.neitherSide()
	case identity && d.CrossAccount:
		return "An identity-based policy allows " + action + ", but " + noun +
			" lets neither the caller nor its account in. Across accounts both must."
	case identity:
		return "An identity-based policy allows " + action + ", but " + noun + " does not let the caller in."
	}
	return sentenceStart(noun) + " does not allow " + action + " for " + x.callerName() + ", and nothing else does." + x.neitherSide()
}

// callerName is the caller, or its name where a policy would have to have it.
func (x *explainer) callerName() string {
	switch p := &x.check.Principal; p.Kind {
	case engine.ServicePrincipal:
		return p.ARN
	case engine.Anonymous:
		return "anonymous callers"
	case engine.OriginAccessIdentity:
		return "this origin access identity"
	}
	return "the caller"
}

// neitherSide says that the caller's account lacks an Allow too.
func (x *explainer) neitherSide() string {
	if !x.decision.CrossAccount || x.sideOpen(engine.CallerSide) {
		return ""
	}
	return " No identity-based policy of the caller's account allows it either. Across accounts both must."
}

// also says what else denies: AWS names one policy type only.
func (x *explainer) also(causes []Cause) []string {
	d := x.decision
	if !d.Outcome.Denied() {
		return nil
	}
	out := x.alsoDeny(causes)
	for _, f := range engine.GateTable() {
		if f.Limits && d.Withheld&f.Gate != 0 && f.Type != d.DeniedBy && x.limits(f.Gate) {
			out = append(out, sentence("no "+typeWords[f.Type].implicit+" allows "+x.check.Action+" either"))
		}
	}
	return out
}

// alsoDeny says of every Deny after the first why it matches.
func (x *explainer) alsoDeny(causes []Cause) (out []string) {
	if x.decision.Outcome != engine.ExplicitDeny || len(causes) == 0 {
		return nil
	}
	if x.check.Policies[x.decision.Steps[causes[0].Statement].Policy].Type == x.decision.DeniedBy {
		causes = causes[1:] // the verdict has it
	}
	for i := range causes {
		if i == mostDenies {
			return append(out, "And "+strconv.Itoa(len(causes)-i)+" more Deny statements match.")
		}
		step := &x.decision.Steps[causes[i].Statement]
		noun := typeWords[x.check.Policies[step.Policy].Type].noun
		out = append(out, "Also denied by "+x.statementName(step)+", "+noun+": "+causes[i].Text+".")
	}
	return out
}

// limits reports whether a gate closes any of the ways.
func (x *explainer) limits(gate engine.Gates) bool {
	for i := range x.decision.Ways {
		if x.decision.Ways[i].Blocked&gate != 0 {
			return true
		}
	}
	return false
}

// first finds the first matching statement of a type with an effect.
func (x *explainer) first(t policy.Type, effect policy.Effect) (*engine.Step, bool) {
	for i := range x.decision.Steps {
		s := &x.decision.Steps[i]
		if s.Policy != engine.GrantStep && s.Miss == engine.Matched && s.Effect == effect && x.check.Policies[s.Policy].Type == t {
			return s, true
		}
	}
	return nil, false
}

// statementName is how a person finds a statement: its Sid, or its number.
func (x *explainer) statementName(step *engine.Step) string {
	if step.Policy == engine.GrantStep {
		return "grant " + strconv.Itoa(int(step.Statement)+1)
	}
	p := x.check.Policies[step.Policy]
	name := "statement " + strconv.Itoa(int(step.Statement)+1)
	if sid := clipped(p.Statements[step.Statement].Sid.Value, longestSid); sid != "" {
		name = "“" + sid + "”"
	}
	return name + " of " + p.Name
}

// How much of a Sid and of a value stands in a sentence, in bytes. IAM sets no
// limit to a Sid, and no value of an ARN or a tag is longer than the other; a
// sentence that nobody can read to its end says nothing.
const (
	longestSid   = 100
	longestValue = 2048
)

// clipped is the beginning of a text that is longer than so many bytes.
func clipped(text string, most int) string {
	if len(text) <= most {
		return text
	}
	end := most
	for !utf8.RuneStart(text[end]) {
		end--
	}
	return text[:end] + "…"
}

// quoted is a value in a sentence.
func quoted(value string) string { return "“" + clipped(value, longestValue) + "”" }
