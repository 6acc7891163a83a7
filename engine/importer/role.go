package importer

import (
	"strings"

	"why403/engine"
	"why403/engine/policy"
)

// useRole takes what aws iam get-role prints: the trust policy where the
// request is to assume this role, and what it tells about the caller's role.
func (p *paste) useRole() { p.role(get(p.root, "Role")) }

// useInstanceProfile takes the role of what aws iam get-instance-profile prints.
func (p *paste) useInstanceProfile() { p.role(get(p.root, "InstanceProfile/Roles/0")) }

func (p *paste) role(role *policy.Node) {
	arn := str(role, "Arn")
	p.fact("Role", arn)
	document, ok := p.document(get(role, "AssumeRolePolicyDocument"))
	if !ok {
		return
	}
	e := entity{arn, true, role}
	action, resource := p.asked("action"), p.asked("resource")
	switch assumes := serviceOf(action) == "sts"; {
	case e.is(p.asked("principal"), p.asked("role")) && !(assumes && resource == arn):
		p.setCaller(arn, true)
		p.entityKeys(&e)
		p.unbounded(role)
		p.trust(arn, document)
	case assumes && resource == arn:
		p.put("resource.json", document)
	case action == "" || assumes && strings.Contains(resource, "UNKNOWN"):
		p.assume(arn)
		p.put("resource.json", document)
	case p.header(arn, tagLines(role)...):
		p.trust(arn, document)
	default:
		p.notUsed("This role is not used: its ARN can't be read, and the request is for " + action)
	}
	p.nextBoundary(str(role, "PermissionsBoundary/PermissionsBoundaryArn"))
}

// trust attaches the trust policy of a role that the request is not to assume.
// With an error in it, it would only keep the request from being answered.
func (p *paste) trust(arn, document string) {
	if _, problems := policy.Parse("policy.json", policy.Trust, document); policy.Errors(problems) {
		p.unknown("The trust policy of " + oneLine(arn) + ": it has errors, and is left out")
		p.format()
		return
	}
	p.attach(arn, "policy.json", document)
}

// assume makes the request one to assume a role.
func (p *paste) assume(arn string) {
	if p.request() == nil {
		f := facts{action: "sts:AssumeRole", resource: arn}
		p.fill(&f)
		p.writeRequest("request", &f)
		p.file.Comment = "sts:AssumeRole on role " + oneLine(lastPart(arn)) + "\n\n"
		return
	}
	if !bad("resource", arn) && plain(arn) {
		setLine(p.request(), "resource", arn)
	}
}

// unbounded keeps that the caller has no permissions boundary, where its output
// names none, and that it is not known, where its document is not here.
func (p *paste) unbounded(entity *policy.Node) {
	if str(entity, "PermissionsBoundary/PermissionsBoundaryArn") == "" {
		p.hasNone("boundary")
	} else if p.section("boundary.json") == nil {
		p.notAll("boundary")
	}
}

func (p *paste) nextBoundary(arn string) {
	if arn != "" {
		p.fact("Permissions boundary", arn)
		p.next("The permissions boundary (choose it as the boundary)", policyVersion(arn))
	}
}

// useUser takes what aws iam get-user prints: its tags, its unique ID and its
// permissions boundary.
func (p *paste) useUser() {
	user := get(p.root, "User")
	e := entity{str(user, "Arn"), false, user}
	if !e.usable() {
		p.notUsed("The user: its ARN can't be read")
		return
	}
	if principal := p.asked("principal"); principal != "" && principal != e.arn && !strings.Contains(principal, "UNKNOWN") {
		p.fact("User", e.arn)
		p.header(e.arn, tagLines(user)...)
		p.nextBoundary(str(user, "PermissionsBoundary/PermissionsBoundaryArn"))
		return
	}
	p.needRequest()
	p.setCaller(e.arn, false)
	p.entityKeys(&e)
	p.unbounded(user)
	p.out.Text = p.file.Format()
	p.nextBoundary(str(user, "PermissionsBoundary/PermissionsBoundaryArn"))
}

// usable reports whether the entity's ARN is one that can ask.
func (e *entity) usable() bool {
	_, err := engine.ParsePrincipal(e.arn)
	return err == nil && plain(e.arn)
}

// useCaller takes what aws sts get-caller-identity prints: who asks.
func (p *paste) useCaller() { p.caller(str(p.root, "Arn"), str(p.root, "UserId")) }

// useAssumed takes who asks from what aws sts assume-role prints. The
// credentials in it go nowhere.
func (p *paste) useAssumed() {
	p.caller(str(p.root, "AssumedRoleUser/Arn"), str(p.root, "AssumedRoleUser/AssumedRoleId"))
}

