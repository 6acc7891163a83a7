package importer

import (
	"strconv"
	"strings"

	"why403/engine"
	"why403/engine/policy"
)

// place is where a policy can be put: the ID of the choice, its label, and the
// section.
type place struct{ id, label, section string }

// ofCaller are the places of a policy without Principal, ofResource those of
// one with it.
var (
	ofCaller = []place{
		{"identity", "An identity-based policy of the caller", "identity/"},
		{"boundary", "The permissions boundary of the caller", "boundary.json"},
		{"session", "A session policy", "session/"},
		{"scp", "A service control policy (at the root)", "scp/1-root/"},
	}
	ofResource = []place{
		{"resource", "The policy of the resource", "resource.json"},
		{"endpoint", "The policy of the VPC endpoint", "endpoint.json"},
		{"rcp", "A resource control policy (at the root)", "rcp/1-root/"},
	}
)

// putChosen puts a document where the choice says, or else where the guess
// does. Where nothing tells, nothing is put: the person has to say.
func (p *paste) putChosen(places []place, g guess, name, document string) {
	p.out.Why = g.why
	chosen := -1
	for i, at := range places {
		p.offer(at.id, at.label)
		if at.id == p.choice || at.id == g.id && chosen < 0 {
			chosen = i
		}
	}
	if chosen < 0 && (p.mustPut || p.choice != "") {
		chosen = 0
	}
	if chosen < 0 {
		p.out.Text = ""
		p.unknown(notChosen)
		return
	}
	at := places[chosen]
	section := at.section
	if strings.HasSuffix(section, "/") {
		section = p.free(section, fileName(name), document)
	}
	p.out.Chosen = at.id
	if at.id != g.id {
		p.out.Why = ""
	}
	p.understood(at.label)
	if at.id != p.choice {
		p.unknown("What this policy is attached to: its text does not say, so it is read as " + strings.ToLower(at.label[:1]) + at.label[1:])
	}
	p.put(section, document)
}

// free gives a section for a document: the one that has it already, or one
// that is not there yet.
func (p *paste) free(prefix, name, document string) string {
	document, _ = LeftOut(document)
	for n := 1; ; n++ {
		section := prefix + name + ".json"
		if n > 1 {
			section = prefix + name + "-" + strconv.Itoa(n) + ".json"
		}
		if s := p.section(section); s == nil || strings.TrimSpace(s.Text) == strings.TrimSpace(document) {
			return section
		}
	}
}

// usePolicy takes a policy that stands alone.
func (p *paste) usePolicy() { p.usePolicyText(p.root, p.text) }

// useStatement puts statements that stand alone into a policy of their own.
func (p *paste) useStatement() {
	inside := p.text
	if p.root.Kind == policy.Object {
		inside = "[" + inside + "]"
	}
	document := `{"Version": "2012-10-17", "Statement": ` + inside + `}`
	root, problems := policy.ParseJSON("", document)
	if fatal(problems) {
		p.problem(policy.Span{Start: 0, End: 1}, "no-policy", "This is a statement, not a whole policy. A policy is {\"Version\": "+
			"\"2012-10-17\", \"Statement\": [ … ]}: paste all of it.")
		return
	}
	p.unknown("The rest of the policy: these are statements, and a policy of version 2012-10-17 was put around them")
	p.usePolicyText(root, document)
}

func isQuotedPolicy(p *paste) bool {
	return p.root != nil && p.root.Kind == policy.String && strings.HasPrefix(strings.TrimSpace(p.root.Value), "{") &&
		strings.Contains(p.root.Value, "Statement")
}

// useQuotedPolicy takes a policy inside a JSON string, as --query Policy
// without --output text prints it.
func (p *paste) useQuotedPolicy() {
	if document, ok := p.document(p.root); ok {
		root, _ := policy.ParseJSON("", document)
		p.usePolicyText(root, document)
	}
}

func (p *paste) usePolicyText(root *policy.Node, document string) {
	if isStackPolicy(root) {
		p.useStackPolicy(root, document)
		return
	}
	if hasPrincipal(root) {
		p.useResourcePolicy(root, document, "", ofResource)
		return
	}
	p.putChosen(ofCaller, p.guessCaller(root, document), firstOf(p.name, "pasted"), document)
}

// statements gives the statements of a document, which may be one.
func statements(root *policy.Node) []*policy.Node { return oneOrMore(root, "Statement") }

// oneOrMore gives the items of a list, or the one value that stands in its
// place.
func oneOrMore(n *policy.Node, path string) []*policy.Node {
	if one := get(n, path); one != nil && one.Kind != policy.Array {
		return []*policy.Node{one}
	}
	return items(n, path)
}

func hasPrincipal(root *policy.Node) bool {
	for _, s := range statements(root) {
		if get(s, "Principal") != nil || get(s, "NotPrincipal") != nil {
			return true
		}
	}
	return false
}

