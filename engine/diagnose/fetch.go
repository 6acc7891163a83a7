package diagnose

import (
	"cmp"
	"slices"
	"strings"

	"why403/engine/awscli"
	"why403/engine/policy"
	"why403/engine/shell"
)

// maxLater is how many commands are listed after the next one.
const maxLater = 4

// fetch finds what to run next: of the commands that were not answered yet the
// one whose answer separates most of what is still possible.
func (s *state) fetch(r *Result) {
	if (s.verdict == agrees || s.settled()) && len(r.Proved) > 0 && !s.owes(r) {
		return
	}
	if slices.ContainsFunc(r.Proved, func(f Finding) bool { return f.ID == "changed-since" }) {
		return // making the request again tells more than any policy
	}
	type choice struct {
		Command
		gain int
	}
	var choices []choice
	for i := range commands {
		c := &commands[i]
		if s.answered(c) || !c.may(s) {
			continue
		}
		gain, tells := s.gain(c, r)
		if gain == 0 {
			continue
		}
		choices = append(choices, choice{s.command(c, tells), gain})
	}
	slices.SortStableFunc(choices, func(a, b choice) int { return cmp.Compare(b.gain, a.gain) })
	for _, c := range s.brought.Next {
		if s.verdict != agrees {
			choices = slices.Insert(choices, 0, choice{c, 0}) // the names are known, and the texts are not
		}
	}
	for i, c := range choices {
		switch {
		case i == 0:
			r.Next = &choices[0].Command
		case i <= maxLater:
			r.Later = append(r.Later, c.Command)
		}
	}
}

// owes reports whether something that is proved still hides which statement it
// is: AWS names a policy type that was not brought.
func (s *state) owes(r *Result) bool {
	return slices.ContainsFunc(r.Proved, func(f Finding) bool { return strings.HasPrefix(f.ID, "layer-") })
}

// gain says how much the answer to a command separates: the explanations that
// it tells of, each by how likely it is, the first most.
func (s *state) gain(c *command, r *Result) (gain int, tells []string) {
	words := strings.Fields(c.tells)
	for i, f := range r.Possible {
		if f.ID == "changed-since" && c.layer != "" && c.layer != layerOf(s.said.Type) {
			continue // the policy of another type has no part in it
		}
		if slices.Contains(words, f.ID) {
			gain += max(1, 40>>min(i, 5))
			tells = appendNew(tells, f.ID)
		}
	}
	for _, f := range r.Proved {
		if strings.HasPrefix(f.ID, "layer-") && slices.Contains(words, f.ID) {
			gain += 200
			tells = appendNew(tells, f.ID)
		}
	}
	if slices.Contains(words, "who") && !s.callerNamed() && s.concerns(policy.Identity) {
		gain += 60
	}
	if slices.Contains(words, "which") && strings.Contains(s.check.Resource, unnamed) {
		gain += 30
	}
	if gain > 0 && c.first {
		gain += 1000
	}
	return gain, tells
}

func appendNew(list []string, text string) []string {
	if slices.Contains(list, text) {
		return list
	}
	return append(list, text)
}

// answered reports whether a command's answer is known: it was brought, or a
// person said that there is none, or that they may not run it. A lesser command
// is not asked before the one that it stands in for was denied.
func (s *state) answered(c *command) bool {
	for _, a := range s.answers {
		if a.Command == c.id {
			return true
		}
	}
	if s.refusedTo(c) || c.after != "" && !slices.Contains(s.answers, Answer{c.after, Denied}) && !s.refusedTo(commandOf(c.after)) {
		return true
	}
	if c.layer == "" || c.after != "" || s.unknown(c.layer) {
		return false
	}
	return s.verdict != contradicts || !s.given(c.layer) && !s.disowned(c.layer)
}

// refusedTo reports whether the error of a command was brought.
func (s *state) refusedTo(c *command) bool {
	return slices.ContainsFunc(s.brought.Denied, c.Asks)
}

// command fills the request into a row.
func (s *state) command(c *command, tells []string) Command {
	out := Command{ID: c.id, Text: c.Text, Line: s.line(c), Type: c.layer, None: c.None, Always: c.Always, Tells: tells, Doc: c.Doc,
		Where: s.check.Principal.Account}
	if c.Owner {
		out.Where = s.check.ResourceAccount
	}
	if !told(out.Where) {
		out.Where = ""
	}
	if c.Owner && told(s.check.Principal.Account) {
		if say := c.Reach.ForOwners(out.Where, s.check.Principal.Account, c.Policy); say != "" {
			out.Letter = s.letter(c, out.Line)
			out.Text, out.Line, out.Where, out.None = cmp.Or(c.Thing, out.Text)+say, "", "", ""
		}
	}
	return out
}

