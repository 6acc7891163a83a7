// Package importer recognises what was pasted (an error message, a CloudTrail
// event, the output of the AWS CLI, a policy) and turns it into a scenario.
//
// It takes only what the text says. What a text leaves open is listed beside
// the scenario, with the command that would tell.
package importer

import (
	"slices"
	"strings"

	"why403/engine/policy"
	"why403/engine/scenario"
	"why403/engine/template"
)

// Result is what a pasted text came to.
type Result struct {
	Kind       string           // what it was taken for, in words; "" where it was not recognised
	Text       string           // the new scenario file; "" where nothing could be used, or a choice is needed
	Understood []string         // short facts that were taken from it
	Unknown    []string         // what it can't tell
	Next       []Next           // what to paste next
	Choices    []Choice         // what can be chosen in it
	Problems   []policy.Problem // with places in bytes of the pasted text
	Fields     []Field          // references that the text leaves open, with what stands in their place
	Syntax     string           // "hcl" or "yaml": the text has to be made JSON first, by package source
	Brought    []string         // the policy types, as an answer calls them, that the new scenario has more of than the present one
	Said       *Said            // AWS's answer to a request, where the text has one
	None       []string         // the policy types, as explain.TypeName has them, of which it says that there are none
}

// Said is what AWS says of one request, in its words: "" for what it does not
// say.
type Said struct {
	Text      string // the sentence
	Outcome   string // as [engine.Outcome] has it
	Type      string // the policy type that AWS names, as explain.TypeName has it
	Policy    string // the ARN of the policy that AWS names
	Principal string
	Action    string
	Resource  string

	AuthorizationID string   // under which AWS keeps the details of the denial
	Encoded         string   // the message that sts:DecodeAuthorizationMessage decodes
	Sids            []string // of the statements that AWS lists
	NoPolicy        string   // what decides in place of policies, a sentence; "" where policies do
	Policies        bool     // policies decide such requests, though none changes this answer
	Look            string   // what to look at then
	Page            string   // AWS's page about it
}

// Next is something to paste next.
type Next struct {
	Text    string // what it is
	Command string // the command line that prints it, "" where there is none
}

// Field is a reference in infrastructure as code, such as var.team, and what
// stands in its place: "" where its name does.
type Field struct{ Name, Value string }

// Choice is one of several things that a text can be used for.
type Choice struct{ ID, Label string }

// ScenarioKind is the Kind of a whole scenario file; all other kinds are parts of
// a case.
const ScenarioKind = "a why403 scenario"

// recogniser is one kind of text. kind says in words what it is; shapes are
// those of JSON, see anyOf, or fits tells.
type recogniser struct {
	kind   string
	shapes string
	fits   func(*paste) bool
	use    func(*paste)
}

// recognisers is every kind of text. The first that fits wins, so what is
// narrower stands above what is wider.
var recognisers = []recogniser{
	{ScenarioKind, "", isScenario, (*paste).useScenario},
	{"CloudTrail events", "", isTrail, (*paste).useTrail},
	{"a decoded authorization message", "", isDecoded, (*paste).useDecoded},
	{"the output of aws iam get-account-authorization-details", "", isAuthorization, (*paste).useAuthorization},
	{"an S3 access control list", "Grants/0/Permission | Owner & Grants", nil, (*paste).useACL},
	{"the details of a denied request", "", isDetails, (*paste).useDetails},
	{"the results of the policy simulator", "", isSimulation, (*paste).useSimulation},
	{"a finding of IAM Access Analyzer", "", isFinding, (*paste).useFinding},
	{"an item of AWS Config", "", isConfigItem, (*paste).useConfigItem},
	{"infrastructure as code", "", isTemplate, (*paste).useTemplate},
	{"KMS grants", "", isGrants, (*paste).useGrants},
	{"the output of aws s3api get-public-access-block", "PublicAccessBlockConfiguration", nil, (*paste).useBlockPublic},
	{"the output of aws s3api get-bucket-ownership-controls", "OwnershipControls/Rules", nil, (*paste).useOwnership},
	{"the output of aws ec2 describe-vpc-endpoints", "VpcEndpoints", nil, (*paste).useEndpoints},
	{"the output of aws organizations describe-policy", "Policy/PolicySummary & Policy/Content | PolicySummary & Content", nil,
		(*paste).useOrganizationPolicy},
	{"the output of aws organizations list-policies-for-target", "Policies/0/Type", nil, (*paste).usePolicyList},
	{"the output of aws iam get-role", "Role/AssumeRolePolicyDocument", nil, (*paste).useRole},
	{"the output of aws iam get-instance-profile", "InstanceProfile/Roles/0/AssumeRolePolicyDocument", nil, (*paste).useInstanceProfile},
	{"the output of aws sts assume-role", "AssumedRoleUser/Arn", nil, (*paste).useAssumed},
	{"the output of aws lambda get-function", "Configuration/FunctionArn & Configuration/Role | FunctionArn & Role", nil,
		(*paste).useFunction},
	{"an AWS IoT policy", "", isDevicePolicy, (*paste).useDevicePolicy},
	{"the inline policy of a permission set", "InlinePolicy", nil, (*paste).useInlinePolicy},
	{"the output of aws iam get-user", "User/Arn & User/UserName", nil, (*paste).useUser},
	{"the output of aws sts get-caller-identity", "UserId & Account & Arn", nil, (*paste).useCaller},
	{"the output of aws kms describe-key", "KeyMetadata/Arn", nil, (*paste).useKey},
	{"the output of aws iam list-attached-policies", "AttachedPolicies", nil, (*paste).useAttached},
	{"an identity-based policy", "PolicyDocument & PolicyName | PolicyVersion/Document", nil, (*paste).useIdentityOutput},
	{"a resource-based policy", "", isResourceOutput, (*paste).useResourceOutput},
	{"the settings of a resource without a policy", "", isWithoutPolicy, (*paste).useWithoutPolicy},
	{"a policy", "Statement", nil, (*paste).usePolicy},
	{"an output with a policy in it", "", hasDocuments, (*paste).useDocuments},
	{"an output without policies", "", isNothing, (*paste).useNothing},
	{"statements of a policy", "Effect & Action | Effect & NotAction | 0/Effect", nil, (*paste).useStatement},
	{"a policy inside a JSON string", "", isQuotedPolicy, (*paste).useQuotedPolicy},
}

