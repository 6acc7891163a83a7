package catalogue

import "strings"

// Presence says whether a request carries a condition key.
type Presence byte

const (
	// Unknown is for keys that neither AWS's reference nor its list of global
	// keys has.
	Unknown Presence = iota
	// Never is for keys that requests for the action don't carry.
	Never
	// Sometimes is for keys that a request carries if there is something to say:
	// the resource has the tag, the caller came through an endpoint.
	Sometimes
	// Always is for keys that every request carries.
	Always
	// Signed is for keys that every request carries but an anonymous one.
	Signed
)

// A globalKey is one that belongs to no service. One whose name ends with "/"
// goes on with a name that the user chose.
type globalKey struct {
	name     string // without aws:
	presence Presence
	keyType  KeyType
	multi    bool
	services string // the only prefixes whose requests carry it, each between spaces; "" is all
}

// globalKeys is AWS's list, each with when a request carries it. Never is for
// those that an action's own list must have.
//
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
var globalKeys = [...]globalKey{
	// Of the principal.
	{name: "PrincipalAccount", presence: Always, keyType: String},
	{name: "PrincipalArn", presence: Signed, keyType: ARN},
	{name: "PrincipalIsAWSService", presence: Signed, keyType: Bool},
	{name: "PrincipalOrgID", presence: Sometimes, keyType: String},
	{name: "PrincipalOrgPaths", presence: Sometimes, keyType: String, multi: true},
	{name: "PrincipalServiceName", presence: Sometimes, keyType: String},
	{name: "PrincipalServiceNamesList", presence: Sometimes, keyType: String, multi: true},
	{name: "PrincipalTag/", presence: Sometimes, keyType: String},
	{name: "PrincipalType", presence: Always, keyType: String},
	{name: "userid", presence: Always, keyType: String},
	{name: "username", presence: Sometimes, keyType: String},
	// Of a role session.
	{name: "AssumedRoot", presence: Sometimes, keyType: Bool},
	{name: "ChatbotSourceArn", presence: Sometimes, keyType: ARN},
	{name: "Ec2InstanceSourcePrivateIPv4", presence: Sometimes, keyType: IP},
	{name: "Ec2InstanceSourceVpc", presence: Sometimes, keyType: String},
	{name: "FederatedProvider", presence: Sometimes, keyType: String},
	{name: "MultiFactorAuthAge", presence: Sometimes, keyType: Numeric},
	{name: "MultiFactorAuthPresent", presence: Sometimes, keyType: Bool},
	{name: "SignInSessionArn", presence: Sometimes, keyType: ARN},
	{name: "SourceIdentity", presence: Sometimes, keyType: String},
	{name: "TokenIssueTime", presence: Sometimes, keyType: Date},
	// Of the network.
	{name: "SourceIp", presence: Sometimes, keyType: IP},
	{name: "SourceVpc", presence: Sometimes, keyType: String},
	{name: "SourceVpcArn", presence: Sometimes, keyType: ARN, services: vpcArnServices},
	{name: "SourceVpce", presence: Sometimes, keyType: String},
	{name: "VpceAccount", presence: Sometimes, keyType: String, services: vpceAccountServices},
	{name: "VpceOrgID", presence: Sometimes, keyType: String, services: vpceOrgServices},
	{name: "VpceOrgPaths", presence: Sometimes, keyType: String, multi: true, services: vpceOrgServices},
	{name: "VpcSourceIp", presence: Sometimes, keyType: IP},
	// Of the resource.
	{name: "ResourceAccount", presence: Always, keyType: String},
	{name: "ResourceOrgID", presence: Sometimes, keyType: String},
	{name: "ResourceOrgPaths", presence: Sometimes, keyType: String, multi: true},
	{name: "ResourceTag/", presence: Never, keyType: String},
	// Of the request.
	{name: "CalledVia", presence: Sometimes, keyType: String, multi: true},
	{name: "CalledViaAWSMCP", presence: Sometimes, keyType: String},
	{name: "CalledViaFirst", presence: Sometimes, keyType: String},
	{name: "CalledViaLast", presence: Sometimes, keyType: String},
	{name: "CurrentTime", presence: Always, keyType: Date},
	{name: "EpochTime", presence: Always, keyType: Date},
	{name: "IsMcpServiceAction", presence: Sometimes, keyType: Bool},
	{name: "referer", presence: Sometimes, keyType: String},
	{name: "RequestedRegion", presence: Always, keyType: String},
	{name: "RequestTag/", presence: Never, keyType: String},
	{name: "SecureTransport", presence: Always, keyType: Bool},
	{name: "SourceAccount", presence: Sometimes, keyType: String},
	{name: "SourceArn", presence: Sometimes, keyType: ARN},
	{name: "SourceOrgID", presence: Sometimes, keyType: String},
	{name: "SourceOrgPaths", presence: Sometimes, keyType: String, multi: true},
	{name: "SourceOwner", presence: Sometimes, keyType: String},
	{name: "TagKeys", presence: Never, keyType: String, multi: true},
	{name: "UserAgent", presence: Always, keyType: String},
	{name: "ViaAWSMCPService", presence: Sometimes, keyType: Bool},
	{name: "ViaAWSService", presence: Always, keyType: Bool},
	{name: "ViaCustomerDomain", presence: Sometimes, keyType: String},
}

