package diagnose

import (
	"slices"

	"why403/engine/scenario"
)

// Result is a diagnosis: what AWS said, what the policies say, and which
// explanations are left. It is plain text and lists, so that the page and
// "why403 diagnose --json" tell the same.
type Result struct {
	Said     *Evidence `json:"said"`     // nil where nothing of what was brought is AWS's
	Asked    Asked     `json:"asked"`    // the request that is diagnosed
	Policies Policies  `json:"policies"` // what the policies that were brought say about it
	// Outcome is what the request came to: AWS's word, or where it says less, what
	// the policies that were brought come to by themselves; "denied" where neither
	// tells how.
	Outcome string `json:"outcome"`
	// Verdict is "agrees" where the policies come to AWS's outcome by the policy
	// type that AWS names; "narrower" where AWS's message leaves open what they
	// say, or they leave open what it says; "contradicts" where they can't
	// give that message; "" where there is no message or no policy.
	Verdict string `json:"verdict"`
	Why     string `json:"why"` // the verdict in a sentence

	Proved   []Finding `json:"proved"`
	Possible []Finding `json:"possible"` // most likely first
	RuledOut []Finding `json:"ruledOut"`

	Next  *Command  `json:"next"`  // what to fetch next; nil where nothing would tell more
	Later []Command `json:"later"` // what comes after it, in order

	// Checklist is every policy type of which something was not brought.
	Checklist []Open `json:"checklist"`

	// Edit tells whether an edit of a policy may be offered. It is false while a
	// policy that the edit would replace is not known.
	Edit    bool   `json:"edit"`
	EditWhy string `json:"editWhy"` // the reason where it is false, a sentence

	Read     []Read    `json:"read"`     // what was brought, piece by piece
	Problems []Problem `json:"problems"` // what could not be read
}

// Evidence is what AWS said about one request: the sentence of an error, a
// CloudTrail event, a decoded authorization message, or the details that
// iam-toolbox prints. What AWS did not say is "".
//
// https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html
type Evidence struct {
	Text      string `json:"text"`      // AWS's words, on one line
	Outcome   string `json:"outcome"`   // "allow", "implicit deny" or "explicit deny"
	Type      string `json:"type"`      // the policy type that AWS names, as explain.TypeName has it
	Policy    string `json:"policy"`    // the ARN of the policy that AWS names
	Principal string `json:"principal"` // as AWS has it
	Action    string `json:"action"`
	Resource  string `json:"resource"`

	AuthorizationID string   `json:"authorizationId"` // under which AWS keeps the details of the denial
	Encoded         string   `json:"encoded"`         // the encoded authorization message of EC2, while it is not decoded
	Sids            []string `json:"sids"`            // of the statements that a decoded message lists
	Time            string   `json:"time"`            // of the request, RFC 3339
	NoPolicy        string   `json:"noPolicy"`        // what decides in place of policies, a sentence; "" where policies do
	Look            string   `json:"look"`            // what to look at then
	Page            string   `json:"page"`            // AWS's page about it
}

// Asked is the request that is diagnosed. Filled says which of its parts AWS's
// message left open, and where they were taken from: a clause each.
type Asked struct {
	Principal string   `json:"principal"`
	Action    string   `json:"action"`
	Resource  string   `json:"resource"`
	Filled    []string `json:"filled"`
}

// Policies is what the policies that were brought say about the request.
type Policies struct {
	Outcome  string   `json:"outcome"`  // "allow", "implicit deny", "explicit deny" or "depends"; "" without policies
	DeniedBy string   `json:"deniedBy"` // as explain.TypeName has it
	Verdict  string   `json:"verdict"`  // a sentence
	Message  string   `json:"message"`  // the sentence that AWS would print
	Given    []string `json:"given"`    // the policy types that were brought
	None     []string `json:"none"`     // of which it is known that there are none
	Unknown  []string `json:"unknown"`  // of which nothing is known
	Depends  []string `json:"depends"`  // what the outcome depends on, as "unknown:" names it
	// Clauses: each list is enough to be allowed, or denied, whatever else is so.
	AllowedIf [][]string `json:"allowedIf"`
	DeniedIf  [][]string `json:"deniedIf"`
}

// Finding is one explanation of AWS's answer, or one fact.
type Finding struct {
	ID      string   `json:"id"`      // names the row of the table: "statement", "not-attached", …
	Text    string   `json:"text"`    // a sentence
	Because []string `json:"because"` // what makes it possible, or proves it, or rules it out: a sentence each
	Proof   string   `json:"proof"`   // what would prove it; "" where it is proved or ruled out
	Place   *Place   `json:"place"`   // in a policy that was brought; nil for none
	Type    string   `json:"type"`    // the policy type it is about, as explain.TypeName has it, or ""
	Doc     string   `json:"doc"`     // AWS's page

	Restates bool `json:"-"` // it says no more than AWS's message does
}

