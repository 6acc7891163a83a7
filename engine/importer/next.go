package importer

import (
	"strings"

	"why403/engine"
	"why403/engine/awscli"
)

// quoted makes one word for a shell of a text that somebody else wrote.
func quoted(word string) string {
	if word != "" && strings.Trim(word, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-./:@=+,%") == "" {
		return word
	}
	return "'" + strings.ReplaceAll(oneLine(word), "'", `'\''`) + "'"
}

// command makes a command line: what stands before and after a word that is not
// ours.
func command(before, word, after string) string {
	return strings.TrimRight(before+" "+quoted(word)+" "+after, " ")
}

// policyVersion prints the default version of a managed policy.
func policyVersion(arn string) string { return awscli.Managed(quoted(arn)) }

// nextFor asks for the policies that bear on a request: what AWS blames first.
func (p *paste) nextFor(f *facts) {
	p.nextBlamed(f)
	p.nextToken(f)
	p.nextCaller(f)
	p.nextResource(f)
}

// nextBlamed asks for the policy that AWS names or blames.
func (p *paste) nextBlamed(f *facts) {
	account := arnPart(f.principal, 4)
	owner := firstOf(f.owner, arnPart(f.resource, 4))
	switch phrase := blamedPhrase(f); {
	case strings.Contains(f.policyARN, ":organizations:"):
		p.next("The policy that AWS names", command("aws organizations describe-policy --policy-id", lastPart(f.policyARN), ""))
	case f.policyARN != "":
		p.next("The policy that AWS names", policyVersion(f.policyARN))
	case strings.HasPrefix(phrase, "service control"):
		p.next("The service control policies at the caller's account; do the same with its organizational units and the root",
			command("aws organizations list-policies-for-target --target-id", p.known(account), "--filter SERVICE_CONTROL_POLICY"))
	case strings.HasPrefix(phrase, "resource control"):
		p.next("The resource control policies at the resource's account; do the same with its organizational units and the root",
			command("aws organizations list-policies-for-target --target-id", p.known(owner), "--filter RESOURCE_CONTROL_POLICY"))
	case strings.HasPrefix(phrase, "vpc endpoint"):
		p.next("The VPC endpoints of the caller's VPC, with their policies", "aws ec2 describe-vpc-endpoints")
	case strings.HasPrefix(phrase, "session"):
		p.next("The session policy: whoever started the session passed it to sts:AssumeRole. CloudTrail's event of that call has it",
			"aws cloudtrail lookup-events --lookup-attributes AttributeKey=EventName,AttributeValue=AssumeRole --max-results 20")
	}
	for _, l := range f.context {
		if l.key == "aws:SourceVpce" {
			p.next("The VPC endpoint and its policy", command("aws ec2 describe-vpc-endpoints --vpc-endpoint-ids", l.value, ""))
		}
	}
}

// nextToken asks for what decides about a token of an identity provider: the
// role's trust policy, and what the token says.
//
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_iam-condition-keys.html#condition-keys-wif
func (p *paste) nextToken(f *facts) {
	if !strings.EqualFold(f.action, "sts:AssumeRoleWithWebIdentity") {
		return
	}
	if strings.Contains(f.resource, "UNKNOWN") {
		p.next("The role that was to be assumed, with its trust policy", "aws iam get-role --role-name ROLE")
	}
	for _, l := range f.context {
		if strings.HasSuffix(l.key, ":sub") {
			return
		}
	}
	p.unknown("The token's sub and aud: add them as PROVIDER:sub and PROVIDER:aud, and the provider's ARN as federated-by. CloudTrail's " +
		"event of the call has them")
	p.next("CloudTrail's event of the call: it has the provider, and the token's sub and aud",
		"aws cloudtrail lookup-events --lookup-attributes AttributeKey=EventName,AttributeValue=AssumeRoleWithWebIdentity --max-results 20")
}

func blamedPhrase(f *facts) string {
	if f.blamed == nil {
		return ""
	}
	return f.blamed.phrase
}

// nextCaller asks for the policies of the caller.
func (p *paste) nextCaller(f *facts) {
	if p.nextSmaller(f) {
		return
	}
	caller, err := engine.ParsePrincipal(f.principal)
	if err != nil || strings.Contains(f.principal, "UNKNOWN") {
		return
	}
	switch caller.Kind {
	case engine.RoleSession:
		p.authorizationNext("role", lastPart(caller.Role))
	case engine.User:
		p.authorizationNext("user", caller.Name)
	}
}

