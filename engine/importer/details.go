package importer

import (
	"strconv"
	"strings"
	"why403/engine"

	"why403/engine/policy"
	"why403/engine/simulation"
)

func isDetails(p *paste) bool {
	return anyOf(p.root, "evaluations/0/evaluatedEffect & requestContext")
}

// contextOnly are keys of a request context that stand in a request as fields of
// their own, or follow from them.
const contextOnly = " aws:principalarn aws:principalaccount aws:principaltype aws:principalisawsservice aws:epochtime "

// useDetails takes the details of a denial: AWS's own record of the request.
func (p *paste) useDetails() {
	p.out.Kind = "the details of a denied request"
	context := get(p.root, "requestContext")
	one := get(p.root, "evaluations/0")
	f := &facts{action: str(one, "action"), resource: str(one, "resource"), principal: str(context, "aws:PrincipalARN")}
	f.outcome = map[string]string{"IMPLICIT_DENY": "implicit deny", "EXPLICIT_DENY": "explicit deny", "ALLOW": "allow"}[str(one,
		"evaluatedEffect")]
	userID := firstOf(str(context, "aws:UserId"), str(context, "aws:userid"))
	if _, session, ok := strings.Cut(userID, ":"); ok && strings.Contains(f.principal, ":role/") {
		if pathOf(f.principal) {
			f.role = f.principal
		}
		f.principal = "arn:" + partition(f.principal) + ":sts::" + arnPart(f.principal, 4) + ":assumed-role/" + lastPart(f.principal) + "/" +
			session
	}
	for _, keys := range []*policy.Node{context, get(one, "context")} {
		for i := 0; keys != nil && i < len(keys.Names); i++ {
			p.contextKey(f, keys.Names[i].Value, &keys.Items[i])
		}
	}
	p.evaluated(f, one)
	if len(items(p.root, "evaluations")) > 1 {
		p.unknown("The other evaluations: only the first is taken")
	}
	p.start(f)
}

// evaluatedTypes are the types of policies in the details of a denial, as AWS's
// messages name them.
//
// https://docs.aws.amazon.com/iam-toolbox/latest/APIReference/API_PolicyInfo.html
const evaluatedTypes = "IDENTITY_BASED_POLICY=identity-based RESOURCE_BASED_POLICY=resource-based PERMISSIONS_BOUNDARY=permissions " +
	"SESSION_POLICY=session SERVICE_CONTROL_POLICY=service RESOURCE_CONTROL_POLICY=resource VPC_ENDPOINT_POLICY=vpc"

// evaluated names the policies that were evaluated, and asks for them. A policy
// in which a statement denied is blamed.
func (p *paste) evaluated(f *facts, evaluation *policy.Node) {
	denied := map[string]bool{}
	for _, m := range few(items(evaluation, "matchedPolicies")) {
		uri := firstOf(str(m, "uri"), str(m, "policyUri"))
		for _, s := range few(items(m, "matchedStatements")) {
			effect := strings.ToUpper(str(s, "evaluatedEffect"))
			denied[uri] = denied[uri] || strings.Contains(effect, "DENY")
			p.understood("A statement matched: " + oneLine(firstOf(str(s, "sid"), "without a Sid")+" ("+effect+") in "+uri))
		}
	}
	for _, n := range few(items(p.root, "policies")) {
		kind, uri := str(n, "type"), str(n, "uri")
		p.understood("A policy that was evaluated: " + oneLine(firstOf(strings.ToLower(strings.ReplaceAll(kind, "_", " ")), "policy")+" "+uri))
		p.next("The policy "+oneLine(uri)+", as it was evaluated", "aws iam-toolbox get-request-authorization-policy --authorization-id "+
			quoted(firstOf(p.option("--authorization-id"), "AUTHORIZATION_ID"))+" --policy-uri "+quoted(uri))
		phrase := lookup(evaluatedTypes, kind)
		for i := range policyTypes {
			if phrase != "" && denied[uri] && f.blamed == nil && strings.HasPrefix(policyTypes[i].phrase, phrase) {
				f.blamed = &policyTypes[i]
			}
		}
	}
}

