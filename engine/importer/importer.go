// Package importer recognises what was pasted (an error message, a CloudTrail
// event, the output of the AWS CLI, a policy) and turns it into a scenario.
//
// It takes only what the text says. What a text leaves open is listed beside
// the scenario, with the command that would tell.
package importer

import (
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
	Chosen     string           // the ID of the choice that this is; "" where nothing is taken before one is made
	Why        string           // why that is taken, or why nothing is before a choice: a sentence, or ""
	Problems   []policy.Problem // with places in bytes of the pasted text
	Fields     []Field          // references that the text leaves open, with what stands in their place
	Syntax     string           // "hcl" or "yaml": the text has to be made JSON first, by package source; Text has its message alone
	Brought    []string         // the policy types, as an answer calls them, that the new scenario has more of than the present one
	Unread     string           // what beside AWS's message looks like a policy, and is not read: a sentence without its dot, or ""
	Said       *Said            // AWS's answer to a request, where the text has one
	None       []string         // the policy types, as explain.TypeName has them, of which it says that there are none
	Whole      []string         // the policy types of which it has all, or says itself whether there are others
	Kept       scenario.Kept    // the policies of the new scenario that were read
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
	Decoded         string   // the message that sts:DecodeAuthorizationMessage printed, as it was brought
	Sids            []string // of the statements that AWS lists
	NoPolicy        string   // what decides in place of policies, a sentence; "" where policies do
	Policies        bool     // policies decide such requests, though none changes this answer
	Look            string   // what to look at then
	Page            string   // AWS's page about it
}

// Verbatim is what AWS said, to be kept and read again: a decoded message as it
// is, else the sentence with the ID and the encoded message behind it.
func (s *Said) Verbatim() string {
	if s.Decoded != "" {
		return s.Decoded
	}
	text := s.Text
	if s.AuthorizationID != "" && !strings.Contains(text, s.AuthorizationID) {
		text = strings.TrimRight(text, ".") + ". " + detailsBy + withID + s.AuthorizationID
	}
	if s.Encoded != "" && !strings.Contains(text, s.Encoded) {
		text = strings.TrimRight(text, ".") + ". " + encoded + " " + s.Encoded
	}
	return text
}

func (s *Said) texts() [9]*string {
	return [...]*string{&s.Text, &s.Outcome, &s.Type, &s.Policy, &s.Principal, &s.Resource, &s.AuthorizationID, &s.Encoded, &s.Decoded}
}

// With is what AWS says, and where that is nothing, what a second answer to the
// same request says.
func (s *Said) With(more *Said) *Said {
	out := *s
	to, from := out.texts(), more.texts()
	for i := range to {
		if *to[i] == "" {
			*to[i] = *from[i]
		}
	}
	out.Sids = appendNew(s.Sids[:len(s.Sids):len(s.Sids)], more.Sids)
	return &out
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

var scenarioFile = recogniser{ScenarioKind, "", isScenario, (*paste).useScenario}

// recognisers is every kind of text. The first that fits wins, so what is
// narrower stands above what is wider.
var recognisers = []recogniser{
	scenarioFile,
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
	{"the output of aws ram get-resource-policies", "", isShares, (*paste).useShares},
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
	{"words that name a caller and an action", "", isNamed, (*paste).useNamed},
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
		r.assumeFullAccess(scenarioText)
		r.Brought = brought(scenarioText, r.Text)
		r.leaveOpen(false)
	}
	return r
}

func read(scenarioText, pasted, choice string, values map[string]string) Result {
	if len(pasted) > policy.MaxSize {
		return importLong(scenarioText, pasted, choice, values)
	}
	p := newPaste(scenarioText, pasted, choice)
	p.values = map[string]string{}
	for name, v := range values {
		p.values[name] = oneLine(v)
	}
	switch {
	case strings.TrimSpace(p.text) == "":
		p.problem(policy.Span{}, "empty", "Nothing is pasted. "+known)
		return p.out
	}
	if after, changed := template.After(pasted); changed {
		r := read(scenarioText, after, choice, values)
		r.Unknown = append(r.Unknown, BeforeChange)
		return r
	}
	if r := p.recognise(recognisers); r != nil {
		p.use(r)
		return p.out
	}
	if s := syntaxOf(p.text); s != nil && p.root == nil {
		// The code may be broken, and the message beside it is read all the same.
		if strings.Contains(p.text, authorized) && isMessage(p) {
			p.use(&recogniser{"AWS's access denied message", "", isMessage, (*paste).useMessage})
		}
		p.translate(s)
		return p.out
	}
	// Quote marks stand between JSON and its lines, so they go first.
	if strings.HasPrefix(p.text, ">") && p.importRepaired(pasted, 0) {
		return p.out
	}
	parts := p.parts()
	if (len(parts) > 0 && hasAny(p.rest, unreadSigns) || len(parts) == 0) && p.importRepaired(pasted, len(parts)) {
		return p.out
	}
	if len(parts) > 0 {
		p.useParts(parts)
		return p.out
	}
	if r := p.recognise(textRecognisers); r != nil {
		if p.use(r); p.out.Text != "" {
			p.unreadIn(p.text)
		}
		return p.out
	}
	line, next, _ := strings.Cut(p.text, "\n")
	if p.broken != nil && beginsValue(line, next) { // else a bracket is one of a log or of a file of settings
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
	if len(pasted) <= scenario.MaxSize && p.useLongScenario(pasted) {
		return p.out
	}
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

// BeforeChange is what is not known of a text that is a change.
const BeforeChange = "What was there before the change: this is read as it is after it, the side with a plus. If AWS answered " +
	"before the change, bring what was there"

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