// nextSmaller asks for the caller's policies one by one where the listing of all
// was refused.
func (p *paste) nextSmaller(f *facts) bool {
	if !strings.EqualFold(f.action, "iam:GetAccountAuthorizationDetails") {
		return false
	}
	kind, name, ok := strings.Cut(caller(firstOf(p.askedBy(f), f.principal)), " ")
	if !ok || kind != "role" && kind != "user" {
		kind, name = "role", "ROLE"
	}
	for _, row := range [...][2]string{{"The managed policies of the " + kind, "aws iam list-attached-" + kind + "-policies"},
		{"The names of its inline policies", "aws iam list-" + kind + "-policies"},
		{"The " + kind + " itself, with its permissions boundary", "aws iam get-" + kind}} {
		p.next(row[0]+" (or ask an administrator for the whole listing)", command(row[1]+" --"+kind+"-name", name, ""))
	}
	return true
}

// askedBy is the caller of the present request, where the facts are about
// another one.
func (p *paste) askedBy(f *facts) string {
	if p.before == "" || strings.EqualFold(p.asked("action"), f.action) {
		return ""
	}
	return p.asked("principal")
}

// suggested reports whether an action is that of a command that is suggested
// here.
func suggested(action string) bool {
	return strings.EqualFold(action, "iam:GetAccountAuthorizationDetails") || awscli.Suggested(action)
}

// nextDenied reports whether a message is about a command that was suggested
// here, and not about the present request. It leaves the scenario as it is.
func (p *paste) nextDenied(f *facts) bool {
	asked := p.asked("action")
	if p.before == "" || asked == "" || serviceOf(asked) == "unknown" || strings.EqualFold(asked, f.action) ||
		!suggested(f.action) || p.wrong() != "" {
		return false
	}
	p.out.Kind = "the refusal of a command that was suggested here"
	p.understood("AWS refused " + f.action + " to " + oneLine(firstOf(f.principal, "the caller")) + ": the scenario about " + asked +
		" stays as it is")
	if !p.nextSmaller(f) {
		p.next("The same, by somebody who may "+f.action, "")
	}
	p.notUsed("What that command would have shown")
	return true
}

// authorizationNext asks for all policies of one role or user, boundary
// included, in one command.
func (p *paste) authorizationNext(kind, name string) {
	const all = "aws iam get-account-authorization-details --filter "
	if strings.Trim(name, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_+=,.@-") != "" {
		return
	}
	switch kind {
	case "role":
		p.next("All policies of the role "+name+", its permissions boundary too",
			all+`Role LocalManagedPolicy AWSManagedPolicy --query "{RoleDetailList: RoleDetailList[?RoleName=='`+name+`'], Policies: Policies}"`)
	case "user":
		p.next("All policies of the user "+name+", its groups' and its permissions boundary too",
			all+`User Group LocalManagedPolicy AWSManagedPolicy --query "{UserDetailList: UserDetailList[?UserName=='`+name+
				`'], GroupDetailList: GroupDetailList, Policies: Policies}"`)
	default:
		p.next("All policies of one role",
			all+`Role LocalManagedPolicy AWSManagedPolicy --query "{RoleDetailList: RoleDetailList[?RoleName=='ROLE'], Policies: Policies}"`)
	}
}

// nextResource asks for the policy of the resource.
func (p *paste) nextResource(f *facts) {
	if strings.Contains(f.resource, "UNKNOWN") {
		return
	}
	service, owner, caller := arnPart(f.resource, 2), firstOf(f.owner, arnPart(f.resource, 4)), arnPart(f.principal, 4)
	if !isAccount(owner) || p.known(owner) != owner {
		owner = ""
	}
	where := ""
	if owner != "" && owner != caller && caller != "" {
		where = " (in account " + owner + ")"
	}
	for i := range awscli.Resources {
		row := &awscli.Resources[i]
		if row.About(f.resource) && (service != "iam" || serviceOf(f.action) == "sts") {
			if say := row.Reach.ForOwners(owner, caller, row.Policy); say != "" {
				p.next(row.Text+say, "")
				continue
			}
			p.next(row.Text+where, filledCommand(row, p.nameable(f.resource)))
		}
	}
}

// filledCommand puts an ARN into a command. What the ARN does not have stays a
// word in capitals.
func filledCommand(c *awscli.Command, arn string) string {
	value := func(word string) string {
		if word == "OWNER" {
			return arnPart(arn, 4)
		}
		return awscli.OfARN(word, arn)
	}
	line := awscli.Fill(c.Line, func(word string) (string, bool) { return quoted(value(word)), value(word) != "" })
	if c.Region {
		line += " --region " + firstOf(arnPart(arn, 3), "REGION")
	}
	return line
}

// known gives an account, or a word in capitals where another one stands in its
// place.
func (p *paste) known(account string) string {
	if account == "" || account == noAccount || p.taken(account) {
		return "ACCOUNT"
	}
	return account
}

// nameable is an ARN with an account that is known, or a word in its place.
func (p *paste) nameable(arn string) string {
	if account := arnPart(arn, 4); account != "" && p.known(account) != account {
		return strings.Replace(arn, ":"+account+":", ":ACCOUNT:", 1)
	}
	return arn
}