// contextKey adds a key of a request context. Lists stand in square brackets,
// and an address has the length of its network.
func (p *paste) contextKey(f *facts, key string, n *policy.Node) {
	if strings.Contains(contextOnly, " "+strings.ToLower(key)+" ") || !strings.Contains(key, ":") {
		return
	}
	for _, one := range oneOrMore(n, "") {
		values := []string{one.Value}
		if list, ok := strings.CutPrefix(one.Value, "["); ok && strings.HasSuffix(list, "]") {
			values = strings.Split(strings.TrimSuffix(list, "]"), ",")
		}
		for _, value := range values {
			value = strings.TrimSpace(value)
			if strings.EqualFold(key, "aws:SourceIp") || strings.EqualFold(key, "aws:VpcSourceIp") {
				value = strings.TrimSuffix(strings.TrimSuffix(value, "/32"), "/128")
			}
			if !f.add(key, value) {
				p.unknown(oneLine(key) + ": its value can't stand in a scenario")
			}
		}
	}
}

func isSimulation(p *paste) bool { return p.root != nil && simulation.Is(p.root) }

// simulated is the simulator's decisions as outcomes.
var simulated = map[string]string{
	simulation.ImplicitDeny: "implicit deny", simulation.ExplicitDeny: "explicit deny", simulation.Allowed: "allow",
}

// useSimulation takes what the policy simulator says.
//
// https://docs.aws.amazon.com/IAM/latest/APIReference/API_SimulatePrincipalPolicy.html
func (p *paste) useSimulation() {
	p.out.Kind = "the results of the policy simulator"
	results, _ := simulation.Read(p.root)
	at := 0
	for i, one := range results {
		id := "result-" + strconv.Itoa(i+1)
		if len(results) > 1 {
			p.offer(id, one.Action+" on "+one.Resource+": "+one.Decision)
		}
		if id == p.choice {
			at = i
		}
	}
	one := results[at]
	f := &facts{action: one.Action, resource: one.Resource, principal: p.option("--policy-source-arn"), outcome: simulated[one.Decision]}
	for _, s := range few(one.Matched) {
		p.fact("A statement matched in", firstOf(s.Policy, s.Type))
	}
	for _, key := range few(one.Missing) {
		p.unknown("The context key " + oneLine(key) + ": the simulator was given no value")
	}
	if one.Organizations == "false" {
		p.understood("The simulator says that an SCP does not allow this")
	}
	if one.Boundary == "false" {
		p.understood("The simulator says that the permissions boundary does not allow this")
	}
	p.unknown("Policies of resources, of sessions and of VPC endpoints, and RCPs: the simulator leaves them out unless it is given them")
	p.start(f)
}

// isFinding recognises a finding of IAM Access Analyzer.
func isFinding(p *paste) bool {
	return anyOf(p.root, "finding/resourceType & finding/resource | findings/0/resourceType & findings/0/resource | resourceType & "+
		"findingDetails")
}

// useFinding takes a finding of IAM Access Analyzer: who may do what.
//
// https://docs.aws.amazon.com/access-analyzer/latest/APIReference/API_Finding.html
func (p *paste) useFinding() {
	p.out.Kind = "a finding of IAM Access Analyzer"
	n := p.root
	for _, path := range []string{"finding", "findings/0"} {
		if inner := get(p.root, path); inner != nil {
			n = inner
		}
	}
	if details := get(n, "findingDetails/0/externalAccessDetails"); details != nil {
		p.fact("Resource", str(n, "resource"))
		n = details
	}
	f := &facts{resource: firstOf(str(n, "resource"), str(p.root, "resource"))}
	if action := oneOrMore(n, "action"); len(action) > 0 {
		f.action = action[0].Value
	}
	f.principal = firstOf(str(n, "principal/AWS"), str(n, "principal/Service"))
	if provider := str(n, "principal/Federated"); provider != "" {
		f.principal, f.federatedBy = "anonymous", provider
	} else if f.principal == "*" || str(n, "isPublic") == "true" && f.principal == "" {
		f.principal = "anonymous"
	}
	if condition := get(n, "condition"); condition != nil {
		for i, name := range condition.Names {
			f.add(name.Value, condition.Items[i].Value)
		}
	}
	f.title = f.action + " as IAM Access Analyzer found it"
	if len(items(p.root, "findings")) > 1 {
		p.unknown("The other findings: only the first is taken")
	}
	p.unknown("Whether anybody asks for this: a finding says what a policy allows, not what was denied")
	p.start(f)
}

// configPolicies are where items of AWS Config have the policy of a resource.
//
// https://docs.aws.amazon.com/config/latest/developerguide/config-item-table.html
var configPolicies = []string{"supplementaryConfiguration/BucketPolicy/policyText", "supplementaryConfiguration/Policy",
	"supplementaryConfiguration/PolicyText", "configuration/Policy", "configuration/policy",
	"configuration/RepositoryPolicyText", "configuration/ResourcePolicy", "configuration/assumeRolePolicyDocument"}

