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
		p.notUsed("The trust policy: it says who may assume the role, and the request is for " + firstOf(action, "something else"))
		p.setCaller(arn, true)
		p.entityKeys(&e)
		p.unbounded(role)
		p.out.Text = p.file.Format()
	case assumes && resource == arn:
		p.put("resource.json", document)
	case action == "" || assumes && strings.Contains(resource, "UNKNOWN"):
		p.assume(arn)
		p.put("resource.json", document)
	default:
		p.notUsed("This role is not used: its trust policy says who may assume it, and the request is for " + action)
	}
	p.nextBoundary(str(role, "PermissionsBoundary/PermissionsBoundaryArn"))
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

// unbounded keeps that a user or a role has no permissions boundary, where its
// output names none.
func (p *paste) unbounded(entity *policy.Node) {
	if str(entity, "PermissionsBoundary/PermissionsBoundaryArn") == "" {
		p.hasNone("boundary")
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
		p.notUsed("This user is not used: the request is by " + principal)
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
	if action := lineOf(s, "action"); serviceOf(action) != "kms" && serviceOf(action) != "unknown" {
		p.notUsed("This key is not used: the request is for " + action + ". Where another service uses the key, kms:Decrypt is a request of " +
			"its own")
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
	if state := str(key, "KeyState"); state != "" && state != "Enabled" {
		p.unknown("What the state of the key does: it is " + oneLine(state) + ", which no policy changes")
	}
	p.out.Text = p.file.Format()
	p.nextFor(&facts{action: lineOf(s, "action"), resource: arn})
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