// Place is where in a policy an explanation is.
type Place struct {
	Section   string `json:"section"`
	Statement int    `json:"statement"` // from 1; 0 for the whole policy
	Sid       string `json:"sid"`
	Element   string `json:"element"` // Principal, Action, Resource or Condition; "" for all of it
	Key       string `json:"key"`     // the condition key, for a Condition
	Line      int    `json:"line"`    // in the section, from 1
	Column    int    `json:"column"`  // from 1
}

// Command is something to run and to paste the output of. It only reads, and
// asks for no more than is needed.
type Command struct {
	ID   string `json:"id"`   // for [Answer]
	Text string `json:"text"` // what it shows
	Line string `json:"line"` // for a shell; capitals stand for what is not known; "" where the owners alone can run it
	// Letter is what to send to the owners of the account that it is to be run in,
	// where that is not the caller's; "" otherwise.
	Letter string `json:"letter"`
	Type   string `json:"type"`  // the policy type that it tells of, as explain.TypeName has it, or ""
	Where  string `json:"where"` // the account to run it in, 12 digits, or ""; the text names that of other owners
	None   string `json:"none"`  // what AWS prints where there is no such thing, or ""
	// Always says that there is one wherever there is such a resource: every key
	// has a key policy, and every role a trust policy.
	Always bool     `json:"always"`
	Tells  []string `json:"tells"` // the IDs of the findings that its answer separates
	Doc    string   `json:"doc"`
}

// Open is a policy type of which nothing was brought, or not all.
type Open struct {
	Layer    string    `json:"layer"`    // as "unknown:" names it
	Noun     string    `json:"noun"`     // what it is called, without an article
	Part     bool      `json:"part"`     // some of it was brought
	Commands []Command `json:"commands"` // that print it; none where nothing does
}

// Answer is what a person says about a command instead of pasting its output.
type Answer struct {
	Command string // its ID
	Kind    AnswerKind
}

// AnswerKind is one of the answers that a command can have besides its output.
type AnswerKind string

// The answers.
const (
	None   AnswerKind = "none"   // there is no such policy
	Denied AnswerKind = "denied" // "I may not run this"
)

// Read is one piece that was brought, and what it was taken for.
type Read struct {
	Name  string   `json:"name"`
	Kind  string   `json:"kind"` // in words, "" where it was not recognised
	Facts []string `json:"facts"`
}

// Problem is what is wrong in a piece, and where.
type Problem struct {
	Name    string `json:"name"`
	Line    int    `json:"line"`   // from 1, 0 where there is no place
	Column  int    `json:"column"` // from 1
	Message string `json:"message"`
}

// Brought is what a diagnosis starts from.
type Brought struct {
	// Text is a scenario. Its request says under "unknown:" which policy types
	// nothing is known of; UNKNOWN stands for what the request leaves open.
	Text     string
	Said     *Evidence // nil for nothing
	Errors   []string  // AWS's texts, as they were brought
	None     []string  // the policy types, as "unknown:" names them, of which it is known that there are none
	Next     []Command // what the outputs that were brought ask for
	Changed  string    // when the youngest policy that was brought was made, RFC 3339; "" where nothing tells
	Denied   []string  // actions of commands that AWS denied: their errors were brought, too
	Read     []Read
	Problems []Problem
	Kept     scenario.Kept // the policies of Text, as far as they were read
	Complete bool          // the scenario is a person's own: what it does not say is not looked for
}

// News is what is proved beyond what AWS's message says itself.
func (r *Result) News() []Finding {
	return slices.DeleteFunc(slices.Clone(r.Proved), func(f Finding) bool { return f.Restates })
}

// lists makes every list one that has nothing in it, where there was none: in
// JSON it is [] then.
func (r *Result) lists() {
	empty(&r.Proved, &r.Possible, &r.RuledOut)
	empty(&r.Later)
	empty(&r.Checklist)
	for i := range r.Checklist {
		empty(&r.Checklist[i].Commands)
		for j := range r.Checklist[i].Commands {
			empty(&r.Checklist[i].Commands[j].Tells)
		}
	}
	empty(&r.Read)
	empty(&r.Problems)
	empty(&r.Asked.Filled, &r.Policies.Given, &r.Policies.None, &r.Policies.Unknown, &r.Policies.Depends)
	empty(&r.Policies.AllowedIf, &r.Policies.DeniedIf)
	for _, findings := range [][]Finding{r.Proved, r.Possible, r.RuledOut} {
		for i := range findings {
			empty(&findings[i].Because)
		}
	}
	for i := range r.Read {
		empty(&r.Read[i].Facts)
	}
	for i := range r.Later {
		empty(&r.Later[i].Tells)
	}
	if r.Next != nil {
		empty(&r.Next.Tells)
	}
	if r.Said != nil {
		empty(&r.Said.Sids)
	}
}

func empty[T any](lists ...*[]T) {
	for _, l := range lists {
		if *l == nil {
			*l = []T{}
		}
	}
}