func isConfigItem(p *paste) bool {
	return anyOf(p.root, "resourceType & configuration | baseConfigurationItems/0/resourceType | configurationItems/0/resourceType")
}

// useConfigItem takes an item of AWS Config.
func (p *paste) useConfigItem() {
	p.out.Kind = "an item of AWS Config"
	n := p.root
	for _, path := range []string{"baseConfigurationItems/0", "configurationItems/0"} {
		if inner := get(p.root, path); inner != nil {
			n = inner
		}
	}
	for _, name := range []string{"configuration", "supplementaryConfiguration", "supplementaryConfiguration/BucketPolicy",
		"supplementaryConfiguration/PublicAccessBlockConfiguration"} {
		unwrap(get(n, name))
	}
	arn := firstOf(str(n, "ARN"), str(n, "arn"))
	if kind, ok := strings.CutPrefix(str(n, "resourceType"), "AWS::IAM::"); ok && (kind == "Role" || kind == "User") {
		details := policy.Node{Kind: policy.Array, Items: []policy.Node{titled(get(n, "configuration"))}, Closed: true}
		root := &policy.Node{Kind: policy.Object, Closed: true}
		setNode(root, kind+"DetailList", details)
		p.root = root
		p.useAuthorization()
		return
	}
	p.fact("Resource", arn)
	used := false
	for _, path := range configPolicies {
		at := get(n, path)
		if at == nil || at.Kind != policy.String && at.Kind != policy.Object {
			continue
		}
		if document, ok := p.document(at); ok {
			root, _ := policy.ParseJSON("", document)
			p.resourceAt(arn)
			used = true
			if !p.mine(arn) && p.attach(arn, "policy.json", document) {
				break
			}
			p.useResourcePolicy(root, document, arnPart(arn, 2), ofResource[:1])
		}
		break
	}
	if settings := get(n, "supplementaryConfiguration/PublicAccessBlockConfiguration"); settings != nil {
		p.blockPublic(settings)
		used = true
	}
	if !used {
		p.notUsed("The policy of the resource: this item has none")
	}
}

// titled is a node whose names begin with a capital, as those of IAM's API do.
func titled(n *policy.Node) policy.Node {
	if n == nil {
		return policy.Node{Kind: policy.Object, Closed: true}
	}
	out := *n
	out.Names, out.Items = nil, nil
	for _, name := range n.Names {
		if name.Value != "" {
			name.Value = strings.ToUpper(name.Value[:1]) + name.Value[1:]
		}
		out.Names = append(out.Names, name)
	}
	for i := range n.Items {
		out.Items = append(out.Items, titled(&n.Items[i]))
	}
	return out
}

// unwrap replaces a string of JSON by what is in it, so that paths lead on.
func unwrap(n *policy.Node) {
	if n == nil || n.Kind != policy.String || !strings.HasPrefix(strings.TrimSpace(n.Value), "{") {
		return
	}
	if inner, problems := policy.ParseJSON("", n.Value); !fatal(problems) {
		*n = *inner
		withoutPlaces(n)
	}
}

// withoutPlaces takes the places out of a node that is not part of the text.
func withoutPlaces(n *policy.Node) {
	n.Span = policy.Span{}
	for i := range n.Items {
		withoutPlaces(&n.Items[i])
	}
}

// resourceAt makes an ARN the resource of a request that leaves it open. Of a bucket it
// is the object, where an object is asked for.
func (p *paste) resourceAt(arn string) {
	if arnPart(arn, 5) == "" || bad("resource", arn) || !plain(arn) || len(arn) > maxValue {
		return
	}
	p.needRequest()
	s := p.request()
	asked, service := lineOf(s, "resource"), serviceOf(lineOf(s, "action"))
	switch {
	case asked == "", asked == "*" && service == "unknown":
	case !strings.Contains(asked, "UNKNOWN"), engine.Covers(arn, asked), service != "unknown" && !standsFor(asked, arn):
		return
	}
	if _, key, ok := strings.Cut(arnPart(asked, 5), "/"); ok && arnPart(arn, 2) == "s3" && !strings.Contains(arnPart(arn, 5), "/") {
		arn += "/" + key
	}
	setLine(s, "resource", arn)
}

// standsFor reports whether a resource of which a part is not known could be the one
// with an ARN, or lie in it.
func standsFor(asked, arn string) bool {
	known, _, open := strings.Cut(arnPart(asked, 5), "UNKNOWN")
	return open && arnPart(asked, 2) == arnPart(arn, 2) && (strings.HasPrefix(arnPart(arn, 5), known) || engine.Covers(arn, asked))
}