// textRecognisers are the kinds of text that is not JSON, or in which JSON
// stands for nothing by itself.
var textRecognisers = []recogniser{
	{"CloudTrail events", "", isEventText, (*paste).useTrail},
	{"a denial in the AWS console", "", isBanner, (*paste).useBanner},
	{"a line of an S3 server access log", "", isAccessLog, (*paste).useAccessLog},
	{"an answer of the AWS CLI", "", isEmptyAnswer, (*paste).useEmptyAnswer},
	{"an encoded authorization message", "", isEncoded, (*paste).useEncoded},
	{"AWS's access denied message", "", isMessage, (*paste).useMessage},
}

// known is what the person is told when nothing fits.
const known = "Paste an access denied message, a CloudTrail event, the output of aws sts decode-authorization-message, a policy, " +
	"a scenario, or what the AWS CLI prints for a policy, a role, KMS grants, an S3 bucket's settings, a VPC endpoint or " +
	"get-account-authorization-details."

// Import recognises a pasted text and puts what it says into a scenario file.
// choice is the ID of one of the Choices of an earlier Result, or "".
func Import(scenarioText, pasted, choice string) Result {
	return Fill(scenarioText, pasted, choice, nil)
}

// Fill does the same with values for the Fields of an earlier Result.
func Fill(scenarioText, pasted, choice string, values map[string]string) Result {
	r := read(scenarioText, pasted, choice, values)
	if r.Text != "" {
		r.Brought = brought(scenarioText, r.Text)
	}
	return r
}

func read(scenarioText, pasted, choice string, values map[string]string) Result {
	if len(pasted) > policy.MaxSize {
		return importLong(scenarioText, pasted, choice, values)
	}
	p := newPaste(scenarioText, pasted, choice)
	p.values = values
	switch {
	case p.text == "":
		p.problem(policy.Span{}, "empty", "Nothing is pasted. "+known)
		return p.out
	}
	if r := p.recognise(recognisers); r != nil {
		p.use(r)
		return p.out
	}
	if s := syntaxOf(p.text); s != nil && p.root == nil {
		p.translate(s)
		return p.out
	}
	// Quote marks stand between JSON and its lines, so they go first.
	if strings.HasPrefix(p.text, ">") && p.importRepaired(pasted) {
		return p.out
	}
	if parts := p.parts(); len(parts) > 0 {
		p.useParts(parts)
		return p.out
	}
	if p.importRepaired(pasted) {
		return p.out
	}
	if r := p.recognise(textRecognisers); r != nil {
		p.use(r)
		return p.out
	}
	if p.broken != nil {
		p.out.Problems = p.broken
	} else if yamlLike(p.text) && (strings.Contains(p.text, "arn:aws") || strings.Contains(p.text, "Effect: ")) {
		p.translate(&syntax{template.YAML, "YAML", "", ""})
	} else {
		p.problem(policy.Span{Start: 0, End: len(p.text)}, "not-recognised", "This is not recognised. "+p.looksLike()+known)
	}
	return p.out
}

