package importer

import (
	"strings"

	"why403/engine/policy"
)

// parameterKeys are the condition keys that a request's parameters fill, by
// service. A list gives several values.
//
// https://docs.aws.amazon.com/service-authorization/latest/reference/list_kms.html
// https://docs.aws.amazon.com/service-authorization/latest/reference/list_s3.html
// https://docs.aws.amazon.com/service-authorization/latest/reference/list_sts.html
var parameterKeys = []struct{ service, parameter, key string }{
	{"kms", "encryptionAlgorithm", "kms:EncryptionAlgorithm"},
	{"kms", "signingAlgorithm", "kms:SigningAlgorithm"},
	{"kms", "macAlgorithm", "kms:MacAlgorithm"},
	{"kms", "messageType", "kms:MessageType"},
	{"kms", "keyPairSpec", "kms:DataKeyPairSpec"},
	{"kms", "operations", "kms:GrantOperations"},
	{"kms", "granteePrincipal", "kms:GranteePrincipal"},
	{"kms", "retiringPrincipal", "kms:RetiringPrincipal"},
	{"kms", "granteeServicePrincipal", "kms:GranteeServicePrincipal"},
	{"kms", "retiringServicePrincipal", "kms:RetiringServicePrincipal"},
	{"kms", "keyUsage", "kms:KeyUsage"},
	{"kms", "keySpec", "kms:KeySpec"},
	{"s3", "delimiter", "s3:delimiter"},
	{"s3", "max-keys", "s3:max-keys"},
	{"s3", "versionId", "s3:VersionId"},
	{"s3", "x-amz-acl", "s3:x-amz-acl"},
	{"s3", "x-amz-server-side-encryption", "s3:x-amz-server-side-encryption"},
	{"s3", "x-amz-server-side-encryption-aws-kms-key-id", "s3:x-amz-server-side-encryption-aws-kms-key-id"},
	{"s3", "x-amz-copy-source", "s3:x-amz-copy-source"},
	{"s3", "x-amz-storage-class", "s3:x-amz-storage-class"},
	{"s3", "x-amz-content-sha256", "s3:x-amz-content-sha256"},
	{"sts", "roleSessionName", "sts:RoleSessionName"},
	{"sts", "externalId", "sts:ExternalId"},
	{"sts", "sourceIdentity", "sts:SourceIdentity"},
	{"sts", "durationSeconds", "sts:DurationSeconds"},
	{"sts", "transitiveTagKeys", "sts:TransitiveTagKeys"},
	{"secretsmanager", "versionStage", "secretsmanager:VersionStage"},
	{"secretsmanager", "versionId", "secretsmanager:VersionId"},
	{"lambda", "functionUrlAuthType", "lambda:FunctionUrlAuthType"},
	{"iam", "policyArn", "iam:PolicyARN"},
	{"iam", "permissionsBoundary", "iam:PermissionsBoundary"},
	{"iam", "aWSServiceName", "iam:AWSServiceName"},
	{"sns", "protocol", "sns:Protocol"},
	{"sns", "endpoint", "sns:Endpoint"},
}

// keySpecOnly are parameters that are condition keys of one action alone: in
// others of the same name they are not.
const keySpecOnly = "keyUsage=kms:CreateKey keySpec=kms:CreateKey operations=kms:CreateGrant"

// keys reads the condition keys of an event.
func (r *trailRequest) keys() {
	event := r.event
	r.network()
	r.add("aws:RequestedRegion", str(event, "awsRegion"))
	// A console writes the time in words, which no date operator reads.
	if time := str(event, "eventTime"); len(time) > 10 && time[4] == '-' && time[10] == 'T' {
		r.add("aws:CurrentTime", time)
	}
	service := serviceOf(r.facts.action)
	parameters := get(event, "requestParameters")
	for _, row := range parameterKeys {
		if only := lookup(keySpecOnly, row.parameter); row.service == service && (only == "" || only == r.facts.action) {
			r.values(row.key, get(parameters, row.parameter))
		}
	}
	switch service {
	case "kms":
		r.keyContext(parameters)
	case "s3":
		r.objectContext(parameters)
	case "sts":
		r.tags(parameters)
	}
	r.note("Context keys that an event does not carry, such as tags and aws:PrincipalOrgID")
}