// The services of a key that only some have, as its entry in AWS's list says.
const (
	vpcArnServices = ` apprunner discovery athena servicediscovery applicationinsights cloudformation comprehendmedical` +
		` compute-optimizer ecr ecs kinesisanalytics route53 datasync ebs scheduler firehose medical-imaging healthlake omics` +
		` iam iotfleetwise iotwireless kms lambda payment-cryptography polly acm-pca rbin rekognition servicequotas s3` +
		` storagegateway ssm-contacts textract transcribe transfer `
	vpceAccountServices = ` dynamodb gamelift shield` + vpcArnServices
	vpceOrgServices     = ` b2bi cloudhsm cognito-identity dms ds-data kinesis qbusiness identitystore iottwinmaker cassandra` +
		` network-firewall sms-voice pricing ses sqs workmail` + vpceAccountServices
)

// A sharedKey is a key with the prefix of one service that requests of others
// carry too. It stands for all actions, or for one.
type sharedKey struct {
	name    string
	action  string // "" is all
	keyType KeyType
}

// sharedKeys tell where a role session comes from, or what the role is that is
// assumed.
//
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-role-session-properties
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_examples_iam-assume-tagged-role.html
var sharedKeys = [...]sharedKey{
	{"codebuild:BuildArn", "", ARN},
	{"codebuild:ProjectArn", "", ARN},
	{"ec2:RoleDelivery", "", Numeric},
	{"ec2:SourceInstanceArn", "", ARN},
	{"glue:CredentialIssuingService", "", String},
	{"glue:RoleAssumedBy", "", String},
	{"identitystore:UserId", "", String},
	{"lambda:SourceFunctionArn", "", ARN},
	{"ssm:SourceInstanceArn", "", ARN},
	{"iam:ResourceTag/", "sts:AssumeRole", String},
}

// GlobalKeys is the keys that requests of every service can carry, in the
// spelling of AWS, those of role sessions with a service's prefix among them.
func GlobalKeys() (keys []Key) {
	const chosen = "${TagKey}"
	for i := range globalKeys {
		g := &globalKeys[i]
		key := Key{Name: "aws:" + g.name, Type: g.keyType, Multi: g.multi}
		if strings.HasSuffix(key.Name, "/") {
			key.Name += chosen
		}
		keys = append(keys, key)
	}
	for _, shared := range sharedKeys {
		if shared.action == "" {
			keys = append(keys, Key{Name: shared.name, Type: shared.keyType})
		}
	}
	return keys
}

// Shared reports whether requests for an action can carry a key though it has
// the prefix of another service. Both are in any case and complete, as
// "sts:AssumeRole" and "iam:ResourceTag/team".
func Shared(action, key string) bool {
	for _, shared := range sharedKeys {
		if matchesName(key, shared.name) && (shared.action == "" || equalFold(shared.action, action)) {
			return true
		}
	}
	return false
}

