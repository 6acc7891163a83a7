package scenario

import (
	"slices"
	"strings"

	"why403/engine"
	"why403/engine/policy"
)

// settings are the lines of a request that tell of its surroundings: facts
// about the caller, the resource, an account or the endpoint.
type settings struct {
	role       string
	account    string
	management string
	delegated  string
	gateway    bool
	unknown    engine.Unknown
	engine.Settings
}

// known is what is known of the values of a field.
type known struct {
	service string   // the only one whose requests it is for, or ""
	values  []string // all that there are; nil where any text can be right
	any     bool     // several of them, with a space or a comma between
}

var knownValues = map[string]known{
	"endpoint-type":    {values: []string{"interface", "gateway"}},
	"key-manager":      {service: "kms", values: []string{"customer", "aws"}},
	"object-ownership": {service: "s3", values: []string{"BucketOwnerEnforced", "BucketOwnerPreferred", "ObjectWriter"}},
	"object-owner":     {service: "s3"},
	"bucket-key":       {service: "s3", values: []string{"true", "false"}},
	"requester-pays":   {service: "s3", values: []string{"true", "false"}},
	"request-payer":    {service: "s3", values: []string{"requester"}},
	"block-public-access": {service: "s3", any: true,
		values: []string{"BlockPublicAcls", "IgnorePublicAcls", "BlockPublicPolicy", "RestrictPublicBuckets"}},
	"organization-block-public-access": {values: []string{"all", "none"}},
	"alias":                            {service: "kms"},
}

func setEncryptedWith(r *settings, v string) string {
	if arn := badARN(v); arn != "" || !strings.Contains(v, ":kms:") {
		return "This is the ARN of a KMS key, such as arn:aws:kms:us-east-1:111122223333:key/ID."
	}
	r.EncryptedWith = v
	return ""
}

// https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucket-key.html
func setBucketKey(r *settings, v string) string { return setBool(&r.BucketKey, v, "bucket-key") }

// https://docs.aws.amazon.com/AmazonS3/latest/userguide/RequesterPaysBuckets.html
func setRequesterPays(r *settings, v string) string {
	return setBool(&r.RequesterPays, v, "requester-pays")
}

// https://docs.aws.amazon.com/AmazonS3/latest/userguide/ObjectsinRequesterPaysBuckets.html
func setPayer(r *Request, v string) string {
	r.Payer = v == "requester"
	return oneOf(v, "request-payer")
}

// setBeside reads what a system of permissions beside IAM answers.
func setBeside(r *settings, v string) string {
	name, answer, _ := strings.Cut(v, " ")
	r.BesideSays = engine.BesideFact{Name: name, Allows: answer == "allow"}
	if names := engine.BesideNames(); !slices.Contains(names, name) || answer != "allow" && answer != "deny" {
		return "Write a name and allow or deny, such as lakeformation deny. The names are " + policy.List(names) + "."
	}
	return ""
}

// IsLayer reports whether a text is the value of a line "layer: …", as
// lakeformation deny.
func IsLayer(v string) bool { return setBeside(new(settings), v) == "" }

// setLayer is about the request alone, whatever it asks for.
func setLayer(r *Request, v string) string {
	var s settings
	message := setBeside(&s, v)
	r.Request.BesideSays = s.BesideSays
	return message
}

func setBool(to *bool, v, field string) string {
	*to = v == "true"
	return oneOf(v, field)
}

// setReplicatesTo reads where a bucket replicates to.
//
// https://docs.aws.amazon.com/AmazonS3/latest/userguide/replication.html
func setReplicatesTo(r *settings, v string) string {
	if parts := strings.SplitN(v, ":", 6); len(parts) != 6 || parts[2] != "s3" || parts[5] == "" || strings.ContainsAny(parts[5], "/:*?") {
		return "This is the ARN of an S3 bucket, such as arn:aws:s3:::copies."
	}
	r.ReplicatesTo = v
	return ""
}

func account(set func(*settings, string)) func(*settings, string) string {
	return func(s *settings, v string) string {
		if !policy.IsAccount(v) {
			return "An account ID has 12 digits, such as 111122223333."
		}
		set(s, v)
		return ""
	}
}

var setObjectOwner = account(func(s *settings, v string) { s.ObjectOwner = v })

func setEndpointType(r *settings, v string) string {
	r.gateway = v == "gateway"
	return oneOf(v, "endpoint-type")
}

func setKeyManager(r *settings, v string) string {
	r.AWSManagedKey = v == "aws"
	return oneOf(v, "key-manager")
}

func setOwnership(r *settings, v string) string {
	settings := map[string]engine.ObjectOwnership{
		"BucketOwnerEnforced": engine.BucketOwnerEnforced, "BucketOwnerPreferred": engine.BucketOwnerPreferred,
		"ObjectWriter": engine.ObjectWriter,
	}
	r.Ownership = settings[v]
	return oneOf(v, "object-ownership")
}

func setBlockPublic(r *settings, v string) string {
	settings := map[string]engine.BlockPublicAccess{
		"BlockPublicAcls": engine.BlockPublicACLs, "IgnorePublicAcls": engine.IgnorePublicACLs,
		"BlockPublicPolicy": engine.BlockPublicPolicy, "RestrictPublicBuckets": engine.RestrictPublicBuckets,
	}
	for _, word := range words(v) {
		if message := oneOf(word, "block-public-access"); message != "" {
			return message
		}
		r.BlockPublic |= settings[word]
	}
	return ""
}

// oneOf is the message for a value that the field does not have, or "".
func oneOf(v, field string) string {
	allowed := knownValues[field].values
	if slices.Contains(allowed, v) {
		return ""
	}
	return "Write one of: " + strings.Join(allowed, ", ") + "."
}
