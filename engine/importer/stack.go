package importer

import (
	"strings"

	"why403/engine"
	"why403/engine/policy"
)

// ofStack are the places of a stack policy.
//
// https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/protect-stack-resources.html
var ofStack = []place{
	{"stack", "The stack policy", "resource.json"},
	{"override", "The temporary policy of this one update, in place of the stack policy", "override.json"},
}

const (
	updates     = "Update:"
	anyUpdate   = "Update:Modify"
	unknownPart = policy.Logical + "UNKNOWN"
)

// isStackPolicy reports whether all actions of a document are of stack updates,
// which no other type of policy has.
func isStackPolicy(root *policy.Node) bool {
	all := statements(root)
	for _, s := range all {
		actions := append(oneOrMore(s, "Action"), oneOrMore(s, "NotAction")...)
		for _, a := range actions {
			if !strings.HasPrefix(a.Value, updates) {
				return false
			}
		}
		if len(actions) == 0 {
			return false
		}
	}
	return len(all) > 0
}

// useStackPolicy puts a stack policy into the scenario, where the request is a
// stack update or not known yet.
func (p *paste) useStackPolicy(root *policy.Node, document string) {
	if p.out.Kind == "a policy" {
		p.out.Kind = "a CloudFormation stack policy"
	}
	asked := p.asked("action")
	if asked == engine.NoAction {
		p.removeSections("request")
		p.file.Comment = ""
	} else if asked != "" && !policy.StackAction(asked) {
		p.understood("A CloudFormation stack policy")
		p.notUsed("This policy is not used: it is about updates of a stack, and the request is for " + oneLine(asked))
		return
	}
	if p.request() == nil {
		f := facts{title: "An update of a stack", action: anyUpdate, resource: firstLogical(root)}
		p.fill(&f)
		p.writeRequest("request", &f)
		p.file.Comment = f.title + "\n\n"
		p.unknown("What the update does, and to which resource of the stack: " + f.action + " on " + f.resource + " stands in its place")
	}
	p.putChosen(ofStack, guess{"stack", "Its actions are those of stack updates."}, "", document)
}

// firstLogical is the first resource that a stack policy names without wildcards.
func firstLogical(root *policy.Node) string {
	for _, s := range statements(root) {
		for _, r := range append(oneOrMore(s, "Resource"), oneOrMore(s, "NotResource")...) {
			if policy.LogicalResource(r.Value) {
				return r.Value
			}
		}
	}
	return unknownPart
}

// stackRefusal is CloudFormation's words about an update that a stack policy
// refuses. They repeat the action, and may repeat patterns of the statement.
type stackRefusal struct{ said, statement, action, resource string }

const deniedByStack = "Action denied by stack policy: Statement [#"

// stackRefusalOf finds the words in a text, or gives nil.
func stackRefusalOf(text string) *stackRefusal {
	_, rest, ok := strings.Cut(text, deniedByStack)
	if !ok {
		return nil
	}
	s := stackRefusal{action: between(rest, "] does not allow [", "]"), resource: between(rest, "] for resource [", "]")}
	s.statement, _, _ = strings.Cut(rest, "]")
	if !policy.StackAction(s.action) && s.action != "Update:*" || strings.Trim(s.statement, digit) != "" || len(s.statement) > 4 {
		return nil
	}
	s.said = deniedByStack + s.statement + "] does not allow [" + s.action + "] for resource [" + s.resource + "]"
	return &s
}

// useStackRefusal makes the refused update the request. AWS does not say what
// the outcome was: a statement that denies, or none that allows.
func (p *paste) useStackRefusal(s *stackRefusal) {
	p.out.Kind = "the refusal of a CloudFormation stack policy"
	f := facts{action: s.action, resource: s.resource, said: s.said}
	if !policy.StackAction(f.action) {
		for _, action := range []string{"Update:Modify", "Update:Replace", "Update:Delete"} {
			if p.offer(action, action); action == p.choice {
				f.action = action
			}
		}
		p.unknown("What the update does: AWS repeats " + s.action + " of the statement")
	}
	if !policy.StackAction(f.action) {
		p.understood("An update that statement " + s.statement + " of the stack policy refuses")
		return
	}
	if !policy.LogicalResource(f.resource) {
		f.resource = unknownPart
		p.unknown("The resource: the message repeats a pattern of the statement, and " + unknownPart + " stands in its place")
	}
	p.understood("AWS names statement " + s.statement + " of the stack policy")
	p.next("The stack policy", command("aws cloudformation get-stack-policy --stack-name", "STACK", ""))
	p.start(&f)
}