// values adds a line for a value, or for each of a list.
func (r *trailRequest) values(key string, n *policy.Node) {
	for _, value := range oneOrMore(n, "") {
		r.add(key, value.Value)
	}
}

// network reads where the request came from. Through a VPC endpoint, the
// address is one of the VPC, and aws:SourceIp is absent.
//
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-sourceip
func (r *trailRequest) network() {
	event := r.event
	address, endpoint := str(event, "sourceIPAddress"), str(event, "vpcEndpointId")
	key := "aws:SourceIp"
	if endpoint != "" {
		key = "aws:VpcSourceIp"
		r.add("aws:SourceVpce", endpoint)
		r.note("aws:SourceVpc and the policy of the VPC endpoint " + oneLine(endpoint))
	}
	if isAddress(address) {
		r.add(key, address)
	} else if address != "" && !strings.HasSuffix(address, ".amazonaws.com") {
		r.note("aws:SourceIp: CloudTrail says " + oneLine(address))
	}
	agent := strings.TrimSuffix(strings.TrimPrefix(str(event, "userAgent"), "["), "]")
	if !strings.HasSuffix(agent, ".amazonaws.com") && agent != "AWS Internal" {
		r.add("aws:UserAgent", strings.TrimSpace(agent))
	}
}

// isAddress reports whether a text looks like an IP address and not like a
// service's name.
func isAddress(text string) bool {
	if strings.Contains(text, ":") {
		return strings.Trim(text, "0123456789abcdefABCDEF:.") == ""
	}
	return strings.Count(text, ".") == 3 && strings.Trim(text, "0123456789.") == ""
}

// keyContext reads what KMS requests carry.
//
// https://docs.aws.amazon.com/kms/latest/developerguide/conditions-kms.html
func (r *trailRequest) keyContext(parameters *policy.Node) {
	context := get(parameters, "encryptionContext")
	if context != nil && context.Kind == policy.Object {
		for i, name := range context.Names {
			r.add("kms:EncryptionContext:"+name.Value, context.Items[i].Value)
		}
	}
	if id := str(parameters, "keyId"); strings.HasPrefix(id, "alias/") {
		r.add("kms:RequestAlias", id)
	} else if _, alias, ok := strings.Cut(id, ":alias/"); ok {
		r.add("kms:RequestAlias", "alias/"+alias)
	}
	for _, kind := range []string{"encryptionContextEquals", "encryptionContextSubset"} {
		if get(parameters, "constraints/"+kind) != nil {
			r.add("kms:GrantConstraintType", strings.ToUpper(kind[:1])+kind[1:])
		}
	}
	r.add("kms:GrantConstraintSourceArn", str(parameters, "constraints/sourceArn"))
	if str(r.event, "userIdentity/invokedBy") != "" && r.facts.action == "kms:CreateGrant" {
		r.add("kms:GrantIsForAWSResource", "true")
	}
}

// objectContext reads what S3 requests carry.
func (r *trailRequest) objectContext(parameters *policy.Node) {
	if prefix := get(parameters, "prefix"); prefix != nil && strings.HasPrefix(r.facts.action, "s3:ListBucket") {
		r.add("s3:prefix", prefix.Value)
	}
	if version, ok := strings.CutPrefix(str(r.event, "tlsDetails/tlsVersion"), "TLSv"); ok {
		r.add("s3:TlsVersion", version)
	}
	switch str(r.event, "additionalEventData/SignatureVersion") {
	case "SigV4":
		r.add("s3:signatureversion", "AWS4-HMAC-SHA256")
	case "SigV2":
		r.add("s3:signatureversion", "AWS")
	}
	switch str(r.event, "additionalEventData/AuthenticationMethod") {
	case "AuthHeader":
		r.add("s3:authType", "REST-HEADER")
	case "QueryString":
		r.add("s3:authType", "REST-QUERY-STRING")
	}
	if str(r.event, "additionalEventData/aclRequired") == "Yes" {
		r.note("The ACL: CloudTrail says that this request needed one")
	}
}

// tags reads the session tags of a request to STS.
func (r *trailRequest) tags(parameters *policy.Node) {
	for _, tag := range items(parameters, "tags") {
		if key := str(tag, "key"); key != "" {
			r.add("aws:RequestTag/"+key, str(tag, "value"))
			r.add("aws:TagKeys", key)
		}
	}
}
