// Package explain puts a decision into words: AWS's own sentence, and the
// lines below it. It reads the facts of the decision and matches nothing, so
// it cannot say anything that the decision did not rest on.
package explain

import (
	"slices"

	"why403/engine"
	"why403/engine/policy"
	"why403/engine/reason"
)

// Answer is a decision in words. Spans are bytes in the text of the section.
type Answer struct {
	Request      string
	Mode         string // "same-account" or "cross-account"
	Outcome      engine.Outcome
	DeniedBy     string   // "" when allowed; see TypeName
	Depends      *Depends // nil where all is known
	Verdict      string   // what came of it, and why
	Message      string   // AWS's sentence; "" when allowed
	Also         []string
	Said         []Said
	WaysRule     string
	Ways         []Way
	Statements   []Statement
	Levels       []Level // of the organization, in the order of their first statements
	Causes       []Cause // what denies, or comes closest to allowing; the decisive one first
	NotEvaluated []policy.Problem
	Links        []Link
}

// Said is what the policies of one type came to.
type Said struct {
	Type    string // as TypeName, or "grant" and "acl"
	Label   string
	Short   string // for where there is little room
	Side    string // whose it is: "caller", "resource" or "network"
	Said    string // allows, delegates, denies, silent, absent or not applicable
	Detail  string
	Decided bool
}

// Way is a path in words: open, or with what closes it.
type Way struct {
	Side   string // "same-account", "caller" or "resource"
	Title  string
	Open   bool
	Unsure bool // what is not known opens or closes it
	Detail string
	Near   bool // the nearest way that one edit would open, and so let the request in
	Doc    string
}

// Statement is what came of one statement, or of one grant.
type Statement struct {
	Section string
	Label   string
	Index   int // from 0, in its section
	Sid     string
	Effect  string
	Matched bool
	Open    bool // what is not known decides whether it matches
	Decided bool
	Names   string // "", "caller", "role" or "account"
	Miss    string // the element that failed first, "" where all matched
	Reason  string
	Span    policy.Span
	MissAt  policy.Span    // zero where all matched
	Facts   []*reason.Fact // none for a grant
	Marks   []policy.Span  // what the reason is about
	Lacking int            // how much keeps it from matching: less is nearer, 0 where it matches
	Absent  []string       // condition keys that its Condition reads and the request does not have, but could
}

// Cause is why a request is denied, as far as one statement, or one fact that
// no statement changes, tells.
type Cause struct {
	Statement int // the index in Statements; -1 where it is about none
	Kind      string
	Text      string // a clause
	Facts     []*reason.Fact
}

// Link is an AWS page behind the answer.
type Link struct{ Title, URL string }

// explainer carries what every sentence needs.
type explainer struct {
	check    *engine.Check
	decision *engine.Decision
	reasons  map[*engine.Step]*reason.Reason
	silent   *engine.Policy // see SilentSCP
	told     *engine.Step   // of which the verdict says what it lacks
}

func newExplainer(d *engine.Decision) *explainer {
	return &explainer{check: d.Check, decision: d, reasons: map[*engine.Step]*reason.Reason{}, silent: SilentSCP(d)}
}

// reason is that of a step, found once. Grants have words alone.
func (x *explainer) reason(step *engine.Step) *reason.Reason {
	r := x.reasons[step]
	if r == nil {
		r = &reason.Reason{Matched: step.Miss == engine.Matched, Lacking: grantLacks[step.Miss]}
		if step.Policy != engine.GrantStep {
			*r = reason.Of(x.decision, step)
		}
		x.reasons[step] = r
	}
	return r
}

// Conclusion is what came of a decision in one sentence, without the reason.
func Conclusion(d *engine.Decision) string { return newExplainer(d).conclusion() }

// Explain puts a decision into words.
func Explain(d *engine.Decision) *Answer {
	x := newExplainer(d)
	a := x.answer()
	a.Statements = x.statements()
	a.Levels = x.levels(a.Statements)
	return a
}

// Brief is [Explain] without the rows of statements: there can be tens of thousands.
func Brief(d *engine.Decision) *Answer { return newExplainer(d).answer() }

// answer is all but what is said of each statement.
func (x *explainer) answer() *Answer {
	d, causes := x.decision, x.causes()
	a := &Answer{
		Request:      d.Check.Name,
		Mode:         mode(d.CrossAccount),
		Outcome:      d.Outcome,
		Verdict:      x.verdict(causes),
		Also:         x.also(causes),
		Said:         x.said(),
		WaysRule:     x.waysRule(),
		Ways:         x.ways(),
		Causes:       causes,
		Depends:      x.depends(),
		NotEvaluated: x.notEvaluated(),
		Links:        x.links(),
	}
	if d.Outcome.Denied() {
		a.DeniedBy = DeniedBy(d)
		a.Message = x.message()
	}
	return a
}

// DeniedBy is what denies: a policy type, see [TypeName], or "layer" for a system
// of permissions beside IAM.
func DeniedBy(d *engine.Decision) string {
	if d.Refusal == engine.RefusedBeside {
		return "layer"
	}
	return TypeName(d.DeniedBy)
}

func mode(cross bool) string {
	if cross {
		return "cross-account"
	}
	return "same-account"
}

// notEvaluated lists what could not be judged as it was meant, with its place.
func (x *explainer) notEvaluated() []policy.Problem {
	var out []policy.Problem
	type place struct {
		policy uint16
		span   policy.Span
	}
	seen := map[place]bool{}
	for _, n := range x.decision.Notes {
		p := x.check.Policies[n.Policy]
		at := place{n.Policy, noteSpan(&p.Statements[n.Statement], n.Test)}
		if seen[at] {
			continue
		}
		seen[at] = true
		out = append(out, policy.Problem{Section: p.Name, Span: at.span, Severity: policy.Warning,
			Code: n.Why.Code(), Message: n.Why.Message(), Doc: n.Why.Doc()})
	}
	return append(out, x.foreignKeys()...)
}

func noteSpan(s *policy.Statement, test uint16) policy.Span {
	if test == engine.ResourceNote || int(test) >= len(s.Condition.Tests) {
		return s.Resource.Span
	}
	return s.Condition.Tests[test].Span
}

// links is the pages behind the answer: the service's, the rule's, and the
// type's that denied.
func (x *explainer) links() []Link {
	service := x.check.Service()
	name := service.Name
	if name == "" {
		name = "AWS services"
	}
	links := []Link{{"How access to " + name + " works", service.Doc}}
	if x.regionOff() != "" {
		return append(links, Link{"Regions of an account", "https://docs.aws.amazon.com/accounts/latest/reference/manage-acct-regions.html"})
	}
	if x.refused() {
		links = append(links, Link{"Why this is refused", x.refusal().doc})
	}
	if x.decision.Outcome.Denied() {
		links = append(links, Link{"About this policy type", x.decision.DeniedBy.Doc()},
			Link{"Access denied errors", "https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html"})
	}
	for i := range x.decision.Ways {
		if w := &x.decision.Ways[i]; w.Blocked == 0 && !slices.ContainsFunc(links, func(l Link) bool { return l.URL == w.Doc }) {
			links = append(links, Link{"This way in", w.Doc})
		}
	}
	return links
}
