package importer

import (
	"strings"

	"why403/engine"
	"why403/engine/policy"
)

// identity reads who made the request of an event.
//
// https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-user-identity.html
func (r *trailRequest) identity() {
	user, f := get(r.event, "userIdentity"), r.facts
	arn := str(user, "arn")
	switch str(user, "type") {
	case "AWSService":
		r.service(str(user, "invokedBy"))
	case "WebIdentityUser", "SAMLUser":
		r.federated(user)
		return
	case "AWSAccount":
		r.account(user)
		return
	case "FederatedUser":
		f.federatedBy = str(user, "sessionContext/sessionIssuer/arn")
		f.principal = arn
	case "IAMUser", "AssumedRole", "Root", "Role":
		f.principal = firstOf(arn, f.principal)
	default:
		if _, err := engine.ParsePrincipal(arn); err == nil {
			f.principal = arn
		} else {
			f.account = str(user, "accountId")
			r.named(user)
		}
	}
	if issuer := str(user, "sessionContext/sessionIssuer/arn"); str(user, "type") == "AssumedRole" && pathOf(issuer) {
		f.role = issuer
	}
	r.session(user)
}

// named takes the name of a caller without an ARN, as CloudTrail's console shows
// it: of a user, where the key is a user's, or else maybe of a session.
func (r *trailRequest) named(user *policy.Node) {
	name := str(user, "userName")
	if strings.HasPrefix(str(user, "accessKeyId"), "AKIA") && name != "" && name != "root" {
		account := firstOf(r.facts.account, str(r.event, "recipientAccountId"), noAccount)
		r.facts.principal = "arn:" + policy.PartitionOf(str(r.event, "awsRegion")) + ":iam::" + account + ":user/" + name
		if account == noAccount {
			r.note("The account of the user " + oneLine(name) + ": the console's list does not show it")
		}
	} else if name != "" {
		r.note("Whether " + oneLine(name) + " is a user or the session of a role: the event record has the ARN")
	}
}

// service is a service principal. "AWS Internal" names none.
func (r *trailRequest) service(invokedBy string) {
	if p, err := engine.ParsePrincipal(invokedBy); err == nil && p.Kind == engine.ServicePrincipal {
		r.facts.principal = invokedBy
		return
	}
	r.facts.principal = ""
	r.note("Which service asked: CloudTrail calls it " + oneLine(firstOf(invokedBy, "an AWS service")))
}

// account is a caller of another account, whom the owner's trail does not name.
// The unique ID tells a role's session from a user.
//
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html#identifiers-unique-ids
func (r *trailRequest) account(user *policy.Node) {
	f := r.facts
	id := str(user, "principalId")
	f.account = str(user, "accountId")
	if f.principal == "" {
		if role, session, ok := strings.Cut(id, ":"); ok && strings.HasPrefix(role, "AROA") {
			f.session = session
		}
		if f.account == "anonymous" || f.account == "ANONYMOUS_PRINCIPAL" || f.account == "" && strings.EqualFold(id, "anonymous") {
			f.principal, f.account = "anonymous", ""
			return
		}
		r.note("Who asked: this trail shows only the account " + oneLine(f.account) + ". The trail of that account has the ARN")
	} else {
		f.account = ""
	}
	if strings.HasPrefix(id, "AROA") || strings.HasPrefix(id, "AIDA") {
		r.add("aws:userid", id)
	}
}

// federated is a caller with the token of an identity provider. It signs
// nothing, and has no account.
//
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_iam-condition-keys.html#condition-keys-wif
func (r *trailRequest) federated(user *policy.Node) {
	f := r.facts
	f.principal = "anonymous"
	f.federatedBy = firstOf(str(r.event, "requestParameters/principalArn"), str(user, "identityProvider"))
	if f.federatedBy == "" {
		r.note("The identity provider: add a line federated-by")
	}
	if str(user, "type") == "SAMLUser" {
		r.note("What the SAML assertion says (SAML:aud, SAML:sub, …)")
		return
	}
	provider := f.federatedBy
	if _, host, ok := strings.Cut(provider, ":oidc-provider/"); ok {
		provider = host
	}
	subject := str(user, "userName")
	if audience, ok := strings.CutPrefix(str(user, "principalId"), f.federatedBy+":"); ok && provider != "" {
		if audience, ok = strings.CutSuffix(audience, ":"+subject); ok {
			r.add(provider+":aud", audience)
		}
	}
	if provider != "" {
		r.add(provider+":sub", subject)
	}
}

// session reads what a caller's credentials say.
//
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
func (r *trailRequest) session(user *policy.Node) {
	kind := str(user, "type")
	if id := str(user, "principalId"); kind == "IAMUser" || kind == "AssumedRole" {
		r.add("aws:userid", id)
	}
	// Long-term access keys carry neither of the two.
	if !strings.HasPrefix(str(user, "accessKeyId"), "AKIA") {
		r.add("aws:MultiFactorAuthPresent", str(user, "sessionContext/attributes/mfaAuthenticated"))
		r.add("aws:TokenIssueTime", str(user, "sessionContext/attributes/creationDate"))
	}
	r.add("aws:SourceIdentity", str(user, "sessionContext/sourceIdentity"))
	r.add("aws:FederatedProvider", str(user, "sessionContext/webIdFederationData/federatedProvider"))
	r.add("ec2:RoleDelivery", str(user, "sessionContext/ec2RoleDelivery"))
	r.via(str(user, "invokedBy"), kind)
}

// calledVia are the services that aws:CalledVia names.
//
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-calledvia
var calledVia = " aoss athena backup cloud9 cloudformation databrew dataexchange dynamodb imagebuilder kms mgn nimble omics ram " +
	"servicecatalog-appregistry sqlworkbench ssm-guiconnect "

// via reads the service that asked on the caller's behalf (forward access
// sessions).
func (r *trailRequest) via(invokedBy, kind string) {
	name, ok := strings.CutSuffix(invokedBy, ".amazonaws.com")
	if !ok || kind == "AWSService" {
		return
	}
	r.add("aws:ViaAWSService", "true")
	if strings.Contains(calledVia, " "+name+" ") {
		r.add("aws:CalledVia", invokedBy)
		r.add("aws:CalledViaLast", invokedBy)
		r.note("Whether more services stand between: aws:CalledVia has the last one only")
	}
	if region := str(r.event, "awsRegion"); region != "" && str(r.event, "eventSource") == "kms.amazonaws.com" {
		r.add("kms:ViaService", name+"."+region+".amazonaws.com")
	}
}

// add adds a line, or notes that it can't.
func (r *trailRequest) add(key, value string) {
	if !r.facts.add(key, value) {
		r.note(oneLine(key) + ": its value can't stand in a scenario")
	}
}