// line is the command line of a row.
func (s *state) line(c *command) string {
	line := awscli.Fill(c.Line, func(word string) (string, bool) {
		for i := range wordTable {
			if w := &wordTable[i]; w.word == word {
				value := w.value(s)
				return quoted(value), value != ""
			}
		}
		return "", false
	})
	if region := s.region(); c.Region && region != "" {
		line += " --region " + quoted(region)
	}
	return line
}

// wordTable is what the words in capitals of a command line stand for.
var wordTable = []struct {
	word  string
	value func(*state) string
}{
	{"AUTHORIZATION", func(s *state) string { return s.said.AuthorizationID }},
	{"ENCODED", func(s *state) string { return s.said.Encoded }},
	{"POLICYARN", func(s *state) string { return s.said.Policy }},
	{"POLICY", func(s *state) string { return lastName(s.said.Policy) }},
	{"ROLEARN", func(s *state) string { return s.check.Principal.Role }},
	{"ROLE", func(s *state) string { return lastName(s.check.Principal.Role) }},
	{"USER", func(s *state) string { return s.check.Principal.Name }},
	{"CALLER", func(s *state) string { return account(s.check.Principal.Account) }},
	{"OWNER", func(s *state) string { return account(s.check.ResourceAccount) }},
	{"BUCKET", ofARN("BUCKET")},
	{"OBJECT", ofARN("OBJECT")},
	{"ARN", ofARN("ARN")},
	{"TABLE", ofARN("TABLE")},
	{"PATH", ofARN("PATH")},
	{"VAULT", ofARN("VAULT")},
	{"NAME", func(s *state) string {
		return strings.Replace(awscli.OfARN("NAME", s.check.Resource), unnamed, "ROLE", 1)
	}},
	{"QUEUE", ofARN("QUEUE")},
	{"REGION", func(s *state) string { return cmp.Or(s.region(), "REGION") }},
	{"ENDPOINTSERVICE", func(s *state) string { return "com.amazonaws." + cmp.Or(s.region(), "REGION") + "." + s.service() }},
	{"VPCE", func(s *state) string {
		v, _ := s.check.Context.Get("aws:SourceVpce")
		return strings.Join(v, " ")
	}},
	{"OPERATION", func(s *state) string { _, name, _ := strings.Cut(s.check.Action, ":"); return name }},
	{"ACTION", func(s *state) string { return s.check.Action }},
	{"CHANGED", func(s *state) string {
		if layerOf(s.said.Type) == "resource" {
			return cmp.Or(lastName(bucketOrAll(s.check.Resource)), "RESOURCE")
		}
		return cmp.Or(lastName(s.check.Principal.Role), s.check.Principal.Name, "CALLER")
	}},
}

// ofARN is a word that the ARN of the resource tells.
func ofARN(word string) func(*state) string {
	return func(s *state) string { return awscli.OfARN(word, s.check.Resource) }
}

// account is an account, or a word in capitals for one that nothing names.
func account(id string) string {
	if !told(id) {
		return "ACCOUNT"
	}
	return id
}

// quoted makes one word for a shell of a text that somebody else wrote.
func quoted(word string) string {
	return shell.Word(strings.Join(strings.Fields(word), " "))
}

// edit says whether an edit may be offered: none is while a policy that it
// would replace is not known, and none where the policies are not those that
// AWS judged by.
func (s *state) edit(r *Result) {
	switch {
	case s.verdict == contradicts:
		r.EditWhy = "The policies given here are not what AWS judged the request by, so an edit of them may change nothing."
	case s.unknown("resource") && told(s.check.ResourceAccount) && told(s.check.Principal.Account) &&
		s.check.ResourceAccount != s.check.Principal.Account:
		r.EditWhy = sentence(s.noun("resource") + " is not known, and an edit would replace it. It belongs to account " +
			s.check.ResourceAccount + ": ask its owners for it")
	case s.unknown("resource"):
		r.EditWhy = sentence(s.noun("resource") + " is not known, and an edit would replace it. Fetch it first")
	case !slices.ContainsFunc(s.layers, func(l layer) bool { return l.state == given }):
		r.EditWhy = "No policy is known yet."
	default:
		r.Edit = true
	}
}