// service gives the one service that all actions of a document are of, or "".
func service(root *policy.Node) string {
	found := ""
	for _, s := range statements(root) {
		for _, action := range oneOrMore(s, "Action") {
			prefix := serviceOf(action.Value)
			if strings.Contains(prefix, "*") || found != "" && found != prefix {
				return ""
			}
			found = prefix
		}
	}
	return found
}

// useResourcePolicy puts the policy of a resource into the scenario, where the
// request is for such a resource. of is the service, where the output around
// the document tells it.
func (p *paste) useResourcePolicy(root *policy.Node, document, of string, places []place) {
	of = firstOf(of, service(root))
	action := p.asked("action")
	asked := serviceOf(action)
	g := guess{id: "resource"}
	if len(places) > 1 {
		g = p.guessResource(root, document)
	}
	if p.choice == "endpoint" || p.choice == "rcp" || p.choice == "" && g.id != "resource" {
		p.putChosen(places, g, "pasted", document)
		return
	}
	switch {
	case of == "sts" && asked != "sts" && action != "" && asked != "unknown":
		p.understood("A role trust policy")
		p.notUsed("This trust policy is not used: it says who may assume the role, and the request is for " + action)
		return
	case of != "" && asked != "" && asked != "unknown" && of != asked:
		p.understood("A resource-based policy of " + of)
		why := "This policy is not used: it is about " + of + ", and the request is for " + action
		if of == "kms" {
			why += ". Where another service uses the key, kms:Decrypt is a request of its own"
		}
		p.notUsed(why)
		return
	}
	if len(places) > 1 {
		p.putChosen(places, g, "pasted", document)
		return
	}
	p.understood("A resource-based policy" + ofService(of))
	p.put("resource.json", document)
}

func ofService(of string) string {
	if of == "" {
		return ""
	}
	return " of " + of
}

// resourceOutputs are what the AWS CLI prints for the policy of a resource:
// where the document is, and the service it tells of.
var resourceOutputs = []struct{ shape, path, service, arn string }{
	{"Policy & PolicyName", "Policy", "kms", ""},
	{"Policy & BackupVaultName", "Policy", "backup", "BackupVaultArn"},
	{"Policy & FileSystemId", "Policy", "elasticfilesystem", ""},
	{"policyText", "policyText", "ecr", ""},
	{"ResourcePolicy & ARN", "ResourcePolicy", "secretsmanager", "ARN"},
	{"PolicyInJson", "PolicyInJson", "glue", ""},
	{"Attributes/TopicArn & Attributes/Policy", "Attributes/Policy", "sns", "Attributes/TopicArn"},
	{"Attributes/QueueArn & Attributes/Policy", "Attributes/Policy", "sqs", "Attributes/QueueArn"},
	{"Attributes/Policy", "Attributes/Policy", "", ""},
	{"resourcePolicies/0/policyDocument", "resourcePolicies/0/policyDocument", "logs", ""},
	{"Policy", "Policy", "", ""},
	{"policy", "policy", "", ""},
	{"ResourcePolicy", "ResourcePolicy", "", ""},
}

func isResourceOutput(p *paste) bool {
	for _, row := range resourceOutputs {
		if hasAll(p.root, row.shape) && (strings.ContainsAny(str(p.root, row.path), "{%") || get(p.root, row.path+"/Statement") != nil) {
			return true
		}
	}
	return false
}

func (p *paste) useResourceOutput() {
	for _, row := range resourceOutputs {
		if !hasAll(p.root, row.shape) {
			continue
		}
		document, ok := p.document(get(p.root, row.path))
		if !ok {
			return
		}
		arn := ""
		if row.arn != "" {
			arn = str(p.root, row.arn)
		}
		if arn = firstOf(arn, p.commandResource()); arn != "" && !p.mine(arn) && p.attach(arn, "policy.json", document) {
			return
		}
		root, _ := policy.ParseJSON("", document)
		p.useResourcePolicy(root, document, row.service, ofResource[:1])
		if asked := p.asked("resource"); p.out.Text != "" && (asked == "*" && p.asked("action") == engine.NoAction || strings.Contains(asked,
			"UNKNOWN")) {
			p.resourceAt(arn)
			p.out.Text = p.file.Format()
		}
		return
	}
}

// commandResource is the ARN that the command above an output names, or "".
func (p *paste) commandResource() string {
	if bucket := p.option("--bucket"); isBucket(bucket) {
		return "arn:aws:s3:::" + bucket
	}
	for _, option := range []string{"--key-id", "--resource-arn", "--topic-arn", "--secret-id", "--function-name"} {
		if arn := p.option(option); strings.HasPrefix(arn, "arn:") {
			return arn
		}
	}
	return ""
}

