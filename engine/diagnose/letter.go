package diagnose

import (
	"strings"

	"why403/engine"
	"why403/engine/explain"
	"why403/engine/policy"
)

// letter is what to send to the owners of the account that a command has to be
// run in: who needs what, the statement that would let the caller in, and the
// command.
func (s *state) letter(c *command, line string) string {
	p := &s.check.Principal
	var b strings.Builder
	who := p.Attached()
	if strings.Contains(who, unnamed) {
		who = "A caller of account " + p.Account
	}
	b.WriteString(explain.Letter("the owners of account "+s.check.ResourceAccount, who, s.check.Action, s.check.Resource))
	if s.said.Text != "" {
		b.WriteString("AWS says: " + s.said.Text + "\n")
	}
	noun := withoutArticle(s.noun("resource"))
	if statement := s.statement(); c.layer == "resource" && statement != "" {
		b.WriteString("\nPlease add this statement to the " + noun + ". What is in it stays.\n\n" + statement +
			"\n\nIf such a statement is there already, please send what this prints:\n\n")
	} else {
		b.WriteString("\nPlease send what this prints:\n\n")
	}
	b.WriteString(line + "\n")
	return b.String()
}

// statement lets the caller in from a resource-based policy; "" where an Allow
// in it would not help, or where who asks is not known. It names the role, not
// the session, and no more than the request.
func (s *state) statement() string {
	p := &s.check.Principal
	blamed := layerOf(s.said.Type)
	switch {
	case s.said.Outcome == "explicit deny", blamed != "" && blamed != "resource", !s.callerNamed(),
		p.Kind != engine.RoleSession && p.Kind != engine.User, strings.Contains(s.check.Resource, unnamed):
		return ""
	}
	lines := []string{`"Effect": "Allow"`, `"Principal": {"AWS": ` + policy.Quoted(p.Attached()) + `}`, `"Action": ` +
		policy.Quoted(s.check.Action)}
	switch s.check.ResourceType() {
	case policy.Key:
		lines = append(lines, `"Resource": "*"`) // in a key policy that is the key
	case policy.Trust:
	default:
		lines = append(lines, `"Resource": `+policy.Quoted(s.check.Resource))
	}
	return "{\n  " + strings.Join(lines, ",\n  ") + "\n}"
}

// withoutArticle is a noun phrase as it stands behind "the".
func withoutArticle(noun string) string {
	for _, article := range []string{"a ", "an ", "the "} {
		if rest, ok := strings.CutPrefix(noun, article); ok {
			return rest
		}
	}
	return noun
}