// Carries says whether requests for an action carry a condition key. With a
// resource type it is about requests for such a resource, with nil about any.
// The key is in any case, and complete: aws:ResourceTag/team, not
// aws:ResourceTag.
func (s *Service) Carries(a *Action, t *ResourceType, key string) Presence {
	if a.listed(t, key) {
		return Sometimes
	}
	if global := findGlobal(key); global != nil {
		return global.carriedBy(s, a)
	}
	if Shared(s.Prefix+":"+a.Name, key) {
		return Sometimes
	}
	prefix, _, _ := strings.Cut(strings.ToLower(key), ":")
	switch {
	case prefix == "aws":
		return Unknown
	case prefix == "saml" || strings.Contains(prefix, "."):
		return Sometimes // of an identity provider, whose keys are in no list
	}
	return Never
}

// listed reports whether AWS's reference has the key at the action, at its
// resource types, or at the pair.
func (a *Action) listed(t *ResourceType, key string) bool {
	if t == nil && a.carried != nil {
		return anyKey(a.carried, key)
	}
	if anyKey(a.Keys, key) {
		return true
	}
	for i := range a.Uses {
		use := &a.Uses[i]
		if (t == nil || t == use.Type) && (anyKey(use.Keys, key) || anyKey(use.Type.Keys, key)) {
			return true
		}
	}
	return false
}

func (g *globalKey) carriedBy(s *Service, a *Action) Presence {
	switch {
	case strings.HasPrefix(g.name, "Resource") && a.NoResourceAccount:
		return Never
	case g.services != "" && !strings.Contains(g.services, " "+s.Prefix+" "):
		return Never
	}
	return g.presence
}

func findGlobal(key string) *globalKey {
	const prefix = "aws:"
	if len(key) < len(prefix) || !equalFold(key[:len(prefix)], prefix) {
		return nil
	}
	for i := range globalKeys {
		if matchesName(key[len(prefix):], globalKeys[i].name) {
			return &globalKeys[i]
		}
	}
	return nil
}

// matchesName compares a key with a name that may end with "/", whatever the
// case.
func matchesName(key, name string) bool {
	if !strings.HasSuffix(name, "/") {
		return equalFold(key, name)
	}
	return len(key) > len(name) && equalFold(key[:len(name)], name)
}

// Key finds a condition key of the service by its complete name, in any case;
// nil if the service has none of that name.
func (s *Service) Key(key string) *Key {
	for i := range s.Keys {
		if s.Keys[i].is(key) {
			return &s.Keys[i]
		}
	}
	return nil
}

// MultiValued says whether a request can carry several values of a key. The
// service is that of the request; known is false where neither it nor AWS's
// list of global keys has the key.
//
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-single-vs-multi-valued-context-keys.html
func MultiValued(s *Service, key string) (multi, known bool) {
	if global := findGlobal(key); global != nil {
		return global.multi, true
	}
	if s != nil {
		if k := s.Key(key); k != nil {
			return k.Multi, true
		}
	}
	return false, false
}

// TypeOf is the type of the values of a key; known is false where neither the
// service nor AWS's list of global keys has the key.
func TypeOf(s *Service, key string) (t KeyType, known bool) {
	if global := findGlobal(key); global != nil {
		return global.keyType, true
	}
	if s != nil {
		if k := s.Key(key); k != nil {
			return k.Type, true
		}
	}
	return String, false
}

func anyKey(keys []*Key, key string) bool {
	for _, k := range keys {
		if k.is(key) {
			return true
		}
	}
	return false
}

// is compares the complete name of a key, whatever the case, with this one,
// whose ${Name} stands for one character or more.
func (k *Key) is(key string) bool {
	for i := range len(k.Name) {
		if k.Name[i] == '$' {
			return len(key) > i && glob(strings.ToLower(k.Name[i:]), strings.ToLower(key[i:]))
		}
		if i == len(key) || lower(k.Name[i]) != lower(key[i]) {
			return false // so do most, before their variable
		}
	}
	return len(key) == len(k.Name)
}