// useFunction takes the execution role of what aws lambda get-function prints:
// it is who asks when the function's code calls AWS.
func (p *paste) useFunction() {
	n := p.root
	if inner := get(p.root, "Configuration"); inner != nil {
		n = inner
	}
	p.fact("Function", str(n, "FunctionArn"))
	p.fact("Its execution role", str(n, "Role"))
	p.fact("The key of its environment", str(n, "KMSKeyArn"))
	e := entity{arn: str(n, "Role"), role: true}
	principal := p.asked("principal")
	switch {
	case e.is(principal, p.asked("role")):
		p.understood("The request is by this role already")
		p.out.Text = p.file.Format()
	case principal != "" && !strings.Contains(principal, "UNKNOWN"):
		p.notUsed("The execution role is not used: the request is by " + principal)
	default:
		p.caller(e.arn, "")
	}
}

func (p *paste) caller(arn, id string) {
	if e := (entity{arn: arn}); !e.usable() {
		p.notUsed("Who asks: the ARN can't be read")
		return
	}
	if e := (entity{arn: p.asked("principal"), role: true}); p.asks() && p.asked("principal") != arn && !e.is(arn, "") {
		p.fact("This is", arn)
		p.notUsed("Who asks stays: the request is by " + p.asked("principal"))
		return
	}
	p.needRequest()
	s := p.request()
	if lineOf(s, "principal") != arn {
		setLine(s, "role")
		setLine(s, "federated-by")
	}
	setLine(s, "principal", arn)
	p.fact("Principal", arn)
	f := facts{}
	f.add("aws:userid", id)
	p.addLines(f.context)
	p.out.Text = p.file.Format()
	p.nextFor(&facts{principal: arn, action: lineOf(s, "action"), resource: lineOf(s, "resource")})
}

// useKey takes what aws kms describe-key prints: the key's ARN and who manages
// it.
func (p *paste) useKey() {
	key := get(p.root, "KeyMetadata")
	arn := str(key, "Arn")
	p.fact("Key", arn)
	if bad("resource", arn) || !plain(arn) {
		p.notUsed("The key: its ARN can't be read")
		return
	}
	p.needRequest()
	s := p.request()
	if !p.mine(arn) || serviceOf(lineOf(s, "action")) != "kms" && serviceOf(lineOf(s, "action")) != "unknown" {
		p.otherKey(key)
		return
	}
	setLine(s, "resource", arn)
	if str(key, "KeyManager") == "AWS" {
		setLine(s, "key-manager", "aws")
		p.understood("AWS manages this key")
	} else {
		setLine(s, "key-manager")
	}
	f := facts{}
	for _, row := range [...][2]string{{"KeySpec", "kms:KeySpec"}, {"KeyUsage", "kms:KeyUsage"}, {"Origin", "kms:KeyOrigin"},
		{"MultiRegion", "kms:MultiRegion"}} {
		f.add(row[1], str(key, row[0]))
	}
	p.addLines(f.context)
	p.keyState(key)
	p.out.Text = p.file.Format()
	p.nextFor(&facts{action: lineOf(s, "action"), resource: arn})
}

func (p *paste) keyState(key *policy.Node) {
	if state := str(key, "KeyState"); state != "" && state != "Enabled" {
		p.unknown("What the state of the key does: it is " + oneLine(state) + ", which no policy changes")
	}
}

// otherKey takes a key that the request is not for: a service may use it for
// what the request is for.
func (p *paste) otherKey(key *policy.Node) {
	arn, manager := str(key, "Arn"), ""
	if str(key, "KeyManager") == "AWS" {
		manager = "aws"
	}
	p.header(arn, pair{"key-manager", manager})
	p.keyState(key)
	p.understood("The request is not for this key, so it stands beside: where the resource of the request is encrypted with it, add " +
		"encrypted-with to the request")
	p.nextFor(&facts{action: "kms:Decrypt", resource: arn})
}

// useAttached takes a list of attached policies: it has no documents, so it
// says how to get them.
func (p *paste) useAttached() {
	if len(items(p.root, "AttachedPolicies")) == 0 {
		p.understood("No managed policy is attached")
		p.hasNone("managed")
		p.notUsed("Nothing is put into the scenario: inline policies are in another list")
		return
	}
	for _, attached := range items(p.root, "AttachedPolicies") {
		arn := str(attached, "PolicyArn")
		p.fact("Attached policy", firstOf(arn, str(attached, "PolicyName")))
		if arn != "" {
			p.next("The managed policy "+oneLine(lastPart(arn)), policyVersion(arn))
		}
	}
	p.unknown(namesOnly)
}

const namesOnly = "What the policies say: this output has their names only"
