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
	name     string // in lower case, without aws:
	presence Presence
	keyType  KeyType
	multi    bool
	services []string // the only prefixes whose requests carry it; nil is all
}

// globalKeys is AWS's list, each with when a request carries it. The keys
// marked resource follow what an action's own list says.
//
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
var globalKeys = [...]globalKey{
	// Of the principal.
	{name: "principalaccount", presence: Always, keyType: String},
	{name: "principalarn", presence: Signed, keyType: ARN},
	{name: "principalisawsservice", presence: Signed, keyType: Bool},
	{name: "principalorgid", presence: Sometimes, keyType: String},
	{name: "principalorgpaths", presence: Sometimes, keyType: String, multi: true},
	{name: "principalservicename", presence: Sometimes, keyType: String},
	{name: "principalservicenameslist", presence: Sometimes, keyType: String, multi: true},
	{name: "principaltag/", presence: Sometimes, keyType: String},
	{name: "principaltype", presence: Always, keyType: String},
	{name: "userid", presence: Always, keyType: String},
	{name: "username", presence: Sometimes, keyType: String},
	// Of a role session.
	{name: "assumedroot", presence: Sometimes, keyType: Bool},
	{name: "chatbotsourcearn", presence: Sometimes, keyType: ARN},
	{name: "ec2instancesourceprivateipv4", presence: Sometimes, keyType: IP},
	{name: "ec2instancesourcevpc", presence: Sometimes, keyType: String},
	{name: "federatedprovider", presence: Sometimes, keyType: String},
	{name: "multifactorauthage", presence: Sometimes, keyType: Numeric},
	{name: "multifactorauthpresent", presence: Sometimes, keyType: Bool},
	{name: "signinsessionarn", presence: Sometimes, keyType: ARN},
	{name: "sourceidentity", presence: Sometimes, keyType: String},
	{name: "tokenissuetime", presence: Sometimes, keyType: Date},
	// Of the network.
	{name: "sourceip", presence: Sometimes, keyType: IP},
	{name: "sourcevpc", presence: Sometimes, keyType: String},
	{name: "sourcevpcarn", presence: Sometimes, keyType: ARN, services: vpcArnServices},
	{name: "sourcevpce", presence: Sometimes, keyType: String},
	{name: "vpceaccount", presence: Sometimes, keyType: String, services: vpceAccountServices},
	{name: "vpceorgid", presence: Sometimes, keyType: String, services: vpceOrgServices},
	{name: "vpceorgpaths", presence: Sometimes, keyType: String, multi: true, services: vpceOrgServices},
	{name: "vpcsourceip", presence: Sometimes, keyType: IP},
	// Of the resource.
	{name: "resourceaccount", presence: Always, keyType: String},
	{name: "resourceorgid", presence: Sometimes, keyType: String},
	{name: "resourceorgpaths", presence: Sometimes, keyType: String, multi: true},
	{name: "resourcetag/", presence: Never, keyType: String},
	// Of the request.
	{name: "calledvia", presence: Sometimes, keyType: String, multi: true},
	{name: "calledviaawsmcp", presence: Sometimes, keyType: String},
	{name: "calledviafirst", presence: Sometimes, keyType: String},
	{name: "calledvialast", presence: Sometimes, keyType: String},
	{name: "currenttime", presence: Always, keyType: Date},
	{name: "epochtime", presence: Always, keyType: Date},
	{name: "ismcpserviceaction", presence: Sometimes, keyType: Bool},
	{name: "referer", presence: Sometimes, keyType: String},
	{name: "requestedregion", presence: Always, keyType: String},
	{name: "requesttag/", presence: Never, keyType: String},
	{name: "securetransport", presence: Always, keyType: Bool},
	{name: "sourceaccount", presence: Sometimes, keyType: String},
	{name: "sourcearn", presence: Sometimes, keyType: ARN},
	{name: "sourceorgid", presence: Sometimes, keyType: String},
	{name: "sourceorgpaths", presence: Sometimes, keyType: String, multi: true},
	{name: "sourceowner", presence: Sometimes, keyType: String},
	{name: "tagkeys", presence: Never, keyType: String, multi: true},
	{name: "useragent", presence: Always, keyType: String},
	{name: "viaawsmcpservice", presence: Sometimes, keyType: Bool},
	{name: "viaawsservice", presence: Always, keyType: Bool},
	{name: "viacustomerdomain", presence: Sometimes, keyType: String},
}

// The services of a key that only some have, as its entry in AWS's list says.
var (
	vpcArnServices = words(`apprunner discovery athena servicediscovery applicationinsights
		cloudformation comprehendmedical compute-optimizer ecr ecs kinesisanalytics route53 datasync ebs
		scheduler firehose medical-imaging healthlake omics iam iotfleetwise iotwireless kms lambda
		payment-cryptography polly acm-pca rbin rekognition servicequotas s3 storagegateway ssm-contacts
		textract transcribe transfer`)
	vpceAccountServices = append(words(`dynamodb gamelift shield`), vpcArnServices...)
	vpceOrgServices     = append(words(`b2bi cloudhsm cognito-identity dms ds-data kinesis qbusiness
		identitystore iottwinmaker cassandra network-firewall sms-voice pricing ses sqs workmail`), vpceAccountServices...)
)

func words(text string) []string { return strings.Fields(text) }

// A sharedKey is a key with the prefix of one service that requests of others
// carry too. It stands for all actions, or for one.
type sharedKey struct {
	name, action string // in lower case
}

// sharedKeys tell where a role session comes from, or what the role is that is
// assumed.
//
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-role-session-properties
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_examples_iam-assume-tagged-role.html
var sharedKeys = [...]sharedKey{
	{"codebuild:buildarn", ""},
	{"codebuild:projectarn", ""},
	{"ec2:roledelivery", ""},
	{"ec2:sourceinstancearn", ""},
	{"glue:credentialissuingservice", ""},
	{"glue:roleassumedby", ""},
	{"identitystore:userid", ""},
	{"lambda:sourcefunctionarn", ""},
	{"ssm:sourceinstancearn", ""},
	{"iam:resourcetag/", "sts:assumerole"},
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
	name := strings.ToLower(key)
	for _, shared := range sharedKeys {
		if matchesName(name, shared.name) && (shared.action == "" || shared.action == s.Prefix+":"+strings.ToLower(a.Name)) {
			return Sometimes
		}
	}
	prefix, _, _ := strings.Cut(name, ":")
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
	case strings.HasPrefix(g.name, "resource") && a.NoResourceAccount:
		return Never
	case g.services == nil:
		return g.presence
	}
	for _, prefix := range g.services {
		if prefix == s.Prefix {
			return g.presence
		}
	}
	return Never
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
	from := strings.IndexByte(k.Name, '$')
	if from < 0 {
		return equalFold(k.Name, key)
	}
	return len(key) > from && equalFold(k.Name[:from], key[:from]) && glob(strings.ToLower(k.Name[from:]), strings.ToLower(key[from:]))
}