// useIdentityOutput takes what the CLI prints for a policy of a user, a group
// or a role, and for a managed policy.
func (p *paste) useIdentityOutput() {
	if version := get(p.root, "PolicyVersion/Document"); version != nil {
		if document, ok := p.document(version); ok {
			p.out.Kind = "the output of aws iam get-policy-version"
			p.command = firstOf(p.command, "aws iam get-policy-version ")
			p.putChosen(ofCaller, p.guessCaller(version, document), firstOf(lastPart(p.option("--policy-arn")), "policy-"+firstOf(str(p.root,
				"PolicyVersion/VersionId"), "version")), document)
		}
		return
	}
	for _, owner := range []string{"Role", "User", "Group"} {
		name := str(p.root, owner+"Name")
		if name == "" {
			continue
		}
		p.out.Kind = "the output of aws iam get-" + strings.ToLower(owner) + "-policy"
		p.fact("Policy of "+strings.ToLower(owner), name)
		if other := p.otherCaller(owner, name); other != "" {
			p.ofOther(owner, name, other)
			return
		}
	}
	if document, ok := p.document(get(p.root, "PolicyDocument")); ok {
		p.put("identity/"+fileName(str(p.root, "PolicyName"))+".json", document)
	}
}

// ofOther takes the inline policy of somebody else than the caller. The output
// has a name and no account, so it goes to an entity that is there.
func (p *paste) ofOther(owner, name, why string) {
	document, ok := p.document(get(p.root, "PolicyDocument"))
	if !ok {
		return
	}
	for i := range p.file.Sections {
		arn := lineOf(&p.file.Sections[i], "arn")
		if strings.HasPrefix(p.file.Sections[i].Name, "entity/") && arnPart(arn, 2) == "iam" && lastPart(arn) == name &&
			strings.HasPrefix(arnPart(arn, 5), strings.ToLower(owner)+"/") && p.attach(arn, "identity/"+str(p.root, "PolicyName"), document) {
			return
		}
	}
	p.notUsed(why)
	if owner != "Group" {
		p.next("The "+strings.ToLower(owner)+" first: this output has no account", command("aws iam get-"+strings.ToLower(owner)+" --"+
			strings.ToLower(owner)+"-name", name, ""))
	}
}

// otherCaller says that a policy is of somebody else than the request's caller.
func (p *paste) otherCaller(owner, name string) string {
	who := caller(p.asked("principal"))
	kind := strings.ToLower(owner) + " "
	known := strings.HasPrefix(who, "role ") || strings.HasPrefix(who, "user ") && owner != "Group"
	if !known || who == kind+name {
		return ""
	}
	return "This policy is not used: it is of " + kind + oneLine(name) + ", and the request is by " + who
}

// found is a policy document somewhere in an output.
type found struct {
	path string
	node *policy.Node
}

// documentsIn finds the policy documents in an output of any shape.
func documentsIn(n *policy.Node, path string, depth int, all []found) []found {
	if n == nil || depth > maxDepth || len(all) >= maxPolicies {
		return all
	}
	text := strings.TrimSpace(n.Value)
	switch {
	case n.Kind == policy.String && strings.Contains(text, "Statement") && (strings.HasPrefix(text, "{") || strings.HasPrefix(text, "%7B")),
		n.Kind == policy.Object && get(n, "Statement/0/Effect") != nil, n.Kind == policy.Object && get(n, "Statement/Effect") != nil:
		return append(all, found{path, n})
	}
	for i := range n.Items {
		name := strconv.Itoa(i)
		if n.Kind == policy.Object {
			name = n.Names[i].Value
		}
		all = documentsIn(&n.Items[i], strings.TrimPrefix(path+"/"+name, "/"), depth+1, all)
	}
	return all
}

// hasDocuments recognises an output with a policy in it. Of several outputs, each
// is read by itself.
func hasDocuments(p *paste) bool {
	return p.root != nil && !p.isLines() && len(documentsIn(p.root, "", 0, nil)) > 0
}

// useDocuments takes a policy out of an output of another shape than those that
// are known.
func (p *paste) useDocuments() {
	all := documentsIn(p.root, "", 0, nil)
	chosen := all[0]
	for i, one := range all {
		if id := "at-" + strconv.Itoa(i+1); len(all) > 1 {
			if p.offer(id, "The policy at "+one.path); id == p.choice || i == 0 {
				chosen, p.out.Chosen = one, id
			}
		}
	}
	if chosen.path != "" {
		p.fact("The policy stands at", chosen.path)
	}
	document, ok := p.document(chosen.node)
	if !ok {
		return
	}
	if len(all) > 1 && p.choice == "" {
		p.unknown("The other policies in this output: only one is taken at a time")
	}
	root, _ := policy.ParseJSON("", document)
	p.usePolicyText(root, document)
}
