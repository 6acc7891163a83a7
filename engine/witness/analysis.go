package witness

import (
	"why403/engine"
	"why403/engine/answer"
	"why403/engine/policy"
	"why403/engine/scenario"
	"why403/engine/shell"
	"why403/engine/simulation"
)

// Analysis is one custom policy check of IAM Access Analyzer: whether one policy
// by itself may allow an action on a resource. It knows no request: whoever asks,
// and whatever a condition reads, an Allow that covers the action and the
// resource counts.
//
// https://docs.aws.amazon.com/access-analyzer/latest/APIReference/API_CheckAccessNotGranted.html
type Analysis struct {
	Request  string
	Action   string
	Resource string
	Section  string
	Public   string // the type of the resource, in a check for public access, which has no action
	Expected string // PASS or FAIL; "" where the policy alone does not tell
	Why      string // of the expectation, a sentence

	policy *engine.Policy
}

// Analyses is the checks that fit a file: of each identity-based and each
// resource-based policy, for each action and resource that is asked; and of each
// policy of a resource, for public access.
func Analyses(f *scenario.File) (out []Analysis) {
	answers := answer.File(f)
	seen, public := map[Analysis]bool{}, map[string]bool{}
	for i := range answers {
		for j := range answers[i].Checks {
			d := answers[i].Checks[j].Decision
			steps := stepsOf(d)
			for index, p := range d.Check.Policies {
				a := Analysis{Request: answers[i].Request, Action: d.Check.Action, Resource: d.Check.Resource, Section: p.Name, policy: p}
				if analysisTypes[p.Type] == "" || d.Check.Pattern || seen[a] {
					continue
				}
				seen[a] = true
				b := a
				b.Expected, b.Why = expected(steps[index])
				out = append(out, b)
				if b, ok := publicCheck(a.Request, a.Resource, p); ok && !public[p.Name+" "+b.Public] {
					public[p.Name+" "+b.Public] = true
					out = append(out, b)
				}
			}
		}
	}
	return out
}

// analysisTypes is the types of policies that are checked.
var analysisTypes = map[policy.Type]string{
	policy.Identity: "IDENTITY_POLICY", policy.Resource: "RESOURCE_POLICY", policy.Key: "RESOURCE_POLICY", policy.Trust: "RESOURCE_POLICY",
}

// About is what is checked, in a line.
func (a *Analysis) About() string {
	if a.Public != "" {
		return a.Section + " for public access to an " + a.Public
	}
	return a.Section + " for " + a.Action + " on " + a.Resource
}

// Command is the check for a POSIX shell.
//
// https://docs.aws.amazon.com/cli/latest/reference/accessanalyzer/check-access-not-granted.html
func (a *Analysis) Command() string {
	if a.Public != "" {
		return a.publicCommand()
	}
	access := `[{"actions": ` + jsonList([]string{a.Action})
	if a.Resource != "*" {
		access += `, "resources": ` + jsonList([]string{a.Resource})
	}
	return "aws accessanalyzer check-access-not-granted \\\n  --policy-type " + analysisTypes[a.policy.Type] +
		" \\\n  --access " + shell.Word(access+"}]") + " \\\n  --policy-document " + shell.Word(latin1(a.policy.Text)) +
		" \\\n  --output json"
}

// stepsOf is the steps of a decision by their policies.
func stepsOf(d *engine.Decision) [][]engine.Step {
	out := make([][]engine.Step, len(d.Check.Policies))
	for _, s := range d.Steps {
		if s.Policy != engine.GrantStep {
			out[s.Policy] = append(out[s.Policy], s)
		}
	}
	return out
}

// expected is what the check has to find, as far as the steps of a decision
// tell: they look at the principal first, and then no further.
func expected(steps []engine.Step) (result, why string) {
	allows, denies, open := false, false, false
	for _, s := range steps {
		covers := s.Miss == engine.Matched || s.Miss == engine.MissCondition
		switch {
		case s.Effect == policy.Deny:
			denies = denies || covers || s.Miss == engine.MissPrincipal
		case s.Miss == engine.MissPrincipal:
			open = true
		default:
			allows = allows || covers
		}
	}
	switch {
	case allows && !denies:
		return "FAIL", "An Allow covers the action and the resource."
	case !allows && !open:
		return "PASS", "No Allow covers the action and the resource."
	case denies:
		return "", "A Deny covers them too, perhaps under a condition."
	}
	return "", "Statements for other principals were not looked at."
}

// Compare holds what a check found against what was expected.
func (a *Analysis) Compare(found simulation.Analysis) (line string, agrees bool) {
	switch {
	case a.Expected == "":
		return found.Result + ", which the policy alone does not tell. " + a.Why, true
	case found.Result == a.Expected:
		return "agrees: " + found.Result, true
	}
	line = "differs: Access Analyzer says " + found.Result + ", expected was " + a.Expected + ". " + a.Why
	for _, reason := range found.Reasons {
		line += " Access Analyzer: " + reason
	}
	return line, false
}

// ReadAnalyses reads what custom policy checks printed, in their order.
func ReadAnalyses(text string) (out []simulation.Analysis) {
	for _, root := range simulation.Values(text) {
		if simulation.IsAnalysis(root) {
			out = append(out, simulation.ReadAnalysis(root))
		}
	}
	return out
}