// importLong takes a text that is longer than policy.MaxSize: what belongs to
// one request.
func importLong(scenarioText, pasted, choice string, values map[string]string) Result {
	p := newPaste(scenarioText, "", choice)
	p.values = values
	if s := syntaxOf(pasted); s != nil {
		p.translate(s)
		return p.out
	}
	if p.longTemplate(pasted) {
		return p.out
	}
	principal, role := p.asked("principal"), p.asked("role")
	kept := reduced(pasted, func(arn string) bool {
		if choice != "" {
			return arn == choice
		}
		e := entity{arn: arn, role: strings.Contains(arn, ":role/")}
		return arn != "" && e.is(principal, role)
	})
	if kept == "" || len(kept) > policy.MaxSize {
		p.tooLarge(pasted)
		return p.out
	}
	r := read(scenarioText, kept, choice, nil)
	if r.Text == "" && len(r.Choices) == 0 {
		p.tooLarge(pasted)
		return p.out
	}
	r.Unknown = append(r.Unknown, "What else is in this text: it is longer than 1 MiB, and only what belongs to refused requests, or to "+
		"one user or role, was read")
	return r
}

// recognise gives the first of some kinds of text that fits, or nil.
func (p *paste) recognise(kinds []recogniser) *recogniser {
	for i := range kinds {
		if r := &kinds[i]; r.fits != nil && r.fits(p) || anyOf(p.root, r.shapes) {
			return r
		}
	}
	return nil
}

func (p *paste) use(r *recogniser) {
	p.out.Kind = r.kind
	r.use(p)
	p.check()
	if p.out.Text != "" {
		p.forget()
	}
}

// paste is a text at work.
type paste struct {
	text    string       // without what surrounds it
	at      int          // where text begins in what was pasted
	root    *policy.Node // nil where the text is not JSON
	broken  []policy.Problem
	before  string         // the scenario as it was
	file    *scenario.File // the scenario, which is changed
	choice  string
	command string            // the command line above an output, or ""
	name    string            // of the file that the text is, or ""
	folder  string            // of the entity that policies of a principal go to, with a slash, or ""
	more    bool              // the scenario is written once, in the end
	folders map[string]string // of the ARNs of entities
	offered map[string]bool   // the IDs of choices
	values  map[string]string // of Fields
	out     Result
	masks   [][2]string // accounts that the text hides, with what stands in their place
	message *message    // the text read as a message
}

func newPaste(scenarioText, pasted, choice string) *paste {
	p := &paste{before: scenarioText, file: scenario.Parse(scenarioText), choice: choice}
	if len(pasted) > policy.MaxSize {
		return p
	}
	p.text, p.at = bare(pasted)
	if p.text != "" && strings.IndexByte("{[\"", p.text[0]) >= 0 {
		p.root, p.broken = readJSON(p.text)
		for i := range p.broken {
			p.broken[i].Span.Start = max(0, p.broken[i].Span.Start+p.at)
			p.broken[i].Span.End = min(len(pasted), p.broken[i].Span.End+p.at)
		}
	}
	p.unwrapped()
	return p
}

// unwrapped takes what a JSON string has in it in place of the string, unless
// that is a policy by itself. Places in it are not those of the pasted text.
func (p *paste) unwrapped() {
	for p.root != nil && p.root.Kind == policy.String && strings.HasPrefix(strings.TrimSpace(p.root.Value), "{") {
		text := strings.TrimSpace(p.root.Value)
		inner, problems := policy.ParseJSON("", text)
		if fatal(problems) || get(inner, "Statement") != nil {
			return
		}
		p.text, p.root, p.at = text, inner, 0
	}
}

// bare gives a text without the byte order mark and what stands around JSON
// where somebody copied a piece of it, and where it begins.
func bare(pasted string) (text string, at int) {
	text = strings.TrimPrefix(pasted, "\uFEFF")
	text = strings.TrimLeft(text, " \t\r\n")
	at = len(pasted) - len(text)
	text = strings.TrimRight(text, " \t\r\n")
	if text != "" && strings.IndexByte("{[\"", text[0]) >= 0 {
		text = strings.TrimRight(strings.TrimSuffix(text, ","), " \t\r\n")
	}
	for _, name := range []string{`"Statement"`, `"Version"`} {
		if strings.HasPrefix(text, name) {
			return "{" + text + "}", at - 1
		}
	}
	return text, at
}

