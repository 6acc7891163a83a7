package engine

import (
	"slices"
	"strings"
)

// principalType is aws:PrincipalType for each kind of caller, "" where the key
// is absent.
//
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html#principaltable
var principalType = [...]string{
	User: "User", RoleSession: "AssumedRole", FederatedUser: "FederatedUser",
	Root: "Account", ServicePrincipal: "", WebFederated: "", Anonymous: "Anonymous", OriginAccessIdentity: "",
}

// derive adds the context keys that follow from who asks for what. A value
// that the reader gave wins. Keys that need a clock, a network or an
// organization stay absent unless given: absence is meaningful.
//
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
func (r *Check) derive() {
	p := &r.Principal
	r.derivedVia = !r.Context.Has(viaAWSService)
	r.derivePrincipal(p)
	r.set("aws:SecureTransport", "true")
	if r.reference == nil || !r.reference.NoResourceAccount {
		r.set("aws:ResourceAccount", r.ResourceAccount)
	}
	r.set("aws:RequestedRegion", r.region())
	if strings.HasPrefix(r.action, "kms:") {
		r.set("kms:CallerAccount", p.Account)
		r.deriveEncryptionContextKeys()
	}
}

func (r *Check) derivePrincipal(p *Principal) {
	r.set("aws:PrincipalType", principalType[p.Kind])
	switch p.Kind {
	case Anonymous, WebFederated:
		r.set("aws:ViaAWSService", "false")
		r.set("aws:PrincipalAccount", "anonymous")
		r.set("aws:userid", "anonymous")
		return
	case OriginAccessIdentity:
		r.set("aws:ViaAWSService", "false")
		return
	case ServicePrincipal:
		r.set("aws:PrincipalIsAWSService", "true")
		r.set("aws:PrincipalServiceName", p.ARN)
		r.set("aws:ViaAWSService", "false")
		return
	}
	r.set("aws:PrincipalIsAWSService", "false")
	r.set("aws:ViaAWSService", r.throughService())
	if p.Kind == OriginAccessIdentity {
		return
	}
	r.set("aws:PrincipalAccount", p.Account)
	switch p.Kind {
	case User:
		r.set("aws:username", p.Name)
		r.set("aws:PrincipalArn", p.ARN)
	case RoleSession:
		r.set("aws:PrincipalArn", p.Role)
	case FederatedUser:
		r.set("aws:userid", p.Account+":"+p.Name)
		r.set("aws:PrincipalArn", p.ARN)
	case Root:
		r.set("aws:userid", p.Account)
		r.set("aws:PrincipalArn", p.ARN)
	}
}

func (r *Check) set(key, value string) {
	if _, given := r.Context.Get(key); !given && value != "" {
		r.Context.Set(key, value)
	}
}

// throughService is aws:ViaAWSService: whether a service made the request for
// the caller. Only then does a request carry kms:ViaService or aws:CalledVia.
//
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-viaawsservice
func (r *Check) throughService() string {
	if slices.ContainsFunc(throughKeys, r.Context.Has) {
		return "true"
	}
	return "false"
}

const viaAWSService = "aws:viaawsservice"

// throughKeys are the keys that only requests through a service carry.
var throughKeys = []string{"kms:ViaService", "aws:CalledVia", "aws:CalledViaFirst", "aws:CalledViaLast"}

// implied sets anew what follows from other keys.
func (r *Check) implied() {
	if r.derivedVia && r.Principal.Account != "" {
		r.Context.Set("aws:ViaAWSService", r.throughService())
	}
}

// globalServices have one endpoint for all Regions of a partition. Their
// requests name the Region of that endpoint.
//
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-requestedregion
var globalServices = set("account budgets ce cloudfront iam organizations route53 route53domains shield support waf")

// endpointRegions is the Region of those endpoints in each partition.
//
// https://docs.aws.amazon.com/general/latest/gr/rande.html#global-endpoints
var endpointRegions = map[string]string{"aws": "us-east-1", "aws-cn": "cn-north-1", "aws-us-gov": "us-gov-west-1"}

// region is the Region that a request is sent to, as far as its resource tells:
// an S3 bucket's ARN has none, and a request for no resource either.
func (r *Check) region() string {
	if prefix, _, _ := strings.Cut(r.action, ":"); globalServices[prefix] {
		partition := ARNPart(r.Resource, 1)
		if partition == "" {
			partition = ARNPart(r.Principal.ARN, 1)
		}
		return endpointRegions[partition]
	}
	return ARNPart(r.Resource, 3)
}

// encryptionContext is the prefix of the condition keys that hold the
// encryption context of a KMS request, a key for each pair.
//
// https://docs.aws.amazon.com/kms/latest/developerguide/conditions-kms.html#conditions-kms-encryption-context
const encryptionContext = "kms:EncryptionContext:"

// encryptionContextName gives the name of the pair that a condition key
// holds, in its own spelling: KMS compares names in grants case-sensitively.
func encryptionContextName(key string) (string, bool) {
	n := len(encryptionContext)
	if len(key) < n || !strings.EqualFold(key[:n], encryptionContext) {
		return "", false
	}
	return key[n:], true
}

func (r *Check) deriveEncryptionContextKeys() {
	if _, given := r.Context.Get("kms:EncryptionContextKeys"); given {
		return
	}
	var names []string
	r.Context.Each(func(key string, _ []string) {
		if name, ok := encryptionContextName(key); ok {
			names = append(names, name)
		}
	})
	if len(names) > 0 {
		r.Context.Set("kms:EncryptionContextKeys", names...)
	}
}