// readJSON reads one JSON value, or several with white space between them, as
// JSON lines have it: those come back as a list, with places in themselves.
func readJSON(text string) (*policy.Node, []policy.Problem) {
	root, problems := policy.ParseJSON("", text)
	if !fatal(problems) {
		return root, nil
	}
	list := &policy.Node{Kind: policy.Array, Closed: true}
	for rest := text; rest != ""; rest = strings.TrimLeft(rest, " \t\r\n") {
		n := valueLength(rest)
		if n <= 0 || rest[0] != '{' {
			return nil, problems
		}
		item, wrong := policy.ParseJSON("", rest[:n])
		if fatal(wrong) {
			return nil, problems
		}
		list.Items = append(list.Items, *item)
		rest = rest[n:]
	}
	return list, nil
}

// fatal reports whether a text can't be read as JSON. A name that an object has
// twice is left to whoever reads the policy.
func fatal(problems []policy.Problem) bool {
	for i := range problems {
		if problems[i].Code != "duplicate-name" {
			return true
		}
	}
	return false
}

// tooLarge says the limit, and how to get less.
func (p *paste) tooLarge(pasted string) {
	message := "This is longer than 1 MiB, and no message, denied event or role was found in it. Paste the one message, event or policy " +
		"that this is about."
	if len(pasted) > MaxSize {
		message = "At most 64 MiB is read. Paste the one message, event or policy that this is about."
	}
	if head := pasted[:4096]; strings.Contains(head, "DetailList") || strings.Contains(head, "PolicyVersionList") {
		message = "This is too long to be read. Ask for the one role or user that this is about, with --query, as in the command here."
		p.authorizationNext("", "")
	}
	p.problem(policy.Span{Start: policy.MaxSize, End: policy.MaxSize}, "too-large", message)
}

// problem reports what is wrong at a place of the text.
func (p *paste) problem(span policy.Span, code, message string) {
	span.Start, span.End = max(0, span.Start+p.at), max(0, span.End+p.at)
	p.out.Problems = append(p.out.Problems, policy.Problem{Span: span, Code: code, Message: message})
}

func (p *paste) understood(facts ...string) {
	p.out.Understood = appendNew(p.out.Understood, facts)
}

// appendNew adds the texts that a list has not yet, as many as are listed.
func appendNew(list, texts []string) []string {
	for _, text := range texts {
		if text != "" && len(list) < MaxChoices && !slices.Contains(list, text) {
			list = append(list, text)
		}
	}
	return list
}

// fact is a fact with a name; without a value there is none.
func (p *paste) fact(name, value string) {
	if value = oneLine(value); value != "" {
		p.understood(name + ": " + value)
	}
}

func (p *paste) unknown(facts ...string) { p.out.Unknown = appendNew(p.out.Unknown, facts) }

func (p *paste) next(text, command string) {
	for _, n := range p.out.Next {
		if n.Command == command && (command != "" || n.Text == text) {
			return
		}
	}
	if len(p.out.Next) < MaxChoices {
		p.out.Next = append(p.out.Next, Next{text, command})
	}
}

// notUsed says that a text is understood, but has no part in the request.
func (p *paste) notUsed(why string) {
	p.out.Text = ""
	p.unknown(why)
}

// MaxChoices is how many facts of each sort are listed.
const MaxChoices = 200

func (p *paste) offer(id, label string) {
	if p.offered == nil || len(p.out.Choices) == 0 {
		p.offered = map[string]bool{}
	}
	if !p.offered[id] && len(p.out.Choices) < maxListed {
		p.offered[id] = true
		p.out.Choices = append(p.out.Choices, Choice{id, oneLine(label)})
	}
}

// check withdraws a scenario that would be more broken than the one before: its
// structure and its requests are ours, the policies are as they were pasted.
func (p *paste) check() {
	if p.out.Text == "" {
		return
	}
	if len(p.out.Text) > scenario.MaxSize {
		p.out.Text = ""
		p.problem(policy.Span{}, "too-large", "With this, the scenario would be longer than 4 MiB. Paste less.")
		return
	}
	if message := structure(p.out.Text); message != "" && (p.before == "" || structure(p.before) == "") {
		p.out.Text = ""
		p.problem(policy.Span{}, "unusable", "This can't be put into a scenario: "+message)
	}
}

// structure gives the first error of a scenario file that is not inside a
// policy, or "".
func structure(text string) string {
	f := scenario.Parse(text)
	for i := range f.Problems {
		problem := &f.Problems[i]
		_, request := scenario.RequestName(problem.Section)
		if problem.Severity == policy.Error && (request || problem.Section == "") {
			return problem.Message
		}
	}
	return ""
}
